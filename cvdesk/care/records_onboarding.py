"""First steps with a customer: lists of steps to start from, and how far somebody has come."""

from __future__ import annotations

import datetime as dt
import json
from dataclasses import dataclass, field
from statistics import median
from typing import Any

from cvdesk.wording import _, ngettext
from cvdesk.wording.numbers import number

STUCK_DAYS = 7  # a step so long overdue, and somebody is stuck
PROPOSED_DAYS = 30  # who became a customer so lately is proposed
MOST_DAYS = 730


@dataclass(frozen=True, slots=True)
class Step:
    """One step: what is done, on which day after the start, and what to keep in mind."""

    name: str
    days: int = 0
    note: str = ""


@dataclass(frozen=True, slots=True)
class Template:
    """A list of steps; with a product it is for whoever buys that for the first time."""

    name: str
    steps: tuple[Step, ...] = ()
    offering_id: int | None = None
    id: int | None = None


@dataclass(frozen=True, slots=True)
class RunStep:
    """A step of somebody's onboarding; `id` is the contact that holds it."""

    id: int
    place: int
    name: str
    due: dt.date
    done: dt.date | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class Run:
    """The onboarding of one customer. `id` is the contact that marks its start; stopped: why, "" where it was not."""

    id: int
    customer_id: int
    customer: str
    plan_id: int | None
    name: str
    started: dt.date
    steps: tuple[RunStep, ...] = field(default=())
    stopped: str = ""

    @property
    def done(self) -> int:
        """How many steps are done."""
        return sum(step.done is not None for step in self.steps)

    @property
    def finished(self) -> dt.date | None:
        """The day the last step was done; None while one is open or where it was stopped."""
        days = [step.done for step in self.steps if step.done is not None]
        return max(days) if days and len(days) == len(self.steps) and not self.stopped else None

    @property
    def running(self) -> bool:
        """Whether there is still something to do."""
        return not self.stopped and self.done < len(self.steps)

    @property
    def next(self) -> RunStep | None:
        """The open step that is due first."""
        left = [step for step in self.steps if step.done is None] if not self.stopped else []
        return min(left, key=lambda step: (step.due, step.place)) if left else None

    def stuck(self, today: dt.date) -> bool:
        """Whether a step has been overdue for more than a week."""
        step = self.next
        return step is not None and (today - step.due).days > STUCK_DAYS


def template_problems(template: Template) -> dict[str, str]:
    """What is wrong with a list of steps, by field."""
    found: dict[str, str] = {}
    if not template.name.strip():
        found["name"] = _("Give the list a name, such as “New customer”.")
    if not template.steps:
        found["steps"] = _("Add one step at least.")
    elif any(not step.name.strip() for step in template.steps):
        found["steps"] = _("Every step needs a name.")
    elif any(not 0 <= step.days <= MOST_DAYS for step in template.steps):
        found["steps"] = _("The day of a step lies between 0 and {most}.").format(most=MOST_DAYS)
    return found


def steps_as_text(steps: tuple[Step, ...]) -> str:
    """Steps as the file keeps them."""
    return json.dumps(
        {"steps": [{"name": step.name, "days": step.days, "note": step.note} for step in steps]}, ensure_ascii=False
    )


def steps_from(text: str) -> tuple[Step, ...]:
    """Steps as the file has them; what cannot be read is left out."""
    try:
        found = json.loads(text)
    except ValueError:
        return ()
    items = found.get("steps", []) if isinstance(found, dict) else []
    return tuple(_step(item) for item in items if isinstance(item, dict) and str(item.get("name", "")).strip())


def _step(item: dict[str, Any]) -> Step:
    days = item.get("days", 0)
    whole = days if isinstance(days, int) and not isinstance(days, bool) and 0 <= days <= MOST_DAYS else 0
    return Step(str(item["name"]), whole, str(item.get("note", "")))


def progress(run: Run) -> str:
    """How far somebody has come."""
    return _("{done} of {all}").format(done=run.done, all=len(run.steps))


def ended_in_words(runs: tuple[Run, ...]) -> str:
    """How many of those that ended were finished, and how long half of them took at most; empty where none ended."""
    ended = [run for run in runs if not run.running]
    if not ended:
        return ""
    days = [(run.finished - run.started).days for run in ended if run.finished is not None]
    said = ngettext(
        "{done} of {count} that ended was finished", "{done} of {count} that ended were finished", len(ended)
    ).format(done=len(days), count=len(ended))
    if not days:
        return said
    middle = median(days)
    took = ngettext("half of them within {days} day", "half of them within {days} days", round(middle))
    if len(days) == 1:
        took = ngettext("within {days} day", "within {days} days", days[0])
    figure = number(middle, 0 if float(middle).is_integer() else 1)
    return _("{finished}, {took}").format(finished=said, took=took.format(days=figure))


def ideas() -> tuple[Template, ...]:
    """Two lists to begin with; ideas only. Their words stand on the welcome sheet, so they suit both sides."""
    return (
        Template(_("New customer"), (
            Step(_("A welcome, and how best to be in touch"), 0),
            Step(_("A call: was the first purchase right?"), 7),
            Step(_("One thing not everybody knows of"), 21),
            Step(_("What would make it better?"), 45),
            Step(_("How often to be in touch from now on"), 60),
        )),
        Template(_("New with this product"), (
            Step(_("How it is used best"), 0),
            Step(_("A call: does everything work?"), 3),
            Step(_("What it is used for, and what else it can do"), 14),
        )),
    )  # fmt: skip


__all__ = [
    "PROPOSED_DAYS", "STUCK_DAYS", "Run", "RunStep", "Step", "Template", "ended_in_words", "ideas", "progress",
    "steps_as_text", "steps_from", "template_problems",
]  # fmt: skip
