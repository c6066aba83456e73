"""SQL of the monthly check: entries the program filed, drawn at random, and whether people say the same (METHOD 5)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from hashlib import sha256

from cvdesk.catalogue.store import save_setting, setting
from cvdesk.db import Operation, Queries
from cvdesk.db.queries import Row
from cvdesk.stats.intervals import NEED_PROPORTION, wilson
from cvdesk.stats.kappa import kappa
from cvdesk.themes.records_learn import Check, CheckResult
from cvdesk.themes.store_filing import Answer, file_entry
from cvdesk.themes.store_marks import settle

HOW_MANY = 20
# A business with few comments a month is asked about older ones as well.
_MONTHS_BACK = (1, 3, 12)
# One row an entry: its main suggestion. What the program filed and nobody has said anything of comes first.
_FILED = """
SELECT entries.id AS entry_id, entry_themes.theme_id, entry_themes.by, entry_themes.state,
  row_number() OVER (PARTITION BY entries.id ORDER BY entry_themes.main DESC, entry_themes.id) AS place
FROM entries CROSS JOIN entry_themes ON entry_themes.entry_id = entries.id
WHERE entries.date BETWEEN ? AND ? AND entries.text <> '' AND entry_themes.by <> 'owner'
AND entry_themes.state IN ('suggested', 'confirmed')
AND NOT EXISTS (SELECT 1 FROM entry_themes AS own WHERE own.entry_id = entries.id AND own.state = 'confirmed'
  AND own.by = 'owner')
AND NOT EXISTS (SELECT 1 FROM theme_checks WHERE theme_checks.entry_id = entries.id AND theme_checks.month <> ?)
"""
_POPULATION = f"SELECT entry_id, theme_id, by, state FROM ({_FILED}) WHERE place = 1"
_ENTRY = "SELECT date, text FROM entries WHERE id = ?"
_NAMES = "SELECT id, name, merged_into FROM themes"
_ANSWERS = """
SELECT id, month, entry_id, said_id, by, truth_id, who FROM theme_checks WHERE month = ? ORDER BY id
"""
_OWN_ANSWER = "SELECT id, truth_id FROM theme_checks WHERE month = ? AND entry_id = ? AND who = ?"
_OTHERS = "SELECT 1 FROM theme_checks WHERE month = ? AND entry_id = ? AND who <> ?"
_CONFIRMED = "SELECT 1 FROM entry_themes WHERE entry_id = ? AND state = 'confirmed'"
_MONTHS = "SELECT DISTINCT month FROM theme_checks ORDER BY month DESC"


def month_to_check(today: date) -> str:
    """The month that is over, as "YYYY-MM"."""
    return (today.replace(day=1) - timedelta(days=1)).isoformat()[:7]


def draw(db: Queries, month: str, who: str = "") -> tuple[Check, ...]:
    """Up to twenty entries to be asked about, with the answers of this person; the same ones all month.

    They are entries of that month; where those are too few, of the three or twelve months up to it. From the first
    answer on they are kept, so that what is filed meanwhile changes nothing.
    """
    kept = setting(db, _key(month))
    chosen = _drawn(db, month) if kept is None else [(int(one[0]), int(one[1]), str(one[2])) for one in kept]
    names = _Themes(db)
    answered = {row["entry_id"]: row for row in db.rows(_ANSWERS, (month,)) if row["who"] == who}
    found = []
    for entry_id, said, by in chosen:
        entry = db.row(_ENTRY, (entry_id,))
        theme = names.now(said)
        if entry is None or theme is None:  # deleted meanwhile
            continue
        own = answered.get(entry_id)
        truth = None if own is None else names.now(own["truth_id"])
        found.append(Check(
            month, entry_id, entry["text"], date.fromisoformat(entry["date"]), theme, names.name(theme), by,
            own is not None, truth,
        ))  # fmt: skip
    return tuple(found)


def answer(op: Operation, drawn: Sequence[Check], check: Check, truth_id: int | None, who: str = "") -> None:
    """Keeps what a person says an entry is mainly about; None: about none of the themes.

    The first person's answer also files the entry, as any correction does. `drawn`: all that `draw` gave, kept with
    the first answer.
    """
    if setting(op, _key(check.month)) is None:
        save_setting(op, _key(check.month), [[str(one.entry_id), str(one.said_id), one.by] for one in drawn])
    known = op.row(_OWN_ANSWER, (check.month, check.entry_id, who))
    first = op.value(_OTHERS, (check.month, check.entry_id, who)) is None
    if first and (known is not None or op.value(_CONFIRMED, (check.entry_id,)) is None):
        wrong = {check.said_id} if known is None or known["truth_id"] is None else {check.said_id, known["truth_id"]}
        for theme_id in sorted(wrong - {truth_id}):
            settle(op, check.entry_id, theme_id, "rejected")
        if truth_id is None:
            file_entry(op, check.entry_id, Answer(()))
        else:
            settle(op, check.entry_id, truth_id, "confirmed")
    if known is not None:
        op.update("theme_checks", known["id"], {"truth_id": truth_id})
        return
    op.insert("theme_checks", {
        "month": check.month, "entry_id": check.entry_id, "said_id": check.said_id, "by": check.by,
        "truth_id": truth_id, "who": who,
    })  # fmt: skip


def result(db: Queries, month: str) -> CheckResult:
    """What a month's check came to. Where several people answered, the first answer to an entry counts."""
    names = _Themes(db)
    firsts: dict[int, Row] = {}
    people: dict[str, dict[int, int | None]] = {}
    for row in db.rows(_ANSWERS, (month,)):
        firsts.setdefault(row["entry_id"], row)
        people.setdefault(row["who"], {})[row["entry_id"]] = names.now(row["truth_id"])
    right = sum(
        row["truth_id"] is not None and names.now(row["truth_id"]) == names.now(row["said_id"])
        for row in firsts.values()
    )
    busiest = sorted(people, key=lambda who: -len(people[who]))[:2]
    pairs = _pairs(*(people[who] for who in busiest)) if len(busiest) == 2 else []
    return CheckResult(
        month, right, len(firsts), wilson(right, len(firsts)), kappa(pairs) if len(pairs) >= NEED_PROPORTION else None,
        len(pairs), tuple(people),
    )  # fmt: skip


