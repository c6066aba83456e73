"""Migration 1: the whole schema of the first release. Never edited after release; later changes are later migrations."""

from __future__ import annotations

# Every table of people's records has: id (63-bit, time-ordered), created_at, updated_at (UTC instants).
_ROW = "id INTEGER PRIMARY KEY, created_at TEXT NOT NULL, updated_at TEXT NOT NULL"


def _date(column: str, needed: bool = False) -> str:
    # Without "+0 days" SQLite before 3.45 lets the 30th of February pass.
    return f"{column} TEXT {'NOT NULL ' if needed else ''}CHECK ({column} IS NULL OR date({column}, '+0 days') IS {column})"


def _flag(column: str, default: int = 0) -> str:
    return f"{column} INTEGER NOT NULL DEFAULT {default} CHECK ({column} IN (0, 1))"


_LOG = """
CREATE TABLE operations (
    id INTEGER PRIMARY KEY, label TEXT NOT NULL, at TEXT NOT NULL, who TEXT NOT NULL DEFAULT '',
    kind TEXT NOT NULL CHECK (kind IN ('do', 'undo', 'redo')),
    state TEXT NOT NULL CHECK (state IN ('done', 'undone', 'dropped')),
    undoes INTEGER REFERENCES operations (id)
) STRICT;
CREATE INDEX operations_undone ON operations (id) WHERE kind = 'do' AND state = 'undone';
CREATE INDEX operations_by_undone ON operations (undoes) WHERE undoes IS NOT NULL;
CREATE TABLE changes (
    id INTEGER PRIMARY KEY, operation_id INTEGER NOT NULL REFERENCES operations (id),
    table_name TEXT NOT NULL, row_id INTEGER NOT NULL, last_row_id INTEGER NOT NULL,
    action TEXT NOT NULL CHECK (action IN ('insert', 'update', 'delete')), before TEXT
) STRICT;
CREATE INDEX changes_by_operation ON changes (operation_id, id);
CREATE INDEX changes_by_row ON changes (table_name, row_id);
CREATE TABLE drafts (key TEXT PRIMARY KEY, value TEXT NOT NULL, saved_at TEXT NOT NULL) STRICT;
CREATE TABLE kept_figures (
    key TEXT PRIMARY KEY, operation_id INTEGER NOT NULL, today TEXT NOT NULL, value TEXT NOT NULL
) STRICT;
CREATE TABLE holder (id INTEGER PRIMARY KEY CHECK (id = 1), who TEXT NOT NULL, since TEXT NOT NULL) STRICT;
"""

