"""Dialogs as large as they were made."""

from __future__ import annotations

from PySide6.QtWidgets import QDialog, QVBoxLayout

from cvdesk.kit.dialog import take_room
from cvdesk.kit.theme import Theme
from cvdesk.kit.widgets import label


def test_a_large_dialog_keeps_its_height_and_can_be_made_smaller_when_long_texts_come(qtbot, qapp):
    dialog = QDialog()
    qtbot.addWidget(dialog)
    take_room(dialog, 700, 420)
    box = QVBoxLayout(dialog)
    words = label(Theme(qapp, "light"), "", wrap=True)
    box.addWidget(words)
    dialog.show()
    assert dialog.height() == 420
    words.setText("as long as a reply by e-mail is " * 40)
    qtbot.wait(20)
    assert dialog.height() == 420
    dialog.resize(600, 380)
    qtbot.wait(20)
    assert dialog.height() == 380
