"""The rows above the data: which of them name the columns, and the names made of several rows."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Sequence
from itertools import pairwise

from cvdesk.wording import _

_SEARCHED_ROWS = 50
_LOOKS_LIKE_DATA = re.compile(
    r"\s*(?:[-+€$£]?\s*\d[\d.,:/\-\s]*[%€$£]?|\d{4}-\d\d-\d\d[T ].*|[^@\s]+@[^@\s]+\.[a-z]+|https?://.*)\s*", re.I
)
_REMARK = ("#", "//", "!", "%")
# Survey programs put this below the question of a column that has no parts.
_NO_NAME = frozenset({"response", "open ended response", "open-ended response", "antwort", "réponse", "respuesta"})
Known = Callable[[Sequence[str]], int]


def find_header(rows: Sequence[Sequence[str]], known: Known) -> int:
    """The place of the header among the first rows; -1 where there is none. `known` counts names it recognises.

    A row of the usual width below the first one must be recognised twice: data may well hold a word that is a name.
    """
    width = usual_width(rows)
    return _best([place for place, row in enumerate(rows) if _filled(row) and _fits(row, width)], rows, known)


def find_header_in_sheet(rows: Sequence[Sequence[str]], known: Known) -> int:
    """The same where every row is as long as the longest: rows above the header fill few of the columns."""
    counts = [sum(bool(cell.strip()) for cell in row) for row in rows[:200]]
    filled = sorted(count for count in counts if count)
    usual = filled[len(filled) // 2] if filled else 0
    return _best([place for place, count in enumerate(counts) if count and 2 * count > usual], rows, known)


def _best(fitting: list[int], rows: Sequence[Sequence[str]], known: Known) -> int:
    fitting = [place for place in fitting if place < _SEARCHED_ROWS]
    if not fitting:
        return -1
    first = fitting[0]
    counts = {place: known(rows[place]) for place in fitting if place == first or _may_be_names(rows[place])}
    best = max(counts, key=lambda place: (counts[place], -place))
    if best != first and counts[best] >= 2 and len(rows[best]) >= len(rows[first]):
        return best
    names_something = counts[first] > 0 or _may_be_names(rows[first]) or _words_above_data(rows, first)
    return first if names_something else -1


def _may_be_names(row: Sequence[str]) -> bool:
    names = [cell.strip() for cell in row if cell.strip()]
    return len(set(names)) == len(names) and not any(map(_is_data, names))


def _is_data(cell: str) -> bool:
    return _LOOKS_LIKE_DATA.fullmatch(cell) is not None


def _words_above_data(rows: Sequence[Sequence[str]], place: int) -> bool:
    """Whether a row without numbers, dates and the like stands above a column of them, though it may repeat a name."""
    head, data = rows[place], rows[place + 1 : place + 21]
    if any(_is_data(cell) for cell in head if cell.strip()):
        return False
    return any(
        _mostly_data([row[column] for row in data if column < len(row)])
        for column, cell in enumerate(head)
        if cell.strip()
    )


def usual_width(rows: Sequence[Sequence[str]]) -> int:
    """How many cells most rows have; of two equally common widths the larger."""
    widths = Counter(len(row) for row in rows if _filled(row) and not row[0].startswith(_REMARK))
    return max(widths, key=lambda width: (widths[width], width), default=0)


def _fits(row: Sequence[str], width: int) -> bool:
    return len(row) == width or (width > 1 and len(row) > width // 2 and len(row) > 1)


def _filled(row: Sequence[str]) -> bool:
    return any(cell.strip() for cell in row)


def depth(rows: Sequence[Sequence[str]], place: int) -> int:
    """How many rows, from the header's place on, name the columns: questions above, their parts below."""
    for further in (1, 2):
        if place + further < len(rows) and any('{"ImportId"' in cell for cell in rows[place + further]):
            return further + 1
    below = rows[place + 1 : place + 2]
    return 2 if below and _names_parts(rows[place], below[0], rows[place + 2 : place + 22]) else 1


def _names_parts(head: Sequence[str], below: Sequence[str], data: Sequence[Sequence[str]]) -> bool:
    """Whether a row names the parts of the questions above it: it fills what they leave blank and is no data.

    In some column it is blank or holds words where the rows that follow have numbers or dates.
    """
    width = min(len(head), len(below))
    blank = [place for place in range(width) if not head[place].strip()]
    filling = [place for place in blank if below[place].strip()]
    if not filling or 2 * len(filling) < len(blank) or any(_is_data(cell) for cell in below if cell.strip()):
        return False
    return any(_mostly_data([row[place] for row in data if place < len(row)]) for place in range(width))


def _mostly_data(cells: list[str]) -> bool:
    filled = [cell for cell in cells if cell.strip()]
    return len(filled) > 0.8 * len(cells) and sum(map(_is_data, filled)) > 0.9 * len(filled)


def names(rows: Sequence[Sequence[str]], width: int) -> tuple[str, ...]:
    """A name for every column, made of one row or of several; columns without any are called by their numbers."""
    ids = next((place for place, row in enumerate(rows) if any('{"ImportId"' in cell for cell in row)), 0)
    naming = [[" ".join(cell.split()) for cell in row] for row in (rows[ids - 1 : ids] if ids else rows)]
    groups = [_spread(row, below) for row, below in pairwise(naming)]
    made = []
    for place in range(width):
        parts = [row[place] for row in (*groups, *naming[-1:]) if place < len(row)]
        made.append(_joined(parts) or _("Column {number}").format(number=place + 1))
    return tuple(made)


def _spread(row: list[str], below: list[str]) -> list[str]:
    """A question stands once, above the first of its parts; it belongs to all of them."""
    spread: list[str] = []
    question = ""
    for place, cell in enumerate(row):
        part = below[place] if place < len(below) else ""
        question = cell or (question if part else "")
        spread.append(question)
    return spread


def _joined(parts: list[str]) -> str:
    told: list[str] = []
    for part in parts:
        if part and part not in told and not (told and part.casefold() in _NO_NAME):
            told.append(part)
    return " – ".join(told)
