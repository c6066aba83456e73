"""What a scorecard comes to: whether high value is delivered, where, and what is missing for a figure."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from cvdesk.stats.intervals import NEED_ANSWERS, Estimate
from cvdesk.stats.sums import NEUTRAL
from cvdesk.stats.value import SIGN
from cvdesk.value.records import FactorScore, LeverCard, Scorecard

Delivers = Literal["yes", "no", "between", "early"]
HALF = 0.5


@dataclass(frozen=True, slots=True)
class Judgement:
    """Whether customers get high value. `wrong`: levers clearly on the wrong side of 3, where they stand in the way.

    `doubted`: value looks good, but clearly fewer than half say it was worth it.
    """

    delivers: Delivers
    wrong: tuple[str, ...] = ()
    doubted: bool = False


@dataclass(frozen=True, slots=True)
class Standing:
    """Factors by where their whole interval lies against the middle of the scale; the heaviest in Net first.

    unsure: the interval reaches over the middle; unknown: too few answers for a figure.
    """

    deliver: tuple[FactorScore, ...]
    short: tuple[FactorScore, ...]
    unsure: tuple[FactorScore, ...]
    unknown: tuple[FactorScore, ...]


def judgement(card: Scorecard) -> Judgement:
    """Yes, no, in between, or too early to say, by the intervals alone, so that chance does not decide.

    Net 0 is "gives as much as it takes" and 3 the middle of a lever's scale (METHOD 1.2); a side is taken only when the
    whole 95 % interval lies on it (1.5). *Yes*: Net's interval lies above 0, no lever's on the wrong side of 3, and the
    share who say it was worth it is not clearly below half (the check on our factors, 1.9). *No*: Net's interval lies
    below 0. *Early*: Net may not be shown (1.4). Everything else is *between*. One-minute forms give Net and levers
    where factors may not.
    """
    net = card.headline_net
    if net.value is None or net.low is None or net.high is None:
        return Judgement("early")
    if net.high < 0:
        return Judgement("no")
    if net.low <= 0:
        return Judgement("between")
    wrong = tuple(lever for lever, estimate in _levers(card).items() if _side(lever, estimate) < 0)
    doubted = card.worth_it.high is not None and card.worth_it.high < HALF
    return Judgement("between" if wrong or doubted else "yes", wrong, doubted)


def standing(card: Scorecard) -> Standing:
    """The factors in the columns "we deliver" and "we fall short", and those of which neither can be said."""
    places: dict[int | None, list[FactorScore]] = {1: [], -1: [], 0: [], None: []}
    for lever in card.levers:
        for factor in lever.factors:
            places[None if factor.estimate.value is None else _side(factor.lever, factor.estimate)].append(factor)
    for found in places.values():
        found.sort(key=lambda factor: -abs(effect(factor) or factor.weight * _away(factor)))
    return Standing(tuple(places[1]), tuple(places[-1]), tuple(places[0]), tuple(places[None]))


def effect(factor: FactorScore) -> float:
    """What a factor adds to Net (or takes from it) by standing where it does instead of in the middle."""
    return 0.0 if factor.estimate.value is None else factor.points * (factor.estimate.value - NEUTRAL)


def missing_answers(score: FactorScore | LeverCard) -> int:
    """How many more answers a factor needs, or how many more questions of a lever need answers, until it shows."""
    if score.estimate.value is not None:
        return 0
    if isinstance(score, FactorScore):
        return max(0, (score.estimate.need or NEED_ANSWERS) - score.estimate.n)
    return sum(factor.estimate.value is None for factor in score.factors)


def _levers(card: Scorecard) -> dict[str, Estimate]:
    if card.from_minute and card.minute is not None:
        return dict(card.minute.levers)
    return {lever.lever: lever.estimate for lever in card.levers}


def _side(lever: str, estimate: Estimate) -> int:
    """1 where the whole interval is better than the middle, -1 where it is worse, 0 where it reaches over."""
    if estimate.low is None or estimate.high is None:
        return 0
    if estimate.low > NEUTRAL:
        return SIGN[lever]
    return -SIGN[lever] if estimate.high < NEUTRAL else 0


def _away(factor: FactorScore) -> float:
    return 0.0 if factor.estimate.value is None else factor.estimate.value - NEUTRAL
