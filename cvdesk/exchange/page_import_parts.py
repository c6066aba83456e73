"""Parts of the import dialog: how the file is read, which column is what, the first rows as they would come in."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QPaintEvent, QResizeEvent, QWheelEvent
from PySide6.QtWidgets import (
    QComboBox,
    QGridLayout,
    QSizePolicy,
    QStyle,
    QStyleOptionComboBox,
    QStylePainter,
    QVBoxLayout,
    QWidget,
)

from cvdesk.exchange import page_import_words as words
from cvdesk.exchange.look import Look
from cvdesk.exchange.plan import Options
from cvdesk.kit.table import Column, Table
from cvdesk.kit.theme import MEDIUM, SMALL, TIGHT, Theme
from cvdesk.kit.widgets import NOTE, TEXT, Elided, column, label
from cvdesk.wording import _

_WIDE_FIELDS = {
    "text": 220,
    "address": 200,
    "notes": 200,
    "resolution": 200,
    "theme": 180,
    "offering": 160,
    "email": 180,
}
_NARROW_FIELDS = {"date": 104, "closed": 104, "rating": 64, "time": 64, "channel": 92}
_LOUD_FIELDS = ("text", "customer", "name", "first_name", "last_name")
_SAMPLES = 4


class Combo(QComboBox):
    """A choice that keeps its width whatever it offers, and lets the wheel scroll the list around it."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self.setAccessibleName(name)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setMinimumContentsLength(8)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    def offer(self, options: Sequence[tuple[object, str]], value: object) -> None:
        """Shows these options, one of them chosen, without telling anyone."""
        self.blockSignals(True)
        self.clear()
        for option, text in options:
            self.addItem(text, option)
        place = next((place for place, (option, _text) in enumerate(options) if option == value), 0)
        self.setCurrentIndex(place)
        self.blockSignals(False)

    def paintEvent(self, event: QPaintEvent) -> None:
        """As the style draws it, but a text without room ends in …"""
        painter, option = QStylePainter(self), QStyleOptionComboBox()
        self.initStyleOption(option)
        painter.drawComplexControl(QStyle.ComplexControl.CC_ComboBox, option)
        room = self.style().subControlRect(
            QStyle.ComplexControl.CC_ComboBox, option, QStyle.SubControl.SC_ComboBoxEditField, self
        )
        text = self.fontMetrics().elidedText(self.currentText(), Qt.TextElideMode.ElideRight, room.width() - SMALL)
        option.currentText = text
        painter.drawControl(QStyle.ControlElement.CE_ComboBoxLabel, option)
        painter.end()

    def wheelEvent(self, event: QWheelEvent) -> None:
        if self.hasFocus():
            super().wheelEvent(event)
        else:
            event.ignore()


