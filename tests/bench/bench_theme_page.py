"""The Themes page over 100,000 entries: from the click until the ranking is painted, and its first opening.

python tests/bench/bench_theme_page.py FILE [TODAY]; FILE from `cvdesk sample FILE --entries 100000 --today TODAY`.
Prints medians in milliseconds; the page is drawn off the screen.
"""

from __future__ import annotations

import os
import statistics
import sys
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QEventLoop
from PySide6.QtWidgets import QApplication

from cvdesk.catalogue.records import Filter, Period
from cvdesk.db import open_file
from cvdesk.figures.store import default_period
from cvdesk.kit.session import Session
from cvdesk.kit.theme import Theme

TIMES = 9


def median(work: Callable[[], object]) -> float:
    """Median milliseconds of several runs."""
    taken = []
    for _ in range(TIMES):
        start = time.perf_counter()
        work()
        taken.append(1000 * (time.perf_counter() - start))
    return statistics.median(taken)


def settled(app: QApplication, session: Session) -> None:
    """Waits until nothing is being read any more."""
    while session.readers.busy or session.lookers.busy:
        app.processEvents(QEventLoop.ProcessEventsFlag.AllEvents, 5)
        time.sleep(0.005)  # so that the window's thread does not take the readers' time


def main(path: Path, today: date) -> None:
    app = QApplication([])
    session = Session(open_file(path), Theme(app, "light"), lambda: today)
    start = time.perf_counter()
    from cvdesk.themes.page import ThemesPage

    page = ThemesPage(session)
    page.resize(1150, 780)
    page.show()
    shown = QEventLoop()
    page.ranking.titled.connect(shown.quit)
    shown.exec()
    page.grab()
    print(f"{'first opening':34}{1000 * (time.perf_counter() - start):8.1f} ms")
    settled(app, session)
    whole = default_period(session.file, today)
    from cvdesk.themes.store_quotes import one_theme
    from cvdesk.themes.store_rank import ranking
    from cvdesk.themes.store_rank_more import more

    for name, period in (("12 months", Period.last_months(12, today)), ("ten years", whole)):
        chosen = Filter(period)
        other = replace(chosen, period=Period(period.start + timedelta(days=1), period.end))
        found = ranking(session.file, chosen, today)
        theme = found.rows[0].figure.id
        print(f"{name + ', read':34}{median(lambda: ranking(session.file, chosen, today)):8.1f} ms")  # noqa: B023
        print(f"{name + ', what follows':34}{median(lambda: more(session.file, chosen, today, found)):8.1f} ms")  # noqa: B023
        print(f"{name + ', one theme':34}{median(lambda: one_theme(session.file, theme, chosen, today)):8.1f} ms")  # noqa: B023
        taken, complete = [], []
        for turn in range(2 * TIMES):
            start = time.perf_counter()
            session.set_filter((other, chosen)[turn % 2])
            shown.exec()
            page.grab()
            taken.append(1000 * (time.perf_counter() - start))
            settled(app, session)
            page.grab()
            complete.append(1000 * (time.perf_counter() - start))
        print(f"{name + ', changed to painted':34}{statistics.median(taken):8.1f} ms, worst {max(taken):.1f} ms")
        print(f"{name + ', until all is there':34}{statistics.median(complete):8.1f} ms")
    page.close()
    session.close()


if __name__ == "__main__":
    main(Path(sys.argv[1]), date.fromisoformat(sys.argv[2]) if len(sys.argv) > 2 else date.today())