_CATALOGUE = f"""
CREATE TABLE settings ({_ROW}, key TEXT NOT NULL UNIQUE, value TEXT NOT NULL) STRICT;
CREATE TABLE staff ({_ROW}, name TEXT NOT NULL UNIQUE, {_flag("active", 1)}) STRICT;
CREATE TABLE offerings (
    {_ROW}, key TEXT NOT NULL UNIQUE, name TEXT NOT NULL, price_minor INTEGER, {_flag("active", 1)}
) STRICT;
CREATE TABLE channels ({_ROW}, key TEXT NOT NULL UNIQUE, name TEXT NOT NULL, {_flag("active", 1)}) STRICT;
CREATE TABLE segments ({_ROW}, key TEXT NOT NULL UNIQUE, name TEXT NOT NULL, {_flag("active", 1)}) STRICT;
CREATE TABLE tags ({_ROW}, key TEXT NOT NULL UNIQUE, name TEXT NOT NULL) STRICT;
CREATE TABLE factors (
    {_ROW}, key TEXT NOT NULL UNIQUE,
    lever TEXT NOT NULL CHECK (lever IN ('worth', 'benefits', 'costs', 'drawbacks')),
    place INTEGER NOT NULL, label TEXT NOT NULL, type TEXT NOT NULL DEFAULT '',
    {_flag("core")}, {_flag("active", 1)}, {_flag("own")},
    importance REAL CHECK (importance BETWEEN 1 AND 5),
    keywords TEXT NOT NULL DEFAULT '[]'
) STRICT;
CREATE TABLE questions (
    {_ROW}, key TEXT NOT NULL UNIQUE, factor_id INTEGER REFERENCES factors (id),
    kind TEXT NOT NULL CHECK (kind IN ('scale5', 'scale0_10', 'yes_no', 'text', 'importance', 'points')),
    place INTEGER NOT NULL
) STRICT;
CREATE INDEX questions_by_factor ON questions (factor_id) WHERE factor_id IS NOT NULL;
CREATE TABLE question_versions (
    {_ROW}, question_id INTEGER NOT NULL REFERENCES questions (id), series INTEGER NOT NULL,
    language TEXT NOT NULL, wording TEXT NOT NULL, wording_owner TEXT NOT NULL DEFAULT '',
    anchors TEXT NOT NULL, {_flag("active", 1)},
    UNIQUE (question_id, series, language)
) STRICT;
CREATE TABLE themes (
    {_ROW}, key TEXT NOT NULL UNIQUE, name TEXT NOT NULL,
    factor_id INTEGER NOT NULL REFERENCES factors (id), {_flag("active", 1)}
) STRICT;
CREATE INDEX themes_by_factor ON themes (factor_id);
CREATE TABLE theme_rules (
    {_ROW}, theme_id INTEGER NOT NULL REFERENCES themes (id) ON DELETE CASCADE, word TEXT NOT NULL,
    UNIQUE (theme_id, word)
) STRICT;
CREATE TABLE saved_filters ({_ROW}, page TEXT NOT NULL, name TEXT NOT NULL, value TEXT NOT NULL) STRICT;
CREATE TABLE imports (
    {_ROW}, operation_id INTEGER NOT NULL, source TEXT NOT NULL, kind TEXT NOT NULL, shape TEXT NOT NULL DEFAULT '',
    mapping TEXT NOT NULL DEFAULT '{{}}',
    read_rows INTEGER NOT NULL, added INTEGER NOT NULL, updated INTEGER NOT NULL, skipped INTEGER NOT NULL,
    rejected INTEGER NOT NULL, customers_made INTEGER NOT NULL DEFAULT 0
) STRICT;
"""

