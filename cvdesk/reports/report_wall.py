"""One page for the wall: the finding, the four parts of value, the trend, one thing to keep and one to mend, large."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from cvdesk.charts.series import without_year_before
from cvdesk.pdf import styles
from cvdesk.pdf.blocks import Drawing, Flowable, Gap, Text, Title
from cvdesk.pdf.chart import trend
from cvdesk.pdf.styles import Style
from cvdesk.pdf.text import draw, draw_lines, lines
from cvdesk.reports import report_words as words
from cvdesk.reports.records import Quote, Step, StrategyReport
from cvdesk.reports.records_next import to_gather, to_keep, to_mend
from cvdesk.reports.report_equation import has_value, note, value_drawing
from cvdesk.reports.report_fitting import height_of, page_height, page_width
from cvdesk.reports.report_summary import ENOUGH_POINTS, facts, progress
from cvdesk.wording import _
from cvdesk.wording.numbers import day

# From the largest letters to the smallest, then with fewer remarks: the first that holds is taken.
SIZES = (
    (1.3, 2), (1.2, 2), (1.1, 2), (1.0, 2), (0.92, 2), (0.92, 1), (0.85, 1), (0.92, 0), (0.85, 0), (0.78, 0), (0.7, 0),
    (0.62, 0),
)  # fmt: skip
_EQUATION, _TREND = (172.0, 260.0), (122.0, 210.0)  # least and most of the drawings' heights
_MOST_GAP, _LEAST_GAP = 44.0, 13.0
_LARGER = 1.3  # how much larger drawings are than in a report
_QUOTE = 170  # characters of a remark, so that it is read in passing
_FACTS, _PROGRESS = (70.0, 110.0), (110.0, 190.0)


def wall(report: StrategyReport, paper: str = "a4") -> list[Flowable]:
    """The page; its letters are as large as they can be, what is left over goes into drawings, then between blocks."""
    for size, quotes in SIZES:
        page = _Page(report, paper, size, quotes)
        if page.left >= 0:
            break
    return page.story()


class _Page:
    """The blocks of the page at a size of letters, and how much height is left once they stand at their least."""

    def __init__(self, report: StrategyReport, paper: str, size: float, quotes: int) -> None:
        self.report, self.size, self.quotes = report, size, quotes
        self.width, self.room = page_width(paper), page_height(paper, report.letterhead)
        self.stretch = (0.0, 0.0)
        least = self._height(self._blocks())
        self.left = self.room - least

    def story(self) -> list[Flowable]:
        """The drawings as large as there is room, then the blocks evenly apart."""
        for share in (1.0, 0.8, 0.6, 0.4, 0.2, 0.0):
            self.stretch = (share, share)
            if self._height(self._blocks()) <= self.room:
                break
        blocks = self._blocks()
        left = self.room - self._height(blocks)
        gap = min(_MOST_GAP, _LEAST_GAP + max(0.0, left) / max(1, len(blocks) - 1))
        story: list[Flowable] = []
        for place, block in enumerate(blocks):
            story += [Gap(gap), *block] if place else block
        return story

    def _height(self, blocks: Sequence[Sequence[Flowable]]) -> float:
        return sum(height_of(block, self.width) for block in blocks) + _LEAST_GAP * (len(blocks) - 1)

    def _blocks(self) -> list[list[Flowable]]:
        blocks = [self._head(), self._figures(), self._trend(), self._cards()]
        if self.quotes:
            blocks.append(self._voices())
        blocks.append([Text(_foot(self.report), self._style(styles.NOTE, 9.5))])
        return [block for block in blocks if block]

    def _style(self, style: Style, size: float) -> Style:
        return replace(style, size=size * self.size, leading=size * self.size * 1.36)

    def _between(self, ends: tuple[float, float]) -> float:
        return ends[0] + self.stretch[0] * (ends[1] - ends[0])

    def _head(self) -> list[Flowable]:
        title = Title(words.title(self.report), _("Summary"), after=8)
        title.style = replace(styles.TITLE, size=25 * self.size, leading=31 * self.size)
        return [title, Text(words.wall(self.report), self._style(styles.BODY, 13))]

    def _figures(self) -> list[Flowable]:
        report = self.report
        if has_value(report):
            named = Text(note(report), self._style(styles.NOTE, 9.5), after=4)
            drawing = value_drawing(report, self._between(_EQUATION) / _LARGER, captions=False)
            return [named, _larger(drawing)]
        heading = Text(_("On the way to your first figure"), self._style(styles.HEADING, 13), before=14, after=8)
        return [_larger(facts(report, self._between(_FACTS) / _LARGER)), heading,
                _larger(progress(report.scorecard.levers, self._between(_PROGRESS) / _LARGER))]  # fmt: skip

    def _trend(self) -> list[Flowable]:
        series = self.report.trend
        if series is None or sum(point.value is not None for point in series.points) < ENOUGH_POINTS:
            return []
        block: list[Flowable] = [_larger(trend(without_year_before(series), self._between(_TREND) / _LARGER))]
        if series.sentence:
            block.append(Text(series.sentence, self._style(styles.BODY, 12), before=5))
        return block

    def _cards(self) -> list[Flowable]:
        report = self.report
        found = [
            (name, step, colour)
            for name, step, colour in (
                (_("Keep"), to_keep(report), styles.GOOD), (_("Mend"), to_mend(report), styles.BAD),
            )
            if step is not None
        ]  # fmt: skip
        found += [(_("Next"), step, styles.ACCENT) for step in to_gather(report)][: 2 - len(found)]
        return [self._pair(found)] if found else []

    def _pair(self, found: Sequence[tuple[str, Step, str]]) -> Drawing:
        """What to keep at the left, what to mend at the right; one alone takes the whole width."""
        gap, inner = 14.0, 14.0
        wide = (self.width - gap * (len(found) - 1)) / len(found)
        head, body = self._style(styles.SUBHEADING, 14), self._style(styles.BODY, 11.5)
        kicker = self._style(styles.SMALL_BOLD, 11)
        cards = []
        for name, step, colour in found:
            title, reason, _figure = words.step_words(step)
            cards.append((name, colour, lines(title, head, wide - 2 * inner), lines(reason, body, wide - 2 * inner)))
        tall = max(
            len(title) * head.leading + len(reason) * body.leading for _name, _colour, title, reason in cards
        ) + kicker.leading + 2 * inner  # fmt: skip

        def paint(canvas: Any, width: float, height: float) -> None:
            for place, (name, colour, title, reason) in enumerate(cards):
                x = place * (wide + gap)
                canvas.setFillColor(styles.GROUND)
                canvas.roundRect(x, 0, wide, height, 6, stroke=0, fill=1)
                canvas.setFillColor(colour)
                canvas.roundRect(x, 0, 4, height, 2, stroke=0, fill=1)
                top = height - inner
                draw(canvas, name, kicker.in_colour(colour), x + inner, top - kicker.size, wide - 2 * inner)
                top -= kicker.leading
                draw_lines(canvas, title, head, x + inner, top, wide - 2 * inner)
                top -= len(title) * head.leading
                draw_lines(canvas, reason, body, x + inner, top, wide - 2 * inner)

        return Drawing(tall, paint)

    def _voices(self) -> list[Flowable]:
        both = (_fit(self.report.praise), _fit(self.report.trouble))
        chosen = [quote for quote in both if quote is not None][: self.quotes]
        block: list[Flowable] = []
        for place, quote in enumerate(chosen):
            said = _("“{words}”").format(words=" ".join(quote.text.split()))
            block.append(Text(said, self._style(styles.BODY, 13), before=6 if place else 0))
            block.append(Text(day(quote.date), self._style(styles.NOTE, 9.5)))
        return block


def _larger(drawing: Drawing) -> Drawing:
    """The same drawing with everything on it larger, and so higher."""

    def paint(canvas: Any, width: float, height: float) -> None:
        canvas.saveState()
        canvas.scale(_LARGER, _LARGER)
        drawing.paint(canvas, width / _LARGER, height / _LARGER)
        canvas.restoreState()

    return Drawing(drawing.height * _LARGER, paint, alt=drawing.alt)


def _fit(quotes: Sequence[Quote]) -> Quote | None:
    """The latest remark short enough to be read in passing."""
    return next((quote for quote in quotes if len(quote.text) <= _QUOTE), None)


def _foot(report: StrategyReport) -> str:
    return _("{scope}. Customer value is what customers get less what it takes out of them, as they score it.").format(
        scope=words.scope(report)
    )
