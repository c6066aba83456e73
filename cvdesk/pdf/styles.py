"""Type sizes and colours of paper: the light colours of the window, on white."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cache

from cvdesk.pdf.fonts import BOLD, REGULAR, SEMIBOLD

TEXT = "#1B2430"
QUIET = "#5D6B7C"
FAINT = "#6B7787"
LINE = "#E3E6EA"
GRID = "#E9ECEF"
AXIS = "#B9C1CA"
ACCENT = "#0F5E8C"
ACCENT_GROUND = "#E6F1F8"
BAND = "#E8EEF3"
GROUND = "#F6F7F9"
GOOD = "#00875F"
BAD = "#C2410C"
WHITE = "#FFFFFF"
LEVER_COLOURS = {"worth": "#0072B2", "benefits": "#00875F", "costs": "#9A6200", "drawbacks": "#C2410C"}

LEFT = "left"
RIGHT = "right"
CENTRE = "centre"


@dataclass(frozen=True, slots=True)
class Style:
    """How a text is set. `leading`: from line to line, in points like `size`."""

    size: float
    leading: float
    weight: str = REGULAR
    colour: str = TEXT
    align: str = LEFT

    def to(self, align: str) -> Style:
        """The same, aligned otherwise."""
        return _aligned(self, align)

    def in_colour(self, colour: str) -> Style:
        """The same in another colour."""
        return replace(self, colour=colour)


@cache
def _aligned(style: Style, align: str) -> Style:
    return replace(style, align=align)


TITLE = Style(20.5, 26, BOLD)
HEADING = Style(11.6, 16, SEMIBOLD)
SUBHEADING = Style(9.6, 13, SEMIBOLD)
BODY = Style(9.9, 15)
SMALL = Style(8.6, 12.2)
COMPACT = Style(8.2, 11.2)
SMALL_BOLD = Style(8.6, 12.2, SEMIBOLD)
NOTE = Style(8.6, 12.2, REGULAR, QUIET)
TINY = Style(7.3, 9.8, REGULAR, QUIET)
LABEL_BOLD = Style(8.2, 11, SEMIBOLD)
VALUE = Style(9.8, 13, SEMIBOLD)
BIG = Style(31, 36, BOLD, ACCENT)
FIGURE = Style(17, 21, BOLD)
