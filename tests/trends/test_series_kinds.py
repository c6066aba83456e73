"""Every series there is: its points equal the figures of weeks, months and quarters; what lies behind them."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cvdesk.catalogue import store as catalogue
from cvdesk.catalogue.records import Filter, Period
from cvdesk.customers.store_active import active_clause
from cvdesk.customers.store_active_ends import active_at_ends
from cvdesk.db import BusinessFile
from cvdesk.errors import UserError
from cvdesk.figures.store import default_period, gather_all
from cvdesk.stats.intervals import wilson
from cvdesk.stats.survival import kaplan_meier
from cvdesk.themes import store as themes
from cvdesk.themes.store_rank_pain import pains
from cvdesk.trends import store, store_kinds
from cvdesk.trends.months import first_of, last_of, next_of, start_sql, steps_between, year_before
from cvdesk.value.store import scorecard
from cvdesk.wording.numbers import use_locale
from tests.figures.shop import FIRST, TODAY, add_complaint, add_sheet, everything, new_shop
from tests.trends.busy import busy_shop

STEPS = ("week", "month", "quarter")


@pytest.fixture(scope="module")
def shop(tmp_path_factory):
    with busy_shop(tmp_path_factory.mktemp("busy"), 7) as opened:
        yield opened


def every_filter(shop: BusinessFile) -> list[Filter]:
    segment = shop.value("SELECT id FROM segments LIMIT 1")
    tag = shop.value("SELECT id FROM tags LIMIT 1")
    channel = shop.value("SELECT channel_id FROM entries WHERE channel_id IS NOT NULL LIMIT 1")
    whole = Filter(default_period(shop, TODAY))
    return [
        whole, Filter(whole.period, segment=segment), Filter(whole.period, tag=tag),
        Filter(Period(date(2025, 9, 10), date(2026, 4, 20)), channel=channel),
    ]  # fmt: skip


def of_step(chosen: Filter, start: date, step: str) -> Filter:
    return Filter(
        Period(start, min(last_of(start, step), TODAY)),
        chosen.offering,
        chosen.segment,
        chosen.channel,
        None,
        chosen.tag,
    )


def test_every_point_of_every_series_equals_the_figure_of_its_step(shop):
    compared = dict.fromkeys(STEPS, 0)
    for step, chosen in zip((*STEPS, "month"), every_filter(shop), strict=True):
        found = {key: store_kinds.make(shop, key, chosen, TODAY, step) for key in store_kinds.keys(shop)}
        for start in steps_between(first_of(chosen.period.start, step), chosen.period.end, step):
            figures = figures_of(shop, of_step(chosen, start, step))
            for key, series in found.items():
                point = next((point for point in series.points if point.start == start), None)
                if point is None or series.step != step or key in AS_AT_THE_END:
                    continue
                value, n = figures(key)
                assert point.value == (None if value is None else pytest.approx(value)), (key, point)
                assert point.n in (n, 0) if value is None else point.n == n, (key, point)
                compared[step] += 1
    assert min(compared.values()) > 100


# How long things took, and what came back, is known as at the end of the last step.
AS_AT_THE_END = ("days", "acknowledging", "answering", "response_rate")


def figures_of(shop, chosen):
    """What the figures of a filter say of a series' key: value and n."""
    found, card = gather_all(shop, chosen, TODAY), scorecard(shop, chosen, TODAY, trouble={})
    active = found.customers.active
    hurt = pains(shop, chosen, TODAY, active)
    shares = {theme.theme: theme.share for theme in found.themes}
    trouble = {key: hurt[theme].affected for theme, key in shop.rows("SELECT id, key FROM themes") if theme in hurt}
    rated, mean = found.feedback.rated, found.feedback.mean_rating
    complaints = found.complaints.per_100_customers

    def figure(key):
        kind, _, name = key.partition(":")
        if kind == "entries":
            return found.feedback.count, found.feedback.count
        if kind == "rating":
            return mean if rated >= 5 else None, rated
        own = {
            "theme": lambda: shares.get(name, wilson(0, active)),
            "theme_bad": lambda: trouble.get(name, wilson(0, active)),
            "factor": lambda: card.factor(name).estimate,
            "net": lambda: card.net,
            "csat": lambda: found.feedback.csat, "complaints": lambda: complaints,
            "worth_it": lambda: found.surveys.worth_it, "satisfaction": lambda: found.surveys.csat,
            "ease": lambda: found.surveys.ease, "nps": lambda: found.surveys.nps,
        }.get(kind, lambda: card.lever(kind).estimate)()  # fmt: skip
        return own.value, own.n

    return figure


