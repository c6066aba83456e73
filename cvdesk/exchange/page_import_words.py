"""What the import dialog calls things."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from cvdesk.exchange import names
from cvdesk.exchange.look import Look
from cvdesk.exchange.run import Outcome
from cvdesk.exchange.undo_import import TakenBack
from cvdesk.wording import _, ngettext
from cvdesk.wording.numbers import day, number, whole

# What a list of each kind is asked for first; then whatever else was recognised.
_FIRST = {
    "customers": ("name", "first_name", "last_name", "organisation", "email", "phone"),
    "feedback": ("date", "customer", "rating", "text"),
    "complaints": ("date", "customer", "theme", "text"),
}
_LISTED = 8
_REASONS = 2


def kinds() -> tuple[tuple[str, str], ...]:
    """(kind, what it is called)."""
    return (("customers", _("Customers")), ("feedback", _("Feedback")), ("complaints", _("Complaints")))


def fields(look: Look) -> tuple[str, ...]:
    """The fields of this kind in the order in which they are shown: needed ones, recognised ones, the rest."""
    first = _FIRST[look.kind]
    every = [name for name in names.fields_of(look.kind) if name not in first]
    return (
        *first,
        *(name for name in every if name in look.mapping),
        *(name for name in every if name not in look.mapping),
    )


def field_title(kind: str, field: str) -> str:
    """A field as it is called on screen."""
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
        "severity": _("Severity"),
    }[field]  # fmt: skip


def preview_cell(field: str, row: dict[str, str]) -> str:
    """A cell of the preview; days and ratings as people write them, but in a row that stays out as they stand there."""
    text = row.get(field, "")
    if "rejected" in row or not text:
        return text
    if field in ("date", "closed", "since", "birthday"):
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


def encodings() -> tuple[tuple[str, str], ...]:
    """(encoding, what people call it)."""
    return (
        ("utf-8", _("Unicode (UTF-8)")), ("utf-16", _("Unicode (UTF-16)")), ("cp1252", _("Western European (Windows)")),
        ("mac_roman", _("Western European (Mac)")), ("cp1250", _("Central European")), ("cp1251", _("Cyrillic")),
        ("cp1253", _("Greek")), ("cp1254", _("Turkish")), ("shift_jis", _("Japanese")), ("gb18030", _("Chinese")),
        ("euc_kr", _("Korean")),
    )  # fmt: skip


def encoding_title(encoding: str) -> str:
    """An encoding in words."""
    plain = encoding.replace("-", "_").lower()
    same = {"utf_8_sig": "utf-8", "utf_16_le": "utf-16", "utf_16_be": "utf-16", "latin_1": "cp1252", "ascii": "utf-8"}
    known = {name.replace("-", "_"): words for name, words in encodings()}
    return known.get(same.get(plain, plain).replace("-", "_"), encoding.upper())


def separators() -> tuple[tuple[str, str], ...]:
    """(separator, its name)."""
    return ((",", _("Comma")), (";", _("Semicolon")), ("\t", _("Tab")), ("|", _("Upright line")))


def separator_title(separator: str) -> str:
    """A separator in words."""
    return dict(separators()).get(separator, _("The sign “{sign}”").format(sign=separator))


def orders() -> tuple[tuple[str, str], ...]:
    """(order of dates, an example)."""
    return (
        ("day-first", _("Day first: 31/12/26")), ("month-first", _("Month first: 12/31/26")),
        ("year-first", _("Year first: 26/12/31")),
    )  # fmt: skip


def order_title(look: Look) -> str:
    """What was found about the dates."""
    order = look.plan.date_order if look.plan is not None else None
    if order is None:
        return _("As written")
    return dict(orders())[order.name]


def scales() -> tuple[tuple[str, str], ...]:
    """(scale, in words)."""
    return (
        ("1-5", scale_title("1-5")), ("1-10", scale_title("1-10")), ("0-10", scale_title("0-10")),
        ("0-100", scale_title("0-100")), ("5-1", scale_title("5-1")), ("6-1", scale_title("6-1")),
    )  # fmt: skip


def scale_title(name: str) -> str:
    """A scale in words: 1 to 5; 5 to 1, where 1 is best."""
    worst, _dash, best = name.partition("-")
    if float(worst) > float(best):
        return _("1 is best, {worst} is worst").format(worst=worst)
    return _("{worst} to {best}").format(worst=worst, best=best)


def decimals() -> tuple[tuple[str, str], ...]:
    """(decimal mark, in words)."""
    return (("point", _("Point: 4.5")), ("comma", _("Comma: 4,5")))


def unused(look: Look) -> str:
    """Which columns are not brought in; empty where all are."""
    left = [column.name for column in look.columns if not column.field]
    if not left:
        return _("Every column is used.")
    if len(left) > _LISTED:
        return _("Not used: {columns} and {count} more.").format(
            columns=", ".join(left[:_LISTED]), count=len(left) - _LISTED
        )
    return _("Not used: {columns}.").format(columns=", ".join(left))


def missing(look: Look) -> str:
    """Which column the person has to point at."""
    if look.kind == "customers":
        return _("Choose the column with the names, or say that this is another kind of list.")
    if "date" in look.missing:
        return _("Choose the column with the date, or say that this is another kind of list.")
    return _("Choose the column with what was said, or say that this is another kind of list.")


def things(kind: str, count: int) -> str:
    """2,264 entries."""
    words = {
        "customers": ngettext("{count} customer", "{count} customers", count),
        "feedback": ngettext("{count} entry", "{count} entries", count),
        "complaints": ngettext("{count} complaint", "{count} complaints", count),
    }[kind]
    return words.format(count=whole(count))


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
    made = [(_("Customers made"), outcome.customers_made)] if outcome.kind != "customers" else []
    return [
        (_("Rows read"), outcome.read), (_("Added"), outcome.added), (_("Brought up to date"), outcome.updated),
        (_("Skipped, already there"), outcome.skipped), (_("Rejected"), outcome.rejected), *made,
    ]  # fmt: skip


def taken_back(taken: TakenBack) -> str:
    """What undoing left."""
    kept = sum(len(ids) for ids in taken.kept.values())
    if not kept:
        return _("The import was taken back. Nothing of it is left.")
    return ngettext(
        "The import was taken back. {count} record stays, because it was worked on since.",
        "The import was taken back. {count} records stay, because they were worked on since.", kept,
    ).format(count=whole(kept))  # fmt: skip
