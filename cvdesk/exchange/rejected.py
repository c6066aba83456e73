"""Rows that did not come in, laid beside their source with the reason, to be put right and imported again."""

from __future__ import annotations

import csv
import os
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import TextIO

from cvdesk.errors import UserError
from cvdesk.exchange.safe import harmless
from cvdesk.wording import _

_MOST_NAMES = 100


def place_for(source: Path, other_folder: Path) -> Path:
    """Where the rows that stay out will be written: beside their source, or in the other folder."""
    folder = next((one for one in (source.parent, other_folder) if os.access(one, os.W_OK)), other_folder)
    return folder / _name(source)


def _name(source: Path) -> str:
    return f"{source.stem} rejected.csv"


class RejectedRows:
    """A file `NAME rejected.csv`, written under another name until the import is done."""

    def __init__(self, source: Path, other_folder: Path, header: Sequence[str]) -> None:
        self._folders = (source.parent, other_folder)
        self._name = _name(source)
        self._header = header
        self._unfinished: Path | None = None
        self._handle: TextIO | None = None

    def add(self, reason: str, row: Sequence[str]) -> None:
        """Keeps one row. UserError where it can be written nowhere."""
        if self._handle is None:
            self._handle = self._begin()
            self._write([_("Reason"), *self._header])
        self._write([reason, *row])

    def _write(self, row: Sequence[str]) -> None:
        try:
            csv.writer(self._open()).writerow([harmless(cell) for cell in row])
        except OSError as error:
            raise self._not_written() from error

    def _open(self) -> TextIO:
        if self._handle is None:
            raise ValueError("nothing was rejected")
        return self._handle

    def _begin(self) -> TextIO:
        for folder in self._folders:
            self._unfinished = folder / f".{self._name}.{os.getpid()}.part"
            try:
                return self._unfinished.open("w", encoding="utf-8-sig", newline="")
            except OSError:  # a folder that cannot be written, such as a stick: the folder of the business file is next
                continue
        raise self._not_written()

    def _not_written(self) -> UserError:
        return UserError(
            _("The rows that do not fit could not be written to “{folder}”.").format(folder=self._folders[0]),
            _("Copy the file to a folder where you may write, and import it from there."),
        )

    def finish(self) -> None:
        """All rows are on the disk before anything is changed. UserError where there is no room for them."""
        if self._handle is None:
            return
        try:
            self._handle.flush()
            os.fsync(self._handle.fileno())
        except OSError as error:
            raise self._not_written() from error
        finally:
            handle, self._handle = self._handle, None
            with suppress(OSError):  # flushing once more where there is no room
                handle.close()

    def keep(self) -> Path | None:
        """Gives the file its name, numbered where the one of last time is in use; None where nothing was rejected."""
        self.finish()
        if self._unfinished is None:
            return None
        unfinished, self._unfinished = self._unfinished, None
        first = unfinished.with_name(self._name)
        numbered = (first.with_name(f"{first.stem} ({number}){first.suffix}") for number in range(2, _MOST_NAMES))
        for target in (first, *(path for path in numbered if not path.exists())):
            with suppress(PermissionError):  # on Windows, while a spreadsheet has the file open
                unfinished.replace(target)
                return target
        return unfinished

    def drop(self) -> None:
        """Forgets the file."""
        if self._handle is not None:
            handle, self._handle = self._handle, None
            with suppress(OSError):  # where there is no room for the last rows
                handle.close()
        if self._unfinished is not None:
            self._unfinished.unlink(missing_ok=True)
