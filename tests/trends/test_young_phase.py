"""A phase too young for limits of its own is told beside those of the phase before."""

from datetime import date

import pytest

from cvdesk.stats.charts import xmr
from cvdesk.trends.words import young_phase

BEFORE = xmr([1.0, 1.2, 0.9, 1.1, 1.3, 1.0, 1.1, 0.8], None, -8, 8)
JULY = date(2026, 7, 1)


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ([2.6, 2.8], "All 2 months since July 2026 lie above the ordinary range of before"),
        ([2.6], "The month since July 2026 lies above the ordinary range of before"),
        ([-2.0, -1.9], "All 2 months since July 2026 lie below"),
        ([1.0, 2.8, 1.1], "1 of 3 months since July 2026 lie outside"),
        ([1.0, 1.1], "The months since July 2026 lie within"),
    ],
)
def test_said_beside_the_limits_of_before(values: list[float], said: str) -> None:
    assert young_phase("net", JULY, values, BEFORE).startswith(said)


def test_nothing_is_said_beside_limits_that_do_not_stand() -> None:
    assert young_phase("net", JULY, [2.6], xmr([1.0, 1.2], None, -8, 8)) == ""
    assert young_phase("net", JULY, [], BEFORE) == ""
