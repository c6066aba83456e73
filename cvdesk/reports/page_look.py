"""The monthly look: twenty guided minutes from what is new to the one thing to do."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from cvdesk.kit.session import Session


def open_look(session: Session, parent: QWidget) -> None:
    """Opens the look that is due, where it was left."""
