"""The program at the counter in a process of its own, for a real mouse on a virtual display.

python -m tests.e2e.counter_driver FILE: each time a screen takes touches it prints, as one line of JSON, which screen
it is, the question asked, and where its buttons are.
"""

import json
import sys
from datetime import date
from pathlib import Path

from PySide6.QtCore import QSettings
from PySide6.QtWidgets import QAbstractButton

from cvdesk.shell.counter import CounterWindow
from cvdesk.shell.start import Desk, make_application


def main(path: Path) -> int:
    app = make_application(sys.argv[:1])
    settings = QSettings(str(path.parent / "window.ini"), QSettings.Format.IniFormat)
    desk = Desk(app, settings, lambda: date(2026, 11, 21))
    desk.open(path)
    assert isinstance(desk.shown, CounterWindow), "a restart leads out of it"
    window = desk.shown

    def ready(screen: str) -> None:
        places = {}
        for one in window.view.findChildren(QAbstractButton):
            if one.isVisible():
                middle = one.mapToGlobal(one.rect().center())
                places[one.accessibleName()] = (middle.x(), middle.y())
        line = {"screen": screen, "question": window.view.asking.question.text(), "buttons": places}
        sys.stdout.write(json.dumps(line) + "\n")
        sys.stdout.flush()

    window.view.ready.connect(ready)
    return app.exec()


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
