"""Work beside the window: plain values in, a result back on the window's thread; never a Qt object in between."""

from __future__ import annotations

import threading
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial
from typing import Any

import shiboken6
from PySide6.QtCore import QCoreApplication, QObject, Qt, Signal

from cvdesk.kit import crash

OnDone = Callable[[Any], None]
OnFailed = Callable[[Exception], None]


@dataclass(frozen=True, slots=True)
class _Ended:
    """What a job gave, and who waits for it."""

    job: Job
    result: Any
    error: Exception | None
    on_done: OnDone | None
    on_failed: OnFailed | None


class Job:
    """A piece of work under way: may be cancelled, tells how far it is."""

    def __init__(self) -> None:
        self._cancelled = threading.Event()

    def cancel(self) -> None:
        """Asks the work to stop; its result is then thrown away."""
        self._cancelled.set()

    def cancelled(self) -> bool:
        """Whether it was asked to stop."""
        return self._cancelled.is_set()


def still_there(callback: Callable[..., Any]) -> bool:
    """Whether the widgets a callback belongs to (as a method, or as a function inside one) have not been deleted."""
    while isinstance(callback, partial):
        callback = callback.func
    held = [getattr(callback, "__self__", None)]
    held += [cell.cell_contents for cell in getattr(callback, "__closure__", None) or ()]
    return all(shiboken6.isValid(one) for one in held if isinstance(one, QObject))


class Jobs(QObject):
    """Runs work on threads of its own and hands results back on the thread this object lives in.

    Who waits may be gone by then (a dialog that was closed): a result is dropped, an error is still shown.
    """

    _ended = Signal(object)
    busy_changed = Signal(int)

    def __init__(self, threads: int = 2, name: str = "job", parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._pool = ThreadPoolExecutor(max_workers=threads, thread_name_prefix=name)
        self._under_way: set[Job] = set()
        self._ending = False
        # A bound method: Qt runs it on this object's thread, whoever emits. Queued: work that is done before `start`
        # returns must not call back from inside it.
        self._ended.connect(self._deliver, Qt.ConnectionType.QueuedConnection)

    def start(self, work: Callable[[], Any], on_done: OnDone | None = None, on_failed: OnFailed | None = None) -> Job:
        """Starts work; exactly one of the two is called afterwards, unless the job was cancelled.

        Without `on_failed` an error goes to the program's one place for errors. A job that was cancelled before its
        turn came is not begun; while closing nothing new is.
        """
        job = Job()
        if self._ending:
            job.cancel()
            return job
        self._under_way.add(job)
        self.busy_changed.emit(len(self._under_way))
        future = self._pool.submit(lambda: None if job.cancelled() else work())
        future.add_done_callback(lambda done: self._finish(job, done, on_done, on_failed))
        return job

    def drain(self) -> None:
        """Waits until everything under way has ended; what it gave is dropped. For closing."""
        self._ending = True
        for job in self._under_way:
            job.cancel()
        self._pool.shutdown(wait=True, cancel_futures=True)

    def finish(self) -> None:
        """Waits until everything queued has been done. For closing: what was typed is written first.

        Nobody hears of results any more; errors are shown before this returns.
        """
        self._ending = True
        self._pool.shutdown(wait=True, cancel_futures=False)
        QCoreApplication.sendPostedEvents(self)

    @property
    def busy(self) -> bool:
        """Whether anything is under way."""
        return bool(self._under_way)

    def _finish(self, job: Job, future: Future[Any], on_done: OnDone | None, on_failed: OnFailed | None) -> None:
        if future.cancelled():
            return
        error = future.exception()
        if error is not None and not isinstance(error, Exception):
            raise error
        result = None if error is not None else future.result()
        self._ended.emit(_Ended(job, result, error, on_done, on_failed))

    def _deliver(self, ended: _Ended) -> None:
        self._under_way.discard(ended.job)
        self.busy_changed.emit(len(self._under_way))
        if ended.job.cancelled():
            return
        if ended.error is None:
            if ended.on_done is not None and not self._ending and still_there(ended.on_done):
                ended.on_done(ended.result)
        elif ended.on_failed is not None and not self._ending and still_there(ended.on_failed):
            ended.on_failed(ended.error)
        else:
            crash.report(ended.error)
