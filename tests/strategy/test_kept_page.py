"""Over time, as the owner uses it: decide on a plan, start and finish actions, review, look back."""

from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QPushButton

from cvdesk.kit import ask
from cvdesk.strategy.page import StrategyPage
from cvdesk.strategy.page_kept import KeptView
from cvdesk.strategy.page_kept_decide import DRAFT, StrategyDialog, decide
from cvdesk.strategy.page_kept_review import ReviewDialog
from cvdesk.strategy.store_actions import action
from cvdesk.strategy.store_kept import running, strategies
from cvdesk.trends.store_notes import KeptNote
from tests.pages import Answers, make_session, said, settle
from tests.strategy.kept_shop import TODAY, VAN, a_plan, add_action, decided, shop, step


@pytest.fixture
def file(tmp_path, tmp_path_factory):
    with shop(tmp_path, tmp_path_factory.mktemp("template")) as opened:
        yield opened


@pytest.fixture
def session(qtbot, qapp, file):
    made = make_session(qapp, file, TODAY)
    yield made
    made.close()


def shown(qtbot, session) -> KeptView:
    view = KeptView(session)
    qtbot.addWidget(view)
    view.resize(1000, 700)
    view.show()
    view.show_for(session.filter)
    settle(qtbot, session)
    session.changed.connect(lambda tables: view.show_for(session.filter) if tables & view.watches else None)
    return view


def opened(qtbot, session, kind):
    settle(qtbot, session)
    dialog = QApplication.activeModalWidget()
    assert isinstance(dialog, kind)
    return dialog


def test_without_a_strategy_the_page_leads_to_the_plan(qtbot, session):
    view = shown(qtbot, session)
    assert "No strategy yet" in said(view)
    with qtbot.waitSignal(session.open_requested) as sent:
        view.findChild(QPushButton).click()
    assert sent.args == ["actions", ("view", "plan")]


