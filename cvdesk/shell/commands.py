"""What menus, search and pages ask the window to do; each loads what it needs when it is first done."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from PySide6.QtCore import QSettings
from PySide6.QtWidgets import QDialog, QMainWindow

from cvdesk.kit.session import Session
from cvdesk.kit.undo_keys import has_typing


class Commands:
    """The commands of one window. Pages name them: `session.open("command", "import")`."""

    def __init__(
        self, window: QMainWindow, session: Session, settings: QSettings, leave: Callable[[str], None]
    ) -> None:
        """`leave(what)` goes elsewhere: "welcome", "open", "new", or "again" to open this file anew."""
        self._window, self._session, self._settings, self._leave = window, session, settings, leave
        self._capture: QDialog | None = None
        self._named: Mapping[str, Callable[..., object]] = {
            "capture": self.capture,
            "batch": self.batch,
            "reviews": self.reviews,
            "import": self.import_list,
            "imports": self.imports,
            "paste": self.paste,
            "export": self.export_all,
            "export-list": self.export_list,
            "backup": self.back_up,
            "deleted": self.deleted,
            "counter": self.counter,
            "factors-setup": self.factors,
        }

    def do(self, asked: object) -> None:
        """Does what a page asks for: a name, or a name and what it is about. LookupError for an unknown name."""
        name, *about = asked if isinstance(asked, tuple) else (asked,)
        self._named[str(name)](*about)

    def leave(self, what: str) -> None:
        """To the welcome, to another file, or to the same one in another view."""
        self._leave(what)

    # Logging

    def capture(self) -> None:
        """The one line that logs feedback, from wherever the person is."""
        if self._capture is not None:
            self._capture.activateWindow()
            return
        from cvdesk.shell.capture import CaptureDialog

        self._capture = CaptureDialog(self._session, self._window)
        self._capture.finished.connect(self._capture_left)
        self._capture.show()

    def batch(self) -> None:
        """Notes on paper, one after the other."""
        from cvdesk.feedback.page_batch import open_batch

        open_batch(self._session, self._window)

    def reviews(self) -> None:
        """A pasted block of reviews from the web."""
        from cvdesk.feedback.page_reviews import open_reviews

        open_reviews(self._session, self._window)

    def voucher(self) -> None:
        """Checks a voucher somebody hands over, and uses it."""
        from cvdesk.care.page_loyalty_counter import CounterDialog

        CounterDialog(self._session, parent=self._window).open()

    def log_only(self) -> None:
        """Only the capture line, for whoever stands at the counter, until the owner is back."""
        from cvdesk.shell.logonly import start_log_only

        start_log_only(self._session, self._settings, self._window, lambda: self._leave("again"))

    def _capture_left(self, _result: int) -> None:
        self._capture = None

    def counter(self, survey_id: int) -> None:
        """One survey in full screen, for customers at the counter, until the owner is back."""
        from cvdesk.shell.counter import start_counter

        start_counter(self._session, self._settings, survey_id, self._window, lambda: self._leave("again"))

    def factors(self, _about: object = None) -> None:
        """What customers value: factors, questions, trades."""
        from cvdesk.catalogue.page_factors import FactorsDialog

        FactorsDialog(self._session, self._window).open()

    def letterhead(self) -> None:
        """Name, address, logo and colour, as they stand on paper."""
        from cvdesk.reports.page_letterhead import edit_letterhead

        edit_letterhead(self._session, self._window)

    # In and out

    def import_list(self) -> None:
        """Brings a list in from a file."""
        from cvdesk.shell.importing import ask_and_import

        ask_and_import(self._session, self._window)

    def imports(self) -> None:
        """The imports so far, each with its way back."""
        from cvdesk.shell.importing import show_imports

        show_imports(self._session, self._window)

    def paste(self) -> None:
        """Brings in cells copied in a spreadsheet."""
        from cvdesk.shell.importing import paste_cells

        paste_cells(self._session, self._window)

    def export_all(self) -> None:
        """Writes everything into a folder, readable by others."""
        from cvdesk.shell.importing import ask_and_export

        ask_and_export(self._session, self._window)

    def export_list(self, asked: Mapping[str, Any]) -> None:
        """Writes what a list shows."""
        from cvdesk.shell.importing import export_list

        export_list(self._session, self._window, asked)

    def back_up(self) -> None:
        """A verified copy of the file."""
        from cvdesk.shell.importing import ask_and_back_up

        ask_and_back_up(self._session, self._window)

    # Back and forth

    def undo(self) -> None:
        """Undo in the field that has the keyboard while there is typing to undo; else the last step of work."""
        if not self._undo_typing("undo"):
            self._session.undo()

    def redo(self) -> None:
        """The counterpart of undo."""
        if not self._undo_typing("redo"):
            self._session.redo()

    def _undo_typing(self, what: str) -> bool:
        focus = self._window.focusWidget()
        if not has_typing(focus, what):
            return False
        getattr(focus, what)()
        return True

    def history(self, table: str, row_id: int) -> None:
        """Every step of a record, each to be put back."""
        from cvdesk.shell.history import HistoryDialog

        HistoryDialog(self._session, table, row_id, self._window).open()

    def deleted(self) -> None:
        """What was deleted lately, to be put back."""
        from cvdesk.shell.history import DeletedDialog

        DeletedDialog(self._session, self._window).open()

    # The window itself

    def use_appearance(self, appearance: str) -> None:
        """Light, dark or as the system; remembered."""
        self._settings.setValue("window/appearance", appearance)
        self._session.theme.use(appearance)

    def help(self) -> None:
        """Keys and first steps."""
        from cvdesk.shell.help import HelpDialog

        HelpDialog(self._session.theme, self._window).show()

    def help_figures(self) -> None:
        """How value is measured, and how sure a figure is."""
        from cvdesk.shell.help_figures import FiguresHelp

        FiguresHelp(self._session.theme, self._window).show()

    def help_understand(self) -> None:
        """How trends are judged and how feedback is filed."""
        from cvdesk.shell.help_understand import UnderstandHelp

        UnderstandHelp(self._session.theme, self._window).show()

    def help_act(self) -> None:
        """How a plan is found, and what care keeps to."""
        from cvdesk.shell.help_act import ActHelp

        ActHelp(self._session.theme, self._window).show()

    def help_tips(self) -> None:
        """What keeps customers, and where each of it is done."""
        from cvdesk.shell.help_tips import TipsHelp

        TipsHelp(self._session, self._window).show()

    def about(self) -> None:
        """What this is and under which licence."""
        from cvdesk.shell.help import AboutDialog

        AboutDialog(self._session.theme, self._window).show()
