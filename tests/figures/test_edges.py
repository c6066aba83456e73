"""The edges of the figures: nothing there, too little, later than today, and as things stood then."""

import json
from datetime import date, timedelta

import pytest

from cvdesk.catalogue import store as catalogue
from cvdesk.catalogue.records import Filter, Period
from cvdesk.figures.json import as_json
from cvdesk.figures.store import default_period, gather
from cvdesk.figures.store_feedback import tallies
from cvdesk.themes import store as themes
from tests.figures.shop import TODAY, add_complaint, add_customer, add_sheet, everything, new_shop


@pytest.fixture
def shop(tmp_path):
    with new_shop(tmp_path) as opened:
        yield opened


def figures_of(shop, chosen=None, today=TODAY):
    return gather(shop, chosen or everything(), today)


def add_entry(op, day, customer=None, rating=None, **more):
    return op.insert("entries", {"date": day.isoformat(), "customer_id": customer, "rating": rating, **more})


def test_an_empty_file_says_no_data_and_never_nought_per_cent(shop):
    assert default_period(shop, TODAY) == Period(TODAY, TODAY)
    said = as_json(figures_of(shop))
    nothing = {"value": None, "n": 0, "why": "no data"}
    assert said["feedback"]["csat"] == nothing
    assert said["feedback"]["mean_rating"] is None
    assert said["feedback"]["by_rating"] == {"1": 0, "2": 0, "3": 0, "4": 0, "5": 0}
    assert said["complaints"]["per_100_customers"] == nothing
    assert said["complaints"]["days_to_resolve"] == nothing
    assert said["surveys"]["nps"] == nothing
    assert said["value"]["net"] == nothing
    assert set(said["value"]["levers"]) == {"worth", "benefits", "costs", "drawbacks"}
    assert said["themes"] == []


def test_one_customer_alone_gets_counts_but_no_value(shop):
    def work(op):
        customer = add_customer(op, "Maria")
        add_entry(op, TODAY, customer, 5.0)
        factors = {factor.key: 4.0 for factor in catalogue.factors(op)}
        add_sheet(op, TODAY, factors, customer_id=customer)

    shop.run("Log", work)
    said = as_json(figures_of(shop))
    assert said["feedback"]["mean_rating"] == 5.0
    assert said["customers"] == {"count": 1, "active": 1}
    assert said["value"]["net"] == {"value": None, "n": 1, "why": "fewer than 5 answers"}
    assert said["value"]["levers"]["worth"]["factors"]["quality"] == {
        "value": None, "n": 1, "why": "fewer than 5 answers",
    }  # fmt: skip
    assert said["complaints"]["per_100_customers"]["why"] == "fewer than 20 customers"


def test_anonymous_entries_count_as_entries_and_never_as_customers(shop):
    def work(op):
        theme = themes.themes(op)[0].id
        for _ in range(12):
            themes.tag_entry(op, add_entry(op, TODAY, rating=2.0), theme, "confirmed", "owner")

    shop.run("Log", work)
    figures = figures_of(shop)
    assert figures.feedback.anonymous == figures.feedback.count == 12
    assert figures.customers.active == 0
    (theme,) = figures.themes
    assert (theme.entries, theme.customers, theme.share.value) == (12, 0, None)


def test_anonymous_sheets_are_people_and_sheets_of_one_token_are_one(shop):
    def work(op):
        for _ in range(4):
            add_sheet(op, TODAY, {"quality": 5.0})
        add_sheet(op, TODAY - timedelta(days=3), {"quality": 1.0}, sheet_token="A7")
        add_sheet(op, TODAY, {"quality": 3.0}, sheet_token="A7")

    shop.run("Log", work)
    quality = figures_of(shop).value.levers["worth"].factors["quality"]
    assert (quality.n, quality.value) == (5, pytest.approx(23 / 5))


def test_rows_after_today_are_left_out_and_counted(shop):
    def work(op):
        customer = add_customer(op, "Maria")
        add_entry(op, TODAY, customer)
        add_entry(op, TODAY + timedelta(days=1), customer)
        add_complaint(op, 1, TODAY + timedelta(days=2), {}, customer_id=customer)

    shop.run("Log", work)
    figures = figures_of(shop, everything(end=TODAY + timedelta(days=30)))
    assert (figures.feedback.count, figures.complaints.count, figures.rows_after) == (1, 0, 2)
    later = figures_of(shop, everything(TODAY + timedelta(days=1), TODAY + timedelta(days=9)))
    assert (later.feedback.count, later.complaints.count, later.feedback.by_month) == (0, 0, ())


