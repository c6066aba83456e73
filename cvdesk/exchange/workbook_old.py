"""A look into old workbooks (XLS) before they are read: what they say about their own size has to be possible.

An XLS is a small file system of sectors; its stream "Workbook" is a row of records, each with kind, length, content.
The reader of workbooks believes the numbers in it, and takes as much memory as a damaged one asks for.
"""

from __future__ import annotations

from collections.abc import Iterator
from struct import error as out_of_place
from struct import unpack_from

_END = 0xFFFFFFFA  # sector numbers from here on mean that there is none
_STREAMS = ("workbook", "book")
_ENTRY, _SHORT_STREAM = 128, 4096
_SHARED_STRINGS, _BEGIN = 0x00FC, (0x0809, 0x0409, 0x0209, 0x0009)
# Records of cells with something in them: formula, number, label, truth or error, short number, shared text, rich text.
_CELLS = frozenset({0x0006, 0x0206, 0x0406, 0x0203, 0x0204, 0x0205, 0x027E, 0x00FD, 0x00D6})
_SEVERAL_NUMBERS = 0x00BD
_DIMENSIONS = 0x0200
_SMALLEST_TEXT = 3
_MOST_ROWS, _MOST_COLUMNS = 65_536, 256
# Sectors that list the short ones; a workbook is one stream, mostly a long one.
_MOST_SHORT = 4_096


class DamagedError(ValueError):
    """What the file says of itself cannot be."""


def most_cells(data: bytes) -> int:
    """How many cells the largest sheet spans. DamagedError where the file contradicts itself."""
    try:
        return max(_spans(_stream(data)), default=0)
    except (out_of_place, IndexError) as error:
        raise DamagedError from error


def _stream(data: bytes) -> bytes:
    """The records of the workbook."""
    shift, short_shift = unpack_from("<HH", data, 30)
    table_count, directory = unpack_from("<II", data, 44)
    short_table, short_count, more, more_count = unpack_from("<IIII", data, 60)
    size = len(data) >> shift
    if shift not in (9, 12) or short_shift > shift or max(table_count, more_count) > size or short_count > _MOST_SHORT:
        raise DamagedError
    table = _table(data, shift, more)
    entries = list(_entries(_chain(data, shift, table, directory)))
    found = next((entry for entry in entries if entry[0] in _STREAMS), None)
    if found is None or any(length > len(data) for _name, _start, length in entries):
        raise DamagedError
    _name, start, length = found
    if length >= _SHORT_STREAM:
        return _chain(data, shift, table, start)[:length]
    short_sectors = _chain(data, shift, table, entries[0][1])
    numbers = _chain(data, shift, table, short_table)
    links = unpack_from(f"<{len(numbers) // 4}I", numbers)
    return b"".join(short_sectors[one << short_shift : (one + 1) << short_shift] for one in _places(links, start))[
        :length
    ]


def _entries(directory: bytes) -> Iterator[tuple[str, int, int]]:
    """(name, first sector, length) of each stream, that of the short ones first."""
    for place in range(0, len(directory) - _ENTRY + 1, _ENTRY):
        letters = unpack_from("<H", directory, place + 64)[0]
        name = directory[place : place + max(0, min(64, letters) - 2)].decode("utf-16-le", "replace").casefold()
        start, length = unpack_from("<II", directory, place + 116)
        if letters:
            yield name, start, length


def _table(data: bytes, shift: int, more: int) -> tuple[int, ...]:
    """Which sector follows which; the sectors of this table stand in the header and in further lists."""
    lists = list(unpack_from("<109I", data, 76))
    entries = (1 << shift) // 4
    seen = 0
    while more < _END:
        sector = unpack_from(f"<{entries}I", data, (more + 1) << shift)
        lists += sector[:-1]
        more, seen = sector[-1], seen + 1
        if seen > len(data) >> shift:
            raise DamagedError
    found: list[int] = []
    for one in lists:
        if one < _END:
            found += unpack_from(f"<{entries}I", data, (one + 1) << shift)
    return tuple(found)


def _places(links: tuple[int, ...], start: int) -> Iterator[int]:
    """One sector after the other. DamagedError where they run in a circle."""
    count = 0
    while start < _END:
        yield start
        start, count = links[start], count + 1
        if count > len(links):
            raise DamagedError


def _chain(data: bytes, shift: int, links: tuple[int, ...], start: int) -> bytes:
    return b"".join(data[(one + 1) << shift : (one + 2) << shift] for one in _places(links, start))


def _spans(stream: bytes) -> Iterator[int]:
    """How many cells each sheet spans."""
    place = top = bottom = left = right = 0
    filled = False
    while place + 4 <= len(stream):
        kind, length = unpack_from("<HH", stream, place)
        place += 4
        if kind in _CELLS or kind == _SEVERAL_NUMBERS:
            row, column = unpack_from("<HH", stream, place)
            last = unpack_from("<H", stream, place + length - 2)[0] if kind == _SEVERAL_NUMBERS else column
            top, left = (min(top, row), min(left, column)) if filled else (row, column)
            bottom, right, filled = max(bottom, row), max(right, column, last), True
        elif _impossible(kind, stream[place : place + length], len(stream)):
            raise DamagedError
        elif kind in _BEGIN:
            yield (bottom - top + 1) * (right - left + 1) if filled else 0
            top = bottom = left = right = 0
            filled = False
        place += length
    yield (bottom - top + 1) * (right - left + 1) if filled else 0


def _impossible(kind: int, content: bytes, size: int) -> bool:
    """Whether there are more texts than fit into so many bytes, or a sheet is larger than any can be."""
    if kind == _SHARED_STRINGS:
        return int(max(unpack_from("<II", content))) * _SMALLEST_TEXT > 64 * size
    if kind != _DIMENSIONS:
        return False
    top, bottom, left, right = unpack_from("<IIHH" if len(content) >= 14 else "<HHHH", content)
    return bool(top > bottom or bottom > _MOST_ROWS or left > right or right > _MOST_COLUMNS)
