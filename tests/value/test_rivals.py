"""Us against a competitor: which source speaks, what the edges add up to, and what is never tested."""

import random
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cvdesk.catalogue import store as catalogue
from cvdesk.errors import UserError
from cvdesk.stats.value import SIGN
from cvdesk.value import records_rivals_words as words
from cvdesk.value.records_rivals import Competitor, hundredths, rounded_together
from cvdesk.value.store_rivals import against, competitors, retire_competitor, save_competitor
from cvdesk.value.store_rivals_grid import grid
from tests.figures.shop import TODAY, add_customer, add_sheet, everything, new_shop

DAY = TODAY - timedelta(days=20)


@pytest.fixture
def shop(tmp_path):
    with new_shop(tmp_path) as opened:
        yield opened


def core_of(db, value=4.0, **other):
    return {factor.key: value for factor in catalogue.factors(db) if factor.core} | other


def add_rival(op, name="Crumb", price=None):
    return save_competitor(op, Competitor(None, name, price))


def about(op, rival, values, way, customer=None, day=DAY, **more):
    kind = "customer" if way == "used_both" else "owner"
    sheet = add_sheet(op, day, values, form="short", kind=kind, competitor_id=rival, customer_id=customer, **more)
    op.update("assessments", sheet, {"way": way})
    return sheet


def customers(op, count, ours, theirs=None, rival=None):
    """Customers who rated us, and who used both where `theirs` is given; functions of their number."""
    for number in range(count):
        customer = add_customer(op, f"Customer {number} {rival}")
        add_sheet(op, DAY, ours(number), form="short", customer_id=customer)
        if theirs is not None:
            about(op, rival, theirs(number), "used_both", customer)


def added_up(found):
    return sum(edge.shown for edge in found.edges if edge.shown is not None)


def test_customers_who_used_both_are_compared_in_pairs(shop):
    def work(op):
        rival = add_rival(op, price=1.1)
        base = core_of(op)
        customers(op, 8, lambda n: base | {"quality": 5.0}, lambda n: base | {"quality": 2.0 + n % 2}, rival)
        customers(op, 30, lambda n: core_of(op, 1.0))  # who only know us do not enter a paired comparison
        for _ in range(6):
            about(op, rival, core_of(op, 1.0), "mystery")
        return rival

    rival = shop.run("Fill", work).result
    found = against(shop, rival, everything(), TODAY)
    assert (found.source, found.paired, found.tested, found.people) == ("used_both", True, True, 8)
    assert (found.known.used_both, found.known.visits, found.known.guessed_on) == (8, 6, None)
    edge = found.edges[0]
    assert edge.key == "quality"
    assert edge.advantage.value == pytest.approx(2.5)
    assert edge.advantage.low > 0
    core_worth = sum(factor.core and factor.lever == "worth" for factor in catalogue.factors(shop))
    assert edge.leverage == pytest.approx(2.5 / core_worth)
    assert edge.advice == "double down"
    assert {other.advice for other in found.edges[1:]} == {"about level"}
    assert found.us - found.them == pytest.approx(2.5 / core_worth)
    assert added_up(found) == found.shown_total == found.shown_us - found.shown_them


def test_burdens_are_turned_so_that_less_is_an_advantage(shop):
    def work(op):
        rival = add_rival(op)
        burden = next(factor for factor in catalogue.factors(op) if factor.core and factor.lever == "drawbacks")
        customers(op, 6, lambda n: core_of(op, 3.0, **{burden.key: 4.0}),
                  lambda n: core_of(op, 3.0, **{burden.key: 1.0}), rival)  # fmt: skip
        return rival, burden.key

    rival, key = shop.run("Fill", work).result
    edge = against(shop, rival, everything(), TODAY).edges[0]
    assert (edge.key, edge.advice) == (key, "close the gap")
    assert edge.advantage.value == pytest.approx(-3.0)
    assert edge.leverage < 0


def test_sheets_without_a_name_pair_by_the_token_they_share(shop):
    def work(op):
        rival = add_rival(op)
        for number in range(5):
            add_sheet(op, DAY, core_of(op, 4.0), form="short", sheet_token=f"t{number}")
            about(op, rival, core_of(op, 3.0), "used_both", sheet_token=f"t{number}")
        return rival

    found = against(shop, shop.run("Fill", work).result, everything(), TODAY)
    assert (found.source, found.paired, found.people) == ("used_both", True, 5)


