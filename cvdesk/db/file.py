"""An open business file: one writer, one operation at a time; a reading connection for each thread."""

from __future__ import annotations

import sqlite3
import threading
import weakref
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Generic, TypeVar

from cvdesk.db import derived
from cvdesk.db.backup import copy_verified
from cvdesk.db.connection import Reader, connect, roomy
from cvdesk.db.faults import explained, read_only_error
from cvdesk.db.ids import Clock, IdSource, stamp
from cvdesk.db.lock import WriteLock
from cvdesk.db.queries import Queries
from cvdesk.db.rows import Operation
from cvdesk.db.tables import Tables
from cvdesk.db.undo import Step, last_inverse, next_redo, next_undo, write_inverse
from cvdesk.errors import UserError
from cvdesk.wording import _

T = TypeVar("T")
_BEGIN = "INSERT INTO operations (id, label, at, who, kind, state, undoes) VALUES (?, ?, ?, ?, ?, 'done', ?)"
_ANY = -1  # kept whatever is changed afterwards
_DROP_KEPT = f"DELETE FROM kept_figures WHERE operation_id <> {_ANY} AND (operation_id <> ? OR today <> ?)"
_KEEP_LAST = f"INSERT OR REPLACE INTO kept_figures (key, operation_id, today, value) VALUES (?, {_ANY}, ?, ?)"
_KEPT_LAST = f"SELECT value FROM kept_figures WHERE key = ? AND operation_id = {_ANY}"
_PASS_OVER = "UPDATE operations SET state = 'dropped' WHERE id = ?"
_DROP_UNDONE = "UPDATE operations SET state = 'dropped' WHERE kind = 'do' AND state = 'undone'"


@dataclass(frozen=True, slots=True)
class Done(Generic[T]):
    """An operation that is on disk: what it gave, its id, and the tables it changed."""

    result: T
    operation_id: int
    label: str
    tables: frozenset[str]


@dataclass(frozen=True, slots=True)
class Writing:
    """The right to write and the one connection that does."""

    lock: WriteLock
    connection: sqlite3.Connection


