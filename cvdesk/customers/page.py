"""Customers: the list, and everything about the one who is selected."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QStackedWidget, QWidget

from cvdesk.catalogue import store as catalogue
from cvdesk.customers import store, store_names
from cvdesk.customers.form import CustomerForm
from cvdesk.customers.page_card import CustomerCard
from cvdesk.customers.records import Customer
from cvdesk.customers.store_list import Card, CustomerList, CustomerQuery, CustomerRow, card
from cvdesk.db import Queries
from cvdesk.kit import crash
from cvdesk.kit.form import text_field
from cvdesk.kit.jobs import Job
from cvdesk.kit.page import Page
from cvdesk.kit.side import SidePanel
from cvdesk.kit.table import Column, Table
from cvdesk.kit.widgets import MEDIUM, NOTE, SMALL, Choice, EmptyState, button, label, line
from cvdesk.kit.widgets import Card as CardFrame
from cvdesk.wording import _, ngettext
from cvdesk.wording.numbers import day_short, month, whole

# What goes first where there is little room, and from which width of the table on it shows (design pixels).
_ROOMY = {1: 560, 5: 640, 3: 460}


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
        self._leave_form()
        if not isinstance(record, int):
            return
        if record not in self._list_ids(record):
            self._query = CustomerQuery(with_inactive=True)
            self.search.clear()
            self._show_segments()
        self._chosen = record
        self._show_list()
        self.table.setFocus()

    def select_first(self) -> None:
        """Selects the first customer."""
        self.table.select_row(0)

    def focus_first(self) -> None:
        """The table, or what to do where there is none yet."""
        if self._side.form is not None:
            self._side.form.focus_first()
        elif self._stack.currentWidget() is self._board:
            self.table.setFocus()
        else:
            self.bring_in.setFocus()

    def refresh(self) -> None:
        """Shows the list and the card again."""
        self._show_segments()
        self._show_list()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._side.fit(self.width())
        room = self.width() - self._side.width() - self.theme.px(90)
        for place, wide in _ROOMY.items():
            self.table.setColumnHidden(place, room < self.theme.px(wide))

    # Building

    def _build(self) -> None:
        theme = self.theme
        self._query = CustomerQuery()
        self._job: Job | None = None
        self._list = CustomerList(self.session.file, self._query)
        self._bring = button(theme, _("Import a list…"), self._import)
        self.add = button(theme, _("New customer"), self.new_customer, "main")
        for action in (self._bring, self.add):
            self.add_action(action)
            action.setEnabled(not self.session.file.read_only)
        self._stack = QStackedWidget()
        self._board = self._make_board()
        self.bring_in = button(theme, _("Import a list…"), self._import, "main")
        sentence = _("Nobody is here yet. Bring in a list from any program, or add customers one by one.")
        self._empty = CardFrame(theme)
        self._empty.box.addWidget(EmptyState(theme, sentence, self.bring_in, "users"))
        self._stack.addWidget(self._board)
        self._stack.addWidget(self._empty)
        content = line(MEDIUM)
        content.addWidget(self._stack, 1)
        self._side = SidePanel(theme, _("Customer"))
        content.addWidget(self._side)
        self.box.addLayout(content, 1)
        self._nobody()

    def _make_board(self) -> QWidget:
        theme, today = self.theme, self.session.today
        board = CardFrame(theme)
        board.setAccessibleName(self.title())
        board.box.setContentsMargins(10, 8, 10, 10)
        bar = line(SMALL)
        self.search = text_field("", _("Name, e-mail or phone"))
        self.search.setAccessibleName(_("Find customers"))
        self.search.setClearButtonEnabled(True)
        self.search.setMaximumWidth(theme.px(280))
        self.segment = Choice(theme, _("Group of customers"))
        self.found = label(theme, "", NOTE, tone="faint")
        bar.addWidget(self.search, 1)
        bar.addWidget(self.segment)
        bar.addStretch(1)
        bar.addWidget(self.found)
        board.box.addLayout(bar)
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
        board.box.addWidget(self.table, 1)
        board.box.addWidget(self._none, 1)
        return board

    def _connect(self) -> None:
        self.search.textChanged.connect(self._searched)
        self.segment.chosen.connect(self._segment_chosen)
        self.table.selected.connect(self._row_selected)
        self.table.opened.connect(lambda _id: self.edit_customer())
        self._side.left.connect(self._leave_form)
        for keys, widget, do in (
            ("Delete", self.table, self.delete_customer),
            ("Down", self.search, self._into_table),
            ("Return", self.search, self._into_table),
            ("Escape", self.search, self.search.clear),
        ):
            shortcut = QShortcut(QKeySequence(keys), widget)
            shortcut.setContext(Qt.ShortcutContext.WidgetShortcut)
            shortcut.activated.connect(do)
        find = QShortcut(QKeySequence.StandardKey.Find, self)
        find.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        find.activated.connect(self.search.setFocus)

    # The list

    def _list_ids(self, wanted: int) -> tuple[int, ...]:
        """The customer, when it is in the list as it is limited now."""
        place = self._list.row_of(wanted)
        found = self._list.fetch(place, 1)
        return (wanted,) if found and found[0].id == wanted else ()

    def _show_list(self) -> None:
        self._list = CustomerList(self.session.file, self._query)
        wanted = self._chosen
        self.table.rows.show(self._list)
        count = self.table.rows.rowCount()
        limited = self._query not in (CustomerQuery(), CustomerQuery(with_inactive=True))
        everyone = count if not limited else CustomerList(self.session.file).count()
        self._stack.setCurrentWidget(self._board if everyone or limited else self._empty)
        self._bring.setVisible(bool(everyone))
        self.table.setVisible(count > 0)
        self._none.setVisible(count == 0)
        self.found.setText(_("{count} of {all}").format(count=whole(count), all=whole(everyone)) if limited else "")
        said = ngettext("{count} customer", "{count} customers", everyone).format(count=whole(everyone))
        self.set_title(self.title(), said if everyone else _("Who buys from you, and all you have heard from them"))
        if wanted is not None and count and wanted in self._list_ids(wanted):
            self.table.select_row(self._list.row_of(wanted))
        elif self._side.form is None:
            self._chosen = None
            self._nobody()

    def _show_segments(self) -> None:
        segments = catalogue.named(self.session.file, "segments")
        options: list[tuple[object, str]] = [(None, _("Any group"))]
        self.segment.offer(options + [(one.id, one.name) for one in segments], self._query.segment)
        self.segment.setVisible(bool(segments))

    def _searched(self, text: str) -> None:
        self._query = replace(self._query, search=text)
        self._show_list()

    def _segment_chosen(self, segment: object) -> None:
        self._query = replace(self._query, segment=segment if isinstance(segment, int) else None)
        self._show_list()

    def _show_all(self) -> None:
        self._query = CustomerQuery()
        self.search.clear()
        self.refresh()
        self.table.setFocus()

    def _into_table(self) -> None:
        if self.table.rows.rowCount():
            self.table.setFocus()
            if not self.table.currentIndex().isValid():
                self.table.select_row(0)

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
        if held:
            self.table.setFocus()

    def _card_missing(self, error: Exception) -> None:
        """The customer was deleted meanwhile; anything else is an error like any other."""
        if not isinstance(error, LookupError):
            crash.report(error)
        self._nobody()

    def _nobody(self) -> None:
        sentence = _("Select a customer to see everything you have heard from them.")
        self._side.show_content(EmptyState(self.theme, sentence, icon="user"))
        self._side.setVisible(self._stack.currentWidget() is self._board)

    # What can be done

    def new_customer(self) -> None:
        """The form for a new customer."""
        self._open_form(Customer(name=""), _("New customer"))

    def edit_customer(self) -> None:
        """The form for the selected customer."""
        if self._chosen is not None and not self.session.file.read_only:
            customer = store.get(self.session.file, self._chosen)
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
            say=_("{name} deleted; what was said stays, without the name").format(name=row.name),
        )
        self.table.setFocus()

    def _open_form(self, customer: Customer, heading: str) -> None:
        file = self.session.file
        self.form = CustomerForm(self.theme, catalogue.named(file, "segments"), catalogue.named(file, "tags"))
        self.form.load(customer)
        self._side.setVisible(True)
        self._side.show_form(heading, self.form, _("Save"), self._save)

    def _save(self) -> None:
        form = self.form
        problems = form.problems(self.session.today())
        form.show_problems(problems)
        if problems:
            return
        customer = form.record()
        label = _("Add {name}") if customer.id is None else _("Change {name}")
        said = _("{name} added") if customer.id is None else _("{name} changed")
        self.session.run(
            label.format(name=customer.name),
            partial(store_names.save_named, customer=customer, segment=form.segment_name(), tags=form.tag_names()),
            done=self._saved,
            say=said.format(name=customer.name),
        )

    def _saved(self, customer_id: int) -> None:
        self._side.form = None
        self.show_record(customer_id)

    def _leave_form(self) -> None:
        if self._side.form is not None:
            self._side.form = None
            self._ask_card()
            self.focus_first()

    def _import(self) -> None:
        self.session.open("command", "import")


def _last(row: CustomerRow, today: date) -> str:
    return day_short(row.last, today) if row.last is not None else "–"


def _complaints(row: CustomerRow) -> str:
    if row.open_complaints:
        return ngettext("{count} open", "{count} open", row.open_complaints).format(count=row.open_complaints)
    return whole(row.complaints) if row.complaints else "–"
