"""SQL of closing the loop: who raised it, who is told, how many wait, and noting that they were told."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from statistics import median

from cvdesk.care.records_loop import About, LoopRate, Telling, ToTell
from cvdesk.care.store_snooze import snoozed
from cvdesk.catalogue.records import as_said
from cvdesk.complaints import store as complaints
from cvdesk.customers.store_permission import may
from cvdesk.db import Operation, Queries
from cvdesk.db.filter import Filter, Period
from cvdesk.errors import UserError
from cvdesk.stats.intervals import wilson
from cvdesk.wording import _, ngettext

MONTHS_BACK = 24  # what was said longer ago is not what the action answers
MOST_COUNTED = 50  # nobody needs to know how many more there are before they look
SETTLED_DAYS = 7  # an action done less long ago does not count in the rate yet (METHOD 2, Closed loop)

RAISED = """
SELECT entries.customer_id AS customer, entries.date AS date, entries.text AS text, 'entries' AS source,
    entries.id AS id, entries.offering_id AS offering
FROM entry_themes JOIN entries ON entries.id = entry_themes.entry_id
WHERE entry_themes.theme_id = :theme AND state = 'confirmed' AND entry_themes.mood <> 'good'
    AND entries.kind <> 'praise' AND entries.date BETWEEN :first AND :last
UNION ALL
SELECT customer_id, date, text, 'entries', id, offering_id FROM entries WHERE id = :entry
UNION ALL
SELECT complaints.customer_id, complaints.date, complaints.text, 'complaints', complaints.id, complaints.offering_id
FROM complaint_themes JOIN complaints ON complaints.id = complaint_themes.complaint_id
WHERE complaint_themes.theme_id = :theme AND complaints.date BETWEEN :first AND :last
UNION ALL
SELECT customer_id, date, text, 'complaints', id, offering_id FROM complaints WHERE id = :complaint
ORDER BY 2 DESC, 5 DESC
"""
# The day of the last word of each customer; the words themselves are not read.
_LAST_WORDS = """
SELECT customer, max(date) AS date FROM (
    SELECT entries.customer_id AS customer, entries.date AS date
    FROM entry_themes CROSS JOIN entries ON entries.id = entry_themes.entry_id
    WHERE entry_themes.theme_id = :theme AND state = 'confirmed' AND entry_themes.mood <> 'good'
        AND entries.kind <> 'praise' AND entries.date BETWEEN :first AND :last
    UNION ALL SELECT customer_id, date FROM entries WHERE id = :entry
    UNION ALL SELECT complaints.customer_id, complaints.date
    FROM complaint_themes JOIN complaints ON complaints.id = complaint_themes.complaint_id
    WHERE complaint_themes.theme_id = :theme AND complaints.date BETWEEN :first AND :last
) WHERE customer IS NOT NULL GROUP BY customer
"""
# Some who wait, found without reading all that was ever said: a word nobody was told about on its day or since. Who was
# told is read once: asked for each word again, it would be read as often as there are words.
_SOME_WAIT = """
WITH told AS MATERIALIZED (
    SELECT customer_id, max(done) AS done FROM touches WHERE {column} = :record AND kind = 'told' GROUP BY customer_id)
SELECT DISTINCT entries.customer_id FROM entry_themes CROSS JOIN entries ON entries.id = entry_themes.entry_id
LEFT JOIN told ON told.customer_id = entries.customer_id
WHERE entry_themes.theme_id = :theme AND state = 'confirmed' AND entry_themes.mood <> 'good'
    AND entries.kind <> 'praise' AND entries.date BETWEEN :first AND :last AND entries.customer_id IS NOT NULL
    AND (told.done IS NULL OR told.done < entries.date)