_PEOPLE = f"""
CREATE TABLE customers (
    {_ROW}, kind TEXT NOT NULL DEFAULT 'person' CHECK (kind IN ('person', 'organisation')),
    name TEXT NOT NULL CHECK (trim(name) <> ''), name_key TEXT NOT NULL, preferred_name TEXT NOT NULL DEFAULT '',
    organisation TEXT NOT NULL DEFAULT '', preferred_channel_id INTEGER REFERENCES channels (id),
    segment_id INTEGER REFERENCES segments (id), {_date("since")}, {_date("birthday")},
    address TEXT NOT NULL DEFAULT '', city TEXT NOT NULL DEFAULT '', country TEXT NOT NULL DEFAULT '',
    notes TEXT NOT NULL DEFAULT '', source_id TEXT, {_flag("active", 1)}
) STRICT;
CREATE INDEX customers_by_name ON customers (name_key, id);
CREATE INDEX customers_by_source ON customers (source_id) WHERE source_id IS NOT NULL;
CREATE INDEX customers_by_segment ON customers (segment_id);
CREATE INDEX customers_by_channel ON customers (preferred_channel_id) WHERE preferred_channel_id IS NOT NULL;
CREATE TABLE contacts (
    {_ROW}, customer_id INTEGER NOT NULL REFERENCES customers (id) ON DELETE CASCADE,
    kind TEXT NOT NULL CHECK (kind IN ('email', 'phone', 'web')), value TEXT NOT NULL, match_key TEXT NOT NULL,
    label TEXT NOT NULL DEFAULT '', UNIQUE (customer_id, kind, match_key)
) STRICT;
CREATE INDEX contacts_by_match ON contacts (kind, match_key);
CREATE TABLE aliases (
    {_ROW}, customer_id INTEGER NOT NULL REFERENCES customers (id) ON DELETE CASCADE,
    kind TEXT NOT NULL CHECK (kind IN ('nickname', 'merged', 'source')), value TEXT NOT NULL, match_key TEXT NOT NULL
) STRICT;
CREATE INDEX aliases_by_match ON aliases (kind, match_key);
CREATE INDEX aliases_by_customer ON aliases (customer_id);
CREATE TABLE customer_tags (
    {_ROW}, customer_id INTEGER NOT NULL REFERENCES customers (id) ON DELETE CASCADE,
    tag_id INTEGER NOT NULL REFERENCES tags (id) ON DELETE CASCADE, UNIQUE (customer_id, tag_id)
) STRICT;
CREATE INDEX customer_tags_by_tag ON customer_tags (tag_id);
CREATE TABLE duplicates (
    {_ROW}, customer_id INTEGER NOT NULL REFERENCES customers (id) ON DELETE CASCADE,
    other_id INTEGER NOT NULL REFERENCES customers (id) ON DELETE CASCADE, reason TEXT NOT NULL,
    state TEXT NOT NULL DEFAULT 'proposed' CHECK (state IN ('proposed', 'kept_apart', 'merged')),
    UNIQUE (customer_id, other_id)
) STRICT;
CREATE INDEX duplicates_by_other ON duplicates (other_id);
CREATE TABLE purchases (
    {_ROW}, customer_id INTEGER NOT NULL REFERENCES customers (id) ON DELETE CASCADE, {_date("date", True)}, time TEXT,
    offering_id INTEGER REFERENCES offerings (id), amount_minor INTEGER, note TEXT NOT NULL DEFAULT '', source_id TEXT
) STRICT;
CREATE INDEX purchases_by_customer ON purchases (customer_id, date);
CREATE INDEX purchases_by_date ON purchases (date, customer_id);
CREATE INDEX purchases_by_offering ON purchases (offering_id) WHERE offering_id IS NOT NULL;
CREATE TABLE touches (
    {_ROW}, customer_id INTEGER NOT NULL REFERENCES customers (id) ON DELETE CASCADE, {_date("date", True)},
    kind TEXT NOT NULL CHECK (kind IN ('contact', 'check_in', 'letter', 'gesture', 'reward', 'onboarding', 'told')),
    channel_id INTEGER REFERENCES channels (id), {_date("due")}, {_date("done")}, cost_minor INTEGER,
    note TEXT NOT NULL DEFAULT '', staff_id INTEGER REFERENCES staff (id)
) STRICT;
CREATE INDEX touches_by_customer ON touches (customer_id, date);
CREATE INDEX touches_by_due ON touches (due) WHERE due IS NOT NULL;
CREATE INDEX touches_by_channel ON touches (channel_id) WHERE channel_id IS NOT NULL;
CREATE INDEX touches_by_staff ON touches (staff_id) WHERE staff_id IS NOT NULL;
"""

