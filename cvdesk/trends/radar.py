"""The radar: which of all the series' verdicts are worth telling the owner unasked (METHOD 3.5). Pure, no SQL.

Many series are looked at every day, and chance alone makes some of them look changed. By METHOD 3.5's own rule about
3 % of series without any change are called real: of fifty, one or two stand there at any time, and on four days of five
at least one does (simulated: tests/bench/bench_radar.py). A warning that is mostly false is soon not read. So:

- the few figures a business is led by (HEADLINE) are told by METHOD's own rule: what the Trends page says of them is
  what Home says;
- of all others a change is told only with 99 % confidence, or where the mean since moved as far as the limits lie and
  three points or more stand behind it (short series never reach 99 %); an unusual last point only where it is a third
  further out than the limit (about four sigma);
- below 24 months, where the season is not ruled out, a change is told only where at least half of it is left beside
  the same months of the year before.

Benjamini and Hochberg's rule over all of them was tried and left: it is right nearly always, but of shifts of 2 sigma
nine months old it told 31 %, where 99 % confidence tells 62 %.

What moved together is told once: a factor not beside its lever, nor a lever beside the value, where they changed at
about the same time and in the same direction (`folded`).
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from statistics import fmean, stdev

from cvdesk.trends.judge import better_up
from cvdesk.trends.records import Point, Series, Verdict
from cvdesk.wording import _, ngettext
from cvdesk.wording.numbers import rounded_to, whole

HEADLINE = frozenset({"net", "worth_it", "rating", "complaints", "days"})
MONTHS = 36  # how far back a verdict looks
SURE = 0.99
FAR = 4 / 3
_NEED_MOVED = 3  # points since a change whose mean moved far
_NEED_BESIDE = 3  # months to compare with those of a year before
_ALIKE = timedelta(days=92)  # the day a change seems to begin moves a little with every new month
# False signals per series and sweep, as simulated: real and unusual together.
_FALSE_HEADLINE, _FALSE_OTHER = 0.035, 0.01


@dataclass(frozen=True, slots=True)
class Ref:
    """A row with words of a customer in it: `table` "entries", "complaints" or "answers"."""

    table: str
    id: int


@dataclass(frozen=True, slots=True)
class Signal:
    """A change or an unusual point that is worth telling.

    `series`: its key; `verdict`: "real" or "unusual"; `since`: first day of what changed; `better`: None where it is
    neither better nor worse. `refs`: whose words caused it; `quotes`: these words as they are now, without names.
    `lever`: the part of value it belongs to, if any. `headline`: the sentence in three or four words, to follow the
    title.
    """

    series: str
    title: str
    verdict: str
    since: date
    sentence: str
    better: bool | None = None
    refs: tuple[Ref, ...] = ()
    quotes: tuple[str, ...] = ()
    lever: str = ""
    headline: str = ""


@dataclass(frozen=True, slots=True)
class Sweep:
    """All series looked at on a day. `looked_at`: how many could be judged; `by_chance`: how many of them would be
    expected to be told though nothing had changed.
    """

    looked_at: int
    found: tuple[Signal, ...]
    at: date
    by_chance: float


def tells(series: Series) -> bool:
    """Whether a series' verdict is told unasked. What opened a phase is known already."""
    verdict = series.verdict
    if verdict is None or verdict.opened or verdict.since is None:
        return False
    if verdict.name == "real":
        sure = series.key in HEADLINE or (verdict.confidence or 0.0) >= SURE or moved_far(series)
        return sure and not may_be_season(series)
    last = last_judged(series.points)
    if verdict.name != "unusual" or last is None or last.start != verdict.since:
        return False
    return series.key in HEADLINE or out_by(verdict) >= FAR


def moved_far(series: Series) -> bool:
    """Whether the mean since a change lies as far off as the limits do, over three points or more."""
    verdict = series.verdict
    if verdict is None or verdict.since is None:
        return False
    since = [one for one in series.points if one.start >= verdict.since and one.value is not None and not one.running]
    return len(since) >= _NEED_MOVED and out_by(verdict) >= 1


