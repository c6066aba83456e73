"""Targets and opening hours, set by the person."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QCheckBox, QComboBox, QLineEdit, QPlainTextEdit, QPushButton, QWidget

from cvdesk.complaints import store
from cvdesk.complaints.page_targets import HandlingDialog, TargetsDialog
from cvdesk.complaints.store_targets import targets
from tests.complaints.conftest import TODAY
from tests.pages import make_session, said, settle


@pytest.fixture
def dialog(qapp, qtbot, file):
    session = make_session(qapp, file, TODAY)
    made = TargetsDialog(session, "12:00")
    made.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)
    qtbot.addWidget(made)
    made.show()
    yield made
    session.close()


def test_targets_and_hours_are_typed_shown_in_an_example_and_saved(dialog, file, qtbot):
    form = dialog.form
    assert "acknowledged by Mon 23 Nov and resolved by Tue 24 Nov." in form.example.text()
    form.days["acknowledge", "serious"].setText("0")
    form.count.setCurrentIndex(1)
    assert form._opening.isVisible()
    assert "acknowledged by Mon 23 Nov and resolved by Thu 26 Nov." in form.example.text()  # today is a Saturday
    form.open_boxes[5].setChecked(True)
    form.hours[5][1].setText("12.30")
    form.shut.setPlainText("25 Dec 2026 - 1 Jan 2027\n3 May 2027")
    assert form.problem() == ""
    qtbot.mouseClick(dialog.save, Qt.MouseButton.LeftButton)
    settle(qtbot, dialog._session)
    saved = targets(file)
    assert saved.open_days
    assert saved.acknowledge["serious"] == 0
    assert saved.opening.hours[5] == ("09:00", "12:30")
    assert saved.opening.closed == {date(2027, 5, 3), *(date(2026, 12, 25) + timedelta(days=n) for n in range(8))}
    again = TargetsDialog(dialog._session, "12:00")
    qtbot.addWidget(again)
    assert again.form.shut.toPlainText() == "25 Dec 2026 - 1 Jan 2027\n3 May 2027"
    assert again.form.targets() == saved


@pytest.mark.parametrize(
    ("break_it", "words"),
    [
        (lambda form: form.days["resolve", "minor"].setText("soon"), "write a number of days"),
        (lambda form: form.days["acknowledge", "minor"].setText("99"), "cannot take longer than putting right"),
        (lambda form: form.hours[0][0].setText("early"), "Monday: write times"),
        (lambda form: form.hours[0][0].setText("18:00"), "closes before it opens"),
        (lambda form: [box.setChecked(False) for box in form.open_boxes], "at least one day"),
        (lambda form: form.shut.setPlainText("Christmas"), "is no day"),
        (lambda form: form.shut.setPlainText("3 May 2027 - 1 May 2027"), "ends before it begins"),
    ],
)
def test_what_cannot_be_is_said_and_not_saved(dialog, break_it, words):
    dialog.form.count.setCurrentIndex(1)
    break_it(dialog.form)
    assert words in dialog.form.example.text()
    assert not dialog.save.isEnabled()


def test_open_cases_get_new_dates_when_asked(qapp, qtbot, file, add):
    case = add(date=TODAY)
    session = make_session(qapp, file, TODAY)
    made = TargetsDialog(session, "12:00")
    made.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)
    qtbot.addWidget(made)
    made.show()
    assert made.move_open.text() == "Give the 1 open complaint new dates, too"
    made.move_open.setChecked(True)
    made.form.days["resolve", "minor"].setText("5")
    qtbot.keyClick(made.save, Qt.Key.Key_Return)
    settle(qtbot, session)
    assert store.get(file, case).resolve_by == TODAY + timedelta(days=5)
    session.close()


def test_everything_the_keyboard_reaches_has_a_name(dialog):
    dialog.form.count.setCurrentIndex(1)
    kinds = QLineEdit | QPlainTextEdit | QCheckBox | QComboBox | QPushButton
    reached = [one for one in dialog.findChildren(QWidget) if isinstance(one, kinds) and one.isVisible()]
    assert len(reached) > 20
    names = [QAccessible.queryAccessibleInterface(one).text(QAccessible.Text.Name) for one in reached]
    assert all(names)


def test_the_steps_of_handling_are_told(qapp, qtbot, file):
    session = make_session(qapp, file, TODAY)
    made = HandlingDialog(session.theme)
    qtbot.addWidget(made)
    made.show()
    words = said(made)
    assert "ISO 10002" in words
    for step in ("Take it in", "Acknowledge", "Assess", "Resolve", "Tell the customer", "Close", "Learn"):
        assert step in words
    session.close()