class Detected(QWidget):
    """What was found out about the file, each changeable: the first choice is always what was found."""

    changed = Signal(str)  # which one

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._names = {
            "encoding": _("Letters"), "separator": _("Columns are divided by"), "header": _("First row"),
            "date_order": _("Dates"), "scale": _("Ratings"), "decimal": _("Decimal mark"),
        }  # fmt: skip
        self.choices: dict[str, Combo] = {}
        self._labels: dict[str, QWidget] = {}
        self._chosen: dict[str, Any] = {}
        self._found: dict[str, str] = {}
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(MEDIUM)
        grid.setVerticalSpacing(TIGHT)
        for place, (key, name) in enumerate(self._names.items()):
            choice, title = Combo(name), label(theme, name, NOTE, tone="quiet")
            title.setBuddy(choice)
            self.choices[key], self._labels[key] = choice, title
            row, where = 2 * (place // 3), place % 3
            grid.addWidget(title, row, where)
            grid.addWidget(choice, row + 1, where)
            grid.setColumnStretch(where, 1)
            choice.currentIndexChanged.connect(lambda _place, key=key: self._choose(key))

    def show_look(self, look: Look) -> None:
        """Says what was found, and what the person chose instead."""
        table = look.table
        scale = look.plan.scale.name if look.plan is not None else "1-5"
        found = {
            "encoding": words.encoding_title(table.source.encoding),
            "separator": words.separator_title(table.separator),
            "header": _("Column names") if table.has_header else _("Data"),
            "date_order": words.order_title(look),
            "scale": words.scale_title(scale),
            "decimal": _("Point or comma"),
        }
        offers: dict[str, Sequence[tuple[object, str]]] = {
            "encoding": words.encodings(), "separator": words.separators(),
            "header": ((True, _("Column names")), (False, _("Data"))), "date_order": words.orders(),
            "scale": words.scales(), "decimal": words.decimals(),
        }  # fmt: skip
        for key, choice in self.choices.items():
            if self._chosen.get(key) is None:
                self._found[key] = found[key]
            automatic = self._found.get(key, found[key])
            others = [(value, name) for value, name in offers[key] if name != automatic]
            choice.offer(((None, automatic), *others), self._chosen.get(key))
        shown = {"scale": "rating" in look.mapping, "decimal": "rating" in look.mapping}
        shown["date_order"] = bool(look.mapping.keys() & {"date", "closed", "since", "birthday"})
        for key, is_shown in shown.items():
            self.choices[key].setVisible(is_shown)
            self._labels[key].setVisible(is_shown)

    def forget(self) -> None:
        """Back to what is found, for another file."""
        self._chosen.clear()

    def options(self, mapping: tuple[tuple[str, str], ...]) -> Options:
        """The options of the import."""
        chosen = self._chosen
        return Options(
            mapping, chosen.get("encoding") or "", chosen.get("separator") or "", chosen.get("date_order") or "",
            chosen.get("scale") or "", chosen.get("decimal") or "", chosen.get("header"),
        )  # fmt: skip

    def _choose(self, key: str) -> None:
        self._chosen[key] = self.choices[key].currentData()
        self.changed.emit(key)


class Mapping(QWidget):
    """Which column fills which field, with what stands in it."""

    changed = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._shown: tuple[object, ...] = ()
        self.choices: dict[str, Combo] = {}
        self._samples: dict[str, Elided] = {}
        self._chosen: dict[str, tuple[int, ...]] = {}
        self._names: tuple[str, ...] = ()
        self._box = QVBoxLayout(self)
        self._box.setContentsMargins(0, 0, SMALL, 0)
        self._rows = QWidget()
        self._box.addWidget(self._rows)
        self._box.addStretch(1)

    def show_look(self, look: Look) -> None:
        """Shows which column is what; the rows stay where they are while the columns stay the same."""
        shown = (look.kind, tuple(one.name for one in look.columns))
        if shown != self._shown:
            self._shown, self._names = shown, look.table.header
            self._make_rows(look)
        for field, choice in self.choices.items():
            places = look.mapping.get(field, ())
            options: list[tuple[object, str]] = [((), _("Not in this file"))]
            if len(places) > 1:
                options.append((places, " + ".join(self._names[place] for place in places)))
            options += [((place,), name) for place, name in enumerate(self._names)]
            choice.offer(options, places)
            samples = look.columns[places[0]].samples[:_SAMPLES] if places else ()
            self._samples[field].set_whole(" · ".join(samples))
            self._samples[field].setVisible(bool(samples))
        self._box.activate()  # or the rows stand on each other until the next round of events

    def forget(self) -> None:
        """Back to the columns that are recognised."""
        self._chosen.clear()

    def overruled(self) -> tuple[tuple[str, str], ...]:
        """What the person chose, as an import takes it: (field, column); an empty column leaves the field out."""
        pairs: list[tuple[str, str]] = []
        for field, places in self._chosen.items():
            pairs += [(field, self._column(place)) for place in places] or [(field, "")]
        return tuple(pairs)

    def _column(self, place: int) -> str:
        """A column by its name, or by its number where the name is not its own."""
        name = self._names[place]
        return name if self._names.count(name) == 1 else str(place + 1)

    def _make_rows(self, look: Look) -> None:
        self._rows.hide()
        self._rows.deleteLater()
        self._rows = QWidget()
        self._box.insertWidget(0, self._rows)
        grid = QGridLayout(self._rows)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(MEDIUM)
        grid.setVerticalSpacing(TIGHT)
        grid.setColumnStretch(1, 1)
        self.choices, self._samples = {}, {}
        for number, field in enumerate(words.fields(look)):
            name = words.field_title(look.kind, field)
            choice, title = Combo(name), label(self._theme, name, TEXT)
            title.setBuddy(choice)
            sample = Elided(self._theme, "", NOTE, "faint")
            grid.addWidget(title, 2 * number, 0)
            grid.addWidget(choice, 2 * number, 1)
            grid.addWidget(sample, 2 * number + 1, 1)
            choice.currentIndexChanged.connect(lambda _place, field=field: self._choose(field))
            self.choices[field], self._samples[field] = choice, sample

    def _choose(self, field: str) -> None:
        self._chosen[field] = self.choices[field].currentData()
        taken = set(self._chosen[field])
        for other, places in list(self._chosen.items()):
            if other != field and taken & set(places):
                del self._chosen[other]
        self.changed.emit()


class _Rows:
    """A few rows already there, as a table asks for them."""

    def __init__(self, rows: Sequence[dict[str, str]]) -> None:
        self._rows = list(enumerate(rows))

    def count(self) -> int:
        """How many."""
        return len(self._rows)

    def fetch(self, first: int, limit: int) -> Sequence[tuple[int, dict[str, str]]]:
        """A stretch of them."""
        return self._rows[first : first + limit]


class Preview(QWidget):
    """The first rows as they would come in; the last column takes what room is left."""

    entered = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._box = column(self, SMALL)
        self.note = label(theme, "", NOTE, tone="bad", wrap=True)
        self.note.hide()
        self._box.addWidget(self.note)
        self._fields: tuple[str, ...] = ()
        self._last_width = 0
        self.table: Table | None = None

    def show_look(self, look: Look) -> None:
        """Shows the rows; nothing where a column is missing."""
        rows = look.plan.preview if look.plan is not None else ()
        fields = [field for field in words.fields(look) if field in look.mapping]
        fields.sort(key=lambda field: field in ("text", "notes"))
        if self.table is None or (look.kind, *fields) != self._fields:
            self._make(look.kind, fields)
        assert self.table is not None
        self.table.show_source(_Rows(rows))
        reasons = words.staying_out(rows)
        self.note.setText(reasons)
        self.note.setVisible(bool(reasons))

    def _make(self, kind: str, fields: list[str]) -> None:
        if self.table is not None:
            self.table.hide()
            self.table.deleteLater()
        self._fields = (kind, *fields)
        columns = [self._column(kind, field) for field in fields]
        self._last_width = self._theme.px(columns[-1].width) if columns else 0
        self.table = Table(self._theme, _("First rows as they come in"), columns, lambda row: row[0])
        self.table.setHorizontalScrollMode(Table.ScrollMode.ScrollPerPixel)
        self.table.setCornerWidget(QWidget())
        self.table.opened.connect(lambda _row: self.entered.emit())
        self._box.insertWidget(0, self.table, 1)
        self._fill()

    def _column(self, kind: str, field: str) -> Column:
        width = _WIDE_FIELDS.get(field, _NARROW_FIELDS.get(field, 124))
        quiet = "" if field in _LOUD_FIELDS else "quiet"
        return Column(
            words.field_title(kind, field),
            lambda row: words.preview_cell(field, row[1]),
            width,
            lambda row: "bad" if "rejected" in row[1] else quiet,
        )

    def _fill(self) -> None:
        if self.table is None or len(self._fields) < 2:
            return
        last = len(self._fields) - 2
        before = sum(self.table.columnWidth(place) for place in range(last))
        self.table.setColumnWidth(last, max(self._last_width, self.width() - before - self._theme.px(12)))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fill()
