"""One line, written the way the owner would say it, read as an entry. Pure: nothing is looked up or kept.

`maria alvarez: bread arrived late again, 2 stars, phone, yesterday #late-delivery`. What is said beside the words, in
any order, between commas or at the end, is taken out; the words themselves stay as they were typed.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from cvdesk.catalogue.records import Named
from cvdesk.customers.people import Candidate, People
from cvdesk.feedback.capture_guess import Guesses
from cvdesk.feedback.capture_head import Head, HeadReader, pieces
from cvdesk.feedback.capture_parts import Part, Scanner, lowered
from cvdesk.feedback.capture_words import words_for
from cvdesk.themes.records import Theme, suggest
from cvdesk.wording import _

NO, SUGGESTED, ASKED = "no", "suggested", "asked"
_LONGEST_TAIL = 12
_CONJUNCTION = re.compile(r"(?:\w+\W+){0,3}(?:and|or|&)\s")


@dataclass(frozen=True, slots=True)
class CaptureContext:
    """What lines are read against. Make one when the file is opened or changed: its index is built here."""

    people: People = field(default_factory=People)
    themes: Sequence[Theme] = ()
    channels: Sequence[Named] = ()
    offerings: Sequence[Named] = ()
    country: str = "GB"
    language: str = "en"
    scanner: Scanner = field(init=False, repr=False, compare=False)
    heads: HeadReader = field(init=False, repr=False, compare=False)
    guesses: Guesses = field(init=False, repr=False, compare=False)
    carries_rating: frozenset[str] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        words = words_for(self.language)
        scanner = Scanner(words, self.country, self.channels, self.offerings, self.themes)
        object.__setattr__(self, "scanner", scanner)
        object.__setattr__(self, "heads", HeadReader(self.people, scanner, words))
        object.__setattr__(self, "guesses", Guesses(words, scanner.offering_names))
        object.__setattr__(self, "carries_rating", words.carries_rating)


@dataclass(frozen=True, slots=True)
class Captured:
    """A line as it was understood. Ids are the file's; the page shows names.

    customer: `customer_id`, or `customer_name` of somebody new, or several `candidates` to choose from, or
    `name_to_ask`, which may be a name or the first word of a note. `complaint` and `safety`: no, suggested, asked.
    `themes` were named with #, `suggested_themes` come from the words. `problems`: what must be put right, by field.
    """

    line: str
    text: str
    date: dt.date
    customer_id: int | None = None
    customer_name: str = ""
    candidates: tuple[Candidate, ...] = ()
    name_to_ask: str = ""
    anonymous: bool = False
    rating: float | None = None
    rating_raw: str | None = None
    rating_scale: str | None = None
    channel_id: int | None = None
    time: str | None = None
    themes: tuple[int, ...] = ()
    suggested_themes: tuple[int, ...] = ()
    unknown_themes: tuple[str, ...] = ()
    offering_id: int | None = None
    kind: str = "comment"
    complaint: str = NO
    severity: str | None = None
    needs_answer: bool = False
    safety: str = NO
    parts: tuple[Part, ...] = ()
    problems: tuple[tuple[str, str], ...] = ()


def read(line: str, context: CaptureContext, today: date) -> Captured:
    """Reads a line; never raises, whatever is typed. Without a day it is today's."""
    folded = lowered(line)
    head = context.heads.read(line, folded, today)
    parts = list(head.parts)
    segments = pieces(line, head.end, len(line))
    sides = _sides(segments, line, folded, context, head, today)
    spans: list[tuple[int, int]] = []
    run_start = 0
    for place in range(len(segments) + 1):
        if place == len(segments) or sides[place]:
            if place > run_start:
                spans.append((segments[run_start][0], segments[place - 1][1]))
            run_start = place + 1
            parts += sides[place] if place < len(segments) else []
    if spans:
        spans[-1], tail = _tail(folded, spans[-1], context, today)
        parts += tail
    words = [Part("words", start, end) for start, end in spans if end > start]
    return _captured(line, folded, parts, words, head, context, today)


def _sides(
    segments: Sequence[tuple[int, int]], line: str, folded: str, context: CaptureContext, head: Head, today: date
) -> list[list[Part]]:
    """For each stretch between commas its side parts; empty where it is words."""
    named = any(part.kind in ("customer", "anonymous") for part in head.parts)
    found = [context.scanner.only_parts(folded, start, end, today) or [] for start, end in segments]
    for place, (start, end) in enumerate(segments):
        if not named and not found[place]:
            found[place] = _customer(line, start, end, context.people, first=place == 0)
            named = bool(found[place])
    for first, last in _runs(found):
        run = [part for side in found[first:last] for part in side]
        at_edge = first == 0 or last == len(found)
        sure = any(part.sure for part in run)
        if not (at_edge or sure) or (not sure and _listing(found, segments, folded, first, last)):
            found[first:last] = [[] for _side in range(first, last)]
    return found


def _customer(line: str, start: int, end: int, people: People, first: bool) -> list[Part]:
    """A stretch that is exactly somebody's name, e-mail address or number; a single word only at the very beginning."""
    typed = line[start:end]
    if not first and len(typed.split()) < 2 and "@" not in typed and not any(mark.isdigit() for mark in typed):
        return []
    one = people.exact(typed).one
    return [] if one is None else [Part("customer", start, end, one.id, True)]


def _runs(found: Sequence[Sequence[Part]]) -> list[tuple[int, int]]:
    """First and last+1 of each run of stretches that are side parts."""
    runs: list[tuple[int, int]] = []
    for place, side in enumerate(found):
        if side and runs and runs[-1][1] == place:
            runs[-1] = (runs[-1][0], place + 1)
        elif side:
            runs.append((place, place + 1))
    return runs


