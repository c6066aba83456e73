"""Actions: saved whole, checked in words, taken step by step, undone."""

from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cvdesk.catalogue.records import Business
from cvdesk.catalogue.store import set_up
from cvdesk.db import create_file
from cvdesk.errors import UserError
from cvdesk.strategy.records import KINDS, REMOVES, Action, Lift
from cvdesk.strategy.records_actions import Standing, contradiction, lift_of, price_lift, problems
from cvdesk.strategy.store_actions import action, actions, delete, save, set_status
from cvdesk.trends.store_notes import notes
from cvdesk.trends.store_series import notes_of

TODAY = date(2026, 11, 21)


@pytest.fixture
def file(tmp_path):
    made = create_file(tmp_path / "shop.cvdesk")
    made.run("Set up", lambda op: set_up(op, Business("Shop")))
    yield made
    made.close()


def saved(file, made: Action) -> int:
    return file.run("Save action", lambda op: save(op, made, TODAY)).result


def test_an_action_comes_back_as_it_was_saved(file):
    van = saved(file, Action("Second van"))
    bike = saved(file, Action("Cargo bike"))
    made = Action(
        "Deliver by 9",
        note="From Rosa's words\nand Anna's",
        theme_id=file.value("SELECT id FROM themes WHERE key = 'delivery'"),
        cost_once_minor=24000,
        cost_month_minor=-500,
        hours=12.5,
        removes="half",
        lifts={"delivery": Lift(0.2, 0.4, 0.6), "waiting": Lift(-0.3, -0.2, -0.1)},
        reach=0.31,
        chance=0.6,
        needs=(van,),
        excludes=(bike,),
        must_fix=True,
        must_fix_why="serious",
        due=date(2026, 12, 1),
        idea="delivery-window",
    )
    made_id = saved(file, made)
    assert action(file, made_id) == replace(made, id=made_id)
    assert {one.name for one in actions(file)} == {"Second van", "Cargo bike", "Deliver by 9"}
    assert action(file, bike).excludes == (made_id,)


def test_what_rules_out_another_can_be_lifted_from_either_side(file):
    one = saved(file, Action("One"))
    other = saved(file, Action("Other", excludes=(one,)))
    saved(file, replace(action(file, one), excludes=()))
    assert action(file, other).excludes == ()


def test_a_circle_of_needs_is_refused_in_words(file):
    a = saved(file, Action("Oven"))
    b = saved(file, Action("Baker", needs=(a,)))
    c = saved(file, Action("Early bread", needs=(b,)))
    with pytest.raises(UserError, match="circle: “Oven” → “Early bread” → “Baker” → “Oven”"):
        saved(file, replace(action(file, a), needs=(c,)))
    assert action(file, a).needs == ()


def test_needing_what_rules_each_other_out_is_refused(file):
    a = saved(file, Action("Van"))
    b = saved(file, Action("Bike", excludes=(a,)))
    c = saved(file, Action("Courier", needs=(a,)))
    with pytest.raises(UserError, match="rule each other out, yet “Rounds” takes both"):
        saved(file, Action("Rounds", needs=(b, c)))


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        (Action("  "), "name"),
        (Action("x" * 301), "name"),
        (Action("a", hours=-1), "hours"),
        (Action("a", reach=1.2), "reach"),
        (Action("a", chance=-0.1), "chance"),
        (Action("a", kind="price"), "price_change"),
        (Action("a", kind="price", price_change=-0.95), "price_change"),
        (Action("a", must_fix=True), "must_fix"),
        (Action("a", lifts={"delivery": Lift(1, 0.5, 2)}), "lifts"),
        (Action("a", lifts={"delivery": Lift(1, 2, 5)}), "lifts"),
        (Action("a", cost_once_minor=10**15), "cost_once"),
        (Action("a", id=7, needs=(7,)), "needs"),
        (Action("a", needs=(7,), excludes=(7,)), "excludes"),
        (Action("a", kind="play"), "kind"),
    ],
)
def test_what_is_wrong_is_said_of_its_field(file, wrong, field):
    assert field in problems(wrong)
    with pytest.raises(UserError):
        saved(file, wrong)
    assert actions(file) == ()


def test_steps_have_their_days_and_going_back_takes_them_away(file):
    made = saved(file, Action("Rota"))

    def to(status, day, words=""):
        file.run("Step", lambda op: set_status(op, made, status, day, words))
        found = action(file, made)
        return found.status, found.planned, found.started, found.done, found.result

    first, second, third = date(2026, 10, 1), date(2026, 10, 5), date(2026, 11, 1)
    assert to("planned", first) == ("planned", first, None, None, "")
    assert to("started", second) == ("started", first, second, None, "")
    with pytest.raises(UserError, match="before it was started"):
        to("done", first)
    assert to("done", third, " It went well ") == ("done", first, second, third, "It went well")
    assert to("started", second) == ("started", first, second, None, "It went well")
    assert to("idea", third)[:4] == ("idea", None, None, None)
    assert to("done", third)[:4] == ("done", None, third, third)
    assert to("dropped", third, "Too dear") == ("dropped", None, third, None, "Too dear")
    file.undo()
    assert action(file, made).status == "done"


def test_an_action_of_a_strategy_decided_on_is_not_deleted(file):
    made = saved(file, Action("Rota"))

    def decide(op):
        strategy = op.insert("strategies", {"name": "Winter", "state": "running"})
        op.insert("strategy_actions", {"strategy_id": strategy, "action_id": made})

    file.run("Decide", decide)
    with pytest.raises(UserError, match="“Winter”"):
        file.run("Delete", lambda op: delete(op, made))


