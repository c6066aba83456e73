"""A capture line taken apart: what is said beside the words, between commas or at either end, and the words."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from cvdesk.customers.people import People
from cvdesk.customers.records import is_email, is_phone
from cvdesk.feedback.capture_dates import any_of
from cvdesk.feedback.capture_head import Head, pieces
from cvdesk.feedback.capture_parts import Part, Scanner
from cvdesk.feedback.capture_words import Words

_LONGEST_TAIL = 12
_MOST_NAME_WORDS = 5
# Said once: of a second one nothing may be lost, so it stays in the words.
_ONCE = frozenset({"customer", "rating", "channel", "date", "time", "offering", "kind", "severity"})
_DASHES = " \t-–—"
_QUOTE_END = '"”“»'


@dataclass(frozen=True, slots=True)
class Split:
    """A line as parts beside the words and `stretches` of words between the commas; `everything`: both, by place.

    `words` are the stretches put together where nothing was taken out between them, each with the comma behind it
    but the last: one after the other they are the line without its side parts, letter for letter.
    """

    parts: tuple[Part, ...]
    words: tuple[tuple[int, int], ...]
    stretches: tuple[tuple[int, int], ...]
    everything: tuple[tuple[int, int], ...]

    def without(self, start: int, end: int) -> tuple[tuple[int, int], ...]:
        """The words when the stretch from `start` to `end` is taken out, too; as they are when that is all there is."""
        left = [one for one in self.stretches if one != (start, end)]
        return _joined(left, self.everything) if left and len(left) < len(self.stretches) else self.words


class Splitter:
    """Takes lines apart; made once for a business."""

    def __init__(self, people: People, scanner: Scanner, words: Words) -> None:
        self._people = people
        self._scanner = scanner
        self._carries_rating = words.carries_rating
        conjunctions = any_of(("and", "or", "&"))
        self._conjunction = re.compile(rf"(?:\w+\W+){{0,3}}(?:{conjunctions})\s")
        self._said_by = re.compile(rf"(?:^|(?<=\s))(?:{words.said_by}|[-–—])$")

    def split(self, line: str, folded: str, head: Head, today: date) -> Split:
        """Side parts and words of what follows the head."""
        segments = pieces(line, head.end, len(line))
        sides = self._sides(segments, line, folded, head, today)
        parts = [*head.parts, *(part for side in sides for part in side)]
        stretches = [segment for segment, side in zip(segments, sides, strict=True) if not side]
        if stretches:
            if not _named(parts):
                stretches[-1], signed = self._signed(line, stretches[-1])
                parts += signed
            stretches[-1], tail = self._tail(folded, stretches[-1], parts, today)
            parts += tail
        stretches = [(start, end) for start, end in stretches if end > start]
        everything = sorted([*stretches, *(span for span in segments if span not in stretches)])
        return Split(tuple(parts), _joined(stretches, everything), tuple(stretches), tuple(everything))

    def _sides(
        self, segments: Sequence[tuple[int, int]], line: str, folded: str, head: Head, today: date
    ) -> list[list[Part]]:
        """For each stretch between commas its side parts; empty where it is words."""
        named = _named(head.parts)
        found = [self._scanner.only_parts(folded, start, end, today) or [] for start, end in segments]
        for place, (start, end) in enumerate(segments):
            if not named and not found[place]:
                found[place] = self._customer(line, start, end, first=place == 0)
                named = bool(found[place])
        for first, last in _runs(found):
            run = [part for side in found[first:last] for part in side]
            at_edge = first == 0 or last == len(found)
            sure = any(part.sure for part in run)
            if not (at_edge or sure) or (not sure and self._listing(found, segments, folded, first, last)):
                found[first:last] = [[] for _side in range(first, last)]
        return _each_once(found, head.parts)

    def _customer(self, line: str, start: int, end: int, first: bool) -> list[Part]:
        """A stretch that is exactly somebody's name, e-mail address or number; one word only at the very beginning."""
        typed = line[start:end]
        if not first and len(typed.split()) < 2 and "@" not in typed and not any(mark.isdigit() for mark in typed):
            return []
        found = self._people.exact(typed)
        if found.candidates:
            return [Part("customer", start, end, found.one.id if found.one else None, True)]
        return [Part("customer", start, end, None, True)] if is_email(typed) else []

    def _listing(
        self,
        found: Sequence[Sequence[Part]],
        segments: Sequence[tuple[int, int]],
        folded: str,
        first: int,
        last: int,
    ) -> bool:
        """Whether a run looks like part of a list in the words: "shop, staff and food were excellent"."""
        channels = [part for side in found[first:last] for part in side if part.kind == "channel"]
        if len(channels) > 1:
            return True
        if not channels or first > 0 or last == len(found):
            return False
        start, end = segments[last]
        return self._conjunction.match(folded, start, end) is not None

    def _signed(self, line: str, span: tuple[int, int]) -> tuple[tuple[int, int], list[Part]]:
        """Takes off the end of the words who said them: "bread late again - maria alvarez"."""
        start, end = span
        words = [found.start() + start for found in re.finditer(r"\S+", line[start:end])][-_MOST_NAME_WORDS:]
        for place in words:
            typed = line[place:end]
            if place == start or (len(typed.split()) < 2 and "@" not in typed and not is_phone(typed)):
                continue
            before = line[start:place].rstrip()
            said_by = self._said_by.search(before.lower())
            if said_by is None and before[-1:] not in _QUOTE_END:
                continue
            one = self._people.exact(typed).one
            if one is not None:
                kept = before[: said_by.start()].rstrip() if said_by is not None else before
                return (start, start + len(kept)), [Part("customer", place, end, one.id, True)]
        return span, []

    def _tail(
        self, folded: str, span: tuple[int, int], taken: Sequence[Part], today: date
    ) -> tuple[tuple[int, int], list[Part]]:
        """Takes side parts off the end of the words: from a part on that can be nothing else, such as "2 stars"."""
        start, end = span
        starts = [found.start() for found in re.finditer(r"\S+", folded[start:end])][-_LONGEST_TAIL:]
        for place in starts:
            if place == 0:
                continue
            parts = self._scanner.only_parts(folded, start + place, end, today)
            if not parts or not parts[0].sure or parts[0].start != start + place:
                continue
            before = folded[start : start + place].split()[-1]
            if parts[0].kind == "rating" and before.strip(".,'’") in self._carries_rating:
                continue
            if _each_once([parts], taken) == [[]]:
                continue
            return (start, start + len(folded[start : start + place].rstrip(_DASHES))), parts
        return span, []


