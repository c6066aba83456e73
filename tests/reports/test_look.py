"""The monthly look below the window: which month, what it proposes, what is kept of it, and its page on paper."""

import io
from dataclasses import replace
from datetime import date
from functools import partial

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pypdf import PdfReader

from cvdesk.catalogue.records import Filter, Period
from cvdesk.db import create_file
from cvdesk.errors import UserError
from cvdesk.reports import report_look, store_look
from cvdesk.reports.kinds_look import KINDS
from cvdesk.reports.records_kinds import Wanted
from cvdesk.reports.records_look import (
    MOST_FINDINGS,
    MOST_PROPOSED,
    Candidate,
    Finding,
    Judged,
    Look,
    State,
    following,
    month_of,
    next_look,
    steps_done,
)
from cvdesk.reports.store_look_due import due
from cvdesk.reports.store_look_find import candidates, findings, new_since, to_judge
from cvdesk.reports.words_look import burden
from cvdesk.stats.intervals import wilson
from cvdesk.strategy import store_actions
from cvdesk.strategy.records import Action
from cvdesk.themes.records import ThemeFigure
from cvdesk.wording.numbers import whole
from tests.figures.shop import new_shop
from tests.reports.look_shop import FAN, MONTH, TODAY, look_shop
from tests.strategy.kept_shop import add_action, step
from tests.strategy.kept_shop import shop as kept_shop

FINDING = Finding("burden:x", "Customers wait.", "12 of 30", "drawbacks")


@pytest.fixture
def shop(tmp_path):
    with look_shop(tmp_path) as made:
        yield made


def run(file, work, *given, **named):
    return file.run("Look", lambda op: work(op, *given, **named)).result


def text_of(pdf):
    return " ".join(" ".join(page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages).split())


# Which month, and when


@pytest.mark.parametrize(
    ("today", "month"),
    [
        (date(2026, 6, 1), date(2026, 5, 1)), (date(2026, 6, 20), date(2026, 5, 1)),
        (date(2026, 6, 21), date(2026, 6, 1)), (date(2026, 1, 3), date(2025, 12, 1)),
    ],
)  # fmt: skip
def test_a_look_is_about_the_month_that_ended_or_after_the_20th_the_running_one(today, month):
    assert month_of(today) == month


@given(st.dates(date(2000, 1, 1), date(2090, 1, 1)))
def test_the_next_look_is_due_once_its_month_has_ended(today):
    month = month_of(today)
    assert month <= today
    assert next_look(month) == following(following(month))
    assert month_of(next_look(month)) == following(month)


def test_a_look_is_due_until_it_is_finished_and_not_after_the_20th(shop):
    found = due(shop, TODAY)
    assert found is not None
    assert found.month == MONTH
    assert due(shop, date(2026, 6, 20)) is not None
    assert due(shop, date(2026, 6, 21)) is None, "the running month can be looked at; nothing reminds"
    run(shop, store_look.tick, MONTH, TODAY, FINDING, True)
    assert due(shop, TODAY) is not None, "a look half done"
    run(shop, store_look.finish, MONTH, TODAY)
    assert due(shop, TODAY) is None
    assert due(shop, date(2026, 7, 1)).month == date(2026, 6, 1)


def test_nothing_is_due_where_nothing_was_written_down(tmp_path):
    with new_shop(tmp_path) as file:
        assert due(file, TODAY) is None


# What it proposes


def test_what_is_new_names_what_is_late_and_counts_what_waits(shop):
    found = new_since(shop, MONTH, TODAY)
    assert found.since == MONTH
    assert [(one.number, one.customer, one.due) for one in found.late] == [(7, "Customer 1", date(2026, 5, 22))]
    assert (found.late_count, found.unanswered) == (1, 1)


def test_new_is_what_came_since_the_look_before_was_finished(shop):
    run(shop, store_look.finish, date(2026, 4, 1), date(2026, 4, 28))
    assert new_since(shop, MONTH, TODAY).since == date(2026, 4, 29)
    run(shop, store_look.finish, date(2026, 4, 1), date(2026, 5, 9))
    assert new_since(shop, MONTH, TODAY).since == MONTH, "never less than the month the look is about"


def test_findings_say_burden_and_praise_with_n_share_interval_and_period(shop):
    found = findings(shop, MONTH, TODAY)
    assert len(found) <= MOST_PROPOSED
    by_key = {one.key: one for one in found}
    one = by_key["burden:waiting-and-delays"]
    assert one.said == "“Waiting and delays” is the burden customers mention."
    assert one.figure.startswith("12 of 30 active customers: 40% (25% to 58%)")
    assert "2026" in one.figure
    assert by_key["praise:helpful-people"].said == "8 customers praise “Helpful people”."


