"""The list of customers: the bar that limits it, and the table; several may be selected at once."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from PySide6.QtCore import QItemSelectionModel, Qt, QTimer, Signal
from PySide6.QtWidgets import QAbstractItemView

from cvdesk.customers.page_bar import EVERYONE, FilterBar
from cvdesk.customers.records_risk import RiskBook, band_name
from cvdesk.customers.store_list import NO_RISKS, CustomerList, CustomerQuery, CustomerRow, everyone
from cvdesk.kit.session import Session
from cvdesk.kit.table import Column, Table
from cvdesk.kit.widgets import NOTE, Card, EmptyState, button, label
from cvdesk.stats.at_risk import AT_RISK
from cvdesk.wording import _, ngettext
from cvdesk.wording.numbers import day_short, month, whole

NAME, GROUP, LAST, RISK, ENTRIES, COMPLAINTS, SINCE = range(7)
# Columns that go where there is little room, and from which width of the table on they show (design pixels).
_ROOMY = {SINCE: 790, GROUP: 600, ENTRIES: 680, RISK: 480}
_SORTED_BY = {
    NAME: "name", GROUP: "segment", LAST: "last", RISK: "risk", ENTRIES: "entries", COMPLAINTS: "complaints",
    SINCE: "since",
}  # fmt: skip


class CustomerBoard(Card):
    """Says `limited` when something else limits the list; who listens calls `show_list`. Says `several` with the ids
    of those selected, once there is more than one, and with none when that is over.

    `everyone`: how many customers there are, whatever limits the list.
    """

    limited = Signal()
    several = Signal(list)

    def __init__(self, session: Session) -> None:
        super().__init__(session.theme)
        self._session, self._theme = session, session.theme
        self._book = NO_RISKS
        self._list = CustomerList(session.file, EVERYONE, session.today())
        self._several = False
        self.everyone = 0
        self._build()
        self.bar.limited.connect(lambda _query: self.limited.emit())
        # After the current row: a selection changes in several steps.
        self._settled = QTimer(self)
        self._settled.setSingleShot(True)
        self._settled.timeout.connect(self._say_selection)
        self.table.selectionModel().selectionChanged.connect(lambda _on, _off: self._settled.start(0))

    @property
    def query(self) -> CustomerQuery:
        """What limits the list now."""
        return self.bar.query

    def limit(self, query: CustomerQuery) -> None:
        """Takes another query, and shows in the bar what limits the list."""
        self.bar.use(query)

    def place_of(self, customer_id: int) -> int | None:
        """The row of a customer; None where the list is limited to others, or the customer is gone."""
        try:
            return self._list.row_of(customer_id)
        except LookupError:
            return None

    def ids(self) -> list[int]:
        """The customers the list shows, in its order."""
        return self._list.ids()

    def chosen_ids(self) -> list[int]:
        """Those selected, in the order of the list."""
        chosen = self.table.selectionModel().selection()
        spans = [(chosen.at(place).top(), chosen.at(place).bottom() + 1) for place in range(chosen.size())]
        ids = self._list.ids()
        rows = sorted({row for first, end in spans for row in range(first, min(end, len(ids)))})
        return [ids[row] for row in rows]

    def use_book(self, book: RiskBook) -> None:
        """Shows who may stay away, as it was found beside the window."""
        self._book = book
        if self.query.risk is not None or self.query.sort == "risk":
            self.limited.emit()
        else:
            self.table.viewport().update()

    def show_list(self) -> None:
        """Reads the list again."""
        file = self._session.file
        self._list = CustomerList(file, self.query, self._session.today(), self._book)
        self.table.rows.show(self._list)
        count = self.table.rows.rowCount()
        limited = replace(self.query, sort="name", upside_down=False) != EVERYONE
        self.everyone = everyone(file)
        self.table.setVisible(count > 0)
        self._none.setVisible(count == 0)
        said = _("{count} of {all}").format(count=whole(count), all=whole(self.everyone))
        self.found.setText(said if limited else "")
        header = self.table.horizontalHeader()
        header.setSortIndicatorShown(self.query.sort != "name" or self.query.upside_down)
        place = next(place for place, name in _SORTED_BY.items() if name == self.query.sort)
        down = Qt.SortOrder.DescendingOrder if self.query.upside_down else Qt.SortOrder.AscendingOrder
        header.setSortIndicator(place, down)

    def fit(self, width: int) -> None:
        """Leaves out columns there is no room for; `width` is what the board has."""
        room = width - self._theme.px(70)
        for place, wide in _ROOMY.items():
            self.table.setColumnHidden(place, room < self._theme.px(wide))

    def _build(self) -> None:
        theme, today = self._theme, self._session.today
        self.setAccessibleName(_("Customers"))
        self.box.setContentsMargins(10, 8, 10, 10)
        self.bar = FilterBar(self._session)
        self.search = self.bar.search
        self.found = label(theme, "", NOTE, tone="faint")
        self.bar.end.addWidget(self.found)
        self.box.addWidget(self.bar)
        columns = (
            Column(_("Name"), lambda row: row.name, 170, lambda row: "" if row.active else "quiet", stretch=True),
            Column(_("Group"), lambda row: row.segment or "–", 130, "quiet"),
            Column(_("Last heard of"), lambda row: _last(row, today()), 112),
            Column(_("May stay away"), self._risk, 112, self._risk_tone),
            Column(_("Feedback"), lambda row: whole(row.entries), 78, "quiet", right=True),
            Column(_("Complaints"), _complaints, 96, lambda row: "bad" if row.open_complaints else "quiet", right=True),
            Column(_("Since"), lambda row: month(row.since) if row.since else "–", 84, "quiet"),
        )
        self.table = Table(theme, _("Customers"), columns, lambda row: row.id)
        self.table.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.table.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        header = self.table.horizontalHeader()
        header.setSectionsClickable(True)
        header.sectionClicked.connect(self._sort_by)
        self._none = EmptyState(theme, _("No customer fits."), button(theme, _("Show all"), self._show_all), "search")
        self.box.addWidget(self.table, 1)
        self.box.addWidget(self._none, 1)

    def _sort_by(self, place: int) -> None:
        """A press on a heading sorts by it; another one turns the order round."""
        wanted = _SORTED_BY[place]
        turned = not self.query.upside_down if self.query.sort == wanted else False
        self.limit(replace(self.query, sort=wanted, upside_down=turned))

    def _say_selection(self) -> None:
        chosen = self.chosen_ids()
        selection = self.table.selectionModel()
        if len(chosen) == 1 and not selection.isRowSelected(self.table.currentIndex().row()):
            # One was taken out of several: what is done next is done to the one that is left.
            selection.setCurrentIndex(selection.selectedRows()[0], QItemSelectionModel.SelectionFlag.NoUpdate)
        if len(chosen) > 1 or self._several:
            self._several = len(chosen) > 1
            self.several.emit(chosen if self._several else [])

    def _risk(self, row: CustomerRow) -> str:
        risk = self._book.of(row.id)
        return band_name(risk.score.band) if risk is not None and risk.score.band != "fine" else "–"

    def _risk_tone(self, row: CustomerRow) -> str:
        risk = self._book.of(row.id)
        return "bad" if risk is not None and risk.score.band == AT_RISK and self._book.coloured else "quiet"

    def _show_all(self) -> None:
        self.limit(EVERYONE)
        self.table.setFocus()


def _last(row: CustomerRow, today: date) -> str:
    return day_short(row.last, today) if row.last is not None else "–"


def _complaints(row: CustomerRow) -> str:
    if row.open_complaints:
        return ngettext("{count} open", "{count} open", row.open_complaints).format(count=row.open_complaints)
    return whole(row.complaints) if row.complaints else "–"


__all__ = ["EVERYONE", "CustomerBoard"]
