"""Under the verdict: that the program has told of this change unasked, in whose words, and the way to say "seen"."""

from __future__ import annotations

from PySide6.QtCore import Signal as QtSignal
from PySide6.QtWidgets import QWidget

from cvdesk.kit.theme import Theme
from cvdesk.kit.widgets import NOTE, SMALL, Elided, button, line
from cvdesk.trends.radar import Signal
from cvdesk.wording import _


class SignalLine(QWidget):
    """Says `seen(Signal)` when the owner has read it. Hidden while there is nothing to tell."""

    seen = QtSignal(object)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.signal: Signal | None = None
        box = line(SMALL)
        self.setLayout(box)
        self.words = Elided(theme, "", NOTE, "quiet")
        box.addWidget(self.words, 1)
        name = _("Seen: take this change off Home")
        self.take_off = button(theme, _("Seen"), lambda: self.seen.emit(self.signal), "plain", "check", name=name)
        box.addWidget(self.take_off)
        self.hide()

    def show_signal(self, signal: Signal | None) -> None:
        """Shows what was told of a figure; None: nothing."""
        self.signal = signal
        self.setVisible(signal is not None)
        if signal is None:
            return
        quoted = _(" · ").join(_("“{words}”").format(words=" ".join(words.split())) for words in signal.quotes)
        self.words.set_whole(_("Customers: {quotes}").format(quotes=quoted) if quoted else _("Home tells you of this."))
