"""What stands at the head of every paper: the business, how to reach it, its logo and colour."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from cvdesk.kit.session import Session


def edit_letterhead(session: Session, parent: QWidget) -> None:
    """Asks for the letterhead and saves it as one step."""
