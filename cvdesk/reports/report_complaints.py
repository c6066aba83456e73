"""Complaints as a table: in the register, and the open ones in the appendix of other reports."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from cvdesk.pdf import styles
from cvdesk.pdf.table import Col, Row, Table
from cvdesk.reports.records import ComplaintLine
from cvdesk.wording import _
from cvdesk.wording.figures import outcome_name, severity_name, stage_name
from cvdesk.wording.numbers import day, day_of_year, money, whole


def complaint_table(found: Sequence[ComplaintLine], today: date, names: bool, currency: str) -> Table:
    """One row each: number, received, who, what it is about, severity, where it stands."""
    digits = max([len(whole(line.number)) for line in found], default=1)
    columns = [Col(_("No."), 3 + 0.85 * digits, styles.RIGHT), Col(_("Received"), 12)]
    if names:
        columns.append(Col(_("Customer"), 15))
    columns += [Col(_("What they said"), 38 if names else 53), Col(_("Severity"), 11), Col(_("Where it stands"), 21)]
    return Table(columns, [_row(line, today, names, currency) for line in found])


def _row(line: ComplaintLine, today: date, names: bool, currency: str) -> Row:
    words = line.text
    if line.themes:
        words = f"{words}\n{', '.join(line.themes)}" if words else ", ".join(line.themes)
    who = (line.who or _("not known"),) if names else ()
    return Row((
        whole(line.number), day(line.date), *who, words, severity_name(line.severity), _standing(line, today, currency),
    ))  # fmt: skip


def _standing(line: ComplaintLine, today: date, currency: str) -> str:
    words = stage_name(line.stage)
    if line.outcome:
        words = _("{stage}, {outcome}").format(stage=words, outcome=outcome_name(line.outcome).lower())
    if line.resolved is not None:
        words += "\n" + _("resolved {day}").format(day=_in_year(line.resolved, today))
    elif line.overdue and line.due is not None:
        words += "\n" + _("! overdue since {day}").format(day=_in_year(line.due, today))
    elif line.open and line.due is not None:
        words += "\n" + _("○ due {day}").format(day=_in_year(line.due, today))
    elif line.open:
        words += "\n" + _("○ open")
    if line.cost_minor and currency:
        words += "\n" + _("cost {amount}").format(amount=money(line.cost_minor, currency))
    return words


def _in_year(found: date, today: date) -> str:
    """The day, with the year only where it is another one."""
    return day_of_year(found) if found.year == today.year else day(found)
