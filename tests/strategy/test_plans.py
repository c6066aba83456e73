"""From actions to plans: styles, must-fix, ticks, what-ifs, how sure it is, and where it would turn."""

from dataclasses import replace

import pytest

from cvdesk.strategy.plan import reweighed, supposed
from cvdesk.strategy.records_plan import Limits
from cvdesk.strategy.store_plan import outcome_of, planned_from, range_of, surer
from tests.strategy.plan_cases import action, basis

QUICK, BETTER, CHEAP = (
    action(1, {"waiting": (0.2, 0.5, 0.8)}, 50000, chance=0.7),
    action(2, {"quality": (0.1, 0.4, 0.6)}, 30000, hours=10.0),
    action(3, {"price": (0.1, 0.2, 0.3)}, 20000, reach=0.5),
)
THREE = (QUICK, BETTER, CHEAP)


def best(actions, limits=None, style="balanced", found=None):
    return planned_from(found or basis(), tuple(actions), limits or Limits()).styles[style]


def test_a_plan_says_what_it_brings_and_takes():
    found = best(THREE)
    assert set(found.chosen) == {1, 2, 3}
    assert found.by_factor == pytest.approx({"waiting": 0.35, "quality": 0.2, "price": 0.1})
    assert found.gain == pytest.approx(0.65)
    assert found.by_action == pytest.approx({1: 0.35, 2: 0.2, 3: 0.1})
    assert found.by_lever == pytest.approx({"drawbacks": 0.35 / 0.65, "worth": 0.2 / 0.65, "costs": 0.1 / 0.65})
    assert (found.cost_minor, found.hours, found.exact) == (100000, 10.0, True)
    # In the order they earn their money: 0.7, 0.67 and 0.5 points for 1,000 each.
    assert found.chosen == (1, 2, 3)


def test_overlapping_actions_do_not_simply_add():
    found = best([action(1, {"waiting": 0.5}), action(2, {"waiting": 0.5})])
    assert found.gain == pytest.approx(1.25 * (1 - 0.6 * 0.6))
    assert found.by_action == pytest.approx({1: 0.3, 2: 0.3})


def test_money_counts_over_all_months_and_savings_make_room():
    monthly = action(1, {"quality": 0.5}, cost_month_minor=1000)
    saving = action(2, {}, 0, cost_month_minor=-500)
    assert best([monthly], Limits(2999)).chosen == ()
    assert best([monthly], Limits(3000)).chosen == (1,)
    assert best([monthly], Limits(3000, months=6)).chosen == ()
    assert set(best([monthly, saving], Limits(3000, months=6)).chosen) == {1, 2}


def test_styles_prefer_what_is_ahead_or_behind_and_tell_the_plain_gain():
    ahead, behind = action(1, {"quality": 0.3}, 100), action(2, {"price": 0.14}, 100)
    plans = planned_from(basis(), (ahead, behind), Limits(100)).styles
    assert plans["double_down"].chosen == plans["balanced"].chosen == (1,)
    assert plans["catch_up"].chosen == (2,)
    assert plans["catch_up"].gain == pytest.approx(0.14)
    assert plans["balanced"].gain == pytest.approx(0.15)


def test_hopes_are_cut_by_experience():
    assert best([action(1, {"waiting": 0.5})], found=basis(optimism=0.6)).gain == pytest.approx(0.3)
    dearer = action(2, {"price": -0.5}, -1000)
    assert best([dearer], Limits(ticked=frozenset({2})), found=basis(optimism=0.6)).gain == pytest.approx(-0.5)


def test_a_dearer_price_pays_for_what_gains_more():
    dearer, better = action(1, {"price": -0.2}, -40000), action(2, {"waiting": 0.6}, 40000)
    found = best([dearer, better], Limits(0))
    assert set(found.chosen) == {1, 2}
    assert found.gain == pytest.approx(0.4)
    assert found.by_factor == pytest.approx({"price": -0.2, "waiting": 0.6})
    assert found.by_lever == {"drawbacks": 1.0}


def test_must_fix_stands_apart_is_paid_first_and_leaves_less_to_gain():
    fix = action(9, {"waiting": 1.25}, 60000, must_fix=True, hours=5.0)
    found = planned_from(basis(), (*THREE, fix), Limits(100000, 12.0))
    assert found.must_fix == (fix,)
    plan = found.styles["balanced"]
    assert plan.chosen == (3,)  # waiting is gone, the hours left do not do for the second
    assert plan.gain == pytest.approx(0.1)
    assert best((*THREE, fix), Limits(100000)).chosen == (2,)


