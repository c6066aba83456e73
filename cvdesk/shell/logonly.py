"""The log-only view for staff: the line, the tally, who logs, and what they logged today. Nothing else is made."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QSettings, Qt
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent, QAction, QCloseEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QDialog, QHBoxLayout, QMainWindow, QMenu, QWidget

from cvdesk.catalogue import pin
from cvdesk.catalogue import store as catalogue
from cvdesk.feedback import store_today as store
from cvdesk.feedback.page_capture import CaptureBar
from cvdesk.feedback.page_tally import TallyBar
from cvdesk.feedback.store_today import LoggedToday
from cvdesk.kit import crash
from cvdesk.kit.session import Session
from cvdesk.kit.table import Column, Listed, Table
from cvdesk.kit.theme import MEDIUM, SMALL, TIGHT, WIDE
from cvdesk.kit.undo_keys import has_typing
from cvdesk.kit.widgets import NOTE, TEXT, TITLE, Card, Elided, EmptyState, button, column, label, line, scrolled
from cvdesk.shell.logonly_kept import keep_log_only
from cvdesk.shell.logonly_pin import LeaveDialog, StartDialog, Tries
from cvdesk.shell.staff import NameTile
from cvdesk.wording import _, ngettext
from cvdesk.wording.numbers import stars, whole

_TABLES = {"*", "entries", "complaints", "customers"}
_TILE_WIDTH, _LIST_HEIGHT = 206, 180


def start_log_only(session: Session, settings: QSettings, parent: QWidget, go: Callable[[], object]) -> None:
    """Asks whether to, takes a PIN, and calls `go`, which shows the file anew."""

    def begin() -> None:
        keep_log_only(settings, session.file.path)
        go()

    StartDialog(session, begin, parent).open()


class LogOnlyWindow(QMainWindow):
    """One business file, to log into only. `leave("again")` is called once the owner is back."""

    def __init__(self, session: Session, settings: QSettings, leave: Callable[[str], None]) -> None:
        super().__init__()
        self.session, self.settings = session, settings
        self._leave = leave
        self._tries = Tries()
        self._since = session.file.newest_operation()  # Undo never reaches what was done before
        self.setWindowTitle(f"{_('Log feedback')} – {catalogue.business(session.file).name} – {_('CV Desk')}")
        self._menus()
        self._build()
        session.said.connect(self.say)
        session.changed.connect(self._tables_changed)
        session.staff_changed.connect(self.refresh)
        session.theme.changed.connect(self._build)
        self.resize(1000, 720)
        self.setMinimumSize(480, 360)
        geometry = settings.value("window/geometry")
        if geometry is not None:
            self.restoreGeometry(geometry)

    def refresh(self) -> None:
        """Shows what this person logged today."""
        session = self.session
        rows = store.logged_today(session.file, session.staff_id, session.today())
        self.table.show_source(Listed(rows))
        count = len(rows)
        self.today.title.setText(
            _("What {name} logged today").format(name=session.staff[1]) if session.staff else _("Logged today")
        )
        self.today.note.setVisible(count > 0)
        self.today.note.setText(ngettext("{count} entry", "{count} entries", count).format(count=whole(count)))
        self.table.setVisible(count > 0)
        self.empty.setVisible(not count)
        self._selected(self.table.rows.row(self.table.currentIndex().row()))

    def undo(self) -> None:
        """Undo in the field that has the keyboard while there is typing; else the last step of this view."""
        focus, what = self.focusWidget(), "undo"
        if has_typing(focus, what):
            getattr(focus, what)()
            return
        self.session.work(partial(store.undo_since, since=self._since, who=self._who()), self._undone)

    def take_back(self) -> None:
        """Takes back what is selected in the list."""
        row = self.table.rows.row(self.table.currentIndex().row())
        if isinstance(row, LoggedToday) and not self.session.file.read_only:
            work = partial(store.take_back, entry_id=row.id, since=self._since, who=self._who())
            self.session.work(work, self._undone, crash.report)

    def leave(self) -> None:
        """Back to everything; with the owner's PIN where one is set."""
        if pin.has_pin(self.session.file):
            LeaveDialog(self.session, self._left, self._tries, self).open()
        else:
            self._left()

    def say(self, text: str, can_undo: bool) -> None:
        """A short confirmation below the line, with Undo where there is something to take back."""
        self.said.set_whole(text)
        self.undo_button.setVisible(can_undo)
        QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self.said, text))

    def closeEvent(self, event: QCloseEvent) -> None:
        for dialog in self.findChildren(QDialog):
            dialog.close()
        self.hide()  # the line hands over what was typed
        self.session.close()
        event.accept()

    # Building

    def _menus(self) -> None:
        bar = self.menuBar()
        self._action(bar.addMenu(_("&File")), _("Quit"), self.close, "Ctrl+Q")
        edit = bar.addMenu(_("&Edit"))
        self._action(edit, _("Undo"), self.undo, "Ctrl+Z")
        self._action(edit, _("Log feedback…"), lambda: self.capture.focus_line(), "Ctrl+N")
        self._action(bar.addMenu(_("&View")), _("Leave this view…"), self.leave, "")

    def _action(self, menu: QMenu, text: str, do: Callable[[], object], keys: str) -> None:
        action = QAction(text, self)
        if keys:
            action.setShortcut(QKeySequence(keys))
        action.triggered.connect(lambda: do())
        menu.addAction(action)

    def _build(self) -> None:
        theme = self.session.theme
        whole_ = QWidget()
        whole_.setAccessibleName(_("Log feedback"))
        box = column(whole_, MEDIUM, (WIDE, WIDE, WIDE, MEDIUM))
        head = line(MEDIUM)
        head.addWidget(label(theme, _("Log feedback"), TITLE, strong=True))
        head.addWidget(Elided(theme, catalogue.business(self.session.file).name, TEXT, "quiet"), 1)
        box.addLayout(head)
        card = Card(theme)
        card.setAccessibleName(_("Log feedback"))
        self.capture = CaptureBar(self.session)
        card.box.addWidget(self.capture)
        card.box.addLayout(self._said_line())
        box.addWidget(card)
        tally = Card(theme)
        tally.setAccessibleName(_("Tally"))
        tally.box.setContentsMargins(*(tally.box.contentsMargins().left(), MEDIUM) * 2)
        self.tally = TallyBar(self.session)
        tally.box.addWidget(self.tally)
        box.addWidget(tally)
        box.addWidget(self._today_card(), 1)
        foot = line(MEDIUM)
        self.tile = NameTile(self.session, self.settings)
        self.tile.setFixedWidth(theme.px(_TILE_WIDTH))
        foot.addWidget(self.tile)
        foot.addStretch(1)
        foot.addWidget(button(theme, _("Leave this view"), self.leave, "plain", "lock"))
        box.addLayout(foot)
        self.setCentralWidget(scrolled(whole_))
        self.refresh()
        self.capture.focus_line()

    def _said_line(self) -> QHBoxLayout:
        theme = self.session.theme
        row = line(TIGHT)
        self.said = Elided(theme, "", NOTE, "quiet")
        self.undo_button = button(theme, _("Undo"), self.undo, "plain", name=_("Undo the last step"))
        self.undo_button.hide()
        row.addWidget(self.said, 1)
        row.addWidget(self.undo_button)
        return row

    def _today_card(self) -> Card:
        theme = self.session.theme
        self.today = Card(theme, _("Logged today"))
        columns = (
            Column(_("Time"), lambda row: f"{row.at:%H:%M}", 70, "quiet"),
            Column(_("What was said"), lambda row: row.text, stretch=True),
            Column(_("Customer"), lambda row: row.customer or "—", 150),
            Column(_("Rating"), lambda row: stars(row.rating), 96, "star"),
            Column(_("Complaint"), lambda row: _("Complaint") if row.complaint else "", 96, "bad"),
        )
        self.table = Table(theme, _("Logged today"), columns, lambda row: row.id)
        self.table.setMinimumHeight(theme.px(_LIST_HEIGHT))
        self.table.selected.connect(self._selected)
        delete = QShortcut(QKeySequence(QKeySequence.StandardKey.Delete), self.table)
        delete.setContext(Qt.ShortcutContext.WidgetShortcut)
        delete.activated.connect(self.take_back)
        self.today.box.addWidget(self.table, 1)
        self.empty = EmptyState(theme, _("Nothing yet. What did the last customer say?"), None, "message-square-text")
        self.today.box.addWidget(self.empty, 1)
        row = line(SMALL)
        row.addStretch(1)
        self.back_button = button(theme, _("Take it back"), self.take_back, icon="undo-2")
        row.addWidget(self.back_button)
        self.today.box.addLayout(row)
        return self.today

    # What changes

    def _selected(self, row: object) -> None:
        self.back_button.setVisible(isinstance(row, LoggedToday))

    def _undone(self, what: str | None) -> None:
        said = _("There is nothing of yours to take back") if what is None else _("Taken back: {label}")
        self.say(said.format(label=what), False)

    def _left(self) -> None:
        keep_log_only(self.settings, None)
        self._leave("again")

    def _tables_changed(self, tables: frozenset[str]) -> None:
        if tables & _TABLES:
            self.refresh()

    def _who(self) -> str:
        return self.session.staff[1] if self.session.staff else ""
