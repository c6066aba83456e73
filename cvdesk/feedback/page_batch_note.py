"""The line of one note: read at every key, shown as chips, handed over with Enter."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QGuiApplication, QImage, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QLineEdit, QWidget

from cvdesk.feedback import store
from cvdesk.feedback.batch import Sticky, filled
from cvdesk.feedback.capture import ASKED, NO, CaptureContext, Captured, read
from cvdesk.feedback.form_chips import Chip, Chips
from cvdesk.kit.session import Session
from cvdesk.kit.widgets import MEDIUM, NOTE, SMALL, button, column, label, line, set_tone
from cvdesk.wording import _
from cvdesk.wording.figures import lever_name
from cvdesk.wording.numbers import day_short, stars

_CONTEXT_TABLES = {"*", "customers", "contacts", "aliases", "themes", "theme_rules", "channels", "offerings", "staff"}
Options = list[tuple[str, Callable[[], None]]]


class NoteLine(QWidget):
    """One note; what stays from note to note fills what it does not say."""

    entered = Signal(object)  # Captured
    typed = Signal(str)
    picture_pasted = Signal(object)  # QImage

    def __init__(self, session: Session, sticky: Sticky) -> None:
        super().__init__()
        self.session = session
        self._sticky = sticky
        self._context: CaptureContext | None = None
        self._changes: dict[str, Any] = {}
        self.captured: Captured | None = None
        theme = session.theme
        box = column(self, SMALL)
        self.line = _Line(self.picture_pasted.emit)
        self.line.setProperty("kind", "large")
        self.line.setAccessibleName(_("One note"))
        self.line.setPlaceholderText(_("One note, as it stands on the paper: anna berg: bread was stale, 2 stars"))
        self.line.setReadOnly(session.file.read_only)
        self.line.setAcceptDrops(False)  # a picture dropped here is for the batch
        box.addWidget(self.line)
        row = line(MEDIUM)
        self.chips = Chips(theme)
        row.addWidget(self.chips, 1)
        self.log_button = button(theme, _("Log it   Enter"), self.enter, "main", name=_("Log it"))
        row.addWidget(self.log_button, 0, Qt.AlignmentFlag.AlignTop)
        box.addLayout(row)
        self.note = label(theme, "", NOTE, tone="bad", wrap=True)
        self.note.hide()
        box.addWidget(self.note)
        self.line.textEdited.connect(self._typed)
        self.line.returnPressed.connect(self.enter)
        session.changed.connect(self._tables_changed)
        self._understand()

    def stay(self, sticky: Sticky) -> None:
        """Other values stay from now on."""
        self._sticky = sticky
        self._understand()

    def set_text(self, text: str, changes: dict[str, Any] | None = None) -> None:
        """Puts a note into the line, with what was changed by hand."""
        self.line.setText(text)
        self._changes = dict(changes or {})
        self._understand()

    def enter(self) -> None:
        """Hands the note over, unless something has to be put right first."""
        captured = self.captured
        if captured is None:
            return
        if captured.problems:
            self.say(captured.problems[0][1])
        elif captured.candidates and captured.customer_id is None and not captured.anonymous:
            self.say(_("Several customers fit: choose one below."))
        else:
            self.entered.emit(captured)

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
        text = self.line.text()
        ready = bool(text.strip())
        self.log_button.setEnabled(ready and not self.session.file.read_only)
        if not ready:
            self.captured = None
            self.chips.show_chips([])
            return
        if self._context is None:
            self._context = store.capture_context(self.session.file)
        found = filled(read(text, self._context, self.session.today()), self._sticky)
        # What was chosen by hand is no longer a problem.
        settled = {"customer" if name == "candidates" else name for name in self._changes}
        problems = tuple(problem for problem in found.problems if problem[0] not in settled)
        self.captured = replace(found, **self._changes, problems=problems)
        self.chips.show_chips(self._shown(self.captured, self._context))

    def _tables_changed(self, tables: frozenset[str]) -> None:
        if tables & _CONTEXT_TABLES:
            self._context = None
            self._understand()

    # Chips: only what the line itself says, or what somebody has to choose

    def _shown(self, captured: Captured, context: CaptureContext) -> list[Chip]:
        chips = [self._customer(captured, context)]
        if captured.rating is not None:
            away = partial(self._change, rating=None, rating_raw=None, rating_scale=None)
            chips.append(Chip(_("Rating"), stars(captured.rating), "star", options=[(_("No rating"), away)]))
        if captured.date != self._sticky.date:
            stay = partial(self._change, date=self._sticky.date)
            shown = day_short(captured.date, self.session.today())
            back = day_short(self._sticky.date, self.session.today())
            chips.append(Chip(_("Date"), shown, "quiet", options=[(_("As the others: {day}").format(day=back), stay)]))
        if captured.channel_id not in (None, self._sticky.channel_id):
            name = next((one.name for one in context.channels if one.id == captured.channel_id), "")
            stay = partial(self._change, channel_id=self._sticky.channel_id)
            chips.append(Chip(_("Channel"), name, "quiet", options=[(_("As the others"), stay)]))
        chips += self._themes(captured, context)
        asked = captured.complaint == ASKED
        complain = partial(self._change, complaint=NO if asked else ASKED)
        tone = "bad" if captured.complaint != NO else "quiet"
        chips.append(Chip(_("Complaint"), _("Complaint") if asked else _("Complaint?"), tone, not asked, (), complain))
        if captured.safety != NO:
            sure = captured.safety == ASKED
            change = partial(self._change, safety=NO if sure else ASKED)
            chips.append(Chip(_("Safety"), _("Safety") if sure else _("Safety?"), "bad", not sure, press=change))
        return chips

    def _customer(self, captured: Captured, context: CaptureContext) -> Chip:
        options: Options = [
            (one.name, partial(self._change, customer_id=one.id, customer_name="", candidates=(), anonymous=False))
            for one in captured.candidates
        ]
        typed = captured.customer_name or captured.name_to_ask
        new = store.proper_name(typed)
        if typed:
            make = partial(
                self._change, customer_id=None, customer_name=typed, name_to_ask="", candidates=(), anonymous=False
            )
            options.append((_("New customer: {name}").format(name=new), make))
        nobody = partial(self._change, customer_id=None, customer_name="", candidates=(), anonymous=True)
        options.append((_("Anonymous"), nobody))
        if captured.customer_id is not None:
            return Chip(_("Customer"), context.people.name(captured.customer_id), "accent", options=options)
        if captured.candidates:
            return Chip(_("Customer"), _("Which one?"), "bad", True, options)
        if captured.customer_name:
            return Chip(_("Customer"), _("New: {name}").format(name=new), "accent", True, options)
        if captured.name_to_ask:
            asked = _("Is {name} a customer?").format(name=captured.name_to_ask)
            return Chip(_("Customer"), asked, "quiet", True, options)
        return Chip(_("Customer"), _("Anonymous"), "quiet", options=options)

    def _themes(self, captured: Captured, context: CaptureContext) -> list[Chip]:
        by_id = {theme.id: theme for theme in context.themes}
        chips = []
        for theme_id in (*captured.themes, *captured.suggested_themes):
            theme, sure = by_id[theme_id], theme_id in captured.themes
            rest = tuple(one for one in captured.themes if one != theme_id)
            left = tuple(one for one in captured.suggested_themes if one != theme_id)
            options: Options = [(_("Not about this"), partial(self._change, themes=rest, suggested_themes=left))]
            if not sure:
                keep = partial(self._change, themes=(*rest, theme_id), suggested_themes=left)
                options.insert(0, (_("Yes, {theme}").format(theme=theme.name), keep))
            chips.append(Chip(_("Theme"), f"{theme.name} → {lever_name(theme.lever)}", theme.lever, not sure, options))
        return chips


class _Line(QLineEdit):
    """Pasting a picture hands it over instead of its name."""

    def __init__(self, take_picture: Callable[[QImage], object]) -> None:
        super().__init__()
        self._take_picture = take_picture

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.matches(QKeySequence.StandardKey.Paste):
            data = QGuiApplication.clipboard().mimeData()
            if data is not None and data.hasImage() and not data.hasText():
                self._take_picture(QGuiApplication.clipboard().image())
                return
        super().keyPressEvent(event)
