"""Backups of a business file, and bringing one back."""

from __future__ import annotations

import tempfile
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from cvdesk.care.journal import UsedSince, in_words, keep_up, reconcile
from cvdesk.db import BusinessFile, open_file
from cvdesk.db.check import check
from cvdesk.errors import UserError
from cvdesk.wording import _


@dataclass(frozen=True, slots=True)
class Restored:
    """A backup brought back: where, and the vouchers used since it was made, which stay used."""

    path: Path
    used: tuple[UsedSince, ...]

    def words(self) -> str:
        """What the owner is told."""
        words = _("The backup is whole. Wrote {path}.").format(path=self.path)
        return f"{words} {in_words(self.used)}".rstrip()


def default_name(path: Path, today: date) -> Path:
    """Beside the file: its name, "backup" and the day; numbered where that is taken."""
    plain = path.with_name(f"{path.stem} backup {today.isoformat()}{path.suffix}")
    number, found = 2, plain
    while found.exists():
        found = plain.with_name(f"{plain.stem} ({number}){plain.suffix}")
        number += 1
    return found


def back_up(path: Path, target: Path | None, today: date) -> Path:
    """Writes a verified copy and gives where. UserError where the target is there already or cannot be written."""
    target = default_name(path, today) if target is None else target
    _refuse_existing(target)
    _refuse_missing_folder(target)
    with open_file(path, read_only=True) as file:
        file.backup_to(target)
        keep_up(file)
    return target


def restore(backup: Path, target: Path) -> Restored:
    """Checks a backup and writes it as a business file. UserError where it is not whole or the name is taken.

    Vouchers used since it was made, as the journal on this computer knows, are used in the new file, too.
    """
    _refuse_existing(target)
    _refuse_missing_folder(target)
    try:
        with tempfile.TemporaryDirectory(prefix=".cvdesk-restore-", dir=target.parent) as folder:
            copy = Path(folder) / target.name
            with open_file(backup, read_only=True) as file:
                try:
                    file.backup_to(copy)
                except UserError:
                    _refuse_unreadable(file, backup)
                    raise
            used = _refuse_damaged(copy, backup)
            copy.rename(target)
    except OSError as error:
        raise UserError(
            _("“{name}” could not be written.").format(name=target.name),
            _("Check that you may write in “{folder}” and that there is room.").format(folder=target.parent),
        ) from error
    return Restored(target, used)


def _refuse_unreadable(file: BusinessFile, backup: Path) -> None:
    """Where a copy cannot be made because the backup is damaged, it is the backup that is named."""
    found = [str(row[0]) for row in file.rows("PRAGMA quick_check") if row[0] != "ok"]
    if found:
        raise _damaged(backup, found[0])


def _damaged(backup: Path, what: str) -> UserError:
    return UserError(
        _("The backup “{name}” is damaged: {what}").format(name=backup.name, what=" ".join(what.split())[:200]),
        _("Nothing was written. Try an older backup."),
    )


def _refuse_damaged(copy: Path, backup: Path) -> tuple[UsedSince, ...]:
    """The vouchers used since. The person knows the backup by its name, not the copy that is tested."""
    used: tuple[UsedSince, ...] = ()
    try:
        with open_file(copy) as file:  # brings an older backup up to date
            problems = check(file).problems
            if not problems:
                used = reconcile(file)
    except UserError as error:
        problems = (error.what.replace(copy.name, backup.name),)
    if problems:
        raise _damaged(backup, problems[0])
    return used


def _refuse_existing(target: Path) -> None:
    try:
        there = target.exists()
    except OSError as error:  # a name too long for the disk, a folder nobody may look into
        raise UserError(
            _("“{name}” could not be written.").format(name=target.name),
            _("Choose a shorter name, or a folder you may write in."),
        ) from error
    if there:
        raise UserError(
            _("There is already a file called “{name}”.").format(name=target.name),
            _("Choose another name; nothing is ever overwritten."),
        )


def _refuse_missing_folder(target: Path) -> None:
    if not target.parent.is_dir():
        raise UserError(
            _("There is no folder “{folder}”.").format(folder=target.parent), _("Make it first, or choose another one.")
        )
