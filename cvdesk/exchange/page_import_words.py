"""What the import dialog calls things."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from cvdesk.exchange import names
from cvdesk.exchange.look import Look
from cvdesk.exchange.past import PastImport
from cvdesk.exchange.run import Outcome
from cvdesk.exchange.undo_import import TakenBack
from cvdesk.wording import _, ngettext
from cvdesk.wording.counts import records
from cvdesk.wording.numbers import day, moment, number, whole

# What a list of each kind is asked for first; then whatever else was recognised.
_FIRST = {
    "customers": ("name", "first_name", "last_name", "organisation", "email", "phone"),
    "feedback": ("date", "customer", "rating", "text"),
    "complaints": ("date", "customer", "theme", "text"),
    "purchases": ("date", "customer", "amount", "offering"),
    "answers": ("date", "customer"),
}
_LISTED = 100
_LONGEST_NAME = 48
_REASONS = 2


def kinds() -> tuple[tuple[str, str], ...]:
    """(kind, what it is called)."""
    return (
        ("customers", _("Customers")), ("feedback", _("Feedback")), ("complaints", _("Complaints")),
        ("purchases", _("Purchases")), ("answers", _("Answers")),
    )  # fmt: skip


def fields(look: Look) -> tuple[str, ...]:
    """The fields of this kind in the order in which they are shown: needed ones, recognised ones, the rest."""
    first = _FIRST[look.kind]
    every = [name for name in names.fields_of(look.kind) if name not in first and name not in look.questions]
    every = [*look.questions, *every]
    return (
        *first,
        *(name for name in every if name in look.mapping),
        *(name for name in every if name not in look.mapping),
    )


def title_of(look: Look, field: str) -> str:
    """A field, or a question, as it is called on screen."""
    return look.questions[field] if field in look.questions else field_title(look.kind, field)


def field_title(kind: str, field: str) -> str:
    """A field as it is called on screen."""
    if field == "id" and kind in ("purchases", "answers"):
        return _("Receipt number") if kind == "purchases" else _("Sheet number")
    if kind == "complaints" and field in ("date", "text", "id"):
        return {"date": _("Received"), "text": _("What happened"), "id": _("Complaint number")}[field]
    return {
        "id": _("Customer number") if kind == "customers" else _("Entry number"),
        "customer_id": _("Customer number"), "customer": _("Customer"), "name": _("Name"),
        "first_name": _("First name"), "last_name": _("Last name"), "email": _("Email"), "phone": _("Phone"),
        "organisation": _("Organisation"), "birthday": _("Birthday"), "address": _("Address"), "city": _("Town"),
        "country": _("Country"), "segment": _("Segment"), "tags": _("Tags"), "since": _("Customer since"),
        "notes": _("Notes"), "date": _("Date"), "time": _("Time"), "rating": _("Rating"), "text": _("What they said"),
        "channel": _("Channel"), "offering": _("Product"), "kind": _("Praise or problem"), "theme": _("Theme"),
        "closed": _("Closed"), "status": _("Where it stands"), "resolution": _("How it was put right"),
        "severity": _("Severity"), "amount": _("Amount"), "note": _("Notes"),
        "may_write": _("May we write"), "no_write": _("Do not contact"),
        "may_write_on": _("May we write, since"), "may_write_how": _("May we write, how known"),
    }.get(field, field)  # fmt: skip


def preview_cell(field: str, row: dict[str, str]) -> str:
    """A cell of the preview; days and ratings as people write them, but in a row that stays out as they stand there."""
    text = row.get(field, "")
    if "rejected" in row or not text:
        return text
    if field in ("date", "closed", "since", "birthday", "may_write_on"):
        return day(date.fromisoformat(text[:10]))
    if field == "rating" and text.replace(".", "", 1).isdecimal():
        return number(float(text), 0 if float(text).is_integer() else 1)
    return text


def staying_out(rows: Sequence[dict[str, str]]) -> str:
    """Which of the first rows do not come in, and why; empty where all do."""
    found = [(place, row["rejected"]) for place, row in enumerate(rows, start=1) if "rejected" in row]
    lines = [_("Row {number} stays out: {reason}.").format(number=place, reason=why) for place, why in found[:_REASONS]]
    if len(found) > _REASONS:
        more = len(found) - _REASONS
        lines.append(ngettext("{count} more does, too.", "{count} more do, too.", more).format(count=more))
    return " ".join(lines)


def unused(look: Look) -> str:
    """Which columns are not brought in; empty where all are."""
    left = [short(column.name) for column in look.columns if not column.field]
    if not left:
        return _("Every column is used.")
    if len(left) > _LISTED:
        return _("Not used: {columns} and {count} more.").format(
            columns=", ".join(left[:_LISTED]), count=len(left) - _LISTED
        )
    return _("Not used: {columns}.").format(columns=", ".join(left))


def short(name: str, longest: int = _LONGEST_NAME) -> str:
    """A column's name; of a long question its beginning."""
    return name if len(name) <= longest else f"{name[:longest].rstrip()}…"


