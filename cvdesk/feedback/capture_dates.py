"""Days as people type them: "yesterday", "last fri", "3/11", "3 Nov", "2 days ago"."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, timedelta

from cvdesk.feedback.capture_words import Words
from cvdesk.wording import _

# Where the month is written before the day.
MONTH_FIRST = frozenset({"US", "PH", "PR", "GU", "VI", "AS", "MP", "PW", "FM", "MH"})
_HALF_YEAR = 183
_LONGEST_AGO = 36_500


@dataclass(frozen=True, slots=True)
class FoundDate:
    """A day read up to `end`; None with a problem in words when it cannot be meant."""

    end: int
    day: date | None
    problem: str = ""


class DateReader:
    """Reads a day at a place in a text in lower case. Made once for a language and a country."""

    def __init__(self, words: Words, country: str) -> None:
        self._words = words
        self._day_first = country.upper() not in MONTH_FIRST
        self._weekdays = {name: place for place, names in enumerate(words.weekdays) for name in names}
        self._months = {name: place for place, names in enumerate(words.months, start=1) for name in names}
        day = rf"(?P<day>\d{{1,2}})(?:{words.ordinals})?"
        month = rf"(?P<month>{any_of(self._months)})\.?"
        # Two digits of a year only at the end of a stretch: "3 Nov 10 stars" names no year.
        year = r",?\s*(?P<year>\d{4})|\s+['’]?(?P<short>\d{2})(?=\s*(?:[,;]|$))"
        number = rf"(?P<count>\d{{1,4}}|{any_of((*words.numbers, *words.articles))})"
        forms: list[tuple[str, Callable[[re.Match[str], date], date | None]]] = [
            (rf"(?P<said>{any_of(words.days_ago)})", self._said),
            (rf"{number}\s+(?P<unit>{any_of(words.units)})\s+(?:{words.ago})", self._ago),
            (rf"{number}\s+(?P<unit>{any_of(words.months_in)})\s+(?:{words.ago})", self._months_ago),
            (rf"(?:{words.last})\s+(?P<unit>{any_of(words.months_in)})", self._months_ago),
            (rf"(?:(?:{words.last})\s+)?(?P<weekday>{any_of(self._weekdays)})\.?", self._weekday),
            (r"(?P<year>\d{4})-(?P<month>\d{1,2})-(?P<day>\d{1,2})", self._plain),
            (r"(?P<first>\d{1,2})(?P<mark>[/.-])(?P<second>\d{1,2})(?P=mark)(?P<year>\d{4}|\d{2})", self._in_order),
            (r"(?P<first>\d{1,2})(?:/(?P<second>\d{1,2})|\.(?P<dotted>\d{1,2})\.)", self._in_order),
            (rf"{day}\s*(?:of\s+)?{month}(?:{year})?", self._named),
            (rf"{month}\s*{day}(?:{year})?", self._named),
            (rf"(?P<day>\d{{1,2}})(?:{words.ordinals})", self._of_month),
        ]
        self._forms = [(re.compile(rf"{form}(?![\w/])"), read) for form, read in forms]

    def read(self, text: str, start: int, today: date) -> FoundDate | None:
        """The day that begins at `start`, or None."""
        for pattern, read in self._forms:
            found = pattern.match(text, start)
            if found is None:
                continue
            try:
                day = read(found, today)
            except (ValueError, OverflowError):
                if _looks_like_a_day(found):
                    return FoundDate(found.end(), None, _no_such_day(found.group()))
                continue
            if day is None or day > today:
                return FoundDate(found.end(), None, _ahead(found.group()))
            return FoundDate(found.end(), day)
        return None

    def _said(self, found: re.Match[str], today: date) -> date:
        return today - timedelta(days=self._words.days_ago[plain(found["said"])])

    def _ago(self, found: re.Match[str], today: date) -> date:
        typed = found["count"]
        count = float(typed) if typed.isdigit() else self._words.numbers.get(typed, 1)
        days = int(count * self._words.units[plain(found["unit"])])
        if days > _LONGEST_AGO:
            raise ValueError(days)
        return today - timedelta(days=days)

    def _months_ago(self, found: re.Match[str], today: date) -> date:
        typed = found.groupdict().get("count") or "1"
        count = int(typed) if typed.isdigit() else int(self._words.numbers.get(typed, 1))
        month = today.year * 12 + today.month - 1 - count * self._words.months_in[plain(found["unit"])]
        return last_of(month // 12, month % 12 + 1, today.day)

    def _of_month(self, found: re.Match[str], today: date) -> date:
        """The latest day of a month with this number."""
        day = int(found["day"])
        for back in range(3):
            month = today.year * 12 + today.month - 1 - back
            with suppress(ValueError):  # this month has no such day
                one = date(month // 12, month % 12 + 1, day)
                if one <= today:
                    return one
        raise ValueError(day)

    def _weekday(self, found: re.Match[str], today: date) -> date:
        back = (today.weekday() - self._weekdays[found["weekday"]] - 1) % 7 + 1
        return today - timedelta(days=back)

    def _plain(self, found: re.Match[str], today: date) -> date:
        return date(int(found["year"]), int(found["month"]), int(found["day"]))

    def _in_order(self, found: re.Match[str], today: date) -> date | None:
        named = found.groupdict()
        first, second = int(named["first"]), int(named.get("second") or named.get("dotted") or 0)
        day, month = (first, second) if self._day_first or "." in found.group() else (second, first)
        year = named.get("year")
        if year is None:
            return _nearest(day, month, today)
        return date(int(year) if len(year) == 4 else _century(int(year), today), month, day)

    def _named(self, found: re.Match[str], today: date) -> date | None:
        month = self._months[found["month"]]
        if found["short"] is not None:
            return date(_century(int(found["short"]), today), month, int(found["day"]))
        if found["year"] is None:
            return _nearest(int(found["day"]), month, today)
        return date(int(found["year"]), month, int(found["day"]))


def last_of(year: int, month: int, day: int) -> date:
    """This day of a month, or the month's last where it has fewer. ValueError for a year there cannot be."""
    return date(year, month, min(day, monthrange(year, month)[1]))


