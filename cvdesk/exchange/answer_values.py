"""Cells of a questionnaire into answers: numbers on any scale, words, and what does not apply."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from typing import NamedTuple

from cvdesk.exchange.names_more import Asked
from cvdesk.exchange.rating_words import usual_value
from cvdesk.exchange.ratings import Scale, find_scale, number_of, scale_in_name
from cvdesk.exchange.worded_scales import WordedScale, not_apply, plain_words

ZERO_TO_TEN = Scale(0, 10)
# How strongly something is so, from not at all to a great deal: the words under the questions of costs and drawbacks.
_HOW_MUCH = {
    word: float(value)
    for value, words in (
        (1, "not at all|none|no trouble|never|very low|very little|very easy to bear|hardly|hardly at all"),
        (2, "a little|slightly|little|low|rarely|seldom|hardly ever|a bit"),
        (3, "somewhat|moderately|some|sometimes|medium|a fair amount|partly|average|about even|once or twice"),
        (4, "quite a bit|a lot|much|high|often|considerably|mostly"),
        (5, "a great deal|very much|extremely|very high|always|completely|too much|all of it|again and again"),
    )
    for word in words.split("|")
}
_YES, _NO = frozenset({"yes", "y", "true", "1", "ja", "oui", "si"}), frozenset({"no", "n", "false", "0", "nein", "non"})
_LEADING = re.compile(r"\s*(-?\d+(?:[.,]\d+)?)\s*(?:[-–—:=.)(]|\s[^\W\d])")


class Answer(NamedTuple):
    """One answer: a state of the file's answers, a number or none, and words."""

    state: str
    value: float | None
    text: str = ""


def find_scales(questions: Mapping[str, Asked], columns: Mapping[str, tuple[str, Counter[str]]]) -> dict[str, Scale]:
    """Question key -> scale of its column (name, how often each cell occurs); the 0-10 question keeps its own."""
    found = {}
    for key, (name, counts) in columns.items():
        if questions[key].kind == "scale5":
            numbers: Counter[str] = Counter()
            for cell, count in counts.items():
                numbers[_number_text(cell)] += count
            found[key] = find_scale(numbers, name)
        elif questions[key].kind == "scale0_10":
            found[key] = scale_in_name(name) or ZERO_TO_TEN
    return found


def _number_text(cell: str) -> str:
    """The number of "4 - Good"; other cells as they stand."""
    found = _LEADING.match(cell)
    return found[1] if found else cell


class AnswerReader:
    """Turns the cells of one question's column into answers."""

    def __init__(
        self, question: Asked, scale: Scale | None, decimal: str = "", worded: WordedScale | None = None
    ) -> None:
        self._kind = question.kind
        self._gain = question.gain
        self._scale = scale
        self._decimal = decimal
        self._words: Mapping[str, float] = worded.values if worded is not None else {}
        self._anchors: dict[str, float] = {}
        for value, words in question.anchors.items():
            for form in (words, words.split(":")[0], words.split("(")[0]):
                self._anchors.setdefault(plain_words(form), float(value))

    def read(self, cell: str) -> Answer | None:
        """The answer; None for an empty cell. ValueError for one that cannot be understood."""
        text = cell.strip()
        if not text:
            return None
        if self._kind == "text":
            return Answer("answered", None, text)
        words = plain_words(text)
        # What a word is worth beside the others of its column; a number before it says so itself.
        if words in self._words and not text[0].isdigit():
            return Answer("answered", self._words[words])
        if words in self._anchors:
            return Answer("answered", self._anchors[words])
        if not words:  # a dash
            return None
        if not_apply(words):
            return Answer("not_apply", None)
        value = self._yes_no(words) if self._kind == "yes_no" else self._number(text, words)
        if value is None:
            raise ValueError(f"{cell!r} is no answer")
        return Answer("answered", value)

    @staticmethod
    def _yes_no(words: str) -> float | None:
        first = words.split(" ")[0]
        return 1.0 if first in _YES else 0.0 if first in _NO else None

    def _number(self, text: str, words: str) -> float | None:
        if self._scale is None and words in self._words:  # "(0) No problem": the number is only part of the words
            return self._words[words]
        found = number_of(_number_text(text), self._decimal)
        if found is not None:
            return self._on_scale(found[0], found[1])
        if self._kind == "scale0_10":
            return None
        much = _HOW_MUCH.get(words)
        return much if much is not None or not self._gain else usual_value(text)

    def _on_scale(self, value: float, end: float | None) -> float | None:
        """On 1-5; the 0-10 question is kept as such and nothing else counts as an answer to it."""
        if self._kind == "scale0_10":
            whole = end in (None, 10.0) and self._scale == ZERO_TO_TEN and value == int(value)
            return value if whole and 0 <= value <= 10 else None
        scale = self._scale or Scale(1, 5)
        if end is not None and end != scale.best:
            scale = Scale(0.0 if end >= 10 else 1.0, end)
        return scale.to_stars(value) if scale.best != scale.worst else None
