"""Opening and making a business file: header, lock, version, migration."""

from __future__ import annotations

import os
import sqlite3
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path

from cvdesk.db.backup import copy_verified
from cvdesk.db.connection import connect, make_durable
from cvdesk.db.faults import explained
from cvdesk.db.file import BusinessFile, Done, Writing
from cvdesk.db.ids import Clock, IdSource, stamp, utc_now
from cvdesk.db.lock import WriteLock, whoami
from cvdesk.db.migrations import APPLICATION_ID, migrate, newest, version
from cvdesk.errors import UserError
from cvdesk.wording import _

__all__ = ["BusinessFile", "Done", "create_file", "open_file"]

_MAGIC = b"SQLite format 3\x00"


def create_file(path: Path, clock: Clock = utc_now, ids: IdSource | None = None) -> BusinessFile:
    """Makes an empty business file, complete or not at all, and opens it. UserError if something has that name."""
    if not path.name:
        raise UserError(_("A business file needs a name."), _("Give it one, such as shop.cvdesk."))
    if path.exists():
        raise UserError(
            _("There is already a file called “{name}”.").format(name=path.name),
            _("Choose another name, or open that file."),
        )
    unfinished = path.with_name(f".{path.name}.part")
    try:
        unfinished.unlink(missing_ok=True)
        unfinished.touch()
        with explained(path):
            connection = sqlite3.connect(unfinished, isolation_level=None)
            try:
                migrate(connection)
            finally:
                connection.close()
        unfinished.rename(path)
    except OSError as error:
        raise UserError(
            _("“{name}” could not be made in “{folder}”.").format(name=path.name, folder=path.parent),
            _("Check that the folder exists, that you may write there and that there is room."),
        ) from error
    finally:
        with suppress(OSError):  # where the folder is the trouble, there is nothing to remove
            unfinished.unlink(missing_ok=True)
    return open_file(path, clock=clock, ids=ids)


def open_file(path: Path, read_only: bool = False, clock: Clock = utc_now, ids: IdSource | None = None) -> BusinessFile:
    """Opens a business file for writing; for reading only where asked, where another program writes, or the disk won't.

    Raises UserError for a file that is missing, not ours, newer, or damaged; nothing is changed then.
    """
    _refuse_foreign(path)
    lock = WriteLock(path)
    if read_only or not _writable(path):
        return _open_reading(path, clock, "")
    try:
        mine = lock.take()
    except OSError:  # a folder that cannot be written: reading still works
        return _open_reading(path, clock, "")
    if not mine:
        return _open_reading(path, clock, _holder(path))
    try:
        return _open_writing(path, lock, clock, ids)
    except BaseException:
        lock.release()
        raise


def _refuse_foreign(path: Path) -> None:
    """Raises UserError unless the file's first page says it is a business file."""
    name = path.name
    try:
        with path.open("rb") as handle:
            head = handle.read(100)
    except FileNotFoundError as error:
        raise UserError(
            _("There is no file “{path}”.").format(path=path),
            _("Check the name, or make a new business file."),
        ) from error
    except OSError as error:
        raise UserError(
            _("“{name}” could not be read.").format(name=name),
            _("Check that it is a file, that the disk is connected and that you may open it."),
        ) from error
    if head[:16] != _MAGIC or int.from_bytes(head[68:72], "big") != APPLICATION_ID:
        raise UserError(
            _("“{name}” is not a business file of CV Desk, or its beginning is damaged.").format(name=name),
            _("Nothing was changed. Choose another file, or restore a backup. Lists are brought in with Import."),
        )


def _writable(path: Path) -> bool:
    try:
        with path.open("rb+"):
            return True
    except OSError:
        return False


def _refuse_newer(connection: sqlite3.Connection, path: Path) -> int:
    found = version(connection)
    if found > newest():
        raise UserError(
            _("“{name}” was made by a newer version of CV Desk.").format(name=path.name),
            _("Nothing was changed. Install the newer version to open it."),
        )
    return found


def _open_writing(path: Path, lock: WriteLock, clock: Clock, ids: IdSource | None) -> BusinessFile:
    """With the lock held. Before a migration a verified copy is laid beside the file."""
    with explained(path):
        connection = connect(path, write=True)
        try:
            found = _refuse_newer(connection, path)
            make_durable(connection)
            if found < newest():
                day = clock().strftime("%Y-%m-%d")
                copy_verified(connection, path.with_name(f"{path.stem} before update {day} v{found}{path.suffix}"))
                migrate(connection)
            opened = BusinessFile(path, Writing(lock, connection), clock, ids)
            with suppress(sqlite3.OperationalError):  # a full disk must not keep anybody from reading
                now = stamp(datetime.now(UTC))
                connection.execute("INSERT OR REPLACE INTO holder VALUES (1, ?, ?)", (whoami(), now))
        except BaseException:
            connection.close()
            raise
    return opened


def _open_reading(path: Path, clock: Clock, held_by: str) -> BusinessFile:
    with explained(path):
        immutable = _must_stay_untouched(path)
        connection = connect(path, write=False, immutable=immutable)
        try:
            found = _refuse_newer(connection, path)
        finally:
            connection.close()
    if found < newest():
        raise _too_old(path, held_by)
    return BusinessFile(path, None, clock, held_by=held_by, immutable=immutable)


def _too_old(path: Path, held_by: str) -> UserError:
    """Reading changes nothing: an older file has to be opened for writing once. Where that can be done, it is said."""
    if not held_by and _writable(path) and os.access(path.parent, os.W_OK):
        return UserError(
            _("“{name}” was made by an older version of CV Desk.").format(name=path.name),
            _("Open it once in the window, or run “cvdesk check” on it: that brings it up to date and keeps a copy."),
        )
    return UserError(
        _("“{name}” was made by an older version and cannot be brought up to date where it is.").format(name=path.name),
        _("Copy it to a folder where you may write, close other windows that use it, and open it again."),
    )


def _must_stay_untouched(path: Path) -> bool:
    """True for a file on a disk where SQLite cannot lay anything beside it: it is read as one that never changes."""
    try:
        connection = connect(path, write=False)
        try:
            connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
        finally:
            connection.close()
    except sqlite3.OperationalError:
        log = path.resolve().with_name(f"{path.resolve().name}-wal")
        if log.exists() and log.stat().st_size:  # read without it, the latest work would be missing
            raise UserError(
                _("“{name}” was not closed properly, and its last changes lie in “{log}” beside it.").format(
                    name=path.name, log=log.name
                ),
                _("Copy both files to a folder where you may write and open the copy."),
            ) from None
        return True
    return False


def _holder(path: Path) -> str:
    """Who wrote in the file last, which is who holds it while the lock is taken."""
    with explained(path):
        connection = connect(path, write=False)
        try:
            found = connection.execute("SELECT who FROM holder").fetchone()
        finally:
            connection.close()
    return found[0] if found else _("another program")
