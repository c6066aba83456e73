"""Customers: the list, everything about the one who is selected, and who may be there twice."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from functools import partial

from PySide6.QtGui import QHideEvent, QResizeEvent
from PySide6.QtWidgets import QStackedWidget

from cvdesk.catalogue import store as catalogue
from cvdesk.customers import store
from cvdesk.customers.page_card import Beside, CustomerCard, Doings
from cvdesk.customers.page_doings import CustomerDoings
from cvdesk.customers.page_list import EVERYONE, CustomerBoard
from cvdesk.customers.page_look import NOT_LOOKED, CustomersLook
from cvdesk.customers.page_many import ManyCard
from cvdesk.customers.page_work import CustomerWork
from cvdesk.customers.records import Customer
from cvdesk.customers.store_card import Card, card
from cvdesk.customers.store_card_care import care_of
from cvdesk.customers.store_likes import Buyers, likes
from cvdesk.customers.store_list import CustomerQuery, CustomerRow
from cvdesk.db import Queries
from cvdesk.kit import crash
from cvdesk.kit.jobs import Job
from cvdesk.kit.page import Page
from cvdesk.kit.side import SidePanel, list_keys
from cvdesk.kit.widgets import MEDIUM, EmptyState, button, line
from cvdesk.kit.widgets import Card as CardFrame
from cvdesk.wording import _, ngettext
from cvdesk.wording.numbers import whole


def _read(db: Queries, customer_id: int, today: date, known: Buyers) -> tuple[Card, Beside]:
    """What the card shows, read in one go."""
    found = card(db, customer_id)
    names = {tag.id: tag.name for tag in catalogue.named(db, "tags")}
    business = catalogue.business(db)
    tags = tuple(names[tag] for tag in found.customer.tags)
    care = care_of(db, customer_id, today), likes(db, customer_id, today, known)
    return found, Beside(tags, business.currency, business.country, care=care)


class CustomersPage(Page):
    """The table at the left, the card of a customer or a form at the right; or two possible duplicates."""

    key = "customers"
    icon = "users"
    watches = frozenset(
        {"customers", "contacts", "aliases", "customer_tags", "segments", "tags", "entries", "complaints",
         "complaint_events", "assessments", "purchases", "touches", "duplicates", "settings", "channels",
         "care_plans", "customer_goals"}
    )  # fmt: skip

    _chosen: int | None = None

    @classmethod
    def title(cls) -> str:
        """The page's name."""
        return _("Customers")

    def show_record(self, record: object) -> None:
        """A customer by id: selected and in view. "duplicates": those who may be there twice. Else the list.

        A CustomerQuery: exactly the customers behind a figure.
        """
        if not self._side.may_leave():
            return
        self._leave_form()
        if record == "duplicates":
            self.look.show_duplicates()
        if isinstance(record, CustomerQuery):
            self.board.limit(record)
            self.look.leave()
            self._show_list()
            self.table.setFocus()
        if not isinstance(record, int):
            return
        self._chosen = record
        if self.board.place_of(record) is None:
            self.board.limit(EVERYONE)
            self.board.show_list()
            if self.board.place_of(record) is None:
                self.board.limit(replace(EVERYONE, with_inactive=True))
        self.look.leave()
        self._show_list()
        self.table.setFocus()

    def select_first(self) -> None:
        """Selects the first customer."""
        self.table.select_row(0)

    def focus_first(self) -> None:
        """The table, or what to do where there is none yet."""
        shown = self._stack.currentWidget()
        if self._side.form is not None:
            self._side.form.focus_first()
        elif shown is self.board:
            self.table.setFocus()
        elif shown is self.look.view:
            self.look.view.focus()
        else:
            self.bring_in.setFocus()

    def refresh(self) -> None:
        """Shows the list and the card again."""
        self._show_list()
        self.look.look()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._side.fit(self.width())
        self.board.fit(self.width() - self._side.width())

    def hideEvent(self, event: QHideEvent) -> None:
        self.work.keep()
        super().hideEvent(event)

    # Building

    def _build(self) -> None:
        theme = self.theme
        self._job: Job | None = None
        self._twice = button(theme, "", lambda: self.look.show_duplicates())
        self._twice.hide()
        self._bring = button(theme, _("Import a list…"), self._import)
        self.add = button(theme, _("New customer"), self.new_customer, "main")
        self.add_action(self._twice)
        for action in (self._bring, self.add):
            self.add_action(action)
            action.setEnabled(not self.session.file.read_only)
        self._stack = QStackedWidget()
        self.board = CustomerBoard(self.session)
        self.table = self.board.table
        self.bring_in = button(theme, _("Import a list…"), self._import, "main")
        sentence = _("Nobody is here yet. Bring in a list from any program, or add customers one by one.")
        self._empty = CardFrame(theme)
        self._empty.box.addWidget(EmptyState(theme, sentence, self.bring_in, "users"))
        self.look = CustomersLook(self.session, self._stack)
        for shown in (self.board, self._empty, self.look.view):
            self._stack.addWidget(shown)
        content = line(MEDIUM)
        content.addWidget(self._stack, 1)
        self._side = SidePanel(theme, _("Customer"))
        content.addWidget(self._side)
        self.box.addLayout(content, 1)
        self.work = CustomerWork(self.session, self._side)
        self.doings = CustomerDoings(self.session, self.board)
        self._nobody()

    def _connect(self) -> None:
        self.board.limited.connect(self._show_list)
        self.board.several.connect(self._show_several)
        self.board.bar.name_wanted.connect(
            lambda view: self._work(partial(self.work.name_view, self.board.query, view))
        )
        self.table.selected.connect(self._row_selected)
        self.table.opened.connect(lambda _id: self.edit_customer())
        self.table.customContextMenuRequested.connect(
            lambda place: self.doings.menu(place, self.edit_customer, self.delete_customer)
        )
        self._side.left.connect(self._leave_form)
        self.work.saved.connect(self._saved)
        self.work.compare.connect(self.look.compare)
        self.look.turned.connect(self._turned)
        self.look.found.connect(self._found_twice)
        self.look.kept.connect(self.show_record)
        self.look.book_read.connect(self._use_book)
        list_keys(self, self.board.search, self.table, self.delete_customer)
        self.work.restore()

    @property
    def form(self) -> object:
        """The customer's form that was opened last."""
        return self.work.form

    def _show_list(self) -> None:
        wanted = self._chosen
        self.board.show_list()
        everyone = self.board.everyone
        if not self.look.shown:
            self._stack.setCurrentWidget(self.board if everyone else self._empty)
        self._bring.setVisible(bool(everyone))
        said = ngettext("{count} customer", "{count} customers", everyone).format(count=whole(everyone))
        self.set_title(self.title(), said if everyone else _("Who buys from you, and all you have heard from them"))
        place = self.board.place_of(wanted) if wanted is not None else None
        if place is not None:
            self.table.select_row(place)
        elif self._side.form is None:
            self._chosen = None
            self._nobody()
            self.table.scrollToTop()

    def _turned(self) -> None:
        """From the list to two side by side, or back."""
        self._side.setVisible(not self.look.shown)
        if not self.look.shown:
            self._show_list()
        self.focus_first()

    def _found_twice(self, count: int) -> None:
        said = _("Possible duplicates ({count})").format(count=whole(count))
        if count == NOT_LOOKED:
            said = _("Look for duplicates")
        self._twice.setText(said)
        self._twice.setAccessibleName(said)
        self._twice.setVisible(count != 0)

    def _use_book(self) -> None:
        self.board.use_book(self.look.book)
        if self._side.form is None and self._chosen is not None and not self._side.holds_focus():
            self._ask_card()

    # The card

    def _row_selected(self, row: CustomerRow | None) -> None:
        if row is None:
            return
        self._chosen = row.id
        if self._side.form is None:
            self._ask_card()

    def _show_several(self, ids: list[int]) -> None:
        if self._side.form is not None:
            return
        if not ids:
            self._ask_card()
            return
        if self._job is not None:
            self._job.cancel()
        compare = partial(self.look.compare, *ids) if len(ids) == 2 else lambda: None
        self._side.show_content(ManyCard(self.session, ids, self.delete_customer, compare))

    def _ask_card(self) -> None:
        if self._job is not None:
            self._job.cancel()
        wanted, today, known = self._chosen, self.session.today(), self.look.buyers
        if wanted is None:
            self._nobody()
            return
        self._job = self.session.ask(
            lambda file: _read(file, wanted, today, known), self._card_found, self._card_missing
        )

    def _card_found(self, found: tuple[Card, Beside]) -> None:
        if self._side.form is not None or len(self.board.chosen_ids()) > 1:
            return
        held = self._side.holds_focus()
        shown, beside = found
        before = getattr(self, "card", None)
        kind = before.timeline.kind.value if before is not None else None
        doings = None if self.session.file.read_only else self._doings(shown.customer)
        self.card = CustomerCard(self.session, shown, replace(beside, book=self.look.book, kind=kind), doings)
        self._side.show_content(self.card)
        if held and doings is not None:
            self.card.edit.setFocus()

    def _doings(self, customer: Customer) -> Doings:
        return Doings(
            self.edit_customer,
            self.delete_customer,
            lambda: self._work(partial(self.work.touch, customer)),
            lambda: self._work(partial(self.work.purchase, customer)),
            self.doings.apart,
            lambda: self._work(partial(self.work.merge, customer)),
            lambda: self._work(self.work.points),
        )

    def _card_missing(self, error: Exception) -> None:
        """The customer was deleted meanwhile; anything else is an error like any other."""
        if not isinstance(error, LookupError):
            crash.report(error)
        self._nobody()

    def _nobody(self) -> None:
        sentence = _("Select a customer to see everything you have heard from them.")
        self._side.show_content(EmptyState(self.theme, sentence, icon="user"))
        self._side.setVisible(self._stack.currentWidget() is self.board)

    # What can be done

    def _work(self, show: Callable[[], object]) -> None:
        """Opens a form, unless another one keeps its place."""
        if not self.session.file.read_only and self._side.may_leave():
            show()

    def new_customer(self) -> None:
        """The form for a new customer."""
        if self._side.may_leave():
            self.look.leave()
            self.work.customer(Customer(name=""))

    def edit_customer(self) -> None:
        """The form for the selected customer."""
        if self._chosen is None or self.session.file.read_only or not self._side.may_leave():
            return
        try:
            customer = store.get(self.session.file, self._chosen)
        except LookupError:
            self.session.say(_("It was deleted meanwhile."))
            return
        self.work.customer(customer)

    def delete_customer(self) -> None:
        """Deletes those selected; can be taken back, so nothing is asked."""
        done, after = self.doings.delete()
        if done:
            self._chosen = after

    def export_list(self) -> None:
        """Asks the window for an export of those selected, or of all the list shows."""
        self.doings.export()

    def _saved(self, customer_id: int | None) -> None:
        if customer_id is None:
            self._leave_form()
            self._ask_card()
        else:
            self.show_record(customer_id)

    def _leave_form(self) -> None:
        if self._side.form is not None:
            self.work.forget()
            self._side.form = None
            self._ask_card()
            self.focus_first()

    def _import(self) -> None:
        self.session.open("command", "import")
