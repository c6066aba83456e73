"""One append-only list of steps from an empty file to today's schema; a step is never edited after release."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cvdesk.db.schema_1 import SCHEMA_1
from cvdesk.db.schema_2 import SCHEMA_2
from cvdesk.db.schema_3 import SCHEMA_3
from cvdesk.db.schema_4 import SCHEMA_4
from cvdesk.db.schema_5 import SCHEMA_5
from cvdesk.db.schema_6 import SCHEMA_6

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Callable

    from sqlite_utils import Database

APPLICATION_ID = 0x43564445  # "CVDE"


def _first_release(database: Database) -> None:
    database.executescript(SCHEMA_1)


def _listening(database: Database) -> None:
    database.executescript(SCHEMA_2)


def _measuring(database: Database) -> None:
    database.executescript(SCHEMA_3)


def _understanding(database: Database) -> None:
    database.executescript(SCHEMA_4)


def _acting(database: Database) -> None:
    database.executescript(SCHEMA_5)


def _printing(database: Database) -> None:
    database.executescript(SCHEMA_6)


MIGRATIONS: tuple[Callable[[Database], None], ...] = (
    _first_release,
    _listening,
    _measuring,
    _understanding,
    _acting,
    _printing,
)


def newest() -> int:
    """The version of a file that has had every migration."""
    return len(MIGRATIONS)


def version(connection: sqlite3.Connection) -> int:
    """How many migrations this file has had."""
    return int(connection.execute("PRAGMA user_version").fetchone()[0])


def migrate(connection: sqlite3.Connection) -> None:
    """Brings the file to today's schema, each step in a transaction of its own, references checked after it."""
    from sqlite_utils import Database  # 130 ms: only when there is something to migrate

    database = Database(connection)
    connection.execute("PRAGMA foreign_keys = OFF")
    for number in range(version(connection), newest()):
        connection.execute("BEGIN IMMEDIATE")
        try:
            MIGRATIONS[number](database)
            broken = connection.execute("PRAGMA foreign_key_check").fetchall()
            if broken:
                raise ValueError(f"migration {number + 1} leaves {len(broken)} broken references")
            connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
            connection.execute(f"PRAGMA user_version = {number + 1}")
            connection.execute("COMMIT")
        except BaseException:
            if connection.in_transaction:  # a full disk has ended it already
                connection.execute("ROLLBACK")
            raise
    connection.execute("PRAGMA foreign_keys = ON")
