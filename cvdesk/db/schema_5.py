"""Migration 5: what strategy and care need beyond the first schemas. Never edited after release."""

from __future__ import annotations

_ROW = "id INTEGER PRIMARY KEY, created_at TEXT NOT NULL, updated_at TEXT NOT NULL"


def _date(column: str, needed: bool = False) -> str:
    return f"{column} TEXT {'NOT NULL ' if needed else ''}CHECK ({column} IS NULL OR date({column}, '+0 days') IS {column})"


# Whether somebody may be written to, since when and how that is known: nothing is written to whoever said no.
_PERMISSION = f"""
ALTER TABLE customers ADD COLUMN may_write TEXT NOT NULL DEFAULT '' CHECK (may_write IN ('', 'yes', 'no'));
ALTER TABLE customers ADD COLUMN {_date("may_write_on")};
ALTER TABLE customers ADD COLUMN may_write_how TEXT NOT NULL DEFAULT '';
"""

# Of three answers an action is made: which problem (theme, entry or factor), what it costs or saves (below 0: saves),
# how much of the problem goes. `kind`: stopping something and a changed price are actions, too.
_ACTIONS = f"""
ALTER TABLE actions ADD COLUMN kind TEXT NOT NULL DEFAULT 'do' CHECK (kind IN ('do', 'stop', 'price'));
ALTER TABLE actions ADD COLUMN removes TEXT NOT NULL DEFAULT '' CHECK (removes IN ('', 'bit', 'half', 'most'));
ALTER TABLE actions ADD COLUMN price_change REAL CHECK (price_change IS NULL OR price_change BETWEEN -0.9 AND 9);
ALTER TABLE actions ADD COLUMN must_fix_why TEXT NOT NULL DEFAULT ''
    CHECK (must_fix_why IN ('', 'safety', 'privacy', 'law', 'serious'));
ALTER TABLE actions ADD COLUMN idea TEXT NOT NULL DEFAULT '';
ALTER TABLE actions ADD COLUMN offering_id INTEGER REFERENCES offerings (id);
ALTER TABLE actions ADD COLUMN staff_id INTEGER REFERENCES staff (id);
ALTER TABLE actions ADD COLUMN {_date("due")};
CREATE INDEX actions_by_offering ON actions (offering_id) WHERE offering_id IS NOT NULL;
CREATE INDEX actions_by_staff ON actions (staff_id) WHERE staff_id IS NOT NULL;
"""

# `promise`: what was expected when it was chosen (JSON); `result`: what came of it, kept when it ended (JSON).
_STRATEGIES = """
ALTER TABLE strategies ADD COLUMN months INTEGER NOT NULL DEFAULT 3 CHECK (months BETWEEN 1 AND 24);
ALTER TABLE strategies ADD COLUMN mix TEXT NOT NULL DEFAULT '';
ALTER TABLE strategies ADD COLUMN learned TEXT NOT NULL DEFAULT '';
ALTER TABLE strategies ADD COLUMN result TEXT NOT NULL DEFAULT '{}';
ALTER TABLE goals ADD COLUMN factor_id INTEGER REFERENCES factors (id);
ALTER TABLE goals ADD COLUMN starts_from REAL;
CREATE INDEX goals_by_factor ON goals (factor_id) WHERE factor_id IS NOT NULL;
"""

# A contact may be about an action, a theme, a complaint or a plan of care; `said`: what the customer answered. A step
# of an onboarding is a contact with a day it is due, done once `done` is set.
_TOUCHES = """
ALTER TABLE touches ADD COLUMN action_id INTEGER REFERENCES actions (id) ON DELETE SET NULL;
ALTER TABLE touches ADD COLUMN theme_id INTEGER REFERENCES themes (id) ON DELETE SET NULL;
ALTER TABLE touches ADD COLUMN complaint_id INTEGER REFERENCES complaints (id) ON DELETE SET NULL;
ALTER TABLE touches ADD COLUMN plan_id INTEGER REFERENCES care_plans (id) ON DELETE SET NULL;
ALTER TABLE touches ADD COLUMN step INTEGER;
ALTER TABLE touches ADD COLUMN said TEXT NOT NULL DEFAULT '';
CREATE INDEX touches_by_action ON touches (action_id) WHERE action_id IS NOT NULL;
CREATE INDEX touches_by_theme ON touches (theme_id) WHERE theme_id IS NOT NULL;
CREATE INDEX touches_by_complaint ON touches (complaint_id) WHERE complaint_id IS NOT NULL;
CREATE INDEX touches_by_plan ON touches (plan_id) WHERE plan_id IS NOT NULL;
CREATE INDEX touches_open ON touches (due) WHERE due IS NOT NULL AND done IS NULL;
"""

