"""Fields give back what was typed, pasted or set letter for letter."""

import pytest
from PySide6.QtCore import QMimeData, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest

from cvdesk.kit.form import text_field, words_field
from tests.pdf.naughty import MARKS, MARKUP, NAMES, RIGHT_TO_LEFT

NAUGHTY = (*MARKUP, *MARKS, *NAMES.values(), *RIGHT_TO_LEFT.values())
ODD = ("two\u00a0hard\u202fblanks", "a\u2028b", "Zeile\r\nzwei", "old\rMac", "\ttab", "  round  ", "\u0007bell", "")


@pytest.mark.parametrize("text", [*ODD, *NAUGHTY], ids=ascii)
def test_what_was_set_and_not_touched_comes_back_as_it_was(qtbot, text):
    field = words_field(text)
    qtbot.addWidget(field)
    assert field.toPlainText() == text
    one_line = text_field(text)
    qtbot.addWidget(one_line)
    assert one_line.text() == text


@pytest.mark.parametrize("text", [*(one for one in ODD if "\r" not in one), *NAUGHTY], ids=ascii)
def test_what_is_pasted_comes_back_as_it_was(qtbot, text):
    data = QMimeData()
    data.setText(text)
    QGuiApplication.clipboard().setMimeData(data)
    field = words_field()
    qtbot.addWidget(field)
    field.paste()
    assert field.toPlainText() == text


def test_typing_after_a_hard_blank_leaves_it_hard(qtbot):
    field = words_field("10\u00a0%")
    qtbot.addWidget(field)
    field.moveCursor(field.textCursor().MoveOperation.End)
    QTest.keyClicks(field, " off")
    assert field.toPlainText() == "10\u00a0% off"


def test_shift_and_enter_begin_a_line_like_any_other(qtbot):
    field = words_field()
    qtbot.addWidget(field)
    QTest.keyClicks(field, "cold")
    QTest.keyClick(field, Qt.Key.Key_Return, Qt.KeyboardModifier.ShiftModifier)
    QTest.keyClicks(field, "soup")
    assert field.toPlainText() == "cold\nsoup"


def test_a_cleared_field_says_nothing(qtbot):
    field = words_field("cold soup")
    qtbot.addWidget(field)
    field.clear()
    assert field.toPlainText() == ""
