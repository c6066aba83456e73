"""Who was asked in a survey, when, by which way, and whether an answer came."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import Signal

from cvdesk.kit.session import Session
from cvdesk.kit.table import Column, Listed, Table
from cvdesk.kit.widgets import NOTE, SMALL, TEXT, Card, Choice, EmptyState, label, line
from cvdesk.surveys.records_forms import way_name
from cvdesk.surveys.store_lists import AskedRow
from cvdesk.wording import _
from cvdesk.wording.numbers import day_short, whole

_WHO, _ASKED, _WAY, _ANSWERED, _CODE = range(5)
_ROOMY = {_CODE: 620, _WAY: 480}


class AskedBoard(Card):
    """The table below the list of surveys. Says `opened` with the row that was opened."""

    opened = Signal(object)

    def __init__(self, session: Session) -> None:
        super().__init__(session.theme)
        self._session, self._theme = session, session.theme
        self._rows: Sequence[AskedRow] = ()
        self._anonymous = False
        self.box.setContentsMargins(10, 8, 10, 10)
        self.setAccessibleName(_("Who was asked"))
        head = line(SMALL)
        self.heading = label(session.theme, _("Who was asked"), TEXT, strong=True)
        self.which = Choice(session.theme, _("Which of them"), _options(), "all")
        self.which.chosen.connect(lambda _value: self._limit())
        self.found = label(session.theme, "", NOTE, tone="faint")
        head.addSpacing(SMALL)
        head.addWidget(self.heading)
        head.addWidget(self.which)
        head.addStretch(1)
        head.addWidget(self.found)
        self.box.addLayout(head)
        self.note = label(session.theme, "", NOTE, tone="quiet", wrap=True)
        self.note.setIndent(SMALL)
        self.box.addWidget(self.note)
        columns = (
            Column(_("Customer"), _who, 180, lambda row: "" if row.customer_id else "quiet", stretch=True),
            Column(_("Asked"), lambda row: self._day(row.asked), 100, "quiet"),
            Column(_("How"), lambda row: way_name(row.way), 112, "quiet"),
            Column(_("Answered"), self._answered, 150, lambda row: "good" if row.answered else "quiet"),
            Column(_("Code"), lambda row: row.code, 96, "faint"),
        )
        self.table = Table(session.theme, _("Who was asked"), columns, lambda row: row.id)
        self.table.opened.connect(self._open)
        self.box.addWidget(self.table, 1)
        self._none = EmptyState(session.theme, _("Nobody has been asked by name yet."), icon="mail")
        self.box.addWidget(self._none, 1)

    def show_rows(self, rows: Sequence[AskedRow], anonymous: bool) -> None:
        """Shows who was asked in a survey; of an anonymous one only that."""
        self._rows = rows
        self.which.setVisible(bool(rows) and not anonymous)
        self.note.setText(
            _("This survey is without names: you see who was asked, and nobody sees who answered.") if anonymous else ""
        )
        self.note.setVisible(anonymous and bool(rows))
        self.table.setColumnHidden(_ANSWERED, anonymous)
        self._anonymous = anonymous
        self._limit()

    def fit(self, width: int) -> None:
        """Leaves out columns there is no room for."""
        room = width - self._theme.px(90)
        for place, wide in _ROOMY.items():
            self.table.setColumnHidden(place, room < self._theme.px(wide))

    def row_of(self, row_id: int) -> AskedRow | None:
        """The row of an id."""
        return next((row for row in self._rows if row.id == row_id), None)

    def _limit(self) -> None:
        wanted = self.which.value if not self._anonymous else "all"
        shown = [
            row for row in self._rows
            if wanted == "all" or (row.answered is not None) == (wanted == "answered")
        ]  # fmt: skip
        self.table.show_source(Listed(shown))
        self.found.setText(
            _("{count} of {all}").format(count=whole(len(shown)), all=whole(len(self._rows)))
            if len(shown) != len(self._rows)
            else ""
        )
        self.table.setVisible(bool(self._rows))
        self._none.setVisible(not self._rows)

    def _open(self, row_id: int) -> None:
        row = self.row_of(row_id)
        if row is not None:
            self.opened.emit(row)

    def _day(self, day: date | None) -> str:
        return "–" if day is None else day_short(day, self._session.today())

    def _answered(self, row: AskedRow) -> str:
        if row.answered is not None:
            return day_short(row.answered, self._session.today())
        if row.reminded is not None:
            return _("reminded {day}").format(day=day_short(row.reminded, self._session.today()))
        return _("not yet")


def _who(row: AskedRow) -> str:
    if row.customer_id is not None:
        return row.name
    return _("At the counter") if row.asked is None else _("A sheet without a name")


def _options() -> list[tuple[object, str]]:
    return [("all", _("Everybody")), ("waiting", _("Not answered yet")), ("answered", _("Answered"))]


__all__ = ["AskedBoard"]
