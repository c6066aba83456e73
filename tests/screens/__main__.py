"""python -m tests.screens OUT: every page and dialog (two sizes; light, dark, 200 %) and the report's pages as PNG."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from datetime import date
from pathlib import Path

TODAY = date(2026, 11, 21)
# name, appearance, scale
LOOKS = (("light", "light", "1"), ("dark", "dark", "1"), ("light200", "light", "2"))


def main(arguments: list[str]) -> int:
    """Draws each look in a process of its own, since Qt takes its scale at the start; then the report."""
    if len(arguments) != 1:
        print("usage: python -m tests.screens OUT", file=sys.stderr)
        return 2
    out = Path(arguments[0]).resolve()
    out.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        from cvdesk.exchange.sample import make_sample

        sample = Path(folder) / "Harbour Bakery.cvdesk"
        make_sample(sample, today=TODAY)
        for name, appearance, scale in LOOKS:
            environment = os.environ | {"QT_SCALE_FACTOR": scale, "QT_QPA_PLATFORM": "offscreen", "HOME": folder}
            command = [sys.executable, "-m", "tests.screens.draw", str(sample), str(out), name, appearance]
            subprocess.run(command, env=environment, check=True)
        report_pages(sample, out)
    print(f"{len(list(out.glob('*.png')))} pictures in {out}")
    return 0


def report_pages(sample: Path, out: Path) -> None:
    """The strategy report, a picture a page."""
    import pypdfium2

    from cvdesk.__main__ import main as command

    pdf = out / "value-strategy.pdf"
    command(["report", str(sample), "-o", str(pdf), "--today", TODAY.isoformat()])
    document = pypdfium2.PdfDocument(str(pdf))
    for number in range(len(document)):
        document[number].render(scale=1.5).to_pil().save(out / f"report-{number + 1:02d}.png")
    document.close()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
