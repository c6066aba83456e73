"""Figures in words, at every threshold."""

from __future__ import annotations

from dataclasses import dataclass

import pytest

from cvdesk.stats.intervals import Estimate, hidden, wilson
from cvdesk.wording import figures

SHOWN = Estimate(2.75, 2.4, 3.1, 182)


@dataclass(frozen=True)
class Value:
    net: Estimate


@dataclass(frozen=True)
class All:
    value: Value


def test_ranges() -> None:
    assert figures.interval(SHOWN) == "2.4 to 3.1"
    assert figures.interval(Estimate(-0.3, -1.0, 0.4, 30), with_sign=True) == "−1.0 to +0.4"
    assert figures.interval(Estimate(3, 2, None, 30)) == "from 2.0"
    assert figures.interval(Estimate(3, None, 4, 30)) == "up to 4.0"
    assert figures.interval(hidden(3, 5)) == ""
    assert figures.percent_interval(wilson(57, 180)) == "25% to 39%"


def test_of_a_hundred() -> None:
    share = wilson(158, 182)
    assert figures.of_100(share) == "87 of 100"
    assert figures.of_100_with_range(share) == "87 of 100 (81 to 91)"
    assert figures.worth_it(share) == "87 of 100 say it was worth it (81 to 91)"
    assert figures.worth_it(wilson(3, 3)) == "fewer than 10 answers so far: 3"


@pytest.mark.parametrize(
    ("estimate", "words"),
    [
        (hidden(0), "no answers yet"),
        (hidden(3, 5), "fewer than 5 answers so far: 3"),
        (hidden(9, 10), "fewer than 10 answers so far: 9"),
        (hidden(4, 5, "few_cases"), "fewer than 5 cases so far: 4"),
        (hidden(19, 20, "few_customers"), "fewer than 20 customers so far: 19"),
        (hidden(30, 5, "few_factors"), "too few of its questions have 5 answers yet"),
        (hidden(30, 5, "missing_levers"), "not all four parts of value have enough answers yet"),
        (Estimate(None, None, None, 12, "not_reached", more_than=12), "fewer than half are done yet"),
        (Estimate(None, None, None, 12, "not_followed"), "no case is as old as the time allowed yet"),
        (
            hidden(30, why="short_period"),
            "the period is too short: many would not have come back yet anyway",
        ),
        (hidden(30, why="no_gap"), "nobody has bought twice yet"),
        (hidden(60, why="no_spread"), "all answers are alike"),
        (SHOWN, ""),
    ],
)
def test_why_a_figure_is_not_shown(estimate: Estimate, words: str) -> None:
    assert figures.why_not(estimate) == words


@pytest.mark.parametrize(
    ("n", "words"),
    [
        (0, ""),
        (4, ""),
        (5, "early hint"),
        (9, "early hint"),
        (10, "rough"),
        (29, "rough"),
        (30, "clear"),
        (9999, "clear"),
    ],
)
def test_strength(n: int, words: str) -> None:
    assert figures.strength(n) == words


@pytest.mark.parametrize(
    ("difference", "less", "words"),
    [
        (0.6, False, "better by 0.6"),
        (-0.6, False, "worse by 0.6"),
        (0.6, True, "worse by 0.6"),
        (-0.1, True, "better by 0.1"),
        (0.04, False, "no change"),
        (-0.04, True, "no change"),
    ],
)
def test_change_is_never_read_two_ways(difference: float, less: bool, words: str) -> None:
    assert figures.change(difference, less) == words


@pytest.mark.parametrize(
    ("net", "words"),
    [
        (SHOWN, "Customers get more from you than it costs them"),
        (Estimate(0.5, 0.0, 1.0, 40), "Not clear yet whether customers get more than it costs them"),
        (Estimate(0.0, -4.0, 4.0, 5), "Not clear yet whether customers get more than it costs them"),
        (Estimate(-1.0, -1.5, -0.5, 40), "Customers get less from you than it costs them"),
        (hidden(4, 5), "Too early to say what customers get from you"),
    ],
)
def test_headline(net: Estimate, words: str) -> None:
    assert figures.headline(All(Value(net))) == words


def test_median_days() -> None:
    assert figures.median_days(Estimate(2.5, 1.9, 4.0, 38)) == "2.5 days"
    assert figures.median_days(Estimate(1, 1, 2, 38)) == "1 day"
    assert figures.median_days(Estimate(None, None, None, 9, "not_reached", more_than=12)) == "more than 12 days"
    assert figures.median_days(hidden(3, 5, "few_cases")) == "fewer than 5 cases so far: 3"


def test_every_name_is_there() -> None:
    for lever in ("worth", "benefits", "costs", "drawbacks"):
        assert figures.lever_name(lever)
        assert figures.lever_caption(lever)
        assert ("less is better" in figures.lever_meaning(lever)) is figures.less_is_better(lever)
    assert [figures.kind_name(kind) for kind in ("praise", "suggestion", "question", "problem", "comment")][
        3
    ] == "Problem"
    assert [figures.severity_name(name) for name in ("minor", "moderate", "serious")][2] == "Serious"
    for stage in ("received", "acknowledged", "assessed", "resolved", "told", "closed", "reopened", "note"):
        assert figures.stage_name(stage)
    for outcome in ("accepted", "not_accepted", "spam", "duplicate"):
        assert figures.outcome_name(outcome)


def test_nothing_is_called_significant() -> None:
    words = [figures.net_sentence(SHOWN), figures.answers(1), figures.answers(182), figures.worth_it(wilson(8, 12))]
    assert words[:3] == ["Value stands at +2.8 (likely +2.4 to +3.1).", "1 answer", "182 answers"]
    assert all("significant" not in sentence for sentence in words)


@pytest.mark.parametrize(
    ("before", "now", "low", "high", "less_is_better", "said", "better"),
    [
        (3.15, 3.25, 0.02, 0.3, False, "better by 0.1", True),  # shown as 3.2 and 3.3
        (3.15, 3.25, 0.02, 0.3, True, "worse by 0.1", False),
        (3.0, 3.6, -0.1, 1.3, False, "no clear change", None),
        (3.24, 3.16, -0.3, -0.02, True, "no change", None),
    ],
)
def test_the_change_of_a_score_is_that_of_the_figures_shown(before, now, low, high, less_is_better, said, better):
    was, is_now = (Estimate(value, value - 0.2, value + 0.2, 40) for value in (before, now))
    difference = Estimate(now - before, low, high, 40)
    assert figures.score_change(was, is_now, difference, less_is_better) == (said, better)


def test_no_change_is_said_where_one_side_is_not_shown():
    known, little = Estimate(3.0, 2.8, 3.2, 40), hidden(3)
    assert figures.score_change(little, known, little, False) == ("", None)
