"""Care, keep in touch and onboarding, in the window: by keyboard, from list to note, put off, ticked, printed."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from io import BytesIO
from pathlib import Path

import pytest
from pypdf import PdfReader
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from cvdesk.care.page_onboarding import OnboardingView
from cvdesk.care.page_touch import TouchView
from cvdesk.care.records_onboarding import Step, Template
from cvdesk.care.report_welcome import as_bytes, gather
from cvdesk.care.store_goals import open_goals
from cvdesk.care.store_onboarding import runs, save_template, save_whom_to_ask, start
from cvdesk.care.store_rhythm import set_rhythm
from cvdesk.care.store_snooze import put_off
from cvdesk.catalogue.records import Business
from cvdesk.customers import store
from cvdesk.customers.records import Contact, Customer
from cvdesk.customers.store_contact import last_contact, rhythm_of
from cvdesk.db import BusinessFile
from cvdesk.exchange.new import make_business
from cvdesk.kit import ask
from tests.customers.test_page import unnamed
from tests.pages import Answers, make_session, said, settle

TODAY = date(2026, 11, 21)
ANA = Customer("Ana Ruiz", preferred_name="Ana & <b>Co</b>", since=date(2024, 1, 1),
               contacts=(Contact("phone", "020 7946 0018"),))  # fmt: skip


@pytest.fixture
def file(tmp_path: Path) -> Iterator[BusinessFile]:
    with make_business(tmp_path / "bakery.cvdesk", Business("Harbour Bakery")) as made:
        yield made


@pytest.fixture
def ana(file: BusinessFile) -> int:
    def fill(op) -> int:
        made = store.save(op, ANA)
        set_rhythm(op, made, 90)
        return made

    return int(file.run("Fill", fill).result)


@pytest.fixture
def show(qtbot, qapp, file):
    made: list[QWidget] = []

    def shown(kind):
        session = make_session(qapp, file, TODAY)
        view = kind(session)
        session.changed.connect(lambda tables: view.show_for(session.filter) if view.watches & tables else None)
        made.append(view)
        qtbot.addWidget(view)
        view.resize(1110, 700)
        view.show()
        view.activateWindow()
        qtbot.waitUntil(view.isActiveWindow)
        view.show_for(session.filter)
        view.focus_first()
        settle(qtbot, session)
        return view

    yield shown
    for view in made:
        view.session.close()


def test_who_is_due_is_spoken_to_by_keyboard_and_what_they_said_becomes_feedback(show, qtbot, file, ana):
    view = show(TouchView)
    assert view.table.hasFocus()
    assert "Nobody has spoken to them yet" in said(view.side)
    assert "020 7946 0018" in "".join(b.accessibleName() for b in view.card.findChildren(QWidget))
    assert unnamed(view) == []
    qtbot.keyClick(view.table, Qt.Key.Key_Return)
    form = view.side.form
    qtbot.keyClicks(form.note, "The Sunday order")
    qtbot.keyClick(form.note, Qt.Key.Key_Tab)
    qtbot.keyClicks(form.said, "Best rye in town")
    qtbot.keyClick(form.said, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    settle(qtbot, view.session)
    found = last_contact(file, ana, TODAY)
    assert found is not None
    assert found.date == TODAY
    assert file.value("SELECT kind FROM touches WHERE customer_id = ?", (ana,)) == "check_in"
    assert file.value("SELECT text FROM entries WHERE customer_id = ?", (ana,)) == "Best rye in town"
    assert view.groups.button("due").text() == "Due now · 0"
    view.session.undo()
    settle(qtbot, view.session)
    assert last_contact(file, ana, TODAY) is None
    assert view.groups.button("due").text() == "Due now · 1"


def test_half_a_note_is_there_again_when_the_form_is_opened_anew(show, qtbot, file, ana):
    view = show(TouchView)
    view.work.spoke(ana, "Ana Ruiz", check_in=True)
    qtbot.keyClicks(view.side.form.note, "Half a")
    view.hide()
    settle(qtbot, view.session)
    again = show(TouchView)
    again.work.spoke(ana, "Ana Ruiz", check_in=True)
    assert again.side.form.note.toPlainText() == "Half a"


def test_what_is_put_off_leaves_the_list_and_can_be_brought_back(show, qtbot, file, ana):
    view = show(TouchView)
    menu = view.card.later.menu()
    menu.aboutToShow.emit()
    next(action for action in menu.actions() if action.text() == "In a month").trigger()
    settle(qtbot, view.session)
    assert put_off(file, TODAY) == {("check_in", ana): (date(2026, 12, 21), "")}
    assert view.groups.button("due").text() == "Due now · 0"
    qtbot.mouseClick(view.groups.button("later"), Qt.MouseButton.LeftButton)
    settle(qtbot, view.session)
    assert "Put off until 21 Dec" in said(view.side)
    view.work.wake("check_in", ana, "Ana Ruiz")
    settle(qtbot, view.session)
    assert view.groups.button("due").text() == "Due now · 1"


def test_a_rhythm_and_a_goal_are_set_from_the_customers_card(show, qtbot, file, ana):
    view = show(TouchView)
    view.show_record(("rhythm", ana))
    form = view.side.form
    form.days.setCurrentIndex(form.days.findData(365))
    qtbot.keyClick(form, Qt.Key.Key_Return)
    settle(qtbot, view.session)
    found = rhythm_of(file, ana)
    assert found is not None
    assert found.days == 365
    view.show_record(("new_goal", ana))
    qtbot.keyClicks(view.side.form.goal, "Bread for every breakfast")
    qtbot.keyClick(view.side.form.goal, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    settle(qtbot, view.session)
    ((goal, name),) = open_goals(file)
    assert (goal.goal, goal.due, name) == ("Bread for every breakfast", TODAY + timedelta(days=90), "Ana Ruiz")
    view.show_record(("goal", goal.id))
    settle(qtbot, view.session)
    assert view.groups.key == "goals"
    assert "Bread for every breakfast" in said(view.side)
    view.work.goal(ana, "Ana Ruiz", goal.id)
    qtbot.keyClick(view.side.form.goal, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    settle(qtbot, view.session)
    assert [one.looked_at for one, _name in open_goals(file)] == [TODAY]


def begin(file: BusinessFile, customer: int) -> int:
    def fill(op) -> int:
        save_whom_to_ask(op, "Priya, 020 7946 0018")
        plan = save_template(op, Template("New customer", (Step("Say <i>welcome</i>", 0), Step("Ask", 7, "By phone"))))
        return start(op, customer, plan, TODAY - timedelta(days=9))

    return int(file.run("Begin", fill).result)


def test_steps_are_ticked_in_place_and_stopping_is_said(show, qtbot, file, ana):
    begin(file, ana)
    view = show(OnboardingView)
    assert "0 of 2 done, stuck" in said(view.side)
    assert unnamed(view) == []
    qtbot.keyClick(view.table, Qt.Key.Key_Return)
    first = next(iter(view.card.boxes.values()))
    assert first.hasFocus()
    qtbot.keyClick(first, Qt.Key.Key_Space)
    settle(qtbot, view.session)
    assert [step.done for step in runs(file)[0].steps] == [TODAY, None]
    assert next(iter(view.card.boxes.values())).hasFocus()  # the keyboard stays where it was
    assert "1 of 2 done" in said(view.side)
    view.card.stop.click()
    qtbot.keyClicks(view.side.form.reason, "Knows it all")
    qtbot.keyClick(view.side.form.reason, Qt.Key.Key_Return)
    settle(qtbot, view.session)
    qtbot.mouseClick(view.groups.button("ended"), Qt.MouseButton.LeftButton)
    assert "Stopped: Knows it all" in said(view.side)
    assert "0 of 1 that ended was finished" in said(view)


def test_an_empty_list_has_the_page_to_itself_until_a_form_is_asked_for(show, qtbot, file):
    touch = show(TouchView)
    assert "Nobody is due." in said(touch)
    assert not touch.side.isVisible()
    touch._begin.click()
    assert touch.side.isVisible()
    assert "How often to be in touch" in said(touch.side)
    qtbot.keyClick(touch.side.form, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: not touch.side.isVisible())
    onboarding = show(OnboardingView)
    assert not onboarding.side.isVisible()
    onboarding._idea.click()
    assert onboarding.side.isVisible()


def test_who_wants_to_be_left_alone_is_neither_put_off_nor_advised_on(show, qtbot, file, ana):
    file.run("No", lambda op: op.update("customers", ana, {"may_write": "no"}))
    view = show(TouchView)
    view.groups.button("left_out").click()
    settle(qtbot, view.session)
    assert "Ana Ruiz" in said(view.side)
    assert not hasattr(view.card, "later")


def test_an_idea_becomes_a_list_with_steps_moved_and_taken_out(show, qtbot, file):
    view = show(OnboardingView)
    view._idea.click()
    form = view.side.form
    assert "An idea to begin with" in said(form)
    form.steps._fields[0][1].setText("x")
    qtbot.keyClick(form.name, Qt.Key.Key_Return)
    assert "The day of a step lies between 0 and 730." in said(form)
    form.steps._fields[0][1].setText("0")
    form.steps._move(0, 1)
    form.steps._remove(4)
    form.steps.add.click()
    qtbot.keyClicks(form.steps._fields[-1][0], "Send a card")
    qtbot.keyClick(form.name, Qt.Key.Key_Return)
    settle(qtbot, view.session)
    steps = view._found.templates[0].steps
    assert [step.days for step in steps] == [7, 0, 21, 45, 52]
    assert steps[-1].name == "Send a card"


def test_the_welcome_sheet_says_who_what_and_when_as_it_was_typed(show, qtbot, file, ana, tmp_path, monkeypatch):
    run = begin(file, ana)
    data = gather(file, ana, run, TODAY)
    pdf = as_bytes(data)
    assert pdf == as_bytes(data)
    text = PdfReader(BytesIO(pdf)).pages[0].extract_text()
    for part in ("Welcome, Ana & <b>Co</b>", "Say <i>welcome</i>", "19 Nov", "Priya, 020 7946 0018"):
        assert part in text
    assert "By phone" not in text  # what staff keep in mind is none of the customer's business
    view = show(OnboardingView)
    monkeypatch.setattr(ask, "prompts", Answers(tmp_path / "sheet"))
    view.work.save_sheet(runs(file)[0])
    settle(qtbot, view.session)
    assert (tmp_path / "sheet.pdf").read_bytes() == pdf
