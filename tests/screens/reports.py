"""Reports by name: the page of each kind of document, what was printed before, the monthly look and the letterhead."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from PySide6.QtCore import QDeadlineTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget

from cvdesk.shell.window import Window

Wait = Callable[[], None]
_FOUND = "customers"  # a word that stands in every report


def kinds(window: Window, wait: Wait) -> Iterator[tuple[str, QWidget]]:
    """The page with each kind of document, with a word found, and with what was printed before."""
    from cvdesk.reports.kinds import KINDS

    page: Any = window.show_page("reports")
    for kind in KINDS:
        page.show_record(kind.key)
        _made(page, wait)
        yield f"reports-{kind.key}", window
    page.show_record(KINDS[0].key)
    _made(page, wait)
    page.viewer.start_finding()
    QTest.keyClicks(window.focusWidget(), _FOUND)
    QTest.qWait(300)
    wait()
    yield "reports-found", window
    page.left.turn_to("before")
    wait()
    yield "reports-before", window
    page.left.turn_to("make")


def _made(page: Any, wait: Wait) -> None:
    """Waits until the pages are made and those in view are drawn."""
    deadline = QDeadlineTimer(20_000)
    while True:
        wait()
        busy = page._soon.isActive() or page.maker.busy or page.preview._job is not None
        if not busy or deadline.hasExpired():
            return
        QTest.qWait(20)


def look_and_letterhead(window: Window, wait: Wait) -> Iterator[tuple[str, QWidget]]:
    """The five steps of the monthly look, what was chosen in them, and the letterhead."""
    from cvdesk.reports.page_letterhead import LetterheadDialog
    from cvdesk.reports.page_look import LookDialog

    for step in ("file", "find", "judge", "choose", "print"):
        look = LookDialog(window.session, window)
        look.show()
        look.show_step(step)
        wait()
        yield f"look-{step}", look
    look = LookDialog(window.session, window)
    look.show()
    look.show_step("choose")
    wait()
    if look.choosing.dots:
        next(iter(look.choosing.dots.values())).click()
        look.choosing.take.click()
    wait()
    yield "look-chosen", look
    yield "letterhead", LetterheadDialog(window.session, window)


__all__ = ["kinds", "look_and_letterhead"]
