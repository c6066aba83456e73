"""Making a document beside the window: how far it is, stopping it, and only the newest one counts."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from threading import Event

from PySide6.QtCore import QObject, QTimer, Signal

from cvdesk.db import BusinessFile
from cvdesk.kit import printing
from cvdesk.kit.jobs import Job
from cvdesk.kit.session import Session
from cvdesk.pdf.progress import watched
from cvdesk.reports.kinds import make
from cvdesk.reports.records_kinds import Made, Wanted

_LOOK = 150  # ms between looks at how far it is


class StoppedError(Exception):
    """Nobody wants this document any more."""


@dataclass(frozen=True, slots=True)
class Finished:
    """A document as it was wanted, and the sizes of its pages in points."""

    wanted: Wanted
    made: Made
    sizes: list[tuple[float, float]]


class _Course:
    """Shared by the window and the job: pages so far, and whether to stop."""

    def __init__(self) -> None:
        self.pages = 0
        self.stopped = Event()

    def told(self, pages: int) -> None:
        """A page is done; raises where nobody wants the document any more."""
        if self.stopped.is_set():
            raise StoppedError
        self.pages = pages


class Maker(QObject):
    """Makes one document at a time."""

    finished = Signal(object)  # Finished
    failed = Signal(object)  # the exception
    progressed = Signal(int)  # pages so far

    def __init__(self, session: Session, parent: QObject) -> None:
        super().__init__(parent)
        self._session = session
        self._job: Job | None = None
        self._course = _Course()
        self._watch = QTimer(self, interval=_LOOK)
        self._watch.timeout.connect(lambda: self.progressed.emit(self._course.pages))

    @property
    def busy(self) -> bool:
        """Whether a document is being made."""
        return self._job is not None

    @property
    def pages(self) -> int:
        """How many pages it has so far."""
        return self._course.pages

    def begin(self, wanted: Wanted) -> None:
        """Makes this one; what was under way is given up."""
        self.stop()
        course = self._course = _Course()
        self._job = self._session.look(lambda file: _make(file, wanted, course.told), self._done, self._not_done)
        self._watch.start()

    def stop(self) -> None:
        """Gives up what is under way."""
        self._watch.stop()
        self._course.stopped.set()
        if self._job is not None:
            self._job.cancel()
            self._job = None

    def _done(self, finished: Finished) -> None:
        self._watch.stop()
        self._job = None
        self.finished.emit(finished)

    def _not_done(self, error: Exception) -> None:
        self._watch.stop()
        self._job = None
        self.failed.emit(error)


def _make(file: BusinessFile, wanted: Wanted, told: Callable[[int], None]) -> Finished:
    with watched(told):
        made = make(file, wanted)
    return Finished(wanted, made, printing.page_sizes(made.pdf))
