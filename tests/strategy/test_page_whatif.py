"""What if with real keys: Net follows at once, the plan a moment later, nothing is stored."""

import pytest
from PySide6.QtCore import Qt

from cvdesk.strategy.page import StrategyPage
from cvdesk.strategy.records_wish import Wish
from tests.figures.shop import TODAY
from tests.pages import make_session, said, settle
from tests.strategy.plans import add_action, answered, shop, three

_OPERATIONS = "SELECT count(*) FROM operations"


@pytest.fixture
def make(qtbot, qapp, tmp_path):
    sessions = []

    def opened(*work, width=1300):
        session = make_session(qapp, shop(tmp_path, *work), TODAY)
        sessions.append(session)
        page = StrategyPage(session)
        qtbot.addWidget(page)
        page.resize(width, 900)
        page.show()
        page.choose_view("whatif")
        settled(qtbot, session)
        return session, page.view("whatif")

    yield opened
    for session in sessions:
        session.close()


def settled(qtbot, session):
    for _round in range(3):
        settle(qtbot, session)


def planned(qtbot, session, view):
    qtbot.waitUntil(lambda: not view._wait.isActive(), timeout=5_000)
    settled(qtbot, session)


def net(view):
    return [float(one.replace("−", "-")) for one in view.result.figure.text().split(" → ")]


def test_a_score_that_is_moved_changes_net_at_once_by_what_it_weighs(qtbot, make):
    session, view = make(answered, three)
    slider = view.scores.sliders["quality"]
    assert slider.accessibleName() == "Quality: 4.0 of 5, measured: 4.0"
    before = net(view)
    assert before[0] == before[1]
    slider.setFocus()
    for _press in range(10):
        qtbot.keyClick(slider, Qt.Key.Key_Right)
    assert slider.accessibleName() == "Quality: 5.0 of 5, measured: 4.0"
    point = view._ground.basis.of("quality").point
    assert net(view)[1] == pytest.approx(before[0] + point, abs=0.1), "before any job has answered"
    size = net(view)[1] - net(view)[0]
    assert view.result.told.text() == f"Value would be {size:.1f} higher, before any action.", "as the figures say"
    planned(qtbot, session, view)


def test_burdens_say_that_less_is_better_and_move_net_the_other_way(qtbot, make):
    _session, view = make(answered, three)
    slider = view.scores.sliders["delivery"]
    assert slider.accessibleName().startswith("Delivery and appointments, less is better: 3.0 of 5")
    slider.setFocus()
    qtbot.keyClick(slider, Qt.Key.Key_End)
    assert net(view)[1] < net(view)[0]
    assert "lower" in view.result.told.text()


def test_one_weight_takes_from_the_others_and_both_buttons_lead_back(qtbot, make):
    session, view = make(answered, three)
    costs = view.weights.sliders["costs"]
    costs.setFocus()
    qtbot.keyClick(costs, Qt.Key.Key_End)
    assert costs.accessibleName() == "Weight of Costs: 2.0, found: 1.0"
    assert view.weights.sliders["worth"].accessibleName() == "Weight of Worth: 0.7, found: 1.0"
    view.scores.sliders["quality"].setValue(10)
    moved = net(view)[1]
    assert moved != net(view)[0]
    qtbot.keyClick(view.weights.back, Qt.Key.Key_Return)
    qtbot.keyClick(view.scores.back, Qt.Key.Key_Return)
    assert net(view)[0] == net(view)[1]
    assert view.result.told.text() == "Value would stay where it is."
    assert not view.weights.back.isEnabled()
    planned(qtbot, session, view)


def test_weights_always_leave_something_for_the_parts_nobody_moved(make):
    _session, view = make(answered)
    for lever in ("worth", "benefits", "costs", "drawbacks"):
        view.weights.sliders[lever].setValue(20)
    shown = [float(slider.accessibleName().split(": ")[1].split(",")[0]) for slider in view.weights.sliders.values()]
    assert sum(shown) == pytest.approx(4, abs=0.1)
    assert view.weights.sliders["drawbacks"].value() == 20, "what was moved last stays where it was put"


def test_another_plan_is_shown_beside_the_real_one(qtbot, make):
    def work(op):
        add_action(op, "Shorter queue", "waiting", 1.0, cost_month_minor=10_000)
        add_action(op, "Better flour", "quality", 0.8, cost_month_minor=10_000)

    session, view = make(lambda op: answered(op, waiting=3.0, quality=4.0), work)
    session.save_draft("plan", Wish(budget_month=10_000).as_text())
    view.show_for(session.filter)
    planned(qtbot, session, view)
    assert "✓ Shorter queue" in said(view.result)
    view.scores.sliders["waiting"].setValue(10)
    planned(qtbot, session, view)
    assert "+ Better flour comes in" in said(view.result)
    assert "− Shorter queue goes out" in said(view.result)


def test_nothing_is_stored(qtbot, make):
    session, view = make(answered, three)
    before = session.file.value(_OPERATIONS), session.draft("plan")
    view.scores.sliders["quality"].setValue(50)
    view.weights.sliders["worth"].setValue(20)
    planned(qtbot, session, view)
    assert (session.file.value(_OPERATIONS), session.draft("plan")) == before
    assert "Nothing is stored" in said(view.result)


def test_without_a_figure_there_is_nothing_to_move(make):
    _session, view = make(three)
    assert "No customer has filled in a score sheet" in said(view)
    assert not view.weights.isVisible()


def test_without_actions_net_still_follows(make):
    _session, view = make(answered)
    view.scores.sliders["quality"].setValue(50)
    assert net(view)[1] > net(view)[0]
    assert "No action is noted yet" in said(view.result)


def test_in_a_small_window_the_answer_stands_above_the_sliders(make):
    _session, view = make(answered, three, width=620)
    assert view.result.isVisible()
    assert (
        view.result.mapTo(view, view.result.rect().bottomLeft()).y()
        < view.weights.mapTo(view, view.weights.rect().topLeft()).y()
    )
