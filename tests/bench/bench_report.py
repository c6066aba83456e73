"""The value-strategy report: gathering, writing, and the whole command, beside bare reportlab with as many pages.

python -m tests.bench.bench_report [FILE]; without a file the sample business is made. Goal: <= 1.3 x the same pages by
bare reportlab; the floor here draws as many pages of plain table rows and lines, which is less than the report draws.
"""

import subprocess
import sys
import tempfile
import time
from datetime import date
from pathlib import Path
from statistics import median

from cvdesk.catalogue.records import Filter, Period
from cvdesk.db import open_file
from cvdesk.exchange.sample import make_sample
from cvdesk.reports import report, store

TODAY = date(2026, 11, 21)
TIMES = 7


def bare_pages(path: Path, pages: int) -> None:
    """As many pages with 45 lines of text and a polyline each, by the canvas alone."""
    from reportlab.pdfgen.canvas import Canvas

    canvas = Canvas(str(path))
    for _page in range(pages):
        canvas.setFont("Helvetica", 9)
        for row in range(45):
            canvas.drawString(60, 780 - 16 * row, "Delivery and appointments   3.6   3.4 to 3.7   143   clear")
            canvas.line(60, 776 - 16 * row, 540, 776 - 16 * row)
        canvas.showPage()
    canvas.save()


def timed(work: object) -> float:
    """Milliseconds, the median of several runs."""
    found = []
    for _run in range(TIMES):
        started = time.perf_counter()
        work()  # type: ignore[operator]
        found.append((time.perf_counter() - started) * 1000)
    return median(found)


def main() -> None:
    """Prints the figures."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(sys.argv[1]) if len(sys.argv) > 1 else Path(folder) / "sample.cvdesk"
        if not path.exists():
            make_sample(path, today=TODAY)
        out = Path(folder) / "report.pdf"
        chosen = Filter(Period.last_months(12, TODAY))
        with open_file(path, read_only=True) as file:
            gathering = timed(lambda: store.gather(file, chosen, TODAY))
            data = store.gather(file, chosen, TODAY)
        writing = timed(lambda: out.write_bytes(report.as_pdf(data)))
        import pypdf

        pages = len(pypdf.PdfReader(out).pages)
        floor = timed(lambda: bare_pages(Path(folder) / "bare.pdf", pages))
        command = [sys.executable, "-m", "cvdesk", "report", str(path), "-o", str(out), "--today", TODAY.isoformat()]
        whole = timed(lambda: subprocess.run(command, check=True, capture_output=True))
    print(f"{pages} pages: gather {gathering:.0f} ms, write {writing:.0f} ms, the whole command {whole:.0f} ms")
    print(f"bare canvas, as many plain pages: {floor:.0f} ms; write / bare: {writing / floor:.1f}")


if __name__ == "__main__":
    main()
