"""The form of the import dialog: what the list is, which column is what, how it is read, the first rows."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QProgressBar, QPushButton, QWidget

from cvdesk.exchange import page_import_words as words
from cvdesk.exchange.look import Look
from cvdesk.exchange.page_import_columns import Mapping
from cvdesk.exchange.page_import_parts import Detected, Notes
from cvdesk.exchange.page_import_preview import Preview
from cvdesk.exchange.run import Outcome
from cvdesk.kit.theme import LARGE, MEDIUM, SMALL, WIDE, Theme
from cvdesk.kit.widgets import TEXT, TITLE, Card, Elided, button, column, label, line, scrolled, set_tone
from cvdesk.wording import _


class ImportForm(QWidget):
    """Shows a look at a file and says what the person chooses instead."""

    kind_chosen = Signal(str)
    setting_chosen = Signal(str)
    mapping_changed = Signal()
    reset = Signal()
    entered = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.theme = theme
        box = column(self, MEDIUM)
        box.addLayout(self._head())
        box.addLayout(self._kinds())
        middle = line(MEDIUM)
        middle.addWidget(self._mapping_card(), 2)
        right = column(None, MEDIUM)
        right.addWidget(self._preview_card(), 1)
        right.addWidget(self._detected_card())
        middle.addLayout(right, 3)
        box.addLayout(middle, 1)
        box.addLayout(self._foot())

    def _head(self) -> QHBoxLayout:
        head = line(SMALL)
        said = column(None, 0)
        said.addWidget(label(self.theme, _("Import a list"), TITLE, strong=True))
        self.file_name = Elided(self.theme, "", TEXT, "quiet")
        said.addWidget(self.file_name)
        head.addLayout(said, 1)
        self.other = button(self.theme, _("Another list…"), icon="folder-open")
        self.other.setAutoDefault(True)
        head.addWidget(self.other)
        return head

    def _kinds(self) -> QHBoxLayout:
        row = line(SMALL)
        row.addWidget(label(self.theme, _("What is it?"), TEXT, strong=True))
        self.kinds: dict[str, QPushButton] = {}
        group = QButtonGroup(self)
        for kind, name in words.kinds():
            made = button(self.theme, name, partial(self.kind_chosen.emit, kind), "nav")
            made.setMinimumWidth(self._width_in_bold(name))
            made.setCheckable(True)
            group.addButton(made)
            row.addWidget(made)
            self.kinds[kind] = made
        row.addStretch(1)
        self.reset_button = button(self.theme, _("Back to what was found"), self.reset.emit)
        self.reset_button.setAutoDefault(True)
        policy = self.reset_button.sizePolicy()
        policy.setRetainSizeWhenHidden(True)
        self.reset_button.setSizePolicy(policy)
        row.addWidget(self.reset_button)
        return row

    def _mapping_card(self) -> Card:
        card = Card(self.theme, _("Which column is what"))
        self.mapping = Mapping(self.theme)
        self.mapping.changed.connect(self.mapping_changed)
        card.box.addWidget(scrolled(self.mapping), 1)
        self.unused = Notes(self.theme)
        card.box.addWidget(self.unused)
        return card

    def _preview_card(self) -> Card:
        card = Card(self.theme, _("First rows as they come in"))
        self.preview = Preview(self.theme)
        self.preview.entered.connect(self.entered)
        self.preview.titled.connect(card.title.setText)
        card.box.addWidget(self.preview, 1)
        return card

    def _detected_card(self) -> Card:
        self._read_as = Card(self.theme, _("How the file is read"), _("As found; change what is wrong"))
        self.detected = Detected(self.theme)
        self.detected.changed.connect(self.setting_chosen)
        self._read_as.box.addWidget(self.detected)
        return self._read_as

    def _foot(self) -> QHBoxLayout:
        foot = line(LARGE)
        said = column(None, 2)
        self.counts = label(self.theme, "", TEXT, strong=True, wrap=True)
        self.notes = Notes(self.theme)
        self.busy = QProgressBar()
        self.busy.setTextVisible(False)
        self.busy.setAccessibleName(_("How far the rows are counted"))
        for widget in (self.counts, self.notes, self.busy):
            said.addWidget(widget)
        foot.addLayout(said, 1)
        foot.addWidget(self.preview.switch)
        self.cancel = button(self.theme, _("Cancel"))
        self.cancel.setAutoDefault(True)
        self.main = button(self.theme, _("Import"), self.entered.emit, "main")
        self.main.setAutoDefault(True)
        self.main.setDefault(True)
        foot.addWidget(self.cancel)
        foot.addWidget(self.main)
        return foot

    def _width_in_bold(self, text: str) -> int:
        """Room for the text of the chosen button, which is bold."""
        return QFontMetrics(self.theme.font(TEXT, strong=True)).horizontalAdvance(text) + self.theme.px(WIDE)

    def show_look(self, seen: Look) -> None:
        """Shows what was found."""
        self.kinds[seen.kind].setChecked(True)
        self.mapping.show_look(seen)
        self.detected.show_look(seen)
        self.preview.show_look(seen)
        self.unused.say(words.unused(seen))
        self.reset_button.setVisible(self.overruled)
        if seen.remembered is not None:
            self._read_as.beside.set_whole(words.as_last_time(seen))

    @property
    def overruled(self) -> bool:
        """Whether anything is not as it was found."""
        return self.detected.overruled or self.mapping.overruled_any

    def take(self, seen: Look) -> None:
        """Takes over what was chosen for the last list like this one."""
        self.detected.take(seen.options)
        self.mapping.take(seen)

    def forget(self) -> None:
        """Nothing is chosen: everything as it is found."""
        self.mapping.forget()
        self.detected.forget()
        self._read_as.beside.set_whole(_("As found; change what is wrong"))

    def show_counts(self, outcome: Outcome, place: str) -> None:
        """What would become of the rows; `place`: where those that stay out will lie."""
        made = words.new_customers(outcome)
        out = words.stays_out(outcome.rejected, place) if outcome.rejected else ""
        self.say(words.counted(outcome), [note for note in (made, out, *outcome.notes) if note])
        self.preview.show_outcome(outcome)
        coming = outcome.added + outcome.updated
        self.name_main(outcome.kind, coming)
        if not coming and self.main.hasFocus():
            self.cancel.setFocus()
        self.main.setEnabled(coming > 0)

    def say(self, what: str, more: Sequence[str] = (), problem: bool = False) -> None:
        """What is to be known before anything is changed."""
        self.counts.setText(what)
        set_tone(self.counts, "bad" if problem else "")
        self.notes.say(" ".join(more))

    def show_busy(self, every: int) -> None:
        """How many rows there are to count; 0: nobody knows how long; -1: over."""
        self.busy.setVisible(every >= 0)
        self.busy.setRange(0, max(0, every))

    def name_main(self, kind: str, coming: int) -> None:
        """Says on the button what would come in."""
        text = _("Import {things}").format(things=words.things(kind, coming)) if coming else _("Import")
        self.main.setText(text)
        self.main.setAccessibleName(text)
