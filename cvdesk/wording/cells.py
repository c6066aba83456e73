"""Cells that a spreadsheet would run as a formula, made harmless on the way out and put right on the way in."""

from __future__ import annotations

import re

_RUNS = re.compile("'*[\\s\u200b\ufeff]*[=+\\-@\uff1d\uff0b\uff0d\uff20\t\r\n]")
_NUMBER = re.compile(r"[+-]?\d+(?:[.,]\d+)*(?:[eE][+-]?\d+)?%?")


def harmless(cell: str) -> str:
    """The cell with an apostrophe before what a spreadsheet would run; numbers stay as they are."""
    if _RUNS.match(cell) and not _NUMBER.fullmatch(cell):
        return "'" + cell
    return cell


def as_meant(cell: str) -> str:
    """The cell without the apostrophe that `harmless` put there."""
    if cell.startswith("'") and _RUNS.match(cell, 1) and not _NUMBER.fullmatch(cell[1:]):
        return cell[1:]
    return cell
