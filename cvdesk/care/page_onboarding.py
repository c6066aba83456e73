"""Care, onboarding: who is under way and stuck, who could begin, what came of it, and the lists of steps."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QMenu, QStackedWidget, QWidget

from cvdesk.care.page_onboarding_card import STEP, Doings, ProposalCard, RunCard, TemplateCard
from cvdesk.care.page_onboarding_work import OnboardingWork
from cvdesk.care.page_touch_groups import Groups
from cvdesk.care.records_onboarding import Run, Template, ended_in_words, ideas, progress
from cvdesk.care.records_touch import due_in_words
from cvdesk.care.store_onboarding import Proposal, proposals, runs, templates
from cvdesk.catalogue import store as catalogue
from cvdesk.catalogue.records import Filter
from cvdesk.db import Queries
from cvdesk.kit.jobs import Job
from cvdesk.kit.menus import menu_button, offer
from cvdesk.kit.side import SidePanel
from cvdesk.kit.table import Column, Listed, Table
from cvdesk.kit.theme import MEDIUM, SMALL
from cvdesk.kit.view import View
from cvdesk.kit.widgets import NOTE, Card, EmptyState, button, label, line
from cvdesk.wording import _, ngettext
from cvdesk.wording.numbers import day_short

_ROOMY = 560  # design pixels of the list from which a further column shows
UNDER_WAY, COULD, ENDED, LISTS = "under_way", "could", "ended", "lists"


@dataclass(frozen=True, slots=True)
class Row:
    """A line of the list: what it stands for, and its words. `id`: of the start, the customer or the list."""

    id: int
    thing: Run | Proposal | Template
    name: str
    about: str
    steps: str
    next: str
    late: bool = False


@dataclass(frozen=True, slots=True)
class Found:
    """Everything about onboarding."""

    runs: tuple[Run, ...] = ()
    proposals: tuple[Proposal, ...] = ()
    templates: tuple[Template, ...] = ()
    products: tuple[tuple[int, str], ...] = ()


def _read(db: Queries, today: date) -> Found:
    with db.snapshot():
        products = tuple((one.id, one.name) for one in catalogue.named(db, "offerings"))
        return Found(tuple(runs(db)), tuple(proposals(db, today)), tuple(templates(db)), products)


class OnboardingView(View):
    """The list at the left, steps to tick at the right."""

    key = "onboarding"
    watches = frozenset({
        "touches", "care_plans", "customers", "customer_tags", "purchases", "snoozes", "offerings", "settings",
    })  # fmt: skip
    _job: Job | None = None
    _found = Found()
    _read_once = False
    _list_first = False  # the keyboard goes to the list as soon as there is one
    _wanted: int | None = None  # a row to select once it is there
    _customer: int | None = None  # a customer to show once everything is read

    @classmethod
    def title(cls) -> str:
        """The tab's name."""
        return _("Onboarding")

    def show_for(self, chosen: Filter) -> None:
        """Asks who is under way."""
        if self._job is not None:
            self._job.cancel()
        today = self.session.today()
        self._job = self.session.ask(lambda file: _read(file, today), self._shown)

    def show_record(self, record: object) -> None:
        """A customer by id: their steps, or beginning with some; ("onboarding", customer id)."""
        if isinstance(record, tuple) and isinstance(record[1], int) and self.side.may_leave():
            self.side.form = None
            self._customer = record[1]
            if self._read_once:
                self._fill()

    def focus_first(self) -> None:
        """The list, or where something is there to begin with."""
        if self.side.form is not None:
            self.side.form.focus_first()
        elif self._stack.currentWidget() is self._listed:
            self.table.setFocus()
        else:
            self.groups.button(self.groups.key).setFocus()
            self._list_first = not self._read_once

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.side.fit(self.width())
        narrow = self.width() - self.side.width() < self.theme.px(_ROOMY)
        for place in (1, 2):  # what for, how many steps: the panel says them, too
            self.table.setColumnHidden(place, narrow)

    def _build(self) -> None:
        theme, writable = self.theme, not self.session.file.read_only
        bar = line(SMALL)
        self.groups = Groups(theme, _("Onboarding"), [
            (UNDER_WAY, _("Under way")), (COULD, _("Could begin")), (ENDED, _("Ended")), (LISTS, _("Lists of steps")),
        ])  # fmt: skip
        self.groups.chosen.connect(lambda _key: self._turned())
        bar.addWidget(self.groups, 1)
        self.new = menu_button(theme, _("New list"), _("New list of steps"), self._offer_lists)
        self.begin = button(theme, _("Begin with a customer…"), lambda: self.work.begin(self._found.templates))
        for made in (self.new, self.begin):
            made.setEnabled(writable)
            bar.addWidget(made, 0, Qt.AlignmentFlag.AlignTop)
        self.box.addLayout(bar)
        content = line(MEDIUM)
        content.addWidget(self._make_list(), 1)
        self.side = SidePanel(theme, _("Steps"))
        content.addWidget(self.side)
        self.box.addLayout(content, 1)
        self.work = OnboardingWork(self.session, self.side)
        self.work.ended.connect(self._form_ended)
        self.work.begun.connect(self._begun)
        self._nobody()

    def _make_list(self) -> QWidget:
        theme = self.theme
        self._listed = Card(theme)
        self._listed.setAccessibleName(_("Onboarding"))
        self._listed.box.setContentsMargins(10, 8, 10, 10)
        columns = (
            Column(_("Name"), lambda row: row.name, 186),
            Column(_("For"), lambda row: row.about, 186, "quiet"),
            Column(_("Steps"), lambda row: row.steps, 62, "quiet"),
            Column(_("How it stands"), lambda row: row.next, 220, lambda row: "bad" if row.late else "", stretch=True),
        )
        self.table = Table(theme, _("Onboarding"), columns, lambda row: row.id)
        self.table.selected.connect(lambda _row: self._show_card())
        self.table.opened.connect(lambda _id: self._opened())
        self._listed.box.addWidget(self.table, 1)
        self.foot = label(theme, "", NOTE, tone="quiet", wrap=True)
        self._listed.box.addWidget(self.foot)
        self._idea = button(theme, _("Begin with an idea"), lambda: self.work.idea(0), "main")
        self._idea.setEnabled(not self.session.file.read_only)
        self._empty = EmptyState(theme, "", self._idea, "clipboard-list")
        self._nothing = Card(theme)
        self._nothing.box.addWidget(self._empty, 1)
        self._stack = QStackedWidget()
        self._stack.addWidget(self._nothing)
        self._stack.addWidget(self._listed)
        return self._stack

    def _offer_lists(self, menu: QMenu) -> None:
        offer(menu, _("Empty list"), lambda: self.work.template(Template("")))
        for place, idea in enumerate(ideas()):
            offer(menu, _("Idea: {name}").format(name=idea.name), partial(self.work.idea, place))

    # The list

    def _shown(self, found: Found) -> None:
        self._found, self._read_once = found, True
        self._fill()
        if self._list_first and self.groups.button(self.groups.key).hasFocus():
            self.focus_first()
        self._list_first = False

    def _rows(self, group: str) -> list[Row]:
        found, today = self._found, self.session.today()
        if group == COULD:
            return [
                Row(one.customer_id, one, one.name, one.template, "",
                    _("new since {day}").format(day=day_short(one.since, today)))
                for one in found.proposals
            ]  # fmt: skip
        if group == LISTS:
            return [self._list_row(one) for one in found.templates]
        return [self._run_row(run) for run in found.runs if run.running == (group == UNDER_WAY)]

    def _run_row(self, run: Run) -> Row:
        today, step = self.session.today(), run.next
        if step is not None:
            said = _("{when} · {step}").format(step=step.name, when=due_in_words(step.due, today))
            if run.stuck(today):
                said = _("stuck, {next}").format(next=said)
            return Row(run.id, run, run.customer, run.name, progress(run), said, step.due < today)
        if run.stopped:
            return Row(run.id, run, run.customer, run.name, str(run.done), _("stopped: {why}").format(why=run.stopped))
        days = (run.finished - run.started).days if run.finished is not None else 0
        said = ngettext("finished within {count} day", "finished within {count} days", days).format(count=days)
        return Row(run.id, run, run.customer, run.name, progress(run), said)

    def _list_row(self, one: Template) -> Row:
        product = dict(self._found.products).get(one.offering_id or 0, _("Any new customer"))
        days = max((step.days for step in one.steps), default=0)
        said = ngettext("takes {count} day", "takes {count} days", days).format(count=days)
        return Row(one.id or 0, one, one.name, product, str(len(one.steps)), said)

    def _fill(self) -> None:
        self._seek_customer()
        for key in (UNDER_WAY, COULD, ENDED, LISTS):
            self.groups.count(key, len(self._rows(key)))
        rows = self._rows(self.groups.key)
        self._stack.setCurrentWidget(self._listed if rows else self._nothing)
        self._empty.sentence.setText(self._sentence())
        self._idea.setVisible(not self._found.templates)
        self.begin.setEnabled(bool(self._found.templates) and not self.session.file.read_only)
        said = ended_in_words(self._found.runs)
        self.foot.setText(said)
        self.foot.setVisible(bool(said) and self.groups.key in (UNDER_WAY, ENDED))
        wanted, self._wanted = self._wanted, None
        self.table.show_source(Listed(rows), wanted)
        if rows and not self.table.currentIndex().isValid():
            self.table.select_row(0)
        self._show_card()

    def _seek_customer(self) -> None:
        """Turns to the group in which the customer another page asked for is; who has no steps yet can begin."""
        customer, self._customer = self._customer, None
        if customer is None:
            return
        for group in (UNDER_WAY, COULD, ENDED):
            for row in self._rows(group):
                if not isinstance(row.thing, Template) and row.thing.customer_id == customer:
                    self.groups.choose(group)
                    self._wanted = row.id
                    return
        self.work.begin(self._found.templates, customer)

    def _turned(self) -> None:
        if self.side.may_leave():
            self.side.form = None
            self.table.setCurrentIndex(self.table.rootIndex())
            self._fill()

    def _sentence(self) -> str:
        if not self._found.templates:
            return _("A list of first steps makes sure that nobody new is forgotten: what is done, and on which day.")
        return {
            UNDER_WAY: _("Nobody is under way. Begin with a customer, or look who could begin."),
            COULD: _("Nobody new in the last 30 days who has not begun."), ENDED: _("Nobody has ended yet."), LISTS: "",
        }[self.groups.key]  # fmt: skip

    # The card

    def _row(self) -> Row | None:
        row: Row | None = self.table.rows.row(self.table.currentIndex().row())
        return row

    def _show_card(self) -> None:
        if self.side.form is not None:
            return
        row, writable, work = self._row(), not self.session.file.read_only, self.work
        if row is None:
            self._nobody()
            return
        self.side.show()
        if isinstance(row.thing, Run):
            doings = Doings(work.tick, work.stop, work.save_sheet, work.print_sheet)
            held = self._ticked()
            self.card = RunCard(self.session, row.thing, doings if writable else None)
            self.side.show_content(self.card)
            if held in self.card.boxes:
                self.card.boxes[held].setFocus()
        elif isinstance(row.thing, Proposal):
            self.side.show_content(
                ProposalCard(self.session, row.thing, work.begin_proposed if writable else None, work.not_now)
            )
        else:
            product = dict(self._found.products).get(row.thing.offering_id or 0, "")
            edit = work.template if writable else None
            self.side.show_content(TemplateCard(self.session, row.thing, product, edit, work.delete))

    def _ticked(self) -> int:
        """The step whose box has the keyboard; 0 for none."""
        focus = self.window().focusWidget()
        name = focus.objectName() if focus is not None and self.side.isAncestorOf(focus) else ""
        return int(name.removeprefix(STEP)) if name.startswith(STEP) else 0

    def _opened(self) -> None:
        row = self._row()
        if row is None or self.session.file.read_only:
            return
        if isinstance(row.thing, Template):
            self.work.template(row.thing)
        elif isinstance(row.thing, Proposal):
            self.work.begin_proposed(row.thing)
        elif self.card.boxes:
            first = next((box for box in self.card.boxes.values() if not box.isChecked()), None)
            (first or next(iter(self.card.boxes.values()))).setFocus()

    def _nobody(self) -> None:
        """Nothing is selected: a panel with nothing to say goes, and the list has the page to itself."""
        self.side.show_content(QWidget())
        self.side.hide()

    def _begun(self, run_id: int) -> None:
        self.groups.choose(UNDER_WAY)
        self._wanted = run_id

    def _form_ended(self) -> None:
        self._show_card()
        self.focus_first()


__all__ = ["OnboardingView"]
