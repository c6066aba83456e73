"""Where reviews begin in a pasted block that marks them in several ways: stars of other kinds, or only a day. Pure.

The stars written as the first ones are begin a review wherever they stand. Marks of other kinds also stand in people's
words, so the lines around them decide: a name above, a blank line or noise before. Where both readings fit, two reviews
are shown: joining them in the preview is easier than seeing that two have become one.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate

from cvdesk.feedback.reviews_lines import bare_name, is_place, name_like
from cvdesk.feedback.reviews_one import Line

_BELOW_NAME = 4  # lines between a name and its mark: a country, a day
_SHORT, _FEW_WORDS = 40, 3  # of a name without capitals
_OTHER_DAY = re.compile(r"dates?\b|visited|stayed|edited|updated", re.IGNORECASE)  # labels of a day below the words


@dataclass(frozen=True, slots=True)
class Mark:
    """A review's first line, the line it is recognised by, and whether names stand above that."""

    start: int
    anchor: int
    names_before: bool


def with_others(lines: Sequence[Line], firm: Sequence[Mark]) -> list[Mark]:
    """The marks with those of other kinds that begin reviews: stars first, then days that belong to none of them."""
    block = _Block(lines)
    stars = [place for place, line in enumerate(lines) if line.stars is not None and line.stars.kind != "number"]
    days = [place for place, line in enumerate(lines) if line.stars is None and (line.day or line.signed)]
    return _added(block, _added(block, firm, stars), days)


def _added(block: _Block, marks: Sequence[Mark], places: Sequence[int]) -> list[Mark]:
    anchors = [mark.anchor for mark in marks]
    known, found = set(anchors), list[Mark]()
    for place in places:
        at = bisect_right(anchors, place)
        if place in known or (at < len(marks) and marks[at].start <= place):
            continue  # in the head of the next one
        last = marks[at - 1] if at else None
        if found and (last is None or found[-1].anchor > last.anchor):
            last = found[-1]
        start = block.start(place, last)
        if start is not None:
            found.append(Mark(start, place, start < place or last is None or last.names_before))
    return sorted([*marks, *found], key=lambda mark: mark.anchor)


class _Block:
    """The lines, with what is asked of them for every mark counted once."""

    def __init__(self, lines: Sequence[Line]) -> None:
        self.lines = lines
        silent = [line.blank or line.noise for line in lines]
        self.above = list(accumulate(range(len(lines)), lambda near, at: near if silent[at] else at, initial=-1))
        self.words = list(accumulate((line.words for line in lines), initial=0))
        self.days = list(accumulate((bool(line.day or line.signed) for line in lines), initial=0))
        replies = (at if line.reply is not None else -1 for at, line in enumerate(lines))
        self.replies = list(accumulate(replies, max, initial=-1))

    def start(self, place: int, last: Mark | None) -> int | None:
        """Where the review marked at a line begins; None where the mark is part of the review above."""
        above = self.above[place]
        if above >= 0 and self._opens_reply(above):
            return None
        name = self._name_above(place, last)
        if name is not None:
            return name
        return self._by_itself(place, last) if self._apart(place, place, last) else None

    def _name_above(self, place: int, last: Mark | None) -> int | None:
        """The line of the name the mark stands under."""
        at, line = self.above[place], self.lines[place]
        for _step in range(_BELOW_NAME):
            passed = self.lines[at]
            if at < 0 or not ((line.stars and passed.day and not passed.stars) or is_place(passed.bare)):
                break
            at = self.above[at]
        if at < 0 or (last is not None and at <= last.anchor) or not self.lines[at].words:
            return None
        over, broken = self.above[at], self._broken(at, last)
        if self.lines[at].reply is not None or (over >= 0 and self._opens_reply(over)):
            return None
        if not self._is_name(at, place, broken) or not self._apart(at, place, last):
            return None
        if line.day is not None and line.day.labelled and (not broken or _OTHER_DAY.match(line.bare)):
            return None
        if last is not None and not last.names_before and line.stars and not (broken and at == place - 1):
            return None  # it may be the name below the words
        return at if broken or not name_like(self.lines[over].bare) else None

    def _by_itself(self, place: int, last: Mark | None) -> int | None:
        """Marks without a name above: stars and day on one line, a name beside either, or set apart by a blank line."""
        line, broken = self.lines[place], self._broken(place, last)
        below = self.lines[place + 1] if place + 1 < len(self.lines) else None
        if line.stars is not None and line.stars.name:
            return place if broken and not (below and below.stars) else None
        if line.signed is not None or (line.stars is not None and line.day is not None):
            return place if broken or line.stars is not None else None
        if below is None or not broken or (line.day is not None and line.day.labelled):
            return None
        followed = below.words and below.reply is None
        return place if followed or (line.stars is not None and below.day is not None) else None

    def _apart(self, start: int, place: int, last: Mark | None) -> bool:
        """Whether the review above is already whole, so that the mark can be of another one."""
        if last is None:
            return True
        line, rated = self.lines[place], self.lines[last.anchor].stars
        said = self.words[start] > self.words[min(last.anchor + 1, start)]
        dated = self.days[start] > self.days[last.start]
        if line.stars is None:
            return dated or (said and last.names_before and (start < place or line.signed is not None))
        other = rated is None or rated.rating != line.stars.rating
        broken = self._broken(start, last)
        return said or (dated and (other or broken)) or (other and broken and start < place)

    def _is_name(self, at: int, place: int, broken: bool) -> bool:
        """Whether a line can be the name above a mark; set apart and right above it, without capitals too."""
        bare = self.lines[at].bare
        if self.lines[at].signed is not None or name_like(bare_name(bare)):
            return True
        short = len(bare) <= _SHORT and len(bare.split()) <= _FEW_WORDS
        return broken and short and at == place - 1 and bare[0].isalpha() and bare[-1] not in ".!?:;,…"

    def _broken(self, place: int, last: Mark | None) -> bool:
        """Whether the line is set apart: first of all, after a blank line or noise, or after the owner's reply."""
        if place == 0 or self.lines[place - 1].blank or self.lines[place - 1].noise:
            return True
        return last is not None and self.replies[place] > last.anchor

    def _opens_reply(self, place: int) -> bool:
        """Whether an owner's reply begins there whose day or words are still to come."""
        begun = self.lines[place].reply
        return begun is not None and begun.day is None and not begun.words
