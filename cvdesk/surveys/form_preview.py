"""A form as the customer sees it: a page-like picture made of plain widgets."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from cvdesk.kit.theme import Theme
from cvdesk.kit.widgets import (
    CARD_TITLE,
    LARGE,
    MEDIUM,
    NOTE,
    SMALL,
    TEXT,
    TIGHT,
    Hairline,
    clear,
    column,
    label,
    scrolled,
)
from cvdesk.surveys.records_items import Item, heading
from cvdesk.wording import _
from cvdesk.wording.numbers import whole


class Boxes(QWidget):
    """The boxes an item is answered in, drawn: numbers, yes and no, or lines to write on."""

    def __init__(self, theme: Theme, item: Item) -> None:
        super().__init__()
        self._theme, self._item = theme, item
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setFixedHeight(theme.px(44 if item.kind == "text" else 24))
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(self._theme.font(NOTE))
        line = QPen(self._theme.colour("faint"))
        if self._item.kind == "text":
            painter.setPen(line)
            for part in (0.45, 0.95):
                at = round(self.height() * part)
                painter.drawLine(0, at, self.width(), at)
            painter.end()
            return
        texts = [_("Yes"), _("No")] if self._item.kind == "yes_no" else [whole(n) for n in self._item.scale]
        side, gap = self._theme.px(22), self._theme.px(6)
        left = 1
        for text in texts:
            width = max(side, painter.fontMetrics().horizontalAdvance(text) + gap * 2)
            if len(texts) > 6:
                width = side
            place = QRect(left, 1, width, side)
            painter.setPen(line)
            painter.drawRoundedRect(place, 3, 3)
            painter.setPen(self._theme.colour("quiet"))
            painter.drawText(place, Qt.AlignmentFlag.AlignCenter, text)
            left += width + (gap if len(texts) <= 6 else self._theme.px(3))
        painter.end()


class FormPreview(QWidget):
    """The page: business, greeting, questions in the customer's wording, thanks."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self.setAccessibleName(_("The form as the customer sees it"))
        outer = column(self, SMALL)
        self.time = label(theme, "", NOTE, tone="quiet", wrap=True)
        outer.addWidget(self.time)
        self._page = QWidget()
        self._box = QVBoxLayout(self._page)
        self._box.setContentsMargins(TIGHT, 0, MEDIUM, LARGE)
        self._box.setSpacing(SMALL)
        area = scrolled(self._page)
        area.setFocusPolicy(Qt.FocusPolicy.StrongFocus)  # the arrow keys scroll it
        area.setAccessibleName(_("The form as the customer sees it"))
        outer.addWidget(area, 1)

    def show_form(self, business: str, title: str, greeting: str, asked: Sequence[Item], thanks: str) -> None:
        """Draws a form anew."""
        theme, box = self._theme, self._box
        clear(box)
        box.addWidget(label(theme, business, CARD_TITLE, strong=True, wrap=True))
        if title:
            box.addWidget(label(theme, title, NOTE, tone="faint", wrap=True))
        if greeting:
            box.addWidget(label(theme, greeting, TEXT, wrap=True))
        if not asked:
            box.addWidget(label(theme, _("No question is chosen yet."), TEXT, tone="quiet", wrap=True))
        before: tuple[str, str] | None = None
        for item in asked:
            group = (heading(item.lever), item.lead)
            if group != before:
                box.addSpacing(TIGHT)
                box.addWidget(Hairline())
                box.addWidget(label(theme, item.lead or group[0], NOTE, strong=True, tone="faint", wrap=True))
                before = group
            else:
                box.addSpacing(TIGHT)
            box.addWidget(label(theme, f"{item.number}. {item.wording}", TEXT, wrap=True))
            box.addWidget(Boxes(theme, item))
            if words := _anchors(item):
                box.addWidget(label(theme, words, NOTE, tone="quiet", wrap=True))
        box.addSpacing(TIGHT)
        box.addWidget(Hairline())
        box.addWidget(label(theme, thanks or _("Thank you."), TEXT, wrap=True))
        box.addStretch(1)


def _anchors(item: Item) -> str:
    """1: Poor · 3: All right · 5: Excellent."""
    return " · ".join(
        _("{number}:\u00a0{words}").format(number=number, words=words)
        for number, words in item.anchors.items()
        if words
    )


__all__ = ["Boxes", "FormPreview"]