def test_which_of_two_burdens_leads_is_said_only_where_the_intervals_lie_apart():
    def theme(name, count):
        return ThemeFigure(1, name, name, "drawbacks", "x", count, count, 0, wilson(count, 100))

    period = Period(date(2026, 3, 1), date(2026, 5, 31))
    assert burden(theme("Late", 60), theme("Dear", 10), period, 100)[0].startswith("More customers mention “Late”")
    assert "cannot be told" in burden(theme("Late", 21), theme("Dear", 20), period, 100)[0]


def test_with_nothing_written_down_nothing_is_claimed(tmp_path):
    with new_shop(tmp_path) as file:
        assert findings(file, MONTH, TODAY) == ()
        assert to_judge(file, MONTH, TODAY).now == ()
        assert candidates(file, MONTH, TODAY) == ()


def test_what_must_be_fixed_comes_first_among_the_candidates(shop):
    found = candidates(shop, MONTH, TODAY)
    assert found[0].name == "Lock the back door"
    assert "Second van" in [one.name for one in found]
    assert len(found) <= MOST_PROPOSED


def test_a_finding_without_an_action_can_become_one(shop):
    shop.run("Drop", lambda op: [store_actions.delete(op, one.id) for one in store_actions.actions(op)])
    told = next(one for one in findings(shop, MONTH, TODAY) if one.key.startswith("burden"))
    run(shop, store_look.tick, MONTH, TODAY, told, True)
    found = candidates(shop, MONTH, TODAY)
    assert [one.name for one in found] == ["Do something about “Waiting and delays”"]
    made = run(shop, store_look.choose, MONTH, TODAY, found[0], TODAY, None)
    action = store_actions.action(shop, made)
    assert (action.theme_id, action.status, action.started) == (told.theme, "started", TODAY)


# What is kept


def test_three_findings_are_kept_in_order_and_a_fourth_is_refused(shop):
    told = [replace(FINDING, key=whole(number), said=f"Finding {number}") for number in range(4)]
    for one in told[:MOST_FINDINGS]:
        run(shop, store_look.tick, MONTH, TODAY, one, True)
    with pytest.raises(UserError, match="Three findings"):
        run(shop, store_look.tick, MONTH, TODAY, told[3], True)
    with pytest.raises(UserError, match="Three findings"):
        run(shop, store_look.write_own, MONTH, TODAY, "Mine")
    run(shop, store_look.tick, MONTH, TODAY, told[1], False)
    run(shop, store_look.write_own, MONTH, TODAY, "  Mine \n own ")
    assert store_look.look(shop, MONTH).state.said == ("Finding 0", "Finding 2", "Mine own")
    assert store_look.look(shop, MONTH).begun == TODAY


def test_every_decision_is_a_step_that_undo_takes_back(shop):
    run(shop, store_look.tick, MONTH, TODAY, FINDING, True)
    run(shop, store_look.write_own, MONTH, TODAY, "Mine")
    shop.undo()
    assert store_look.look(shop, MONTH).state.said == ("Customers wait.",)
    shop.undo()
    assert store_look.look(shop, MONTH) == Look(MONTH)


def test_choosing_plans_or_starts_an_action_with_its_day_and_person(shop):
    van = next(one for one in candidates(shop, MONTH, TODAY) if one.name == "Second van")
    priya = shop.value("SELECT id FROM staff")
    run(shop, store_look.choose, MONTH, TODAY, van, date(2026, 6, 15), priya)
    found = store_look.look(shop, MONTH)
    assert found.state.one is not None
    assert (found.state.one.start, found.state.one.who) == (date(2026, 6, 15), "Priya")
    action = store_actions.action(shop, van.action)
    assert (action.status, action.staff_id, found.action_id) == ("planned", priya, van.action)
    assert candidates(shop, MONTH, TODAY)[0].action == van.action, "what was chosen stays among them"
    shop.undo()
    assert store_actions.action(shop, van.action).status == "idea"
    assert store_look.look(shop, MONTH).state.one is None


def test_an_action_deleted_meanwhile_is_said_and_nothing_is_kept(shop):
    gone = Candidate("action:1", "Gone", "", 1)
    with pytest.raises(UserError, match="deleted meanwhile"):
        run(shop, store_look.choose, MONTH, TODAY, gone, TODAY, None)
    assert store_look.look(shop, MONTH) == Look(MONTH)


def test_stopping_an_action_drops_it_and_thinking_better_of_it_goes_on(shop):
    van = run(shop, store_actions.save, Action("Van", status="started", started=date(2026, 4, 2)), TODAY)
    one = Judged(f"action:{van}", "Van", "No effect", "Nothing moved.", status="started", decision="stop")
    run(shop, store_look.decide, MONTH, TODAY, one)
    assert store_actions.action(shop, van).status == "dropped"
    run(shop, store_look.decide, MONTH, TODAY, replace(one, decision="wait"))
    assert (store_actions.action(shop, van).status, store_actions.action(shop, van).started) == (
        "started", date(2026, 4, 2),
    )  # fmt: skip
    run(shop, store_look.decide, MONTH, TODAY, replace(one, decision=""))
    assert store_look.look(shop, MONTH).state.judged == ()


