"""What one line of pasted web reviews says by itself: stars, a day, a name, an owner's reply, or nothing. Pure."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache

from cvdesk.feedback.capture_dates import any_of
from cvdesk.feedback.capture_ratings import mapped
from cvdesk.feedback.reviews_words import (
    ACTIONS,
    AGO,
    AWAY,
    COUNTED,
    DATE_LABELS,
    MONTHS,
    NAME_AROUND,
    NUMBERS,
    PARTICLES,
    PROFILE,
    RELATIVE,
    REPLIES,
    UNITS,
)  # fmt: skip

_INVISIBLE = str.maketrans(dict.fromkeys("\u200b\u200c\u200d\u200e\u200f\u2060\ufeff️") | {"\u00a0": " "})
_FULL, _EMPTY = "★⭐🌟●", "☆✩○"
_DRAWN = rf"(?P<full>(?:[{_FULL}]\s?)+)(?P<half>½)?\s?(?P<empty>(?:[{_EMPTY}]\s?)*)"
_VALUE = r"(?P<value>\d{1,2}(?:[.,]\d{1,2})?)"
_SAID = r"(?:(?P<rated>rated|rating|scored?|review score)\s*[:\-]?\s*)?"
# Kind, pattern, and whether words may follow on the line (a title).
_RATINGS: tuple[tuple[str, re.Pattern[str], bool], ...] = tuple(
    (kind, re.compile(pattern, re.IGNORECASE), titled)
    for kind, pattern, titled in (
        ("drawn", _DRAWN, True),
        ("out of", rf"{_SAID}{_VALUE}\s*(?:out of|of)\s*(?P<top>5|10)\s+(?:stars?|bubbles?|points?)(?!\w)\.?", True),
        ("out of", rf"{_SAID}{_VALUE}\s*(?:out of|of)\s*(?P<top>5|10)(?![\w.,]\d|\w)", False),
        ("slash", rf"{_SAID}{_VALUE}\s*/\s*(?P<top>5|10)(?:\s*stars?)?(?![\w/])", False),
        ("stars", rf"{_SAID}{_VALUE}[\s-]*stars?(?!\w)", False),
        ("rated", rf"(?P<rated>rated|rating|scored?|review score)\s*[:\-]?\s*{_VALUE}(?![\w.,:/]\d|\w)", False),
        ("number", r"(?P<value>\d{1,2}[.,]\d|10)(?!\S)", False),
    )
)
_DRAWN_LAST = re.compile(rf"^(?P<name>.{{2,60}}?)[\s·•|,:–-]+{_DRAWN}$")
_EDGES = " \t·•|,;–—-"
_MONTH = rf"(?P<month>{any_of(MONTHS)})\.?"
_WEEKDAY = r"(?:(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?\.?,?\s+)?"
_TIME = r"(?:,?\s+(?:at\s+)?\d{1,2}[:.]\d{2}(?:\s?[ap]m)?)?"
_DATES = tuple(re.compile(pattern, re.IGNORECASE) for pattern in (
    rf"{_WEEKDAY}(?P<day>\d{{1,2}})(?:st|nd|rd|th)?\s+(?:of\s+)?{_MONTH}(?:,?\s+(?P<year>\d{{4}}))?{_TIME}(?!\w)",
    rf"{_WEEKDAY}{_MONTH}\s+(?P<day>\d{{1,2}})(?:st|nd|rd|th)?(?:,?\s+(?P<year>\d{{4}}))?{_TIME}(?!\w)",
    r"(?P<year>\d{4})-(?P<number>\d{1,2})-(?P<day>\d{1,2})(?!\w)",
    r"(?P<first>\d{1,2})[/.](?P<second>\d{1,2})[/.](?P<year>\d{4})(?!\w)",
    rf"{_MONTH}\s+(?P<year>\d{{4}})(?!\w)",
))  # fmt: skip
_AGO = re.compile(
    rf"(?:{AWAY}\s+)?(?P<count>\d{{1,3}}|{any_of(NUMBERS)})\s+(?P<unit>{any_of(UNITS)})\s+{AGO}(?!\w)", re.IGNORECASE
)
_SHORT_AGO = re.compile(r"(?P<count>\d{1,3})\s?(?P<unit>[hdwy])$")
_LETTERS = {"h": "hour", "d": "day", "w": "week", "y": "year"}
_NAMED_DAY = re.compile(rf"(?:{any_of(RELATIVE)})(?!\w)", re.IGNORECASE)
_MAY_BE_DAY = re.compile(rf"\d|{AGO}|{any_of(RELATIVE)}", re.IGNORECASE)
_LABEL = re.compile(rf"(?:{DATE_LABELS})\s*[:\-]?\s*", re.IGNORECASE)
_AFTER_DATE = re.compile(
    r"(?:\s*[·•|,–-]?\s*(?:new|edited|\(edited\)|(?:on|via)\s+\w+|verified\b.{0,20}))*\s*[·•|.]?", re.I
)
_NOISE = re.compile(rf"(?:{PROFILE}|{ACTIONS})", re.IGNORECASE)
_COUNTED = re.compile(rf"(?:{COUNTED})", re.IGNORECASE)
_REPLY = tuple(re.compile(pattern, re.IGNORECASE) for pattern in REPLIES)
_AROUND = tuple(re.compile(pattern, re.IGNORECASE) for pattern in NAME_AROUND)
_LONGEST_NAME, _MOST_WORDS = 40, 5


@dataclass(frozen=True, slots=True)
class Stars:
    """A rating on a line: 1-5, as written, on which scale, how it was written, and what else stands on the line."""

    rating: float | None
    raw: str
    scale: str
    kind: str
    rest: str
    name: str = ""


@dataclass(frozen=True, slots=True)
class Day:
    """A day on a line. `labelled`: something beside it says so ("Date of experience")."""

    day: date
    approximate: bool
    labelled: bool = False


def clean(line: str) -> str:
    """The line as it is looked at: without invisible marks, blanks single."""
    return " ".join(line.translate(_INVISIBLE).split())


def stars(line: str) -> Stars | None:
    """The rating a line begins with, or that stands after a name; None where there is none."""
    for kind, pattern, titled in _RATINGS:
        found = pattern.match(line)
        if found is None:
            continue
        rest = line[found.end() :].strip(_EDGES)
        if rest and not (titled or found.groupdict().get("rated")) and not _only_about(rest):
            continue
        return _stars(found, kind, rest)
    last = _DRAWN_LAST.match(line)
    if last is not None and name_like(last["name"].strip(_EDGES)):
        return _stars(last, "drawn", "", last["name"].strip(_EDGES))
    return None


def _only_about(rest: str) -> bool:
    """Whether what follows a rating is no sentence of the review."""
    return _date_at(rest, date.max) is not None or is_noise(rest)


def _stars(found: re.Match[str], kind: str, rest: str, name: str = "") -> Stars:
    named = found.groupdict()
    if kind == "drawn":
        full = sum(mark in _FULL for mark in named["full"])
        total = full + sum(mark in _EMPTY for mark in named["empty"]) + bool(named["half"])
        kind = named["full"][0]
        value, top = full + (0.5 if named["half"] else 0.0), 10 if total > 5 else 5
        raw = found.group()[len(named.get("name") or "") :].strip(_EDGES)
    else:
        value, top, raw = float(named["value"].replace(",", ".")), int(named.get("top") or 5), found.group().strip()
        top = 10 if kind == "number" else top
    rating, scale = mapped(value, top)
    return Stars(rating, raw, scale, kind, rest, name)


def may_be_day(line: str) -> bool:
    """Whether a line can name a day at all: most cannot, and need not be looked at more closely."""
    return _MAY_BE_DAY.search(line) is not None


def day(line: str, today: date, day_first: bool = True) -> Day | None:
    """The day a line is about, where it says nothing else."""
    label = _LABEL.match(line)
    start = label.end() if label else 0
    found = _date_at(line[start:], today, day_first)
    if found is None:
        return None
    read, end = found
    after = line[start + end :]
    if _AFTER_DATE.fullmatch(after) is None and not is_noise(after.strip(_EDGES)):
        return None
    return Day(read.day, read.approximate, label is not None)


def name_and_day(line: str, today: date, day_first: bool = True) -> tuple[str, Day] | None:
    """A line that is a name and a day: "Anna K. · 3 weeks ago", "Anna K wrote a review Nov 2026"."""
    for found in re.finditer(r"[\s·•|,–-]+", line):
        name, rest = bare_name(line[: found.start()]), line[found.end() :]
        rest = re.sub(r"^(?:on|wrote a review)\s+", "", rest, flags=re.IGNORECASE)
        when = day(rest, today, day_first)
        if when is not None and name_like(name):
            return name, when
    return None


def bare_name(text: str) -> str:
    """A name without what sites write around it: "By", "wrote a review", "recommends ..."."""
    text = text.strip(_EDGES)
    for pattern in _AROUND:
        found = pattern.fullmatch(text)
        if found is not None:
            return str(found["name"]).strip(_EDGES)
    return text


def is_noise(line: str) -> bool:
    """Whether a line is only what sites put around reviews: counts, buttons, badges. Symbols of icon fonts too."""
    if not line:
        return False
    return _NOISE.fullmatch(line) is not None or all("\ue000" <= mark <= "\uf8ff" or mark == " " for mark in line)


def is_count(line: str) -> bool:
    """Whether a line is only a number or a yes or no, which is noise after a button."""
    return _COUNTED.fullmatch(line) is not None


@cache
def _countries() -> frozenset[str]:
    from babel import Locale

    return frozenset(name.casefold() for name in Locale("en").territories.values()) | {"uk", "usa", "gb", "us"}


def is_place(line: str) -> bool:
    """Whether a line beside a name is only the country somebody lives in."""
    return line.casefold() in _countries() or (len(line) == 2 and line.isascii() and line.isalpha() and line.isupper())


@dataclass(frozen=True, slots=True)
class Reply:
    """The owner's reply begins: its day where the line says it, and its first words where they stand there too."""

    day: Day | None
    words: str


