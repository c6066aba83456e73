"""A case from the first word to the last: numbers, deadlines, the order of steps, what is overdue."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from cvdesk.catalogue.records import Filter, Period
from cvdesk.complaints import store
from cvdesk.complaints.records import Complaint, may_follow, problems
from cvdesk.complaints.store_due import open_and_overdue
from cvdesk.complaints.store_list import ComplaintList, ComplaintQuery
from cvdesk.db import BusinessFile
from cvdesk.errors import UserError
from cvdesk.themes import store as themes

DAY = date(2026, 11, 2)
LATER = timedelta(days=1)


def add(file: BusinessFile, **said: object) -> int:
    case = replace(Complaint(date=DAY, text="cold soup"), **said)  # type: ignore[arg-type]
    return file.run("Log complaint", lambda op: store.save(op, case)).result


def step(file: BusinessFile, case: int, stage: str, day: date, **said: object) -> None:
    file.run("Step", lambda op: store.step(op, case, stage, day, **said))  # type: ignore[arg-type]


def test_a_new_complaint_gets_the_next_number_deadlines_and_its_first_step(file: BusinessFile):
    first, second = add(file), add(file, severity="serious")
    case = store.get(file, second)
    assert (store.get(file, first).number, case.number, case.stage) == (1, 2, "received")
    assert (case.acknowledge_by, case.resolve_by) == (DAY + timedelta(days=2), DAY + timedelta(days=3))
    assert [(event.stage, event.date) for event in store.events(file, second)] == [("received", DAY)]


def test_a_case_through_all_its_stages_and_reopened(file: BusinessFile):
    case = add(file)
    step(file, case, "acknowledged", DAY + LATER)
    step(file, case, "assessed", DAY + 2 * LATER, valid=True, severity="moderate", cause="Driver ill")
    assert store.get(file, case).resolve_by == DAY + timedelta(days=7)
    step(file, case, "resolved", DAY + 3 * LATER, resolution="New soup", cost_minor=450)
    step(file, case, "told", DAY + 3 * LATER)
    step(file, case, "closed", DAY + 4 * LATER, outcome="accepted", cost_minor=50)
    found = store.get(file, case)
    assert (found.stage, found.valid, found.cause, found.cost_minor, found.outcome) == (
        "closed", True, "Driver ill", 500, "accepted",
    )  # fmt: skip
    assert (found.acknowledged, found.resolved, found.told, found.closed) == (
        DAY + LATER, DAY + 3 * LATER, DAY + 3 * LATER, DAY + 4 * LATER,
    )  # fmt: skip
    file.run("Reopen", lambda op: store.reopen(op, case, DAY + 9 * LATER, "cold again"))
    again = store.get(file, case)
    assert (again.stage, again.resolved, again.closed, again.outcome) == ("assessed", None, None, None)
    assert again.resolve_by == DAY + timedelta(days=16)
    assert [event.stage for event in store.events(file, case)] == [
        "received", "acknowledged", "assessed", "resolved", "told", "closed", "reopened",
    ]  # fmt: skip


def test_the_order_of_steps_is_checked(file: BusinessFile):
    case = add(file)
    for stage in ("closed", "told", "reopened"):
        with pytest.raises(UserError, match="cannot follow"):
            step(file, case, stage, DAY)
    with pytest.raises(UserError, match="earlier"):
        step(file, case, "acknowledged", DAY - LATER)
    step(file, case, "closed", DAY, outcome="spam")
    assert store.get(file, case).stage == "closed"


def test_a_late_acknowledgement_does_not_set_a_case_back(file: BusinessFile):
    case = add(file)
    step(file, case, "assessed", DAY, valid=False)
    step(file, case, "acknowledged", DAY + LATER)
    found = store.get(file, case)
    assert (found.stage, found.acknowledged) == ("assessed", DAY + LATER)
    step(file, case, "told", DAY + LATER)
    assert store.get(file, case).resolved == DAY + LATER


def test_what_may_follow():
    case = Complaint(date=DAY, text="x")
    assert may_follow(case) == ("acknowledged", "assessed", "resolved")
    assert may_follow(replace(case, stage="told")) == ("closed", "reopened")
    assert may_follow(replace(case, stage="closed")) == ("reopened",)


def test_changing_what_a_case_says_keeps_its_stage_and_moves_only_deadlines_of_the_targets(file: BusinessFile):
    case = add(file)
    step(file, case, "acknowledged", DAY)
    seen = store.get(file, case)
    file.run("Edit", lambda op: store.save(op, replace(seen, severity="serious", stage="closed", text="hot soup")))
    found = store.get(file, case)
    assert (found.stage, found.text, found.resolve_by) == ("acknowledged", "hot soup", DAY + timedelta(days=3))
    by_hand = replace(found, resolve_by=DAY + timedelta(days=30))
    file.run("Edit", lambda op: store.save(op, by_hand))
    file.run("Edit", lambda op: store.save(op, replace(by_hand, severity="minor")))
    assert store.get(file, case).resolve_by == DAY + timedelta(days=30)


def test_open_and_overdue_come_first(file: BusinessFile):
    unheard = add(file, text="unheard")
    heard = add(file, text="heard")
    urgent = add(file, text="urgent", severity="serious", date=DAY + LATER)
    settled = add(file, text="settled")
    step(file, heard, "acknowledged", DAY)
    step(file, settled, "resolved", DAY)
    today = DAY + timedelta(days=3)
    assert open_and_overdue(file, today) == (3, 1)
    assert store.get(file, unheard).overdue(today)
    listed = ComplaintList(file, ComplaintQuery(), today)
    assert [row.id for row in listed.fetch(0, 10)] == [unheard, urgent, heard, settled]
    assert [listed.row_of(row) for row in (unheard, urgent, heard, settled)] == [0, 1, 2, 3]
    for state, count in (("all", 4), ("open", 3), ("overdue", 1), ("settled", 1)):
        query = ComplaintQuery(state=state, chosen=Filter(Period(DAY, today)))
        assert ComplaintList(file, query, today).count() == count
    assert [row.text for row in ComplaintList(file, ComplaintQuery(search="#3"), today).fetch(0, 5)] == ["urgent"]


def test_what_is_wrong_with_a_complaint():
    assert set(problems(Complaint(date=DAY), DAY - LATER)) == {"text", "date"}
    wrong = Complaint(date=DAY, text="x", severity="huge", outcome="?", cost_minor=-1, resolve_by=DAY - LATER)
    assert set(problems(wrong)) == {"severity", "outcome", "cost_minor", "resolve_by"}


def test_a_deleted_complaint_comes_back_with_its_steps(file: BusinessFile):
    case = add(file, themes=(themes.themes(file)[0].id,))
    step(file, case, "acknowledged", DAY)
    before = (store.get(file, case), store.events(file, case))
    file.run("Delete", lambda op: store.delete(op, case))
    with pytest.raises(LookupError):
        store.get(file, case)
    file.undo()
    assert (store.get(file, case), store.events(file, case)) == before