def test_must_fix_beyond_the_budget_says_so_and_leaves_what_costs_nothing():
    fix = action(9, {}, 60000, must_fix=True)
    free = action(4, {"quality": 0.1})
    found = best((QUICK, free, fix), Limits(50000))
    assert (found.chosen, found.over_minor) == ((4,), 10000)


def test_what_must_be_fixed_takes_along_what_it_needs_and_rules_out_what_excludes_it():
    fix = action(9, {}, must_fix=True, needs=(1,))
    apart = action(4, {"quality": 1.0}, excludes=(9,))
    found = best((QUICK, apart, fix), Limits(0))
    assert found.chosen == (1,)


def test_needs_of_what_is_done_are_met_and_of_what_was_dropped_are_not():
    needy = action(4, {"quality": 0.3}, needs=(7,))
    assert best((needy, action(7, {"fit": 0.1}, status="done"))).chosen == (4,)
    dropped = planned_from(basis(), (needy, action(7, {"fit": 0.1}, status="dropped")), Limits())
    assert dropped.styles["balanced"].chosen == ()
    assert surer(dropped).sure.chosen == {4: 0.0}


def test_ticks_are_the_owners_own_plan_and_in_every_other():
    found = planned_from(basis(), THREE, Limits(25000, 5.0, ticked=frozenset({2})))
    assert found.own.chosen == (2,)
    assert (found.own.over_minor, found.own.over_hours) == (5000, 5.0)
    assert 2 in found.styles["balanced"].chosen
    assert planned_from(basis(), THREE, Limits(25000)).own is None
    assert outcome_of(found, {2}) == found.own
    assert outcome_of(found, {1, 2, 3}).gain == pytest.approx(0.65)


def test_barred_actions_stay_out():
    assert set(best(THREE, Limits(barred=frozenset({1}))).chosen) == {2, 3}


def test_each_action_by_itself_by_its_low_likely_and_high_lift():
    assert planned_from(basis(), THREE, Limits()).alone[1] == pytest.approx((0.14, 0.35, 0.56))


def test_without_actions_doing_nothing_is_the_plan():
    found = surer(planned_from(basis(), (), Limits()))
    assert found.styles["balanced"].chosen == ()
    assert found.styles["balanced"].gain == 0
    assert found.sure.chosen == {}
    assert found.sure.likely == pytest.approx(3.0, abs=0.02)
    assert found.turns == ()


def test_without_a_basis_there_are_actions_but_no_plans():
    found = planned_from(basis(net=None, net_low=None, net_high=None, factors=(), why="Nobody said."), THREE, Limits())
    assert (found.styles, found.actions, found.alone) == ({}, THREE, {})
    assert surer(found) == found
    with pytest.raises(ValueError, match="Net"):
        range_of(found, {1})


def test_what_if_a_score_were_another_one():
    limits = Limits(what_if_scores={"waiting": 1.25})
    then = supposed(basis(), limits)
    assert (then.net, then.net_low, then.net_high) == pytest.approx((4.0, 3.6, 4.4))
    assert then.of("waiting").headroom == 0.25
    assert best([action(1, {"waiting": 0.5})], limits).gain == pytest.approx(0.25)
    assert supposed(then, limits) == then


def test_what_if_a_part_weighed_more_the_others_share_the_rest():
    limits = Limits(what_if_levers={"drawbacks": 1.6})
    then = supposed(basis(), limits)
    assert then.multipliers == pytest.approx({"worth": 0.8, "benefits": 0.8, "costs": 0.8, "drawbacks": 1.6})
    assert then.of("waiting").point == pytest.approx(-1.6)
    # Worth 0.75, benefits 1, costs and drawbacks 0.5 and 0.75 on the good side of 3.
    assert then.net == pytest.approx(0.8 * (0.75 + 1 + 0.5) + 1.6 * 0.75)
    assert supposed(then, limits).net == pytest.approx(then.net)
    assert reweighed(then.multipliers, dict.fromkeys(then.multipliers, 2.0)) == dict.fromkeys(then.multipliers, 1.0)
    assert sum(reweighed(then.multipliers, {"worth": 3.0, "costs": 3.0}).values()) == pytest.approx(4)


