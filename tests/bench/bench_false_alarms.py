"""How often the charts cry wolf, and how soon they see a change: METHOD 3.5's and 3.6's figures, simulated again.

python tests/bench/bench_false_alarms.py [CHARTS]; 4,000 charts a line by default, always the same ones. Prints what was
found beside what METHOD says, where it says anything. Two standard errors of a share found are 1.6 points at most.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from cvdesk.stats.before_after import before_after
from cvdesk.stats.charts_counts import Counted, p_chart, u_chart
from cvdesk.stats.interrupted import interrupted_counts
from cvdesk.stats.trend_verdict import Judged, deseasoned, judge, trend_verdict

Draw = Callable[[np.random.Generator], Judged]
BASE = 12
SEED = 7


@dataclass(frozen=True, slots=True)
class Found:
    """Shares of the charts of one setting."""

    rule: float
    sure: float
    real: float
    unusual: float
    possible: float
    none: float


def judged(draw: Draw, charts: int) -> Found:
    """Draws that many charts and counts what is said of them."""
    generator = np.random.default_rng(SEED)
    verdicts = [draw(generator) for _ in range(charts)]
    names = [verdict.name for verdict in verdicts]
    rule = sum(bool(verdict.rule1 or verdict.rule23) for verdict in verdicts)
    sure = sum(
        verdict.change is not None and verdict.change.confidence >= verdict.required for verdict in verdicts
    )  # fmt: skip
    counts = [names.count(name) for name in ("real", "unusual", "possible", "none")]
    return Found(*(count / charts for count in (rule, sure, *counts)))


def noise(generator: np.random.Generator, points: int, alike: float = 0.0) -> np.ndarray:
    """Normal values of spread 1 of which each resembles the one before."""
    drawn = generator.standard_normal(points)
    values = np.empty(points)
    values[0] = drawn[0]
    for place in range(1, points):
        values[place] = alike * values[place - 1] + np.sqrt(1 - alike * alike) * drawn[place]
    return values


def single(points: int, shift: float = 0.0, alike: float = 0.0) -> Draw:
    """A chart of single values: 12 of the baseline, then `points` more, moved by `shift` sigma."""

    def draw(generator: np.random.Generator) -> Judged:
        values = noise(generator, BASE + points, alike)
        values[BASE:] += shift
        return trend_verdict(values.tolist(), BASE)

    return draw


def seasons(months: int, shift: float = 0.0, wary: bool = True, swing: float = 2.0) -> Draw:
    """A chart with a season of `swing` sigma up and down, taken out before it is judged; its last year shifted.

    `wary`: as the program judges such a chart, with shuffles that stay within a calendar month.
    """

    def draw(generator: np.random.Generator) -> Judged:
        values = noise(generator, months) + swing * np.sin(np.arange(months) * np.pi / 6)
        values[-12:] += shift
        calendar = [place % 12 + 1 for place in range(months)]
        evened = deseasoned(values.tolist(), calendar)
        if evened is None:
            raise ValueError("seasons need 24 months")
        return trend_verdict(evened, BASE, within=calendar if wary else None)

    return draw


def _of_counts(values: Sequence[float], chart: Counted) -> Judged:
    runs = sorted({*chart.rule2, *chart.rule3})
    low, high = chart.lowers[-1], chart.uppers[-1]
    return judge(values, chart.rule1, runs, chart.baseline, low, high, too_coarse=chart.too_coarse)


def shares(n: int, p: float, points: int, later: float | None = None) -> Draw:
    """A p-chart of n answers a month."""

    def draw(generator: np.random.Generator) -> Judged:
        chances = [p] * BASE + [p if later is None else later] * points
        events = [int(generator.binomial(n, chance)) for chance in chances]
        chart = p_chart(events, [n] * len(events), BASE)
        return _of_counts([count / n for count in events], chart)

    return draw


def rates(customers: int, per_100: float, points: int, later: float | None = None) -> Draw:
    """A u-chart of complaints per customer."""

    def draw(generator: np.random.Generator) -> Judged:
        expected = [per_100] * BASE + [per_100 if later is None else later] * points
        events = [int(generator.poisson(customers * one / 100)) for one in expected]
        chart = u_chart(events, [customers] * len(events), BASE)
        return _of_counts([count / customers for count in events], chart)

    return draw


def covered(before: int, after: int, alike: float, charts: int) -> float:
    """Share of before-and-after intervals that hold the true change, 1 sigma."""
    generator = np.random.default_rng(SEED)
    held = 0
    for _ in range(charts):
        values = noise(generator, before + after, alike)
        found = before_after(values[:before].tolist(), (values[before:] + 1).tolist())
        held += found.low <= 1 <= found.high
    return held / charts


def covered_counts(before: int, after: int, mean: float, spread: float, charts: int, timed: bool = False) -> float:
    """Share of rate intervals that hold the true ratio, 0.7; `spread`: how much more than chance the counts scatter."""
    generator = np.random.default_rng(SEED)
    sides = [0] * before + [1] * after
    time = list(range(before + after)) if timed else None
    held = 0
    for _ in range(charts):
        means = np.array([mean] * before + [0.7 * mean] * after)
        if spread > 1:  # negative binomial with variance spread x mean
            size = means / (spread - 1)
            counts = generator.negative_binomial(size, 1 / spread)
        else:
            counts = generator.poisson(means)
        found = interrupted_counts(counts.tolist(), [200.0] * len(sides), sides, time)
        held += found.low <= 0.7 <= found.high
    return held / charts


VERDICTS: tuple[tuple[str, Draw, str], ...] = (
    ("noise, 12 + 12", single(12), "some rule 24 %, real 3 %"),
    ("noise, 12 + 24", single(24), ""),
    ("noise, 12 alone", single(0), ""),
    ("shift of 2 sigma, 6 months on", single(6, 2.0), "real 64 %"),
    ("shift of 2 sigma, 12 months on", single(12, 2.0), "real 95 %"),
    ("shift of 1 sigma, 12 months on", single(12, 1.0), ""),
    ("neighbours alike (0.3), 12 + 12", single(12, 0.0, 0.3), "real 10-15 %"),
    ("neighbours alike (0.3), 12 + 24", single(24, 0.0, 0.3), "real 10-15 %"),
    ("neighbours alike (0.5), 12 + 12", single(12, 0.0, 0.5), ""),
    ("season taken out, 24 months, free shuffles", seasons(24, wary=False), ""),
    ("season taken out, 24 months", seasons(24), ""),
    ("season taken out, 36 months, free shuffles", seasons(36, wary=False), ""),
    ("season taken out, 36 months", seasons(36), ""),
    ("season taken out, 60 months", seasons(60), ""),
    ("the same, last year up by 2 sigma", seasons(60, 2.0), ""),
    ("share of 80 %, 30 answers, 12 + 12", shares(30, 0.8, 12), ""),
    ("the same, then 60 %", shares(30, 0.8, 12, 0.6), ""),
    ("2 complaints per 100, 180 customers", rates(180, 2, 12), ""),
    ("the same, then 5 per 100", rates(180, 2, 12, 5), ""),
)


def main(charts: int) -> None:
    print(
        f"{charts} charts a line\n{'':41}{'rule':>6}{'sure':>6}{'real':>6}{'unus.':>6}{'poss.':>6}{'none':>6}  METHOD"
    )
    for name, draw, said in VERDICTS:
        found = judged(draw, charts)
        row = (found.rule, found.sure, found.real, found.unusual, found.possible, found.none)
        print(f"{name:41}" + "".join(f"{100 * share:5.1f}%" for share in row) + f"  {said}")
    print("\nbefore and after: intervals that hold the true change; METHOD: 88-97 % for 0 to 0.5")
    for before, after in ((6, 4), (12, 6), (12, 12), (24, 12)):
        held = [covered(before, after, alike, charts) for alike in (0.0, 0.3, 0.5)]
        print(f"  {before:2} + {after:2} months" + "".join(f"{100 * share:7.1f}%" for share in held))
    print("\ncounts: intervals that hold the true ratio; scatter as chance, twice, four times; then with time too")
    for before, after, mean in ((6, 4, 2.0), (6, 4, 6.0), (12, 6, 6.0), (24, 12, 6.0)):
        held = [covered_counts(before, after, mean, spread, charts) for spread in (1.0, 2.0, 4.0)]
        held += [covered_counts(before, after, mean, 1.0, charts // 2, timed=True)] if before >= BASE else []
        print(f"  {before:2} + {after:2} months of {mean:g}" + "".join(f"{100 * share:7.1f}%" for share in held))


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 4_000)