def any_of(words: Iterable[str]) -> str:
    """A pattern for any of these words, longest first, with any blanks between the words of a phrase."""
    ordered = sorted(words, key=len, reverse=True)
    return "|".join(r"\s+".join(re.escape(part) for part in word.split()) for word in ordered)


def plain(text: str) -> str:
    """A found phrase as it stands in the table of words."""
    return " ".join(text.split())


def _nearest(day: int, month: int, today: date) -> date | None:
    """Without a year: the latest such day; None when this year's is less than half a year ahead and may be meant."""
    for year in (today.year, today.year - 1):
        try:
            found = date(year, month, day)
        except ValueError:
            continue
        if found <= today:
            return found
        if (found - today).days <= _HALF_YEAR:
            return None
    raise ValueError(f"no such day: {day}.{month}.")


def _century(year: int, today: date) -> int:
    """A year of two digits: the century that puts it nearest to today, not more than ten years ahead."""
    found = today.year // 100 * 100 + year
    return found - 100 if found > today.year + 10 else found


def _looks_like_a_day(found: re.Match[str]) -> bool:
    """Whether a day that does not exist was meant as one: 31/11 and 99/99/2020, but not 45/60."""
    named = found.groupdict()
    if named.get("year"):
        return True
    second = named.get("second") or named.get("dotted")
    if second is None:
        return "month" in named and "day" in named
    numbers = sorted((int(named["first"]), int(second)))
    return 1 <= numbers[0] <= 12 and numbers[1] <= 31


def _no_such_day(typed: str) -> str:
    return _("“{typed}” is not a day of the calendar. Change it, or take it out.").format(typed=typed.strip())


def _ahead(typed: str) -> str:
    return _("“{typed}” is still to come. For an earlier year, write the year as well.").format(typed=typed.strip())
