"""The few widgets every page is made of. All texts are plain: nothing customers typed is ever read as markup."""

from __future__ import annotations

import html
import textwrap
from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QLayout,
    QLayoutItem,
    QMenu,
    QPushButton,
    QScrollArea,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from cvdesk.kit.theme import LARGE, MEDIUM, SMALL, TIGHT, Theme

# Text sizes of the design; nothing else is used.
TITLE, CARD_TITLE, TEXT, NOTE, FIGURE = 21, 14, 13, 12, 28
_TIP = 72  # letters in a line of what is said when something is pointed at


def label(
    theme: Theme, text: str = "", size: int = TEXT, strong: bool = False, tone: str = "", wrap: bool = False
) -> QLabel:
    """A text in one of the sizes and tones of the design; never markup."""
    made = QLabel(text)
    made.setTextFormat(Qt.TextFormat.PlainText)
    made.setFont(theme.font(size, strong))
    made.setWordWrap(wrap)
    if wrap:
        made.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        made.setMinimumWidth(1)
    set_tone(made, tone)
    return made


def set_tone(widget: QWidget, tone: str) -> None:
    """Gives a label or chip the colour of a token ("quiet", "good", "bad", a lever); "" for plain text."""
    widget.setProperty("tone", tone)
    restyle(widget)


def restyle(widget: QWidget) -> None:
    """Makes the style sheet look at the properties of this widget again."""
    widget.style().unpolish(widget)
    widget.style().polish(widget)


def tooltip(text: str) -> str:
    """A text for setToolTip, safe from markup; plain lines where none is possible: a screen reader reads it as is."""
    return f"<qt>{html.escape(text)}</qt>" if set("<&") & set(text) else textwrap.fill(text, _TIP)


