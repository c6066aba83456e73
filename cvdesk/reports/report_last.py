"""Last time: what the strategy before promised, and what came of it, action by action and goal by goal."""

from __future__ import annotations

from collections.abc import Sequence

from cvdesk.pdf import styles
from cvdesk.pdf.blocks import Band, Flowable, Heading, KeepTogether, Text
from cvdesk.pdf.table import Col, Row, Table
from cvdesk.reports.records import StrategyReport
from cvdesk.reports.report_section import is_early, opening
from cvdesk.strategy import words_kept as words
from cvdesk.strategy.records_kept import Outcome, Result, Strategy
from cvdesk.wording import _, figures
from cvdesk.wording.numbers import day, rounded_to, signed, span

_MOST_EARLIER = 6


def last_time(report: StrategyReport, alone: bool = False) -> list[Flowable]:
    """The strategy that ended last with its result, and a line for each before it; nothing where none has ended.

    alone: the plan that would stand before it is left out.
    """
    found = report.strategy
    if found is None or not found.ended:
        return []
    last, earlier = found.ended[0], found.ended[1:]
    name, days = _("Last time: {name}").format(name=last.name), span(last.starts, last.ends)
    said = Text(_finding(last), styles.BODY, after=4)
    if alone and not is_early(report):
        story: list[Flowable] = [*opening(report, name, _("Last time")), Text(days, styles.NOTE, after=6), said]
    else:
        story = [Heading(name, days, before=22, outline=0), said]
    if last.result is not None and last.result.actions:
        story.append(_actions(last.result))
    if last.result is not None and last.result.goals:
        story.append(_goals(last.result))
    if last.learned:
        story.append(Band(_("Learned: {words}").format(words=last.learned), before=10))
    told: list[Flowable] = story if alone else [KeepTogether(story)]
    return [*told, *([_before_that(earlier[:_MOST_EARLIER])] if earlier else [])]


def _before_that(earlier: Sequence[Strategy]) -> Flowable:
    lines = [
        _("{name}, {span}: {came}").format(name=one.name, span=span(one.starts, one.ends), came=_came(one))
        for one in earlier
    ]
    return KeepTogether([Heading(_("Before that"), before=14), *(Text(line, styles.SMALL, after=3) for line in lines)])


def _finding(last: Strategy) -> str:
    said = []
    if last.promise is not None:
        said.append(words.net_promised(last.promise) + ".")
    if last.result is None:
        said.append(_("Nobody wrote down what came of it."))
    else:
        said.append(_("On {day} value stood at {net}; {counted}.").format(
            day=day(last.result.on), net=words.net_came(last.result), counted=words.counted(last.result)))  # fmt: skip
        said.append(_verdict(last, last.result))
    return " ".join(one for one in said if one)


def _verdict(last: Strategy, result: Result) -> str:
    """Promise against result in words; what chance alone would give is said to be that."""
    promise = last.promise
    if promise is None or promise.net is None or result.net is None or result.net_low is None:
        return ""
    then = promise.net + promise.gain if promise.likely is None else promise.likely
    apart = rounded_to(result.net, 1) - rounded_to(then, 1)
    sure = figures.strength(result.n)
    inside = result.net_low <= then <= (result.net_high if result.net_high is not None else then)
    if apart == 0 or inside:
        return _("That is what was promised, as far as {n} can tell ({sure}).").format(
            n=figures.answers(result.n), sure=sure
        )
    told = _("That is {size} more than promised ({sure}).") if apart > 0 else _("That is {size} less than promised "
                                                                               "({sure}).")  # fmt: skip
    return told.format(size=signed(abs(float(apart))).lstrip("+"), sure=sure)


def _actions(result: Result) -> Flowable:
    heads = (Col(_("Action"), 38), Col(_("Stands"), 14), Col(_("Came of it"), 48))
    rows = [Row((one.name, words.status(one.status), _outcome(one))) for one in result.actions]
    return Table(heads, rows, styles.COMPACT, padding=3, before=6)


def _outcome(one: Outcome) -> str:
    said = (words.verdict(one.said), words.against(one))
    return ". ".join(part for part in said if part)


def _goals(result: Result) -> Flowable:
    heads = (Col(_("Goal"), 38), Col(_("How far it came"), 62))
    rows = [Row((one.label, words.goal(one))) for one in result.goals]
    return Table(heads, rows, styles.COMPACT, padding=3, before=10)


def _came(one: Strategy) -> str:
    if one.result is None:
        return _("nobody wrote down what came of it")
    return _("{counted}, value {net}").format(counted=words.counted(one.result), net=words.net_came(one.result))