def test_too_few_who_used_both_give_way_to_visits_and_those_to_the_guess(shop):
    def work(op):
        rival = add_rival(op)
        customers(op, 4, lambda n: core_of(op, 4.0), lambda n: core_of(op, 3.0), rival)
        customers(op, 6, lambda n: core_of(op, 4.0))
        about(op, rival, core_of(op, 5.0), "guess", day=DAY - timedelta(days=9))
        about(op, rival, core_of(op, 2.0), "guess")
        return rival

    rival = shop.run("Fill", work).result
    guessed = against(shop, rival, everything(), TODAY)
    assert (guessed.source, guessed.tested, guessed.known.used_both) == ("guess", False, 4)
    assert {edge.theirs for edge in guessed.edges} == {2.0}  # the latest guess stands
    assert {edge.advice for edge in guessed.edges} == {None}
    assert all(edge.advantage.low is None for edge in guessed.edges)
    assert added_up(guessed) == guessed.shown_total
    assert not guessed.map.tested
    assert guessed.map.us.quality.low is None

    shop.run("Visit", lambda op: about(op, rival, core_of(op, 3.0), "mystery"))
    few = against(shop, rival, everything(), TODAY)
    assert (few.source, few.tested, few.people) == ("mystery", False, 1)

    def visit(op):
        for _ in range(4):
            about(op, rival, core_of(op, 3.0), "mystery")

    shop.run("Visit", visit)
    visited = against(shop, rival, everything(), TODAY)
    assert (visited.source, visited.tested, visited.paired, visited.people) == ("mystery", True, False, 5)
    assert {edge.n_ours for edge in visited.edges} == {10}

    shop.run("Fifth", lambda op: customers(op, 1, lambda n: core_of(op), lambda n: core_of(op, 1.0), rival))
    both = against(shop, rival, everything(), TODAY)
    assert (both.source, both.people) == ("used_both", 5)


def test_visits_of_another_period_and_drafts_do_not_count(shop):
    def work(op):
        rival = add_rival(op)
        customers(op, 6, lambda n: core_of(op))
        about(op, rival, core_of(op), "mystery", day=TODAY - timedelta(days=200))
        sheet = about(op, rival, core_of(op), "mystery")
        op.update("assessments", sheet, {"state": "draft"})
        return rival

    rival = shop.run("Fill", work).result
    found = against(shop, rival, everything(TODAY - timedelta(days=30)), TODAY)
    assert (found.source, found.known.visits) == ("none", 0)
    assert found.edges == ()
    assert found.shown_total is None


def test_a_part_of_value_nobody_rated_is_missing_and_there_is_no_sum(shop):
    def work(op):
        rival = add_rival(op)
        gains = {factor.key: 4.0 for factor in catalogue.factors(op) if factor.core and SIGN[factor.lever] > 0}
        customers(op, 6, lambda n: core_of(op), lambda n: gains, rival)
        return rival

    found = against(shop, shop.run("Fill", work).result, everything(), TODAY)
    assert found.missing == ("costs", "drawbacks")
    assert found.us is None
    assert found.shown_total is None
    assert found.map is None  # no price without money factors
    assert len(found.theirs_few) == sum(f.core and SIGN[f.lever] < 0 for f in catalogue.factors(shop))


def test_the_map_takes_real_prices_where_they_are_known_and_felt_ones_otherwise(shop):
    def work(op):
        made = [add_rival(op), add_rival(op, "Dear", 1.25)]
        for rival in made:
            customers(op, 6, lambda n: core_of(op, 4.0), lambda n: core_of(op, 4.0), rival)
        return made

    felt, real = (against(shop, rival, everything(), TODAY).map for rival in shop.run("Fill", work).result)
    assert felt.felt
    assert felt.us.price.value == pytest.approx(1.0)
    assert not real.felt
    assert real.us.price.value == 1.25
    assert real.advantage.value < 0
    assert real.fair_price(1.0) == 1.0


