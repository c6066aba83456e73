"""Migration 3: what measuring value needs beyond the first schemas. Never edited after release."""

from __future__ import annotations

_QUESTIONS = """
ALTER TABLE questions ADD COLUMN lever TEXT
    CHECK (lever IS NULL OR lever IN ('worth', 'benefits', 'costs', 'drawbacks'));
ALTER TABLE questions ADD COLUMN own INTEGER NOT NULL DEFAULT 0 CHECK (own IN (0, 1));
ALTER TABLE questions ADD COLUMN active INTEGER NOT NULL DEFAULT 1 CHECK (active IN (0, 1));
"""
# How a sheet about somebody else came about, and which questions were put on one that asks only some.
_ASSESSMENTS = """
ALTER TABLE assessments ADD COLUMN way TEXT NOT NULL DEFAULT '' CHECK (way IN ('', 'used_both', 'mystery', 'guess'));
ALTER TABLE assessments ADD COLUMN asked TEXT NOT NULL DEFAULT '[]';
"""
_SURVEYS = """
ALTER TABLE surveys ADD COLUMN offering_id INTEGER REFERENCES offerings (id);
ALTER TABLE surveys ADD COLUMN anonymous INTEGER NOT NULL DEFAULT 0 CHECK (anonymous IN (0, 1));
ALTER TABLE surveys ADD COLUMN greeting TEXT NOT NULL DEFAULT '';
ALTER TABLE surveys ADD COLUMN thanks TEXT NOT NULL DEFAULT '';
CREATE INDEX surveys_by_offering ON surveys (offering_id) WHERE offering_id IS NOT NULL;
ALTER TABLE sheets ADD COLUMN questions TEXT NOT NULL DEFAULT '[]';
"""
# Who was asked: apart from the sheets, so that an anonymous sheet leads to nobody and yet nobody is asked too often.
_INVITATIONS = """
CREATE TABLE invitations (
    id INTEGER PRIMARY KEY, created_at TEXT NOT NULL, updated_at TEXT NOT NULL,
    survey_id INTEGER NOT NULL REFERENCES surveys (id) ON DELETE CASCADE,
    customer_id INTEGER NOT NULL REFERENCES customers (id) ON DELETE CASCADE,
    asked TEXT NOT NULL CHECK (date(asked, '+0 days') IS asked), way TEXT NOT NULL DEFAULT '',
    UNIQUE (survey_id, customer_id)
) STRICT;
CREATE INDEX invitations_by_customer ON invitations (customer_id, asked);
"""
# What floors under value and affected shares are counted from, so that no other entry need be read for them; of the
# themes of an entry the main one comes first.
_TROUBLE = """
CREATE INDEX entries_troubled ON entries (date, customer_id, severity, rating, kind)
    WHERE customer_id IS NOT NULL AND (severity IS NOT NULL OR rating <= 2 OR kind = 'problem');
DROP INDEX entry_themes_by_entry;
CREATE INDEX entry_themes_by_entry ON entry_themes (entry_id, state, main DESC, theme_id);
"""
# One question for a whole part of value, as the one-minute form asks it; only in files that have their questions.
_LEVER_QUESTIONS = (
    (
        "worth",
        "How good was {offer}?",
        "How good would most of your customers say {offer} is for them?",
        '{"1": "Poor: it did little for me", "3": "All right", "5": "Excellent: all I came for"}',
    ),
    (
        "benefits",
        "How good was what came with it: the people, the way it went, how it felt?",
        "How good would most of your customers say everything around it is: the people, the way it goes, how it feels?",
        '{"1": "Poor", "3": "All right", "5": "Excellent"}',
    ),
    (
        "costs",
        "Leaving mishaps aside, how much did it take out of you in money, time and effort?",
        "Leaving mishaps aside, how much would most of your customers say it takes out of them?",
        '{"1": "Very little", "3": "A fair amount", "5": "Far too much"}',
    ),
    (
        "drawbacks",
        "How much went wrong or got in your way?",
        "How much would most of your customers say goes wrong or gets in their way?",
        '{"1": "Nothing at all", "3": "Some: I noticed it", "5": "A great deal"}',
    ),
)


def _lever_question(lever: str, wording: str, wording_owner: str, anchors: str) -> str:
    values = [text.replace("'", "''") for text in (wording, wording_owner, anchors)]
    return f"""
INSERT INTO questions (id, created_at, updated_at, key, kind, place, lever)
SELECT max(id) + 1, max(created_at), max(created_at), 'lever_{lever}', 'scale5', max(place) + 1, '{lever}'
FROM questions HAVING count(*) > 0;
INSERT INTO question_versions (id, created_at, updated_at, question_id, series, language, wording, wording_owner, anchors)
SELECT (SELECT max(id) + 1 FROM question_versions), questions.created_at, questions.created_at, questions.id, 1, 'en',
    '{values[0]}', '{values[1]}', '{values[2]}'
FROM questions WHERE key = 'lever_{lever}';
"""


SCHEMA_3 = (
    _QUESTIONS
    + _ASSESSMENTS
    + _SURVEYS
    + _INVITATIONS
    + _TROUBLE
    + "".join(_lever_question(*one) for one in _LEVER_QUESTIONS)
)
