"""The menus of the window; what is in them is found by the search for everything as well."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import QSettings
from PySide6.QtGui import QAction, QActionGroup, QKeySequence
from PySide6.QtWidgets import QMainWindow, QMenu

from cvdesk.kit.session import Session
from cvdesk.shell.commands import Commands
from cvdesk.shell.pages import Entry
from cvdesk.wording import _

_PAGE_KEYS = ("1", "2", "3", "4", "5", "6", "7", "8", "9", "0", "R")  # in the order of the navigation; R: Reports


class Menus:
    """Builds the menu bar and keeps its actions."""

    def __init__(
        self,
        window: QMainWindow,
        commands: Commands,
        pages: Sequence[Entry],
        show_page: Callable[[str], object],
        settings: QSettings,
    ) -> None:
        self._window = window
        self._icons = {entry.title(): entry.icon for entry in pages}
        self._actions: list[QAction] = []
        self._commands = commands
        self._file()
        self._edit()
        self._log()
        self._view(pages, show_page, settings)
        self._help()

    def search(self, session: Session) -> None:
        """Customers, complaints, feedback, themes, pages and commands in one field."""
        from cvdesk.shell.search import Command, SearchDialog

        found = [
            Command(
                action.text(),
                action.trigger,
                action.shortcut().toString(QKeySequence.SequenceFormat.NativeText),
                self._icons.get(action.text(), "chevron-right"),
            )
            for action in sorted(self._actions, key=lambda action: action.text() not in self._icons)
            if action.isEnabled()
        ]
        SearchDialog(session, found, self._window).open()

    def _file(self) -> None:
        commands, menu = self._commands, self._window.menuBar().addMenu(_("&File"))
        self._add(menu, _("New business file…"), partial(commands.leave, "new"))
        self._add(menu, _("Open…"), partial(commands.leave, "open"), "Ctrl+O")
        menu.addSeparator()
        self._add(menu, _("Import a list…"), commands.import_list, "Ctrl+I")
        self._add(menu, _("Paste cells of a spreadsheet…"), commands.paste, "Ctrl+Shift+V")
        self._add(menu, _("Imports so far…"), commands.imports)
        self._add(menu, _("Export everything…"), commands.export_all)
        self._add(menu, _("Back up…"), commands.back_up)
        menu.addSeparator()
        self._add(menu, _("Close the file"), partial(commands.leave, "welcome"), "Ctrl+W")
        self._add(menu, _("Quit"), self._window.close, "Ctrl+Q")

    def _edit(self) -> None:
        commands, menu = self._commands, self._window.menuBar().addMenu(_("&Edit"))
        self._add(menu, _("Undo"), commands.undo, "Ctrl+Z")
        self._add(menu, _("Redo"), commands.redo, "Ctrl+Shift+Z")
        self._add(menu, _("Recently deleted…"), commands.deleted)
        self._add(menu, _("What customers value…"), commands.factors)
        self._add(menu, _("Your letterhead…"), commands.letterhead)
        menu.addSeparator()
        search = partial(self._window.open, "command", "search")  # type: ignore[attr-defined]
        self._add(menu, _("Search everything…"), search, "Ctrl+K")

    def _log(self) -> None:
        commands, menu = self._commands, self._window.menuBar().addMenu(_("&Log"))
        capture = partial(self._window.open, "command", "capture")  # type: ignore[attr-defined]
        self._add(menu, _("Log feedback…"), capture, "Ctrl+N")
        self._add(menu, _("Notes on paper…"), commands.batch, "Ctrl+B")
        self._add(menu, _("Reviews from the web…"), commands.reviews)
        menu.addSeparator()
        self._add(menu, _("Check a voucher…"), commands.voucher, "Ctrl+G")
        self._add(menu, _("Log-only view for staff…"), commands.log_only)

    def _view(self, pages: Sequence[Entry], show_page: Callable[[str], object], settings: QSettings) -> None:
        menu = self._window.menuBar().addMenu(_("&View"))
        for entry, key in zip(pages, _PAGE_KEYS, strict=True):
            self._add(menu, entry.title(), partial(show_page, entry.key), f"Ctrl+{key}")
        menu.addSeparator()
        looks = QActionGroup(self._window)
        for appearance, text in (("system", _("As the system")), ("light", _("Light")), ("dark", _("Dark"))):
            look = self._add(menu, text, partial(self._commands.use_appearance, appearance))
            look.setCheckable(True)
            look.setChecked(settings.value("window/appearance", "system") == appearance)
            looks.addAction(look)

    def _help(self) -> None:
        menu = self._window.menuBar().addMenu(_("&Help"))
        self._add(menu, _("Keys and first steps"), self._commands.help, "F1")
        self._add(menu, _("What the figures mean"), self._commands.help_figures)
        self._add(menu, _("How trends and themes are judged"), self._commands.help_understand)
        self._add(menu, _("How plans are found"), self._commands.help_act)
        self._add(menu, _("Nine habits that keep customers"), self._commands.help_tips)
        self._add(menu, _("About CV Desk"), self._commands.about)

    def _add(self, menu: QMenu, text: str, do: Callable[[], object], keys: str = "") -> QAction:
        action = QAction(text, self._window)
        if keys:
            action.setShortcut(QKeySequence(keys))
        action.triggered.connect(lambda: do())
        menu.addAction(action)
        self._actions.append(action)
        return action
