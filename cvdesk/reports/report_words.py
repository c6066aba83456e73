"""The sentences of the report: what the figures mean, said so that nobody has to read a chart."""

from __future__ import annotations

from dataclasses import dataclass

from cvdesk.reports.records import Step, StrategyReport
from cvdesk.stats.intervals import NEED_PEOPLE, Estimate
from cvdesk.value.records import FactorScore
from cvdesk.wording import _, ngettext
from cvdesk.wording.cases import cases_title, for_100_customers, half_put_right
from cvdesk.wording.figures import (
    headline,
    in_percent,
    interval,
    less_is_better,
    lever_name,
    net_sentence,
    of_100,
    why_not,
)
from cvdesk.wording.leading import leads, most_mentioned
from cvdesk.wording.numbers import number, percent, span, whole
from cvdesk.wording.ranges import with_range
from cvdesk.wording.shares import worth_it_sentence
from cvdesk.wording.values import duration, when


@dataclass(frozen=True, slots=True)
class _Headed:
    """What the headline needs, where it may speak of one-minute forms."""

    net: Estimate

    @property
    def value(self) -> _Headed:
        """Itself: it holds nothing but the value."""
        return self


def title(report: StrategyReport) -> str:
    """The finding of the report, and how the gap went where it really changed in the period."""
    net = report.scorecard.headline_net
    changed = _changed(report)
    if changed is None or net.low is None or net.low <= 0:
        return headline(_Headed(net))
    if changed.better:
        return _("Customers get more from you than it costs them, and the gap has grown")
    return _("Customers get more from you than it costs them, but the gap has shrunk")


@dataclass(frozen=True, slots=True)
class _Change:
    """A real change of value within the period: about when, and whether for the better."""

    since: str
    better: bool


def _whole_period(changed: _Change | None) -> list[str]:
    """Why the figure is not what the latest months of the chart show."""
    if changed is None:
        return []
    if changed.better:
        return [_("That is for the whole period; since about {since} it has been higher.").format(since=changed.since)]
    return [_("That is for the whole period; since about {since} it has been lower.").format(since=changed.since)]


def _changed(report: StrategyReport) -> _Change | None:
    """What makes the figure of the whole period differ from that of today; None where nothing really changed."""
    found = report.trend
    verdict = None if found is None else found.verdict
    if found is None or verdict is None or verdict.name != "real" or verdict.since is None:
        return None
    if report.scorecard.from_minute:  # the trend is of the longer forms
        return None
    if verdict.before is None or verdict.after is None or verdict.since <= report.filter.period.start:
        return None
    return _Change(when(verdict.since, found.step, found.points[-1].start), verdict.after > verdict.before)


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
        sentences.append(worth_it_sentence(card.worth_it))
    if card.headline_net.value is not None:
        sentences.append(net_sentence(card.headline_net))
        if card.from_minute:
            sentences.append(_("That is from one-minute forms alone; too few answers were given to the longer forms."))
        sentences += _whole_period(_changed(report))
        if report.filter.theme is not None:
            sentences.append(_("A theme does not limit score sheets: these figures are of all of them."))
    else:
        sentences.append(_still_needed(report))
    sentences += _top_burden(report)
    return " ".join(sentences)


def wall(report: StrategyReport) -> str:
    """The few words of the page for the wall: box, chart and cards on it say the rest."""
    share = report.scorecard.worth_it
    if report.scorecard.headline_net.value is None or share.value is None:
        return summary(report)
    return worth_it_sentence(share)


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
        theme for theme in report.figures.themes
        if less_is_better(theme.lever) and theme.share.value is not None and theme.customers >= NEED_PEOPLE
    ]  # fmt: skip
    if not burdens or report.filter.theme is not None:
        return []
    top = max(burdens, key=lambda theme: (theme.customers, theme.theme))
    form = (
        _("The burden most often mentioned is “{theme}”: by {share} of your active customers, {n} in all.")
        if leads(top.share, [theme.share for theme in burdens if theme is not top])
        else _("Among the burdens most often mentioned is “{theme}”: by {share} of your active customers, {n} in all.")
    )
    return [form.format(theme=top.name, share=in_percent(top.share), n=whole(top.share.n))]


