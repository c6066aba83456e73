"""Garbage is collected on the window's thread only.

Python collects wherever it happens to be when enough was made: on a job's thread as well. Pages that were let go of are
then deleted by Qt in the middle of whatever the window does next, which may wait for itself for ever.
"""

from __future__ import annotations

import gc

from PySide6.QtCore import QObject, QTimer

_EVERY_MS = 1_000


class Collector(QObject):
    """Takes over from Python's own collecting for as long as the program runs."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        gc.disable()
        self._timer = QTimer(self)
        self._timer.timeout.connect(collect_some)
        self._timer.start(_EVERY_MS)


def collect_some() -> None:
    """Collects as deep as Python would have done by now; nothing where little was made."""
    for generation in (2, 1, 0):
        if gc.get_count()[generation] > gc.get_threshold()[generation]:
            gc.collect(generation)
            return
