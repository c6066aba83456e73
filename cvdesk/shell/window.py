"""The window: navigation at the left, one page at a time, menus, keys, confirmations."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import QMimeData, QSettings, QSize, QTimer
from PySide6.QtGui import (
    QAccessible,
    QAccessibleAnnouncementEvent,
    QAction,
    QActionGroup,
    QCloseEvent,
    QDragEnterEvent,
    QDropEvent,
    QKeySequence,
    QResizeEvent,
)
from PySide6.QtWidgets import (
    QDialog,
    QFrame,
    QHBoxLayout,
    QLabel,
    QMainWindow,
    QPushButton,
    QStackedWidget,
    QWidget,
)

from cvdesk.catalogue import store as catalogue
from cvdesk.kit.form import Form
from cvdesk.kit.page import Page
from cvdesk.kit.session import Session
from cvdesk.kit.undo_keys import has_typing
from cvdesk.kit.widgets import CARD_TITLE, MEDIUM, NOTE, SMALL, button, column, label, line
from cvdesk.shell import pages
from cvdesk.shell import store as home
from cvdesk.wording import _, ngettext

TOAST_MS = 6000
_MINUTE = 60_000
SIDE_WIDTH = 206


class Window(QMainWindow):
    """One open business file in a window."""

    def __init__(self, session: Session, settings: QSettings, leave: Callable[[str], None]) -> None:
        """`leave(what)` is called to go back to the welcome ("welcome"), or to open another file ("open", "new")."""
        super().__init__()
        self.session = session
        self.settings = settings
        self._leave = leave
        self._pages: dict[str, Page] = {}
        self._buttons: dict[str, QPushButton] = {}
        self._badges: dict[str, QLabel] = {}
        self._entries = {entry.key: entry for _name, entries in pages.groups() for entry in entries}
        self._commands: list[QAction] = []
        self._capture: QDialog | None = None
        self._toast: Toast | None = None
        self._build()
        self._menus()
        session.open_requested.connect(self.open)
        session.said.connect(self.say)
        session.changed.connect(self._tables_changed)
        session.saving_changed.connect(self._saving)
        session.theme.changed.connect(self._rebuild)
        clock = QTimer(self)
        clock.timeout.connect(session.look_at_the_clock)
        clock.start(_MINUTE)
        self.resize(1360, 800)
        self.setMinimumSize(900, 600)
        self.setAcceptDrops(True)
        geometry = settings.value("window/geometry")
        if geometry is not None:
            self.restoreGeometry(geometry)
        self.show_page("home")

    # Navigation

    def show_page(self, key: str) -> Page:
        """Shows a page, made now if this is the first visit, and gives the keyboard to it."""
        page = self._page(key)
        self._stack.setCurrentWidget(page)
        for known, made in self._buttons.items():
            made.setChecked(known == key)
        self.setWindowTitle(f"{page.title()} – {catalogue.business(self.session.file).name} – {_('CV Desk')}")
        page.focus_first()
        return page

    def page(self) -> Page:
        """The page in view."""
        shown = self._stack.currentWidget()
        assert isinstance(shown, Page)
        return shown

    def open(self, table: str, record: object) -> None:
        """Shows a record of a table, a page ("page", key), or the entries behind a figure (table, Filter).

        ("history", (table, id)) shows what became of a record, ("command", name) does what the menus do. LookupError
        for what no page shows.
        """
        if table == "page":
            self.show_page(str(record))
        elif table == "history":
            self.show_history(*record)  # type: ignore[misc]
        elif table == "command":
            {"import": self.import_list, "export": self.export_all, "backup": self.back_up, "search": self.search}[
                str(record)
            ]()
        else:
            key = next((entry.key for entry in self._entries.values() if table in entry.tables), None)
            if key is None:
                raise LookupError(f"no page shows {table}")
            self.show_page(key).show_record(record)

    def capture(self) -> None:
        """The one line that logs feedback, from wherever the person is."""
        if self.page().key == "feedback":
            self.page().focus_first()
            return
        if self._capture is not None:
            self._capture.activateWindow()
            return
        from cvdesk.shell.capture import CaptureDialog

        self._capture = CaptureDialog(self.session, self)
        self._capture.finished.connect(self._capture_left)
        self._capture.show()

    def _capture_left(self, _result: int) -> None:
        self._capture = None

    def _page(self, key: str) -> Page:
        if key not in self._pages:
            made = self._entries[key].load()(self.session)
            self._pages[key] = made
            self._stack.addWidget(made)
        return self._pages[key]

    # Building

    def _build(self) -> None:
        whole = QWidget()
        box = QHBoxLayout(whole)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(0)
        box.addWidget(self._navigation())
        right = QWidget()
        right_box = column(right, 0)
        if self.session.file.read_only:
            right_box.addWidget(self._read_only_notice())
        self._stack = QStackedWidget()
        right_box.addWidget(self._stack, 1)
        box.addWidget(right, 1)
        self.setCentralWidget(whole)
        if self._toast is not None:
            self._toast.hide()
            self._toast.deleteLater()
        self._toast = Toast(self)

    def _navigation(self) -> QFrame:
        theme = self.session.theme
        side = QFrame()
        side.setObjectName("side")
        side.setAccessibleName(_("Pages"))
        side.setFixedWidth(theme.px(SIDE_WIDTH))
        box = column(side, 1, (10, MEDIUM, 10, MEDIUM))
        name = line(SMALL, (0, 0, 0, SMALL))
        mark = QLabel()
        mark.setPixmap(theme.pixmap("scale", "accent", 22))
        name.addWidget(mark)
        from cvdesk.kit.widgets import Elided

        name.addWidget(Elided(theme, catalogue.business(self.session.file).name, CARD_TITLE, strong=True), 1)
        box.addLayout(name)
        for title, entries in pages.groups():
            if title:
                heading = label(theme, title.upper(), 11, strong=True, tone="faint")
                heading.setContentsMargins(15, MEDIUM, 0, 4)
                box.addWidget(heading)
            for entry in entries:
                box.addLayout(self._nav_line(entry))
        box.addStretch(1)
        self._saved = label(theme, "", NOTE, tone="faint")
        self._saved.setContentsMargins(15, 0, 0, 0)
        box.addWidget(self._saved)
        from cvdesk.shell.staff import NameTile

        box.addWidget(NameTile(self.session, self.settings))
        return side

    def _nav_line(self, entry: pages.Entry) -> QHBoxLayout:
        theme = self.session.theme
        show = partial(self.show_page, entry.key)
        made = button(theme, entry.title(), show, "nav", entry.icon, name=entry.title())
        made.setCheckable(True)
        made.setMinimumHeight(theme.px(30))
        made.toggled.connect(lambda on, made=made: made.setIcon(theme.icon(entry.icon, "accent" if on else "quiet")))
        self._buttons[entry.key] = made
        badge = label(theme, "", NOTE, tone="faint")
        badge.setParent(made)
        self._badges[entry.key] = badge
        inner = QHBoxLayout(made)
        inner.setContentsMargins(0, 0, SMALL + 2, 0)
        inner.addStretch(1)
        inner.addWidget(badge)
        row = line(0)
        row.addWidget(made)
        return row

    def _read_only_notice(self) -> QFrame:
        notice = QFrame()
        notice.setObjectName("notice")
        box = line(SMALL, (MEDIUM, SMALL, MEDIUM, SMALL))
        notice.setLayout(box)
        held = self.session.file.held_by
        text = (
            _("Open for reading only: {who} is using this file.").format(who=held)
            if held
            else _("Open for reading only: this file cannot be changed where it is.")
        )
        box.addWidget(label(self.session.theme, text, wrap=True), 1)
        return notice

    def _menus(self) -> None:
        bar = self.menuBar()
        file_menu = bar.addMenu(_("&File"))
        self._action(file_menu, _("New business file…"), lambda: self._leave("new"), "")
        self._action(file_menu, _("Open…"), lambda: self._leave("open"), "Ctrl+O")
        file_menu.addSeparator()
        self._action(file_menu, _("Import a list…"), self.import_list, "Ctrl+I")
        self._action(file_menu, _("Export everything…"), self.export_all, "")
        self._action(file_menu, _("Back up…"), self.back_up, "")
        file_menu.addSeparator()
        self._action(file_menu, _("Close the file"), lambda: self._leave("welcome"), "Ctrl+W")
        self._action(file_menu, _("Quit"), self.close, "Ctrl+Q")
        edit = bar.addMenu(_("&Edit"))
        self._action(edit, _("Undo"), self.undo, "Ctrl+Z")
        self._action(edit, _("Redo"), self.redo, "Ctrl+Shift+Z")
        self._action(edit, _("Recently deleted…"), self.show_deleted, "")
        edit.addSeparator()
        self._action(edit, _("Log feedback…"), self.capture, "Ctrl+N")
        self._action(edit, _("Search everything…"), self.search, "Ctrl+K")
        view = bar.addMenu(_("&View"))
        for number, entry in enumerate(self._entries.values(), start=1):
            self._action(view, entry.title(), partial(self.show_page, entry.key), f"Ctrl+{number}")
        view.addSeparator()
        looks = QActionGroup(self)
        for appearance, text in (("system", _("As the system")), ("light", _("Light")), ("dark", _("Dark"))):
            look = self._action(view, text, partial(self.use_appearance, appearance), "")
            look.setCheckable(True)
            look.setChecked(self.settings.value("window/appearance", "system") == appearance)
            looks.addAction(look)
        view.addSeparator()
        self._action(view, _("Log-only view for staff…"), self.log_only, "")
        help_menu = bar.addMenu(_("&Help"))
        self._action(help_menu, _("Keys and first steps"), self.show_help, "F1")
        self._action(help_menu, _("About CV Desk"), self.show_about, "")

    def _action(self, menu: QWidget, text: str, do: Callable[[], object], keys: str) -> QAction:
        action = QAction(text, self)
        if keys:
            action.setShortcut(QKeySequence(keys))
        action.triggered.connect(lambda: do())
        menu.addAction(action)
        self._commands.append(action)
        return action

    # Commands

    def undo(self) -> None:
        """Undo in the field that has the keyboard while there is typing to undo; else the last step of work."""
        if not self._undo_typing("undo"):
            self.session.undo()

    def redo(self) -> None:
        """The counterpart of undo."""
        if not self._undo_typing("redo"):
            self.session.redo()

    def _undo_typing(self, what: str) -> bool:
        focus = self.focusWidget()
        if not has_typing(focus, what):
            return False
        getattr(focus, what)()
        return True

    def search(self) -> None:
        """Customers, complaints, feedback, themes, pages and commands in one field."""
        from cvdesk.shell.search import Command, SearchDialog

        icons = {entry.title(): entry.icon for entry in self._entries.values()}
        commands = [
            Command(
                action.text(),
                action.trigger,
                action.shortcut().toString(QKeySequence.SequenceFormat.NativeText),
                icons.get(action.text(), "chevron-right"),
            )
            for action in sorted(self._commands, key=lambda action: action.text() not in icons)
            if action.isEnabled()
        ]
        SearchDialog(self.session, commands, self).open()

    def use_appearance(self, appearance: str) -> None:
        """Light, dark or as the system; remembered."""
        self.settings.setValue("window/appearance", appearance)
        self.session.theme.use(appearance)

    def log_only(self) -> None:
        """Only the capture line, for whoever stands at the counter, until the owner is back."""
        from cvdesk.shell.logonly import start_log_only

        start_log_only(self.session, self.settings, self, lambda: self._leave("again"))

    def import_list(self) -> None:
        """Brings a list in from a file."""
        from cvdesk.shell.importing import ask_and_import

        ask_and_import(self.session, self)

    def export_all(self) -> None:
        """Writes everything into a folder, readable by others."""
        from cvdesk.shell.importing import ask_and_export

        ask_and_export(self.session, self)

    def back_up(self) -> None:
        """A verified copy of the file."""
        from cvdesk.shell.importing import ask_and_back_up

        ask_and_back_up(self.session, self)

    def show_history(self, table: str, row_id: int) -> None:
        """Every step of a record, each to be put back."""
        from cvdesk.shell.history import HistoryDialog

        HistoryDialog(self.session, table, row_id, self).open()

    def show_deleted(self) -> None:
        """What was deleted lately, to be put back."""
        from cvdesk.shell.history import DeletedDialog

        DeletedDialog(self.session, self).open()

    def show_help(self) -> None:
        """Keys and first steps."""
        from cvdesk.shell.help import HelpDialog

        HelpDialog(self.session.theme, self).show()

    def show_about(self) -> None:
        """What this is and under which licence."""
        from cvdesk.shell.help import AboutDialog

        AboutDialog(self.session.theme, self).show()

    def say(self, text: str, can_undo: bool) -> None:
        """A short confirmation at the bottom, with Undo where there is something to take back."""
        assert self._toast is not None
        self._toast.say(self.session, text, can_undo)

    # What changes

    def refresh_counts(self) -> None:
        """The numbers beside the pages' names."""
        count = home.open_complaints(self.session.file)
        badge = self._badges["complaints"]
        badge.setText(str(count) if count else "")
        name = self._entries["complaints"].title()
        words = ngettext("{count} open", "{count} open", count).format(count=count)
        self._buttons["trends"].setVisible(home.has_months(self.session.file))
        self._buttons["complaints"].setAccessibleName(f"{name}, {words}" if count else name)

    def _tables_changed(self, tables: frozenset[str]) -> None:
        if tables & {"*", "complaints", "entries", "assessments"}:
            self.refresh_counts()

    def _saving(self, saving: bool) -> None:
        self._saved.setText(_("Saving…") if saving else "")

    def _rebuild(self) -> None:
        """After a change of light and dark pages are made anew, as each takes its colours when it is built.

        Where something is being filled in, the page stays as it is: the style sheet has reached it already.
        """
        shown = self.page().key
        kept = {key: made for key, made in self._pages.items() if made.findChild(Form) is not None}
        for key, made in self._pages.items():
            self._stack.removeWidget(made)
            if key not in kept:
                made.close()
                made.deleteLater()
        self._pages = kept
        self._buttons.clear()
        self._build()
        for made in kept.values():
            self._stack.addWidget(made)
        self.refresh_counts()
        self.show_page(shown)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self._toast is not None:
            self._toast.place()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if event.mimeData().hasUrls() and self._dropped(event.mimeData()) is not None:
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        from cvdesk.shell.importing import import_file

        path = self._dropped(event.mimeData())
        if path is not None:
            event.acceptProposedAction()
            # The program the file comes from waits for this to end.
            QTimer.singleShot(0, self, lambda: import_file(self.session, self, path))

    @staticmethod
    def _dropped(data: QMimeData) -> Path | None:
        from cvdesk.shell.importing import dropped

        return dropped([url.toLocalFile() for url in data.urls()])

    def closeEvent(self, event: QCloseEvent) -> None:
        self.settings.setValue("window/geometry", self.saveGeometry())
        # Dialogs and pages first: hidden, they hand over what was typed. Then the window goes; what is still on its
        # way to the disk is written before the file is closed.
        for dialog in self.findChildren(QDialog):
            dialog.close()
        self.hide()
        self.session.close()
        event.accept()


