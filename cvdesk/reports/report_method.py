"""How the figures are made, in plain words, with the name of each formula."""

from __future__ import annotations

from cvdesk.pdf import styles
from cvdesk.pdf.blocks import Flowable, Text
from cvdesk.pdf.table import Col, Row, Table
from cvdesk.reports import report_words as words
from cvdesk.reports.records import StrategyReport
from cvdesk.reports.report_section import opening
from cvdesk.wording import _, ngettext
from cvdesk.wording.counts import records
from cvdesk.wording.numbers import day, whole

METHOD_PLACE = "method"


def method(report: StrategyReport) -> list[Flowable]:
    """Appendix: what was counted, and how each figure comes about."""
    columns = (Col(_("Figure"), 22), Col(_("How it is made"), 78))
    return [
        *opening(report, _("How these figures are made"), _("Appendix: how these figures are made"), METHOD_PLACE),
        Text(_scope(report), styles.BODY, after=4),
        Text(
            _("What these figures cannot say: answers come from those who answered, ratings can be polite, and a "
              "difference before and after is not an experiment."),
            styles.BODY, after=10,
        ),
        Table(columns, [Row((name, sentence)) for name, sentence in _told(report)], styles.COMPACT, padding=3),
    ]  # fmt: skip


def _scope(report: StrategyReport) -> str:
    figures = report.figures
    sentences = [
        _("Period and limits: {scope}. Made on {day}.").format(scope=words.scope(report), day=day(report.today)),
        _("{sheets}, {entries}, {complaints}; {active} of {customers} customers active.").format(
            sheets=records("assessments", report.scorecard.people),
            entries=ngettext("{n} remark", "{n} remarks", figures.feedback.count).format(
                n=whole(figures.feedback.count)
            ),
            complaints=records("complaints", figures.complaints.count),
            active=whole(figures.customers.active),
            customers=whole(figures.customers.count),
        ),
    ]
    if figures.rows_after:
        sentences.append(
            ngettext("{n} record dated later is left out.", "{n} records dated later are left out.", figures.rows_after)
            .format(n=whole(figures.rows_after))
        )  # fmt: skip
    return " ".join(sentences)


def _told(report: StrategyReport) -> list[tuple[str, str]]:
    """The figures that stand in this report: what it does not show need not be explained."""
    found = _figures()
    figures = report.figures
    if not (report.scorecard.people or figures.feedback.count or figures.complaints.count):
        return [found[0], found[3]]  # what value is, and from how many answers it is shown
    strategy, plan = report.strategy, report.plan
    planned = plan is not None and bool(plan.actions) and not plan.basis.why
    if report.rival is not None:
        found.insert(-1, _edge())
    if planned or (strategy is not None and strategy.running is not None):
        found.insert(-1, _plan())
    if strategy is not None and (strategy.running is not None or strategy.ended):
        found.insert(-1, _result())
    return found


def _edge() -> tuple[str, str]:
    return (
        _("Your edge"),
        _(
            "How far you and the best rival are apart on a thing, times how much it weighs; Welch's interval, paired "
            "where the same customers rated both; Benjamini and Hochberg's rule at one in ten for looking at many "
            "things at once. The edges add up to the difference of the two values. A guess is never tested."
        ),
    )


def _plan() -> tuple[str, str]:
    return (
        _("A plan"),
        _(
            "What an action should lift, times whom it reaches, times the chance that it works, times how far hopes "
            "came true before (70 of 100 until five actions are measured). Of all mixes within money and hours the "
            "best is taken. How sure: in how many of 5,000 draws of all that is not known it is in the best mix."
        ),
    )


def _result() -> tuple[str, str]:
    return (
        _("Promise and result"),
        _(
            "What was promised is kept as it was on that day. What came of an action is its figure after against "
            "before, with a month to settle; the range says how much of it chance alone would give."
        ),
    )


def _figures() -> list[tuple[str, str]]:
    return [
        (
            _("Customer value"),
            _("Worth plus benefits less costs less drawbacks, each 1 to 5 as customers score it: from −8 to +8, "
              "0 means they get as much as it takes out of them. One answer per customer counts, the latest. A point "
              "of burden is taken to cancel a point of gain."),
        ),
        (
            _("A part of value"),
            _("The weighted mean of its factors, shown once factors with half of its weight have 5 answers."),
        ),
        (
            _("Likely range"),
            _("95 times in 100 a range made this way holds the true figure. Means: plus-one interval, the usual t "
              "interval with one imaginary customer added who answers 1, 2, 3, 4 and 5 evenly. Shares: Wilson's "
              "interval. Rates: exact Poisson limits."),
        ),
        (
            _("How sure"),
            _("Fewer than 5 answers: no figure. 5 to 9: early hint. 10 to 29: rough. 30 and more: clear."),
        ),
        (
            _("Worth it"),
            _("The share of score sheets that answer 4 or 5 of 5, shown from 10 answers."),
        ),
        (
            _("Themes"),
            _("Different customers with at least one confirmed mention, divided by active customers: those with a "
              "purchase, remark, answer, complaint or contact in the year up to the period's end."),
        ),
        (
            _("Complaints per 100"),
            _("Complaints received, divided by active customers, times 100; shown from 20 customers."),
        ),
        (
            _("Days to resolve"),
            _("Kaplan-Meier median: the day by which half of all cases are resolved, open ones counted as far as they "
              "have come; spam and duplicates are left out, a reopened case ends with its last closing."),
        ),
        (
            _("Range of ordinary months"),
            _("XmR chart: the mean of the months, give or take 2.66 times the mean step from month to month. A month "
              "needs 5 answers; the month that is not over is drawn and never judged."),
        ),
        (
            _("Your guess"),
            _("Never averaged with customers' answers. It counts as different from 0.75 on, when it lies outside "
              "the likely range."),
        ),
        (
            _("What to do next"),
            _("Overdue complaints first; then, taking turns, the burden most customers mention and the factor with "
              "most room to move value (weight times the points left); last the strongest gain, to be kept."),
        ),
    ]  # fmt: skip
