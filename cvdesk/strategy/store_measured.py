"""What actions brought, measured, against what was expected of them: how far hopes are trusted (METHOD 4.2)."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from cvdesk.db import BusinessFile, Queries
from cvdesk.errors import UserError
from cvdesk.figures.kept import from_text, to_text
from cvdesk.strategy.records import Action
from cvdesk.strategy.records_kept import Outcome, Promise
from cvdesk.strategy.records_kept_promise import expected, trusted
from cvdesk.strategy.store_actions import actions
from cvdesk.trends import store_effect, store_notes
from cvdesk.trends.records_effect import EffectResult
from cvdesk.trends.store_notes import KeptNote

USUAL = 0.7
NEED = 5
LEAST, MOST = 0.25, 1.5
_AFTER_DAYS = 120  # four periods after it, which METHOD 3.6 asks for, are never over before
_FACTOR = "factor:"
_KEPT = "strategy measured 1"
_PROMISES = """
SELECT strategy_actions.action_id, strategies.promise FROM strategy_actions
JOIN strategies ON strategies.id = strategy_actions.strategy_id
WHERE strategies.state <> 'draft' AND strategy_actions.chosen = 1 ORDER BY strategies.started, strategies.id
"""
_ASKED_ABOUT = """
SELECT 1 FROM effects WHERE note_id IS NOT NULL AND note_id = ?1 OR action_id IS NOT NULL AND action_id = ?2 LIMIT 1
"""
_ASKED = "SELECT count(*) AS asked, COALESCE(max(id), 0) AS newest FROM effects"


@dataclass(frozen=True, slots=True)
class Measured:
    """Outcomes of the actions that were begun, as worked out on a day; `about`: what they were worked out from."""

    on: date
    about: str
    outcomes: tuple[Outcome, ...]


def optimism(db: Queries, today: date) -> tuple[float, int]:
    """What lifts are multiplied by, and how many measured actions it rests on; 0.7 until there are five.

    Sum of measured over sum of expected, within 0.25-1.5. Measured: the change of what customers value that was asked
    about in "Did it work?" (else proposed), clear or not: only the clear ones would flatter. Actions that were to make
    something worse do not count; optimism does not touch them.
    """
    begun = [one for one in actions(db) if one.started is not None and one.status in ("started", "done")]
    if sum((today - one.started).days >= _AFTER_DAYS for one in begun if one.started is not None) < NEED:
        return USUAL, 0
    found = [
        (one.change, one.raw)
        for one in measured(db, begun, today)
        if one.change is not None and one.raw is not None and one.raw > 0
    ]
    if len(found) < NEED:
        return USUAL, 0
    share = sum(change for change, _raw in found) / sum(raw for _change, raw in found)
    return min(MOST, max(LEAST, share)), len(found)


def measured(db: Queries, begun: list[Action], today: date) -> tuple[Outcome, ...]:
    """What came of actions that were begun. Worked out once a day and whenever one is begun, done or asked about anew.

    What comes in meanwhile counts from tomorrow: a series is read for each of them, which a slider must not wait for.
    """
    row = db.row(_ASKED)
    asked = (row["asked"], row["newest"]) if row is not None else (0, 0)
    about = repr(([(one.id, one.status, one.started, dict(one.lifts or {})) for one in begun], asked))
    if isinstance(db, BusinessFile) and (text := db.kept_last(_KEPT)) is not None:
        kept = from_text(Measured, text)
        if kept.on == today and kept.about == about:
            return kept.outcomes
    known, told = promises(db), notes(db)
    outcomes = tuple(outcome_of(db, one, known.get(one.id or 0), told, today)[0] for one in begun)
    if isinstance(db, BusinessFile):
        db.keep_last(_KEPT, today.isoformat(), to_text(Measured(today, about, outcomes)))
    return outcomes


def notes(db: Queries) -> dict[int, KeptNote]:
    """The note each action that was begun has on the charts, by the action's id."""
    return {note.action_id: note for note in store_notes.notes(db) if note.action_id is not None}


def promises(db: Queries) -> dict[int, Promise]:
    """The newest promise each chosen action is part of, by the action's id."""
    read: dict[str, Promise | None] = {}
    found = {}
    for row in db.rows(_PROMISES):
        text = row["promise"]
        if text not in read:
            read[text] = promise_of(text)
        if (promise := read[text]) is not None:
            found[int(row["action_id"])] = promise
    return found


def promise_of(text: str) -> Promise | None:
    """A promise as it was written down; None for a strategy without one."""
    return None if text in ("", "{}") else from_text(Promise, text)


def outcome_of(
    db: Queries, action: Action, promise: Promise | None, told: dict[int, KeptNote], today: date
) -> tuple[Outcome, EffectResult | None]:
    """What came of an action, asked as the owner asked last, else as proposed; not begun, there is nothing to ask."""
    assert action.id is not None
    plain = Outcome(action.id, action.name, action.status, "not_started", "")
    if action.started is None or action.status not in ("started", "done"):
        return plain, None
    note = told.get(action.id) or KeptNote(None, action.started, action.name, action.id)
    result = _asked(db, note, action, today)
    if result is None:
        return replace(plain, said="empty"), None
    factor = result.ask.series.removeprefix(_FACTOR) if result.ask.series.startswith(_FACTOR) else ""
    found = replace(plain, said=result.said, sentence=result.sentence, factor=factor)
    change = result.measured
    if change is not None and not change.rate:
        ends = sorted((-change.low, -change.high)) if result.less_is_better else [change.low, change.high]
        way = -change.change if result.less_is_better else change.change
        found = replace(found, change=way, low=ends[0], high=ends[1])
    promised = promise.of(action.id) if promise is not None else None
    raw = (promised.expected if promised is not None else expected(action, None)).get(factor)
    if raw is None:
        return (found if factor else replace(found, change=None, low=None, high=None)), result
    headroom = promised.headroom.get(factor) if promised is not None else None
    hope = promise.optimism if promise is not None and promised is not None else USUAL
    return replace(found, raw=raw, expected=trusted(raw, hope, headroom)), result


def _asked(db: Queries, note: KeptNote, action: Action, today: date) -> EffectResult | None:
    """What "Did it work?" says, as the owner asked last; else by what the action is to lift most, as it proposes.

    Asking it for a proposal counts every figure of the business, which takes as long as the answer in a large file.
    """
    tried = [""]
    if action.lifts and db.value(_ASKED_ABOUT, (note.id, action.id)) is None:
        tried.insert(0, _FACTOR + max(action.lifts.items(), key=lambda lift: lift[1].likely)[0])
    found = None
    for series in tried:
        try:
            found = store_effect.effect(db, store_effect.usual(db, note, series), today)
        except UserError:  # the figure is gone: its theme or factor went out of use
            continue
        if found.said != "empty":
            break
    return found
