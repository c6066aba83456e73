"""The best plan as long as none is decided: what it would bring and cost, and how sure that is."""

from __future__ import annotations

from collections.abc import Sequence

from cvdesk.pdf import styles
from cvdesk.pdf.blocks import Band, Flowable, Gap, Heading, Text
from cvdesk.pdf.table import Col, Row, Table
from cvdesk.reports.records import StrategyReport
from cvdesk.reports.report_section import is_early, opening
from cvdesk.strategy import words_plan as words
from cvdesk.strategy.plan_rows import PlanRow, rows_of
from cvdesk.strategy.records import Action
from cvdesk.strategy.records_plan import Planned, PlanOutcome
from cvdesk.wording import _, ngettext
from cvdesk.wording.numbers import day, rounded_to, signed, span, whole

MOST_LEFT = 8


def plan(report: StrategyReport) -> list[Flowable]:
    """What the program would choose within the limits last asked for, or what is still missing for a plan."""
    found = report.plan
    if found is None:
        return []
    if found.basis.why or not found.actions:
        return _missing(report, found)
    outcome = found.own or found.styles[found.limits.style]
    rows = rows_of(found, outcome)
    chosen = [row for row in rows if row.ticked]
    story: list[Flowable] = [
        *opening(report, _finding(found, outcome), _("The plan that is not decided")),
        Band(_("This is a proposal, not a decision. It is about the whole business, whatever this report is limited "
               "to. On the Strategy page you choose, and this report then follows what you chose."), after=8),
        Text(" ".join(_sentences(report, found, outcome, rows)), styles.BODY, after=4),
    ]  # fmt: skip
    if chosen or found.must_fix:
        story += _table(report, found, chosen)
    left = [row for row in rows if not row.ticked]
    if left:
        story += _left(left)
    story.append(Gap(8))
    story.append(Text(_how_we_will_know(), styles.BODY))
    return story


def _missing(report: StrategyReport, found: Planned) -> list[Flowable]:
    """A sentence what will stand here and what to do; nothing in the first days, the first page says enough."""
    if is_early(report) and not found.actions:
        return []
    head = opening(report, _("There is no plan yet"), _("Your strategy"))
    if found.basis.why:
        return [*head, Band(found.basis.why)]
    return [
        *head,
        Band(_("A plan is chosen from what you could do. On the Strategy page write down three things about what "
               "holds value back, each with what it costs; then the best mix for your money stands here.")),
    ]  # fmt: skip


def _finding(found: Planned, outcome: PlanOutcome) -> str:
    now = found.basis.net or 0.0
    then = found.sure.likely if found.sure is not None and found.own is None else now + outcome.gain
    if not outcome.chosen or rounded_to(then, 1) <= rounded_to(now, 1):
        return _("Not decided yet: what you could do next")
    return _("Not decided yet: a plan meant to lift value from {now} to {then}").format(
        now=signed(now), then=signed(then)
    )


def _sentences(
    report: StrategyReport, found: Planned, outcome: PlanOutcome, rows: Sequence[PlanRow]
) -> list[str]:  # fmt: skip
    basis, months, currency = found.basis, found.limits.months, report.business.currency
    said = [
        _("Value now: {net} ({rests}).").format(net=signed(basis.net or 0.0), rests=words.basis_words(basis)),
    ]
    if basis.first != report.filter.period.start and report.scorecard.net.value is not None:
        said.append(_("The first page says {net}, for it takes {period} together; a plan starts from the latest "
                      "answers.").format(
            net=signed(report.scorecard.net.value),
            period=span(report.filter.period.start, report.filter.period.end)))  # fmt: skip
    if outcome.chosen or found.must_fix:
        spent = words.spent_words(outcome, found.must_fix, months, currency)
        told_spent = ngettext("In {n} month the plan {spent}.", "In {n} months the plan {spent}.", months)
        said.append(told_spent.format(n=whole(months), spent=spent))
    ranged = words.range_words(found, report.today) if found.own is None else ""
    if ranged and outcome.chosen:
        said.append(_("With it, value is {range}.").format(range=ranged))
    if found.limits.budget_minor is None:
        said.append(_("No budget was set, so money is no limit here."))
    told = (words.safety_words(rows) if found.own is None else words.own_words(found), words.trust_words(basis))
    return [*said, *(one for one in told if one)]


def _table(report: StrategyReport, found: Planned, chosen: Sequence[PlanRow]) -> list[Flowable]:
    heads = (
        Col(_("Action"), 32), Col(_("Who and when"), 16), Col(_("Costs"), 20),
        Col(_("Should bring"), 18), Col(_("How sure"), 14),
    )  # fmt: skip
    currency = report.business.currency
    rows = [
        Row((one.name, _who_when(report, one), words.cost_words(one, currency), _("whatever it brings"),
             words.must_fix_why(one)))
        for one in found.must_fix
    ]  # fmt: skip
    rows += [
        Row((row.action.name, _who_when(report, row.action), words.cost_words(row.action, currency),
             words.lift_words(row.lift, row.low, row.high), words.sure_words(row.share)))
        for row in chosen
    ]  # fmt: skip
    note = _("in points of customer value, with the likely range")
    return [Heading(_("What would be done"), note, before=14), Table(heads, rows, styles.COMPACT, padding=3)]


def _who_when(report: StrategyReport, one: Action) -> str:
    who = report.who.get(one.id or 0, "")
    when = _("by {day}").format(day=day(one.due)) if one.due is not None else words.action_status(one)
    return _("{who}: {when}").format(who=who, when=when) if who else when


def _left(left: Sequence[PlanRow]) -> list[Flowable]:
    shown = left[:MOST_LEFT]
    rest = len(left) - len(shown)
    rows = [
        Row((row.action.name, words.lift_words(row.lift, row.low, row.high), words.status_words(row))) for row in shown
    ]
    note = ngettext("and {n} more", "and {n} more", rest).format(n=whole(rest)) if rest > 0 else ""
    heads = Col(_("Action"), 45), Col(_("Would bring"), 22), Col(_("Why not"), 33)
    return [Heading(_("What would be left"), note, before=14), Table(heads, rows, styles.COMPACT, padding=3)]


def _how_we_will_know() -> str:
    return _("How we will know: once you decide on a plan, its goals and the day of its review stand here, and later "
             "what came of it beside what was promised.")  # fmt: skip
