"""How a text file is divided into cells: separator, header row, what stands above it."""

from __future__ import annotations

import csv
import re
from collections import Counter
from collections.abc import Callable, Sequence

from cvdesk.errors import UserError
from cvdesk.wording import _

SEPARATORS = (",", ";", "\t", "|")
_NAMED = {"comma": ",", "semicolon": ";", "tab": "\t", "\\t": "\t", "pipe": "|", "space": " "}
_LOOKS_LIKE_DATA = re.compile(
    r"\s*(?:[-+€$£]?\s*\d[\d.,:/\-\s]*[%€$£]?|\d{4}-\d\d-\d\d[T ].*|[^@\s]+@[^@\s]+\.[a-z]+|https?://.*)\s*", re.I
)
_SEARCHED_ROWS = 50
_REMARK = ("#", "//", "!", "%")


def given_separator(text: str) -> str:
    """The separator a person named. UserError for more than one character."""
    separator = _NAMED.get(text.lower(), text)
    if len(separator) != 1 or separator in '"\r\n\0':
        raise UserError(
            _("“{text}” cannot separate columns: it has to be a single character.").format(text=text),
            _("Use comma, semicolon, tab, pipe or another single character; for others save the list as CSV first."),
        )
    return separator


def records(lines: Sequence[str], separator: str) -> list[list[str]]:
    """The records of a sample, without the last one, which may be cut."""
    found = []
    try:
        for row in csv.reader(lines, delimiter=separator, skipinitialspace=pads_quotes(lines, separator)):
            found.append(row)
    except csv.Error:
        return found
    return found


def pads_quotes(lines: Sequence[str], separator: str) -> bool:
    """True where quoted cells follow a separator and a blank."""
    return not separator.isspace() and any(f'{separator} "' in line for line in lines[:50])


def find_separator(lines: Sequence[str], name: str) -> str:
    """The separator that cuts the sample into the most regular table; a comma where there is a single column."""
    scores = {separator: _regularity(records(lines, separator)) for separator in SEPARATORS}
    best = max(SEPARATORS, key=lambda separator: scores[separator])
    if scores[best][0] < 0.5:
        best = _second_opinion(lines, best)
    _refuse_double_separator(lines, best, name)
    return best


def _regularity(rows: list[list[str]]) -> tuple[float, int]:
    """(share of rows with the usual number of cells, that number); 0 where there is one column only."""
    widths = Counter(len(row) for row in rows if any(cell.strip() for cell in row))
    if not widths:
        return (0.0, 0)
    width, count = max(widths.items(), key=lambda found: (found[0] > 1 and found[1] > 1, found[1], found[0]))
    if width < 2:
        return (0.0, 0)
    return (round(count / widths.total(), 1), width)


def _second_opinion(lines: Sequence[str], best: str) -> str:
    """What clevercsv makes of a sample that is irregular with every usual separator."""
    text = "".join(lines[:200])
    if not any(separator in text for separator in SEPARATORS):
        return ","
    import clevercsv

    try:
        found = clevercsv.Sniffer().sniff(text[:20_000], delimiters=list(SEPARATORS))
    except clevercsv.Error:
        return best
    return str(found.delimiter) if found is not None and found.delimiter in SEPARATORS else best


def _refuse_double_separator(lines: Sequence[str], separator: str, name: str) -> None:
    rows = [row for row in records(lines, separator)[:100] if len(row) > 2]
    ends: Counter[str] = Counter(cell[-1:] for row in rows for cell in row[:-1])
    mark, count = ends.most_common(1)[0] if ends else ("", 0)
    if mark and not mark.isalnum() and mark not in " \"'.%)" and count > 0.7 * ends.total():
        raise UserError(
            _("The columns of “{name}” are separated by more than one character (“{mark}”).").format(
                name=name, mark=mark + separator
            ),
            _("Save the list as CSV with commas, and import that file."),
        )


def find_header(rows: Sequence[Sequence[str]], known: Callable[[Sequence[str]], int]) -> int:
    """The place of the header among the first rows; -1 where there is none. `known` counts names it recognises.

    A row of the usual width below the first one must be recognised twice: data may well hold a word that is a name.
    """
    width = usual_width(rows)
    fitting = [place for place, row in enumerate(rows[:_SEARCHED_ROWS]) if _filled(row) and _fits(row, width)]
    if not fitting:
        return -1
    first = fitting[0]
    counts = {place: known(rows[place]) for place in fitting if place == first or _may_be_names(rows[place])}
    best = max(counts, key=lambda place: (counts[place], -place))
    if best != first and counts[best] >= 2 and len(rows[best]) >= len(rows[first]):
        return best
    return first if counts[first] > 0 or _may_be_names(rows[first]) else -1


def _may_be_names(row: Sequence[str]) -> bool:
    names = [cell.strip() for cell in row if cell.strip()]
    return len(set(names)) == len(names) and not any(_LOOKS_LIKE_DATA.fullmatch(name) for name in names)


def usual_width(rows: Sequence[Sequence[str]]) -> int:
    """How many cells most rows have; of two equally common widths the larger."""
    widths = Counter(len(row) for row in rows if _filled(row) and not row[0].startswith(_REMARK))
    return max(widths, key=lambda width: (widths[width], width), default=0)


def _fits(row: Sequence[str], width: int) -> bool:
    return len(row) == width or (width > 1 and len(row) > width // 2 and len(row) > 1)


def _filled(row: Sequence[str]) -> bool:
    return any(cell.strip() for cell in row)
