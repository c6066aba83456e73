"""Which of several leads, said only as far as the likely ranges of their shares keep apart (METHOD 6)."""

from __future__ import annotations

from collections.abc import Sequence

from cvdesk.stats.intervals import Estimate
from cvdesk.wording.text import _

FEW_LEADERS = 3  # more that are level with the first: none stands out


def level_with(first: Estimate, other: Estimate) -> bool:
    """Whether nobody can tell which of two figures is the larger: the lower one reaches into the range of the first."""
    if first.low is None or other.high is None:
        return False
    return other.high >= first.low


def leads(first: Estimate, others: Sequence[Estimate]) -> bool:
    """Whether a figure is clearly the largest."""
    return first.low is not None and not any(level_with(first, other) for other in others)


def most_mentioned(name: str, first: Estimate, others: Sequence[Estimate]) -> str:
    """What most customers mention, as one sentence. `others`: the shares of all the others."""
    level = 1 + sum(level_with(first, other) for other in others)
    if level > FEW_LEADERS:
        return _("No one theme stands out in these days")
    if level > 1:
        return _("{theme} comes up most, with others close behind").format(theme=name)
    return _("{theme} comes up most").format(theme=name)


__all__ = ["FEW_LEADERS", "leads", "level_with", "most_mentioned"]
