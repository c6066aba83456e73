"""Dates as people and programs write them. The order of day and month is found from the whole column."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from cvdesk.catalogue.records import match_key

# Countries that write the month first; where both are in use (Canada) the number form is the month first one too.
_MONTH_FIRST = frozenset({"US", "PH", "FM", "MH", "PW", "PR", "GU", "VI", "AS", "MP", "BZ", "CA"})
_YEAR_FIRST = frozenset({"CN", "JP", "KR", "TW", "HU", "LT", "MN", "IR", "SE"})
ORDERS = ("day-first", "month-first", "year-first")

_CLOCK = r"(?:[T,\s]\s*(\d{1,2})[:.](\d\d)(?:[:.](\d\d)(?:[.,]\d+)?)?\s*([AaPp]\.?[Mm]\.?)?)?"
_ZONE = r"\s*(Z|UTC|GMT|[+-]\d\d:?\d\d)?(?:\s*[A-Z]{2,5})?"
_ISO = re.compile(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})" + _CLOCK + _ZONE)
_COMPACT = re.compile(r"(\d{4})(\d\d)(\d\d)(?:T?(\d\d)(\d\d)(\d\d)?)?")
_PARTS = re.compile(r"(\d{1,2})\s?[-/. ]\s?(\d{1,2})\s?[-/. ]\s?(\d{4}|\d{2})\.?" + _CLOCK + _ZONE)
_MONTHS = {
    name: number
    for number, names in enumerate(
        ("jan january januar janner janvier janv ene enero", "feb february februar fevrier fevr febrero",
         "mar march marz maerz mrz mars marzo", "apr april avril avr abr abril", "may mai mayo",
         "jun june juni juin junio", "jul july juli juillet juil julio", "aug august aout ago agosto",
         "sep sept september septembre septiembre setiembre", "oct october okt oktober octobre octubre",
         "nov november novembre noviembre", "dec december dez dezember decembre dic diciembre"), start=1)
    for name in names.split()
}  # fmt: skip
_DAY_NAME = r"(?:[^\W\d_]{2,10}\.?,?\s+)?"
_DAY_MONTH = re.compile(
    _DAY_NAME
    + r"(\d{1,2})(?:st|nd|rd|th|er)?[\s.\-/]*(?:de\s+)?([^\W\d_]{3,10})\.?[\s,.\-/']*(?:del?\s+)?(\d{4}|\d{2})"
    + _CLOCK
    + _ZONE
)
_MONTH_DAY = re.compile(
    _DAY_NAME + r"([^\W\d_]{3,10})\.?[\s\-]*(\d{1,2})(?:st|nd|rd|th)?,?[\s,\-]+(\d{4}|\d{2})" + _CLOCK + _ZONE
)
_MONTH_DAY_CLOCK_YEAR = re.compile(
    _DAY_NAME + r"([^\W\d_]{3,10})\s+(\d{1,2})\s+(\d{1,2}):(\d\d):(\d\d)\s+(?:[A-Z]{2,5}\s+)?(\d{4})"
)


@dataclass(frozen=True, slots=True)
class Order:
    """How the numbers of a date follow each other. `sure`: the column itself shows it."""

    name: str
    sure: bool


def usual_order(country: str) -> str:
    """What people of a country (ISO 3166) mean by 3/4/2026."""
    return "month-first" if country.upper() in _MONTH_FIRST else "day-first"


def find_order(values: Iterable[str], country: str) -> Order | None:
    """The order of day and month in a column; None where no date depends on it."""
    day_first = month_first = seen = 0
    for value in values:
        found = _PARTS.fullmatch(value.strip())
        if found is None:
            continue
        seen += 1
        first, second = int(found[1]), int(found[2])
        day_first += 12 < first <= 31 and second <= 12
        month_first += 12 < second <= 31 and first <= 12
    if not seen:
        return None
    if day_first == month_first:
        return Order(usual_order(country), False)
    return Order("day-first" if day_first > month_first else "month-first", True)


class DateReader:
    """Turns cells of one column into (ISO date, "HH:MM" or None); ValueError for what is no date."""

    def __init__(self, order: str, today: date, zone: str = "") -> None:
        self._order = order
        self._pivot = today.year
        self._zone = ZoneInfo(zone) if zone else None

    def read(self, text: str) -> tuple[str, str | None]:
        """One cell. ValueError where it is no date of 1850 to 2199."""
        text = " ".join(text.split())
        try:
            year, month, day, clock, zone = self._parts(text)
            found = date(year, month, day)
        except ValueError as error:
            raise ValueError(f"no date: {text}") from error
        if not 1850 <= year < 2200:
            raise ValueError(f"no date of our times: {text}")
        if clock is None:
            return found.isoformat(), None
        if zone and self._zone is not None:
            return self._local(found, clock, zone)
        return found.isoformat(), clock

    def _parts(self, text: str) -> tuple[int, int, int, str | None, str | None]:
        if found := _ISO.fullmatch(text):
            return int(found[1]), int(found[2]), int(found[3]), _clock(*found.group(4, 5, 7)), found[8]
        if found := _PARTS.fullmatch(text):
            first, second = int(found[1]), int(found[2])
            clock, zone = _clock(*found.group(4, 5, 7)), found[8]
            if self._order == "month-first":
                return self._year(found[3]), first, second, clock, zone
            if self._order == "year-first" and len(found[3]) == 2:
                return self._year(found[1].zfill(2)), second, int(found[3]), clock, zone
            return self._year(found[3]), second, first, clock, zone
        if found := _COMPACT.fullmatch(text):
            clock = f"{found[4]}:{found[5]}" if found[4] else None
            return int(found[1]), int(found[2]), int(found[3]), clock, None
        return self._named_month(text)

    def _named_month(self, text: str) -> tuple[int, int, int, str | None, str | None]:
        if found := _MONTH_DAY_CLOCK_YEAR.fullmatch(text):
            return int(found[6]), _month(found[1]), int(found[2]), _clock(found[3], found[4], None), None
        if found := _DAY_MONTH.fullmatch(text):
            return self._year(found[3]), _month(found[2]), int(found[1]), _clock(*found.group(4, 5, 7)), found[8]
        if found := _MONTH_DAY.fullmatch(text):
            return self._year(found[3]), _month(found[1]), int(found[2]), _clock(*found.group(4, 5, 7)), found[8]
        raise ValueError(text)

    def _year(self, text: str) -> int:
        """Two digits mean the century in which the date is not in the future."""
        year = int(text)
        if len(text) == 4:
            return year
        century = self._pivot - self._pivot % 100
        return century + year if century + year <= self._pivot + 1 else century - 100 + year

    def _local(self, day: date, clock: str, zone: str) -> tuple[str, str | None]:
        offset = "+00:00" if zone in ("Z", "UTC", "GMT") else zone
        if len(offset) == 5:
            offset = f"{offset[:3]}:{offset[3:]}"
        moment = datetime.fromisoformat(f"{day.isoformat()}T{clock}{offset}").astimezone(self._zone)
        return moment.date().isoformat(), moment.strftime("%H:%M")


def _month(name: str) -> int:
    number = _MONTHS.get(match_key(name))
    if number is None:
        raise ValueError(name)
    return number


def _clock(hour: str | None, minute: str | None, half: str | None) -> str | None:
    if hour is None or minute is None:
        return None
    number = int(hour)
    if half:
        number = number % 12 + (12 if half[0] in "pP" else 0)
    if number > 23 or int(minute) > 59:
        raise ValueError(f"{hour}:{minute}")
    return f"{number:02d}:{minute}"
