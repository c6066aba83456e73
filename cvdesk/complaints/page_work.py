"""The forms of the Complaints page: opening them beside the list, keeping what is half typed, saving."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from typing import Any

from PySide6.QtCore import QObject, QTime, QTimer, Signal

from cvdesk.catalogue import store as catalogue
from cvdesk.complaints import store, store_case, store_repeats, store_steps, store_views
from cvdesk.complaints.form import ComplaintForm
from cvdesk.complaints.form_small import LinkForm, ViewForm
from cvdesk.complaints.form_step import ChangeForm, StepForm
from cvdesk.complaints.records import Complaint, Event, stage_name
from cvdesk.complaints.records_words import step_button, step_done, step_heading
from cvdesk.complaints.store_list import ComplaintQuery
from cvdesk.customers import store as customers
from cvdesk.db import Operation
from cvdesk.kit import crash
from cvdesk.kit.drafts import DraftForm
from cvdesk.kit.session import Session
from cvdesk.kit.side import SidePanel
from cvdesk.wording import _

DRAFT = "complaint-form"
DRAFT_AFTER_MS = 400


class CaseWork(QObject):
    """Shows forms in the panel. `saved` says which complaint was, `opened` that a form took the panel's place."""

    saved = Signal(object)
    opened = Signal()

    def __init__(self, session: Session, side: SidePanel) -> None:
        super().__init__(side)
        self.session, self._side = session, side
        self.form: ComplaintForm
        self.step_form: StepForm
        self.change_form: ChangeForm
        self.small_form: LinkForm | ViewForm
        self._about: dict[str, Any] = {}
        self._under_way: set[tuple[int | None, str]] = set()
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(DRAFT_AFTER_MS)
        self._timer.timeout.connect(self.keep)

    # Forms

    def new(self, complaint: Complaint) -> ComplaintForm:
        """The form for a new complaint."""
        return self._complaint(complaint, _("New complaint"), {"kind": "new", "customer": complaint.customer_id})

    def edit(self, complaint: Complaint) -> ComplaintForm:
        """The form for what a complaint says."""
        heading = _("Edit #{number}").format(number=complaint.number)
        return self._complaint(complaint, heading, {"kind": "edit", "id": complaint.id})

    def step(self, complaint: Complaint, stage: str, outcome: str | None = None) -> StepForm:
        """The form of a step; `outcome` for closing, to begin with."""
        begun = replace(complaint, outcome=outcome) if outcome else complaint
        form = self.step_form = StepForm(
            self._side.theme, stage, begun, self.session.today(), store_case.choices(self.session.file),
            self._digits(), self.now(), self.session.staff_id,
        )  # fmt: skip
        save = step_button(stage).removesuffix("…") if stage != "note" else _("Save")
        about = {"kind": "step", "id": complaint.id, "stage": stage, "outcome": outcome}
        self._show(form, step_heading(stage, complaint.number or 0), save, partial(self._save_step, form), about)
        return form

    def change(self, complaint: Complaint, event: Event) -> ChangeForm:
        """The form of a step that was noted wrongly."""
        form = self.change_form = ChangeForm(
            self._side.theme, event, complaint, self.session.today(), store_case.choices(self.session.file),
            self._digits(),
        )  # fmt: skip
        heading = _("{step} of #{number}").format(step=stage_name(event.stage), number=complaint.number)
        about = {"kind": "change", "id": complaint.id, "event": event.id}
        self._show(form, heading, _("Save"), partial(self._save_change, form), about)
        return form

    def link(self, complaint: Complaint) -> None:
        """Asks which earlier complaint this one repeats."""
        form = self.small_form = LinkForm(self._side.theme)
        heading = _("#{number} repeats…").format(number=complaint.number)
        self._show(form, heading, _("Link"), partial(self._save_link, form, complaint), {})

    def name_view(self, query: ComplaintQuery, proposal: str) -> None:
        """Asks for the name of a view."""
        form = self.small_form = ViewForm(self._side.theme, proposal)
        self._show(form, _("Keep this view"), _("Keep"), partial(self._save_view, form, query), {})

    def _complaint(self, complaint: Complaint, heading: str, about: dict[str, Any]) -> ComplaintForm:
        file = self.session.file
        form = self.form = ComplaintForm(
            self._side.theme,
            complaint,
            store_case.customer_name(file, complaint.customer_id),
            store_case.choices(file),
            lambda text: customers.find_matches(file, text),
        )
        self._show(form, heading, _("Save"), partial(self._save_complaint, form), about)
        return form

    def _show(
        self, form: DraftForm, heading: str, save: str, on_save: Callable[[], None], about: dict[str, Any]
    ) -> None:
        self.forget()
        self._about = about
        self._side.setVisible(True)
        self._side.show_form(heading, form, save, on_save)
        if about:
            form.edited.connect(self._timer.start)
        self.opened.emit()

    def now(self) -> str:
        """The time of day, for steps taken now."""
        return QTime.currentTime().toString("HH:mm")

    def _digits(self) -> int:
        from babel.numbers import get_currency_precision

        return get_currency_precision(catalogue.business(self.session.file).currency)

    # What is half typed

    def keep(self) -> None:
        """Keeps what is half typed, so that a crash takes at most the last words."""
        self._timer.stop()
        form = self._side.form
        if isinstance(form, DraftForm) and self._about and not self._side.busy:
            text = json.dumps(self._about | {"fields": form.texts()}, ensure_ascii=False)
            self.session.save_draft(DRAFT, text if self._side.typed else "")

    def forget(self) -> None:
        """The form was left: what was typed is not wanted."""
        self._timer.stop()
        self._about = {}
        if self.session.draft(DRAFT):
            self.session.save_draft(DRAFT, "")

    def continue_with(self, form: DraftForm, texts: dict[str, str], words: str) -> None:
        """Fills in what was half typed before; it is kept until it is saved or left."""
        form.fill(texts)
        form.say_above(words)
        form.focus_first()
        self.keep()

    # Saving

    def at_once(self, complaint: Complaint, stage: str) -> None:
        """Takes a step that needs no more than its day, today."""
        now, who = self.now(), self.session.staff_id
        work = partial(
            store.step, complaint_id=complaint.id or 0, stage=stage, date=self.session.today(), time=now, staff_id=who
        )
        self._run(None, complaint, self._step_label(complaint, stage), work, step_done(stage, complaint.number or 0))

    def take_back(self, complaint: Complaint, event: Event) -> None:
        """Takes the last step, or a note, back."""
        label = _("Take back: {step} of #{number}").format(step=stage_name(event.stage), number=complaint.number)
        said = _("{step} of #{number} taken back").format(step=stage_name(event.stage), number=complaint.number)
        work = partial(store_steps.take_back, complaint_id=complaint.id or 0, event_id=event.id or 0)
        self._run(None, complaint, label, work, said)

    def link_to(self, complaint: Complaint, earlier_id: int, earlier_number: int) -> None:
        """Links a complaint with an earlier one it repeats."""
        said = _("#{number} repeats #{earlier}").format(number=complaint.number, earlier=earlier_number)
        work = partial(store_repeats.link, complaint_id=complaint.id or 0, earlier_id=earlier_id)
        self._run(None, complaint, said, work, said)

    def unlink(self, complaint: Complaint) -> None:
        """A complaint stands for itself again."""
        said = _("#{number} stands for itself again").format(number=complaint.number)
        self._run(None, complaint, said, partial(store_repeats.unlink, complaint_id=complaint.id or 0), said)

    def _step_label(self, complaint: Complaint, stage: str) -> str:
        return _("{step}: complaint #{number}").format(step=stage_name(stage), number=complaint.number)

    def _save_step(self, form: StepForm) -> None:
        if self._wrong(form, form.problems()):
            return
        case, stage = form.case, form.stage
        work = partial(
            store.step, complaint_id=case.id or 0, stage=stage, date=form.day(), note=form.words(), time=form.clock(),
            staff_id=form.who(), **form.said(),
        )  # fmt: skip
        self._run(form, case, self._step_label(case, stage), work, step_done(stage, case.number or 0))

    def _save_change(self, form: ChangeForm) -> None:
        if self._wrong(form, form.problems()):
            return
        label = _("Change {step} of #{number}").format(step=stage_name(form.stage), number=form.case.number)
        work = partial(store_steps.change_step, complaint_id=form.case.id or 0, changed=form.changed())
        self._run(form, form.case, label, work, _("Step changed"))

    def _save_link(self, form: LinkForm, complaint: Complaint) -> None:
        if self._wrong(form, form.problems()):
            return
        number = form.wanted() or 0
        said = _("#{number} repeats #{earlier}").format(number=complaint.number, earlier=number)

        def work(op: Operation) -> None:
            store_repeats.link(op, complaint.id or 0, store_repeats.id_of(op, number))

        self._run(form, complaint, said, work, said)

    def _save_view(self, form: ViewForm, query: ComplaintQuery) -> None:
        if self._wrong(form, form.problems()):
            return
        name = form.name.text().strip()
        work = partial(store_views.save_view, view=store_views.View(name, query))
        said = _("View “{name}” kept").format(name=name)
        self._run(form, None, _("Keep the view “{name}”").format(name=name), work, said)

    def _save_complaint(self, form: ComplaintForm) -> None:
        if self._wrong(form, form.problems(self.session.today())):
            return
        complaint = form.record()
        number = complaint.number
        new = complaint.id is None
        who, made = self.session.staff_id, form.new_customer()
        work = partial(store_case.save_for, complaint=complaint, new_customer=made, staff_id=who)
        self._run(
            form,
            complaint,
            _("Log a complaint") if new else _("Change complaint #{number}").format(number=number),
            work,
            _("Complaint logged") if new else _("Complaint #{number} changed").format(number=number),
        )

    def _wrong(self, form: DraftForm, problems: dict[str, str]) -> bool:
        form.show_problems(problems)
        return bool(problems)

    def _run(
        self,
        form: DraftForm | None,
        complaint: Complaint | None,
        label: str,
        work: Callable[[Operation], Any],
        say: str,
    ) -> None:
        """Saves as one step. With a form, its draft goes in the same step: a crash leaves one of the two."""
        if form is None:
            self._run_at_once(complaint, label, work, say)
            return
        self._timer.stop()
        self._side.set_busy(True)

        def whole(op: Operation) -> Any:
            result = work(op)
            op.forget_draft(DRAFT)
            return result

        self.session.forget_draft(DRAFT)
        self.session.run(
            label,
            whole,
            done=lambda result: self._ended(form, complaint, result),
            failed=partial(self._failed, form),
            say=say,
        )

    def _run_at_once(self, complaint: Complaint | None, label: str, work: Callable[[Operation], Any], say: str) -> None:
        """Saves what no form asks about. A button pressed twice takes its step once."""
        step = (None if complaint is None else complaint.id, label)
        if step in self._under_way:
            return
        self._under_way.add(step)

        def done(_result: object) -> None:
            self._under_way.discard(step)
            self._ended(None, complaint)

        def failed(error: Exception) -> None:
            self._under_way.discard(step)
            crash.report(error)

        self.session.run(label, work, done, failed, say)

    def _ended(self, form: DraftForm | None, complaint: Complaint | None, result: Any = None) -> None:
        """The page shows the case again, unless another form was opened meanwhile."""
        if self._side.form is form:
            self._side.form = None
            self._about = {}
            known = None if complaint is None else complaint.id
            self.saved.emit(known if known is not None else result)

    def _failed(self, form: DraftForm, error: Exception) -> None:
        self._side.save_failed(form, error)
        if self._side.form is form:
            self.keep()


__all__ = ["DRAFT", "CaseWork"]