_LISTEN = f"""
CREATE TABLE entries (
    {_ROW}, position INTEGER NOT NULL UNIQUE, {_date("date", True)}, time TEXT,
    customer_id INTEGER REFERENCES customers (id) ON DELETE SET NULL,
    channel_id INTEGER REFERENCES channels (id),
    kind TEXT NOT NULL DEFAULT 'comment' CHECK (kind IN ('praise', 'suggestion', 'question', 'problem', 'comment')),
    rating REAL CHECK (rating BETWEEN 1 AND 5), rating_raw TEXT, rating_scale TEXT,
    text TEXT NOT NULL DEFAULT '', offering_id INTEGER REFERENCES offerings (id),
    segment_id INTEGER REFERENCES segments (id), staff_id INTEGER REFERENCES staff (id),
    source TEXT NOT NULL DEFAULT '', source_id TEXT, severity TEXT CHECK (severity IN ('minor', 'moderate', 'serious')),
    {_flag("needs_answer")}, {_date("answered")}, {_flag("safety")}, {_date("promised_by")}, promise TEXT NOT NULL DEFAULT ''
) STRICT;
CREATE INDEX entries_by_customer ON entries (customer_id, position);
CREATE INDEX entries_by_channel ON entries (channel_id, position);
CREATE INDEX entries_by_offering ON entries (offering_id, position) WHERE offering_id IS NOT NULL;
CREATE INDEX entries_by_segment ON entries (segment_id, position) WHERE segment_id IS NOT NULL;
CREATE INDEX entries_by_date ON entries (date, customer_id);
CREATE INDEX entries_by_source ON entries (source_id) WHERE source_id IS NOT NULL;
CREATE INDEX entries_unanswered ON entries (position) WHERE needs_answer = 1 AND answered IS NULL;
CREATE INDEX entries_safety ON entries (position) WHERE safety = 1;
CREATE INDEX entries_by_staff ON entries (staff_id) WHERE staff_id IS NOT NULL;
CREATE TABLE entry_themes (
    {_ROW}, entry_id INTEGER NOT NULL REFERENCES entries (id) ON DELETE CASCADE,
    theme_id INTEGER NOT NULL REFERENCES themes (id) ON DELETE CASCADE, {_flag("main", 1)},
    state TEXT NOT NULL CHECK (state IN ('suggested', 'confirmed', 'rejected')),
    by TEXT NOT NULL CHECK (by IN ('owner', 'rule', 'words', 'model')), score REAL, UNIQUE (entry_id, theme_id)
) STRICT;
CREATE INDEX entry_themes_by_theme ON entry_themes (theme_id, state, entry_id);
CREATE INDEX entry_themes_by_entry ON entry_themes (entry_id, theme_id, state);
CREATE TABLE complaints (
    {_ROW}, number INTEGER NOT NULL UNIQUE CHECK (number > 0), {_date("date", True)}, time TEXT,
    customer_id INTEGER REFERENCES customers (id) ON DELETE SET NULL,
    entry_id INTEGER REFERENCES entries (id) ON DELETE SET NULL, channel_id INTEGER REFERENCES channels (id),
    offering_id INTEGER REFERENCES offerings (id), segment_id INTEGER REFERENCES segments (id),
    text TEXT NOT NULL DEFAULT '',
    severity TEXT NOT NULL DEFAULT 'minor' CHECK (severity IN ('minor', 'moderate', 'serious')),
    stage TEXT NOT NULL DEFAULT 'received'
        CHECK (stage IN ('received', 'acknowledged', 'assessed', 'resolved', 'told', 'closed')),
    valid INTEGER CHECK (valid IN (0, 1)), cause TEXT NOT NULL DEFAULT '',
    outcome TEXT CHECK (outcome IN ('accepted', 'not_accepted', 'spam', 'duplicate')),
    resolution TEXT NOT NULL DEFAULT '', handler_id INTEGER REFERENCES staff (id), cost_minor INTEGER,
    {_date("acknowledge_by")}, {_date("resolve_by")}, {_date("acknowledged")}, {_date("resolved")}, {_date("told")}, {_date("closed")},
    repeat_of INTEGER REFERENCES complaints (id) ON DELETE SET NULL, source TEXT NOT NULL DEFAULT '', source_id TEXT
) STRICT;
CREATE INDEX complaints_by_date ON complaints (date, id);
CREATE INDEX complaints_by_customer ON complaints (customer_id, date);
CREATE INDEX complaints_by_entry ON complaints (entry_id) WHERE entry_id IS NOT NULL;
CREATE INDEX complaints_open ON complaints (resolve_by) WHERE stage NOT IN ('resolved', 'told', 'closed');
CREATE INDEX complaints_by_source ON complaints (source_id) WHERE source_id IS NOT NULL;
CREATE INDEX complaints_by_repeat ON complaints (repeat_of) WHERE repeat_of IS NOT NULL;
CREATE INDEX complaints_by_channel ON complaints (channel_id) WHERE channel_id IS NOT NULL;
CREATE INDEX complaints_by_offering ON complaints (offering_id) WHERE offering_id IS NOT NULL;
CREATE INDEX complaints_by_segment ON complaints (segment_id) WHERE segment_id IS NOT NULL;
CREATE INDEX complaints_by_handler ON complaints (handler_id) WHERE handler_id IS NOT NULL;
CREATE TABLE complaint_themes (
    {_ROW}, complaint_id INTEGER NOT NULL REFERENCES complaints (id) ON DELETE CASCADE,
    theme_id INTEGER NOT NULL REFERENCES themes (id) ON DELETE CASCADE, UNIQUE (complaint_id, theme_id)
) STRICT;
CREATE INDEX complaint_themes_by_theme ON complaint_themes (theme_id, complaint_id);
CREATE TABLE complaint_events (
    {_ROW}, complaint_id INTEGER NOT NULL REFERENCES complaints (id) ON DELETE CASCADE,
    stage TEXT NOT NULL CHECK (stage IN ('received', 'acknowledged', 'assessed', 'resolved', 'told', 'closed', 'reopened', 'note')),
    {_date("date", True)}, time TEXT, staff_id INTEGER REFERENCES staff (id), note TEXT NOT NULL DEFAULT '', cost_minor INTEGER
) STRICT;
CREATE INDEX complaint_events_by_complaint ON complaint_events (complaint_id, date, stage);
CREATE INDEX complaint_events_by_staff ON complaint_events (staff_id) WHERE staff_id IS NOT NULL;
CREATE TABLE attachments (
    {_ROW}, hash TEXT NOT NULL UNIQUE, name TEXT NOT NULL, media_type TEXT NOT NULL DEFAULT '',
    data BLOB NOT NULL CHECK (length(data) <= 26214400)
) STRICT;
CREATE TABLE attachment_links (
    {_ROW}, attachment_id INTEGER NOT NULL REFERENCES attachments (id) ON DELETE CASCADE,
    entry_id INTEGER REFERENCES entries (id) ON DELETE CASCADE,
    complaint_id INTEGER REFERENCES complaints (id) ON DELETE CASCADE,
    CHECK ((entry_id IS NULL) <> (complaint_id IS NULL))
) STRICT;
CREATE INDEX attachment_links_by_attachment ON attachment_links (attachment_id);
CREATE INDEX attachment_links_by_entry ON attachment_links (entry_id) WHERE entry_id IS NOT NULL;
CREATE INDEX attachment_links_by_complaint ON attachment_links (complaint_id) WHERE complaint_id IS NOT NULL;
CREATE TABLE tallies (
    {_ROW}, {_date("date", True)}, name TEXT NOT NULL, count INTEGER NOT NULL DEFAULT 0 CHECK (count >= 0), UNIQUE (date, name)
) STRICT;
"""

