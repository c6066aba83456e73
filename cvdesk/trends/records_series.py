"""What judging needs of a series beyond its points: what it measures, and each phase as it was charted."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from cvdesk.stats.charts import Xmr
from cvdesk.stats.charts_counts import Counted
from cvdesk.stats.days_between import Between
from cvdesk.stats.intervals import Estimate
from cvdesk.trends.records import Point, Verdict


@dataclass(frozen=True, slots=True)
class Kind:
    """What a series measures. `chart`: "xmr", "p" (a share of n), "u" (a count per 100 of n) or "between"."""

    key: str
    title: str
    unit: str
    less_is_better: bool = False
    lever: str = ""
    chart: str = "xmr"


@dataclass(frozen=True, slots=True)
class Measured:
    """The figure of one step: as in Point; `events`: what was counted of n, for p and u charts."""

    value: float | None
    n: int
    low: float | None = None
    high: float | None = None
    events: float = 0.0


@dataclass(frozen=True, slots=True)
class Begun:
    """Why limits begin anew. `sort`: "phase" (the owner began one), "wording" (a question was changed) or "asked"
    (people are asked another way). `verdict`: the JSON of the Verdict stored with the owner's phase, or empty.
    """

    starts: date
    reason: str
    sort: str = "phase"
    verdict: str = ""

    @property
    def by_owner(self) -> bool:
        """Whether the same thing is measured as before, so that the phase before may be compared."""
        return self.sort == "phase"


@dataclass(frozen=True, slots=True)
class Stretch:
    """The points of one phase as they were charted.

    points: all of them, gaps and the running one too. judged: positions in `points` of those the chart was made of.
    events: what was counted at each judged point (p and u charts; a u chart's exposure is n / 100). chart: over the
    judged points, so that its positions are those in `judged`; in the unit of the series. begun: why it began, None
    for what begins with the first record.
    """

    kind: Kind
    step: str
    points: tuple[Point, ...]
    judged: tuple[int, ...]
    events: tuple[float, ...]
    chart: Xmr | Counted | Between
    begun: Begun | None = None

    @property
    def values(self) -> tuple[float, ...]:
        """The values of the judged points, in order."""
        return tuple(value for place in self.judged if (value := self.points[place].value) is not None)

    @property
    def counts(self) -> tuple[int, ...]:
        """How many answers (customers, cases) stand behind each judged point."""
        return tuple(self.points[place].n for place in self.judged)

    @property
    def starts(self) -> tuple[date, ...]:
        """The first day of each judged point."""
        return tuple(self.points[place].start for place in self.judged)


@dataclass(frozen=True, slots=True)
class Judgement:
    """What is said of a series: `trends.judge.judged(stretches, year_before)` judges the last of the phases by it.

    There, `year_before` is the value a year before each point of the last phase (None: nothing to compare with).
    """

    verdict: Verdict | None
    sentence: str
    caveats: tuple[str, ...] = ()


def measured(estimate: Estimate, events: float = 0.0) -> Measured:
    """A figure of a step from its estimate."""
    return Measured(estimate.value, estimate.n, estimate.low, estimate.high, events)


def share_measured(share: Estimate) -> Measured:
    """A share with what was counted for it; one that is not shown counts nothing."""
    return measured(share, 0.0 if share.value is None else round(share.value * share.n))
