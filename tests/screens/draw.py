"""Draws the pages and dialogs in one look: python -m tests.screens.draw SAMPLE OUT NAME APPEARANCE."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Iterator
from pathlib import Path

from PySide6.QtCore import QDeadlineTimer, QEventLoop, QLocale, QSettings
from PySide6.QtWidgets import QApplication, QWidget

from cvdesk.catalogue.records import Business
from cvdesk.db import open_file
from cvdesk.exchange.new import make_business
from cvdesk.kit.session import Session
from cvdesk.kit.theme import Theme, load_further_fonts
from cvdesk.shell.window import Window
from tests.screens.__main__ import TODAY

SIZES = ((1360, 800), (1024, 700))
LIST = """Date;Customer;Stars;Comment;Channel;Weather
14/11/2026;Maria Alvarez;4;"Rye again, at last";Stall;Rain
14/11/2026;Jo Park;5;Best buns on the market;Stall;Rain
15/11/2026;;2;"Sold out by ten;
came for nothing";Phone;Dry
15/11/2026;Café Lumen;5;Order was early;Email;Dry
16/11/2026;Grace Osei;3;Queue;Stall;Dry
31/11/2026;Ana Ruiz;4;Lovely as ever;Stall;Dry
"""


def settle(app: QApplication, session: Session | None = None) -> None:
    """Lets the window do what is waiting, until nothing is on its way any more."""
    deadline = QDeadlineTimer(20_000)
    quiet = 0
    while quiet < 5 and not deadline.hasExpired():
        app.processEvents(QEventLoop.ProcessEventsFlag.AllEvents, 50)
        busy = session is not None and (session.saving or session.readers.busy or session.lookers.busy)
        quiet = 0 if busy else quiet + 1


def dialogs(window: Window, theme: Theme, folder: Path) -> Iterator[tuple[str, QWidget]]:
    """The dialogs, by name."""
    from cvdesk.exchange.page_import import ImportDialog
    from cvdesk.shell.capture import CaptureDialog
    from cvdesk.shell.help import AboutDialog, HelpDialog, example
    from cvdesk.shell.newfile import NewFileDialog
    from cvdesk.shell.welcome import Welcome

    yield "welcome", Welcome(theme, [folder / "Harbour Bakery.cvdesk"])
    yield "new-file", NewFileDialog(theme, folder)
    capture = CaptureDialog(window.session, window)
    capture.bar.set_line(example())
    yield "capture", capture
    yield "help", HelpDialog(theme)
    yield "about", AboutDialog(theme)
    said = folder / "market stall.csv"
    said.write_text(LIST, encoding="utf-8")
    yield "import", ImportDialog(window.session, said, window)
    sheet = folder / "market stall.xlsx"
    sheet.write_bytes(b"PK\x03\x04 xl/workbook")
    yield "import-refused", ImportDialog(window.session, sheet, window)


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
    for dialog_name, dialog in dialogs(window, theme, path.parent):
        dialog.show()
        settle(app, session)
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
