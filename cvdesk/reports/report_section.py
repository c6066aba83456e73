"""How a part of a report begins: on a page of its own, or with a heading while there is little to say."""

from __future__ import annotations

from cvdesk.pdf.blocks import Flowable, Heading, Room, Title
from cvdesk.reports.records import StrategyReport

_ROOM = 400.0  # free height from which a part begins on the page there is
_ABOVE = 30.0


def opening(report: StrategyReport, finding: str, outline: str, place: str = "") -> list[Flowable]:
    """The title on a new page, or below what takes less than the upper third of one, so that none is nearly empty.

    In the first weeks a heading on the same page.
    """
    if is_early(report):
        return [Heading(outline, before=22, outline=0, place=place)]
    title = Title(finding, outline, place=place)
    title.spaceBefore = _ABOVE
    return [Room(_ROOM), title]


def is_early(report: StrategyReport) -> bool:
    """Whether no factor has enough answers for a figure yet."""
    return all(score.estimate.value is None for card in report.scorecard.levers for score in card.factors)
