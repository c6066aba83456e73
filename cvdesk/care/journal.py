"""The journal of used vouchers: outside the business file, so that an older backup does not make them good again.

One text file for each business file and all its copies on this computer, only ever appended to. A redemption is
written there before it is committed ("try") and confirmed when the file has it ("used"). Each line names the
operation that made it so: a file that knows this operation is as new as the line and its own word counts; a file that
does not is older, and the voucher stays used. No names of customers.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field, replace
from datetime import date
from pathlib import Path
from typing import Any

from cvdesk.db import BusinessFile, Operation, Queries
from cvdesk.paths import data_folder
from cvdesk.wording import _, ngettext
from cvdesk.wording.numbers import day as day_words

TRY, USED_LINE, BACK, VOID = "try", "used", "back", "void"
_LARGEST = 1 << 63
_STATES = frozenset({TRY, USED_LINE, BACK, VOID})
# The first operation made the file: every copy has it, no other file does, and nothing undoes or changes it.
_FILE_ID = "SELECT min(id) FROM operations"
_NEWEST = "SELECT COALESCE(max(id), 0) FROM operations WHERE id <> ?"
_KNOWS = "SELECT 1 FROM operations WHERE id = ?"
_VOUCHERS = "SELECT id, code, gives, worth_minor, issued, redeemed FROM vouchers"
_LAST_CHANGE = "SELECT max(operation_id) FROM changes WHERE table_name = 'vouchers' AND row_id = ?"
_BY_CODE = "SELECT id FROM vouchers WHERE code = ?"


@dataclass(frozen=True, slots=True)
class Line:
    """One line. op: the operation; after: the newest one before it, 0 where nobody noted it; ids of the file."""

    code: str
    op: int
    state: str
    day: str
    gives: str
    worth: int | None
    issued: str
    after: int = 0


@dataclass(frozen=True, slots=True)
class UsedSince:
    """A voucher that was used although this file, being older, does not know it."""

    code: str
    day: date
    gives: str
    worth_minor: int | None
    issued: date

    def words(self) -> str:
        """As part of a list."""
        return _("{code} on {day}").format(code=self.code, day=day_words(self.day))


@dataclass(slots=True)
class _Lines:
    """What the lines come to: the last word on each code, and tries nothing was heard of since."""

    heads: dict[str, Line] = field(default_factory=dict)
    tries: dict[tuple[str, int], Line] = field(default_factory=dict)


def in_words(used: Iterable[UsedSince]) -> str:
    """What the owner is told of vouchers used since the copy was made; "" for none."""
    found = list(used)
    words = ngettext(
        "{count} voucher was used after this copy was made: {list}. It stays used.",
        "{count} vouchers were used after this copy was made: {list}. They stay used.",
        len(found),
    )
    return words.format(count=len(found), list=", ".join(one.words() for one in found)) if found else ""


def journal_path(db: Queries) -> Path:
    """Where the journal of this file and its copies is."""
    return data_folder() / "vouchers" / f"{int(db.value(_FILE_ID) or 0)}.jsonl"


def note_try(op: Operation, code: str, on: date, gives: str, worth: int | None, issued: str) -> bool:
    """Notes, before the commit, that a voucher is being used; False where the journal cannot be written."""
    line = Line(code, op.id, TRY, on.isoformat(), gives, worth, issued, int(op.value(_NEWEST, (op.id,))))
    return _append(journal_path(op), [line])


def used_elsewhere(db: Queries, code: str) -> Line | None:
    """The line that says a voucher was used in a newer or another copy of this file; None where none does."""
    lines = _read(journal_path(db))
    head = lines.heads.get(code)
    if head is not None and head.state == USED_LINE and not _knows(db, head.op):
        return head
    doubtful = [one for (of, op), one in lines.tries.items() if of == code and not _knows(db, op)]
    return next((one for one in doubtful if not _knows(db, one.after)), None)


def keep_up(file: Queries) -> bool:
    """Brings the journal up to what the file says, after a redemption, Undo or Redo; False where it cannot."""
    path = journal_path(file)
    return _append(path, _news(file, _read(path)))


def used_since(db: Queries) -> tuple[UsedSince, ...]:
    """Vouchers used since this copy of the file was made, which the file does not know of, the first used first."""
    rows = {row["code"]: row["redeemed"] for row in db.rows(_VOUCHERS)}
    found = [
        head
        for code, head in _read(journal_path(db)).heads.items()
        if head.state == USED_LINE and rows.get(code) is None and not _knows(db, head.op)
    ]
    found.sort(key=lambda line: (line.day, line.code))
    return tuple(
        UsedSince(line.code, date.fromisoformat(line.day), line.gives, line.worth, date.fromisoformat(line.issued))
        for line in found
    )


def keep_used(op: Operation, used: Iterable[UsedSince]) -> None:
    """Marks them used in this file; a voucher that is not even in it is added."""
    note = _("Used after this copy of the file was made")
    for one in used:
        values = {"redeemed": one.day.isoformat(), "redeemed_note": note}
        there = op.value(_BY_CODE, (one.code,))
        if there is not None:
            op.update("vouchers", there, values)
        else:
            made = {"code": one.code, "gives": one.gives, "worth_minor": one.worth_minor}
            op.insert("vouchers", {**made, **values, "issued": one.issued.isoformat()})


def reconcile(file: BusinessFile) -> tuple[UsedSince, ...]:
    """Keeps vouchers used that were used since this copy of the file was made, and names them.

    One operation of its own; a file open for reading only is left as it is.
    """
    keep_up(file)
    missing = used_since(file)
    if missing and not file.read_only:
        file.run(_("Keep used vouchers used"), lambda op: keep_used(op, missing))
    return missing


def _news(db: Queries, lines: _Lines) -> list[Line]:
    """Lines to add so that the journal says what the file does, wherever the file is as new as the journal."""
    rows = {row["code"]: row for row in db.rows(_VOUCHERS)}
    news: list[Line] = []
    settled: dict[str, Line] = {}  # tries the file knows: its own word on them follows
    for (code, op), line in lines.tries.items():
        if _knows(db, op):
            settled[code] = line
            continue
        # What stood before is there but the step itself is not: it never came to be. Where not even that is there, the
        # file is older than the try, and nobody can say that it was not used.
        news.append(replace(line, state=VOID if _knows(db, line.after) else USED_LINE))
    used = {code for code, row in rows.items() if row["redeemed"] is not None}
    for code in sorted(settled.keys() | lines.heads.keys() | used):
        head = lines.heads.get(code)
        if head is not None and not _knows(db, head.op):
            continue  # the journal is newer: the stricter word stands
        state = USED_LINE if code in used else BACK
        if code in settled:
            news.append(replace(settled[code], state=state))
        elif state != (BACK if head is None else head.state):
            news.append(_line_of(db, dict(rows[code]), state) if code in rows else _gone(db, lines.heads[code]))
    return news


def _line_of(db: Queries, row: Mapping[str, Any], state: str) -> Line:
    """What the file says of a voucher; the operation is the one that changed it last."""
    op = db.value(_LAST_CHANGE, (row["id"],)) or db.value(_FILE_ID)
    on = row["redeemed"] or row["issued"]
    return Line(row["code"], int(op), state, on, row["gives"], row["worth_minor"], row["issued"])


def _gone(db: Queries, head: Line) -> Line:
    """A voucher whose making was undone."""
    return replace(head, op=int(db.value(_NEWEST, (0,))), state=BACK)


def _knows(db: Queries, op: int) -> bool:
    return db.value(_KNOWS, (op,)) is not None


def _read(path: Path) -> _Lines:
    """What can be read of the journal: a line torn by a crash, or anything that is none, is passed over."""
    found = _Lines()
    try:
        text = path.read_bytes().decode("utf-8", "replace")
    except OSError:
        return found
    for written in text.split("\n"):
        line = _as_line(written)
        if line is None:
            continue
        if line.state == TRY:
            found.tries[line.code, line.op] = line
            continue
        found.tries.pop((line.code, line.op), None)
        if line.state != VOID:
            found.heads[line.code] = line
    return found


def _as_line(written: str) -> Line | None:
    try:
        read = json.loads(written)
        line = Line(**{**read, "op": int(read["op"]), "after": int(read["after"])})
        date.fromisoformat(line.day), date.fromisoformat(line.issued)
    except (ValueError, TypeError, KeyError):
        return None
    texts = isinstance(line.code, str) and bool(line.code.strip()) and isinstance(line.gives, str)
    worth = line.worth is None or (type(line.worth) is int and 0 <= line.worth < _LARGEST)
    ids = 0 <= line.op < _LARGEST and 0 <= line.after < _LARGEST
    return line if line.state in _STATES and texts and worth and ids else None


def _append(path: Path, lines: list[Line]) -> bool:
    """Adds lines, on the disk when it returns; False where they cannot be written."""
    if not lines:
        return True
    # Ids exceed what JSON numbers are read as elsewhere: they go out as text.
    texts = [json.dumps({**asdict(line), "op": str(line.op), "after": str(line.after)}) for line in lines]
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("ab") as journal:
            # In one go, so that two programs cannot mix their lines; a line that was torn before stays by itself.
            torn = journal.tell() > 0 and not path.read_bytes().endswith(b"\n")
            journal.write(("\n" if torn else "").encode() + "".join(f"{text}\n" for text in texts).encode())
            journal.flush()
            os.fsync(journal.fileno())
    except OSError:
        return False
    return True


__all__ = [
    "UsedSince", "in_words", "journal_path", "keep_up", "keep_used", "note_try", "reconcile", "used_elsewhere",
    "used_since",
]  # fmt: skip