def test_times_and_what_came_back_are_those_of_what_began_in_a_step(shop):
    chosen = Filter(default_period(shop, TODAY))
    waited = shop.rows("SELECT date, answered FROM entries WHERE (needs_answer = 1 OR answered NOT NULL) AND date <= ?",
                       (TODAY.isoformat(),))  # fmt: skip
    sheets = shop.rows("SELECT asked, answered FROM sheets WHERE asked <= ?", (TODAY.isoformat(),))
    for step in STEPS:
        for point in store_kinds.make(shop, "answering", chosen, TODAY, step).points:
            own = [row for row in waited if first_of(date.fromisoformat(row[0]), step) == point.start]
            done = [bool(row[1]) and row[1] <= TODAY.isoformat() for row in own]
            days = [
                (date.fromisoformat(row[1] if over else TODAY.isoformat()) - date.fromisoformat(row[0])).days
                for row, over in zip(own, done, strict=True)
            ]
            median = kaplan_meier(days, done).median()
            assert (point.value, point.n, point.high) == (median.value, len(own), median.high)
        for point in store_kinds.make(shop, "response_rate", chosen, TODAY, step).points:
            own = [row for row in sheets if first_of(date.fromisoformat(row[0]), step) == point.start]
            back = sum(bool(row[1]) and row[1] <= TODAY.isoformat() for row in own)
            share = wilson(back, len(own))
            assert (point.value, point.n, point.low) == (share.value, len(own), share.low)
    whole = gather_all(shop, Filter(Period(date(2026, 4, 1), TODAY)), TODAY)
    (quarter,) = store_kinds.make(shop, "days", whole.filter, TODAY, "quarter").points
    assert quarter.value == whole.complaints.days_to_resolve.value
    (quarter,) = store_kinds.make(shop, "acknowledging", whole.filter, TODAY, "quarter").points
    assert quarter.value == whole.more.complaints.days_to_first_response.value


def test_customers_active_at_many_ends_are_those_of_each_end(shop):
    for chosen in every_filter(shop):
        many = [of_step(chosen, start, "month") for start in steps_between(FIRST, TODAY)]
        counted = []
        for one in many:
            clause = active_clause(shop, one, TODAY)
            counted.append(shop.value(f"SELECT count(*) FROM customers WHERE {clause.sql}", clause.parameters))
        assert active_at_ends(shop, many, TODAY) == counted
        assert active_at_ends(shop, many[::-1], TODAY) == counted[::-1]
    assert active_at_ends(shop, [], TODAY) == []


def test_a_year_before_is_the_same_step_of_the_year_before(shop):
    for step in STEPS:
        series = store_kinds.make(shop, "entries", everything(date(2025, 12, 1)), TODAY, step)
        whole = store_kinds.make(shop, "entries", everything(), TODAY, step)
        values = {point.start: point.value for point in whole.points}
        assert len(series.year_before) == len(series.points)
        for point, ago in zip(series.points, series.year_before, strict=True):
            assert ago == values.get(year_before(point.start, step))
        assert any(ago is not None for ago in series.year_before)


def test_a_young_business_has_no_year_before(tmp_path):
    with new_shop(tmp_path) as shop:
        shop.run("Log", lambda op: op.insert("entries", {"date": "2026-05-04"}))
        assert store_kinds.make(shop, "entries", everything(), TODAY).year_before == ()


def test_only_what_anybody_spoke_of_is_offered(tmp_path):
    with new_shop(tmp_path) as shop:
        assert not any(":" in key for key in store_kinds.keys(shop))

        def work(op):
            entry = op.insert("entries", {"date": "2026-05-04", "rating": 5.0})
            praised, suggested, complained, called = themes.themes(op)[:4]
            themes.tag_entry(op, entry, praised.id, "confirmed", "owner")
            themes.tag_entry(op, entry, suggested.id, "suggested", "words")
            themes.tag_entry(op, entry, called.id, "confirmed", "owner")
            themes.set_mood(op, entry, called.id, "bad")
            complaint = add_complaint(op, 1, date(2026, 5, 4), {})
            op.insert("complaint_themes", {"complaint_id": complaint, "theme_id": complained.id})
            add_sheet(op, date(2026, 5, 4), {"quality": 4.0})
            return praised.key, complained.key, called.key

        praised, complained, called = shop.run("Log", work).result
        offered = {key for key in store_kinds.keys(shop) if ":" in key}
        assert offered == {
            f"theme:{praised}", f"theme:{called}", f"theme_bad:{complained}", f"theme_bad:{called}", "factor:quality",
        }  # fmt: skip


