"""What leads is said to lead only where the likely ranges keep apart."""

import pytest

from cvdesk.stats.intervals import hidden, wilson
from cvdesk.wording.leading import leads, level_with, most_mentioned


def shares(*counts):
    return [wilson(count, 180) for count in counts]


@pytest.mark.parametrize(
    ("counts", "said"),
    [
        ((57, 20, 10), "Queue comes up most"),
        ((57, 49, 10), "Queue comes up most, with others close behind"),
        ((57, 49, 48, 47), "No one theme stands out in these days"),
        ((57,), "Queue comes up most"),
    ],
)
def test_most_is_said_only_of_what_clearly_leads(counts, said):
    first, *others = shares(*counts)
    assert most_mentioned("Queue", first, others) == said
    assert leads(first, others) == (said == "Queue comes up most")


def test_what_is_not_shown_leads_nothing():
    assert not leads(hidden(3), shares(57))
    assert not level_with(hidden(3), wilson(57, 180))