class BusinessFile(Queries):
    """An open business file. Reads use a connection of the calling thread; writes go through `run`, one at a time."""

    def __init__(
        self,
        path: Path,
        writing: Writing | None,
        clock: Clock,
        ids: IdSource | None = None,
        held_by: str = "",
        immutable: bool = False,
    ) -> None:
        self.path = path
        self.read_only = writing is None
        self.held_by = held_by
        self._clock = clock
        self._immutable = immutable
        self._turn = threading.RLock()
        self._gate = threading.Lock()
        self._local = threading.local()
        self._readers: weakref.WeakSet[Reader] = weakref.WeakSet()
        self._closed = False
        self._own = writing
        if writing is not None:
            newest = writing.connection.execute("SELECT max(id) FROM changes").fetchone()[0] or 0
            self._ids = ids or IdSource(clock)
            self._ids.start_after(newest)
            self._tables = Tables(writing.connection)

    def run(
        self, label: str, work: Callable[[Operation], T], who: str = "", attach: dict[str, Path] | None = None
    ) -> Done[T]:
        """Does one operation in one transaction on the calling thread, and gives what is then durably on disk.

        `attach` names further SQLite files the work may read. Any error leaves the file as it was.
        """
        return self._operation(label, work, who, "do", None, attach or {})

    def run_aside(self, label: str, work: Callable[[Operation], T], who: str = "") -> Done[T]:
        """Like `run`, for what is no step of the person's, such as keeping what was printed.

        Undo passes over it, and what was undone can still be redone.
        """
        return self._operation(label, work, who, "do", None, {}, aside=True)

    def reserve_ids(self, count: int) -> int:
        """The first of `count` ids in a row, for rows prepared outside and copied in later."""
        with self._writing():
            return self._ids.reserve(count)

    def undo(self, who: str = "") -> Done[None] | None:
        """Takes the last operation back; None when there is nothing to take back."""
        with self._writing():
            step = next_undo(self)
            return None if step is None else self._step(step, step.id, "undo", "undone", who)

    def redo(self, who: str = "") -> Done[None] | None:
        """Does again what was taken back last; None when there is nothing."""
        with self._writing():
            step = next_redo(self)
            if step is None:
                return None
            return self._step(step, last_inverse(self, step.id), "redo", "done", who)

    def take_back(
        self, operation_id: int, label: str, who: str = "", keep: frozenset[tuple[str, int]] = frozenset()
    ) -> Done[None]:
        """Writes the inverse of an operation that need not be the last, but for rows to keep.

        A step of its own: Undo brings the rows back.
        """

        def work(op: Operation) -> None:
            write_inverse(op, operation_id, keep)

        return self._operation(label, work, who, "do", operation_id, {})

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

    def keep(self, key: str, today: str, value: str, as_of: int) -> None:
        """Keeps figures worked out after operation `as_of`, unless something was changed since; older ones go."""
        if self.read_only:
            return
        with self._writing() as connection, explained(self.path), _transaction(connection):
            connection.execute(_DROP_KEPT, (as_of, today))
            connection.execute(
                "INSERT OR REPLACE INTO kept_figures SELECT ?, ?, ?, ?"
                " WHERE (SELECT COALESCE(max(id), 0) FROM operations) = ?",
                (key, as_of, today, value, as_of),
            )

    def kept(self, key: str, today: str) -> str | None:
        """Figures kept since the last change of the file, for this day; None when they must be worked out."""
        sql = "SELECT value FROM kept_figures WHERE key = ? AND today = ? AND operation_id = ?"
        found: str | None = self.value(sql, (key, today, self.newest_operation()))
        return found

    def keep_last(self, key: str, today: str, value: str) -> None:
        """Keeps what was worked out on a day until it is worked out again, whatever is changed meanwhile."""
        if self.read_only:
            return
        with self._writing() as connection, explained(self.path), _transaction(connection):
            connection.execute(_KEEP_LAST, (key, today, value))

    def kept_last(self, key: str) -> str | None:
        """What `keep_last` kept; None where nothing was."""
        found: str | None = self.value(_KEPT_LAST, (key,))
        return found

    def newest_operation(self) -> int:
        """The id of the last operation; 0 for an untouched file."""
        return int(self.value("SELECT COALESCE(max(id), 0) FROM operations"))

    @contextmanager
    def snapshot(self) -> Iterator[None]:
        """All that this thread reads inside shows the file as it was at one moment, whatever is written meanwhile."""
        with self._asking() as connection:
            if connection.in_transaction:
                yield
                return
            connection.execute("BEGIN")
            try:
                connection.execute("SELECT 1 FROM sqlite_master").fetchone()  # the moment is that of the first read
                yield
            finally:
                connection.execute("ROLLBACK")

    def backup_to(self, target: Path) -> None:
        """A verified copy of the file as it is now. UserError where it cannot be made; nothing half-made is left."""
        if target.exists() and target.samefile(self.path):
            raise UserError(
                _("“{name}” is the business file itself.").format(name=target.name),
                _("Choose another name or another folder for the copy."),
            )
        with self._asking() as connection:
            copy_verified(connection, target)

    def rebuild_derived(self) -> None:
        """Makes search index and day summaries again."""
        with self._writing() as connection, explained(self.path), _transaction(connection):
            derived.rebuild(connection)

    def out_of_step(self) -> list[str]:
        """Derived tables that disagree with the records."""
        with self._asking() as connection:
            return derived.out_of_step(connection)

    def close(self) -> None:
        """Ends what is running, closes every connection and lets others write. Afterwards the file stands alone."""
        with self._gate:
            self._closed = True
            readers = list(self._readers)
        for reader in readers:
            reader.close()
        with self._turn:
            if self._own is not None:
                # The writer last: it moves what is in the log into the file, which readers cannot.
                with suppress(sqlite3.OperationalError):  # a full disk: it stays safe in the log
                    self._own.connection.execute("PRAGMA wal_checkpoint(PASSIVE)")
                self._own.connection.close()
                self._own.lock.release()
                self._own = None
        if self.read_only and not self._immutable:
            self._tidy()

    def _tidy(self) -> None:
        """Reading leaves an empty log beside the file; only a connection that may write takes it away on closing."""
        whole = self.path.resolve()
        log = whole.with_name(f"{whole.name}-wal")
        with suppress(OSError, sqlite3.Error):  # a disk that cannot be written keeps it
            if log.stat().st_size == 0:
                with closing(connect(self.path, write=True)) as connection:
                    connection.execute("SELECT count(*) FROM sqlite_master")

    def __enter__(self) -> BusinessFile:
        return self

    def __exit__(self, *_error: object) -> None:
        self.close()

    @contextmanager
    def _held(self) -> Iterator[sqlite3.Connection]:
        reader: Reader | None = getattr(self._local, "reader", None)
        if reader is None:
            with self._gate:
                if self._closed:
                    raise RuntimeError("the business file is closed")
                reader = self._local.reader = Reader(self.path, self._immutable)
                self._readers.add(reader)
        with reader.turn:
            yield reader.connection

    @contextmanager
    def _writing(self) -> Iterator[sqlite3.Connection]:
        """The writing connection, for one thread at a time."""
        with self._turn:
            if self._own is not None:
                yield self._own.connection
                return
        if not self.read_only:
            raise RuntimeError("the business file is closed")
        if not self.held_by:
            raise read_only_error(self.path)
        raise UserError(
            _("“{name}” is open for reading only.").format(name=self.path.name),
            _("Close the other window that uses it ({who}) and open it again.").format(who=self.held_by),
        )

    def _step(self, step: Step, inverse_of: int, kind: str, state: str, who: str) -> Done[None]:
        def work(op: Operation) -> None:
            write_inverse(op, inverse_of)
            op.rows("UPDATE operations SET state = ? WHERE id = ?", (state, step.id))

        return self._operation(step.label, work, who, kind, step.id, {})

    def _operation(
        self,
        label: str,
        work: Callable[[Operation], T],
        who: str,
        kind: str,
        undoes: int | None,
        attach: dict[str, Path],
        aside: bool = False,
    ) -> Done[T]:
        with self._writing() as connection, explained(self.path), ExitStack() as attached:
            if attach:
                attached.enter_context(roomy(connection))
            for name, path in attach.items():
                connection.execute(f"ATTACH ? AS {name}", (str(path),))
                attached.callback(connection.execute, f"DETACH {name}")
            with _transaction(connection):
                if kind == "do" and not aside:  # a new step: what was undone can no longer be redone
                    connection.execute(_DROP_UNDONE)
                op = Operation(self.path, connection, self._tables, self._ids, self._clock)
                connection.execute(_BEGIN, (op.id, label, op.now, who, kind, undoes))
                try:
                    result = work(op)
                    op.finish()
                finally:
                    op.end()
                if not op.tables and kind == "do":  # nothing was written: leave no empty step to undo
                    connection.execute("ROLLBACK")
                    return Done(result, 0, label, frozenset())
                if aside:
                    connection.execute(_PASS_OVER, (op.id,))
            return Done(result, op.id, label, frozenset(op.tables))


@contextmanager
def _transaction(connection: sqlite3.Connection) -> Iterator[None]:
    """All or nothing; on the disk when it ends."""
    connection.execute("BEGIN IMMEDIATE")
    try:
        yield
        if connection.in_transaction:
            connection.execute("COMMIT")
    except BaseException:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        raise
