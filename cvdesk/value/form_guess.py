"""The owner's own guess while it grows: what customers get stands above the line, what it takes out of them below."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from cvdesk.catalogue.records import GAINS, LEVERS
from cvdesk.kit.theme import SMALL, Theme
from cvdesk.kit.widgets import FIGURE, TEXT, Card, label, line
from cvdesk.stats.value import Guess
from cvdesk.wording import _
from cvdesk.wording.figures import lever_name
from cvdesk.wording.numbers import MINUS, number, signed


class EquationBars(QWidget):
    """Four bars on one line: worth and benefits up, costs and drawbacks down; a dashed box where it is open."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._levers: dict[str, float | None] = dict.fromkeys(LEVERS)
        self.setMinimumHeight(theme.px(180))
        self.setMaximumHeight(theme.px(280))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    def show_levers(self, levers: dict[str, float | None]) -> None:
        """Draws the scores, 1-5; None where too little is answered."""
        self._levers = levers
        said = [f"{lever_name(lever)} {_signed(lever, value)}" for lever, value in levers.items()]
        self.setAccessibleName(", ".join(said))
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        theme, painter = self._theme, QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(theme.font(12))
        room = painter.fontMetrics().height() + theme.px(4)
        middle = self.height() / 2
        unit = (middle - room) / 5
        gap = theme.px(8)
        width = (self.width() - 3 * gap) / 4
        for place, lever in enumerate(LEVERS):
            left, value = place * (width + gap), self._levers[lever]
            up = lever in GAINS
            tall = unit * (value if value is not None else 3)
            box = QRectF(left + 0.5, middle - tall if up else middle, width - 1, tall)
            if value is None:
                painter.setBrush(Qt.BrushStyle.NoBrush)
                painter.setPen(QPen(theme.colour("faint"), 1, Qt.PenStyle.DashLine))
                painter.drawRoundedRect(box, 4, 4)
                painter.setPen(theme.colour("faint"))
                painter.drawText(box, Qt.AlignmentFlag.AlignCenter, "?")
                continue
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.colour(lever))
            painter.drawRoundedRect(box, 4, 4)
            painter.setPen(theme.colour("text"))
            words = QRectF(left, box.top() - room if up else box.bottom(), width, room)
            painter.drawText(words, Qt.AlignmentFlag.AlignCenter, _signed(lever, value))
        painter.setPen(QPen(theme.colour("faint"), 1))
        painter.drawLine(0, round(middle), self.width(), round(middle))
        painter.end()


def _signed(lever: str, value: float | None) -> str:
    if value is None:
        return "?"
    return ("+" if lever in GAINS else MINUS) + number(value)


class GuessCard(Card):
    """What the answers so far come to. For the owner's own guess only: nothing may lead a customer's answers."""

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme, _("Your guess so far"))
        figures = line(SMALL)
        self.figure = label(theme, "", FIGURE, strong=True, tone="accent")
        self.meaning = label(theme, "", TEXT, tone="quiet", wrap=True)
        self.meaning.setMinimumWidth(theme.px(90))
        figures.addWidget(self.figure)
        figures.addWidget(self.meaning, 1)
        self.box.addLayout(figures)
        self.bars = EquationBars(theme)
        self.box.addWidget(self.bars)
        self.words = label(theme, "", TEXT, tone="quiet", wrap=True)
        self.words.setMinimumWidth(theme.px(200))  # a wrapped text asks for the height it has at this width
        self.box.addWidget(self.words)
        self.box.addStretch(1)

    def show_guess(self, guess: Guess, answered: int, of: int) -> None:
        """Shows the guess; `answered` of `of` questions have an answer."""
        progress = _("{answered} of {of} answered").format(answered=answered, of=of)
        self.figure.setVisible(guess.get is not None)
        if guess.get is None:
            self.meaning.setText(progress)
        else:
            self.figure.setText(_("{get} of 10").format(get=number(guess.get)))
            self.meaning.setText(_("is what they get; {progress}").format(progress=progress))
        self.bars.show_levers(dict(guess.levers))
        if guess.net is None or guess.give is None:
            self.words.setText(
                _("Worth and benefits stand above the line, costs and drawbacks below it. "
                  "Net value appears once all four are answered.")
            )  # fmt: skip
        else:
            self.words.setText(
                _("It takes {give} of 10 out of them, so by your guess the value is {net}.").format(
                    give=number(guess.give), net=signed(guess.net)
                )
            )

    def in_short(self) -> str:
        """The same in a sentence, where there is no room for the picture."""
        return f"{self.figure.text()} {self.meaning.text()}" if self.figure.isVisibleTo(self) else self.meaning.text()
