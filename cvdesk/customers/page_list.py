"""The list of customers: the line that finds them, their groups, the table."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from PySide6.QtCore import Signal

from cvdesk.catalogue import store as catalogue
from cvdesk.customers.store_list import CustomerList, CustomerQuery, CustomerRow
from cvdesk.kit.form import text_field
from cvdesk.kit.session import Session
from cvdesk.kit.table import Column, Table
from cvdesk.kit.widgets import NOTE, SMALL, Card, Choice, EmptyState, button, label, line
from cvdesk.wording import _, ngettext
from cvdesk.wording.numbers import day_short, month, whole

EVERYONE = CustomerQuery(with_inactive=True)
# Columns that go where there is little room, and from which width of the table on they show (design pixels).
_ROOMY = {1: 560, 5: 640, 3: 460}


class CustomerBoard(Card):
    """Says `limited` when something else limits the list; who listens calls `show_list`.

    `everyone`: how many customers there are, whatever limits the list.
    """

    limited = Signal()

    def __init__(self, session: Session) -> None:
        super().__init__(session.theme)
        self._session, self._theme = session, session.theme
        self._query = EVERYONE
        self._list = CustomerList(session.file, self._query)
        self.everyone = 0
        self._build()
        self.search.textChanged.connect(lambda text: self.limit(replace(self._query, search=text)))
        self.segment.chosen.connect(lambda value: self.limit(replace(self._query, segment=value)))

    def limit(self, query: CustomerQuery) -> None:
        """Takes another query, and shows in the bar what limits the list."""
        if query == self._query:
            return
        self._query = query
        if self.search.text() != query.search:
            self.search.setText(query.search)
        self.limited.emit()

    def place_of(self, customer_id: int) -> int | None:
        """The row of a customer; None where the list is limited to others, or the customer is gone."""
        place = self._list.row_of(customer_id)
        found = self._list.fetch(place, 1)
        return place if found and found[0].id == customer_id else None

    def show_list(self) -> None:
        """Reads the list and the groups again."""
        file = self._session.file
        self._list = CustomerList(file, self._query)
        self.table.rows.show(self._list)
        count = self.table.rows.rowCount()
        limited = self._query != EVERYONE
        self.everyone = CustomerList(file, EVERYONE).count() if limited else count
        self.table.setVisible(count > 0)
        self._none.setVisible(count == 0)
        said = _("{count} of {all}").format(count=whole(count), all=whole(self.everyone))
        self.found.setText(said if limited else "")
        segments = catalogue.named(file, "segments")
        options: list[tuple[object, str]] = [(None, _("Any group"))]
        self.segment.offer(options + [(one.id, one.name) for one in segments], self._query.segment)
        self.segment.setVisible(bool(segments))

    def fit(self, width: int) -> None:
        """Leaves out columns there is no room for; `width` is what the board has."""
        room = width - self._theme.px(90)
        for place, wide in _ROOMY.items():
            self.table.setColumnHidden(place, room < self._theme.px(wide))

    def _build(self) -> None:
        theme, today = self._theme, self._session.today
        self.setAccessibleName(_("Customers"))
        self.box.setContentsMargins(10, 8, 10, 10)
        bar = line(SMALL)
        self.search = text_field("", _("Name, e-mail or phone"))
        self.search.setAccessibleName(_("Find customers"))
        self.search.setClearButtonEnabled(True)
        self.search.setMaximumWidth(theme.px(280))
        self.segment = Choice(theme, _("Group of customers"))
        self.found = label(theme, "", NOTE, tone="faint")
        bar.addWidget(self.search, 1)
        bar.addWidget(self.segment)
        bar.addStretch(0)
        bar.addWidget(self.found)
        self.box.addLayout(bar)
        columns = (
            Column(_("Name"), lambda row: row.name, 200, stretch=True),
            Column(_("Group"), lambda row: row.segment or "–", 140, "quiet"),
            Column(_("Last heard of"), lambda row: _last(row, today()), 110),
            Column(_("Entries"), lambda row: whole(row.entries), 70, "quiet", right=True),
            Column(_("Complaints"), _complaints, 110, lambda row: "bad" if row.open_complaints else "quiet"),
            Column(_("Since"), lambda row: month(row.since) if row.since else "–", 90, "quiet"),
        )
        self.table = Table(theme, _("Customers"), columns, lambda row: row.id)
        self._none = EmptyState(theme, _("No customer fits."), button(theme, _("Show all"), self._show_all), "search")
        self.box.addWidget(self.table, 1)
        self.box.addWidget(self._none, 1)

    def _show_all(self) -> None:
        self.limit(EVERYONE)
        self.table.setFocus()


def _last(row: CustomerRow, today: date) -> str:
    return day_short(row.last, today) if row.last is not None else "–"


def _complaints(row: CustomerRow) -> str:
    if row.open_complaints:
        return ngettext("{count} open", "{count} open", row.open_complaints).format(count=row.open_complaints)
    return whole(row.complaints) if row.complaints else "–"
