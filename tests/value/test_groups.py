"""Value by group: who is shown, who is hidden, and what differs by more than chance would give."""

import random
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cvdesk.catalogue import store as catalogue
from cvdesk.value.records_groups import KINDS, to_hide
from cvdesk.value.store_groups import groups
from cvdesk.value.store_scorecard import scorecard
from tests.figures.shop import TODAY, add_customer, add_sheet, chance_shop, everything, new_shop

DAY = TODAY - timedelta(days=20)


@pytest.fixture
def shop(tmp_path):
    with new_shop(tmp_path) as opened:
        yield opened


def core_of(db, value=4.0, **other):
    return {factor.key: value for factor in catalogue.factors(db) if factor.core} | other


def add_group(op, name, count, values, form="short", day=DAY, table="offerings"):
    """`count` customers with a sheet each; values of a number or one mapping. Gives the id of the group."""
    made = catalogue.ensure(op, table, name) if name else None
    column = {"offerings": "offering_id", "segments": "segment_id"}[table]
    for number in range(count):
        customer = add_customer(op, f"{name} {number}")
        given = values(number) if callable(values) else values
        add_sheet(op, day, given, form=form, customer_id=customer, **{column: made})
    return made


def names(found):
    return [row.name for row in found.rows]


def test_groups_are_shown_with_net_levers_and_worth_it_by_their_size(shop):
    def work(op):
        bread = add_group(op, "Bread", 12, lambda n: core_of(op, 4.0, worth_it=4.0 + n % 2))
        add_group(op, "Cake", 20, lambda n: core_of(op, 4.0, worth_it=3.0 + n % 2))
        return bread

    bread = shop.run("Fill", work).result
    found = groups(shop, "offering", everything(), TODAY)
    assert names(found) == ["Cake", "Bread"]
    assert (found.whole.people, found.small, found.guarded, found.minute) == (32, 0, 0, False)
    row = found.rows[1]
    assert row.net.value == pytest.approx(0.0)
    assert row.levers["worth"].value == pytest.approx(4.0)
    assert row.worth_it.value == 1.0
    assert row.narrowed == everything(offering=bread)
    # a click on it shows the same figures
    card = scorecard(shop, row.narrowed, TODAY)
    assert (card.net.value, card.net.low, card.net.high) == (row.net.value, row.net.low, row.net.high)


def test_a_group_that_differs_by_more_than_chance_is_said_with_the_direction(shop):
    def work(op):
        burdens = {f.key for f in catalogue.factors(op) if f.lever == "drawbacks" and f.core}
        add_group(op, "Bread", 20, lambda n: core_of(op, 4.0) | dict.fromkeys(burdens, 1.0 + n % 2))
        add_group(op, "Cake", 20, lambda n: core_of(op, 4.0) | dict.fromkeys(burdens, 4.0 + n % 2))

    shop.run("Fill", work)
    bread, cake = sorted(groups(shop, "offering", everything(), TODAY).rows, key=lambda row: row.name)
    assert {one.what for one in bread.differences} == {"net", "drawbacks"}
    assert all(one.estimate.value == pytest.approx(3.0) for one in bread.differences)
    assert all(one.estimate.low > 0 for one in bread.differences)
    assert all(one.estimate.value == pytest.approx(-3.0) for one in cake.differences)


def test_one_small_group_takes_the_next_with_it(shop):
    def work(op):
        add_group(op, "Bread", 12, core_of(op))
        add_group(op, "Cake", 7, core_of(op))
        add_group(op, "Tart", 4, core_of(op))

    shop.run("Fill", work)
    found = groups(shop, "offering", everything(), TODAY)
    assert names(found) == ["Bread"]
    assert (found.small, found.guarded) == (1, 1)


def test_several_small_groups_are_enough_by_themselves(shop):
    def work(op):
        add_group(op, "Bread", 12, core_of(op))
        add_group(op, "Cake", 7, core_of(op))
        for name in ("Tart", "Roll"):
            add_group(op, name, 3, core_of(op))

    shop.run("Fill", work)
    found = groups(shop, "offering", everything(), TODAY)
    assert names(found) == ["Bread", "Cake"]
    assert (found.small, found.guarded) == (2, 0)


def test_sheets_without_a_group_are_a_group_that_cannot_be_clicked(shop):
    def work(op):
        add_group(op, "", 6, core_of(op))
        add_group(op, "Regulars", 6, core_of(op), table="segments")

    shop.run("Fill", work)
    found = groups(shop, "segment", everything(), TODAY)
    assert sorted(names(found)) == ["In no group", "Regulars"]
    assert [row.narrowed is None for row in sorted(found.rows, key=lambda row: row.name)] == [True, False]


def test_quarters_stand_in_order_and_end_with_the_period(shop):
    def work(op):
        for day in (date(2026, 5, 3), date(2025, 11, 30), date(2026, 1, 1)):
            add_group(op, f"{day}", 6, core_of(op), day=day)

    shop.run("Fill", work)
    found = groups(shop, "quarter", everything(date(2025, 11, 15)), TODAY)
    assert names(found) == ["Oct to Dec 2025", "Jan to Mar 2026", "Apr to Jun 2026"]
    first, _middle, last = (row.narrowed.period for row in found.rows)
    assert (first.start, first.end) == (date(2025, 11, 15), date(2025, 12, 31))
    assert last.end == TODAY


