"""Customers who may be in the file twice: proposed, and what the owner decided about each pair."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from cvdesk.customers.records_match import NOT_THE_SAME, Compared, Likeness, Scorer, compared
from cvdesk.customers.records_pairs import find_pairs
from cvdesk.db import Operation, Queries

# Up to so many customers the search runs by itself whenever they have changed; above, when somebody asks for it.
MOST_BY_ITSELF = 10_000

_PEOPLE = "SELECT id, name, kind, birthday, address, city FROM customers ORDER BY id"
_CONTACTS = "SELECT customer_id, kind, match_key FROM contacts WHERE kind IN ('email', 'phone')"
_PAIRS = "SELECT customer_id, other_id FROM duplicates WHERE state = ?"
_STATE = """
SELECT (SELECT count(*) FROM customers), (SELECT COALESCE(max(updated_at), '') FROM customers),
    (SELECT count(*) FROM contacts), (SELECT COALESCE(max(updated_at), '') FROM contacts),
    (SELECT count(*) FROM duplicates), (SELECT COALESCE(max(updated_at), '') FROM duplicates)
"""
_DECIDED = """
SELECT id FROM duplicates
WHERE (customer_id = :one AND other_id = :other) OR (customer_id = :other AND other_id = :one)
"""
Pair = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Proposal:
    """Two customers who may be one, and why; `one` is the older record."""

    one: int
    other: int
    why: Likeness

    @property
    def pair(self) -> Pair:
        """The two, as the owner's decisions are kept."""
        return self.one, self.other


def state(db: Queries) -> tuple[object, ...]:
    """Changes whenever a new search could find anything else."""
    row = db.row(_STATE)
    assert row is not None
    return tuple(row)


def propose(db: Queries, stopped: Callable[[], bool] = lambda: False) -> list[Proposal]:
    """All pairs worth a look, the surest first and the doubtful last; without those the owner keeps apart.

    What an import could not decide is proposed as well, unless something rules it out.
    """
    people = _everybody(db)
    apart = {_sorted(row) for row in db.rows(_PAIRS, ("kept_apart",))}
    found = {(one, other): why for one, other, why in find_pairs(people, stopped) if (one, other) not in apart}
    undecided = {_sorted(row) for row in db.rows(_PAIRS, ("proposed",))} - found.keys() - apart
    if undecided:
        scorer, by_id = Scorer(people), {person.id: person for person in people}
        for pair in undecided:
            why = scorer.likeness(by_id[pair[0]], by_id[pair[1]])
            if why != NOT_THE_SAME and why.reasons:
                found[pair] = why
    ordered = sorted(found.items(), key=lambda item: (bool(item[1].doubt), -item[1].points, item[0]))
    return [Proposal(one, other, why) for (one, other), why in ordered]


def _everybody(db: Queries) -> list[Compared]:
    contacts: dict[tuple[int, str], list[str]] = defaultdict(list)
    for row in db.each(_CONTACTS):
        contacts[row[0], row[1]].append(row[2])
    return [
        compared(
            row["id"],
            row["name"],
            row["kind"],
            row["birthday"],
            row["address"],
            row["city"],
            contacts.get((row["id"], "email"), ()),
            contacts.get((row["id"], "phone"), ()),
        )
        for row in db.each(_PEOPLE)
    ]


def _sorted(pair: Iterable[int]) -> Pair:
    one, other = sorted(pair)
    return one, other


def keep_apart(op: Operation, one: int, other: int, reasons: Iterable[str] = ()) -> None:
    """Notes that two customers are not the same one; they are not proposed again. LookupError if either is gone."""
    for customer in (one, other):
        if op.value("SELECT 1 FROM customers WHERE id = ?", (customer,)) is None:
            raise LookupError(f"there is no customer {customer}")
    known = op.value(_DECIDED, {"one": one, "other": other})
    if known is not None:
        op.update("duplicates", known, {"state": "kept_apart"})
        return
    first, second = _sorted((one, other))
    values = {"customer_id": first, "other_id": second, "reason": ", ".join(reasons), "state": "kept_apart"}
    op.insert("duplicates", values)
