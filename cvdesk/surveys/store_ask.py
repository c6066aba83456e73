"""Whom to ask: who fits and has not been asked lately, drawn without a look at what they think; reminding once."""

from __future__ import annotations

import random
import secrets
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from cvdesk.catalogue import store as catalogue
from cvdesk.catalogue.records import key_of
from cvdesk.db import Operation, Queries
from cvdesk.db.queries import Row
from cvdesk.db.rows import day_start
from cvdesk.errors import UserError
from cvdesk.stats.intervals import NEED_PEOPLE
from cvdesk.surveys import store
from cvdesk.surveys.records import REST_DAYS, Survey
from cvdesk.surveys.store_rounds import BLANK, Round, note_reminded, note_round, rounds
from cvdesk.wording import _, ngettext

REMIND_DAYS = 7  # a reminder goes out at the earliest so many days after asking, unless the business says otherwise
NEEDS = {"email": "email", "pdf": "email", "phone": "phone"}  # what a way of asking needs to know of a customer
_NOBODY_ASKS = ("do-not-contact", "do-not-ask", "no-contact", "no-surveys")
_CHECKED_AT_ONCE = 500

# No answer, rating or complaint is looked at but for its day: whom to ask must not depend on what they think.
_ACTIVE = """(
    EXISTS (SELECT 1 FROM purchases WHERE customer_id = customers.id AND date BETWEEN :first AND :today)
    OR EXISTS (SELECT 1 FROM entries WHERE customer_id = customers.id AND position >= :start AND position < :end)
    OR EXISTS (SELECT 1 FROM assessments WHERE customer_id = customers.id AND date BETWEEN :first AND :today
        AND kind = 'customer' AND state = 'done')
    OR EXISTS (SELECT 1 FROM complaints WHERE customer_id = customers.id AND date BETWEEN :first AND :today)
    OR EXISTS (SELECT 1 FROM touches WHERE customer_id = customers.id AND date BETWEEN :first AND :today
        AND (due IS NULL OR done IS NOT NULL)))"""
_BOUGHT = "EXISTS (SELECT 1 FROM purchases WHERE customer_id = customers.id AND date BETWEEN :since AND :today)"
# The plus signs keep SQLite with each customer's few rows instead of all those of an offering.
_OF_OFFERING = """(
    EXISTS (SELECT 1 FROM purchases WHERE customer_id = customers.id AND +offering_id = :offering
        AND date BETWEEN :since AND :today)
    OR EXISTS (SELECT 1 FROM entries WHERE customer_id = customers.id AND +offering_id = :offering
        AND position >= :since_start AND position < :end))"""
_TAGGED = "EXISTS (SELECT 1 FROM customer_tags WHERE customer_id = customers.id AND tag_id = :tag)"
_LAST = """max(
    COALESCE((SELECT max(asked) FROM invitations WHERE customer_id = customers.id), ''),
    COALESCE((SELECT max(max(COALESCE(asked, ''), COALESCE(answered, ''))) FROM sheets
        WHERE customer_id = customers.id), ''),
    COALESCE((SELECT max(date) FROM assessments WHERE customer_id = customers.id AND kind = 'customer'), ''))"""
_CONTACT = "(SELECT value FROM contacts WHERE customer_id = customers.id AND kind = '{kind}' ORDER BY id LIMIT 1)"
_COLUMNS = f"""
customers.id, customers.name, customers.preferred_name, {_CONTACT.format(kind="email")} AS email,
{_CONTACT.format(kind="phone")} AS phone, {_LAST} AS last,
active = 0 OR may_write = 'no' OR EXISTS (SELECT 1 FROM customer_tags JOIN tags ON tags.id = tag_id
    WHERE customer_id = customers.id AND tags.key IN ({{barred}})) AS barred
"""
_WHO = "SELECT {columns} FROM customers WHERE active = 1 AND {where} ORDER BY name COLLATE NOCASE, id"
_THESE = "SELECT {columns} FROM customers WHERE id IN ({marks}) ORDER BY name COLLATE NOCASE, id"


@dataclass(frozen=True, slots=True)
class Audience:
    """Who may be asked: active customers, or `everybody` in the file, further limited.

    `bought_days`: bought in so many days up to today.
    """

    bought_days: int | None = None
    segment: int | None = None
    tag: int | None = None
    offering: int | None = None
    everybody: bool = False