def test_over_many_years_quarters_become_years(shop):
    def work(op):
        for year in range(2020, 2026):
            for month in (2, 5, 8):
                add_group(op, f"{year} {month}", 5, core_of(op), day=date(year, month, 3))

    shop.run("Fill", work)
    found = groups(shop, "quarter", everything(date(2020, 1, 1)), TODAY)
    assert names(found) == ["2020", "2021", "2022", "2023", "2024", "2025"]
    assert found.rows[1].people == 15
    assert found.rows[1].narrowed.period.start == date(2021, 1, 1)


def test_the_one_minute_form_is_a_series_of_its_own(shop):
    minute = {f"lever_{lever}": value for lever, value in
              (("worth", 5.0), ("benefits", 4.0), ("costs", 2.0), ("drawbacks", 1.0))}  # fmt: skip

    def work(op):
        add_group(op, "Bread", 8, minute, form="minute")

    shop.run("Fill", work)
    alone = groups(shop, "offering", everything(), TODAY)
    assert alone.minute
    assert alone.rows[0].net.value == pytest.approx(6.0)

    shop.run("More", lambda op: add_group(op, "Cake", 30, core_of(op)))
    mixed = groups(shop, "offering", everything(), TODAY)
    assert not mixed.minute
    bread = next(row for row in mixed.rows if row.name == "Bread")
    assert bread.net.value is None
    by_form = groups(shop, "form", everything(), TODAY)
    assert {row.name: row.net.value for row in by_form.rows} == {
        "One minute": pytest.approx(6.0), "Short": pytest.approx(0.0),
    }  # fmt: skip
    assert not any(row.differences for row in by_form.rows)  # nothing to compare it with


def test_a_part_answered_by_few_of_a_group_hides_what_would_give_it_away(shop):
    def work(op):
        gains = {f.key: 4.0 for f in catalogue.factors(op) if f.core and f.lever == "worth"}
        add_group(op, "Bread", 12, core_of(op))
        add_group(op, "Cake", 9, core_of(op))
        add_group(op, "Tart", 9, lambda n: core_of(op) if n < 3 else gains)

    shop.run("Fill", work)
    by_name = {row.name: row for row in groups(shop, "offering", everything(), TODAY).rows}
    assert by_name["Tart"].levers["costs"].value is None
    assert by_name["Cake"].levers["costs"].value is None
    assert by_name["Cake"].levers["costs"].why == "guarded"
    assert by_name["Bread"].levers["costs"].value is not None
    assert by_name["Cake"].levers["worth"].value is not None


def test_what_is_hidden_is_not_told_by_how_far_it_is_from_the_others(shop):
    def work(op):
        gains = {f.key: 4.0 for f in catalogue.factors(op) if f.core and f.lever == "worth"}
        burdens = {f.key: 1.0 for f in catalogue.factors(op) if f.core and f.lever == "costs"}
        add_group(op, "Bread", 20, lambda n: core_of(op, 4.0 + n % 2))
        add_group(op, "Cake", 15, lambda n: core_of(op, 4.0 + n % 2) | burdens)
        add_group(op, "Tart", 9, lambda n: core_of(op, 4.0 + n % 2) if n < 3 else gains)

    shop.run("Fill", work)
    cake = next(row for row in groups(shop, "offering", everything(), TODAY).rows if row.name == "Cake")
    assert (cake.levers["costs"].why, cake.net.why) == ("guarded", "guarded")
    assert not {"costs", "net"} & {one.what for one in cake.differences}


@pytest.mark.parametrize("seed", range(6))
@pytest.mark.parametrize("kind", KINDS)
def test_no_group_of_fewer_than_five_appears(tmp_path, seed, kind):
    with chance_shop(tmp_path, seed) as shop:
        found = groups(shop, kind, everything(), TODAY)
        assert all(row.people >= 5 for row in found.rows)
        assert found.guarded == 0 or found.small


def test_the_same_few_people_in_two_hidden_groups_are_still_few(shop):
    def work(op):
        add_group(op, "Bread", 12, core_of(op))
        add_group(op, "Cake", 7, core_of(op))
        tart, roll = (catalogue.ensure(op, "offerings", name) for name in ("Tart", "Roll"))
        for number in range(3):
            customer = add_customer(op, f"Both {number}")
            for offering in (tart, roll):
                add_sheet(op, DAY, core_of(op), form="short", customer_id=customer, offering_id=offering)

    shop.run("Fill", work)
    found = groups(shop, "offering", everything(), TODAY)
    assert names(found) == ["Bread"]
    assert (found.small, found.guarded) == (2, 1)


@given(st.dictionaries(st.integers(0, 9), st.integers(1, 12)))
def test_what_is_hidden_cannot_be_worked_out_from_the_rest(people):
    small, more = to_hide(people)
    assert all(count >= 5 for key, count in people.items() if key not in small)
    if small and people.keys() - small - more:
        hidden = small | more
        assert len(hidden) >= 2
        assert sum(people[key] for key in hidden) >= 5


def test_chance_alone_makes_no_group_stand_out_often(shop):
    dice = random.Random(4)

    def work(op):
        for name in "ABCDEF":
            add_group(op, name, 15, lambda n: {key: float(dice.randint(2, 5)) for key in core_of(op)})

    shop.run("Fill", work)
    found = groups(shop, "offering", everything(), TODAY)
    assert sum(bool(row.differences) for row in found.rows) <= 1
