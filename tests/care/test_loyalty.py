from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cvdesk.care import store_loyalty as loyalty
from cvdesk.care import store_vouchers
from cvdesk.care.records_loyalty import Rule, Tier, Tiers, counts_of, rule_words, tier_of
from cvdesk.care.store_milestones import coming
from cvdesk.care.store_snooze import snooze
from cvdesk.errors import UserError
from tests.figures.shop import add_customer, new_shop

TODAY = date(2026, 6, 17)
START = date(2026, 6, 1)


@pytest.fixture
def file(tmp_path):
    with new_shop(tmp_path) as opened:
        yield opened


def write(file, work):
    return file.run("Step", work).result


def customer(file, name="Anna Bell", **values):
    def work(op):
        made = add_customer(op, name)
        op.update("customers", made, values)
        return made

    return write(file, work)


def buys(file, who, *days, amount=1000):
    def work(op):
        for on in days:
            op.insert("purchases", {"customer_id": who, "date": on.isoformat(), "amount_minor": amount})

    write(file, work)


def rule(file, by="purchases", step=3, **more):
    made = Rule(by, step, "A loaf of bread", more.pop("since", START), 450, **more)
    return replace(made, id=write(file, lambda op: loyalty.save_rule(op, made)))


def serious(file, who, **values):
    def work(op):
        return op.insert(
            "complaints",
            {"number": 1, "date": TODAY.isoformat(), "customer_id": who, "severity": "serious", **values},
        )

    return write(file, work)


def days(count, last=TODAY):
    return [last - timedelta(days=back) for back in range(count)]


def steps(file, today=TODAY):
    return [(one.customer, one.step, one.day) for one in loyalty.rewards_due(file, today)]


def test_the_third_purchase_earns_the_reward_on_its_day(file):
    anna = customer(file)
    buys(file, anna, date(2026, 6, 2), date(2026, 6, 2), date(2026, 6, 3))
    rule(file)
    assert steps(file) == []  # twice on a day is once
    buys(file, anna, date(2026, 6, 9))
    assert steps(file) == [("Anna Bell", 3, date(2026, 6, 9))]


def test_what_was_reached_before_the_rule_began_is_not_rewarded(file):
    buys(file, customer(file), *days(3, START - timedelta(days=1)))
    rule(file)
    assert steps(file) == []


def test_every_third_purchase_is_rewarded_again(file):
    buys(file, customer(file), *days(7))
    rule(file, every=True)
    assert [step for _name, step, _on in steps(file)] == [6, 3]


def test_years_count_from_the_day_one_became_a_customer(file):
    customer(file, since="2024-06-10")
    customer(file, "Leap Day", since="2024-02-29")
    rule(file, "years", 2, since=date(2026, 1, 1))
    assert steps(file) == [("Anna Bell", 2, date(2026, 6, 10)), ("Leap Day", 2, date(2026, 2, 28))]


def test_a_large_purchase_may_reach_several_steps_of_spending(file):
    buys(file, customer(file), TODAY, amount=25_000)
    rule(file, "spend", 10_000, every=True)
    assert sorted(step for _name, step, _on in steps(file)) == [10_000, 20_000]


def test_a_step_gives_one_voucher_and_never_a_second(file):
    buys(file, customer(file), *days(3))
    rule(file, valid_days=30)
    due = loyalty.rewards_due(file, TODAY)
    made = write(file, lambda op: loyalty.give_rewards(op, due, TODAY))
    assert [(one.customer, one.gives, one.valid_until) for one in made] == [
        ("Anna Bell", "A loaf of bread", TODAY + timedelta(days=30))
    ]
    assert steps(file) == []
    assert write(file, lambda op: loyalty.give_rewards(op, [*due, *due], TODAY)) == ()
    file.run("Cancel", lambda op: store_vouchers.cancel(op, made[0].id, TODAY))
    assert steps(file) == []  # the owner took it away: it is not made again behind her back


def test_undo_of_the_vouchers_makes_the_rewards_due_again(file):
    buys(file, customer(file), *days(3))
    rule(file)
    due = loyalty.rewards_due(file, TODAY)
    file.run("Vouchers", lambda op: loyalty.give_rewards(op, due, TODAY))
    file.undo()
    assert len(steps(file)) == 1


def test_a_reward_is_held_back_while_a_serious_complaint_is_open(file):
    anna = customer(file)
    buys(file, anna, *days(3))
    rule(file)
    case = serious(file, anna)
    (held,) = loyalty.rewards_due(file, TODAY)
    assert held.held
    assert file.run("Vouchers", lambda op: loyalty.give_rewards(op, [held], TODAY)).result == ()
    closed = {"stage": "closed", "resolved": TODAY.isoformat(), "closed": TODAY.isoformat()}
    write(file, lambda op: op.update("complaints", case, closed))
    assert not loyalty.rewards_due(file, TODAY)[0].held


def test_a_stopped_rule_rewards_nobody(file):
    buys(file, customer(file), *days(3))
    made = rule(file)
    write(file, lambda op: loyalty.stop_rule(op, made.id))
    assert steps(file) == []
    assert [one.active for one in loyalty.rules(file, all_of_them=True)] == [False]


