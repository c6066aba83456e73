"""The first page: the finding, the equation of value, the trend, three things to do next."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import Any

from cvdesk.charts.series import without_year_before
from cvdesk.pdf import styles
from cvdesk.pdf.blocks import Band, Drawing, Flowable, Heading, KeepTogether, Text, Title
from cvdesk.pdf.chart import trend
from cvdesk.pdf.text import draw, draw_lines, lines, width_of
from cvdesk.reports import report_words as words
from cvdesk.reports.records import Step, StrategyReport
from cvdesk.reports.records_next import MOST_STEPS, next_steps
from cvdesk.reports.report_contents import SlimContents
from cvdesk.reports.report_equation import has_value, note, value_drawing
from cvdesk.reports.report_fitting import fitted, height_of, page_height, page_width
from cvdesk.stats.intervals import NEED_ANSWERS
from cvdesk.trends.records import Series
from cvdesk.value.records import LeverCard
from cvdesk.wording import _, ngettext
from cvdesk.wording.figures import interval, lever_meaning, lever_name, why_not
from cvdesk.wording.numbers import number, signed, whole

DRAWINGS = {"a4": (184.0, 152.0), "letter": (158.0, 122.0)}  # heights of equation and trend
_LARGE, _APART, _CLOSER = 0.9, 20.0, 13.0  # of the drawings' heights; space above headings, and the least of it
_NARROWEST = 487.0  # column of the narrower paper
ENOUGH_POINTS = 3  # a line of fewer points shows nothing a sentence does not


def summary(
    report: StrategyReport, paper: str = "a4", contents: SlimContents | None = None
) -> list[Flowable]:  # fmt: skip
    """What one reads who reads only one page, with the contents at its foot; the drawings fit the paper."""
    equation_height, trend_height = DRAWINGS[paper]

    def made(scale: float, before: float = _APART) -> list[Flowable]:
        return [
            Title(words.title(report), _("Summary"), after=5),
            Text(words.scope(report), styles.NOTE, after=7),
            Text(words.summary(report), styles.BODY),
            *_value(report, equation_height * scale, before),
            *_trend(report, trend_height * scale, before),
            *_steps(report, before),
            *([] if contents is None else [contents]),
        ]

    # Before drawings become small, what is between them does.
    if height_of(made(_LARGE), page_width(paper)) > page_height(paper, report.letterhead):
        return fitted(partial(made, before=_CLOSER), paper, report.letterhead)
    return fitted(made, paper, report.letterhead)


def _value(report: StrategyReport, height: float, before: float) -> list[Flowable]:
    if not has_value(report):
        return _counts(report)
    return [Heading(_("The value your customers see"), note(report), before), value_drawing(report, height)]


def _counts(report: StrategyReport) -> list[Flowable]:
    """In place of the equation while there is no value figure: what is known, in numbers that are facts."""
    story: list[Flowable] = [
        Heading(_("What is known so far")),
        facts(report),
        Heading(_("On the way to your first figure"), _("each part of value needs 5 answers")),
        progress(report.scorecard.levers),
    ]
    guess = report.scorecard.guess
    if guess.net is not None:
        words_of_guess = _("Your own guess is {net}. What customers answer decides.").format(net=signed(guess.net))
        story.append(Band(words_of_guess, before=10))
    return story


def facts(report: StrategyReport, height: float = 58) -> Drawing:
    """What can be counted, as four tiles."""
    figures = report.figures
    told = [
        (whole(figures.customers.count), ngettext("customer", "customers", figures.customers.count)),
        (whole(figures.feedback.count), ngettext("thing they said", "things they said", figures.feedback.count)),
        (whole(figures.complaints.count), ngettext("complaint", "complaints", figures.complaints.count)),
        (whole(report.scorecard.people), ngettext("score sheet", "score sheets", report.scorecard.people)),
    ]

    def paint(canvas: Any, width: float, height: float) -> None:
        wide = (width - 3 * 12) / 4
        for place, (figure, name) in enumerate(told):
            x, middle = place * (wide + 12), height / 2
            canvas.setFillColor(styles.ACCENT_GROUND)
            canvas.roundRect(x, 0, wide, height, 6, stroke=0, fill=1)
            draw(canvas, figure, styles.FIGURE.in_colour(styles.ACCENT), x + 14, middle - 1, wide - 20)
            draw(canvas, name, styles.NOTE, x + 14, middle - 16, wide - 20)

    return Drawing(height, paint)


def progress(cards: Sequence[LeverCard], height: float = 100) -> Drawing:
    """How far each part of value has come: its answers as dots, or its score where it has one."""
    row = height / len(cards)

    def paint(canvas: Any, width: float, height: float) -> None:
        first = min(206.0, width * 0.4)
        for place, card in enumerate(cards):
            y = height - (place + 0.5) * row
            colour = styles.LEVER_COLOURS[card.lever]
            draw(canvas, lever_name(card.lever), styles.SMALL_BOLD.in_colour(colour), 0, y + 1.5)
            draw(canvas, lever_meaning(card.lever), styles.TINY, 0, y - 8, first - 8)
            for dot in range(NEED_ANSWERS):
                canvas.setStrokeColor(colour)
                canvas.setFillColor(colour)
                canvas.setLineWidth(0.9)
                canvas.circle(first + dot * 16, y, 4, stroke=1, fill=int(dot < card.estimate.n))
            draw(canvas, _so_far(card), styles.NOTE.to(styles.RIGHT), width, y - 3, width - first - 84)

    return Drawing(height, paint)


def _so_far(card: LeverCard) -> str:
    found = card.estimate
    if found.value is None:
        return why_not(found)
    return _("{score} of 5, likely {range}").format(score=number(found.value), range=interval(found))


def _trend(report: StrategyReport, height: float, before: float) -> list[Flowable]:
    series = report.trend
    if series is None or sum(point.value is not None for point in series.points) < ENOUGH_POINTS:
        return []
    legend = [_("shaded: the range of ordinary months")] if series.limits else []
    if any(point.running for point in series.points):
        legend.append(_("dotted: this month, not over yet"))
    block: list[Flowable] = [
        Heading(_trend_title(series), " · ".join(legend), before), trend(without_year_before(series), height),
    ]  # fmt: skip
    if series.sentence:
        block.append(Text(series.sentence, styles.SMALL, before=5))
    return [KeepTogether(block)]


def _trend_title(series: Series) -> str:
    months = len(series.points)
    return ngettext("{n} month of value", "{n} months of value", months).format(n=months)


def _steps(report: StrategyReport, before: float) -> list[Flowable]:
    steps = next_steps(report)
    if not steps:
        return []
    title = _("One thing to do next")
    if len(steps) > 1:
        title = _("Three things to do next") if len(steps) == MOST_STEPS else _("Two things to do next")
    rows: list[Flowable] = [Heading(title, before=before)]
    rows += [_step(place, step) for place, step in enumerate(steps, start=1)]
    return [KeepTogether(rows)]


def _step(place: int, step: Step) -> Drawing:
    title, reason, figure = words.step_words(step)
    colour = styles.GOOD if step.kind == "keep" else styles.LEVER_COLOURS.get(step.lever, styles.ACCENT)
    beside = 31 + 16 + min(width_of(figure, styles.VALUE), 82)  # the number at the left, the figure at the right

    def paint(canvas: Any, width: float, height: float) -> None:
        canvas.setFillColor(colour)
        canvas.roundRect(0, height - 21, 20, 20, 4, stroke=0, fill=1)
        badge = styles.SMALL_BOLD.in_colour(styles.WHITE).to(styles.CENTRE)
        draw(canvas, str(place), badge, 10, height - 14)
        draw(canvas, title, styles.SUBHEADING, 31, height - 9.5, width - beside)
        draw_lines(canvas, lines(reason, styles.NOTE, width - beside)[:2], styles.NOTE, 31, height - 13, width - beside)
        draw(canvas, figure, styles.VALUE.in_colour(colour).to(styles.RIGHT), width, height - 14, 82)

    rows = len(lines(reason, styles.NOTE, _NARROWEST - beside)[:2])
    return Drawing(15 + rows * styles.NOTE.leading + 7, paint)
