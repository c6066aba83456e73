"""Looking a list through beside the window: its beginning, the whole of it, then what is new in it."""

from __future__ import annotations

from datetime import date
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from cvdesk.db import BusinessFile
from cvdesk.exchange.look import Look, count, fresh_look, look
from cvdesk.exchange.page_import_end import Progress
from cvdesk.exchange.plan import Options, Plan
from cvdesk.exchange.run import Cancelled, Outcome
from cvdesk.exchange.steady import steady
from cvdesk.kit.jobs import Job
from cvdesk.kit.session import Session


class Looking(QObject):
    """One look at a time: who asks again stops the one before, of which nothing more is heard."""

    looked = Signal(object)  # Look
    counted = Signal(object)  # Outcome of a trial
    failed = Signal(object)  # the error

    def __init__(self, session: Session, parent: QObject) -> None:
        super().__init__(parent)
        self._session = session
        self._job: Job | None = None
        self.progress = Progress()

    def fresh(self, path: Path, recalling: bool = True) -> None:
        """Looks at a file nobody has chosen anything for; of a large one only the beginning comes at first."""
        self.stop()
        self._ask(partial(_fresh, self.progress, path, self._session.today(), recalling))

    def again(self, path: Path, kind: str, options: Options) -> None:
        """Looks the whole file through with what is chosen."""
        self.stop()
        self._ask(partial(_whole, self.progress, path, kind, options, self._session.today()))

    def count(self, planned: Plan) -> None:
        """Tries every row without bringing it in."""
        self.stop()
        question = partial(_counted, self.progress, planned, self._session.today())
        self._job = self._session.look(question, self._count_ended, self._failed)

    def stop(self) -> None:
        """Nobody wants to know any more."""
        self.progress.stop = True
        self.progress = Progress()
        if self._job is not None:
            self._job.cancel()
            self._job = None

    def _ask(self, question: partial[Look]) -> None:
        self._job = self._session.look(question, self._looked, self._failed)

    def _looked(self, seen: Look) -> None:
        self.looked.emit(seen)

    def _count_ended(self, outcome: Outcome) -> None:
        self.counted.emit(outcome)

    def _failed(self, error: Exception) -> None:
        if not isinstance(error, Cancelled):
            self.failed.emit(error)


def _fresh(at: Progress, path: Path, today: date, recalling: bool, file: BusinessFile) -> Look:
    if at.stop:
        raise Cancelled
    return fresh_look(path, file, today, recalling)


def _whole(at: Progress, path: Path, kind: str, options: Options, today: date, file: BusinessFile) -> Look:
    if at.stop:
        raise Cancelled
    return look(path, kind, options, file, today)


def _counted(at: Progress, planned: Plan, today: date, file: BusinessFile) -> Outcome:
    with steady():
        return count(file, planned, today, at.at, at.stopped)
