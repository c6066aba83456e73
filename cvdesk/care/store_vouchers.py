"""SQL of vouchers: issuing, checking a code, redeeming it once and only once, cancelling, listing."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from cvdesk.care import journal
from cvdesk.care.records_vouchers import (
    CANCELLED,
    CORE,
    EXPIRED,
    GOOD,
    MISTYPED,
    OPEN,
    UNKNOWN,
    USED,
    NewVoucher,
    Standing,
    Voucher,
    as_voucher,
    core_of,
    new_voucher_code,
)
from cvdesk.catalogue import store as catalogue
from cvdesk.db import BusinessFile, Operation, Queries
from cvdesk.errors import UserError
from cvdesk.wording import _

Draw = Callable[[int], int]
_FIELDS = """
SELECT vouchers.*, customers.name AS customer, staff.name AS staff FROM vouchers
LEFT JOIN customers ON customers.id = vouchers.customer_id LEFT JOIN staff ON staff.id = vouchers.staff_id
"""
_BY_CORE = f"{_FIELDS} WHERE substr(vouchers.code, -{CORE}) = ?"
_BY_ID = f"{_FIELDS} WHERE vouchers.id = ?"
_TAKEN = f"SELECT 1 FROM vouchers WHERE substr(code, -{CORE}) = ?"
_STATES = {
    "": "1",
    USED: "vouchers.redeemed IS NOT NULL",
    CANCELLED: "vouchers.redeemed IS NULL AND vouchers.cancelled IS NOT NULL",
    EXPIRED: "vouchers.redeemed IS NULL AND vouchers.cancelled IS NULL AND vouchers.valid_until < ?",
    OPEN: """
vouchers.redeemed IS NULL AND vouchers.cancelled IS NULL AND (vouchers.valid_until IS NULL OR vouchers.valid_until >= ?)
""",
}
_TOTALS = """
SELECT count(*) FILTER (WHERE open), COALESCE(sum(worth_minor) FILTER (WHERE open), 0),
       count(*) FILTER (WHERE open AND worth_minor IS NULL), count(*) FILTER (WHERE redeemed IS NOT NULL),
       count(*) FILTER (WHERE redeemed IS NULL AND cancelled IS NULL AND NOT open)
