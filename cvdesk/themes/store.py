"""SQL of themes."""

from __future__ import annotations

import json
from collections.abc import Iterable

from cvdesk.catalogue.records import Factor, key_of
from cvdesk.db import Operation, Queries
from cvdesk.themes.records import Theme

_THEMES = """
SELECT themes.id, themes.key, themes.name, factors.key AS factor_key, factors.lever, factors.keywords,
       (SELECT json_group_array(word) FROM theme_rules WHERE theme_id = themes.id) AS rules
FROM themes JOIN factors ON factors.id = themes.factor_id WHERE themes.active = 1 ORDER BY factors.place, themes.id
"""


def themes(db: Queries) -> list[Theme]:
    """The themes in use, with the words that suggest them."""
    return [
        Theme(row["id"], row["key"], row["name"], row["factor_key"], row["lever"],
              tuple(json.loads(row["rules"]) + json.loads(row["keywords"])))
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


def add_theme_like(op: Operation, name: str, theme_id: int) -> int:
    """A theme of the same factor as another one; the one of that name where there is one by now."""
    known = op.value("SELECT id FROM themes WHERE key = ?", (key_of(name),))
    if known is not None:
        return int(known)
    return add_theme(op, name, int(op.value("SELECT factor_id FROM themes WHERE id = ?", (theme_id,))))


def tag_entry(op: Operation, entry_id: int, theme_id: int, state: str, by: str, main: bool = True) -> None:
    """Says what an entry is about: `state` suggested, confirmed or rejected; `by` owner, rule, words or model."""
    known = op.value("SELECT id FROM entry_themes WHERE entry_id = ? AND theme_id = ?", (entry_id, theme_id))
    values = {"state": state, "by": by, "main": int(main)}
    if known is None:
        op.insert("entry_themes", {"entry_id": entry_id, "theme_id": theme_id, **values})
    else:
        op.update("entry_themes", known, values)