def reply(line: str, today: date, day_first: bool = True) -> Reply | None:
    """Whether the owner's reply begins here."""
    for pattern in _REPLY:
        found = pattern.match(line)
        if found is None:
            continue
        rest = line[found.end() :].strip(_EDGES)
        when = day(rest.strip(_EDGES + ":"), today, day_first)
        if when is not None:
            return Reply(when, "")
        if not rest or rest.startswith(":") or found.group().endswith(":"):
            return Reply(None, rest.lstrip(": "))
    return None


def name_like(line: str) -> bool:
    """Whether a line can be somebody's name: a few words with capitals, no sentence."""
    words = line.split()
    if not words or len(line) > _LONGEST_NAME or len(words) > _MOST_WORDS or not line[0].isalpha():
        return False
    if line[-1] in "!?:;,…" or (line[-1] == "." and len(words[-1]) > 3) or is_noise(line):
        return False
    if len(words) > 1 and any(mark.isdigit() for mark in line):
        return False
    return all(not word[0].islower() or word in PARTICLES for word in words) or len(words) == 1


def _date_at(text: str, today: date, day_first: bool = True) -> tuple[Day, int] | None:
    """The day a text begins with, and where it ends. Days to come and days that do not exist are none."""
    text_ = text.lower()
    try:
        for read in (_ago, _named, _written):
            found = read(text_, today, day_first)
            if found is not None and found[0].day <= today:
                return found
    except (ValueError, OverflowError):
        return None
    return None


