"""Beside a chart: what happened when, to be added and taken away."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import QDate, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from cvdesk.kit.form import date_field, text_field
from cvdesk.kit.theme import Theme
from cvdesk.kit.widgets import NOTE, SMALL, TEXT, TIGHT, Card, Elided, button, clear, column, label, line, scrolled
from cvdesk.trends.store_notes import KeptNote
from cvdesk.wording import _
from cvdesk.wording.numbers import day as day_words


class NotesCard(Card):
    """Signals `added(date, text)` and `deleted(id)`."""

    added = Signal(object, str)
    deleted = Signal(object)

    def __init__(self, theme: Theme, today: date) -> None:
        super().__init__(theme, _("What happened when"))
        self._theme = theme
        self.day = date_field(QDate(today.year, today.month, today.day))
        self.day.setAccessibleName(_("Date"))
        self.words = text_field(placeholder=_("For example: second van started"))
        self.words.setAccessibleName(_("What happened"))
        self.words.setMaxLength(80)
        self.words.returnPressed.connect(self._add)
        self.add = button(theme, _("Add"), self._add, name=_("Add the note to the chart"))
        first = line(SMALL)
        first.addWidget(self.day)
        first.addStretch(1)
        first.addWidget(self.add)
        self.box.addWidget(self.words)
        self.box.addLayout(first)
        content = QWidget()
        self._list: QVBoxLayout = column(content, TIGHT)
        self.box.addWidget(scrolled(content), 1)

    def show_notes(self, notes: Sequence[KeptNote]) -> None:
        """Lists the notes, the newest first."""
        clear(self._list)
        if not notes:
            hint = _("Note what you change: the chart then shows what came after it.")
            words = label(self._theme, hint, TEXT, tone="quiet", wrap=True)
            words.setMinimumWidth(self._theme.px(160))
            self._list.addWidget(words)
        for note in notes:
            self._list.addLayout(self._row(note))
        self._list.addStretch(1)

    def _row(self, note: KeptNote) -> QVBoxLayout:
        box = column(None, 0)
        first = line(SMALL)
        first.addWidget(Elided(self._theme, note.text, TEXT), 1)
        name = _("Take away the note of {day}: {text}").format(day=day_words(note.date), text=note.text)
        made = button(self._theme, "", lambda: self.deleted.emit(note.id), "plain", "x", name=name)
        made.setToolTip(_("Take away"))
        made.setFixedSize(self._theme.px(26), self._theme.px(26))
        first.addWidget(made)
        box.addLayout(first)
        box.addWidget(label(self._theme, day_words(note.date), NOTE, tone="faint"))
        return box

    def _add(self) -> None:
        day = self.day.date()
        if self.words.text().strip():
            self.added.emit(date(day.year(), day.month(), day.day()), self.words.text())
            self.words.clear()
        self.words.setFocus()
