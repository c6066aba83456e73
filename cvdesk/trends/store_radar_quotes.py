"""SQL of the words behind a signal: up to three short ones of customers, in the direction of the change, no names."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from cvdesk.catalogue.records import LEVERS
from cvdesk.db import Queries
from cvdesk.themes.store_trouble import COUNTED, NEGATIVE
from cvdesk.trends.radar import Ref

MOST = 3
LONGEST = 140  # letters of a quote
_MANY = 12  # enough to find three that differ

# The newest first, short ones before long ones, which would be cut.
_NEWEST = f"ORDER BY length(text) > {LONGEST}, entries.position DESC LIMIT {_MANY}"
_ENTRIES = f"""
SELECT id, text FROM entries WHERE date BETWEEN :since AND :until AND text <> '' AND {{mood}} {_NEWEST}
"""
_OF_THEMES = f"""
SELECT DISTINCT entries.id, entries.position, entries.text FROM entry_themes JOIN entries ON entries.id = entry_id
JOIN themes ON themes.id = theme_id JOIN factors ON factors.id = themes.factor_id
WHERE entry_themes.state = 'confirmed' AND {{which}} = :key AND date BETWEEN :since AND :until AND text <> ''
    AND {{mood}} {_NEWEST}
"""
_COMPLAINTS = f"""
SELECT id, text FROM complaints WHERE date BETWEEN :since AND :until AND text <> '' AND {COUNTED} AND {{which}}
ORDER BY length(text) > {LONGEST}, date DESC, id DESC LIMIT {_MANY}
"""
_ABOUT = """id IN (
    SELECT complaint_id FROM complaint_themes JOIN themes ON themes.id = theme_id WHERE themes.key = :key
)"""
_COMMENTS = f"""
SELECT answers.id, answers.text FROM assessments JOIN answers ON answers.assessment_id = assessments.id
JOIN question_versions AS version ON version.id = question_version_id
JOIN questions ON questions.id = version.question_id
WHERE assessments.kind = 'customer' AND assessments.state = 'done' AND competitor_id IS NULL
    AND assessments.date BETWEEN :since AND :until AND questions.key IN ({{asked}}) AND answers.text <> ''
    AND {{mood}}
ORDER BY length(answers.text) > {LONGEST}, assessments.date DESC, answers.id DESC LIMIT {_MANY}
"""
# The mean of what a sheet says all in all: worth it, satisfaction, ease.
_ALL_IN_ALL = """(
    SELECT avg(other.value) FROM answers AS other
    JOIN question_versions AS asked ON asked.id = other.question_version_id
    JOIN questions AS overall ON overall.id = asked.question_id
    WHERE other.assessment_id = assessments.id AND other.state = 'answered'
        AND overall.key IN ('worth_it', 'satisfaction', 'ease')
)"""
# By whether it became better: True, False, or None where a change has no direction.
_MOODS = {True: "rating >= 4", False: "rating <= 3", None: "1"}
_SHEET_MOODS = {True: f"{_ALL_IN_ALL} >= 4", False: f"{_ALL_IN_ALL} <= 3", None: "1"}
# "The one thing we should keep", "… change": which of the two comments of a sheet says why.
_ASKED = {True: "'comment_keep'", False: "'comment_change'", None: "'comment_keep', 'comment_change'"}
_TEXTS = {
    "entries": "SELECT text FROM entries WHERE id = ?",
    "complaints": "SELECT text FROM complaints WHERE id = ?",
    "answers": "SELECT text FROM answers WHERE id = ?",
}


def refs(db: Queries, series: str, better: bool | None, since: date, until: date) -> tuple[Ref, ...]:
    """Whose words caused a change of a series between two days; none for series nobody's words stand behind."""
    days = {"since": since.isoformat(), "until": until.isoformat()}
    kind, _colon, key = series.partition(":")
    mood = _MOODS[better]
    if series in ("rating", "csat"):
        return _found(db, "entries", _ENTRIES.format(mood=mood), days)
    if series in LEVERS:
        return _found(db, "entries", _OF_THEMES.format(which="factors.lever", mood=mood), {**days, "key": series})
    if kind == "factor":
        return _found(db, "entries", _OF_THEMES.format(which="factors.key", mood=mood), {**days, "key": key})
    if kind == "theme":
        return _found(db, "entries", _OF_THEMES.format(which="themes.key", mood=_MOODS[None]), {**days, "key": key})
    if kind == "theme_bad":
        own = {**days, "key": key}
        said = _found(db, "entries", _OF_THEMES.format(which="themes.key", mood=NEGATIVE), own)
        return (said + _found(db, "complaints", _COMPLAINTS.format(which=_ABOUT), own))[:MOST]
    if series in ("complaints", "days", "acknowledging"):
        return _found(db, "complaints", _COMPLAINTS.format(which="1"), days)
    if series in ("net", "worth_it", "satisfaction", "ease", "nps"):
        return _found(db, "answers", _COMMENTS.format(mood=_SHEET_MOODS[better], asked=_ASKED[better]), days)
    return ()


def quotes(db: Queries, found: Sequence[Ref]) -> tuple[str, ...]:
    """The words as they stand in the file now, cut to a line; what was erased meanwhile is left out."""
    texts = [db.value(_TEXTS[ref.table], (ref.id,)) for ref in found]
    return tuple(short(text) for text in texts if text)


def short(text: str) -> str:
    """Words on one line, cut after a whole word where they are long."""
    words = " ".join(text.split())
    if len(words) <= LONGEST:
        return words
    return words[:LONGEST].rpartition(" ")[0].rstrip(" ,;:–-") + "…"


def _found(db: Queries, table: str, sql: str, parameters: Mapping[str, Any]) -> tuple[Ref, ...]:
    """The first rows whose words differ."""
    found: dict[str, Ref] = {}
    for row in db.rows(sql, parameters):
        found.setdefault(short(row["text"]).casefold(), Ref(table, int(row["id"])))
    return tuple(found.values())[:MOST]
