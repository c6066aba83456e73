"""One windowed table model over a query: only the rows in view are ever read, in blocks, a few blocks kept."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPalette
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
)

from cvdesk.kit.theme import Theme

BLOCK = 100
KEPT_BLOCKS = 20
Index = QModelIndex | QPersistentModelIndex


class Source(Protocol):
    """What a table shows: how many rows, and any stretch of them."""

    def count(self) -> int:
        """How many rows there are."""

    def fetch(self, first: int, limit: int) -> Sequence[Any]:
        """Rows first, first + 1, ... (at most `limit`)."""


class Listed:
    """A source of rows that are there already."""

    def __init__(self, rows: Sequence[Any]) -> None:
        self._rows = rows

    def count(self) -> int:
        """How many there are."""
        return len(self._rows)

    def fetch(self, first: int, limit: int) -> Sequence[Any]:
        """A stretch of them."""
        return self._rows[first : first + limit]


@dataclass(frozen=True, slots=True)
class Column:
    """One column as data. `text` makes a row's words; `tone` names a colour token for them; width in design pixels.

    `said`: what a screen reader says instead, where what is shown needs eyes or the other columns.
    """

    title: str
    text: Callable[[Any], str]
    width: int = 100
    tone: Callable[[Any], str] | str = ""
    right: bool = False
    stretch: bool = False
    said: Callable[[Any], str] | None = None


class TableModel(QAbstractTableModel):
    """The model; `key` gives a row's id so that a selection can be found again."""

    def __init__(self, theme: Theme, columns: Sequence[Column], key: Callable[[Any], int]) -> None:
        super().__init__()
        self._theme = theme
        self._columns = columns
        self._key = key
        self._source: Source | None = None
        self._count = 0
        self._blocks: OrderedDict[int, Sequence[Any]] = OrderedDict()

    def show(self, source: Source) -> None:
        """Shows another source, or the same one asked again."""
        self.beginResetModel()
        self._source = source
        self._count = source.count()
        self._blocks.clear()
        self.endResetModel()

    def row(self, number: int) -> Any | None:
        """The record in a row; None where there is none."""
        if self._source is None or not 0 <= number < self._count:
            return None
        block = number // BLOCK
        if block not in self._blocks:
            self._blocks[block] = self._source.fetch(block * BLOCK, BLOCK)
            if len(self._blocks) > KEPT_BLOCKS:
                self._blocks.popitem(last=False)
        self._blocks.move_to_end(block)
        rows = self._blocks[block]
        place = number - block * BLOCK
        return rows[place] if place < len(rows) else None

    def id_at(self, number: int) -> int | None:
        """The id of the record in a row."""
        record = self.row(number)
        return None if record is None else self._key(record)

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else self._count

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self._columns)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        column = self._columns[index.column()]
        if role == Qt.ItemDataRole.TextAlignmentRole:
            side = Qt.AlignmentFlag.AlignRight if column.right else Qt.AlignmentFlag.AlignLeft
            return side | Qt.AlignmentFlag.AlignVCenter
        if role not in (
            Qt.ItemDataRole.DisplayRole,
            Qt.ItemDataRole.AccessibleTextRole,
            Qt.ItemDataRole.ForegroundRole,
        ):
            return None
        record = self.row(index.row())
        if record is None:
            return None
        if role == Qt.ItemDataRole.ForegroundRole:
            tone = column.tone(record) if callable(column.tone) else column.tone
            return self._theme.colour(tone) if tone else None
        spoken = column.said if role == Qt.ItemDataRole.AccessibleTextRole else None
        return " ".join((spoken or column.text)(record).split())

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if orientation == Qt.Orientation.Horizontal and 0 <= section < len(self._columns):
            if role == Qt.ItemDataRole.DisplayRole:
                return self._columns[section].title
            if role == Qt.ItemDataRole.TextAlignmentRole:
                right = self._columns[section].right
                side = Qt.AlignmentFlag.AlignRight if right else Qt.AlignmentFlag.AlignLeft
                return side | Qt.AlignmentFlag.AlignVCenter
        return None


