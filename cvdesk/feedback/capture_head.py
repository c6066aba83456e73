"""The beginning of a capture line: who it was, before a colon or a dash."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from cvdesk.customers.people import NOBODY, Found, People
from cvdesk.customers.records import is_email, is_phone
from cvdesk.feedback.capture_parts import Part, Scanner
from cvdesk.feedback.capture_words import Words

_LONGEST_HEAD = 80
_MOST_NAME_WORDS = 5
_MOST_NAMED = 3
# A colon inside a time, a web address or a smiley is no end of a name.
_COLON = re.compile(r"(?<!\d):(?!//)(?=\s|\w|[\"“”'‘«„(¡¿★⭐]|$)|(?<=\d):(?=\s|$|[^\W\d])")
_DASH = re.compile(r"\s[-–—]\s")
_NAME = re.compile(r"[^\W\d_][\w'’.&+ /()-]*")
_QUOTES = re.compile(r"[\"“„«]")


@dataclass(frozen=True, slots=True)
class Head:
    """Who a line is from: `end` is where the words begin (0: no head). `ask`: a name that may be none."""

    end: int = 0
    found: Found = NOBODY
    name: str = ""
    ask: str = ""
    parts: tuple[Part, ...] = ()


NO_HEAD = Head()


class HeadReader:
    """Reads who it was; made once for a business."""

    def __init__(self, people: People, scanner: Scanner, words: Words) -> None:
        self._people = people
        self._scanner = scanner
        self._words = words
        self._says = re.compile(rf"\s+(?:{words.says})(?!\w)[\s:]*")
        self._said_last = re.compile(rf"\s+(?:{words.says})$")
        self._both = re.compile(rf"\s*(?:{words.both})(?!\w)\s*")
        self._between = re.compile(rf"\s+(?:{words.both})\s+|\s*[&+]\s*")

    def read(self, line: str, folded: str, today: date) -> Head:
        """The head of a line; NO_HEAD when it begins with the words at once."""
        near = line[: _LONGEST_HEAD + 1]
        quote = _QUOTES.search(near)
        if quote is not None:
            near = near[: quote.start() + 1]
        colon = _COLON.search(near)
        if colon is not None:
            return self._before(line, folded, colon.start(), colon.end(), today, known_only=False)
        dash = _DASH.search(near)
        if dash is not None:
            found = self._before(line, folded, dash.start(), dash.end(), today, known_only=True)
            if found is not NO_HEAD:
                return found
        return self._first_words(line, folded)

    def _first_words(self, line: str, folded: str) -> Head:
        """Somebody known by exactly the first words, though nothing divides them from what was said."""
        words = list(re.finditer(r"\S+", line[:_LONGEST_HEAD]))[: _MOST_NAME_WORDS + 1]
        for count in range(len(words) - 1, 0, -1):
            start, end = words[0].start(), words[count - 1].end()
            typed = line[start:end]
            if count == 1 and "@" not in typed and not is_phone(typed):
                continue
            exact = self._people.exact(typed)
            if (exact.candidates or is_email(typed)) and self._both.match(folded, end) is None:
                says = self._says.match(folded, end)
                return _headed(says.end() if says is not None else end, exact, line, (start, end), ())
        return NO_HEAD

    def _before(self, line: str, folded: str, stop: int, end: int, today: date, known_only: bool) -> Head:
        typed = _span(line, 0, stop)
        if typed is None:
            return NO_HEAD
        whole = line[slice(*typed)]
        exact = self._people.exact(whole)
        if not exact.candidates and whole.count(",") == 1:  # "Alvarez, Maria"
            exact = self._people.exact(whole.replace(",", " "))
        if exact.candidates:
            return _headed(end, exact, line, typed, ())
        parts, name = self._split(line, folded, stop, today)
        if name is None:
            return Head(end, parts=tuple(parts)) if parts and not known_only else NO_HEAD
        return self._named(line, end, name, parts, known_only)

    def _named(self, line: str, end: int, name: tuple[int, int], parts: list[Part], known_only: bool) -> Head:
        said = self._said_last.search(line[slice(*name)].lower())
        if said is not None:
            name = (name[0], name[0] + said.start())
        typed = line[slice(*name)]
        plausible = self._plausible(typed)
        several = len(typed.split()) > 1
        exact = self._people.exact(typed)
        found = exact if exact.candidates or not plausible else self._people.find(typed)
        if found.candidates and (found.how == "exact" or several or not known_only):
            return _headed(end, found, line, name, tuple(parts))
        if known_only:
            return NO_HEAD
        both = self._several(typed)
        if both.candidates:
            return _headed(end, both, line, name, tuple(parts))
        if (
            is_email(typed)
            or is_phone(typed)
            or (plausible and (several or typed[:1].isupper() or not typed[:1].islower()))
        ):
            return _headed(end, NOBODY, line, name, tuple(parts))
        return Head(0, ask=typed if plausible or several else "")

    def _several(self, typed: str) -> Found:
        """Each of several known customers named together; nobody unless all of them are known."""
        named = [name for name in self._between.split(typed) if name.strip()]
        if not 1 < len(named) <= _MOST_NAMED:
            return NOBODY
        ones = [self._people.find(name).one for name in named]
        known = tuple(dict.fromkeys(one for one in ones if one is not None))
        return Found(known, "several") if len(known) == len(named) else NOBODY

    def _split(self, line: str, folded: str, stop: int, today: date) -> tuple[list[Part], tuple[int, int] | None]:
        """The side parts of the head, and where the name stands in what is left; None when nothing is left."""
        parts: list[Part] = []
        left: list[tuple[int, int]] = []
        for start, end in pieces(line, 0, stop):
            only = self._scanner.only_parts(folded, start, end, today)
            if only is None:
                left.append((start, end))
            else:
                parts += only
        if not left:
            return parts, None
        start, end = left[0][0], left[-1][1]
        if len(left) == 1:
            for word in re.finditer(r"(?<=\s)\S", line[start:end]):
                only = self._scanner.only_parts(folded, start + word.start(), end, today)
                if only is not None:
                    parts += only
                    end = start + len(line[start : start + word.start()].rstrip())
                    break
        return parts, (start, end)

    def _plausible(self, typed: str) -> bool:
        """Whether this can be the name of somebody new."""
        words = typed.split()
        if not words or len(words) > _MOST_NAME_WORDS or _NAME.fullmatch(typed) is None:
            return False
        return not any(word.strip(".,'’").lower() in self._words.not_names for word in words)


def _headed(end: int, found: Found, line: str, name: tuple[int, int], parts: tuple[Part, ...]) -> Head:
    typed = line[slice(*name)]
    one = found.one
    value = one.id if one is not None else None
    part = Part("customer", *name, value, found.how == "exact")
    return Head(end, found, "" if found.candidates else " ".join(typed.split()), "", (part, *parts))


def pieces(line: str, start: int, end: int) -> list[tuple[int, int]]:
    """The spans between commas and semicolons, without blanks; commas inside numbers and quotes do not divide."""
    spans = []
    place = start
    for found in _DIVIDER.finditer(line, start, end):
        if found["divider"]:
            spans.append(_span(line, place, found.start()))
            place = found.end()
    spans.append(_span(line, place, end))
    return [span for span in spans if span is not None]


_DIVIDER = re.compile(r"\"[^\"]*\"|“[^”]*”|„[^“”]*[“”]|«[^»]*»|(?P<divider>[;；，、،]|(?<!\d),|,(?!\d))")


def _span(line: str, start: int, end: int) -> tuple[int, int] | None:
    """A span without the blanks around it; None when nothing is left."""
    text = line[start:end]
    inner = text.strip()
    if not inner:
        return None
    begin = start + text.index(inner)
    return begin, begin + len(inner)
