"""The floor that incidents set under a score, and its place in Net."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cvdesk.stats.floors import BURDEN, SEVERITIES, binds, incident_floor, joined, limit_of, telling_share
from cvdesk.stats.value import LEVERS, net_value

counts = st.fixed_dictionaries({severity: st.integers(0, 300) for severity in SEVERITIES})
LEVEL = {"quality": "worth", "support": "benefits", "time": "costs", "faults": "drawbacks"}


def test_floor_by_hand() -> None:
    affected = {"minor": 20, "moderate": 10, "serious": 4}
    # 1 + 2 x 0.1 + 3 x 0.05 + 4 x 0.02
    assert incident_floor(affected, 200) == pytest.approx(1.43)
    # Half of them tell: twice as many are affected.
    assert incident_floor(affected, 200, telling=0.5) == pytest.approx(1.86)


def test_more_affected_than_customers_count_as_all_of_them() -> None:
    # 0.6 and 0.6 of all, scaled to a half each: 1 + 2 / 2 + 4 / 2.
    assert incident_floor({"minor": 60, "serious": 60}, 100) == pytest.approx(4)
    assert incident_floor({"minor": 30, "serious": 30}, 100, telling=0.5) == pytest.approx(4)
    assert incident_floor({"serious": 7}, 5) == 5


def test_nobody_affected_or_no_customers_sets_no_floor() -> None:
    assert incident_floor({}, 200) == 1
    assert incident_floor(dict.fromkeys(SEVERITIES, 0), 200) == 1
    assert incident_floor({"serious": 3}, 0) == 1


@given(counts, st.integers(1, 400), st.floats(0.01, 1))
def test_floor_lies_on_the_scale_and_grows_with_what_is_not_told(affected, active, telling) -> None:
    floor = incident_floor(affected, active, telling)
    assert 1 <= floor <= 5
    assert floor >= incident_floor(affected, active) - 1e-9


def test_telling_share_needs_twenty_with_a_problem() -> None:
    assert telling_share(10, 20) == 0.5
    assert telling_share(9, 19) == 1
    assert telling_share(0, 40) == 1
    assert telling_share(0, 0) == 1
    with pytest.raises(ValueError, match="not a share"):
        telling_share(3, 2)


def test_burdens_take_the_higher_and_gains_the_lower() -> None:
    assert joined("costs", 2.0, 2.6).score == 2.6
    assert joined("costs", 3.0, 2.6).score == 3.0
    assert joined("worth", 4.0, 2.6).score == pytest.approx(3.4)
    assert joined("worth", 4.0, 2.6).binds
    assert joined("worth", 3.1, 2.6).score == 3.1
    assert not joined("worth", 3.1, 2.6).binds
    alone = joined("drawbacks", None, 1.8)
    assert (alone.score, alone.binds, alone.alone) == (1.8, True, True)


@pytest.mark.parametrize("lever", LEVERS)
def test_no_incidents_change_nothing(lever) -> None:
    for mean in (1.0, 3.2, 5.0):
        assert not binds(lever, mean, 1.0)
        assert joined(lever, mean, 1.0).score == mean


@pytest.mark.parametrize(
    ("affected", "active", "telling", "burden"),
    [
        ({"minor": -1}, 5, 1, BURDEN),
        ({"minor": 1}, -5, 1, BURDEN),
        ({"minor": 1}, 5, 0, BURDEN),
        ({"dire": 1}, 5, 1, BURDEN),
        ({"minor": 1}, 5, 1, {"minor": 6}),
    ],
)
def test_impossible_incidents_are_refused(affected, active, telling, burden) -> None:
    with pytest.raises(ValueError):  # noqa: PT011 - each has words of its own
        incident_floor(affected, active, telling, burden)


def people(**ratings: float) -> list[dict[str, float | None]]:
    return [dict[str, float | None](ratings) for _ in range(8)]


def test_a_binding_floor_takes_the_place_of_the_mean_in_net() -> None:
    answers = people(quality=4, support=4, time=2, faults=1)
    plain = net_value(answers, LEVEL)
    found = net_value(answers, LEVEL, limited={"faults": 2.5, "time": 1.2, "quality": limit_of("worth", 1.5)})
    assert found.levers["drawbacks"].bound == {"faults": 2.5}
    assert found.levers["drawbacks"].estimate.value == 2.5
    assert found.levers["drawbacks"].factors == plain.levers["drawbacks"].factors
    assert found.levers["costs"] == plain.levers["costs"]
    assert found.levers["worth"] == plain.levers["worth"]
    assert plain.net.value == pytest.approx(5)
    assert found.net.value == pytest.approx(3.5)


def test_a_binding_floor_is_a_constant_in_the_interval() -> None:
    levers = {"a": "drawbacks", "b": "drawbacks"}
    answers: list[dict[str, float | None]] = [{"a": 1 + i % 3, "b": 1 + i % 2} for i in range(12)]
    found = net_value(answers, levers, limited={"b": 4.0}).levers["drawbacks"].estimate
    half = net_value(answers, {"a": "drawbacks"}).levers["drawbacks"].estimate
    assert found.value == pytest.approx((2 + 4) / 2)
    assert found.high is not None
    assert found.low is not None
    assert half.high is not None
    assert half.low is not None
    assert found.high - found.low == pytest.approx((half.high - half.low) / 2)


@given(
    st.lists(st.fixed_dictionaries({key: st.none() | st.integers(1, 5) for key in LEVEL}), min_size=5, max_size=20),
    st.dictionaries(st.sampled_from(sorted(LEVEL)), st.floats(1, 5)),
)
def test_floors_make_no_interval_without_width_and_never_raise_net(answers, floors) -> None:
    limited = {key: limit_of(LEVEL[key], floor) for key, floor in floors.items()}
    plain, found = net_value(answers, LEVEL), net_value(answers, LEVEL, limited=limited)
    for estimate in (found.net, *(score.estimate for score in found.levers.values())):
        if estimate.value is not None:
            assert estimate.low is not None
            assert estimate.high is not None
            assert estimate.low < estimate.high
            assert estimate.low - 1e-9 <= estimate.value <= estimate.high + 1e-9
    if found.net.value is not None and plain.net.value is not None:
        assert found.net.value <= plain.net.value + 1e-9
