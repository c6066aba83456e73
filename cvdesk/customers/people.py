"""Who is meant by a name, an e-mail address or a phone number: an index made once and asked at every keystroke."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from heapq import nsmallest

from cvdesk.catalogue.records import match_key
from cvdesk.customers.records import is_email, is_phone, phone_key

# Typing errors: how alike names must be (0-100), and how much more alike than the next customer's.
_ALIKE = 87.0
_CLEAR_MARGIN = 8.0
_MOST_CANDIDATES = 5
_MOST_KEPT = 100
# One word of a name must be this long before a typing error in it is looked for.
_SHORTEST_ALIKE = 5


@dataclass(frozen=True, slots=True)
class Person:
    """What the index needs of a customer; `keys` are e-mail addresses and phones as they are compared.

    `heard`: the larger, the more lately something was heard of them.
    """

    id: int
    name: str
    nicknames: tuple[str, ...] = ()
    keys: tuple[str, ...] = ()
    heard: int = 0


@dataclass(frozen=True, slots=True)
class Candidate:
    """A customer who may be meant."""

    id: int
    name: str


@dataclass(frozen=True, slots=True)
class Found:
    """Who fits: exactly one is meant, several are candidates, none is unknown.

    `how`: exact, part (words of the name), alike (but for typing errors), several (each was named) or none.
    """

    candidates: tuple[Candidate, ...]
    how: str

    @property
    def one(self) -> Candidate | None:
        """The one customer who fits, or None."""
        return self.candidates[0] if len(self.candidates) == 1 else None


NOBODY = Found((), "none")


class People:
    """The customers by everything they are known by."""

    def __init__(self, people: Iterable[Person] = (), country: str = "GB") -> None:
        self._country = country
        self._names: dict[int, str] = {}
        self._exact: dict[str, list[int]] = {}
        self._parts: dict[str, list[int]] = {}
        self._heard: dict[int, int] = {}
        self._named: dict[str, list[int]] = {}
        self._kept: dict[str, Found] = {}  # who was alike, asked again at every key
        begun: list[tuple[str, bool, int]] = []  # names from each of their words on; whether that is the first
        self._begun = begun
        for person in people:
            self._add(person)
        begun.sort()
        self._spellings: Sequence[str] = list(self._named)
        self._words: Sequence[str] = [word for word in self._parts if len(word) >= _SHORTEST_ALIKE]

    def _add(self, person: Person) -> None:
        self._names[person.id] = person.name
        self._heard[person.id] = person.heard
        for key in person.keys:
            _note(self._exact, key, person.id)
        for name in (person.name, *person.nicknames):
            key = match_key(name)
            words = key.split()
            for spelling in (key, " ".join(sorted(words))):
                _note(self._exact, spelling, person.id)
                _note(self._named, spelling, person.id)
            for place, word in enumerate(words):
                _note(self._parts, word, person.id)
                self._begun.append((" ".join(words[place:]), place > 0, person.id))

    def __len__(self) -> int:
        return len(self._names)

    @staticmethod
    def prepare() -> None:
        """Brings along what the first number and the first typing error need, while nobody waits for it."""
        import phonenumbers  # noqa: F401
        from rapidfuzz import fuzz, process  # noqa: F401

    def knows(self, customer_id: int) -> bool:
        """Whether this is a customer's id."""
        return customer_id in self._names

    def name(self, customer_id: int) -> str:
        """What a customer is called; raises KeyError for an unknown id."""
        return self._names[customer_id]

    def exact(self, typed: str) -> Found:
        """Customers known by exactly this name, nickname, e-mail address or phone number."""
        key = match_key(typed)
        if not key:
            return NOBODY
        ids = self._exact.get(key) or self._exact.get(" ".join(sorted(key.split())))
        if ids is None and is_email(typed):
            ids = self._exact.get(typed.strip().casefold())
        if ids is None and is_phone(typed):
            ids = self._exact.get(phone_key(typed, self._country))
        return self._found(ids or [], "exact")

    def find(self, typed: str) -> Found:
        """Who is meant: exactly so called, or the only ones with these words in the name, or the most alike."""
        found = self.exact(typed)
        if found.candidates or is_email(typed) or is_phone(typed):
            return found
        words = match_key(typed).split()
        if not words:
            return NOBODY
        by_parts = self._by_parts(words)
        return by_parts if by_parts.candidates else self._alike_kept(" ".join(words))

    def beginning(self, typed: str, limit: int) -> list[str]:
        """Names of customers whose name, a later word of it or a nickname begins so; those heard lately first."""
        key = match_key(typed)
        if not key:
            return []
        ranks: dict[int, tuple[bool, int]] = {}
        for place in range(bisect_left(self._begun, (key,)), len(self._begun)):
            begun, later, customer_id = self._begun[place]
            if not begun.startswith(key):
                break
            rank = (later, -self._heard[customer_id])
            ranks[customer_id] = min(rank, ranks.get(customer_id, rank))
        best = nsmallest(limit, ranks, key=lambda customer_id: (*ranks[customer_id], self._names[customer_id]))
        return list(dict.fromkeys(self._names[one] for one in best if match_key(self._names[one]) != key))

    def _by_parts(self, words: Sequence[str]) -> Found:
        sets = [set(self._parts.get(word, ())) for word in words]
        return self._found(sorted(set.intersection(*sets)), "part")

    def _alike_kept(self, key: str) -> Found:
        found = self._kept.get(key)
        if found is None:
            if len(self._kept) >= _MOST_KEPT:
                self._kept.clear()
            found = self._kept[key] = self._alike(key)
        return found

    def _alike(self, key: str) -> Found:
        if len(key) < 4:
            return NOBODY
        from rapidfuzz import fuzz, process

        best: dict[int, float] = {}
        for spelling, score, _place in process.extract(
            key, self._spellings, scorer=fuzz.ratio, score_cutoff=_ALIKE - _CLEAR_MARGIN, limit=2 * _MOST_CANDIDATES
        ):
            for customer_id in self._named[spelling]:
                best[customer_id] = max(score, best.get(customer_id, 0.0))
        if not best and " " not in key and len(key) >= _SHORTEST_ALIKE:
            for word, score, _place in process.extract(
                key, self._words, scorer=fuzz.ratio, score_cutoff=_ALIKE, limit=2 * _MOST_CANDIDATES
            ):
                for customer_id in self._parts[word]:
                    best[customer_id] = max(score, best.get(customer_id, 0.0))
        return self._clear(best)

    def _clear(self, scores: Mapping[int, float]) -> Found:
        ranked = sorted(scores, key=lambda customer_id: (-scores[customer_id], customer_id))
        if not ranked or scores[ranked[0]] < _ALIKE:
            return NOBODY
        near = [customer_id for customer_id in ranked if scores[customer_id] > scores[ranked[0]] - _CLEAR_MARGIN]
        return self._found(near, "alike")

    def _found(self, ids: Sequence[int], how: str) -> Found:
        if not ids:
            return NOBODY
        return Found(tuple(Candidate(row_id, self._names[row_id]) for row_id in ids[:_MOST_CANDIDATES]), how)


def _note(table: dict[str, list[int]], key: str, customer_id: int) -> None:
    ids = table.setdefault(key, [])
    if key and customer_id not in ids[-1:]:
        ids.append(customer_id)
