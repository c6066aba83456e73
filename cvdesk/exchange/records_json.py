"""JSON as a list: an array of objects, one inside an object, or an object a line; deeper values get dotted names."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from cvdesk.errors import UserError
from cvdesk.exchange import headers
from cvdesk.exchange.formats import opened
from cvdesk.exchange.many import joined
from cvdesk.wording import _

_MOST_BYTES = 256 << 20
_MOST_COLUMNS = 2_000
_DEEPEST = 6


class Number(str):
    """A number that is one in the file, and no text that looks like one."""

    __slots__ = ()


@dataclass(frozen=True, slots=True)
class Records:
    """Rows in memory, as long as the header. `named`: the header comes from the file."""

    header: tuple[str, ...]
    rows: list[list[str]]
    named: bool = True

    def __iter__(self) -> Iterator[list[str]]:
        return iter(self.rows)

    def with_comma(self) -> Records:
        """The same with the decimal comma in numbers."""
        return replace(self, rows=[
            [Number(cell.replace(".", ",")) if isinstance(cell, Number) else cell for cell in row] for row in self.rows
        ])  # fmt: skip


def open_records(path: Path) -> Records:
    """Reads a JSON file. UserError where it is no JSON, holds no list, or is too large to be held in memory."""
    with opened(path) as handle:
        data = handle.read(_MOST_BYTES + 1)
    if len(data) > _MOST_BYTES:
        raise UserError(
            _("“{name}” is too large to be read at once.").format(name=path.name),
            _("Save the list as CSV, and import that file."),
        )
    found = _parsed(path, data)
    rows = _the_list(found)
    if rows is None:
        raise UserError(
            _("“{name}” holds no list of records.").format(name=path.name),
            _("Import a file with a list in square brackets, or with one record a line, or save the list as CSV."),
        )
    if not rows:
        raise UserError(_("“{name}” is empty.").format(name=path.name), _("Choose a file with rows in it."))
    if all(isinstance(row, list) for row in rows):
        return _without_names(rows)
    return _with_names(path, rows)


def _parsed(path: Path, data: bytes) -> Any:
    try:
        text = data.decode(json.detect_encoding(data))
        try:
            return _loads(text)
        except json.JSONDecodeError as error:
            lines = [line for line in text.split("\n") if line.strip()]
            if len(lines) < 2 or error.msg != "Extra data":
                raise
            return _line_by_line(path, text)
    except (ValueError, RecursionError) as error:
        where = _("line {line}").format(line=error.lineno) if isinstance(error, json.JSONDecodeError) else ""
        raise _unreadable(path, where) from error


def _line_by_line(path: Path, text: str) -> list[Any]:
    found = []
    for number, line in enumerate(text.split("\n"), start=1):
        if line.strip():
            try:
                found.append(_loads(line))
            except ValueError as error:
                raise _unreadable(path, _("line {line}").format(line=number)) from error
    return found


def _unreadable(path: Path, where: str) -> UserError:
    what = _("“{name}” is no valid JSON ({where}).") if where else _("“{name}” is no valid JSON.")
    return UserError(
        what.format(name=path.name, where=where), _("Export the list once more, or save it as CSV, and import that.")
    )


def _loads(text: str) -> Any:
    return json.loads(text, parse_int=Number, parse_float=Number, object_pairs_hook=_pairs)


def _pairs(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """An object; a name that stands twice is told apart by a number."""
    found = dict(pairs)
    if len(found) < len(pairs):
        found = {}
        for name, value in pairs:
            number = 2
            own = name
            while own in found:
                own, number = f"{name} {number}", number + 1
            found[own] = value
    return found


def _the_list(found: Any) -> list[Any] | None:
    """The records in what was read: the longest list of objects, however deep; an object alone is one record."""
    if isinstance(found, list):
        return found if all(isinstance(row, dict | list) for row in found) else None
    if not isinstance(found, dict):
        return None
    lists = list(_lists(found, 0))
    if lists:
        return max(lists, key=len)
    if found and all(isinstance(value, dict) for value in found.values()):
        return [{"key": key, **value} for key, value in found.items()]
    return [found] if found and any(not isinstance(value, dict | list) for value in found.values()) else None


def _lists(found: dict[str, Any], deep: int) -> Iterator[list[Any]]:
    for value in found.values():
        if isinstance(value, list) and value and all(isinstance(row, dict) for row in value):
            yield value
        elif isinstance(value, dict) and deep < _DEEPEST:
            yield from _lists(value, deep + 1)


def _with_names(path: Path, rows: list[Any]) -> Records:
    flat: list[dict[str, str]] = []
    names: dict[str, int] = {}
    for row in rows:
        cells: dict[str, str] = {}
        _flatten(row, "", cells, 0)
        for name in cells:
            names.setdefault(name, len(names))
        flat.append(cells)
        if len(names) > _MOST_COLUMNS:
            raise UserError(
                _("The records of “{name}” have thousands of different names.").format(name=path.name),
                _("Save the list as CSV, and import that file."),
            )
    return Records(
        headers.names([list(names)], len(names)), [[cells.get(name, "") for name in names] for cells in flat]
    )


def _without_names(rows: list[Any]) -> Records:
    width = max(len(row) for row in rows)
    cells = [[_text(cell) for cell in row] + [""] * (width - len(row)) for row in rows]
    return Records(("",) * width, cells, named=False)


def _flatten(value: Any, name: str, cells: dict[str, str], deep: int) -> None:
    if isinstance(value, dict) and deep < _DEEPEST:
        for inner, below in value.items():
            _flatten(below, f"{name}.{inner}" if name else inner, cells, deep + 1)
    elif isinstance(value, list) and not name:
        for place, below in enumerate(value, start=1):
            cells[str(place)] = _text(below)
    else:
        cells[name] = _text(value)


def _text(value: Any) -> str:
    """A value as text; several in a row are parted by semicolons."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, list) and not any(isinstance(one, dict | list) for one in value):
        return joined(_text(one) for one in value)
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
