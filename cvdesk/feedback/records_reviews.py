"""A web review taken from a pasted block, and what can be done with two that should be one or one that is two."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace

BLANK, NOISE, HEAD, TEXT, REPLY, LEFT = "blank", "noise", "head", "text", "reply", "left over"
_SIGNIFICANT = 80  # letters of a review that tell it from others: sites cut the rest off until "Read more" is pressed


@dataclass(frozen=True, slots=True)
class Review:
    """One review. `date` None: the block does not say. `head`: the lines name, stars and day were read from.

    `key` tells it from others, the same however often it is pasted. `rating` is on 1-5.
    """

    text: str = ""
    name: str = ""
    rating: float | None = None
    rating_raw: str | None = None
    rating_scale: str | None = None
    date: dt.date | None = None
    approximate: bool = False
    reply: str = ""
    reply_date: dt.date | None = None
    head: tuple[str, ...] = ()
    key: str = ""


@dataclass(frozen=True, slots=True)
class Placed:
    """What became of one line: its part, and which review it is in."""

    line: str
    part: str
    review: int | None = None


@dataclass(frozen=True, slots=True)
class Pasted:
    """A block as it was understood."""

    reviews: tuple[Review, ...] = ()
    lines: tuple[Placed, ...] = ()

    @property
    def left_over(self) -> tuple[str, ...]:
        """Lines that belong to no review."""
        return tuple(one.line for one in self.lines if one.part == LEFT)


def join(first: Review, second: Review) -> Review:
    """Two reviews that are one: the second's name, stars and day stay as words, so that nothing is lost."""
    text = "\n".join(part for part in (first.text, *second.head, second.text) if part)
    words = "\n".join(part for part in (first.reply, second.reply) if part)
    return keyed(replace(first, text=text, reply=words, reply_date=first.reply_date or second.reply_date))


def cut(review: Review, place: int) -> tuple[Review, Review]:
    """Two reviews of one, cut in its words before the letter `place`; the owner's reply goes with the second."""
    first, second = review.text[:place].strip(), review.text[place:].strip()
    upper = replace(review, text=first, reply="", reply_date=None)
    lower = replace(review, text=second, name="", rating=None, rating_raw=None, rating_scale=None, head=())
    return keyed(upper), keyed(lower)


def keyed(review: Review, again: int = 0) -> Review:
    """A review with the key that tells it from others; of several just alike in a block each has its own."""
    letters = "".join(mark for mark in review.text.casefold() if mark.isalnum())
    said = letters[:_SIGNIFICANT] if review.name else letters
    parts = (review.name.casefold(), "" if review.rating is None else f"{review.rating:g}", said, str(again or ""))
    return replace(review, key=hashlib.sha256("\n".join(parts).encode("utf-8", "replace")).hexdigest()[:32])


def with_keys(reviews: Iterable[Review]) -> list[Review]:
    """The reviews of one block, each with a key of its own."""
    counted: Counter[str] = Counter()
    made = []
    for review in reviews:
        key = keyed(review).key
        made.append(keyed(review, counted[key]))
        counted[key] += 1
    return made
