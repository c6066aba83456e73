"""The evidence about one complaint on paper: what was said, what was done and when, and what was changed since."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from cvdesk.catalogue.report_furniture import furniture
from cvdesk.complaints.records_due import kept_in_words
from cvdesk.complaints.records_evidence import Evidence
from cvdesk.complaints.report_evidence_files import CHECKSUMS, PDF_NAME, beside, checksums
from cvdesk.complaints.report_evidence_rest import rest
from cvdesk.customers.records import phone_shown
from cvdesk.pdf import styles
from cvdesk.pdf.blocks import Band, Flowable, Heading, Text, Title
from cvdesk.pdf.document import as_bytes
from cvdesk.pdf.table import Col, Row, Table
from cvdesk.wording import _, ngettext
from cvdesk.wording.figures import outcome_name, severity_name, stage_name
from cvdesk.wording.numbers import day, day_long, money, whole

_FACTS = (Col("", 26), Col("", 74))


def pack(data: Evidence, paper: str = "a4", names: bool = True) -> tuple[bytes, tuple[tuple[str, bytes], ...]]:
    """The PDF and what lies beside it; the same data gives the same bytes."""
    shown = data if names else data.without_names()
    files = beside(shown)
    title = _("Evidence on complaint #{number}").format(number=shown.complaint.number)
    note = (
        _("Holds personal data: hand it only to whoever has to judge the case.")
        if names
        else _("The customer is left out as far as names, numbers and addresses could be found in the texts.")
    )
    around = furniture(
        shown.letterhead, title, shown.today, paper, note=note, subject=_("What was said, what was done, and when")
    )
    pdf = as_bytes(story(shown, files), around)
    return pdf, (*files, (CHECKSUMS, checksums(pdf, files)))


def story(data: Evidence, files: tuple[tuple[str, bytes], ...]) -> list[Flowable]:
    """Cover with the facts, the words, then everything that is known, and how the pack was made."""
    title = Title(_title(data), _("The facts"), after=6)
    made = _("Made on {day} from the records of {business}.").format(
        day=day_long(data.today), business=data.letterhead.business.name)  # fmt: skip
    facts = [Row((name, value)) for name, value in _facts(data) if value]
    found: list[Flowable] = [title, Text(made, styles.NOTE, after=10), Table(_FACTS, facts, styles.SMALL, padding=3)]
    return [*found, *_words(data), *_targets(data), *rest(data, files, PDF_NAME)]


def _title(data: Evidence) -> str:
    complaint = data.complaint
    ended = complaint.resolved or complaint.told or complaint.closed
    if complaint.open:
        words = ngettext(
            "Complaint #{number}: open for {days} day", "Complaint #{number}: open for {days} days",
            (data.today - complaint.date).days,
        ).format(number=complaint.number, days=whole((data.today - complaint.date).days))  # fmt: skip
        return _("{words}, past its date").format(words=words) if complaint.overdue(data.today) else words
    outcome = outcome_name(complaint.outcome).lower() if complaint.outcome else stage_name(complaint.stage).lower()
    if ended is None:
        return _("Complaint #{number}: {outcome}").format(number=complaint.number, outcome=outcome)
    days = max(0, (ended - complaint.date).days)
    if complaint.outcome not in ("", "accepted"):  # nobody put right what was not accepted
        return ngettext(
            "Complaint #{number}: {outcome}, answered after {days} day",
            "Complaint #{number}: {outcome}, answered after {days} days",
            days,
        ).format(number=complaint.number, outcome=outcome, days=whole(days))
    if days == 0:
        return _("Complaint #{number}: {outcome}, put right the same day").format(
            number=complaint.number, outcome=outcome)  # fmt: skip
    return ngettext(
        "Complaint #{number}: {outcome}, put right after {days} day",
        "Complaint #{number}: {outcome}, put right after {days} days",
        days,
    ).format(number=complaint.number, outcome=outcome, days=whole(days))


def _facts(data: Evidence) -> Iterator[tuple[str, str]]:
    complaint, currency = data.complaint, data.letterhead.business.currency
    yield _("Number"), _("#{number}").format(number=complaint.number)
    time = (complaint.time or "")[:5]
    received = _("{day}, {time}").format(day=day(complaint.date), time=time) if time else day(complaint.date)
    yield _("Received"), _("{day} · {channel}").format(day=received, channel=data.channel) if data.channel else received
    yield _("From"), _who(data)
    yield _("Severity"), severity_name(complaint.severity)
    yield _("About"), " · ".join(part for part in (data.offering, *data.themes) if part)
    yield _("Where it stands"), stage_name(complaint.stage)
    yield _("Is the complaint right?"), {True: _("Yes"), False: _("No"), None: _("Not decided")}[complaint.valid]
    yield _("Cause"), complaint.cause
    yield _("What was done"), complaint.resolution
    yield _("What it cost"), money(complaint.cost_minor, currency) if complaint.cost_minor else ""
    vouchers = [
        _("{code} ({amount})").format(code=code, amount=money(worth, currency)) if worth else code
        for code, worth in data.vouchers
    ]
    yield _("Vouchers given"), ", ".join(vouchers)
    yield _("Seen to by"), data.handler
    if data.promise or data.promised_by:
        until = _("by {day}").format(day=day(data.promised_by)) if data.promised_by else ""
        yield _("What was promised"), " · ".join(part for part in (data.promise, until) if part)


def _who(data: Evidence) -> str:
    one = data.customer
    if one is None:
        return _("nobody was named")
    if not data.named:
        return _("Customer {number}, name left out").format(number=one.id)
    country = data.letterhead.business.country
    ways = [phone_shown(way.value, country)[0] if way.kind == "phone" else way.value for way in one.contacts]
    place = ", ".join(part.strip() for part in (*one.address.splitlines(), one.city) if part.strip())
    first = " · ".join(part for part in (one.name, one.organisation if one.organisation != one.name else "") if part)
    return "\n".join(part for part in (first, place, " · ".join(ways)) if part)


def _words(data: Evidence) -> list[Flowable]:
    """As they were written: not cut, not put right."""
    found: list[Flowable] = [Heading(_("The customer's words"), _("unchanged"), outline=0)]
    text, entry = data.complaint.text.strip(), data.entry_text.strip()
    if not text and not entry:
        return [*found, Band(_("The customer's words were not noted."))]
    if text:
        found.append(Text(text, styles.BODY, after=6))
    if entry and entry != text and data.entry_date is not None:
        before = _("Feedback of {day} that it grew out of:").format(day=day(data.entry_date))
        found += [Text(before, styles.NOTE, after=2, keep=True), Text(entry, styles.BODY, after=6)]
    return found


def _targets(data: Evidence) -> list[Flowable]:
    """How many days each stage took, against the day it was to be done by."""
    complaint = data.complaint
    columns = (Col(_("Stage"), 24), Col(_("Day"), 18), Col(_("To be done by"), 18), Col(_("Kept?"), 18),
               Col(_("Days since it came in"), 22, styles.RIGHT))  # fmt: skip
    stages: tuple[tuple[str, date | None, date | None], ...] = (
        ("received", complaint.date, None), ("acknowledged", complaint.acknowledged, complaint.acknowledge_by),
        ("resolved", complaint.resolved, complaint.resolve_by), ("told", complaint.told, None),
        ("closed", complaint.closed, None),
    )  # fmt: skip
    rows = [
        Row((
            stage_name(stage), day(done) if done else "–", day(until) if until else "", _kept(done, until, data),
            whole((done - complaint.date).days) if done else "–",
        ))
        for stage, done, until in stages if done or until
    ]  # fmt: skip
    return [Heading(_("How long it took"), outline=0), Table(columns, rows, styles.SMALL)]


def _kept(done: date | None, until: date | None, data: Evidence) -> str:
    if until is None:
        return ""
    if done is not None:
        return kept_in_words(until, done)
    if not data.complaint.open and data.complaint.stage != "received":
        return _("not noted")
    if until < data.today:
        return _("! not done, past its day")
    return _("not done yet")


__all__ = ["pack", "story"]
