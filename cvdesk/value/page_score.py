"""The score sheet at work: each answer is an operation of its own, on disk at once and to be taken back."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtGui import QHideEvent, QShowEvent
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
from cvdesk.value import store, store_details, store_drafts
from cvdesk.value.form import ScoreForm
from cvdesk.value.records_forms import Details
from cvdesk.value.records_sheet import Given
from cvdesk.value.records_wording import begun_line
from cvdesk.wording import _
from cvdesk.wording.numbers import day_short


@dataclass(slots=True, eq=False)
class Sheet:
    """One sheet, named by every operation on it: the writer may still be at it when the next sheet is on screen.

    `id` is None until the first answer: an empty sheet is never kept. Work on the writer's thread sets it. `closing`:
    it is being finished, and is not to be finished twice.
    """

    id: int | None = None
    closing: bool = False


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

    def begin(self, kind: str, form: str = "short", competitor_id: int | None = None, way: str = "") -> None:
        """A new, empty sheet: a customer's answers or the owner's; with `competitor_id` about somebody else."""
        details = Details(kind, form, self._session.today())
        if competitor_id is None:
            details = replace(details, offering_id=self._session.filter.offering)
        else:
            rival = store_drafts.rival_name(self._session.file, competitor_id)
            details = replace(details, competitor_id=competitor_id, rival=rival, way=way)
        self._show(None, details)

    def go_on(self, sheet_id: int) -> None:
        """A sheet that was begun before, or a finished one to be put right. LookupError for a missing one."""
        found = store_details.details(self._session.file, sheet_id)
        if found is None:
            raise LookupError(f"there is no score sheet {sheet_id}")
        self._show(sheet_id, found)

    @property
    def finished(self) -> bool:
        """Whether the sheet on the desk was finished before and is put right."""
        return self.form is not None and self.form.details.done

    def focus_first(self) -> None:
        """The keyboard goes to the first open question."""
        if self.form is not None:
            self.form.focus_first()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._hush()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._session.set_quiet(False)

    def _hush(self) -> None:
        """While a customer answers no figure is on screen, also none beside the names of the pages."""
        self._session.set_quiet(self.isVisible() and self.form is not None and self.form.details.kind == "customer")

    def rest(self) -> None:
        """Puts the sheet away; what was typed is saved first."""
        if self.form is not None:
            self.form.save_words()
        clear(self._box)
        self.form = None

    def throw_away(self) -> None:
        """Throws the sheet away with what is still on its way to it; words that were not saved go with it."""
        sheet, finished = self.sheet, self.finished
        if self.form is not None:
            self.form.blockSignals(True)
        clear(self._box)
        self.form = None

        def work(op: Operation) -> bool:
            there = sheet.id is not None and store_details.details(op, sheet.id) is not None
            if sheet.id is not None and there:
                store.delete(op, sheet.id)
            return there

        def ended(there: bool) -> None:
            if there:
                self._session.said.emit(_("Score sheet deleted") if finished else _("Sheet thrown away"), True)

        self._run(_("Delete a score sheet") if finished else _("Throw a score sheet away"), work, ended)

    def _show(self, sheet_id: int | None, details: Details) -> None:
        file = self._session.file
        self.rest()
        self.sheet = Sheet(sheet_id)
        answers = store.answers(file, sheet_id) if sheet_id is not None else {}
        asked = store_details.asked(file, details, sheet_id)
        if details.form == "rotating" and sheet_id is None and not details.asked:
            details = replace(details, asked=asked.drawn(secrets.randbelow))
        self.form = form = ScoreForm(self._session.theme, asked, details, answers, self._find)
        form.answered.connect(self._answer)
        form.importance_set.connect(self._set_importance)
        form.details_changed.connect(self._change_details)
        form.customer_wanted.connect(self._add_customer)
        form.rival_wanted.connect(self._go_on_about)
        form.sheet_wanted.connect(self._change_sheet)
        form.submitted.connect(self._finish)
        form.left.connect(self.left)
        form.step_shown.connect(self.titled)
        self._box.addWidget(form)
        form.show()  # at once: the next key is for it
        form.focus_first()
        self._show_others()
        self._hush()
        self.titled.emit(form.step, form.sentence())

    def _show_others(self) -> None:
        """Other sheets that were begun, to change over to."""
        assert self.form is not None
        today = self._session.today()
        others = [
            (one.id, begun_line(one.kind, one.customer, one.rival, one.way, day_short(one.date, today), one.answered))
            for one in store_drafts.begun(self._session.file)
            if one.id != self.sheet.id
        ]
        if not self.form.details.done and (others or self.sheet.id is not None):
            self.form.side.show_others(others)

    def _change_sheet(self, sheet_id: int | None) -> None:
        assert self.form is not None
        details = self.form.details
        if sheet_id is not None:
            self.go_on(sheet_id)
        elif details.way == "used_both" or details.form not in ("minute", "short", "full"):
            self.begin(details.kind)
        else:
            self.begin(details.kind, details.form, details.competitor_id, details.way)

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
            self.sheet.closing = False
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
                store_details.change(op, sheet.id, details)

        self._run(_("For whom a score sheet is"), work)

    def _add_customer(self, name: str) -> None:
        assert self.form is not None
        fields = self.form.fields

        def made(customer_id: int) -> None:
            fields.customer_made(customer_id, name)

        self._run(_("New customer"), partial(customers.save, customer=Customer(name)), made)

    def _finish(self) -> None:
        sheet, details = self.sheet, self._details()
        if sheet.closing:
            return
        sheet.closing = True

        def ended(_result: None) -> None:
            self._session.said.emit(_("Score sheet saved"), True)
            if self.sheet is sheet:
                self.done.emit(details.kind)

        if details.done:  # it counts already, and every change is saved
            self.done.emit(details.kind)
        else:
            self._run(_("Score sheet"), lambda op: store.finish(op, _begun(sheet)), ended)

    def _go_on_about(self, rival: int) -> None:
        """Finishes a customer's sheet; the next one asks her the same about a competitor she used as well."""
        sheet, details = self.sheet, self._details()
        if sheet.closing:
            return
        sheet.closing = True
        name = store_drafts.rival_name(self._session.file, rival)
        new_token = secrets.token_hex(8)

        def work(op: Operation) -> str:
            store.finish(op, _begun(sheet))
            return store_drafts.hold_together(op, _begun(sheet), new_token)

        def ended(token: str) -> None:
            self._session.said.emit(_("Score sheet saved"), True)
            if self.sheet is sheet:
                about = replace(
                    details, offering_id=None, competitor_id=rival, rival=name, way="used_both", token=token,
                    survey=False,
                )  # fmt: skip
                self._show(None, about)

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
        file, sheet_id = self._session.file, self.sheet.id
        found = store_details.details(file, sheet_id) if sheet_id is not None else None
        if found is not None and _telling(found) != _telling(self.form.details):
            self._show(sheet_id, found)
            return
        self.form.show_answers(store.answers(file, sheet_id) if sheet_id is not None else {})
        self.form.show_importance({factor.key: factor.importance for factor in catalogue.factors(file)})


def _telling(details: Details) -> Details:
    """The details that are kept with a sheet: a name nobody has yet is only in the form."""
    return replace(details, name="")


def _begun(sheet: Sheet) -> int:
    """The id of a sheet with an answer on it; UserError while there is none."""
    if sheet.id is None:
        raise UserError(_("Nothing on this score sheet is answered yet."), _("Answer at least one question."))
    return sheet.id


def _on_disk(op: Operation, sheet: Sheet, details: Details) -> int:
    """The sheet on disk; begun with its first answer, and again should that have been taken back."""
    if sheet.id is None or store_details.details(op, sheet.id) is None:
        sheet.id = store.start(
            op, details.kind, details.form, details.date, details.customer_id, details.offering_id,
            details.channel_id, sheet_token=details.token, competitor_id=details.competitor_id, way=details.way,
            asked=details.asked,
        )  # fmt: skip
    return sheet.id


def _save_importance(op: Operation, factor: int, value: int) -> None:
    catalogue.set_importance(op, factor, float(value) or None)
