"""The confirmation at the bottom of the window never stands between the owner and a button below it."""

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton, QWidget

from cvdesk.shell.toast import Toast
from tests.desk import TODAY
from tests.figures.shop import new_shop
from tests.pages import make_session


@pytest.fixture
def page(qtbot, qapp, tmp_path):
    session = make_session(qapp, new_shop(tmp_path), TODAY)
    made = QWidget()
    made.resize(600, 400)
    told = QPushButton("Told…", made)
    told.setGeometry(0, 300, 600, 100)
    toast = Toast(session, made, 0)
    qtbot.addWidget(made)
    made.show()
    qtbot.waitExposed(made)
    yield made, told, toast
    session.close()


def press(page: QWidget, point: QPoint) -> None:
    """A press of the pointer at this point of the window, whatever is there."""
    QTest.mouseClick(page.window().windowHandle(), Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, point)


def test_a_confirmation_with_nothing_to_press_lets_presses_through(page):
    made, told, toast = page
    pressed = []
    told.clicked.connect(lambda: pressed.append(True))
    toast.say("2 drafts saved", can_undo=False)
    press(made, toast.geometry().center())
    assert pressed == [True]


def test_a_press_beside_undo_takes_the_confirmation_away(page):
    made, told, toast = page
    pressed = []
    told.clicked.connect(lambda: pressed.append(True))
    toast.say("New voucher saved", can_undo=True)
    beside = toast.geometry().topLeft() + QPoint(4, 4)
    press(made, beside)
    assert not toast.isVisible()
    press(made, beside)
    assert pressed == [True]
