"""How complaints were answered, in files small enough to count by hand."""

from datetime import timedelta

import pytest

from cvdesk.complaints.records_due import Targets
from cvdesk.complaints.store_targets import save_targets
from cvdesk.figures.json import as_json
from cvdesk.figures.store import gather_all
from cvdesk.stats.intervals import wilson
from cvdesk.themes import store as themes
from tests.figures.shop import FIRST, TODAY, add_complaint, add_customer, everything, new_shop


@pytest.fixture
def shop(tmp_path):
    with new_shop(tmp_path) as file:
        yield file


def answered(shop, chosen=None):
    return gather_all(shop, chosen or everything(), TODAY).more.complaints


def ago(days):
    return TODAY - timedelta(days=days)


def about(op, complaint, theme=0):
    op.insert("complaint_themes", {"complaint_id": complaint, "theme_id": themes.themes(op)[theme].id})
    return complaint


def feedback_about(op, customer, day, theme=0, **more):
    values = {"date": day.isoformat(), "customer_id": customer, "text": "Again", **more}
    themes.tag_entry(op, op.insert("entries", values), themes.themes(op)[theme].id, "confirmed", "owner")


def test_without_any_complaint_there_is_no_data(shop):
    found = as_json(gather_all(shop, everything(), TODAY))["complaints"]
    nothing = {"value": None, "n": 0, "why": "no data"}
    assert found["days_to_first_response"] == nothing
    assert found["within_target"] == {"acknowledge": nothing, "resolve": nothing}
    assert (found["repeat_contact"], found["closed_loop"], found["per_100_orders"]) == (nothing, nothing, nothing)


def test_first_response_is_whatever_was_done_first(shop):
    def work(op):
        add_complaint(op, 1, ago(40), {"acknowledged": ago(39), "resolved": ago(30)})
        add_complaint(op, 2, ago(40), {"resolved": ago(38)})
        add_complaint(op, 3, ago(40), {"note": ago(40), "acknowledged": ago(37)})
        add_complaint(op, 4, ago(40), {}, stage="acknowledged", acknowledged=ago(36).isoformat())
        add_complaint(op, 5, ago(40), {"acknowledged": ago(35)}, acknowledged=ago(35).isoformat(), stage="acknowledged")

    shop.run("Log", work)
    median = answered(shop).days_to_first_response
    assert (median.value, median.n) == (3, 5)  # of 1, 2, 3, 4, 5


def test_cases_nobody_answered_count_as_far_as_they_have_come(shop):
    def work(op):
        for number in range(1, 7):
            add_complaint(op, number, ago(number), {})

    shop.run("Log", work)
    found = as_json(gather_all(shop, everything(), TODAY))["complaints"]["days_to_first_response"]
    assert (found["value"], found["more_than"], found["n"]) == (None, 6, 6)


def test_spam_and_cases_that_came_in_as_done_have_no_time_to_an_answer(shop):
    def work(op):
        for number in range(1, 5):
            add_complaint(op, number, ago(40), {"acknowledged": ago(39)})
        add_complaint(op, 5, ago(40), {"acknowledged": ago(39)}, outcome="spam")
        add_complaint(op, 6, ago(40), {}, stage="closed")

    shop.run("Log", work)
    found = answered(shop).days_to_first_response
    assert (found.n, found.why, found.value) == (4, "few_cases", None)


def test_within_target_goes_by_the_deadline_of_each_case(shop):
    def work(op):
        # Five days allowed, taken 4, 5 and 6; two days allowed, taken 2; the same day allowed, taken 0 and 1.
        for number, (allowed, taken) in enumerate(((5, 4), (5, 5), (5, 6), (2, 2), (0, 0), (0, 1)), start=1):
            start = ago(60)
            due = (start + timedelta(days=allowed)).isoformat()
            done = {"resolved": start + timedelta(days=taken)}
            add_complaint(op, number, start, done, acknowledge_by=due, resolve_by=due)

    shop.run("Log", work)
    found = answered(shop).within_target
    assert found["resolve"].value == pytest.approx(4 / 6)
    assert found["acknowledge"].value == pytest.approx(4 / 6)
    assert found["resolve"].low < 4 / 6 < found["resolve"].high


def test_without_deadlines_the_targets_of_the_settings_count(shop):
    def work(op):
        save_targets(
            op, Targets({"minor": 1, "moderate": 1, "serious": 1}, {"minor": 10, "moderate": 10, "serious": 2})
        )
        for number in range(1, 6):
            steps = {"acknowledged": ago(59 if number < 4 else 58), "resolved": ago(55)}
            add_complaint(op, number, ago(60), steps, severity="serious" if number == 1 else "minor")

    shop.run("Log", work)
    found = answered(shop).within_target
    assert found["acknowledge"].value == pytest.approx(3 / 5)
    assert found["resolve"].value == pytest.approx(4 / 5)


def test_open_cases_that_still_have_time_are_neither_kept_nor_missed(shop):
    def work(op):
        for number in range(1, 7):
            received = ago(3)
            steps = {"resolved": ago(1)} if number <= 2 else {}
            add_complaint(op, number, received, steps, resolve_by=(TODAY + timedelta(days=9)).isoformat())

    shop.run("Log", work)
    assert answered(shop).within_target["resolve"].why == "not_followed"