class Button(QPushButton):
    """A button that Enter presses as well as the space bar, wherever it stands."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.showMenu() if self.menu() is not None else self.click()
            return
        super().keyPressEvent(event)


def button(
    theme: Theme,
    text: str,
    on_click: Callable[[], object] | None = None,
    kind: str = "",
    icon: str = "",
    shortcut: str = "",
    name: str = "",
) -> QPushButton:
    """A button; `kind` main, plain, nav, row or chip. `name`: for a screen reader, where the text is not enough."""
    shown = text.replace("&", "&&")
    made = Button(f"\u2002{shown}" if icon and shown else shown)  # Qt sets the words too close to the icon
    made.setProperty("kind", kind)
    made.setAccessibleName(name or text)
    made.setCursor(Qt.CursorShape.PointingHandCursor)
    made.setAutoDefault(False)
    if icon:
        made.setIcon(theme.icon(icon, "on_accent" if kind == "main" else "quiet"))
        made.setIconSize(QSize(theme.px(18), theme.px(18)))
    if shortcut:
        made.setShortcut(QKeySequence(shortcut))
    if on_click is not None:
        made.clicked.connect(lambda: on_click())
    return made


def column(parent: QWidget | None = None, gap: int = MEDIUM, margins: Sequence[int] = (0, 0, 0, 0)) -> QVBoxLayout:
    """A column of widgets."""
    box = QVBoxLayout(parent) if parent is not None else QVBoxLayout()
    box.setSpacing(gap)
    box.setContentsMargins(*margins)
    return box


def line(gap: int = SMALL, margins: Sequence[int] = (0, 0, 0, 0)) -> QHBoxLayout:
    """Widgets side by side."""
    box = QHBoxLayout()
    box.setSpacing(gap)
    box.setContentsMargins(*margins)
    return box


class Card(QFrame):
    """A white card with an optional title line: title, quiet sentence beside it, quiet note at the right."""

    def __init__(self, theme: Theme, title: str = "", beside: str = "", note: str = "") -> None:
        super().__init__()
        self.setObjectName("card")
        self.box = column(self, MEDIUM, (LARGE, MEDIUM, LARGE, LARGE))
        self.title = label(theme, title, CARD_TITLE, strong=True)
        self.beside = Elided(theme, beside, TEXT, "quiet")
        self.note = label(theme, note, NOTE, tone="faint")
        if title:
            self.setAccessibleName(title)
            head = line(MEDIUM)
            head.addWidget(self.title)
            head.addWidget(self.beside, 1)
            head.addWidget(self.note)
            self.box.addLayout(head)

    def rows(self) -> QVBoxLayout:
        """A place for lines to press, close together."""
        inner = column(None, 2)
        self.box.addLayout(inner)
        return inner


class Elided(QLabel):
    """One line that ends in … where there is no room; the whole text is in the tooltip and for the screen reader."""

    def __init__(self, theme: Theme, text: str = "", size: int = TEXT, tone: str = "", strong: bool = False) -> None:
        super().__init__()
        self._whole = ""
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setFont(theme.font(size, strong))
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        set_tone(self, tone)
        self.set_whole(text)

    def set_whole(self, text: str) -> None:
        """The text to show as much of as fits."""
        self._whole = " ".join(text.split())
        self.setAccessibleName(self._whole)
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._fit()
        super().resizeEvent(event)

    def _fit(self) -> None:
        shown = self.fontMetrics().elidedText(self._whole, Qt.TextElideMode.ElideRight, max(self.width(), 20))
        self.setText(shown)
        self.setToolTip(tooltip(self._whole) if shown != self._whole else "")


class Flow(QLayout):
    """Widgets in lines that wrap, for chips."""

    def __init__(self, gap: int = SMALL) -> None:
        super().__init__()
        self._items: list[QLayoutItem] = []
        self._gap = gap
        self.setContentsMargins(0, 0, 0, 0)

    def addItem(self, item: QLayoutItem) -> None:
        self._items.append(item)

    def count(self) -> int:
        return len(self._items)

    def itemAt(self, index: int) -> QLayoutItem | None:
        return self._items[index] if 0 <= index < len(self._items) else None

    def takeAt(self, index: int) -> QLayoutItem | None:
        return self._items.pop(index) if 0 <= index < len(self._items) else None

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        return self._arrange(QRect(0, 0, width, 0), place=False)

    def sizeHint(self) -> QSize:
        return self.minimumSize()

    def minimumSize(self) -> QSize:
        size = QSize()
        for item in self._items:
            if not item.isEmpty():  # hidden
                size = size.expandedTo(item.minimumSize())
        return size

    def setGeometry(self, rect: QRect) -> None:
        super().setGeometry(rect)
        self._arrange(rect, place=True)

    def clear(self) -> None:
        """Takes all widgets out and lets go of them."""
        while (item := self.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()

    def _arrange(self, rect: QRect, place: bool) -> int:
        x, y, tallest = rect.x(), rect.y(), 0
        for item in self._items:
            if item.isEmpty():
                continue
            size = item.sizeHint()
            if x > rect.x() and x + size.width() > rect.right() + 1:
                x, y, tallest = rect.x(), y + tallest + self._gap, 0
            if place:
                item.setGeometry(QRect(QPoint(x, y), size))
            x += size.width() + self._gap
            tallest = max(tallest, size.height())
        return y + tallest - rect.y()


class Choice(Button):
    """A button that shows what is chosen and opens the list of what can be ("Any channel")."""

    chosen = Signal(object)

    def __init__(
        self, theme: Theme, name: str, options: Sequence[tuple[object, str]] = (), value: object = None
    ) -> None:
        super().__init__()
        self._name = name
        self._menu = QMenu(self)
        self._options: list[tuple[object, str]] = []
        self.value = value
        self.setMenu(self._menu)
        self.setAutoDefault(False)
        self.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
        self.setIcon(theme.icon("chevron-down", "quiet", 14))
        self.offer(options, value)

    def offer(self, options: Sequence[tuple[object, str]], value: object) -> None:
        """Shows these options, one of them chosen, without telling anyone."""
        if list(options) != self._options:
            self._options = list(options)
            for old in self._menu.actions():
                self._menu.removeAction(old)
                old.deleteLater()  # not at once: one of them may be the one that was just chosen
            for option, text in self._options:
                action = self._menu.addAction(text.replace("&", "&&"))
                action.setCheckable(True)
                action.triggered.connect(partial(self._choose, option))
        for action, (option, _text) in zip(self._menu.actions(), self._options, strict=True):
            action.setChecked(option == value)
        self._show(value)

    def _choose(self, value: object, _checked: bool = False) -> None:
        changed = value != self.value
        self.offer(self._options, value)
        if changed:
            self.chosen.emit(value)

    def _show(self, value: object) -> None:
        self.value = value
        text = next((text for option, text in self._options if option == value), "")
        self.setText(text.replace("&", "&&"))
        self.setAccessibleName(f"{self._name}: {text}")


class RowButton(Button):
    """A whole line to press, with labels in it; as tall as they are."""

    def __init__(self, name: str, on_click: Callable[[], object], content: QLayout) -> None:
        super().__init__()
        self.setProperty("kind", "row")
        self.setAccessibleName(name)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAutoDefault(False)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        content.setContentsMargins(3, 4, 3, 4)
        self.setLayout(content)
        self._content = content
        self.clicked.connect(lambda: on_click())

    def sizeHint(self) -> QSize:
        return self._content.sizeHint()

    def minimumSizeHint(self) -> QSize:
        return self._content.minimumSize()


class Hairline(QFrame):
    """A thin line between things."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("hairline")
        self.setFixedHeight(1)


