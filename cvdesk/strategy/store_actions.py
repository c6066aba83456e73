"""SQL of actions: reading them whole, saving them with what they move and what they need, taking their steps."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from cvdesk.db import Operation, Queries
from cvdesk.db.queries import Row
from cvdesk.errors import UserError
from cvdesk.strategy.records import STATUSES, Action, Lift
from cvdesk.strategy.records_actions import contradiction, problems
from cvdesk.wording import _

_PLAIN = (
    "name", "note", "kind", "theme_id", "entry_id", "offering_id", "cost_once_minor", "cost_month_minor", "hours",
    "removes", "reach", "chance", "price_change", "must_fix_why", "status", "staff_id", "result", "idea",
)  # fmt: skip
_DAYS = ("planned", "started", "done", "due")
_ACTIONS = f"SELECT id, must_fix, {', '.join(_PLAIN + _DAYS)} FROM actions {{which}} ORDER BY id"
_LIFTS = """
SELECT action_id, factors.key, low, likely, high FROM action_lifts JOIN factors ON factors.id = factor_id
{which} ORDER BY factors.place, factors.id
"""
_RULES = "SELECT action_id, other_id, kind FROM action_rules ORDER BY id"
_RULES_OF = "SELECT action_id, other_id, kind FROM action_rules WHERE action_id = ?1 OR other_id = ?1 ORDER BY id"
_LIFTS_OF = """
SELECT action_lifts.id, factors.key, low, likely, high FROM action_lifts JOIN factors ON factors.id = factor_id
WHERE action_id = ?
"""
_RULE_ROWS = "SELECT id, action_id, other_id, kind FROM action_rules WHERE action_id = ?1 OR other_id = ?1"
_NAMES = "SELECT id, name FROM actions"
_KEPT = """
SELECT strategies.name FROM strategy_actions JOIN strategies ON strategies.id = strategy_id
WHERE action_id = ? AND state <> 'draft' ORDER BY strategies.id DESC LIMIT 1
"""


def actions(db: Queries) -> tuple[Action, ...]:
    """All actions with their lifts and rules, the oldest first. Two that rule each other out both say so."""
    lifts = _by_action(db.rows(_LIFTS.format(which="")))
    rules = db.rows(_RULES)
    return tuple(_action(row, lifts, rules) for row in db.rows(_ACTIONS.format(which="")))


def action(db: Queries, action_id: int) -> Action:
    """One action. LookupError for an unknown id."""
    row = db.row(_ACTIONS.format(which="WHERE id = ?"), (action_id,))
    if row is None:
        raise LookupError(f"there is no action {action_id}")
    lifts = _by_action(db.rows(_LIFTS.format(which="WHERE action_id = ?"), (action_id,)))
    return _action(row, lifts, db.rows(_RULES_OF, (action_id,)))


def _action(row: Row, lifts: Mapping[int, dict[str, Lift]], rules: list[Row]) -> Action:
    own = int(row["id"])
    plain: dict[str, Any] = {name: row[name] for name in _PLAIN}
    plain |= {name: None if row[name] is None else date.fromisoformat(row[name]) for name in _DAYS}
    needs = [rule["other_id"] for rule in rules if rule["kind"] == "needs" and rule["action_id"] == own]
    apart = [
        rule["other_id"] if rule["action_id"] == own else rule["action_id"]
        for rule in rules
        if rule["kind"] == "excludes" and own in (rule["action_id"], rule["other_id"])
    ]
    return Action(
        **plain, must_fix=bool(row["must_fix"]), lifts=lifts.get(own, {}),
        needs=tuple(dict.fromkeys(needs)), excludes=tuple(dict.fromkeys(apart)), id=own,
    )  # fmt: skip


def _by_action(rows: list[Row]) -> dict[int, dict[str, Lift]]:
    found: dict[int, dict[str, Lift]] = defaultdict(dict)
    for row in rows:
        found[row["action_id"]][row["key"]] = Lift(row["low"], row["likely"], row["high"])
    return found


def save(op: Operation, action: Action, today: date) -> int:
    """Adds an action, or changes what one says; gives the id. A step taken with it gets `today` where it has no day.

    UserError in words where something is wrong, or where needs run in a circle or need what rules each other out.
    """
    wrong = problems(action)
    if wrong:
        raise UserError(next(iter(wrong.values())), _("Put this right and save again."))
    _check_there(op, action)
    _check_rules(op, action)
    values = _values(_dated(action, today))
    if action.id is None:
        action_id = op.insert("actions", values)
    else:
        action_id = action.id
        op.update("actions", action_id, values)
    _save_lifts(op, action_id, action.lifts or {})
    _save_rules(op, action_id, action)
    return action_id


def _values(action: Action) -> dict[str, Any]:
    values: dict[str, Any] = {name: getattr(action, name) for name in _PLAIN}
    for name in _DAYS:
        day = getattr(action, name)
        values[name] = None if day is None else day.isoformat()
    if not action.must_fix:
        values["must_fix_why"] = ""
    return values | {"name": " ".join(action.name.split()), "must_fix": int(action.must_fix)}


def _dated(action: Action, today: date) -> Action:
    """The day of the step it is at is never unknown: trend charts and "did it work?" ask for it."""
    if action.status == "planned":
        return replace(action, planned=action.planned or today)
    if action.status == "started":
        return replace(action, started=action.started or today)
    if action.status == "done":
        done = action.done or today
        return replace(action, started=min(action.started or done, done), done=done)
    return action


def _check_there(op: Operation, action: Action) -> None:
    """What was deleted while the form was open is said, not stumbled over."""
    if action.id is not None and op.value("SELECT id FROM actions WHERE id = ?", (action.id,)) is None:
        raise UserError(_("This action was deleted meanwhile."), _("Undo brings it back; then save again."))
    known = {row["id"] for row in op.rows(_NAMES)}
    if not known.issuperset((*action.needs, *action.excludes)):
        raise UserError(
            _("An action it needs or rules out was deleted meanwhile."), _("Choose the actions again and save.")
        )


def _check_rules(op: Operation, action: Action) -> None:
    own = action.id or 0
    needs: dict[int, list[int]] = defaultdict(list)
    apart: list[tuple[int, int]] = [(own, other) for other in action.excludes]
    for rule in op.rows(_RULES):
        if rule["kind"] == "needs" and rule["action_id"] != own:
            needs[rule["action_id"]].append(rule["other_id"])
        elif rule["kind"] == "excludes" and own not in (rule["action_id"], rule["other_id"]):
            apart.append((rule["action_id"], rule["other_id"]))
    needs[own] = list(action.needs)
    found = contradiction(needs, apart)
    if not found:
        return
    names = {row["id"]: row["name"] for row in op.rows(_NAMES)} | {own: action.name}
    if found[0] == found[-1]:
        way = " → ".join(f"“{names[one]}”" for one in found)
        raise UserError(
            _("These actions wait for each other in a circle: {way}.").format(way=way),
            _("Take one of the needs out and save again."),
        )
    first, one, other = (names[one] for one in found)
    raise UserError(
        _("“{one}” and “{other}” rule each other out, yet “{first}” takes both.").format(
            one=one, other=other, first=first
        ),
        _("Take one of the two out and save again."),
    )


def _save_lifts(op: Operation, action_id: int, lifts: Mapping[str, Lift]) -> None:
    kept = {row["key"]: row for row in op.rows(_LIFTS_OF, (action_id,))}
    factors = {row["key"]: row["id"] for row in op.rows("SELECT id, key FROM factors")}
    for key in kept.keys() - lifts.keys():
        op.delete("action_lifts", kept[key]["id"])
    for key, lift in lifts.items():
        if key not in factors:
            raise UserError(
                _("“{key}” is nothing customers are asked about here.").format(key=key),
                _("Choose from the list and save again."),
            )
        values = {"low": lift.low, "likely": lift.likely, "high": lift.high}
        if key in kept:
            op.update("action_lifts", kept[key]["id"], values)
        else:
            op.insert("action_lifts", {"action_id": action_id, "factor_id": factors[key], **values})


def _save_rules(op: Operation, action_id: int, action: Action) -> None:
    """Needs go one way; what rules each other out stands once, whichever of the two says it."""
    wanted = {("needs", other) for other in action.needs} | {("excludes", other) for other in action.excludes}
    for row in op.rows(_RULE_ROWS, (action_id,)):
        mine = row["action_id"] == action_id
        rule = (row["kind"], row["other_id"] if mine else row["action_id"])
        if row["kind"] == "needs" and not mine:
            continue
        if rule in wanted:
            wanted.discard(rule)
        else:
            op.delete("action_rules", row["id"])
    for kind, other in sorted(wanted):
        op.insert("action_rules", {"action_id": action_id, "other_id": other, "kind": kind})


def delete(op: Operation, action_id: int) -> None:
    """Deletes an action with its lifts and rules. UserError where a strategy that was decided on has it."""
    kept = op.value(_KEPT, (action_id,))
    if kept is not None:
        raise UserError(
            _("This action is part of the strategy “{name}”, which keeps what was promised.").format(name=kept),
            _("Drop it instead: it then counts for nothing any more."),
        )
    op.delete("actions", action_id)


def set_status(op: Operation, action_id: int, status: str, day: date, words: str = "") -> None:
    """Takes an action to a step on a day: idea, planned, started, done, dropped. Days of later steps go.

    words: what came of it (done) or why not (dropped); kept as it was where nothing is said. UserError where the step
    would lie before the one it follows, or the action is gone.
    """
    if status not in STATUSES:
        raise ValueError(f"{status} is no status of an action")
    row = op.row("SELECT planned, started, done, result FROM actions WHERE id = ?", (action_id,))
    if row is None:
        raise UserError(_("This action was deleted meanwhile."), _("Undo brings it back."))
    values: dict[str, Any] = {"status": status}
    if status == "done" and row["started"] is not None and day.isoformat() < row["started"]:
        raise UserError(_("It cannot be done before it was started."), _("Choose a later day."))
    if status in ("idea", "planned"):
        values |= {"planned": day.isoformat() if status == "planned" else None, "started": None, "done": None}
    elif status == "started":
        values |= {"started": day.isoformat(), "done": None}
    elif status == "done":
        values |= {"done": day.isoformat(), "started": row["started"] or day.isoformat()}
    else:
        values["done"] = None
    if status in ("done", "dropped"):
        values["result"] = words.strip() or row["result"]
    op.update("actions", action_id, values)
