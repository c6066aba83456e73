"""Draws the pages and dialogs in one look: python -m tests.screens.draw SAMPLE OUT NAME APPEARANCE."""

from __future__ import annotations

import shutil
import sys
from functools import partial
from pathlib import Path

from PySide6.QtCore import QDeadlineTimer, QEventLoop, QLocale, QSettings
from PySide6.QtWidgets import QApplication

from cvdesk.catalogue.records import Business
from cvdesk.db import open_file
from cvdesk.exchange.new import make_business
from cvdesk.kit.session import Session
from cvdesk.kit.theme import Theme, load_further_fonts
from cvdesk.shell.window import Window
from tests.screens.__main__ import TODAY
from tests.screens.dialogs import dialogs, views

SIZES = ((1360, 800), (1024, 700))


def settle(app: QApplication, session: Session | None = None) -> None:
    """Lets the window do what is waiting, until nothing is on its way any more."""
    deadline = QDeadlineTimer(20_000)
    quiet = 0
    while quiet < 5 and not deadline.hasExpired():
        app.processEvents(QEventLoop.ProcessEventsFlag.AllEvents, 50)
        busy = session is not None and (session.saving or session.readers.busy or session.lookers.busy)
        quiet = 0 if busy else quiet + 1


def shown_value_form(window: Window) -> None:
    """The guided form with some answers, as the owner's own guess."""
    window.show_page("value")
    window.page().start_guess()  # type: ignore[attr-defined]


def draw_file(
    app: QApplication, theme: Theme, path: Path, out: Path, name: str, sizes: tuple[tuple[int, int], ...]
) -> None:
    """All pages of a file in all sizes."""
    settings = QSettings(str(out / "window.ini"), QSettings.Format.IniFormat)
    session = Session(open_file(path), theme, lambda: TODAY)
    window = Window(session, settings, lambda _what: None)
    window.refresh_counts()
    window.show()
    for width, height in sizes:
        window.resize(width, height)
        for key in window._entries:
            page = window.show_page(key)
            settle(app, session)
            if hasattr(page, "select_first"):
                page.select_first()
                settle(app, session)
            window.grab().save(str(out / f"{name}-{width}-{key}.png"))
        shown_value_form(window)
        settle(app, session)
        window.grab().save(str(out / f"{name}-{width}-score.png"))
        window.page().leave_form()  # type: ignore[attr-defined]
        settle(app, session)
    wait = partial(settle, app, session)
    for view, widget in views(window, settings, wait):
        widget.show()
        wait()
        widget.grab().save(str(out / f"{name}-{view}.png"))
    window.show_page("home")
    for dialog_name, dialog in dialogs(window, theme, path.parent, wait):
        dialog.show()
        wait()
        dialog.grab().save(str(out / f"{name}-dialog-{dialog_name}.png"))
        dialog.close()
    window.close()
    (out / "window.ini").unlink(missing_ok=True)


def main(arguments: list[str]) -> int:
    """Draws one look."""
    sample, out, name, appearance = Path(arguments[0]), Path(arguments[1]), arguments[2], arguments[3]
    app = QApplication([])
    QLocale.setDefault(QLocale("en_GB"))
    theme = Theme(app, appearance)
    load_further_fonts()
    copy = sample.with_name(f"{name}.cvdesk")
    shutil.copy(sample, copy)
    draw_file(app, theme, copy, out, name, SIZES)
    empty = sample.with_name(f"{name} empty.cvdesk")
    make_business(empty, Business("Harbour Bakery")).close()
    draw_file(app, theme, empty, out, f"{name}-weekone", SIZES[:1])
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
