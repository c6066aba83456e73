"""The one-line capture: a line, the chips of what it was understood as, Enter. Used by Feedback and from everywhere."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta
from functools import partial
from typing import Any

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QHideEvent, QKeySequence, QShortcut, QShowEvent
from PySide6.QtWidgets import QWidget

from cvdesk.customers.people import Candidate
from cvdesk.db import BusinessFile
from cvdesk.errors import UserError
from cvdesk.feedback import store
from cvdesk.feedback.capture import ASKED, CaptureContext, Captured, completions, read
from cvdesk.feedback.capture_changes import packed, possible, themes_to_make, unpacked, with_changes
from cvdesk.feedback.form_safety import SafetyQuestions
from cvdesk.feedback.page_capture_chips import COMPLAINT_KEYS, PROMISE_KEYS, SAFETY_KEYS, ChipMaker, toggled
from cvdesk.feedback.page_capture_line import CaptureLine
from cvdesk.feedback.store_capture import CHANGED, DRAFT, save_line
from cvdesk.kit.chips import Chips
from cvdesk.kit.jobs import Job
from cvdesk.kit.session import Session
from cvdesk.kit.widgets import MEDIUM, NOTE, SMALL, button, column, label, line, set_tone
from cvdesk.themes.records import Theme
from cvdesk.wording import _
from cvdesk.wording.numbers import day_short, stars

RETURNED = "capture returned"
DRAFT_AFTER_MS = 400
_CONTEXT_TABLES = {"*", "customers", "contacts", "aliases", "themes", "theme_rules", "channels", "offerings", "staff"}


class CaptureBar(QWidget):
    """Reads the line at every key; Enter logs it and is ready for the next."""

    logged = Signal(object)  # store.LoggedIds

    def __init__(self, session: Session) -> None:
        super().__init__()
        self.session = session
        self._context: CaptureContext | None = None
        self._asking: Job | None = None
        self._changes: dict[str, Any] = {}
        self._captured: Captured | None = None
        self._new_themes: tuple[tuple[str, Theme], ...] = ()
        self._just_made: dict[str, int] = {}
        self._chip_maker = ChipMaker(self.change, self._told_apart)
        self._build()
        self._draft_timer = QTimer(self)
        self._draft_timer.setSingleShot(True)
        self._draft_timer.setInterval(DRAFT_AFTER_MS)
        self._draft_timer.timeout.connect(self._save_draft)
        self._connect()
        self._returned: list[tuple[str, dict[str, Any]]] = [
            (typed, {}) for typed in session.draft(RETURNED).split("\n") if typed
        ]
        self._ask_context()
        self._take_draft()
        self._bring_back_next()

    def _build(self) -> None:
        theme = self.session.theme
        box = column(self, SMALL + 2)
        self.line = CaptureLine(theme)
        self.line.setAccessibleName(_("What was said"))
        self.line.setPlaceholderText(_("maria alvarez: bread arrived late again, 2 stars, phone, yesterday"))
        self.line.setReadOnly(self.session.file.read_only)
        box.addWidget(self.line)
        row = line(MEDIUM)
        self.chips = Chips(theme, after=self.line)
        row.addWidget(self.chips, 1)
        words = _("A name and a colon, then what was said. Stars, channel and day may stand anywhere; # names a theme.")
        self.hint = label(theme, words, NOTE, tone="faint", wrap=True)
        row.addWidget(self.hint, 1)
        self.log_button = button(theme, _("Log it   Enter"), self.log, "main", name=_("Log it"))
        self.log_button.setEnabled(False)
        row.addWidget(self.log_button, 0, Qt.AlignmentFlag.AlignTop)
        box.addLayout(row)
        self.safety = SafetyQuestions(theme, side_by_side=True)
        self.safety.hide()
        box.addWidget(self.safety)
        self.note = label(theme, "", NOTE, tone="faint", wrap=True)
        self.note.hide()
        box.addWidget(self.note)

    def _connect(self) -> None:
        self.line.textEdited.connect(self._typed)
        self.line.taken.connect(self._typed)
        self.line.returnPressed.connect(self.log)
        self.line.went_down.connect(lambda: self.chips.focus_chip(0))
        self.chips.left.connect(self.focus_line)
        self.safety.edited.connect(self._safety_edited)
        self.safety.submitted.connect(self.log)
        self.session.changed.connect(self._tables_changed)
        for keys, step in (
            (COMPLAINT_KEYS, self.toggle_complaint),
            (SAFETY_KEYS, self.toggle_safety),
            (PROMISE_KEYS, self.toggle_promise),
        ):
            shortcut = QShortcut(QKeySequence(keys), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(step)

    def focus_line(self) -> None:
        """Gives the keyboard to the line."""
        self.line.setFocus()

    def set_line(self, text: str) -> None:
        """Puts a text into the line, as if it had been typed."""
        self.line.setText(text)
        self._typed(text)

    @property
    def captured(self) -> Captured | None:
        """How the line is understood now, with what was changed by hand."""
        return self._captured

    def log(self) -> None:
        """Logs the line; the line is free at once and comes back if it could not be saved."""
        if not self.line.text().strip():
            return
        self._context_now()
        captured = self._captured
        if captured is None:
            return
        if captured.problems:
            self._say(captured.problems[0][1], "bad")
            return
        typed, changes, new_themes = self.line.text(), dict(self._changes), self._new_themes
        self._forget()
        self.focus_line()
        self._say(_("Saving…"))
        self.session.run(
            _("Log feedback"),
            partial(
                save_line,
                captured=captured,
                new_themes=new_themes,
                staff_id=self.session.staff_id,
                just_made=None if "customer_name" in changes else self._just_made,
            ),
            partial(self._is_logged, captured),
            partial(self._not_logged, typed, changes),
        )

    def change(self, **values: Any) -> None:
        """Changes by hand what was recognised."""
        self._changes |= values
        self._say("")
        self._understand()
        self._keep_soon()
        self.focus_line()

    def toggle_complaint(self) -> None:
        """Makes a complaint of it, or no longer."""
        if self._captured is not None:
            self.change(complaint=toggled(self._captured.complaint))

    def toggle_safety(self) -> None:
        """Marks it as a matter of safety and asks its questions, or no longer."""
        if self._captured is not None:
            self.change(safety=toggled(self._captured.safety))
            if self._captured.safety == ASKED:
                self.safety.fields["safety_batch"].setFocus()

    def toggle_promise(self) -> None:
        """Takes what the line says the shop will do as promised, or no longer."""
        if self._captured is None:
            return
        if not self._captured.promise_words:
            self._say(_("Write what was promised and by when: “!promise ring back Thursday”."))
            return
        self.change(promise=toggled(self._captured.promise))

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._draft_timer.isActive():
            self._save_draft()  # the newest is here
        else:
            self._take_draft()  # what was typed in the other place where this line is

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._save_draft()

    def _take_draft(self) -> None:
        draft = self.session.draft(DRAFT)
        if draft != self.line.text():
            self._changes = unpacked(self.session.draft(CHANGED)) if draft else {}
            self.set_line(draft)

    def _is_logged(self, captured: Captured, ids: store.LoggedIds) -> None:
        if self.note.text() == _("Saving…"):  # by now it may be about the next line
            self._say("")
        said = _("Logged as complaint") if ids.complaint_id else _("Logged")
        self.session.said.emit(f"{said}: {captured.text or stars(captured.rating)}"[:80], True)
        self.logged.emit(ids)
        self._bring_back_next()

    def _not_logged(self, typed: str, changes: dict[str, Any], error: Exception) -> None:
        if self.line.text():
            self._returned.append((typed, changes))
            self.session.save_draft(RETURNED, "\n".join(line for line, _changes in self._returned))
        else:
            self._bring_back(typed, changes)
        if not isinstance(error, UserError):
            raise error
        self._say(str(error), "bad")

    def _bring_back(self, typed: str, changes: dict[str, Any]) -> None:
        """A line that could not be saved stands in the line again, as it was."""
        self._changes = changes
        self.set_line(typed)

    def _bring_back_next(self) -> None:
        """Once the line is free, the next one that could not be saved comes back."""
        if self._returned and not self.line.text():
            typed, changes = self._returned.pop(0)
            self.session.save_draft(RETURNED, "\n".join(line for line, _changes in self._returned))
            self._bring_back(typed, changes)

    def _typed(self, _text: str) -> None:
        self._say("")
        if not self.line.text().strip():
            self._changes = {}
        self._understand()
        self._keep_soon()

    # What lines are read against is made beside the window; the line that is logged is read against the newest.

    def _ask_context(self) -> None:
        if self._asking is not None:
            self._asking.cancel()
        today = self.session.today()
        self._asking = self.session.look(partial(_prepared, today=today), self._context_came)

    def _context_came(self, context: CaptureContext) -> None:
        self._asking = None
        self._context = context
        self._just_made = {}
        self._understand()

    def _context_now(self) -> None:
        if self._asking is not None:
            self._asking.cancel()
            self._context_came(store.capture_context(self.session.file))

    def _tables_changed(self, tables: frozenset[str]) -> None:
        if tables & _CONTEXT_TABLES:
            self._ask_context()

    def _understand(self) -> None:
        text = self.line.text()
        self.hint.setVisible(not text)
        self.chips.setVisible(bool(text))
        if not text.strip() or self._context is None:
            self._captured = None
            self._new_themes = ()
            self.line.offer(())
            self.chips.show_chips([])
            self.safety.hide()
            self.log_button.setEnabled(bool(text.strip()) and not self.session.file.read_only)
            return
        context, today = self._context, self.session.today()
        read_now = read(text, context, today)
        self._new_themes = themes_to_make(read_now, context)
        settled = {"theme"} if len(self._new_themes) == len(read_now.unknown_themes) else set()
        self._captured = with_changes(read_now, possible(self._changes, context), settled)
        self.line.offer(completions(text, self._captured, context, today))
        self.chips.show_chips(self._chip_maker.chips(self._captured, context, self._new_themes, today))
        self.log_button.setEnabled(not self.session.file.read_only)
        asked = self._captured.safety == ASKED
        if asked:
            self.safety.load(dict(self._captured.safety_answers))
        if asked == self.safety.isHidden():
            self.safety.setVisible(asked)

    def _safety_edited(self) -> None:
        self._changes["safety_answers"] = tuple(self.safety.answers().items())
        if self._captured is not None:
            self._captured = replace(self._captured, safety_answers=self._changes["safety_answers"])
        self._keep_soon()

    def _forget(self) -> None:
        self.line.setText("")  # unlike clear(), this leaves no typing to undo: Ctrl+Z takes back what was logged
        self._draft_timer.stop()
        self.session.forget_draft(DRAFT)
        self.session.forget_draft(CHANGED)
        self._changes = {}
        self._understand()

    def _keep_soon(self) -> None:
        """Not put off by further keys: whoever types without a pause must not lose the line either."""
        if not self._draft_timer.isActive():
            self._draft_timer.start()

    def _save_draft(self) -> None:
        self._draft_timer.stop()
        self.session.save_draft(DRAFT, self.line.text())
        self.session.save_draft(CHANGED, packed(self._changes) if self.line.text() else "")

    def _say(self, text: str, tone: str = "faint") -> None:
        if text == self.note.text():
            return
        self.note.setText(text)
        set_tone(self.note, tone)
        self.note.setVisible(bool(text))

    def _told_apart(self, candidates: Sequence[Candidate]) -> Mapping[int, str]:
        names = [one.name for one in candidates]
        same = [one.id for one in candidates if names.count(one.name) > 1]
        return store.told_apart(self.session.file, same) if same else {}


def _prepared(file: BusinessFile, today: date) -> CaptureContext:
    """What lines are read against; with it comes what days are written by, so that the first key need not wait."""
    day_short(today - timedelta(days=2), today)
    return store.capture_context(file)