def out_by(verdict: Verdict) -> float:
    """How far what came after lies from what was before, in distances of the limit on that side; 0 without limits."""
    if verdict.before is None or verdict.after is None or verdict.low is None or verdict.high is None:
        return 0.0
    away = verdict.after - verdict.before
    limit = verdict.high - verdict.before if away > 0 else verdict.before - verdict.low
    return abs(away) / limit if limit > 0 else 0.0


def may_be_season(series: Series) -> bool:
    """Whether the season may be all there is to a change: beside the same months of the year before, less than half of
    it is left, or no more than chance would leave (two standard errors).

    Never where calendar months were allowed for, or with fewer than three months to compare.
    """
    verdict = series.verdict
    if verdict is None or verdict.seasonal or verdict.since is None or verdict.before is None or verdict.after is None:
        return False
    beside = [
        point.value - before
        for point, before in zip(series.points, series.year_before, strict=False)
        if point.start >= verdict.since and not point.running and point.value is not None and before is not None
    ]
    if len(beside) < _NEED_BESIDE:
        return False
    change = verdict.after - verdict.before
    left = fmean(beside) * (1 if change > 0 else -1)
    return left < max(abs(change) / 2, 2 * stdev(beside) / math.sqrt(len(beside)))


def improved(series: Series) -> bool | None:
    """Whether what changed is for the better; None where it is neither."""
    verdict = series.verdict
    good = better_up(series.key, series.less_is_better, series.chart)
    if verdict is None or verdict.before is None or verdict.after is None or good is None:
        return None
    return (verdict.after > verdict.before) == good


def could_be_judged(series: Series) -> bool:
    """Whether there was enough to look at."""
    return series.verdict is not None and series.verdict.name not in ("early", "coarse") and not series.verdict.opened


def last_judged(points: Sequence[Point]) -> Point | None:
    """The last point that is over and has a value."""
    return next((point for point in reversed(points) if point.value is not None and not point.running), None)


def chance(keys: Iterable[str]) -> float:
    """How many of these series chance alone would tell in a sweep."""
    return sum(_FALSE_HEADLINE if key in HEADLINE else _FALSE_OTHER for key in keys)


def same(signal: Signal, series: str, verdict: str, since: date) -> bool:
    """Whether a signal is one marked before: a change may meanwhile seem to begin a little earlier or later."""
    if (signal.series, signal.verdict) != (series, verdict):
        return False
    return signal.since == since if verdict == "unusual" else abs(signal.since - since) <= _ALIKE


def folded(found: Sequence[Signal], known: Iterable[tuple[str, date]] = ()) -> tuple[Signal, ...]:
    """Signals without those that another one tells already: the same change in what the series is a part of.

    known: series in which the owner began a phase, and when: what became better with it needs no telling.
    """
    told = [(one.series, one.since, one.better) for one in found if one.verdict == "real"]
    told += [(series, since, True) for series, since in known]
    return tuple(one for one in found if one.verdict != "real" or not _part_of(one, told))


def _part_of(signal: Signal, told: Sequence[tuple[str, date, bool | None]]) -> bool:
    kind, _colon, key = signal.series.partition(":")
    wider = {
        "factor": {signal.lever, "net"},
        "theme": {f"theme_bad:{key}"},
        "csat": {"rating"},
    }.get(kind, {"net"} if signal.lever else set())
    return any(
        series in wider and abs(since - signal.since) <= _ALIKE and (kind == "theme" or better == signal.better)
        for series, since, better in told
    )


def looked_at_words(sweep: Sweep) -> str:
    """How many figures were looked at, and how many signals chance alone would make."""
    looked = ngettext("{count} figure looked at", "{count} figures looked at", sweep.looked_at).format(
        count=whole(sweep.looked_at)
    )
    expected = int(rounded_to(sweep.by_chance, 0))
    if not expected:
        return _("{figures}; chance alone would seldom raise a signal.").format(figures=looked)
    words = ngettext(
        "{figures}; chance alone would raise about {count} signal.",
        "{figures}; chance alone would raise about {count} signals.",
        expected,
    )
    return words.format(figures=looked, count=whole(expected))
