"""The Value page's further tabs over 20,000 answers and 100,000 purchases: from a change of the filter until painted.

python tests/bench/bench_value_views.py FILE [TODAY]; FILE as made by `cvdesk sample FILE --entries 42000 --today TODAY`
(about 20,000 answers). Purchases and sheets about a competitor are added to a copy. Medians in milliseconds.
"""

from __future__ import annotations

import os
import random
import shutil
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from functools import partial
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QEventLoop
from PySide6.QtWidgets import QApplication

from cvdesk.catalogue.records import Filter, Period
from cvdesk.db import BusinessFile, Operation, open_file
from cvdesk.figures.store import default_period
from cvdesk.kit.session import Session
from cvdesk.kit.theme import Theme
from cvdesk.value.page import ValuePage
from cvdesk.value.records_groups import KINDS
from cvdesk.value.records_rivals import Competitor
from cvdesk.value.store_groups import groups
from cvdesk.value.store_pays import pays
from cvdesk.value.store_rivals import against, save_competitor
from cvdesk.value.store_rivals_grid import grid

PURCHASES = 100_000
USED_BOTH = 300
TIMES = 7
_OURS = """
SELECT id, customer_id, date FROM assessments WHERE kind = 'customer' AND state = 'done' AND customer_id IS NOT NULL
AND competitor_id IS NULL ORDER BY date DESC LIMIT ?
"""
_RATED = """
SELECT question_version_id, value FROM answers JOIN question_versions AS version ON version.id = question_version_id
JOIN questions ON questions.id = version.question_id
WHERE assessment_id = ? AND state = 'answered' AND factor_id IS NOT NULL
"""


def median(work: Callable[[], object]) -> float:
    """Median milliseconds of several runs."""
    taken = []
    for _ in range(TIMES):
        start = time.perf_counter()
        work()
        taken.append(1000 * (time.perf_counter() - start))
    return statistics.median(taken)


def fill_up(op: Operation, today: date) -> int:
    """Purchases up to the wanted number, and sheets of customers who used both. Gives the competitor's id."""
    dice = random.Random(1)
    people = [row[0] for row in op.rows("SELECT id FROM customers")]
    for _ in range(PURCHASES - int(op.value("SELECT count(*) FROM purchases"))):
        day = today - timedelta(days=dice.randrange(3650))
        op.insert("purchases", {
            "customer_id": dice.choice(people), "date": day.isoformat(), "amount_minor": dice.randrange(200, 9000),
        })  # fmt: skip
    rival = save_competitor(op, Competitor(None, "The other one", 1.1))
    for sheet, customer, day in op.rows(_OURS, (USED_BOTH,)):
        about = op.insert("assessments", {
            "kind": "customer", "form": "full", "state": "done", "date": day, "customer_id": customer,
            "competitor_id": rival, "way": "used_both",
        })  # fmt: skip
        for version, value in op.rows(_RATED, (sheet,)):
            told = min(5.0, max(1.0, value + dice.randint(-1, 1)))
            op.insert("answers", {
                "assessment_id": about, "question_version_id": version, "state": "answered", "value": told,
            })  # fmt: skip
    return rival


def stores(file: BusinessFile, whole: Filter, today: date, rival: int) -> None:
    """What the tabs ask of the file."""
    for kind in KINDS:
        print(f"{'groups by ' + kind:28}{median(partial(groups, file, kind, whole, today)):8.1f} ms")
    print(f"{'against a competitor':28}{median(lambda: against(file, rival, whole, today)):8.1f} ms")
    print(f"{'grid':28}{median(lambda: grid(file, whole, today)):8.1f} ms")
    print(f"{'does value pay':28}{median(lambda: pays(file, whole, today)):8.1f} ms")


def painted(app: QApplication, page: ValuePage, key: str, wanted: list[Filter]) -> None:
    """Changes the filter and waits until the tab shows what is asked for, painted."""
    shown = QEventLoop()
    view = page.views.view(key)
    view.titled.connect(shown.quit)
    page.session.set_filter(wanted[0])
    wanted.append(wanted.pop(0))
    shown.exec()
    page.grab()
    view.titled.disconnect(shown.quit)
    app.processEvents()


def main(source: Path, today: date) -> None:
    app = QApplication([])
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "copy.cvdesk"
        shutil.copy(source, path)
        session = Session(open_file(path), Theme(app, "light"), lambda: today)
        file = session.file
        rival = file.run("Fill up", lambda op: fill_up(op, today)).result
        whole = Filter(default_period(file, today))
        counts = [file.value(f"SELECT count(*) FROM {table}") for table in ("answers", "purchases", "entries")]
        print("{} answers, {} purchases, {} entries".format(*counts))
        stores(file, whole, today, rival)
        page = ValuePage(session)
        page.resize(1150, 780)
        page.show()
        while session.readers.busy or session.saving:
            app.processEvents(QEventLoop.ProcessEventsFlag.AllEvents, 5)
        for key in ("groups", "competitors", "pays"):
            page.choose_view(key)
            while session.readers.busy:
                app.processEvents(QEventLoop.ProcessEventsFlag.AllEvents, 5)
            other = replace(whole, period=Period(whole.period.start + timedelta(days=1), whole.period.end))
            session.set_filter(whole)
            while session.readers.busy:
                app.processEvents(QEventLoop.ProcessEventsFlag.AllEvents, 5)
            wanted = [other, whole]
            print(f"{'tab ' + key:28}{median(lambda: painted(app, page, key, wanted)):8.1f} ms")  # noqa: B023
        page.close()
        session.close()


if __name__ == "__main__":
    main(Path(sys.argv[1]), date.fromisoformat(sys.argv[2]) if len(sys.argv) > 2 else date.today())
