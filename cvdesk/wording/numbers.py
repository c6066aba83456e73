"""Numbers, shares, money and dates as people read them: Babel under one locale for the whole program."""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta
from decimal import ROUND_HALF_UP, Decimal
from functools import lru_cache

from cvdesk.wording.text import _

MINUS = "−"
STAR = "★"
DEFAULT_LOCALE = "en_GB"

_CODE = re.compile(r"([A-Za-z])(\d)")  # a code such as KWD stands apart from the amount
_SEPT = re.compile(r"\bSept\b")
_chosen = {"locale": DEFAULT_LOCALE}


def use_locale(locale: str) -> None:
    """Takes the forms of a locale ("en_GB", "de_DE"); British English where Babel has none."""
    from babel.core import Locale, UnknownLocaleError

    try:
        _chosen["locale"] = str(Locale.parse(locale.replace("-", "_")))
    except (UnknownLocaleError, ValueError):
        _chosen["locale"] = DEFAULT_LOCALE


def knows_locale(locale: str) -> bool:
    """Whether there are forms for a locale ("en_GB", "de")."""
    from babel.core import Locale, UnknownLocaleError

    try:
        Locale.parse(locale.replace("-", "_"))
    except (UnknownLocaleError, ValueError):
        return False
    return True


def current_locale() -> str:
    """The locale in use, such as "en_GB"."""
    return _chosen["locale"]


def first_weekday() -> int:
    """The weekday on which a week begins in the locale in use: 0 Monday to 6 Sunday."""
    return _first_weekday(current_locale())


@lru_cache(maxsize=8)
def _first_weekday(locale: str) -> int:
    from babel.core import Locale

    return int(Locale.parse(locale).first_week_day)


def calendar_words() -> frozenset[str]:
    """The names of months and weekdays in the locale in use, whole and short, in small letters without full stops."""
    return _calendar_words(current_locale())


@lru_cache(maxsize=8)
def _calendar_words(locale: str) -> frozenset[str]:
    from babel.core import Locale

    known = Locale.parse(locale)
    found = {
        _tidy(name, locale)
        for names in (known.months, known.days)
        for context in ("format", "stand-alone") for width in ("wide", "abbreviated")
        for name in names[context][width].values()
    }  # fmt: skip
    return frozenset(name.strip(".").lower() for name in found)


def number(x: float, digits: int = 1) -> str:
    """A number with that many decimals: 1,234.5; below zero with a real minus sign."""
    rounded = rounded_to(x, digits)
    text = _decimal(abs(rounded), digits, current_locale())
    return MINUS + text if rounded < 0 else text


@lru_cache(maxsize=8192)
def _decimal(size: Decimal, digits: int, locale: str) -> str:
    """Kept, as dates are: a page full of figures shows the same few again and again."""
    from babel.numbers import format_decimal

    return format_decimal(size, format="#,##0" + ("." + "0" * digits if digits else ""), locale=locale)


def signed(x: float, digits: int = 1) -> str:
    """A number with its sign: +2.8, −0.4; plain 0.0 for what rounds to nothing."""
    return ("+" if rounded_to(x, digits) > 0 else "") + number(x, digits)


def whole(n: float) -> str:
    """A count: 1,284."""
    return number(n, 0)


def percent(share: float, digits: int = 0) -> str:
    """A share 0-1 in whole per cent; never 0 for something, never 100 for not quite all. With decimals: as it is."""
    from babel.numbers import format_percent

    if digits:
        pattern = _percent_pattern(current_locale()).replace("#,##0", "#,##0." + "0" * digits)
        return format_percent(rounded_to(share, digits + 2), pattern, current_locale()).replace("-", MINUS)

    def plain(value: float) -> str:
        hundredths = rounded_to(value, 2)
        return format_percent(hundredths, locale=current_locale()).replace("-", MINUS)

    if 0 < share < 0.005:
        return "<" + plain(0.01)
    return ">" + plain(0.99) if 0.995 <= share < 1 else plain(share)


@lru_cache(maxsize=8)
def _percent_pattern(locale: str) -> str:
    from babel.core import Locale

    return str(Locale.parse(locale).percent_formats[None].pattern)


