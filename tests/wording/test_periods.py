"""Weeks, months and quarters in words, also in other languages' forms."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cvdesk.wording.numbers import DEFAULT_LOCALE, use_locale
from cvdesk.wording.periods import period_end, period_long, period_short


@pytest.fixture
def german():
    use_locale("de_DE")
    yield
    use_locale(DEFAULT_LOCALE)


@pytest.mark.parametrize(
    ("start", "step", "short", "long", "end"),
    [
        (date(2026, 7, 1), "month", "Jul", "July 2026", date(2026, 7, 31)),
        (date(2026, 7, 6), "week", "6 Jul", "week from 6 Jul 2026", date(2026, 7, 12)),
        (date(2026, 10, 1), "quarter", "Q4", "Q4 2026", date(2026, 12, 31)),
        (date(2024, 2, 1), "month", "Feb", "February 2024", date(2024, 2, 29)),
        (date(2026, 7, 6), "day", "6 Jul", "6 Jul 2026", date(2026, 7, 6)),
    ],
)
def test_periods_are_named_by_their_first_day(start, step, short, long, end):
    assert period_short(start, step) == short
    assert period_long(start, step) == long
    assert period_end(start, step) == end


def test_names_follow_the_language_of_dates(german):
    assert period_short(date(2026, 12, 1), "month") == "Dez"
    assert period_short(date(2026, 12, 7), "week") == "7. Dez."


@given(st.dates(date(1990, 1, 1), date(2090, 1, 1)), st.sampled_from(["week", "month", "quarter"]))
def test_the_next_period_begins_the_day_after(day, step):
    start = day - timedelta(day.weekday()) if step == "week" else day.replace(day=1)
    if step == "quarter":
        start = start.replace(month=(start.month - 1) // 3 * 3 + 1)
    after = period_end(start, step) + timedelta(days=1)
    assert start < after
    assert after.weekday() == 0 if step == "week" else after.day == 1
    assert period_end(after, step) > after
