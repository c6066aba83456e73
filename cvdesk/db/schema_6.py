"""Migration 6: what documents need: the business's logo, what was printed, and the monthly look. Never edited after release."""

from __future__ import annotations

_ROW = "id INTEGER PRIMARY KEY, created_at TEXT NOT NULL, updated_at TEXT NOT NULL"


def _date(column: str, needed: bool = False) -> str:
    return f"{column} TEXT {'NOT NULL ' if needed else ''}CHECK ({column} IS NULL OR date({column}, '+0 days') IS {column})"


# Pictures of the business itself; `key`: what for ('logo').
_IMAGES = f"""
CREATE TABLE images (
    {_ROW}, key TEXT NOT NULL UNIQUE CHECK (trim(key) <> ''), name TEXT NOT NULL DEFAULT '',
    media_type TEXT NOT NULL CHECK (media_type IN ('image/png', 'image/jpeg', 'image/svg+xml')),
    data BLOB NOT NULL CHECK (length(data) <= 5242880)
) STRICT;
"""

# Documents as they went on paper or into a file, so that they print again with the figures as they were. `about`: what
# they were limited to, in words; `names`: whether customers are named in them; `hash`: SHA-256 of the PDF.
_PRINTED = f"""
CREATE TABLE printed (
    {_ROW}, kind TEXT NOT NULL CHECK (trim(kind) <> ''), title TEXT NOT NULL, about TEXT NOT NULL DEFAULT '',
    {_date("made_on", True)}, {_date("period_start")}, {_date("period_end")},
    paper TEXT NOT NULL DEFAULT 'a4', pages INTEGER NOT NULL CHECK (pages > 0),
    names INTEGER NOT NULL DEFAULT 1 CHECK (names IN (0, 1)),
    customer_id INTEGER REFERENCES customers (id) ON DELETE SET NULL,
    hash TEXT NOT NULL, pdf BLOB NOT NULL CHECK (length(pdf) <= 26214400)
) STRICT;
CREATE INDEX printed_by_day ON printed (made_on);
CREATE INDEX printed_by_customer ON printed (customer_id) WHERE customer_id IS NOT NULL;
"""

# The monthly look: one a month; `state`: how far it is and what was found (JSON); the one thing chosen is an action.
_LOOKS = f"""
CREATE TABLE looks (
    {_ROW}, month TEXT NOT NULL UNIQUE CHECK (date(month || '-01', '+0 days') IS month || '-01'),
    {_date("begun", True)}, {_date("finished")}, state TEXT NOT NULL DEFAULT '{{}}',
    action_id INTEGER REFERENCES actions (id) ON DELETE SET NULL,
    printed_id INTEGER REFERENCES printed (id) ON DELETE SET NULL
) STRICT;
CREATE INDEX looks_by_action ON looks (action_id) WHERE action_id IS NOT NULL;
CREATE INDEX looks_by_printed ON looks (printed_id) WHERE printed_id IS NOT NULL;
"""

SCHEMA_6 = _IMAGES + _PRINTED + _LOOKS
