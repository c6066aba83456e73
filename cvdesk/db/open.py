"""Opening and making a business file: header, version, lock, pragmas; one writer, a reading connection per thread."""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Generic, TypeVar

from cvdesk.db import derived, undo
from cvdesk.db.backup import copy_verified
from cvdesk.db.faults import explained
from cvdesk.db.ids import Clock, IdSource, stamp, utc_now
from cvdesk.db.lock import WriteLock, whoami
from cvdesk.db.migrations import APPLICATION_ID, NEWEST, migrate, version
from cvdesk.db.queries import Queries
from cvdesk.db.rows import Columns, Operation
from cvdesk.errors import UserError
from cvdesk.wording import _

T = TypeVar("T")
_MAGIC = b"SQLite format 3\x00"


@dataclass(frozen=True, slots=True)
class Done(Generic[T]):
    """An operation that is on disk: what it gave, its id, and the tables it changed."""

    result: T
    operation_id: int
    label: str
    tables: frozenset[str]


class BusinessFile(Queries):
    """An open business file. Reads use a connection of the calling thread; writes go through `run`, one at a time."""

    def __init__(self, path: Path, lock: WriteLock | None, held_by: str, clock: Clock, ids: IdSource | None) -> None:
        self.path = path
        self.read_only = lock is None
        self.held_by = held_by
        self._clock = clock
        self._lock = lock
        self._turn = threading.Lock()
        self._local = threading.local()
        self._open: list[sqlite3.Connection] = []
        self._immutable = False
        self._writer: sqlite3.Connection | None = None
        if lock is not None:
            self._writer = self._connect(write=True)
            newest = self._writer.execute("SELECT max(id) FROM changes").fetchone()[0] or 0
            self._ids = ids or IdSource(clock)
            self._ids.start_after(newest)
            self._columns = Columns(self._writer)

    def run(
        self, label: str, work: Callable[[Operation], T], who: str = "", attach: dict[str, Path] | None = None
    ) -> Done[T]:
        """Does one operation in one transaction on the calling thread, and gives what is then durably on disk.

        `attach` names further SQLite files the work may read. Any error leaves the file as it was.
        """
        return self._operation(label, work, who, "do", None, attach or {})

    def reserve_ids(self, count: int) -> int:
        """The first of `count` ids in a row, for rows prepared outside and copied in later."""
        with self._writing():
            return self._ids.reserve(count)

    def undo(self, who: str = "") -> Done[None] | None:
        """Takes the last operation back; None when there is nothing to take back."""
        step = undo.next_undo(self)
        return None if step is None else self.take_back(step.id, step.label, who)

    def redo(self, who: str = "") -> Done[None] | None:
        """Does again what was taken back last; None when there is nothing."""
        step = undo.next_redo(self)
        if step is None:
            return None
        inverse = undo.last_inverse(self, step.id)

        def work(op: Operation) -> None:
            undo.write_inverse(op, inverse)
            op.rows("UPDATE operations SET state = 'done' WHERE id = ?", (step.id,))

        return self._operation(step.label, work, who, "redo", step.id, {})

    def take_back(
        self, operation_id: int, label: str, who: str = "", keep: frozenset[tuple[str, int]] = frozenset()
    ) -> Done[None]:
        """Writes the inverse of one operation, but for rows to keep."""

        def work(op: Operation) -> None:
            undo.write_inverse(op, operation_id, keep)
            op.rows("UPDATE operations SET state = 'undone' WHERE id = ?", (operation_id,))

        return self._operation(label, work, who, "undo", operation_id, {})

    def save_draft(self, key: str, value: str) -> None:
        """Keeps half-typed work outside the history; an empty value forgets it."""
        with self._writing() as connection, explained(self.path):
            if value:
                connection.execute("INSERT OR REPLACE INTO drafts VALUES (?, ?, ?)", (key, value, stamp(self._clock())))
            else:
                connection.execute("DELETE FROM drafts WHERE key = ?", (key,))

    def draft(self, key: str) -> str:
        """Half-typed work, or an empty text."""
        return self.value("SELECT value FROM drafts WHERE key = ?", (key,)) or ""

    def keep(self, key: str, today: str, value: str) -> None:
        """Keeps figures already worked out, for as long as nothing is changed."""
        if self.read_only:
            return
        with self._writing() as connection, explained(self.path):
            connection.execute(
                "INSERT OR REPLACE INTO kept_figures VALUES (?, ?, ?, ?)",
                (key, self.newest_operation(), today, value),
            )

    def kept(self, key: str, today: str) -> str | None:
        """Figures kept since the last change of the file, for this day; None when they must be worked out."""
        sql = "SELECT value FROM kept_figures WHERE key = ? AND today = ? AND operation_id = ?"
        found: str | None = self.value(sql, (key, today, self.newest_operation()))
        return found

    def newest_operation(self) -> int:
        """The id of the last operation; 0 for an untouched file."""
        return int(self.value("SELECT COALESCE(max(id), 0) FROM operations"))

    def backup_to(self, target: Path) -> None:
        """A verified copy of the file as it is now."""
        copy_verified(self._connection(), target)

    def rebuild_derived(self) -> None:
        """Makes search index and day summaries again."""
        with self._writing() as connection, explained(self.path):
            connection.execute("BEGIN IMMEDIATE")
            derived.rebuild(connection)
            connection.execute("COMMIT")

    def out_of_step(self) -> list[str]:
        """Derived tables that disagree with the records."""
        with self._asking() as connection:
            return derived.out_of_step(connection)

    def close(self) -> None:
        """Closes every connection and lets others write."""
        for connection in self._open:
            connection.close()
        self._open.clear()
        self._writer = None
        if self._lock is not None:
            self._lock.release()
            self._lock = None

    def __enter__(self) -> BusinessFile:
        return self

    def __exit__(self, *_error: object) -> None:
        self.close()

    def _connection(self) -> sqlite3.Connection:
        connection: sqlite3.Connection | None = getattr(self._local, "connection", None)
        if connection is None:
            connection = self._local.connection = self._connect(write=False)
        return connection

    def _connect(self, write: bool) -> sqlite3.Connection:
        with explained(self.path):
            connection = _raw_connection(self.path, write, self._immutable)
        self._open.append(connection)
        return connection

    def read_from_still_file(self) -> None:
        """For a file on a disk that cannot be written at all: read it as one that never changes."""
        self._immutable = True

    def _writing(self) -> _Turn:
        if self._writer is None:
            raise UserError(
                _("“{name}” is open for reading only.").format(name=self.path.name),
                _("Close the other window that uses it ({who}) and open it again.").format(who=self.held_by or "?"),
            )
        return _Turn(self._turn, self._writer)

    def _operation(
        self,
        label: str,
        work: Callable[[Operation], T],
        who: str,
        kind: str,
        undoes: int | None,
        attach: dict[str, Path],
    ) -> Done[T]:
        with self._writing() as connection, explained(self.path):
            for name, path in attach.items():
                connection.execute(f"ATTACH ? AS {name}", (str(path),))
            try:
                return self._transaction(connection, label, work, who, kind, undoes)
            finally:
                for name in attach:
                    connection.execute(f"DETACH {name}")

    def _transaction(
        self,
        connection: sqlite3.Connection,
        label: str,
        work: Callable[[Operation], T],
        who: str,
        kind: str,
        undoes: int | None,
    ) -> Done[T]:
        connection.execute("BEGIN IMMEDIATE")
        try:
            if kind == "do":  # a new step: what was undone can no longer be redone
                connection.execute("UPDATE operations SET state = 'dropped' WHERE kind = 'do' AND state = 'undone'")
            op = Operation(self.path, connection, self._columns, self._ids, self._clock)
            connection.execute(
                "INSERT INTO operations (id, label, at, who, kind, state, undoes) VALUES (?, ?, ?, ?, ?, 'done', ?)",
                (op.id, label, op.now, who, kind, undoes),
            )
            result = work(op)
            op.finish()
            if not op.tables:  # nothing was written: leave no empty step to undo
                connection.execute("ROLLBACK")
                return Done(result, 0, label, frozenset())
            connection.execute("COMMIT")
        except BaseException:
            if connection.in_transaction:
                connection.execute("ROLLBACK")
            raise
        return Done(result, op.id, label, frozenset(op.tables))


