"""Does value pay: who bought again after saying whether it was worth it."""

import random
from datetime import timedelta

import pytest

from cvdesk.value import records_pays as words
from cvdesk.value.store_pays import pays
from tests.figures.shop import TODAY, add_customer, add_sheet, everything, new_shop

ASKED = TODAY - timedelta(days=300)


@pytest.fixture
def shop(tmp_path):
    with new_shop(tmp_path) as opened:
        yield opened


def buy(op, customer, day, amount=1000):
    op.insert("purchases", {"customer_id": customer, "date": day.isoformat(), "amount_minor": amount})


def group(op, value, count, again, amount=1000, day=ASKED):
    """`count` customers who answered, the first `again` of whom bought a month later."""
    made = []
    for number in range(count):
        customer = add_customer(op, f"Customer {value} {number}")
        add_sheet(op, day, {"worth_it": float(value)}, customer_id=customer)
        if number < again:
            buy(op, customer, day + timedelta(days=30), amount + number)
        made.append(customer)
    return made


def test_shares_and_spending_of_both_sides_are_compared(shop):
    def work(op):
        group(op, 5, 40, 32)
        group(op, 2, 30, 9)
        buy(op, add_customer(op, "Somebody else"), TODAY)

    shop.run("Fill", work)
    found = pays(shop, everything(), TODAY)
    assert (found.worth_it.customers, found.worth_it.bought) == (40, 32)
    assert (found.not_worth_it.customers, found.not_worth_it.bought) == (30, 9)
    assert found.worth_it.again.value == pytest.approx(0.8)
    assert found.difference.value == pytest.approx(0.5)
    assert found.verdict == "more"
    # 32 of 40 spent 1000 to 1031, the others nothing
    assert found.worth_it.spend.value == pytest.approx((32 * 1000 + sum(range(32))) / 40)
    assert found.spend.value == pytest.approx(found.worth_it.spend.value - (9 * 1000 + sum(range(9))) / 30)
    assert found.spend.low > 0
    said = words.sentence(found)
    assert (
        "Of 100 customers who said it was worth it, 80 bought again within half a year; of 100 who did not, 30." in said
    )
    assert "more than chance" in said


def test_a_purchase_on_the_day_itself_or_after_the_time_is_over_is_not_buying_again(shop):
    def work(op):
        same_day = group(op, 5, 1, 0)[0]
        buy(op, same_day, ASKED)
        late = group(op, 4, 1, 0)[0]
        buy(op, late, ASKED + timedelta(days=181))
        last_day = group(op, 3, 1, 0)[0]
        buy(op, last_day, ASKED + timedelta(days=180))
        refund = group(op, 1, 1, 0)[0]
        buy(op, refund, ASKED + timedelta(days=3), -500)
        buy(op, add_customer(op, "Somebody else"), TODAY)

    shop.run("Fill", work)
    found = pays(shop, everything(), TODAY)
    assert (found.worth_it.customers, found.worth_it.bought) == (2, 0)
    assert (found.not_worth_it.customers, found.not_worth_it.bought) == (2, 1)


def test_who_answered_too_recently_waits_also_where_purchases_end_early(shop):
    def work(op):
        group(op, 5, 3, 3)
        group(op, 2, 4, 0, day=TODAY - timedelta(days=100))

    shop.run("Fill", work)
    early = pays(shop, everything(), TODAY)  # the last purchase known is 30 days after the first answers
    assert early.until == ASKED + timedelta(days=30)
    assert early.waiting == 7
    assert early.verdict == "too_few"
    shop.run("Buy", lambda op: buy(op, add_customer(op, "Somebody else"), TODAY))
    later = pays(shop, everything(), TODAY)
    assert (later.worth_it.customers, later.not_worth_it.customers, later.waiting) == (3, 0, 4)
    assert "so far 3 who said it was worth it and 0 who did not" in words.sentence(later)
    assert "who answered at least half a year ago" in words.sentence(later)
    assert pays(shop, everything(), TODAY, 90).not_worth_it.customers == 4


def test_what_fewer_than_five_did_is_not_told(shop):
    def work(op):
        group(op, 5, 5, 3)
        group(op, 2, 4, 1)
        buy(op, add_customer(op, "Somebody else"), TODAY)

    shop.run("Fill", work)
    found = pays(shop, everything(), TODAY)
    assert words.who_words(found.worth_it) == "3 of 5 customers bought again"
    assert words.who_words(found.not_worth_it) == ""


def test_only_the_first_answer_of_the_period_counts_and_only_of_customers_known(shop):
    def work(op):
        changed = group(op, 2, 1, 0)[0]
        add_sheet(op, ASKED + timedelta(days=50), {"worth_it": 5.0}, customer_id=changed)
        add_sheet(op, ASKED, {"worth_it": 5.0}, sheet_token="a")
        buy(op, changed, TODAY)

    shop.run("Fill", work)
    found = pays(shop, everything(), TODAY)
    assert (found.worth_it.customers, found.not_worth_it.customers) == (0, 1)
    later = pays(shop, everything(ASKED + timedelta(days=1)), TODAY)
    assert (later.worth_it.customers, later.not_worth_it.customers) == (1, 0)


def test_without_answers_or_purchases_it_says_what_is_missing(shop):
    assert pays(shop, everything(), TODAY).verdict == "no_purchases"
    shop.run("Buy", lambda op: buy(op, add_customer(op, "Somebody"), TODAY))
    assert pays(shop, everything(), TODAY).verdict == "none"


def test_a_difference_chance_could_give_is_not_called_one(shop):
    def work(op):
        group(op, 5, 12, 7)
        group(op, 2, 12, 5)
        buy(op, add_customer(op, "Somebody else"), TODAY)

    shop.run("Fill", work)
    found = pays(shop, everything(), TODAY)
    assert found.verdict == "cannot_tell"
    assert "Chance alone" in words.sentence(found)
    assert "Chance alone" in words.spend_sentence(found, "GBP")


def test_spending_is_not_compared_where_amounts_are_missing(shop):
    def work(op):
        group(op, 5, 12, 10)
        for customer in group(op, 2, 12, 0)[:6]:
            buy(op, customer, ASKED + timedelta(days=3), None)
        buy(op, add_customer(op, "Somebody else"), TODAY)

    shop.run("Fill", work)
    found = pays(shop, everything(), TODAY)
    assert found.not_worth_it.bought == 6
    assert found.spend.value is None
    assert "no amount" in words.spend_sentence(found, "GBP")


@pytest.mark.parametrize("seed", range(4))
def test_it_counts_as_counting_by_hand_does(shop, seed):
    dice = random.Random(seed)
    people: list[tuple[float, list[int]]] = []

    def work(op):
        for number in range(60):
            value = float(dice.randint(1, 5))
            customer = add_customer(op, f"Customer {number}")
            add_sheet(op, ASKED, {"worth_it": value}, customer_id=customer)
            days = [dice.randint(0, 250) for _ in range(dice.choice((0, 0, 1, 3)))]
            for later in days:
                buy(op, customer, ASKED + timedelta(days=later), dice.randint(100, 9000))
            people.append((value, days))
        buy(op, add_customer(op, "Somebody else"), TODAY)

    shop.run("Fill", work)
    found = pays(shop, everything(), TODAY)
    for side, wanted in ((found.worth_it, (4.0, 5.0)), (found.not_worth_it, (1.0, 2.0, 3.0))):
        own = [days for value, days in people if value in wanted]
        assert side.customers == len(own)
        assert side.bought == sum(any(0 < day <= 180 for day in days) for days in own)
