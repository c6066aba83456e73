"""A series over weeks, months or quarters, with its limits: the same object on screen, on paper and in exports."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

STEPS = ("week", "month", "quarter")
CHARTS = ("xmr", "p", "p_laney", "u", "u_laney", "between")
VERDICTS = ("early", "coarse", "none", "possible", "unusual", "real")


@dataclass(frozen=True, slots=True)
class Point:
    """One week, month or quarter, by its first day; in a chart of days between complaints, the day of one.

    `value` None: too few answers to show. `n`: how many answers (customers, cases) stand behind it. `running`: the
    time is not over, so never judged. `low`, `high`: the value's own 95 % interval, where it has one.
    """

    start: date
    value: float | None
    n: int
    running: bool = False
    low: float | None = None
    high: float | None = None


@dataclass(frozen=True, slots=True)
class Limits:
    """The ordinary range over points first..last (positions in the series), firm from 12 baseline points.

    `lows`, `highs`: one for each of these points where the range depends on how many answered (p and u charts), else
    empty; `low`, `high` are then those of the last judged point.
    """

    first: int
    last: int
    centre: float
    low: float
    high: float
    firm: bool
    lows: tuple[float, ...] = ()
    highs: tuple[float, ...] = ()

    def at(self, place: int) -> tuple[float, float]:
        """The range at a position of the series within first..last."""
        if not self.lows:
            return self.low, self.high
        return self.lows[place - self.first], self.highs[place - self.first]


@dataclass(frozen=True, slots=True)
class Note:
    """What happened when. `sort`: "note", "action" (one was started), "phase", "wording" (a question was changed)."""

    date: date
    text: str
    sort: str = "note"


@dataclass(frozen=True, slots=True)
class Verdict:
    """What the latest phase shows (METHOD 3.5). `name`: one of VERDICTS.

    `since`: first day of the first point after the change, or of the unusual point; `before`, `after`: the means of
    the two sides (of an unusual point: what is usual, and its value); `low`, `high`: the range in which the next point
    would be ordinary; `confidence`: of the change point, 0-1; `resemblance`: the corrected lag-1 correlation;
    `seasonal`: whether calendar months were allowed for; `opened`: the verdict was stored with the phase, which is
    still too young to be judged by itself.
    """

    name: str
    since: date | None = None
    before: float | None = None
    after: float | None = None
    low: float | None = None
    high: float | None = None
    confidence: float | None = None
    resemblance: float | None = None
    seasonal: bool = False
    opened: bool = False


@dataclass(frozen=True, slots=True)
class Series:
    """`unit`: net (-8..8), score (1-5), share (0-1), points (NPS), rate (per 100), days, count. `less_is_better` for
    burdens. `limits`: one range per phase. `signals`: positions of judged points outside the limits or completing a
    run. `sentence`: what the chart shows, to be said to a friend; `caveats`: what to keep in mind with it, sentences.
    `step`: one of STEPS; `chart`: one of CHARTS. `year_before`: the value a year before each point, empty where there
    is none to compare with.
    """

    key: str
    title: str
    unit: str
    points: tuple[Point, ...]
    limits: tuple[Limits, ...]
    notes: tuple[Note, ...]
    signals: tuple[int, ...]
    sentence: str
    less_is_better: bool = False
    lever: str = ""
    step: str = "month"
    chart: str = "xmr"
    verdict: Verdict | None = None
    caveats: tuple[str, ...] = ()
    year_before: tuple[float | None, ...] = ()
