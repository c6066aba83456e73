"""The last contact with a customer and the rhythm of contacts, in words."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from cvdesk.wording import _, ngettext

MOST_DAYS = 1_000  # of a rhythm; what is longer is no rhythm


@dataclass(frozen=True, slots=True)
class LastContact:
    """When and how somebody was last in touch; `table` and `id` of it. what: kind of a contact or entry, or a stage."""

    date: dt.date
    table: str
    id: int
    what: str = ""
    channel: str = ""


@dataclass(frozen=True, slots=True)
class Rhythm:
    """Every how many days somebody is to be spoken to; `tag`: by whose rhythm, "" for the customer's own."""

    days: int
    tag: str = ""


def every(days: int) -> str:
    """A rhythm in words."""
    if days % 365 == 0:
        return ngettext("every year", "every {count} years", days // 365).format(count=days // 365)
    if days % 30 == 0:
        return ngettext("every month", "every {count} months", days // 30).format(count=days // 30)
    if days % 7 == 0:
        return ngettext("every week", "every {count} weeks", days // 7).format(count=days // 7)
    return ngettext("every day", "every {count} days", days).format(count=days)


def rhythm_in_words(rhythm: Rhythm | None) -> str:
    """Whose rhythm it is, and how often."""
    if rhythm is None:
        return _("No rhythm")
    if rhythm.tag:
        return _("{often}, by the tag “{tag}”").format(often=_upper(every(rhythm.days)), tag=rhythm.tag)
    return _upper(every(rhythm.days))


def ago(day: dt.date | None, today: dt.date) -> str:
    """How long ago a day is, as one would say it."""
    if day is None:
        return _("never")
    days = (today - day).days
    if days <= 0:
        return _("today")
    if days < 60:
        return ngettext("yesterday", "{count} days ago", days).format(count=days)
    if days < 730:
        months = round(days / 30.44)
        return ngettext("{count} month ago", "{count} months ago", months).format(count=months)
    years = int(days / 365.25)
    return ngettext("{count} year ago", "{count} years ago", years).format(count=years)


def last_in_words(last: LastContact | None, today: dt.date) -> str:
    """When and how somebody was last in touch: "Phoned 7 months ago"."""
    if last is None:
        return _("Nobody has spoken to them yet")
    texts = {
        "entries": _("They gave feedback {when}"), "complaints": _("About a complaint, {when}"),
        "assessments": _("They filled in a score sheet {when}"),
    }  # fmt: skip
    kinds = {
        "contact": _("Spoke to them {when}"), "check_in": _("Checked in {when}"), "letter": _("Wrote to them {when}"),
        "gesture": _("A gesture {when}"), "reward": _("A reward {when}"), "onboarding": _("A first step {when}"),
        "told": _("Told them what changed {when}"),
    }  # fmt: skip
    text = texts[last.table] if last.table in texts else kinds.get(last.what, _("In touch {when}"))
    said = text.format(when=ago(last.date, today))
    return _("{contact} · {channel}").format(contact=said, channel=last.channel) if last.channel else said


def _upper(text: str) -> str:
    return text[:1].upper() + text[1:]


__all__ = ["MOST_DAYS", "LastContact", "Rhythm", "ago", "every", "last_in_words", "rhythm_in_words"]
