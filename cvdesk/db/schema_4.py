"""Migration 4: what themes and trends need beyond the first schemas. Never edited after release."""

from __future__ import annotations

_ROW = "id INTEGER PRIMARY KEY, created_at TEXT NOT NULL, updated_at TEXT NOT NULL"

# A theme that went into another keeps its name, so that a list that still uses it is filed under the other one. What
# somebody said of one theme may be praise though the rest of the entry is not: only the owner says so.
_THEMES = f"""
ALTER TABLE themes ADD COLUMN merged_into INTEGER REFERENCES themes (id);
CREATE INDEX themes_by_merged ON themes (merged_into) WHERE merged_into IS NOT NULL;
ALTER TABLE entry_themes ADD COLUMN mood TEXT NOT NULL DEFAULT '' CHECK (mood IN ('', 'good', 'bad'));
CREATE INDEX entry_themes_said_bad ON entry_themes (entry_id, state, main DESC, theme_id) WHERE mood = 'bad';
CREATE TABLE theme_checks (
    {_ROW}, month TEXT NOT NULL CHECK (month GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]'),
    entry_id INTEGER NOT NULL REFERENCES entries (id) ON DELETE CASCADE,
    said_id INTEGER REFERENCES themes (id) ON DELETE CASCADE,
    by TEXT NOT NULL CHECK (by IN ('', 'rule', 'words', 'model')),
    truth_id INTEGER REFERENCES themes (id) ON DELETE CASCADE,
    who TEXT NOT NULL DEFAULT '', UNIQUE (month, entry_id, who)
) STRICT;
CREATE INDEX theme_checks_by_entry ON theme_checks (entry_id);
CREATE INDEX theme_checks_by_said ON theme_checks (said_id) WHERE said_id IS NOT NULL;
CREATE INDEX theme_checks_by_truth ON theme_checks (truth_id) WHERE truth_id IS NOT NULL;
"""
# Which signals the owner has looked at, and how "did it work?" was asked.
_TRENDS = f"""
CREATE TABLE seen_signals (
    {_ROW}, series TEXT NOT NULL, verdict TEXT NOT NULL CHECK (verdict IN ('real', 'unusual')),
    since TEXT NOT NULL CHECK (date(since, '+0 days') IS since), UNIQUE (series, verdict, since)
) STRICT;
CREATE TABLE effects (
    {_ROW}, series TEXT NOT NULL, starts TEXT NOT NULL CHECK (date(starts, '+0 days') IS starts),
    note_id INTEGER REFERENCES chart_notes (id) ON DELETE CASCADE,
    action_id INTEGER REFERENCES actions (id) ON DELETE CASCADE,
    settle INTEGER NOT NULL DEFAULT 0 CHECK (settle BETWEEN 0 AND 12),
    left_out TEXT NOT NULL DEFAULT '[]', untouched TEXT NOT NULL DEFAULT ''
) STRICT;
CREATE INDEX effects_by_note ON effects (note_id) WHERE note_id IS NOT NULL;
CREATE INDEX effects_by_action ON effects (action_id) WHERE action_id IS NOT NULL;
"""

# How long answers take is drawn over all years: from the few entries that waited, not from all.
_WAITED = """
CREATE INDEX entries_waited ON entries (date, answered) WHERE needs_answer = 1 OR answered IS NOT NULL;
"""

SCHEMA_4 = _THEMES + _TRENDS + _WAITED
