"""The finding as the heading of a chart: every verdict, both directions, every step."""

from dataclasses import dataclass
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cvdesk.wording.headings import chart_heading

JULY = date(2026, 7, 1)


@dataclass(frozen=True)
class Found:
    name: str
    since: date | None = None
    before: float | None = None
    after: float | None = None


@pytest.mark.parametrize(
    ("unit", "step", "found", "heading"),
    [
        ("rate", "month", Found("real", JULY, 5.1, 3.2), "Speed fell about July: from 5.1 per 100 to 3.2 per 100"),
        ("score", "month", Found("real", JULY, 3.62, 4.1), "Speed rose about July: from 3.6 to 4.1"),
        ("net", "quarter", Found("real", JULY, 1.0, 2.6), "Speed rose about Q3: from +1.0 to +2.6"),
        ("days", "between", Found("real", JULY, 9, 30), "Speed: 9 days apart before, 30 days since about 1 Jul"),
        ("share", "month", Found("unusual", JULY, 0.4, 0.6), "Speed: July was unusual, 60%"),
        ("share", "month", Found("unusual", JULY), "Speed: July was unusual"),
        ("share", "month", Found("possible"), "Speed: a possible change, keep watching"),
        ("share", "month", Found("none"), "Speed: no sign of change"),
        ("share", "month", Found("coarse"), "Speed: too coarse to judge"),
        ("share", "month", Found("early"), "Speed: too early to say"),
        ("share", "month", None, "Speed"),
    ],
)
def test_headings(unit, step, found, heading):
    assert chart_heading("Speed", unit, step, found, JULY) == heading


@given(
    st.sampled_from(("net", "score", "share", "points", "rate", "days", "count")),
    st.floats(0, 5), st.floats(0, 5), st.sampled_from(("week", "month", "quarter", "between")),
)  # fmt: skip
def test_a_change_never_says_nan_and_always_both_sides(unit, before, after, step):
    said = chart_heading("Speed", unit, step, Found("real", JULY, before, after), JULY)
    assert "nan" not in said
    assert "July" in said or "Jul" in said or "Q3" in said