def money(minor: int, currency: str, exact: bool = False) -> str:
    """An amount of minor units (pence): £420, £4.50, −£3. Currency by its ISO 4217 code.

    `exact`: always with the currency's decimals, £420.00, as columns of amounts for the books have it.
    """
    from babel.numbers import format_currency, get_currency_precision

    digits = get_currency_precision(currency)
    amount = Decimal(abs(minor)).scaleb(-digits)
    if amount == amount.to_integral_value() and not exact:
        digits = 0
    pattern = _money_pattern(current_locale()).replace(".00", "." + "0" * digits if digits else "")
    text = format_currency(amount, currency, format=pattern, locale=current_locale(), currency_digits=False)
    text = _CODE.sub("\\1\u00a0\\2", text)
    return MINUS + text if minor < 0 else text


@lru_cache(maxsize=8)
def _money_pattern(locale: str) -> str:
    from babel.core import Locale

    return str(Locale.parse(locale).currency_formats["standard"].pattern)


def day(d: date) -> str:
    """20 Nov 2026."""
    return _dated("medium", d, current_locale())


def day_long(d: date) -> str:
    """20 November 2026, as a letter says it."""
    return _dated("long", d, current_locale())


def moment(at: datetime) -> str:
    """20 Nov 2026, 14:05, in the time zone of this computer."""
    from babel.dates import format_time

    here = at.astimezone()
    clock = format_time(here.time(), "short", locale=current_locale())
    return _("{day}, {time}").format(day=day(here.date()), time=clock)


def day_of_year(d: date) -> str:
    """20 Nov."""
    return _by_parts("MMMd", d)


def day_short(d: date, today: date) -> str:
    """Today, yesterday, Fri 20 Nov within a week, 20 Nov in the same year, else with the year."""

    if d == today:
        return _("today")
    if d == today - timedelta(days=1):
        return _("yesterday")
    if abs((d - today).days) < 7:
        return _by_parts("MMMEd", d)
    if d.year == today.year:
        return _by_parts("MMMd", d)
    return day(d)


def month(d: date) -> str:
    """Nov 2026."""
    return _by_parts("yMMM", d)


def month_long(d: date) -> str:
    """November 2026."""
    return _by_parts("yMMMM", d)


def month_alone(d: date) -> str:
    """November, where the year is clear."""
    return _dated("LLLL", d, current_locale())


def quarter(d: date) -> str:
    """Q4, where the year is clear."""
    return _dated("QQQ", d, current_locale())


def month_short(d: date) -> str:
    """Nov, for the axis of a chart."""
    return _dated("LLL", d, current_locale())


def quarter_short(d: date) -> str:
    """Q4, for the axis of a chart."""
    return _dated("QQQ", d, current_locale())


def span(start: date, end: date) -> str:
    """1 Sep to 21 Nov 2026; the year is said once where it is the same."""
    if start == end:
        return day(end)
    first = _by_parts("MMMd", start) if start.year == end.year else day(start)
    return _("{start} to {end}").format(start=first, end=day(end))


def stars(rating: float | None) -> str:
    """★★ for 2; a half is rounded up; empty without a rating."""
    return "" if rating is None else STAR * int(rounded_to(rating, 0))


def rounded_to(x: float, digits: int) -> Decimal:
    """The number as it is shown, halves away from zero, never a negative nothing."""
    shown = Decimal(repr(float(x))).quantize(Decimal(1).scaleb(-digits), ROUND_HALF_UP)
    return abs(shown) if shown == 0 else shown


def _by_parts(parts: str, d: date) -> str:
    return _skeleton(parts, d, current_locale())


@lru_cache(maxsize=4096)
def _skeleton(parts: str, d: date, locale: str) -> str:
    from babel.dates import format_skeleton

    return _tidy(format_skeleton(parts, d, locale=locale), locale)


@lru_cache(maxsize=4096)
def _dated(pattern: str, d: date, locale: str) -> str:
    from babel.dates import format_date

    return _tidy(format_date(d, pattern, locale=locale), locale)


def _tidy(text: str, locale: str) -> str:
    """English months all with three letters, so that they line up in columns and under charts."""
    return _SEPT.sub("Sep", text) if locale.startswith("en") else text
