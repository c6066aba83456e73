"""A voucher: what it gives, its code, and whether it can still be used."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from cvdesk.surveys.records_codes import as_code, new_code
from cvdesk.wording import _
from cvdesk.wording.numbers import day

GOOD, USED, EXPIRED, CANCELLED, UNKNOWN, MISTYPED = "good", "used", "expired", "cancelled", "unknown", "mistyped"
OPEN = "open"
CORE = 9  # letters of a code after the business's initials: K7M2-QXP4
_LONGEST = 200  # letters of what a voucher gives


@dataclass(frozen=True, slots=True)
class NewVoucher:
    """What is to be issued. step: of the plan, such as "10" purchases; reason: why, in the owner's words."""

    gives: str
    worth_minor: int | None
    issued: date
    valid_until: date | None = None
    customer_id: int | None = None
    plan_id: int | None = None
    step: str = ""
    complaint_id: int | None = None
    reason: str = ""

    def problems(self) -> Mapping[str, str]:
        """What is wrong, by field; empty when it can be issued."""
        found: dict[str, str] = {}
        if not self.gives.strip():
            found["gives"] = _("Say what the voucher gives, such as a loaf of bread.")
        elif len(self.gives) > _LONGEST:
            found["gives"] = _("Shorten this: it has to fit on paper.")
        if self.valid_until is not None and self.valid_until < self.issued:
            found["valid_until"] = _("A voucher cannot end before it is handed out.")
        return found


@dataclass(frozen=True, slots=True)
class Voucher:
    """A voucher as it stands in the file. customer: the name of whom it was made out to; empty for nobody."""

    id: int
    code: str
    gives: str
    worth_minor: int | None
    issued: date
    valid_until: date | None
    redeemed: date | None
    redeemed_note: str
    cancelled: date | None
    customer_id: int | None = None
    customer: str = ""
    reason: str = ""
    staff: str = ""

    def state(self, today: date) -> str:
        """OPEN, USED, EXPIRED or CANCELLED; the last day it is valid it is still open."""
        if self.redeemed is not None:
            return USED
        if self.cancelled is not None:
            return CANCELLED
        return EXPIRED if self.valid_until is not None and self.valid_until < today else OPEN


@dataclass(frozen=True, slots=True)
class Standing:
    """What the check of a code gave: one of GOOD, USED, EXPIRED, CANCELLED, UNKNOWN, MISTYPED.

    day: when it was used, ended or was cancelled. elsewhere: it was used in another copy of this file.
    """

    kind: str
    code: str
    voucher: Voucher | None = None
    day: date | None = None
    note: str = ""
    elsewhere: bool = False

    def words(self) -> str:
        """What is said of it, as a sentence."""
        when = "" if self.day is None else day(self.day)
        if self.kind == USED and self.elsewhere:
            return _("{code} was used on {day}, after this copy of the file was made.").format(code=self.code, day=when)
        if self.kind == USED and self.note:
            return _("{code} was used on {day}: {note}").format(code=self.code, day=when, note=self.note)
        return {
            GOOD: _("{code} is good."),
            USED: _("{code} was used on {day}."),
            EXPIRED: _("{code} was valid until {day}."),
            CANCELLED: _("{code} was cancelled on {day}."),
            UNKNOWN: _("{code} is none of your vouchers."),
            MISTYPED: _("“{code}” is no code: a letter or a number is wrong or missing."),
        }[self.kind].format(code=self.code, day=when)


def initials(business: str) -> str:
    """Up to two letters a code begins with, so that vouchers of other businesses are told apart: "HB"; "" for none."""
    words = ["".join(sign for sign in word if sign.isascii() and sign.isalpha()) for word in business.upper().split()]
    first = [word for word in words if word]
    return "".join(word[0] for word in first[:2]) if len(first) > 1 else "".join(first)[:2]


def new_voucher_code(business: str, draw: Callable[[int], int]) -> str:
    """A code such as "HB-K7M2-QXP4"; its last sign checks the others. `draw(n)` gives a number below n."""
    return "-".join(part for part in (initials(business), new_code(draw)) if part)


def core_of(text: str) -> str:
    """What tells a voucher from all others: the code as it was typed or scanned, without the initials.

    Blanks, dashes, small letters and signs that look alike are forgiven. ValueError where a sign is wrong or missing.
    """
    signs = "".join(sign for sign in text.upper() if sign.isalnum())
    return as_code(signs[-(CORE - 1) :])


def as_voucher(row: Mapping[str, Any]) -> Voucher:
    """A voucher from its row."""

    def on(name: str) -> date | None:
        return None if row[name] is None else date.fromisoformat(row[name])

    return Voucher(
        row["id"], row["code"], row["gives"], row["worth_minor"], date.fromisoformat(row["issued"]), on("valid_until"),
        on("redeemed"), row["redeemed_note"], on("cancelled"), row["customer_id"], row["customer"] or "",
        row["reason"], row["staff"] or "",
    )  # fmt: skip


__all__ = [
    "CANCELLED", "CORE", "EXPIRED", "GOOD", "MISTYPED", "OPEN", "UNKNOWN", "USED", "NewVoucher", "Standing", "Voucher",
    "as_voucher", "core_of", "initials", "new_voucher_code",
]  # fmt: skip
