"""Which chart a series gets, its range at each point, and where it begins anew."""

from datetime import date, timedelta
from math import sqrt

import pytest

from cvdesk.themes import store as themes
from cvdesk.trends import store, store_kinds
from cvdesk.trends.months import months_between
from cvdesk.trends.store_value import asked_otherwise
from cvdesk.value.store_answers import Filled
from tests.figures.shop import TODAY, add_complaint, add_customer, add_sheet, everything, new_shop

FIRST = date(2024, 12, 1)
MONTHS = months_between(FIRST, TODAY)


@pytest.fixture
def shop(tmp_path):
    with new_shop(tmp_path) as opened:
        yield opened


def make(shop, key, step="month", start=FIRST):
    return store_kinds.make(shop, key, everything(start), TODAY, step)


def rate(shop, counts):
    """Good and bad ratings of each month, the first month first."""

    def work(op):
        for month, (good, bad) in zip(MONTHS, counts, strict=False):
            for rating, many in ((5.0, good), (2.0, bad)):
                for _ in range(many):
                    op.insert("entries", {"date": month.replace(day=9).isoformat(), "rating": rating})

    shop.run("Rate", work)


def test_a_share_has_a_range_as_wide_as_so_many_answers_make_it(shop):
    sizes = [20, 40, 60, 20, 80, 20, 40, 60, 20, 80, 20, 40, 60, 20]
    rate(shop, [(size * 7 // 10, size - size * 7 // 10) for size in sizes])
    series = make(shop, "csat")
    assert series.chart == "p"
    (limits,) = series.limits
    assert limits.centre == pytest.approx(0.7)
    for place, size in enumerate(sizes):
        low, high = limits.at(place)
        assert high == pytest.approx(min(1.0, 0.7 + 3 * sqrt(0.21 / size)))
        assert low == pytest.approx(0.7 - 3 * sqrt(0.21 / size))
        assert series.points[place].low < 0.7 < series.points[place].high
    # Nobody rated anything since: the range stays that of the last who did, and is said for the next point.
    assert [limits.at(place) for place in range(14, 18)] == [limits.at(13)] * 4
    assert (limits.low, limits.high) == limits.at(13)


def test_a_share_that_scatters_more_than_answers_explain_gets_laneys_range(shop):
    rate(shop, [(150, 50), (190, 10)] * 7)
    series = make(shop, "csat")
    assert series.chart == "p_laney"
    low, high = series.limits[0].at(3)
    assert high - low > 2 * 3 * sqrt(0.85 * 0.15 / 200)
    assert series.signals == ()


def test_complaints_are_charted_per_hundred_customers(shop):
    counts = [2, 1, 3, 2, 2, 1, 3, 2, 1, 2, 3, 2, 2, 12]

    def work(op):
        for number in range(50):
            customer = add_customer(op, f"Customer {number}")
            for month in MONTHS[::6]:
                op.insert("purchases", {"customer_id": customer, "date": month.isoformat()})
        number = 0
        for month, count in zip(MONTHS, counts, strict=False):
            for _ in range(count):
                number += 1
                add_complaint(op, number, month.replace(day=9), {})

    shop.run("Trade", work)
    series = make(shop, "complaints")
    assert (series.chart, series.title) == ("u", "Complaints per 100 customers")
    assert [point.value for point in series.points[:14]] == [2.0 * count for count in counts]
    mean = 2 * sum(counts[:12]) / 12
    low, high = series.limits[0].at(13)
    assert series.limits[0].centre == pytest.approx(mean)
    assert (low, high) == (0.0, pytest.approx(mean + 3 * sqrt(mean / 0.5)))
    assert 13 in series.signals
    assert series.points[-1].running


def complain(shop, days):
    shop.run("Complain", lambda op: [add_complaint(op, place + 1, day, {}) for place, day in enumerate(days)])


def test_rare_complaints_are_charted_by_the_days_between_them(shop):
    gaps = [120, 150, 100, 170, 130, 160, 110, 140, 155]
    days = [TODAY - timedelta(days=30 + sum(gaps[place:])) for place in range(len(gaps) + 1)]
    complain(shop, days)
    series = make(shop, "complaints", start=date(2020, 1, 1))
    assert (series.chart, series.title, series.unit, series.less_is_better) == (
        "between", "Days between complaints", "days", False,
    )  # fmt: skip
    assert [(point.start, point.value, point.n) for point in series.points[:-1]] == [
        (day, float(gap), 1) for day, gap in zip(days[1:], gaps, strict=True)
    ]
    assert (series.points[-1].value, series.points[-1].running, series.points[-1].n) == (30.0, True, 0)
    (limits,) = series.limits
    assert 0 < limits.low < 130 < limits.high
    assert not limits.firm
    assert store_kinds.behind_of(shop, series, 0, everything(), TODAY) == ("complaints", everything(days[1], days[1]))
    assert make(shop, "complaints", start=days[-2]).points == series.points[-3:]
    shop.run("Phase", lambda op: op.insert("phases", {"series": "complaints", "starts": str(days[4]), "reason": "New"}))
    again = make(shop, "complaints", start=date(2020, 1, 1))
    assert [(one.first, one.last) for one in again.limits] == [(3, 9)]  # three are too few for a range of their own
    assert [note.text for note in again.notes] == ["New"]


def test_fewer_than_one_complaint_a_month_are_counted_by_quarter(shop):
    complain(shop, [start + timedelta(days=5) for start in (*MONTHS[::2],)])
    series = make(shop, "complaints", "week")
    assert (series.step, series.chart) == ("quarter", "u")


def test_a_theme_fewer_than_one_a_month_mention_is_counted_by_quarter(shop):
    def work(op):
        theme = themes.themes(op)[0]
        for place, month in enumerate(MONTHS):
            for number in range(12):
                customer = add_customer(op, f"Customer {place} {number}")
                entry = op.insert("entries", {"date": month.isoformat(), "customer_id": customer})
                if number == 0 and place % 2 == 0:
                    themes.tag_entry(op, entry, theme.id, "confirmed", "owner")
        return f"theme:{theme.key}"

    key = shop.run("Speak", work).result
    series = make(shop, key, "week")
    assert series.step == "quarter"
    assert [point.start for point in series.points[:2]] == [date(2024, 10, 1), date(2025, 1, 1)]
    assert series.points[1].n == 12 * 4  # active at the end of March, whoever was heard since December
    assert store.every(shop, everything(FIRST), TODAY)[key] == make(shop, key)


def test_sheets_handed_out_may_still_come_back_two_weeks_later(shop):
    def work(op):
        survey = op.insert("surveys", {"name": "Spring", "form": "short"})
        for place, asked in enumerate(["2026-04-20"] * 10 + ["2026-05-20"] * 10 + ["2026-06-02"] * 10):
            op.insert("sheets", {"survey_id": survey, "code": f"S{place}", "asked": asked})

    shop.run("Ask", work)
    for today, running in ((date(2026, 6, 13), [False, True, True]), (date(2026, 6, 15), [False, False, True])):
        points = store_kinds.make(shop, "response_rate", everything(), today).points
        assert [point.running for point in points] == running


def test_a_single_complaint_shows_how_long_ago_it_was(shop):
    complain(shop, [date(2024, 12, 5)])
    series = make(shop, "complaints")
    assert [(point.value, point.running) for point in series.points] == [((TODAY - date(2024, 12, 5)).days, True)]
    assert series.limits == ()


def sheets(form, channel=1, count=6):
    return [Filled(f"p{number}", "2026-01-05", form, {}, channel=channel) for number in range(count)]


def test_people_asked_another_way_begin_a_phase():
    def begun(*months):
        return [one.starts for one in asked_otherwise(dict(zip(MONTHS, months, strict=False)))]

    short, full = sheets("short"), sheets("full")
    assert begun(short, short, short, full, full, full) == [MONTHS[3]]
    assert begun(short, short, short, full, full, short, short) == []  # a passing thing
    assert begun(short, short, short, [*short[:3], *full[:3]], full, full, full) == [MONTHS[4]]
    assert begun(short, short, short, full[:2], full, full, full) == [MONTHS[4]]  # too few to say
    assert begun(short, full, short, full, short, full) == []
    by_phone = sheets("short", channel=2)
    assert begun(short, short, short, by_phone, by_phone, by_phone) == [MONTHS[3]]
    unnoted = sheets("short", channel=None)
    assert begun(unnoted, unnoted, unnoted, short, short, short) == []
    assert begun(short, short, short, full, full, full, short, short, short) == [MONTHS[3], MONTHS[6]]


def test_a_change_of_form_stands_on_the_chart(shop):
    def work(op):
        for place, month in enumerate(MONTHS[:16]):
            for number in range(10):
                form = "short" if place < 8 else "full"
                add_sheet(op, month, {"satisfaction": 5.0 if number < 5 + place % 4 else 2.0}, form)

    shop.run("Ask", work)
    series = make(shop, "satisfaction")
    assert [(limits.first, limits.last) for limits in series.limits] == [(0, 7), (8, 18)]
    assert [(note.date, note.sort, note.text) for note in series.notes] == [
        (MONTHS[8], "wording", "People are asked another way")
    ]


def test_actions_started_stand_on_the_axis_once(shop):
    rate(shop, [(5, 1)] * 12)

    def work(op):
        told = op.insert("actions", {"name": "Second van", "started": "2025-03-05", "status": "started"})
        op.insert("actions", {"name": "Earlier baking", "started": "2025-05-05", "status": "started"})
        op.insert("actions", {"name": "Not yet"})
        op.insert("chart_notes", {"date": "2025-03-06", "text": "The van is here", "action_id": told})
        op.insert("chart_notes", {"date": "2025-04-01", "text": "Road works"})
        op.insert("phases", {"series": "rating", "starts": "2025-06-01", "reason": "New baker"})

    shop.run("Act", work)
    assert [(note.text, note.sort) for note in make(shop, "rating").notes] == [
        ("The van is here", "action"), ("Road works", "note"), ("Earlier baking", "action"), ("New baker", "phase"),
    ]  # fmt: skip


def test_the_limits_of_a_phase_stay_whatever_part_of_it_is_shown(shop):
    rate(shop, [(14 + place % 4, 6) for place in range(18)])
    shop.run("Phase", lambda op: op.insert("phases", {"series": "csat", "starts": "2025-05-10", "reason": "New"}))
    whole = make(shop, "csat")
    assert [(one.first, one.last) for one in whole.limits] == [(5, 18)]  # five months alone have no range
    for place in range(5, 15):
        part = make(shop, "csat", start=MONTHS[place])
        (limits,) = part.limits
        assert (limits.centre, limits.low) == (whole.limits[0].centre, whole.limits[0].low)
        assert [limits.at(at) for at in range(limits.last + 1)] == [
            whole.limits[0].at(at) for at in range(place, whole.limits[0].last + 1)
        ]
        assert part.sentence == whole.sentence