FROM (
    SELECT *, redeemed IS NULL AND cancelled IS NULL AND (valid_until IS NULL OR valid_until >= ?) AS open FROM vouchers
)
"""
_TRIES = 100


@dataclass(frozen=True, slots=True)
class Totals:
    """How many vouchers are open, used, expired; what the open ones are worth, in minor units; open without a worth."""

    open: int
    open_minor: int
    open_unpriced: int
    used: int
    expired: int


@dataclass(frozen=True, slots=True)
class Redeemed:
    """A voucher just used. journalled: whether it was also noted outside the file; where not, a backup forgets it."""

    voucher: Voucher
    journalled: bool


def issue(op: Operation, new: NewVoucher, draw: Draw = secrets.randbelow) -> Voucher:
    """Makes a voucher with a code of its own. UserError where something is wrong with it."""
    wrong = next(iter(new.problems().values()), None)
    if wrong is not None:
        raise UserError(_("This voucher cannot be made."), wrong)
    name = catalogue.business(op).name
    made = op.insert("vouchers", {
        "code": _free_code(op, name, draw), "gives": new.gives.strip(), "worth_minor": new.worth_minor,
        "issued": new.issued.isoformat(), "valid_until": new.valid_until and new.valid_until.isoformat(),
        "customer_id": new.customer_id, "plan_id": new.plan_id, "step": new.step, "complaint_id": new.complaint_id,
        "reason": new.reason.strip(),
    })  # fmt: skip
    return get(op, made)


def _free_code(op: Operation, business: str, draw: Draw) -> str:
    for _attempt in range(_TRIES):
        code = new_voucher_code(business, draw)
        if op.value(_TAKEN, (code[-CORE:],)) is None:
            return code
    raise RuntimeError("no free code found")  # of 13,000,000,000: the source of numbers is broken


def get(db: Queries, voucher_id: int) -> Voucher:
    """A voucher. LookupError where there is none."""
    row = db.row(_BY_ID, (voucher_id,))
    if row is None:
        raise LookupError(f"no voucher {voucher_id}")
    return as_voucher(dict(row))


def check(db: Queries, text: str, today: date) -> Standing:
    """How a code stands, as it was typed or scanned; also where only the journal knows that it was used."""
    typed = " ".join(text.upper().split())
    try:
        core = core_of(text)
    except ValueError:
        return Standing(MISTYPED, typed)
    row = db.row(_BY_CORE, (core,))
    if row is None:
        return Standing(UNKNOWN, typed)
    voucher = as_voucher(dict(row))
    kind = voucher.state(today)
    if kind == USED:
        return Standing(USED, voucher.code, voucher, voucher.redeemed, voucher.redeemed_note)
    elsewhere = journal.used_elsewhere(db, voucher.code)
    if elsewhere is not None:
        return Standing(USED, voucher.code, voucher, date.fromisoformat(elsewhere.day), elsewhere=True)
    ended = {CANCELLED: voucher.cancelled, EXPIRED: voucher.valid_until}.get(kind)
    return Standing(GOOD if kind == OPEN else kind, voucher.code, voucher, ended)


def redeem(
    op: Operation, code: str, today: date, note: str = "", staff_id: int | None = None, late: bool = False
) -> Redeemed:
    """Uses a voucher. UserError, with the reason, where it was used before or cannot be; `late`: take an expired one.

    The journal is written before the file: `journal.keep_up` confirms it afterwards (`redeem_now` does both).
    """
    standing = check(op, code, today)
    voucher = standing.voucher
    if voucher is None or not (standing.kind == GOOD or (late and standing.kind == EXPIRED)):
        raise UserError(standing.words(), _what_to_do(standing.kind))
    noted = journal.note_try(op, voucher.code, today, voucher.gives, voucher.worth_minor, voucher.issued.isoformat())
    changed = {"redeemed": today.isoformat(), "redeemed_note": note.strip(), "staff_id": staff_id}
    op.update("vouchers", voucher.id, changed)
    return Redeemed(get(op, voucher.id), noted)


def redeem_now(
    file: BusinessFile, code: str, today: date, note: str = "", staff_id: int | None = None, late: bool = False
) -> Redeemed:
    """Uses a voucher in a step of its own and confirms it in the journal. Errors as `redeem`."""
    done = file.run(_("Use a voucher"), lambda op: redeem(op, code, today, note, staff_id, late))
    journal.keep_up(file)
    return done.result


def cancel(op: Operation, voucher_id: int, today: date) -> None:
    """Takes a voucher out of use. UserError where it was used already."""
    voucher = get(op, voucher_id)
    if voucher.redeemed is not None or journal.used_elsewhere(op, voucher.code) is not None:
        raise UserError(
            _("{code} was used already.").format(code=voucher.code), _("A used voucher cannot be cancelled.")
        )
    op.update("vouchers", voucher_id, {"cancelled": today.isoformat()})


def vouchers(db: Queries, today: date, state: str = "", customer_id: int | None = None) -> Sequence[Voucher]:
    """The vouchers in a state (OPEN, USED, EXPIRED, CANCELLED; "" for all), the newest first."""
    values: list[object] = [today.isoformat()] if state in (OPEN, EXPIRED) else []
    where = _STATES[state]
    if customer_id is not None:
        where += " AND vouchers.customer_id = ?"
        values.append(customer_id)
    sql = f"{_FIELDS} WHERE {where} ORDER BY vouchers.issued DESC, vouchers.id DESC"
    return tuple(as_voucher(dict(row)) for row in db.rows(sql, values))


def totals(db: Queries, today: date) -> Totals:
    """Counts of vouchers and what the open ones are worth."""
    return Totals(*db.rows(_TOTALS, (today.isoformat(),))[0])


def _what_to_do(kind: str) -> str:
    return {
        USED: _("Each voucher is good once. Undo takes a use back that was noted by mistake."),
        EXPIRED: _("You can take it all the same, or leave it."),
        CANCELLED: _("Make a new voucher if the customer is to have one."),
        UNKNOWN: _("Look whether it is from another shop, or from a newer copy of this file."),
        MISTYPED: _("Compare it with the paper, sign by sign."),
    }[kind]


__all__ = ["Redeemed", "Totals", "cancel", "check", "get", "issue", "redeem", "redeem_now", "totals", "vouchers"]
