"""SQL of tallies: things counted with one tap, by day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from cvdesk.catalogue.records import as_name, match_key
from cvdesk.catalogue.store import save_setting, setting
from cvdesk.db import Operation, Queries
from cvdesk.errors import UserError
from cvdesk.wording import _

NAMES = "tally_names"
WEEK = 7  # days
LONGEST_NAME = 40
_TODAY = "SELECT id, count FROM tallies WHERE date = ? AND name = ?"
_WEEK = """
SELECT name, date, count FROM tallies WHERE date BETWEEN ? AND ? AND count > 0 ORDER BY date
"""


@dataclass(frozen=True, slots=True)
class Tally:
    """How often something was counted: today, in the last 7 days in all, on how many days, and the day it was most."""

    name: str
    today: int = 0
    week: int = 0
    days: int = 0
    most: int = 0
    most_on: date | None = None


def names(db: Queries) -> list[str]:
    """What is counted, in the order it was added."""
    return list(setting(db, NAMES, []))


def add_name(op: Operation, name: str) -> str:
    """Begins to count something and gives its name; the one there is where it is only written another way.

    Raises UserError for no name or a very long one.
    """
    name = as_name(name)
    if not name or len(name) > LONGEST_NAME:
        raise UserError(
            _("A thing to count needs a short name."),
            _("Write up to {count} letters, such as “queue”.").format(count=LONGEST_NAME),
        )
    known = names(op)
    same = next((one for one in known if match_key(one) == match_key(name)), None)
    if same is None:
        save_setting(op, NAMES, [*known, name])
    return same or name


def drop_name(op: Operation, name: str) -> None:
    """No longer offers something to count; what was counted stays."""
    save_setting(op, NAMES, [one for one in names(op) if one != name])


def count(op: Operation, name: str, day: date, by: int = 1) -> int:
    """Counts something once more, or once less (never below nothing), and gives how often it was that day."""
    row = op.row(_TODAY, (day.isoformat(), name))
    if row is None:
        total = max(by, 0)
        if total:
            op.insert("tallies", {"date": day.isoformat(), "name": name, "count": total})
        return total
    total = max(int(row["count"]) + by, 0)
    op.update("tallies", row["id"], {"count": total})
    return total


def tallies(db: Queries, today: date) -> list[Tally]:
    """What is counted, with today and the last 7 days, today among them."""
    first = today - timedelta(days=WEEK - 1)
    counted: dict[str, list[tuple[int, date]]] = {}
    for row in db.rows(_WEEK, (first.isoformat(), today.isoformat())):
        counted.setdefault(row["name"], []).append((int(row["count"]), date.fromisoformat(row["date"])))
    return [_tally(name, counted.get(name, []), today) for name in names(db)]


def _tally(name: str, days: list[tuple[int, date]], today: date) -> Tally:
    if not days:
        return Tally(name)
    most, most_on = max(days)
    here = sum(counted for counted, day in days if day == today)
    return Tally(name, here, sum(counted for counted, _day in days), len(days), most, most_on)