class Toast(QFrame):
    """A confirmation that goes away by itself, unless the pointer or the keyboard is on it."""

    def __init__(self, window: Window) -> None:
        super().__init__(window)
        self._window = window
        theme = window.session.theme
        self.setObjectName("toast")
        box = line(MEDIUM, (MEDIUM, SMALL, SMALL, SMALL))
        self.setLayout(box)
        self._text = label(theme)
        self._undo = button(theme, _("Undo"))
        box.addWidget(self._text)
        box.addWidget(self._undo)
        self._session: Session | None = None
        self._undo.clicked.connect(self._take_back)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self._fade)
        self.hide()

    def say(self, session: Session, text: str, can_undo: bool) -> None:
        """Shows a confirmation."""
        self._session = session
        self._text.setText(text)
        self.setAccessibleName(text)
        self._undo.setVisible(can_undo)
        self.place()
        self.show()
        self.raise_()
        self._timer.start(TOAST_MS)
        QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self, text))

    def place(self) -> None:
        """At the bottom, in the middle of the page."""
        parent = self._window
        self.adjustSize()
        size: QSize = self.sizeHint()
        self.setGeometry(
            (parent.width() + SIDE_WIDTH - size.width()) // 2,
            parent.height() - size.height() - 24,
            size.width(),
            size.height(),
        )

    def _fade(self) -> None:
        if self.underMouse() or self._undo.hasFocus():
            self._timer.start(TOAST_MS)
        else:
            self.hide()

    def _take_back(self) -> None:
        self.hide()
        if self._session is not None:
            self._session.undo()
