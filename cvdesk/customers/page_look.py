"""What the Customers page finds out beside the window: who may be there twice, and who may stay away."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QStackedWidget, QWidget

from cvdesk.customers import store_duplicates
from cvdesk.customers.page_duplicates import DuplicatesView, pair_of
from cvdesk.customers.records_risk import RiskBook
from cvdesk.customers.store_duplicates import Proposal
from cvdesk.customers.store_likes import Buyers, buyers
from cvdesk.customers.store_list import NO_RISKS, everyone
from cvdesk.customers.store_risk import risk_book
from cvdesk.kit.jobs import Job
from cvdesk.kit.session import Session

NOT_LOOKED = -1


class CustomersLook(QObject):
    """Asks again only when customers changed. Says `found` with how many pairs there are, or NOT_LOOKED where there are
    too many customers to look unasked; `book_read` when risks, and who buys what, are known; `turned` when two are
    shown side by side or no longer; `kept` with the one left after the last merge.
    """

    found = Signal(int)
    book_read = Signal()
    turned = Signal()
    kept = Signal(object)

    def __init__(self, session: Session, stack: QStackedWidget) -> None:
        super().__init__(stack)
        self._session, self._stack = session, stack
        self.book: RiskBook = NO_RISKS
        self.buyers = Buyers({}, 0)
        self.view = DuplicatesView(session)
        self._proposals: list[Proposal] = []
        self._before: QWidget | None = None
        self._seen: tuple[object, ...] = ()
        self._read: tuple[object, ...] = ()
        self._job: Job | None = None
        self._reading: Job | None = None
        self._looking = False
        self.view.left.connect(self.leave)
        self.view.merged.connect(self._merged)

    @property
    def shown(self) -> bool:
        """Whether two are shown side by side."""
        return self._stack.currentWidget() is self.view

    def look(self, anyway: bool = False) -> None:
        """Looks again for risks, and for duplicates where that is quick or wanted."""
        file, today = self._session.file, self._session.today()
        job: Job | None = None

        def stopped() -> bool:
            return job is not None and job.cancelled()

        now = (file.newest_operation(), today)
        if now != self._read:
            self._read = now
            if self._reading is not None:
                self._reading.cancel()
            self._reading = self._session.ask(lambda db: (risk_book(db, today), buyers(db, today)), self._book_found)
        state = store_duplicates.state(file)
        few = everyone(file) <= store_duplicates.MOST_BY_ITSELF
        if state == self._seen:
            return
        if few or anyway:
            self._seen = state
            self._looking = True
            if self._job is not None:
                self._job.cancel()
            job = self._job = self._session.look(lambda db: store_duplicates.propose(db, stopped), self._twice_found)
        else:
            self._proposals = []
            self.found.emit(NOT_LOOKED)

    def show_duplicates(self) -> None:
        """Shows who may be there twice, a pair at a time."""
        self.look(anyway=True)
        self._turn_to(self._proposals)

    def compare(self, one: int, other: int) -> None:
        """Shows two customers the owner chose side by side."""
        known = [found for found in self._proposals if {found.one, found.other} == {one, other}]
        self._turn_to(known or [pair_of(one, other)])

    def leave(self) -> None:
        """Back to what was shown before."""
        if self.shown and self._before is not None:
            self._stack.setCurrentWidget(self._before)
            self.turned.emit()

    def _turn_to(self, proposals: list[Proposal]) -> None:
        if not self.shown:
            self._before = self._stack.currentWidget()
        self.view.show_pairs(proposals, self._looking)
        self._stack.setCurrentWidget(self.view)
        self.turned.emit()

    def _merged(self, customer_id: object) -> None:
        self.leave()
        self.kept.emit(customer_id)

    def _book_found(self, found: tuple[RiskBook, Buyers]) -> None:
        self.book, self.buyers = found
        self.book_read.emit()

    def _twice_found(self, proposals: list[Proposal]) -> None:
        self._looking = False
        self._proposals = proposals
        self.found.emit(len(proposals))
        if self.shown and self.view.shown is None:
            self.view.show_pairs(proposals)


__all__ = ["CustomersLook"]
