"""The Value page's scorecard over 20,000 answer rows: from the change of a filter until it is painted.

python tests/bench/bench_scorecard.py FILE [TODAY]; FILE as made by `cvdesk sample FILE --entries 42000 --today TODAY`
(840 sheets hold about 20,000 answers). Prints medians in milliseconds; the page is drawn off the screen.
"""

from __future__ import annotations

import os
import statistics
import sys
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QEventLoop
from PySide6.QtWidgets import QApplication

from cvdesk.catalogue.records import Filter
from cvdesk.db import open_file
from cvdesk.figures.store import default_period
from cvdesk.kit.session import Session
from cvdesk.kit.theme import Theme
from cvdesk.value.page import ValuePage
from cvdesk.value.store_answers import latest
from cvdesk.value.store_evidence_sheets import sheets_behind
from cvdesk.value.store_scorecard import scorecard
from cvdesk.value.store_scorecard_more import board, more
from cvdesk.value.store_sources import incidents

_ANSWERS = "SELECT count(*) FROM answers WHERE state = 'answered'"
TIMES = 9


def median(work: Callable[[], object]) -> float:
    """Median milliseconds of several runs."""
    taken = []
    for _ in range(TIMES):
        start = time.perf_counter()
        work()
        taken.append(1000 * (time.perf_counter() - start))
    return statistics.median(taken)


def painted(app: QApplication, page: ValuePage, chosen: Filter) -> None:
    """Changes the filter and waits until the page shows the scorecard of it."""
    shown = QEventLoop()
    page.board.titled.connect(shown.quit)
    page.session.set_filter(chosen)
    shown.exec()
    page.grab()


def settled(app: QApplication, page: ValuePage) -> None:
    """Waits for what follows the scorecard: what is behind the selected line, kinds, other weights."""
    while page.session.readers.busy:
        app.processEvents(QEventLoop.ProcessEventsFlag.AllEvents, 5)
        time.sleep(0.005)  # so that the window's thread does not take the readers' time


def main(path: Path, today: date) -> None:
    app = QApplication([])
    session = Session(open_file(path), Theme(app, "light"), lambda: today)
    file = session.file
    whole = Filter(default_period(file, today))
    found, answers = board(file, whole, today), latest(file, whole, today)
    print(f"{file.value(_ANSWERS)} answers, {file.value('SELECT count(*) FROM entries')} entries")
    for name, work in (
        ("answers read", lambda: latest(file, whole, today)),
        ("incidents", lambda: incidents(file, whole, today, answers)),
        ("scorecard", lambda: scorecard(file, whole, today)),
        ("what stands beside it", lambda: more(file, whole, today, found)),
        ("sheets behind a factor", lambda: sheets_behind(file, ["quality"], whole, today)),
    ):
        print(f"{name:28}{median(work):8.1f} ms")
    page = ValuePage(session)
    page.resize(1360, 800)
    page.show()
    settled(app, page)
    filters = [whole, replace(whole, period=replace(whole.period, start=whole.period.start.replace(day=2)))]
    taken = []
    for turn in range(2 * TIMES):
        start = time.perf_counter()
        painted(app, page, filters[(turn + 1) % 2])
        taken.append(1000 * (time.perf_counter() - start))
        settled(app, page)
    print(f"{'filter changed to painted':28}{statistics.median(taken):8.1f} ms, worst {max(taken):.1f} ms")
    page.close()
    session.close()


if __name__ == "__main__":
    main(Path(sys.argv[1]), date.fromisoformat(sys.argv[2]) if len(sys.argv) > 2 else date.today())
