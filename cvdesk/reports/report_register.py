"""The complaint register: the finding as its title, how long they take, months, severity and causes, then each one."""

from __future__ import annotations

from collections import Counter
from datetime import date

from cvdesk.catalogue.report_furniture import furniture
from cvdesk.pdf import styles
from cvdesk.pdf.bars import Column, columns
from cvdesk.pdf.blocks import Band, Flowable, Heading, KeepTogether, Text, Title
from cvdesk.pdf.document import as_bytes
from cvdesk.pdf.table import Col, Row, Table
from cvdesk.reports.records import Register
from cvdesk.reports.report_complaints import complaint_table
from cvdesk.wording import _, ngettext
from cvdesk.wording.cases import cases_title, half_put_right
from cvdesk.wording.figures import severity_name
from cvdesk.wording.numbers import money, month_short, span, whole

_MOST_MONTHS, _MOST_CAUSES = 24, 10
_SEVERITIES = ("serious", "moderate", "minor")


def register_pdf(
    data: Register, paper: str = "a4", names: bool = True, left_out: frozenset[str] = frozenset()
) -> bytes:  # fmt: skip
    """The complaint register; the same data gives the same bytes."""
    shown = data if names else data.without_names()
    around = furniture(
        shown.letterhead, _("Complaint register"), shown.today, paper,
        note=_("Newest first. “!” marks what is past its date, “○” what is still open."),
        subject=_("Every complaint received in the period"),
    )  # fmt: skip
    return as_bytes(register_story(shown, names, left_out), around)


def register_story(
    data: Register, names: bool = True, left_out: frozenset[str] = frozenset()
) -> list[Flowable]:  # fmt: skip
    """What the complaints say together, then every one of them."""
    period = data.filter.period
    scope = " · ".join([
        span(period.start, period.end), *(_("only {name}").format(name=name) for name in data.limited_to),
    ])  # fmt: skip
    name = _("Complaint register")
    if not data.lines:
        said = _("No complaint was received in this period.")
        more = _("Once one is noted, this is where it stands, with its date, what was done and how it ended.")
        return [Title(said, name, after=5), Text(scope, styles.NOTE, after=7), Band(more)]
    story: list[Flowable] = [
        Title(_title(data), name, after=5), Text(scope, styles.NOTE, after=7), Text(_sentences(data), styles.BODY),
    ]  # fmt: skip
    if "months" not in left_out:
        story += _months(data)
    if "causes" not in left_out:
        story += _causes(data)
    table = complaint_table(data.lines, data.today, names, data.business.currency)
    return [*story, Heading(_("Every complaint"), outline=1), table]


def _title(data: Register) -> str:
    count = len(data.lines)
    still_open = sum(line.open and line.resolved is None for line in data.lines)
    overdue = sum(line.overdue for line in data.lines)
    return cases_title(count, still_open, overdue)


def _sentences(data: Register) -> str:
    """How long they take, how bad they were, what they cost: a sentence each."""
    parts = []
    if data.days_to_resolve is not None:
        parts.append(half_put_right(data.days_to_resolve))
    counts = Counter(line.severity for line in data.lines)
    kinds = [
        _("{severity}: {count}").format(severity=severity_name(one), count=whole(counts[one])).replace(" ", "\u00a0")
        for one in _SEVERITIES if counts[one]
    ]  # fmt: skip
    parts.append(f"{' · '.join(kinds)}.")
    costs = [line.cost_minor for line in data.lines if line.cost_minor]
    if costs and data.business.currency:
        cost = ngettext(
            "What they cost was noted for {count}: {amount}.", "What they cost was noted for {count}: {amount} in all.",
            len(costs),
        )  # fmt: skip
        parts.append(cost.format(count=whole(len(costs)), amount=money(sum(costs), data.business.currency)))
    return " ".join(parts)


def _months(data: Register) -> list[Flowable]:
    months = data.by_month[-_MOST_MONTHS:]
    if len(months) < 2:
        return []
    shown = [Column(month_short(date.fromisoformat(f"{month}-01")), count) for month, count in months]
    note = _("the last {count} months").format(count=_MOST_MONTHS) if len(data.by_month) > len(months) else ""
    return [KeepTogether([Heading(_("Received by month"), note, outline=1), columns(shown, height=78)])]


def _causes(data: Register) -> list[Flowable]:
    if not data.causes:
        return []
    known = sum(count for _cause, count in data.causes)
    note = ngettext("noted for {count} complaint", "noted for {count} complaints", known).format(count=whole(known))
    rows = [Row((whole(count), cause)) for cause, count in data.causes[:_MOST_CAUSES]]
    rest = known - sum(count for _cause, count in data.causes[:_MOST_CAUSES])
    if rest:
        rows.append(Row((whole(rest), _("Other reasons"))))
    fields = (Col("", 3 + 0.85 * len(whole(known)), styles.RIGHT), Col("", 90, most=3))
    return [Heading(_("Why it happened"), note, outline=1), Table(fields, rows, styles.SMALL, padding=3)]


__all__ = ["register_pdf", "register_story"]