class _Toned(QStyledItemDelegate):
    """Words keep their colour in the selected row: stars stay stars, what is late stays red."""

    def initStyleOption(self, option: QStyleOptionViewItem, index: Index) -> None:
        super().initStyleOption(option, index)
        option.palette.setBrush(QPalette.ColorRole.HighlightedText, option.palette.brush(QPalette.ColorRole.Text))


class Table(QTableView):
    """The table: calm rows of one height, whole rows selected, opened with Enter or a double click."""

    opened = Signal(object)  # the record's id
    selected = Signal(object)  # the record, or None

    chosen = Signal(int)  # how many rows are selected, where several can be

    def __init__(
        self, theme: Theme, name: str, columns: Sequence[Column], key: Callable[[Any], int], many: bool = False
    ) -> None:
        super().__init__()
        self.rows = TableModel(theme, columns, key)
        self.setModel(self.rows)
        self._toned = _Toned(self)
        self.setItemDelegate(self._toned)
        self.setAccessibleName(name)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        mode = QAbstractItemView.SelectionMode
        self.setSelectionMode(mode.ExtendedSelection if many else mode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.verticalHeader().setVisible(False)
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.verticalHeader().setDefaultSectionSize(theme.px(34))
        header = self.horizontalHeader()
        header.setHighlightSections(False)
        header.setSectionsClickable(False)
        for place, column in enumerate(columns):
            stretch = QHeaderView.ResizeMode.Stretch if column.stretch else QHeaderView.ResizeMode.Interactive
            header.setSectionResizeMode(place, stretch)
            if not column.stretch:
                self.setColumnWidth(place, theme.px(column.width))
        self.doubleClicked.connect(lambda index: self._open(index.row()))
        self.selectionModel().currentRowChanged.connect(
            lambda now, _before: self.selected.emit(self.rows.row(now.row()))
        )
        if many:
            self.selectionModel().selectionChanged.connect(
                lambda _new, _old: self.chosen.emit(sum(count for _first, count in self.chosen_rows()))
            )

    def chosen_rows(self) -> list[tuple[int, int]]:
        """The selected rows as stretches (first, how many), from top to bottom; a stretch costs as much as one row."""
        ranges = self.selectionModel().selection()
        spans = sorted({(ranges.at(place).top(), ranges.at(place).bottom()) for place in range(ranges.size())})
        joined: list[tuple[int, int]] = []
        for top, bottom in spans:
            if joined and top <= joined[-1][1] + 1:
                joined[-1] = (joined[-1][0], max(bottom, joined[-1][1]))
            else:
                joined.append((top, bottom))
        return [(top, bottom - top + 1) for top, bottom in joined]

    def show_source(self, source: Source, keep: int | None = None) -> None:
        """Shows a source; the selection stays on the record with id `keep` where it is among the first rows in view."""
        wanted = keep if keep is not None else self.rows.id_at(self.currentIndex().row())
        place = self.currentIndex().row()
        self.rows.show(source)
        if wanted is None:
            return
        for number in [place, *range(min(self.rows.rowCount(), BLOCK))]:
            if number >= 0 and self.rows.id_at(number) == wanted:
                self.selectRow(number)
                return

    def select_row(self, number: int) -> None:
        """Selects a row and brings it into view."""
        self.selectRow(number)
        self.scrollTo(self.rows.index(number, 0))

    def moveCursor(self, action: QAbstractItemView.CursorAction, modifiers: Qt.KeyboardModifier) -> QModelIndex:  # noqa: N802
        """Home and End go to the first and the last row; rows are selected whole, so columns are nowhere to go."""
        ends = QAbstractItemView.CursorAction
        if action in (ends.MoveHome, ends.MoveEnd) and self.rows.rowCount():
            number = 0 if action == ends.MoveHome else self.rows.rowCount() - 1
            return self.rows.index(number, max(self.currentIndex().column(), 0))
        return super().moveCursor(action, modifiers)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.currentIndex().isValid():
            self._open(self.currentIndex().row())
            return
        super().keyPressEvent(event)

    def _open(self, number: int) -> None:
        record_id = self.rows.id_at(number)
        if record_id is not None:
            self.opened.emit(record_id)
