"""How long complaints take, as a sentence: with its range, its cases and how far to trust it."""

import pytest

from cvdesk.stats.intervals import Estimate, hidden
from cvdesk.wording.cases import cases_title, for_100_customers, half_put_right

NOT_REACHED = Estimate(None, 8, None, 9, "not_reached", 12)


@pytest.mark.parametrize(
    ("days", "said"),
    [
        (Estimate(3, 2, 4, 37), "Half of them were put right within 3 days (likely 2 to 4), 37 cases, clear."),
        (Estimate(2.5, 1.9, 4, 38), "Half of them were put right within 2.5 days (likely 1.9 to 4), 38 cases, clear."),
        (Estimate(1, 1, 1, 12), "Half of them were put right within 1 day, 12 cases, rough."),
        (
            Estimate(0, 0, 1, 8),
            "Half of them were put right on the day they came (likely 0 to 1), 8 cases, early hint.",
        ),
        (Estimate(4, 2, None, 8), "Half of them were put right within 4 days (likely from 2), 8 cases, early hint."),
        (NOT_REACHED, "Fewer than half of them were put right within 12 days, 9 cases, early hint."),
        (hidden(2, 5, "few_cases"), "How long they take cannot be said yet: fewer than 5 cases so far: 2."),
    ],
)
def test_half_put_right(days, said):
    assert half_put_right(days) == said


def test_complaints_for_the_customers_there_are():
    rate = Estimate(20.6, 14.5, 28.3, 180)
    assert for_100_customers(rate) == "That is 20.6 for every 100, of 180 active customers (14.5 to 28.3)."
    assert for_100_customers(hidden(12)) == ""


@pytest.mark.parametrize(
    ("counts", "said"),
    [
        ((0, 0, 0), "No complaint was received"),
        ((1, 0, 0), "1 complaint, no longer open"),
        ((37, 3, 0), "37 complaints, 3 open, none overdue"),
        ((1284, 3, 1), "1,284 complaints, 3 open, 1 overdue"),
    ],
)
def test_how_many_complaints_there_are(counts, said):
    assert cases_title(*counts) == said
