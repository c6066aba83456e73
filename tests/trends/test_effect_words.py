"""METHOD 3.6's words for a measured change, in every unit and direction."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cvdesk.trends.records_effect import Change
from cvdesk.wording.effects import headline, said_of, strength


def mean(low, high, before=3.0):
    return Change((low + high) / 2, low, high, 8, 6, before, before + (low + high) / 2)


def rate(low, high):
    return Change((low * high) ** 0.5, low, high, 8, 6, 5.0, 4.0, rate=True)


@pytest.mark.parametrize(
    ("unit", "change", "less", "sentence"),
    [
        ("score", mean(0.3, 0.6), False, "It worked. Speed: better by 0.3 to 0.6."),
        ("score", mean(-0.6, -0.3), True, "It worked. Speed: better by 0.3 to 0.6."),
        ("score", mean(0.3, 0.6), True, "It made it worse. Speed: worse by 0.3 to 0.6."),
        ("score", mean(-0.15, 0.19), False, "No effect worth having. Speed: changed by less than 0.2, if at all."),
        ("score", mean(-0.15, 0.2), False, "Cannot tell yet. Speed: anything from 0.2 worse to 0.2 better."),
        ("score", mean(-0.5, 0.2), True, "Cannot tell yet. Speed: anything from 0.2 worse to 0.5 better."),
        ("score", mean(0.02, 0.04), False, "It worked. Speed: better by 0.02 to 0.04."),
        ("net", mean(-0.1, 0.1), False, "Cannot tell yet. Speed: anything from 0.1 worse to 0.1 better."),
        ("share", mean(0.04, 0.09), False, "It worked. Speed: better by 4 to 9 percentage points."),
        ("points", mean(5, 20), False, "It worked. Speed: better by 5 to 20 points."),
        ("days", mean(-2.1, -0.5), True, "It worked. Speed: better by 0.5 to 2.1 days."),
        ("rate", rate(0.39, 0.73), True, "It worked. Speed: fewer by 27% to 61%."),
        ("rate", rate(1.2, 2.5), True, "It made it worse. Speed: more by 20% to 150%."),
        ("rate", rate(0.8, 1.1), True, "Cannot tell yet. Speed: anything from 20% fewer to 10% more."),
        ("share", rate(1.2, 2.5), None, "Speed: more by 20% to 150% since then."),
        ("share", rate(0.5, 0.9), None, "Speed: fewer by 10% to 50% since then."),
    ],
)
def test_sentence(unit, change, less, sentence):
    assert headline("Speed", unit, said_of(change, unit, less), change, less) == sentence


@given(st.floats(-3, 3), st.floats(0.001, 2), st.booleans(), st.sampled_from(["score", "net", "days", "points"]))
def test_what_is_called_better_lies_on_the_better_side(middle, reach, less, unit):
    change = mean(middle - reach, middle + reach)
    said = said_of(change, unit, less)
    turned = -change.change if less else change.change
    if said in ("worked", "worse"):
        assert (turned > 0) == (said == "worked")
        assert change.low > 0 or change.high < 0
    else:
        assert change.low <= 0 <= change.high
        assert (said == "nothing") == (unit == "score" and max(-change.low, change.high) < 0.2)
    assert said_of(mean(-middle - reach, -middle + reach), unit, not less) == said


@pytest.mark.parametrize(("before", "after", "words"), [(20, 4, "early hint"), (6, 30, "Rough"), (12, 12, "Clear")])
def test_strength_goes_by_the_shorter_side(before, after, words):
    assert words in strength(Change(0, 0, 0, before, after, 0, 0))
