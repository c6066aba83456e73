"""Amounts are read as people type them, and refused where they could mean another amount."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cvdesk.wording.amounts import read_amount
from cvdesk.wording.numbers import current_locale, money, use_locale

READ = [
    ("", None), ("  ", None), ("4.50", 450), ("£4.5", 450), ("4,50 €", 450), ("1,200", 120000), ("12.345,50", 1234550),
    ("3", 300), (".5", 50), ("£.50", 50), ("0.05", 5), ("1 200", 120000), ("1'200.50", 120050), ("20 EUR", 2000),
    ("kr. 20", 2000), ("5.-", 500), ("5.", 500), ("1,234,567.8", 123456780),
]  # fmt: skip
REFUSED = ["free", "-3", "5-", "4.5.6", "1,2345", "3x12", "1e5", "12 34", "12 each 3", "1,234,50", ".", "£",
           "1.200,300", "٣", "9" * 30]  # fmt: skip


@pytest.mark.parametrize(("text", "minor"), READ)
def test_amounts_are_read_as_people_write_them(text, minor):
    assert read_amount(text) == minor


@pytest.mark.parametrize("text", REFUSED)
def test_what_is_no_amount_is_refused(text):
    with pytest.raises(ValueError, match=re.escape(text)):
        read_amount(text)


@pytest.mark.parametrize(
    ("text", "digits", "minor"), [("1,200", 0, 1200), ("1200", 0, 1200), ("0.005", 3, 5), ("1,200", 3, 1_200_000)]
)
def test_currencies_have_decimals_of_their_own(text, digits, minor):
    assert read_amount(text, digits) == minor


@pytest.mark.parametrize("text", ["4.5", "1,234.50"])
def test_no_fractions_where_the_currency_has_none(text):
    with pytest.raises(ValueError, match=re.escape(text)):
        read_amount(text, 0)


@given(st.integers(0, 10**11), st.sampled_from(["en-GB", "de-DE", "fr-FR"]))
def test_what_the_program_writes_it_reads_again(minor, locale):
    before = current_locale()
    use_locale(locale)
    try:
        assert read_amount(money(minor, "EUR")) == minor
    finally:
        use_locale(before)
