"""Which themes a comment is suggested to be about: rules, then what was learned where it is sure, then keywords."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from cvdesk.themes.learn import Model
from cvdesk.themes.lexicon import Lexicon
from cvdesk.themes.records import MOST_THEMES
from cvdesk.themes.records_learn import RULE, Hit

_AT_ONCE = 500


@dataclass(frozen=True, slots=True)
class Sorter:
    """The words, and the model where it does better than they do.

    `sure`: what the model says of texts it was asked about before; it takes a millisecond for each.
    """

    lexicon: Lexicon
    model: Model | None = None
    sure: Mapping[str, tuple[Hit, ...]] = field(default_factory=dict)

    def sort(self, texts: Sequence[str], without: Sequence[frozenset[int]] = ()) -> list[tuple[Hit, ...]]:
        """For each text up to three themes, the likeliest first; none when unsure.

        `without`: for each text the themes it is known not to be about; empty: nothing is known of any.
        """
        known = without or [frozenset[int]()] * len(texts)
        by_words = [self.lexicon.find(text, not_about) for text, not_about in zip(texts, known, strict=True)]
        if self.model is None:
            return by_words
        sure = self.prepared(texts).sure
        return [
            _both(hits, sure[text], not_about) for hits, text, not_about in zip(by_words, texts, known, strict=True)
        ]

    def prepared(self, texts: Sequence[str]) -> Sorter:
        """The same, with what the model says of these texts worked out."""
        if self.model is None:
            return self
        new = [text for text in dict.fromkeys(texts) if text not in self.sure]
        if not new:
            return self
        found = dict(self.sure)
        for start in range(0, len(new), _AT_ONCE):
            part = new[start : start + _AT_ONCE]
            found |= zip(part, self.model.sure(part), strict=True)
        return replace(self, sure=found)


def _both(by_words: tuple[Hit, ...], sure: tuple[Hit, ...], not_about: frozenset[int]) -> tuple[Hit, ...]:
    """Rules stand first whatever was learned; keywords count where nothing was learned surely."""
    rules = [hit for hit in by_words if hit.by == RULE]
    ruled = {hit.theme.id for hit in rules}
    learned = [hit for hit in sure if hit.theme.id not in ruled | not_about]
    return (*rules, *learned)[:MOST_THEMES] if learned else by_words
