"""Care, gestures: ideas for something small, what was given, the month's budget and whether it is shared fairly."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QWidget

from cvdesk.care import store_gestures
from cvdesk.care.form_gesture import BudgetForm, GestureForm
from cvdesk.care.form_voucher import Currency
from cvdesk.care.page_gestures_fair import FairCard
from cvdesk.care.records_gestures import Budget, Fairness, Given, Idea
from cvdesk.care.store_gestures_fair import fairness
from cvdesk.catalogue import store as catalogue
from cvdesk.catalogue.records import Filter
from cvdesk.customers.store import find_matches
from cvdesk.db import Operation, Queries
from cvdesk.kit.jobs import Job
from cvdesk.kit.side import SideForm, SidePanel
from cvdesk.kit.table import Column, Listed, Table
from cvdesk.kit.view import View
from cvdesk.kit.widgets import (
    MEDIUM,
    NOTE,
    SMALL,
    TEXT,
    Card,
    Elided,
    EmptyState,
    RowButton,
    button,
    clear,
    column,
    label,
    line,
    scrolled,
)
from cvdesk.wording import _
from cvdesk.wording.numbers import day_short, money

_NARROW = 560  # where the list is narrower some columns go, design pixels


@dataclass(frozen=True, slots=True)
class _Shown:
    """What the view shows, read in one go."""

    ideas: Sequence[Idea]
    given: Sequence[Given]
    budget: Budget
    fair: Fairness
    currency: str


class GesturesView(View):
    """Ideas and what was given on the left; budget and fairness on the right, where the forms open, too."""

    key = "gestures"
    watches = frozenset(
        {"touches", "care_plans", "vouchers", "customers", "complaints", "complaint_events", "purchases", "snoozes",
         "staff", "settings"}
    )  # fmt: skip

    _job: Job | None = None
    _shown: _Shown | None = None

    @classmethod
    def title(cls) -> str:
        """The tab's name."""
        return _("Gestures")

    def show_for(self, chosen: Filter) -> None:
        """Asks for everything; the month's budget does not depend on the filter's period."""
        if self._job is not None:
            self._job.cancel()
        self._job = self.session.ask(partial(_gather, today=self.session.today()), self._arrived)

    def show_record(self, record: object) -> None:
        """("gesture", customer id) or ("gesture", ("complaint", id)): the form, filled in so far."""
        about = record[1] if isinstance(record, tuple) and len(record) > 1 else None
        file = self.session.file
        complaint = int(about[1]) if isinstance(about, tuple) else None
        customer = store_gestures.of_complaint(file, complaint) if complaint is not None else about
        if not isinstance(customer, int):
            self.note_gesture()
            return
        try:
            idea = store_gestures.idea_for(file, customer, complaint)
        except LookupError:  # gone meanwhile
            self.note_gesture()
            return
        self.note_gesture(idea)

    def focus_first(self) -> None:
        """The button that notes one."""
        self.new.setFocus()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._side.fit(self.width())
        self._fit_columns()

    def _fit_columns(self) -> None:
        """Why and who go where there is little room; why also where nobody said it."""
        narrow = self.width() - self._side.width() - MEDIUM < self.theme.px(_NARROW)
        reasons = self._shown is not None and any(one.why for one in self._shown.given)
        self.table.setColumnHidden(2, narrow or not reasons)
        self.table.setColumnHidden(3, narrow)

    def note_gesture(self, idea: Idea | None = None) -> None:
        """The form for a gesture, empty or with the occasion filled in."""
        file, today = self.session.file, self.session.today()
        budget = store_gestures.budget(file, today)
        form = GestureForm(
            self.theme, partial(find_matches, file), today, self._currency(), budget, idea, self.session.staff_id
        )

        def work(op: Operation) -> int:
            return store_gestures.give(op, form.record())

        shown = self._ask(
            form, _("Note a gesture"), _("Gesture"), work, partial(form.problems, today), _("Gesture noted")
        )
        if shown and idea is not None:
            form.what.setFocus()

    def change_budget(self) -> None:
        """The form for the month's budget."""
        budget = store_gestures.budget(self.session.file, self.session.today())
        form = BudgetForm(self.theme, budget, self._currency())

        def work(op: Operation) -> None:
            store_gestures.save_limits(op, form.record())

        words = _("Budget for gestures")
        self._ask(form, words, words, work, form.problems, _("Budget saved"))

    # Building

    def _build(self) -> None:
        theme = self.theme
        head = line(SMALL)
        words = _("Something small that nobody asked for is remembered longest.")
        head.addWidget(label(theme, words, TEXT, tone="quiet", wrap=True), 1)
        self.new = button(theme, _("Note a gesture"), self.note_gesture, "main")
        self.new.setEnabled(not self.session.file.read_only)
        head.addWidget(self.new)
        self.box.addLayout(head)
        row = line(MEDIUM)
        left = column(None, MEDIUM)
        left.addWidget(self._make_ideas(), 1)
        left.addWidget(self._make_given(), 1)
        row.addLayout(left, 1)
        self._side = SidePanel(theme, _("Budget and fairness"))
        self._side.left.connect(self._show_card)
        row.addWidget(self._side)
        self.box.addLayout(row, 1)

    def _make_ideas(self) -> Card:
        card = Card(self.theme, _("Ideas"), _("Occasions of these days. Ideas only: you decide."))
        inside = QWidget()
        self._ideas = column(inside, 2)
        card.box.addWidget(scrolled(inside), 1)
        return card

    def _make_given(self) -> Card:
        theme = self.theme
        card = Card(theme, _("Given"), " ")
        columns = (
            Column(_("Customer"), lambda row: row.customer, 136),
            Column(_("What"), lambda row: row.what, 140, stretch=True),
            Column(_("Why"), lambda row: row.why or "–", 140, "quiet"),
            Column(_("Who"), lambda row: row.staff or "–", 74, "quiet"),
            Column(_("Cost"), self._cost, 70, right=True),
            Column(_("Day"), lambda row: day_short(row.day, self.session.today()), 90, "quiet"),
        )
        self.table = Table(theme, _("Gestures"), columns, lambda row: row.id)
        self.table.opened.connect(self._open)
        self._none = EmptyState(theme, _("Nothing yet. Note what you give, and to whom."), icon="gift")
        card.box.addWidget(self._none, 1)
        card.box.addWidget(self.table, 1)
        delete = QShortcut(QKeySequence("Delete"), self.table)
        delete.setContext(Qt.ShortcutContext.WidgetShortcut)
        delete.activated.connect(self._delete)
        self.given = card
        return card

    # Showing

    def _arrived(self, found: _Shown) -> None:
        self._shown = found
        clear(self._ideas)
        for idea in found.ideas:
            self._ideas.addWidget(self._idea(idea))
        if not found.ideas:
            words = _("No birthday, milestone or closed complaint these days.")
            self._ideas.addWidget(EmptyState(self.theme, words, icon="calendar"), 1)
        else:
            self._ideas.addStretch(1)
        self.table.show_source(Listed(found.given))
        self._fit_columns()
        self.table.setVisible(bool(found.given))
        self._none.setVisible(not found.given)
        self.given.beside.set_whole(_("The Delete key takes one back") if found.given else "")
        if self._side.form is None:
            self._show_card()

    def _idea(self, idea: Idea) -> RowButton:
        row = line(SMALL)
        texts = column(None, 2)
        texts.addWidget(Elided(self.theme, f"{idea.customer}: {idea.occasion}", TEXT))
        if idea.about:
            texts.addWidget(Elided(self.theme, idea.about, NOTE, "quiet"))
        row.addLayout(texts, 1)
        name = _("Idea for {name}: {occasion}. {about}").format(
            name=idea.customer, occasion=idea.occasion, about=idea.about
        )
        return RowButton(name, partial(self.note_gesture, idea), row)

    def _show_card(self) -> None:
        if self._shown is not None:
            change = None if self.session.file.read_only else self.change_budget
            card = FairCard(self.session, self._shown.budget, self._shown.fair, self._shown.currency, change)
            self._side.show_content(card, _("Budget and fairness"))

    def _ask(
        self, form: SideForm, heading: str, step: str, work: Callable[[Operation], Any],
        problems: Callable[[], dict[str, str]], said: str,
    ) -> bool:  # fmt: skip
        """Shows a form; once it is right, what it says is written as one step. False where it may not be shown."""
        if self.session.file.read_only or not self._side.may_leave():
            return False

        def saved(_result: Any) -> None:
            self._side.set_busy(False)
            self._show_card()

        def submit() -> None:
            wrong = problems()
            form.show_problems(wrong)
            if not wrong:
                self._side.set_busy(True)
                self.session.run(step, work, saved, partial(self._side.save_failed, form), said)

        self._side.show_form(heading, form, _("Save"), submit)
        return True

    def _delete(self) -> None:
        row = self.table.rows.row(self.table.currentIndex().row())
        if isinstance(row, Given) and not self.session.file.read_only:
            work = partial(store_gestures.take_back, gesture_id=row.id)
            self.session.run(_("Take a gesture back"), work, say=_("Gesture taken back"))

    def _open(self, _id: object) -> None:
        row = self.table.rows.row(self.table.currentIndex().row())
        if isinstance(row, Given):
            self.session.open("customers", row.customer_id)

    def _cost(self, row: Given) -> str:
        currency = self._shown.currency if self._shown is not None else ""
        return "–" if row.cost_minor is None else money(row.cost_minor, currency)

    def _currency(self) -> Currency:
        from babel.numbers import get_currency_precision

        code = catalogue.business(self.session.file).currency
        return Currency(code, get_currency_precision(code))


def _gather(db: Queries, today: date) -> _Shown:
    return _Shown(
        store_gestures.ideas(db, today), store_gestures.gestures(db), store_gestures.budget(db, today),
        fairness(db, today), catalogue.business(db).currency,
    )  # fmt: skip
