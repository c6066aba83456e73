"""A time of day that may be left open, as a field."""

from __future__ import annotations

from PySide6.QtWidgets import QLineEdit

from cvdesk.complaints.records_due import read_clock
from cvdesk.kit.form import text_field
from cvdesk.wording import _


def clock_field(value: str | None) -> QLineEdit:
    """A time of day, which may be left open."""
    field = text_field((value or "")[:5], _("Not noted"))
    field.setMaxLength(12)
    return field


def clock_of(field: QLineEdit) -> str | None:
    """The time in the field; None when it is left open, or is none (see `clock_problem`)."""
    try:
        return read_clock(field.text())
    except ValueError:
        return None


def clock_problem(field: QLineEdit) -> str:
    """What is wrong with the time in the field; "" when it can be read."""
    try:
        read_clock(field.text())
    except ValueError:
        return _("Write a time, such as 14:30.")
    return ""


__all__ = ["clock_field", "clock_of", "clock_problem"]
