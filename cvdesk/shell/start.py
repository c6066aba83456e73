"""Starting the window: one application, one theme; the welcome, or the file that was open last."""

from __future__ import annotations

import sys
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QLocale, QObject, QSettings, QTimer
from PySide6.QtWidgets import QApplication, QMainWindow, QWidget

from cvdesk.catalogue import store as catalogue
from cvdesk.db import BusinessFile, open_file
from cvdesk.errors import UserError
from cvdesk.kit import ask, crash
from cvdesk.kit.garbage import Collector
from cvdesk.kit.session import Session, Today
from cvdesk.kit.theme import Theme, load_further_fonts
from cvdesk.kit.undo_keys import UndoKeys
from cvdesk.paths import documents_folder, settings_folder
from cvdesk.shell.counter_kept import counter_file, is_counter
from cvdesk.shell.logonly_kept import is_log_only, keep_log_only, log_only_file
from cvdesk.shell.window import Window
from cvdesk.wording import _, use_language

if TYPE_CHECKING:
    from cvdesk.shell.welcome import Welcome

RECENT = 6


class Desk(QObject):
    """The running program: shows the welcome or a window, one at a time."""

    def __init__(self, app: QApplication, settings: QSettings, today: Today = date.today) -> None:
        super().__init__(app)
        self._app = app
        self.settings = settings
        self.today = today
        self.theme = Theme(app, str(settings.value("window/appearance", "system")))
        self.undo_keys = UndoKeys(app)
        self.collector = Collector(self)
        self.shown: QWidget | None = None
        self.theme.changed.connect(self._theme_changed)
        crash.install(self._show_error)

    def welcome(self) -> Welcome:
        """The first thing a new owner sees."""
        from cvdesk.shell.welcome import Welcome

        made = Welcome(self.theme, self.recent())
        made.new_wanted.connect(self.new)
        made.open_wanted.connect(self.choose)
        made.file_wanted.connect(self.open)
        made.sample_wanted.connect(self.sample)
        self._show(made)
        return made

    def open(self, path: Path) -> None:
        """Opens a file in the window; where that fails, says why and stays where the person is."""
        if _same(self._open_path(), path):
            return  # opened twice it would be read-only, held by this very window
        try:
            file = open_file(path)
        except UserError as error:
            self._show_error(error.what, error.to_do, "")
            if self.shown is None:
                self.welcome()
            return
        self._show_file(file)

    def new(self) -> None:
        """Asks what the business is called and where its file goes, and makes it."""
        from cvdesk.shell.newfile import NewFileDialog

        dialog = NewFileDialog(self.theme, documents_folder(), self.shown)
        dialog.made.connect(self._show_file)
        dialog.open()

    def choose(self) -> None:
        """Asks which file to open."""
        kinds = _("Business files") + " (*.cvdesk)"
        path = ask.prompts.open_file(self.shown, _("Open a business file"), documents_folder(), kinds)
        if path is not None:
            self.open(path)

    def sample(self) -> None:
        """The sample business, made when it is first tried; changes to it stay until the file is deleted."""
        path = settings_folder() / "sample.cvdesk"
        if not path.exists():
            from cvdesk.exchange.sample import make_sample

            path.parent.mkdir(parents=True, exist_ok=True)
            make_sample(path, today=self.today())
        self.open(path)

    def recent(self) -> list[Path]:
        """Files opened lately that are still there."""
        names = self.settings.value("recent", [])
        if not isinstance(names, list):  # Qt gives a list of one back as its only element
            names = [names] if names else []
        return [Path(str(name)) for name in names if Path(str(name)).exists()][:RECENT]

    def _show_file(self, file: BusinessFile) -> None:
        language = catalogue.business(file).language
        use_language(language)
        from cvdesk.wording.numbers import use_locale

        use_locale(language)
        QLocale.setDefault(QLocale(language))
        session = Session(file, self.theme, self.today)
        if is_counter(self.settings, file.path):
            from cvdesk.shell.counter import CounterWindow

            shown: QMainWindow = CounterWindow(session, self.settings, self._leave)
        elif is_log_only(self.settings, file.path):
            from cvdesk.shell.logonly import LogOnlyWindow

            shown = LogOnlyWindow(session, self.settings, self._leave)
        else:
            shown = Window(session, self.settings, self._leave)
            shown.refresh_counts()
        names = [str(file.path), *(str(path) for path in self.recent() if path != file.path)]
        self.settings.setValue("recent", names[:RECENT])
        self._show(shown)
        QTimer.singleShot(500, load_further_fonts)

    def _theme_changed(self) -> None:
        if self.shown is not None and not isinstance(self.shown, QMainWindow):  # the welcome: its icons have colours
            self.welcome()

    def _leave(self, what: str) -> None:
        # Once whatever asked for it has ended: the window it came from goes.
        ways = {"welcome": self.welcome, "open": self.choose, "new": self.new, "again": self._open_again}
        QTimer.singleShot(0, self, ways[what])

    def _open_again(self) -> None:
        """Closes the file and opens it the way the settings now say: everything, the log-only view, or the counter."""
        path, before = self._open_path(), self.shown
        if path is None or before is None:
            raise RuntimeError("no file is open")
        self._app.setQuitOnLastWindowClosed(False)  # between the two no window is there
        self.shown = None
        before.close()
        before.deleteLater()
        self.open(path)
        self._app.setQuitOnLastWindowClosed(True)

    def _open_path(self) -> Path | None:
        session = getattr(self.shown, "session", None)
        return session.file.path if isinstance(session, Session) else None

    def _show(self, widget: QWidget) -> None:
        before, self.shown = self.shown, widget
        widget.show()
        if before is not None:
            before.close()
            before.deleteLater()

    def _show_error(self, what: str, to_do: str, details: str) -> None:
        quiet = getattr(self.shown, "trouble", None)
        if quiet is not None:  # at the counter: customers see neither paths nor details
            quiet()
            return
        if not what:
            what = _("Something went wrong in CV Desk itself.")
            to_do = _("What you saved is safe. You can go on; the details help to mend it.")
        ask.prompts.tell(self.shown, what, to_do, details)


def _same(one: Path | None, other: Path) -> bool:
    return one is not None and other.exists() and one.exists() and one.samefile(other)


def make_application(arguments: list[str]) -> QApplication:
    """The Qt application with the program's name."""
    existing = QApplication.instance()
    app = existing if isinstance(existing, QApplication) else QApplication(arguments)
    app.setApplicationName("CV Desk")
    app.setDesktopFileName("cvdesk")
    return app


def window_settings() -> QSettings:
    """The window's own settings, in a file of their own."""
    return QSettings(str(settings_folder() / "window.ini"), QSettings.Format.IniFormat)


def open_window(path: Path | None, log_only: bool = False) -> int:
    """Runs the window until it is closed; gives the exit code. `log_only`: the view for staff, of this file."""
    app = make_application(sys.argv[:1])
    settings = window_settings()
    if log_only and path is not None:
        keep_log_only(settings, path)
    desk = Desk(app, settings)
    path = path or counter_file(settings) or log_only_file(settings)
    if path is not None:
        desk.open(path)
    else:
        desk.welcome()
    return app.exec()