def step_words(step: Step) -> tuple[str, str, str]:
    """Title, reason and figure of one thing to do next."""
    if step.kind == "overdue":
        return (
            ngettext("Resolve the overdue complaint", "Resolve the {n} overdue complaints", step.count).format(
                n=whole(step.count)
            ),
            ngettext(
                "It was received {time} ago and is past its date.",
                "The oldest was received {time} ago; all are past their date.",
                step.count,
            ).format(time=duration(step.days)),
            ngettext("{n} overdue", "{n} overdue", step.count).format(n=whole(step.count)),
        )
    if step.kind == "theme":
        return _theme_words(step)
    if step.kind == "factor":
        return _factor_words(step)
    if step.kind == "praised":
        return _praised_words(step)
    return _keep_words(step) if step.kind == "keep" else _gathering_words(step)


def _keep_words(step: Step) -> tuple[str, str, str]:
    form = (
        _("Your strongest point: customers give it {score}, and more is better.")
        if step.leads
        else _("One of your strongest points: customers give it {score}, and more is better.")
    )
    return (
        _("Keep up “{subject}”").format(subject=step.subject),
        form.format(score=_with_range(step.score)),
        _of_5(step.score),
    )


def _theme_words(step: Step) -> tuple[str, str, str]:
    reason = _mentioned(step)
    if step.score is not None:
        reason += " " + _("On score sheets: {score}, less is better.").format(score=_with_range(step.score))
    return _("Find the cause of “{subject}”").format(subject=step.subject), reason, _percent(step)


def _praised_words(step: Step) -> tuple[str, str, str]:
    return _("Keep up “{subject}”").format(subject=step.subject), _mentioned(step), _percent(step)


def _mentioned(step: Step) -> str:
    """57 of 180 active customers mentioned it: 32% (25% to 39%)."""
    if step.share is None:
        return ""
    return ngettext(
        "{n} of {active} active customer mentioned it: {share}.",
        "{n} of {active} active customers mentioned it: {share}.",
        step.share.n,
    ).format(n=whole(step.count), active=whole(step.share.n), share=in_percent(step.share))


def _percent(step: Step) -> str:
    return percent(step.share.value or 0.0) if step.share is not None else ""


def _of_5(score: Estimate | None) -> str:
    return _("{score} of 5").format(score=number((score.value if score is not None else None) or 0.0))


def _with_range(score: Estimate | None) -> str:
    """4.5 of 5 (4.4 to 4.6)."""
    return with_range(_of_5(score), interval(score) if score is not None else "")


def _factor_words(step: Step) -> tuple[str, str, str]:
    if less_is_better(step.lever):
        title = _("Make “{subject}” lighter for customers").format(subject=step.subject)
        reason = _("Part of {lever}: {score}, less is better. Here value has much room to grow.")
    else:
        title = _("Get better at “{subject}”").format(subject=step.subject)
        reason = _("Part of {lever}: {score}, more is better. Here value has much room to grow.")
    return title, reason.format(lever=lever_name(step.lever), score=_with_range(step.score)), _of_5(step.score)


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
    clear_gain = leads(cards[gain], [cards[other_gain]])
    clear_burden = leads(cards[burden], [cards[other_burden]])
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
    only = next((theme for theme in shown if theme.id == report.filter.theme), None)
    if only is not None:
        return _("“{theme}”: {count} customers name it").format(theme=only.name, count=of_100(only.share))
    top = max(shown, key=lambda theme: (theme.customers, theme.theme))
    others = [theme.share for theme in shown if theme is not top]
    said = most_mentioned(_("“{theme}”").format(theme=top.name), top.share, others)
    if not leads(top.share, others):
        return said
    return _("{sentence}: {count} customers name it").format(sentence=said, count=of_100(top.share))


def complaint_title(report: StrategyReport) -> str:
    """The finding of the page on complaints."""
    found = report.figures.complaints
    return cases_title(found.count, found.open, found.overdue)


def complaint_sentences(report: StrategyReport, told: bool = False) -> str:
    """Complaints in words: how many, how many for a hundred customers, how long, what is open.

    told: the title says already how many there are and how many are open.
    """
    found = report.figures.complaints
    if not found.count:
        return _("No complaint was received in this period.")
    sentences = []
    if not told:
        sentences.append(ngettext("{n} complaint was received.", "{n} complaints were received.", found.count).format(
            n=whole(found.count)))  # fmt: skip
    sentences.append(for_100_customers(found.per_100_customers))
    if found.days_to_resolve.n:
        sentences.append(half_put_right(found.days_to_resolve))
    if not told:
        sentences.append(_open_words(found.open, found.overdue))
    return " ".join(sentence for sentence in sentences if sentence)


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
