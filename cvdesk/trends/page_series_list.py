"""The list of what can be looked at: figures in groups, found by typing, each marked where something is going on."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QModelIndex, QPersistentModelIndex, QPointF, QRect, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QPainter, QPen, QPolygonF, QShortcut
from PySide6.QtWidgets import (
    QFrame,
    QListWidget,
    QListWidgetItem,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from cvdesk.kit.form import text_field
from cvdesk.kit.theme import Theme
from cvdesk.kit.widgets import NOTE, SMALL, TEXT, Hairline, column, label, tooltip
from cvdesk.trends.store_themes import THEME, THEME_BAD
from cvdesk.wording import _

Index = QModelIndex | QPersistentModelIndex
KEY, MARK = Qt.ItemDataRole.UserRole, Qt.ItemDataRole.UserRole + 1
SEARCH_FROM = 16  # so many figures are seen at a glance


@dataclass(frozen=True, slots=True)
class Group:
    """A heading and the figures under it, as (key, title)."""

    title: str
    figures: tuple[tuple[str, str], ...]


def mark_words(mark: str) -> str:
    """What a mark says: a change that is clear, or one period out of the ordinary."""
    return {"real": _("changed"), "unusual": _("unusual")}.get(mark, "")


class _Drawn(QStyledItemDelegate):
    """Headings small and strong, figures quiet, the chosen one on the accent's ground; marks are a shape and a word."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        heading = index.data(KEY) is None
        above = SMALL if heading and index.row() else 0
        return QSize(40, self._theme.px(26 if heading else 31) + self._theme.px(above))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        theme = self._theme
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        text = str(index.data(Qt.ItemDataRole.DisplayRole))
        side = theme.px(10)
        if index.data(KEY) is None:
            painter.setFont(theme.font(NOTE, strong=True))
            painter.setPen(theme.colour("faint"))
            room = option.rect.adjusted(theme.px(6), 0, -side, -theme.px(3))
            painter.drawText(room, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignBottom, text)
            painter.restore()
            return
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        self._ground(painter, option, chosen)
        room = option.rect.adjusted(side, 0, -side, 0)
        room.setRight(self._mark(painter, room, str(index.data(MARK) or "")))
        painter.setFont(theme.font(TEXT, strong=chosen))
        painter.setPen(theme.colour("accent" if chosen else "quiet"))
        shown = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, room.width())
        painter.drawText(room, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, shown)
        painter.restore()

    def _ground(self, painter: QPainter, option: QStyleOptionViewItem, chosen: bool) -> None:
        over = bool(option.state & QStyle.StateFlag.State_MouseOver)
        focus = bool(option.state & QStyle.StateFlag.State_HasFocus)
        painter.setPen(QPen(self._theme.colour("accent"), 2) if focus else Qt.PenStyle.NoPen)
        if chosen or over:
            painter.setBrush(self._theme.colour("accent_ground" if chosen else "hover"))
        else:
            painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(option.rect.adjusted(1, 1, -1, -1), 6, 6)

    def _mark(self, painter: QPainter, room: QRect, mark: str) -> int:
        """Draws the mark at the right; gives where the words may end."""
        words = mark_words(mark)
        if not words:
            return room.right()
        theme = self._theme
        painter.setFont(theme.font(NOTE))
        width = painter.fontMetrics().horizontalAdvance(words)
        painter.setPen(theme.colour("accent" if mark == "real" else "quiet"))
        painter.drawText(room, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, words)
        reach = theme.px(4)
        at = QPointF(room.right() - width - 2.5 * reach, room.center().y() + 1)
        painter.setPen(QPen(theme.colour("accent" if mark == "real" else "quiet"), 1.5))
        if mark == "real":  # a full diamond; an open ring for what stands alone
            painter.setBrush(theme.colour("accent"))
            corners = ((0, -reach), (reach, 0), (0, reach), (-reach, 0))
            painter.drawPolygon(QPolygonF([at + QPointF(x, y) for x, y in corners]))
        else:
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawEllipse(at, reach, reach)
        return round(at.x() - 3 * reach)


class _Rows(QListWidget):
    """The rows. What is typed on them goes into the search: `typed(letters)`."""

    typed = Signal(str)

    def __init__(self, theme: Theme, name: str) -> None:
        super().__init__()
        self.setAccessibleName(name)
        self._drawn = _Drawn(theme)
        self.setItemDelegate(self._drawn)
        self.setMouseTracking(True)
        self.setUniformItemSizes(False)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QListWidget.ScrollMode.ScrollPerPixel)

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent) and _letters(event):
            event.accept()  # a letter that is a key of the page elsewhere
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if letters := _letters(event):
            self.typed.emit(letters)
        else:
            super().keyPressEvent(event)


def _letters(event: QKeyEvent) -> str:
    """What a key types; nothing for keys that do something."""
    does = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier | Qt.KeyboardModifier.MetaModifier
    typed = event.text()
    return typed if typed.strip() and typed.isprintable() and not event.modifiers() & does else ""


