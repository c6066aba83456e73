"""A plan in words: what it costs and brings, how sure that is, what is left out (METHOD 4, 6)."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Sequence
from datetime import date, timedelta

from cvdesk.strategy.plan_rows import BETTER, EXCLUDED, NEEDS, NO_FIGURE, NO_GAIN, OVER_BUDGET, OVER_HOURS, PlanRow
from cvdesk.strategy.records import Action
from cvdesk.strategy.records_plan import DEPENDS, SAFE, SAFE_FROM, Basis, Planned, PlanOutcome, Sureness
from cvdesk.wording import _, figures, ngettext
from cvdesk.wording.numbers import money, month, month_long, number, percent, rounded_to, signed, span, whole

_SETTLED = 0.02  # regret in points of Net below which the choice hardly matters
_LEAST = 0.005  # of Net, which is shown in hundredths


def cost_words(action: Action, currency: str) -> str:
    """£420 / month, £240 once, £620 + £180 / month, saves £90 / month; nothing."""
    once, monthly = action.cost_once_minor, action.cost_month_minor
    if not once and not monthly:
        return _("nothing")
    if once > 0 and monthly > 0:
        return _("{once} + {monthly} / month").format(once=money(once, currency), monthly=money(monthly, currency))
    if once > 0 and monthly < 0:
        return _("{once}, saves {monthly} / month").format(
            once=money(once, currency), monthly=money(-monthly, currency)
        )
    if once < 0 and monthly < 0:
        return _("saves {once} + {monthly} / month").format(
            once=money(-once, currency), monthly=money(-monthly, currency)
        )
    told = []
    if once > 0:
        told.append(_("{amount} once").format(amount=money(once, currency)))
    if monthly > 0:
        told.append(_("{amount} / month").format(amount=money(monthly, currency)))
    if once < 0:
        told.append(_("saves {amount} once").format(amount=money(-once, currency)))
    if monthly < 0:
        told.append(_("saves {amount} / month").format(amount=money(-monthly, currency)))
    return ", ".join(told)


def style_name(style: str) -> str:
    """Double down, Balanced, Catch up."""
    return {"double_down": _("Double down"), "balanced": _("Balanced"), "catch_up": _("Catch up")}[style]


def style_meaning(style: str) -> str:
    """What a style prefers."""
    return {
        "double_down": _("Leans towards what you already do better than your best rival."),
        "balanced": _("Takes what lifts value most, wherever it is."),
        "catch_up": _("Leans towards what your best rival does better."),
    }[style]


def style_words(style: str, basis: Basis) -> str:
    """What a style prefers; without a rival all styles are the same."""
    if not any(one.advantage is not None for one in basis.factors):
        return _("All three are the same as long as nothing is known about a competitor.")
    return style_meaning(style)


def lift_words(lift: float, low: float, high: float) -> str:
    """+0.31 (0.10 to 0.52); so little that it would be written as nothing is said to be little."""
    if abs(lift) < _LEAST and abs(low) < _LEAST:
        return _("under 0.01")
    return _("{lift} ({low} to {high})").format(lift=signed(lift, 2), low=number(low, 2), high=number(high, 2))


def advice_name(advice: str) -> str:
    """Safe bet, Depends, Skip."""
    return {SAFE: _("Safe bet"), DEPENDS: _("Depends")}.get(advice, _("Skip"))


def advice_of(share: float) -> str:
    """SAFE, DEPENDS or SKIP for a share of draws."""
    return Sureness(0, 0, {0: share}, {}, 0, 0, 0, 0).advice(0)


def sure_words(share: float | None) -> str:
    """Safe bet 92%; empty while it is not known."""
    if share is None:
        return ""
    return _("{advice} {share}").format(advice=advice_name(advice_of(share)), share=percent(share))


def sure_said(share: float | None) -> str:
    """The same for a screen reader and for pointing at it."""
    if share is None:
        return _("How sure is being worked out")
    return _("{advice}: in the best plan in {n} of 100 guesses at what is not known").format(
        advice=advice_name(advice_of(share)), n=_hundredths(share)
    )


def status_words(row: PlanRow) -> str:
    """Where an action stands; why it is not in the plan."""
    if row.ticked:
        return action_status(row.action)
    return {
        OVER_BUDGET: _("Over budget"), OVER_HOURS: _("Over the hours"), NO_GAIN: _("Lifts nothing"),
        NO_FIGURE: _("Not measured yet"), NEEDS: _("Needs: {action}").format(action=row.other),
        EXCLUDED: _("Not with: {action}").format(action=row.other), BETTER: _("Others bring more"),
    }.get(row.why, _("Left out"))  # fmt: skip


def action_status(action: Action) -> str:
    """Started, Planned or Idea."""
    return {"started": _("Started"), "planned": _("Planned")}.get(action.status, _("Idea"))


def must_fix_why(action: Action) -> str:
    """Why something must be done whatever it brings."""
    return {
        "safety": _("safety"), "privacy": _("privacy"), "law": _("the law asks for it"),
        "serious": _("serious trouble for many customers"),
    }.get(action.must_fix_why, _("must be done"))  # fmt: skip


def basis_words(basis: Basis) -> str:
    """What a plan is measured against: period, number of customers, how sure."""
    about = figures.strength(basis.people)
    told = ngettext("{n} customer, {period}", "{n} customers, {period}", basis.people).format(
        n=whole(basis.people), period=span(basis.first, basis.last)
    )
    return _("{told}: {sure}").format(told=told, sure=about) if about else told


def early_words(basis: Basis) -> str:
    """A warning where few customers stand behind all of it; empty where there are enough."""
    if basis.people >= figures.ROUGH_FROM:
        return ""
    return ngettext(
        "An early hint: it rests on {n} customer.", "An early hint: it rests on {n} customers.", basis.people
    ).format(n=whole(basis.people))


def trust_words(basis: Basis) -> str:
    """How far what is hoped for is believed (METHOD 4.2)."""
    share = percent(basis.optimism)
    if basis.measured == 0:
        return _("What is hoped for counts {share}, until five actions have been measured.").format(share=share)
    return ngettext(
        "What is hoped for counts {share}, as {n} measured action did.",
        "What is hoped for counts {share}, as {n} measured actions did.",
        basis.measured,
    ).format(share=share, n=whole(basis.measured))


def net_words(planned: Planned, outcome: PlanOutcome) -> str:
    """+2.8 → +3.4."""
    now = planned.basis.net or 0.0
    return _("{now} → {then}").format(now=signed(now), then=signed(now + outcome.gain))


def range_words(planned: Planned, today: date) -> str:
    """likely between +3.0 and +3.8 by March; empty while it is not known."""
    sure = planned.sure
    if sure is None:
        return ""
    ends = end_of(today, planned.limits.months)
    by = month_long(ends).rsplit(" ", 1)[0] if ends.year == today.year else month(ends)
    low, high = signed(sure.low), signed(sure.high)
    return _("likely between {low} and {high} by {month}").format(low=low, high=high, month=by)


def end_of(today: date, months: int) -> date:
    """The day a plan of so many months ends: the last day before it has run so many."""
    year, place = divmod(today.month - 1 + months, 12)
    year += today.year
    return date(year, place + 1, min(today.day, monthrange(year, place + 1)[1])) - timedelta(days=1)


def mix(outcome: PlanOutcome) -> list[tuple[str, float]]:
    """The parts of value by their share of the gain, the largest first; what has none is left out."""
    shares = [(lever, share) for lever, share in outcome.by_lever.items() if abs(share) >= 0.005]
    return sorted(shares, key=lambda one: (-one[1], one[0]))


def left_as_they_are(outcome: PlanOutcome, levers: Sequence[str]) -> str:
    """Benefits and Costs are left as they are; empty where the plan touches all four."""
    touched = {lever for lever, _share in mix(outcome)}
    left = [figures.lever_name(lever) for lever in levers if lever not in touched]
    if not left:
        return ""
    if len(left) == 1:
        return _("What customers get as {part} is left as it is.").format(part=left[0])
    return _("{parts} and {last} are left as they are.").format(parts=", ".join(left[:-1]), last=left[-1])


def safety_words(rows: Sequence[PlanRow]) -> str:
    """Whether the plan holds while what is not known varies, told by its weakest action."""
    own = [row for row in rows if row.ticked and row.share is not None]
    if not own:
        return _("Doing nothing is the best plan within these limits.") if not any(row.ticked for row in rows) else ""
    weakest = min(own, key=lambda row: row.share or 0.0)
    share = weakest.share or 0.0
    n = _hundredths(share)
    if share >= 1:
        return _("A safe choice: each of its actions is in the best plan in every guess.")
    if share >= SAFE_FROM:
        return _("A safe choice: each of its actions is in the best plan in at least {n} of 100 guesses.").format(n=n)
    return _("Not settled: “{action}” is in the best plan in only {n} of 100 guesses.").format(
        action=weakest.action.name, n=n
    )


def regret_words(sure: Sureness) -> str:
    """What is lost on average because the choice is made before more is known."""
    if sure.regret < _SETTLED:
        return _("Knowing more would hardly change what it brings.")
    return _("If the guesses are off, a better plan would bring {size} more on average.").format(
        size=number(sure.regret, 2)
    )


def draws_words(sure: Sureness) -> str:
    """How the guesses were made."""
    told = ngettext("{n} guess at what is not known", "{n} guesses at what is not known", sure.draws).format(
        n=whole(sure.draws)
    )
    if sure.best_of:
        return _("{told}, each among the {best} best plans.").format(told=told, best=whole(sure.best_of))
    return _("{told}, each with its own best plan.").format(told=told)


def own_words(planned: Planned) -> str:
    """How the owner's ticks compare with the best plan of the style."""
    own, best = planned.own, planned.styles.get(planned.limits.style)
    if own is None or best is None:
        return ""
    less = best.gain - own.gain
    size = number(abs(less), 2)
    if rounded_to(less, 2) == 0:
        return _("Your own plan: it brings as much as the best one.")
    if less > 0:
        return _("Your own plan: {size} less than the best one.").format(size=size)
    return _("Your own plan: {size} more than the best one within your limits.").format(size=size)


