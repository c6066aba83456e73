"""SQL of guessed moods: learned from rated comments, for comments that say nothing of how they are meant."""

from __future__ import annotations

import json
from collections.abc import Sequence
from functools import lru_cache

from cvdesk.db import Queries
from cvdesk.themes.learn import available
from cvdesk.themes.learn_moods import MOST_RATED, MoodModel, learn_moods

_RATED = """
SELECT text, rating >= 4 AS good FROM entries WHERE text <> '' AND (rating >= 4 OR rating <= 2)
ORDER BY position DESC LIMIT ?
"""
_UNKNOWN = """
SELECT id, text FROM entries WHERE text <> '' AND rating IS NULL AND kind NOT IN ('praise', 'problem')
AND id IN (SELECT value FROM json_each(?))
"""


def mood_model(db: Queries) -> MoodModel | None:
    """What the business's rated comments teach; None without the learning extra, or where it is not good enough.

    Takes seconds.
    """
    if not available():
        return None
    rows = db.rows(_RATED, (MOST_RATED,))
    return _learned(tuple(row["text"] for row in rows), tuple(bool(row["good"]) for row in rows))


def guess_moods(db: Queries, entry_ids: Sequence[int]) -> dict[int, str]:
    """The program's guess, "good" or "bad", for those of these entries of which nobody has said; by entry.

    To be marked as a guess and counted nowhere. Takes seconds the first time.
    """
    model = mood_model(db)
    if model is None:
        return {}
    rows = db.rows(_UNKNOWN, (json.dumps(list(entry_ids)),))
    guesses = model.guess([row["text"] for row in rows])
    return {row["id"]: mood for row, mood in zip(rows, guesses, strict=True) if mood}


@lru_cache(maxsize=1)
def _learned(texts: tuple[str, ...], good: tuple[bool, ...]) -> MoodModel | None:
    return learn_moods(texts, good)
