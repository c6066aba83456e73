"""The periods of a comparison as a table: which side each is on, and which of those before are left out."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableWidget, QTableWidgetItem

from cvdesk.kit.theme import Theme
from cvdesk.trends.records_effect import EffectResult, Step
from cvdesk.wording import _
from cvdesk.wording.effects import level, period
from cvdesk.wording.numbers import whole

_ROOM = 400  # design pixels below which how many were counted goes


def part_words(step: Step) -> str:
    """What becomes of a period, in words."""
    if step.part == "left_out" and step.proposed:
        return _("left out, a bad one")
    if step.part == "before" and step.proposed:
        return _("before; a bad one")
    return {
        "before": _("before"),
        "after": _("after"),
        "left_out": _("left out by you"),
        "settling": _("given to settle"),
        "no_value": _("too few to show"),
        "running": _("not over yet"),
        "too_far": _("too long ago or too late"),
        "other_question": _("another question was asked"),
    }[step.part]


class StepTable(QTableWidget):
    """A tick stands for what is compared; taking it off a period before the start says `left_out(days)`."""

    left_out = Signal(object)

    def __init__(self, theme: Theme) -> None:
        super().__init__(0, 4)
        self._theme = theme
        self._steps: tuple[Step, ...] = ()
        self._told = True
        self._about: tuple[object, ...] = ()
        self.setAccessibleName(_("Periods compared"))
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.verticalHeader().setVisible(False)
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.verticalHeader().setDefaultSectionSize(theme.px(30))
        self.setHorizontalHeaderLabels([_("Period"), _("Value"), _("Counted"), _("Counts as")])
        header = self.horizontalHeader()
        header.setHighlightSections(False)
        header.setSectionsClickable(False)
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        right = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        for place in (1, 2):
            self.model().setHeaderData(place, Qt.Orientation.Horizontal, right, Qt.ItemDataRole.TextAlignmentRole)
        for place, width in enumerate((116, 64, 80)):
            self.setColumnWidth(place, theme.px(width))
        header.setSectionResizeMode(3, QHeaderView.ResizeMode.Stretch)
        self.setMinimumHeight(theme.px(126))
        self.itemChanged.connect(self._ticked)

    def show_result(self, result: EffectResult) -> None:
        """Lists the periods, the newest first; the keyboard stays on the row it is on."""
        self._told = False
        steps = result.steps[::-1]
        about = (result.ask.series, result.ask.note_id, result.ask.action_id)
        row = self.currentRow() if about == self._about else -1
        self._about = about
        self._steps = steps
        self.setRowCount(len(steps))
        for place, step in enumerate(steps):
            self._fill(place, step, result)
        if 0 <= row < len(steps):
            self.setCurrentCell(row, 0)
        else:
            self._bring_into_view()
        self._told = True

    def sizeHint(self) -> QSize:
        return QSize(self._theme.px(300), self._theme.px(140))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.setColumnHidden(2, self.width() < self._theme.px(_ROOM))

    def _bring_into_view(self) -> None:
        """The end of the time before: what may be left out lies there."""
        parts = [step.part for step in self._steps]
        first = next((place for place, part in enumerate(parts) if part in ("before", "left_out")), 0)
        if self.rowCount():
            self.setCurrentCell(first, 0)
            above = self.model().index(max(0, first - 2), 0)
            self.scrollTo(above, QAbstractItemView.ScrollHint.PositionAtTop)

    def _fill(self, place: int, step: Step, result: EffectResult) -> None:
        value = "–" if step.value is None else level(result.unit, step.value)
        words = (period(step.start, result.step), value, whole(step.n), part_words(step))
        compared = step.part in ("before", "after")
        for at, text in enumerate(words):
            item = QTableWidgetItem(text)
            item.setFlags(Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable)
            item.setForeground(self._theme.colour("text" if compared else "faint"))
            if at in (1, 2):
                item.setTextAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
            if at == 0 and step.part in ("before", "left_out"):
                item.setFlags(item.flags() | Qt.ItemFlag.ItemIsUserCheckable)
                item.setCheckState(Qt.CheckState.Checked if step.part == "before" else Qt.CheckState.Unchecked)
                said = _("{period}, compared") if step.part == "before" else _("{period}, left out")
                item.setData(Qt.ItemDataRole.AccessibleTextRole, said.format(period=text))
            self.setItem(place, at, item)

    def _ticked(self, item: QTableWidgetItem) -> None:
        if not self._told or item.column() != 0:
            return
        self.left_out.emit(self._unticked())

    def _unticked(self) -> tuple[date, ...]:
        days = []
        for place, step in enumerate(self._steps):
            if step.part not in ("before", "left_out"):
                continue
            item = self.item(place, 0)
            if item is not None and item.checkState() == Qt.CheckState.Unchecked:
                days.append(step.start)
        return tuple(sorted(days))


__all__: Sequence[str] = ["StepTable", "part_words"]