def results(db: Queries) -> tuple[CheckResult, ...]:
    """All checks there were, the newest first."""
    return tuple(result(db, row["month"]) for row in db.rows(_MONTHS))


def _pairs(one: dict[int, int | None], other: dict[int, int | None]) -> list[tuple[int, int]]:
    return [(one[entry] or 0, other[entry] or 0) for entry in one if entry in other]


def _key(month: str) -> str:
    return f"theme_check {month}"


def _drawn(db: Queries, month: str) -> list[tuple[int, int, str]]:
    """Entry, theme and what said so, of the entries to be asked about: by chance, but the same each time."""
    rows: list[Row] = []
    for back in _MONTHS_BACK:
        rows = db.rows(_POPULATION, (*_days(month, back), month))
        if len(rows) >= HOW_MANY:
            break
    order = sorted(rows, key=lambda row: (row["state"] == "confirmed", _lot(month, row["entry_id"])))
    return [(row["entry_id"], row["theme_id"], row["by"]) for row in order[:HOW_MANY]]


def _lot(month: str, entry_id: int) -> bytes:
    return sha256(f"{month} {entry_id}".encode()).digest()


def _days(month: str, back: int) -> tuple[str, str]:
    """The first and the last day of so many months, up to this one."""
    year, number = int(month[:4]), int(month[5:])
    count = year * 12 + number
    start = date((count - back) // 12, (count - back) % 12 + 1, 1)
    end = date(count // 12, count % 12 + 1, 1) - timedelta(days=1)
    return start.isoformat(), end.isoformat()


class _Themes:
    """What the themes are called, and where those went that were merged into others."""

    def __init__(self, db: Queries) -> None:
        rows = db.rows(_NAMES)
        self._names = {row["id"]: row["name"] for row in rows}
        self._into = {row["id"]: row["merged_into"] for row in rows if row["merged_into"] is not None}

    def now(self, theme: int | None) -> int | None:
        """The theme itself, or the one it went into; None for one that is gone."""
        seen = set()
        while theme in self._into and theme not in seen:
            seen.add(theme)
            theme = self._into[theme]
        return theme if theme in self._names else None

    def name(self, theme: int) -> str:
        """What a theme is called."""
        return str(self._names[theme])
