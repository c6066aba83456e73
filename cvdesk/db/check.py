"""Is a business file whole? SQLite's own tests, references, derived data, and rules no constraint can hold."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from cvdesk.db.backup import problems_of
from cvdesk.db.faults import explained
from cvdesk.db.open import BusinessFile
from cvdesk.wording import _

_MOST_NAMED = 20
# Rows that contradict themselves or each other: what is wrong, and the query that finds them.
_OUT_OF_PLACE = """
SELECT id FROM entries
WHERE position >> 42 <> CAST(julianday(date) - 2440587.5 AS INTEGER)
"""
_ENDED_BEFORE = "SELECT number FROM complaints WHERE COALESCE(closed, told, resolved, acknowledged) < date"
_STEPS_TURNED = "SELECT number FROM complaints WHERE closed < told OR closed < resolved OR told < resolved"
_OPEN_AND_CLOSED = """
SELECT number FROM complaints WHERE stage IN ('received', 'acknowledged', 'assessed') AND closed IS NOT NULL
"""
_NEVER_RECEIVED = """
SELECT number FROM complaints
WHERE NOT EXISTS (SELECT 1 FROM complaint_events WHERE complaint_id = complaints.id AND stage = 'received')
"""
_OFF_THE_SCALE = """
SELECT answers.id FROM answers JOIN question_versions AS version ON version.id = answers.question_version_id
JOIN questions ON questions.id = version.question_id
WHERE answers.value IS NOT NULL AND ((questions.kind IN ('scale5', 'importance') AND answers.value NOT BETWEEN 1 AND 5)
  OR (questions.kind = 'scale0_10' AND answers.value NOT BETWEEN 0 AND 10))
"""
_LOOSE_CHANGES = "SELECT id FROM changes WHERE operation_id NOT IN (SELECT id FROM operations)"
_RULES = (
    ("entry out of its place by date", _OUT_OF_PLACE),
    ("complaint that ended before it was received", _ENDED_BEFORE),
    ("complaint with a later step dated before an earlier one", _STEPS_TURNED),
    ("complaint that is open and has a closing date", _OPEN_AND_CLOSED),
    ("complaint without the step that says when it was received", _NEVER_RECEIVED),
    ("answer outside its scale", _OFF_THE_SCALE),
    ("step of the history that belongs to no operation", _LOOSE_CHANGES),
)


@dataclass(frozen=True, slots=True)
class Checked:
    """What a check found. `problems`: sentences; `mended`: derived data that was out of step and is made again."""

    problems: tuple[str, ...]
    mended: tuple[str, ...]

    @property
    def whole(self) -> bool:
        """True when nothing is wrong, or nothing is wrong any more."""
        return not self.problems


def check(file: BusinessFile) -> Checked:
    """Tests an open file thoroughly; makes derived data again where it disagrees with the records."""
    with explained(file.path):
        problems = [_("The database reports: {what}.").format(what=what) for what in _database(file)]
    if problems:
        return Checked(tuple(problems), ())
    problems += _broken_rules(file)
    out_of_step = file.out_of_step()
    if out_of_step and file.read_only:
        listed = ", ".join(out_of_step)
        problems.append(_("Search or day summaries are out of step: {what}.").format(what=listed))
        return Checked(tuple(problems), ())
    if out_of_step:
        file.rebuild_derived()
    return Checked(tuple(problems), tuple(out_of_step))


def _database(file: BusinessFile) -> list[str]:
    with file._asking() as connection:
        return problems_of(connection, thorough=True)[:_MOST_NAMED]


def _broken_rules(file: BusinessFile) -> list[str]:
    found = []
    for what, sql in _RULES:
        rows = file.rows(f"{sql} LIMIT {_MOST_NAMED}")
        if rows:
            listed = ", ".join(str(row[0]) for row in rows)
            found.append(_("Found {what}: {listed}.").format(what=what, listed=listed))
    return found


def check_path(path: Path) -> Checked:
    """Opens a file and tests it. UserError where it cannot be opened as a business file at all."""
    from cvdesk.db.open import open_file

    with open_file(path) as file:
        return check(file)
