"""Plain records of the catalogue and the one filter every figure takes."""

from __future__ import annotations

import calendar
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta

LEVERS = ("worth", "benefits", "costs", "drawbacks")
GAINS = ("worth", "benefits")
KINDS = ("praise", "suggestion", "question", "problem", "comment")
SEVERITIES = ("minor", "moderate", "serious")


def match_key(text: str) -> str:
    """A name as it is compared: case folded, accents and extra spaces gone."""
    plain = unicodedata.normalize("NFKD", text.casefold())
    return " ".join("".join(mark for mark in plain if not unicodedata.combining(mark)).split())


def key_of(name: str) -> str:
    """A key made of a name: lower case, words joined by hyphens."""
    letters = "".join(mark if mark.isalnum() else " " for mark in match_key(name))
    return "-".join(letters.split()) or "unnamed"


@dataclass(frozen=True, slots=True)
class Named:
    """An offering, a channel, a segment or a theme: what lists and filters show."""

    id: int
    key: str
    name: str


@dataclass(frozen=True, slots=True)
class Factor:
    """One thing customers value. `importance` is the owner's rating 1-5, or None."""

    id: int
    key: str
    lever: str
    label: str
    type: str
    core: bool
    importance: float | None
    keywords: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Question:
    """A question as it is asked now: one immutable version. `anchors` maps the value ("1", "3", "5") to its words."""

    version_id: int
    key: str
    factor_key: str | None
    kind: str
    wording: str
    wording_owner: str
    anchors: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Business:
    """The business a file belongs to. Currency is an ISO 4217 code, language a locale such as en_GB."""

    name: str
    currency: str = "GBP"
    timezone: str = ""
    language: str = "en_GB"
    country: str = "GB"


@dataclass(frozen=True, slots=True)
class Period:
    """Calendar days, both ends included."""

    start: date
    end: date

    def __post_init__(self) -> None:
        if self.start > self.end:
            raise ValueError(f"a period ends before it starts: {self.start} > {self.end}")

    @property
    def days(self) -> int:
        """How many days, both ends counted."""
        return (self.end - self.start).days + 1

    @classmethod
    def last_days(cls, days: int, today: date) -> Period:
        """`days` days ending today."""
        return cls(today - timedelta(days=days - 1), today)

    @classmethod
    def last_months(cls, months: int, today: date) -> Period:
        """From the day after the same day `months` months ago until today."""
        year, month = divmod(today.year * 12 + today.month - 1 - months, 12)
        day = min(today.day, calendar.monthrange(year, month + 1)[1])
        return cls(date(year, month + 1, day) + timedelta(days=1), today)

    def before(self) -> Period:
        """The period of the same length that ends the day before this one starts."""
        return Period(self.start - timedelta(days=self.days), self.start - timedelta(days=1))


@dataclass(frozen=True, slots=True)
class Filter:
    """What limits every figure on screen, on paper and in exports: a period and ids of the rest (None: all)."""

    period: Period
    offering: int | None = None
    segment: int | None = None
    channel: int | None = None
    theme: int | None = None
    tag: int | None = None


@dataclass(frozen=True, slots=True)
class Clause:
    """A condition for SQL: text with ? marks and what they stand for. Never empty."""

    sql: str
    parameters: tuple[object, ...] = field(default=())
