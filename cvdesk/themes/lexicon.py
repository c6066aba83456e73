"""Finding themes by the words of a comment: the owner's rules first, then keywords (METHOD 5, steps 1 and 2).

Words are compared by their beginnings, without case and accents, so keywords in any language work that writes its
words apart; where it does not (Chinese, Japanese, Thai) a keyword may stand anywhere. The bank's keywords and the words
that turn a sentence round (not, never, without) are English.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from cvdesk.catalogue.records import match_key
from cvdesk.themes.records import MOST_THEMES, Theme
from cvdesk.themes.records_learn import RULE, WORDS, Hit

_NEGATIONS = frozenset(
    re.findall(
        r"\w+",
        """not no never without nothing none neither nor cannot hardly barely isnt wasnt arent werent dont doesnt didnt
        cant couldnt wont wouldnt shouldnt hasnt havent hadnt aint""",
    )
)
_WINDOW = 3
_MOST_MET = 50_000
_WORD = re.compile(r"[^\W_]+")
_SHORTENED = re.compile(r"(?<=n)['’](?=t\b)")
# Written without blanks between the words: Thai, Lao, Burmese, Khmer, Japanese, Chinese.
_UNSPACED = re.compile(
    "[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]"
)


@dataclass(frozen=True, slots=True)
class _Key:
    """A keyword as it is compared: `place` of its theme, whether a negation before it takes it back."""

    words: str
    place: int
    rule: bool
    negatable: bool


class Lexicon:
    """The words of some themes, ready to be looked for. Making it costs a millisecond, a comment some microseconds."""

    def __init__(self, themes: Sequence[Theme]) -> None:
        self._themes = tuple(themes)
        self._starts: dict[str, list[_Key]] = {}
        self._anywhere: list[_Key] = []
        for place, theme in enumerate(self._themes):
            gain = theme.lever not in ("costs", "drawbacks")
            for word in theme.keywords:
                self._add(word, place, rule=False, gain=gain)
            for word in theme.rules:
                self._add(word, place, rule=True, gain=gain)
        self._lengths = sorted({len(start) for start in self._starts})
        self._met: dict[str, tuple[_Key, ...]] = {}

    def _add(self, keyword: str, place: int, *, rule: bool, gain: bool) -> None:
        key = match_key(keyword)
        # What the owner said always means a theme does so after "not" as well.
        made = _Key(" ".join(words_of(key)), place, rule, gain and not rule)
        if _UNSPACED.search(key):
            self._anywhere.append(_Key("".join(key.split()), place, rule, negatable=False))
        elif made.words:
            self._starts.setdefault(made.words.split(" ", 1)[0], []).append(made)

    def find(self, text: str, without: frozenset[int] = frozenset()) -> tuple[Hit, ...]:
        """Up to three themes the text speaks of: those by rule first, then most places first; none when unsure.

        A place within three words after a negation counts for burdens all the same ("no reply") but not for gains.
        `without`: ids of themes it is known not to be about.
        """
        key = match_key(text)
        places: dict[int, set[int]] = {}
        ruled: set[int] = set()
        for one, at in (*self._in_words(key), *self._in_signs(key)):
            places.setdefault(one.place, set()).add(at)
            if one.rule:
                ruled.add(one.place)
        order = sorted(places, key=lambda place: (place not in ruled, -len(places[place]), place))
        hits = (
            Hit(self._themes[place], float(len(places[place])), RULE if place in ruled else WORDS) for place in order
        )
        return tuple(hit for hit in hits if hit.theme.id not in without)[:MOST_THEMES]

    def _in_words(self, key: str) -> list[tuple[_Key, int]]:
        words = words_of(key)
        joined = ""
        found = []
        for at, word in enumerate(words):
            for one in self._met[word] if word in self._met else self._begun(word):
                joined = joined or " ".join(words)
                start = sum(map(len, words[:at])) + at
                if joined.startswith(one.words, start) and not (one.negatable and _negated(words, at)):
                    found.append((one, at))
        return found

    def _begun(self, word: str) -> tuple[_Key, ...]:
        """The keywords whose first word this word begins with. Comments use the same words again and again."""
        keys = tuple(
            one for length in self._lengths if length <= len(word) for one in self._starts.get(word[:length], ())
        )
        if len(self._met) < _MOST_MET:
            self._met[word] = keys
        return keys

    def _in_signs(self, key: str) -> list[tuple[_Key, int]]:
        if not self._anywhere or not _UNSPACED.search(key):
            return []
        closed = "".join(key.split())
        # Apart from the places of words, of which there are fewer than letters.
        return [(one, -1 - closed.find(one.words)) for one in self._anywhere if one.words in closed]


def words_of(key: str) -> list[str]:
    """The words of a text that `match_key` has been through; "don't" is one of them."""
    return _WORD.findall(_SHORTENED.sub("", key))


def _negated(words: list[str], at: int) -> bool:
    return not _NEGATIONS.isdisjoint(words[max(0, at - _WINDOW) : at])


@lru_cache(maxsize=8)
def lexicon_of(themes: tuple[Theme, ...]) -> Lexicon:
    """The lexicon of these themes; made once. The line to log is read again at every key typed."""
    return Lexicon(themes)


def suggest(text: str, themes: Sequence[Theme]) -> list[Theme]:
    """Up to three themes whose words the text uses, the likeliest first; none when unsure."""
    return [hit.theme for hit in lexicon_of(tuple(themes)).find(text)]
