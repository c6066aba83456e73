"""A change on Home is called better or worse only where it is more than chance would give."""

from types import SimpleNamespace

import pytest

from cvdesk.shell.home_cards import lever_card
from cvdesk.stats.intervals import Estimate, apart, hidden, mean_interval
from tests.desk import TODAY
from tests.figures.shop import new_shop
from tests.pages import make_session, said


@pytest.fixture
def session(qapp, tmp_path):
    made = make_session(qapp, new_shop(tmp_path), TODAY)
    yield made
    made.close()


@pytest.mark.parametrize(
    ("now", "before", "words"),
    [
        (Estimate(3.4, 2.6, 4.0, 8), Estimate(3.0, 2.3, 3.7, 9), "no clear change"),
        (Estimate(3.4, 3.2, 3.6, 90), Estimate(3.0, 2.8, 3.2, 90), "worse by 0.4"),
        (Estimate(3.02, 2.9, 3.1, 900), Estimate(3.0, 2.9, 3.1, 900), "no change"),
        (Estimate(3.4, 3.2, 3.6, 90), hidden(3, 5), ""),
    ],
)
def test_a_change_within_chance_is_not_called_one(qtbot, session, now, before, words) -> None:
    data = SimpleNamespace(
        now=SimpleNamespace(value=SimpleNamespace(levers={"costs": SimpleNamespace(score=now)})),
        before=SimpleNamespace(value=SimpleNamespace(levers={"costs": SimpleNamespace(score=before)})),
    )
    card = lever_card(session, data, "costs")
    qtbot.addWidget(card)
    card.show()
    told = said(card)
    assert words in told
    assert ("by 0." in told) == ("by 0." in words)
    assert ("change" in told) == ("change" in words)


def test_the_difference_of_two_figures_takes_the_arms_that_face_each_other() -> None:
    found = apart(Estimate(4.0, 3.6, 4.2, 30), Estimate(3.0, 2.9, 3.3, 40))
    assert (found.value, found.n) == (1.0, 70)
    assert found.low == pytest.approx(0.5)
    assert found.high == pytest.approx(1.0 + 0.05**0.5)
    assert apart(hidden(3, 5), mean_interval([3.0] * 9)).value is None