class EmptyState(QWidget):
    """One sentence and one button where there is nothing to show yet."""

    def __init__(self, theme: Theme, sentence: str, action: QPushButton | None = None, icon: str = "") -> None:
        super().__init__()
        box = column(self, MEDIUM, (LARGE, LARGE, LARGE, LARGE))
        box.addStretch(1)
        if icon:
            picture = QLabel()
            picture.setPixmap(theme.pixmap(icon, "faint", 28))
            picture.setAlignment(Qt.AlignmentFlag.AlignCenter)
            box.addWidget(picture)
        self.sentence = label(theme, sentence, TEXT, tone="quiet", wrap=True)
        self.sentence.setAlignment(Qt.AlignmentFlag.AlignCenter)
        box.addWidget(self.sentence)
        if action is not None:
            box.addWidget(action, 0, Qt.AlignmentFlag.AlignCenter)
        box.addStretch(1)


def on_card(theme: Theme, empty: EmptyState) -> Card:
    """An empty state on the ground of a card, as what will stand in its place."""
    card = Card(theme)
    card.box.addWidget(empty, 1)
    return card


class Bar(QWidget):
    """A share as a bar on a track; `share` 0-1, colour a token."""

    def __init__(self, theme: Theme, share: float, colour: str, thickness: int = 12) -> None:
        super().__init__()
        self._theme, self._share, self._colour, self._thickness = theme, share, colour, thickness
        self.setMinimumWidth(40)
        self.setFixedHeight(theme.px(thickness))
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        radius = self.height() / 2
        painter.setBrush(self._theme.colour("track"))
        painter.drawRoundedRect(self.rect(), radius, radius)
        if self._share > 0:
            width = max(self.height(), round(self.width() * min(self._share, 1.0)))
            painter.setBrush(self._theme.colour(self._colour))
            painter.drawRoundedRect(QRect(0, 0, width, self.height()), radius, radius)
        painter.end()


class Interval(QWidget):
    """A score on its scale with its interval: a dot, the range behind it."""

    def __init__(self, theme: Theme, colour: str, scale: tuple[float, float] = (1, 5)) -> None:
        super().__init__()
        self._theme, self._colour, self._scale = theme, colour, scale
        self._value: float | None = None
        self._low = self._high = 0.0
        self.setFixedHeight(theme.px(14))
        self.setMinimumWidth(60)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)

    def show_figure(self, value: float | None, low: float | None, high: float | None) -> None:
        """Draws a figure; None draws the empty track."""
        self._value = value
        self._low = low if low is not None else (value or 0.0)
        self._high = high if high is not None else (value or 0.0)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        middle, thick, inset = self.height() / 2, self._theme.px(5), self._theme.px(5)
        width = self.width() - 2 * inset

        def at(value: float) -> float:
            low, high = self._scale
            return inset + width * (min(max(value, low), high) - low) / (high - low)

        painter.setBrush(self._theme.colour("track"))
        painter.drawRoundedRect(QRect(inset, round(middle - thick / 2), width, thick), thick / 2, thick / 2)
        if self._value is not None:
            soft = self._theme.colour(self._colour)
            soft.setAlphaF(0.35)
            painter.setBrush(soft)
            left = at(self._low)
            painter.drawRoundedRect(
                QRect(round(left), round(middle - thick / 2), max(2, round(at(self._high) - left)), thick),
                2,
                2,
            )
            painter.setBrush(self._theme.colour(self._colour))
            painter.drawEllipse(QPoint(round(at(self._value)), round(middle)), thick - 1, thick - 1)
        painter.end()


class Scrolled(QScrollArea):
    """Content that scrolls when there is no room, without a frame; wrapped texts are measured at the real width."""

    def __init__(self, content: QWidget) -> None:
        super().__init__()
        content.setObjectName("scrolled")
        self.setWidget(content)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        content.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.LayoutRequest:
            self._measure()
        return super().eventFilter(watched, event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._measure()
        super().resizeEvent(event)

    def _measure(self) -> None:
        """Without this Qt takes the height that wrapped texts would have at their narrowest."""
        content = self.widget()
        layout = content.layout() if content is not None else None
        if content is not None and layout is not None and layout.hasHeightForWidth():
            height = layout.totalHeightForWidth(self.viewport().width())
            if height != content.minimumHeight():
                content.setMinimumHeight(height)


def scrolled(content: QWidget) -> QScrollArea:
    """Lets content scroll when there is no room."""
    return Scrolled(content)


def clear(layout: QLayout) -> None:
    """Takes everything out of a layout and lets go of it."""
    while layout.count():
        item = layout.takeAt(0)
        if item is None:
            continue
        widget, inner = item.widget(), item.layout()
        if widget is not None:
            widget.hide()
            widget.deleteLater()
        elif inner is not None:
            clear(inner)


__all__ = [
    "CARD_TITLE", "FIGURE", "LARGE", "MEDIUM", "NOTE", "SMALL", "TEXT", "TIGHT", "TITLE", "Bar", "Card", "Choice",
    "Elided", "EmptyState", "Flow", "Hairline", "Interval", "RowButton", "button", "clear",
    "column", "label", "line", "on_card", "restyle", "scrolled", "set_tone", "tooltip",
]  # fmt: skip
