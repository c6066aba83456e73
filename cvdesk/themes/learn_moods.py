"""A guess whether a comment without a rating is meant well or badly, learned from the business's own rated comments.

It marks quotes as the program's guess and enters no figure: without a rating the mood is unknown unless the owner says
(METHOD 5). Whatever the language, it knows only what rated comments have shown it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from cvdesk.catalogue.records import match_key
from cvdesk.stats.intervals import wilson
from cvdesk.themes.learn import STRENGTH, features_of, one_core, plain
from cvdesk.themes.records import BAD, GOOD

NEED_RATED, NEED_EACH = 100, 20
MOST_RATED = 5_000
SURE_MOOD = 0.6
_FOLDS = 5


@dataclass(frozen=True, slots=True)
class MoodModel:
    """What was learned. right: of the comments it had not seen, the share it put on the right side; majority: the share
    that always guessing the commoner side would have."""

    features: Any
    decider: Any
    right: float
    majority: float
    n: int

    def guess(self, texts: Sequence[str]) -> list[str]:
        """For each text "good" or "bad"; "" where it could be either."""
        if not texts:
            return []
        with one_core():
            chances = self.decider.predict_proba(self.features.transform([plain(text) for text in texts]))[:, 1]
        return [GOOD if chance >= SURE_MOOD else BAD if chance <= 1 - SURE_MOOD else "" for chance in chances.tolist()]


def learn_moods(texts: Sequence[str], good: Sequence[bool]) -> MoodModel | None:
    """A model of rated comments; None where there are too few of either side, or it does no better than chance would.

    It must put more of the comments it has not seen on the right side than always guessing the commoner one, by more
    than chance would give.
    """
    n, well = len(texts), sum(good)
    if n < NEED_RATED or min(well, n - well) < NEED_EACH:
        return None
    from sklearn.model_selection import StratifiedGroupKFold

    right = 0
    folds = StratifiedGroupKFold(_FOLDS, shuffle=True, random_state=0)
    for known, unseen in folds.split(good, good, [match_key(text) for text in texts]):
        features, decider = fit([texts[place] for place in known], [good[place] for place in known])
        with one_core():
            said = decider.predict(features.transform([plain(texts[place]) for place in unseen]))
        right += sum(bool(one) == good[place] for one, place in zip(said, unseen, strict=True))
    majority = max(well, n - well) / n
    low = wilson(right, n).low
    if low is None or low <= majority:
        return None
    return MoodModel(*fit(texts, good), right / n, majority, n)


def fit(texts: Sequence[str], good: Sequence[bool]) -> tuple[Any, Any]:
    """What turns texts into numbers, and what decides by them; 1 is good."""
    from sklearn.linear_model import LogisticRegression

    features = features_of(len(texts))
    with one_core():
        seen = features.fit_transform([plain(text) for text in texts])
        decider = LogisticRegression(C=STRENGTH, solver="liblinear", class_weight="balanced", random_state=0)
        return features, decider.fit(seen, [int(one) for one in good])
