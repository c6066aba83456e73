"""Turns what SQLite reports about the world around it into what happened and what to do."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from cvdesk.errors import UserError
from cvdesk.wording import _

# Errors of the disk, the folder or the file. Anything else is a bug and stays what it is.
_DAMAGED = ("malformed", "not a database", "database corruption")
_FULL = ("disk is full", "disk full")
_READ_ONLY = ("readonly database", "read-only")
_UNREADABLE = ("unable to open", "disk i/o error", "permission")
_BUSY = ("is locked", "is busy")


def _user_error(error: sqlite3.Error, path: Path) -> UserError | None:
    text = str(error).lower()
    name = path.name
    if any(mark in text for mark in _DAMAGED):
        return UserError(
            _("The file “{name}” is damaged or is not a business file of CV Desk.").format(name=name),
            _("Nothing was changed. Restore the latest backup, or choose another file."),
        )
    if any(mark in text for mark in _FULL):
        return UserError(
            _("The disk is full, so nothing could be saved to “{name}”.").format(name=name),
            _("What was saved before is safe. Make room on the disk and try again."),
        )
    if any(mark in text for mark in _READ_ONLY):
        return UserError(
            _("“{name}” can only be read, not changed.").format(name=name),
            _("Copy it to a folder where you may write, or change the permissions of the file."),
        )
    if any(mark in text for mark in _UNREADABLE):
        return UserError(
            _("“{name}” could not be read.").format(name=name),
            _("Check that the disk is connected and that you may open the file."),
        )
    if any(mark in text for mark in _BUSY):
        return UserError(
            _("Another program is using “{name}”.").format(name=name),
            _("Close the other program and try again."),
        )
    return None


@contextmanager
def explained(path: Path) -> Iterator[None]:
    """Raises UserError for trouble of disk and file; lets every other error through."""
    try:
        yield
    except sqlite3.Error as error:
        known = _user_error(error, path)
        if known is None:
            raise
        raise known from error