class _Turn:
    """The writing connection, for one thread at a time."""

    def __init__(self, turn: threading.Lock, connection: sqlite3.Connection) -> None:
        self._turn = turn
        self._connection = connection

    def __enter__(self) -> sqlite3.Connection:
        self._turn.acquire()
        return self._connection

    def __exit__(self, *_error: object) -> None:
        self._turn.release()


def _raw_connection(path: Path, write: bool, immutable: bool = False) -> sqlite3.Connection:
    mode = "rw" if write else "ro"
    extra = "&immutable=1" if immutable else ""
    uri = f"{path.resolve().as_uri()}?mode={mode}{extra}"
    connection = sqlite3.connect(uri, uri=True, isolation_level=None, check_same_thread=False, timeout=10)
    connection.row_factory = sqlite3.Row
    for pragma in ("trusted_schema = OFF", "cell_size_check = ON", "foreign_keys = ON", "secure_delete = ON"):
        connection.execute(f"PRAGMA {pragma}")
    if hasattr(connection, "setconfig"):  # Python 3.12 on
        connection.setconfig(sqlite3.SQLITE_DBCONFIG_DEFENSIVE, True)
    derived.register(connection)
    if write:
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA synchronous = FULL")
    else:
        connection.execute("PRAGMA query_only = ON")
    return connection


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


