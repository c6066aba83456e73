"""Verified copies: made with SQLite's own backup, read back and checked before they get their name."""

from __future__ import annotations

import os
import sqlite3
from contextlib import closing
from pathlib import Path

from cvdesk.db.faults import explained
from cvdesk.errors import UserError
from cvdesk.wording import _


def problems_of(connection: sqlite3.Connection, thorough: bool = False) -> list[str]:
    """What SQLite itself finds wrong with a file; empty when it is whole."""
    test = "integrity_check" if thorough else "quick_check"
    found = [str(row[0]) for row in connection.execute(f"PRAGMA {test}") if row[0] != "ok"]
    found += [f"{row[0]} {row[1]} -> {row[2]}" for row in connection.execute("PRAGMA foreign_key_check")]
    return found


def copy_verified(source: sqlite3.Connection, target: Path) -> None:
    """Copies an open file to `target`; the copy gets its name only when it is whole. UserError if it is not."""
    unfinished = target.with_name(f".{target.name}.part")
    try:
        with explained(target):
            unfinished.unlink(missing_ok=True)
            with closing(sqlite3.connect(unfinished)) as copy:
                source.backup(copy)
                copy.execute("PRAGMA journal_mode = DELETE")
                if problems_of(copy):
                    raise UserError(
                        _("The copy “{name}” is not whole, so it was not kept.").format(name=target.name),
                        _("Run “check” on the business file, and try another disk."),
                    )
        _sync(unfinished)
        unfinished.replace(target)
    except OSError as error:
        raise UserError(
            _("The copy could not be written to “{folder}”.").format(folder=target.parent),
            _("Check that the folder exists, that you may write there and that there is room."),
        ) from error
    finally:
        if unfinished.exists():
            unfinished.unlink()


def _sync(path: Path) -> None:
    with path.open("rb+") as handle:
        os.fsync(handle.fileno())
