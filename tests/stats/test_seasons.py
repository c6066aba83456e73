"""Calendar months allowed for: shuffles that stay within a month keep chance at its 5 %."""

import itertools
import math
import random

import pytest

from cvdesk.stats.change_point import change_point
from cvdesk.stats.charts import xmr
from cvdesk.stats.trend_verdict import deseasoned, judge

MONTHS = [place % 12 + 1 for place in range(36)]


def verdict(values, permutations=1_000):
    months = MONTHS[: len(values)]
    flat = deseasoned(values, months)
    chart = xmr(flat, 12)
    runs = sorted({*chart.rule2, *chart.rule3})
    return judge(flat, chart.rule1, runs, chart.baseline, chart.lower, chart.upper, permutations, within=months)


def reach(values):
    """The range of the sums of deviations, counted one by one."""
    mean = math.fsum(values) / len(values)
    sums = [0.0, *itertools.accumulate(value - mean for value in values)]
    return max(sums) - min(sums)


def test_confidence_is_that_of_every_order_within_the_groups():
    generator = random.Random(5)
    values = [generator.gauss(0, 1) for _ in range(16)]
    groups = [place % 8 for place in range(16)]
    pairs = [(place, place + 8) for place in range(8)]
    smaller = 0
    for swapped in itertools.product((False, True), repeat=8):
        order = list(values)
        for (first, second), swap in zip(pairs, swapped, strict=True):
            if swap:
                order[first], order[second] = values[second], values[first]
        smaller += reach(order) < reach(values) - 1e-9
    assert change_point(values, within=groups).confidence == pytest.approx(smaller / 2**8, abs=0.02)


def test_groups_of_one_leave_everything_where_it_is():
    assert change_point([1.0, 3.0, 2.0, 5.0], 100, within=range(4)).confidence == 0.0
    with pytest.raises(ValueError, match="do not fit"):
        change_point([1.0, 2.0], within=[1])


@pytest.mark.parametrize("count", [24, 36])
def test_chance_upon_a_season_is_seldom_called_a_change(count):
    generator = random.Random(count)
    named = [
        verdict([generator.gauss(0, 1) + 3 * math.sin(place * math.pi / 6) for place in range(count)]).name
        for _ in range(300)
    ]
    assert named.count("real") <= 0.06 * 300


def test_a_shift_upon_a_season_is_found():
    generator = random.Random(1)
    shifted = [
        generator.gauss(0, 1) + 3 * math.sin(place * math.pi / 6) + (3 if place >= 24 else 0) for place in range(36)
    ]
    found = verdict(shifted)
    assert (found.name, found.change.first_after) == ("real", 24)