def test_a_theme_that_is_renamed_keeps_its_series_and_one_that_is_gone_says_so(tmp_path):
    with new_shop(tmp_path) as shop:
        theme = themes.themes(shop)[0]
        shop.run("Rename", lambda op: op.update("themes", theme.id, {"name": "Anew"}))
        assert store_kinds.make(shop, f"theme:{theme.key}", everything(), TODAY).title == "Anew"
        shop.run("Retire", lambda op: op.update("themes", theme.id, {"active": 0}))
        for key in (f"theme:{theme.key}", "theme_bad:never", "factor:never", "never"):
            with pytest.raises(UserError, match="no longer there"):
                store_kinds.make(shop, key, everything(), TODAY)


def test_a_mark_of_a_theme_opens_the_feedback_about_it(shop):
    key = next(key for key in store_kinds.keys(shop) if key.startswith("theme:"))
    chosen = everything(theme=1)
    series = store_kinds.make(shop, key, chosen, TODAY)
    assert series.points == store_kinds.make(shop, key, everything(), TODAY).points  # the filter's own theme is ignored
    table, record = store_kinds.behind_of(shop, series, 3, chosen, TODAY)
    start = series.points[3].start
    theme = shop.value("SELECT id FROM themes WHERE key = ?", (key.removeprefix("theme:"),))
    assert (table, record) == ("entries", everything(start, last_of(start), theme=theme))
    assert store_kinds.behind("response_rate", start, "month", chosen, TODAY) == ("page", "surveys")


def test_weeks_are_offered_from_ten_a_week_on(tmp_path):
    with new_shop(tmp_path) as shop:
        log(shop, [TODAY - timedelta(days=number % 70) for number in range(99)])
        year = everything(TODAY - timedelta(days=69))
        assert store_kinds.steps(shop, "entries", year, TODAY) == ("month", "quarter")
        log(shop, [TODAY])
        assert store_kinds.steps(shop, "rating", year, TODAY) == ("week", "month", "quarter")
        assert store_kinds.steps(shop, "net", year, TODAY) == ("month", "quarter")


def test_weeks_begin_as_the_locale_says(tmp_path):
    with new_shop(tmp_path) as shop:
        log(shop, [date(2026, 6, 7)])  # a Sunday
        try:
            for locale, monday_or_sunday in (("en_GB", date(2026, 6, 1)), ("en_US", date(2026, 6, 7))):
                use_locale(locale)
                series = store_kinds.make(shop, "entries", everything(), TODAY, "week")
                assert (series.step, series.points[0].start) == ("week", monday_or_sunday)
                assert next_of(monday_or_sunday, "week") == monday_or_sunday + timedelta(days=7)
        finally:
            use_locale("en_GB")


def log(shop, days):
    shop.run("Log", lambda op: [op.insert("entries", {"date": day.isoformat()}) for day in days])


@pytest.mark.parametrize("step", STEPS)
def test_series_made_together_are_those_made_alone(shop, step):
    for chosen in every_filter(shop)[:2]:
        together = store.every(shop, chosen, TODAY, step)
        assert [*together] == store_kinds.keys(shop)
        for key, series in together.items():
            assert series == store_kinds.make(shop, key, chosen, TODAY, step)


def test_customers_no_longer_active_at_the_end_of_a_long_step_do_not_count(tmp_path):
    with busy_shop(tmp_path, 5) as shop:
        shop.run("Set", lambda op: catalogue.save_setting(op, "active_days", 20))
        chosen, compared = Filter(default_period(shop, TODAY)), 0
        made = {key: store_kinds.make(shop, key, chosen, TODAY, "quarter") for key in store_kinds.keys(shop)}
        for start in steps_between(first_of(chosen.period.start, "quarter"), TODAY, "quarter"):
            figure = figures_of(shop, of_step(chosen, start, "quarter"))
            for key, series in made.items():
                points = [point for point in series.points if point.start == start]
                if key.startswith("theme") and points:
                    value, _n = figure(key)
                    assert points[0].value == value
                    compared += value is not None
        assert compared > 10


@given(
    st.dates(date(1999, 1, 1), date(2040, 1, 1)), st.sampled_from(STEPS), st.sampled_from(["en_GB", "en_US", "ar_EG"])
)
def test_the_file_and_the_program_agree_where_a_step_begins(shop, day, step, locale):
    try:
        use_locale(locale)
        start = first_of(day, step)
        assert shop.value(f"SELECT {start_sql(step, '?1')}", (day.isoformat(),)) == start.isoformat()
        assert start <= day <= last_of(start, step) < next_of(start, step) == first_of(next_of(start, step), step)
    finally:
        use_locale("en_GB")
