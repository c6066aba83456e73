"""What the Plan tab reads beside the window: the range stands for the plan on screen, and nothing is drawn twice."""

from dataclasses import replace

import pytest

from cvdesk.stats import plan_draws
from cvdesk.strategy.page_plan_read import Progress, more_sure, plan_on, read_ground
from cvdesk.strategy.records_wish import Wish
from cvdesk.strategy.store_plan import range_of
from tests.figures.shop import TODAY
from tests.strategy.plans import answered, shop, three


@pytest.fixture
def ground(tmp_path):
    with shop(tmp_path, answered, three) as file:
        yield read_ground(file, TODAY)


@pytest.fixture
def drawings(monkeypatch):
    """A line for each time everything was drawn."""
    made, real = [], plan_draws.drawn
    monkeypatch.setattr(plan_draws, "drawn", lambda *about, **more: made.append(about) or real(*about, **more))
    return made


def test_the_best_plan_is_drawn_once_and_has_the_range_of_these_draws(ground, drawings):
    read = more_sure(plan_on(ground, Wish(), Progress()), Progress())
    assert len(drawings) == 1
    sure, best = read.planned.sure, read.planned.styles["balanced"]
    assert (sure.low, sure.likely, sure.high) == range_of(read.planned, best.chosen)


def test_the_owners_own_plan_has_its_own_range(ground):
    best = plan_on(ground, Wish(), Progress())
    one = frozenset(best.planned.styles["balanced"].chosen[:1])
    read = more_sure(plan_on(ground, replace(Wish(), own=one), Progress()), Progress())
    sure = read.planned.sure
    assert (sure.low, sure.likely, sure.high) == range_of(read.planned, one)
    assert sure.high < more_sure(best, Progress()).planned.sure.high
