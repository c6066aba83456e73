"""Amounts of money as lists write them, in minor units (pence): £1,234.50, 1.234,50 €, (12.50) for money given back."""

from __future__ import annotations

import re
from decimal import ROUND_HALF_UP, Decimal

from cvdesk.catalogue.records import Business

_BLANKS = re.compile(r"[\s\u00a0\u202f'’_]")
_MINUS = re.compile("[−–‐‑﹣－]")
# A currency's sign, code or short name before or after the number: £, EUR, kr., zł.
_CURRENCY = re.compile(r"(?:[^\W\d_]{1,4}\.?|[\u20a0-\u20bf$£¥¤¢฿])")
_SIGNED = re.compile(r"(?P<sign>[+-]?)(?P<digits>[\d.,]*\d[.,]?)(?P<after>-?)")
_NO_PENCE = re.compile(r"(?<=\d)[.,][-–]{1,2}$")  # 5,- is five and nothing
_EXPONENT = re.compile(r"[+-]?\d+(?:\.\d+)?[eE][+-]?\d{1,2}")
_LARGEST = 10**15
_MARKS = {"point": ".", "comma": ","}


def usual_decimal(business: Business) -> str:
    """point or comma, as is usual in the language of the business."""
    from babel.core import Locale, UnknownLocaleError
    from babel.numbers import get_decimal_symbol

    try:
        mark = get_decimal_symbol(Locale.parse(business.language.replace("-", "_")))
    except (UnknownLocaleError, ValueError):
        return "point"
    return "comma" if mark == "," else "point"


class AmountReader:
    """Turns cells of one column into minor units. `decimal`: point or comma; `digits`: decimals of the currency."""

    def __init__(self, decimal: str, digits: int) -> None:
        self._mark = _MARKS[decimal]
        self._group = "." if self._mark == "," else ","
        self._digits = digits
        group, mark = re.escape(self._group), re.escape(self._mark)
        self._shape = re.compile(rf"(?:\d+|\d{{1,3}}(?:{group}\d{{2,3}})*{group}\d{{3}})?(?:{mark}\d*)?")

    def read(self, text: str) -> int:
        """Minor units, halves away from zero. ValueError for what is no amount, or none that can be."""
        plain = _MINUS.sub("-", _BLANKS.sub("", text))
        if _EXPONENT.fullmatch(plain):
            return self._minor(Decimal(plain))
        back = plain.startswith("(") and plain.endswith(")")
        plain = _NO_PENCE.sub("", _without_currency(plain[1:-1] if back else plain))
        found = _SIGNED.fullmatch(plain)
        if found is None or (found["sign"] and found["after"]):
            raise ValueError(f"{text!r} is no amount")
        digits = found["digits"]
        if self._shape.fullmatch(digits) is None:
            raise ValueError(f"{text!r} can be read in more than one way")
        value = Decimal(digits.replace(self._group, "").replace(self._mark, ".").rstrip(".") or "0")
        return self._minor(-value if back or "-" in (found["sign"], found["after"]) else value)

    def _minor(self, value: Decimal) -> int:
        if abs(value) > _LARGEST:  # first: what is longer than all digits a decimal has cannot be rounded
            raise ValueError("no till holds as much")
        minor = int(value.scaleb(self._digits).quantize(Decimal(1), ROUND_HALF_UP))
        if abs(minor) > _LARGEST:
            raise ValueError("no till holds as much")
        return minor


def _without_currency(plain: str) -> str:
    """The number alone; the currency may stand before it, behind its sign, or after it."""
    sign = plain[:1] if plain[:1] in "+-" else ""
    rest = plain[len(sign) :]
    if found := _CURRENCY.match(rest):
        rest = rest[found.end() :]
        if not sign and rest[:1] in ("+", "-"):
            sign, rest = rest[:1], rest[1:]
    elif found := re.search(_CURRENCY.pattern + "$", rest):
        rest = rest[: found.start()]
    return sign + rest
