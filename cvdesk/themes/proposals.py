"""New themes among comments nobody filed: words that keep coming together (METHOD 5, step 4).

Needs the extra "learning"; what of it is used is imported inside functions.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from cvdesk.catalogue.records import match_key
from cvdesk.stats.ctfidf import top_words
from cvdesk.themes.learn import one_core
from cvdesk.themes.lexicon import words_of
from cvdesk.themes.records_learn import Proposal

NEED_UNFILED = 150
MOST_UNFILED = 5_000
_FEWEST, _MOST = 3, 8
_WORDS = 5
_EXAMPLES = 3
# A proposal is of no use for fewer comments than this, nor for a smaller share of them.
_FEWEST_COMMENTS, _SMALLEST_SHARE = 5, 0.03
# Of five words: themes that share two do not stay apart; one that shares three with another is the same.
_CLOSE, _SAME = 2, 3
_EVERYWHERE = 0.4
_RAREST = 3
_ROUNDS = 100
_SHORTEST = 3
_MORE_EMPTY = {"dont", "didnt", "wont", "doesnt", "isnt", "wasnt", "just"}


def proposals(texts: Sequence[tuple[int, str]], dropped: Iterable[Sequence[str]] = ()) -> tuple[Proposal, ...]:
    """Themes that comments, given as (id, words), seem to share; those of most comments first.

    As many of three to eight as stay apart: none shares two of its five words with another. `dropped`: words of
    proposals the owner did not want; what is like one of them is not proposed again. Nothing for too few comments.
    """
    if len(texts) < NEED_UNFILED:
        return ()
    read = _Read([text for _id, text in texts])
    found: list[Proposal] = []
    for count in range(_MOST, _FEWEST - 1, -1):
        found = read.topics(texts, count)
        if len(found) == count and not _some_close(found):
            break
    unwanted = [set(words) for words in dropped]
    kept: list[Proposal] = []
    for one in sorted(found, key=lambda one: -len(one.entries)):
        if not any(len(set(one.words) & words) >= _SAME for words in [*unwanted, *(set(k.words) for k in kept)]):
            kept.append(one)
    return tuple(kept)


def _some_close(found: Sequence[Proposal]) -> bool:
    return any(
        len(set(one.words) & set(other.words)) >= _CLOSE for place, one in enumerate(found) for other in found[:place]
    )


class _Read:
    """Comments as the words they use."""

    def __init__(self, texts: Sequence[str]) -> None:
        from sklearn.feature_extraction.text import ENGLISH_STOP_WORDS, TfidfVectorizer

        empty = ENGLISH_STOP_WORDS | _MORE_EMPTY

        def telling(text: str) -> list[str]:
            """Words that may say what a comment is about. Other languages' little words go by being everywhere."""
            found = words_of(match_key(text))
            return [word for word in found if len(word) >= _SHORTEST and not word.isdecimal() and word not in empty]

        vectors = TfidfVectorizer(analyzer=telling, min_df=_RAREST, max_df=_EVERYWHERE, sublinear_tf=True)
        try:
            self._seen = vectors.fit_transform(texts)
        except ValueError:  # no word comes often enough, or there are none
            self._seen = None
            return
        self._names = vectors.get_feature_names_out().tolist()

    def topics(self, texts: Sequence[tuple[int, str]], count: int) -> list[Proposal]:
        """So many topics, without those of too few comments."""
        if self._seen is None or min(self._seen.shape) <= count:
            return []
        from numpy import errstate
        from sklearn.decomposition import NMF

        # Comments few topics say all of are fitted without rest: the root of what remains may be of less than nothing.
        with one_core(), errstate(invalid="ignore"):
            # Always so many rounds: the last digits make no other topics, and it always takes as long.
            weights = NMF(count, init="nndsvd", max_iter=_ROUNDS, tol=0, random_state=0).fit_transform(self._seen)
        strongest = weights.argmax(axis=1)
        members: dict[str, list[int]] = {str(topic): [] for topic in range(count)}
        for place, topic in enumerate(strongest.tolist()):
            row = weights[place]
            if row[topic] > 0 and 2 * row[topic] >= row.sum():
                members[str(topic)].append(place)
        words = top_words({topic: self._words(places) for topic, places in members.items()}, _WORDS)
        made = (
            self._proposal(texts, words[topic], places, weights[:, int(topic)]) for topic, places in members.items()
        )
        fewest = max(_FEWEST_COMMENTS, _SMALLEST_SHARE * len(texts))
        return [one for one in made if len(one.entries) >= fewest]

    def _words(self, places: Sequence[int]) -> list[str]:
        return [self._names[column] for place in places for column in self._seen[place].indices.tolist()]

    def _proposal(
        self, texts: Sequence[tuple[int, str]], words: tuple[str, ...], places: Sequence[int], weight: Any
    ) -> Proposal:
        """The comments of a topic that use one of its words, the most typical ones as examples."""
        own = [place for place in places if not set(words).isdisjoint(self._words([place]))]
        typical: dict[str, int] = {}
        for place in sorted(own, key=lambda place: (-float(weight[place]), place)):
            # Three people who wrote the same words are one example.
            typical.setdefault(match_key(texts[place][1]), place)
        shown = list(typical.values())[:_EXAMPLES]
        return Proposal(
            words, tuple(texts[place][0] for place in own), len(own) / len(texts),
            tuple(texts[place][0] for place in shown), tuple(texts[place][1] for place in shown),
        )  # fmt: skip
