"""The chips below the capture line: what was recognised, each to be changed with mouse or keys."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial

from PySide6.QtWidgets import QMenu, QPushButton, QWidget

from cvdesk.kit.theme import Theme
from cvdesk.kit.widgets import Flow, button, restyle


@dataclass(frozen=True, slots=True)
class Chip:
    """One chip. `name` says for a screen reader what it is; `options` are (words, what choosing it does).

    Without options, pressing the chip calls `press`. A suggested chip is drawn dashed: it is not sure yet.
    """

    name: str
    text: str
    tone: str = "quiet"
    suggested: bool = False
    options: Sequence[tuple[str, Callable[[], None]]] = ()
    press: Callable[[], None] | None = None


class Chips(QWidget):
    """A line of chips that wraps. Chips are kept while only their words change, so that the keyboard stays on them."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._flow = Flow()
        self.setLayout(self._flow)
        self._made: list[QPushButton] = []

    def show_chips(self, chips: Sequence[Chip]) -> None:
        """Shows these chips."""
        while len(self._made) > len(chips):
            gone = self._made.pop()
            self._flow.removeWidget(gone)
            gone.hide()
            gone.deleteLater()
        while len(self._made) < len(chips):
            made = button(self._theme, "", kind="chip")
            self._flow.addWidget(made)
            self._made.append(made)
        for made, chip in zip(self._made, chips, strict=True):
            self._dress(made, chip)
            made.show()
        self.updateGeometry()

    def _dress(self, made: QPushButton, chip: Chip) -> None:
        made.setText(chip.text.replace("&", "&&"))
        made.setAccessibleName(f"{chip.name}: {chip.text}")
        made.setProperty("tone", chip.tone)
        made.setProperty("suggested", "true" if chip.suggested else "false")
        restyle(made)
        before = made.menu()
        made.setMenu(None)  # type: ignore[arg-type]
        if before is not None:
            before.deleteLater()
        if made.property("pressed_by") is not None:
            made.clicked.disconnect()
            made.setProperty("pressed_by", None)
        if chip.options:
            menu = QMenu(made)
            for words, choose in chip.options:
                menu.addAction(words.replace("&", "&&")).triggered.connect(partial(_chosen, choose))
            made.setMenu(menu)
        elif chip.press is not None:
            made.clicked.connect(partial(_chosen, chip.press))
            made.setProperty("pressed_by", chip.name)


def _chosen(choose: Callable[[], None], *_checked: object) -> None:
    choose()
