"""The window: navigation at the left, one page at a time, menus, keys, confirmations."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import QMimeData, QSettings, QSize, QTimer
from PySide6.QtGui import (
    QCloseEvent,
    QDragEnterEvent,
    QDropEvent,
    QResizeEvent,
)
from PySide6.QtWidgets import (
    QDialog,
    QFrame,
    QHBoxLayout,
    QLabel,
    QMainWindow,
    QMenu,
    QPushButton,
    QStackedWidget,
    QWidget,
)

from cvdesk.catalogue import store as catalogue
from cvdesk.kit.form import Form
from cvdesk.kit.jobs import Job
from cvdesk.kit.menus import menu_button, offer
from cvdesk.kit.page import Page
from cvdesk.kit.session import Session
from cvdesk.kit.widgets import CARD_TITLE, MEDIUM, NOTE, SMALL, button, column, label, line
from cvdesk.shell import pages
from cvdesk.shell import store as home
from cvdesk.shell.commands import Commands
from cvdesk.shell.menus import Menus
from cvdesk.shell.radar import Radar
from cvdesk.shell.store_needs_care import care_waiting
from cvdesk.shell.toast import Toast
from cvdesk.shell.vouchers import VoucherJournal
from cvdesk.wording import _, ngettext

_MINUTE = 60_000
_FIRST, _SMALLEST = QSize(1360, 800), QSize(900, 600)
_FRAME = QSize(8, 40)  # what the system puts around a window
SIDE_WIDTH = 206


def first_size(room: QSize) -> QSize:
    """How large the window opens the first time: all of it on the screen, if that has room for the smallest."""
    inside = room - _FRAME
    fits = inside.width() >= _SMALLEST.width() and inside.height() >= _SMALLEST.height()
    return _FIRST.boundedTo(inside) if fits else _FIRST


_PAUSE = 1_000  # milliseconds
# Tables that change how much waits on a page, or whether there is anything on it yet.
_COUNTED = frozenset({
    "*", "complaints", "entries", "assessments", "actions", "touches", "care_plans", "customer_goals", "snoozes",
    "vouchers", "customers",
})  # fmt: skip


class Window(QMainWindow):
    """One open business file in a window."""

    def __init__(self, session: Session, settings: QSettings, leave: Callable[[str], None]) -> None:
        """`leave(what)` is called to go back to the welcome ("welcome"), or to open another file ("open", "new")."""
        super().__init__()
        self.session = session
        self.settings = settings
        self._pages: dict[str, Page] = {}
        self._buttons: dict[str, QPushButton] = {}
        self._badges: dict[str, QLabel] = {}
        self._entries = {entry.key: entry for _name, entries in pages.groups() for entry in entries}
        self._toast: Toast | None = None
        self._care_job: Job | None = None
        self._care_pause = QTimer(self, singleShot=True, interval=_PAUSE)
        self._care_pause.timeout.connect(self._ask_care)
        self._waiting: set[str] = set()  # pages with nothing to show yet
        self._build()
        self.commands = Commands(self, session, settings, leave)
        self._menus = Menus(self, self.commands, tuple(self._entries.values()), self.show_page, settings)
        session.open_requested.connect(self.open)
        session.said.connect(self.say)
        session.changed.connect(self._tables_changed)
        session.saving_changed.connect(self._saving)
        session.quiet_changed.connect(self.refresh_counts)
        session.theme.changed.connect(self._rebuild)
        self._radar = Radar(session, self)
        self._vouchers = VoucherJournal(session, self)
        clock = QTimer(self)
        clock.timeout.connect(session.look_at_the_clock)
        clock.start(_MINUTE)
        self.resize(first_size(self.screen().availableGeometry().size()))
        self.setMinimumSize(_SMALLEST)
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
        if key in self._waiting:
            self.refresh_counts()
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

        ("history", (table, id)) shows what became of a record, ("command", name) does what the menus do, ("counter",
        survey's id) leaves the window to whoever stands at the counter. LookupError for what no page shows.
        """
        if table == "page":
            self.show_page(str(record))
        elif table == "history":
            self.commands.history(*record)  # type: ignore[misc]
        elif (table, record) == ("command", "search"):
            self._menus.search(self.session)
        elif (table, record) == ("command", "capture") and self.page().key == "feedback":
            self.page().focus_first()
        elif table == "command":
            self.commands.do(record)
        elif table in ("counter", "factors-setup"):
            self.commands.do((table, record))
        else:
            key = next((entry.key for entry in self._entries.values() if table in entry.tables), None)
            if key is None:
                raise LookupError(f"no page shows {table}")
            self.show_page(key).show_record(record)

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
        self._toast = Toast(self.session, self, SIDE_WIDTH)

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
        self._more = menu_button(theme, _("More"), _("More pages"), self._offer_waiting)
        self._more.hide()
        box.addWidget(self._more)
        box.addStretch(1)
        self._saved = label(theme, "", NOTE, tone="faint")
        self._saved.setContentsMargins(15, 0, 0, 0)
        box.addWidget(self._saved)
        from cvdesk.shell.staff import NameTile

        box.addWidget(NameTile(self.session, self.settings))
        return side

    def _offer_waiting(self, menu: QMenu) -> None:
        for entry in self._entries.values():
            if entry.key in self._waiting:
                offer(menu, entry.title(), partial(self.show_page, entry.key))

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

    def say(self, text: str, can_undo: bool) -> None:
        """A short confirmation at the bottom, with Undo where there is something to take back."""
        assert self._toast is not None
        self._toast.say(text, can_undo)

    # What changes

    def refresh_counts(self) -> None:
        """The numbers beside the pages' names."""
        count = 0 if self.session.quiet else home.open_complaints(self.session.file)
        self._show_count("complaints", count, ngettext("{count} open", "{count} open", count))
        self._care_pause.start()
        self._waiting = home.not_yet(self.session.file) - {self.page().key if self._stack.count() else ""}
        for key, made in self._buttons.items():
            made.setVisible(key not in self._waiting)
        self._more.setVisible(bool(self._waiting))

    def _ask_care(self) -> None:
        """Asked in a pause: while one logs feedback after feedback, nobody looks at this number."""
        if self._care_job is not None:
            self._care_job.cancel()
        today = self.session.today()
        self._care_job = self.session.ask(lambda file: care_waiting(file, today), self._care_counted)

    def _care_counted(self, count: int) -> None:
        count = 0 if self.session.quiet else count
        self._show_count("care", count, ngettext("{count} waits", "{count} wait", count))

    def _show_count(self, key: str, count: int, words: str) -> None:
        name = self._entries[key].title()
        self._badges[key].setText(str(count) if count else "")
        self._buttons[key].setAccessibleName(f"{name}, {words.format(count=count)}" if count else name)

    def _tables_changed(self, tables: frozenset[str]) -> None:
        if tables & _COUNTED:
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
