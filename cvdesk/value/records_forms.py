"""What a score sheet asks and in which order: the forms, their closing questions, the steps it is filled in by."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from cvdesk.catalogue.records import LEVERS, Factor, Named, Question
from cvdesk.value.records import FORMS

ROTATING = 2  # factors of each lever on a sheet of the rotating form (METHOD 1.1)
# What a form ends with, in this order; the one-minute form only with the first and the last.
CLOSING = (
    "worth_it", "satisfaction", "ease", "recommend", "had_problem", "told_us", "comment_keep", "comment_change",
)  # fmt: skip
MINUTE_CLOSING = ("worth_it", "comment_change")
IMPORTANCE, POINTS = "importance", "lever_points"  # keys of the two questions that may follow
# The steps of a sheet besides the four levers: one question a lever, all in all, what matters, and its end.
PARTS, OVERALL, MATTERS, END = "parts", "overall", "matters", "end"

__all__ = [
    "CLOSING", "END", "FORMS", "IMPORTANCE", "MATTERS", "MINUTE_CLOSING", "OVERALL", "PARTS", "POINTS", "ROTATING",
    "Asked", "Details", "composed", "drawn", "points_left", "shares",
    "steps_of",
]  # fmt: skip

Draw = Callable[[int], int]  # a number from 0 up to one below the one given, at random


@dataclass(frozen=True, slots=True)
class Details:
    """What a score sheet says about itself. `name`: the customer's, as typed; without an id it is nobody's yet.

    `competitor_id`, `rival` (its name) and `way` are set on a sheet about somebody else. `asked`: the question versions
    it asks, empty where its form says so. `token`: what holds the sheets of one person together who is not named.
    """

    kind: str
    form: str
    date: date
    customer_id: int | None = None
    name: str = ""
    offering_id: int | None = None
    channel_id: int | None = None
    competitor_id: int | None = None
    rival: str = ""
    way: str = ""
    asked: tuple[int, ...] = ()
    token: str | None = None
    done: bool = False
    survey: bool = False

    @property
    def guess(self) -> bool:
        """Whether this is the owner's own guess of what customers would say."""
        return self.kind == "owner" and self.competitor_id is None


@dataclass(frozen=True, slots=True)
class Asked:
    """What a sheet may ask: the questions of the file and of this sheet, the factors, and who may be named on it.

    `order`: question versions of a sheet that was made elsewhere and whose form does not say what it asked.
    """

    questions: tuple[Question, ...]
    factors: tuple[Factor, ...]
    business: str
    offerings: tuple[Named, ...] = ()
    channels: tuple[Named, ...] = ()
    rivals: tuple[tuple[int, str], ...] = ()
    order: tuple[int, ...] = ()

    def factor(self, key: str | None) -> Factor | None:
        """The factor a question asks about; None for one that is out of use."""
        return next((one for one in self.factors if one.key == key), None)

    def question(self, key: str) -> Question | None:
        """The question of a key; None where the file has none."""
        return next((one for one in self.questions if one.key == key), None)

    def drawn(self, draw: Draw) -> tuple[int, ...]:
        """The question versions of a new sheet of the rotating form."""
        return drawn(composed("rotating", self.questions, self.factors), draw)

    def on_sheet(self, details: Details) -> list[Question]:
        """What a sheet asks, in order. About somebody else, and of the owner, only what is scored."""
        versions = details.asked or self.order
        if versions:
            known = {one.version_id: one for one in self.questions}
            found = [known[version] for version in versions if version in known]
        else:
            found = composed(details.form, self.questions, self.factors)
        if details.kind == "owner" or details.competitor_id is not None:
            return [one for one in found if not one.overall]
        return found


def composed(form: str, questions: Sequence[Question], factors: Sequence[Factor]) -> list[Question]:
    """What a form asks, in order: factors lever by lever, then the closing questions and the owner's own.

    `questions`: as they are asked now. The one-minute form asks one question a lever, none of a factor, and is a
    series of its own. The rotating form gives the whole pool here; `drawn` picks from it. ValueError for "own", which
    has no order but the owner's.
    """
    by_key = {question.key: question for question in questions}
    if form == "minute":
        keys = [f"lever_{lever}" for lever in LEVERS] + list(MINUTE_CLOSING)
    elif form in FORMS and form != "own":
        wanted = [factor for factor in factors if factor.core or form != "short"]
        own = [question.key for question in questions if question.own and question.overall]
        keys = [factor.key for lever in LEVERS for factor in wanted if factor.lever == lever]
        keys += [key for key in CLOSING if not key.startswith("comment_")] + own
        keys += [key for key in CLOSING if key.startswith("comment_")]
    else:
        raise ValueError(f"no form is composed by the name {form!r}")
    return [by_key[key] for key in keys if key in by_key]


def drawn(pool: Sequence[Question], draw: Draw) -> tuple[int, ...]:
    """The question versions of one sheet of the rotating form: two factors of each lever at random, and the rest."""
    kept = {one.version_id for one in pool if one.factor_key is None}
    for lever in LEVERS:
        left = [one.version_id for one in pool if one.factor_key and one.lever == lever]
        kept |= {left.pop(draw(len(left))) for _place in range(min(ROTATING, len(left)))}
    return tuple(one.version_id for one in pool if one.version_id in kept)


def steps_of(questions: Sequence[Question]) -> dict[str, list[Question]]:
    """The questions of a sheet by step, in the order the steps are shown; steps without a question are left out."""
    found: dict[str, list[Question]] = {step: [] for step in (PARTS, *LEVERS, OVERALL)}
    for one in questions:
        if one.overall:
            found[OVERALL].append(one)
        elif one.lever is not None:
            found[one.lever if one.factor_key else PARTS].append(one)
    return {step: some for step, some in found.items() if some}


def points_left(points: Mapping[str, int]) -> int:
    """How many of the ten points are left to share out; below 0 where there are too many."""
    return 10 - sum(points.values())


def shares(text: str) -> dict[str, int]:
    """Importance by factor or points by lever as an answer's text keeps them; empty where there is none."""
    found: dict[str, int] = {key: round(value) for key, value in json.loads(text).items()} if text else {}
    return found
