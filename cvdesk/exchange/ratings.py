"""Ratings on whatever scale they come, turned to 1-5 (model.md: Ratings)."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from cvdesk.errors import UserError
from cvdesk.wording import _

# The scale that holds at least this share of a column's values is the column's scale; what lies outside is reported.
# A few slips of the pen do not turn a column of 1-5 into one of 0-10.
_SHARE = 0.95
_OUT_OF = re.compile(r"([\d.]+)(?:/|outof|von|sur)([\d.]+)(?:stars?)?")
_STARS = re.compile(r"([★⭐🌟*]+)[☆✩]*")
_NUMBER = re.compile(r"([+-]?\d+(?:[.,]\d+)?)(%|stars?|points?|pts?)?")
_IN_NAME = re.compile(r"\(?\b(\d+)\s*(?:-|–|to)\s*(\d+)\b|out of (\d+)|/\s?(\d+)\b")
_BEST_FIRST = re.compile(r"\b1\s*(?:=|is|:)\s*(?:the\s+)?(?:best|excellent|very good|very satisfied)")

_WORDS: Mapping[str, float] = {
    word: value
    for value, words in (
        (5, (
            "excellent|outstanding|superb|perfect|amazing|very satisfied|extremely satisfied|"
            "completely satisfied|strongly agree|love it|very happy|delighted|exceptional|very positive|"
            "much better|five"
        )),
        (4, (
            "good|very good|great|satisfied|somewhat satisfied|agree|somewhat agree|like it|happy|positive|"
            "above average|better|four"
        )),
        (3, (
            "average|ok|okay|fair|neutral|acceptable|neither|neither satisfied nor dissatisfied|"
            "neither agree nor disagree|mixed|so so|medium|undecided|as expected|three"
        )),
        (2, (
            "poor|bad|below average|dissatisfied|unsatisfied|somewhat dissatisfied|disagree|somewhat disagree|"
            "unhappy|negative|worse|weak|two"
        )),
        (1, (
            "very poor|very bad|terrible|horrible|awful|very dissatisfied|extremely dissatisfied|"
            "strongly disagree|hate it|very unhappy|very negative|much worse|worst|unacceptable|one"
        )),
    )
    for word in words.split("|")
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Scale:
    """A scale from its worst to its best value; worst > best for one turned round ("5-1": 1 is best)."""

    worst: float
    best: float

    @property
    def name(self) -> str:
        """As kept in `rating_scale`: "1-5", "0-10"."""
        return f"{self.worst:g}-{self.best:g}"

    def to_stars(self, x: float) -> float | None:
        """The value on 1-5, straight between the ends; None out of range."""
        if not min(self.worst, self.best) <= x <= max(self.worst, self.best):
            return None
        return round(1 + 4 * (x - self.worst) / (self.best - self.worst), 6)


STARS = Scale(1, 5)
_USUAL = (STARS, Scale(1, 10), Scale(0, 10), Scale(0, 100))


def given_scale(text: str) -> Scale:
    """The scale a person named: "1-5", "0-10", "5-1" (1 is best). UserError for anything else."""
    found = re.fullmatch(r"\s*(-?\d+(?:\.\d+)?)\s*(?:-|–|to|\.\.)\s*(-?\d+(?:\.\d+)?)\s*", text)
    if found is None or float(found[1]) == float(found[2]):
        raise UserError(
            _("“{text}” is not a scale.").format(text=text),
            _("Write its worst and its best value, such as 1-5, 0-10, 0-100, or 6-1 where 1 is best."),
        )
    return Scale(float(found[1]), float(found[2]))


def number_of(text: str, decimal: str = "") -> tuple[float, float | None] | None:
    """(value, the scale's end if the cell names one) of a cell; None where it is no number."""
    plain = text.strip().casefold().replace(" ", "")
    if decimal:  # the other mark groups thousands
        plain = plain.replace("," if decimal == "point" else ".", "")
    if found := _NUMBER.fullmatch(plain):
        return float(found[1].replace(",", ".")), 100.0 if found[2] == "%" else None
    if found := _OUT_OF.fullmatch(plain.replace(",", ".")):
        if found[1].count(".") > 1 or found[2].count(".") > 1 or not found[1].strip(".") or not found[2].strip("."):
            return None
        return float(found[1]), float(found[2])
    if found := _STARS.fullmatch(plain.replace("\ufe0f", "")):
        return float(len(found[1])), 5.0
    return None


def word_value(text: str) -> float | None:
    """A rating in words on 1-5: "Excellent" is 5; also "4 - Good" and "Good (4)"; None for unknown words."""
    return _WORDS.get(" ".join(re.sub(r"[^a-z ]+", " ", text.casefold()).split()))


def scale_in_name(column: str) -> Scale | None:
    """A scale the column's name states: "Score (1-10)", "Rating out of 5"."""
    found = _IN_NAME.search(column.casefold())
    if found is None:
        return None
    low, high = (float(found[1]), float(found[2])) if found[1] else (1.0, float(found[3] or found[4]))
    if low >= high or high > 100:
        return None
    if not found[1] and high >= 10:
        low = 0.0
    return Scale(high, low) if _BEST_FIRST.search(column.casefold()) else Scale(low, high)


def find_scale(counts: Mapping[str, int], column: str = "") -> Scale:
    """The scale of a column from how often each cell occurs: the smallest that holds 95 of 100 values."""
    named = scale_in_name(column)
    if named is not None:
        return named
    values: dict[float, int] = {}
    for text, count in counts.items():
        found = number_of(text)
        if found is not None and found[1] is None:
            values[found[0]] = values.get(found[0], 0) + count
    total = sum(values.values())
    if not total:
        return STARS
    if _BEST_FIRST.search(column.casefold()):
        return Scale(max(5.0, *values), 1.0)
    for scale in _USUAL:
        inside = sum(count for value, count in values.items() if scale.worst <= value <= scale.best)
        if inside >= _SHARE * total:
            return _with_zero(scale, values)
    return STARS


def _with_zero(scale: Scale, values: Mapping[float, int]) -> Scale:
    """A nought in a column of tens belongs to the scale 0-10."""
    return Scale(0, 10) if scale.best == 10 and values.get(0.0) else scale


class RatingReader:
    """Turns cells of one column into ratings on 1-5. `decimal`: point, comma, or "" for whichever stands there."""

    def __init__(self, scale: Scale, decimal: str = "") -> None:
        self.scale = scale
        self._decimal = decimal

    def read(self, text: str) -> tuple[float | None, str]:
        """(rating or None, name of the scale it was read on)."""
        found = number_of(text, self._decimal)
        if found is None:
            worded = word_value(text)
            return worded, "words" if worded is not None else self.scale.name
        value, end = found
        if end is None:
            return self.scale.to_stars(value), self.scale.name
        own = STARS if end == 5 else Scale(0, end) if end >= 10 else Scale(1, end)
        if own.best == own.worst:
            return None, self.scale.name
        return own.to_stars(value), own.name
