"""What one key costs in the capture line of a file with 5,000 customers: the handling, and with the painting.

python -m tests.bench.bench_capture_keys [ENTRIES]
"""

from __future__ import annotations

import sys
import tempfile
import time
from datetime import date
from pathlib import Path

from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from cvdesk.db import open_file
from cvdesk.exchange.sample import make_sample
from cvdesk.feedback.page_capture import CaptureBar
from cvdesk.kit.session import Session
from cvdesk.kit.theme import Theme
from cvdesk.kit.widgets import column

TODAY = date(2026, 11, 21)
LINES = (
    "{name}: bread arrived late again, 2 stars, phone, yesterday #late-delivery, I'll ring thursday",
    "maira alvarrez: the rye loaf was stale, said he'd never come back, 1*, email, last friday, !safety",
    "nuts in the plain loaf my daughter is allergic, someone phoned on 3/11 about it, 020 7946 0018",
)


def typed(app: QApplication, bar: CaptureBar, text: str) -> list[tuple[float, float]]:
    """Milliseconds of each key: until it is handled, and until it is painted."""
    found = []
    for mark in text:
        began = time.perf_counter()
        QTest.keyClicks(bar.line, mark)
        handled = time.perf_counter()
        app.processEvents()
        found.append(((handled - began) * 1000, (time.perf_counter() - began) * 1000))
    bar.set_line("")
    app.processEvents()
    return found


def main(entries: int) -> None:
    app = QApplication([])
    with tempfile.TemporaryDirectory(prefix="cvdesk-bench-") as folder:
        path = Path(folder) / "large.cvdesk"
        make_sample(path, entries, today=TODAY)
        session = Session(open_file(path), Theme(app, "light"), lambda: TODAY)
        holder = QWidget()
        bar = CaptureBar(session)
        column(holder).addWidget(bar)
        holder.resize(900, 300)
        holder.show()
        bar.focus_line()
        while session.lookers.busy:
            app.processEvents()
        name = session.file.value("SELECT name FROM customers ORDER BY id LIMIT 1 OFFSET 1200").lower()
        for turn in ("first time", "again"):
            times = [one for text in LINES for one in typed(app, bar, text.format(name=name))]
            for what, place in (("handled", 0), ("painted", 1)):
                ordered = sorted(one[place] for one in times)
                middle, high = ordered[len(ordered) // 2], ordered[int(len(ordered) * 0.95)]
                print(f"{turn}, {what}: median {middle:.2f} ms, 95 % {high:.2f} ms, slowest {ordered[-1]:.2f} ms")
        holder.close()
        session.close()


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 100_000)
