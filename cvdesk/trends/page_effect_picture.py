"""Before and after as a small picture: the periods as dots, the level of either side as a line."""

from __future__ import annotations

import math
from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from cvdesk.charts.axis import nice_ticks
from cvdesk.kit.theme import Theme
from cvdesk.kit.widgets import NOTE
from cvdesk.trends.records_effect import EffectResult, Step
from cvdesk.wording.effects import level
from cvdesk.wording.numbers import day as day_words
from cvdesk.wording.periods import period_end, period_short
from cvdesk.wording.values import bare

_DRAWN = ("before", "left_out", "settling", "after", "running")
_FULL = ("before", "after")


class Picture(QWidget):
    """What was compared is drawn full, what was left out hollow. The table beside it says the same in words."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._result: EffectResult | None = None
        self._steps: tuple[Step, ...] = ()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMinimumHeight(theme.px(140))

    def show_result(self, result: EffectResult) -> None:
        """Draws the periods around the start; those without a figure leave a gap."""
        self._result = result
        known = [place for place, step in enumerate(result.steps) if step.part in _DRAWN]
        self._steps = result.steps[known[0] : known[-1] + 1] if known else ()
        self.setAccessibleName(result.sentence)
        self.setAccessibleDescription(" ".join(result.more))
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(self._theme.px(420), self._theme.px(150))

    def paintEvent(self, event: QPaintEvent) -> None:
        result = self._result
        values = [step.value for step in self._steps if step.part in _DRAWN and step.value is not None]
        if result is None or not values:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(self._theme.font(NOTE))
        low, high = min(values), max(values)
        if high - low < 1e-9:
            low, high = low - 0.5, high + 0.5
        ticks = nice_ticks(low, high, 3)
        self._low, self._high = ticks[0], ticks[-1]
        self._room = self._area(painter, result, ticks)
        self._grid(painter, result, ticks)
        self._axis(painter, result)
        self._start(painter, result)
        self._levels(painter, result)
        self._dots(painter)
        painter.end()

    def _area(self, painter: QPainter, result: EffectResult, ticks: Sequence[float]) -> QRectF:
        """Where the dots go: round values at the left, the day above, periods below, the last level at the right."""
        metrics, px = painter.fontMetrics(), self._theme.px
        left = max(metrics.horizontalAdvance(bare(result.unit, tick)) for tick in ticks) + px(10)
        right = px(4)
        if result.measured is not None:
            bold = QFontMetricsF(self._theme.font(NOTE, strong=True))
            means = (result.measured.before, result.measured.after)
            right += round(max(bold.horizontalAdvance(level(result.unit, mean)) for mean in means)) + px(8)
        above, below = metrics.height() + px(8), 2 * metrics.height() + px(10)
        return QRectF(left, above, max(1, self.width() - left - right), max(1, self.height() - above - below))

    def _x(self, place: int) -> float:
        return self._room.left() + self._room.width() * (place + 0.5) / len(self._steps)

    def _y(self, value: float) -> float:
        return self._room.bottom() - self._room.height() * (value - self._low) / (self._high - self._low)

    def _grid(self, painter: QPainter, result: EffectResult, ticks: Sequence[float]) -> None:
        theme, metrics = self._theme, painter.fontMetrics()
        for tick in ticks:
            y = self._y(tick)
            painter.setPen(QPen(theme.colour("line"), 1))
            painter.drawLine(QPointF(self._room.left(), y), QPointF(self._room.right(), y))
            words = bare(result.unit, tick)
            at = self._room.left() - theme.px(8) - metrics.horizontalAdvance(words)
            painter.setPen(theme.colour("faint"))
            painter.drawText(QPointF(at, y + metrics.ascent() / 2 - 1), words)

    def _axis(self, painter: QPainter, result: EffectResult) -> None:
        """The periods below, every second or third of them where there is no room for all."""
        metrics = painter.fontMetrics()
        names = [period_short(step.start, result.step) for step in self._steps]
        wide = max(metrics.horizontalAdvance(name) for name in names) + self._theme.px(8)
        every = max(1, math.ceil(wide * len(names) / self._room.width()))
        painter.setPen(self._theme.colour("faint"))
        low = self.height() - self._theme.px(3)
        said = 0
        for place in range((len(names) - 1) % every, len(names), every):
            year = self._steps[place].start.year
            for name, line in ((names[place], low - metrics.height()), (str(year) if year != said else "", low)):
                painter.drawText(QPointF(self._x(place) - metrics.horizontalAdvance(name) / 2, line), name)
            said = year

    def _start(self, painter: QPainter, result: EffectResult) -> None:
        """A line where it began, with the day above."""
        theme, room, starts = self._theme, self._room, result.ask.starts
        place = sum(step.start <= starts for step in self._steps) - 1
        if place < 0:
            return
        begins = self._steps[place].start
        days = (period_end(begins, result.step) - begins).days + 1
        at = room.left() + room.width() * (place + min(1.0, (starts - begins).days / days)) / len(self._steps)
        metrics = painter.fontMetrics()
        painter.setPen(QPen(theme.colour("quiet"), 1, Qt.PenStyle.DashLine))
        painter.drawLine(QPointF(at, metrics.height() + theme.px(2)), QPointF(at, room.bottom()))
        said = day_words(starts)
        width = metrics.horizontalAdvance(said)
        painter.setPen(theme.colour("quiet"))
        painter.drawText(QPointF(min(max(0.0, at - width / 2), self.width() - width), metrics.ascent()), said)

    def _levels(self, painter: QPainter, result: EffectResult) -> None:
        """The mean of either side, its figure at the right; that of before goes on faintly, to see what came of it."""
        measured = result.measured
        if measured is None:
            return
        theme, room, height = self._theme, self._room, painter.fontMetrics().height()
        half = room.width() / len(self._steps) / 2
        sides = (("before", measured.before, "quiet"), ("after", measured.after, "accent"))
        apart = self._y(measured.after) - self._y(measured.before)
        push = 0.0 if abs(apart) >= height else (height - abs(apart)) / 2 * (1 if apart >= 0 else -1)
        painter.setFont(theme.font(NOTE, strong=True))
        for (part, mean, tone), moved in zip(sides, (-push, push), strict=True):
            places = [place for place, step in enumerate(self._steps) if step.part == part]
            y = self._y(mean)
            painter.setPen(QPen(theme.colour(tone), 1, Qt.PenStyle.DotLine))
            painter.drawLine(QPointF(self._x(places[-1]) + half, y), QPointF(room.right(), y))
            painter.setPen(QPen(theme.colour(tone), 2))
            painter.drawLine(QPointF(self._x(places[0]) - half, y), QPointF(self._x(places[-1]) + half, y))
            beside = QPointF(room.right() + theme.px(6), y + painter.fontMetrics().ascent() / 2 - 1 + moved)
            painter.drawText(beside, level(result.unit, mean))
        painter.setFont(theme.font(NOTE))

    def _dots(self, painter: QPainter) -> None:
        theme = self._theme
        for place, step in enumerate(self._steps):
            if step.value is None or step.part not in _DRAWN:
                continue
            tone = "accent" if step.part in ("after", "running") else "quiet"
            colour = theme.colour(tone)
            painter.setPen(QPen(colour, 1.4))
            painter.setBrush(colour if step.part in _FULL else theme.colour("surface"))
            reach = theme.px(3.6)
            painter.drawEllipse(QPointF(self._x(place), self._y(step.value)), reach, reach)
