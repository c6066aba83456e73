"""Did it work? What is asked of a change, and what comes out of it (METHOD 3.6)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from cvdesk.trends.records import Note

MOST_SETTLING = 3  # periods
USUAL_SETTLING = 1

# What becomes of a period: compared with, compared, or why it is neither.
PARTS = ("before", "after", "left_out", "settling", "no_value", "running", "too_far", "other_question")
# What is said: "worked", "worse", "nothing" (no effect worth having), "unclear" (cannot tell yet), "more" and "less"
# where neither is better; "early": too few periods yet, "never": too few before, "empty": the figure shows nothing.
SAYINGS = ("worked", "worse", "more", "less", "nothing", "unclear", "early", "never", "empty")


@dataclass(frozen=True, slots=True)
class Ask:
    """What is asked: did what began on `starts` change a series?

    note_id, action_id: the note or action it is about. settle: whole months it is given to settle. left_out: first
    days of periods before the start that were bad by chance or the reason for it; None: as the program proposes.
    untouched: key of a series nothing was done about, or empty.
    """

    series: str
    starts: date
    note_id: int | None = None
    action_id: int | None = None
    settle: int = USUAL_SETTLING
    left_out: tuple[date, ...] | None = None
    untouched: str = ""


@dataclass(frozen=True, slots=True)
class Step:
    """One period of the figure, and what becomes of it. `part`: one of PARTS. `proposed`: proposed to be left out."""

    start: date
    value: float | None
    n: int
    part: str
    proposed: bool = False


@dataclass(frozen=True, slots=True)
class Change:
    """A measured change with its 95 % interval. `rate`: change, low, high are ratios (0.7: 30 % less), else differences
    in the unit of the series, after minus before. before, after: the level on the two sides, in the unit of the series.
    """

    change: float
    low: float
    high: float
    n_before: int
    n_after: int
    before: float
    after: float
    rate: bool = False
    alike: float = 0.0

    @property
    def up(self) -> bool | None:
        """Whether it went up, more than chance would give; None where that cannot be told."""
        none = 1.0 if self.rate else 0.0
        if self.low > none:
            return True
        return False if self.high < none else None


@dataclass(frozen=True, slots=True)
class EffectResult:
    """What came of a change. `said`: one of SAYINGS; `sentence`: to be said to a friend.

    more: further sentences (with the earlier trend, against what was untouched, against the year before); caveats: what
    to keep in mind. measured: None while nothing can be said; with_trend, beyond: the same with the earlier trend
    allowed for, and over and above the untouched series. need: periods still lacking after it; ready: the day they may
    be there. else_changed: what else happened in the time compared.
    """

    ask: Ask
    title: str
    unit: str
    step: str
    said: str
    sentence: str
    steps: tuple[Step, ...] = ()
    more: tuple[str, ...] = ()
    caveats: tuple[str, ...] = ()
    measured: Change | None = None
    with_trend: Change | None = None
    beyond: Change | None = None
    need: int = 0
    ready: date | None = None
    else_changed: tuple[Note, ...] = ()
    less_is_better: bool = False

    def of(self, part: str) -> tuple[Step, ...]:
        """The periods of one part."""
        return tuple(step for step in self.steps if step.part == part)
