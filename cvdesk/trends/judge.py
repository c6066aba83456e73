"""What the latest phase of a series shows: verdict, sentence, and what to keep in mind (METHOD 3.5). No SQL."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace

from cvdesk.figures.kept import from_text
from cvdesk.stats.charts import FIRM_FROM, Xmr, xmr
from cvdesk.stats.charts_counts import Counted, p_chart, u_chart
from cvdesk.stats.days_between import Between, evened
from cvdesk.trends.records import Verdict
from cvdesk.trends.records_series import Judgement, Stretch
from cvdesk.wording import caveats, verdicts
from cvdesk.wording.verdicts import NEED_POINTS, About

_MOST_POINTS = 36  # the latest ones a verdict looks at
_RUN = 8  # points on one side of the centre (METHOD 3.2, rule 2)

Chart = Xmr | Counted | Between


@dataclass(frozen=True, slots=True)
class _Looked:
    """A phase as it is judged. `values`: with calendar months allowed for where `seasonal`, and on the scale on which
    they scatter evenly. `chart`: of the same points. `raw`: what is compared with the chart's centre.
    """

    values: Sequence[float]
    raw: Sequence[float]
    chart: Chart
    seasonal: bool = False


def judged(stretches: Sequence[Stretch], year_before: Sequence[float | None] = ()) -> Judgement:
    """Judges the last phase, in METHOD 3.5's order; the verdict that opened it stands until it has 8 points.

    `year_before`: the value a year before each point of that phase, empty where nothing is known of it.
    """
    if not stretches:
        return Judgement(None, verdicts.nothing_yet())
    last = stretches[-1]
    if len(last.judged) < NEED_POINTS:
        return _early(stretches)
    if last.chart.too_coarse:
        return Judgement(Verdict("coarse"), verdicts.coarse(about(last)))
    return _judged(last, year_before)


def verdict_of(text: str) -> Verdict | None:
    """The verdict kept with a phase, from its JSON; None where there is none, or none that this program can read."""
    if not text:
        return None
    try:
        return from_text(Verdict, text)
    except (ValueError, KeyError, TypeError, AttributeError):
        return None


def about(stretch: Stretch) -> About:
    """What the words need to know of a phase's series."""
    step = "between" if isinstance(stretch.chart, Between) else stretch.step
    starts = stretch.starts
    good = better_up(stretch.kind.key, stretch.kind.less_is_better, step)
    return About(stretch.kind.unit, step, good, starts[-1] if starts else None)


def better_up(key: str, less_is_better: bool, chart: str) -> bool | None:
    """Whether more is better; None where it is neither: how much is logged, what customers speak of.

    The fewer days lie between complaints ("between" charts) the worse, though of complaints themselves less is better.
    """
    if key == "entries" or key.startswith("theme:"):
        return None
    return less_is_better == (chart == "between")


def range_of(chart: Chart) -> tuple[float | None, float | None]:
    """The ordinary range of the next point; of shares and rates as if as many answered as the last time."""
    if isinstance(chart, Counted):
        return (chart.lowers[-1], chart.uppers[-1]) if chart.lowers else (None, None)
    return chart.lower, chart.upper


def _early(stretches: Sequence[Stretch]) -> Judgement:
    last = stretches[-1]
    said, count = about(last), len(last.judged)
    kept = None if last.begun is None else verdict_of(last.begun.verdict)
    if kept is not None:
        kept = replace(kept, opened=True)
        return Judgement(kept, verdicts.real(said, kept), (caveats.opened(said, count, NEED_POINTS),))
    low, high = _range_before(stretches)
    if count and low is not None and high is not None:
        return Judgement(Verdict("early"), verdicts.young(said, last.starts[0], last.values, low, high))
    return Judgement(Verdict("early"), verdicts.early(said, count))


def _range_before(stretches: Sequence[Stretch]) -> tuple[float | None, float | None]:
    """The ordinary range of the phase before, where it stands and the same thing was measured."""
    begun = stretches[-1].begun
    if len(stretches) < 2 or begun is None or not begun.by_owner:
        return None, None
    chart = stretches[-2].chart
    return (None, None) if chart.standing == "early" or chart.too_coarse else range_of(chart)


def _judged(last: Stretch, year_before: Sequence[float | None]) -> Judgement:
    from cvdesk.stats.trend_verdict import judge  # the shuffles: only where there is something to judge

    looked, said = _look(last), about(last)
    low, high = range_of(last.chart)
    runs = sorted({*looked.chart.rule2, *looked.chart.rule3})
    months = [start.month for start in last.starts] if looked.seasonal else None
    found = judge(looked.values, looked.chart.rule1, runs, looked.chart.baseline, low, high, within=months)
    change = found.change
    if change is None or looked.chart.too_coarse:  # nothing is left once calendar months are allowed for
        verdict = Verdict("none", low=low, high=high, seasonal=looked.seasonal)
        return Judgement(verdict, _none(said, verdict, last.chart), _caveats(last, said, verdict, False, year_before))
    verdict = Verdict(
        found.name, low=low, high=high, confidence=change.confidence, resemblance=found.r_corrected,
        seasonal=looked.seasonal,
    )  # fmt: skip
    if found.name == "unusual":
        at = found.rule1[-1]
        verdict = replace(verdict, since=last.starts[at], before=last.chart.centre, after=last.values[at])
        sentence = verdicts.unusual(said, [(last.starts[place], last.values[place]) for place in found.rule1])
    elif found.name == "none":
        sentence = _none(said, verdict, last.chart)
    else:
        before, after = _means(looked.raw, change.first_after)
        verdict = replace(verdict, since=last.starts[change.first_after], before=before, after=after)
        sure = found.name == "real" or change.confidence >= found.required
        sentence = _changed(last, looked, said, verdict, found.rule23, sure)
    return Judgement(verdict, sentence, _caveats(last, said, verdict, found.alike, year_before))


