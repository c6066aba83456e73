"""Beside a chart: what happened when. Notes, actions that were started, and the phases of the figure, newest first."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from PySide6.QtCore import QSize, Signal
from PySide6.QtWidgets import QHBoxLayout, QMenu, QPushButton, QVBoxLayout, QWidget

from cvdesk.kit.menus import menu_button, offer
from cvdesk.kit.theme import Theme
from cvdesk.kit.widgets import (
    NOTE,
    SMALL,
    TEXT,
    TIGHT,
    Card,
    Elided,
    RowButton,
    button,
    clear,
    column,
    label,
    line,
    scrolled,
    tooltip,
)
from cvdesk.trends.records import Note
from cvdesk.trends.store_notes import KeptNote
from cvdesk.trends.store_phases import Phase
from cvdesk.wording import _
from cvdesk.wording.numbers import day as day_words


@dataclass(frozen=True, slots=True)
class Happened:
    """One line: a note (or an action), a phase that began, or both where a note says why the phase began."""

    date: date
    text: str
    note: KeptNote | None = None
    phase: Phase | None = None

    @property
    def sort(self) -> str:
        """What it is, in a word or two; empty for a plain note."""
        if self.phase is not None:
            return _("new phase")
        if self.note is None:
            return _("a break in the figure")
        return _("action started") if self.note.action_id is not None else ""


def happened(notes: Sequence[KeptNote], phases: Sequence[Phase], drawn: Sequence[Note]) -> list[Happened]:
    """Everything that happened, the newest first; `drawn`: what the chart shows, for what nobody wrote down."""
    lines = []
    begun = {(phase.starts, phase.reason): phase for phase in phases}
    for note in notes:
        lines.append(Happened(note.date, note.text, note, begun.pop((note.date, note.text), None)))
    lines += [Happened(phase.starts, phase.reason, None, phase) for phase in begun.values()]
    lines += [Happened(one.date, one.text) for one in drawn if one.sort not in ("note", "action", "phase")]
    return sorted(lines, key=lambda one: one.date, reverse=True)


class NotesCard(Card):
    """Signals: `note_wanted()`; for a note `changing(KeptNote)`, `deleted(id)`, `asked(KeptNote)` (did it work?);
    for a phase `phase_wanted()`, `phase_changing(Phase)`, `phase_deleted(Phase)`; `pointed(date)` when a line is
    pressed.
    """

    note_wanted = Signal()
    changing = Signal(object)
    deleted = Signal(object)
    asked = Signal(object)
    phase_wanted = Signal()
    phase_changing = Signal(object)
    phase_deleted = Signal(object)
    pointed = Signal(object)

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme)
        self._theme = theme
        self.setAccessibleName(_("What happened when"))
        self.title.setText(_("What happened when"))
        self.lines: list[Happened] = []
        self._shown = False
        self.box.addWidget(self.title)
        self.box.setSpacing(SMALL)
        content = QWidget()
        self._list: QVBoxLayout = column(content, 0)
        self.box.addWidget(scrolled(content), 1)
        foot = line(SMALL)
        self.add = button(theme, _("Note…"), self.note_wanted.emit, name=_("Note what happened, key N"))
        self.add.setToolTip(tooltip(_("Note what happened, and when (N)")))
        self.new_phase = button(theme, _("New phase…"), self.phase_wanted.emit)
        self.new_phase.setToolTip(tooltip(_("Begin a new phase of this figure")))
        foot.addWidget(self.add)
        foot.addWidget(self.new_phase)
        foot.addStretch(1)
        self.box.addLayout(foot)

    def show_lines(self, lines: Sequence[Happened]) -> None:
        """Lists what happened; the keyboard stays on the line it is on."""
        if self._shown and list(lines) == self.lines:
            return
        held = [made.accessibleName() for made in self.buttons() if made.hasFocus()]
        self.lines, self._shown = list(lines), True
        clear(self._list)
        if not lines:
            hint = _("Note what you change: the chart then shows what came after it.")
            words = label(self._theme, hint, TEXT, tone="quiet", wrap=True)
            words.setMinimumWidth(self._theme.px(160))
            self._list.addWidget(words)
        for one in lines:
            self._list.addLayout(self._row(one))
        self._list.addStretch(1)
        for made in self.buttons():
            if made.accessibleName() in held:
                made.setFocus()

    def buttons(self) -> list[RowButton]:
        """The lines as they can be pressed, from the top."""
        return [made for made in self.findChildren(RowButton) if made.isVisibleTo(self)]

    def offered(self, text: str) -> list[str]:
        """What the menu of a line offers."""
        one = next(one for one in self.lines if one.text == text)
        return [words for words, _do in self._choices(one)]

    def _row(self, one: Happened) -> QHBoxLayout:
        when = day_words(one.date)
        about = _("{day} · {sort}").format(day=when, sort=one.sort) if one.sort else when
        words = column(None, 0)
        words.addWidget(Elided(self._theme, one.text, TEXT))
        words.addWidget(label(self._theme, about, NOTE, tone="faint"))
        name = _("{text}, {about}: show it on the chart").format(text=one.text, about=about)
        box = line(TIGHT)
        box.addWidget(RowButton(name, lambda: self.pointed.emit(one.date), words), 1)
        if (menu := self._menu(one)) is not None:
            box.addWidget(menu)
        return box

    def _menu(self, one: Happened) -> QPushButton | None:
        if not self._choices(one):
            return None

        def fill(menu: QMenu) -> None:
            for words, do in self._choices(one):
                offer(menu, words, do)

        name = _("What to do with {text}").format(text=one.text)
        made = menu_button(self._theme, "", name, fill)
        made.setProperty("kind", "plain")
        made.setIcon(self._theme.icon("ellipsis", "quiet", 16))
        made.setIconSize(QSize(self._theme.px(16), self._theme.px(16)))
        made.setFixedSize(self._theme.px(30), self._theme.px(28))
        return made

    def _choices(self, one: Happened) -> list[tuple[str, Callable[[], None]]]:
        """What can be done with a line. An action belongs to another page: here it is only told."""
        note, phase = one.note, one.phase
        found: list[tuple[str, Callable[[], None]]] = []
        if note is not None:
            found.append((_("Did it work?"), lambda: self.asked.emit(note)))
        if note is not None and note.id is not None:
            found.append((_("Change the note…"), lambda: self.changing.emit(note)))
            found.append((_("Take the note away"), lambda: self.deleted.emit(note.id)))
        if phase is not None:
            found.append((_("Change the phase…"), lambda: self.phase_changing.emit(phase)))
            found.append((_("Take the phase away"), lambda: self.phase_deleted.emit(phase)))
        return found
