"""Several names in one cell: parted by semicolons, those with one of their own in double quotes."""

from __future__ import annotations

import re
from collections.abc import Iterable

_PART = re.compile(r'\s*(?:"((?:[^"]|"")*)"\s*(?=[;,]|$)|([^;]*))\s*(?:;|$)')
_PART_OR_COMMA = re.compile(r'\s*(?:"((?:[^"]|"")*)"\s*(?=[;,]|$)|([^;,]*))\s*(?:[;,]|$)')
_UNSAFE = re.compile(r'[;,"]')


def joined(names: Iterable[str]) -> str:
    """Names as one cell that `parted` takes apart again."""
    return "; ".join(f'"{name.replace(chr(34), chr(34) * 2)}"' if _UNSAFE.search(name) else name for name in names)


def parted(cell: str, commas: bool = False) -> list[str]:
    """The names in a cell, blanks around them gone; `commas` part them too."""
    if ";" not in cell and '"' not in cell and not (commas and "," in cell):
        return [cell.strip()] if cell.strip() else []
    found = []
    place = 0
    while place < len(cell):
        part = (_PART_OR_COMMA if commas else _PART).match(cell, place)
        if part is None or part.end() == place:
            break
        name = (part[2] or "").strip() if part[1] is None else part[1].replace('""', '"')
        if name:
            found.append(name)
        place = part.end()
    return found
