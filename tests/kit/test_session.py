"""What pages share: an operation announces what it changed, undo does too, half-typed work is kept."""

from datetime import date, timedelta
from typing import Any

import pytest

from cvdesk.catalogue.records import Period
from cvdesk.db import open_file
from cvdesk.db.filter import Filter
from cvdesk.errors import UserError
from cvdesk.kit.session import Session
from tests.desk import TODAY
from tests.figures.shop import add_customer
from tests.pages import settle


def names(session):
    return [row[0] for row in session.file.rows("SELECT name FROM customers ORDER BY name")]


def test_an_operation_announces_its_tables_and_says_it_can_be_undone(qtbot, session):
    order: list[Any] = []
    session.changed.connect(lambda tables: order.append(("changed", tables)))
    session.said.connect(lambda text, undo: order.append(("said", text, undo)))
    session.run("Add", lambda op: add_customer(op, "Ana"), lambda found: order.append(("done", found)), say="Added")
    settle(qtbot, session)
    customer = session.file.value("SELECT id FROM customers")
    assert order == [("done", customer), ("changed", frozenset({"customers"})), ("said", "Added", True)]


def test_an_operation_that_fails_changes_nothing_and_says_nothing(qtbot, session):
    changed: list[Any] = []
    failed: list[Any] = []
    session.changed.connect(changed.append)

    def work(op):
        add_customer(op, "Ana")
        raise UserError("No.", "Try again.")

    session.run("Add", work, None, failed.append, "Added")
    settle(qtbot, session)
    assert [str(error.what) for error in failed] == ["No."]
    assert changed == []
    assert names(session) == []