def test_an_action_deleted_meanwhile_is_said(file):
    made = saved(file, Action("Rota"))
    seen = action(file, made)
    file.run("Delete", lambda op: delete(op, made))
    for work in (lambda op: save(op, seen, TODAY), lambda op: set_status(op, made, "done", TODAY)):
        with pytest.raises(UserError, match="deleted meanwhile"):
            file.run("Late", work)
    with pytest.raises(UserError, match="deleted meanwhile"):
        saved(file, Action("Other", needs=(made,)))


NAMES = st.text(st.characters(blacklist_categories=("Cs", "Cc")), min_size=1, max_size=40).filter(str.strip)
LIFTS = st.dictionaries(
    st.sampled_from(["delivery", "waiting", "quality", "price_level"]),
    st.lists(st.floats(-4, 4), min_size=3, max_size=3).map(lambda three: Lift(*sorted(three))),
    max_size=3,
)
ACTIONS = st.builds(
    Action,
    name=NAMES.map(lambda name: " ".join(name.split())),
    note=st.text(st.characters(blacklist_categories=("Cs",), blacklist_characters="\0"), max_size=80),
    kind=st.sampled_from([kind for kind in KINDS if kind != "price"]),
    cost_once_minor=st.integers(-(10**9), 10**9),
    cost_month_minor=st.integers(-(10**9), 10**9),
    hours=st.floats(0, 1000),
    removes=st.sampled_from(["", *REMOVES]),
    lifts=LIFTS,
    reach=st.floats(0, 1),
    chance=st.floats(0, 1),
    status=st.sampled_from(["idea", "dropped"]),
    result=st.text(st.characters(blacklist_categories=("Cs",), blacklist_characters="\0"), max_size=20),
)


@settings(max_examples=25)
@given(st.data())
def test_saving_and_undo_leave_nothing_behind(tmp_path_factory, data):
    made = create_file(tmp_path_factory.mktemp("undo") / "shop.cvdesk")
    try:
        made.run("Set up", lambda op: set_up(op, Business("Shop")))
        ids: list[int] = []
        states = [actions(made)]
        for _round in range(data.draw(st.integers(1, 4))):
            drawn = data.draw(ACTIONS)
            others = data.draw(st.lists(st.sampled_from(ids), unique=True, max_size=2)) if ids else []
            fresh = replace(drawn, excludes=tuple(others)) if data.draw(st.booleans()) else drawn
            if ids and data.draw(st.booleans()):
                changed = data.draw(st.sampled_from(ids))
                fresh = replace(fresh, id=changed, excludes=tuple(one for one in fresh.excludes if one != changed))
            saved_id = saved(made, fresh)
            if saved_id not in ids:
                ids.append(saved_id)
            back = action(made, saved_id)
            assert back == replace(fresh, id=saved_id, excludes=back.excludes)
            assert set(back.excludes) == set(fresh.excludes)
            if actions(made) != states[-1]:  # what changes nothing is no step that could be undone
                states.append(actions(made))
        for before in reversed(states[:-1]):
            made.undo()
            assert actions(made) == before
    finally:
        made.close()


@given(st.lists(st.tuples(st.integers(0, 5), st.integers(0, 5)), max_size=10))
def test_a_circle_is_found_exactly_where_no_order_keeps_all_needs(pairs):
    needs: dict[int, set[int]] = {}
    for one, other in pairs:
        needs.setdefault(one, set()).add(other)
    left = {number: set(needs.get(number, ())) for number in range(6)}
    while free := [number for number, others in left.items() if not others & left.keys()]:
        for number in free:
            del left[number]
    found = contradiction(needs, ())
    assert bool(found) == bool(left)
    if found:
        assert found[0] == found[-1]
        assert all(other in needs[one] for one, other in pairwise(found))


@given(st.floats(1, 5), st.booleans(), st.sampled_from(REMOVES), st.booleans(), st.floats(-0.9, 9))
def test_what_the_answers_stand_for_never_leaves_the_scale(score, burden, removes, harms, change):
    standing = Standing(score, burden)
    for lift in (lift_of(removes, standing, harms), price_lift(change, standing)):
        assert lift.low <= lift.likely <= lift.high
        assert -standing.worse - 1e-9 <= lift.low
        assert lift.high <= standing.better + 1e-9


def test_half_of_a_burden_of_2_point_9_is_two_fifths_of_what_is_above_1():
    assert lift_of("half", Standing(2.9, True)).likely == pytest.approx(0.76)
    assert lift_of("most", Standing(2.9, True)).high == pytest.approx(1.9)
    assert lift_of("bit", Standing(4.0, False)) == Lift(0.075, 0.15, pytest.approx(0.225))
    assert price_lift(0.1, Standing(2.5, True)).likely == pytest.approx(-0.3)
    assert price_lift(-0.1, Standing(2.5, True)).likely == pytest.approx(0.3)


def test_an_action_started_stands_on_the_charts_and_can_be_asked_about(file):
    started = TODAY - timedelta(days=30)
    made = saved(file, Action("Night baker"))
    file.run("Start", lambda op: set_status(op, made, "started", started))
    assert [(note.date, note.text) for note in notes_of(file, started, TODAY, [])] == [(started, "Night baker")]
    assert [(note.date, note.action_id) for note in notes(file)] == [(started, made)]
    file.run("Back", lambda op: set_status(op, made, "planned", TODAY))
    assert notes(file) == []