def test_the_same_again_within_30_days_of_closing(shop):
    def work(op):
        customers = [add_customer(op, f"Customer {place}") for place in range(12)]
        for place, customer in enumerate(customers):
            about(op, add_complaint(op, place + 1, ago(100), {"closed": ago(90)}, customer_id=customer))
        again = iter(range(100, 200))
        # Counts: a complaint of the same theme, and bad feedback about it.
        about(op, add_complaint(op, next(again), ago(80), {}, customer_id=customers[0]))
        feedback_about(op, customers[1], ago(60), rating=2.0)
        # Does not: another theme, praise, too late, somebody else, spam, the day it was closed.
        about(op, add_complaint(op, next(again), ago(80), {}, customer_id=customers[2]), theme=1)
        feedback_about(op, customers[3], ago(80), rating=5.0)
        feedback_about(op, customers[4], ago(59), rating=1.0)
        about(op, add_complaint(op, next(again), ago(80), {}, customer_id=customers[5], outcome="spam"))
        feedback_about(op, customers[6], ago(90), rating=1.0)

    shop.run("Log", work)
    assert answered(shop).repeat_contact == wilson(2, 12)


def test_closings_younger_than_30_days_and_nobodys_cases_cannot_come_again_yet(shop):
    def work(op):
        for number in range(1, 14):
            customer = add_customer(op, f"Customer {number}")
            closed = ago(30) if number <= 10 else ago(29)
            about(op, add_complaint(op, number, ago(50), {"closed": closed}, customer_id=customer))
        about(op, add_complaint(op, 20, ago(90), {"closed": ago(80)}))
        add_complaint(op, 21, ago(90), {"closed": ago(80)}, customer_id=add_customer(op, "No theme"))

    shop.run("Log", work)
    assert answered(shop).repeat_contact == wilson(0, 10)


def test_a_reopened_case_goes_by_its_last_closing(shop):
    def work(op):
        for number in range(1, 12):
            customer = add_customer(op, f"Customer {number}")
            last = {"reopened": ago(70), "told": ago(20)} if number == 1 else {}
            about(op, add_complaint(op, number, ago(90), {"told": ago(80), **last}, customer_id=customer))

    shop.run("Log", work)
    found = answered(shop)
    assert found.repeat_contact.n == 10  # the reopened one was closed 20 days ago
    assert found.closed_loop == wilson(11, 11)
    earlier = answered(shop, everything(end=ago(60)))
    assert earlier.closed_loop == wilson(10, 10)  # then it stood open again


def test_closed_loop_needs_a_dated_note_after_the_last_closing(shop):
    def work(op):
        def customer():
            return add_customer(op, f"Customer {op.value('SELECT count(*) FROM customers')}")

        for number in range(1, 7):
            add_complaint(op, number, ago(60), {"resolved": ago(50), "told": ago(45)}, customer_id=customer())
        for number in range(7, 10):
            add_complaint(op, number, ago(60), {"resolved": ago(50)}, customer_id=customer())
        # Told before it was opened again, and not since.
        steps = {"told": ago(50), "reopened": ago(40), "resolved": ago(30)}
        add_complaint(op, 10, ago(60), steps, customer_id=customer())
        add_complaint(
            op,
            11,
            ago(60),
            {},
            customer_id=customer(),
            stage="told",
            resolved=ago(50).isoformat(),
            told=ago(50).isoformat(),
        )
        # Out: closed 6 days ago, nobody to tell, spam.
        add_complaint(op, 12, ago(60), {"resolved": ago(6)}, customer_id=customer())
        add_complaint(op, 13, ago(60), {"resolved": ago(50)})
        add_complaint(op, 14, ago(60), {"resolved": ago(50)}, customer_id=customer(), outcome="duplicate")

    shop.run("Log", work)
    assert answered(shop).closed_loop == wilson(7, 11)


def test_nine_closed_cases_give_no_share(shop):
    def work(op):
        for number in range(1, 10):
            customer = add_customer(op, f"Customer {number}")
            about(op, add_complaint(op, number, ago(60), {"told": ago(50)}, customer_id=customer))

    shop.run("Log", work)
    said = as_json(gather_all(shop, everything(), TODAY))["complaints"]
    few = {"value": None, "n": 9, "why": "fewer than 10 cases"}
    assert (said["repeat_contact"], said["closed_loop"]) == (few, few)


def test_complaints_per_100_purchases_of_the_period(shop):
    def work(op):
        customer = add_customer(op, "Maria")
        for _ in range(25):
            op.insert("purchases", {"customer_id": customer, "date": ago(10).isoformat()})
        op.insert("purchases", {"customer_id": customer, "date": ago(100).isoformat()})
        add_complaint(op, 1, ago(5), {}, customer_id=customer)

    shop.run("Log", work)
    rate = answered(shop, everything(start=ago(30))).per_100_orders
    assert (rate.value, rate.n) == (4.0, 25)
    assert answered(shop, everything(start=ago(5))).per_100_orders.why == "no_data"
    assert answered(shop, everything(start=FIRST, end=ago(50))).per_100_orders.why == "few_customers"
