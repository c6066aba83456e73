"""What the words suggest beyond what was said outright: kind, complaint, safety, offering. Suggestions only."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from cvdesk.feedback.capture_dates import any_of
from cvdesk.feedback.capture_words import Words

_LOW, _HIGH = 2.0, 4.0
_BURDENS = ("costs", "drawbacks")


class Guesses:
    """The phrases that suggest something, ready to be looked for. Texts are in lower case."""

    def __init__(self, words: Words, offerings: Mapping[str, int]) -> None:
        self._suggestion = _phrases(words.suggestion_phrases)
        self._complaint = _phrases(words.complaint_phrases)
        self._safety = _phrases(words.safety_phrases, whole=False)
        self._praise = _phrases(words.praise_phrases)
        self._offerings = offerings
        self._offering = _phrases(tuple(offerings))

    def kind(self, text: str, rating: float | None, levers: Sequence[str]) -> str:
        """The kind of entry these words, this rating and the parts of value they touch most likely are."""
        if text.rstrip().endswith(("?", "？", "؟")):
            return "suggestion" if self._suggestion.search(text) else "question"
        if rating is not None and rating <= _LOW:
            return "problem"
        if self._suggestion.search(text):
            return "suggestion"
        if rating is not None and rating >= _HIGH:
            return "praise"
        if rating is not None:
            return "comment"
        return self._unrated_kind(text, levers)

    def _unrated_kind(self, text: str, levers: Sequence[str]) -> str:
        if self.like_complaint(text, None) or self._safety.search(text):
            return "problem"
        if self._praise.search(text):
            return "praise"
        return "problem" if levers and all(lever in _BURDENS for lever in levers) else "comment"

    def like_complaint(self, text: str, rating: float | None) -> bool:
        """Whether to ask if this is a complaint: two stars or fewer, or words like "refund" and no good rating."""
        if rating is not None and rating <= _LOW:
            return True
        return (rating is None or rating < _HIGH) and self._complaint.search(text) is not None

    def endangered(self, text: str, rating: float | None) -> bool:
        """Whether the words speak of danger (allergens, injuries, leaked data) and no good rating says otherwise.

        Enough to mark it: a mark too many is one press to take away, one too few may hurt somebody.
        """
        return (rating is None or rating < _HIGH) and self._safety.search(text) is not None

    def offering(self, text: str) -> tuple[int, int, int] | None:
        """The longest name of an offering in the words, as (id, start, end); None when none or several are named."""
        if not self._offerings:
            return None
        found = list(self._offering.finditer(text))
        ids = {self._offerings[" ".join(match.group().split())] for match in found}
        return (ids.pop(), found[0].start(), found[0].end()) if len(ids) == 1 else None


def _phrases(phrases: Sequence[str], whole: bool = True) -> re.Pattern[str]:
    """Finds any of the phrases as whole words, or as beginnings of words; nothing when there are none."""
    if not phrases:
        return re.compile(r"(?!)")
    return re.compile(rf"(?<!\w)(?:{any_of(phrases)})" + (r"(?!\w)" if whole else ""))
