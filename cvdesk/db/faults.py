"""Turns what SQLite reports about the world around it into what happened and what to do."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from cvdesk.errors import UserError
from cvdesk.wording import _

# SQLite's own result codes, never its words: a broken JSON text in a query is "malformed" too, and that is a bug.
_DAMAGED = (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB)
_FULL = (sqlite3.SQLITE_FULL,)
_READ_ONLY = (sqlite3.SQLITE_READONLY,)
_UNREADABLE = (sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_PERM, sqlite3.SQLITE_AUTH)
_DISK = (sqlite3.SQLITE_IOERR,)
_BUSY = (sqlite3.SQLITE_BUSY,)
_WRITING = (
    sqlite3.SQLITE_IOERR_WRITE,
    sqlite3.SQLITE_IOERR_FSYNC,
    sqlite3.SQLITE_IOERR_DIR_FSYNC,
    sqlite3.SQLITE_IOERR_TRUNCATE,
    sqlite3.SQLITE_IOERR_SHMSIZE,
)
_PRIMARY = 0xFF  # the low byte of an extended code says what kind of trouble it is


def read_only_error(path: Path) -> UserError:
    """Says that this file cannot be written where it is."""
    return UserError(
        _("“{name}” can only be read, not changed.").format(name=path.name),
        _("Copy it to a folder where you may write, or change the permissions of the file."),
    )


def _user_error(error: sqlite3.Error, path: Path) -> UserError | None:
    exact = getattr(error, "sqlite_errorcode", None)  # None: the module itself complains, so it is a bug
    if exact is None:
        return None
    code = exact & _PRIMARY
    name = path.name
    if code in _DAMAGED:
        return UserError(
            _("The file “{name}” is damaged or is not a business file of CV Desk.").format(name=name),
            _("Nothing was changed. Restore the latest backup, or choose another file."),
        )
    if code in _FULL:
        return UserError(
            _("The disk is full, so nothing could be saved to “{name}”.").format(name=name),
            _("What was saved before is safe. Make room on the disk and try again."),
        )
    if code in _READ_ONLY:
        return read_only_error(path)
    if exact in _WRITING:
        return UserError(
            _("The disk did not take what was to be saved to “{name}”.").format(name=name),
            _("What was saved before is safe. Check that the disk is connected and has room, and try again."),
        )
    if code in _UNREADABLE or code in _DISK:
        return UserError(
            _("“{name}” could not be read.").format(name=name),
            _("Check that the disk is connected and that you may open the file."),
        )
    if code in _BUSY:
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
