"""Files written whole or not at all, and never over a business file: for reports, pictures and lists."""

from __future__ import annotations

import errno
import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from cvdesk.errors import UserError
from cvdesk.wording import _

_DATABASE = b"SQLite format 3\x00"  # what every file of SQLite begins with


def save_bytes(path: Path, content: bytes) -> None:
    """Writes a file; UserError where it cannot be written, then nothing of it is left.

    Never over a database: a business file may be chosen by mistake, and nothing brings it back.
    """
    refuse_database(path)
    with _explained(path):
        _write(path, content)


def refuse_database(path: Path) -> None:
    """UserError where a business file stands at this path."""
    if not path.is_file():
        return
    with _explained(path), path.open("rb") as file:
        start = file.read(len(_DATABASE))
    if start == _DATABASE or path.suffix.lower() == ".cvdesk":
        raise UserError(
            _("{name} is a business file, and this would take its place.").format(name=path.name),
            _("Choose another name."),
        )


@contextmanager
def _explained(path: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        what = _("{name} could not be saved.").format(name=path.name)
        raise UserError(what, _what_to_do(error, path)) from error


def _what_to_do(error: OSError, path: Path) -> str:
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        return _("The disk is full: make room, then save again.")
    if error.errno in (errno.EACCES, errno.EPERM, errno.EROFS):
        return _("Nothing may be written in {folder}: choose another folder.").format(folder=path.parent)
    if error.errno in (errno.ENOENT, errno.ENOTDIR):
        return _("The folder {folder} is not there: choose another.").format(folder=path.parent)
    if error.errno == errno.EISDIR:
        return _("There is a folder of that name: choose another name.")
    return _("Choose another folder, or try again. The system says: {reason}").format(reason=error.strerror)


def _write(path: Path, content: bytes) -> None:
    number, name = tempfile.mkstemp(prefix=".", suffix=".part", dir=path.parent)
    part = Path(name)
    try:
        with os.fdopen(number, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        part.chmod(0o666 & ~_umask())
        part.replace(path)
    except OSError:
        part.unlink(missing_ok=True)
        raise


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask
