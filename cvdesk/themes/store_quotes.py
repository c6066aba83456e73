"""SQL of what customers said of one theme: their own words, the newest and the most typical, and the words they use."""

from __future__ import annotations

import math
import re
from collections import Counter
from dataclasses import dataclass
from datetime import date, timedelta

from cvdesk.catalogue import store as catalogue
from cvdesk.catalogue.filters import complaints_clause, entries_clause, up_to
from cvdesk.catalogue.records import Filter, match_key
from cvdesk.db import Queries
from cvdesk.db.rows import day_start
from cvdesk.stats.ctfidf import ctfidf

NEWEST, TYPICAL, WORDS = 5, 3, 6
_LOOKED_AT = 200  # of the newest, for what is typical
_SHORTEST = 4  # letters of a word that says something
_FEWEST = 2  # pieces of feedback that must use a word
_APART = 4  # times as common as elsewhere, or it sets nothing apart
_LENGTH = (4, 40)  # words: fewer say too little to stand for others, more do not fit
_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")
_FIELDS = "entries.id, entries.date, entries.text, entries.rating, entries.channel_id"
_CHOSEN = "entries.position BETWEEN ? AND ? AND {chosen} AND entries.text <> '' ORDER BY entries.position DESC LIMIT ?"
# From the newest back, until there are enough; left to itself SQLite would sort all of a long period.
_BACKWARDS = f"""
SELECT {_FIELDS} FROM entries INDEXED BY sqlite_autoindex_entries_1
WHERE {{about}} EXISTS (SELECT 1 FROM entry_themes
    WHERE entry_themes.entry_id = entries.id AND theme_id = ? AND state = 'confirmed') AND {_CHOSEN}
"""
_BY_THEME = f"""
SELECT {_FIELDS} FROM entry_themes CROSS JOIN entries ON entries.id = entry_themes.entry_id
WHERE entry_themes.theme_id = ? AND entry_themes.state = 'confirmed' AND {_CHOSEN}
"""
_MANY = 3_000  # mentions; fewer are looked through theme by theme
_MENTIONS = """
SELECT count(*) FROM (SELECT 1 FROM entry_themes WHERE theme_id = ? AND state = 'confirmed' LIMIT ?)
"""
_COMPLAINTS = """
SELECT count(*) FROM complaints
WHERE {chosen} AND complaints.id IN (SELECT complaint_id FROM complaint_themes WHERE theme_id = ?)
"""
_FACTOR = "SELECT label FROM factors JOIN themes ON themes.factor_id = factors.id WHERE themes.id = ?"


@dataclass(frozen=True, slots=True)
class Quote:
    """Words of a customer, as they were said. No name: who said it is one step away."""

    id: int
    date: date
    text: str
    rating: float | None
    channel: str


@dataclass(frozen=True, slots=True)
class OneTheme:
    """What is behind a theme. `words`: those that set its feedback apart; complaints: cases about it."""

    factor: str
    newest: tuple[Quote, ...]
    typical: tuple[Quote, ...]
    words: tuple[str, ...]
    complaints: int


def one_theme(db: Queries, theme_id: int, chosen: Filter, today: date) -> OneTheme:
    """What customers said of a theme within a filter. LookupError for a theme that is gone."""
    factor = db.value(_FACTOR, (theme_id,))
    if factor is None:
        raise LookupError(f"no theme {theme_id}")
    limited = up_to(chosen, today)
    complaints = complaints_clause(limited)
    often = db.value(_MENTIONS, (theme_id, _MANY)) == _MANY
    own = _said(db, _BACKWARDS.format(about="", chosen="{chosen}") if often else _BY_THEME, theme_id, limited)
    others = _said(db, _BACKWARDS.format(about="NOT", chosen="{chosen}"), theme_id, limited)
    texts = [quote.text for quote in own]
    weights = _weights(texts, [quote.text for quote in others])
    newest = _different(own, NEWEST, ())
    heaviest = sorted(own, key=lambda quote: (-_typical(quote.text, weights), -quote.date.toordinal(), quote.id))
    typical = _different([quote for quote in heaviest if _typical(quote.text, weights) > 0], TYPICAL, newest)
    count = db.value(_COMPLAINTS.format(chosen=complaints.sql), (*complaints.parameters, theme_id))
    return OneTheme(str(factor), newest, typical, _top(texts, weights), int(count))


def _said(db: Queries, sql: str, theme_id: int, chosen: Filter) -> list[Quote]:
    """The newest sayings of a filter that a query finds."""
    clause = entries_clause(chosen)
    start, end = chosen.period.start.isoformat(), (chosen.period.end + timedelta(days=1)).isoformat()
    keys = day_start(start), day_start(end) - 1
    channels = {named.id: named.name for named in catalogue.named(db, "channels")}
    rows = db.rows(sql.format(chosen=clause.sql), (theme_id, *keys, *clause.parameters, _LOOKED_AT))
    return [
        Quote(
            row["id"], date.fromisoformat(row["date"]), row["text"], row["rating"], channels.get(row["channel_id"], "")
        )
        for row in rows
    ]


def _different(quotes: list[Quote], most: int, known: tuple[Quote, ...]) -> tuple[Quote, ...]:
    """The first few that do not say the same again in nearly the same words."""
    said = [set(_words(quote.text)) for quote in known]
    found: list[Quote] = []
    for quote in quotes:
        words = set(_words(quote.text))
        if len(found) < most and not any(2 * len(words & other) > len(words | other) for other in said):
            said.append(words)
            found.append(quote)
    return tuple(found)


def _words(text: str) -> dict[str, str]:
    """The words that may say something, as they are compared and as they were written."""
    written = (word.lower() for word in _WORD.findall(text))
    return {key: word for word in written if len(key := match_key(word)) >= _SHORTEST}


def _weights(own: list[str], others: list[str]) -> dict[str, float]:
    """How much each word sets a theme's feedback apart (c-TF-IDF), of words that come more than once.

    A word as common elsewhere as here sets nothing apart, so that no list of such words is needed in any language.
    """
    here = Counter(word for text in own for word in _words(text))
    there = Counter(word for text in others for word in _words(text))
    found = ctfidf({"own": list(here.elements()), "others": list(there.elements())})
    return {
        word: weight
        for word, weight in found["own"].items()
        if here[word] >= _FEWEST and weight > _APART * found["others"].get(word, 0.0)
    }


def _typical(text: str, weights: dict[str, float]) -> float:
    """How much a saying is like the others about the theme: the weight of its words, for its length."""
    words = _words(text)
    shortest, longest = _LENGTH
    if not shortest <= len(words) <= longest:
        return 0.0
    return math.fsum(weights.get(word, 0.0) for word in words) / math.sqrt(len(words))


def _top(own: list[str], weights: dict[str, float]) -> tuple[str, ...]:
    """The heaviest words, as they are written."""
    written = {key: word for text in own for key, word in _words(text).items()}
    heaviest = sorted(weights, key=lambda word: (-weights[word], word))
    return tuple(written[word] for word in heaviest[:WORDS])
