"""Once a day, at the start or when the day ends, every figure is looked at; what changed for good is told on Home."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from PySide6.QtCore import QObject, QTimer

from cvdesk.db import BusinessFile
from cvdesk.kit.jobs import Job
from cvdesk.kit.session import Session

_AFTER_START_MS = 4_000  # the window answers first


class Radar(QObject):
    """Looks beside the window, at most once a day, and says that there is news."""

    def __init__(self, session: Session, parent: QObject) -> None:
        super().__init__(parent)
        self._session = session
        self._job: Job | None = None
        self._start = QTimer(self)
        self._start.setSingleShot(True)
        self._start.timeout.connect(self.look)
        self._start.start(_AFTER_START_MS)
        self._day = session.today()
        session.filter_changed.connect(self._perhaps_another_day)

    def look(self) -> None:
        """Sweeps over all series where nobody has done so today."""
        if self._job is not None:
            self._job.cancel()
        today = self._session.today()
        job: Job | None = None  # its own, not the one that may have taken its place

        def given_up() -> bool:
            return job is not None and job.cancelled()

        job = self._job = self._session.look(lambda file: _sweep(file, today, given_up), self._swept)

    def _perhaps_another_day(self) -> None:
        if self._session.today() != self._day:
            self._day = self._session.today()
            self.look()

    def _swept(self, news: bool) -> None:
        if news:
            self._session.changed.emit(frozenset({"seen_signals"}))


def _sweep(file: BusinessFile, today: date, given_up: Callable[[], bool]) -> bool:
    from cvdesk.trends import store_radar

    return store_radar.due(file, today) and store_radar.sweep_and_keep(file, today, given_up) is not None