_MEASURE = f"""
CREATE TABLE competitors ({_ROW}, name TEXT NOT NULL UNIQUE, price_ratio REAL, {_flag("active", 1)}) STRICT;
CREATE TABLE surveys (
    {_ROW}, name TEXT NOT NULL, form TEXT NOT NULL CHECK (form IN ('minute', 'short', 'full', 'rotating', 'own')),
    {_date("started")}, {_date("ended")}, questions TEXT NOT NULL DEFAULT '[]', language TEXT NOT NULL DEFAULT 'en'
) STRICT;
CREATE TABLE sheets (
    {_ROW}, survey_id INTEGER NOT NULL REFERENCES surveys (id) ON DELETE CASCADE, code TEXT NOT NULL UNIQUE,
    customer_id INTEGER REFERENCES customers (id) ON DELETE SET NULL, {_date("asked")}, way TEXT NOT NULL DEFAULT '', {_date("answered")}
) STRICT;
CREATE INDEX sheets_by_survey ON sheets (survey_id, asked);
CREATE INDEX sheets_by_customer ON sheets (customer_id) WHERE customer_id IS NOT NULL;
CREATE TABLE assessments (
    {_ROW}, kind TEXT NOT NULL CHECK (kind IN ('customer', 'owner')),
    form TEXT NOT NULL CHECK (form IN ('minute', 'short', 'full', 'rotating', 'own')),
    state TEXT NOT NULL CHECK (state IN ('draft', 'done')), {_date("date", True)}, time TEXT,
    customer_id INTEGER REFERENCES customers (id) ON DELETE SET NULL, sheet_token TEXT,
    competitor_id INTEGER REFERENCES competitors (id), sheet_id INTEGER REFERENCES sheets (id) ON DELETE SET NULL,
    source TEXT NOT NULL DEFAULT '', channel_id INTEGER REFERENCES channels (id),
    offering_id INTEGER REFERENCES offerings (id), segment_id INTEGER REFERENCES segments (id),
    staff_id INTEGER REFERENCES staff (id), source_id TEXT
) STRICT;
CREATE INDEX assessments_by_date ON assessments (kind, state, date);
CREATE INDEX assessments_by_customer ON assessments (customer_id, date);
CREATE INDEX assessments_by_sheet ON assessments (sheet_id) WHERE sheet_id IS NOT NULL;
CREATE INDEX assessments_by_channel ON assessments (channel_id) WHERE channel_id IS NOT NULL;
CREATE INDEX assessments_by_offering ON assessments (offering_id) WHERE offering_id IS NOT NULL;
CREATE INDEX assessments_by_segment ON assessments (segment_id) WHERE segment_id IS NOT NULL;
CREATE INDEX assessments_by_staff ON assessments (staff_id) WHERE staff_id IS NOT NULL;
CREATE INDEX assessments_by_competitor ON assessments (competitor_id) WHERE competitor_id IS NOT NULL;
CREATE TABLE answers (
    {_ROW}, assessment_id INTEGER NOT NULL REFERENCES assessments (id) ON DELETE CASCADE,
    question_version_id INTEGER NOT NULL REFERENCES question_versions (id),
    state TEXT NOT NULL CHECK (state IN ('answered', 'not_apply', 'skipped', 'not_asked')),
    value REAL, text TEXT NOT NULL DEFAULT '', UNIQUE (question_version_id, assessment_id)
) STRICT;
CREATE INDEX answers_by_sheet ON answers (assessment_id, question_version_id, state, value);
"""