def test_how_sure_the_plan_is():
    found = surer(planned_from(basis(), THREE, Limits(50000)), seed=3)
    sure = found.sure
    assert (sure.draws, sure.seed, sure.best_of) == (5000, 3, 0)
    assert set(sure.chosen) == {1, 2, 3}
    assert all(0 <= share <= 1 for share in sure.chosen.values())
    assert all(sum(ranks) == pytest.approx(1) for ranks in sure.ranks.values())
    assert sure.regret >= 0
    assert sure.low < sure.likely < sure.high
    assert sure.low < 3.0 + found.styles["balanced"].gain < sure.high
    assert surer(planned_from(basis(), THREE, Limits(50000)), seed=3).sure == sure
    assert surer(planned_from(basis(), THREE, Limits(50000)), seed=4).sure != sure


def test_a_plan_without_a_choice_is_always_the_best():
    sure = surer(planned_from(basis(), THREE, Limits())).sure
    assert sure.chosen == {1: 1.0, 2: 1.0, 3: 1.0}
    assert (sure.regret, sure.find_out) == (0.0, None)


def test_what_to_find_out_first_is_what_decides_between_two():
    """Alike in all but that nobody knows how much the first would help."""
    unknown, known = action(1, {"waiting": (0.0, 0.3, 0.6)}, 100), action(2, {"waiting": (0.29, 0.3, 0.31)}, 100)
    sure = surer(planned_from(basis(), (unknown, known), Limits(100))).sure
    words, about = sure.find_out
    assert about == ("lift", "1")
    assert "Action 1" in words


def test_how_much_a_part_of_value_matters_can_decide():
    one, other = action(1, {"waiting": 0.3}, 100), action(2, {"price": 0.3}, 100)
    sure = surer(planned_from(basis(), (one, other), Limits(100))).sure
    assert sure.find_out[1][0] == "lever"
    assert sure.find_out[1][1] in ("costs", "drawbacks")


def test_the_range_is_as_wide_as_homes_and_wider_by_the_luck_of_the_plan():
    nothing = range_of(planned_from(basis(), THREE, Limits()), ())
    assert nothing == pytest.approx((2.6, 3.0, 3.4), abs=0.03)
    gamble = action(1, {"people": 0.9}, chance=0.5)
    low, _likely, high = range_of(planned_from(basis(), (gamble,), Limits()), {1})
    assert low == pytest.approx(2.65, abs=0.1)  # as likely as not it does not work
    assert high > 4.0
    found = surer(planned_from(basis(), THREE, Limits()), seed=8)
    assert range_of(found, {1, 2, 3}, seed=8) == (found.sure.low, found.sure.likely, found.sure.high)


def test_doing_nothing_has_the_range_home_shows_though_that_is_not_even_around_net():
    """Few answers: the interval's centre lies nearer the middle of the scale than the mean does (METHOD 1.5)."""
    few = basis(net_low=1.4, net_high=3.8)
    assert range_of(planned_from(few, THREE, Limits()), ()) == pytest.approx((1.4, 3.0, 3.8), abs=0.08)
    sure = surer(planned_from(few, THREE, Limits())).sure
    assert sure.likely == pytest.approx(3.0 + best(THREE, found=few).gain)  # as the headline has it
    assert (sure.low, sure.high) == pytest.approx((1.4 + 0.6, 3.8 + 0.6), abs=0.15)


def test_what_is_promised_is_what_the_plan_says_though_luck_is_lopsided():
    """Nine times of ten nothing comes of it: the middle of the draws would promise nothing, the plan says 0.09."""
    gamble = action(1, {"people": 0.9}, chance=0.1)
    found = planned_from(basis(), (gamble,), Limits())
    low, likely, high = range_of(found, {1})
    assert likely == pytest.approx(3.0 + found.styles["balanced"].gain)
    assert low < likely < high


