"""A choice, and the choices of the import dialog about how a file is read: what was found first, marked as found."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import fields
from itertools import pairwise
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QPaintEvent, QResizeEvent, QWheelEvent
from PySide6.QtWidgets import (
    QComboBox,
    QGridLayout,
    QLabel,
    QScrollArea,
    QSizePolicy,
    QStyle,
    QStyleOptionComboBox,
    QStylePainter,
    QWidget,
)

from cvdesk.exchange import page_import_reading as words
from cvdesk.exchange.look import Look
from cvdesk.exchange.plan import Options
from cvdesk.kit.theme import MEDIUM, SMALL, TIGHT, Theme
from cvdesk.kit.widgets import NOTE, label, set_tone
from cvdesk.wording import _

_ACROSS = 3
_NOTES_HEIGHT = 52  # three lines
_WIDEST_LIST = 440
_SHORT = Qt.ItemDataRole.UserRole + 1


class Combo(QComboBox):
    """A choice that keeps its width whatever it offers, and lets the wheel scroll the list around it."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self.setAccessibleName(name)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setMinimumContentsLength(8)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    def offer(self, options: Sequence[tuple[object, str]], value: object, found: bool = False) -> None:
        """Shows these options, one of them chosen, without telling anyone. `found`: the first is marked as found."""
        self.blockSignals(True)
        self.clear()
        for place, (option, text) in enumerate(options):
            self.addItem(_("{choice} – as found").format(choice=text) if found and place == 0 else text, option)
            self.setItemData(place, text, _SHORT)
        place = next((place for place, (option, _text) in enumerate(options) if option == value), 0)
        self.setCurrentIndex(place)
        self.blockSignals(False)
        # The list is as wide as its longest line, however narrow the choice is.
        widest = max((self.fontMetrics().horizontalAdvance(self.itemText(at)) for at in range(self.count())), default=0)
        self.view().setMinimumWidth(min(widest, _WIDEST_LIST) + 6 * SMALL)

    def short_text(self) -> str:
        """What is chosen, without the mark."""
        return str(self.currentData(_SHORT) or "")

    def paintEvent(self, event: QPaintEvent) -> None:
        """As the style draws it, but a text without room ends in …"""
        painter, option = QStylePainter(self), QStyleOptionComboBox()
        self.initStyleOption(option)
        painter.drawComplexControl(QStyle.ComplexControl.CC_ComboBox, option)
        room = self.style().subControlRect(
            QStyle.ComplexControl.CC_ComboBox, option, QStyle.SubControl.SC_ComboBoxEditField, self
        )
        text = self.fontMetrics().elidedText(self.short_text(), Qt.TextElideMode.ElideRight, room.width() - SMALL)
        option.currentText = text
        painter.drawControl(QStyle.ControlElement.CE_ComboBoxLabel, option)
        painter.end()

    def wheelEvent(self, event: QWheelEvent) -> None:
        if self.hasFocus():
            super().wheelEvent(event)
        else:
            event.ignore()


