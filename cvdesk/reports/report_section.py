"""How a part of a report begins: on a page of its own, or with a heading while there is little to say."""

from __future__ import annotations

from cvdesk.pdf import styles
from cvdesk.pdf.blocks import Flowable, Heading, Room, Text, Title
from cvdesk.reports.records import StrategyReport
from cvdesk.reports.report_words import scope

MOST_ROOM = 640.0  # what is free on any new page
_ABOVE = 30.0


def opening(
    report: StrategyReport,
    finding: str,
    outline: str,
    place: str = "",
    dated: bool = False,
    room: float = 400,
) -> list[Flowable]:
    """The title on a new page, or below what takes little of one, so that none is nearly empty.

    In the first weeks a heading on the same page. dated: with the period and limits of its figures below the title;
    room: the free height from which it begins on the page there is.
    """
    if is_early(report):
        return [Heading(outline, before=22, outline=0, place=place)]
    title = Title(finding, outline, after=4 if dated else 8, place=place)
    title.spaceBefore = _ABOVE
    return [
        Room(min(room, MOST_ROOM)),
        title,
        *([Text(scope(report), styles.NOTE, after=6, keep=True)] if dated else []),
    ]


def is_early(report: StrategyReport) -> bool:
    """Whether no factor has enough answers for a figure yet."""
    return all(score.estimate.value is None for card in report.scorecard.levers for score in card.factors)
