"""How high pieces of a page are together, so that what must hold on one page can be made to."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from cvdesk.catalogue.records import Letterhead
from cvdesk.pdf.blocks import Flowable, KeepTogether, Room
from cvdesk.pdf.document import MARGIN, PAPERS
from cvdesk.pdf.logo import size_of

_AROUND = 140.0  # what head and foot of a page take, with some air for rounding
_BESIDE_LOGO, _HEAD = 39.0, 57.0  # a logo with what is around it; the head without one


def page_width(paper: str) -> float:
    """Width of the column in points."""
    return PAPERS[paper][0] - 2 * MARGIN


def page_height(paper: str, letterhead: Letterhead) -> float:
    """Height of the column of the first page in points: a logo makes its head higher."""
    logo = letterhead.logo
    tall = 0.0 if logo is None else size_of(logo.data, logo.media_type)[1]
    return PAPERS[paper][1] - _AROUND - max(0.0, tall + _BESIDE_LOGO - _HEAD)


def height_of(story: Sequence[Flowable], width: float) -> float:
    """How high these are below each other; spaces between two count once, the larger of them."""
    height, after = 0.0, 0.0
    for place, block in enumerate(_flat(story)):
        before = block.getSpaceBefore() if place else 0.0
        if isinstance(block, Room):
            continue
        height += max(after, before) + block.wrap(width, 1e6)[1]
        after = block.getSpaceAfter()
    return height


def _flat(story: Sequence[Flowable]) -> list[Flowable]:
    found: list[Flowable] = []
    for block in story:
        found += _flat(block._content) if isinstance(block, KeepTogether) else [block]
    return found


def fitted(
    make: Callable[[float], list[Flowable]], paper: str, letterhead: Letterhead, least: float = 0.5, most: float = 1.0
) -> list[Flowable]:
    """The story with its drawings as large as the page allows: `make` is told by how much to scale them."""
    room, width = page_height(paper, letterhead), page_width(paper)
    low, high = least, most
    if height_of(make(high), width) <= room:
        return make(high)
    for _turn in range(6):
        middle = (low + high) / 2
        if height_of(make(middle), width) <= room:
            low = middle
        else:
            high = middle
    return make(low)
