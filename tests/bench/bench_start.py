"""Start to usable window beside a bare PySide6 window with an empty table, in pairs in the same run.

python -m tests.bench.bench_start [FILE] [PAIRS]; without a file the sample business. Runs on a virtual display when
xvfb-run is there, else offscreen; says which. Goals at 1M: usable / bare <= 1.25, Home drawn <= 2.0, memory <= 1.6.
"""

import os
import shutil
import subprocess
import sys
import tempfile
from datetime import date
from pathlib import Path
from statistics import median

from cvdesk.exchange.sample import make_sample

# Each prints seconds since its process began (perf_counter of the parent is not shared, so CLOCK_MONOTONIC is) and kB.
_COMMON = """
import os, sys, time
began = float(os.environ["BENCH_BEGAN"])
def pss():
    lines = open("/proc/self/smaps_rollup").read().split("\\n")
    return next(int(line.split()[1]) for line in lines if line.startswith("Pss:"))
"""
_BARE = (
    _COMMON
    + """
from PySide6.QtWidgets import QApplication, QMainWindow, QTableView
from PySide6.QtGui import QStandardItemModel
app = QApplication([])
window = QMainWindow(); table = QTableView(); table.setModel(QStandardItemModel(0, 5)); window.setCentralWidget(table)
window.resize(1360, 800); window.show()
while not window.windowHandle().isExposed(): app.processEvents()
app.processEvents()
now = time.monotonic() - began
print(now, now, pss())
"""
)
_OURS = (
    _COMMON
    + """
from pathlib import Path
from cvdesk.shell import start
app = start.make_application([])
desk = start.Desk(app, start.window_settings())
desk.open(Path(sys.argv[1]))
window = desk.shown
while not window.windowHandle().isExposed(): app.processEvents()
app.processEvents()
usable = time.monotonic() - began
while window.session.readers.busy: app.processEvents()
app.processEvents()
print(usable, time.monotonic() - began, pss())
window.close()
"""
)


def once(code: str, *arguments: str) -> tuple[float, float, float]:
    """Seconds to the usable window, to everything drawn, and MB, of a fresh process."""
    import time

    environment = os.environ | {"BENCH_BEGAN": str(time.monotonic())}
    done = subprocess.run(
        [sys.executable, "-c", code, *arguments], env=environment, check=True, capture_output=True, text=True
    )
    usable, drawn, memory = (float(part) for part in done.stdout.split())
    return usable, drawn, memory / 1024


def main() -> None:
    """Prints medians and ratios."""
    if "DISPLAY" not in os.environ and shutil.which("xvfb-run") and "BENCH_INSIDE" not in os.environ:
        command = ["xvfb-run", "-a", "-s", "-screen 0 1600x1000x24", sys.executable, "-m", "tests.bench.bench_start"]
        environment = os.environ | {"BENCH_INSIDE": "1", "QT_QPA_PLATFORM": "xcb"}
        raise SystemExit(subprocess.call([*command, *sys.argv[1:]], env=environment))
    os.environ.setdefault("QT_QPA_PLATFORM", "xcb" if "DISPLAY" in os.environ else "offscreen")
    with tempfile.TemporaryDirectory() as folder:
        os.environ["XDG_CONFIG_HOME"] = folder
        # As on an owner's machine: modules were compiled when they were first used.
        os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
        os.environ["PYTHONPYCACHEPREFIX"] = str(Path(folder) / "compiled")
        path = Path(sys.argv[1]) if len(sys.argv) > 1 else Path(folder) / "sample.cvdesk"
        if not path.exists():
            make_sample(path, today=date.today())
        pairs = int(sys.argv[2]) if len(sys.argv) > 2 else 11
        once(_BARE)
        once(_OURS, str(path))  # the first start compiles, works Home's figures out and keeps them
        bare, ours = [], []
        for _pair in range(pairs):
            bare.append(once(_BARE))
            ours.append(once(_OURS, str(path)))
    middle = [[median(run[place] for run in runs) for place in range(3)] for runs in (bare, ours)]
    print(f"{pairs} pairs on {os.environ['QT_QPA_PLATFORM']}, {path.name}, medians")
    print(f"bare window: {middle[0][0]:.3f} s, {middle[0][2]:.0f} MB")
    print(f"CV Desk: usable {middle[1][0]:.3f} s, Home drawn {middle[1][1]:.3f} s, {middle[1][2]:.0f} MB")
    ratios = (middle[1][0] / middle[0][0], middle[1][1] / middle[0][0], middle[1][2] / middle[0][2])
    print("ratios: usable {:.2f}, Home drawn {:.2f}, memory {:.2f}".format(*ratios))


if __name__ == "__main__":
    main()
