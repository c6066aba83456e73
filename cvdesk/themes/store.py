"""SQL of themes."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence

from cvdesk.catalogue.records import Factor, key_of
from cvdesk.db import Operation, Queries
from cvdesk.errors import UserError
from cvdesk.themes.lexicon import lexicon_of
from cvdesk.themes.records import Theme
from cvdesk.themes.records_learn import WORDS
from cvdesk.wording import _

# A factor's keywords point to its first theme: a further one of the same factor is known by its own words alone, or
# both would be suggested each time.
_THEMES = """
SELECT themes.id, themes.key, themes.name, factors.key AS factor_key, factors.lever,
       CASE WHEN themes.id = (SELECT min(first.id) FROM themes AS first WHERE first.factor_id = themes.factor_id
         AND first.active = 1 AND first.merged_into IS NULL) THEN factors.keywords ELSE '[]' END AS keywords,
       (SELECT json_group_array(word) FROM theme_rules WHERE theme_id = themes.id) AS rules
FROM themes JOIN factors ON factors.id = themes.factor_id
WHERE themes.active = 1 AND themes.merged_into IS NULL ORDER BY factors.place, themes.id
"""
_BY_KEY = "SELECT id FROM themes WHERE key = ?"
_MERGED_INTO = "SELECT merged_into FROM themes WHERE id = ?"
_TAGGED = "SELECT id FROM entry_themes WHERE entry_id = ? AND theme_id = ?"


def themes(db: Queries) -> list[Theme]:
    """The themes in use, with the words that suggest them; not those that went into another."""
    return [
        Theme(row["id"], row["key"], row["name"], row["factor_key"], row["lever"],
              tuple(json.loads(row["keywords"])), tuple(json.loads(row["rules"])))
        for row in db.rows(_THEMES)
    ]  # fmt: skip


def seed(op: Operation, factors: Iterable[Factor]) -> None:
    """One theme per factor to begin with."""
    for factor in factors:
        op.insert("themes", {"key": key_of(factor.label), "name": factor.label, "factor_id": factor.id})


def add_theme(op: Operation, name: str, factor_id: int, words: Iterable[str] = ()) -> int:
    """A theme of the owner's own, with words that suggest it."""
    theme = op.insert("themes", {"key": key_of(name), "name": name.strip(), "factor_id": factor_id})
    for word in words:
        op.insert("theme_rules", {"theme_id": theme, "word": word})
    return theme


def find_key(db: Queries, key: str) -> int | None:
    """The theme of a key; the one it went into where it was merged. None for an unknown key."""
    found = db.value(_BY_KEY, (key,))
    return None if found is None else lasting(db, int(found))


def lasting(db: Queries, theme_id: int) -> int:
    """The theme itself, or the one it went into where it was merged."""
    passed = {theme_id}  # a file made elsewhere may lead round in a circle
    while (into := db.value(_MERGED_INTO, (theme_id,))) is not None and into not in passed:
        theme_id = int(into)
        passed.add(theme_id)
    return theme_id


def add_theme_like(op: Operation, name: str, theme_id: int) -> int:
    """A theme of the same factor as another one; the one of that name where there is one by now, put back in use."""
    key = key_of(name)
    # What it is called now before what another was called at first: that is what its key still says.
    called = next((theme.id for theme in themes(op) if key_of(theme.name) == key), None)
    known = called or find_key(op, key)
    if known is not None:
        op.update("themes", known, {"active": 1})
        return known
    return add_theme(op, name, int(op.value("SELECT factor_id FROM themes WHERE id = ?", (theme_id,))))


def tag_entry(
    op: Operation, entry_id: int, theme_id: int, state: str, by: str, main: bool = True, score: float | None = None
) -> None:
    """Says what an entry is about: `state` suggested, confirmed or rejected; `by` owner, rule, words or model."""
    known = op.value(_TAGGED, (entry_id, theme_id))
    values: dict[str, object] = {"state": state, "by": by, "main": int(main)}
    if score is not None:
        values["score"] = score
    if known is None:
        op.insert("entry_themes", {"entry_id": entry_id, "theme_id": theme_id, **values})
    else:
        op.update("entry_themes", known, values)


def tag_suggested(op: Operation, entry_id: int, text: str, theme_ids: Sequence[int], main: bool) -> None:
    """Keeps the themes the words of an entry suggest, each with what it rests on: the owner's rule, or keywords.

    main: the first of them is the main one, as long as nobody says otherwise.
    """
    if not theme_ids:
        return
    hits = {hit.theme.id: hit for hit in lexicon_of(tuple(themes(op))).find(text)}
    for place, theme_id in enumerate(theme_ids):
        hit = hits.get(theme_id)
        by, score = (WORDS, None) if hit is None else (hit.by, hit.score)
        tag_entry(op, entry_id, theme_id, "suggested", by, main and place == 0, score)


def set_mood(op: Operation, entry_id: int, theme_id: int, mood: str) -> None:
    """Notes in which mood the entry speaks of this theme: "good", "bad", or "" for what rating and kind say.

    UserError where the entry is not about the theme any more.
    """
    known = op.value(_TAGGED, (entry_id, theme_id))
    if known is None:
        raise UserError(
            _("This feedback is no longer filed under that theme."),
            _("File it there again, then say how it was meant."),
        )
    op.update("entry_themes", known, {"mood": mood})
