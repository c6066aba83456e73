"""SQL of the owner's rules: words that always mean a theme, and what they would file."""

from __future__ import annotations

import json
from collections.abc import Callable

from cvdesk.db import Operation, Queries
from cvdesk.themes.lexicon import Lexicon, lexicon_of
from cvdesk.themes.records import Theme
from cvdesk.themes.records_learn import RULE
from cvdesk.themes.store import themes
from cvdesk.themes.store_filing import UNSETTLED
from cvdesk.themes.store_marks import add_rule, rule_word

_RULES = "SELECT word FROM theme_rules WHERE theme_id = ? ORDER BY word"
# What nobody has filed yet, and of which the owner has not said that it is something else.
_OPEN = f"""
SELECT id, text FROM entries WHERE {UNSETTLED}
AND NOT EXISTS (SELECT 1 FROM entry_themes WHERE entry_id = entries.id AND theme_id = ? AND state = 'rejected')
"""
_SUGGESTED = """
SELECT id, entry_id, theme_id, by, main FROM entry_themes
WHERE state = 'suggested' AND entry_id IN (SELECT value FROM json_each(?))
"""
_BY_RULE = """
SELECT entry_themes.id, entries.text FROM entry_themes JOIN entries ON entries.id = entry_id
WHERE theme_id = ? AND state = 'suggested' AND by = 'rule'
"""


def rules(db: Queries, theme_id: int) -> tuple[str, ...]:
    """The words of which the owner said that they always mean this theme."""
    return tuple(row["word"] for row in db.rows(_RULES, (theme_id,)))


def rule_matches(db: Queries, theme_id: int, words: str, stopped: Callable[[], bool] = lambda: False) -> int:
    """How many unfiled entries a rule would touch; fewer once `stopped` says that nobody waits for it.

    UserError for what is no rule.
    """
    return len(_matching(db, theme_id, rule_word(words), stopped))


def apply_rule(op: Operation, theme_id: int, words: str) -> int:
    """From now on these words mean the theme; unfiled entries that have them are suggested for it. Gives how many.

    The theme becomes the main suggestion there, before what keywords or the model said. UserError for what is no rule.
    """
    add_rule(op, theme_id, words)
    entries = _matching(op, theme_id, rule_word(words))
    there = op.rows(_SUGGESTED, (json.dumps(entries),))
    ruled = {row["entry_id"] for row in there if row["by"] == RULE and row["main"] and row["theme_id"] != theme_id}
    beaten = [row["id"] for row in there if row["theme_id"] != theme_id and row["main"] and row["by"] != RULE]
    op.update_many("entry_themes", beaten, {"main": 0})
    own = {row["entry_id"]: row["id"] for row in there if row["theme_id"] == theme_id}
    for main in (True, False):
        again = [row_id for entry_id, row_id in own.items() if (entry_id not in ruled) is main]
        op.update_many("entry_themes", again, {"by": RULE, "main": int(main), "score": 1.0})
    for entry_id in entries:
        if entry_id not in own:
            op.insert("entry_themes", {
                "entry_id": entry_id, "theme_id": theme_id, "state": "suggested", "by": RULE, "score": 1.0,
                "main": int(entry_id not in ruled),
            })  # fmt: skip
    return len(entries)


def remove_rule(op: Operation, theme_id: int, words: str) -> int:
    """These words no longer mean the theme; what it was suggested for by them alone is not any more. Gives how many.

    What the owner confirmed stays.
    """
    known = op.value("SELECT id FROM theme_rules WHERE theme_id = ? AND word = ?", (theme_id, rule_word(words)))
    if known is None:
        return 0
    op.delete("theme_rules", known)
    lexicon = lexicon_of(tuple(themes(op)))
    gone, weaker = [], []
    for row in op.rows(_BY_RULE, (theme_id,)):
        hit = next((one for one in lexicon.find(row["text"]) if one.theme.id == theme_id), None)
        if hit is None:
            gone.append(row["id"])
        elif hit.by != RULE:
            weaker.append(row["id"])
    op.update_many("entry_themes", weaker, {"by": "words"})
    return op.delete_many("entry_themes", gone)


def _matching(db: Queries, theme_id: int, word: str, stopped: Callable[[], bool] = lambda: False) -> list[int]:
    """Unfiled entries a rule says something about."""
    only = Lexicon([Theme(theme_id, "", "", "", "", rules=(word,))])
    found = []
    for row in db.each(_OPEN, (theme_id,)):
        if stopped():
            break
        if only.find(row["text"]):
            found.append(row["id"])
    return found
