"""Amounts of money as people type them into a field."""

from __future__ import annotations

import re
from decimal import Decimal

from cvdesk.wording.numbers import current_locale

# A currency's sign, code or short name before or after the number: £, EUR, kr., zł.
_CURRENCY = r"(?:[^\W\d_]{1,4}\.?|[$£¥¤¢฿\u20a0-\u20bf])"
_AROUND = re.compile(rf"(?:{_CURRENCY}\s*)?(?P<number>[\d.,].*?)(?:\s*{_CURRENCY})?", re.DOTALL)
_NO_PENCE = re.compile(r"(?<=\d)[.,][-–]{0,2}$")  # 5,- is five and nothing
_LARGEST = 10**15  # no till holds as much
_NUMBER = re.compile(
    r"(?P<whole>\d{1,3}(?P<group>[ ,.'’\u00a0\u202f])\d{3}(?:(?P=group)\d{3})*|\d*)(?:(?P<mark>[.,])(?P<part>\d+))?",
    re.ASCII,
)


def read_amount(text: str, digits: int = 2) -> int | None:
    """An amount in minor units: 4.50, 4,50, .5, £1,200, 12 EUR. None for no text; ValueError for what is no amount.

    `digits`: decimals of the currency. One mark before three digits parts thousands; in a currency of three decimals
    it does unless it is the decimal mark of the language.
    """
    if not text.strip():
        return None
    around = _AROUND.fullmatch(text.strip())
    found = _NUMBER.fullmatch(_NO_PENCE.sub("", around["number"])) if around is not None else None
    if found is None or (found["mark"] and found["mark"] == found["group"]):
        raise ValueError(text)
    whole, part = found["whole"], found["part"] or ""
    if digits == 3 and found["group"] == _decimal_mark() and not part and whole.count(found["group"]) == 1:
        whole, part = whole.split(found["group"])
    if not (whole or part) or len(part) > digits:
        raise ValueError(text)
    minor = int(Decimal(f"{re.sub(r'[^0-9]', '', whole) or 0}.{part or 0}").scaleb(digits))
    if minor > _LARGEST:
        raise ValueError(text)
    return minor


def _decimal_mark() -> str:
    from babel.numbers import get_decimal_symbol

    return str(get_decimal_symbol(current_locale()))


__all__ = ["read_amount"]