def _ago(text: str, today: date, _day_first: bool) -> tuple[Day, int] | None:
    found = _AGO.match(text) or _SHORT_AGO.match(text)
    if found is None:
        return None
    typed, unit = found["count"], found["unit"]
    count = int(typed) if typed.isdigit() else NUMBERS[typed]
    days, exact = (
        UNITS[unit] if unit in UNITS else {"h": (0, True), "d": (1, True), "w": (7, False), "y": (365, False)}[unit]
    )
    back = round(count * days)
    return Day(today - timedelta(days=0 if today == date.max else back), not exact or not typed.isdigit()), found.end()


def _named(text: str, today: date, _day_first: bool) -> tuple[Day, int] | None:
    found = _NAMED_DAY.match(text)
    if found is None:
        return None
    days = RELATIVE[" ".join(found.group().split())]
    return Day(today - timedelta(days=days), days > 1), found.end()


def _written(text: str, today: date, day_first: bool) -> tuple[Day, int] | None:
    for pattern in _DATES:
        found = pattern.match(text)
        if found is None:
            continue
        named = found.groupdict()
        if named.get("first"):
            first, second = int(named["first"]), int(named["second"])
            if second > 12 or (not day_first and first <= 12):
                first, second = second, first
            return Day(date(int(named["year"]), second, first), False), found.end()
        month = int(named["number"]) if named.get("number") else MONTHS[named["month"]]
        if not named.get("day"):  # a month: its middle, or today where that is still to come
            middle = date(int(named["year"]), month, 15)
            begun = (middle.year, middle.month) == (today.year, today.month)
            return Day(min(middle, today) if begun else middle, True), found.end()
        number = int(named["day"])
        if named.get("year"):
            return Day(date(int(named["year"]), month, number), False), found.end()
        year = today.year if date(today.year, month, number) <= today else today.year - 1
        return Day(date(year, month, number), False), found.end()
    return None