def test_a_case_stands_as_it_did_at_the_end_of_the_period(shop):
    received = date(2026, 2, 1)
    steps = {"resolved": date(2026, 2, 11), "reopened": date(2026, 3, 10), "closed": date(2026, 5, 2)}
    shop.run("Log", lambda op: add_complaint(op, 1, received, steps, resolve_by="2026-02-20"))

    def at(end):
        complaints = figures_of(shop, everything(date(2026, 1, 1), end)).complaints
        return complaints.open, complaints.overdue

    assert at(date(2026, 2, 10)) == (1, 0)
    assert at(date(2026, 2, 28)) == (0, 0)
    assert at(date(2026, 3, 31)) == (1, 1)
    assert at(TODAY) == (0, 0)


def test_a_reopened_case_took_until_its_last_closing_and_spam_took_no_time(shop):
    start = date(2026, 3, 1)

    def work(op):
        for number in range(1, 6):
            steps = {
                "resolved": start + timedelta(days=2),
                "reopened": start + timedelta(days=5),
                "closed": date(2026, 3, 31),
            }
            add_complaint(op, number, start, steps)
        add_complaint(op, 6, start, {"closed": start}, outcome="spam")

    shop.run("Log", work)
    days = figures_of(shop).complaints.days_to_resolve
    assert (days.value, days.n) == (30, 5)


def test_a_median_not_reached_says_more_than(shop):
    def work(op):
        for number in range(1, 7):
            add_complaint(op, number, TODAY - timedelta(days=number), {})

    shop.run("Log", work)
    said = as_json(figures_of(shop))["complaints"]["days_to_resolve"]
    assert (said["value"], said["more_than"], said["n"]) == (None, 6, 6)


def test_a_case_without_history_goes_by_its_own_dates(shop):
    shop.run("Bring in", lambda op: op.insert(
        "complaints", {"number": 1, "date": "2026-02-01", "stage": "closed", "closed": "2026-02-09"}
    ))  # fmt: skip
    assert figures_of(shop).complaints.open == 0
    assert figures_of(shop, everything(end=date(2026, 2, 8))).complaints.open == 1


def test_a_rejected_theme_is_nobodys_and_a_suggested_one_stands_apart(shop):
    def work(op):
        first, second, third = (theme.id for theme in themes.themes(op)[:3])
        customer = add_customer(op, "Maria")
        entry = add_entry(op, TODAY, customer)
        themes.tag_entry(op, entry, first, "rejected", "words")
        themes.tag_entry(op, entry, second, "suggested", "words")
        themes.tag_entry(op, entry, third, "confirmed", "owner")
        themes.tag_entry(op, add_entry(op, TODAY, customer), third, "suggested", "words")

    shop.run("Log", work)
    found = [(theme.entries, theme.customers, theme.customers_suggested) for theme in figures_of(shop).themes]
    assert found == [(1, 1, 0), (0, 0, 1)]


def test_one_customer_twice_in_the_period_counts_once_with_her_latest_answer(shop):
    def work(op):
        for number in range(5):
            customer = add_customer(op, f"Customer {number}")
            add_sheet(op, date(2026, 5, 20), {"worth_it": 5.0, "quality": 5.0}, customer_id=customer)
            add_sheet(op, date(2026, 5, 3), {"worth_it": 1.0, "quality": 1.0}, customer_id=customer)

    shop.run("Log", work)
    figures = figures_of(shop)
    assert figures.value.levers["worth"].factors["quality"].value == 5
    assert figures.surveys.worth_it.n == 5


def test_ids_and_money_never_leave_as_numbers_scripts_cannot_hold(shop):
    def numbers(value):
        if isinstance(value, dict):
            return [one for inner in value.values() for one in numbers(inner)]
        if isinstance(value, list):
            return [one for inner in value for one in numbers(inner)]
        return [value] if isinstance(value, int | float) else []

    shop.run(
        "Log",
        lambda op: add_entry(op, TODAY, add_customer(op, "Maria"), 5.0, channel_id=op.value("SELECT id FROM channels")),
    )
    said = as_json(figures_of(shop))
    assert json.loads(json.dumps(said, allow_nan=False)) == said
    assert max(numbers(said)) < 2**53
    assert said["feedback"]["by_channel"] == {"counter": 1}


@pytest.mark.parametrize("limit", [{}, {"channel": 1}, {"offering": 1}, {"segment": 1}])
def test_months_come_from_the_primary_key_of_the_day_summaries(shop, monkeypatch, limit):
    asked = []
    rows = shop.rows

    def watched(sql, parameters=()):
        asked.append((sql, parameters))
        return rows(sql, parameters)

    monkeypatch.setattr(shop, "rows", watched)
    tallies(shop, Filter(Period(date(2025, 1, 1), TODAY), **limit), TODAY)
    ((sql, parameters),) = asked
    plan = [row["detail"] for row in rows(f"EXPLAIN QUERY PLAN {sql}", parameters)]
    assert plan[0] == "SEARCH entry_days USING PRIMARY KEY (dimension=? AND key=? AND date>? AND date<?)"
