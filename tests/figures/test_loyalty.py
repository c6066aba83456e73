"""Who stays, who has a day to celebrate, who is at risk, in files small enough to count by hand."""

from datetime import date, timedelta

import pytest

from cvdesk.catalogue import store as catalogue
from cvdesk.figures.json import as_json
from cvdesk.figures.store import gather_all
from cvdesk.figures.text import in_words
from cvdesk.stats.intervals import wilson
from tests.figures.shop import FIRST, TODAY, add_complaint, add_customer, everything, new_shop


@pytest.fixture
def shop(tmp_path):
    with new_shop(tmp_path) as file:
        yield file


def ago(days):
    return TODAY - timedelta(days=days)


def buy(op, customer, *days, **more):
    for day in days:
        op.insert("purchases", {"customer_id": customer, "date": ago(day).isoformat(), **more})


def more(shop, chosen=None):
    return gather_all(shop, chosen or everything(start=ago(89)), TODAY).more


def due(shop, chosen=None):
    return [(one.kind, one.step, (one.on - TODAY).days) for one in more(shop, chosen).milestones.due]


def test_retention_by_hand(shop):
    def work(op):
        for place in range(12):
            customer = add_customer(op, f"Customer {place}")
            # Twelve in the 90 days before, eight of them in the last 90.
            buy(op, customer, 140, 110)
            if place < 8:
                buy(op, customer, 80)
        buy(op, add_customer(op, "New"), 20)
        buy(op, add_customer(op, "Long gone"), 400)

    shop.run("Log", work)
    found = more(shop).retention
    assert found.share == wilson(8, 12)
    assert (found.earlier.start, found.earlier.end) == (ago(179), ago(90))
    assert (found.later.start, found.later.end) == (ago(89), TODAY)


def test_any_sign_of_a_customer_counts_and_nobody_counts_twice(shop):
    def work(op):
        for place in range(10):
            customer = add_customer(op, f"Customer {place}")
            op.insert("entries", {"date": ago(120).isoformat(), "customer_id": customer})
            buy(op, customer, 300, 290, 280)
        op.insert("touches", {"customer_id": customer, "date": ago(3).isoformat(), "kind": "contact"})
        add_complaint(op, 1, ago(4), {}, customer_id=customer)

    shop.run("Log", work)
    assert more(shop).retention.share == wilson(1, 10)


def test_a_period_shorter_than_two_usual_gaps_says_nothing_of_who_stays(shop):
    def work(op):
        for place in range(12):
            buy(op, add_customer(op, f"Customer {place}"), 350, 300, 250, 200, 150, 100, 50)

    shop.run("Log", work)
    assert more(shop, everything(start=ago(99))).retention.share.value == 1
    said = as_json(gather_all(shop, everything(start=ago(98)), TODAY))["customers"]["retention"]
    assert (said["value"], said["n"]) == (None, 12)
    assert said["why"] == "the period is shorter than two usual gaps between purchases"


def test_without_a_second_purchase_nobody_knows_how_long_to_wait(shop):
    def work(op):
        for place in range(12):
            customer = add_customer(op, f"Customer {place}")
            op.insert("entries", {"date": ago(120).isoformat(), "customer_id": customer})
            op.insert("entries", {"date": ago(300).isoformat(), "customer_id": customer})

    shop.run("Log", work)
    assert more(shop).retention.share.why == "no_gap"


def test_a_period_that_reaches_back_to_the_first_record_is_halved(shop):
    def work(op):
        for place in range(10):
            buy(op, add_customer(op, f"Customer {place}"), 101, 95, 90, *((10,) if place < 5 else ()))

    shop.run("Log", work)
    found = more(shop, everything(start=ago(101))).retention
    assert (found.earlier.start, found.earlier.end, found.later.start) == (ago(101), ago(51), ago(50))
    assert found.share == wilson(5, 10)


def test_empty_files_and_periods_to_come_have_no_figures(shop):
    found = more(shop, everything(start=TODAY, end=TODAY))
    assert (found.retention.share.n, found.retention.share.why) == (0, "no_data")
    assert (found.milestones.due, found.milestones.held_back) == ((), 0)
    later = more(shop, everything(TODAY + timedelta(days=5), TODAY + timedelta(days=9)))
    assert later.retention.share.why == "no_data"
    assert later.affected == ()
    assert (later.at_risk.watch, later.at_risk.at_risk, later.at_risk.works) == (0, 0, None)


@pytest.mark.parametrize(
    ("since", "expected"),
    [
        (date(2025, 6, 18), [("years", 1, 1)]),
        (date(2021, 7, 17), [("years", 5, 30)]),
        (date(2016, 7, 17), [("years", 10, 30)]),
        (date(2021, 7, 18), []),
        (date(2021, 6, 17), []),
        (date(2022, 6, 20), []),
    ],
)
def test_anniversaries_of_the_next_30_days(shop, since, expected):
    shop.run(
        "Log",
        lambda op: op.insert("customers", {"name": "Maria", "name_key": "maria", "since": since.isoformat()}),
    )
    assert due(shop) == expected