_CARE = f"""
ALTER TABLE care_plans ADD COLUMN customer_id INTEGER REFERENCES customers (id) ON DELETE CASCADE;
ALTER TABLE care_plans ADD COLUMN tag_id INTEGER REFERENCES tags (id) ON DELETE CASCADE;
ALTER TABLE care_plans ADD COLUMN offering_id INTEGER REFERENCES offerings (id);
CREATE INDEX care_plans_by_customer ON care_plans (customer_id) WHERE customer_id IS NOT NULL;
CREATE INDEX care_plans_by_tag ON care_plans (tag_id) WHERE tag_id IS NOT NULL;
CREATE INDEX care_plans_by_offering ON care_plans (offering_id) WHERE offering_id IS NOT NULL;
CREATE TABLE snoozes (
    {_ROW}, sort TEXT NOT NULL, record_id INTEGER NOT NULL, {_date("until", True)}, reason TEXT NOT NULL DEFAULT '',
    UNIQUE (sort, record_id)
) STRICT;
CREATE TABLE customer_goals (
    {_ROW}, customer_id INTEGER NOT NULL REFERENCES customers (id) ON DELETE CASCADE,
    goal TEXT NOT NULL CHECK (trim(goal) <> ''), help TEXT NOT NULL DEFAULT '', {_date("due")},
    state TEXT NOT NULL DEFAULT 'open' CHECK (state IN ('open', 'reached', 'dropped')), {_date("looked_at")}
) STRICT;
CREATE INDEX customer_goals_by_customer ON customer_goals (customer_id);
CREATE TABLE vouchers (
    {_ROW}, code TEXT NOT NULL UNIQUE CHECK (trim(code) <> ''),
    customer_id INTEGER REFERENCES customers (id) ON DELETE SET NULL,
    plan_id INTEGER REFERENCES care_plans (id) ON DELETE SET NULL, step TEXT NOT NULL DEFAULT '',
    complaint_id INTEGER REFERENCES complaints (id) ON DELETE SET NULL,
    reason TEXT NOT NULL DEFAULT '', gives TEXT NOT NULL DEFAULT '', worth_minor INTEGER CHECK (worth_minor >= 0),
    {_date("issued", True)}, {_date("valid_until")}, {_date("redeemed")}, redeemed_note TEXT NOT NULL DEFAULT '',
    staff_id INTEGER REFERENCES staff (id), {_date("cancelled")}
) STRICT;
CREATE INDEX vouchers_by_customer ON vouchers (customer_id) WHERE customer_id IS NOT NULL;
CREATE INDEX vouchers_by_plan ON vouchers (plan_id) WHERE plan_id IS NOT NULL;
CREATE INDEX vouchers_by_complaint ON vouchers (complaint_id) WHERE complaint_id IS NOT NULL;
CREATE INDEX vouchers_by_staff ON vouchers (staff_id) WHERE staff_id IS NOT NULL;
CREATE INDEX vouchers_by_day ON vouchers (issued);
"""

_COMMUNITY = f"""
CREATE TABLE advocates (
    {_ROW}, customer_id INTEGER NOT NULL UNIQUE REFERENCES customers (id) ON DELETE CASCADE,
    {_date("since", True)}, may_quote INTEGER NOT NULL DEFAULT 0 CHECK (may_quote IN (0, 1)),
    may_name INTEGER NOT NULL DEFAULT 0 CHECK (may_name IN (0, 1)), {_date("consent_on")},
    consent_how TEXT NOT NULL DEFAULT '', note TEXT NOT NULL DEFAULT ''
) STRICT;
CREATE TABLE attendances (
    {_ROW}, gathering_id INTEGER NOT NULL REFERENCES gatherings (id) ON DELETE CASCADE,
    customer_id INTEGER NOT NULL REFERENCES customers (id) ON DELETE CASCADE,
    state TEXT NOT NULL DEFAULT 'invited' CHECK (state IN ('invited', 'coming', 'came', 'declined')),
    UNIQUE (gathering_id, customer_id)
) STRICT;
CREATE INDEX attendances_by_customer ON attendances (customer_id);
CREATE TABLE referrals (
    {_ROW}, customer_id INTEGER NOT NULL REFERENCES customers (id) ON DELETE CASCADE,
    referred_id INTEGER REFERENCES customers (id) ON DELETE SET NULL, name TEXT NOT NULL DEFAULT '',
    {_date("date", True)}, {_date("thanked")}, note TEXT NOT NULL DEFAULT ''
) STRICT;
CREATE INDEX referrals_by_customer ON referrals (customer_id);
CREATE INDEX referrals_by_referred ON referrals (referred_id) WHERE referred_id IS NOT NULL;
CREATE TABLE faqs (
    {_ROW}, question TEXT NOT NULL CHECK (trim(question) <> ''), answer TEXT NOT NULL DEFAULT '',
    theme_id INTEGER REFERENCES themes (id) ON DELETE SET NULL, place INTEGER NOT NULL DEFAULT 0,
    shown INTEGER NOT NULL DEFAULT 1 CHECK (shown IN (0, 1))
) STRICT;
CREATE INDEX faqs_by_theme ON faqs (theme_id) WHERE theme_id IS NOT NULL;
CREATE TABLE you_said (
    {_ROW}, said TEXT NOT NULL CHECK (trim(said) <> ''), did TEXT NOT NULL DEFAULT '',
    action_id INTEGER REFERENCES actions (id) ON DELETE SET NULL, {_date("date", True)},
    shown INTEGER NOT NULL DEFAULT 1 CHECK (shown IN (0, 1))
) STRICT;
CREATE INDEX you_said_by_action ON you_said (action_id) WHERE action_id IS NOT NULL;
"""

SCHEMA_5 = _PERMISSION + _ACTIONS + _STRATEGIES + _TOUCHES + _CARE + _COMMUNITY
