"""Series over calendar months: points, limits, phases and what is said of them."""

import random
from datetime import date, timedelta
from itertools import pairwise

import pytest

from cvdesk.catalogue.records import LEVERS, Filter, Period
from cvdesk.figures.store import default_period, gather
from cvdesk.trends import store as trends
from cvdesk.trends import store_kinds
from cvdesk.trends.months import last_of, months_between
from cvdesk.value.store import scorecard
from tests.figures.shop import TODAY, add_complaint, add_customer, add_sheet, chance_shop, everything, new_shop


@pytest.fixture
def shop(tmp_path):
    with new_shop(tmp_path) as opened:
        yield opened


def log_months(shop, first, ratings):
    """Five entries a month with these mean ratings, the first month first."""
    months = months_between(first, TODAY)[: len(ratings)]

    def work(op):
        for month, rating in zip(months, ratings, strict=True):
            for spread in (-0.02, -0.01, 0.0, 0.01, 0.02):
                op.insert("entries", {"date": month.replace(day=9).isoformat(), "rating": rating + spread})

    shop.run("Log", work)


def rating(shop, start=date(2024, 1, 1), end=TODAY):
    return trends.rating_series(shop, everything(start, end), TODAY)


CALM = [3.0, 3.2, 3.1, 3.4, 3.0, 3.3, 3.1, 3.2, 3.0, 3.4, 3.1, 3.2]


def test_every_point_equals_the_figure_of_its_month(tmp_path):
    with chance_shop(tmp_path, 5) as shop:
        found = trends.every(shop, Filter(default_period(shop, TODAY)), TODAY)
        assert store_kinds.keys(shop) == [*found]
        for point in found["rating"].points:
            month = gather(shop, Filter(Period(point.start, last_of(point.start))), TODAY)
            at = {key: next(p for p in series.points if p.start == point.start) for key, series in found.items()
                  if any(p.start == point.start for p in series.points)}  # fmt: skip
            assert at["entries"].value == month.feedback.count
            assert point.n == month.feedback.rated
            if point.value is not None:
                assert point.value == pytest.approx(month.feedback.mean_rating)
            assert at["csat"].value == month.feedback.csat.value
            if "net" in at:
                alone = scorecard(shop, month.filter, TODAY, trouble={})  # floors of a year do not enter a month
                assert at["net"].value == alone.net.value
                for lever in LEVERS:
                    assert at[lever].value == alone.lever(lever).estimate.value
                assert at["worth_it"].value == month.surveys.worth_it.value
            if "complaints" in at:
                assert at["complaints"].value == month.complaints.per_100_customers.value


def test_a_month_with_too_few_answers_is_a_gap(shop):
    log_months(shop, date(2026, 1, 1), [3.0, 4.0])
    shop.run("Log", lambda op: op.insert("entries", {"date": "2026-03-09", "rating": 5.0}))
    points = rating(shop).points
    assert [(point.value, point.n) for point in points] == [
        (pytest.approx(3.0), 5), (pytest.approx(4.0), 5), (None, 1), (None, 0), (None, 0), (None, 0),
    ]  # fmt: skip
    assert [point.running for point in points] == [False] * 5 + [True]


def test_the_running_month_is_never_judged(shop):
    log_months(shop, date(2025, 6, 1), CALM)
    shop.run("Log", lambda op: [op.insert("entries", {"date": TODAY.isoformat(), "rating": 5.0}) for _ in range(9)])
    found = rating(shop)
    assert found.points[-1].running
    assert found.points[-1].value == 5.0
    assert found.signals == ()
    assert found.sentence.startswith("No sign of change: next month anything from 2.5 ")


def test_limits_rest_on_the_first_twelve_months_and_stay(shop):
    log_months(shop, date(2024, 11, 1), [*CALM, 3.3, 4.9, 3.1, 4.7])
    found = rating(shop)
    (limits,) = found.limits
    mean = sum(CALM) / 12
    spread = sum(abs(b - a) for a, b in pairwise(CALM)) / 11
    assert (limits.centre, limits.high) == (pytest.approx(mean), pytest.approx(mean + 2.66 * spread))
    assert limits.firm
    assert (limits.first, limits.last) == (0, len(found.points) - 1)
    assert found.signals == (13, 15)
    assert (
        found.sentence
        == "December 2025 and February were unusual (4.9 and 4.7): look for what happened in those months."
    )


def test_a_shorter_period_shows_fewer_points_under_the_same_limits(shop):
    log_months(shop, date(2024, 11, 1), [*CALM, 3.3, 4.9, 3.1, 4.7])
    whole, part = rating(shop), rating(shop, date(2025, 12, 10))
    assert part.points == whole.points[13:]
    assert part.limits[0].centre == whole.limits[0].centre
    assert part.limits[0].first == 0
    assert part.signals == (0, 2)


def test_too_early_provisional_and_too_coarse_are_said(shop):
    log_months(shop, date(2025, 6, 1), CALM[:4])
    assert rating(shop).sentence == "Too early to say: 4 months so far, 8 are needed."
    assert rating(shop).limits == ()
    log_months(shop, date(2025, 10, 1), CALM[4:8])
    found = rating(shop)
    assert not found.limits[0].firm
    assert any("12 months" in caveat for caveat in found.caveats)


def test_the_same_every_month_is_too_coarse_to_judge(shop):
    log_months(shop, date(2025, 6, 1), [3.0] * 8)
    assert rating(shop).sentence == "Too coarse to judge: the months hardly differ."
    assert rating(shop).limits == ()


