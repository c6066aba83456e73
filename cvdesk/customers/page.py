"""Customers: the list, and everything about the one who is selected."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QStackedWidget

from cvdesk.catalogue import store as catalogue
from cvdesk.customers import store, store_names
from cvdesk.customers.form import CustomerForm
from cvdesk.customers.page_card import CustomerCard
from cvdesk.customers.page_list import EVERYONE, CustomerBoard
from cvdesk.customers.records import Customer
from cvdesk.customers.store_card import Card, card
from cvdesk.customers.store_list import CustomerRow
from cvdesk.db import Queries
from cvdesk.kit import crash
from cvdesk.kit.jobs import Job
from cvdesk.kit.page import Page
from cvdesk.kit.side import SidePanel, list_keys
from cvdesk.kit.widgets import MEDIUM, EmptyState, button, line
from cvdesk.kit.widgets import Card as CardFrame
from cvdesk.wording import _, ngettext
from cvdesk.wording.numbers import whole


@dataclass(frozen=True, slots=True)
class _Read:
    """What the card shows, read in one go."""

    card: Card
    tags: tuple[str, ...]
    currency: str


def _read(db: Queries, customer_id: int) -> _Read:
    found = card(db, customer_id)
    names = {tag.id: tag.name for tag in catalogue.named(db, "tags")}
    tags = tuple(names[tag] for tag in found.customer.tags)
    return _Read(found, tags, catalogue.business(db).currency)


class CustomersPage(Page):
    """The table at the left, the card of a customer or the form at the right."""

    key = "customers"
    icon = "users"
    watches = frozenset(
        {"customers", "contacts", "aliases", "customer_tags", "segments", "tags", "entries", "complaints",
         "assessments", "purchases", "touches"}
    )  # fmt: skip

    _chosen: int | None = None

    @classmethod
    def title(cls) -> str:
        """The page's name."""
        return _("Customers")

    def show_record(self, record: object) -> None:
        """A customer by id: selected and in view. Anything else shows the list."""
        if not self._side.may_leave():
            return
        self._leave_form()
        if not isinstance(record, int):
            return
        self._chosen = record
        if self.board.place_of(record) is None:
            self.board.limit(EVERYONE)
        self._show_list()
        self.table.setFocus()

    def select_first(self) -> None:
        """Selects the first customer."""
        self.table.select_row(0)

    def focus_first(self) -> None:
        """The table, or what to do where there is none yet."""
        if self._side.form is not None:
            self._side.form.focus_first()
        elif self._stack.currentWidget() is self.board:
            self.table.setFocus()
        else:
            self.bring_in.setFocus()

    def refresh(self) -> None:
        """Shows the list and the card again."""
        self._show_list()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._side.fit(self.width())
        self.board.fit(self.width() - self._side.width())

    # Building

    def _build(self) -> None:
        theme = self.theme
        self._job: Job | None = None
        self._bring = button(theme, _("Import a list…"), self._import)
        self.add = button(theme, _("New customer"), self.new_customer, "main")
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
        self._stack.addWidget(self.board)
        self._stack.addWidget(self._empty)
        content = line(MEDIUM)
        content.addWidget(self._stack, 1)
        self._side = SidePanel(theme, _("Customer"))
        content.addWidget(self._side)
        self.box.addLayout(content, 1)
        self._nobody()

    def _connect(self) -> None:
        self.board.limited.connect(self._show_list)
        self.table.selected.connect(self._row_selected)
        self.table.opened.connect(lambda _id: self.edit_customer())
        self._side.left.connect(self._leave_form)
        list_keys(self, self.board.search, self.table, self.delete_customer)

    def _show_list(self) -> None:
        wanted = self._chosen
        self.board.show_list()
        everyone = self.board.everyone
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

    # The card

    def _row_selected(self, row: CustomerRow | None) -> None:
        if row is None:
            return
        self._chosen = row.id
        if self._side.form is None:
            self._ask_card()

    def _ask_card(self) -> None:
        if self._job is not None:
            self._job.cancel()
        wanted = self._chosen
        if wanted is None:
            self._nobody()
            return
        self._job = self.session.ask(lambda file: _read(file, wanted), self._card_found, self._card_missing)

    def _card_found(self, found: _Read) -> None:
        if self._side.form is not None:
            return
        held = self._side.holds_focus()
        writable = not self.session.file.read_only
        self.card = CustomerCard(
            self.session,
            found.card,
            found.tags,
            found.currency,
            self.edit_customer if writable else None,
            self.delete_customer if writable else None,
        )
        self._side.show_content(self.card)
        if held and writable:
            self.card.edit.setFocus()

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

    def new_customer(self) -> None:
        """The form for a new customer."""
        if self._side.may_leave():
            self._open_form(Customer(name=""), _("New customer"))

    def edit_customer(self) -> None:
        """The form for the selected customer."""
        if self._chosen is None or self.session.file.read_only or not self._side.may_leave():
            return
        try:
            customer = store.get(self.session.file, self._chosen)
        except LookupError:
            self.session.say(_("It was deleted meanwhile."))
            return
        self._open_form(customer, _("Edit {name}").format(name=customer.name))

    def delete_customer(self) -> None:
        """Deletes the selected customer; can be taken back, so nothing is asked."""
        row = self.table.rows.row(self.table.currentIndex().row())
        if row is None or self.session.file.read_only:
            return
        place = self.table.currentIndex().row()
        after = self.table.rows.id_at(place + 1)
        self._chosen = after if after is not None else self.table.rows.id_at(place - 1)
        self.session.run(
            _("Delete {name}").format(name=row.name),
            partial(store.delete, customer_id=row.id),
            failed=_not_deleted,
            say=_("{name} deleted; what was said stays, without the name").format(name=row.name),
        )
        self.table.setFocus()

    def _open_form(self, customer: Customer, heading: str) -> None:
        file = self.session.file
        self.form = CustomerForm(self.theme, catalogue.named(file, "segments"), catalogue.named(file, "tags"))
        self.form.load(customer)
        self._side.setVisible(True)
        self._side.show_form(heading, self.form, _("Save"), partial(self._save, self.form))

    def _save(self, form: CustomerForm) -> None:
        problems = form.problems(self.session.today())
        form.show_problems(problems)
        if problems:
            return
        customer = form.record()
        self._side.set_busy(True)
        label = _("Add {name}") if customer.id is None else _("Change {name}")
        said = _("{name} added") if customer.id is None else _("{name} changed")
        self.session.run(
            label.format(name=customer.name),
            partial(store_names.save_named, customer=customer, segment=form.segment_name(), tags=form.tag_names()),
            done=partial(self._saved, form),
            failed=partial(self._side.save_failed, form),
            say=said.format(name=customer.name),
        )

    def _saved(self, form: CustomerForm, customer_id: int) -> None:
        if self._side.form is form:
            self._side.form = None
            self.show_record(customer_id)

    def _leave_form(self) -> None:
        if self._side.form is not None:
            self._side.form = None
            self._ask_card()
            self.focus_first()

    def _import(self) -> None:
        self.session.open("command", "import")


def _not_deleted(error: Exception) -> None:
    """Who is gone already needs no deleting: the key was pressed twice."""
    if not isinstance(error, LookupError):
        crash.report(error)
