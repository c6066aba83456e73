"""The line of one note: read at every key, shown as chips, handed over with Enter."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QGuiApplication, QImage, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QWidget

from cvdesk.customers.people import Candidate
from cvdesk.feedback import store
from cvdesk.feedback.batch import Sticky, filled
from cvdesk.feedback.capture import CaptureContext, Captured, completions, read
from cvdesk.feedback.capture_changes import possible, themes_to_make, with_changes
from cvdesk.feedback.page_capture_chips import ChipMaker
from cvdesk.feedback.page_capture_line import CaptureLine
from cvdesk.feedback.store_batch import Note
from cvdesk.kit.chips import Chips
from cvdesk.kit.jobs import Job
from cvdesk.kit.session import Session
from cvdesk.kit.theme import Theme
from cvdesk.kit.widgets import MEDIUM, NOTE, SMALL, button, column, label, line, set_tone
from cvdesk.wording import _

_CONTEXT_TABLES = {"*", "customers", "contacts", "aliases", "themes", "theme_rules", "channels", "offerings", "staff"}


class NoteLine(QWidget):
    """One note; what stays from note to note fills what it does not say."""

    entered = Signal(object)  # Note
    typed = Signal(str)
    picture_pasted = Signal(object)  # QImage

    def __init__(self, session: Session, sticky: Sticky) -> None:
        super().__init__()
        self.session = session
        self._sticky = sticky
        self._context: CaptureContext | None = None
        self._asking: Job | None = None
        self._changes: dict[str, Any] = {}
        self.note_now: Note | None = None
        self.just_made: dict[str, int] = {}  # customers the line is not yet read against
        theme = session.theme
        box = column(self, SMALL)
        self.line = _Line(theme, self.picture_pasted.emit)
        self.line.setAccessibleName(_("One note"))
        self.line.setPlaceholderText(_("One note, as it stands on the paper: anna berg: bread was stale, 2 stars"))
        self.line.setReadOnly(session.file.read_only)
        self.line.setAcceptDrops(False)  # a picture dropped here is for the batch
        box.addWidget(self.line)
        row = line(MEDIUM)
        self.chips = Chips(theme, after=self.line)
        row.addWidget(self.chips, 1)
        self.log_button = button(theme, _("Log it   Enter"), self.enter, "main", name=_("Log it"))
        row.addWidget(self.log_button, 0, Qt.AlignmentFlag.AlignTop)
        box.addLayout(row)
        self.note = label(theme, "", NOTE, tone="bad", wrap=True)
        self.note.hide()
        box.addWidget(self.note)
        self._chip_maker = ChipMaker(self._change, self._told_apart)
        self.line.textEdited.connect(self._typed)
        self.line.taken.connect(self._typed)
        self.line.went_down.connect(lambda: self.chips.focus_chip(0))
        self.chips.left.connect(self.line.setFocus)
        self.line.returnPressed.connect(self.enter)
        session.changed.connect(self._tables_changed)
        self._ask_context()
        self._understand()

    def stay(self, sticky: Sticky) -> None:
        """Other values stay from now on."""
        self._sticky = sticky
        self._understand()

    def set_text(self, text: str, changes: Mapping[str, Any] | None = None) -> None:
        """Puts a note into the line, with what was changed by hand."""
        self.line.setText(text)
        self._changes = dict(changes or {})
        self._understand()

    def enter(self) -> None:
        """Hands the note over, unless something has to be put right first."""
        if not self.line.text().strip():
            return
        self._context_now()
        note = self.note_now
        if note is not None and note.captured.problems:
            self.say(note.captured.problems[0][1])
        elif note is not None:
            self.entered.emit(note)

    def say(self, text: str, tone: str = "bad") -> None:
        """Says something about the note; "" for nothing."""
        self.note.setText(text)
        set_tone(self.note, tone)
        self.note.setVisible(bool(text))

    def kept(self) -> tuple[str, dict[str, Any]]:
        """The note with what was changed by hand, so that it can be put back."""
        return self.line.text(), dict(self._changes)

    def _typed(self, text: str) -> None:
        self.say("")
        if not text.strip():
            self._changes = {}
        self._understand()
        self.typed.emit(text)

    def _change(self, **values: Any) -> None:
        self._changes |= values
        self.say("")
        self._understand()
        self.line.setFocus()

    def _understand(self) -> None:
        text, context = self.line.text(), self._context
        ready = bool(text.strip())
        self.log_button.setEnabled(ready and not self.session.file.read_only)
        if not ready or context is None:
            self.note_now = None
            self.line.offer(())
            self.chips.show_chips([])
            return
        today = self.session.today()
        found = filled(read(text, context, today), self._sticky)
        new_themes = themes_to_make(found, context)
        settled = {"theme"} if len(new_themes) == len(found.unknown_themes) else set()
        captured: Captured = with_changes(found, possible(self._changes, context), settled)
        self.note_now = Note(captured, new_themes)
        self.line.offer(completions(text, captured, context, today))
        self.chips.show_chips(self._chip_maker.chips(captured, context, new_themes, today))

    # What notes are read against is made beside the window; the note that is logged is read against the newest.

    def _ask_context(self) -> None:
        if self._asking is not None:
            self._asking.cancel()
        self._asking = self.session.look(store.capture_context, self._context_came)

    def _context_came(self, context: CaptureContext) -> None:
        self._asking = None
        self._context = context
        self.just_made = {}
        self._understand()

    def _context_now(self) -> None:
        if self._asking is not None:
            self._asking.cancel()
            self._context_came(store.capture_context(self.session.file))

    def _tables_changed(self, tables: frozenset[str]) -> None:
        if tables & _CONTEXT_TABLES:
            self._ask_context()

    def _told_apart(self, candidates: Sequence[Candidate]) -> Mapping[int, str]:
        names = [one.name for one in candidates]
        same = [one.id for one in candidates if names.count(one.name) > 1]
        return store.told_apart(self.session.file, same) if same else {}


class _Line(CaptureLine):
    """Pasting a picture hands it over instead of its name."""

    def __init__(self, theme: Theme, take_picture: Callable[[QImage], object]) -> None:
        super().__init__(theme)
        self._take_picture = take_picture

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.matches(QKeySequence.StandardKey.Paste):
            data = QGuiApplication.clipboard().mimeData()
            if data is not None and data.hasImage() and not data.hasText():
                self._take_picture(QGuiApplication.clipboard().image())
                return
        super().keyPressEvent(event)
