"""The scorecard in words: the verdict, what incidents say at least, what is missing, kinds, whose word counts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from cvdesk.stats.intervals import Estimate
from cvdesk.value.records import FactorScore, LeverCard, Scorecard, WeightSource
from cvdesk.value.records_score import Incidents
from cvdesk.value.records_score_verdict import Judgement, missing_answers
from cvdesk.wording import _, ngettext
from cvdesk.wording import figures as words
from cvdesk.wording.numbers import number, signed


def verdict_short(found: Judgement) -> str:
    """Whether high value is delivered, in a few words; between yes and no they say what stands against it."""
    if found.wrong:
        return _("High value: in part")
    if found.doubted:
        return _("High value: in doubt")
    return {
        "yes": _("High value: yes"),
        "no": _("High value: no"),
        "between": _("High value: hard to say"),
        "early": _("High value: too early"),
    }[found.delivers]


def verdict_reason(found: Judgement, card: Scorecard) -> str:
    """Why, in one or two sentences."""
    if found.delivers == "early":
        return _("{why}.").format(why=words.why_not(card.net).capitalize())
    if found.wrong:
        reason = _("Customers get more than it takes out of them, but {what}.").format(what=_in_the_way(found.wrong))
    elif found.doubted:
        reason = _("Customers get more than it takes out of them, yet fewer than half say it was worth it.")
    else:
        reason = {
            "yes": _("Customers get clearly more than it takes out of them, and no part of value stands against it."),
            "no": _("It clearly takes more out of customers than they get."),
            "between": _(
                "What customers get and what it takes out of them lie too close together to say which is more."
            ),
        }[found.delivers]
    return _("{reason} From one-minute forms alone.").format(reason=reason) if card.from_minute else reason


def _in_the_way(levers: Sequence[str]) -> str:
    """Drawbacks stand in the way: the parts of value on the wrong side of the middle of their scale."""
    if len(levers) > 1:
        names = _(", ").join(words.lever_name(lever) for lever in levers)
        return _("{n} parts of value stand in the way: {parts}").format(n=len(levers), parts=names)
    return {
        "worth": _("Worth is too low"),
        "benefits": _("Benefits are too low"),
        "costs": _("Costs stand in the way"),
        "drawbacks": _("Drawbacks stand in the way"),
    }[levers[0]]


def verdict_tone(found: Judgement) -> str:
    """The colour that goes with the words."""
    return {"yes": "good", "no": "bad", "between": "quiet", "early": "quiet"}[found.delivers]


def at_limit(score: FactorScore) -> bool:
    """Whether what went wrong sets the score or is all there is to say; at the end of the scale it says nothing."""
    if score.incidents is None or (score.estimate.value is not None and not score.bound):
        return False
    return 1.05 <= score.incidents.limit < 4.95


def limit_words(lever: str, limit: float) -> str:
    """At least 1.6 for a burden, at most 4.4 for a gain."""
    text = _("at least {value}") if words.less_is_better(lever) else _("at most {value}")
    return text.format(value=number(limit))


def limit_sign(lever: str, limit: float) -> str:
    """The same for a narrow column."""
    return f"{'≥' if words.less_is_better(lever) else '≤'} {number(limit)}"


def trouble_words(score: FactorScore) -> str:
    """Who had trouble here, and what that says of the score; empty where nobody had."""
    trouble = score.incidents
    if trouble is None:
        return ""
    limit = limit_words(score.lever, trouble.limit)
    who = _who(trouble)
    if score.survey is None or score.survey.value is None:
        text = _("{who}: {limit}, even without score sheets.").format(who=who, limit=limit)
    elif score.bound:
        text = _("{who}, so it counts {limit}. Score sheets alone say {survey}.").format(
            who=who, limit=limit, survey=number(score.survey.value)
        )
    else:
        text = _("{who}. That alone leaves it {limit}; score sheets say worse already.").format(who=who, limit=limit)
    if trouble.telling < 1:
        told = _("Only {share} of 100 with a problem tell you: the others are reckoned in.")
        text = f"{text} {told.format(share=number(100 * trouble.telling, 0))}"
    return text


def _who(trouble: Incidents) -> str:
    return _("{n} of {customers} customers had trouble here").format(
        n=number(trouble.people, 0), customers=number(trouble.customers, 0)
    )


def missing_words(score: LeverCard | FactorScore) -> str:
    """What is missing until a figure may be shown."""
    missing = missing_answers(score)
    if isinstance(score, LeverCard):
        return ngettext(
            "{n} of its {all} lines has too few answers yet.",
            "{n} of its {all} lines have too few answers yet.",
            missing,
        ).format(n=missing, all=len(score.factors))
    if score.estimate.n == 0:
        return _("Nobody has answered this yet. The score shows from {need} answers.").format(need=missing)
    more = ngettext("{n} more until this can be shown.", "{n} more until this can be shown.", missing).format(n=missing)
    so_far = ngettext("{n} answer so far;", "{n} answers so far;", score.estimate.n).format(n=score.estimate.n)
    return f"{so_far} {more}"


def figure_words(estimate: Estimate, with_sign: bool = False) -> str:
    """4.2 of 5 (3.9 to 4.4), 182 answers, clear; Net has a sign and no scale."""
    assert estimate.value is not None
    form = (
        _("{value} (likely {range}), {answers}, {strength}.")
        if with_sign
        else _("{value} of 5 ({range}), {answers}, {strength}.")
    )
    return form.format(
        value=signed(estimate.value) if with_sign else number(estimate.value),
        range=words.interval(estimate, with_sign=with_sign),
        answers=words.answers(estimate.n),
        strength=words.strength(estimate.n),
    )


def bound_words(score: FactorScore) -> str:
    """A score at the limit what went wrong sets, and what score sheets alone say, whose n and range are not its own."""
    assert score.incidents is not None
    assert score.survey is not None
    return _("{limit} of 5, by what went wrong. {answers} alone: {range}, {strength}.").format(
        limit=limit_words(score.lever, score.incidents.limit).capitalize(),
        answers=words.answers(score.survey.n),
        range=words.interval(score.survey),
        strength=words.strength(score.survey.n),
    )


def minute_words(estimate: Estimate, with_sign: bool = False) -> str:
    """What one-minute forms say; empty where they may not be shown."""
    if estimate.value is None:
        return ""
    return _("One-minute forms, kept apart: {figure}").format(figure=figure_words(estimate, with_sign))


def importance_words(estimate: Estimate | None, lever: str) -> str:
    """How far a factor goes along with whether it was worth it; empty below 50 people."""
    if estimate is None or estimate.value is None:
        return ""
    along = -estimate.value if words.less_is_better(lever) else estimate.value
    strong = _("goes along closely") if along >= 0.5 else _("goes along") if along >= 0.3 else _("hardly goes along")
    low, high = estimate.low, estimate.high
    if words.less_is_better(lever) and low is not None and high is not None:
        low, high = -high, -low
    likely = words.interval(Estimate(along, low, high, estimate.n), with_sign=True)
    return _(
        "By the answers themselves it {strong} with whether it was worth it ({r}, likely {range}, {n} people)."
    ).format(strong=strong, r=signed(along), range=likely, n=number(estimate.n, 0))


def misses_words(check: Estimate) -> str:
    """The self-check failed."""
    return _(
        "Our factors miss something that matters to your customers: their ratings hardly go along with whether it was "
        "worth it ({r}, likely {range}, {n} people)."
    ).format(r=signed(check.value or 0.0), range=words.interval(check, with_sign=True), n=number(check.n, 0))


def source_name(source: WeightSource) -> str:
    """Whose word on weights."""
    return {"customers": _("customers' word"), "owner": _("your word"), "equal": _("all alike")}[source]


def weights_words(card: Scorecard) -> str:
    """Whose word counts, for the button that changes it."""
    return _("Weights: {source}").format(source=source_name(card.weights_from))


def nets_words(nets: Mapping[WeightSource, Estimate]) -> str:
    """Net by other weights, beside each other."""
    parts: Sequence[str] = [
        _("{source} {net} ({range})").format(
            source=source_name(source), net=signed(net.value), range=words.interval(net, with_sign=True)
        )
        for source, net in nets.items()
        if net.value is not None
    ]
    return _("By other weights: {parts}.").format(parts=", ".join(parts)) if len(parts) > 1 else ""


def kind_name(kind: str) -> str:
    """A kind of benefit, cost or drawback as the owner calls it; one of the owner's own as it was typed."""
    return {
        "product/service value": _("The product or service"),
        "service experience value": _("Service and people"),
        "personal value": _("Personal"),
        "psychological value": _("Peace of mind, feeling good"),
        "social value": _("Among others"),
        "money": _("Money"),
        "time": _("Time"),
        "energy": _("Energy and effort"),
        "emotional": _("Worry and feelings"),
        "waiting": _("Waiting"),
        "shipping/delivery": _("Delivery"),
        "product or service fault": _("Faults"),
        "process": _("Process"),
        "complaint handling": _("Putting things right"),
    }.get(kind, kind)
