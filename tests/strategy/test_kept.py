"""A strategy over time: decided on, looked at again, ended, with what was promised beside what came."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cvdesk.db import open_file
from cvdesk.errors import UserError
from cvdesk.strategy import store_kept, words_kept
from cvdesk.strategy.records import Lift
from cvdesk.strategy.records_kept import Goal, Reached, progress
from cvdesk.strategy.records_kept_promise import promise, trusted
from cvdesk.strategy.records_plan import Limits, Sureness
from cvdesk.strategy.store_actions import action, actions
from cvdesk.strategy.store_kept import change, review, strategies, strategy
from cvdesk.strategy.store_kept_now import kept, measures, over_time, result_of
from cvdesk.strategy.store_kept_propose import months_later, propose
from cvdesk.strategy.store_reviews import reviews_due
from cvdesk.trends.store import every
from cvdesk.trends.store_radar import whole_business
from cvdesk.trends.store_value import value_series
from tests.strategy.kept_shop import TODAY, VAN, a_plan, add_action, decide, decided, shop, step


@pytest.fixture
def file(tmp_path, tmp_path_factory):
    with shop(tmp_path, tmp_path_factory.mktemp("template")) as opened:
        yield opened


def now(file, today=TODAY):
    return over_time(file, today).running


def test_what_is_proposed_follows_from_the_plan(file):
    van = add_action(file, "Second van", chance=0.8)
    plan, outcome = a_plan(file, [van])
    found, _known = propose(file, plan, outcome, TODAY)
    assert found.name == "November 2026"
    assert found.mix == "Two thirds into fewer drawbacks, one third into more worth: Second van."
    assert (found.starts, found.ends, found.review) == (TODAY, date(2027, 2, 20), date(2027, 2, 20))
    by_measure = {goal.measure: goal for goal in found.goals}
    assert by_measure["net"].target == found.promise.likely > plan.basis.net
    assert by_measure["worth_it"].target == 1.0
    delivery = by_measure["factor:delivery"]
    assert delivery.target == pytest.approx(delivery.starts_from - 0.7 * 0.8 * 1.0)  # less is better


def test_deciding_keeps_the_promise_and_plans_the_actions_in_one_step(file):
    van, bike = add_action(file, "Second van"), add_action(file, "Cargo bike")
    allergens = add_action(file, "Allergen list", must_fix=True, must_fix_why="safety", lifts={})
    before = actions(file)
    planned, outcome = a_plan(file, [van])
    found, _known = propose(file, planned, outcome, TODAY)
    decide(file, found)
    running = strategies(file)[0]
    assert running.promise == found.promise
    assert [goal.measure for goal in running.goals] == [goal.measure for goal in found.goals]
    assert (running.name, running.mix, running.state) == (found.name, found.mix, "running")
    assert {one.id: one.status for one in actions(file)} == {van: "planned", bike: "idea", allergens: "planned"}
    assert action(file, van).planned == TODAY
    file.undo()
    assert strategies(file) == ()
    assert actions(file) == before
    file.redo()
    assert strategies(file)[0].promise == found.promise


def test_only_one_runs_at_a_time(file):
    van = add_action(file, "Second van")
    decided(file, [van])
    with pytest.raises(UserError, match="“November 2026” is still running"):
        decided(file, [van])


def test_what_was_promised_stays_whatever_is_changed_later(file):
    van = add_action(file, "Second van")
    decided(file, [van])
    before = strategies(file)[0]
    file.run("Change", lambda op: change(op, replace(before, name="Winter", goals=(Goal("days", 2.0),))))
    after = strategies(file)[0]
    assert (after.name, after.promise) == ("Winter", before.promise)
    assert [(goal.measure, goal.target) for goal in after.goals] == [("days", 2.0)]
    with pytest.raises(UserError, match="could not be saved"):
        file.run("Change", lambda op: change(op, replace(before, ends=before.starts)))


def test_why_an_action_is_not_done(file):
    van = add_action(file, "Second van", cost_once_minor=30000)
    add_action(file, "Cargo bike", excludes=(van,))
    add_action(file, "Dear oven", cost_once_minor=90000)
    add_action(file, "Long course", hours=500)
    add_action(file, "Driver's course", needs=(add_action(file, "Own barge"),))
    barred = add_action(file, "Leaflet")
    limits = Limits(budget_minor=50000, hours=40, barred=frozenset({barred}))
    plan, outcome = a_plan(file, [van], limits=limits)
    why = {one.name: (one.why, one.about) for one in promise(plan, outcome, TODAY).not_done}
    assert why == {
        "Cargo bike": ("excluded", "Second van"),
        "Dear oven": ("budget", ""),
        "Long course": ("hours", ""),
        "Driver's course": ("needs", "Own barge"),
        "Own barge": ("better", ""),
        "Leaflet": ("left", ""),
    }


def test_the_range_promised_is_that_of_the_actions_chosen(file):
    van, bike = add_action(file, "Second van"), add_action(file, "Cargo bike", lifts={"delivery": Lift(2.0, 2.5, 3.0)})
    sure = Sureness(5000, 7, {van: 0.9, bike: 0.6}, {}, 0.02, 2.1, 2.9, 3.4)
    plan, outcome = a_plan(file, [van], sure=sure)
    small = propose(file, plan, outcome, TODAY)[0].promise
    assert plan.basis.net < small.likely < small.high
    assert small.low < small.likely
    assert (small.seed, small.regret) == (7, 0.02)
    large = propose(file, plan, replace(outcome, chosen=(van, bike)), TODAY)[0].promise
    assert large.likely > small.likely
    assert large.regret is None  # the draws' regret is that of the best plan, and this is another


def test_harm_is_not_made_smaller_by_caution():
    assert trusted(1.0, 0.7, 3.0) == 0.7
    assert trusted(1.0, 1.5, 1.2) == 1.2
    assert trusted(-0.5, 0.7, 3.0) == -0.5


def test_promise_against_result_of_an_action(file):
    decide_on = date(2026, 4, 20)
    van = add_action(file, "Second van", chance=0.8)
    decided(file, [van], decide_on)
    step(file, van, "started", VAN)
    found = now(file).actions[0]
    assert found.outcome.said == "worked"
    assert found.outcome.expected == pytest.approx(0.7 * 0.8 * 1.0)
    # The score fell by one; less is better, so it is better by one. Settling and the month it began are left out.
    assert found.outcome.change == pytest.approx(1.0, abs=0.15)
    assert found.outcome.low < found.outcome.change < found.outcome.high
    assert found.effect.ask.action_id == van


def test_too_early_to_say_names_the_day(file):
    van = add_action(file, "Second van")
    decided(file, [van])
    assert now(file).actions[0].outcome.said == "not_started"
    step(file, van, "started", TODAY)
    found = now(file).actions[0]
    assert (found.outcome.said, found.outcome.change) == ("early", None)
    assert found.effect.ready > TODAY


def test_a_goal_counts_only_answers_given_since_it_began(file):
    van = add_action(file, "Second van")
    decided(file, [van], TODAY)
    assert [(goal.value, goal.progress) for goal in now(file).goals[:2]] == [(None, "unknown")] * 2
    assert now(file).net.value is None
    early = {one.key: one.now for one in measures(file, TODAY, TODAY - timedelta(days=30))}
    assert early["complaints"].why == "no_data"  # of fewer days there are fewer complaints


def test_goals_that_moved(file):
    began = date(2026, 4, 20)
    van = add_action(file, "Second van", chance=1.0)
    decided(file, [van], began)
    found = {goal.goal.measure: goal for goal in now(file).goals}
    delivery = found["factor:delivery"]
    assert delivery.goal.starts_from == pytest.approx(4.0)
    assert delivery.value == pytest.approx(3.0)
    assert (delivery.progress, delivery.n) == ("reached", 15)


@given(
    start=st.floats(1, 5), target=st.floats(1, 5), value=st.floats(1, 5), half=st.floats(0, 2),
)  # fmt: skip
def test_progress_is_the_same_seen_in_a_mirror(start, target, value, half):
    there = progress(Goal("x", target, start), value, value - half, value + half, less=target < start)
    mirrored = Goal("x", 6 - target, 6 - start)
    back = progress(mirrored, 6 - value, 6 - value - half, 6 - value + half, less=6 - target < 6 - start)
    if abs(target - start) > 1e-6:
        share = (value - start) / (target - start)
        if min(abs(share - 1), abs(share - 0.1), abs(share + 0.1)) > 1e-6:
            assert there[0] == back[0]
            assert (there[0] == "reached") == (share >= 1)
            assert (there[0] == "away") == (share <= -0.1)


def test_a_goal_reached_by_a_handful_of_answers_may_be_chance_as_well():
    goal = Goal("net", 3.0, 2.8)
    assert progress(goal, 3.1, 1.9, 4.0, less=False) == ("reached", True)  # the range reaches back to the beginning
    assert progress(goal, 3.1, 2.9, 3.3, less=False) == ("reached", False)
    assert progress(Goal("days", 4.0, 6.0), 3.0, 1.0, 8.0, less=True) == ("reached", True)
    assert progress(Goal("net", 3.0, 3.2), 3.1, 1.9, 4.0, less=False) == ("reached", False)  # it was there before
    assert progress(Goal("net", 3.0), 3.1, 1.9, 4.0, less=False) == ("reached", False)
    told = Reached(goal, "Customer value", False, 3.1, 1.9, 4.0, 7, "reached", True)
    assert words_kept.progress(told) == "reached, though it may be chance"


def test_a_review_due_is_told_once_its_day_has_come_and_can_be_put_off(file):
    van = add_action(file, "Second van")
    kept_id = decided(file, [van])
    day = date(2027, 2, 20)
    assert reviews_due(file, day - timedelta(days=1)) == ()
    assert reviews_due(file, day) == ((kept_id, "November 2026", day, False),)
    assert reviews_due(file, day + timedelta(days=1))[0][3]
    until = (day + timedelta(days=7)).isoformat()
    file.run("Later", lambda op: op.insert("snoozes", {"sort": "review", "record_id": kept_id, "until": until}))
    assert reviews_due(file, day) == ()
    assert reviews_due(file, day + timedelta(days=7)) != ()


def test_a_review_keeps_what_came_and_ends_it_or_goes_on(file):
    van = add_action(file, "Second van")
    kept_id = decided(file, [van], date(2026, 4, 20))
    step(file, van, "started", VAN)
    found = kept(file, strategy(file, kept_id), TODAY)
    later = date(2026, 12, 31)
    file.run("Review", lambda op: review(op, kept_id, result_of(found, TODAY), "Vans help", later, TODAY))
    assert (strategies(file)[0].state, strategies(file)[0].review) == ("running", later)
    assert reviews_due(file, TODAY) == ()
    with pytest.raises(UserError, match="in the past"):
        file.run("Review", lambda op: review(op, kept_id, result_of(found, TODAY), "", TODAY, TODAY))
    file.run("End", lambda op: review(op, kept_id, result_of(found, TODAY), "Vans help", None, TODAY))
    ended = over_time(file, TODAY).ended[0]
    assert (ended.state, ended.learned, ended.ends) == ("ended", "Vans help", TODAY)
    assert ended.result == result_of(found, TODAY)
    assert over_time(file, TODAY).running is None
    with pytest.raises(UserError, match="has ended already"):
        file.run("End", lambda op: review(op, kept_id, result_of(found, TODAY), "", None, TODAY))
    file.undo()
    assert store_kept.running(file) == (kept_id, "April 2026")


def test_an_action_that_began_stands_on_the_charts(file):
    van = add_action(file, "Second van")
    decided(file, [van], date(2026, 4, 20))
    step(file, van, "started", VAN)
    chart = value_series(file, whole_business(TODAY), TODAY)
    assert [(note.date, note.text) for note in chart.notes if note.sort == "action"] == [(VAN, "Second van")]
    assert any(note.text == "Second van" for note in every(file, whole_business(TODAY), TODAY)["net"].notes)


def test_a_strategy_survives_closing_the_file(file, tmp_path):
    van = add_action(file, "Second van", lifts={"delivery": Lift(0.1, 0.2, 0.4)})
    decided(file, [van])
    before = strategies(file)
    file.close()
    with open_file(tmp_path / "shop.cvdesk") as again:
        assert strategies(again) == before


@given(st.dates(date(2000, 1, 1), date(2100, 1, 1)), st.integers(1, 24))
def test_months_later_never_skips_a_month(day, months):
    later = months_later(day, months)
    assert (later.year * 12 + later.month) - (day.year * 12 + day.month) == months
    assert later.day <= day.day
