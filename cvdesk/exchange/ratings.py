"""Ratings on whatever scale they come, turned to 1-5 (model.md: Ratings)."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from cvdesk.catalogue.records import match_key
from cvdesk.errors import UserError
from cvdesk.exchange.rating_words import plain, usual_value
from cvdesk.wording import _

# The scale that holds at least this share of a column's values is the column's scale; what lies outside is reported.
# A few slips of the pen do not turn a column of 1-5 into one of 0-10.
_SHARE = 0.95
_HALF_A_STAR = 0.5
_FEWEST_SEVENS = 20
_OUT_OF = re.compile(r"([\d.]+)(?:/|outof|von|sur|de|su|aus)([\d.]+)(?:stars?|sterne?n?|etoiles?|estrellas?)?")
_STARS = re.compile(r"([★⭐🌟*]+)(½?)[☆✩]*")
_NUMBER = re.compile(r"([+-]?\d+(?:[.,]\d+)?)(%|stars?|points?|pts?|sterne?n?|punkte?|etoiles?|estrellas?|puntos?)?")
_LONGEST = 100  # letters of a cell that may be a number; more digits would be beyond all numbers
_HALF = re.compile(r"(\d+)\s*(?:½|\s1/2)")
_LEADING = re.compile(r"([+-]?\d+(?:[.,]\d+)?)\s*(?:[-–—:=.(]+\s*|\s)[^\W\d_][^\d]*")
_IN_NAME = re.compile(
    r"\(?\b(\d+)\s*(?:-|–|to|bis|a|à|\.\.)\s*(\d+)\b|\b(?:out of|von|sur|de)\s+(\d+)\b|(?<!\d)/\s?(\d+)\b"
)
_GOOD = r"(?:the\s+)?(?:best|excellent|very good|very satisfied|highest|sehr gut|meilleur|tres bien|mejor|muy bueno)"
_BAD = r"(?:the\s+)?(?:worst|terrible|very poor|very bad|very dissatisfied|lowest|sehr schlecht|ungenugend)"
_BEST_FIRST = re.compile(
    rf"\b1\s*(?:=|is|:|-|\()\s*{_GOOD}|{_GOOD}\s*(?:=|is|:)\s*1\b|\b(?:[5-9]|10)\s*(?:=|is|:|\()\s*{_BAD}|\bschulnote"
)


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
        if self.worst == _HALF_A_STAR:  # stars with halves stay as they are; the lowest rating there is is the lowest
            return max(1.0, x)
        return round(1 + 4 * (x - self.worst) / (self.best - self.worst), 6)


STARS = Scale(1, 5)
_USUAL = (STARS, Scale(_HALF_A_STAR, 5), Scale(1, 10), Scale(0, 10), Scale(0, 20), Scale(0, 100))
_TURNED = (Scale(5, 1), Scale(6, 1), Scale(7, 1), Scale(10, 1))


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
    if len(text) > _LONGEST:
        return None
    half = _HALF.fullmatch(text.strip())
    plain = f"{half[1]}.5" if half else match_key(text).replace(" ", "")
    if decimal and not half:  # the other mark groups thousands
        plain = plain.replace("," if decimal == "point" else ".", "")
    if found := _NUMBER.fullmatch(plain):
        return float(found[1].replace(",", ".")), 100.0 if found[2] == "%" else None
    if found := _OUT_OF.fullmatch(plain.replace(",", ".")):
        if found[1].count(".") > 1 or found[2].count(".") > 1 or not found[1].strip(".") or not found[2].strip("."):
            return None
        return float(found[1]), float(found[2])
    if found := _STARS.fullmatch("".join(text.split()).replace("\ufe0f", "")):
        return len(found[1]) + (0.5 if found[2] else 0.0), 5.0
    return None


def scale_in_name(column: str) -> Scale | None:
    """A scale the column's name states: "Score (1-10)", "Rating out of 5", "Grade 1-6 (1 = best)"."""
    name = match_key(column)
    found = _IN_NAME.search(name)
    if found is None:
        return None
    low, high = (float(found[1]), float(found[2])) if found[1] else (1.0, float(found[3] or found[4]))
    if found[1] and low > high:
        low, high = high, low
    if low == high or high > 100 or high < 3:
        return None
    if not found[1] and high >= 10:
        low = 0.0
    return Scale(high, low) if _BEST_FIRST.search(name) else Scale(low, high)


def find_scale(counts: Mapping[str, int], column: str = "") -> Scale:
    """The scale of a column from its name and how often each cell occurs: the smallest that holds 95 of 100 values."""
    values: dict[float, int] = {}
    for text, count in counts.items():
        found = number_of(text) or _leading(text)
        if found is not None and found[1] is None:
            values[found[0]] = values.get(found[0], 0) + count
    total = sum(values.values())
    named = scale_in_name(column)
    if named is not None and 2 * _inside(named, values) >= total:
        return named
    if not total:
        return STARS
    if _BEST_FIRST.search(match_key(column)):
        return next((scale for scale in _TURNED if _inside(scale, values) >= _SHARE * total), Scale(5, 1))
    for scale in _USUAL:
        if _inside(scale, values) >= _SHARE * total:
            return _seen(scale, values, total)
    return _seen(STARS, values, total)


def _inside(scale: Scale, values: Mapping[float, int]) -> int:
    low, high = sorted((scale.worst, scale.best))
    return sum(count for value, count in values.items() if low <= value <= high)


def _seen(scale: Scale, values: Mapping[float, int], total: int) -> Scale:
    """The scale with the end its values show: half a star, a nought, or seven as the best there is."""
    inside = [value for value in values if 0 <= value <= scale.best]
    if scale.best == STARS.best and min(inside, default=1.0) == _HALF_A_STAR:
        return Scale(_HALF_A_STAR, STARS.best)
    if scale.best != 10:
        return scale
    if _inside(Scale(0, 5), values) >= _SHARE * total:
        return Scale(0, 5)
    if max(inside) == 7 and total >= _FEWEST_SEVENS and 0.0 not in values:
        return Scale(1, 7)
    return Scale(0, 10) if values.get(0.0) else scale


def _leading(text: str) -> tuple[float, None] | None:
    """The number before words that explain it: "10 - extremely likely"."""
    found = _LEADING.fullmatch(text.strip())
    return (float(found[1].replace(",", ".")), None) if found else None


class RatingReader:
    """Turns cells of one column into ratings on 1-5. `decimal`: point, comma, or "" for whichever stands there.

    `words`: what words are worth in this column; those that are not among them are worth what they usually are.
    """

    def __init__(self, scale: Scale, decimal: str = "", words: Mapping[str, float] | None = None) -> None:
        self.scale = scale
        self._decimal = decimal
        self._words = words or {}

    def read(self, text: str) -> tuple[float | None, str]:
        """(rating or None, name of the scale it was read on)."""
        found = number_of(text, self._decimal)
        if found is None:
            worded = self._words.get(plain(text), usual_value(text))
            if worded is not None:
                return worded, "words"
            found = _leading(text)
            if found is None:
                return None, self.scale.name
        value, end = found
        if end is None:
            return self.scale.to_stars(value), self.scale.name
        own = STARS if end == 5 else Scale(0, end) if end >= 10 else Scale(1, end)
        if own.best == own.worst:
            return None, self.scale.name
        return own.to_stars(value), own.name
