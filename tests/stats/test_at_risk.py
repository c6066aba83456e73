"""The at-risk score: points, bands, usual gaps, and whether the score has been right so far."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from cvdesk.stats.at_risk import Points, Signs, back_test, business_gap, score, usual_gap
from cvdesk.stats.newcombe import newcombe


def test_points_add_up_and_say_where_they_come_from():
    found = score(Signs(2.5, low_answer=True, detractor=True, overdue_complaint=True, two_complaints=True))
    assert (found.points, found.band) == (8, "at_risk")
    assert dict(found.parts) == {
        "very_late": 2, "low_answer": 2, "detractor": 1, "overdue_complaint": 2, "two_complaints": 1,
    }  # fmt: skip
    assert score(Signs(1.5)).parts == (("late", 1),)
    assert score(Signs(1.49)).band == "fine"
    assert score(Signs()).points == 0


def test_the_owner_may_count_differently():
    lenient = Points(late=3.0, very_late=6.0, detractor=0, at_risk_from=6)
    assert score(Signs(2.9, detractor=True), lenient).parts == ()
    assert score(Signs(6.0, low_answer=True, two_complaints=True), lenient).band == "watch"


@given(st.floats(0, 10), st.booleans(), st.booleans(), st.booleans(), st.booleans())
def test_more_signs_never_mean_fewer_points(recency: float, low: bool, detractor: bool, overdue: bool, two: bool):
    less = score(Signs(recency, low, detractor, overdue, two)).points
    assert score(Signs(recency + 1, low, detractor, overdue, True)).points >= less
    assert less <= 8


def test_a_rhythm_needs_three_purchases_on_different_days():
    assert usual_gap([10, 24, 38, 60]) == 14
    assert usual_gap([10, 10, 24, 24]) is None
    assert usual_gap([]) is None


def test_the_business_gap_counts_each_customer_once():
    assert business_gap([1, 7, None, 9], []) == 7
    assert business_gap([None] * 3, [[0, 30], [5, 25], [1]]) == 25  # nobody has bought three times
    assert business_gap([None], [[3], []]) is None


def test_the_back_test_tells_when_it_works_when_not_and_when_it_cannot_tell():
    assert back_test({"fine": (90, 100), "watch": (20, 30), "at_risk": (10, 40)}).works is True
    assert back_test({"fine": (60, 100), "at_risk": (22, 40)}).works is False
    small = back_test({"fine": (90, 100), "at_risk": (0, 19)})
    assert small.works is None
    assert small.difference is not None
    assert small.difference.need == 20


def test_a_difference_needs_enough_on_both_sides():
    assert newcombe(5, 9, 40, 60).value is None
    found = newcombe(0, 20, 20, 20)
    assert (found.value, found.n) == (-1, 40)
