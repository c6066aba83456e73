"""What the shop promised, said in the line beside the customer's words: "I'll ring Thursday".

Only the shop in the first person, or by the name of a member of staff, outside quotation marks, and with something
shops do: "I'll never come back" is the customer's. What is found is a suggestion, but for "!promise ring Thursday".
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from cvdesk.feedback.capture_dates import MONTH_FIRST, any_of, plain
from cvdesk.feedback.capture_words import Words

# A promise without a day is proposed for the next one.
DEFAULT_DAYS = 1
_QUOTED = re.compile(r"\"[^\"]*\"|“[^”]*”|„[^“”]*[“”]|«[^»]*»")
_END = re.compile(r"[.!?](?=\s|$)")
_TAG = re.compile(r"(?:^|(?<=\s))#\S+")
_EDGES = " \t\n,.;:!?-–—"


@dataclass(frozen=True, slots=True)
class Promise:
    """A promise at `start` to `end` of the line: what, by which day, by whom (None: whoever logs it).

    `asked`: said outright to be one. `dated`: whether a day was named.
    """

    start: int
    end: int
    what: str
    by: date
    staff_id: int | None = None
    asked: bool = False
    dated: bool = True


class AheadReader:
    """Reads a day to come at a place in a text in lower case."""

    def __init__(self, words: Words, country: str) -> None:
        self._words = words
        self._day_first = country.upper() not in MONTH_FIRST
        self._weekdays = {name: place for place, names in enumerate(words.weekdays) for name in names}
        self._months = {name: place for place, names in enumerate(words.months, start=1) for name in names}
        day = rf"(?P<day>\d{{1,2}})(?:{words.ordinals})?"
        month = rf"(?P<month>{any_of(self._months)})\.?"
        number = rf"(?P<count>\d{{1,3}}|{any_of((*words.numbers, *words.articles))})"
        until = rf"(?:(?:{words.until})\s+(?:the\s+)?)?"
        forms: tuple[tuple[str, Callable[[re.Match[str], date], date]], ...] = (
            (rf"(?P<said>{any_of(words.days_ahead)})", self._said),
            (rf"(?:{words.within})\s+{number}\s+(?P<unit>{any_of(words.units)})", self._from_now),
            (rf"(?:(?:{words.coming})\s+)?(?P<weekday>{any_of(self._weekdays)})\.?", self._weekday),
            (r"(?P<year>\d{4})-(?P<month>\d{1,2})-(?P<day>\d{1,2})", self._in_full),
            (r"(?P<first>\d{1,2})[/.](?P<second>\d{1,2})(?:[/.](?P<year>\d{4}))?\.?", self._in_order),
            (rf"{day}\s*(?:of\s+)?{month}", self._named),
            (rf"{month}\s*{day}", self._named),
        )
        self._forms = [(re.compile(rf"(?<!\w){until}{form}(?![\w/])"), read) for form, read in forms]

    def find(self, text: str, start: int, end: int, today: date) -> tuple[int, int, date] | None:
        """The first day to come in a stretch, with the words that lead to it, as (start, end, day)."""
        found = []
        for pattern, read in self._forms:
            for match in pattern.finditer(text, start, end):
                try:
                    day = read(match, today)
                except (ValueError, OverflowError):
                    continue
                if day >= today:
                    found.append((match.start(), match.end(), day))
                    break
        return min(found, key=lambda one: (one[0], -one[1]), default=None)

    def _said(self, found: re.Match[str], today: date) -> date:
        return today + timedelta(days=self._words.days_ahead[plain(found["said"])])

    def _from_now(self, found: re.Match[str], today: date) -> date:
        typed = found["count"]
        count = float(typed) if typed.isdigit() else self._words.numbers.get(typed, 1)
        return today + timedelta(days=int(count * self._words.units[plain(found["unit"])]))

    def _weekday(self, found: re.Match[str], today: date) -> date:
        ahead = (self._weekdays[found["weekday"]] - today.weekday() - 1) % 7 + 1
        return today + timedelta(days=ahead)

    def _in_full(self, found: re.Match[str], today: date) -> date:
        return date(int(found["year"]), int(found["month"]), int(found["day"]))

    def _in_order(self, found: re.Match[str], today: date) -> date:
        first, second = int(found["first"]), int(found["second"])
        day, month = (first, second) if self._day_first or "." in found.group() else (second, first)
        return date(int(found["year"]), month, day) if found["year"] else _next(day, month, today)

    def _named(self, found: re.Match[str], today: date) -> date:
        return _next(int(found["day"]), self._months[found["month"]], today)


def _next(day: int, month: int, today: date) -> date:
    this_year = date(today.year, month, day)
    return this_year if this_year >= today else date(today.year + 1, month, day)


class PromiseReader:
    """Finds what the shop promised; made once for a language, a country and the staff."""

    def __init__(self, words: Words, country: str, staff: Sequence[tuple[int, str]]) -> None:
        self._days = AheadReader(words, country)
        self._staff = {name.lower(): staff_id for staff_id, name in staff if name.strip()}
        verbs = rf"\s+(?=(?:{any_of(words.promise_verbs)})(?![\w']))" if words.promise_verbs else "(?!)"
        openings = [rf"(?:{any_of(words.promise_openings)}){verbs}"]
        if self._staff:
            openings.append(rf"(?P<who>{any_of(self._staff)})\s*(?:{any_of(words.promise_by_name)}){verbs}")
        self._said = re.compile(rf"(?<![\w'])(?:{'|'.join(openings)})") if words.promise_openings else _NEVER
        self._begun = re.compile(rf"(?:{any_of(words.promised)})\s+") if words.promised else _NEVER
        self._marked = re.compile(rf"(?:{any_of(words.promise_marks)})\s+") if words.promise_marks else _NEVER

    def find(self, line: str, folded: str, stretches: Sequence[tuple[int, int]], today: date) -> Promise | None:
        """The first promise in stretches of words, or None."""
        plain_marks = folded.replace("’", "'")
        for start, end in stretches:
            found = self._in(line, plain_marks, start, end, today)
            if found is not None:
                return found
        return None

    def _in(self, line: str, folded: str, start: int, end: int, today: date) -> Promise | None:
        marked = self._marked.match(folded, start, end)
        opening = marked or self._begun.match(folded, start, end) or self._unquoted(folded, start, end)
        if opening is None:
            return None
        stop = _END.search(folded, opening.end(), end)
        last = stop.start() if stop is not None else end
        when = self._days.find(folded, opening.end(), last, today)
        what = line[opening.end() : last]
        if when is not None:
            what = f"{line[opening.end() : when[0]]} {line[when[1] : last]}"
        what = " ".join(_TAG.sub("", what).split()).strip(_EDGES)
        if not what:
            return None
        who = opening.groupdict().get("who")
        by = when[2] if when is not None else today + timedelta(days=DEFAULT_DAYS)
        staff = self._staff.get(who) if who is not None else None
        return Promise(opening.start(), last, what, by, staff, marked is not None, when is not None)

    def _unquoted(self, folded: str, start: int, end: int) -> re.Match[str] | None:
        quoted = [found.span() for found in _QUOTED.finditer(folded)]
        for found in self._said.finditer(folded, start, end):
            if not any(first <= found.start() < last for first, last in quoted):
                return found
        return None


_NEVER = re.compile(r"(?!)")
