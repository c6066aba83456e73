"""The panel beside a list: its forms stay inside it, however long the questions are."""

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QPushButton, QWidget

from cvdesk.kit.form import choice_field, text_field
from cvdesk.kit.side import SideForm, SidePanel
from cvdesk.kit.widgets import column

SHORT, LONG = "Name", "What they said about it when they were asked, in their own words"


@pytest.fixture
def panel(qtbot, theme):
    form = SideForm(theme)
    form.field("name", SHORT, text_field())
    form.field("words", LONG, choice_field([(None, "Nothing")]))
    made = SidePanel(theme, "A form")
    made.resize(theme.px(290), 400)
    qtbot.addWidget(made)
    made.show_form("New", form, "Save", lambda: None)
    made.show()
    qtbot.waitExposed(made)
    return made


def question(panel, text):
    return next(one for one in panel.form.findChildren(QLabel) if one.text() == text)


def test_a_long_question_goes_on_in_a_second_line_inside_the_panel(qtbot, panel):
    short, long = question(panel, SHORT), question(panel, LONG)
    qtbot.waitUntil(lambda: long.height() > 1.5 * short.height())
    for widget in (short, long, short.buddy(), long.buddy()):
        assert widget.mapTo(panel, QPoint(widget.width(), 0)).x() <= panel.width()


def test_a_question_is_the_name_of_its_field(panel):
    assert question(panel, LONG).buddy().accessibleName() == LONG


@pytest.fixture
def beside_a_list(qtbot, theme):
    """A navigation, a button that opens a form, and the panel."""
    page = QWidget()
    box = column(page)
    navigation, opens = QPushButton("Home"), QPushButton("New")
    made = SidePanel(theme, "A form")
    for widget in (navigation, opens, made):
        box.addWidget(widget)
    made.show_content(QLabel("Budget"), "Budget")
    qtbot.addWidget(page)
    page.show()
    qtbot.waitExposed(page)
    page.activateWindow()
    opens.setFocus()
    form = SideForm(theme)
    form.field("name", SHORT, text_field())
    made.show_form("New", form, "Save", lambda: made.set_busy(True))
    return page, opens, made


def saved(panel):
    panel.set_busy(False)
    panel.show_content(QLabel("Budget"), "Budget")


def test_after_a_form_the_keyboard_is_back_where_it_was_opened_from(qtbot, beside_a_list):
    page, opens, panel = beside_a_list
    assert panel.holds_focus()
    QTest.keyClick(page.focusWidget(), Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    saved(panel)
    assert page.focusWidget() is opens


def test_after_save_is_pressed_the_keyboard_is_back_where_the_form_was_opened_from(qtbot, beside_a_list):
    page, opens, panel = beside_a_list
    save = next(one for one in panel.findChildren(QPushButton) if one.text() == "Save")
    save.setFocus()
    QTest.keyClick(save, Qt.Key.Key_Space)
    saved(panel)
    assert page.focusWidget() is opens


def test_who_went_elsewhere_while_a_form_was_saved_stays_there(qtbot, beside_a_list):
    page, _opens, panel = beside_a_list
    navigation = next(one for one in page.findChildren(QPushButton) if one.text() == "Home")
    panel.set_busy(True)
    navigation.setFocus()
    saved(panel)
    assert page.focusWidget() is navigation
