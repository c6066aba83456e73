"""The Complaints page, by keys and clicks: log one, walk it through every step, see what is overdue, find it again."""

from __future__ import annotations

import threading
from dataclasses import replace
from datetime import date, timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QComboBox, QDateEdit, QLineEdit, QPlainTextEdit, QPushButton, QTableView, QWidget

from cvdesk.catalogue.records import Filter, Period
from cvdesk.complaints import store, store_case
from cvdesk.complaints.page import ComplaintsPage
from cvdesk.complaints.records import Complaint
from cvdesk.complaints.records_due import due_in_words, kept_in_words
from cvdesk.customers import store as customers
from cvdesk.customers.records import Customer
from cvdesk.db import BusinessFile
from cvdesk.errors import UserError
from cvdesk.kit import ask
from tests.pages import Answers, catch_errors, said, settle

TODAY = date(2026, 11, 21)


def add(file: BusinessFile, days_ago: int = 0, **values: object) -> int:
    case = replace(Complaint(date=TODAY - timedelta(days=days_ago), text="Cold soup"), **values)  # type: ignore[arg-type]
    return file.run("Log", lambda op: store.save(op, case)).result


def numbers(page: ComplaintsPage) -> list[int]:
    rows = (page.table.rows.row(place) for place in range(page.table.rows.rowCount()))
    return [row.number for row in rows if row is not None]


def cells(page: ComplaintsPage, row: int = 0) -> list[str]:
    model = page.table.rows
    return [model.index(row, place).data() for place in range(model.columnCount())]


def keyboard(page: QWidget) -> QWidget:
    found = page.window().focusWidget()
    assert found is not None
    return found


def choose(field: QComboBox, text: str) -> None:
    field.setCurrentIndex(field.findText(text))


def press(qtbot, page: ComplaintsPage, text: str) -> None:
    """Presses the button for what comes next, which must say so."""
    assert page.case is not None
    assert page.case.main is not None
    assert page.case.main.text() == text
    qtbot.mouseClick(page.case.main, Qt.MouseButton.LeftButton)


def open_case(qtbot, page: ComplaintsPage, case: int) -> None:
    page.show_record(case)
    settle(qtbot, page.session)


def test_with_none_yet_one_sentence_and_one_button(show, file, qtbot):
    page = show(file)
    assert "No complaint so far." in said(page)
    qtbot.keyClick(keyboard(page), Qt.Key.Key_Space)
    assert page.form.isVisible()
    assert keyboard(page) is page.form.customer


