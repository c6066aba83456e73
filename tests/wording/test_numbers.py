"""Numbers, money and dates as people read them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest

from cvdesk.wording import numbers

TODAY = date(2026, 11, 21)


@pytest.fixture(autouse=True)
def british() -> Iterator[None]:
    numbers.use_locale("en_GB")
    yield
    numbers.use_locale("en_GB")


@pytest.mark.parametrize(
    ("value", "digits", "text"),
    [(1234.56, 1, "1,234.6"), (-0.44, 1, "−0.4"), (-0.04, 1, "0.0"), (0.25, 1, "0.3"), (2, 0, "2"), (2.345, 2, "2.35")],
)
def test_number(value: float, digits: int, text: str) -> None:
    assert numbers.number(value, digits) == text


def test_signed_says_plus_but_not_for_nothing() -> None:
    assert [numbers.signed(x) for x in (2.75, -1.0, 0.04, -0.04)] == ["+2.8", "−1.0", "0.0", "0.0"]


@pytest.mark.parametrize(
    ("share", "text"),
    [(0, "0%"), (0.001, "<1%"), (0.314, "31%"), (0.995, ">99%"), (0.9999, ">99%"), (1, "100%"), (0.005, "1%")],
)
def test_percent_never_rounds_to_nothing_or_all(share: float, text: str) -> None:
    assert numbers.percent(share) == text


@pytest.mark.parametrize(
    ("minor", "currency", "text"),
    [(42000, "GBP", "£420"), (450, "GBP", "£4.50"), (-300, "GBP", "−£3"), (0, "EUR", "€0"), (500, "JPY", "JP¥500"),
     (1234567, "GBP", "£12,345.67"), (1500, "KWD", "KWD\xa01.500")],
)  # fmt: skip
def test_money(minor: int, currency: str, text: str) -> None:
    assert numbers.money(minor, currency) == text


def test_money_where_the_currency_comes_last() -> None:
    numbers.use_locale("de_DE")
    assert numbers.money(42050, "EUR") == "420,50\xa0€"
    assert numbers.money(42000, "EUR") == "420\xa0€"
    assert numbers.money(42000, "EUR", exact=True) == "420,00\xa0€"


@pytest.mark.parametrize(
    ("minor", "currency", "text"),
    [(42000, "GBP", "£420.00"), (450, "GBP", "£4.50"), (-300, "GBP", "−£3.00"), (0, "EUR", "€0.00"),
     (500, "JPY", "JP¥500"), (1000, "KWD", "KWD\xa01.000"), (123_456_700, "GBP", "£1,234,567.00")],
)  # fmt: skip
def test_money_for_the_books_always_has_the_decimals_of_its_currency(minor: int, currency: str, text: str) -> None:
    assert numbers.money(minor, currency, exact=True) == text


def test_days() -> None:
    assert numbers.day(date(2026, 9, 3)) == "3 Sep 2026"
    assert numbers.month(date(2026, 9, 3)) == "Sep 2026"
    assert numbers.month_long(date(2026, 9, 3)) == "September 2026"
    assert numbers.month_short(date(2026, 9, 3)) == "Sep"
    assert numbers.day_of_year(date(2026, 9, 3)) == "3 Sep"


@pytest.mark.parametrize(
    ("day", "text"),
    [(TODAY, "today"), (date(2026, 11, 20), "yesterday"), (date(2026, 11, 18), "Wed 18 Nov"),
     (date(2026, 11, 25), "Wed 25 Nov"), (date(2026, 3, 1), "1 Mar"), (date(2025, 12, 24), "24 Dec 2025")],
)  # fmt: skip
def test_short_days(day: date, text: str) -> None:
    assert numbers.day_short(day, TODAY) == text


def test_span_says_the_year_once() -> None:
    assert numbers.span(date(2026, 9, 1), TODAY) == "1 Sep to 21 Nov 2026"
    assert numbers.span(date(2025, 9, 1), TODAY) == "1 Sep 2025 to 21 Nov 2026"
    assert numbers.span(TODAY, TODAY) == "21 Nov 2026"


def test_other_locales_and_unknown_ones() -> None:
    numbers.use_locale("pl-PL")
    assert numbers.current_locale() == "pl_PL"
    assert numbers.number(-1234.5) == "−1\xa0234,5"
    numbers.use_locale("tlh")
    assert numbers.current_locale() == "en_GB"
    numbers.use_locale("not a locale")
    assert numbers.number(0.5) == "0.5"


def test_stars() -> None:
    assert [numbers.stars(rating) for rating in (None, 1, 2.5, 5)] == ["", "★", "★★★", "★★★★★"]