def missing(look: Look) -> str:
    """Which column the person has to point at."""
    if look.kind == "customers":
        return _("Choose the column with the names, or say that this is another kind of list.")
    if look.kind == "answers" and "date" in look.missing:
        return _("Choose the column with the date, or below the day of all answers.")
    if "date" in look.missing:
        return _("Choose the column with the date, or say that this is another kind of list.")
    if look.kind == "answers":
        return _("Choose the column of a question, or below let the other questions come in as your own.")
    if look.kind == "purchases":
        return _("Choose the column with the amount, or say that this is another kind of list.")
    return _("Choose the column with what was said, or say that this is another kind of list.")


def things(kind: str, count: int) -> str:
    """2,264 entries."""
    if kind == "feedback":
        return ngettext("{count} entry", "{count} entries", count).format(count=whole(count))
    return records("assessments" if kind == "answers" else kind, count)


def rows(count: int) -> str:
    """2,264 rows."""
    return ngettext("{count} row", "{count} rows", count).format(count=whole(count))


def counted(outcome: Outcome) -> str:
    """2,264 rows: 2,264 new, 0 rejected."""
    parts = [_("{count} new").format(count=whole(outcome.added))]
    if outcome.updated:
        parts.append(_("{count} brought up to date").format(count=whole(outcome.updated)))
    if outcome.skipped:
        parts.append(_("{count} already there").format(count=whole(outcome.skipped)))
    parts.append(_("{count} rejected").format(count=whole(outcome.rejected)))
    return _("{rows}: {parts}").format(rows=rows(outcome.read), parts=", ".join(parts))


def new_customers(outcome: Outcome) -> str:
    """How many customers are made on the way; empty for none."""
    count = outcome.customers_made
    if not count:
        return ""
    return ngettext(
        "{count} customer who is not there yet is made.", "{count} customers who are not there yet are made.", count
    ).format(count=whole(count))


def results(outcome: Outcome) -> list[tuple[str, int]]:
    """What became of the rows, line by line."""
    made = outcome.customers_made if outcome.kind != "customers" else 0
    some = (
        (_("Brought up to date"), outcome.updated), (_("Skipped, already there"), outcome.skipped),
        (_("Rejected"), outcome.rejected), (_("Customers made"), made),
    )  # fmt: skip
    return [(_("Rows read"), outcome.read), (_("Added"), outcome.added), *(line for line in some if line[1])]


def taken_back(taken: TakenBack) -> str:
    """What undoing left."""
    kept = sum(len(ids) for ids in taken.kept.values())
    if not kept:
        return _("The import was taken back. Nothing of it is left.")
    return ngettext(
        "The import was taken back. {count} record stays, because it was worked on since.",
        "The import was taken back. {count} records stay, because they were worked on since.", kept,
    ).format(count=whole(kept))  # fmt: skip


def show_left_out(count: int) -> str:
    """The button that shows the rows that stay out."""
    return ngettext("Show the {count} that stays out", "Show the {count} that stay out", count).format(
        count=whole(count)
    )


def more_stay_out(count: int) -> str:
    """How many more stay out than are shown; empty for none."""
    if count <= 0:
        return ""
    return ngettext("{count} more stays out, too.", "{count} more stay out, too.", count).format(count=whole(count))


def kind_title(kind: str) -> str:
    """A kind of list as it is called on screen."""
    return dict(kinds()).get(kind, kind)


def stays_out(count: int, where: str) -> str:
    """Where the rows that do not come in will lie."""
    return ngettext(
        "{count} row stays out; with its reason it will be written to “{path}”.",
        "{count} rows stay out; with their reasons they will be written to “{path}”.", count,
    ).format(count=whole(count), path=where)  # fmt: skip


def as_last_time(look: Look) -> str:
    """That this list is read as the last one like it; empty where there was none."""
    if look.remembered is None:
        return ""
    return _("As last time, {moment}; change what is wrong").format(moment=moment(look.remembered.at))


def past_counts(one: PastImport) -> str:
    """What became of the rows of an earlier import."""
    parts = [_("{count} new").format(count=whole(one.added))]
    if one.updated:
        parts.append(_("{count} brought up to date").format(count=whole(one.updated)))
    if one.skipped:
        parts.append(_("{count} already there").format(count=whole(one.skipped)))
    if one.rejected:
        parts.append(_("{count} rejected").format(count=whole(one.rejected)))
    if one.customers_made and one.kind != "customers":
        parts.append(
            ngettext("{count} customer made", "{count} customers made", one.customers_made).format(
                count=whole(one.customers_made)
            )
        )
    return ", ".join(parts)