def test_the_29th_of_february_is_kept_on_the_28th(shop):
    shop.run("Log", lambda op: op.insert("customers", {"name": "Leap", "name_key": "leap", "since": "2024-02-29"}))
    found = gather_all(shop, everything(end=date(2026, 2, 10)), TODAY).more.milestones.due
    assert [(one.step, one.on) for one in found] == [(2, date(2026, 2, 28))]


def test_the_next_purchase_that_makes_a_number_is_expected_after_the_usual_gap(shop):
    def work(op):
        buy(op, add_customer(op, "Five, two of a day"), 50, 40, 30, 20, 10, 10)
        buy(op, add_customer(op, "Sixth"), 60, 50, 40, 30, 20, 10)
        buy(op, add_customer(op, "A little late"), 42, 32, 22, 12)
        buy(op, add_customer(op, "Late"), 46, 36, 26, 16)
        buy(op, add_customer(op, "Too far ahead"), 133, 92, 51, 10)

    shop.run("Log", work)
    assert due(shop) == [("purchases", 5, 0)]


def test_spend_steps_of_the_owner(shop):
    def work(op):
        catalogue.save_setting(op, "spend_steps", [10_000, 20_000])
        near, beyond = add_customer(op, "Near"), add_customer(op, "Beyond")
        for day in (45, 30, 15):
            buy(op, near, day, amount_minor=3000)
            buy(op, beyond, day, amount_minor=4000)

    shop.run("Log", work)
    assert due(shop) == [("spend", 10_000, 0)]


def test_milestones_wait_while_a_serious_complaint_is_open(shop):
    def work(op):
        people = [
            op.insert("customers", {"name": f"C{place}", "name_key": f"c{place}", "since": "2025-06-20"})
            for place in range(6)
        ]
        add_complaint(op, 1, ago(9), {}, customer_id=people[0], severity="serious")
        add_complaint(op, 2, ago(9), {}, customer_id=people[1], severity="moderate")
        closed = {"stage": "resolved", "resolved": ago(2).isoformat()}
        add_complaint(op, 3, ago(9), {"resolved": ago(2)}, customer_id=people[2], severity="serious", **closed)
        add_complaint(op, 4, ago(9), {}, customer_id=people[3], severity="serious", outcome="spam")
        op.update("customers", people[5], {"active": 0})

    shop.run("Log", work)
    found = more(shop).milestones
    assert (len(found.due), found.held_back) == (4, 1)
    said = as_json(gather_all(shop, everything(), TODAY))["customers"]["milestones"]
    assert said["held_back"] == 1
    assert set(said["due"][0]) == {"customer", "kind", "step", "on"}
    assert isinstance(said["due"][0]["customer"], str)


def test_segment_and_tag_limit_who_stays_and_who_celebrates(shop):
    def work(op):
        regulars = catalogue.ensure(op, "segments", "Regulars")
        for place in range(20):
            customer = add_customer(op, f"Customer {place}", regulars if place < 10 else None)
            op.update("customers", customer, {"since": "2025-06-20"})
            buy(op, customer, 190, 180, 150, 140, 130, *((20,) if place < 4 else ()))
        return regulars

    regulars = shop.run("Log", work).result
    found = more(shop, everything(start=ago(89), segment=regulars))
    assert found.retention.share == wilson(4, 10)
    assert len([one for one in found.milestones.due if one.kind == "years"]) == 10
    assert more(shop).retention.share == wilson(4, 20)


def test_customers_at_risk_are_counted_by_band(shop):
    def work(op):
        for place in range(3):
            customer = add_customer(op, f"Late {place}")
            buy(op, customer, 100, 90, 80)
            add_complaint(
                op, place + 1, ago(30), {}, customer_id=customer, acknowledge_by=ago(28).isoformat(),
                resolve_by=ago(20).isoformat(),
            )  # fmt: skip
        buy(op, add_customer(op, "Only late"), 100, 90, 80)
        buy(op, add_customer(op, "Fine"), 25, 15, 5)

    shop.run("Log", work)
    found = more(shop).at_risk
    assert (found.watch, found.at_risk, found.works) == (1, 3, None)


def test_the_text_says_what_each_figure_rests_on(shop):
    def work(op):
        for place in range(12):
            buy(op, add_customer(op, f"Customer {place}"), 200, 170, 140, 110, *((80,) if place < 8 else ()))

    shop.run("Log", work)
    text = in_words(gather_all(shop, everything(start=ago(89)), TODAY), "Corner shop")
    assert "who were active again in 20 Mar to 17 Jun 2026: 67 of 100 (39 to 86), 12 customers, rough" in text
    assert "Customer told the outcome: no answers yet" in text
    assert "significant" not in text


def test_home_works_none_of_it_out(shop):
    from cvdesk.figures.kept import home

    assert home(shop, everything(start=FIRST), TODAY).more is None
