"""The one-line capture: a line, the chips of what it was understood as, Enter. Used by Feedback and from everywhere."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from functools import partial
from typing import Any

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QLineEdit, QWidget

from cvdesk.db import Operation
from cvdesk.errors import UserError
from cvdesk.feedback import store
from cvdesk.feedback.capture import ASKED, NO, CaptureContext, Captured, read
from cvdesk.feedback.form_chips import Chip, Chips
from cvdesk.kit.session import Session
from cvdesk.kit.widgets import MEDIUM, NOTE, SMALL, button, column, label, line, set_tone
from cvdesk.themes import store as themes
from cvdesk.themes.records import Theme, suggest
from cvdesk.wording import _
from cvdesk.wording.figures import lever_name
from cvdesk.wording.numbers import day_short, number, stars

DRAFT = "capture"
RETURNED = "capture returned"
DRAFT_AFTER_MS = 400
_CONTEXT_TABLES = {"*", "customers", "contacts", "aliases", "themes", "theme_rules", "channels", "offerings"}


class CaptureBar(QWidget):
    """Reads the line at every key; Enter logs it and is ready for the next."""

    logged = Signal(object)  # store.LoggedIds

    def __init__(self, session: Session) -> None:
        super().__init__()
        self.session = session
        theme = session.theme
        self._context: CaptureContext | None = None
        self._changes: dict[str, Any] = {}
        self._captured: Captured | None = None
        self._new_themes: tuple[tuple[str, Theme], ...] = ()
        box = column(self, SMALL + 2)
        self.line = QLineEdit()
        self.line.setProperty("kind", "large")
        self.line.setAccessibleName(_("What was said"))
        self.line.setPlaceholderText(_("maria alvarez: bread arrived late again, 2 stars, phone, yesterday"))
        self.line.setReadOnly(session.file.read_only)
        box.addWidget(self.line)
        row = line(MEDIUM)
        self.chips = Chips(theme)
        row.addWidget(self.chips, 1)
        self.log_button = button(theme, _("Log it   Enter"), self.log, "main", name=_("Log it"))
        self.log_button.setEnabled(False)
        row.addWidget(self.log_button, 0, Qt.AlignmentFlag.AlignTop)
        box.addLayout(row)
        self.note = label(theme, "", NOTE, tone="faint", wrap=True)
        self.note.hide()
        box.addWidget(self.note)
        self._draft_timer = QTimer(self)
        self._draft_timer.setSingleShot(True)
        self._draft_timer.setInterval(DRAFT_AFTER_MS)
        self._draft_timer.timeout.connect(self._save_draft)
        self.line.textEdited.connect(self._typed)
        self.line.returnPressed.connect(self.log)
        session.changed.connect(self._tables_changed)
        self._returned: list[tuple[str, dict[str, Any]]] = [
            (typed, {}) for typed in session.draft(RETURNED).split("\n") if typed
        ]
        self._take_draft()
        self._bring_back_next()

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
        captured = self._captured
        if captured is None or not self.line.text().strip():
            return
        if captured.problems:
            self._say(captured.problems[0][1], "bad")
            return
        if captured.candidates and captured.customer_id is None and not captured.anonymous:
            self._say(_("Several customers fit: choose one below."), "bad")
            return
        typed, changes, new_themes = self.line.text(), dict(self._changes), self._new_themes
        self._forget()
        self._say(_("Saving…"))
        self.session.run(
            _("Log feedback"),
            partial(_save, captured=captured, new_themes=new_themes),
            partial(self._is_logged, captured),
            partial(self._not_logged, typed, changes),
        )

    def change(self, **values: Any) -> None:
        """Changes by hand what was recognised."""
        self._changes |= values
        self._understand()
        self.focus_line()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._take_draft()  # what was typed in the other place where this line is

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._save_draft()

    def _take_draft(self) -> None:
        draft = self.session.draft(DRAFT)
        if draft != self.line.text():
            self._changes = {}
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
        self._draft_timer.start()

    def _understand(self) -> None:
        text = self.line.text()
        if not text.strip():
            self._captured = None
            self._new_themes = ()
            self.chips.show_chips([])
            self.log_button.setEnabled(False)
            return
        if self._context is None:
            self._context = store.capture_context(self.session.file)
        read_now = read(text, self._context, self.session.today())
        changes = dict(self._changes)
        if "date" in changes:
            changes["problems"] = tuple(problem for problem in read_now.problems if problem[0] != "date")
        self._new_themes = self._themes_to_make(read_now, self._context)
        if self._new_themes and len(self._new_themes) == len(read_now.unknown_themes):
            kept = changes.get("problems", read_now.problems)
            changes["problems"] = tuple(problem for problem in kept if problem[0] != "theme")
        self._captured = replace(read_now, **changes)
        self.chips.show_chips(self._shown_chips(self._captured, self._context))
        self.log_button.setEnabled(not self.session.file.read_only)

    @staticmethod
    def _themes_to_make(captured: Captured, context: CaptureContext) -> tuple[tuple[str, Theme], ...]:
        """Names after # that no theme has yet, each with a theme of the factor its words belong to."""
        made = []
        for tag in captured.unknown_themes:
            name = tag.replace("-", " ").replace("_", " ").strip()
            like = suggest(name, context.themes)
            if like:
                made.append((name[:1].upper() + name[1:], like[0]))
        return tuple(made)

    def _forget(self) -> None:
        self.line.setText("")  # unlike clear(), this leaves no typing to undo: Ctrl+Z takes back what was logged
        self.session.forget_draft(DRAFT)
        self._changes = {}
        self._understand()

    def _save_draft(self) -> None:
        self.session.save_draft(DRAFT, self.line.text())

    def _say(self, text: str, tone: str = "faint") -> None:
        self.note.setText(text)
        set_tone(self.note, tone)
        self.note.setVisible(bool(text))

    def _tables_changed(self, tables: frozenset[str]) -> None:
        if tables & _CONTEXT_TABLES:
            self._context = None
            self._understand()

    # Chips

    def _shown_chips(self, captured: Captured, context: CaptureContext) -> list[Chip]:
        chips = [
            self._customer_chip(captured, context),
            self._rating_chip(captured),
            self._channel_chip(captured, context),
            self._date_chip(captured),
            *self._theme_chips(captured, context),
            self._complaint_chip(captured),
        ]
        if captured.safety != NO:
            sure = captured.safety == ASKED
            change = partial(self.change, safety=NO if sure else ASKED)
            chips.append(Chip(_("Safety"), _("Safety") if sure else _("Safety?"), "bad", not sure, press=change))
        return chips

    def _customer_chip(self, captured: Captured, context: CaptureContext) -> Chip:
        nobody: dict[str, Any] = {"customer_id": None, "customer_name": "", "candidates": (), "anonymous": True}
        options = [
            (one.name, partial(self.change, customer_id=one.id, customer_name="", candidates=(), anonymous=False))
            for one in captured.candidates
        ]
        typed = captured.customer_name or captured.name_to_ask
        if typed:
            new: dict[str, Any] = {"customer_id": None, "customer_name": typed, "name_to_ask": "", "anonymous": False}
            options.append(
                (_("New customer: {name}").format(name=store.proper_name(typed)), partial(self.change, **new))
            )
        options.append((_("Anonymous"), partial(self.change, **nobody)))
        name = _("Customer")
        if captured.customer_id is not None:
            return Chip(name, context.people.name(captured.customer_id), "accent", options=options)
        if captured.candidates:
            return Chip(name, _("Which one?"), "bad", True, options)
        if captured.customer_name:
            shown = _("New: {name}").format(name=store.proper_name(captured.customer_name))
            return Chip(name, shown, "accent", True, options)
        if captured.name_to_ask:
            return Chip(name, _("Is {name} a customer?").format(name=captured.name_to_ask), "quiet", True, options)
        return Chip(name, _("Anonymous"), "quiet", options=options)

    def _rating_chip(self, captured: Captured) -> Chip:
        options = [
            (stars(float(star)), partial(self.change, rating=float(star), rating_raw=str(star), rating_scale="1-5"))
            for star in range(5, 0, -1)
        ]
        options.append((_("No rating"), partial(self.change, rating=None, rating_raw=None, rating_scale=None)))
        if captured.rating is None:
            return Chip(_("Rating"), _("No rating"), "quiet", options=options)
        digits = 0 if float(captured.rating).is_integer() else 1
        shown = _("{stars} {number} of 5").format(stars=stars(captured.rating), number=number(captured.rating, digits))
        return Chip(_("Rating"), shown, "star", options=options)

    def _channel_chip(self, captured: Captured, context: CaptureContext) -> Chip:
        options = [(one.name, partial(self.change, channel_id=one.id)) for one in context.channels]
        shown = next((one.name for one in context.channels if one.id == captured.channel_id), _("Channel?"))
        return Chip(_("Channel"), shown, "quiet", options=options)

    def _date_chip(self, captured: Captured) -> Chip:
        today = self.session.today()
        options = []
        for back in range(8):
            when = today - timedelta(days=back)
            options.append((day_short(when, today), partial(self.change, date=when)))
        wrong = any(field == "date" for field, _text in captured.problems)
        return Chip(_("Date"), day_short(captured.date, today), "bad" if wrong else "quiet", options=options)

    def _theme_chips(self, captured: Captured, context: CaptureContext) -> list[Chip]:
        by_id = {theme.id: theme for theme in context.themes}
        others = [(theme.name, partial(self._add_theme, theme.id)) for theme in context.themes]
        chips = []
        for name, like in self._new_themes:
            shown = _("New theme: {name} → {part}").format(name=name, part=lever_name(like.lever))
            chips.append(Chip(_("Theme"), shown, like.lever, True))
        for theme_id in (*captured.themes, *captured.suggested_themes):
            theme = by_id[theme_id]
            sure = theme_id in captured.themes
            keep = [] if sure else [(_("Yes, {theme}").format(theme=theme.name), partial(self._add_theme, theme_id))]
            options = [*keep, (_("Not about this"), partial(self._drop_theme, theme_id)), *others]
            shown = f"{theme.name} → {lever_name(theme.lever)}"
            chips.append(Chip(_("Theme"), shown, theme.lever, not sure, options))
        if not chips:
            chips.append(Chip(_("Theme"), _("Theme?"), "quiet", options=others))
        return chips

    def _add_theme(self, theme_id: int) -> None:
        if self._captured is not None:
            kept = [one for one in self._captured.themes if one != theme_id]
            left = tuple(one for one in self._captured.suggested_themes if one != theme_id)
            self.change(themes=(*kept, theme_id), suggested_themes=left)

    def _drop_theme(self, theme_id: int) -> None:
        if self._captured is not None:
            self.change(
                themes=tuple(one for one in self._captured.themes if one != theme_id),
                suggested_themes=tuple(one for one in self._captured.suggested_themes if one != theme_id),
            )

    def _complaint_chip(self, captured: Captured) -> Chip:
        asked = captured.complaint == ASKED
        change = partial(self.change, complaint=NO if asked else ASKED)
        tone = "bad" if captured.complaint != NO else "quiet"
        return Chip(_("Complaint"), _("Complaint") if asked else _("Complaint?"), tone, not asked, press=change)


def _save(op: Operation, captured: Captured, new_themes: tuple[tuple[str, Theme], ...] = ()) -> store.LoggedIds:
    """Saves the entry and forgets the draft in one step: a crash leaves one of the two, never both."""
    made = tuple(themes.add_theme_like(op, name, like.id) for name, like in new_themes)
    captured = replace(captured, themes=(*captured.themes, *made))
    ids = store.save_captured(op, captured)
    op.forget_draft(DRAFT)
    return ids
