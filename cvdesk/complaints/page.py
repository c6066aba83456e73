"""Complaints: what is open and what is overdue, and the case of the one that is selected."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from functools import partial
from typing import Any

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QStackedWidget

from cvdesk.catalogue import store as catalogue
from cvdesk.catalogue.records import Filter
from cvdesk.complaints import store, store_case
from cvdesk.complaints.form import ComplaintForm
from cvdesk.complaints.form_step import StepForm
from cvdesk.complaints.page_case import CaseCard, Doings
from cvdesk.complaints.page_list import EVERYTHING, ComplaintBoard
from cvdesk.complaints.records import Complaint, stage_name
from cvdesk.complaints.records_words import step_button, step_done, step_heading
from cvdesk.complaints.store_case import Case
from cvdesk.complaints.store_due import open_and_overdue
from cvdesk.complaints.store_list import ComplaintRow
from cvdesk.customers import store as customers
from cvdesk.kit import crash
from cvdesk.kit.jobs import Job
from cvdesk.kit.page import Page
from cvdesk.kit.side import SidePanel, list_keys
from cvdesk.kit.widgets import MEDIUM, Card, EmptyState, button, line
from cvdesk.wording import _, ngettext
from cvdesk.wording.numbers import whole


class ComplaintsPage(Page):
    """The table at the left, what is due soonest on top; the case or a form at the right."""

    key = "complaints"
    icon = "circle-alert"
    watches = frozenset(
        {"complaints", "complaint_events", "complaint_themes", "customers", "channels", "offerings", "themes",
         "staff", "settings", "entries"}
    )  # fmt: skip

    _chosen: int | None = None

    @classmethod
    def title(cls) -> str:
        """The page's name."""
        return _("Complaints")

    def show_record(self, record: object) -> None:
        """A complaint by id; a Filter: exactly those behind a figure; ("new", customer id): the form for a new one."""
        if not self._side.may_leave():
            return
        self._leave_form()
        if isinstance(record, Filter):
            self.board.limit(replace(EVERYTHING, chosen=record))
            self.table.setFocus()
        elif isinstance(record, int):
            self._chosen = record
            if self.board.place_of(record) is None:
                self.board.limit(EVERYTHING)
            self._show_list()
            self.table.setFocus()
        elif isinstance(record, tuple) and record[:1] == ("new",):
            self.new_complaint(record[1])

    def select_first(self) -> None:
        """Selects the complaint on top."""
        self.table.select_row(0)

    def focus_first(self) -> None:
        """The form that is open, the table, or what to do where there is nothing yet."""
        if self._side.form is not None:
            self._side.form.focus_first()
        elif self._stack.currentWidget() is self.board:
            self.table.setFocus()
        else:
            self.log_first.setFocus()

    def refresh(self) -> None:
        """Shows the list and the case again."""
        self._show_list()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._side.fit(self.width())
        self.board.fit(self.width() - self._side.width())

    # Building

    def _build(self) -> None:
        theme = self.theme
        self._job: Job | None = None
        self.case: CaseCard | None = None
        self._next_wanted = False
        self.add = button(theme, _("New complaint"), self.new_complaint, "main")
        self.add.setEnabled(not self.session.file.read_only)
        self.add_action(self.add)
        self._stack = QStackedWidget()
        self.board = ComplaintBoard(self.session)
        self.table = self.board.table
        sentence = _("No complaint so far. When one comes in, log it here: it gets a number and a day to answer by.")
        self._empty = Card(theme)
        self.log_first = button(theme, _("Log a complaint"), self.new_complaint, "main")
        self.log_first.setEnabled(not self.session.file.read_only)
        self._empty.box.addWidget(EmptyState(theme, sentence, self.log_first, "circle-check"))
        self._stack.addWidget(self.board)
        self._stack.addWidget(self._empty)
        content = line(MEDIUM)
        content.addWidget(self._stack, 1)
        self._side = SidePanel(theme, _("Complaint"))
        content.addWidget(self._side)
        self.box.addLayout(content, 1)
        self._nothing()

    def _connect(self) -> None:
        self.board.limited.connect(self._show_list)
        self.table.selected.connect(self._row_selected)
        self.table.opened.connect(lambda _id: self._into_case())
        self._side.left.connect(self._leave_form)
        list_keys(self, self.board.search, self.table, self.delete_complaint)

    # The list

    def _show_list(self) -> None:
        wanted = self._chosen
        self.board.show_list()
        self._stack.setCurrentWidget(self.board if self.board.everything else self._empty)
        self._say_state(self.board.everything)
        place = self.board.place_of(wanted) if wanted is not None else None
        if place is not None:
            self.table.select_row(place)
        elif self._side.form is None:
            self._chosen = None
            self._nothing()
            self.table.scrollToTop()

    def _say_state(self, everything: int) -> None:
        waiting, late = open_and_overdue(self.session.file, self.session.today())
        if not everything:
            self.set_title(self.title(), _("From the first word to the customer's answer"))
            return
        in_all = _("{count} in all").format(count=whole(everything))
        now = ngettext("{count} open", "{count} open", waiting).format(count=whole(waiting))
        if late:
            title = ngettext("{count} complaint is overdue", "{count} complaints are overdue", late)
            self.set_title(title.format(count=whole(late)), f"{now} · {in_all}")
        elif waiting:
            self.set_title(self.title(), " · ".join((_("Nothing is overdue"), now, in_all)))
        else:
            self.set_title(self.title(), " · ".join((_("Nothing is open"), in_all)))

    # The case

    def _row_selected(self, row: ComplaintRow | None) -> None:
        if row is None:
            return
        self._chosen = row.id
        if self._side.form is None:
            self._ask_case()

    def _ask_case(self) -> None:
        if self._job is not None:
            self._job.cancel()
        wanted = self._chosen
        if wanted is None:
            self._nothing()
            return
        self._job = self.session.ask(
            lambda file: store_case.case(file, wanted, self.session.today()), self._case_found, self._case_missing
        )

    def _case_found(self, case: Case) -> None:
        if self._side.form is not None:
            return
        held = self._next_wanted or self._side.holds_focus()
        self._next_wanted = False
        doings = Doings(self.take_step, self.ask_step, self.edit_complaint, self.delete_complaint)
        self.case = CaseCard(self.session, case, None if self.session.file.read_only else doings)
        self._side.setVisible(True)
        self._side.show_content(self.case)
        if held and self.case.main is not None:
            self.case.main.setFocus()

    def _case_missing(self, error: Exception) -> None:
        """The complaint was deleted meanwhile; anything else is an error like any other."""
        if not isinstance(error, LookupError):
            crash.report(error)
        self._nothing()

    def _into_case(self) -> None:
        """Gives the keyboard to what comes next."""
        if self._side.form is None and self.case is not None and self.case.main is not None:
            self.case.main.setFocus()

    def _nothing(self) -> None:
        self.case = None
        sentence = _("Select a complaint to see where it stands and what comes next.")
        self._side.show_content(EmptyState(self.theme, sentence, icon="circle-alert"))
        self._side.setVisible(self._stack.currentWidget() is self.board)

    # What can be done

    def new_complaint(self, customer_id: int | None = None) -> None:
        """The form for a new complaint, perhaps of a customer who is known already."""
        if not self.session.file.read_only and self._side.may_leave():
            new = Complaint(date=self.session.today(), customer_id=customer_id)
            self._open_form(new, _("New complaint"))

    def edit_complaint(self) -> None:
        """The form for what the selected complaint says."""
        if self.session.file.read_only or not self._side.may_leave():
            return
        complaint = self._chosen_complaint()
        if complaint is not None:
            self._open_form(complaint, _("Edit #{number}").format(number=complaint.number))

    def _chosen_complaint(self) -> Complaint | None:
        if self._chosen is None:
            return None
        try:
            return store.get(self.session.file, self._chosen)
        except LookupError:
            self.session.say(_("It was deleted meanwhile."))
            return None

    def delete_complaint(self) -> None:
        """Deletes the selected complaint; can be taken back, so nothing is asked."""
        place = self.table.currentIndex().row()
        row = self.table.rows.row(place)
        if row is None or self.session.file.read_only:
            return
        after = self.table.rows.id_at(place + 1)
        self._chosen = after if after is not None else self.table.rows.id_at(place - 1)
        self.session.run(
            _("Delete complaint #{number}").format(number=row.number),
            partial(store.delete, complaint_id=row.id),
            failed=_not_deleted,
            say=_("Complaint #{number} deleted").format(number=row.number),
        )
        self.table.setFocus()

    def take_step(self, stage: str) -> None:
        """Takes a step that needs no more than its day, today."""
        if self.case is not None:
            self._step(None, self.case.complaint, stage, self.session.today(), "", {})

    def ask_step(self, stage: str, outcome: str | None = None) -> None:
        """The form of a step."""
        complaint = self._chosen_complaint() if self._side.may_leave() else None
        if complaint is None:
            return
        file = self.session.file
        from babel.numbers import get_currency_precision

        digits = get_currency_precision(catalogue.business(file).currency)
        begun = replace(complaint, outcome=outcome) if outcome else complaint
        form = self.step_form = StepForm(self.theme, stage, begun, self.session.today(), store_case.staff(file), digits)
        save = step_button(stage).removesuffix("…") if stage != "note" else _("Save")
        self._side.show_form(step_heading(stage, complaint.number or 0), form, save, partial(self._save_step, form))

    def _save_step(self, form: StepForm) -> None:
        problems = form.problems()
        form.show_problems(problems)
        if not problems:
            self._side.set_busy(True)
            self._step(form, form.case, form.stage, form.day(), form.words(), form.said())

    def _step(
        self, form: StepForm | None, complaint: Complaint, stage: str, day: date, note: str, said: dict[str, Any]
    ) -> None:
        complaint_id, number = complaint.id or 0, complaint.number or 0
        self.session.run(
            _("{step}: complaint #{number}").format(step=stage_name(stage), number=number),
            partial(store.step, complaint_id=complaint_id, stage=stage, date=day, note=note, **said),
            done=lambda _result: self._stepped(form, complaint_id),
            failed=partial(self._side.save_failed, form),
            say=step_done(stage, number),
        )

    def _stepped(self, form: StepForm | None, complaint_id: int) -> None:
        """The page shows the case again, unless a form was opened meanwhile; the keyboard waits on what comes next."""
        if self._side.form is not form:
            return
        self._close_form()
        self._chosen = complaint_id
        self._next_wanted = True

    def _open_form(self, complaint: Complaint, heading: str) -> None:
        file = self.session.file
        form = self.form = ComplaintForm(
            self.theme,
            complaint,
            store_case.customer_name(file, complaint.customer_id),
            store_case.choices(file),
            lambda text: customers.find_matches(file, text),
        )
        self._side.setVisible(True)
        self._side.show_form(heading, form, _("Save"), partial(self._save, form))

    def _save(self, form: ComplaintForm) -> None:
        problems = form.problems(self.session.today())
        form.show_problems(problems)
        if problems:
            return
        self._side.set_busy(True)
        complaint = form.record()
        new = complaint.id is None
        number = complaint.number
        self.session.run(
            _("Log a complaint") if new else _("Change complaint #{number}").format(number=number),
            partial(store_case.save_for, complaint=complaint, new_customer=form.new_customer()),
            done=partial(self._saved, form),
            failed=partial(self._side.save_failed, form),
            say=_("Complaint logged") if new else _("Complaint #{number} changed").format(number=number),
        )

    def _saved(self, form: ComplaintForm, complaint_id: int) -> None:
        if self._side.form is form:
            self._close_form()
            self.show_record(complaint_id)

    def _close_form(self) -> None:
        self._side.form = None

    def _leave_form(self) -> None:
        if self._side.form is not None:
            self._close_form()
            self._ask_case()
            self.focus_first()


def _not_deleted(error: Exception) -> None:
    """What is gone already needs no deleting: the key was pressed twice."""
    if not isinstance(error, LookupError):
        crash.report(error)