def _refuse_newer(connection: sqlite3.Connection, path: Path) -> int:
    found = version(connection)
    if found > NEWEST:
        raise UserError(
            _("“{name}” was made by a newer version of CV Desk.").format(name=path.name),
            _("Nothing was changed. Install the newer version to open it."),
        )
    return found


def _bring_up_to_date(path: Path, clock: Clock) -> None:
    """Before a migration a verified copy is laid beside the file."""
    connection = _raw_connection(path, write=True)
    try:
        found = _refuse_newer(connection, path)
        if found < NEWEST:
            day = clock().strftime("%Y-%m-%d")
            copy_verified(connection, path.with_name(f"{path.stem} before update {day} v{found}{path.suffix}"))
            migrate(connection)
    finally:
        connection.close()


def create_file(path: Path, clock: Clock = utc_now, ids: IdSource | None = None) -> BusinessFile:
    """Makes an empty business file, complete or not at all, and opens it. UserError if something has that name."""
    if path.exists():
        raise UserError(
            _("There is already a file called “{name}”.").format(name=path.name),
            _("Choose another name, or open that file."),
        )
    unfinished = path.with_name(f".{path.name}.part")
    try:
        unfinished.unlink(missing_ok=True)
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
        unfinished.unlink(missing_ok=True)
    return open_file(path, clock=clock, ids=ids)


def open_file(path: Path, read_only: bool = False, clock: Clock = utc_now, ids: IdSource | None = None) -> BusinessFile:
    """Opens a business file for writing; for reading only where asked, where another program writes, or the disk won't.

    Raises UserError for a file that is missing, not ours, newer, or damaged; nothing is changed then.
    """
    _refuse_foreign(path)
    lock = None if read_only else _try_lock(path)
    with explained(path):
        try:
            return _opened(path, lock, clock, ids)
        except BaseException:
            if lock is not None:
                lock.release()
            raise


def _try_lock(path: Path) -> WriteLock | None:
    lock = WriteLock(path)
    try:
        with path.open("rb+"):
            return lock if lock.take() else None
    except OSError:  # a folder or a file that cannot be written: reading still works
        return None


def _opened(path: Path, lock: WriteLock | None, clock: Clock, ids: IdSource | None) -> BusinessFile:
    if lock is not None:
        _bring_up_to_date(path, clock)
        opened = BusinessFile(path, lock, "", clock, ids)
        with opened._writing() as connection:
            now = stamp(datetime.now(UTC))
            connection.execute("INSERT OR REPLACE INTO holder VALUES (1, ?, ?)", (whoami(), now))
        return opened
    opened = BusinessFile(path, None, "", clock, ids)
    try:
        opened.value("SELECT count(*) FROM sqlite_master")
    except UserError:
        opened.close()
        opened = BusinessFile(path, None, "", clock, ids)
        opened.read_from_still_file()
    found = int(opened.value("PRAGMA user_version") or 0)
    if found != NEWEST:
        connection = opened._connection()
        _refuse_newer(connection, path)
        raise UserError(
            _("“{name}” was made by an older version and cannot be brought up to date where it is.").format(
                name=path.name
            ),
            _("Copy it to a folder where you may write, close other windows that use it, and open it again."),
        )
    opened.held_by = opened.value("SELECT who FROM holder") or ""
    return opened
