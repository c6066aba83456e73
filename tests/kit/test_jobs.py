"""Work beside the window: where results arrive, what becomes of cancelled work, of errors, and of widgets that left."""

import threading
from functools import partial

import pytest
from PySide6.QtCore import QObject, QThread, Signal

from cvdesk.errors import UserError
from cvdesk.kit.jobs import Jobs, still_there


class Waiter(QObject):
    """Something of the window that waits for results."""

    came = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.results: list[object] = []
        self.threads: list[QThread] = []

    def take(self, result):
        self.results.append(result)
        self.threads.append(QThread.currentThread())
        self.came.emit()


@pytest.fixture
def jobs(qapp):
    made = Jobs(threads=1)
    yield made
    made.drain()


@pytest.fixture
def gate():
    """Work that waits until the test lets it go on, and says that it has begun."""

    class Gate:
        begun, opened = threading.Event(), threading.Event()

        def work(self):
            self.begun.set()
            assert self.opened.wait(10)
            return "done"

    made = Gate()
    yield made
    made.opened.set()


def test_a_result_arrives_on_the_windows_thread_and_the_work_ran_on_another(qtbot, jobs):
    waiter = Waiter()
    with qtbot.waitSignal(waiter.came):
        jobs.start(threading.get_ident, waiter.take)
    assert waiter.results != [threading.get_ident()]
    assert waiter.threads == [waiter.thread()]
    assert not jobs.busy


def test_the_result_of_cancelled_work_is_thrown_away(qtbot, jobs, gate):
    waiter = Waiter()
    jobs.start(gate.work, waiter.take).cancel()
    gate.opened.set()
    qtbot.waitUntil(lambda: not jobs.busy)
    assert waiter.results == []


def test_work_cancelled_before_its_turn_is_not_begun(qtbot, jobs, gate):
    begun: list[object] = []
    jobs.start(gate.work)
    jobs.start(lambda: begun.append(1)).cancel()
    gate.opened.set()
    qtbot.waitUntil(lambda: not jobs.busy)
    assert begun == []


def test_an_error_goes_to_whoever_asked_for_errors(qtbot, jobs, shown):
    waiter = Waiter()
    error = UserError("The file is gone.", "Look for it.")

    def work():
        raise error

    with qtbot.waitSignal(waiter.came):
        jobs.start(work, None, waiter.take)
    assert waiter.results == [error]
    assert shown == []


def test_an_error_nobody_asked_for_goes_to_the_one_place(qtbot, jobs, shown):
    def work():
        raise UserError("The file is gone.", "Look for it.")

    jobs.start(work)
    qtbot.waitUntil(lambda: shown == ["The file is gone."])


def test_a_bug_in_work_is_shown_with_where_it_happened(qtbot, jobs, shown):
    jobs.start(lambda: 1 // 0)
    qtbot.waitUntil(lambda: len(shown) == 1)
    assert "ZeroDivisionError" in shown[0]


def test_draining_ends_everything_and_drops_what_it_gave(qtbot, jobs, gate):
    waiter, begun = Waiter(), []
    jobs.start(gate.work, waiter.take)
    jobs.start(lambda: begun.append(1), waiter.take)
    assert gate.begun.wait(10)
    gate.opened.set()
    jobs.drain()
    qtbot.waitUntil(lambda: not jobs.busy or not begun)
    assert waiter.results == []
    assert begun == []


def test_finishing_does_what_was_queued_and_shows_its_errors_before_it_returns(jobs, shown):
    written: list[object] = []

    def fails():
        raise UserError("The disk is full.", "Make room.")

    jobs.start(lambda: written.append(1))
    jobs.start(fails, None, written.append)
    jobs.start(lambda: written.append(2), written.append)
    jobs.finish()
    assert written == [1, 2]
    assert shown == ["The disk is full."]


def test_nothing_is_begun_after_the_end(jobs):
    jobs.finish()
    assert jobs.start(lambda: None).cancelled()


def test_a_widget_that_was_deleted_meanwhile_hears_nothing_but_its_error_is_shown(qtbot, jobs, gate, shown):
    waiter = Waiter()

    def fails():
        raise UserError("The file is gone.", "Look for it.")

    jobs.start(gate.work, waiter.take)
    jobs.start(fails, None, partial(waiter.take))
    with qtbot.waitSignal(waiter.destroyed):
        waiter.deleteLater()
    gate.opened.set()
    qtbot.waitUntil(lambda: shown == ["The file is gone."])


def test_functions_inside_a_deleted_widget_count_as_gone(qtbot, qapp):
    waiter = Waiter()

    def inside(result):
        waiter.take(result)

    assert still_there(inside)
    assert still_there(print)
    with qtbot.waitSignal(waiter.destroyed):
        waiter.deleteLater()
    assert not still_there(inside)
    assert not still_there(partial(waiter.take, 1))
