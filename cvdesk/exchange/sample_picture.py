"""A picture for the sample: the label of a loaf of bread, drawn here so that nobody else's picture is needed."""

from __future__ import annotations

import struct
import zlib

_WIDTH, _HEIGHT = 640, 400
_PAPER, _INK, _RED = 0, 1, 2
_COLOURS = bytes.fromhex("fbf6ea3a2a1ca8321e")
# Letters of five by seven dots; each two digits are a row.
_LETTERS = {
    ",": "00000000060408",
    "0": "0e11111111110e",
    "8": "0e110e1111110e",
    "A": "0e11111f111111",
    "B": "1e111e1111111e",
    "D": "1e11111111111e",
    "E": "1f101e1010101f",
    "F": "1f101e10101010",
    "G": "0e11101711110e",
    "H": "11111f11111111",
    "K": "11121c12111111",
    "L": "1010101010101f",
    "O": "0e11111111110e",
    "R": "1e11111e141211",
    "S": "0f100e0101110e",
    "T": "1f040404040404",
    "U": "1111111111110e",
    "W": "11111115151b11",
    "Y": "110a0404040404",
}
# Text, how far from the top, size of a dot, colour. There is no line of allergens: that is what the customer says.
_LINES = (
    ("RYE LOAF", 62, 10, _RED),
    ("HARBOUR BAKERY", 160, 4, _INK),
    ("RYE FLOUR, WATER, SALT, SEEDS", 232, 3, _INK),
    ("800 G", 300, 5, _INK),
)


def bread_label() -> bytes:
    """A PNG of the label: 640 x 400 dots in three colours."""
    rows = [bytearray(_WIDTH) for _row in range(_HEIGHT)]
    for inset, thick in ((18, 6), (32, 2)):
        _frame(rows, inset, thick)
    for text, top, dot, colour in _LINES:
        _write(rows, text, top, dot, colour)
    return _png(rows)


def _frame(rows: list[bytearray], inset: int, thick: int) -> None:
    for y in range(inset, _HEIGHT - inset):
        across = y < inset + thick or y >= _HEIGHT - inset - thick
        for x in range(inset, _WIDTH - inset):
            if across or x < inset + thick or x >= _WIDTH - inset - thick:
                rows[y][x] = _INK


def _write(rows: list[bytearray], text: str, top: int, dot: int, colour: int) -> None:
    """Writes a line in the middle; a letter takes six dots with the gap after it."""
    left = (_WIDTH - (6 * len(text) - 1) * dot) // 2
    for place, letter in enumerate(text):
        shape = bytes.fromhex(_LETTERS.get(letter, ""))
        for down, bits in enumerate(shape):
            for across in range(5):
                if bits >> (4 - across) & 1:
                    x, y = left + (6 * place + across) * dot, top + down * dot
                    for row in rows[y : y + dot]:
                        row[x : x + dot] = bytes([colour]) * dot


def _png(rows: list[bytearray]) -> bytes:
    head = struct.pack(">IIBBBBB", _WIDTH, _HEIGHT, 8, 3, 0, 0, 0)
    pixels = zlib.compress(b"".join(b"\0" + row for row in rows), 9)
    parts = ((b"IHDR", head), (b"PLTE", _COLOURS), (b"IDAT", pixels), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data)) for kind, data in parts
    )
