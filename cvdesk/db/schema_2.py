"""Migration 2: what listening needs beyond the first schema. Never edited after release."""

from __future__ import annotations

# A safety mark asks three questions and stays on Home until it is dealt with; a promise has somebody who keeps it.
_ENTRIES = """
ALTER TABLE entries ADD COLUMN safety_batch TEXT NOT NULL DEFAULT '';
ALTER TABLE entries ADD COLUMN safety_others TEXT NOT NULL DEFAULT '';
ALTER TABLE entries ADD COLUMN safety_told TEXT NOT NULL DEFAULT '';
ALTER TABLE entries ADD COLUMN safety_closed TEXT
    CHECK (safety_closed IS NULL OR date(safety_closed, '+0 days') IS safety_closed);
ALTER TABLE entries ADD COLUMN promise_staff_id INTEGER REFERENCES staff (id);
ALTER TABLE entries ADD COLUMN promise_kept TEXT
    CHECK (promise_kept IS NULL OR date(promise_kept, '+0 days') IS promise_kept);
ALTER TABLE entries ADD COLUMN answer TEXT NOT NULL DEFAULT '';
DROP INDEX entries_safety;
CREATE INDEX entries_safety ON entries (position) WHERE safety = 1 AND safety_closed IS NULL;
CREATE INDEX entries_promised ON entries (promised_by) WHERE promised_by IS NOT NULL AND promise_kept IS NULL;
CREATE INDEX entries_by_promiser ON entries (promise_staff_id) WHERE promise_staff_id IS NOT NULL;
"""
# The very words that were marked as being about a theme.
_MARKED_WORDS = "ALTER TABLE entry_themes ADD COLUMN words TEXT NOT NULL DEFAULT '';"
# Which operation put two customers together, so that they can be taken apart again.
_MERGES = """
ALTER TABLE aliases ADD COLUMN operation_id INTEGER;
"""
_SNIPPETS = """
CREATE TABLE snippets (
    id INTEGER PRIMARY KEY, created_at TEXT NOT NULL, updated_at TEXT NOT NULL,
    name TEXT NOT NULL UNIQUE CHECK (trim(name) <> ''), text TEXT NOT NULL CHECK (trim(text) <> '')
) STRICT;
"""
# A record's history and the list of what was deleted find their changes without reading all of them.
_HISTORY = """
CREATE INDEX changes_of_blocks ON changes (table_name, row_id) WHERE last_row_id > row_id;
CREATE INDEX changes_deleted ON changes (id) WHERE action = 'delete';
"""

SCHEMA_2 = _ENTRIES + _MARKED_WORDS + _MERGES + _SNIPPETS + _HISTORY
