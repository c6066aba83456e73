"""SQL of pasted web reviews: which are there already, and logging the others as one step."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from cvdesk.catalogue.records import match_key
from cvdesk.customers import store as customers
from cvdesk.customers.records import Customer
from cvdesk.db import Operation, Queries
from cvdesk.feedback import store
from cvdesk.feedback.capture import CaptureContext
from cvdesk.feedback.capture_parts import lowered
from cvdesk.feedback.records import Entry
from cvdesk.feedback.records_reviews import Review
from cvdesk.themes.lexicon import suggest
from cvdesk.wording import _

DRAFT = "reviews"
_PREFIX = "review:"
_KNOWN = "SELECT source_id FROM entries WHERE source_id IN (SELECT value FROM json_each(?))"


@dataclass(frozen=True, slots=True)
class Plan:
    """How reviews are logged. `source` says where from; names nobody has yet become customers where that is wanted."""

    today: date
    channel_id: int | None = None
    source: str = ""
    make_customers: bool = True
    staff_id: int | None = None


@dataclass(frozen=True, slots=True)
class Logged:
    """What came of it."""

    added: int
    already: int
    customers: int


def known(db: Queries, reviews: Iterable[Review]) -> frozenset[str]:
    """The keys of those that were logged before."""
    ids = [_PREFIX + review.key for review in reviews]
    return frozenset(row[0].removeprefix(_PREFIX) for row in db.rows(_KNOWN, (json.dumps(ids),)))


def log(op: Operation, reviews: Sequence[Review], plan: Plan) -> Logged:
    """Logs those that are not there yet; the pasted block is forgotten in the same step."""
    there = known(op, reviews)
    new = [review for review in reviews if review.key not in there]
    context = store.capture_context(op)
    made: dict[str, int] = {}
    for review in new:
        customer_id = _customer(op, review, plan, context, made)
        entry_id = store.save(op, _entry(review, plan, context, customer_id))
        op.update("entries", entry_id, {"source_id": _PREFIX + review.key})
    op.forget_draft(DRAFT)
    return Logged(len(new), len(reviews) - len(new), len(made))


def _customer(op: Operation, review: Review, plan: Plan, context: CaptureContext, made: dict[str, int]) -> int | None:
    """The one customer of this name; a new one where nobody has it; nobody where several do."""
    name = match_key(review.name)
    if not name:
        return None
    found = context.people.exact(review.name)
    if found.one is not None:
        return found.one.id
    if found.candidates or not plan.make_customers:
        return None
    if name not in made:
        made[name] = customers.save(op, Customer(name=review.name))
    return made[name]


def _entry(review: Review, plan: Plan, context: CaptureContext, customer_id: int | None) -> Entry:
    themes = suggest(review.text, context.themes)
    kind = context.guesses.kind(lowered(review.text), review.rating, [theme.lever for theme in themes])
    day = review.date or plan.today
    answered = max(review.reply_date or day, day) if review.reply else None
    return Entry(
        date=day, text=review.text, customer_id=customer_id, channel_id=plan.channel_id, kind=kind,
        rating=review.rating, rating_raw=review.rating_raw, rating_scale=review.rating_scale, staff_id=plan.staff_id,
        source=_source(review, plan, customer_id), needs_answer=not review.reply and kind in ("question", "problem"),
        safety=context.guesses.endangered(lowered(review.text), review.rating), answer=review.reply, answered=answered,
        suggested_themes=tuple(theme.id for theme in themes),
    )  # fmt: skip


def _source(review: Review, plan: Plan, customer_id: int | None) -> str:
    """Where it comes from; a name that is no customer's, and that the day is only about right."""
    said = plan.source
    if review.name and customer_id is None:
        said = _("{source}, by {name}").format(source=said, name=review.name)
    return _("{source} (day approximate)").format(source=said) if review.approximate or review.date is None else said
