"""The overall questions beyond what Home shows: means of satisfaction and ease, problems and who told of them."""

from __future__ import annotations

from cvdesk.figures.records_more import MoreSurveys
from cvdesk.stats.csat import Rating, ces
from cvdesk.stats.floors import NEED_TOLD
from cvdesk.stats.intervals import Estimate, mean_interval, narrowed, wilson
from cvdesk.value.store_answers import Latest
from cvdesk.value.store_sources import told_of

EASE_7 = "ease_7"  # ease asked on 1-7 by a list brought in; its answers are kept on 1-5, 1 as 1 and 7 as 5
_SEVEN = 7
_STEP = (_SEVEN - 1) / 4  # of 1-7 in a point of 1-5


def more_surveys(answers: Latest, customers: int | None = None) -> MoreSurveys:
    """From the latest answer of each person; the telling share is of those who had a problem (METHOD 1.7, 2).

    customers: how many there are, where the owner says that these are all (METHOD 1.5).
    """
    problems = answers.column("had_problem")
    had = sum(given == 1 for given in problems.values())
    told, asked = told_of(answers)
    return MoreSurveys(
        narrowed(_mean(answers, "satisfaction"), customers), narrowed(_mean(answers, "ease"), customers),
        narrowed(wilson(had, len(problems)), customers), wilson(told, asked, need=NEED_TOLD),
        _ease_of_seven(answers, customers),
    )  # fmt: skip


def _ease_of_seven(answers: Latest, customers: int | None) -> Rating | None:
    """Never one series with ease on 1-5 (METHOD 2)."""
    given = answers.column(EASE_7).values()
    if not given:
        return None
    counts = [0] * _SEVEN
    for value in given:
        counts[round((value - 1) * _STEP)] += 1
    found = ces(counts)
    return Rating(narrowed(found.share, customers), narrowed(found.mean, customers))


def _mean(answers: Latest, question: str) -> Estimate:
    return mean_interval(list(answers.column(question).values()))