def test_decide_by_keys_then_undo(qtbot, session, file):
    van = add_action(file, "Second van")
    add_action(file, "Cargo bike", cost_once_minor=10**9)
    view = shown(qtbot, session)
    decide(session, view, *a_plan(file, [van]))
    dialog = opened(qtbot, session, StrategyDialog)
    assert "Cargo bike" in said(dialog)
    assert dialog.form.name.hasFocus()
    qtbot.keyClicks(dialog.form.name, "Winter 2026")
    with qtbot.waitSignal(session.open_requested) as sent:
        qtbot.keyClick(dialog.form.name, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    settle(qtbot, session)
    assert sent.args == ["actions", ("strategy", running(file)[0])]
    assert strategies(file)[0].name == "Winter 2026"
    assert "Winter 2026" in said(view)
    assert "Since 21 Nov 2026, 91 days left" in said(view)
    assert "Cargo bike" in said(view)
    session.undo()
    settle(qtbot, session)
    assert "No strategy yet" in said(view)


def test_a_goal_that_is_no_number_is_said_below_the_goals(qtbot, session, file):
    view = shown(qtbot, session)
    decide(session, view, *a_plan(file, [add_action(file, "Second van")]))
    dialog = opened(qtbot, session, StrategyDialog)
    first = dialog.form.goals._targets[0]
    first.setText("more")
    dialog.keep.click()
    assert "Customer value: write the number you want" in said(dialog)
    first.setText("99")
    dialog.keep.click()
    assert "Customer value can be from" in said(dialog)
    first.setText("+3,5")
    dialog.keep.click()
    settle(qtbot, session)
    assert strategies(file)[0].goals[0].target == 3.5


def test_goals_are_added_and_taken_away(qtbot, session, file):
    view = shown(qtbot, session)
    decide(session, view, *a_plan(file, [add_action(file, "Second van")]))
    dialog = opened(qtbot, session, StrategyDialog)
    before = set(dialog.form.goals.texts())
    dialog.form.goals.more.chosen.emit("costs")
    assert set(dialog.form.goals.texts()) == before | {"costs"}
    QApplication.processEvents()
    remove = next(
        one for one in dialog.findChildren(QPushButton) if one.accessibleName() == "Take the goal “Customer value” away"
    )
    remove.click()
    dialog.keep.click()
    settle(qtbot, session)
    assert [goal.measure for goal in strategies(file)[0].goals] == ["worth_it", "factor:delivery", "costs"]


def test_what_was_half_typed_survives_a_crash_and_goes_with_cancel(qtbot, session, file):
    view = shown(qtbot, session)
    plan = a_plan(file, [add_action(file, "Second van")])
    decide(session, view, *plan)
    dialog = opened(qtbot, session, StrategyDialog)
    qtbot.keyClicks(dialog.form.name, "Winter")
    dialog.form.goals._targets[0].setText("9.")
    settle(qtbot, session)
    dialog.hide()  # as if the program had ended here
    decide(session, view, *plan)
    again = opened(qtbot, session, StrategyDialog)
    assert (again.form.name.text(), again.form.goals._targets[0].text()) == ("Winter", "9.")
    again.reject()
    settle(qtbot, session)
    assert file.draft(DRAFT) == ""
    dialog.reject()


def test_a_running_strategy_is_to_be_ended_first(qtbot, session, file, monkeypatch):
    van = add_action(file, "Second van")
    kept_id = decided(file, [van])
    answers = Answers()
    monkeypatch.setattr(ask, "prompts", answers)
    view = shown(qtbot, session)
    with qtbot.waitSignal(session.open_requested) as sent:
        decide(session, view, *a_plan(file, [van]))
    assert answers.asked == ["“November 2026” is still running."]
    assert sent.args == ["actions", ("strategy", kept_id)]


def test_start_and_done_in_place(qtbot, session, file):
    van = add_action(file, "Second van")
    decided(file, [van])
    view = shown(qtbot, session)
    view.actions_card.buttons[van, "started"].click()
    settle(qtbot, session)
    assert action(file, van).started == TODAY
    assert "Cannot tell before" in said(view)
    view.actions_card.buttons[van, "done"].click()
    settle(qtbot, session)
    assert action(file, van).status == "done"
    assert (van, "done") not in view.actions_card.buttons


def test_promise_beside_result_and_how_it_went(qtbot, session, file):
    van = add_action(file, "Second van", chance=0.8)
    decided(file, [van], date(2026, 4, 20))
    step(file, van, "started", VAN)
    view = shown(qtbot, session)
    assert "Started · Expected +0.56, measured +1" in said(view)
    assert "Worked" in said(view)
    assert "4.0 → 3.4 wanted, now 3.0 (" in said(view)
    with qtbot.waitSignal(session.open_requested) as sent:
        view.actions_card.buttons[van, "see"].click()
    assert sent.args == ["series", KeptNote(None, VAN, "Second van", van)]


def test_review_ends_it_and_it_is_kept_with_what_was_learned(qtbot, session, file):
    van = add_action(file, "Second van", chance=0.8)
    kept_id = decided(file, [van], date(2026, 4, 20))
    step(file, van, "started", VAN)
    view = shown(qtbot, session)
    assert "Review due since" in said(view)
    view.running.review.click()
    dialog = opened(qtbot, session, ReviewDialog)
    assert "Second van: Worked · Expected +0.56, measured" in said(dialog)
    assert dialog.form.end.isChecked()  # its time is over
    qtbot.keyClicks(dialog.form.learned, "Vans help")
    dialog.keep.click()
    settle(qtbot, session)
    assert "No strategy is running" in said(view)
    assert "Learned" not in said(view)
    view.earlier.buttons[kept_id].click()
    assert "Learned: Vans help" in said(view)
    assert "0 of 1 action done" in said(view)
    session.undo()
    settle(qtbot, session)
    assert view.running is not None


def test_a_review_in_the_past_is_refused_beside_the_day(qtbot, session, file):
    decided(file, [add_action(file, "Second van")])
    view = shown(qtbot, session)
    view.running.review.click()
    dialog = opened(qtbot, session, ReviewDialog)
    assert dialog.form.on.isChecked()  # it still has time
    dialog.form.day.setDate(dialog.form.day.date().addYears(-1))
    dialog.keep.click()
    assert "Choose a day after today." in said(dialog)
    dialog.reject()


def test_change_gives_it_another_name(qtbot, session, file):
    decided(file, [add_action(file, "Second van")])
    view = shown(qtbot, session)
    view.running.change.click()
    dialog = opened(qtbot, session, StrategyDialog)
    dialog.form.name.setText("Winter")
    dialog.keep.click()
    settle(qtbot, session)
    assert "Winter" in said(view)


def test_home_s_review_opens_it(qtbot, session, file):
    kept_id = decided(file, [add_action(file, "Second van")])
    page = StrategyPage(session)
    qtbot.addWidget(page)
    page.show()
    page.show_record(("strategy", kept_id))
    settle(qtbot, session)
    assert page.tabs.key == "kept"
    assert "November 2026" in said(page.view("kept"))


def test_every_button_says_what_it_is_about(qtbot, session, file):
    van, bike = add_action(file, "Second van"), add_action(file, "Cargo bike")
    decided(file, [van, bike])
    view = shown(qtbot, session)
    names = [one.accessibleName() for one in view.findChildren(QPushButton) if one.isVisibleTo(view)]
    assert len(set(names)) == len(names)
    assert "Start: Second van" in names
