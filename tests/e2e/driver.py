"""A real window in a process of its own: logs entries as quickly as they are confirmed, until it is killed.

python -m tests.e2e.driver FILE COUNT [HALF]: prints the id of each confirmed entry; after COUNT of them types HALF
and leaves it half-typed, saying "typed" once it is on its way to the disk.
"""

import sys
from datetime import date
from pathlib import Path

from PySide6.QtCore import QSettings, Qt
from PySide6.QtTest import QTest

from cvdesk.feedback.page_capture import DRAFT
from cvdesk.shell.start import Desk, make_application

PEOPLE = ("", "maria alvarez: ", "tom reed: ", "ines duarte: ")


def say(words: str) -> None:
    """A line for whoever started this."""
    sys.stdout.write(words + "\n")
    sys.stdout.flush()


def main(path: Path, count: int, half: str) -> int:
    app = make_application(sys.argv[:1])
    settings = QSettings(str(path.parent / "window.ini"), QSettings.Format.IniFormat)
    desk = Desk(app, settings, lambda: date(2026, 11, 21))
    desk.open(path)
    window = desk.shown
    page = window.show_page("feedback")  # type: ignore[union-attr]
    bar = page.capture
    done = 0

    def log_next() -> None:
        who, stars = PEOPLE[done % len(PEOPLE)], done % 5 + 1
        bar.set_line(f"{who}note {done}, {stars} stars, phone" + ", complaint" * (done % 10 == 0))
        QTest.keyClick(bar.line, Qt.Key.Key_Return)
        if bar.line.text():
            sys.stderr.write(bar.note.text())
            app.exit(3)

    def logged(ids: object) -> None:
        nonlocal done
        done += 1
        say(str(ids.entry_id))  # type: ignore[attr-defined]
        if done < count:
            log_next()
        elif half:
            QTest.keyClicks(bar.line, half)

    def saving(under_way: bool) -> None:
        if not under_way and done == count and page.session.draft(DRAFT) == half:
            say("typed")

    bar.logged.connect(logged)
    page.session.saving_changed.connect(saving)
    log_next()
    return app.exec()


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]), int(sys.argv[2]), sys.argv[3] if len(sys.argv) > 3 else ""))
