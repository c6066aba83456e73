"""The business's own colour on paper: dark enough to be read, in place of ours. Contrast as WCAG 2.2 defines it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache

from cvdesk.pdf import styles

ENOUGH = 4.5  # WCAG 2.2, 1.4.3: the least contrast of text to what is behind it
_COLOUR = re.compile(r"#[0-9A-Fa-f]{6}")
_TINT = 0.1  # how much of the colour is in the ground behind a big figure
_DARKER = 0.97


def contrast(one: str, other: str) -> float:
    """Contrast of two colours ("#RRGGBB"), 1 for the same to 21 for black on white."""
    darker, lighter = sorted((_luminance(one), _luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


@cache
def readable(colour: str, ground: str = styles.WHITE) -> str:
    """The colour, darkened as far as it takes to be read on the ground; ValueError for what is no "#RRGGBB"."""
    shares = _shares(colour)
    while contrast(_written(shares), ground) < ENOUGH:
        shares = tuple(share * _DARKER for share in shares)
    return _written(shares)


@cache
def tones(colour: str) -> Mapping[str, str]:
    """What stands on paper in place of our accent and its tint; nothing is replaced where no colour is given."""
    if not colour:
        return {}
    tint = mixed(readable(colour), _TINT)
    return {styles.ACCENT: readable(colour, tint), styles.ACCENT_GROUND: tint}


@cache
def mixed(colour: str, ink: float) -> str:
    """The colour as it looks on white paper with only this share (0 to 1) of it, and nothing to see through."""
    return _written(tuple(share * ink + 1 - ink for share in _shares(colour)))


def _shares(colour: str) -> tuple[float, ...]:
    if not _COLOUR.fullmatch(colour):
        raise ValueError(f"{colour!r} is no colour of the form #RRGGBB")
    return tuple(int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))


def _written(shares: tuple[float, ...]) -> str:
    return "#" + "".join(f"{round(share * 255):02X}" for share in shares)


def _luminance(colour: str) -> float:
    red, green, blue = (
        share / 12.92 if share <= 0.04045 else ((share + 0.055) / 1.055) ** 2.4 for share in _shares(colour)
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
