"""The further figures as lines of the command line's text: each with what it rests on and how far to trust it."""

from __future__ import annotations

from collections.abc import Callable

from cvdesk.catalogue.records import Period
from cvdesk.complaints.records_due import ACKNOWLEDGE, RESOLVE
from cvdesk.figures.records import Figures, SurveyFigures
from cvdesk.figures.records_more import AtRisk, Milestones, More, MoreComplaints, MoreSurveys, Retention
from cvdesk.stats.intervals import Estimate
from cvdesk.wording import _, ngettext
from cvdesk.wording.counts import ASKED, CASES, CUSTOMERS, PURCHASES, answers
from cvdesk.wording.figures import in_full, interval, median_days, of_100_with_range, why_not
from cvdesk.wording.numbers import number, signed, span, whole
from cvdesk.wording.ranges import with_range


def more_lines(figures: Figures, more: More) -> list[str]:
    """Surveys, complaints, customers who stay."""
    return [
        *_surveys(figures.surveys, more.surveys),
        *_complaints(figures.complaints.per_100_customers, more.complaints),
        _retention(more.retention),
        *_milestones(more.milestones),
        *_at_risk(more.at_risk),
    ]


def _surveys(overall: SurveyFigures, more: MoreSurveys) -> list[str]:
    return [
        _("Surveys answered: {share}").format(share=_share(overall.response_rate, ASKED.count)),
        _("Satisfied in surveys (4 or 5): {share}").format(share=_share(overall.csat, answers)),
        _("Satisfaction, 1 to 5, the mean: {mean}").format(mean=_mean(more.csat_mean)),
        _("Found it easy (4 or 5): {share}").format(share=_share(overall.ease, answers)),
        _("Ease, 1 to 5, the mean: {mean}").format(mean=_mean(more.ease_mean)),
        *_ease_of_seven(more),
        _("Would recommend, from −100 to +100: {score}").format(score=_mean(overall.nps, with_sign=True)),
        _("Had a problem: {share}").format(share=_share(more.had_problem, answers)),
        _("Told you of their problem: {share}").format(share=_share(more.telling_share, answers)),
    ]


def _ease_of_seven(more: MoreSurveys) -> list[str]:
    if more.ease_7 is None:
        return []
    return [
        _("Found it easy, asked on 1 to 7 (5 to 7): {share}").format(share=_share(more.ease_7.share, answers)),
        _("Ease, 1 to 7, the mean: {mean}").format(mean=_mean(more.ease_7.mean)),
    ]


def _complaints(per_100: Estimate, complaints: MoreComplaints) -> list[str]:
    first, orders = complaints.days_to_first_response, complaints.per_100_orders
    return [
        _("Half of the complaints had a first answer within: {days}").format(days=_median(first)),
        _("Acknowledged in time: {share}").format(share=_share(complaints.within_target[ACKNOWLEDGE], CASES.count)),
        _("Put right in time: {share}").format(share=_share(complaints.within_target[RESOLVE], CASES.count)),
        _("The same again within 30 days of closing: {share}").format(
            share=_share(complaints.repeat_contact, CASES.count)
        ),
        _("Customer told the outcome: {share}").format(share=_share(complaints.closed_loop, CASES.count)),
        _("Complaints per 100 active customers: {rate}").format(rate=_rate(per_100, CUSTOMERS.count)),
        _("Complaints per 100 purchases: {rate}").format(rate=_rate(orders, PURCHASES.count)),
    ]


def _retention(retention: Retention) -> str:
    periods = {"earlier": _span(retention.earlier), "later": _span(retention.later)}
    if retention.share.value is None:
        return _("Customers active in {earlier} who were active again in {later}: {why}").format(
            why=why_not(retention.share), **periods
        )
    return _("Customers active in {earlier} who were active again in {later}: {share}").format(
        share=_share(retention.share, CUSTOMERS.count), **periods
    )


def _milestones(found: Milestones) -> list[str]:
    lines = [_("Loyalty milestones in the 30 days after: {count}").format(count=whole(len(found.due)))]
    if found.held_back:
        lines.append(
            ngettext(
                "{count} customer is left out of them while a serious complaint is open.",
                "{count} customers are left out of them while a serious complaint is open.",
                found.held_back,
            ).format(count=whole(found.held_back))
        )
    return lines


def _at_risk(found: AtRisk) -> list[str]:
    if found.works is False:
        return [_("Customers at risk: this score does not work for your business yet.")]
    return [
        _("Customers at risk: {risk}, to watch: {watch}").format(risk=whole(found.at_risk), watch=whole(found.watch))
    ]


def _share(found: Estimate, counted: Callable[[int], str]) -> str:
    if found.value is None:
        return why_not(found)
    return in_full(of_100_with_range(found), counted(found.n), found.n)


def _mean(found: Estimate, with_sign: bool = False) -> str:
    if found.value is None:
        return why_not(found)
    shown = signed(found.value) if with_sign else number(found.value)
    return in_full(with_range(shown, interval(found, with_sign=with_sign)), answers(found.n), found.n)


def _median(found: Estimate) -> str:
    if found.value is None:
        return median_days(found)
    return in_full(with_range(median_days(found), interval(found, 0)), CASES.count(found.n), found.n)


def _rate(found: Estimate, counted: Callable[[int], str]) -> str:
    if found.value is None:
        return why_not(found)
    return _("{rate} ({range}), {n}").format(rate=number(found.value), range=interval(found), n=counted(found.n))


def _span(period: Period) -> str:
    return span(period.start, period.end)
