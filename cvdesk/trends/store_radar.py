"""The radar's sweep over all series, kept in the file for the day, and what the owner has seen of it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date

from cvdesk.catalogue.records import Filter, Period
from cvdesk.db import BusinessFile, Operation, Queries
from cvdesk.errors import UserError
from cvdesk.figures.kept import from_text, to_text
from cvdesk.trends.judge import verdict_of
from cvdesk.trends.months import last_of
from cvdesk.trends.radar import MONTHS, Signal, Sweep, chance, could_be_judged, folded, improved, same, tells
from cvdesk.trends.records import Series
from cvdesk.trends.store_radar_quotes import quotes, refs
from cvdesk.wording.verdicts import headline

# Changed whenever the records change, so that what an older program kept is not taken for ours.
_KEPT = "radar 2"
_SEEN = "SELECT series, verdict, since FROM seen_signals"
_OPENED = "SELECT series, verdict FROM phases WHERE verdict <> ''"
_BEGUN = "SELECT series, starts FROM phases"
# Series of themes and factors that went out of use since the sweep; a theme may have gone into another.
_GONE = """
SELECT 'theme:' || key FROM themes WHERE active = 0 UNION ALL SELECT 'theme_bad:' || key FROM themes WHERE active = 0
UNION ALL SELECT 'factor:' || key FROM factors WHERE active = 0
"""
_ALREADY = "SELECT id FROM seen_signals WHERE series = ? AND verdict = ? AND since = ?"


def whole_business(today: date) -> Filter:
    """What the radar looks at: everything, as far back as a verdict looks."""
    return Filter(Period.last_months(MONTHS, today))


def sweep(db: Queries, today: date, cancelled: Callable[[], bool] = lambda: False) -> Sweep | None:
    """Looks at every series over the last 36 months and finds what is worth telling; None where it was cancelled.

    Takes seconds in a large file: beside the window (`session.look`), never on its thread. Signals are the newest
    first; what opened a phase or was marked as seen is left out.
    """
    from cvdesk.trends.store_kinds import Shared, catalogue, make

    chosen = whole_business(today)
    shared = Shared(db, chosen, today)
    judged: list[str] = []
    told: list[Series] = []
    for key in [kind.key for group in catalogue(db) for kind in group.kinds]:
        if cancelled():
            return None
        try:
            series = make(db, key, chosen, today, shared=shared)
        except UserError:  # its theme or factor was taken away meanwhile
            continue
        if could_be_judged(series):
            judged.append(key)
        if tells(series):
            told.append(series)
    known = [(row["series"], date.fromisoformat(row["starts"])) for row in db.rows(_BEGUN)]
    found = folded([signal_of(db, series, today) for series in told], known)
    fresh = sorted(_unseen(db, found), key=lambda signal: signal.since, reverse=True)
    return Sweep(len(judged), tuple(fresh), today, chance(judged))


def signal_of(db: Queries, series: Series, today: date) -> Signal:
    """A series' verdict as a signal, with whose words caused it. ValueError for a verdict that says nothing."""
    verdict = series.verdict
    if verdict is None or verdict.since is None:
        raise ValueError(f"nothing to tell of {series.key}")
    better = improved(series)
    until = last_of(verdict.since, series.step) if verdict.name == "unusual" and series.chart != "between" else today
    found = refs(db, series.key, better, verdict.since, min(until, today))
    return Signal(
        series.key, series.title, verdict.name, verdict.since, series.sentence, better, found, lever=series.lever,
        headline=headline(series.step, verdict, better, today),
    )  # fmt: skip


def keep(file: BusinessFile, found: Sweep) -> None:
    """Keeps a sweep until the next one, whatever is changed meanwhile. The customers' words are not copied."""
    file.keep_last(_KEPT, found.at.isoformat(), to_text(found))


def kept(file: BusinessFile) -> Sweep | None:
    """The last sweep as it was kept; None before the first."""
    text = file.kept_last(_KEPT)
    return None if text is None else from_text(Sweep, text)


def due(file: BusinessFile, today: date) -> bool:
    """Whether nobody has looked at the series today."""
    last = kept(file)
    return not file.read_only and (last is None or last.at != today)


def sweep_and_keep(file: BusinessFile, today: date, cancelled: Callable[[], bool] = lambda: False) -> Sweep | None:
    """A sweep, kept for Home. For `session.look`."""
    found = sweep(file, today, cancelled)
    if found is not None:
        keep(file, found)
    return found


def signals(file: BusinessFile, today: date) -> tuple[Signal, ...]:
    """What Home tells: the last sweep's signals that were not seen since, with the words behind them. Cheap.

    What is no longer there to look at is not told, nor a sweep of a day that has not come yet (the clock was wrong).
    """
    last = kept(file)
    if last is None or last.at > today:
        return ()
    gone = {row[0] for row in file.rows(_GONE)}
    left = [signal for signal in _unseen(file, last.found) if signal.series not in gone]
    return tuple(replace(signal, quotes=quotes(file, signal.refs)) for signal in left)


def mark_seen(op: Operation, signal: Signal) -> None:
    """Says that the owner has seen a signal: it is not told again."""
    values = (signal.series, signal.verdict, signal.since.isoformat())
    if op.value(_ALREADY, values) is None:
        op.insert("seen_signals", dict(zip(("series", "verdict", "since"), values, strict=True)))


def _unseen(db: Queries, found: tuple[Signal, ...] | list[Signal]) -> list[Signal]:
    known = [(row["series"], row["verdict"], date.fromisoformat(row["since"])) for row in db.rows(_SEEN)]
    for row in db.rows(_OPENED):
        verdict = verdict_of(row["verdict"])
        if verdict is not None and verdict.since is not None:
            known.append((row["series"], verdict.name, verdict.since))
    return [signal for signal in found if not any(same(signal, *one) for one in known)]
