"""SQL of new themes: proposed among the comments nobody filed, accepted, or dropped and not proposed again."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from cvdesk.catalogue.filters import entries_clause
from cvdesk.catalogue.records import Filter
from cvdesk.catalogue.store import save_setting, setting
from cvdesk.db import Operation, Queries
from cvdesk.themes.learn import available
from cvdesk.themes.proposals import MOST_UNFILED, NEED_UNFILED
from cvdesk.themes.proposals import proposals as found_among
from cvdesk.themes.records_learn import Proposal, Proposals
from cvdesk.themes.store import tag_entry
from cvdesk.themes.store_filing import UNSETTLED
from cvdesk.themes.store_manage import add
from cvdesk.themes.store_marks import add_rule
from cvdesk.wording import _, ngettext
from cvdesk.wording.numbers import whole

_UNFILED = f"""
SELECT id, text FROM entries WHERE {{chosen}} AND {UNSETTLED}
AND NOT EXISTS (SELECT 1 FROM entry_themes WHERE entry_id = entries.id AND state = 'suggested')
ORDER BY position DESC LIMIT ?
"""
_UNSETTLED = f"SELECT 1 FROM entries WHERE id = ? AND {UNSETTLED}"
_DROPPED = "dropped_proposals"
_MOST_DROPPED = 200


def proposals(db: Queries, chosen: Filter) -> Proposals:
    """New themes among the comments nothing is suggested for. Takes seconds. The filter's theme does not count."""
    clause = entries_clause(replace(chosen, theme=None))
    rows = db.rows(_UNFILED.format(chosen=clause.sql), (*clause.parameters, MOST_UNFILED))
    texts = [(row["id"], row["text"]) for row in rows]
    there = available()
    if len(texts) < NEED_UNFILED:
        return Proposals((), len(texts), there, _too_few(len(texts)))
    if not there:
        return Proposals((), len(texts), there, _("New themes need a part of the program that is not installed here."))
    found = found_among(texts, setting(db, _DROPPED, []))
    return Proposals(
        found, len(texts), there, "" if found else _("The unfiled comments share nothing that stands out.")
    )


def drop(op: Operation, proposal: Proposal) -> None:
    """The owner does not want this one; nothing like it is proposed again."""
    save_setting(op, _DROPPED, [*setting(op, _DROPPED, []), list(proposal.words)][-_MOST_DROPPED:])


def accept(op: Operation, proposal: Proposal, name: str, factor_id: int, words: Sequence[str] = ()) -> int:
    """Makes the theme and suggests it for the comments it was found in; gives its id.

    `words`: those of which the owner says that they always mean it. UserError as `store_manage.add`.
    """
    theme = add(op, name, factor_id)
    for word in words:
        add_rule(op, theme, word)
    for entry_id in proposal.entries:
        if op.value(_UNSETTLED, (entry_id,)) is not None:
            # The owner's say: suggesting again, from words that do not know this theme yet, leaves it.
            tag_entry(op, entry_id, theme, "suggested", "owner")
    return theme


def _too_few(count: int) -> str:
    if not count:
        said = _("New themes are looked for from {need} unfiled comments on; there are none yet.")
        return said.format(need=whole(NEED_UNFILED))
    return ngettext(
        "New themes are looked for from {need} unfiled comments on; there is {count}.",
        "New themes are looked for from {need} unfiled comments on; there are {count}.",
        count,
    ).format(need=whole(NEED_UNFILED), count=whole(count))
