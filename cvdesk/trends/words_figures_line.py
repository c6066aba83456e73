"""One figure as a line: each kind of figure in its own form, its range, and what is missing where it is not shown."""

from __future__ import annotations

from collections.abc import Callable

from cvdesk.stats.intervals import NEED_ANSWERS, Estimate
from cvdesk.trends.records_figures import FigureLine, Link, Opens
from cvdesk.wording.counts import ANSWERS, ASKED, CASES, CUSTOMERS, PURCHASES, RATINGS, Counted
from cvdesk.wording.figures import likely, median_days, missing, of_100, with_strength
from cvdesk.wording.numbers import number, signed
from cvdesk.wording.shares import times_100

__all__ = [
    "ANSWERS", "ASKED", "CASES", "CUSTOMERS", "PURCHASES", "RATINGS", "Form", "as_days", "as_mean", "as_net",
    "as_points", "as_rate", "as_share", "fact", "line",
]  # fmt: skip

Form = Callable[[Estimate], tuple[str, str]]  # a figure that is shown -> itself and its range, in words


def line(
    key: str, name: str, found: Estimate, form: Form, counted: Counted, meaning: str, opens: Opens,
    links: tuple[Link, ...] = (), events: int | None = None,
) -> FigureLine:  # fmt: skip
    """A figure with its interval; where it is not shown, the sentence says what is missing.

    events: of a rate, whose trust rests on how often it happened and not on how many it could have happened to.
    """
    if found.value is None and found.more_than is None:
        return FigureLine(key, name, "", "", "", missing(found, counted), opens, links)
    figure, likely = form(found)
    rests = counted.count(found.n)
    if found.value is not None:
        rests = with_strength(rests, found.n if events is None else max(events, NEED_ANSWERS))
    return FigureLine(key, name, figure, likely, rests, meaning, opens, links)


def fact(key: str, name: str, figure: str, rests_on: str, meaning: str, opens: Opens) -> FigureLine:
    """A count of what is in the file: nothing is estimated, so there is no interval."""
    return FigureLine(key, name, figure, "", rests_on, meaning, opens)


def as_share(found: Estimate) -> tuple[str, str]:
    """73 of 100, likely 68 to 80."""
    return of_100(found), likely(times_100(found), 0)


def as_mean(found: Estimate) -> tuple[str, str]:
    """3.9, likely 3.8 to 4.0."""
    return number(found.value or 0.0), likely(found, 1)


def as_rate(found: Estimate) -> tuple[str, str]:
    """22.8, likely 16.3 to 30.9."""
    return as_mean(found)


def as_points(found: Estimate) -> tuple[str, str]:
    """+14, likely +2 to +26."""
    return signed(found.value or 0.0, 0), likely(found, 0, with_sign=True)


def as_net(found: Estimate) -> tuple[str, str]:
    """+2.8, likely +2.4 to +3.1."""
    return signed(found.value or 0.0), likely(found, 1, with_sign=True)


def as_days(found: Estimate) -> tuple[str, str]:
    """3 days, likely 2 to 4; "more than 12 days" for a median that was not reached."""
    return median_days(found), likely(found, 0)
