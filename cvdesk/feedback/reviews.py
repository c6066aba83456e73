"""A pasted block of web reviews, split into reviews by how it is laid out, not by the site it comes from. Pure.

Stars (or, where there are none, days) begin a review; in a block that has both, or stars of several kinds, the lines
around them tell. Whether names stand before them or after shows in the first one and holds for the whole block. Every
line has exactly one part: in one review, left over, or noise such as "Helpful".
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from itertools import pairwise

from cvdesk.feedback.records_reviews import LEFT, TEXT, Pasted, Review, with_keys
from cvdesk.feedback.reviews_lines import (
    bare_name,
    clean,
    day,
    is_count,
    is_noise,
    is_place,
    may_be_day,
    name_and_day,
    name_like,
    reply,
    stars,
)  # fmt: skip
from cvdesk.feedback.reviews_marks import Mark, with_others
from cvdesk.feedback.reviews_one import Line, Reader

_LONGEST_HEAD = 120  # letters; longer lines are somebody's words
_BADGE = "NEW"


def split(block: str, today: date, day_first: bool = True) -> Pasted:
    """Splits a block; never raises, whatever is pasted."""
    lines = [_seen(text, today, day_first) for text in re.split(r"\r\n|\r|\n", block)]
    _mark_noise(lines)
    anchors = _anchors(lines)
    if not anchors:
        return _whole(lines)
    before, day_above = _names_before(lines, anchors[0]), _day_above(lines, anchors[0])
    starts = _starts(lines, anchors, before, day_above)
    marks = [Mark(start, anchor, before) for start, anchor in zip(starts, anchors, strict=True)]
    if lines[anchors[0]].stars is not None:
        marks = with_others(lines, marks)
    for line in lines[: marks[0].start]:
        line.place(LEFT, None)
    drafts = []
    for number, (mark, end) in enumerate(zip(marks, [*(each.start for each in marks[1:]), len(lines)], strict=True)):
        drafts.append(Reader(number, lines[mark.start : end], mark.anchor - mark.start, mark.names_before).read())
    return Pasted(tuple(with_keys(drafts)), tuple(line.placed() for line in lines))


def _whole(lines: Sequence[Line]) -> Pasted:
    """Without stars and days there is nothing to split by: all of it is one review, if it is anything."""
    words = [line for line in lines if not line.blank and not line.noise]
    for line in words:
        line.place(TEXT, 0)
    reviews = [Review(text="\n".join(line.text for line in words))] if words else []
    return Pasted(tuple(with_keys(reviews)), tuple(line.placed() for line in lines))


def _seen(text: str, today: date, day_first: bool) -> Line:
    bare = clean(text)
    noise = is_noise(bare)
    if noise or not bare:
        return Line(text.strip(), bare, None, None, None, None, noise)
    rated = stars(bare)
    rest = rated.rest if rated else bare
    when = signed = None
    if len(rest) <= _LONGEST_HEAD and may_be_day(rest):
        when = day(rest, today, day_first)
        signed = None if when else name_and_day(rest, today, day_first)
    return Line(text.strip(), bare, rated, when, signed, reply(bare, today, day_first), False)


def _mark_noise(lines: Sequence[Line]) -> None:
    """A number, or yes and no, right after a button is its count or its answer; "NEW" beside a day is a badge."""
    said = [line for line in lines if not line.blank]
    for near, line in pairwise(said):
        for badge, other in ((line, near), (near, line)):
            badge.noise = badge.noise or (badge.bare == _BADGE and other.day is not None)
    after_noise = False
    for line in lines:
        if not line.blank:
            line.noise = line.noise or (after_noise and is_count(line.bare))
            if line.noise:
                line.stars = line.day = line.signed = None
            after_noise = line.noise and line.bare != _BADGE  # words may follow a badge at once


def _anchors(lines: Sequence[Line]) -> list[int]:
    """The lines reviews are recognised by: stars written as the first ones are; without any, days outside replies."""
    kinds = [line.stars.kind for line in lines if line.stars is not None and line.stars.kind != "number"]
    kind = kinds[0] if kinds else "number"
    found = [place for place, line in enumerate(lines) if line.stars is not None and line.stars.kind == kind]
    if not kinds and not any("." in lines[place].bare or "," in lines[place].bare for place in found):
        found = []  # a lone "10" is no score
    if not found:
        return [place for place, line in enumerate(lines) if (line.day or line.signed) and not _in_reply(lines, place)]
    kept: list[int] = []
    for place in found:
        if not (kept and _repeats(lines, kept[-1], place)):
            kept.append(place)
    return kept


def _in_reply(lines: Sequence[Line], place: int) -> bool:
    """Whether the line before, blanks and noise aside, begins the owner's reply."""
    above = next((line for line in reversed(lines[:place]) if not line.blank and not line.noise), None)
    return above is not None and above.reply is not None and above.reply.day is None and not above.reply.words


def _repeats(lines: Sequence[Line], first: int, second: int) -> bool:
    """Whether the second stars only say the first again: a picture and its description."""
    one, other = lines[first].stars, lines[second].stars
    between = [line for line in lines[first + 1 : second] if not line.blank and not line.noise]
    return not between and not lines[first].day and bool(one and other and one.rating == other.rating and not one.rest)


def _names_before(lines: Sequence[Line], anchor: int) -> bool:
    """Whether the block puts names before the stars, as its first review shows."""
    line = lines[anchor]
    if (line.stars is not None and line.stars.name) or (line.stars is None and line.signed is not None):
        return False
    above = _nearest(lines, anchor)
    return above is not None and (lines[above].signed is not None or name_like(bare_name(lines[above].bare)))


def _nearest(lines: Sequence[Line], anchor: int, stop: int = -1) -> int | None:
    """The line with words nearest above the stars; a country below a name is passed over."""
    for place in range(anchor - 1, stop, -1):
        if lines[place].words and not is_place(lines[place].bare):
            return place
    return None


def _day_above(lines: Sequence[Line], anchor: int) -> bool:
    """Whether the day stands on the line above the stars."""
    above = next((line for line in reversed(lines[:anchor]) if not line.blank and not line.noise), None)
    return lines[anchor].stars is not None and lines[anchor].day is None and above is not None and above.day is not None


def _starts(lines: Sequence[Line], anchors: Sequence[int], before: bool, day_above: bool) -> list[int]:
    """Where each review begins: at its name, or at its stars."""
    starts: list[int] = []
    for number, anchor in enumerate(anchors):
        stop = anchors[number - 1] if number else -1
        start = anchor
        if before:
            above = _nearest(lines, anchor, stop)
            named = above is not None and (lines[above].signed or name_like(bare_name(lines[above].bare)))
            start = above if above is not None and named else anchor
        if start == anchor and day_above:
            for place in range(anchor - 1, stop, -1):
                if lines[place].day is not None:
                    start = place
                if lines[place].words:
                    break
        starts.append(start)
    return starts
