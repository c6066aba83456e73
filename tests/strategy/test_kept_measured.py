"""How far hopes are trusted: 0.7 until five actions have been measured, then what came over what was expected."""

from datetime import date, timedelta

import pytest

from cvdesk.strategy import store_measured
from cvdesk.strategy.records import Lift
from cvdesk.strategy.records_kept import Outcome
from cvdesk.strategy.store_actions import actions
from cvdesk.strategy.store_basis import basis
from cvdesk.strategy.store_measured import optimism
from cvdesk.trends import store_effect, store_notes
from tests.strategy.kept_shop import TODAY, VAN, add_action, decided, shop, step


@pytest.fixture
def file(tmp_path, tmp_path_factory):
    with shop(tmp_path, tmp_path_factory.mktemp("template")) as opened:
        yield opened


def begun(file, count: int, likely: float = 1.0, day: date = VAN, **more) -> list[int]:
    found = []
    for number in range(count):
        lifts = {"delivery": Lift(min(likely, 0.1), likely, max(likely, 3.0))}
        found.append(add_action(file, f"Van {number} {likely}", lifts=lifts, chance=1.0, **more))
        step(file, found[-1], "started", day)
    return found


def test_four_measured_actions_are_too_few(file):
    begun(file, 4)
    assert optimism(file, TODAY) == (0.7, 0)


def test_from_five_on_measured_over_expected(file):
    begun(file, 5, likely=1.25)
    factor, count = optimism(file, TODAY)
    assert count == 5
    assert factor == pytest.approx(1.0 / 1.25, abs=0.1)  # deliveries got better by one
    assert (basis(file, TODAY).optimism, basis(file, TODAY).measured) == (factor, 5)


def test_it_stays_within_bounds(file):
    begun(file, 5, likely=0.2)
    assert optimism(file, TODAY) == (1.5, 5)


def test_what_was_to_make_something_worse_does_not_count(file):
    begun(file, 4)
    begun(file, 3, likely=-0.5)
    assert optimism(file, TODAY) == (0.7, 0)


def test_what_began_lately_does_not_count(file):
    begun(file, 4)
    begun(file, 1, day=TODAY - timedelta(days=40))
    assert optimism(file, TODAY) == (0.7, 0)


def test_what_was_promised_is_what_counts_not_what_is_thought_now(file):
    vans = [add_action(file, f"Van {number}", chance=1.0) for number in range(5)]
    decided(file, vans, date(2026, 4, 20))
    for van in vans:
        step(file, van, "started", VAN)
        file.run("Think again", lambda op, van=van: _lift(op, van, 3.0))
    assert optimism(file, TODAY)[0] == pytest.approx(1.0, abs=0.1)


def _lift(op, action_id: int, likely: float) -> None:
    row = op.row("SELECT id FROM action_lifts WHERE action_id = ?", (action_id,))
    op.update("action_lifts", row["id"], {"likely": likely, "high": likely})


def test_the_figure_the_owner_asked_about_is_the_one_that_counts(file):
    vans = begun(file, 5)
    note = next(one for one in store_notes.notes(file) if one.action_id == vans[0])
    file.run("Ask", lambda op: store_effect.choose(op, note, "worth_it"))
    assert optimism(file, TODAY) == (0.7, 0)  # of worth it nothing was expected of this van


def test_it_is_worked_out_once_a_day_and_when_an_action_changes(file, monkeypatch):
    begun(file, 5)
    asked = []
    real = store_effect.effect
    monkeypatch.setattr(store_effect, "effect", lambda *args: asked.append(args[1]) or real(*args))
    first = optimism(file, TODAY)
    assert optimism(file, TODAY) == first
    assert len(asked) == 5
    optimism(file, TODAY + timedelta(days=1))
    assert len(asked) == 10
    step(file, actions(file)[0].id, "done", TODAY)
    optimism(file, TODAY + timedelta(days=1))
    assert len(asked) == 15


def test_what_made_it_worse_counts_against_the_others(file, monkeypatch):
    begun(file, 5)
    changes = (1.0, 1.0, 1.0, 1.0, -2.0)
    came = tuple(Outcome(place, "Van", "done", "worked", "", raw=1.0, change=one) for place, one in enumerate(changes))
    monkeypatch.setattr(store_measured, "measured", lambda *args: came)
    trust, measured_in_all = optimism(file, TODAY)
    assert (trust, measured_in_all) == pytest.approx((2 / 5, 5))
