"""SQL of monthly looks: reading them, and keeping what the owner decides in each step."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date

from cvdesk.catalogue.records import Letterhead, as_said
from cvdesk.catalogue.store_letterhead import letterhead
from cvdesk.db import Operation, Queries
from cvdesk.db.queries import Row
from cvdesk.errors import UserError
from cvdesk.figures.kept import from_text, to_text
from cvdesk.reports import store_printed
from cvdesk.reports.records_look import (
    LONGEST_OWN,
    OWN,
    STOP,
    Candidate,
    Finding,
    Judged,
    Look,
    One,
    State,
    month_of,
    next_look,
)
from cvdesk.reports.records_printed import Document
from cvdesk.strategy import store_actions
from cvdesk.strategy.records import Action
from cvdesk.wording import _

_LOOKS = "SELECT id, month, begun, finished, state, action_id FROM looks {which} ORDER BY month DESC"
_STAFF = "SELECT name FROM staff WHERE id = ?"
_STOPPED = "SELECT started FROM actions WHERE id = ? AND status = 'dropped'"


@dataclass(frozen=True, slots=True)
class Sheet:
    """What the page of a look says. look: None where no month was looked at yet."""

    letterhead: Letterhead
    today: date
    month: date
    next: date
    look: Look | None


def looks(db: Queries) -> tuple[Look, ...]:
    """All looks, the latest month first."""
    return tuple(_look(row) for row in db.rows(_LOOKS.format(which="")))


def look(db: Queries, month: date) -> Look:
    """The look at a month (its first day); an empty one where nothing was decided yet."""
    row = db.row(_LOOKS.format(which="WHERE month = ?"), (_key(month),))
    return Look(month) if row is None else _look(row)


def sheet(db: Queries, today: date, month: date | None = None) -> Sheet:
    """The page of a month; of the latest look there is where none is named."""
    with db.snapshot():
        if month is None:
            latest = next((one for one in looks(db) if one.month <= today), None)
            month = latest.month if latest is not None else month_of(today)
        found = look(db, month)
        return Sheet(letterhead(db), today, month, next_look(month), found if found.id is not None else None)


def _look(row: Row) -> Look:
    return Look(
        date.fromisoformat(row["month"] + "-01"), _state(row["state"]), date.fromisoformat(row["begun"]),
        None if row["finished"] is None else date.fromisoformat(row["finished"]), row["action_id"], row["id"],
    )  # fmt: skip


def _state(text: str) -> State:
    """What was written, over an empty state: an older program knew fewer things to decide."""
    return from_text(State, json.dumps({**json.loads(to_text(State())), **json.loads(text)}))


def _key(month: date) -> str:
    return month.strftime("%Y-%m")


def _change(
    op: Operation, month: date, today: date, change: Callable[[State], State], action: int | None = None
) -> int:
    """Keeps what a step decided, beginning the look where nobody has; gives its id. action: 0 takes it away."""
    now = look(op, month)
    values: dict[str, object] = {"state": to_text(change(now.state))}
    if action is not None:
        values["action_id"] = action or None
    if now.id is None:
        return op.insert("looks", {"month": _key(month), "begun": today.isoformat(), **values})
    op.update("looks", now.id, values)
    return now.id


def tick(op: Operation, month: date, today: date, finding: Finding, on: bool) -> int:
    """Takes a finding, or leaves it. UserError where three are chosen already."""
    if on and look(op, month).state.ticked(finding, False).room <= 0:
        raise UserError(_("Three findings are chosen already."), _("Take one out first: three can be kept in mind."))
    return _change(op, month, today, lambda state: state.ticked(finding, on))


def write_own(op: Operation, month: date, today: date, words: str) -> int:
    """Keeps a finding in the owner's own words; empty takes it away. UserError where there is no room or it is long."""
    said = " ".join(as_said(words).split())
    if len(said) > LONGEST_OWN:
        raise UserError(_("This is too long for one finding."), _("Say it in a sentence or two."))
    if said and replace(look(op, month).state, own="").room <= 0:
        raise UserError(_("Three findings are chosen already."), _("Take one out first: three can be kept in mind."))
    op.forget_draft(own_draft(month))
    return _change(op, month, today, lambda state: replace(state, own=said))


def own_draft(month: date) -> str:
    """Under which name half-typed words are kept."""
    return f"look-own:{_key(month)}"


def one_draft(month: date) -> str:
    """Under which name the half-typed one thing in the owner's words is kept."""
    return f"look-one:{_key(month)}"


def at_draft(month: date) -> str:
    """Under which name the step is kept at which the look was left."""
    return f"look-at:{_key(month)}"


def decide(op: Operation, month: date, today: date, judged: Judged) -> int:
    """Keeps what is done about an action or goal. Stopping an action under way drops it; said otherwise, it goes on."""
    kind, _colon, number = judged.key.partition(":")
    before = look(op, month).state.decision(judged.key)
    if kind == "action" and judged.status == "started" and (judged.decision == STOP) != (before == STOP):
        if judged.decision == STOP:
            store_actions.set_status(op, int(number), "dropped", today, judged.sentence)
        elif (started := op.value(_STOPPED, (int(number),))) is not None:
            store_actions.set_status(op, int(number), "started", date.fromisoformat(started))
    return _change(op, month, today, lambda state: state.decided(judged))


def choose(op: Operation, month: date, today: date, chosen: Candidate, start: date, staff: int | None) -> int:
    """Makes something the one thing of the month, and gives the id of its action, which is made where there is none.

    From today or before it has begun; with a later day it is planned. UserError where it was deleted meanwhile.
    """
    if chosen.action is None:
        made = Action(
            chosen.name, chosen.why, theme_id=chosen.theme, entry_id=chosen.entry, must_fix=bool(chosen.must),
            must_fix_why=chosen.must, staff_id=staff, status="idea",
        )  # fmt: skip
        action_id = store_actions.save(op, made, today)
    else:
        action_id = chosen.action
    if chosen.key == OWN:
        op.forget_draft(one_draft(month))
    now = start <= today
    store_actions.set_status(op, action_id, "started" if now else "planned", start if now else today)
    op.update("actions", action_id, {"staff_id": staff})
    who = "" if staff is None else str(op.value(_STAFF, (staff,)) or "")
    one = One(chosen.name, chosen.why, start, who, f"action:{action_id}")
    _change(op, month, today, lambda state: replace(state, one=one), action_id)
    return action_id


def choose_none(op: Operation, month: date, today: date) -> None:
    """No one thing any more; its action stays as it is."""
    _change(op, month, today, lambda state: replace(state, one=None), 0)


def keep_page(op: Operation, month: date, document: Document) -> None:
    """Keeps the look's page as it was printed."""
    printed = store_printed.keep(op, document)
    row = op.row(_LOOKS.format(which="WHERE month = ?"), (_key(month),))
    if row is not None:
        op.update("looks", row["id"], {"printed_id": printed})


def finish(op: Operation, month: date, today: date) -> None:
    """Says that the look is done. One in which nothing was decided is a look, too."""
    found = _change(op, month, today, lambda state: state)
    op.update("looks", found, {"finished": today.isoformat()})