def test_what_was_begun_is_judged_once_and_asked_again_only_where_it_waits(tmp_path, tmp_path_factory):
    with kept_shop(tmp_path, tmp_path_factory.mktemp("templates")) as file:
        van = add_action(file, "Second van")
        step(file, van, "started", date(2026, 5, 1))
        today, month = date(2026, 11, 21), date(2026, 11, 1)
        found = to_judge(file, month, today)
        assert [(one.name, one.said) for one in found.now] == [("Second van", "Worked")]
        run(file, store_look.decide, month, today, replace(found.now[0], decision="wait"))
        later = date(2026, 12, 1)
        assert [one.name for one in to_judge(file, later, date(2027, 1, 2)).now] == ["Second van"]
        run(file, store_look.decide, month, today, replace(found.now[0], decision="keep"))
        assert to_judge(file, later, date(2027, 1, 2)).now == ()


def test_a_state_an_older_program_wrote_reads(shop):
    shop.run("Old", lambda op: op.insert("looks", {"month": "2026-04", "begun": "2026-05-02", "state": '{"own": "A"}'}))
    assert store_look.look(shop, date(2026, 4, 1)).state == State(own="A")
    assert [one.month for one in store_look.looks(shop)] == [date(2026, 4, 1)]


def test_steps_are_done_by_what_was_decided():
    assert steps_done(Look(MONTH), None) == frozenset()
    assert steps_done(Look(MONTH, State(own="A"), finished=TODAY), 0) == {"file", "find", "print"}


# On paper


def full(shop):
    run(shop, store_look.tick, MONTH, TODAY, FINDING, True)
    run(shop, store_look.write_own, MONTH, TODAY, f"{FAN} rang twice; her number is 01947 555 0134")
    run(shop, store_look.decide, MONTH, TODAY, Judged("goal:1", "Waiting", "Reached", "2.6 → 2.1", decision="keep"))
    van = next(one for one in candidates(shop, MONTH, TODAY) if one.name == "Second van")
    run(shop, store_look.choose, MONTH, TODAY, van, date(2026, 6, 15), shop.value("SELECT id FROM staff"))


def test_the_page_says_what_was_seen_what_came_of_it_the_one_thing_and_when_to_look_again(shop):
    full(shop)
    pdf = report_look.as_pdf(store_look.sheet(shop, TODAY))
    read = text_of(pdf)
    for words in (
        "May 2026: what we saw and what we do", "Customers wait.", "12 of 30", FAN, "Waiting – Keep on", "2.6 → 2.1",
        "Second van", "Priya, from 15 June 2026", "We look again from 1 July 2026 on",
    ):  # fmt: skip
        assert words in read
    assert len(PdfReader(io.BytesIO(pdf)).pages) == 1
    assert report_look.as_pdf(store_look.sheet(shop, TODAY)) == pdf


def test_names_left_out_leaves_nobody_in_the_owners_own_words(shop):
    full(shop)
    wanted = Wanted("monthly", Filter(Period(MONTH, TODAY)), TODAY, names=False)
    read = text_of(KINDS[0].make(shop, wanted).pdf)
    assert FAN not in read
    assert "Featherstonehaugh" not in read
    assert "01947" not in read
    assert "rang twice" in read


def test_what_was_judged_can_be_left_out(shop):
    full(shop)
    wanted = Wanted("monthly", Filter(Period(MONTH, TODAY)), TODAY, left_out=frozenset({"effects"}))
    read = text_of(KINDS[0].make(shop, wanted).pdf)
    assert "Did it work?" not in read
    assert "Second van" in read


def test_an_empty_file_gives_one_calm_page_to_write_on(tmp_path):
    with create_file(tmp_path / "e.cvdesk") as file:
        pdf = KINDS[0].make(file, Wanted("monthly", Filter(Period(MONTH, TODAY)), TODAY)).pdf
    assert len(PdfReader(io.BytesIO(pdf)).pages) == 1
    assert "Nothing was decided for this month yet" in text_of(pdf)


def test_long_words_are_all_there_on_a_page_or_two(shop):
    long = " ".join(["cold"] * 50)
    for number in range(3):
        run(shop, store_look.tick, MONTH, TODAY, replace(FINDING, key=whole(number), said=long, figure=long), True)
    for number in range(6):
        told = Judged(f"goal:{number}", long, "Reached", long, decision="keep")
        run(shop, partial(store_look.decide, month=MONTH, today=TODAY, judged=told))
    pdf = report_look.as_pdf(store_look.sheet(shop, TODAY))
    assert len(PdfReader(io.BytesIO(pdf)).pages) <= 2
    assert text_of(pdf).count("cold") == 50 * (3 * 2 + 6 * 2)
