"""What people type into the search of feedback: words, phrases, what is to be left out; and where a text matches it."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

from cvdesk.catalogue.records import match_key
from cvdesk.db.derived import folded, search_words

_SHORTEST_WORD = 2
_PART = re.compile(r'(?P<without>-?)(?:"(?P<phrase>[^"]*)"?|(?P<word>[^\s"]+))')
_TOKEN = re.compile(r"(?:[^\W_]|[\u0300-\u036f])+")  # with the accents that stand alone
_OF = "of:"  # what follows is a customer's name


@dataclass(frozen=True, slots=True)
class Term:
    """One thing to be found: its words in order, the last one as a beginning unless it was quoted."""

    words: tuple[str, ...]
    whole: bool = False

    @property
    def match(self) -> str:
        """The term as the search index takes it. It is made of letters and digits only, so quotes need no care."""
        return '"{}"{}'.format(" ".join(self.words), "" if self.whole else "*")

    @property
    def name(self) -> str:
        """The term as names are compared."""
        return match_key(" ".join(self.words))


@dataclass(frozen=True, slots=True)
class Search:
    """What was typed: every one of `terms` must occur, none of `without`; `of` must be in the customer's name."""

    terms: tuple[Term, ...] = ()
    of: tuple[Term, ...] = ()
    without: tuple[Term, ...] = ()

    @property
    def empty(self) -> bool:
        """Whether nothing was typed that could be searched for."""
        return not (self.terms or self.of or self.without)


def read_search(text: str) -> Search:
    """What people type, taken apart.

    Words of one letter are left out beside longer ones, but signs that are words of their own are kept.
    """
    terms: list[Term] = []
    of: list[Term] = []
    without: list[Term] = []
    named = False
    for part in _PART.finditer(text.replace("“", '"').replace("”", '"').replace("„", '"')):
        word = part["word"] or ""
        if word.lower().startswith(_OF):
            named, word = True, word[len(_OF) :]
        words = tuple(tokens(part["phrase"] if part["phrase"] is not None else word))
        if not words:
            continue
        term = Term(words, whole=part["phrase"] is not None)
        if named:
            of.append(term)
            named = False
        elif part["without"]:
            without.append(term)
        else:
            terms.append(term)
    long = [term for term in terms if len(term.words) > 1 or _is_long(term.words[0])]
    return Search(tuple(long or terms), tuple(of), tuple(without))


def _is_long(word: str) -> bool:
    return len(word) >= _SHORTEST_WORD or not word.isascii()


def tokens(text: str) -> list[str]:
    """The words of a text as the search index takes them apart; case and accents are left to the index."""
    return _TOKEN.findall(search_words(unicodedata.normalize("NFC", text)))


def match_words(text: str) -> str:
    """What people type as an expression for the search index; "" where there is nothing it could find."""
    search = read_search(text)
    return match_of(search.terms, search.without)


def match_of(terms: tuple[Term, ...], without: tuple[Term, ...]) -> str:
    """Terms as an expression for the search index; "" where nothing has to occur."""
    if not terms:
        return ""
    found = " AND ".join(term.match for term in terms)
    return f"({found}) NOT ({any_of(without)})" if without else found


def any_of(terms: tuple[Term, ...]) -> str:
    """An expression for the search index that any of the terms meets."""
    return " OR ".join(term.match for term in terms)


def matches(text: str, search: Search) -> list[tuple[int, int]]:
    """Where a text has what was searched for, as (start, end) from left to right; what meets is joined."""
    if not search.terms:
        return []
    found: list[tuple[int, int]] = []
    words = [(word, start, end) for word, start, end in _placed(text) if word]
    for place in range(len(words)):
        for term in search.terms:
            last = place + len(term.words) - 1
            if last < len(words) and _meets(term, [word for word, _start, _end in words[place : last + 1]]):
                found.append((words[place][1], words[last][2]))
    joined: list[tuple[int, int]] = []
    for start, end in sorted(found):
        if joined and start <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((start, end))
    return joined


def _meets(term: Term, words: list[str]) -> bool:
    wanted = [folded(word) for word in term.words]
    if words[:-1] != wanted[:-1]:
        return False
    return words[-1] == wanted[-1] if term.whole else words[-1].startswith(wanted[-1])


def _placed(text: str) -> list[tuple[str, int, int]]:
    """The words of a text with their places; signs written without spaces stand alone."""
    found = []
    for word in _TOKEN.finditer(text):
        place = word.start()
        for piece in search_words(word.group()).split():
            found.append((folded(piece), place, place + len(piece)))
            place += len(piece)
    return found