class Notes(QScrollArea):
    """What is to be known, in a few lines; more can be scrolled to. As tall as its text, and not there without one."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._label = label(theme, "", NOTE, tone="quiet", wrap=True)
        self._label.setAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop)
        self._label.setObjectName("scrolled")
        self._most = theme.px(_NOTES_HEIGHT)
        self.setWidget(self._label)
        self.setWidgetResizable(True)
        self.setFrameShape(QScrollArea.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.say("")

    def text(self) -> str:
        """What it says."""
        return self._label.text()

    def say(self, text: str) -> None:
        """Says something else."""
        self._label.setText(text)
        self.setAccessibleName(text)
        self.setVisible(bool(text))
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        needed = max(0, self._label.heightForWidth(max(1, self.viewport().width())))
        more = needed > self._most
        self.setFixedHeight(min(self._most, needed))
        bar = Qt.ScrollBarPolicy.ScrollBarAsNeeded if more else Qt.ScrollBarPolicy.ScrollBarAlwaysOff
        self.setVerticalScrollBarPolicy(bar)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus if more else Qt.FocusPolicy.NoFocus)


class Detected(QWidget):
    """What was found out about the file, each changeable: the first choice is always what was found."""

    changed = Signal(str)  # which one, as `Options` calls it

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.choices: dict[str, Combo] = {}
        self._labels: dict[str, QLabel] = {}
        self._chosen: dict[str, Any] = {}
        self._recalled: frozenset[str] = frozenset()
        self._found: dict[str, str] = {}
        self._order: tuple[str, ...] = ()
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(MEDIUM)
        self._grid.setVerticalSpacing(TIGHT)
        for place in range(_ACROSS):
            self._grid.setColumnStretch(place, 1)
        for key, name in words.names().items():
            choice, title = Combo(name), label(theme, name, NOTE, tone="quiet")
            title.setBuddy(choice)
            self.choices[key], self._labels[key] = choice, title
            choice.currentIndexChanged.connect(lambda _place, key=key: self._choose(key))
        self._arrange(tuple(self.choices))

    def show_look(self, look: Look) -> None:
        """Says what was found, and what the person chose instead."""
        found, offers = words.found(look), words.offers(look)
        for key, choice in self.choices.items():
            if key not in found:
                continue
            if self._chosen.get(key) is None:
                self._found[key] = found[key]
            automatic = self._found.get(key, found[key])
            others = [(value, name) for value, name in offers[key] if name != automatic]
            choice.offer(((None, automatic), *others), self._chosen.get(key), found=True)
            self._mark(key)
        self._arrange(tuple(key for key in self.choices if key in found))

    def forget(self) -> None:
        """Back to what is found."""
        self._chosen.clear()
        self._found.clear()
        self._recalled = frozenset()

    def take(self, options: Options) -> None:
        """Takes over what was chosen for the last list like this one."""
        self.forget()
        for each in fields(Options):
            value = getattr(options, each.name)
            if each.name in self.choices and value:
                self._chosen[each.name] = value
        if options.with_header is not None and not options.header_rows:
            self._chosen["header_rows"] = 1 if options.with_header else words.NO_HEADER
        self._recalled = frozenset(self._chosen)

    @property
    def overruled(self) -> bool:
        """Whether anything is not as it was found."""
        return any(value is not None for value in self._chosen.values())

    def options(self, mapping: tuple[tuple[str, str], ...]) -> Options:
        """The options of the import."""
        chosen = {key: value for key, value in self._chosen.items() if value is not None}
        if chosen.get("header_rows") == words.NO_HEADER:
            chosen |= {"header_rows": 0, "with_header": False}
        return Options(mapping=mapping, **chosen)

    def _choose(self, key: str) -> None:
        self._chosen[key] = self.choices[key].currentData()
        self._recalled -= {key}
        self._mark(key)
        self.changed.emit(key)

    def _mark(self, key: str) -> None:
        """Says beside its name whether a choice is another than what was found."""
        name, title = words.names()[key], self._labels[key]
        chosen = self._chosen.get(key) is not None
        if chosen:
            shown = _("{name}: as last time") if key in self._recalled else _("{name}: changed")
            name = shown.format(name=name)
        title.setText(name)
        set_tone(title, "accent" if chosen else "quiet")
        self.choices[key].setAccessibleName(name)

    def _arrange(self, shown: tuple[str, ...]) -> None:
        if shown == self._order:
            return
        self._order = shown
        for key in self.choices:
            for widget in (self._labels[key], self.choices[key]):
                self._grid.removeWidget(widget)
                widget.setParent(self)
                widget.setVisible(key in shown)
        for place, key in enumerate(shown):
            row, where = 2 * (place // _ACROSS), place % _ACROSS
            self._grid.addWidget(self._labels[key], row, where)
            self._grid.addWidget(self.choices[key], row + 1, where)
        for before, after in pairwise(shown):
            self.setTabOrder(self.choices[before], self.choices[after])
