"""The sample's complaints: where they came from, each step that was taken, what it cost, and the three still open."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from cvdesk.exchange.sample_feedback import Said
from cvdesk.exchange.sample_people import Person, busy
from cvdesk.exchange.sample_rows import Rows
from cvdesk.exchange.sample_shop import Shop
from cvdesk.exchange.sample_words import Story, texts

ACKNOWLEDGE_DAYS = 2
RESOLVE_DAYS = 10
SETTLED = 12  # cases older than this are closed
_FROM_ENTRY = 0.45
_REGULAR_COMPLAINER = "Maria Alvarez"
_AGAIN = "late-delivery"
_GESTURES = ("Rang, and left a loaf at the door", "Told at the counter, coffee on the house")
_GESTURE_COST = 350  # of the cost of a case, where it is not all spent on putting it right
_RESOLVED_AFTER = (0, 1, 1, 1, 2, 2, 2, 3, 3, 4, 5, 7)


@dataclass(frozen=True, slots=True)
class Case:
    """A complaint to be written: when, whose, out of which entry, of which kind in cases.toml."""

    day: date
    person: Person | None
    entry_id: int | None
    kind: dict[str, Any]


def make_complaints(
    rows: Rows, shop: Shop, story: Story, people: Sequence[Person], said: Sequence[Said], rng: random.Random
) -> None:
    """Writes the closed cases in order of time, then the open ones."""
    closed = sorted(_planned(story, people, said, rng), key=lambda case: case.day)
    earlier = 0
    for number, case in enumerate(closed, start=1):
        whose = case.person.name if case.person is not None else ""
        regular = (whose, case.kind["theme"]) == (_REGULAR_COMPLAINER, _AGAIN)
        complaint = write_closed(rows, shop, case, number, rng, earlier or None if regular else None)
        if regular:
            earlier = complaint
    by_name = {person.name: person for person in people}
    for place, case_now in enumerate(texts("cases")["open"], start=1):
        again = earlier if case_now["who"] == _REGULAR_COMPLAINER else None
        write_open(rows, shop, story, case_now, by_name[case_now["who"]], len(closed) + place, again or None)


def _planned(story: Story, people: Sequence[Person], said: Sequence[Said], rng: random.Random) -> Iterator[Case]:
    days = story.days[: -SETTLED - 1]
    weights = [busy(day) * (0.7 if day >= story.opening else 1.0) for day in days]
    free = [item for item in said if item.kind == "problem" and 1 <= item.stars <= 2 and item.day <= days[-1]]
    regular = next(person for person in people if person.name == _REGULAR_COMPLAINER)
    for kind in texts("cases")["case"]:
        words = rng.sample(kind["words"], len(kind["words"]))
        for place in range(kind["count"]):
            told = kind | {"words": [words[place % len(words)]]}
            if kind["theme"] == "late-delivery" and kind["who"] == "delivery" and place < 2:
                # She complained before: once long ago, and again four weeks before the case that is open now.
                yield Case(story.today - timedelta(days=(26, 118)[place]), regular, None, told)
                continue
            fitting = [item for item in free if item.theme == kind["theme"] and fits(item.person, kind["who"])]
            if fitting and rng.random() < _FROM_ENTRY:
                grown = rng.choice(fitting)
                free.remove(grown)
                yield Case(grown.day, grown.person, grown.entry_id, told)
            else:
                chosen = [person for person in people if person.active and fits(person, kind["who"])]
                person = None if rng.random() < 0.08 else rng.choice(chosen)
                yield Case(rng.choices(days, weights)[0], person, None, told)


def fits(person: Person, who: str) -> bool:
    """May this customer have such a complaint?"""
    return who == "anyone" or (person.organisation if who == "cafe" else person.segment == "delivery")


def write_closed(
    rows: Rows, shop: Shop, case: Case, number: int, rng: random.Random, repeat_of: int | None = None
) -> int:
    """Writes a complaint that went all its steps; it must be older than SETTLED days."""
    kind, day = case.kind, case.day
    acknowledged = day + timedelta(days=rng.choice((0, 0, 1, 1, 2)))
    assessed = acknowledged + timedelta(days=rng.choice((0, 0, 1)))
    resolved = max(assessed, day + timedelta(days=rng.choice(_RESOLVED_AFTER)))
    told = resolved + timedelta(days=rng.choice((0, 0, 1)))
    closed = told + timedelta(days=rng.choice((0, 1, 2, 3)))
    valid = rng.random() < 0.93
    outcome = rng.choices(("accepted", "not_accepted"), (88, 12))[0]
    cost = rng.choice(kind["cost"]) if valid else 0
    cause = rng.choice(kind["causes"]) if valid else "Not found on our side"
    put_right = rng.choice(kind["put_right"]) if valid else "Explained what happened; apologised for the trouble"
    channel = rng.choices(("phone", "counter", "email", "visit", "letter"), (40, 30, 20, 5, 5))[0]
    handler = rng.choice(list(shop.staff.values()))
    complaint = rows.add("complaints", {
        **_received(shop, case.person, kind, day, number),
        "time": f"{rng.randint(7, 17):02d}:{rng.randrange(60):02d}",
        "entry_id": case.entry_id, "channel_id": shop.channels[channel], "text": rng.choice(kind["words"]),
        "stage": "closed", "valid": int(valid), "cause": cause, "outcome": outcome, "resolution": put_right,
        "handler_id": handler, "cost_minor": cost, "acknowledged": acknowledged.isoformat(),
        "resolved": resolved.isoformat(), "told": told.isoformat(), "closed": closed.isoformat(),
        "repeat_of": repeat_of,
    })  # fmt: skip
    telling = rng.choice(("Rang", "Told at the counter", "Wrote an email"))
    gesture = _GESTURE_COST if cost > 2 * _GESTURE_COST and telling != "Wrote an email" else 0
    if gesture:
        telling = _GESTURES[telling != "Rang"]
    steps = [
        ("received", day, "", None), ("acknowledged", acknowledged, "Thanked and said when we will come back", None),
        ("assessed", assessed, cause, None), ("resolved", resolved, put_right, cost - gesture),
        ("told", told, telling, gesture), ("closed", closed, "", None),
    ]  # fmt: skip
    _steps(rows, complaint, steps, handler)
    rows.add("complaint_themes", {"complaint_id": complaint, "theme_id": shop.themes[kind["theme"]]})
    return complaint


def _received(shop: Shop, person: Person | None, kind: dict[str, Any], day: date, number: int) -> dict[str, Any]:
    return {
        "number": number, "date": day.isoformat(), "severity": kind["severity"],
        "customer_id": person.id if person else None, "segment_id": person.segment_id if person else None,
        "offering_id": shop.offerings.get(kind["offering"]),
        "acknowledge_by": (day + timedelta(days=ACKNOWLEDGE_DAYS)).isoformat(),
        "resolve_by": (day + timedelta(days=RESOLVE_DAYS)).isoformat(),
    }  # fmt: skip


def write_open(
    rows: Rows, shop: Shop, story: Story, case: dict[str, Any], person: Person, number: int, repeat_of: int | None
) -> None:
    """Writes a complaint that still waits: acknowledged, or assessed as well."""
    day = story.today - timedelta(days=case["days"])
    handler = shop.staff[case["handler"]]
    acknowledged = None if case["stage"] == "received" else day + timedelta(days=1)
    assessed = case["stage"] == "assessed"
    complaint = rows.add("complaints", {
        **_received(shop, person, case, day, number), "time": "09:30", "text": case["words"], "stage": case["stage"],
        "channel_id": shop.channels[case["channel"]], "valid": 1 if assessed else None, "cause": case["cause"],
        "handler_id": handler, "repeat_of": repeat_of, "resolution": case.get("resolution", ""),
        "cost_minor": sum(step["cost"] for step in case.get("before", ())) or None,
        "acknowledged": acknowledged.isoformat() if acknowledged else None,
        "resolve_by": (day + timedelta(days=case["resolve_days"])).isoformat(),
    })  # fmt: skip
    steps: list[tuple[str, date, str, int | None]] = [("received", day, "", None)]
    if acknowledged:
        steps.append(("acknowledged", acknowledged, "Rang back, will look into it", None))
    if acknowledged and assessed:
        steps.append(("assessed", acknowledged + timedelta(days=1), case["cause"], None))
    for step in case.get("before", ()):  # it seemed settled, and was opened again
        steps.append((step["stage"], story.today - timedelta(days=step["days"]), step["note"], step["cost"]))
    _steps(rows, complaint, steps, handler)
    rows.add("complaint_themes", {"complaint_id": complaint, "theme_id": shop.themes[case["theme"]]})


def _steps(rows: Rows, complaint: int, steps: Sequence[tuple[str, date, str, int | None]], handler: int) -> None:
    for stage, day, note, cost in steps:
        rows.add("complaint_events", {
            "complaint_id": complaint, "stage": stage, "date": day.isoformat(), "note": note,
            "cost_minor": cost or None,
            "staff_id": handler,
        })  # fmt: skip
