"""Learning from what the owner filed (METHOD 5, step 3): words and letters of a comment against the themes it got.

Needs the extra "learning" (scikit-learn), which is imported inside functions only: nothing of it is loaded with the
window, and without it suggestions come from rules and keywords alone. Nothing learned is written to the file.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from importlib.util import find_spec
from typing import Any

from cvdesk.catalogue.records import match_key
from cvdesk.themes.records import MOST_THEMES, Theme
from cvdesk.themes.records_learn import MODEL, Hit, Labelled

NEED_COMMENTS, NEED_PER_THEME = 50, 5
SURE = 0.6
# More than this teaches little more and takes minutes; the newest count.
MOST_COMMENTS = 5_000
STRENGTH = 10.0
# Work in threads of its own each has its own.
_stopped: ContextVar[Callable[[], bool]] = ContextVar("stopped", default=bool)
_LONGEST_TEXT = 2_000  # letters; what comes after says little more about what a comment is about


@dataclass(frozen=True, slots=True)
class Model:
    """What was learned: for each theme how likely a text is about it."""

    themes: tuple[Theme, ...]
    features: Any
    deciders: tuple[Any, ...]

    def probabilities(self, texts: Sequence[str]) -> Any:
        """Array of texts by themes, each 0-1 by itself: a comment may be about several themes or none."""
        from numpy import column_stack

        with one_core():
            seen = self.features.transform([plain(text) for text in texts])
            return column_stack([decider.predict_proba(seen)[:, 1] for decider in self.deciders])

    def sure(self, texts: Sequence[str]) -> list[tuple[Hit, ...]]:
        """For each text the themes it is about with a probability of 0.6 or more, the likeliest first."""
        _go_on()
        if not texts:
            return []
        found = []
        for row in self.probabilities(texts).tolist():
            likely = sorted(((-chance, place) for place, chance in enumerate(row) if chance >= SURE))[:MOST_THEMES]
            found.append(tuple(Hit(self.themes[place], round(-chance, 2), MODEL) for chance, place in likely))
        return found


class StoppedError(Exception):
    """Nobody waits for what was being learned any more."""


@contextmanager
def stoppable(stopped: Callable[[], bool] | None) -> Iterator[None]:
    """Learning inside raises StoppedError soon after `stopped` says so. None: as it is outside of this."""
    if stopped is None:
        yield
        return
    before = _stopped.set(stopped)
    try:
        yield
    finally:
        _stopped.reset(before)


def _go_on() -> None:
    if _stopped.get()():
        raise StoppedError


def available() -> bool:
    """Whether the learning extra is installed. Looks for it without loading it."""
    try:
        return find_spec("sklearn") is not None
    except (ImportError, ValueError):
        return False


def one_core() -> AbstractContextManager[object]:
    """Small sums done by many threads at once take ten times as long where the computer has something else to do."""
    from threadpoolctl import threadpool_limits  # type: ignore[import-untyped]

    return threadpool_limits(1)  # type: ignore[no-any-return]


def ready(labelled: Sequence[Labelled], themes: Sequence[Theme]) -> tuple[Theme, ...]:
    """The themes with enough comments to learn from."""
    counts: dict[int, int] = {}
    for one in labelled:
        for theme in one.themes:
            counts[theme] = counts.get(theme, 0) + 1
    return tuple(theme for theme in themes if counts.get(theme.id, 0) >= NEED_PER_THEME)


def learn(labelled: Sequence[Labelled], themes: Sequence[Theme]) -> Model | None:
    """A model of those themes that both some comments are about and others are not; None where there is none.

    Each theme is told from all others by a logistic regression on TF-IDF of words (1-2) and letters (3-5). A comment
    of which only is known what it is not about teaches nothing about other themes.
    """
    from sklearn.linear_model import LogisticRegression

    if not labelled:
        return None
    features = features_of(len(labelled))
    taught, deciders = [], []
    with one_core():
        seen = features.fit_transform([plain(one.text) for one in labelled])
        for theme in themes:
            _go_on()
            rows = [place for place, one in enumerate(labelled) if one.themes or theme.id in one.not_about]
            about = [int(theme.id in labelled[place].themes) for place in rows]
            if 0 < sum(about) < len(about):
                decider = LogisticRegression(C=STRENGTH, solver="liblinear", class_weight="balanced", random_state=0)
                deciders.append(decider.fit(seen[rows], about))
                taught.append(theme)
    return Model(tuple(taught), features, tuple(deciders)) if taught else None


def features_of(count: int) -> Any:
    """What is looked at in so many comments: words, pairs of words, and beginnings, middles and ends of words."""
    from sklearn.feature_extraction.text import TfidfVectorizer
    from sklearn.pipeline import make_union

    # In many comments what occurs once is a name or a slip of the finger.
    rarest = 1 if count < 500 else 2
    words = TfidfVectorizer(ngram_range=(1, 2), sublinear_tf=True, min_df=rarest, token_pattern=r"(?u)\b\w+\b")
    letters = TfidfVectorizer(analyzer="char_wb", ngram_range=(3, 5), sublinear_tf=True, min_df=rarest)
    return make_union(words, letters)


def plain(text: str) -> str:
    """A comment as it is learned from: without case and accents, and not endlessly long."""
    return match_key(text[:_LONGEST_TEXT])