def _look(last: Stretch) -> _Looked:
    """The phase with calendar months (quarters) allowed for from 24 of them on, and days between events evened."""
    from cvdesk.stats.trend_verdict import deseasoned

    if isinstance(last.chart, Between):
        return _Looked([evened(days) for days in last.values], last.values, last.chart)
    flat = None if last.step == "week" else deseasoned(last.values, [start.month for start in last.starts])
    if flat is None:
        return _Looked(last.values, last.values, last.chart)
    return _Looked(flat, flat, _chart_of(last, flat), seasonal=True)


def _chart_of(last: Stretch, values: Sequence[float]) -> Chart:
    """The same chart of other values for the same points, cut to what can be counted."""
    if last.kind.chart == "p":
        return p_chart([min(1.0, max(0.0, value)) * n for value, n in _with_n(last, values)], last.counts, FIRM_FROM)
    if last.kind.chart == "u":
        events = [max(0.0, value) * n / 100 for value, n in _with_n(last, values)]
        return u_chart(events, [n / 100 for n in last.counts], FIRM_FROM)
    return xmr(values, FIRM_FROM)


def _with_n(last: Stretch, values: Sequence[float]) -> list[tuple[float, int]]:
    return list(zip(values, last.counts, strict=True))


def _means(values: Sequence[float], first_after: int) -> tuple[float, float]:
    """The means before and after a change, over the points a verdict looks at."""
    before, after = values[max(0, len(values) - _MOST_POINTS) : first_after], values[first_after:]
    return math.fsum(before) / len(before), math.fsum(after) / len(after)


def _none(said: About, verdict: Verdict, chart: Chart) -> str:
    return verdicts.none(said, verdict.low or 0.0, verdict.high or 0.0, chart.centre)


def _changed(last: Stretch, looked: _Looked, said: About, verdict: Verdict, rule23: Sequence[int], sure: bool) -> str:
    """A real or possible change in words: by its two means where they are sure, else by what the chart shows."""
    if verdict.name == "real":
        return verdicts.real(said, verdict)
    if sure or looked.chart.centre is None:
        return verdicts.possible_change(said, verdict)
    sides = [value - looked.chart.centre for value in looked.raw]
    end = rule23[-1]  # the latest: an old run is no news once something newer stands out
    if end not in looked.chart.rule2:
        return verdicts.possible_edge(said, last.starts[end], sum(side > 0 for side in sides[end - 3 : end + 1]) > 2)
    above = sides[end] > 0
    first = end
    while first > 0 and sides[first - 1] != 0 and (sides[first - 1] > 0) == above:
        first -= 1
    # Taking the centre as the chart does: a point a hair beside it breaks the run as one on it.
    first = max(first, _begin_of(looked.chart.rule2) - _RUN + 1)
    return verdicts.possible_run(said, last.starts[first], last.starts[end], end - first + 1, above)


def _begin_of(places: Sequence[int]) -> int:
    """The first of the last places that follow each other."""
    first = len(places) - 1
    while first > 0 and places[first - 1] == places[first] - 1:
        first -= 1
    return places[first]


def _caveats(
    last: Stretch, said: About, verdict: Verdict, alike: bool, year_before: Sequence[float | None]
) -> tuple[str, ...]:
    """What to keep in mind: luck of neighbours, a provisional range, the season, others who answer."""
    changed = verdict.name in ("real", "possible", "unusual")
    found = []
    if alike and verdict.name in ("real", "possible"):
        found.append(caveats.alike(said))
    if last.chart.baseline < FIRM_FROM:
        found.append(caveats.provisional(said, FIRM_FROM))
    if verdict.seasonal:
        found.append(caveats.seasonal(said))
    elif changed:
        found.append(caveats.season_open(said))
        at = last.judged[-1]
        ago = year_before[at] if at < len(year_before) else None
        if ago is not None and said.step != "between":
            found.append(caveats.year_ago(said, last.points[at].start, ago, last.values[-1]))
    if (others := _others(last, verdict)) is not None:
        found.append(caveats.others(others))
    return tuple(found)


def _others(last: Stretch, verdict: Verdict) -> bool | None:
    """Whether twice as many (True) or half as many (False) answer now as in the baseline; None for neither.

    Now: since the change, else the last three points. Only where n counts answers: not customers or cases.
    """
    if last.kind.unit not in ("net", "score", "share", "points") or last.kind.key == "response_rate":
        return None
    if last.kind.key.startswith("theme"):
        return None
    counts = last.counts
    changed = verdict.name in ("real", "possible") and verdict.since is not None
    first = last.starts.index(verdict.since) if changed and verdict.since is not None else len(counts) - 3
    before, now = counts[: last.chart.baseline], counts[first:]
    ratio = (sum(now) / len(now)) / (sum(before) / len(before))
    return True if ratio >= 2 else False if ratio <= 0.5 else None