class SeriesList(QWidget):
    """Arrow keys walk along the figures; typing into the search narrows them. Says `chosen` with a figure's key."""

    chosen = Signal(str)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._groups: tuple[Group, ...] = ()
        self._marks: Mapping[str, str] = {}
        self._told = True
        box = column(self, SMALL)
        self.search = text_field(placeholder=_("Find a figure"))
        self.search.setAccessibleName(_("Find a figure"))
        self.search.setClearButtonEnabled(True)
        self.search.textChanged.connect(self._narrow)
        self.search.hide()
        self.rows = _Rows(theme, _("What to look at"))
        self.rows.currentItemChanged.connect(self._moved)
        self.rows.typed.connect(self._type)
        box.addWidget(self.search)
        box.addWidget(self.rows, 1)
        self._rule = Hairline()
        self._rule.hide()
        box.addWidget(self._rule)
        self.looked_at = label(theme, "", NOTE, tone="faint", wrap=True)
        self.looked_at.setContentsMargins(SMALL, 0, SMALL, 0)
        self.looked_at.hide()
        box.addWidget(self.looked_at)
        for keys, do in (("Down", self._into_rows), ("Return", self._take_first), ("Escape", self.search.clear)):
            shortcut = QShortcut(QKeySequence(keys), self.search)
            shortcut.setContext(Qt.ShortcutContext.WidgetShortcut)
            shortcut.activated.connect(do)

    def show_groups(self, groups: Sequence[Group], key: str, marks: Mapping[str, str]) -> None:
        """Shows what can be chosen, one of it chosen, without telling anyone. `marks`: "real" or "unusual" by key."""
        if (tuple(groups), marks) != (self._groups, self._marks):
            self._groups, self._marks = tuple(groups), dict(marks)
            self._fill()
            self._narrow()
        self.choose(key)

    def say_looked_at(self, words: str) -> None:
        """How many figures the radar looked at, below the list; empty where it has not yet."""
        self.looked_at.setText(words)
        for shown in (self._rule, self.looked_at):
            shown.setVisible(bool(words))

    def choose(self, key: str) -> None:
        """Marks a figure as chosen without telling anyone; an unknown one leaves none chosen."""
        self._told = False
        item = self._item(key)
        if item is None:
            self.rows.setCurrentRow(-1)
        else:
            self.rows.setCurrentItem(item)
            self.rows.scrollToItem(item)
        self._told = True

    def keys(self) -> list[str]:
        """The keys of the figures that show, from the top."""
        items = (self.rows.item(place) for place in range(self.rows.count()))
        return [str(item.data(KEY)) for item in items if item.data(KEY) is not None and not item.isHidden()]

    def focus_first(self) -> None:
        """The keyboard goes to the list."""
        self.rows.setFocus()

    def _fill(self) -> None:
        self._told = False
        self.rows.clear()
        count = 0
        titles = {key: title for group in self._groups for key, title in group.figures}
        for group in self._groups:
            heading = QListWidgetItem(group.title, self.rows)
            heading.setFlags(Qt.ItemFlag.NoItemFlags)
            for key, title in group.figures:
                # Under its heading the name of the theme says enough; all of it would be cut off.
                about = THEME + key.removeprefix(THEME_BAD) if key.startswith(THEME_BAD) else key
                item = QListWidgetItem(titles.get(about, title), self.rows)
                item.setData(KEY, key)
                item.setData(MARK, self._marks.get(key, ""))
                said = mark_words(self._marks.get(key, ""))
                item.setData(Qt.ItemDataRole.AccessibleTextRole, f"{title}, {said}" if said else title)
                item.setToolTip(tooltip(title))
                count += 1
        self.search.setVisible(count > SEARCH_FROM)
        self._told = True

    def _item(self, key: str) -> QListWidgetItem | None:
        items = (self.rows.item(place) for place in range(self.rows.count()))
        return next((item for item in items if item.data(KEY) == key), None)

    def _narrow(self) -> None:
        """Shows the figures in whose name or heading every typed word occurs."""
        words = self.search.text().casefold().split()
        heading: QListWidgetItem | None = None
        for place in range(self.rows.count()):
            item = self.rows.item(place)
            if item.data(KEY) is None:
                heading = item
                heading.setHidden(True)
                continue
            under = heading.text() if heading is not None else ""
            fits = all(word in f"{under} {item.text()}".casefold() for word in words)
            item.setHidden(not fits)
            if fits and heading is not None:
                heading.setHidden(False)

    def _type(self, letters: str) -> None:
        if not self.search.isHidden():
            self.search.setFocus()
            self.search.insert(letters)

    def _into_rows(self) -> None:
        if self.keys():
            self.rows.setFocus()
            if self.rows.currentRow() < 0 or self.rows.currentItem().isHidden():
                self._take_first()

    def _take_first(self) -> None:
        keys = self.keys()
        if keys and (item := self._item(keys[0])) is not None:
            self.rows.setCurrentItem(item)

    def _moved(self, now: QListWidgetItem | None, _before: QListWidgetItem | None) -> None:
        if self._told and now is not None and now.data(KEY) is not None:
            self.chosen.emit(str(now.data(KEY)))
