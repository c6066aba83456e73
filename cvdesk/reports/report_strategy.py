"""Your strategy: the mix, what is done and costs, how we will know, what is not done, and what the last one brought."""

from __future__ import annotations

from cvdesk.pdf import styles
from cvdesk.pdf.blocks import Band, Flowable, Heading, KeepTogether, Text
from cvdesk.pdf.table import Col, Row, Table
from cvdesk.reports.records import StrategyReport
from cvdesk.reports.report_section import opening
from cvdesk.strategy import words_kept as words
from cvdesk.strategy.records_kept import ActionNow, Kept, Strategy
from cvdesk.wording import _
from cvdesk.wording.numbers import day, money, span

MOST_LEFT = 8


def strategy(report: StrategyReport) -> list[Flowable]:
    """The strategy that runs, and what the last one promised and brought; nothing where none was decided on."""
    found = report.strategy
    if found is None or (found.running is None and not found.ended):
        return []
    title = _("No strategy is running") if found.running is None else found.running.strategy.name
    story: list[Flowable] = opening(report, _("Your strategy: {name}").format(name=title), _("Your strategy"))
    if found.running is not None:
        story += _running(report, found.running)
    if found.ended:
        story += _last_time(found.ended[0])
    return story


def _running(report: StrategyReport, now: Kept) -> list[Flowable]:
    chosen, promise = now.strategy, now.strategy.promise
    story: list[Flowable] = [
        Text(_("{span}, whole business.").format(span=span(chosen.starts, chosen.ends)), styles.NOTE, after=5),
        Text(chosen.mix, styles.BODY, after=4),
    ]
    if promise is not None:
        story.append(Text(f"{words.net_promised(promise)}. {words.net_now(now.net)}.", styles.BODY, after=4))
    if now.actions:
        heads = (
            Col(_("Action"), 31),
            Col(_("Costs"), 13, styles.RIGHT),
            Col(_("Stands"), 19),
            Col(_("Came of it"), 37),
        )
        rows = [_action(report, one) for one in now.actions]
        costs = sum(one.promised.cost_minor for one in now.actions if one.promised is not None)
        note = _("{cost} in all").format(cost=_cost(report, costs))
        story += [Heading(_("What is done"), note, before=14), Table(heads, rows)]
    story.append(Heading(_("How we will know"), words.review(chosen, report.today), before=14))
    for goal in now.goals:
        line = _("{goal}: {words}").format(goal=goal.label, words=words.goal(goal))
        story.append(Text(line, styles.BODY, after=3))
    if promise is not None and promise.not_done:
        left = [Row((one.name, words.why_not(one))) for one in promise.not_done[:MOST_LEFT]]
        table = Table((Col(_("Action"), 55), Col(_("Why not"), 45)), left)
        story.append(KeepTogether([Heading(_("Not done"), before=14), table]))
    return story


def _action(report: StrategyReport, one: ActionNow) -> Row:
    stands = words.status(one.status)
    when = one.done or one.started or one.due
    shown = _("{status} {day}").format(status=stands, day=day(when)) if when is not None else stands
    came = words.came(one, report.today) if one.status in ("started", "done") else ""
    against = words.against(one.outcome) if came else words.hoped(one.promised)
    cost = _cost(report, one.promised.cost_minor) if one.promised is not None else ""
    said = ". ".join(part for part in (came, against) if part)
    return Row((one.name, cost, shown, said))


def _cost(report: StrategyReport, minor: int) -> str:
    """An amount over the whole plan; below 0 it saves."""
    if minor < 0:
        return _("saves {amount}").format(amount=money(-minor, report.business.currency))
    return money(minor, report.business.currency)


def _last_time(last: Strategy) -> list[Flowable]:
    head = Heading(_("Last time: {name}").format(name=last.name), span(last.starts, last.ends), before=14)
    lines = [words.net_promised(last.promise) + "."] if last.promise is not None else []
    if last.result is not None:
        lines.append(_("It came to {net}; {counted}.").format(
            net=words.net_came(last.result), counted=words.counted(last.result)))  # fmt: skip
    body: list[Flowable] = [head, Text(" ".join(lines), styles.BODY, after=3)]
    if last.learned:
        body.append(Band(_("Learned: {words}").format(words=last.learned), before=4))
    return [KeepTogether(body)]