def test_months_on_one_side_are_said_with_their_beginning(shop):
    log_months(shop, date(2024, 10, 1), [*CALM, *[3.3, 3.35, 3.4, 3.3, 3.25, 3.3, 3.35, 3.3]])
    found = rating(shop)
    assert found.signals[-1] == 19
    assert found.sentence == "Possible change, keep watching: 9 months in a row above the middle since September 2025."


def test_a_phase_begins_limits_of_its_own(shop):
    log_months(shop, date(2024, 9, 1), [*CALM, *[rating + 1 for rating in CALM[:8]]])
    shop.run(
        "Phase", lambda op: op.insert("phases", {"series": "rating", "starts": "2025-09-15", "reason": "New oven"})
    )
    found = rating(shop)
    first, second = found.limits
    assert (first.first, first.last, second.first) == (0, 11, 12)
    assert second.centre == pytest.approx(sum(CALM[:8]) / 8 + 1)
    assert found.signals == ()
    assert [(note.date, note.text) for note in found.notes] == [(date(2025, 9, 15), "New oven")]
    # A period that begins after the phase did shows that phase alone.
    assert [limits.centre for limits in rating(shop, date(2025, 12, 1)).limits] == [second.centre]


def test_notes_of_the_period_stand_on_the_chart(shop):
    log_months(shop, date(2026, 1, 1), CALM[:5])

    def work(op):
        for day, text in (("2025-12-31", "Before"), ("2026-02-03", "Road works"), ("2026-07-01", "Later")):
            op.insert("chart_notes", {"date": day, "text": text})

    shop.run("Note", work)
    assert [note.text for note in rating(shop, date(2026, 1, 1)).notes] == ["Road works"]


def test_one_customer_twice_in_a_month_enters_it_once(shop):
    def work(op):
        for number in range(10):
            customer = add_customer(op, f"Customer {number}")
            add_sheet(op, date(2026, 5, 2), {"worth_it": 1.0}, customer_id=customer)
            add_sheet(op, date(2026, 5, 20), {"worth_it": 5.0}, customer_id=customer)

    shop.run("Log", work)
    point = trends.worth_it_series(shop, everything(), TODAY).points[0]
    assert (point.value, point.n) == (1.0, 10)


def test_a_new_wording_begins_a_phase(shop):
    def work(op):
        for month in months_between(date(2025, 6, 1), date(2026, 5, 1)):
            if month == date(2026, 1, 1):
                reword(op)
            for number in range(10):
                add_sheet(op, month, {"worth_it": 5.0 if number < 5 + month.month % 4 else 1.0})

    def reword(op):
        old = op.row(
            "SELECT version.* FROM question_versions AS version JOIN questions ON questions.id = question_id"
            " WHERE key = 'worth_it'"
        )
        op.update("question_versions", old["id"], {"active": 0})
        op.insert("question_versions", {
            "question_id": old["question_id"], "series": 2, "language": "en", "wording": "Anew", "anchors": "{}",
        })  # fmt: skip

    shop.run("Ask", work)
    found = trends.worth_it_series(shop, everything(), TODAY)
    assert [note.date for note in found.notes] == [date(2026, 1, 1)]
    assert [(limits.first, limits.last) for limits in found.limits] == [(0, 6)]
    assert found.sentence == "Too early to say: 5 months so far, 8 are needed."


def test_times_to_resolve_stand_as_at_the_end_of_the_last_month(shop):
    def work(op):
        for number in range(6):
            received = date(2026, 4, 1) + timedelta(days=number)
            add_complaint(op, number + 1, received, {"closed": received + timedelta(days=4 + number % 2)})

    shop.run("Log", work)
    (point, *_rest) = trends.days_series(shop, everything(), TODAY).points
    assert (point.value, point.n) == (4.0, 6)


def test_burdens_say_that_less_is_better(shop):
    found = trends.value_and_levers(shop, everything(), TODAY)
    assert {key: series.less_is_better for key, series in found.items()} == {
        "net": False, "worth": False, "benefits": False, "costs": True, "drawbacks": True,
    }  # fmt: skip
    assert all(series.points == () and series.sentence == "Nothing to show yet." for series in found.values())


@pytest.mark.parametrize(
    ("step", "first", "last"),
    [
        ("week", date(2026, 2, 2), date(2026, 2, 8)),
        ("month", date(2026, 2, 1), date(2026, 2, 28)),
        ("quarter", date(2026, 1, 1), date(2026, 3, 31)),
    ],
)
def test_each_step_opens_the_rows_behind_it(shop, step, first, last):
    for key in store_kinds.keys(shop):
        found = store_kinds.behind(key, first, step, everything(offering=7), TODAY)
        assert found == ("page", "surveys") or found in [
            (table, everything(first, last, offering=7)) for table in ("entries", "complaints", "assessments")
        ]


def test_the_running_month_opens_only_what_is_there_by_today():
    today = date(2026, 2, 11)
    assert store_kinds.behind("entries", date(2026, 2, 1), "month", everything(), today)[1].period.end == today


def test_months_shown_are_whole_even_where_the_period_begins_within_one(shop):
    generator = random.Random(3)
    days = [date(2026, 3, 1) + timedelta(days=generator.randrange(90)) for _ in range(60)]
    shop.run("Log", lambda op: [op.insert("entries", {"date": day.isoformat()}) for day in days])
    points = trends.entries_series(shop, everything(date(2026, 4, 17), date(2026, 5, 3)), TODAY).points
    assert [(point.start, point.n) for point in points] == [
        (date(2026, month, 1), sum(day.month == month for day in days)) for month in (4, 5)
    ]
