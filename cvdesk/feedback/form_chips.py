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
    """A line of chips that wraps. Their buttons stay, so that the keyboard does, and a key typed costs little."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._flow = Flow()
        self.setLayout(self._flow)
        self._made: list[QPushButton] = []
        self._chips: list[Chip] = []

    def show_chips(self, chips: Sequence[Chip]) -> None:
        """Shows these chips."""
        self._chips = list(chips)
        while len(self._made) < len(chips):
            self._made.append(self._make(len(self._made)))
        for made, chip in zip(self._made, chips, strict=False):
            self._dress(made, chip)
        for place, made in enumerate(self._made):
            if made.isHidden() == (place < len(chips)):
                made.setVisible(place < len(chips))
        self.updateGeometry()

    def _make(self, place: int) -> QPushButton:
        made = button(self._theme, "", kind="chip")
        made.hide()
        made.clicked.connect(partial(self._press, place))
        menu = QMenu(made)
        menu.aboutToShow.connect(partial(self._fill, place, menu))
        made.setProperty("choices", menu)
        self._flow.addWidget(made)
        return made

    def _dress(self, made: QPushButton, chip: Chip) -> None:
        text = chip.text.replace("&", "&&")
        if made.text() != text:
            made.setText(text)
        made.setAccessibleName(f"{chip.name}: {chip.text}")
        look = {"tone": chip.tone, "suggested": "true" if chip.suggested else "false"}
        if any(made.property(name) != value for name, value in look.items()):
            for name, value in look.items():
                made.setProperty(name, value)
            restyle(made)
        wanted = made.property("choices") if chip.options else None
        if made.menu() is not wanted:
            made.setMenu(wanted)  # type: ignore[arg-type]

    def _fill(self, place: int, menu: QMenu) -> None:
        """Only now: most lists of choices are never opened."""
        menu.clear()
        for words, choose in self._chips[place].options:
            menu.addAction(words.replace("&", "&&")).triggered.connect(partial(_chosen, choose))

    def _press(self, place: int, _checked: bool = False) -> None:
        press = self._chips[place].press
        if press is not None:
            press()


def _chosen(choose: Callable[[], None], *_checked: object) -> None:
    choose()
