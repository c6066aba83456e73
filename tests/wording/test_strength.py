"""Where a figure becomes a sentence: how sure, out of how many, shares, changes; tables of figure and sentence."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cvdesk.stats.intervals import Estimate, hidden, wilson
from cvdesk.stats.newcombe import newcombe
from cvdesk.wording import figures
from cvdesk.wording.counts import ANSWERS, ASKED, CASES, CUSTOMERS, PURCHASES, RATINGS, counted_in
from cvdesk.wording.ranges import likely, two_ends, with_range
from cvdesk.wording.shares import hundredths, in_percent, of_100_short
from tests.desk import TODAY

COUNTED = (ANSWERS, ASKED, CASES, CUSTOMERS, PURCHASES, RATINGS)


@pytest.mark.parametrize(
    ("share", "said"),
    [(0.0, "0"), (0.004, "0.4"), (0.0004, "0.04"), (0.87, "87"), (0.996, "99.6"), (1.0, "100"), (0.5, "50")],
)
def test_something_is_never_said_as_nothing_nor_nearly_all_as_all(share, said):
    assert hundredths(share) == said


@pytest.mark.parametrize(
    ("x", "n", "long", "short", "per_cent"),
    [
        (57, 180, "32 of 100 (25 to 39)", "32 (25 to 39)", "32% (25% to 39%)"),
        (12, 180, "6.7 of 100 (3.9 to 11.3)", "6.7 (3.9 to 11.3)", "7% (4% to 11%)"),
        (0, 180, "0.0 of 100 (0.0 to 2.1)", "0.0 (0.0 to 2.1)", "0% (0% to 2%)"),
        (3, 9, "fewer than 10 answers so far: 9", "–", "fewer than 10 answers so far: 9"),
        (0, 0, "no answers yet", "–", "no answers yet"),
    ],
)
def test_shares(x, n, long, short, per_cent):
    share = wilson(x, n)
    assert figures.of_100_with_range(share, compared=True) == long
    assert of_100_short(share) == short
    assert in_percent(share) == per_cent


@pytest.mark.parametrize(
    ("now", "before", "clear", "said"),
    [
        ((20, 180), (10, 180), False, "6 → 11 of 100: no clear change"),
        ((40, 180), (10, 180), True, "grows: 6 → 22 of 100 (10 to 24 more)"),
        ((585, 3271), (655, 3271), True, "shrinks: 20 → 18 of 100 (0.2 to 4.0 fewer)"),
        ((3, 9), (10, 180), True, ""),
    ],
)
def test_changes_of_shares(now, before, clear, said):
    found = figures.share_change(wilson(*before), wilson(*now), newcombe(*now, *before), clear)
    assert found == said


def test_how_far_to_trust_it_stands_beside_what_it_rests_on():
    assert figures.with_strength("182 answers", 182) == "182 answers · clear"
    assert figures.with_strength("3 answers", 3) == "3 answers"
    assert figures.in_full("87 of 100 (81 to 91)", "12 answers", 12) == "87 of 100 (81 to 91), 12 answers, rough"
    assert figures.in_full("2", "4 cases", 4) == "2, 4 cases"
    assert counted_in("182 answers", TODAY.replace(month=9, day=1), TODAY) == "182 answers, 1 Sep to 21 Nov 2026"
    assert likely(Estimate(4.2, 3.9, 4.4, 30)) == "likely 3.9 to 4.4"
    assert likely(hidden(3, 5)) == ""
    assert (two_ends("3", "3"), with_range("3", "")) == ("3", "3")


@pytest.mark.parametrize(
    ("found", "said"),
    [
        (hidden(3, 5), "Not shown yet: 2 more answers."),
        (hidden(4, 5), "Not shown yet: 1 more answer."),
        (hidden(0, 5), "No answers yet."),
        (hidden(60, why="no_spread"), "All answers are alike."),
    ],
)
def test_what_is_missing(found, said):
    assert figures.missing(found, ANSWERS) == said


@given(st.sampled_from(COUNTED), st.integers(1, 5000))
def test_one_is_one_and_more_are_many(counted, n):
    for said in (counted.count(n), counted.more(n)):
        last = said.rsplit(" ", 1)[1]
        assert last == "asked" or last.endswith("s") == (n != 1)


@given(st.data())
def test_a_figure_that_has_a_range_is_never_said_without_it(data):
    n = data.draw(st.integers(1, 400))
    share = wilson(data.draw(st.integers(0, n)), n)
    said = figures.of_100_with_range(share)
    assert "nan" not in said
    assert (" to " in said) == (share.value is not None)
    assert (figures.strength(n) == "") == (n < figures.NEED_FACTOR)