@pytest.mark.parametrize(
    "wrong", [{"step": 0}, {"gives": " "}, {"valid_days": 0}, {"by": "luck"}, {"gives": "x" * 500}]
)
def test_a_rule_that_makes_no_sense_is_not_saved(file, wrong):
    bad = replace(Rule("purchases", 3, "A loaf", START), **wrong)
    with pytest.raises(UserError):
        write(file, lambda op: loyalty.save_rule(op, bad))


def test_rules_are_told_in_words():
    assert rule_words(Rule("purchases", 10, "", START, every=True), "GBP") == "Every 10 purchases"
    assert rule_words(Rule("years", 1, "", START), "GBP") == "After 1 year with you"


def test_levels_count_the_active_customers_of_the_last_twelve_months(file):
    levels = Tiers("purchases", (Tier("Bronze", 2), Tier("Silver", 4)))
    write(file, lambda op: loyalty.save_tiers(op, levels))
    buys(file, customer(file, "Five times"), *days(5))
    buys(file, customer(file, "Twice"), *days(2))
    buys(file, customer(file, "Long ago"), *days(9, date(2024, 1, 31)))
    buys(file, customer(file, "Left", active=0), *days(9))
    found = loyalty.tier_counts(file, TODAY)
    assert [(count.tier and count.tier.name, count.customers) for count in found] == [
        ("Silver", 1), ("Bronze", 1), (None, 1),
    ]  # fmt: skip


def test_levels_by_years_and_by_spending(file):
    anna = customer(file, since="2023-06-18")  # three years tomorrow
    buys(file, anna, TODAY, amount=7_000)
    for by, starts, expected in (("years", 2, 1), ("years", 3, 0), ("spend", 7_000, 1), ("spend", 7_001, 0)):
        write(file, lambda op, by=by, starts=starts: loyalty.save_tiers(op, Tiers(by, (Tier("Gold", starts),))))
        assert loyalty.tier_counts(file, TODAY)[0].customers == expected


@given(st.lists(st.integers(1, 100), min_size=1, max_size=5, unique=True), st.lists(st.integers(0, 120)))
def test_everybody_stands_in_exactly_one_level(starts, reached):
    levels = Tiers("purchases", tuple(Tier(f"Level {start}", start) for start in sorted(starts)))
    assert levels.problems() == {}
    assert sum(count.customers for count in counts_of(levels, reached)) == len(reached)
    assert all((tier_of(levels, one) is None) == (one < min(starts)) for one in reached)


@pytest.mark.parametrize("tiers", [(Tier("A", 5), Tier("B", 5)), (Tier("A", 1), Tier("a", 2)), (Tier("", 1),)])
def test_levels_that_cannot_be_told_apart_are_not_saved(tiers):
    assert Tiers("purchases", tiers).problems()


# Home


def words(file, today=TODAY):
    return [one.words() for one in coming(file, today)]


def test_home_names_birthdays_and_anniversaries_of_the_week_and_what_was_just_reached(file):
    customer(file, "Anna Bell", birthday="1980-06-20")
    customer(file, "Ben Kerr", since="2021-06-18")
    customer(file, "Four Years", since="2022-06-18")  # no milestone
    customer(file, "Next Month", since="2021-07-18")
    buys(file, customer(file, "Cleo Fry"), *days(10))
    assert words(file) == ["Cleo Fry: 10 purchases", "Ben Kerr: 5 years with you", "Anna Bell's birthday"]


def test_home_names_nobody_with_a_serious_complaint_nor_who_was_thanked_or_put_off(file):
    for number, name in enumerate(("Anna Bell", "Ben Kerr", "Cleo Fry", "Dora May")):
        customer(file, name, since=f"2021-06-{18 + number}")
    ids = {row["name"]: row["id"] for row in file.rows("SELECT id, name FROM customers")}
    serious(file, ids["Anna Bell"])
    thanks = {"date": TODAY.isoformat(), "done": TODAY.isoformat(), "kind": "gesture", "note": "Flowers"}
    write(file, lambda op: op.insert("touches", {"customer_id": ids["Ben Kerr"], **thanks}))
    write(file, lambda op: snooze(op, "milestone", ids["Cleo Fry"], TODAY + timedelta(days=3)))
    assert words(file) == ["Dora May: 5 years with you"]


def test_home_reminds_of_nobody_who_does_not_want_to_be_contacted(file):
    customer(file, "Anna Bell", birthday="1980-06-20", may_write="no")
    customer(file, "Ben Kerr", birthday="1980-06-20")  # nobody asked
    tagged = customer(file, "Cleo Fry", since="2021-06-18", may_write="yes")

    def tag(op):
        made = op.insert("tags", {"name": "No contact", "key": "no-contact"})
        op.insert("customer_tags", {"customer_id": tagged, "tag_id": made})

    write(file, tag)
    assert words(file) == ["Ben Kerr's birthday"]


def test_a_birthday_on_the_leap_day_is_kept_on_the_28th(file):
    customer(file, "Anna Bell", birthday="1980-02-29")
    assert [one.day for one in coming(file, date(2027, 2, 25))] == [date(2027, 2, 28)]
    assert [one.day for one in coming(file, date(2028, 2, 25))] == [date(2028, 2, 29)]
