"""Rows that did not come in, laid beside their source with the reason, to be put right and imported again."""

from __future__ import annotations

import csv
import os
from collections.abc import Sequence
from pathlib import Path
from typing import TextIO

from cvdesk.errors import UserError
from cvdesk.exchange.safe import harmless
from cvdesk.wording import _


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
        csv.writer(self._open()).writerow([harmless(cell) for cell in row])

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
        raise UserError(
            _("The rows that do not fit could not be written to “{folder}”.").format(folder=self._folders[0]),
            _("Copy the file to a folder where you may write, and import it from there."),
        )

    def keep(self) -> Path | None:
        """Gives the file its name; None where nothing was rejected."""
        if self._handle is None or self._unfinished is None:
            return None
        self._handle.flush()
        os.fsync(self._handle.fileno())
        self._handle.close()
        self._handle = None
        target = self._unfinished.with_name(self._name)
        self._unfinished.replace(target)
        return target

    def drop(self) -> None:
        """Forgets the file."""
        if self._handle is not None:
            self._handle.close()
            self._handle = None
        if self._unfinished is not None:
            self._unfinished.unlink(missing_ok=True)
