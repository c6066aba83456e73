"""The list of complaints: its filters, the chip of a figure, the table with what is due soonest on top."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout

from cvdesk.catalogue import store as catalogue
from cvdesk.catalogue.records import SEVERITIES
from cvdesk.complaints.records import severity_name, stage_name
from cvdesk.complaints.records_due import deadline_in_words
from cvdesk.complaints.store_list import ComplaintList, ComplaintQuery, ComplaintRow
from cvdesk.kit.form import text_field
from cvdesk.kit.session import Session
from cvdesk.kit.table import Column, Table
from cvdesk.kit.widgets import NOTE, SMALL, Card, Choice, EmptyState, button, label, line
from cvdesk.wording import _
from cvdesk.wording.numbers import day_short, span, whole

EVERYTHING = ComplaintQuery()
# Columns that go where there is little room, and from which width of the table on they show (design pixels).
_ROOMY = {4: 620, 1: 560, 5: 500}


class ComplaintBoard(Card):
    """Says `limited` when something else limits the list; who listens calls `show_list`.

    `everything`: how many complaints there are, whatever limits the list.
    """

    limited = Signal()

    def __init__(self, session: Session) -> None:
        super().__init__(session.theme)
        self._session, self._theme = session, session.theme
        self._query = EVERYTHING
        self._list = ComplaintList(session.file, self._query, session.today())
        self.everything = 0
        self._build()
        self.search.textChanged.connect(lambda text: self.limit(replace(self._query, search=text)))
        self.state.chosen.connect(lambda state: self.limit(replace(self._query, state=str(state))))
        self.severity.chosen.connect(lambda value: self.limit(replace(self._query, severity=value)))

    def limit(self, query: ComplaintQuery) -> None:
        """Takes another query, and says in the bar what limits the list."""
        if query == self._query:
            return
        self._query = query
        self.state.offer(_states(), query.state)
        self.severity.offer(_severities(), query.severity)
        if self.search.text() != query.search:
            self.search.setText(query.search)
        self.limited.emit()

    def place_of(self, complaint_id: int) -> int | None:
        """The row of a complaint; None where the list is limited to others, or it is gone."""
        try:
            return self._list.row_of(complaint_id)
        except LookupError:
            return None

    def show_list(self) -> None:
        """Reads the list again."""
        file, today = self._session.file, self._session.today()
        self._list = ComplaintList(file, self._query, today)
        self.table.rows.show(self._list)
        count = self.table.rows.rowCount()
        limited = self._query != EVERYTHING
        self.everything = ComplaintList(file, EVERYTHING, today).count() if limited else count
        self.table.setVisible(count > 0)
        self._none.setVisible(count == 0)
        self._none.sentence.setText(self._why_none())
        said = _("{count} of {all}").format(count=whole(count), all=whole(self.everything))
        self.found.setText(said if limited else "")
        self._show_figure()

    def fit(self, width: int) -> None:
        """Leaves out columns there is no room for; `width` is what the board has."""
        room = width - self._theme.px(90)
        for place, wide in _ROOMY.items():
            self.table.setColumnHidden(place, room < self._theme.px(wide))

    def _build(self) -> None:
        theme, today = self._theme, self._session.today
        self.setAccessibleName(_("Complaints"))
        self.box.setContentsMargins(10, 8, 10, 10)
        self.box.addLayout(self._make_bar())
        self.behind = button(theme, "", self._forget_figure, "chip", "x")
        self.behind.setProperty("tone", "accent")
        self.behind.hide()
        self.box.addWidget(self.behind, 0, Qt.AlignmentFlag.AlignLeft)
        columns = (
            Column(_("No."), lambda row: f"#{row.number}", 54, "quiet"),
            Column(_("Received"), lambda row: day_short(row.date, today()), 98, "quiet"),
            Column(_("Customer"), lambda row: row.customer or "–", 122),
            Column(_("What they said"), lambda row: row.text, 160, stretch=True),
            Column(_("Severity"), lambda row: severity_name(row.severity), 88, _severity_tone),
            Column(_("Step"), lambda row: stage_name(row.stage), 116, "quiet"),
            Column(_("Due"), lambda row: _due(row, today()), 118, lambda row: "bad" if row.overdue else "quiet"),
        )
        self.table = Table(theme, _("Complaints"), columns, lambda row: row.id)
        self._none = EmptyState(theme, "", button(theme, _("Show all"), self._show_all), "search")
        self.box.addWidget(self.table, 1)
        self.box.addWidget(self._none, 1)

    def _make_bar(self) -> QHBoxLayout:
        theme = self._theme
        bar = line(SMALL)
        self.state = Choice(theme, _("Which complaints"), _states(), "all")
        self.severity = Choice(theme, _("Severity"), _severities())
        self.search = text_field("", _("Words, name or number"))
        self.search.setAccessibleName(_("Find complaints"))
        self.search.setClearButtonEnabled(True)
        self.search.setMaximumWidth(theme.px(240))
        self.found = label(theme, "", NOTE, tone="faint")
        bar.addWidget(self.state)
        bar.addWidget(self.severity)
        bar.addWidget(self.search, 1)
        bar.addStretch(0)
        bar.addWidget(self.found)
        return bar

    def _why_none(self) -> str:
        plain = replace(EVERYTHING, state=self._query.state)
        if self._query == plain and self._query.state == "overdue":
            return _("Nothing is overdue.")
        if self._query == plain and self._query.state == "open":
            return _("Nothing is open.")
        return _("No complaint fits.")

    def _show_figure(self) -> None:
        """The chip that says behind which figure these complaints stand; pressing it shows all again."""
        chosen = self._query.chosen
        self.behind.setVisible(chosen is not None)
        if chosen is None:
            return
        parts = [span(chosen.period.start, chosen.period.end)]
        for table in ("offerings", "segments", "channels", "themes", "tags"):
            wanted = getattr(chosen, table[:-1])
            parts += [one.name for one in catalogue.named(self._session.file, table) if one.id == wanted]
        text = _("Behind a figure: {what}").format(what=", ".join(parts))
        self.behind.setText(text.replace("&", "&&"))
        self.behind.setAccessibleName(_("{what}. Press to show all complaints").format(what=text))
        self.behind.setToolTip(_("Show all complaints"))

    def _forget_figure(self) -> None:
        self.limit(replace(self._query, chosen=None))
        self.table.setFocus()

    def _show_all(self) -> None:
        self.limit(EVERYTHING)
        self.table.setFocus()


def _states() -> list[tuple[object, str]]:
    return [
        ("all", _("All")), ("open", _("Open")), ("overdue", _("Overdue")), ("settled", _("Resolved")),
    ]  # fmt: skip


def _severities() -> list[tuple[object, str]]:
    return [(None, _("Any severity")), *((name, severity_name(name)) for name in SEVERITIES)]


def _due(row: ComplaintRow, today: date) -> str:
    return deadline_in_words(row.deadline, today) if row.deadline is not None else "–"


def _severity_tone(row: ComplaintRow) -> str:
    return "bad" if row.severity == "serious" else "quiet"