_ACT = f"""
CREATE TABLE actions (
    {_ROW}, name TEXT NOT NULL, note TEXT NOT NULL DEFAULT '', theme_id INTEGER REFERENCES themes (id),
    entry_id INTEGER REFERENCES entries (id) ON DELETE SET NULL,
    cost_once_minor INTEGER NOT NULL DEFAULT 0, cost_month_minor INTEGER NOT NULL DEFAULT 0, hours REAL NOT NULL DEFAULT 0,
    reach REAL NOT NULL DEFAULT 1 CHECK (reach BETWEEN 0 AND 1), chance REAL NOT NULL DEFAULT 0.7 CHECK (chance BETWEEN 0 AND 1),
    {_flag("must_fix")}, {_date("planned")}, {_date("started")}, {_date("done")},
    status TEXT NOT NULL DEFAULT 'idea' CHECK (status IN ('idea', 'planned', 'started', 'done', 'dropped')), result TEXT NOT NULL DEFAULT ''
) STRICT;
CREATE INDEX actions_by_theme ON actions (theme_id) WHERE theme_id IS NOT NULL;
CREATE INDEX actions_by_entry ON actions (entry_id) WHERE entry_id IS NOT NULL;
CREATE TABLE action_lifts (
    {_ROW}, action_id INTEGER NOT NULL REFERENCES actions (id) ON DELETE CASCADE,
    factor_id INTEGER NOT NULL REFERENCES factors (id), low REAL NOT NULL, likely REAL NOT NULL, high REAL NOT NULL,
    CHECK (low <= likely AND likely <= high), UNIQUE (action_id, factor_id)
) STRICT;
CREATE INDEX action_lifts_by_factor ON action_lifts (factor_id);
CREATE TABLE action_rules (
    {_ROW}, action_id INTEGER NOT NULL REFERENCES actions (id) ON DELETE CASCADE,
    other_id INTEGER NOT NULL REFERENCES actions (id) ON DELETE CASCADE, kind TEXT NOT NULL CHECK (kind IN ('needs', 'excludes'))
) STRICT;
CREATE INDEX action_rules_by_action ON action_rules (action_id);
CREATE INDEX action_rules_by_other ON action_rules (other_id);
CREATE TABLE strategies (
    {_ROW}, name TEXT NOT NULL, {_date("started")}, {_date("ends")}, {_date("review")}, budget_minor INTEGER, hours REAL,
    style TEXT NOT NULL DEFAULT 'balanced' CHECK (style IN ('double_down', 'balanced', 'catch_up')), promise TEXT NOT NULL DEFAULT '{{}}',
    state TEXT NOT NULL DEFAULT 'draft' CHECK (state IN ('draft', 'running', 'ended'))
) STRICT;
CREATE TABLE strategy_actions (
    {_ROW}, strategy_id INTEGER NOT NULL REFERENCES strategies (id) ON DELETE CASCADE,
    action_id INTEGER NOT NULL REFERENCES actions (id) ON DELETE CASCADE, {_flag("chosen", 1)}, UNIQUE (strategy_id, action_id)
) STRICT;
CREATE INDEX strategy_actions_by_action ON strategy_actions (action_id);
CREATE TABLE goals (
    {_ROW}, strategy_id INTEGER REFERENCES strategies (id) ON DELETE CASCADE, measure TEXT NOT NULL, target REAL NOT NULL, {_date("due")}
) STRICT;
CREATE INDEX goals_by_strategy ON goals (strategy_id);
CREATE TABLE phases (
    {_ROW}, series TEXT NOT NULL, {_date("starts", True)}, reason TEXT NOT NULL, verdict TEXT NOT NULL DEFAULT '', UNIQUE (series, starts)
) STRICT;
CREATE TABLE chart_notes ({_ROW}, {_date("date", True)}, text TEXT NOT NULL, action_id INTEGER REFERENCES actions (id) ON DELETE SET NULL) STRICT;
CREATE INDEX chart_notes_by_action ON chart_notes (action_id) WHERE action_id IS NOT NULL;
CREATE TABLE care_plans (
    {_ROW}, kind TEXT NOT NULL CHECK (kind IN ('onboarding', 'check_in', 'gesture', 'loyalty')), name TEXT NOT NULL,
    value TEXT NOT NULL DEFAULT '{{}}', {_flag("active", 1)}
) STRICT;
CREATE TABLE groups ({_ROW}, name TEXT NOT NULL, note TEXT NOT NULL DEFAULT '') STRICT;
CREATE TABLE group_members (
    {_ROW}, group_id INTEGER NOT NULL REFERENCES groups (id) ON DELETE CASCADE,
    customer_id INTEGER NOT NULL REFERENCES customers (id) ON DELETE CASCADE, UNIQUE (group_id, customer_id)
) STRICT;
CREATE INDEX group_members_by_customer ON group_members (customer_id);
CREATE TABLE gatherings ({_ROW}, name TEXT NOT NULL, {_date("date", True)}, group_id INTEGER REFERENCES groups (id) ON DELETE SET NULL, note TEXT NOT NULL DEFAULT '') STRICT;
CREATE INDEX gatherings_by_group ON gatherings (group_id) WHERE group_id IS NOT NULL;
"""

_DERIVED = """
CREATE VIRTUAL TABLE entries_search USING fts5 (
    words, content='', tokenize="unicode61 remove_diacritics 2", prefix='2 3'
);
-- Bytes gathered in memory before a segment is written; the usual 1 MB makes an import merge segments all the time.
INSERT INTO entries_search (entries_search, rank) VALUES ('hashsize', 67108864);
CREATE TABLE entry_days (
    dimension TEXT NOT NULL, key TEXT NOT NULL, date TEXT NOT NULL, entries INTEGER NOT NULL, rated INTEGER NOT NULL,
    rating_sum REAL NOT NULL, satisfied INTEGER NOT NULL, anonymous INTEGER NOT NULL, PRIMARY KEY (dimension, key, date)
) STRICT, WITHOUT ROWID;
"""

SCHEMA_1 = _LOG + _CATALOGUE + _PEOPLE + _LISTEN + _MEASURE + _ACT + _DERIVED
