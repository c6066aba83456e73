"""The monthly look: what was seen, what came of what was begun, and the one thing chosen. Pure."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta

STEPS = ("file", "find", "judge", "choose", "print")
MOST_FINDINGS = 3
MOST_PROPOSED = 5
LONGEST_OWN = 300
OWN = "own"  # key of the one thing in the owner's own words
KEEP, STOP, WAIT = DECISIONS = ("keep", "stop", "wait")
_RUNNING_FROM = 21  # from this day on the running month can be looked at


@dataclass(frozen=True, slots=True)
class Finding:
    """Something the figures say. said: the sentence; figure: n, period and interval in words.

    table, record: what opens behind it, empty for nothing. theme: the theme it is about, None for none.
    """

    key: str
    said: str
    figure: str
    lever: str = ""
    table: str = ""
    record: str = ""
    theme: int | None = None


@dataclass(frozen=True, slots=True)
class Judged:
    """What came of one action or goal, and what is done about it. key: "action:<id>" or "goal:<id>".

    said: the verdict in two or three words; sentence: the same with its figures; decision: one of DECISIONS or empty.
    """

    key: str
    name: str
    said: str
    sentence: str
    tone: str = "quiet"
    decision: str = ""
    status: str = ""


@dataclass(frozen=True, slots=True)
class One:
    """The one thing of the month, as it was chosen: what, why, from which day on, and who does it."""

    name: str
    why: str
    start: date
    who: str = ""
    key: str = ""


@dataclass(frozen=True, slots=True)
class Candidate:
    """Something that could be the one thing. action: its id, None where choosing it makes one.

    theme, entry: what an action made from it is about. must: one of MUST_FIX_WHY, empty for none.
    """

    key: str
    name: str
    why: str
    action: int | None = None
    theme: int | None = None
    entry: int | None = None
    must: str = ""
    staff: int | None = None


@dataclass(frozen=True, slots=True)
class State:
    """What the owner decided so far. own: a finding in the owner's words."""

    findings: tuple[Finding, ...] = ()
    own: str = ""
    judged: tuple[Judged, ...] = ()
    one: One | None = None

    @property
    def said(self) -> tuple[str, ...]:
        """The findings in order, the owner's own last."""
        return (*(one.said for one in self.findings), *([self.own] if self.own.strip() else []))

    @property
    def room(self) -> int:
        """How many findings can still be chosen."""
        return MOST_FINDINGS - len(self.said)

    def ticked(self, finding: Finding, on: bool) -> State:
        """With a finding, or without it. One too many is left aside."""
        rest = tuple(one for one in self.findings if one.key != finding.key)
        if not on:
            return replace(self, findings=rest)
        known = replace(self, findings=rest)
        return replace(known, findings=(*rest, finding)) if known.room > 0 else self

    def decided(self, judged: Judged) -> State:
        """With what was decided about an action or goal; said again, the later word counts. Without one it goes."""
        rest = tuple(one for one in self.judged if one.key != judged.key)
        return replace(self, judged=(*rest, judged) if judged.decision else rest)

    def decision(self, key: str) -> str:
        """What was decided about an action or goal; empty for nothing yet."""
        return next((one.decision for one in self.judged if one.key == key), "")


@dataclass(frozen=True, slots=True)
class Look:
    """One look: at most one a month. month: its first day. id, begun: None while nothing was decided in it."""

    month: date
    state: State = State()
    begun: date | None = None
    finished: date | None = None
    action_id: int | None = None
    id: int | None = None


def month_of(today: date) -> date:
    """First day of the month a look on this day is about: the running one after its 20th day, else the one before."""
    first = today.replace(day=1)
    return first if today.day >= _RUNNING_FROM else (first - timedelta(days=1)).replace(day=1)


def last_day(month: date) -> date:
    """The last day of a month given by its first."""
    return following(month) - timedelta(days=1)


def following(month: date) -> date:
    """The first day of the month after."""
    return (month + timedelta(days=32)).replace(day=1)


def next_look(month: date) -> date:
    """The day from which the next month's look is due: when that month has ended."""
    return following(following(month))


def steps_done(look: Look, waiting: int | None) -> frozenset[str]:
    """The steps that need nothing more. waiting: how many comments wait to be filed, None where nobody counted."""
    state = look.state
    found = {
        "file": waiting == 0,
        "find": bool(state.said),
        "judge": bool(state.judged),
        "choose": state.one is not None,
        "print": look.finished is not None,
    }
    return frozenset(step for step, done in found.items() if done)
