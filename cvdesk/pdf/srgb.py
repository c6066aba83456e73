"""The colours of the pages are sRGB: its profile (ICC 4.2, IEC 61966-2-1), written by the numbers of the standard."""

from __future__ import annotations

import struct
from functools import cache

_D50 = (0.9642, 1.0, 0.8249)
# The primaries as seen under D50 (adapted by Bradford), and how they were adapted from D65.
_PRIMARIES = {
    b"rXYZ": (0.43607, 0.22249, 0.01392),
    b"gXYZ": (0.38515, 0.71687, 0.09708),
    b"bXYZ": (0.14307, 0.06061, 0.71410),
}
_ADAPTED = (1.04788, 0.02292, -0.05022, 0.02959, 0.99048, -0.01707, -0.00925, 0.01508, 0.75168)
_CURVE = (2.4, 1 / 1.055, 0.055 / 1.055, 1 / 12.92, 0.04045)
_NAME = "sRGB"
_RIGHTS = "No rights reserved"


@cache
def profile() -> bytes:
    """The profile, the same bytes each time."""
    curve = b"para" + bytes(4) + struct.pack(">HH", 3, 0) + _fixed(*_CURVE)
    tags = {
        b"desc": _words(_NAME), b"cprt": _words(_RIGHTS), b"wtpt": b"XYZ " + bytes(4) + _fixed(*_D50),
        **{tag: b"XYZ " + bytes(4) + _fixed(*share) for tag, share in _PRIMARIES.items()},
        b"rTRC": curve, b"gTRC": curve, b"bTRC": curve, b"chad": b"sf32" + bytes(4) + _fixed(*_ADAPTED),
    }  # fmt: skip
    places: dict[bytes, int] = {}
    body = b""
    start = 128 + 4 + 12 * len(tags)
    for content in tags.values():
        if content not in places:
            places[content] = start + len(body)
            body += content + bytes(-len(content) % 4)
    table = struct.pack(">I", len(tags)) + b"".join(
        tag + struct.pack(">II", places[content], len(content)) for tag, content in tags.items()
    )
    return _head(start + len(body)) + table + body


def _head(size: int) -> bytes:
    """Version 4.2, a display, RGB into XYZ, made on the day of the standard, perceptual."""
    when = struct.pack(">6H", 1999, 10, 1, 0, 0, 0)
    head = struct.pack(">I", size) + bytes(4) + b"\x04\x20\x00\x00" + b"mntrRGB XYZ " + when + b"acsp"
    return (head + bytes(28) + _fixed(*_D50)).ljust(128, b"\0")


def _fixed(*numbers: float) -> bytes:
    return b"".join(struct.pack(">i", round(number * 65536)) for number in numbers)


def _words(text: str) -> bytes:
    """A text in English."""
    written = text.encode("utf-16-be")
    return b"mluc" + bytes(4) + struct.pack(">II", 1, 12) + b"enUS" + struct.pack(">II", len(written), 28) + written
