"""Which mark parts the decimals of a column of numbers, told from the whole column."""

from __future__ import annotations

import re
from collections.abc import Iterable

# A mark before one, two or more than three digits at the end parts decimals; one that stands twice groups thousands.
_SHAPE = r"[^\d.,]*(?:\d+DECIMAL(?:\d{1,2}|\d{4,})|\d{1,3}(?:GROUP\d{3})+DECIMAL\d+|\d{1,3}(?:GROUP\d{3}){2,})[^\d.,]*"
_COMMA = re.compile(_SHAPE.replace("DECIMAL", ",").replace("GROUP", r"\."))
_POINT = re.compile(_SHAPE.replace("DECIMAL", r"\.").replace("GROUP", ","))


def find_decimal(cells: Iterable[str], typed: bool = False) -> str:
    """point or comma; empty where the column shows neither, or both.

    `typed`: numbers among the cells are no text, and stand there with a point whatever the texts have.
    """
    comma = point = False
    for cell in cells:
        plain = cell.strip()
        comma = comma or _COMMA.fullmatch(plain) is not None
        point = point or _POINT.fullmatch(plain) is not None
    if typed:
        return "comma" if comma else "point"
    if comma == point:
        return ""
    return "comma" if comma else "point"
