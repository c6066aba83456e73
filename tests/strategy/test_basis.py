"""What a plan starts from is what Home shows, with the best rival beside it."""

from datetime import timedelta

import pytest

from cvdesk.catalogue import store as catalogue
from cvdesk.catalogue.records import Filter, Period
from cvdesk.figures.store import gather
from cvdesk.strategy.records import Action, Lift
from cvdesk.strategy.records_plan import Limits
from cvdesk.strategy.store_actions import save
from cvdesk.strategy.store_basis import basis
from cvdesk.strategy.store_plan import planned
from cvdesk.themes import store as themes
from cvdesk.value.records_rivals import Competitor
from cvdesk.value.store_rivals import save_competitor
from tests.figures.shop import TODAY, add_customer, add_sheet, new_shop

RECENT, LONG_AGO = TODAY - timedelta(days=20), TODAY - timedelta(days=200)


@pytest.fixture
def shop(tmp_path):
    with new_shop(tmp_path) as opened:
        yield opened


def scores(db, gains=4.0, burdens=2.0):
    """A value for each of the factors of the short form."""
    return {
        factor.key: gains if factor.lever in ("worth", "benefits") else burdens
        for factor in catalogue.factors(db)
        if factor.core
    }


def fill(op, count, day, gains=4.0, burdens=2.0, start=0):
    customers = [add_customer(op, f"Customer {start + number}") for number in range(count)]
    for place, customer in enumerate(customers):
        # Neighbours differ, so that intervals have a width of their own.
        given = scores(op, gains + (0.5 if place % 2 else -0.5), burdens)
        add_sheet(op, day, given, form="short", customer_id=customer)
    return customers


def about_rival(op, name, values, way, customers):
    rival = save_competitor(op, Competitor(None, name, None))
    kind = "customer" if way == "used_both" else "owner"
    for customer in customers:
        who = {"customer_id": customer} if way == "used_both" else {}
        sheet = add_sheet(op, RECENT, values, form="short", kind=kind, competitor_id=rival, **who)
        op.update("assessments", sheet, {"way": way})
    return rival


def test_the_net_is_homes_of_the_last_90_days(shop):
    def work(op):
        fill(op, 12, RECENT)
        fill(op, 30, LONG_AGO, gains=2.0, start=50)

    shop.run("Fill", work)
    found = basis(shop, TODAY)
    home = gather(shop, Filter(Period.last_days(90, TODAY)), TODAY).value.net
    assert (found.net, found.net_low, found.net_high) == (home.value, home.low, home.high)
    assert (found.first, found.last) == (TODAY - timedelta(days=89), TODAY)
    assert (found.people, found.why) == (12, "")
    assert sum(one.point * (one.score - 3) for one in found.factors) == pytest.approx(found.net)
    assert {one.lever for one in found.factors} == set(found.multipliers)
    assert all(one.se > 0 and one.n == 12 for one in found.factors)
    assert (found.optimism, found.measured) == (0.7, 0)


def test_weights_of_a_part_add_up_to_one(shop):
    shop.run("Fill", lambda op: fill(op, 8, RECENT))
    found = basis(shop, TODAY)
    for lever in found.multipliers:
        assert sum(one.weight for one in found.factors if one.lever == lever) == pytest.approx(1)


def test_centre_and_error_are_those_with_one_imaginary_customer(shop):
    shop.run("Fill", lambda op: fill(op, 10, RECENT))
    one = basis(shop, TODAY).of("quality")
    answers = [3.5, 4.5] * 5
    centre = (sum(answers) + 3) / 11
    squares = sum(x * x for x in answers) + 9 + 2 - 11 * centre**2
    assert one.score == pytest.approx(4.0)
    assert one.centre == pytest.approx(centre)
    assert one.se == pytest.approx((squares / 10 / 11) ** 0.5)


def test_the_last_year_where_90_days_do_not_do(shop):
    shop.run("Fill", lambda op: (fill(op, 3, RECENT), fill(op, 9, LONG_AGO, start=50)))
    found = basis(shop, TODAY)
    assert (found.first, found.people, found.why) == (TODAY.replace(year=2025) + timedelta(days=1), 12, "")