def _named(parts: Sequence[Part]) -> bool:
    return any(part.kind in ("customer", "anonymous") for part in parts)


def _each_once(found: Sequence[list[Part]], taken: Sequence[Part]) -> list[list[Part]]:
    """Only the first of what can be said once: a stretch that says it again, and differently, is words."""
    known = {part.kind: part.value for part in taken if part.kind in _ONCE}
    kept: list[list[Part]] = []
    for side in found:
        said = dict(known)
        again = False
        for part in side:
            if part.kind in _ONCE:
                again = again or said.setdefault(part.kind, part.value) != part.value
        kept.append([] if again else side)
        known = known if again else said
    return kept


def _runs(found: Sequence[Sequence[Part]]) -> list[tuple[int, int]]:
    """First and last+1 of each run of stretches that are side parts."""
    runs: list[tuple[int, int]] = []
    for place, side in enumerate(found):
        if side and runs and runs[-1][1] == place:
            runs[-1] = (runs[-1][0], place + 1)
        elif side:
            runs.append((place, place + 1))
    return runs


def _joined(kept: Sequence[tuple[int, int]], everything: Sequence[tuple[int, int]]) -> tuple[tuple[int, int], ...]:
    """The kept stretches with the comma that follows each; neighbours in one. The last has none."""
    words: list[tuple[int, int]] = []
    for place, (start, end) in enumerate(kept):
        if place + 1 < len(kept):
            end = next(other for other, _end in everything if other >= end)
        if words and words[-1][1] == start:
            words[-1] = (words[-1][0], end)
        else:
            words.append((start, end))
    return tuple(words)
