"""How a part of a report begins: on a page of its own, or with a heading while there is little to say."""

from __future__ import annotations

from cvdesk.pdf.blocks import Flowable, Heading, NewPage, Title
from cvdesk.reports.records import StrategyReport


def opening(report: StrategyReport, finding: str, outline: str, place: str = "") -> list[Flowable]:
    """The title on a new page; in the first weeks a heading on the same page, for a page must not be nearly empty."""
    if is_early(report):
        return [Heading(outline, before=22, outline=0, place=place)]
    return [NewPage(), Title(finding, outline, place=place)]


def is_early(report: StrategyReport) -> bool:
    """Whether no factor has enough answers for a figure yet."""
    return all(score.estimate.value is None for card in report.scorecard.levers for score in card.factors)