def test_what_is_missing_is_said(shop):
    assert "No customer" in basis(shop, TODAY).why
    shop.run("Fill", lambda op: fill(op, 4, RECENT))
    assert "4 customers" in basis(shop, TODAY).why

    def gains_only(op):
        known = {factor.key for factor in catalogue.factors(op) if factor.lever in ("worth", "benefits")}
        for number in range(9):
            given = {key: value for key, value in scores(op).items() if key in known}
            add_sheet(op, RECENT, given, form="short", customer_id=add_customer(op, f"Other {number}"))

    shop.run("More", gains_only)
    found = basis(shop, TODAY)
    assert "Costs, Drawbacks" in found.why
    assert found.factors == ()
    assert planned(shop, Limits(), TODAY).styles == {}


def test_incidents_set_a_limit_that_counts_as_on_home(shop):
    def work(op):
        customers = fill(op, 10, RECENT, burdens=1.5)
        theme = next(one for one in themes.themes(op) if factor_of(op, one.id) == "waiting")
        for customer in customers[:8]:
            entry = op.insert(
                "entries", {"date": RECENT.isoformat(), "customer_id": customer, "severity": "serious", "rating": 1.0}
            )
            themes.tag_entry(op, entry, theme.id, "confirmed", "owner")

    def factor_of(op, theme_id):
        sql = "SELECT factors.key FROM themes JOIN factors ON factors.id = factor_id WHERE themes.id = ?"
        return op.value(sql, (theme_id,))

    shop.run("Fill", work)
    found = basis(shop, TODAY)
    waiting = found.of("waiting")
    assert waiting.limit == pytest.approx(1 + 4 * 0.8)
    assert waiting.score == pytest.approx(4.2)
    assert waiting.centre < 2  # the survey's own
    assert waiting.headroom == pytest.approx(3.2)
    assert found.net == gather(shop, Filter(Period.last_days(90, TODAY)), TODAY).value.net.value


def test_the_best_rival_is_the_one_of_the_highest_net_that_customers_know(shop):
    def work(op):
        customers = fill(op, 8, RECENT)
        about_rival(op, "Weak", scores(op, 3.0), "used_both", customers)
        strong = about_rival(op, "Strong", scores(op, 4.8, 1.5), "used_both", customers)
        about_rival(op, "Feared", scores(op, 5.0, 1.0), "guess", [None])
        return strong

    strong = shop.run("Fill", work).result
    found = basis(shop, TODAY)
    assert (found.rival, found.rival_id, found.guessed) == ("Strong", strong, False)
    assert found.of("quality").advantage == pytest.approx(4.0 - 4.8)
    assert found.of("waiting").advantage == pytest.approx(-0.5)


def test_the_owners_guess_stands_in_and_is_marked(shop):
    shop.run("Fill", lambda op: (fill(op, 8, RECENT), about_rival(op, "Feared", scores(op, 5.0, 1.0), "guess", [None])))
    found = basis(shop, TODAY)
    assert (found.rival, found.guessed) == ("Feared", True)
    assert found.of("quality").advantage == pytest.approx(-1.0)


def test_without_rivals_there_is_no_advantage(shop):
    shop.run("Fill", lambda op: fill(op, 8, RECENT))
    found = basis(shop, TODAY)
    assert (found.rival, found.rival_id) == ("", None)
    assert {one.advantage for one in found.factors} == {None}


def test_a_plan_from_the_file(shop):

    def work(op):
        fill(op, 12, RECENT)
        lifts = {"waiting": Lift(0.2, 0.4, 0.6)}
        return save(op, Action("A second till", lifts=lifts, cost_once_minor=30000, chance=0.5), TODAY)

    known = shop.run("Fill", work).result
    found = planned(shop, Limits(30000), TODAY)
    assert found.styles["balanced"].chosen == (known,)
    moved = 0.4 * 0.5 * 0.7
    assert found.styles["balanced"].gain == pytest.approx(moved * abs(found.basis.of("waiting").point))
    assert planned(shop, Limits(29999), TODAY).styles["balanced"].chosen == ()
