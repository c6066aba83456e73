"""The score sheet at work: each answer is an operation of its own, on disk at once and to be taken back."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from cvdesk.catalogue import store as catalogue
from cvdesk.catalogue.records import Factor, Question
from cvdesk.customers import store as customers
from cvdesk.customers.records import Customer
from cvdesk.db import Operation
from cvdesk.errors import UserError
from cvdesk.kit import crash
from cvdesk.kit.jobs import still_there
from cvdesk.kit.session import Session
from cvdesk.kit.widgets import clear, column
from cvdesk.value import store, store_details
from cvdesk.value.form import Asked, ScoreForm
from cvdesk.value.form_details import Details
from cvdesk.value.form_question import Given
from cvdesk.value.records_wording import lever_line
from cvdesk.value.store_details import SheetDetails
from cvdesk.wording import _


@dataclass(slots=True, eq=False)
class Sheet:
    """One sheet, named by every operation on it: the writer may still be at it when the next sheet is on screen.

    `id` is None until the first answer: an empty sheet is never kept. Work on the writer's thread sets it.
    """

    id: int | None = None


class ScoreDesk(QWidget):
    """Fills in one sheet after another."""

    titled = Signal(str, str)  # the part of value in hand, and its sentence
    done = Signal(str)  # the kind of the sheet that was finished
    left = Signal()

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self._box = column(self, 0)
        self.form: ScoreForm | None = None
        self.sheet = Sheet()
        self._under_way = 0
        session.changed.connect(self._tables_changed)

    def begin(self, kind: str, form: str = "short") -> None:
        """A new, empty sheet."""
        day = self._session.today()
        offering = self._session.filter.offering
        self._show(None, Details(kind, form, day, offering_id=offering))

    def go_on(self, sheet_id: int) -> None:
        """A sheet that was begun before."""
        found = store_details.details(self._session.file, sheet_id)
        if found is None:
            raise LookupError(f"there is no score sheet {sheet_id}")
        kind = store.sheet(self._session.file, sheet_id).kind
        form = found.form if found.form in ("short", "full") else "full"
        self._show(
            sheet_id,
            Details(kind, form, found.date, found.customer_id, found.customer, found.offering_id, found.channel_id),
        )

    def focus_first(self) -> None:
        """The keyboard goes to the first open question."""
        if self.form is not None:
            self.form.focus_first()

    def rest(self) -> None:
        """Puts the sheet away; what was typed is saved first."""
        if self.form is not None:
            self.form.save_words()
        clear(self._box)
        self.form = None

    def throw_away(self) -> None:
        """Throws the sheet away with what is still on its way to it; words that were not saved go with it."""
        sheet = self.sheet
        if self.form is not None:
            self.form.blockSignals(True)
        clear(self._box)
        self.form = None

        def work(op: Operation) -> bool:
            there = sheet.id is not None and store_details.details(op, sheet.id) is not None
            if sheet.id is not None and there:
                store.delete_draft(op, sheet.id)
            return there

        def ended(there: bool) -> None:
            if there:
                self._session.said.emit(_("Sheet thrown away"), True)

        self._run(_("Throw a score sheet away"), work, ended)

    def _show(self, sheet_id: int | None, details: Details) -> None:
        file = self._session.file
        clear(self._box)
        self.sheet = Sheet(sheet_id)
        business = catalogue.business(file)
        asked = Asked(
            tuple(catalogue.questions(file, business.language.split("_")[0]) or catalogue.questions(file)),
            tuple(catalogue.factors(file)),
            business.name,
            tuple(catalogue.named(file, "offerings")),
            tuple(catalogue.named(file, "channels")),
        )
        answers = store.answers(file, sheet_id) if sheet_id is not None else {}
        self.form = form = ScoreForm(self._session.theme, asked, details, answers, self._find)
        form.answered.connect(self._answer)
        form.importance_set.connect(self._set_importance)
        form.details_changed.connect(self._change_details)
        form.customer_wanted.connect(self._add_customer)
        form.submitted.connect(self._finish)
        form.left.connect(self.left)
        form.step_shown.connect(self.titled)
        self._box.addWidget(form)
        self.titled.emit(form.step, lever_line(form.step, form.owner))

    def _find(self, text: str) -> list[tuple[int, str, str]]:
        return [(found.id, found.name, found.detail) for found in customers.find_matches(self._session.file, text)]

    def _run(self, label: str, work: Callable[[Operation], Any], done: Callable[[Any], None] | None = None) -> None:
        """One operation. The form is shown anew only when nothing more is on its way: no flicker."""
        self._under_way += 1

        def ended(result: Any) -> None:
            self._under_way -= 1
            if done is not None and still_there(done):
                done(result)

        def failed(error: Exception) -> None:
            self._under_way -= 1
            self._reload()
            crash.report(error)

        self._session.run(label, work, ended, failed)

    def _answer(self, question: Question, given: Given) -> None:
        sheet, details = self.sheet, self._details()
        no_problem = question.key == "had_problem" and given.value != 1.0
        told = self._question("told_us") if no_problem else None

        def work(op: Operation) -> None:
            kept = _on_disk(op, sheet, details)
            store.answer(op, kept, question.version_id, given.value, given.state, given.text)
            if told is not None and told.key in store.answers(op, kept):
                store.answer(op, kept, told.version_id, None, "not_asked")

        self._run(_("Answer on a score sheet"), work)

    def _question(self, key: str) -> Question | None:
        assert self.form is not None
        return next((one for one in self.form.asked.questions if one.key == key), None)

    def _set_importance(self, factor: Factor, value: int) -> None:
        self._run(_("How much it matters"), partial(_save_importance, factor=factor.id, value=value))

    def _change_details(self, details: Details) -> None:
        sheet = self.sheet

        def work(op: Operation) -> None:
            if sheet.id is not None and store_details.details(op, sheet.id) is not None:
                store_details.change(op, sheet.id, _as_kept(details))

        self._run(_("For whom a score sheet is"), work)

    def _add_customer(self, name: str) -> None:
        assert self.form is not None
        fields = self.form.fields

        def made(customer_id: int) -> None:
            fields.customer_made(customer_id, name)

        self._run(_("New customer"), partial(customers.save, customer=Customer(name)), made)

    def _finish(self) -> None:
        sheet, details = self.sheet, self._details()

        def work(op: Operation) -> None:
            if sheet.id is None:
                raise UserError(_("Nothing on this score sheet is answered yet."), _("Answer at least one question."))
            store.finish(op, sheet.id)

        def ended(_result: None) -> None:
            self._session.said.emit(_("Score sheet saved"), True)
            if self.sheet is sheet:
                self.done.emit(details.kind)

        self._run(_("Score sheet"), work, ended)

    def _details(self) -> Details:
        assert self.form is not None
        return self.form.details

    def _tables_changed(self, tables: frozenset[str]) -> None:
        if tables & {"*", "answers", "assessments", "factors"} and self._under_way == 0 and self.isVisible():
            self._reload()

    def _reload(self) -> None:
        """Shows what is on disk, after Undo for one."""
        if self.form is None:
            return
        file = self._session.file
        self.form.show_answers(store.answers(file, self.sheet.id) if self.sheet.id is not None else {})
        self.form.show_importance({factor.key: factor.importance for factor in catalogue.factors(file)})


def _on_disk(op: Operation, sheet: Sheet, details: Details) -> int:
    """The sheet on disk; begun with its first answer, and again should that have been taken back."""
    if sheet.id is None or store_details.details(op, sheet.id) is None:
        sheet.id = store.start(
            op,
            details.kind,
            details.form,
            details.date,
            details.customer_id,
            details.offering_id,
            details.channel_id,
        )
    return sheet.id


def _save_importance(op: Operation, factor: int, value: int) -> None:
    catalogue.set_importance(op, factor, float(value) or None)


def _as_kept(details: Details) -> SheetDetails:
    return SheetDetails(
        details.form, details.date, details.customer_id, details.name, details.offering_id, details.channel_id
    )
