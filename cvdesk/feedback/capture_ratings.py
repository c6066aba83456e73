"""Ratings as people type them: "2 stars", "★★", "4*", "8/10", "rated 4" (model.md, Ratings)."""

from __future__ import annotations

import re
from dataclasses import dataclass

from cvdesk.feedback.capture_dates import any_of
from cvdesk.feedback.capture_words import Words
from cvdesk.wording import _

# Scales that can be told from a date: 7/20 may be a day, 7/10 is taken as a rating.
_SCALES = (3, 4, 5, 6, 7, 10, 20, 100)
_SLASHED_SCALES = (5, 10, 20, 100)


@dataclass(frozen=True, slots=True)
class FoundRating:
    """A rating read up to `end`: 1-5, and the scale it was on ("1-10"). None with a problem out of range.

    `sure`: nothing else can be meant, as with stars and 2/5, wherever in the words it stands.
    """

    end: int
    rating: float | None
    scale: str
    sure: bool
    problem: str = ""


def mapped(value: float, top: int) -> tuple[float | None, str]:
    """A value on a scale up to `top` as (rating on 1-5, the scale's name); None where it is out of range.

    Scales begin at 1, but for percentages and a typed 0 on ten, which is only possible on 0-10.
    """
    bottom = 0 if top == 100 or (top == 10 and value == 0) else 1
    if not bottom <= value <= top:
        return None, f"{bottom}-{top}"
    return round(1 + 4 * (value - bottom) / (top - bottom), 4), f"{bottom}-{top}"


class RatingReader:
    """Reads a rating at a place in a text in lower case. Made once for a language."""

    def __init__(self, words: Words, day_first: bool = True) -> None:
        self._numbers = words.numbers
        self._stars = words.stars
        number = rf"(?P<value>\d{{1,3}}(?:[.,]\d{{1,2}})?|{any_of(words.numbers)})"
        scales = "|".join(str(scale) for scale in reversed(_SCALES))
        tops = tuple(scale for scale in _SLASHED_SCALES if day_first or scale != 20)
        slashed = "|".join(str(scale) for scale in reversed(tops))
        said = f"{scales}|{any_of(name for name, value in words.numbers.items() if value in (5, 10))}"
        rated = rf"(?:(?:{words.rated})\s+)?"
        half = r"(?P<half>½|\s+and\s+a\s+half)?"
        forms = (
            r"(?P<drawn>[★⭐🌟]\ufe0f?(?:\s?[★⭐🌟]\ufe0f?)*)(?P<half>½)?(?P<empty>☆*)",
            r"(?P<asterisks>\*{2,})(?!\w)",
            rf"{rated}{number}\s*/\s*(?P<top>{slashed})(?:\s+{words.stars})?(?![\w/]|[.,]\d)",
            rf"{rated}{number}\s*{half}\s*(?:{words.out_of})\s+(?P<top>{said})(?:\s+{words.stars})?(?!\w)",
            rf"{rated}{number}\s*{half}[\s-]*(?:{words.stars}(?!\w)|[*★⭐]+(?!\w))",
            r"(?P<value>\d{1,3}(?:[.,]\d)?)\s*(?P<percent>%)",
            rf"(?:{words.rated})(?:\s+(?:as|at|a|it|us|is|of)\b|\s*[:=])?\s*{number}(?![\w/%]|[.,:]\d)",
        )
        self._forms = [re.compile(form) for form in forms]

    def read(self, text: str, start: int) -> FoundRating | None:
        """The rating that begins at `start`, or None."""
        for form in self._forms:
            found = form.match(text, start)
            if found is not None:
                return self._rating(found)
        return None

    def _rating(self, found: re.Match[str]) -> FoundRating:
        named = found.groupdict()
        raw = " ".join(found.group().split())
        if named.get("percent"):
            value, top = self._number(named["value"]), 100
        elif named.get("drawn"):
            value, top = float(sum(mark in "★⭐🌟" for mark in named["drawn"])), 5
        elif named.get("asterisks"):
            value, top = float(len(named["asterisks"])), 5
        else:
            value = self._number(named["value"])
            top = int(self._number(named["top"])) if named.get("top") else 5
        value += 0.5 if named.get("half") else 0.0
        rating, scale = mapped(value, top)
        sure = bool(named.get("drawn") or "/" in raw or "*" in raw or re.search(self._stars, raw))
        problem = "" if rating is not None else _out_of_range(raw, scale)
        return FoundRating(found.end(), rating, scale, sure, problem)

    def _number(self, typed: str) -> float:
        return self._numbers[typed] if typed in self._numbers else float(typed.replace(",", "."))


def _out_of_range(raw: str, scale: str) -> str:
    low, high = scale.split("-")
    return _("“{typed}” is outside {low} to {high}. Change it, or take it out.").format(typed=raw, low=low, high=high)
