"""SQL of "You said, we did": what was said and done, in the owner's order; what may not be put up stays off.

The order is a setting of the business: the ids of the pairs, first to last. Pairs it does not name come first.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from cvdesk.care.records_community import POSTER_PAIRS, Pair, Quote
from cvdesk.care.store_community import named_in, names_kept_off, quotes
from cvdesk.catalogue import store as catalogue
from cvdesk.catalogue.records import Business, Logo, as_said
from cvdesk.catalogue.store_letterhead import logo
from cvdesk.db import Operation, Queries
from cvdesk.errors import UserError
from cvdesk.feedback.searching import tokens
from cvdesk.wording import _

_ORDER = "you_said_order"
_PAIRS = "SELECT id, said, did, date, action_id, shown FROM you_said ORDER BY date DESC, id DESC"
_DONE = """
SELECT actions.id, actions.name, actions.done, COALESCE(themes.name, '') AS theme FROM actions
LEFT JOIN themes ON themes.id = actions.theme_id
WHERE actions.status = 'done' AND NOT EXISTS (SELECT 1 FROM you_said WHERE action_id = actions.id)
ORDER BY COALESCE(actions.done, '') DESC, actions.id DESC
"""
# Whose very words these are, and whether one of them has agreed to be quoted; nobody at all: NULL.
_SAID = """
SELECT max(COALESCE(advocates.may_quote, 0)) FROM entries
LEFT JOIN advocates ON advocates.customer_id = entries.customer_id
WHERE entries.position IN (SELECT rowid FROM entries_search WHERE entries_search MATCH ?)
    AND entries.customer_id IS NOT NULL
"""
_FEWEST_WORDS = 4  # fewer are nobody's own words
_OLDEST = 365  # days back of actions that are proposed


@dataclass(frozen=True, slots=True)
class Poster:
    """What goes on the poster: pairs that are shown and may be, or words of praise that may be used."""

    business: Business
    today: date
    pairs: tuple[Pair, ...] = ()
    quotes: tuple[Quote, ...] = ()
    logo: Logo | None = None


def pairs(db: Queries) -> tuple[Pair, ...]:
    """All pairs in the owner's order, each with what speaks against putting it up."""
    names = names_kept_off(db)
    kept = [
        Pair(
            row["said"], row["did"], date.fromisoformat(row["date"]), row["action_id"], bool(row["shown"]), row["id"],
            _against(db, row, names),
        )
        for row in db.rows(_PAIRS)
    ]  # fmt: skip
    found = {pair.id: pair for pair in kept}
    return tuple(found[row_id] for row_id in _ordered(db))


def _ordered(db: Queries) -> list[int]:
    """Ids in the owner's order; those it does not name come first, the newest on top."""
    places = {row_id: place for place, row_id in enumerate(catalogue.setting(db, _ORDER, []))}
    return sorted((row["id"] for row in db.rows(_PAIRS)), key=lambda row_id: places.get(row_id, -1))


def _against(db: Queries, row: Any, names: frozenset[str]) -> str:
    if named_in((row["said"], row["did"]), names):
        return _("It names a customer who has not agreed to be named.")
    if _own_words(db, row["said"]):
        return _("These are a customer's own words, and they have not agreed to be quoted. Say it in yours.")
    return ""


def _own_words(db: Queries, said: str) -> bool:
    """Whether this stands word for word in what a known customer said who has not agreed to be quoted."""
    words = tokens(said)
    if len(words) < _FEWEST_WORDS:
        return False
    phrase = '"' + " ".join(words).replace('"', '""') + '"'
    return bool(db.value(_SAID, (phrase,)) == 0)


def proposals(db: Queries, today: date) -> tuple[Pair, ...]:
    """What was done within a year and does not stand on the poster yet: the theme in its own name, the action in its.

    Never a customer's words: those only the owner puts in, and only with consent they go on paper.
    """
    since = (today - timedelta(days=_OLDEST)).isoformat()
    return tuple(
        Pair(row["theme"] or row["name"], row["name"], date.fromisoformat(row["done"] or today.isoformat()), row["id"])
        for row in db.rows(_DONE)
        if (row["done"] or since) >= since
    )


def save_pair(op: Operation, pair: Pair) -> int:
    """Adds or changes a pair and gives its id; a new one comes first. UserError without what was said and done."""
    said, did = as_said(pair.said), as_said(pair.did)
    if not (said and did):
        raise UserError(_("A line of the poster needs both sides."), _("Write what was said and what you did."))
    values = {
        "said": said, "did": did, "action_id": pair.action_id, "date": pair.date.isoformat(), "shown": int(pair.shown),
    }  # fmt: skip
    if pair.id is not None:
        op.update("you_said", pair.id, values)
        return pair.id
    return op.insert("you_said", values)


def show_pair(op: Operation, pair_id: int, shown: bool) -> None:
    """Puts a pair on the poster, or leaves it off."""
    op.update("you_said", pair_id, {"shown": int(shown)})


def move_pair(op: Operation, pair_id: int, by: int) -> None:
    """Moves a pair so many places on (below 0: up); at the end it stays."""
    order = _ordered(op)
    if pair_id in order:
        place = order.index(pair_id)
        order.insert(min(max(place + by, 0), len(order) - 1), order.pop(place))
        catalogue.save_setting(op, _ORDER, order)


def delete_pair(op: Operation, pair_id: int) -> None:
    """Deletes a pair. Can be undone."""
    op.delete("you_said", pair_id)


def poster(db: Queries, today: date) -> Poster:
    """What goes on the poster, read as of one moment: at most six pairs."""
    with db.snapshot():
        going = tuple(pair for pair in pairs(db) if pair.shown and pair.did and not pair.held_back)
        return Poster(catalogue.business(db), today, going[:POSTER_PAIRS], logo=logo(db))


def praise_poster(db: Queries, today: date, entries: Sequence[int]) -> Poster:
    """Chosen words of praise as a poster; those that may not be used are left out. The order is the one given."""
    with db.snapshot():
        found = {quote.entry_id: quote for quote in quotes(db)}
        chosen = [found[entry] for entry in entries if entry in found]
        names = names_kept_off(db)
        going = tuple(quote for quote in chosen if not named_in((quote.words,), names))
        return Poster(catalogue.business(db), today, (), going[:POSTER_PAIRS], logo(db))


__all__ = [
    "Poster", "delete_pair", "move_pair", "pairs", "poster", "praise_poster", "proposals", "save_pair", "show_pair",
]  # fmt: skip