def over_words(outcome: PlanOutcome, months: int, currency: str) -> str:
    """How far a plan is over the budget or the hours; empty where it is not."""
    told = []
    if outcome.over_minor > 0:
        amount = a_month(outcome.over_minor, months, currency)
        told.append(_("{amount} a month over the budget").format(amount=amount))
    if outcome.over_hours > 0:
        told.append(hours_words(outcome.over_hours, over=True))
    return ", ".join(told)


def hours_words(hours: float, over: bool = False) -> str:
    """12 hours; 3 hours over."""
    count = number(hours, 0 if hours == int(hours) else 1)
    plural = 1 if hours == 1 else 2
    if over:
        return ngettext("{n} hour over", "{n} hours over", plural).format(n=count)
    return ngettext("{n} hour", "{n} hours", plural).format(n=count)


def spent_words(outcome: PlanOutcome, must_fix: Sequence[Action], months: int, currency: str) -> str:
    """What the plan takes a month and in hours, must-fix included."""
    total = outcome.cost_minor + sum(one.cost_minor(months) for one in must_fix)
    hours = outcome.hours + sum(one.hours for one in must_fix)
    if total < 0:
        cost = _("saves {amount} a month").format(amount=a_month(-total, months, currency))
    else:
        cost = _("takes {amount} a month").format(amount=a_month(total, months, currency))
    return _("{cost} and {hours}").format(cost=cost, hours=hours_words(hours))


def not_done_words(rows: Sequence[PlanRow], most: int = 3) -> str:
    """What the plan leaves aside; empty where it leaves nothing."""
    names = [row.action.name for row in rows if not row.ticked]
    if not names:
        return ""
    told = ", ".join(names[:most])
    rest = len(names) - most
    if rest > 0:
        told = ngettext("{names} and {n} more", "{names} and {n} more", rest).format(names=told, n=whole(rest))
    return _("Not done: {names}.").format(names=told)


def _hundredths(share: float) -> str:
    """A share as so many of 100, never 0 for something and never 100 for not quite all."""
    return percent(share).rstrip("%\u00a0 ")


def a_month(minor: int, months: int, currency: str) -> str:
    """An amount over all months as so much a month, in whole pounds or euros, rounded up."""
    from babel.numbers import get_currency_precision

    unit = int(10 ** get_currency_precision(currency))
    return money(-(-minor // (months * unit)) * unit, currency)
