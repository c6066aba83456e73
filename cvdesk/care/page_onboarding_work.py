"""What is done with onboarding: ticking, starting, stopping, lists of steps, the welcome sheet."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import timedelta
from functools import partial
from typing import Any

from PySide6.QtCore import QObject, Signal

from cvdesk.care.form_onboarding import StartForm, StopForm, TemplateForm
from cvdesk.care.records_onboarding import Run, RunStep, Template, ideas
from cvdesk.care.store_onboarding import (
    Proposal,
    delete_template,
    save_template,
    save_whom_to_ask,
    start,
    stop,
    tick,
    whom_to_ask,
)
from cvdesk.care.store_snooze import snooze
from cvdesk.catalogue import store as catalogue
from cvdesk.customers import store
from cvdesk.db import Operation, Queries
from cvdesk.kit import ask, printing
from cvdesk.kit.drafts import DraftForm
from cvdesk.kit.print_pdf import print_pdf, usual_paper
from cvdesk.kit.session import Session
from cvdesk.kit.side import SidePanel
from cvdesk.paths import documents_folder
from cvdesk.wording import _
from cvdesk.wording.numbers import day_short

_NAME = "SELECT name FROM customers WHERE id = ?"
_NOT_NOW_DAYS = 30


class OnboardingWork(QObject):
    """Forms in the panel and what they save. `ended`: a form was saved or left; `begun`: the id of a start."""

    ended = Signal()
    begun = Signal(object)

    def __init__(self, session: Session, side: SidePanel) -> None:
        super().__init__(side)
        self.session, self._side = session, side
        self.form: DraftForm | None = None
        side.left.connect(self._left)

    def tick(self, step: RunStep, done: bool) -> None:
        """A step is done today, or open again."""
        day = self.session.today() if done else None
        said = _("Done: {step}") if done else _("Open again: {step}")
        text = said.format(step=step.name)
        self.session.run(text, partial(tick, step_id=step.id, day=day, staff_id=self.session.staff_id), say=text)

    def begin(self, templates: Sequence[Template], customer_id: int | None = None) -> None:
        """The form for who begins; without a list, an idea for one comes first."""
        if self.session.file.read_only:
            return
        if not templates:
            self.idea(0)
            return
        file = self.session.file
        name = None if customer_id is None else file.value(_NAME, (customer_id,))
        who = (customer_id, str(name)) if customer_id is not None and name is not None else None
        form = StartForm(
            self._side.theme, templates, lambda text: store.find_matches(file, text), self.session.today(), who
        )

        def save() -> None:
            form.show_problems(form.problems())
            wanted = form.wanted()
            if wanted is not None:
                customer, template, day = wanted
                said = _("First steps of {name} begun").format(name=form.customer.name())
                work = partial(start, customer_id=customer, template_id=template, day=day)
                self._run(form, said, work, self.begun.emit)

        self._show(_("Begin with a customer"), form, _("Begin"), save)

    def begin_proposed(self, found: Proposal) -> None:
        """Who was proposed begins today."""
        said = _("First steps of {name} begun").format(name=found.name)
        work = partial(start, customer_id=found.customer_id, template_id=found.template_id, day=self.session.today())
        self.session.run(said, work, done=self.begun.emit, say=said)

    def not_now(self, found: Proposal) -> None:
        """Who was proposed is not for a month; then they are no longer new."""
        until = self.session.today() + timedelta(days=_NOT_NOW_DAYS)
        said = _("{name} is not proposed until {day}").format(
            name=found.name, day=day_short(until, self.session.today())
        )
        work = partial(snooze, sort="onboarding", record_id=found.customer_id, until=until)
        self.session.run(_("Put {name} off").format(name=found.name), work, say=said)

    def stop(self, run: Run) -> None:
        """The form for why somebody goes no further."""
        form = StopForm(self._side.theme)

        def save() -> None:
            said = _("First steps of {name} stopped").format(name=run.customer)
            self._run(form, said, partial(stop, run=run, reason=form.reason.text()))

        self._show(_("Stop the steps of {name}").format(name=run.customer), form, _("Stop"), save)

    def idea(self, place: int) -> None:
        """The form with a list to begin with, marked as an idea."""
        self.template(ideas()[place], idea=True)

    def template(self, template: Template, idea: bool = False) -> None:
        """The form for a list, new or known."""
        file = self.session.file
        form = TemplateForm(
            self._side.theme, template, catalogue.named(file, "offerings"), whom_to_ask(file), idea
        )  # fmt: skip

        def work(op: Operation) -> int:
            save_whom_to_ask(op, form.ask.toPlainText())
            return save_template(op, form.record())

        def save() -> None:
            wrong = form.problems()
            form.show_problems(wrong)
            if not wrong:
                self._run(form, _("List “{name}” saved").format(name=form.record().name), work)

        new = template.id is None
        heading = _("New list of steps") if new else _("Edit “{name}”").format(name=template.name)
        self._show(heading, form, _("Save"), save)

    def delete(self, template: Template) -> None:
        """Takes a list away; can be taken back, so nothing is asked."""
        if template.id is not None:
            said = _("List “{name}” deleted; who is under way goes on").format(name=template.name)
            work = partial(delete_template, template_id=template.id)
            self.session.run(_("Delete “{name}”").format(name=template.name), work, say=said)

    def save_sheet(self, run: Run) -> None:
        """Asks where to, and writes the welcome sheet beside the window."""
        plain = "".join(mark if mark.isalnum() or mark in " -.,'" else " " for mark in run.customer)
        name = " ".join(_("Welcome {name}").format(name=plain).split())
        found = ask.prompts.save_file(
            self._side.window(), _("Save the welcome sheet"), documents_folder() / f"{name}.pdf", _("PDF (*.pdf)")
        )
        if found is None:
            return
        path = found if found.suffix.lower() == ".pdf" else found.with_name(found.name + ".pdf")
        today, paper = self.session.today(), self._paper()

        def write(file: Queries) -> None:
            from cvdesk.care.report_welcome import save_pdf

            save_pdf(file, run.customer_id, run.id, path, today, paper)

        said = _("Saved as {path}").format(path=path)
        self.session.write_out(write, lambda _none: self.session.say(said))

    def print_sheet(self, run: Run) -> None:
        """Makes the welcome sheet beside the window and prints it."""
        today, paper = self.session.today(), self._paper()

        def make(file: Queries) -> tuple[bytes, int]:
            from cvdesk.care.report_welcome import as_bytes, gather

            pdf = as_bytes(gather(file, run.customer_id, run.id, today), paper)
            return pdf, len(printing.page_sizes(pdf))

        self.session.ask(make, lambda found: print_pdf(self.session, self._side, found[0], found[1], paper))

    def _paper(self) -> str:
        return usual_paper(catalogue.business(self.session.file).country)

    def _show(self, heading: str, form: DraftForm, save: str, on_save: Callable[[], None]) -> None:
        if self._side.may_leave():
            self.form = form
            self._side.show()  # there is none beside an empty list
            self._side.show_form(heading, form, save, on_save)

    def _run(
        self,
        form: DraftForm,
        said: str,
        work: Callable[[Operation], Any],
        then: Callable[[Any], object] = lambda _result: None,
    ) -> None:
        def done(result: Any) -> None:
            then(result)
            if self._side.form is form:
                self._side.form = None
                self.ended.emit()

        self._side.set_busy(True)
        self.session.run(said, work, done=done, failed=partial(self._side.save_failed, form), say=said)

    def _left(self) -> None:
        self._side.form = None
        self.ended.emit()


__all__ = ["OnboardingWork"]