def test_a_burden_that_goes_altogether_takes_its_doubt_with_it():
    """Where it stands worse than thought there is as much more to gain: together Net is known."""
    only = tuple(replace(one, se=0.15 if one.key == "waiting" else 0.0) for one in basis().factors)
    found = planned_from(basis(net_low=2.706, net_high=3.294, factors=only), (action(1, {"waiting": 4.0}),), Limits())
    assert range_of(found, ()) == pytest.approx((2.706, 3.0, 3.294), abs=0.02)
    assert range_of(found, {1}) == pytest.approx((4.25, 4.25, 4.25), abs=0.005)


def test_what_stands_better_leaves_less_to_gain_and_turns_the_plan():
    people, wait = action(1, {"people": 0.9}, 100), action(2, {"waiting": 0.6}, 100)
    found = surer(planned_from(basis(), (people, wait), Limits(100)))
    assert found.styles["balanced"].chosen == (1,)
    turn = next(one for one in found.turns if one.what == ("factor", "people"))
    assert (turn.more, turn.comes, turn.goes) == (True, (2,), (1,))
    assert 4.4 <= turn.at <= 4.42  # 5 - 0.6


def test_where_the_plan_turns():
    """The first gains 0.3 of a drawback, the second 0.25 of a cost: the weights that make them level are known."""
    one, other = action(1, {"waiting": 0.3}, 100), action(2, {"price": 0.25}, 100)
    turns = surer(planned_from(basis(), (one, other), Limits(150))).turns
    found = {(turn.what, turn.more): turn for turn in turns}
    turn = found[("lever", "costs"), True]
    # With multiplier t the others have (4 - t) / 3: 0.25 t = 0.3 (4 - t) / 3.
    assert turn.at == pytest.approx(0.4 / 0.35, abs=0.006)
    assert (turn.comes, turn.goes) == ((2,), (1,))
    more, less = found[("budget", ""), True], found[("budget", ""), False]
    assert (more.at, more.comes, more.goes) == (200, (2,), ())
    assert (less.at, less.comes, less.goes) == (100, (), (1,))
    waiting = found[("factor", "waiting"), False]
    assert waiting.at == pytest.approx(1.25, abs=0.02)  # with less than 0.25 of waiting left, price has more to gain
    assert (waiting.comes, waiting.goes) == ((2,), (1,))


def test_the_nearest_turn_for_what_is_known_comes_first():
    sharp = basis(factors=tuple(replace(one, se=0.001) for one in basis().factors))
    one, other = action(1, {"waiting": 0.3}, 100), action(2, {"price": 0.25}, 100)
    turns = surer(planned_from(sharp, (one, other), Limits())).turns
    assert turns == ()  # without a limit both are done, whatever they bring
    turns = surer(planned_from(sharp, (one, other), Limits(100))).turns
    assert turns[0].what[0] in ("lever", "budget")
    assert turns[-1].what[0] == "factor"


def test_many_actions_are_searched_and_said_to_be():
    many = [action(number, {"waiting": 0.01 * number, "fit": 0.02}, 100 * number) for number in range(1, 26)]
    found = surer(planned_from(basis(), tuple(many), Limits(10000)))
    assert not found.styles["balanced"].exact
    assert 0 < found.sure.best_of <= 500
    assert found.styles["balanced"].cost_minor <= 10000


def test_nobody_waiting_leaves_it_as_it_is():
    asked = planned_from(basis(), THREE, Limits(50000))
    assert surer(asked, cancelled=lambda: True) == asked
    assert planned_from(basis(), THREE, Limits(), lambda: True).styles == {}
    steps = []
    assert surer(asked, progress=steps.append).sure is not None
    assert steps[-1] == 1.0


def test_only_what_must_be_fixed_leaves_nothing_to_choose():
    fix = action(9, {"waiting": 0.5}, 60000, must_fix=True)
    found = surer(planned_from(basis(), (fix,), Limits(100000, 5.0)))
    assert found.styles["balanced"].chosen == ()
    assert found.sure.chosen == {}
    assert found.sure.regret == 0
    assert found.alone[9] == pytest.approx((0.5, 0.5, 0.5))


def test_actions_that_move_nothing_measured_are_left_out_unless_they_save():
    idle, saving = action(1, {"unknown": 1.0}, 100), action(2, {"unknown": 1.0}, -100)
    found = surer(planned_from(basis(), (idle, saving), Limits(1000)))
    assert found.styles["balanced"].chosen == (2,)
    assert found.sure.chosen == {1: 0.0, 2: 1.0}
    assert found.turns == ()
