"""Whether what was learned does better than the words: both tried on comments they have not seen (METHOD 5, step 3)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from cvdesk.catalogue.records import match_key
from cvdesk.themes.learn import learn
from cvdesk.themes.lexicon import Lexicon
from cvdesk.themes.records import Theme
from cvdesk.themes.records_learn import Hit, Labelled
from cvdesk.themes.sorting import Sorter

_FOLDS = 5
_MOST = 1_000  # comments both are tried on; more would not change who is better, and takes its time


@dataclass(frozen=True, slots=True)
class Trial:
    """Of n comments: how many were given a theme, and how many the right one as their main theme."""

    n: int
    filed: int
    right: int


def compare(labelled: Sequence[Labelled], themes: Sequence[Theme], taught: Sequence[Theme]) -> tuple[Trial, Trial]:
    """Words alone, and what was learned with the words where it is not sure, on the same comments.

    Each comment is judged by a model that has seen neither it nor another of the same words. `taught`: the themes to
    be learned. Always the same for the same comments.
    """
    from sklearn.model_selection import StratifiedGroupKFold

    filed = [one for one in labelled if one.main][:_MOST]
    beside = [one for one in labelled if not one.main]
    mains = [one.main for one in filed]
    lexicon = Lexicon(themes)
    learned = [0] * len(filed)
    folds = StratifiedGroupKFold(_FOLDS, shuffle=True, random_state=0)
    groups = [match_key(one.text) for one in filed]
    for known, unseen in folds.split(mains, _strata(mains), groups):
        model = learn([*(filed[place] for place in known), *beside], taught)
        found = Sorter(lexicon, model).sort([filed[place].text for place in unseen])
        for place, hits in zip(unseen, found, strict=True):
            learned[place] = _first(hits)
    by_words = [_first(hits) for hits in Sorter(lexicon).sort([one.text for one in filed])]
    return _trial(mains, by_words), _trial(mains, learned)


def better(words: Trial, learned: Trial) -> bool:
    """Whether it files more comments rightly without more of what it files being wrong."""
    return learned.right > words.right and learned.right * words.filed >= words.right * learned.filed


def _strata(mains: Sequence[int]) -> list[int]:
    """What each fold gets its share of: the themes; those too rare to be in every fold go with the commonest."""
    counts = Counter(mains)
    commonest = counts.most_common(1)[0][0]
    return [main if counts[main] >= _FOLDS else commonest for main in mains]


def _first(hits: Sequence[Hit]) -> int:
    return hits[0].theme.id if hits else 0


def _trial(truth: Sequence[int], said: Sequence[int]) -> Trial:
    right = sum(one == other for one, other in zip(truth, said, strict=True))
    return Trial(len(truth), sum(map(bool, said)), right)