@dataclass(frozen=True, slots=True)
class Candidate:
    """A customer who may be asked. `last`: when they were last asked or answered, any survey; None: never."""

    id: int
    name: str
    preferred_name: str
    email: str
    phone: str
    last: date | None


@dataclass(frozen=True, slots=True)
class Candidates:
    """Who fits and may be asked now, and those who are left out: each for the first reason that holds."""

    fitting: tuple[Candidate, ...]
    barred: tuple[Candidate, ...]
    asked_lately: tuple[Candidate, ...]
    unreachable: tuple[Candidate, ...]


def rest_days(db: Queries) -> int:
    """For how many days nobody is asked again."""
    return int(catalogue.setting(db, "rest_days", REST_DAYS))


def remind_days(db: Queries) -> int:
    """After how many days those who have not answered may be reminded."""
    return int(catalogue.setting(db, "remind_days", REMIND_DAYS))


def candidates(db: Queries, audience: Audience, way: str, today: date) -> Candidates:
    """Who may be asked in this way, by name."""
    found = db.rows(*_who(db, audience, today))
    return _sorted_out(found, NEEDS.get(way, ""), _rested_before(db, today))


def chosen_at_random(among: Sequence[Candidate], most: int | None, rng: random.Random) -> list[Candidate]:
    """At most so many of them, each as likely as any other; by name as before."""
    if most is None or most >= len(among):
        return list(among)
    places = sorted(rng.sample(range(len(among)), max(0, most)))
    return [among[place] for place in places]


def hand_out(
    op: Operation,
    survey_id: int,
    day: date,
    made: Round,
    customers: Sequence[int] = (),
    blank: int = 0,
    draw: Callable[[int], int] = secrets.randbelow,
) -> list[int]:
    """Asks these customers, or makes blank sheets; gives the ids of the sheets and keeps how they were chosen.

    UserError where one of them was asked within the rest time or is not to be asked, where there is nobody, or where
    so few are asked without names that their sheets would lead to them.
    """
    survey = store.get(op, survey_id)
    if not customers and not blank:
        raise UserError(_("Nobody is chosen."), _("Choose whom to ask, or how many sheets to print."))
    if survey.anonymous and customers and len(customers) + blank < NEED_PEOPLE:
        raise UserError(
            _("Of fewer than five people, whoever answers without a name could be recognised."),
            _("Ask more of them at once, or make a survey by name."),
        )
    _check_rested(op, customers, day)
    if survey.started is None:
        op.update("surveys", survey_id, {"started": day.isoformat()})
    note_round(op, survey_id, made)
    return store.hand_out(op, survey, day, made.way, customers, blank, draw)


def blank_round(day: date, count: int) -> Round:
    """A round of sheets for whoever takes one."""
    return Round(day, "paper", BLANK, count)


def people(db: Queries, customers: Iterable[int]) -> list[Candidate]:
    """These customers as they can be reached, by name."""
    return [_candidate(row) for row in _these(db, list(customers))]


@dataclass(frozen=True, slots=True)
class Waiting:
    """Somebody who was asked and has not answered: the sheet they have, and how they were asked."""

    customer: Candidate
    sheet_id: int
    way: str
    asked: date


# The latest sheet of each: who answered a later one is not reminded of an earlier one.
_LATEST_SHEETS = """
SELECT id, customer_id, way, asked, answered FROM sheets
WHERE survey_id = ? AND customer_id IS NOT NULL AND asked IS NOT NULL ORDER BY asked, id
"""


def to_remind(db: Queries, survey: Survey, today: date) -> list[Waiting]:
    """Who may be reminded today: asked long enough ago, not answered, not reminded yet, and not marked since.

    Nobody whose rest is over, who may be asked anew; nobody of a survey that has ended, nor of one without names,
    where nobody knows who has answered.
    """
    if survey.id is None or survey.anonymous or survey.ended is not None:
        return []
    reminded = rounds(db, survey.id).reminded
    first, last = _rested_before(db, today), today - timedelta(days=remind_days(db))
    latest = {row["customer_id"]: row for row in db.rows(_LATEST_SHEETS, (survey.id,))}
    waiting = {}
    for customer, row in latest.items():
        asked = date.fromisoformat(row["asked"])
        if row["answered"] is None and first < asked <= last and reminded.get(customer, date.min) < asked:
            waiting[customer] = (row["id"], row["way"], asked)
    return [Waiting(_candidate(one), *waiting[one["id"]]) for one in _these(db, list(waiting)) if not one["barred"]]


