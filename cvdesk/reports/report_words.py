"""The sentences of the report: what the figures mean, said so that nobody has to read a chart."""

from __future__ import annotations

from dataclasses import dataclass

from cvdesk.reports.records import Step, StrategyReport
from cvdesk.stats.intervals import Estimate
from cvdesk.value.records import FactorScore
from cvdesk.wording import _, ngettext
from cvdesk.wording.figures import (
    headline,
    interval,
    less_is_better,
    lever_name,
    median_days,
    net_sentence,
    of_100,
    percent_interval,
    why_not,
)
from cvdesk.wording.numbers import number, percent, span, whole


@dataclass(frozen=True, slots=True)
class _Headed:
    """What the headline needs, where it may speak of one-minute forms."""

    net: Estimate

    @property
    def value(self) -> _Headed:
        """Itself: it holds nothing but the value."""
        return self


def title(report: StrategyReport) -> str:
    """The finding of the report."""
    return headline(_Headed(report.scorecard.headline_net))


def scope(report: StrategyReport) -> str:
    """Period and filter, as printed under the title."""
    period = report.filter.period
    words = span(period.start, min(period.end, report.today) if period.start <= report.today else period.end)
    limits = report.limited_to
    return " · ".join([words, *(_("only {name}").format(name=name) for name in limits)])


def summary(report: StrategyReport) -> str:
    """The first lines under the title."""
    card = report.scorecard
    sentences = []
    if card.worth_it.value is not None:
        sentences.append(_worth_it(card.worth_it))
    if card.headline_net.value is not None:
        sentences.append(net_sentence(card.headline_net))
        if card.from_minute:
            sentences.append(_("That is from one-minute forms alone; too few answers were given to the longer forms."))
    else:
        sentences.append(_still_needed(report))
    sentences += _top_burden(report)
    return " ".join(sentences)


def _worth_it(share: Estimate) -> str:
    return _("Of 100 customers, {count} say it was worth it ({low} to {high}).").format(
        count=whole((share.value or 0) * 100), low=whole((share.low or 0) * 100), high=whole((share.high or 0) * 100)
    )


def _still_needed(report: StrategyReport) -> str:
    people = report.scorecard.people
    if people == 0:
        return _(
            "No customer has filled in a score sheet in this period yet; from five answers on, "
            "this page shows what they get and what it costs them."
        )
    return ngettext(
        "{n} customer has filled in a score sheet so far: {why}.",
        "{n} customers have filled in a score sheet so far: {why}.",
        people,
    ).format(n=whole(people), why=why_not(report.scorecard.net))


def _top_burden(report: StrategyReport) -> list[str]:
    burdens = [
        theme for theme in report.figures.themes if less_is_better(theme.lever) and theme.share.value is not None
    ]
    if not burdens:
        return []
    top = max(burdens, key=lambda theme: (theme.customers, theme.theme))
    return [
        _("The burden most often mentioned is “{theme}”: by {share} of your active customers ({range}).").format(
            theme=top.name, share=percent(top.share.value or 0), range=percent_interval(top.share)
        )
    ]


def step_words(step: Step) -> tuple[str, str, str]:
    """Title, reason and figure of one thing to do next."""
    if step.kind == "overdue":
        return (
            ngettext("Resolve the overdue complaint", "Resolve the {n} overdue complaints", step.count).format(
                n=whole(step.count)
            ),
            ngettext(
                "It was received {days} days ago and is past its date.",
                "The oldest was received {days} days ago; all are past their date.",
                step.count,
            ).format(days=whole(step.days)),
            ngettext("{n} overdue", "{n} overdue", step.count).format(n=step.count),
        )
    if step.kind == "theme":
        return _theme_words(step)
    if step.kind == "factor":
        return _factor_words(step)
    if step.kind == "praised":
        return _praised_words(step)
    if step.kind == "keep":
        return (
            _("Keep up “{subject}”").format(subject=step.subject),
            _("Your strongest point: customers give it {score} of 5, and more is better.").format(
                score=number(step.score or 0)
            ),
            _("{score} of 5").format(score=number(step.score or 0)),
        )
    return _gathering_words(step)


def _theme_words(step: Step) -> tuple[str, str, str]:
    share = percent(step.share or 0)
    reason = ngettext(
        "{n} customer mentioned it, {share} of those active.",
        "{n} customers mentioned it, {share} of those active.",
        step.count,
    ).format(n=whole(step.count), share=share)
    if step.score is not None:
        reason += " " + _("On score sheets it weighs {score} of 5.").format(score=number(step.score))
    return _("Find the cause of “{subject}”").format(subject=step.subject), reason, share


def _praised_words(step: Step) -> tuple[str, str, str]:
    share = percent(step.share or 0)
    reason = ngettext(
        "{n} customer mentioned it, {share} of those active.",
        "{n} customers mentioned it, {share} of those active.",
        step.count,
    ).format(n=whole(step.count), share=share)
    return _("Keep up “{subject}”").format(subject=step.subject), reason, share