def test_others_hear_of_a_change_even_when_the_one_who_asked_stumbles(qtbot, session):
    changed: list[Any] = []
    session.changed.connect(changed.append)
    with qtbot.captureExceptions() as caught:
        session.run("Add", lambda op: add_customer(op, "Ana"), lambda _found: 1 // 0)
        settle(qtbot, session)
    assert [kind for kind, _error, _trace in caught] == [ZeroDivisionError]
    assert changed == [frozenset({"customers"})]


def test_undo_and_redo_announce_what_they_changed_and_say_which_step(qtbot, session):
    said: list[Any] = []
    changed: list[Any] = []
    session.run("Add a customer", lambda op: add_customer(op, "Ana"))
    settle(qtbot, session)
    session.said.connect(lambda text, undo: said.append((text, undo)))
    session.changed.connect(changed.append)
    session.undo()
    settle(qtbot, session)
    assert names(session) == []
    session.redo()
    settle(qtbot, session)
    assert names(session) == ["Ana"]
    session.redo()
    settle(qtbot, session)
    assert said == [
        ("Taken back: Add a customer", False),
        ("Done again: Add a customer", False),
        ("There is nothing to do again", False),
    ]
    assert changed == [frozenset({"customers"})] * 2


def test_saving_is_told_while_something_is_on_its_way(qtbot, session):
    told: list[object] = []
    session.saving_changed.connect(told.append)
    session.run("Add", lambda op: add_customer(op, "Ana"))
    assert session.saving
    settle(qtbot, session)
    assert told == [True, False]


def test_the_filter_is_told_only_when_it_changes(session):
    told: list[object] = []
    session.filter_changed.connect(lambda: told.append(1))
    session.set_filter(session.filter)
    assert told == []
    session.set_filter(Filter(Period.last_days(30, TODAY)))
    assert told == [1]


def test_a_draft_is_known_at_once_and_on_disk_soon(qtbot, session):
    session.save_draft("capture", "half a sen")
    assert session.draft("capture") == "half a sen"
    settle(qtbot, session)
    assert session.file.draft("capture") == "half a sen"
    session.save_draft("capture", "half a sen")
    assert not session.saving
    session.save_draft("capture", "")
    settle(qtbot, session)
    assert session.file.draft("capture") == ""


def test_an_operation_that_makes_a_draft_whole_forgets_it_with_it(qtbot, session):
    session.save_draft("capture", "ana")

    def work(op):
        add_customer(op, "Ana")
        op.forget_draft("capture")

    session.forget_draft("capture")
    session.run("Add", work)
    settle(qtbot, session)
    assert session.draft("capture") == session.file.draft("capture") == ""


def test_closing_writes_what_was_queued_first(theme, session):
    session.run("Add", lambda op: add_customer(op, "Ana"))
    session.save_draft("capture", "half")
    session.close()
    with open_file(session.file.path) as again:
        assert again.value("SELECT name FROM customers") == "Ana"
        assert again.draft("capture") == "half"


def test_what_was_queued_at_the_end_does_not_reach_pages_of_a_closed_file(qtbot, session, shown):
    heard: list[object] = []
    session.changed.connect(heard.append)
    session.run("Add", lambda op: add_customer(op, "Ana"), heard.append)
    session.ask(lambda file: file.value("SELECT count(*) FROM customers"), heard.append)
    session.close()
    session.run("Add", lambda op: add_customer(op, "Ben"))
    qtbot.waitUntil(lambda: not session.saving)
    assert heard == []
    assert shown == []


def test_a_file_open_elsewhere_is_read_only_and_keeps_no_drafts(qtbot, theme, session):
    second = Session(open_file(session.file.path), theme, lambda: TODAY)
    failed: list[Any] = []
    second.save_draft("capture", "x")
    assert not second.saving
    second.run("Add", lambda op: add_customer(op, "Ana"), None, failed.append)
    settle(qtbot, second)
    second.close()
    assert len(failed) == 1
    assert isinstance(failed[0], UserError)


@pytest.mark.parametrize("count", [1, 30])
def test_operations_are_done_in_the_order_they_were_asked_for(qtbot, session, count):
    done: list[Any] = []
    for number in range(count):
        session.run("Add", lambda op, number=number: add_customer(op, f"{number:02}"), done.append)
    settle(qtbot, session)
    assert done == sorted(done)
    assert names(session) == [f"{number:02}" for number in range(count)]


def test_who_is_at_the_desk_stands_beside_each_step_even_when_the_next_one_has_taken_over(qtbot, session):
    ruth = session.file.run("Staff", lambda op: op.insert("staff", {"name": "Ruth"})).result
    tom = session.file.run("Staff", lambda op: op.insert("staff", {"name": "Tom"})).result
    changes: list[Any] = []
    session.staff_changed.connect(lambda: changes.append(session.staff))
    session.set_staff((ruth, "Ruth"))
    session.run("Add", lambda op: add_customer(op, "Ana"))
    session.set_staff((tom, "Tom"))
    session.set_staff((tom, "Tom"))
    settle(qtbot, session)
    session.undo()
    settle(qtbot, session)
    assert changes == [(ruth, "Ruth"), (tom, "Tom")]
    steps = session.file.rows("SELECT kind, who FROM operations WHERE label = 'Add' ORDER BY id")
    assert [tuple(row) for row in steps] == [("do", "Ruth"), ("undo", "Tom")]


def test_somebody_who_is_no_longer_on_the_staff_is_no_longer_at_the_desk(qtbot, session):
    ruth = session.file.run("Staff", lambda op: op.insert("staff", {"name": "Ruth"})).result
    session.set_staff((ruth, "Ruth"))
    session.run("Rename", lambda op: op.update("staff", ruth, {"name": "Ruth B."}))
    settle(qtbot, session)
    assert session.staff == (ruth, "Ruth B.")
    session.run("Retire", lambda op: op.update("staff", ruth, {"active": 0}))
    settle(qtbot, session)
    assert (session.staff, session.staff_id) == (None, None)


def test_after_midnight_the_same_choice_of_days_means_other_days(qtbot, session):
    now = [TODAY]
    session.today = lambda: now[0]
    chosen = Filter(Period.last_days(90, TODAY), channel=3)
    session.set_filter(chosen)
    heard: list[Any] = []
    session.changed.connect(heard.append)
    session.look_at_the_clock()
    assert heard == []
    now[0] = TODAY + timedelta(days=1)
    session.look_at_the_clock()
    assert session.filter == Filter(Period.last_days(90, now[0]), channel=3)
    assert heard == [frozenset({"*"})], "pages ask again"


def test_days_chosen_as_such_stay_after_midnight(session):
    now = [TODAY]
    session.today = lambda: now[0]
    spring = Filter(Period(date(2026, 3, 1), date(2026, 5, 31)))
    session.set_filter(spring)
    now[0] = TODAY + timedelta(days=1)
    session.look_at_the_clock()
    assert session.filter == spring
