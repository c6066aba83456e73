"""Steps noted wrongly: put right, taken back; the case and its cost follow."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some

from cvdesk.complaints import store
from cvdesk.complaints.records import Complaint, may_follow
from cvdesk.complaints.store_steps import change_step, may_take_back, take_back
from cvdesk.errors import UserError

DAY = date(2026, 11, 2)
LATER = timedelta(days=1)


def event(file, case, stage):
    return [one for one in store.events(file, case) if one.stage == stage][-1]


def change(file, case, stage, **changed):
    file.run("Change", lambda op: change_step(op, case, replace(event(file, case, stage), **changed)))


@pytest.fixture
def settled(add, step):
    """A case that was put right on the third day at a cost of 4.50, told and closed."""
    case = add()
    step(case, "acknowledged", DAY, time="10:00")
    step(case, "assessed", DAY + LATER, valid=True, severity="serious", cause="Driver ill")
    step(case, "resolved", DAY + 2 * LATER, resolution="New soup", cost_minor=450)
    step(case, "told", DAY + 3 * LATER)
    step(case, "closed", DAY + 4 * LATER, outcome="accepted")
    return case


def test_a_wrong_day_note_and_cost_are_put_right_and_the_case_follows(file, settled):
    change(file, settled, "resolved", date=DAY + 3 * LATER, note="By van", cost_minor=500, time="15:20")
    found, changed = store.get(file, settled), event(file, settled, "resolved")
    assert (found.resolved, found.cost_minor) == (DAY + 3 * LATER, 500)
    assert (changed.date, changed.note, changed.time) == (DAY + 3 * LATER, "By van", "15:20")
    file.undo()
    assert (store.get(file, settled).resolved, store.get(file, settled).cost_minor) == (DAY + 2 * LATER, 450)


@pytest.mark.parametrize(("days", "message"), [(0, "earlier than the one before"), (5, "later than the one after")])
def test_a_step_stays_between_its_neighbours(file, settled, days, message):
    with pytest.raises(UserError, match=message):
        change(file, settled, "resolved", date=DAY + days * LATER)


def test_steps_are_taken_back_one_by_one_until_only_the_receipt_is_left(file, settled):
    seen = []
    while (last := may_take_back(store.events(file, settled))) is not None:
        file.run("Back", lambda op, last=last: take_back(op, settled, last.id))
        found = store.get(file, settled)
        seen.append((found.stage, found.resolved, found.told, found.closed, found.outcome, found.cost_minor))
    third = DAY + 2 * LATER
    assert seen == [
        ("told", third, DAY + 3 * LATER, None, None, 450),
        ("resolved", third, None, None, None, 450),
        ("assessed", None, None, None, None, None),
        ("acknowledged", None, None, None, None, None),
        ("received", None, None, None, None, None),
    ]
    assert store.get(file, settled).valid is None
    for _step in range(5):
        file.undo()
    assert store.get(file, settled).stage == "closed"


def test_a_step_others_rest_on_is_not_taken_back(file, settled):
    with pytest.raises(UserError, match="Other steps rest on this one"):
        file.run("Back", lambda op: take_back(op, settled, event(file, settled, "resolved").id))


def test_taking_a_reopening_back_closes_the_case_as_it_was(file, settled, step):
    before = store.get(file, settled)
    step(settled, "reopened", DAY + 9 * LATER)
    assert store.get(file, settled).open
    file.run("Back", lambda op: take_back(op, settled, event(file, settled, "reopened").id))
    assert store.get(file, settled) == before


def test_notes_come_and_go_anywhere_with_their_cost(file, settled, step):
    step(settled, "note", DAY, note="Taxi", cost_minor=1200)
    assert store.get(file, settled).cost_minor == 1650
    change(file, settled, "note", cost_minor=1000)
    assert store.get(file, settled).cost_minor == 1450
    file.run("Back", lambda op: take_back(op, settled, event(file, settled, "note").id))
    assert (store.get(file, settled).cost_minor, store.get(file, settled).stage) == (450, "closed")


def test_telling_that_it_was_not_our_doing_settles_it_and_taking_that_back_opens_it(file, add, step):
    case = add()
    step(case, "assessed", DAY, valid=False)
    step(case, "told", DAY + LATER)
    change(file, case, "told", date=DAY + 2 * LATER)
    assert store.get(file, case).resolved == DAY + 2 * LATER
    file.run("Back", lambda op: take_back(op, case, event(file, case, "told").id))
    assert (store.get(file, case).stage, store.get(file, case).resolved) == ("assessed", None)


def test_another_day_of_reopening_moves_the_deadline(file, settled, step):
    step(settled, "reopened", DAY + 9 * LATER)
    change(file, settled, "reopened", date=DAY + 5 * LATER)
    assert store.get(file, settled).resolve_by == DAY + 8 * LATER


def test_what_was_deleted_meanwhile_is_said(file, settled):
    wrong = event(file, settled, "closed")
    file.run("Delete", lambda op: store.delete(op, settled))
    for work in (
        lambda op: change_step(op, settled, wrong),
        lambda op: take_back(op, settled, wrong.id),
        lambda op: store.step(op, settled, "reopened", DAY + 9 * LATER),
        lambda op: store.save(op, Complaint(id=settled, date=DAY, text="again")),
    ):
        with pytest.raises(UserError, match="deleted meanwhile"):
            file.run("Too late", work)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(choices=some.lists(some.integers(0, 20), min_size=1, max_size=9))
def test_taking_a_step_back_leaves_the_case_as_it_was_before_the_step(file, add, step, choices):
    case = add()
    for place, choice in enumerate(choices):
        before = store.get(file, case)
        allowed = may_follow(before)
        stage = allowed[choice % len(allowed)]
        step(case, stage, DAY + place * LATER, **({"valid": choice % 2 == 0} if stage == "assessed" else {}))
        after = store.get(file, case)
        taken = may_take_back(store.events(file, case))
        file.run("Back", lambda op, case=case, taken=taken: take_back(op, case, taken.id))
        assert store.get(file, case) == before
        file.undo()
        assert store.get(file, case) == after