def test_a_complaint_is_logged_by_keys_for_a_customer_who_is_made_with_it(show, file, qtbot):
    page = show(file)
    qtbot.keyClick(keyboard(page), Qt.Key.Key_Space)
    qtbot.keyClicks(keyboard(page), "Maria Alvarez")
    assert "Maria Alvarez will be added as a new customer." in said(page.form)
    qtbot.keyClick(keyboard(page), Qt.Key.Key_Tab)
    qtbot.keyClick(keyboard(page), Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert "Write what the customer complained about." in said(page.form)
    qtbot.keyClicks(keyboard(page), "The bread was late")
    with qtbot.waitSignal(page.session.said) as confirmed:
        qtbot.keyClick(keyboard(page), Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    settle(qtbot, page.session)
    assert confirmed.args == ["Complaint logged", True]
    assert cells(page) == [
        "#1",
        "today",
        "Maria Alvarez",
        "The bread was late",
        "Minor",
        "Received",
        "Acknowledge: in 2 days",
    ]
    assert keyboard(page) is page.table
    page.session.undo()
    settle(qtbot, page.session)
    assert file.value("SELECT count(*) FROM customers") == 0
    assert "No complaint so far." in said(page)


def test_typing_finds_a_customer_who_is_there(show, file, qtbot):
    known = file.run("Add", lambda op: customers.save(op, Customer(name="Maria Alvarez"))).result
    page = show(file)
    page.new_complaint()
    qtbot.keyClicks(page.form.customer, "maria")
    assert page.form.customer.completer().completionCount() == 1
    page.form.customer.completer().popup().hide()
    qtbot.keyClicks(page.form.customer, " alvarez")
    page.form.customer.completer().popup().hide()
    assert page.form.record().customer_id == known
    assert page.form.new_customer() == ""


def test_two_customers_of_one_name_must_be_told_apart(show, file, qtbot):
    for city in ("Leith", "Hove"):
        file.run("Add", lambda op, city=city: customers.save(op, Customer(name="Jo Park", city=city)))
    page = show(file)
    page.new_complaint()
    qtbot.keyClicks(page.form.customer, "jo park")
    assert "customer" in page.form.problems(TODAY)
    qtbot.keyClicks(page.form.customer, " (Hove)")
    assert customers.get(file, page.form.record().customer_id).city == "Hove"


def test_a_case_walks_from_received_to_closed_and_is_reopened(show, file, qtbot):
    case = add(file)
    page = show(file)
    open_case(qtbot, page, case)
    press(qtbot, page, "Acknowledge")
    settle(qtbot, page.session)
    assert keyboard(page) is page.case.main  # ready for the next step
    press(qtbot, page, "Assess…")
    form = page.step_form
    choose(form._choices["severity"], "Serious")
    form.cause.setText("Oven broken")
    qtbot.keyClick(form.cause, Qt.Key.Key_Return)
    settle(qtbot, page.session)
    press(qtbot, page, "Resolve…")
    form = page.step_form
    form.cost.setFocus()
    form.cost.setText("a fiver")
    qtbot.keyClick(form.cost, Qt.Key.Key_Return)
    assert "Write what was done" in said(form)
    assert "Write an amount, such as 4.50." in said(form)
    form.done.setPlainText("New soup")
    form.cost.setFocus()
    form.cost.setText("£4.50")
    qtbot.keyClick(form.cost, Qt.Key.Key_Return)
    settle(qtbot, page.session)
    press(qtbot, page, "Customer told…")
    qtbot.keyClick(page.step_form.note, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    settle(qtbot, page.session)
    press(qtbot, page, "Close…")
    choose(page.step_form._choices["outcome"], "No, not accepted")
    qtbot.keyClick(page.step_form.note, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    settle(qtbot, page.session)
    closed = store.get(file, case)
    assert (closed.stage, closed.severity, closed.cause, closed.cost_minor, closed.outcome) == (
        "closed", "serious", "Oven broken", 450, "not_accepted",
    )  # fmt: skip
    assert "Closed: not accepted" in said(page.case)
    for step in ("Received", "Acknowledged", "Assessed", "Resolved", "Customer told"):
        assert step in said(page.case)
    assert "£4.50" in said(page.case)
    press(qtbot, page, "Reopen…")
    qtbot.keyClick(keyboard(page), Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    settle(qtbot, page.session)
    assert store.get(file, case).open
    page.session.undo()
    settle(qtbot, page.session)
    assert store.get(file, case).stage == "closed"


def test_a_step_out_of_order_is_refused_in_words_and_what_was_typed_stays(show, file, qtbot, monkeypatch):
    case = add(file)
    page = show(file)
    shown = catch_errors(monkeypatch)
    open_case(qtbot, page, case)
    page.ask_step("assessed")
    page.step_form.cause.setText("Oven broken")
    page.step_form.date.setDate(page.step_form.date.date().addDays(-5))
    qtbot.keyClick(page.step_form.cause, Qt.Key.Key_Return)
    settle(qtbot, page.session)
    assert shown == ["A step cannot be earlier than the one before it."]
    assert page.step_form.isVisible()
    assert page.step_form.cause.text() == "Oven broken"


def test_a_step_goes_to_the_case_it_was_asked_for_though_another_is_selected_meanwhile(show, file, qtbot):
    first, second = add(file), add(file)
    page = show(file)
    open_case(qtbot, page, first)
    page.ask_step("assessed")
    page.table.select_row(next(row for row in range(2) if page.table.rows.id_at(row) == second))
    qtbot.keyClick(page.step_form.cause, Qt.Key.Key_Return)
    settle(qtbot, page.session)
    assert store.get(file, first).stage == "assessed"
    assert store.get(file, second).stage == "received"


def test_one_press_too_many_logs_once(show, file, qtbot):
    page = show(file)
    page.new_complaint()
    page.form.text.setPlainText("Cold soup")
    for _press in range(3):
        page.form.submitted.emit()
    settle(qtbot, page.session)
    assert numbers(page) == [1]


def test_what_is_overdue_is_said_in_words_and_stands_on_top(show, file, qtbot):
    add(file, days_ago=1, text="Late bread")
    late = add(file, days_ago=16)
    page = show(file)
    assert page.heading.accessibleName() == "Complaints, 1 overdue"
    assert page.subtitle.accessibleName() == "2 open · 2 in all"
    assert cells(page)[-1] == "Acknowledge: 14 days overdue"
    assert cells(page, 1)[-1] == "Acknowledge: due tomorrow"
    open_case(qtbot, page, late)
    assert "14 days overdue" in said(page.case)


def test_filters_limit_and_say_so(show, file, qtbot):
    add(file, days_ago=30, severity="serious", text="Glass in the roll")
    add(file)
    page = show(file)
    page.list.bar.state._choose("overdue")
    assert numbers(page) == [1]
    assert page.list.found.text() == "1 of 2"
    page.list.limit(replace(page.list.query, severity="minor"))
    assert "No complaint fits." in said(page.list)
    again = next(b for b in page.list.findChildren(QPushButton) if b.text() == "Show all")
    qtbot.mouseClick(again, Qt.MouseButton.LeftButton)
    assert len(numbers(page)) == 2
    qtbot.keyClicks(page.list.bar.search, "glass")
    settle(qtbot, page.session)
    assert numbers(page) == [1]


def test_a_figure_opens_exactly_what_stands_behind_it_until_the_chip_is_pressed(show, file, qtbot):
    add(file, days_ago=40)
    add(file, days_ago=3)
    page = show(file)
    page.list.bar.search.setText("nothing like it")
    page.show_record(Filter(Period.last_days(30, TODAY)))
    assert numbers(page) == [2]
    assert page.list.bar.chips.isVisible()
    assert page.list.bar.behind.text().strip() == "Behind a figure: 23 Oct to 21 Nov 2026"
    page.list.bar.behind.setFocus()
    qtbot.keyClick(page.list.bar.behind, Qt.Key.Key_Space)
    assert len(numbers(page)) == 2
    assert not page.list.bar.chips.isVisible()


def test_delete_by_key_can_be_taken_back(show, file, qtbot):
    case = add(file)
    page = show(file)
    open_case(qtbot, page, case)
    with qtbot.waitSignal(page.session.said) as confirmed:
        qtbot.keyClick(page.table, Qt.Key.Key_Delete)
    settle(qtbot, page.session)
    assert confirmed.args == ["Complaint #1 deleted", True]
    assert "No complaint so far." in said(page)
    page.session.undo()
    settle(qtbot, page.session)
    assert numbers(page) == [1]
    assert [event.stage for event in store.events(file, case)] == ["received"]


def test_enter_goes_to_what_comes_next_and_escape_leaves_a_form(show, file, qtbot):
    open_id = add(file)
    page = show(file)
    open_case(qtbot, page, open_id)
    qtbot.keyClick(page.table, Qt.Key.Key_Return)
    assert keyboard(page) is page.case.main
    page.edit_complaint()
    qtbot.keyClicks(page.form.text, "spilt")
    qtbot.keyClick(keyboard(page), Qt.Key.Key_Escape)
    settle(qtbot, page.session)
    assert keyboard(page) is page.table
    assert store.get(file, open_id).text == "Cold soup"


def test_the_case_opens_its_customer_and_a_customer_opens_the_form(show, file, qtbot):
    who = file.run("Add", lambda op: customers.save(op, Customer(name="Ana Ruiz"))).result
    case = add(file, customer_id=who, text="<b>Cold</b> soup")
    page = show(file)
    open_case(qtbot, page, case)
    assert "“<b>Cold</b> soup”" in said(page.case)
    link = next(b for b in page.case.findChildren(QPushButton) if b.accessibleName() == "Open Ana Ruiz")
    with qtbot.waitSignal(page.session.open_requested) as asked:
        qtbot.mouseClick(link, Qt.MouseButton.LeftButton)
    assert asked.args == ["customers", who]
    page.show_record(("new", who))
    assert page.form.record().customer_id == who
    assert keyboard(page) is page.form.text


def test_everything_the_keyboard_reaches_has_a_name(show, file, qtbot):
    case = add(file)
    page = show(file)
    open_case(qtbot, page, case)
    for begin in (
        lambda: None,
        page.edit_complaint,
        lambda: page.ask_step("assessed"),
        lambda: page.ask_step("resolved"),
    ):
        begin()
        reached = [
            widget
            for widget in page.findChildren(QWidget)
            if widget.isVisibleTo(page)
            and widget.focusPolicy() & Qt.FocusPolicy.TabFocus
            and isinstance(widget, QPushButton | QLineEdit | QPlainTextEdit | QTableView | QComboBox)
            and not isinstance(widget.parent(), QComboBox | QDateEdit)
        ]
        assert reached
        assert [w for w in reached if not QAccessible.queryAccessibleInterface(w).text(QAccessible.Text.Name)] == []


def test_deadlines_in_words():
    words = [due_in_words(TODAY + timedelta(days=days), TODAY) for days in (-2, -1, 0, 1, 2)]
    assert words == ["2 days overdue", "1 day overdue", "due today", "due tomorrow", "in 2 days"]
    assert kept_in_words(TODAY, TODAY) == "in time"
    assert kept_in_words(TODAY, TODAY + timedelta(days=1)) == "1 day late"


@pytest.fixture
def hold():
    """Keeps a page's writer busy until the event it gives is set."""
    gate = threading.Event()

    def held(page: ComplaintsPage) -> threading.Event:
        page.session.work(lambda _file: gate.wait(10), lambda _result: None)
        return gate

    yield held
    gate.set()


def test_a_step_that_lands_late_leaves_the_form_opened_meanwhile_alone(show, file, qtbot, hold):
    case = add(file)
    page = show(file)
    open_case(qtbot, page, case)
    gate = hold(page)
    press(qtbot, page, "Acknowledge")
    page.new_complaint()
    form = page.form
    form.text.setPlainText("Half a sentence")
    gate.set()
    settle(qtbot, page.session)
    assert store.get(file, case).stage == "acknowledged"
    assert page._side.form is form
    assert form.text.toPlainText() == "Half a sentence"


def test_while_a_complaint_is_being_saved_nothing_takes_the_place_of_its_form(show, file, qtbot, monkeypatch, hold):
    shown = catch_errors(monkeypatch)
    case = add(file)
    page = show(file)
    gate = hold(page)
    page.new_complaint()
    form = page.form
    form.text.setPlainText("Late bread")

    def fails(op, **_values):
        raise UserError("The disk is full.", "Make room.")

    monkeypatch.setattr(store_case, "save_for", fails)
    form.submitted.emit()
    qtbot.keyClick(form.text, Qt.Key.Key_Escape)
    page.add.click()
    page.show_record(case)
    gate.set()
    settle(qtbot, page.session)
    assert shown == ["The disk is full."]
    assert page._side.form is form
    assert form.text.toPlainText() == "Late bread"


@pytest.mark.parametrize("yes", [True, False])
def test_another_record_takes_the_place_of_what_was_typed_only_when_the_person_agrees(
    show, file, qtbot, monkeypatch, yes
):
    answers = Answers(yes=yes)
    monkeypatch.setattr(ask, "prompts", answers)
    case = add(file)
    page = show(file)
    page.new_complaint()
    open_case(qtbot, page, case)
    assert answers.asked == []  # nothing was typed yet
    page.new_complaint()
    page.form.text.setPlainText("Half a sentence")
    open_case(qtbot, page, case)
    assert answers.asked == ["Leave what you typed?"]
    assert (page._side.form is None) is yes


def test_deleting_twice_deletes_once(show, file, qtbot, monkeypatch, hold):
    shown = catch_errors(monkeypatch)
    add(file)
    page = show(file)
    page.select_first()
    settle(qtbot, page.session)
    gate = hold(page)
    page.delete_complaint()
    page.delete_complaint()
    gate.set()
    settle(qtbot, page.session)
    assert shown == []
    assert file.value("SELECT count(*) FROM complaints") == 0


@pytest.mark.parametrize("do", [ComplaintsPage.edit_complaint, lambda page: page.ask_step("assessed")])
def test_a_complaint_that_was_deleted_meanwhile_is_said_to_be_gone(show, file, qtbot, do):
    case = add(file)
    page = show(file)
    open_case(qtbot, page, case)
    file.run("Delete", lambda op: store.delete(op, case))
    with qtbot.waitSignal(page.session.said) as told:
        do(page)
    assert told.args == ["It was deleted meanwhile.", False]
    assert page._side.form is None
