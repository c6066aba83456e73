"""Onboarding: starting a list, ticking steps, who is stuck, who is proposed, what came of it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest

from cvdesk.care.records_onboarding import (
    Step,
    Template,
    ended_in_words,
    ideas,
    progress,
    steps_from,
    template_problems,
)
from cvdesk.care.store_due import due
from cvdesk.care.store_onboarding import delete_template, proposals, runs, save_template, start, stop, templates, tick
from cvdesk.care.store_snooze import snooze
from cvdesk.catalogue import store as catalogue
from cvdesk.catalogue.records import Business
from cvdesk.customers import store
from cvdesk.customers.records import Customer
from cvdesk.customers.store_contact import last_contact
from cvdesk.customers.store_permission import set_permission
from cvdesk.db import BusinessFile
from cvdesk.errors import UserError
from cvdesk.exchange.new import make_business

TODAY = date(2026, 11, 21)
DAY = timedelta(days=1)
FIRST = Template("New customer", (Step("Say welcome", 0, "By hand"), Step("Ask how it went", 7), Step("Agree", 30)))


@pytest.fixture
def file(tmp_path: Path) -> Iterator[BusinessFile]:
    with make_business(tmp_path / "bakery.cvdesk", Business("Harbour Bakery")) as made:
        yield made


def customer(file: BusinessFile, name: str, since: date | None = None) -> int:
    return int(file.run("Add", lambda op: store.save(op, Customer(name, since=since))).result)


def template(file: BusinessFile, made: Template = FIRST) -> int:
    return int(file.run("Save", lambda op: save_template(op, made)).result)


def test_steps_are_due_by_days_from_the_start_and_ticked_one_by_one(file: BusinessFile) -> None:
    ana, plan = customer(file, "Ana Ruiz"), template(file)
    file.run("Start", lambda op: start(op, ana, plan, TODAY))
    (run,) = runs(file)
    assert [(step.name, step.due, step.note) for step in run.steps] == [
        ("Say welcome", TODAY, "By hand"), ("Ask how it went", TODAY + 7 * DAY, ""), ("Agree", TODAY + 30 * DAY, ""),
    ]  # fmt: skip
    assert last_contact(file, ana, TODAY) is None  # nothing is done yet
    assert [(one.sort, one.words, one.late) for one in due(file, TODAY)] == [
        ("onboarding", "Say welcome, Ana Ruiz", False)
    ]
    file.run("Tick", lambda op: tick(op, run.steps[0].id, TODAY))
    assert due(file, TODAY) == ()
    found = last_contact(file, ana, TODAY)
    assert found is not None
    assert (found.what, found.date) == ("onboarding", TODAY)
    (run,) = runs(file, ana)
    assert (progress(run), run.running, run.stuck(TODAY + 14 * DAY), run.stuck(TODAY + 15 * DAY)) == (
        "1 of 3", True, False, True,
    )  # fmt: skip
    file.undo("")
    assert len(due(file, TODAY)) == 1
    file.run("Tick", lambda op: [tick(op, step.id, TODAY + 21 * DAY) for step in run.steps])
    (run,) = runs(file)
    assert (run.finished, run.next, run.started) == (TODAY + 21 * DAY, None, TODAY)
    file.run("Open", lambda op: tick(op, run.steps[2].id, None))
    (run,) = runs(file)
    assert [step.due for step in run.steps] == [TODAY, TODAY + 7 * DAY, TODAY + 30 * DAY]
    assert run.running


def test_the_same_list_is_not_begun_twice_at_once_but_again_later(file: BusinessFile) -> None:
    ana, plan = customer(file, "Ana Ruiz"), template(file)
    file.run("Start", lambda op: start(op, ana, plan, TODAY))
    with pytest.raises(UserError, match="under way"):
        file.run("Start", lambda op: start(op, ana, plan, TODAY))
    (run,) = runs(file)
    file.run("Tick", lambda op: tick(op, run.steps[0].id, TODAY))
    (run,) = runs(file)
    file.run("Stop", lambda op: stop(op, run, "Moved away"))
    file.run("Start", lambda op: start(op, ana, plan, TODAY + 60 * DAY))
    again, stopped = runs(file)
    assert (again.running, len(again.steps), again.started) == (True, 3, TODAY + 60 * DAY)
    assert (stopped.running, stopped.stopped, len(stopped.steps)) == (False, "Moved away", 1)
    file.run("Tick", lambda op: [tick(op, step.id, TODAY + 70 * DAY) for step in again.steps])
    assert ended_in_words(tuple(runs(file))) == "1 of 2 that ended were finished, within 10 days"


def test_a_step_due_on_29_february(file: BusinessFile) -> None:
    ana, plan = customer(file, "Ana Ruiz"), template(file)
    file.run("Start", lambda op: start(op, ana, plan, date(2028, 1, 30)))
    assert [step.due for step in runs(file)[0].steps][2] == date(2028, 2, 29)


def test_who_is_new_is_proposed_until_begun_put_off_or_not_wanted(file: BusinessFile) -> None:
    rye = file.run("Add", lambda op: catalogue.ensure(op, "offerings", "Rye loaf")).result
    ana, bo = customer(file, "Ana Ruiz", TODAY - 30 * DAY), customer(file, "Bo Lind", TODAY - 31 * DAY)
    everybody, product = template(file), template(file, Template("Rye", (Step("Show it"),), rye))

    def buy(op) -> None:
        for who, ago in ((bo, 5), (ana, 400), (ana, 3)):
            op.insert("purchases", {"customer_id": who, "date": (TODAY - ago * DAY).isoformat(), "offering_id": rye})

    file.run("Buy", buy)
    assert [(one.name, one.template_id) for one in proposals(file, TODAY)] == [
        ("Bo Lind", product),
        ("Ana Ruiz", everybody),
    ]
    file.run("Later", lambda op: snooze(op, "onboarding", bo, TODAY + DAY))
    assert [one.name for one in proposals(file, TODAY)] == ["Ana Ruiz"]
    file.run("No", lambda op: set_permission(op, ana, "no", TODAY))
    assert proposals(file, TODAY) == []
    file.undo("")
    file.run("Start", lambda op: start(op, ana, everybody, TODAY))
    assert proposals(file, TODAY) == []


def test_a_deleted_list_and_an_erased_customer(file: BusinessFile) -> None:
    ana, plan = customer(file, "Ana Ruiz"), template(file)
    file.run("Start", lambda op: start(op, ana, plan, TODAY))
    file.run("Delete", lambda op: delete_template(op, plan))
    assert templates(file) == []
    assert [step.name for step in runs(file)[0].steps] == ["Say welcome", "Ask how it went", "Agree"]
    file.run("Delete", lambda op: store.delete(op, ana))
    assert runs(file) == []
    assert due(file, TODAY) == ()


def test_lists_are_checked_and_odd_ones_in_a_file_do_no_harm() -> None:
    assert set(template_problems(Template(" "))) == {"name", "steps"}
    assert "steps" in template_problems(Template("A", (Step("B", -1),)))
    assert all(template_problems(one) == {} for one in ideas())
    assert steps_from("nonsense") == steps_from("[1]") == ()
    assert steps_from('{"steps": [{"name": "A", "days": "x"}, 3, {"days": 1}]}') == (Step("A"),)
