"""What is done with those who wait for a word: forms beside the list, and what they save."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date
from functools import partial
from typing import Any

from PySide6.QtCore import QObject, QTimer, Signal

from cvdesk.care.form_touch import GoalForm, LaterForm, RhythmForm, RhythmsForm, SpokenForm
from cvdesk.care.records_goals import Goal
from cvdesk.care.records_touch import Spoken
from cvdesk.care.store_goals import get_goal, save_goal
from cvdesk.care.store_rhythm import set_rhythm, set_tag_rhythm, tag_rhythms
from cvdesk.care.store_snooze import snooze, wake
from cvdesk.care.store_touch import note_spoken, quiet_months, save_quiet_months
from cvdesk.catalogue import store as catalogue
from cvdesk.db import Operation
from cvdesk.kit.drafts import DraftForm
from cvdesk.kit.session import Session
from cvdesk.kit.side import SidePanel
from cvdesk.wording import _
from cvdesk.wording.numbers import day_short

DRAFT = "care-spoken"
DRAFT_AFTER_MS = 400
_OWN = "SELECT value FROM care_plans WHERE kind = 'check_in' AND customer_id = ?"
Work = Callable[[Operation], Any]


class TouchWork(QObject):
    """Shows forms in the panel. `ended` is said once one was saved or left."""

    ended = Signal()

    def __init__(self, session: Session, side: SidePanel) -> None:
        super().__init__(side)
        self.session, self._side = session, side
        self.form: DraftForm | None = None
        self._spoken_of: int | None = None
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(DRAFT_AFTER_MS)
        self._timer.timeout.connect(self.keep)
        side.left.connect(self._left)

    def spoke(self, customer_id: int, name: str, check_in: bool) -> None:
        """The form for a talk with a customer, with what was half typed about them."""
        file, today = self.session.file, self.session.today()
        form = SpokenForm(self._side.theme, customer_id, today, catalogue.named(file, "channels"), check_in)
        kept = json.loads(self.session.draft(DRAFT) or "{}")
        if kept.get("customer") == str(customer_id):
            form.fill(kept["texts"])
        self._spoken_of = customer_id
        form.edited.connect(self._timer.start)

        def save() -> None:
            wrong = form.problems(today)
            form.show_problems(wrong)
            if not wrong:
                self._timer.stop()
                self._run(
                    form, _("Contact with {name}").format(name=name), partial(self._note, form.record(), today),
                    _("Contact with {name} noted").format(name=name),
                )  # fmt: skip

        self._show(_("Spoke to {name}").format(name=name), form, _("Save"), save)

    def later(self, sort: str, record_id: int, name: str, until: date, reason: str = "") -> None:
        """Puts something off until a day."""
        said = _("{name} is back on the list on {day}").format(name=name, day=day_short(until, self.session.today()))
        work = partial(snooze, sort=sort, record_id=record_id, until=until, reason=reason)
        self.session.run(_("Put {name} off").format(name=name), work, say=said)

    def pick_day(self, sort: str, record_id: int, name: str) -> None:
        """The form for until when, and why."""
        form = LaterForm(self._side.theme, self.session.today())

        def save() -> None:
            wrong = form.problems()
            form.show_problems(wrong)
            if not wrong:
                self._leave(form)
                self.later(sort, record_id, name, form.until(), form.reason.text())

        self._show(_("Put {name} off").format(name=name), form, _("Put off"), save)

    def wake(self, sort: str, record_id: int, name: str) -> None:
        """Brings back what was put off."""
        said = _("{name} is back on the list").format(name=name)
        self.session.run(said, partial(wake, sort=sort, record_id=record_id), say=said)

    def rhythm(self, customer_id: int, name: str) -> None:
        """The form for a customer's own rhythm."""
        value = self.session.file.value(_OWN, (customer_id,))
        form = RhythmForm(self._side.theme, None if value is None else json.loads(value).get("days"))

        def save() -> None:
            said = _("Rhythm of {name} changed").format(name=name)
            self._run(form, said, partial(set_rhythm, customer_id=customer_id, days=form.wanted()), said)

        self._show(_("Rhythm of {name}").format(name=name), form, _("Save"), save)

    def rhythms(self) -> None:
        """The form for rhythms by tag."""
        file = self.session.file
        form = RhythmsForm(self._side.theme, tag_rhythms(file), quiet_months(file))
        before = form.wanted()

        def work(op: Operation) -> None:
            save_quiet_months(op, form.months.currentData())
            for tag, days in form.wanted().items():
                if days != before[tag]:
                    set_tag_rhythm(op, tag, days)

        def save() -> None:
            said = _("Rhythms changed")
            self._run(form, said, work, said)

        self._show(_("How often to be in touch"), form, _("Save"), save)

    def goal(self, customer_id: int, name: str, goal_id: int | None) -> None:
        """The form for a customer's goal, new or known; one that is gone is nothing to change."""
        try:
            goal = Goal(customer_id, "") if goal_id is None else get_goal(self.session.file, goal_id)
        except LookupError:
            self.session.say(_("It was deleted meanwhile."))
            return
        form = GoalForm(self._side.theme, goal, self.session.today())

        def save() -> None:
            wrong = form.problems()
            form.show_problems(wrong)
            if not wrong:
                said = _("Goal of {name} saved").format(name=name)
                self._run(form, said, partial(save_goal, goal=form.record()), said)

        self._show(_("Goal of {name}").format(name=name), form, _("Save"), save)

    def keep(self) -> None:
        """What is half typed about a talk survives a crash."""
        self._timer.stop()
        form = self._side.form
        if isinstance(form, SpokenForm) and form.typed() and not self._side.busy and self._side.typed:
            kept = {"customer": str(self._spoken_of), "texts": form.texts()}
            self.session.save_draft(DRAFT, json.dumps(kept, ensure_ascii=False))

    def _note(self, spoken: Spoken, today: date, op: Operation) -> None:
        note_spoken(op, spoken, today, self.session.staff_id)
        op.forget_draft(DRAFT)

    def _show(self, heading: str, form: DraftForm, save: str, on_save: Callable[[], None]) -> None:
        if not self._side.may_leave():
            return
        self.form = form
        self._side.show()  # there is none beside an empty list
        self._side.show_form(heading, form, save, on_save)

    def _run(self, form: DraftForm, title: str, work: Work, said: str) -> None:
        self._side.set_busy(True)
        if isinstance(form, SpokenForm):
            self.session.forget_draft(DRAFT)
        self.session.run(
            title, work, done=lambda _result: self._leave(form), failed=partial(self._side.save_failed, form), say=said
        )

    def _left(self) -> None:
        self._timer.stop()
        if isinstance(self._side.form, SpokenForm):
            self.session.save_draft(DRAFT, "")
        self._side.form = None
        self.ended.emit()

    def _leave(self, form: DraftForm) -> None:
        """Lets go of a form that was saved; another one that was opened meanwhile stays."""
        if self._side.form is form:
            self._side.form = None
            self.ended.emit()


__all__ = ["DRAFT", "TouchWork"]
