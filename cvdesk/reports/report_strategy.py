"""The chosen mix: what is done, by whom, when, for how much, what it should bring, and how we will know."""

from __future__ import annotations

from cvdesk.pdf import styles
from cvdesk.pdf.blocks import Flowable, Heading, KeepTogether, Text
from cvdesk.pdf.table import Col, Row, Table
from cvdesk.reports.records import StrategyReport
from cvdesk.reports.report_plan import plan
from cvdesk.reports.report_section import opening
from cvdesk.strategy import words_kept as words
from cvdesk.strategy import words_plan
from cvdesk.strategy.records_kept import ActionNow, Kept, Promise, Promised, Strategy
from cvdesk.wording import _, figures, ngettext
from cvdesk.wording.numbers import day, money, month_long, rounded_to, signed, span, whole

MOST_LEFT = 8
_LEAST = 0.005  # of Net, which is shown in hundredths


def strategy(report: StrategyReport) -> list[Flowable]:
    """The strategy that runs; else the best plan, said to be not decided, or what is still missing for one."""
    found = report.strategy
    if found is None or found.running is None:
        return plan(report)
    return _running(report, found.running)


def _running(report: StrategyReport, now: Kept) -> list[Flowable]:
    chosen, promise = now.strategy, now.strategy.promise
    story: list[Flowable] = [
        *opening(report, _finding(chosen, promise), _("Your strategy")),
        Text(_("“{name}”: {span}. It is about the whole business, whatever this report is limited to.").format(
            name=chosen.name, span=span(chosen.starts, chosen.ends)), styles.NOTE, after=6),
        Text(chosen.mix, styles.BODY, after=4),
    ]  # fmt: skip
    if promise is not None:
        said = [words.net_promised(promise), _rests_on(promise), words.net_now(now.net)]
        story.append(Text(". ".join(one for one in said if one) + ".", styles.BODY, after=4))
    if now.actions:
        story += _actions(report, now)
    story += _goals(report, now)
    if promise is not None and promise.not_done:
        left = [Row((one.name, words.why_not(one))) for one in promise.not_done[:MOST_LEFT]]
        rest = len(promise.not_done) - len(left)
        note = ngettext("and {n} more", "and {n} more", rest).format(n=whole(rest)) if rest > 0 else ""
        table = Table((Col(_("Action"), 55), Col(_("Why not"), 45)), left, styles.COMPACT, padding=3)
        story.append(KeepTogether([Heading(_("Not done"), note, before=14), table]))
    return story


def _finding(chosen: Strategy, promise: Promise | None) -> str:
    if promise is None or promise.net is None:
        return _("Your strategy: {name}").format(name=chosen.name)
    then = promise.net + promise.gain if promise.likely is None else promise.likely
    if rounded_to(then, 1) <= rounded_to(promise.net, 1):
        return _("Your strategy: {name}").format(name=chosen.name)
    return _("Your plan: from {net} to {then} by {month}").format(
        net=signed(promise.net), then=signed(then), month=month_long(chosen.ends)
    )


def _rests_on(promise: Promise) -> str:
    """Whose answers the promise started from, and how sure that was."""
    told = ngettext("That rests on {n} customer, {period}", "That rests on {n} customers, {period}", promise.people)
    told = told.format(n=whole(promise.people), period=span(promise.first, promise.last))
    sure = figures.strength(promise.people)
    return _("{told} ({sure})").format(told=told, sure=sure) if sure else told


def _actions(report: StrategyReport, now: Kept) -> list[Flowable]:
    heads = (
        Col(_("Action"), 34), Col(_("Who and when"), 21), Col(_("Costs"), 14, styles.RIGHT),
        Col(_("What it should bring, and what came of it"), 31),
    )  # fmt: skip
    costs = sum(one.promised.cost_minor for one in now.actions if one.promised is not None)
    months = now.strategy.months
    note = ngettext("{cost} in {n} month", "{cost} in {n} months", months).format(
        cost=amount(costs, report.business.currency), n=whole(months)
    )
    rows = [_action(report, one) for one in now.actions]
    return [Heading(_("What is done"), note, before=14), Table(heads, rows, styles.COMPACT, padding=3)]


def _action(report: StrategyReport, one: ActionNow) -> Row:
    name = one.name
    if one.promised is not None and one.promised.must_fix:
        name = _("{action} (must be done)").format(action=one.name)
    cost = amount(one.promised.cost_minor, report.business.currency) if one.promised is not None else ""
    came = words.came(one, report.today) if one.status in ("started", "done") else ""
    if came:
        against = words.against(one.outcome)
        said = f"{came}. {against}" if against else came
    else:
        said = _hoped(one.promised)
    return Row((name, _who_when(report, one), cost, said))


def _hoped(promised: Promised | None) -> str:
    if promised is None or promised.gain is None:
        return ""
    hoped = words.hoped(promised) if abs(promised.gain) >= _LEAST else _("Expected to bring next to nothing")
    if not promised.advice:
        return hoped
    return _("{hoped} ({sure})").format(hoped=hoped, sure=words_plan.advice_name(promised.advice).lower())


def _who_when(report: StrategyReport, one: ActionNow) -> str:
    when = one.done or one.started
    if when is not None:
        told = _("{status} {day}").format(status=words.status(one.status), day=day(when))
    elif one.due is not None:
        told = _("{status}, by {day}").format(status=words.status(one.status), day=day(one.due))
    else:
        told = _("{status}, no day yet").format(status=words.status(one.status))
    who = report.who.get(one.id, "")
    return _("{who}: {when}").format(who=who, when=told) if who else told


def _goals(report: StrategyReport, now: Kept) -> list[Flowable]:
    heading = Heading(_("How we will know"), words.review(now.strategy, report.today), before=14)
    if not now.goals:
        said = Text(_("No goal was set. The review compares what was promised with what came."), styles.BODY)
        return [KeepTogether([heading, said])]
    rows = [Row((goal.label, words.goal(goal))) for goal in now.goals]
    return [KeepTogether([heading, Table((Col("", 32), Col("", 68)), rows, styles.COMPACT, padding=3)])]


def amount(minor: int, currency: str) -> str:
    """An amount over the whole plan; below 0 it saves."""
    if minor < 0:
        return _("saves {amount}").format(amount=money(-minor, currency))
    return money(minor, currency)