@pytest.mark.parametrize("seed", range(3))
def test_the_edges_add_up_exactly_and_as_shown(shop, seed):
    dice = random.Random(seed)

    def work(op):
        rival = add_rival(op)
        for factor in catalogue.factors(op):
            catalogue.set_importance(op, factor.id, dice.randint(1, 5))
        keys = [factor.key for factor in catalogue.factors(op)]

        def some(_number):
            return {key: float(dice.randint(1, 5)) for key in keys if dice.random() < 0.8}

        customers(op, 25, some, some, rival)
        return rival

    found = against(shop, shop.run("Fill", work).result, everything(), TODAY)
    assert found.us is not None
    assert sum(edge.leverage for edge in found.edges) == pytest.approx(found.us - found.them)
    assert added_up(found) == found.shown_us - found.shown_them
    assert all(abs(edge.shown / 100 - edge.leverage) <= 0.02 for edge in found.edges)


@given(st.lists(st.floats(-8, 8), min_size=1, max_size=25))
def test_rounding_together_keeps_the_sum_and_stays_near(values):
    total = hundredths(sum(values))
    shown = rounded_together(values, total)
    assert sum(shown) == total
    assert all(abs(one - 100 * value) <= 1 + 1e-6 for one, value in zip(shown, values, strict=True))


def test_competitors_are_added_changed_and_put_away_and_every_step_can_be_taken_back(shop):
    rival = shop.run("Add", lambda op: add_rival(op, "  Crumb & Co ")).result
    assert competitors(shop) == [Competitor(rival, "Crumb & Co", None)]
    shop.run("Change", lambda op: save_competitor(op, Competitor(rival, "Crumbs", 1.2)))
    assert competitors(shop) == [Competitor(rival, "Crumbs", 1.2)]
    shop.run("Retire", lambda op: retire_competitor(op, rival))
    assert competitors(shop) == []
    assert shop.run("Add", lambda op: add_rival(op, "CRUMBS")).result == rival  # its sheets come back with it
    shop.undo()
    shop.undo()
    shop.undo()
    assert competitors(shop) == [Competitor(rival, "Crumb & Co", None)]


@pytest.mark.parametrize(("name", "price"), [("", None), ("Crúmb", None), ("Other", 0.0), ("Other", 30.0)])
def test_what_cannot_be_a_competitor_is_refused(shop, name, price):
    shop.run("Add", lambda op: add_rival(op, "crumb"))
    with pytest.raises(UserError):
        shop.run("Add", lambda op: add_rival(op, name, price))
    assert len(competitors(shop)) == 1


def test_the_grid_turns_burdens_and_needs_importance(shop):
    shop.run("Fill", lambda op: customers(op, 12, lambda n: core_of(op, 4.0 + n % 2)))
    empty = grid(shop, everything(), TODAY)
    assert (empty.spots, empty.weighed, empty.answers) == ((), False, 12)

    def importance(op):
        for factor in catalogue.factors(op):
            catalogue.set_importance(op, factor.id, 5.0 if factor.key == "quality" else 2.0)

    shop.run("Matters", importance)
    found = grid(shop, everything(), TODAY)
    by_key = {spot.key: spot for spot in found.spots}
    assert len(by_key) == sum(factor.core for factor in catalogue.factors(shop))
    assert by_key["quality"].quadrant == "keep it up"
    burden = next(spot for spot in found.spots if SIGN[spot.lever] < 0)
    assert burden.performance.value == pytest.approx(6 - 4.5)
    assert burden.performance.low < burden.performance.value < burden.performance.high
    assert burden.quadrant == "low priority"


def test_without_answers_there_is_neither_grid_nor_comparison(shop):
    rival = shop.run("Add", add_rival).result
    found = against(shop, rival, everything(), TODAY)
    assert (found.source, found.edges, found.map) == ("none", (), None)
    assert grid(shop, everything(), TODAY).spots == ()
    with pytest.raises(LookupError):
        against(shop, 1, everything(), TODAY)


@pytest.mark.parametrize("asked", ["price", "no price"])
def test_what_cannot_be_told_apart_is_not_called_level(shop, asked):
    def work(op):
        rival = add_rival(op)
        money = {factor.key for factor in catalogue.factors(op) if factor.type == "cost: money"}
        core = {key: value for key, value in core_of(op, 3.0).items() if asked == "price" or key not in money}

        def rated(number):
            return core | {"quality": 1.0 + 2 * (number % 3), "waiting": 1.0 + number % 5}

        customers(op, 6, rated, lambda n: rated(n + 1), rival)
        return rival

    found = against(shop, shop.run("Fill", work).result, everything(), TODAY)
    assert (found.source, found.tested, found.map is None) == ("used_both", True, asked == "no price")
    assert words.title(found) == ("Too close to tell: you and Crumb" if found.map else "You beside Crumb")
