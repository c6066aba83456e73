"""SQL of learning: what the owner filed, and how well suggestions fit it."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache

from cvdesk.db import Queries
from cvdesk.stats.intervals import NEED_PROPORTION, Estimate, hidden, wilson
from cvdesk.themes.learn import MOST_COMMENTS, NEED_COMMENTS, NEED_PER_THEME, Model, available, learn, ready, stoppable
from cvdesk.themes.lexicon import Lexicon
from cvdesk.themes.records import Theme
from cvdesk.themes.records_learn import Labelled, Standing
from cvdesk.themes.sorting import Sorter
from cvdesk.themes.store import themes
from cvdesk.themes.store_filing import NONE_KEY
from cvdesk.wording import _, ngettext
from cvdesk.wording.numbers import whole

_LABELS = """
WITH filed AS (
  SELECT entries.id, entries.position, entries.text FROM entries
  WHERE entries.text <> '' AND entries.id IN (
    SELECT entry_id FROM entry_themes WHERE by = 'owner' AND state IN ('confirmed', 'rejected'))
  ORDER BY entries.position DESC LIMIT ?)
SELECT filed.text, (SELECT json_group_array(json_array(theme_id, state, main)) FROM (
    SELECT theme_id, state, main FROM entry_themes WHERE entry_id = filed.id AND by = 'owner'
    AND state IN ('confirmed', 'rejected') ORDER BY main DESC, id)) AS said,
  EXISTS (SELECT 1 FROM entry_themes JOIN themes ON themes.id = theme_id
    WHERE entry_id = filed.id AND state = 'rejected' AND themes.key = ?) AS about_none
FROM filed ORDER BY filed.position DESC
"""


@dataclass(frozen=True, slots=True)
class _Learned:
    """What came of learning: the model where it is to be used, and how it stands."""

    model: Model | None
    standing: Standing


def labels(db: Queries) -> tuple[Labelled, ...]:
    """The newest comments the owner filed, or said what they are not about; the newest first."""
    found = []
    in_use = [theme.id for theme in themes(db)]
    for row in db.rows(_LABELS, (MOST_COMMENTS, NONE_KEY)):
        said = [one for one in json.loads(row["said"]) if one[0] in in_use]
        about = tuple(theme for theme, state, _main in said if state == "confirmed")
        not_about = tuple(theme for theme, state, _main in said if state == "rejected")
        if about or not_about or row["about_none"]:
            not_about = not_about if about or not row["about_none"] else tuple(in_use)
            found.append(Labelled(row["text"], about[0] if about else 0, about, not_about))
    return tuple(found)


def standing(db: Queries, stopped: Callable[[], bool] | None = None) -> Standing:
    """How well suggestions fit what the owner filed. Takes seconds where there is something to learn from.

    Raises StoppedError once `stopped` says that nobody waits for it.
    """
    with stoppable(stopped):
        return _learned(labels(db), tuple(themes(db))).standing


def sorter(db: Queries) -> Sorter:
    """What suggests themes: words, and the model where it does better. Takes seconds where there is one to learn."""
    known = tuple(themes(db))
    return Sorter(Lexicon(known), _learned(labels(db), known).model)


@lru_cache(maxsize=2)
def _learned(labelled: tuple[Labelled, ...], known: tuple[Theme, ...]) -> _Learned:
    """Kept in memory for as long as the owner files nothing else; never in the file."""
    filed = sum(1 for one in labelled if one.themes)
    taught = ready(labelled, known)
    none = hidden(filed)
    if not available() or filed < NEED_COMMENTS or len(taught) < 2:
        return _Learned(None, Standing(filed, len(taught), available(), none, none, none, none, False,
                                       _missing(filed, len(taught))))  # fmt: skip
    from cvdesk.themes.judging import better, compare

    words, learned = compare(labelled, known, taught)
    in_use = better(words, learned)
    said = Standing(
        filed, len(taught), True, _share(words.right, words.n), _share(learned.right, learned.n),
        _share(words.filed, words.n), _share(learned.filed, learned.n), in_use, _verdict(in_use),
    )  # fmt: skip
    return _Learned(learn(labelled, taught) if in_use else None, said)


def _share(count: int, n: int) -> Estimate:
    return wilson(count, n) if n >= NEED_PROPORTION else hidden(n)


def _missing(filed: int, taught: int) -> str:
    if filed >= NEED_COMMENTS and taught >= 2:
        return _("Learning needs a part of the program that is not installed here; words and your rules suggest.")
    if filed < NEED_COMMENTS:
        return ngettext(
            "Learning from you begins with {need} filed comments; there is {count} so far.",
            "Learning from you begins with {need} filed comments; there are {count} so far.",
            filed,
        ).format(need=whole(NEED_COMMENTS), count=whole(filed))
    return _("Learning from you begins once two themes have {need} filed comments each.").format(
        need=whole(NEED_PER_THEME)
    )


def _verdict(in_use: bool) -> str:
    if in_use:
        return _("What was learned from you files more comments rightly than words alone, so it suggests first.")
    return _("What was learned from you does not do better than words yet, so words suggest.")
