"""Care, keep in touch: who waits for a word, and why; spoken to, put off or opened from the list."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtGui import QHideEvent, QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QWidget

from cvdesk.care.page_touch_card import Doings, Person, TouchCard, read_person
from cvdesk.care.page_touch_groups import Groups
from cvdesk.care.page_touch_work import TouchWork
from cvdesk.care.records_touch import DUE, GOALS, LATER, LEFT_OUT, QUIET, RISK, TouchRow
from cvdesk.care.store_touch import Waiting, at_risk, waiting
from cvdesk.catalogue.records import Filter
from cvdesk.customers.records_contact import ago
from cvdesk.customers.records_risk import RiskBook, trial_in_words
from cvdesk.customers.store_likes import Buyers, buyers
from cvdesk.customers.store_risk import risk_book
from cvdesk.kit import crash
from cvdesk.kit.jobs import Job
from cvdesk.kit.side import SidePanel
from cvdesk.kit.table import Column, Listed, Table
from cvdesk.kit.theme import MEDIUM, SMALL
from cvdesk.kit.view import View
from cvdesk.kit.widgets import NOTE, Card, EmptyState, button, label, line
from cvdesk.wording import _, ngettext


class TouchView(View):
    """The list at the left, the one who is selected at the right."""

    key = "touch"
    watches = frozenset({
        "customers", "contacts", "customer_tags", "tags", "entries", "complaints", "complaint_events", "assessments",
        "answers", "purchases", "touches", "care_plans", "snoozes", "customer_goals", "settings",
    })  # fmt: skip
    _job: Job | None = None
    _risk_job: Job | None = None
    _card_job: Job | None = None
    _found = Waiting()
    _risky: tuple[TouchRow, ...] = ()
    _book: RiskBook | None = None
    _buyers = Buyers({}, 0)
    _read_once = False
    _list_first = False  # the keyboard goes to the list as soon as there is one
    _wanted: int | None = None  # the row to select once it is there
    _alone: int | None = None  # a customer shown who may be on no list

    @classmethod
    def title(cls) -> str:
        """The tab's name."""
        return _("Keep in touch")

    def show_for(self, chosen: Filter) -> None:
        """Asks who waits; those at risk take longer and come after."""
        for job in (self._job, self._risk_job):
            if job is not None:
                job.cancel()
        today = self.session.today()
        self._job = self.session.ask(lambda file: waiting(file, today), self._shown)
        self._risk_job = self.session.look(self._read_risk, self._risk_shown)

    def show_record(self, record: object) -> None:
        """A customer by id, those at risk, a rhythm or a goal to change: (sort, about)."""
        if not isinstance(record, tuple) or not self.side.may_leave():
            return
        sort, about = record
        self.side.form = None
        self._wanted = self._alone = None
        if sort in ("risk", "check_in"):
            self._take(RISK if sort == "risk" else DUE)
        if sort == "goal":
            self._take(GOALS)
            self._wanted = about
        elif isinstance(about, int):
            self._alone = self._wanted = about
        if sort in ("rhythm", "new_goal") and isinstance(about, int) and not self.session.file.read_only:
            name = str(self.session.file.value("SELECT name FROM customers WHERE id = ?", (about,)) or "")
            self.work.rhythm(about, name) if sort == "rhythm" else self.work.goal(about, name, None)
        else:
            self._fill()
            self.focus_first()

    def focus_first(self) -> None:
        """The list, or the groups where it is empty."""
        if self.side.form is not None:
            self.side.form.focus_first()
        elif not self.table.isHidden():
            self.table.setFocus()
        else:
            self.groups.button(self.groups.key).setFocus()
            self._list_first = not self._read_once

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.side.fit(self.width())

    def hideEvent(self, event: QHideEvent) -> None:
        self.work.keep()
        super().hideEvent(event)

    def _build(self) -> None:
        theme = self.theme
        bar = line(SMALL)
        self.groups = Groups(theme, _("Who waits for a word"), [
            (DUE, _("Due now")), (QUIET, _("Not spoken to for long")), (RISK, _("At risk")), (GOALS, _("Goals")),
            (LATER, _("Put off")), (LEFT_OUT, _("Left out")),
        ])  # fmt: skip
        self.groups.chosen.connect(self._take_by_hand)
        bar.addWidget(self.groups, 1)
        self.rhythms = button(theme, _("How often…"), lambda: self.work.rhythms(), name=_("How often to be in touch"))
        self.rhythms.setEnabled(not self.session.file.read_only)
        bar.addWidget(self.rhythms, 0, Qt.AlignmentFlag.AlignTop)
        self.box.addLayout(bar)
        content = line(MEDIUM)
        content.addWidget(self._make_list(), 1)
        self.side = SidePanel(theme, _("Customer"))
        content.addWidget(self.side)
        self.box.addLayout(content, 1)
        self.work = TouchWork(self.session, self.side)
        self.work.ended.connect(self._form_ended)
        self._nobody()

    def _make_list(self) -> Card:
        theme = self.theme
        card = Card(theme)
        card.setAccessibleName(_("Who waits for a word"))
        card.box.setContentsMargins(10, 8, 10, 10)
        columns = (
            Column(_("Customer"), lambda row: row.name, 168),
            Column(_("Last contact"), lambda row: ago(row.last, self.session.today()), 118, "quiet"),
            Column(_("Why"), lambda row: row.why, 240, self._tone, stretch=True),
        )
        self.table = Table(theme, _("Who waits for a word"), columns, lambda row: row.id)
        self.table.selected.connect(self._selected)
        self.table.opened.connect(lambda _id: self._spoke())
        for keys, do in (("L", self._later_menu), ("O", self._open), ("S", self._spoke)):
            shortcut = QShortcut(QKeySequence(keys), self.table)
            shortcut.setContext(Qt.ShortcutContext.WidgetShortcut)
            shortcut.activated.connect(do)
        self._begin = button(theme, _("Say how often…"), lambda: self.work.rhythms(), "main")
        self._begin.setEnabled(not self.session.file.read_only)
        self._empty = EmptyState(theme, "", self._begin, "heart-handshake")
        self.table.hide()
        card.box.addWidget(self._empty, 1)
        card.box.addWidget(self.table, 1)
        self.foot = label(theme, "", NOTE, tone="quiet", wrap=True)
        card.box.addWidget(self.foot)
        return card

    # The list

    def _read_risk(self, file: object) -> tuple[RiskBook, tuple[TouchRow, ...], Buyers]:
        db, today = self.session.file, self.session.today()
        book = risk_book(db, today)
        return book, at_risk(db, today, book), buyers(db, today)

    def _shown(self, found: Waiting) -> None:
        self._found, self._read_once = found, True
        self._fill()
        if self._list_first and self.groups.button(self.groups.key).hasFocus():
            self.focus_first()
        self._list_first = False

    def _risk_shown(self, found: tuple[RiskBook, tuple[TouchRow, ...], Buyers]) -> None:
        self._book, self._risky, self._buyers = found
        self._fill()

    def _rows(self, group: str) -> tuple[TouchRow, ...]:
        found = self._found
        return {
            DUE: found.due, QUIET: found.quiet, RISK: self._risky, GOALS: found.goals, LATER: found.later,
            LEFT_OUT: found.left_out,
        }[group]  # fmt: skip

    def _fill(self) -> None:
        self.groups.rename(QUIET, self._quiet_name())
        for key in (DUE, QUIET, RISK, GOALS, LATER, LEFT_OUT):
            known = self._book is not None or key != RISK
            self.groups.count(key, len(self._rows(key)) if known else None, key in (LATER, LEFT_OUT))
        rows = self._rows(self.groups.key)
        self.table.setVisible(bool(rows))
        self._empty.setVisible(not rows and self._known())
        self._begin.setVisible(self.groups.key == DUE)
        self._empty.sentence.setText(self._nothing())
        self.foot.setText(self._foot())
        self.foot.setVisible(bool(self.foot.text()))
        wanted = self._wanted
        self._wanted = None if self._read_once else wanted
        self.table.show_source(Listed(rows), wanted)
        place = next((place for place, row in enumerate(rows) if wanted in (row.id, row.customer_id)), None)
        if wanted is not None and place is not None:
            self.table.select_row(place)
        elif self._alone is None and rows and not self.table.currentIndex().isValid():
            self.table.select_row(0)
        self._ask_card()

    def _take_by_hand(self, key: str) -> None:
        if self.side.may_leave():
            self.side.form = None
            self._alone = None
            self._take(key)
            self._fill()

    def _take(self, key: str) -> None:
        self.groups.choose(key)
        self.table.clearSelection()
        self.table.setCurrentIndex(self.table.rootIndex())

    def _quiet_name(self) -> str:
        months = self._found.months
        return ngettext("Silent for {count} month", "Silent for {count} months", months).format(count=months)

    def _nothing(self) -> str:
        return {
            DUE: _("Nobody is due. Give customers or tags a rhythm, and they come up here by themselves."),
            QUIET: _("Somebody has spoken to everyone lately."),
            RISK: _("Nobody is at risk as far as one can tell."),
            GOALS: _("What a customer wants to reach, and how you help, stands here once it is noted."),
            LATER: _("Nothing is put off."), LEFT_OUT: _("Nobody is left out."),
        }[self.groups.key]  # fmt: skip

    def _foot(self) -> str:
        if self.groups.key == RISK and self._book is not None:
            return trial_in_words(self._book)
        if self.groups.key == LEFT_OUT:
            return _("They do not want to be contacted, so they are on none of these lists.")
        if self._rows(self.groups.key) and not self.session.file.read_only:
            return _("S or Enter: spoke to them · L: later · O: open the customer")
        return ""

    def _known(self) -> bool:
        """Whether the chosen list has been read: those at risk come a little later than the others."""
        return self._read_once and (self._book is not None or self.groups.key != RISK)

    def _tone(self, row: TouchRow) -> str:
        if self.groups.key == RISK:
            return "bad" if self._book is not None and self._book.coloured else "quiet"
        return "bad" if row.late else "quiet"

    # The card

    def _row(self) -> TouchRow | None:
        row: TouchRow | None = self.table.rows.row(self.table.currentIndex().row())
        return row

    def _selected(self, row: TouchRow | None) -> None:
        if row is not None:
            self._alone = None
            self._ask_card()

    def _ask_card(self) -> None:
        if self.side.form is not None:
            return
        if self._card_job is not None:
            self._card_job.cancel()
        row = self._row()
        customer = self._alone if self._alone is not None else row.customer_id if row is not None else None
        if customer is None:
            self._nobody()
            return
        today, known = self.session.today(), self._buyers
        shown = row if row is not None and row.customer_id == customer else None
        self._card_job = self.session.ask(
            lambda file: read_person(file, customer, today, known), partial(self._card_found, shown), self._card_missing
        )

    def _card_found(self, row: TouchRow | None, person: Person) -> None:
        if self.side.form is not None:
            return
        held = self.side.holds_focus()
        doings = None if self.session.file.read_only else self._doings(person, row)
        self.card = TouchCard(self.session, person, row, self._book, doings)
        self.side.show_content(self.card)
        self.side.show()
        if held and doings is not None:
            self.card.spoke.setFocus()

    def _card_missing(self, error: Exception) -> None:
        """The customer was deleted meanwhile; anything else is an error like any other."""
        if not isinstance(error, LookupError):
            crash.report(error)
        self._alone = None
        self._nobody()

    def _nobody(self) -> None:
        """Nobody is selected: a panel with nothing to say goes, and the list has the page to itself."""
        self.side.show_content(QWidget())
        self.side.hide()

    def _doings(self, person: Person, row: TouchRow | None) -> Doings:
        customer, name = person.customer.id or 0, person.customer.name
        sort, record = (row.sort, row.id) if row is not None else ("check_in", customer)
        check_in = self.groups.key == DUE and row is not None
        return Doings(
            partial(self.work.spoke, customer, name, check_in),
            lambda until: self.work.later(sort, record, name, until),
            partial(self.work.pick_day, sort, record, name),
            partial(self.work.rhythm, customer, name),
            lambda goal: self.work.goal(customer, name, goal),
            partial(self.work.wake, sort, record, name),
            waits=self.groups.key != LEFT_OUT or row is None,
        )

    def _form_ended(self) -> None:
        self._ask_card()
        self.focus_first()

    # Keys

    def _spoke(self) -> None:
        row = self._row()
        if row is not None and not self.session.file.read_only:
            self.work.spoke(row.customer_id, row.name, self.groups.key == DUE)

    def _later_menu(self) -> None:
        card = getattr(self, "card", None)
        if card is not None and self.side.form is None and hasattr(card, "later"):
            card.later.showMenu()

    def _open(self) -> None:
        row = self._row()
        if row is not None:
            self.session.open("customers", row.customer_id)


__all__ = ["TouchView"]
