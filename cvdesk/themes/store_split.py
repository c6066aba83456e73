"""SQL of splitting a theme: what is filed under it, what of it contains some words, and moving that to a new one."""

from __future__ import annotations

from collections.abc import Sequence

from cvdesk.db import Operation, Queries
from cvdesk.errors import UserError
from cvdesk.themes import store_manage
from cvdesk.themes.records_manage import Said, comparable, finder_of
from cvdesk.themes.store_marks import add_rule
from cvdesk.wording import _

_SAID = """
SELECT entries.id, entries.text, entries.date, 0 AS complaint FROM entries
JOIN entry_themes ON entry_themes.entry_id = entries.id AND theme_id = ?1 AND state <> 'rejected'
UNION ALL
SELECT complaints.id, complaints.text, complaints.date, 1 FROM complaints
JOIN complaint_themes ON complaint_themes.complaint_id = complaints.id AND theme_id = ?1
ORDER BY 3 DESC, 1 DESC
"""
# Rules of a theme that another one has as well.
_SAME_RULES = """
SELECT id FROM theme_rules WHERE theme_id = ? AND word IN (SELECT word FROM theme_rules WHERE theme_id = ?)
"""


def said_of(db: Queries, theme_id: int) -> list[Said]:
    """All that is filed under a theme or suggested for it, newest first."""
    return [
        Said(row["id"], row["text"], row["date"], bool(row["complaint"]), comparable(row["text"]))
        for row in db.rows(_SAID, (theme_id,))
    ]


def containing(said: Sequence[Said], words: str) -> list[Said]:
    """What of it contains these words."""
    contains = finder_of(words)
    return [one for one in said if contains(one.key)]


def split(op: Operation, theme_id: int, name: str, factor_id: int, chosen: Sequence[Said], words: str = "") -> int:
    """Moves what was chosen to a new theme and gives its id; the rest stays. `words` suggest the new theme from now on.

    UserError where nothing was chosen, or another theme has the name.
    """
    if not chosen:
        raise UserError(_("Nothing is chosen to go to the new theme."), _("Choose words, or tick some feedback."))
    new = store_manage.add(op, name, factor_id)
    store_manage.move_entries(op, theme_id, new, {one.id for one in chosen if not one.complaint})
    store_manage.move_complaints(op, theme_id, new, {one.id for one in chosen if one.complaint})
    if words:
        add_rule(op, new, words)
        op.delete_many("theme_rules", [row["id"] for row in op.rows(_SAME_RULES, (theme_id, new))])
    return new


__all__ = ["containing", "said_of", "split"]
