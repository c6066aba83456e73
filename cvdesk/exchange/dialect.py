"""How a text file is divided into cells: what separates them, and what quotation marks mean."""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from cvdesk.errors import UserError
from cvdesk.wording import _

if TYPE_CHECKING:
    from _csv import Reader

SEPARATORS = (",", ";", "\t", "|")
_NAMED = {"comma": ",", "semicolon": ";", "tab": "\t", "\\t": "\t", "pipe": "|", "space": " "}
# Stands for a separator of several characters, of which csv takes only one.
_ONE_MARK = "\x1f"
_LONGEST_SEPARATOR = 8


@dataclass(frozen=True, slots=True)
class Dialect:
    """What divides the cells. `padded`: quoted cells follow a blank. `escaped`: a quotation mark within is written \\".

    `bare`: quotation marks are letters like any other. `ending`: what stands at the end of every record beside the
    line's end, where the separator has several characters.
    """

    separator: str
    padded: bool = False
    escaped: bool = False
    bare: bool = False
    ending: str = ""

    def reader(self, lines: Iterable[str], strict: bool = False) -> Reader:
        """Divides lines into cells."""
        several = len(self.separator) > 1
        return csv.reader(
            self._with_one_mark(lines) if several else lines,
            delimiter=_ONE_MARK if several else self.separator,
            skipinitialspace=self.padded,
            escapechar="\\" if self.escaped else None,
            quoting=csv.QUOTE_NONE if self.bare else csv.QUOTE_MINIMAL,
            strict=strict,
        )

    def _with_one_mark(self, lines: Iterable[str]) -> Iterator[str]:
        for line in lines:
            plain = line.rstrip("\r\n")
            if self.ending and plain.endswith(self.ending):
                line = plain.removesuffix(self.ending) + "\n"
            yield line.replace(self.separator, _ONE_MARK)


def given_separator(text: str) -> str:
    """The separator a person named, of one character or a few. UserError for what cannot be one."""
    separator = _NAMED.get(text.lower(), text)
    if not 1 <= len(separator) <= _LONGEST_SEPARATOR or set(separator) & set('"\r\n\0'):
        raise UserError(
            _("“{text}” cannot separate columns.").format(text=text),
            _("Use comma, semicolon, tab, pipe, or the few characters that stand between the cells."),
        )
    return separator


def records(lines: Sequence[str], dialect: Dialect) -> list[list[str]]:
    """The records of a sample, the last of which may be cut."""
    found = []
    try:
        for row in dialect.reader(lines):
            found.append(row)
    except csv.Error:
        return found
    return found


def find_dialect(lines: Sequence[str], name: str, separator: str = "") -> Dialect:
    """How the lines of a sample are divided; by the separator given, or by the one that makes a regular table.

    UserError for a separator of several characters that nobody named.
    """
    found = Dialect(given_separator(separator) if separator else find_separator(lines, name))
    if len(found.separator) > 1:
        return replace(found, ending=_common_ending(lines))
    found = replace(found, padded=pads_quotes(lines, found.separator))
    if not any('"' in line for line in lines) or _sound(lines, found):
        return found
    escaped, bare = replace(found, escaped=True), replace(found, bare=True)
    if any('\\"' in line for line in lines) and _sound(lines, escaped):
        return escaped
    return bare if _all_alike(records(lines, bare)) else found


def _sound(lines: Sequence[str], dialect: Dialect) -> bool:
    """Whether every quotation mark is where it belongs; the end of a sample may fall into a quoted cell."""
    reader = dialect.reader(lines, strict=True)
    rows = 0
    try:
        for _row in reader:
            rows += 1
    except csv.Error:
        return reader.line_num == len(lines) and 2 * rows > len(lines) > 50
    return True


def _all_alike(rows: list[list[str]]) -> bool:
    """Whether every row has the same cells, more than one, and some begin with a quotation mark that nothing closes."""
    filled = [row for row in rows if any(cell.strip() for cell in row)]
    widths = {len(row) for row in filled}
    opens = any(cell.startswith('"') and not cell.rstrip().endswith('"') for row in filled for cell in row)
    return len(widths) == 1 and widths.pop() > 1 and opens


def pads_quotes(lines: Sequence[str], separator: str) -> bool:
    """True where quoted cells follow a separator and a blank."""
    return not separator.isspace() and any(f'{separator} "' in line for line in lines[:50])


def find_separator(lines: Sequence[str], name: str) -> str:
    """The separator that cuts the sample into the most regular table; a comma where there is a single column."""
    scores = {mark: _regularity(records(lines, Dialect(mark, pads_quotes(lines, mark)))) for mark in SEPARATORS}
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
    rows = [row for row in records(lines, Dialect(separator))[:100] if len(row) > 2]
    ends: Counter[str] = Counter(cell[-1:] for row in rows for cell in row[:-1])
    mark, count = ends.most_common(1)[0] if ends else ("", 0)
    if mark and not mark.isalnum() and mark not in " \"'.%)" and count > 0.7 * ends.total():
        raise UserError(
            _("The columns of “{name}” are separated by more than one character (“{mark}”).").format(
                name=name, mark=mark + separator
            ),
            _("Give “{mark}” as the separator, or save the list as CSV with commas, and import that file.").format(
                mark=mark + separator
            ),
        )


def _common_ending(lines: Sequence[str]) -> str:
    """The signs, no letters and no quotation marks, with which all lines of a sample end."""
    ends = [line.rstrip("\r\n") for line in lines if line.strip()]
    common = ""
    for length in range(1, _LONGEST_SEPARATOR + 1 if ends else 1):
        found = {line[-length:] for line in ends}
        if len(found) > 1 or not (mark := found.pop()[:1]) or mark.isalnum() or mark in "\"' ":
            break
        common = ends[0][-length:]
    return common