def _listing(
    found: Sequence[Sequence[Part]], segments: Sequence[tuple[int, int]], folded: str, first: int, last: int
) -> bool:
    """Whether a run looks like part of a list in the words: "shop, staff and food were excellent"."""
    channels = [part for side in found[first:last] for part in side if part.kind == "channel"]
    if len(channels) > 1:
        return True
    if not channels or first > 0 or last == len(found):
        return False
    start, end = segments[last]
    return _CONJUNCTION.match(folded, start, end) is not None


def _tail(
    folded: str, span: tuple[int, int], context: CaptureContext, today: date
) -> tuple[tuple[int, int], list[Part]]:
    """Takes side parts off the end of the words: from a part on that can be nothing else, such as "2 stars"."""
    start, end = span
    starts = [found.start() for found in re.finditer(r"\S+", folded[start:end])][-_LONGEST_TAIL:]
    for place in starts:
        if place == 0:
            continue
        parts = context.scanner.only_parts(folded, start + place, end, today)
        if not parts or not parts[0].sure or parts[0].start != start + place:
            continue
        before = folded[start : start + place].split()[-1]
        if parts[0].kind == "rating" and before.strip(".,'’") in context.carries_rating:
            continue
        return (start, start + len(folded[start : start + place].rstrip())), parts
    return span, []


def _captured(
    line: str, folded: str, parts: list[Part], words: list[Part], head: Head, context: CaptureContext, today: date
) -> Captured:
    text = ", ".join(line[part.start : part.end] for part in words)
    parts += _within(folded, words, parts, context)
    first = _First(parts)
    rating = first.part("rating")
    confirmed = tuple(dict.fromkeys(part.value for part in parts if part.kind == "theme" and part.value is not None))
    # What was named with # settles its factor: "late delivery" needs no second theme about deliveries beside it.
    settled = {theme.factor_key for theme in context.themes if theme.id in confirmed}
    suggested = tuple(theme for theme in suggest(text, context.themes) if theme.factor_key not in settled)
    levers = [theme.lever for theme in context.themes if theme.id in confirmed] or [theme.lever for theme in suggested]
    low = lowered(text)
    stars = rating.value if rating else None
    customer = first.part("customer")
    complaining = "problem" if first.value("complaint") else None
    kind = first.value("kind") or complaining or context.guesses.kind(low, stars, levers)
    complaint = _degree(first.value("complaint"), context.guesses.like_complaint(low, stars))
    known = customer is not None
    return Captured(
        line=line,
        text=text,
        date=first.value("date") or today,
        customer_id=customer.value if customer else None,
        customer_name=head.name,
        candidates=head.found.candidates if head.found.one is None else (),
        name_to_ask=head.ask if not known else "",
        anonymous=bool(first.value("anonymous")) and not known,
        rating=stars,
        rating_raw=line[rating.start : rating.end] if rating else None,
        rating_scale=rating.scale if rating else None,
        channel_id=first.value("channel"),
        time=first.value("time"),
        themes=confirmed,
        suggested_themes=tuple(theme.id for theme in suggested),
        unknown_themes=tuple(_unknown(line, parts)),
        offering_id=first.value("offering"),
        kind=kind,
        complaint=complaint,
        severity=first.value("severity"),
        needs_answer=bool(first.value("answer")) or (known and (kind in ("question", "problem") or complaint != NO)),
        safety=_degree(first.value("safety"), context.guesses.safety(low)),
        parts=tuple(sorted(parts + words, key=lambda part: (part.start, part.kind != "words"))),
        problems=tuple(_problems(parts, head)),
    )


def _within(folded: str, words: Sequence[Part], parts: Sequence[Part], context: CaptureContext) -> list[Part]:
    """What is read inside the words and left there: an offering's name, #themes, stars when no rating was given."""
    inside: list[Part] = []
    rated = any(part.kind == "rating" for part in parts)
    for span in words:
        inside += context.scanner.tags(folded, span.start, span.end)
        named = context.guesses.offering(folded[span.start : span.end])
        if named is not None:
            inside.append(Part("offering", span.start + named[1], span.start + named[2], named[0]))
        if not rated:
            stars = _stars(folded, span, context)
            inside += stars
            rated = bool(stars)
    return inside


_STARS = re.compile(r"(?<![\w.,/])(?:[★⭐🌟]|\d)")


def _stars(folded: str, span: Part, context: CaptureContext) -> list[Part]:
    for place in _STARS.finditer(folded, span.start, span.end):
        part = context.scanner.rating(folded[: span.end], place.start())
        if part is not None and part.sure and part.value is not None:
            return [part]
    return []


def _degree(asked: object, suggested: bool) -> str:
    if asked:
        return ASKED
    return SUGGESTED if suggested else NO


def _unknown(line: str, parts: Sequence[Part]) -> list[str]:
    typed = (line[part.start + 1 : part.end] for part in parts if part.kind == "theme" and part.value is None)
    return [tag for tag in typed if any(mark.isalpha() for mark in tag)]


def _problems(parts: Sequence[Part], head: Head) -> list[tuple[str, str]]:
    found = [(part.kind, part.problem) for part in parts if part.problem]
    if len(head.found.candidates) > 1:
        found.append(("customer", _("Several customers fit this name. Choose which one.")))
    return found


class _First:
    """The first part of each kind that can be used."""

    def __init__(self, parts: Sequence[Part]) -> None:
        self._parts: dict[str, Part] = {}
        for part in parts:
            if part.value is not None or part.kind == "customer":
                self._parts.setdefault(part.kind, part)

    def part(self, kind: str) -> Part | None:
        """The part of this kind, or None."""
        return self._parts.get(kind)

    def value(self, kind: str) -> Any:
        """The value of the part of this kind, or None."""
        part = self._parts.get(kind)
        return None if part is None else part.value
