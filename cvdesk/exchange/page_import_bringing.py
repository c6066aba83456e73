"""An import under way: beside the window, and beside what is saved meanwhile."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, Signal

from cvdesk.db import BusinessFile
from cvdesk.exchange.cells_pasted import PastedCells
from cvdesk.exchange.page_import_end import Progress
from cvdesk.exchange.plan import Plan
from cvdesk.exchange.rejected import place_for
from cvdesk.exchange.run import Cancelled, KeptChangingError, Outcome, run_import
from cvdesk.exchange.steady import steady
from cvdesk.kit.jobs import still_there
from cvdesk.kit.session import Session
from cvdesk.wording import _


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is to come in. `remember`: kept for the next list like it. `pasted`: the cells, where it is no file."""

    planned: Plan
    remember: Mapping[str, Any]
    pasted: PastedCells | None = None


class Bringing(QObject):
    """Brings one list in. The rows are prepared on a thread of their own, so that what is logged meanwhile is saved at
    once; where that happens again and again, the rows are read once more in the queue of what is saved.
    """

    ended = Signal(object)  # Outcome; None where it was stopped and nothing came in
    failed = Signal(object)  # the error

    def __init__(self, session: Session, parent: QObject) -> None:
        super().__init__(parent)
        self._session = session
        self._wanted: Wanted | None = None
        self._who = ""
        self.progress: Progress | None = None

    @property
    def under_way(self) -> bool:
        """Whether an import is running."""
        return self.progress is not None

    def start(self, wanted: Wanted) -> None:
        """Begins."""
        self._wanted, self.progress = wanted, Progress()
        session, heard = self._session, self._ended
        self._who = session.who  # now: somebody else may be at the desk when its turn comes

        def ended(outcome: Outcome | None) -> None:
            session.announce_all()  # also when the dialog is gone
            if still_there(heard):
                heard(outcome)

        session.write_out(partial(bring_in, self.progress, wanted, session.today(), self._who), ended, self._failed)

    def stop(self) -> None:
        """Asks it to stop; nothing comes in then."""
        if self.progress is not None:
            self.progress.stop = True

    def _ended(self, outcome: Outcome | None) -> None:
        self.progress = None
        self.ended.emit(outcome)

    def _failed(self, error: Exception) -> None:
        if isinstance(error, KeptChangingError) and self._wanted is not None and self.progress is not None:
            work = partial(bring_in, self.progress, self._wanted, self._session.today(), self._who)
            self._session.work(work, self._ended, self._failed_for_good)
        else:
            self._failed_for_good(error)

    def _failed_for_good(self, error: Exception) -> None:
        self.progress = None
        self.failed.emit(error)


def bring_in(at: Progress, wanted: Wanted, today: date, who: str, file: BusinessFile) -> Outcome | None:
    """Brings the rows in; None where it was stopped. Those that stay out lie where they were said to."""
    try:
        with steady():
            outcome = run_import(file, wanted.planned, today, at.at, at.stopped, remember=wanted.remember, who=who)
    except Cancelled:
        return None
    if wanted.pasted is None or outcome.rejected_file is None:
        return outcome
    try:
        return replace(outcome, rejected_file=_moved(outcome.rejected_file, file.path.parent))
    except OSError:  # the rows have come in: no reason to say that nothing did
        return _told(outcome, file.path.parent)


def place_of_rejected(source: Path, pasted: bool, file: BusinessFile) -> Path:
    """Where the rows that stay out will lie: beside the list, those of pasted cells beside the business file."""
    place = place_for(source, file.path.parent)
    return _free(file.path.parent / place.name) if pasted else place


def _moved(rejected: Path, folder: Path) -> Path:
    """The passing folder of pasted cells goes; what is kept goes where the business file is."""
    target = _free(folder / rejected.name)
    target.write_bytes(rejected.read_bytes())
    return target


def _told(outcome: Outcome, folder: Path) -> Outcome:
    note = _("The rows that stayed out could not be written to “{folder}”.").format(folder=folder)
    return replace(outcome, rejected_file=None, notes=(*outcome.notes, note))


def _free(path: Path) -> Path:
    """This file, numbered where there is one of that name."""
    number, found = 2, path
    while found.exists():
        found = path.with_name(f"{path.stem} ({number}){path.suffix}")
        number += 1
    return found