LIMIT :most
"""
_TOLD = """
SELECT customer_id, max(done) FROM touches WHERE {column} = ? AND kind = 'told' AND done IS NOT NULL
GROUP BY customer_id
"""
_COLUMNS = {"action": "action_id", "theme": "theme_id", "complaint": "complaint_id"}
_ACTION = "SELECT id, name, note, theme_id, entry_id, offering_id, status, started, done FROM actions WHERE id = ?"
_ACTIONS = """
SELECT id, name, note, theme_id, entry_id, offering_id, status, started, done FROM actions
WHERE status IN ({statuses}) AND (theme_id IS NOT NULL OR entry_id IS NOT NULL)
ORDER BY COALESCE(done, started, substr(created_at, 1, 10)) DESC, id DESC
"""
_THEME = "SELECT id, name FROM themes WHERE id = ?"
_COMPLAINT = "SELECT id, number, date, resolved, resolution FROM complaints WHERE id = ?"


@dataclass(frozen=True, slots=True)
class Matter:
    """What is told about, with everything its SQL needs. `until`: words from after that day are about what came then.

    `ready`: it is done, so that there is something to tell.
    """

    about: About
    title: str
    done: str
    since: date
    until: date
    ready: bool
    theme: int | None = None
    entry: int | None = None
    complaint: int | None = None
    offering: int | None = None

    def values(self) -> dict[str, object]:
        """What the marks in the SQL stand for."""
        first = Period.last_months(MONTHS_BACK, self.until).start
        return {
            "theme": self.theme, "entry": self.entry, "complaint": self.complaint, "first": first.isoformat(),
            "last": self.until.isoformat(),
        }  # fmt: skip


def matter(db: Queries, about: About, today: date) -> Matter:
    """What an action, a theme or a complaint is about. LookupError where it is gone."""
    kind, record_id = about
    if kind == "action":
        row = db.row(_ACTION, (record_id,))
        if row is not None:
            return _of_action(row, today)
    elif kind == "theme":
        row = db.row(_THEME, (record_id,))
        if row is not None:
            return Matter(about, row["name"], "", today, today, True, theme=record_id)
    else:
        row = db.row(_COMPLAINT, (record_id,))
        if row is not None:
            day = date.fromisoformat(row["resolved"] or row["date"])
            title = _("Complaint {number}").format(number=row["number"])
            return Matter(about, title, row["resolution"], day, today, row["resolved"] is not None, complaint=record_id)
    raise LookupError(f"there is no {kind} {record_id}")


def _of_action(row: object, today: date) -> Matter:
    values = dict(row)  # type: ignore[call-overload]
    done = values["done"] if values["status"] == "done" else None
    day = min(date.fromisoformat(done or values["started"] or today.isoformat()), today)
    return Matter(
        ("action", values["id"]), values["name"], values["note"].strip() or values["name"], day, day if done else today,
        values["status"] == "done", values["theme_id"], values["entry_id"], None, values["offering_id"],
    )  # fmt: skip


def last_words(db: Queries, one: Matter) -> dict[int, date]:
    """Who raised it, and the day they last did."""
    return {row[0]: date.fromisoformat(row[1]) for row in db.rows(_LAST_WORDS, one.values())}


def waiting(db: Queries, one: Matter, said: Mapping[int, date] | None = None) -> dict[int, date]:
    """Who raised it and was not told since, with the day of their last words; without those who may not be told.

    `said`: what `last_words` gives, where it is known already.
    """
    told, said = told_on(db, one.about), last_words(db, one) if said is None else said
    left = [customer for customer, day in said.items() if told.get(customer, date.min) < day]
    return {customer: said[customer] for customer in may(db, left, own_matter=True).yes}


def told_on(db: Queries, about: About) -> dict[int, date]:
    """Who was told about it, and when last."""
    column = _COLUMNS[about[0]]
    return {row[0]: date.fromisoformat(row[1]) for row in db.rows(_TOLD.format(column=column), (about[1],))}


def to_tell(db: Queries, today: date) -> tuple[ToTell, ...]:
    """Actions that are done while customers who raised it wait to hear so, the longest waiting first; none put off.

    Where very many wait, `more` says that there are more than were counted.
    """
    asleep = snoozed(db, today)
    found = [_told_of(db, one) for one in _matters(db, ("done",), today) if ("tell", one.about[1]) not in asleep]
    return tuple(sorted((one for one in found if one.waiting), key=lambda one: (one.since, one.id)))


def _matters(db: Queries, statuses: Sequence[str], today: date) -> list[Matter]:
    marks = ", ".join("?" * len(statuses))
    return [_of_action(row, today) for row in db.rows(_ACTIONS.format(statuses=marks), tuple(statuses))]


def _told_of(db: Queries, one: Matter) -> ToTell:
    """With how many wait; from `MOST_COUNTED` on that there are more, without reading all that was said."""
    most = {**one.values(), "record": one.about[1], "most": MOST_COUNTED}
    some = [row[0] for row in db.rows(_SOME_WAIT.format(column=_COLUMNS[one.about[0]]), most)]
    if len(some) < MOST_COUNTED:
        return ToTell(*one.about, one.title, len(waiting(db, one)), one.since, one.ready)
    return ToTell(*one.about, one.title, len(may(db, some, own_matter=True).yes), one.since, one.ready, more=True)


_THEMES = """
SELECT themes.id, themes.name FROM themes WHERE active = 1 AND merged_into IS NULL ORDER BY name COLLATE NOCASE, id
"""
_RESOLVED = """
SELECT id, number, resolved, customer_id FROM complaints
WHERE stage = 'resolved' AND customer_id IS NOT NULL AND told IS NULL ORDER BY resolved, id
"""


def can_be_told(db: Queries, today: date) -> tuple[ToTell, ...]:
    """Everything customers can be told about, newest first: actions done or begun, complaints put right, then themes
    by how many wait."""  # fmt: skip
    actions = [_told_of(db, one) for one in _matters(db, ("done", "started"), today)]
    rows = db.rows(_RESOLVED)
    allowed = set(may(db, [row["customer_id"] for row in rows], own_matter=True).yes)
    cases = [
        ToTell("complaint", row["id"], _("Complaint {number}").format(number=row["number"]), 1,
               date.fromisoformat(row["resolved"]))
        for row in rows if row["customer_id"] in allowed
    ]  # fmt: skip
    themes = []
    for row in db.rows(_THEMES):
        one = Matter(("theme", row["id"]), row["name"], "", today, today, False, theme=row["id"])
        themes.append(_told_of(db, one))
    newest = sorted([*actions, *cases], key=lambda one: (one.done, one.since, one.id), reverse=True)
    return (*newest, *sorted((one for one in themes if one.waiting), key=lambda one: (-one.waiting, one.title)))


def loop_rate(db: Queries, chosen: Filter, today: date) -> LoopRate:
    """Of those who raised something that was done in the period: how many were told, and how soon (METHOD 2).

    Who may not be written to and was not told either does not count. Actions done within the last week do not yet.
    """
    told = counted = left = 0
    days: list[int] = []
    oldest: date | None = None
    for one in _matters(db, ("done",), today):
        if not chosen.period.start <= one.since <= min(chosen.period.end, today):
            continue
        raised = last_words(db, one)
        wait = waiting(db, one, raised)
        if wait:
            left, oldest = left + len(wait), min(oldest or one.since, one.since)
        heard = told_on(db, one.about)
        those = raised.keys() & heard.keys() - wait.keys()
        days += [max(0, (heard[customer] - one.since).days) for customer in those]
        if one.since <= today - timedelta(days=SETTLED_DAYS):
            told, counted = told + len(those), counted + len(those) + len(wait)
    return LoopRate(wilson(told, counted), float(median(days)) if days else None, left, oldest)


def told_already(db: Queries, about: About, who: Iterable[int], today: date) -> tuple[int, ...]:
    """Who of these was told about it, and has said nothing about it since."""
    one, told = matter(db, about, today), told_on(db, about)
    said = last_words(db, one)
    return tuple(customer for customer in who if customer in told and told[customer] >= said.get(customer, date.min))


def told(
    op: Operation,
    who: Sequence[int],
    about: About,
    telling: Telling,
    today: date,
    *,
    closes: Sequence[int] = (),
    again: bool = False,
    staff_id: int | None = None,
) -> list[int]:
    """Notes that these customers were told; gives the ids of what was noted, one for each.

    `closes`: complaints that are put right, and whose customers know it with this. UserError for a day to come, for
    nobody, and where somebody was told already, unless they are to be told `again`. Customers gone meanwhile are
    left out.
    """
    if telling.day > today:
        raise UserError(_("This day is still to come."), _("Note it once they were told."))
    there = [customer for customer in dict.fromkeys(who) if op.value(_THERE, (customer,)) is not None]
    if not there:
        raise UserError(_("Nobody is chosen."), _("Tick who was told."))
    twice = [] if again else told_already(op, about, there, today)
    if twice:
        raise UserError(
            ngettext("{count} customer was told already.", "{count} customers were told already.", len(twice)).format(
                count=len(twice)
            ),
            _("Look at the list again: nobody needs to hear it twice."),
        )
    one = matter(op, about, today)
    day = telling.day.isoformat()
    common = {
        "date": day, "done": day, "kind": "told", "channel_id": telling.channel_id, "note": as_said(telling.note),
        "said": as_said(telling.said), "staff_id": staff_id, _COLUMNS[about[0]]: about[1],
    }  # fmt: skip
    if one.theme is not None:
        common["theme_id"] = one.theme
    made = [op.insert("touches", {"customer_id": customer, **common}) for customer in there]
    closing = [about[1]] if about[0] == "complaint" and one.ready else []
    for case in dict.fromkeys([*closing, *closes]):
        complaints.step(op, case, "told", telling.day, telling.said or telling.note, staff_id=staff_id)
    return made


_THERE = "SELECT 1 FROM customers WHERE id = ?"