def remind(op: Operation, survey_id: int, customers: Sequence[int], day: date) -> None:
    """Notes that these were reminded, which is no new asking. UserError where one of them may not be."""
    allowed = {one.customer.id for one in to_remind(op, store.get(op, survey_id), day)}
    if not customers or not set(customers) <= allowed:
        raise UserError(
            _("Somebody has answered, or was reminded, meanwhile."),
            _("Look at the list again: everybody is reminded once at most."),
        )
    note_reminded(op, survey_id, customers, day)


def end(op: Operation, survey_id: int, day: date | None) -> None:
    """The survey ends on a day; None: it runs again. Sheets that still come back are taken in all the same."""
    op.update("surveys", survey_id, {"ended": None if day is None else day.isoformat()})


def _who(db: Queries, audience: Audience, today: date) -> tuple[str, dict[str, object]]:
    first = today - timedelta(days=catalogue.active_days(db) - 1)
    since = first if audience.bought_days is None else today - timedelta(days=audience.bought_days - 1)
    after = today + timedelta(days=1)
    where = ["1" if audience.everybody else _ACTIVE]
    values: dict[str, object] = {name: day.isoformat() for name, day in
                                 (("first", first), ("today", today), ("since", since))}  # fmt: skip
    values |= {name: day_start(day.isoformat()) for name, day in
               (("start", first), ("end", after), ("since_start", since))}  # fmt: skip
    if audience.bought_days is not None:
        where.append(_BOUGHT)
    if audience.offering is not None:
        where.append(_OF_OFFERING)
    if audience.tag is not None:
        where.append(_TAGGED)
    if audience.segment is not None:
        where.append("customers.segment_id = :segment")
    values |= {"segment": audience.segment, "tag": audience.tag, "offering": audience.offering}
    return _WHO.format(columns=_columns(), where=" AND ".join(where)), values


def _columns() -> str:
    keys = [*_NOBODY_ASKS, key_of(_("Do not contact"))]
    return _COLUMNS.format(barred=", ".join("'" + key.replace("'", "''") + "'" for key in keys))


def _these(db: Queries, customers: Sequence[int]) -> list[Row]:
    found: list[Row] = []
    for first in range(0, len(customers), _CHECKED_AT_ONCE):
        some = customers[first : first + _CHECKED_AT_ONCE]
        found += db.rows(_THESE.format(columns=_columns(), marks=", ".join("?" * len(some))), some)
    return sorted(found, key=lambda row: (row["name"].casefold(), row["id"]))


def _rested_before(db: Queries, today: date) -> date:
    """Who was last asked on this day or before is rested."""
    return today - timedelta(days=rest_days(db))


def _sorted_out(rows: Iterable[Row], needs: str, rested: date) -> Candidates:
    fitting, barred, lately, unreachable = [], [], [], []
    for row in rows:
        one = _candidate(row)
        if row["barred"]:
            barred.append(one)
        elif one.last is not None and one.last > rested:
            lately.append(one)
        elif (needs == "email" and not one.email) or (needs == "phone" and not one.phone):
            unreachable.append(one)
        else:
            fitting.append(one)
    return Candidates(tuple(fitting), tuple(barred), tuple(lately), tuple(unreachable))


def _candidate(row: Row) -> Candidate:
    last = date.fromisoformat(row["last"]) if row["last"] else None
    return Candidate(row["id"], row["name"], row["preferred_name"], row["email"] or "", row["phone"] or "", last)


def _check_rested(op: Operation, customers: Sequence[int], day: date) -> None:
    found = _sorted_out(_these(op, customers), "", _rested_before(op, day))
    wrong = [*found.asked_lately, *found.barred]
    if wrong:
        raise UserError(
            ngettext(
                "{name} was asked lately, or is not to be asked.",
                "{name} and others were asked lately, or are not to be asked.",
                len(wrong),
            ).format(name=wrong[0].name),
            _("Look at the list again. Nothing was handed out."),
        )
