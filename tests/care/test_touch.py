"""Keeping in touch: the rhythm from the last contact of any kind, what is put off, who is due."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cvdesk.care.records_goals import Goal
from cvdesk.care.records_touch import Spoken, next_step
from cvdesk.care.store_due import due
from cvdesk.care.store_goals import end_goal, look_at, save_goal
from cvdesk.care.store_rhythm import check_ins, set_rhythm, set_tag_rhythm, tag_rhythms
from cvdesk.care.store_snooze import put_off, snooze, snoozed, wake
from cvdesk.care.store_touch import at_risk, note_spoken, save_quiet_months, waiting
from cvdesk.catalogue import store as catalogue
from cvdesk.catalogue.records import Business
from cvdesk.customers import store
from cvdesk.customers.records import Customer
from cvdesk.customers.store_contact import last_contact, last_days, rhythm_of
from cvdesk.customers.store_likes import buyers, likes
from cvdesk.customers.store_permission import set_permission
from cvdesk.customers.store_risk import risk_book
from cvdesk.db import BusinessFile
from cvdesk.errors import UserError
from cvdesk.exchange.new import make_business

TODAY = date(2026, 11, 21)
DAY = timedelta(days=1)


@pytest.fixture
def file(tmp_path: Path) -> Iterator[BusinessFile]:
    with make_business(tmp_path / "bakery.cvdesk", Business("Harbour Bakery")) as made:
        yield made


def customer(file: BusinessFile, name: str, since: date | None = None) -> int:
    return int(file.run("Add", lambda op: store.save(op, Customer(name, since=since))).result)


def contact(op, customer_id: int, sort: str, day: date, number: int = 1) -> None:
    """Something that is a contact with a customer, of one of the kinds there are."""
    at = day.isoformat()
    if sort == "entry":
        op.insert("entries", {"customer_id": customer_id, "date": at, "text": "lovely"})
    elif sort == "sheet":
        op.insert("assessments", {"customer_id": customer_id, "date": at, "kind": "customer", "state": "done",
                                  "form": "short"})  # fmt: skip
    elif sort in ("complaint", "step"):
        early = day if sort == "complaint" else day - 400 * DAY
        made = op.insert("complaints", {"customer_id": customer_id, "date": early.isoformat(), "number": number,
                                        "text": "cold"})  # fmt: skip
        if sort == "step":
            op.insert("complaint_events", {"complaint_id": made, "stage": "told", "date": at})
    else:
        op.insert("touches", {"customer_id": customer_id, "date": at, "done": at, "kind": sort})


SORTS = ("entry", "sheet", "complaint", "step", "contact", "check_in", "letter", "gesture", "onboarding", "told")


@settings(max_examples=25, deadline=None)
@given(st.lists(st.tuples(st.sampled_from(SORTS), st.integers(0, 300)), max_size=5), st.sampled_from((30, 90, 180)))
def test_a_rhythm_counts_from_the_last_contact_of_any_kind(made: list[tuple[str, int]], days: int) -> None:
    with TemporaryDirectory() as folder, make_business(Path(folder) / "one.cvdesk", Business("One")) as file:
        ana = customer(file, "Ana Ruiz", TODAY - 400 * DAY)

        def fill(op) -> None:
            set_rhythm(op, ana, days)
            op.insert("purchases", {"customer_id": ana, "date": TODAY.isoformat()})  # no talk, and so no contact
            op.insert("touches", {"customer_id": ana, "date": TODAY.isoformat(), "due": TODAY.isoformat(),
                                  "kind": "onboarding"})  # still to be done  # fmt: skip
            for number, (sort, ago) in enumerate(made, start=1):
                contact(op, ana, sort, TODAY - ago * DAY, number)

        file.run("Fill", fill)
        latest = min([ago for _sort, ago in made], default=None)
        last = None if latest is None else TODAY - latest * DAY
        found = last_contact(file, ana, TODAY)
        begun = [TODAY - (ago + 400) * DAY for sort, ago in made if sort == "step"]
        assert (found.date if found else None) == last_days(file, TODAY).get(ana) == (last or max(begun, default=None))
        start = last or TODAY - 400 * DAY
        waiting = check_ins(file, TODAY)
        assert [one.day for one in waiting] == ([start + days * DAY] if start + days * DAY <= TODAY else [])
        assert last_days(file, TODAY, [ana]) == last_days(file, TODAY)


def test_the_shortest_rhythm_of_the_tags_applies_and_ones_own_beats_them(file: BusinessFile) -> None:
    ana = customer(file, "Ana Ruiz", date(2024, 1, 1))

    def fill(op) -> list[int]:
        tags = [catalogue.ensure(op, "tags", name) for name in ("Café", "Wholesale")]
        for tag, days in zip(tags, (180, 60), strict=True):
            op.insert("customer_tags", {"customer_id": ana, "tag_id": tag})
            set_tag_rhythm(op, tag, days)
        return tags

    tags = file.run("Fill", fill).result
    found = rhythm_of(file, ana)
    assert found is not None
    assert (found.days, found.tag) == (60, "Wholesale")
    assert [one.rhythm for one in check_ins(file, TODAY)] == [found]
    file.run("Rhythm", lambda op: set_rhythm(op, ana, 365))
    own = rhythm_of(file, ana)
    assert own is not None
    assert (own.days, own.tag) == (365, "")
    file.run("Rhythm", lambda op: set_rhythm(op, ana, None))
    assert rhythm_of(file, ana) == found
    file.run("Rhythm", lambda op: set_tag_rhythm(op, tags[1], None))
    assert [one[2] for one in tag_rhythms(file)] == [180, None]
    file.undo("")
    assert [one[2] for one in tag_rhythms(file)] == [180, 60]
    with pytest.raises(UserError, match="between 1 and"):
        file.run("Rhythm", lambda op: set_rhythm(op, ana, 0))


def test_who_became_a_customer_on_29_february_is_due_by_days(file: BusinessFile) -> None:
    ana = customer(file, "Ana Ruiz", date(2024, 2, 29))
    file.run("Rhythm", lambda op: set_rhythm(op, ana, 365))
    assert [one.day for one in check_ins(file, date(2025, 2, 28))] == [date(2025, 2, 28)]
    assert check_ins(file, date(2025, 2, 27)) == []


def test_what_is_put_off_is_back_on_its_day(file: BusinessFile) -> None:
    ana = customer(file, "Ana Ruiz", date(2025, 1, 1))

    def fill(op) -> None:
        set_rhythm(op, ana, 90)
        snooze(op, "check_in", ana, TODAY + 14 * DAY, " on holiday ")

    file.run("Fill", fill)
    assert due(file, TODAY) == ()
    assert due(file, TODAY + 13 * DAY) == ()
    assert [one.customer for one in due(file, TODAY + 14 * DAY)] == [ana]
    assert put_off(file, TODAY) == {("check_in", ana): (TODAY + 14 * DAY, "on holiday")}
    file.run("Later", lambda op: snooze(op, "check_in", ana, TODAY + 30 * DAY))
    assert snoozed(file, TODAY + 20 * DAY) == {("check_in", ana)}
    file.run("Now", lambda op: wake(op, "check_in", ana))
    assert len(due(file, TODAY)) == 1
    file.undo("")
    assert due(file, TODAY) == ()
    with pytest.raises(UserError):
        file.run("Later", lambda op: snooze(op, "weather", ana, TODAY))


def test_who_wants_no_contact_is_never_due_but_what_was_agreed_is(file: BusinessFile) -> None:
    ana = customer(file, "Ana Ruiz", date(2025, 1, 1))

    def fill(op) -> int:
        set_rhythm(op, ana, 90)
        set_permission(op, ana, "no", TODAY)
        return save_goal(op, Goal(ana, "Serve our bread at breakfast", due=TODAY))

    goal = file.run("Fill", fill).result
    assert [(one.sort, one.record_id, one.late) for one in due(file, TODAY)] == [("goal", goal, False)]
    file.run("Look", lambda op: look_at(op, goal, TODAY, TODAY + 30 * DAY))
    assert due(file, TODAY) == ()
    assert len(due(file, TODAY + 30 * DAY)) == 1
    file.run("Reach", lambda op: end_goal(op, goal, "reached", TODAY))
    assert due(file, TODAY + 30 * DAY) == ()


def test_an_erased_customer_leaves_nothing_due(file: BusinessFile) -> None:
    ana = customer(file, "Ana Ruiz", date(2025, 1, 1))

    def fill(op) -> None:
        set_rhythm(op, ana, 90)
        save_goal(op, Goal(ana, "Serve our bread", due=TODAY))

    file.run("Fill", fill)
    assert len(due(file, TODAY)) == 2
    file.run("Delete", lambda op: store.delete(op, ana))
    assert due(file, TODAY) == ()
    file.undo("")
    assert len(due(file, TODAY)) == 2


def test_may_like_is_said_only_with_enough_buyers(file: BusinessFile) -> None:
    people = [customer(file, f"Customer {number}") for number in range(20)]

    def fill(op) -> None:
        rye, jam, milk = (catalogue.ensure(op, "offerings", name) for name in ("Rye loaf", "Plum jam", "Milk"))

        def buys(who: int, what: int, times: int = 1) -> None:
            for step in range(times):
                day = (TODAY - (10 + step) * DAY).isoformat()
                op.insert("purchases", {"customer_id": who, "date": day, "offering_id": what, "amount_minor": 300})

        for who in people[:6]:
            buys(who, rye, 2)
        for who in people[1:6]:
            buys(who, jam)
        for who in people[6:]:
            buys(who, milk)

    file.run("Fill", fill)
    known = buyers(file, TODAY)
    first = likes(file, people[0], TODAY, known)
    assert (first.usual, first.maybe) == (("Rye loaf",), ("Plum jam",))
    assert likes(file, people[1], TODAY, known).maybe == ()  # has both
    assert likes(file, people[7], TODAY, known).usual == ()  # bought once: nothing usual
    four = people[5]
    file.run("Less", lambda op: [op.delete("purchases", row[0]) for row in op.rows(
        "SELECT id FROM purchases WHERE customer_id = ?", (four,))])  # fmt: skip
    assert likes(file, people[0], TODAY, buyers(file, TODAY)).maybe == ()  # four buyers are too few


def test_who_was_not_spoken_to_for_long_is_listed_the_best_customers_first(file: BusinessFile) -> None:
    old, new = date(2024, 1, 1), TODAY - 30 * DAY
    ana, bo, cy, dee = (customer(file, name, since) for name, since in
                        (("Ana", old), ("Bo", old), ("Cy", old), ("Dee", new)))  # fmt: skip

    def fill(op) -> None:
        contact(op, ana, "entry", date(2026, 5, 21))  # six months to the day
        contact(op, bo, "entry", date(2026, 5, 22))
        for ago in (20, 40):
            op.insert("purchases", {"customer_id": cy, "date": (TODAY - ago * DAY).isoformat(), "amount_minor": 500})
        save_goal(op, Goal(dee, "Fewer deliveries", due=TODAY - 2 * DAY))

    file.run("Fill", fill)
    found = waiting(file, TODAY)
    assert [(row.name, row.last, row.why) for row in found.quiet] == [
        ("Cy", None, "Bought 2 times in a year"), ("Ana", date(2026, 5, 21), "Bought nothing in a year"),
    ]  # fmt: skip
    assert [(row.why, row.late) for row in found.goals] == [("2 days late · Fewer deliveries", True)]
    file.run("Months", lambda op: save_quiet_months(op, 12))
    assert [row.name for row in waiting(file, TODAY).quiet] == ["Cy"]
    file.run("No", lambda op: [set_permission(op, cy, "no", TODAY), snooze(op, "goal", found.goals[0].id, TODAY + DAY)])
    after = waiting(file, TODAY)
    assert after.quiet == after.goals == ()
    assert [(row.name, row.until) for row in after.later] == [("Dee", TODAY + DAY)]
    assert [row.name for row in after.left_out] == ["Cy"]
    assert "Does not want to be written to" in after.left_out[0].why
    assert bo not in {row.id for row in after.quiet}


def test_at_risk_says_why_and_what_to_do_first(file: BusinessFile) -> None:
    ana = customer(file, "Ana")

    def fill(op) -> None:
        for ago in (400, 390, 380, 370, 360):
            op.insert("purchases", {"customer_id": ana, "date": (TODAY - ago * DAY).isoformat()})
        for number in (1, 2):
            op.insert("complaints", {"customer_id": ana, "date": "2026-11-01", "number": number, "text": "cold",
                                     "resolve_by": "2026-11-08"})  # fmt: skip

    file.run("Fill", fill)
    book = risk_book(file, TODAY)
    (row,) = at_risk(file, TODAY, book)
    assert "nothing for 360 days" in row.why
    assert next_step(book.risks[ana]) == "Settle the overdue complaint first, then ring."
    file.run("Later", lambda op: snooze(op, "risk", ana, TODAY + 14 * DAY, "Away"))
    assert at_risk(file, TODAY, book) == ()
    assert [(row.sort, row.why) for row in waiting(file, TODAY).later] == [("risk", "Away")]
    file.run("Spoke", lambda op: note_spoken(op, Spoken(ana, TODAY), TODAY))
    assert len(at_risk(file, TODAY, book)) == 1  # spoken to: no longer put off
    with pytest.raises(UserError, match="still to come"):
        file.run("Spoke", lambda op: note_spoken(op, Spoken(ana, TODAY + DAY), TODAY))
