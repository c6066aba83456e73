"""The rows of a file in the import dialog: the first as they would come in, and those that stay out with the reason."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QWidget

from cvdesk.exchange import page_import_words as words
from cvdesk.exchange.look import Look
from cvdesk.exchange.run import Outcome
from cvdesk.kit.table import Column, Listed, Table
from cvdesk.kit.theme import SMALL, Theme
from cvdesk.kit.widgets import NOTE, EmptyState, button, column, label
from cvdesk.wording import _

_WIDE_FIELDS = {
    "text": 220,
    "address": 200,
    "notes": 200,
    "resolution": 200,
    "theme": 180,
    "offering": 160,
    "email": 180,
}
_NARROW_FIELDS = {"date": 104, "closed": 104, "rating": 64, "time": 64, "channel": 92}
_LEAST_LAST = 120
_LOUD_FIELDS = ("text", "customer", "name", "first_name", "last_name")


class Preview(QWidget):
    """The first rows as they would come in, or those that stay out; the last column takes what room is left."""

    entered = Signal()
    titled = Signal(str)  # what is shown

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._box = column(self, SMALL)
        self.note = label(theme, "", NOTE, tone="bad", wrap=True)
        self.nothing = EmptyState(theme, _("The rows are shown here once that column is chosen."))
        self.nothing.hide()
        self._box.addWidget(self.nothing, 1)
        self._box.addWidget(self.note)
        self.switch = button(theme, "", self._switch)  # the form puts it beside the counts
        self.switch.setAutoDefault(True)
        self.switch.hide()
        self._fields: tuple[str, ...] = ()
        self._look: Look | None = None
        self._outcome: Outcome | None = None
        self._left_out = False
        self._last_width = 0
        self.table: Table | None = None

    def show_look(self, look: Look) -> None:
        """Shows the first rows; nothing where a column is missing."""
        self._look, self._outcome, self._left_out = look, None, False
        self._show_first_rows()
        self._show_switch()

    def show_outcome(self, outcome: Outcome) -> None:
        """Every row was tried: those that stay out can be looked at."""
        self._outcome = outcome
        self._show_switch()

    def _show_first_rows(self) -> None:
        look = self._look
        if look is None:
            return
        if look.plan is None:
            self._show_nothing()
            return
        rows = look.plan.preview
        fields = [field for field in words.fields(look) if field in look.mapping]
        fields.sort(key=lambda field: field in ("text", "notes"))
        self._show(look, fields, rows)
        reasons = words.staying_out(rows)
        self.note.setText(reasons)
        self.titled.emit(_("First rows as they come in"))

    def _show_nothing(self) -> None:
        """Without the column it takes nobody can say how the rows would come in."""
        if self.table is not None:
            self.table.hide()
        self.nothing.show()
        self.note.setText("")

    def _show_left_out(self) -> None:
        look, outcome = self._look, self._outcome
        if look is None or outcome is None:
            return
        rows = []
        for reason, cells in outcome.left_out:
            row = {
                field: ", ".join(cells[place] for place in places if place < len(cells))
                for field, places in look.mapping.items()
            }
            rows.append({**row, "rejected": reason, "reason": reason})
        fields = [field for field in words.fields(look) if field in look.mapping]
        self._show(look, ["reason", *fields], rows)
        more = outcome.rejected - len(rows)
        self.note.setText(words.more_stay_out(more))
        self.titled.emit(_("Rows that stay out, and why"))

    def _switch(self) -> None:
        self._left_out = not self._left_out
        if self._left_out:
            self._show_left_out()
        else:
            self._show_first_rows()
        self._show_switch()

    def _show_switch(self) -> None:
        count = self._outcome.rejected if self._outcome is not None else 0
        self.switch.setVisible(count > 0)
        text = _("Show the first rows") if self._left_out else words.show_left_out(count)
        self.switch.setText(text)
        self.switch.setAccessibleName(text)
        self.note.setVisible(bool(self.note.text()))

    def _show(self, look: Look, fields: list[str], rows: Sequence[dict[str, str]]) -> None:
        if self.table is None or (look.kind, *fields) != self._fields:
            self._make(look, fields)
        assert self.table is not None
        self.nothing.hide()
        self.table.show()
        self.table.show_source(Listed(tuple(enumerate(rows))))

    def _make(self, look: Look, fields: list[str]) -> None:
        if self.table is not None:
            self.table.hide()
            self.table.deleteLater()
        self._fields = (look.kind, *fields)
        columns = [self._column(look, field) for field in fields]
        self._last_width = self._theme.px(min(columns[-1].width, _LEAST_LAST)) if columns else 0
        self.table = Table(self._theme, _("Rows of the file"), columns, lambda row: row[0])
        self.table.setHorizontalScrollMode(Table.ScrollMode.ScrollPerPixel)
        self.table.setCornerWidget(QWidget())
        self.table.opened.connect(lambda _row: self.entered.emit())
        self._box.insertWidget(0, self.table, 1)
        self._fill()

    def _column(self, look: Look, field: str) -> Column:
        if field == "reason":
            return Column(_("Why"), lambda row: row[1]["reason"], 260, "bad")
        width = _WIDE_FIELDS.get(field, _NARROW_FIELDS.get(field, 124))
        quiet = "" if field in _LOUD_FIELDS else "quiet"
        return Column(
            words.title_of(look, field),
            lambda row: words.preview_cell(field, row[1]),
            width,
            lambda row: "bad" if "rejected" in row[1] and "reason" not in row[1] else quiet,
        )

    def _fill(self) -> None:
        if self.table is None or len(self._fields) < 2:
            return
        last = len(self._fields) - 2
        before = sum(self.table.columnWidth(place) for place in range(last))
        self.table.setColumnWidth(last, max(self._last_width, self.width() - before - self._theme.px(12)))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fill()
