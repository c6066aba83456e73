"""The panel beside a list: its forms stay inside it, however long the questions are."""

import pytest
from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QLabel

from cvdesk.kit.form import choice_field, text_field
from cvdesk.kit.side import SideForm, SidePanel

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
