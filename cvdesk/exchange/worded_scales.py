"""Answers in words that form a scale: how strong each is, and whether the strongest is good or bad."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from cvdesk.catalogue.records import match_key

_NOT_APPLY = frozenset({
    "does not apply", "doesnt apply", "not applicable", "n a", "na", "dont know", "do not know", "not sure",
    "does not apply dont know", "no opinion", "cant say", "prefer not to say", "prefer not to answer", "unfamiliar n a",
    "unfamiliar", "not familiar", "i dont know", "trifft nicht zu", "weiss nicht", "keine angabe", "ne sait pas",
    "sans avis", "no se", "no aplica",
})  # fmt: skip
# How much of something: rank, and the words that say so before it ("very useful") or alone ("very much").
_DEGREES = tuple(
    (rank, re.compile(rf"^(?:{words})\b ?"))
    for rank, words in (
        (0, "not at all|not|never|no|none of the time"),
        (1, "slightly|a little|a bit|hardly|barely|not very|not so|rarely|seldom|not really"),
        (2, "somewhat|moderately|fairly|partly|sometimes|occasionally|rather|neutral"),
        (4, "extremely|completely|totally|absolutely|critically|always|entirely|exceptionally|incredibly"),
        (3, "very|quite|highly|mostly|often|usually|really|strongly"),
    )
)
_LONGER_FIRST = re.compile(r"^(?:not at all|not very|not so|not really)\b ?")
# Words that stand for a degree by themselves, and of what.
_ALONE = {"critical": (4, "important"), "essential": (4, "important"), "unimportant": (0, "important")}
_OFTEN = {
    word: rank
    for rank, words in enumerate((
        "never|none of the time|not at all", "rarely|seldom|hardly ever|once in a while|almost never",
        "sometimes|occasionally|about half the time|half the time|now and then",
            "often|usually|frequently|mostly|most of the time",
        "always|every time|all the time",
    ))
    for word in words.split("|")
}  # fmt: skip
_AT_ALL = re.compile(r"^(?:no )?not (.+) at all$")
_NEITHER = re.compile(r"^(?:neither|neutral|undecided|about the same|no preference|mixed|indifferent)\b")
# "(4) Critical", "5 - Excellent", "1 = poor"; "3. May" and "2) Spelt" may only count.
_NUMBERED = re.compile(r"(?:[(\[](\d{1,2})[)\]]|(\d{1,2})\s+[-–—=]|(\d{1,2})=)\s*(?=[^\W\d])")
_ANSWER = re.compile(r"^(?:yes|no)\b ?(?=\S)")
_OPPOSITES = {
    "unlikely": "likely", "dissatisfied": "satisfied", "unsatisfied": "satisfied", "unfavorably": "favorably",
    "unfavourably": "favourably", "unfavorable": "favorable", "unfavourable": "favourable", "unhelpful": "helpful",
    "unfriendly": "friendly", "unhappy": "happy", "disagree": "agree", "unreasonable": "reasonable",
    "inconvenient": "convenient", "unclear": "clear", "dishonest": "honest", "unfair": "fair",
    "ineffective": "effective",
    "unprofessional": "professional",
    "uncomfortable": "comfortable", "unreliable": "reliable", "difficult": "easy",
    "hard": "easy", "slow": "fast", "expensive": "cheap", "confusing": "clear", "bad": "good", "poor": "good",
    "negative": "positive", "worse": "better", "low": "high",
}  # fmt: skip
_GOOD = frozenset({
    "likely", "satisfied", "favorably", "favourably", "favorable", "favourable", "helpful", "friendly", "happy",
    "agree", "reasonable", "convenient", "clear", "honest", "fair", "effective", "professional", "comfortable",
    "reliable", "easy", "fast", "cheap", "good", "positive", "better", "useful", "important", "quick", "smooth",
    "valuable", "confident", "pleased", "pleasant", "responsive", "knowledgeable", "polite", "well", "worth it",
})  # fmt: skip
_BAD = frozenset({
    "rude", "stressful", "annoying", "frustrating", "difficult", "hard", "slow", "expensive", "confusing", "bad",
    "poor", "negative", "worse", "long", "worried", "disappointed", "problematic", "bothersome", "dear",
    "heavy",
})  # fmt: skip
_FEWEST, _MOST = 3, 7
_LAST = 10
_SHARE = 0.95


@dataclass(frozen=True, slots=True)
class WordedScale:
    """Words (as `plain_words` gives them) on 1-5, 5 the strongest. `good`: the strongest is the best; None: neither.

    `names`: a value, 1-5, and a cell that stands for it.
    """

    values: Mapping[str, float]
    good: bool | None
    names: Mapping[float, str]

    def turned_for(self, gain: bool) -> WordedScale:
        """The scale as a question takes it whose 5 is best (`gain`) or heaviest: "very easy" is little effort."""
        if self.good is None or self.good == gain:
            return self
        return WordedScale(
            {words: 6 - value for words, value in self.values.items()},
            gain,
            {6 - value: cell for value, cell in self.names.items()},
        )


def plain_words(cell: str) -> str:
    """A cell as its words are compared."""
    bare = match_key(cell).replace("'", "").replace("’", "")
    return " ".join(re.sub(r"[^\w]+", " ", bare).replace("_", " ").split())


def not_apply(words: str) -> bool:
    """Whether these words, as `plain_words` gives them, say that a question was none for this person."""
    return words in _NOT_APPLY or words.startswith("n a ")


def find_numbered_scale(counts: Mapping[str, int]) -> WordedScale | None:
    """The scale of words that carry their numbers, "(0) No problem" to "(4) Critical"; None where there is none.

    Every number has one wording; they begin with 0 or 1, and at most one step was taken by nobody.
    """
    found: dict[int, str] = {}
    for cell in counts:
        words = plain_words(cell)
        if not words or not_apply(words):
            continue
        number = _NUMBERED.match(cell.strip())
        place = int(next(filter(None, number.groups()))) if number else -1
        if place < 0 or plain_words(found.setdefault(place, cell)) != words:
            return None
    low, high = min(found, default=0), max(found, default=0)
    if len(found) < _FEWEST or low > 1 or high > _LAST or len(found) < high - low:
        return None
    spread = {place: 1 + 4 * (place - low) / (high - low) for place in found}
    return WordedScale(
        {plain_words(cell): spread[place] for place, cell in found.items()},
        None,
        {spread[place]: cell.strip() for place, cell in found.items()},
    )


def find_worded_scale(counts: Mapping[str, int]) -> WordedScale | None:
    """The scale the words of a column form, "not at all useful" to "extremely useful"; None where they form none.

    `counts`: how often each cell occurs. At least three steps of the same thing must make up 95 % of what was
    answered; steps are spread evenly over 1-5, with a middle where there are opposites.
    """
    cells = {cell: count for cell, count in counts.items() if (words := plain_words(cell)) and not not_apply(words)}
    read = {cell: _step(plain_words(cell)) for cell in cells}
    whats = {what for found in read.values() if found is not None and (what := found[1])}
    if len(whats) != 1:
        return None
    (what,) = whats
    steps = {cell: found[0] for cell, found in read.items() if found is not None}
    if sum(cells[cell] for cell in steps) < _SHARE * sum(cells.values()):
        return None
    places = sorted(set(steps.values()))
    if not _FEWEST <= len(places) <= _MOST or (places[0] > 0 and not any(place < 0 for place in places)):
        return None
    spread = _spread(places)
    values = {plain_words(cell): spread[place] for cell, place in steps.items()}
    good = True if what in _GOOD else False if what in _BAD else None
    return WordedScale(values, good, {spread[place]: cell.strip() for cell, place in steps.items()})


def _spread(places: list[int]) -> dict[int, float]:
    """Places in order on 1-5; where some are below nought, nought is the middle."""
    if places[0] < 0:
        top = max(abs(places[0]), places[-1])
        below = sorted({abs(place) for place in places if place})
        rank = {0: 0, **{place: number for number, place in enumerate(below, start=1)}}
        return {
            place: 3 + 2 * (1 if place > 0 else -1) * rank[abs(place)] / rank[top] if place else 3.0 for place in places
        }
    return {place: 1 + 4 * number / (len(places) - 1) for number, place in enumerate(places)}


def _step(words: str) -> tuple[int, str] | None:
    """(place of a cell on its scale, below nought for the opposite; of what), None for words that are no step."""
    if _NEITHER.match(words):
        return 0, ""
    if words in _ALONE:
        return _ALONE[words]
    if words in _OFTEN:
        return _OFTEN[words], "often"
    words = _AT_ALL.sub(r"not at all \1", words)
    words = _ANSWER.sub("", words) if _ANSWER.match(words) and not words.startswith("no opinion") else words
    longer = _LONGER_FIRST.match(words)
    degree, what = 2, words
    if longer:
        degree, what = (0 if longer[0].startswith("not at all") else 1), words[longer.end() :]
    else:
        for rank, pattern in _DEGREES:
            found = pattern.match(words)
            if found:
                degree, what = rank, words[found.end() :]
                break
    if not what or len(what.split()) > 3:
        return None
    opposite = _OPPOSITES.get(what)
    return (-degree, opposite) if opposite else (degree, what)
