"""What is done with a case in the window: steps put right, links, evidence, and forms that survive a crash."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtWidgets import QPushButton

from cvdesk.catalogue import files
from cvdesk.complaints import store
from cvdesk.complaints.page_work import DRAFT
from cvdesk.db import open_file
from cvdesk.kit import ask
from tests.complaints.conftest import TODAY
from tests.pages import Answers, catch_errors, said, settle

CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def opened(show, file, qtbot):
    def page_of(case):
        page = show(file)
        page.show_record(case)
        settle(qtbot, page.session)
        return page

    return page_of


def named(widget, text):
    return next(b for b in widget.findChildren(QPushButton) if b.accessibleName() == text)


def menu_of(page):
    return {action.text(): action for action in page.case.menu.actions() if action.text()}


@pytest.fixture
def ruth(file):
    return file.run("Add", lambda op: op.insert("staff", {"name": "Ruth"})).result


def test_each_step_says_who_when_and_what(opened, add, file, ruth, qtbot):
    page = opened(add(date=TODAY))
    page.session.set_staff((ruth, "Ruth"))
    qtbot.mouseClick(page.case.main, Qt.MouseButton.LeftButton)
    settle(qtbot, page.session)
    taken = store.events(file, page.case.complaint.id)[-1]
    assert (taken.stage, taken.staff_id, taken.date) == ("acknowledged", ruth, TODAY)
    assert taken.time is not None
    assert f"Ruth · today {taken.time}" in said(page.case)


def test_a_button_pressed_twice_takes_its_step_once(opened, add, file, qtbot, monkeypatch):
    shown = catch_errors(monkeypatch)
    page = opened(add(date=TODAY))
    case = page.case.complaint.id
    for _press in range(2):
        qtbot.mouseClick(page.case.main, Qt.MouseButton.LeftButton)
    settle(qtbot, page.session)
    assert [event.stage for event in store.events(file, case)] == ["received", "acknowledged"]
    assert shown == []


def test_nobody_can_be_named_for_a_step_and_for_one_put_right(opened, add, file, ruth, qtbot):
    page = opened(add(date=TODAY))
    case = page.case.complaint.id
    page.session.set_staff((ruth, "Ruth"))
    page.ask_step("acknowledged")
    page.step_form._who.setCurrentText("Nobody named")
    page.step_form.submitted.emit()
    settle(qtbot, page.session)
    assert store.events(file, case)[-1].staff_id is None
    page.ask_step("note")
    qtbot.keyClicks(page.step_form.note, "rang")
    page.step_form.submitted.emit()
    settle(qtbot, page.session)
    noted = store.events(file, case)[-1]
    assert noted.staff_id == ruth
    page.doings.change(noted)
    page.work.change_form._who.setCurrentText("Nobody named")
    page.work.change_form.submitted.emit()
    settle(qtbot, page.session)
    assert store.events(file, case)[-1].staff_id is None


def test_a_form_does_not_bring_back_what_was_undone_while_it_was_open(opened, add, step, file, qtbot):
    case = add(date=TODAY)
    step(case, "resolved", TODAY, resolution="New soup", cost_minor=450)
    step(case, "told", TODAY)
    step(case, "closed", TODAY, outcome="accepted", cost_minor=50)
    page = opened(case)
    page.edit_complaint()
    page.session.undo()
    settle(qtbot, page.session)
    qtbot.keyClicks(page.form.text, "Very ")
    page.form.submitted.emit()
    settle(qtbot, page.session)
    now = store.get(file, case)
    assert (now.stage, now.outcome, now.cost_minor) == ("told", None, 450)


def test_the_customer_is_told_by_a_way_that_is_noted(opened, add, step, file, qtbot):
    case = add(date=TODAY)
    step(case, "resolved", TODAY, resolution="New soup")
    page = opened(case)
    qtbot.mouseClick(page.case.main, Qt.MouseButton.LeftButton)
    page.step_form.how.setCurrentText("Phone")
    qtbot.keyClicks(page.step_form.note, "she is happy")
    qtbot.keyClick(page.step_form.note, Qt.Key.Key_Return, CTRL)
    settle(qtbot, page.session)
    assert store.events(file, case)[-1].note == "Phone: she is happy"
    assert store.get(file, case).told == TODAY


def test_costs_of_all_steps_are_summed_and_shown(opened, add, step, qtbot):
    case = add(date=TODAY)
    step(case, "note", TODAY, note="Taxi", cost_minor=1200)
    page = opened(case)
    menu_of(page)["Resolve…"].trigger()
    page.step_form.done.setPlainText("New soup")
    page.step_form.cost.setFocus()
    page.step_form.cost.setText("4.50")
    qtbot.keyClick(page.step_form.cost, Qt.Key.Key_Return)
    settle(qtbot, page.session)
    assert "£16.50 in 2 steps" in said(page.case)


def test_a_step_is_put_right_by_pressing_it(opened, add, step, file, ruth, qtbot):
    case = add(date=TODAY - timedelta(days=5))
    step(case, "acknowledged", TODAY)
    page = opened(case)
    qtbot.mouseClick(named(page.case, "Acknowledged, today. Press to put it right"), Qt.MouseButton.LeftButton)
    form = page.work.change_form
    form.date.setDate(form.date.date().addDays(-3))
    form.time.setFocus()
    form.time.setText("quarter past")
    qtbot.keyClick(form.time, Qt.Key.Key_Return)
    assert "Write a time, such as 14:30." in said(form)
    form.time.setText("2.15 pm")
    qtbot.keyClick(form.time, Qt.Key.Key_Return)
    settle(qtbot, page.session)
    found = store.events(file, case)[-1]
    assert (found.date, found.time) == (TODAY - timedelta(days=3), "14:15")
    assert store.get(file, case).acknowledged == TODAY - timedelta(days=3)


def test_the_last_step_is_taken_back_from_the_menu(opened, add, step, file, qtbot):
    case = add(date=TODAY)
    step(case, "acknowledged", TODAY)
    page = opened(case)
    menu_of(page)["Take back: Acknowledged"].trigger()
    settle(qtbot, page.session)
    assert store.get(file, case).stage == "received"
    assert not any(text.startswith("Take back") for text in menu_of(page))


def test_what_was_found_and_done_is_put_right_with_the_complaint(opened, add, step, file, qtbot):
    case = add(date=TODAY)
    step(case, "assessed", TODAY, valid=True, cause="Oven")
    step(case, "resolved", TODAY, resolution="Soup")
    page = opened(case)
    page.edit_complaint()
    page.form._fields["cause"].setText("Oven broken")
    page.form._fields["resolution"].setPlainText("New soup")
    page.form.time.setFocus()
    page.form.time.setText("8:30")
    qtbot.keyClick(page.form.time, Qt.Key.Key_Return)
    settle(qtbot, page.session)
    found = store.get(file, case)
    assert (found.cause, found.resolution, found.time) == ("Oven broken", "New soup", "08:30")


def test_causes_found_before_are_offered(opened, add, file, qtbot):
    add(cause="One driver for two rounds")
    page = opened(add(date=TODAY))
    page.ask_step("assessed")
    qtbot.keyClicks(page.step_form.cause, "driver")
    assert page.step_form.cause.completer().currentCompletion() == "One driver for two rounds"
    page.step_form.cause.completer().popup().hide()


def test_a_repeat_is_proposed_linked_shown_as_a_chain_and_unlinked(opened, add, file, person, qtbot):
    who = person("Maria Alvarez")
    first = add(date=TODAY - timedelta(days=9), customer_id=who, text="Late bread")
    case = add(date=TODAY, customer_id=who)
    page = opened(case)
    assert "#1 was about the same" in said(page.case)
    assert "12 Nov · same customer" in said(page.case)
    qtbot.mouseClick(named(page.case, "Link: this complaint repeats #1"), Qt.MouseButton.LeftButton)
    settle(qtbot, page.session)
    assert store.get(file, case).repeat_of == first
    assert "The same came up before" in said(page.case)
    assert "was about the same" not in said(page.case)
    qtbot.mouseClick(named(page.case, "Take the link away"), Qt.MouseButton.LeftButton)
    settle(qtbot, page.session)
    assert store.get(file, case).repeat_of is None


def test_any_earlier_complaint_can_be_linked_by_its_number(opened, add, file, qtbot, monkeypatch):
    shown = catch_errors(monkeypatch)
    first = add(date=TODAY - timedelta(days=400))
    case = add(date=TODAY)
    page = opened(case)
    menu_of(page)["It repeats an earlier one…"].trigger()
    form = page.work.small_form
    for typed in ("first", "77", "#1"):
        form.number.setText(typed)
        qtbot.keyClick(form.number, Qt.Key.Key_Return)
        settle(qtbot, page.session)
    assert shown == ["There is no complaint #77."]
    assert store.get(file, case).repeat_of == first


def test_evidence_is_attached_saved_as_a_copy_and_taken_off(opened, add, file, tmp_path, qtbot, monkeypatch):
    case = add(date=TODAY)
    page = opened(case)
    photo = tmp_path / "photo.png"
    photo.write_bytes(b"\x89PNG\r\n\x1a\nroll")
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(photo))])
    none = Qt.KeyboardModifier.NoModifier
    page.case.dropEvent(QDropEvent(QPointF(5, 5), Qt.DropAction.CopyAction, data, Qt.MouseButton.LeftButton, none))
    settle(qtbot, page.session)
    assert [one.name for one in files.links(file, complaint_id=case)] == ["photo.png"]
    copy = tmp_path / "copy.png"
    monkeypatch.setattr(ask, "prompts", Answers(copy))
    qtbot.mouseClick(named(page.case, "Save a copy of photo.png"), Qt.MouseButton.LeftButton)
    settle(qtbot, page.session)
    assert copy.read_bytes() == photo.read_bytes()
    qtbot.mouseClick(named(page.case, "Take photo.png off"), Qt.MouseButton.LeftButton)
    settle(qtbot, page.session)
    assert files.links(file, complaint_id=case) == []


def test_the_evidence_of_a_case_is_asked_of_the_reports(opened, add, qtbot):
    case = add(date=TODAY)
    page = opened(case)
    asked = []
    page.session.open_requested.connect(lambda table, record: asked.append((table, record)))
    menu_of(page)["Evidence pack"].trigger()
    assert asked == [("reports", ("evidence", case))]


def test_history_export_and_the_register_are_asked_of_the_window(opened, add, qtbot):
    case = add(date=TODAY)
    page = opened(case)
    asked = []
    page.session.open_requested.connect(lambda table, record: asked.append((table, record)))
    menu_of(page)["History…"].trigger()
    actions = {action.text(): action for action in page.more.menu().actions()}
    actions["Export this list…"].trigger()
    actions["Print the register"].trigger()
    assert asked == [
        ("history", ("complaints", case)),
        ("command", ("export-list", {"table": "complaints", "title": "Complaints", "ids": [case]})),
        ("reports", "complaints"),
    ]


# Half-typed forms


def crash(page, qtbot):
    """The program ends here: what was typed is on the disk, nothing was saved or left."""
    page.hide()
    settle(qtbot, page.session)


def test_a_half_typed_complaint_survives_a_crash(show, file, qtbot):
    page = show(file)
    page.new_complaint()
    qtbot.keyClicks(page.form.customer, "Maria Alvarez")
    qtbot.keyClicks(page.form.text, "The bread was")
    page.form.severity.setCurrentText("Serious")
    crash(page, qtbot)
    again = show(file)
    assert "You were writing this. It has not been saved yet." in said(again._side)
    assert again.form.new_customer() == "Maria Alvarez"
    found = again.form.record()
    assert (found.text, found.severity) == ("The bread was", "serious")
    qtbot.keyClick(again.form.text, Qt.Key.Key_Return, CTRL)
    settle(qtbot, again.session)
    assert file.value("SELECT text FROM complaints") == "The bread was"
    assert file.draft(DRAFT) == ""


def test_what_is_typed_is_kept_while_typing(show, file, qtbot):
    page = show(file)
    page.new_complaint()
    qtbot.keyClicks(page.form.text, "Half")
    qtbot.waitUntil(lambda: "Half" in file.draft(DRAFT))


def test_a_form_that_was_left_is_not_brought_back(show, file, qtbot):
    page = show(file)
    page.new_complaint()
    qtbot.keyClicks(page.form.text, "Half")
    page.work.keep()
    qtbot.keyClick(page.form.text, Qt.Key.Key_Escape)
    crash(page, qtbot)
    assert show(file)._side.form is None


def test_a_half_typed_step_and_a_change_survive_a_crash(opened, show, add, step, file, qtbot):
    case = add(date=TODAY)
    step(case, "note", TODAY, note="Rang")
    page = opened(case)
    page.ask_step("assessed")
    page.step_form.cause.setText("Oven")
    crash(page, qtbot)
    again = show(file)
    assert (again.step_form.stage, again.step_form.cause.text()) == ("assessed", "Oven")
    note = store.events(file, case)[-1]
    again.work.change(store.get(file, case), note)
    again.work.change_form.note.setPlainText("Rang twice")
    crash(again, qtbot)
    assert show(file).work.change_form.words() == "Rang twice"


@pytest.mark.parametrize(
    ("stage", "words"),
    [(None, "Saved, it is a new one."), ("assessed", "was deleted meanwhile.")],
)
def test_what_was_written_about_a_complaint_that_is_gone(opened, show, add, file, qtbot, stage, words):
    case = add(date=TODAY)
    page = opened(case)
    if stage is None:
        page.edit_complaint()
        page.form.text.setPlainText("Cold soup again")
    else:
        page.ask_step(stage)
        page.step_form.note.setPlainText("Look at the oven")
    crash(page, qtbot)
    file.run("Delete", lambda op: store.delete(op, case))
    told = []
    again = show(file)
    again.session.said.connect(lambda text, _undo: told.append(text))
    if stage is None:
        assert words in said(again._side)
        assert again.form.record().text == "Cold soup again"
        assert again.form.record().id is None
    else:
        assert again._side.form is None
        assert file.draft(DRAFT) == ""


@pytest.mark.parametrize("kept", ["no json", "[]", json.dumps({"kind": "step", "fields": {"note": "x"}})])
def test_a_draft_nobody_can_read_does_no_harm(show, file, kept):
    file.save_draft(DRAFT, kept)
    assert show(file)._side.form is None


def test_a_complaint_deleted_while_its_form_is_open_is_said_and_what_was_typed_stays(
    opened, add, file, qtbot, monkeypatch
):
    shown = catch_errors(monkeypatch)
    case = add(date=TODAY)
    page = opened(case)
    page.ask_step("assessed")
    page.step_form.cause.setText("Oven")
    file.run("Delete", lambda op: store.delete(op, case))
    qtbot.keyClick(page.step_form.cause, Qt.Key.Key_Return)
    settle(qtbot, page.session)
    assert shown == ["This complaint was deleted meanwhile."]
    assert page.step_form.cause.text() == "Oven"
    assert "Oven" in page.session.draft(DRAFT)


def test_read_only_nothing_is_offered_that_would_write(show, add, file, qtbot):
    add(date=TODAY)
    path = file.path
    file.close()
    with open_file(path, read_only=True) as reading:
        page = show(reading)
        page.select_first()
        settle(qtbot, page.session)
        assert not page.add.isEnabled()
        assert page.case is not None
        assert page.case.main is None
        assert not page.more.menu().actions()[0].isEnabled()
