"""What the start may not cost: libraries that the first picture does not need."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
HEAVY = (
    "numpy", "pyqtgraph", "reportlab", "sqlite_utils", "pypdf", "pypdfium2", "openpyxl", "dateutil", "rapidfuzz",
    "phonenumbers", "clevercsv", "charset_normalizer", "scipy", "PIL", "uharfbuzz", "bidi",
)  # fmt: skip
FIRST_PAINT = """
import sys
from datetime import date
from pathlib import Path
from PySide6.QtCore import QSettings, QEventLoop
from cvdesk.shell.start import Desk, make_application

app = make_application(["cvdesk"])
path = Path(sys.argv[1])
desk = Desk(app, QSettings(str(path.parent / "window.ini"), QSettings.Format.IniFormat), lambda: date(2026, 11, 21))
desk.open(path)
window = desk.shown
window.repaint()
if sys.argv[2] == "figures":
    while window.session.readers.busy or window.session.saving:
        app.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents, 50)
    window.repaint()
import json
names = sorted({name.partition(".")[0] for name in sys.modules})
print(json.dumps({"modules": names, "title": window.page().heading.accessibleName()}))
window.close()
"""


def first_paint(path, wait):
    return json.loads(run([sys.executable, "-c", FIRST_PAINT, str(path), wait]))


def run(command):
    """What a program of its own prints."""
    done = subprocess.run(command, check=False, cwd=ROOT, capture_output=True, text=True, timeout=60)
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_nothing_heavy_is_imported_before_the_first_picture(sample):
    imported = first_paint(sample, "window")["modules"]
    assert [name for name in HEAVY if name in imported] == []


@pytest.mark.display
def test_nor_for_the_figures_of_home_once_they_are_kept(sample):
    first = first_paint(sample, "figures")
    again = first_paint(sample, "figures")
    assert [name for name in HEAVY if name in again["modules"]] == []
    assert again["title"] == first["title"]
    assert again["title"] != "Home"


def test_the_command_line_needs_no_window(tmp_path):
    code = (
        "import sys; from cvdesk.__main__ import main; main(['new', sys.argv[1], '--name', 'Shop']);"
        "print([name for name in sys.modules if name.startswith('PySide6')])"
    )
    path = tmp_path / "shop.cvdesk"
    assert run([sys.executable, "-c", code, str(path)]).splitlines()[-1] == "[]"
    assert path.exists()


def test_the_words_of_the_command_line_open_no_file():
    loaded = run([sys.executable, "-c", "import sys, cvdesk.arguments; print('sqlite3' in sys.modules)"])
    assert loaded.strip() == "False"