def _factor_words(step: Step) -> tuple[str, str, str]:
    score = number(step.score or 0)
    if less_is_better(step.lever):
        title = _("Make “{subject}” lighter for customers").format(subject=step.subject)
        reason = _("Part of {lever}, weighs {score} of 5 (less is better): here value has most room to grow.")
    else:
        title = _("Get better at “{subject}”").format(subject=step.subject)
        reason = _("Part of {lever}, {score} of 5 so far: here value has most room to grow.")
    reason = reason.format(lever=lever_name(step.lever), score=score)
    return title, reason, _("{score} of 5").format(score=score)


def _gathering_words(step: Step) -> tuple[str, str, str]:
    if step.kind == "ask":
        return (
            _("Ask ten customers to fill in a score sheet"),
            _("The short form takes two minutes; from five answers on each part of value gets its figure."),
            ngettext("{n} so far", "{n} so far", step.count).format(n=whole(step.count)),
        )
    return (
        _("Note what customers say, good and bad, as it is said"),
        _("One line a remark is enough; themes and trends come by themselves."),
        ngettext("{n} so far", "{n} so far", step.count).format(n=whole(step.count)),
    )


def lever_title(report: StrategyReport) -> str:
    """The finding of the page on the four parts of value."""
    cards = {card.lever: card.estimate for card in report.scorecard.levers}
    if any(card.value is None or card.low is None or card.high is None for card in cards.values()):
        return _("What your value is made of")
    gain = max(("worth", "benefits"), key=lambda lever: cards[lever].value or 0)
    burden = max(("costs", "drawbacks"), key=lambda lever: cards[lever].value or 0)
    other_gain = "benefits" if gain == "worth" else "worth"
    other_burden = "drawbacks" if burden == "costs" else "costs"
    clear_gain = (cards[gain].low or 0) > (cards[other_gain].high or 5)
    clear_burden = (cards[burden].low or 0) > (cards[other_burden].high or 5)
    if clear_gain and clear_burden:
        return _("Strongest for you: {gain}. Heaviest for them: {burden}.").format(
            gain=lever_name(gain), burden=lever_name(burden)
        )
    if clear_burden:
        return _("Heaviest for your customers: {burden}").format(burden=lever_name(burden))
    return _("What your value is made of")


def theme_title(report: StrategyReport) -> str:
    """The finding of the page on what customers mention."""
    shown = [theme for theme in report.figures.themes if theme.share.value is not None and theme.customers]
    if not shown:
        return _("What customers mention")
    top = max(shown, key=lambda theme: (theme.customers, theme.theme))
    count = of_100(top.share)
    if less_is_better(top.lever):
        return _("“{theme}” holds you back most: {count} customers name it").format(theme=top.name, count=count)
    return _("Most mentioned: “{theme}”, by {count} customers").format(theme=top.name, count=count)


def complaint_title(report: StrategyReport) -> str:
    """The finding of a page on complaints alone."""
    found = report.figures.complaints
    if not found.count:
        return _("Complaints")
    return ngettext("{n} complaint, {open}", "{n} complaints, {open}", found.count).format(
        n=whole(found.count), open=ngettext("{n} still open", "{n} still open", found.open).format(n=whole(found.open))
    )


def complaint_sentences(report: StrategyReport) -> str:
    """Complaints in words: how many, how many for a hundred customers, how long, what is open."""
    found = report.figures.complaints
    if not found.count:
        return _("No complaint was received in this period.")
    sentences = [
        ngettext("{n} complaint was received.", "{n} complaints were received.", found.count).format(
            n=whole(found.count)
        )
    ]
    rate = found.per_100_customers
    if rate.value is not None:
        sentences.append(
            _("That is {rate} for every 100 active customers ({low} to {high}).").format(
                rate=number(rate.value), low=number(rate.low or 0), high=number(rate.high or 0)
            )
        )
    if found.days_to_resolve.value is not None:
        sentences.append(
            _("Half were resolved within {days} ({range}).").format(
                days=median_days(found.days_to_resolve), range=interval(found.days_to_resolve, 0)
            )
        )
    elif found.days_to_resolve.more_than is not None:
        sentences.append(_("Fewer than half are resolved so far."))
    sentences.append(_open_words(found.open, found.overdue))
    return " ".join(sentences)


def _open_words(still_open: int, overdue: int) -> str:
    if not still_open:
        return _("None is open.")
    words = ngettext("{n} is open", "{n} are open", still_open).format(n=whole(still_open))
    if not overdue:
        return _("{open}, none past its date.").format(open=words)
    late = ngettext("{n} past its date", "{n} past their date", overdue).format(n=whole(overdue))
    return _("{open}, {late}.").format(open=words, late=late)


def different_views(report: StrategyReport) -> list[tuple[str, str]]:
    """Factors where the owner's guess is far from what customers say: the factor, and how; the widest first."""
    found = []
    for score in sorted(factor_scores(report), key=lambda part: -abs(part.gap or 0)):
        if score.verdict and score.owner is not None and score.estimate.value is not None:
            words = (
                _("You think better of it than customers do: your guess {guess}, customers {score}.")
                if score.verdict == "blind_spot"
                else _("Customers think better of it than you do: your guess {guess}, customers {score}.")
            )
            found.append((score.label, words.format(guess=number(score.owner), score=number(score.estimate.value))))
    return found


def factor_scores(report: StrategyReport) -> list[FactorScore]:
    """All factors, lever by lever."""
    return [score for card in report.scorecard.levers for score in card.factors]
