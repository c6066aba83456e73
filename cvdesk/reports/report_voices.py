"""Customers in their own words."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from cvdesk.pdf import styles
from cvdesk.pdf.blocks import Flowable, Heading, KeepTogether, Text
from cvdesk.pdf.text import draw_lines, lines
from cvdesk.reports.records import Quote, StrategyReport
from cvdesk.reports.report_fitting import height_of, page_height, page_width
from cvdesk.reports.report_section import opening
from cvdesk.wording import _
from cvdesk.wording.numbers import day, stars

LONGEST = 480  # characters of one remark; the rest is in the file
INDENT = 14.0
_TITLE = 40.0  # height of the title with what is below it


def voices(report: StrategyReport, paper: str = "a4") -> list[Flowable]:
    """What they are glad of, what bothers them: unchanged, the latest first, as many as one page holds."""
    if not report.praise and not report.trouble:
        return []
    width, most = page_width(paper), page_height(paper, report.letterhead) - _TITLE
    glad, sorry = report.praise, report.trouble
    said = _said(glad, sorry)
    while height_of(said, width) > most and len(glad) + len(sorry) > 2:
        glad, sorry = (glad[:-1], sorry) if len(glad) > len(sorry) else (glad, sorry[:-1])
        said = _said(glad, sorry)
    words = _("In their own words")
    return [*opening(report, words, words, room=height_of(said, width) + 2 * _TITLE), *said]


def _said(glad: Sequence[Quote], sorry: Sequence[Quote]) -> list[Flowable]:
    intro = _("The latest remarks of this period, unchanged. Some are kept short here; all are on the Feedback page.")
    return [
        Text(intro, styles.BODY, after=4),
        *_group(_("What they are glad of"), glad, styles.GOOD),
        *_group(_("What bothers them"), sorry, styles.BAD),
    ]


def _group(title: str, quotes: Sequence[Quote], colour: str) -> list[Flowable]:
    blocks: list[Flowable] = [_Remark(quote, colour) for quote in quotes]
    if not blocks:
        return []
    return [KeepTogether([Heading(title, before=14), blocks[0]]), *blocks[1:]]


class _Remark(Flowable):  # type: ignore[misc]
    """A remark with a coloured line at its side, and quietly who said it and when."""

    def __init__(self, quote: Quote, colour: str) -> None:
        super().__init__()
        self.quote, self.colour = quote, colour
        self.spaceAfter = 9

    def wrap(self, width: float, height: float) -> tuple[float, float]:
        """Words and the line below them."""
        self.width = width
        self.words = lines(shortened(self.quote.text), styles.BODY, width - INDENT)
        self.source = lines(_source(self.quote), styles.NOTE, width - INDENT)
        self.height = len(self.words) * styles.BODY.leading + len(self.source) * styles.NOTE.leading + 2
        return width, self.height

    def draw(self) -> None:
        """Line, words, source."""
        canvas: Any = self.canv
        canvas.setFillColor(self.colour)
        canvas.roundRect(0, 1, 2.2, self.height - 2, 1, stroke=0, fill=1)
        draw_lines(canvas, self.words, styles.BODY, INDENT, self.height, self.width - INDENT)
        below = len(self.source) * styles.NOTE.leading + 1
        draw_lines(canvas, self.source, styles.NOTE, INDENT, below, self.width - INDENT)


def shortened(text: str, most: int = LONGEST) -> str:
    """A text of at most so many characters, cut between words, with an ellipsis where something was left out."""
    if len(text) <= most:
        return text
    return text[:most].rsplit(" ", 1)[0].rstrip() + " …"


def _source(quote: Quote) -> str:
    parts = [quote.who, day(quote.date), stars(quote.rating), ", ".join(quote.themes)]
    return " · ".join(part for part in parts if part)
