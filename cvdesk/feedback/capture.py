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
from cvdesk.feedback.capture_complete import Completer, Completion
from cvdesk.feedback.capture_guess import Guesses
from cvdesk.feedback.capture_head import Head, HeadReader
from cvdesk.feedback.capture_parts import Part, Scanner, lowered
from cvdesk.feedback.capture_promises import Promise, PromiseReader
from cvdesk.feedback.capture_split import Split, Splitter
from cvdesk.feedback.capture_words import words_for
from cvdesk.themes.lexicon import suggest
from cvdesk.themes.records import Theme
from cvdesk.wording import _

NO, SUGGESTED, ASKED = "no", "suggested", "asked"


@dataclass(frozen=True, slots=True)
class CaptureContext:
    """What lines are read against. Make one when the file is opened or changed: its index is built here."""

    people: People = field(default_factory=People)
    themes: Sequence[Theme] = ()
    channels: Sequence[Named] = ()
    offerings: Sequence[Named] = ()
    country: str = "GB"
    language: str = "en"
    staff: Sequence[tuple[int, str]] = ()
    scanner: Scanner = field(init=False, repr=False, compare=False)
    heads: HeadReader = field(init=False, repr=False, compare=False)
    guesses: Guesses = field(init=False, repr=False, compare=False)
    splitter: Splitter = field(init=False, repr=False, compare=False)
    promises: PromiseReader = field(init=False, repr=False, compare=False)
    completer: Completer = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        words = words_for(self.language)
        scanner = Scanner(words, self.country, self.channels, self.offerings, self.themes)
        object.__setattr__(self, "scanner", scanner)
        object.__setattr__(self, "heads", HeadReader(self.people, scanner, words))
        object.__setattr__(self, "guesses", Guesses(words, scanner.offering_names))
        object.__setattr__(self, "splitter", Splitter(self.people, scanner, words))
        object.__setattr__(self, "promises", PromiseReader(words, self.country, self.staff))
        completer = Completer(self.people, scanner, words, self.channels, self.offerings, self.themes)
        object.__setattr__(self, "completer", completer)


@dataclass(frozen=True, slots=True)
class Captured:
    """A line as it was understood. Ids are the file's; the page shows names.

    customer: `customer_id`, or `customer_name` of somebody new, or several `candidates` to choose from, or
    `name_to_ask`, which may be a name or the first word of a note. `customer_alike`: what was typed where the customer
    is only alike or several fit, so that it may yet be somebody new. `complaint`, `safety` and `promise`: no,
    suggested, asked. `themes` were named with #, `suggested_themes` come from the words. A promise that is asked for
    is no part of the customer's words: `text_beside_promise` is what is left. `problems`: what must be put right, by
    field.
    """

    line: str
    text: str
    date: dt.date
    customer_id: int | None = None
    customer_name: str = ""
    customer_alike: str = ""
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
    promise: str = NO
    promise_words: str = ""
    promised_by: dt.date | None = None
    promise_staff_id: int | None = None
    text_beside_promise: str = ""
    safety_answers: tuple[tuple[str, str], ...] = ()
    parts: tuple[Part, ...] = ()
    problems: tuple[tuple[str, str], ...] = ()


def read(line: str, context: CaptureContext, today: date) -> Captured:
    """Reads a line; never raises, whatever is typed. Without a day it is today's."""
    folded = lowered(line)
    head = context.heads.read(line, folded, today)
    split = context.splitter.split(line, folded, head, today)
    promise = context.promises.find(line, folded, split.stretches, today)
    return _captured(line, folded, split, head, promise, context, today)


def completions(line: str, captured: Captured | None, context: CaptureContext, today: date) -> tuple[Completion, ...]:
    """What a line may go on as at its end, most likely first."""
    known = captured is not None and (captured.customer_id is not None or captured.anonymous)
    return context.completer.at_end(line, known, today)


def _captured(
    line: str,
    folded: str,
    split: Split,
    head: Head,
    promise: Promise | None,
    context: CaptureContext,
    today: date,
) -> Captured:
    words = [Part("words", start, end) for start, end in split.words]
    text = "".join(line[start:end] for start, end in split.words)
    parts = [*split.parts, *_within(folded, words, split.parts, context)]
    first = _First(parts)
    rating = first.part("rating")
    confirmed = tuple(dict.fromkeys(part.value for part in parts if part.kind == "theme" and part.value is not None))
    # What was named with # settles its factor: "late delivery" needs no second theme about deliveries beside it.
    settled = {theme.factor_key for theme in context.themes if theme.id in confirmed}
    suggested = tuple(theme for theme in suggest(text, context.themes) if theme.factor_key not in settled)
    levers = [theme.lever for theme in context.themes if theme.id in confirmed] or [theme.lever for theme in suggested]
    low = lowered(text)
    stars = rating.value if rating else None
    who = _who(line, first.part("customer"), head, context.people)
    kind = first.value("kind") or ("problem" if first.value("complaint") else None)
    kind = kind or context.guesses.kind(low, stars, levers)
    complaint = _degree(first.value("complaint"), context.guesses.like_complaint(low, stars))
    known = who.customer_id is not None
    return Captured(
        line=line,
        text=text,
        date=first.value("date") or today,
        customer_id=who.customer_id,
        customer_name=who.name,
        customer_alike=who.alike,
        candidates=who.candidates,
        name_to_ask="" if known or who.name else head.ask,
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
        safety=ASKED if first.value("safety") or context.guesses.endangered(low, stars) else NO,
        promise=NO if promise is None else ASKED if promise.asked else SUGGESTED,
        promise_words=promise.what if promise else "",
        promised_by=promise.by if promise else None,
        promise_staff_id=promise.staff_id if promise else None,
        text_beside_promise=_beside(line, split, promise),
        parts=tuple(sorted([*parts, *words], key=lambda part: (part.start, part.kind != "words"))),
        problems=tuple(_problems(parts, who)),
    )


@dataclass(frozen=True, slots=True)
class _Who:
    customer_id: int | None = None
    name: str = ""
    alike: str = ""
    candidates: tuple[Candidate, ...] = ()
    several: bool = False


def _who(line: str, customer: Part | None, head: Head, people: People) -> _Who:
    """Who it was: a customer, somebody new, or those to choose from."""
    if customer is None:
        return _Who()
    typed = " ".join(line[customer.start : customer.end].split())
    if customer.value is not None:
        return _Who(customer.value, alike=typed if head.found.how == "alike" else "")
    in_head = customer in head.parts
    found = head.found if in_head else people.exact(typed)
    if found.candidates:
        several = found.how == "several"
        return _Who(candidates=found.candidates, several=several, alike="" if several else typed)
    return _Who(name=head.name if in_head else typed)


def _beside(line: str, split: Split, promise: Promise | None) -> str:
    """The words without what the shop promised, where that stands by itself between commas."""
    if promise is None:
        return ""
    return "".join(line[start:end] for start, end in split.without(promise.start, promise.end))


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


def _problems(parts: Sequence[Part], who: _Who) -> list[tuple[str, str]]:
    found = [(part.kind, part.problem) for part in parts if part.problem]
    if who.several:
        found.append(("customer", _("More than one customer is named. Choose whose words these are.")))
    elif who.candidates:
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
