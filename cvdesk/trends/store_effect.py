"""Did it work? A figure before and after something that was done, and how the owner asked (METHOD 3.6)."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date

from cvdesk.catalogue.records import LEVERS, Filter, Period
from cvdesk.db import Operation, Queries
from cvdesk.db.queries import Row
from cvdesk.errors import UserError
from cvdesk.figures.store import default_period
from cvdesk.stats.before_after import NEED_BEFORE
from cvdesk.trends import effect as method
from cvdesk.trends import store_kinds
from cvdesk.trends.months import first_of, last_of, year_before
from cvdesk.trends.records import Note, Series
from cvdesk.trends.records_effect import MOST_SETTLING, Ask, Change, EffectResult, Step
from cvdesk.trends.store_kinds import SeriesGroup, SeriesKind
from cvdesk.trends.store_notes import KeptNote
from cvdesk.wording import _, effects

_YEAR = {"month": 12, "quarter": 4, "week": 52}
_ENOUGH_PAIRS = 3
_ABOUT = "(note_id IS NOT NULL AND note_id = ?1 OR action_id IS NOT NULL AND action_id = ?2)"
_KEPT = f"""
SELECT id, series, starts, note_id, action_id, settle, left_out, untouched FROM effects
WHERE {_ABOUT} AND (?3 = '' OR series = ?3) ORDER BY id DESC LIMIT 1
"""
_OWN_WORDS = """
SELECT text FROM chart_notes WHERE id = ?1 UNION ALL SELECT name FROM actions WHERE id = ?2
"""
_DONE = "SELECT id, done, name FROM actions WHERE done BETWEEN ? AND ? ORDER BY done, id"
_LIFTED = """
SELECT factors.key FROM action_lifts JOIN factors ON factors.id = action_lifts.factor_id
WHERE action_id = ? ORDER BY likely DESC, action_lifts.id LIMIT 1
"""
_THEME = "SELECT themes.key FROM actions JOIN themes ON themes.id = actions.theme_id WHERE actions.id = ?"
# Figures of one sort can be compared with each other, one of them left alone.
_SORTS = (
    ("factor:",), LEVERS, ("worth_it", "satisfaction", "ease"), ("days", "answering", "acknowledging"),
    ("theme:",), ("theme_bad:",),
)  # fmt: skip


def effect(db: Queries, ask: Ask, today: date, chosen: Filter | None = None) -> EffectResult:
    """What came of a change in a figure: of the whole business, or of what the filter limits it to but its period.

    Whole months only (quarters where there are too few complaints for months). UserError for a figure that is gone.
    """
    series = _read(db, ask.series, today, chosen)
    steps = method.steps_of(series, ask)
    result = EffectResult(
        ask, series.title, series.unit, series.step, "empty", effects.empty(), steps,
        less_is_better=series.less_is_better,
    )  # fmt: skip
    if not any(step.value is not None for step in steps):
        return result
    result = replace(result, else_changed=_else_changed(db, series, result))
    lacking_before, need = method.enough(steps)
    if lacking_before:
        known = NEED_BEFORE - lacking_before
        return replace(result, said="never", sentence=effects.never(series.step, known, NEED_BEFORE))
    if need:
        ready = method.ready_on(need, ask, series.step, today)
        said = effects.early(series.step, need, ready)
        return replace(result, said="early", sentence=said, need=need, ready=ready)
    return _judged(db, series, result, today, chosen)


def usual(db: Queries, note: KeptNote, series: str = "") -> Ask:
    """How the owner last asked about a note or action (about this series, where one is named), else as proposed."""
    kept = db.row(_KEPT, (note.id, note.action_id, series))
    if kept is not None:
        return _ask(kept, note)
    return Ask(series or _proposed_series(db, note), note.date, note.id, note.action_id)


def save(op: Operation, ask: Ask) -> int:
    """Keeps how the owner asks about a note or action and a series, and gives the row's id.

    UserError for a settling time that is none.
    """
    if not 0 <= ask.settle <= MOST_SETTLING:
        raise UserError(
            _("A change is given up to {most} months to settle.").format(most=MOST_SETTLING),
            _("Choose a shorter time."),
        )
    left_out = "" if ask.left_out is None else json.dumps([day.isoformat() for day in ask.left_out])
    values = {"settle": ask.settle, "left_out": left_out, "untouched": ask.untouched, "starts": ask.starts.isoformat()}
    forget(op, ask)  # a row of its own each time: the newest tells what was asked last
    return op.insert("effects", {**values, "series": ask.series, "note_id": ask.note_id, "action_id": ask.action_id})


def choose(op: Operation, note: KeptNote, series: str) -> int:
    """Asks about a note or action by another figure from now on, as that one was asked about last."""
    return save(op, usual(op, note, series))


def forget(op: Operation, ask: Ask) -> None:
    """Takes back what was chosen about a note or action and a series: the proposals stand again."""
    kept = op.row(_KEPT, (ask.note_id, ask.action_id, ask.series))
    if kept is not None:
        op.delete("effects", kept["id"])


def untouched_choices(groups: tuple[SeriesGroup, ...], series: str) -> tuple[SeriesKind, ...]:
    """The figures that may be the one nothing was done about: of the same sort, so that the two can be compared."""
    sort = next((sort for sort in _SORTS if _is_of(series, sort)), None)
    if sort is None:
        return ()
    return tuple(kind for group in groups for kind in group.kinds if kind.key != series and _is_of(kind.key, sort))


def _judged(db: Queries, series: Series, result: EffectResult, today: date, chosen: Filter | None) -> EffectResult:
    """The result of a series with enough periods on either side."""
    steps, unit, step = result.steps, series.unit, series.step
    less = None if method.neither_better(series) else series.less_is_better
    change = method.change(series, steps)
    said = effects.said_of(change, unit, less)
    more = [effects.levels(unit, step, change)]
    trended = method.change_with_trend(series, steps)
    if trended is not None:
        more.append(effects.with_trend(trended[1], unit, *_said(trended[0], unit, less)))
    other = _read(db, result.ask.untouched, today, chosen) if result.ask.untouched else None
    over = None if other is None else method.change_beyond(series, steps, other)
    if other is not None:
        more.append(
            effects.nothing_beside(other.title)
            if over is None
            else effects.beyond(other.title, unit, *_said(over, unit, less))
        )
    season = min(change.n_before, change.n_after) < _YEAR[step]
    if season and less is not None and (pairs := _year_before(steps, less, step))[1] >= _ENOUGH_PAIRS:
        more.append(effects.same_months(*pairs))
    counted = method.counts(series) and unit != "count"
    caveats = effects.caveats(
        season, change.alike > 0, result.of("left_out"), step, len(result.else_changed), counted
    )  # fmt: skip
    return replace(
        result, said=said, sentence=effects.headline(series.title, unit, said, change, less), more=tuple(more),
        caveats=caveats, measured=change, with_trend=None if trended is None else trended[0], beyond=over,
    )  # fmt: skip


def _said(change: Change, unit: str, less: bool | None) -> tuple[str, Change, bool | None]:
    return effects.said_of(change, unit, less), change, less


def _read(db: Queries, key: str, today: date, chosen: Filter | None) -> Series:
    """The whole history of a series by month."""
    period = default_period(db, today)
    whole = Filter(period) if chosen is None else replace(chosen, period=Period(period.start, today))
    return method.compared_with(store_kinds.make(db, key, whole, today), today)


def _year_before(steps: tuple[Step, ...], less: bool, step: str) -> tuple[int, int]:
    """How many periods after it are better than the same a year before, and how many could be compared."""
    known = {one.start: one.value for one in steps if one.part in ("before", "too_far") and one.value is not None}
    pairs = [
        (known[ago], one.value)
        for one in steps
        if one.part == "after" and one.value is not None and (ago := year_before(one.start, step)) in known
    ]
    return sum(later < earlier if less else later > earlier for earlier, later in pairs), len(pairs)


def _else_changed(db: Queries, series: Series, result: EffectResult) -> tuple[Note, ...]:
    """What else happened in the time compared: notes, actions begun and done, phases."""
    ask = result.ask
    compared = [step.start for step in result.steps if step.part in ("before", "left_out", "settling", "after")]
    if not compared:
        return ()
    first, last = first_of(min(compared), series.step), last_of(max(compared), series.step)
    own = {row[0] for row in db.rows(_OWN_WORDS, (ask.note_id, ask.action_id))}
    notes = [
        note
        for note in series.notes
        if first <= note.date <= last and not (note.date == ask.starts and note.text in own)
    ]
    notes += [
        Note(date.fromisoformat(row["done"]), _("Done: {action}").format(action=row["name"]), "action")
        for row in db.rows(_DONE, (first.isoformat(), last.isoformat()))
        if row["id"] != ask.action_id
    ]
    return tuple(sorted(notes, key=lambda note: note.date))


def _proposed_series(db: Queries, note: KeptNote) -> str:
    """The figure a change is most likely about: what its action is to lift, else its theme, else value as a whole."""
    known = store_kinds.keys(db)
    wanted = []
    if note.action_id is not None:
        lifted, theme = db.value(_LIFTED, (note.action_id,)), db.value(_THEME, (note.action_id,))
        wanted = [f"factor:{lifted}", f"theme_bad:{theme}", f"theme:{theme}"]
    return next((key for key in wanted if key in known), known[0] if known else "net")


def _ask(row: Row, note: KeptNote) -> Ask:
    left_out = None if not row["left_out"] else tuple(date.fromisoformat(day) for day in json.loads(row["left_out"]))
    # A note that was given another day since is asked about by that day.
    return Ask(row["series"], note.date, note.id, note.action_id, row["settle"], left_out, row["untouched"])


def _is_of(key: str, sort: tuple[str, ...]) -> bool:
    return any(key.startswith(one) if one.endswith(":") else key == one for one in sort)
