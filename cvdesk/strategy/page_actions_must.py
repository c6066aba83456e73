"""What must be fixed and has no action yet, above the list: each line makes one."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLabel

from cvdesk.kit.theme import SMALL, Theme
from cvdesk.kit.widgets import TEXT, Card, Elided, RowButton, clear, label, line
from cvdesk.strategy.records_about import MustFix
from cvdesk.strategy.words_actions import must_fix_words
from cvdesk.wording import _, ngettext
from cvdesk.wording.numbers import whole

_SHOWN = 3


class MustFixCard(Card):
    """Says `make` with (table, id) of what an action is to be made from."""

    make = Signal(object)

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme, _("Must be fixed, and no action yet"))
        self._theme = theme
        self._lines = self.rows()
        self._all = False
        self._proposals: Sequence[MustFix] = ()

    def show_proposals(self, proposals: Sequence[MustFix]) -> None:
        """Shows them, a few at first; nothing at all where there are none."""
        self._proposals = proposals
        self.setVisible(bool(proposals))
        clear(self._lines)
        shown = proposals if self._all or len(proposals) <= _SHOWN + 1 else proposals[:_SHOWN]
        for one in shown:
            words = must_fix_words(one)
            row = line(SMALL)
            picture = QLabel()
            picture.setPixmap(self._theme.pixmap("shield-alert", "bad", 18))
            row.addWidget(picture)
            row.addWidget(Elided(self._theme, words, TEXT), 1)
            row.addWidget(label(self._theme, _("Make an action"), TEXT, tone="accent"))
            name = _("{problem}. Make an action").format(problem=words)
            self._lines.addWidget(RowButton(name, partial(self.make.emit, one.made), row))
        rest = len(proposals) - len(shown)
        if rest:
            row = line(SMALL)
            said = ngettext("Show {n} more", "Show {n} more", rest).format(n=whole(rest))
            row.addWidget(label(self._theme, said, TEXT, tone="accent"), 1)
            self._lines.addWidget(RowButton(said, self._show_all, row))

    def _show_all(self) -> None:
        self._all = True
        self.show_proposals(self._proposals)
