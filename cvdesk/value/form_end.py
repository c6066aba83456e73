"""The end of a score sheet: what is still open, and what may follow if there is time for it."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from cvdesk.kit.theme import MEDIUM, SMALL, Theme
from cvdesk.kit.widgets import CARD_TITLE, TEXT, Card, Flow, button, column, label
from cvdesk.wording import _, ngettext

_DIGITS = "123456789"


class EndPanel(QWidget):
    """One sentence, and a key for each thing that may follow."""

    matters_wanted = Signal()
    rival_wanted = Signal(object)  # its id, which is longer than an int of Qt

    def __init__(
        self, theme: Theme, open_count: int, owner: bool, matters: bool, rivals: Sequence[tuple[int, str]]
    ) -> None:
        """`open_count`: questions without an answer; `matters`: whether it may be asked what matters most."""
        super().__init__()
        self._theme, self._owner, self._matters, self._rivals = theme, owner, matters, list(rivals)[: len(_DIGITS)]
        self._box = column(self, MEDIUM)
        self._said(open_count)
        if matters:
            self._offer_matters()
        if self._rivals:
            self._offer_rivals()

    def key(self, text: str) -> bool:
        """Does what a key stands for; False where it stands for nothing."""
        if text == "m" and self._matters:
            self.matters_wanted.emit()
        elif text and text in _DIGITS[: len(self._rivals)]:
            self.rival_wanted.emit(self._rivals[int(text) - 1][0])
        else:
            return False
        return True

    def _said(self, open_count: int) -> None:
        card = Card(self._theme)
        title = _("Every question has an answer")
        if open_count:
            title = ngettext(
                "{count} question has no answer yet", "{count} questions have no answer yet", open_count
            ).format(count=open_count)
        self.title = label(self._theme, title, CARD_TITLE, strong=True, wrap=True)
        card.box.addWidget(self.title)
        after = _("Enter saves the sheet. Backspace goes back to the questions.")
        if self._owner:
            after = _("Enter saves your guess and shows it beside what customers said. Backspace goes back.")
        card.box.addWidget(label(self._theme, after, TEXT, tone="quiet", wrap=True))
        self._box.addWidget(card)

    def _offer_matters(self) -> None:
        card = Card(self._theme, _("If there is time: what matters most"))
        words = _("How much each of these things matters, and ten points to share out. One minute more.")
        card.box.addWidget(label(self._theme, words, TEXT, tone="quiet", wrap=True))
        ask = button(self._theme, _("Ask what matters most (M)"), self.matters_wanted.emit)
        if self._owner:
            ask.setText(_("Say what matters most (M)"))
            ask.setAccessibleName(ask.text())
        flow = Flow(SMALL)
        flow.addWidget(ask)
        card.box.addLayout(flow)
        self._box.addWidget(card)

    def _offer_rivals(self) -> None:
        card = Card(self._theme, _("Used somebody else in the last 12 months, too?"))
        words = _("The same questions about them, for comparison. A key saves this sheet and begins the next.")
        card.box.addWidget(label(self._theme, words, TEXT, tone="quiet", wrap=True))
        flow = Flow(SMALL)
        for key, (rival, name) in zip(_DIGITS, self._rivals, strict=False):
            text = _("{name} ({key})").format(name=name, key=key)
            flow.addWidget(button(self._theme, text, partial(self.rival_wanted.emit, rival)))
        card.box.addLayout(flow)
        self._box.addWidget(card)


__all__ = ["EndPanel"]
