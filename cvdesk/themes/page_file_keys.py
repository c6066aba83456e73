"""What each key means in the queue of what waits to be filed."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent

_COMMANDS = {
    Qt.Key.Key_Return: "yes", Qt.Key.Key_Enter: "yes", Qt.Key.Key_Space: "yes", Qt.Key.Key_N: "none",
    Qt.Key.Key_S: "skip", Qt.Key.Key_M: "turn", Qt.Key.Key_Plus: "good", Qt.Key.Key_Minus: "bad",
    Qt.Key.Key_Slash: "find", Qt.Key.Key_Backspace: "undo",
}  # fmt: skip


def what_of(event: QKeyEvent) -> str:
    """What a key asks for: "yes", "none", ..., or the number of a theme; "" for a key that means nothing here."""
    modifiers = event.modifiers() & ~(Qt.KeyboardModifier.KeypadModifier | Qt.KeyboardModifier.ShiftModifier)
    if modifiers:
        return ""
    if event.text() in ("+", "-", "−", "/"):
        return {"+": "good", "/": "find"}.get(event.text(), "bad")
    if event.text() and event.text() in "123456789":
        return event.text()
    return _COMMANDS.get(Qt.Key(event.key()), "")


def letter_of(event: QKeyEvent) -> str:
    """The letter that was typed, to find a theme by; "" for anything else."""
    held = event.modifiers() & ~Qt.KeyboardModifier.ShiftModifier
    return event.text() if not held and event.text().isalpha() else ""
