"""Last time: what the strategy before promised, and what came of it, action by action and goal by goal."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from cvdesk.pdf import styles
from cvdesk.pdf.blocks import Band, Flowable, Heading, KeepTogether, Text
from cvdesk.pdf.table import Col, Row, Table
from cvdesk.reports.records import StrategyReport
from cvdesk.reports.report_section import is_early, opening
from cvdesk.strategy import words_kept as words
from cvdesk.strategy.records_kept import Outcome, Result, Strategy
from cvdesk.wording import _, figures
from cvdesk.wording.numbers import day, number, rounded_to, span

_MOST_EARLIER = 6
_ROOM = 300.0  # what most of them take, so that none is torn over two pages


def last_time(report: StrategyReport) -> list[Flowable]:
    """The strategy that ended last with its result, and a line for each before it; nothing where none has ended."""
    found = report.strategy
    if found is None or not found.ended:
        return []
    last, earlier = found.ended[0], found.ended[1:]
    name, days = _("Last time: {name}").format(name=last.name), span(last.starts, last.ends)
    apart = _apart(last)
    if is_early(report):
        story: list[Flowable] = [Heading(name, days, before=22, outline=0)]
    else:
        title = name if apart is None else _title(apart)
        about = [days] if apart is None else [last.name, days, figures.strength(apart.n)]
        scope = Text(" · ".join(one for one in about if one), styles.NOTE, after=6, keep=True)
        story = [*opening(report, title, name, room=_ROOM), scope]
    story.append(Text(_finding(last), styles.BODY, after=4))
    if last.result is not None and last.result.actions:
        story.append(_actions(last.result))
    if last.result is not None and last.result.goals:
        story.append(_goals(last.result))
    if last.learned:
        story.append(Band(_("Learned: {words}").format(words=last.learned), before=10))
    return [*story, *([_before_that(earlier[:_MOST_EARLIER])] if earlier else [])]


@dataclass(frozen=True, slots=True)
class _Apart:
    """How far value ended from the promise, in tenths as shown; 0 also where chance alone would give as much."""

    size: float
    n: int


def _apart(last: Strategy) -> _Apart | None:
    promise, result = last.promise, last.result
    if promise is None or promise.net is None or result is None or result.net is None or result.net_low is None:
        return None
    then = promise.net + promise.gain if promise.likely is None else promise.likely
    inside = result.net_low <= then <= (result.net_high if result.net_high is not None else then)
    return _Apart(0.0 if inside else float(rounded_to(result.net, 1) - rounded_to(then, 1)), result.n)


def _title(apart: _Apart) -> str:
    if not apart.size:
        return _("Last time: as promised, as far as {n} can tell").format(n=figures.answers(apart.n))
    if apart.size > 0:
        told = _("Last time: value ended {size} above the promise")
    else:
        told = _("Last time: value ended {size} below the promise")
    return told.format(size=number(abs(apart.size)))


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
    return " ".join(one for one in said if one)


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
