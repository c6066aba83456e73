"""Cells copied in a spreadsheet, laid into a passing file so that they are read like any other list."""

from __future__ import annotations

import shutil
import tempfile
import weakref
from pathlib import Path

from cvdesk.errors import UserError
from cvdesk.wording import _


class PastedCells:
    """A file of pasted cells, gone with the last who holds this."""

    def __init__(self, text: str) -> None:
        """UserError where there is nothing in it."""
        if not text.strip():
            raise UserError(
                _("There are no cells to paste."),
                _("Copy the rows in your spreadsheet, with the line of column names, and paste again."),
            )
        folder = Path(tempfile.mkdtemp(prefix="cvdesk-"))
        self._gone = weakref.finalize(self, shutil.rmtree, folder, ignore_errors=True)
        self.path = folder / _("Pasted cells")
        self.path.write_text(text, encoding="utf-8", newline="", errors="replace")


def are_cells(text: str) -> bool:
    """True for what a spreadsheet puts on the clipboard: lines of cells parted by tabs, two lines at least."""
    lines = text.strip("\r\n").splitlines()
    return len(lines) > 1 and "\t" in lines[0]
