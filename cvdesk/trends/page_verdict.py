"""What a chart shows, in words: the verdict with strong first words, and quieter what to keep in mind with it."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QTextCharFormat, QTextLayout
from PySide6.QtWidgets import QLabel, QPushButton, QSizePolicy, QWidget

from cvdesk.kit.session import Session
from cvdesk.kit.theme import Theme
from cvdesk.kit.widgets import NOTE, SMALL, TEXT, TIGHT, button, column, label, line, tooltip
from cvdesk.trends.records import Series
from cvdesk.wording import _

_LONGEST_LEAD = 60


def lead_of(sentence: str) -> int:
    """How many letters of a sentence are its first words: up to the colon, where that comes soon enough."""
    end = sentence.find(":") + 1
    return end if 0 < end <= _LONGEST_LEAD else 0


class Led(QLabel):
    """A wrapped plain text whose first words are strong; measured as it is drawn."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._lead = 0
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setFont(theme.font(TEXT))
        self.setWordWrap(True)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.setMinimumWidth(theme.px(200))

    def show_words(self, sentence: str) -> None:
        """Shows a sentence."""
        self._lead = lead_of(sentence)
        self.setText(sentence)
        self.updateGeometry()

    def heightForWidth(self, width: int) -> int:
        return self._laid_out(width)[1]

    def sizeHint(self) -> QSize:
        width = max(self.minimumWidth(), self.width())
        return QSize(width, self.heightForWidth(width))

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setPen(self._theme.colour("text"))
        layout, height = self._laid_out(self.width())
        layout.draw(painter, QPointF(0, max(0.0, (self.height() - height) / 2)))
        painter.end()

    def _laid_out(self, width: int) -> tuple[QTextLayout, int]:
        """The lines at a width, and how high they are."""
        layout = QTextLayout(self.text(), self.font())
        strong = QTextCharFormat()
        strong.setFont(self._theme.font(TEXT, strong=True))
        span = QTextLayout.FormatRange()
        span.start, span.length, span.format = 0, self._lead, strong
        layout.setFormats([span])
        layout.beginLayout()
        height = 0.0
        while (row := layout.createLine()).isValid():
            row.setLineWidth(width)
            row.setPosition(QPointF(0, height))
            height += row.height()
        layout.endLayout()
        return layout, round(height + 0.5)


def ranges_words(chart: str) -> str:
    """How the ordinary range of a chart comes about, for somebody who asks."""
    if chart in ("p", "p_laney", "u", "u_laney"):
        return _(
            "The shaded range is what chance alone gives around the usual level: wider where fewer were counted. "
            "Only what lies outside it, or keeps to one side for long, counts as a change."
        )
    if chart == "between":
        return _(
            "So few complaints come that the days between them say more than counts. The shaded range is what such "
            "gaps ordinarily are; a gap outside it, or many on one side, counts as a change."
        )
    return _(
        "The shaded range is how far the figure ordinarily goes up and down from one time to the next. Only what lies "
        "outside it, or keeps to one side for long, counts as a change."
    )


class VerdictLines(QWidget):
    """The sentence, what to keep in mind with it, and the way to how it is judged."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        theme = session.theme
        box = column(self, TIGHT)
        self._first = line(SMALL)
        self.sentence = Led(theme)
        self._first.addWidget(self.sentence, 1)
        self.how = button(theme, _("How is this judged?"), lambda: session.open("command", "help_understand"), "plain")
        self._first.addWidget(self.how)
        box.addLayout(self._first)
        self.caveats = label(theme, "", NOTE, tone="quiet", wrap=True)
        self.caveats.setMinimumWidth(theme.px(300))  # a wrapped text asks for the height it has at this width
        box.addWidget(self.caveats)

    def add(self, action: QPushButton) -> None:
        """Puts a button before the way to how it is judged."""
        self._first.insertWidget(1, action)

    def show_series(self, series: Series) -> None:
        """Says what a series shows."""
        self.sentence.show_words(series.sentence)
        self.caveats.setText(" ".join(series.caveats))
        self.caveats.setVisible(bool(series.caveats))
        self.how.setToolTip(tooltip(ranges_words(series.chart)))
