"""The dialogs and other faces of the window, by name, each as somebody would meet it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from PySide6.QtCore import QSettings
from PySide6.QtWidgets import QDialog, QWidget

from cvdesk.kit.theme import Theme
from cvdesk.shell.window import Window
from cvdesk.surveys import store
from cvdesk.trends.page_phase import PhaseDialog
from tests.screens import reports

Wait = Callable[[], None]
LIST = """Date;Customer;Stars;Comment;Channel;Weather
14/11/2026;Maria Alvarez;4;"Rye again, at last";Stall;Rain
14/11/2026;Jo Park;5;Best buns on the market;Stall;Rain
15/11/2026;;2;"Sold out by ten;
came for nothing";Phone;Dry
15/11/2026;Café Lumen;5;Order was early;Email;Dry
16/11/2026;Grace Osei;3;Queue;Stall;Dry
31/11/2026;Ana Ruiz;4;Lovely as ever;Stall;Dry
"""
REVIEWS = """Grace O.
★★★★★ 3 weeks ago
Best sourdough in town.
The girls behind the counter remember my order.

Tom Reed
★★☆☆☆ a month ago
Queue was long again and they were out of rye.
Response from the owner
Thank you Tom, we bake more rye from Monday.
"""


def dialogs(window: Window, theme: Theme, folder: Path, wait: Wait) -> Iterator[tuple[str, QWidget]]:
    """What opens beside a page. Each is looked at before the next is made."""
    yield from _beginning(window, theme, folder)
    yield from _in_and_out(window, folder, wait)
    yield from _listening(window, wait)
    yield from _measuring(window, wait)
    yield from _finding(window, wait)
    yield from reports.look_and_letterhead(window, wait)


def _beginning(window: Window, theme: Theme, folder: Path) -> Iterator[tuple[str, QWidget]]:
    from cvdesk.shell.help import AboutDialog, HelpDialog
    from cvdesk.shell.help_act import ActHelp
    from cvdesk.shell.help_figures import FiguresHelp
    from cvdesk.shell.help_tips import TipsHelp
    from cvdesk.shell.help_understand import UnderstandHelp
    from cvdesk.shell.newfile import NewFileDialog
    from cvdesk.shell.welcome import Welcome

    yield "welcome", Welcome(theme, [folder / "Harbour Bakery.cvdesk"])
    yield "new-file", NewFileDialog(theme, folder)
    yield "help", HelpDialog(theme)
    yield "help-figures", FiguresHelp(theme)
    yield "help-understand", UnderstandHelp(theme)
    yield "help-act", ActHelp(theme)
    yield "help-tips", TipsHelp(window.session)
    yield "about", AboutDialog(theme)


def _in_and_out(window: Window, folder: Path, wait: Wait) -> Iterator[tuple[str, QWidget]]:
    from cvdesk.exchange.page_export import ExportDialog
    from cvdesk.exchange.page_import import ImportDialog

    yield "import-start", ImportDialog(window.session, None, window)
    said = folder / "market stall.csv"
    said.write_text(LIST, encoding="utf-8")
    yield "import", ImportDialog(window.session, said, window)
    done = ImportDialog(window.session, said, window)
    done.show()
    wait()
    done.import_now()
    yield "import-done", done
    sheet = folder / "market stall.xlsx"
    sheet.write_bytes(b"PK\x03\x04 xl/workbook")
    yield "import-refused", ImportDialog(window.session, sheet, window)
    yield "export", ExportDialog(window.session, None, window, folder, "xlsx")


def _listening(window: Window, wait: Wait) -> Iterator[tuple[str, QWidget]]:
    from cvdesk.complaints.page_targets import HandlingDialog, TargetsDialog
    from cvdesk.feedback.page_batch import BatchDialog
    from cvdesk.feedback.page_reviews import ReviewsDialog
    from cvdesk.feedback.page_snippets import SnippetsDialog
    from cvdesk.shell.capture import CaptureDialog
    from cvdesk.shell.help import example

    capture = CaptureDialog(window.session, window)
    capture.bar.set_line(example())
    yield "capture", capture
    safety = CaptureDialog(window.session, window)
    safety.bar.set_line("jo park: the rye had no nut warning, !safety, !promise ring Thursday")
    yield "capture-safety", safety
    batch = BatchDialog(window.session, window)
    yield "batch", batch
    reviews = ReviewsDialog(window.session, window)
    reviews.block.setPlainText(REVIEWS)
    reviews.show()
    wait()
    reviews.split()
    yield "reviews", reviews
    yield "snippets", SnippetsDialog(window.session, "Dear {name}, thank you.", window)
    yield "targets", TargetsDialog(window.session, "", window)
    yield "handling", HandlingDialog(window.session.theme, window)


def _measuring(window: Window, wait: Wait) -> Iterator[tuple[str, QWidget]]:
    from cvdesk.catalogue.page_factors import FactorsDialog
    from cvdesk.shell.counter_start import CounterDialog
    from cvdesk.surveys.page_rapid import RapidEntry
    from cvdesk.surveys.page_return_reply import paste_reply

    for key in ("factors", "questions", "trade"):
        setting_up = FactorsDialog(window.session, window)
        setting_up.tabs.choose(key)
        setting_up._go(key)
        yield f"set-up-{key}", setting_up
    file = window.session.file
    short = file.value("SELECT id FROM surveys WHERE form = 'short'")
    if short is not None:
        typing = RapidEntry(window.session, short, window)
        yield "typing-begin", typing
        typing = RapidEntry(window.session, short, window)
        typing.open_without_code()
        yield "typing", typing
    reply = paste_reply(window.session, window)
    yield "reply", reply
    yield "counter-start", CounterDialog(window.session, None, lambda _survey: None, window)


def _finding(window: Window, wait: Wait) -> Iterator[tuple[str, QWidget]]:
    from cvdesk.shell.history import DeletedDialog, HistoryDialog
    from cvdesk.shell.logonly_pin import StartDialog

    window.open("command", "search")
    search = next(one for one in window.findChildren(QDialog) if hasattr(one, "results"))
    search.field.setText("late")  # type: ignore[attr-defined]
    wait()
    yield "search", search
    file = window.session.file
    newest = file.value("SELECT id FROM entries ORDER BY position DESC")
    if newest is not None:
        file.run("Change the rating", lambda op: op.update("entries", newest, {"rating": 3.0}))
        yield "history", HistoryDialog(window.session, "entries", newest, window)
        file.run("Delete feedback", lambda op: op.delete("entries", newest))
    yield "deleted", DeletedDialog(window.session, window)
    yield "log-only-start", StartDialog(window.session, lambda: None, window)


def views(window: Window, settings: QSettings, wait: Wait) -> Iterator[tuple[str, QWidget]]:
    """Pages in another state than they open in, and the log-only view."""
    from cvdesk.shell.logonly import LogOnlyWindow

    complaints = window.show_page("complaints")
    complaints.toggle_board()  # type: ignore[attr-defined]
    yield "board", window
    complaints.toggle_board()  # type: ignore[attr-defined]
    complaints.add.click()  # type: ignore[attr-defined]
    yield "new-complaint", window
    wait()
    customers = window.show_page("customers")
    customers.show_record("duplicates")
    yield "duplicates", window
    yield from _value(window, wait)
    yield from _surveys(window, wait)
    yield from _themes(window)
    yield from _trends(window, wait)
    yield from _act(window)
    yield from reports.kinds(window, wait)
    window.show_page("home")
    yield "log-only", LogOnlyWindow(window.session, settings, lambda _what: None)


def _value(window: Window, wait: Wait) -> Iterator[tuple[str, QWidget]]:
    page: Any = window.show_page("value")
    if window.session.file.value("SELECT 1 FROM assessments") is None:
        return
    for key in ("groups", "competitors", "pays"):
        page.choose_view(key)
        yield f"value-{key}", window
    page.choose_view("scorecard")
    for key in ("kinds", "verdict"):
        page.board.switch.choose(key)
        page.board._switched(key)
        yield f"value-{key}", window
    page.board._switched("parts")
    page.show_record("customer")
    yield "score-customer", window
    page.leave_form()


def _themes(window: Window) -> Iterator[tuple[str, QWidget]]:
    page: Any = window.show_page("themes")
    if window.session.file.value("SELECT 1 FROM entry_themes") is None:
        return
    for order in ("pain", "change", "name", "share"):
        page.ranking.orders.button(order).click()
        if order != "share":
            yield f"themes-{order}", window


def _trends(window: Window, wait: Wait) -> Iterator[tuple[str, QWidget]]:
    page: Any = window.show_page("trends")
    for key in ("complaints", "factor:price_level"):
        page.show_record(key)
        wait()
        yield f"trends-{key.replace(':', '-')}", window
    page.series_view.notes.new_phase.click()
    wait()
    phase = page.findChild(PhaseDialog)
    yield "trends-phase", phase
    phase.reject()
    for key in ("figures", "effect"):
        page.choose_view(key)
        wait()
        yield f"trends-{key}", window


def _surveys(window: Window, wait: Wait) -> Iterator[tuple[str, QWidget]]:
    from cvdesk.surveys.page_counter import CounterView

    page: Any = window.show_page("surveys")
    page.compose_new()
    yield "survey-compose", window
    page._show_list(None)
    file = window.session.file
    surveys = store.surveys(file)
    if not surveys:
        return
    page.hand_out(next(one for one in surveys if one.form == "short"))
    yield "survey-hand-out", window
    page._show_list(None)
    minute = next(one.id for one in surveys if one.form == "minute")
    for width, height in ((1024, 768), (768, 1024)):
        counter = CounterView(window.session, minute)
        counter.resize(width, height)
        yield f"counter-{width}-welcome", counter
        counter._guard.stop()  # no finger is held back that was still on the screen before
        counter.begin()
        wait()
        yield f"counter-{width}-question", counter
        counter.close()


def _act(window: Window) -> Iterator[tuple[str, QWidget]]:
    """The other tabs of Strategy and Care."""
    for key in ("strategy", "care"):
        page: Any = window.show_page(key)
        for tab in page.tabs_of[1:]:
            page.choose_view(tab.key)
            yield f"{key}-{tab.key}", window
        page.choose_view(page.tabs_of[0].key)
