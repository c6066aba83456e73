"""A real window in a process of its own: fills in a customer's sheet key by key, until it is killed.

python -m tests.e2e.sheet_driver FILE KEYS: types each key as soon as what came before is on disk, and says how many
keys that is; after the last one it waits.
"""

import sys
from datetime import date
from pathlib import Path

from PySide6.QtCore import QSettings, QTimer
from PySide6.QtTest import QTest

from cvdesk.shell.start import Desk, make_application
from tests.e2e.driver import say


def main(path: Path, keys: str) -> int:
    app = make_application(sys.argv[:1])
    settings = QSettings(str(path.parent / "window.ini"), QSettings.Format.IniFormat)
    desk = Desk(app, settings, lambda: date(2026, 11, 21))
    desk.open(path)
    window = desk.shown
    page = window.show_page("value")  # type: ignore[union-attr]
    page.show_record("customer")
    left = list(keys)

    def type_next() -> None:
        if left and not page.session.saving:
            QTest.keyClicks(window.focusWidget(), left.pop(0))

    def saving(under_way: bool) -> None:
        if not under_way:
            say(str(len(keys) - len(left)))
            QTimer.singleShot(0, type_next)

    page.session.saving_changed.connect(saving)
    QTimer.singleShot(0, type_next)
    return app.exec()


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]), sys.argv[2]))
