"""The form of targets and opening hours: days by severity, which days count, hours of each weekday, shut days."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

from PySide6.QtCore import QLocale, Signal
from PySide6.QtWidgets import QCheckBox, QGridLayout, QLabel, QLineEdit, QPlainTextEdit, QWidget

from cvdesk.catalogue.records import SEVERITIES
from cvdesk.complaints.records import severity_name
from cvdesk.complaints.records_due import MOST_DAYS, Hours, Opening, Targets, read_clock, spans
from cvdesk.customers.form_fields import read_day
from cvdesk.kit.form import choice_field, text_field, words_field
from cvdesk.kit.theme import MEDIUM, SMALL, WIDE, Theme
from cvdesk.kit.widgets import NOTE, TEXT, column, label, line, set_tone
from cvdesk.wording import _
from cvdesk.wording.numbers import day, day_short

_LONGEST_SHUT = 366


class TargetsForm(QWidget):
    """`targets()` gives what the fields say; `problem()` the first thing that is wrong. Says `edited`."""

    edited = Signal()

    def __init__(self, theme: Theme, targets: Targets, today: date, now: Callable[[], str]) -> None:
        super().__init__()
        self._theme, self._today, self._now = theme, today, now
        self.days: dict[tuple[str, str], QLineEdit] = {}
        self.open_boxes: list[QCheckBox] = []
        self.hours: list[tuple[QLineEdit, QLineEdit]] = []
        whole = line(WIDE)
        self.setLayout(whole)
        left = QWidget()
        box = column(left, MEDIUM)
        box.addLayout(self._days(targets))
        count = choice_field(
            [(False, _("All days, as in the calendar")), (True, _("Only days on which we are open"))], targets.open_days
        )
        self.count = count
        asks = label(theme, _("Which days count"), TEXT)
        asks.setBuddy(count)
        count.setAccessibleName(_("Which days count"))
        box.addWidget(asks)
        box.addWidget(count)
        self._opening = QWidget()
        inner = column(self._opening, SMALL)
        inner.addLayout(self._week(targets.opening))
        shut = label(theme, _("Shut besides, a day or a stretch on each line"), TEXT)
        self.shut: QPlainTextEdit = words_field(_written(targets.opening), lines=3)
        self.shut.setPlaceholderText(_("25 Dec 2026 - 1 Jan 2027"))
        self.shut.setAccessibleName(_("Days on which you are shut besides"))
        shut.setBuddy(self.shut)
        inner.addWidget(shut)
        inner.addWidget(self.shut)
        self.example = label(theme, "", NOTE, tone="quiet", wrap=True)
        box.addWidget(self.example)
        box.addStretch(1)
        whole.addWidget(left, 1)
        whole.addWidget(self._opening, 1)
        self._listen()
        self._changed()

    def targets(self) -> Targets:
        """What the fields say; raises ValueError with what is wrong, in words."""
        opening = Opening(tuple(self._hours(place) for place in range(7)), frozenset(self._shut_days()))
        chosen = Targets(
            {name: self._count("acknowledge", name) for name in SEVERITIES},
            {name: self._count("resolve", name) for name in SEVERITIES},
            bool(self.count.currentData()),
            opening,
        )
        for name in SEVERITIES:
            if chosen.acknowledge[name] > chosen.resolve[name]:
                raise ValueError(
                    _("{severity}: acknowledging cannot take longer than putting right.").format(
                        severity=severity_name(name)
                    )
                )
        wrong = opening.problems() if chosen.open_days else {}
        if wrong:
            raise ValueError(next(iter(wrong.values())))
        return chosen

    @property
    def asks_hours(self) -> bool:
        """Whether opening hours are asked for: the form is wider then."""
        return bool(self.count.currentData())

    def problem(self) -> str:
        """What is wrong; "" when it can be saved."""
        try:
            self.targets()
        except ValueError as error:
            return str(error)
        return ""

    # Building

    def _days(self, targets: Targets) -> QGridLayout:
        theme = self._theme
        grid = QGridLayout()
        grid.setHorizontalSpacing(MEDIUM)
        grid.setVerticalSpacing(SMALL)
        for place, text in ((1, _("Acknowledge within")), (2, _("Resolve within"))):
            grid.addWidget(label(theme, text, NOTE, tone="faint"), 0, place)
        for row, severity in enumerate(reversed(SEVERITIES), start=1):
            grid.addWidget(label(theme, severity_name(severity), TEXT), row, 0)
            for place, (kind, days, name) in enumerate(
                (
                    ("acknowledge", targets.acknowledge, _("Days to acknowledge: {severity}")),
                    ("resolve", targets.resolve, _("Days to resolve: {severity}")),
                ),
                start=1,
            ):
                field = text_field(str(days[severity]))
                field.setMaxLength(3)
                field.setAccessibleName(name.format(severity=severity_name(severity)))
                self.days[kind, severity] = field
                cell = line(SMALL)
                cell.addWidget(field, 1)
                cell.addWidget(label(theme, _("days"), NOTE, tone="faint"))
                grid.addLayout(cell, row, place)
        grid.setColumnStretch(1, 1)
        grid.setColumnStretch(2, 1)
        return grid

    def _week(self, opening: Opening) -> QGridLayout:
        grid = QGridLayout()
        grid.setHorizontalSpacing(SMALL)
        grid.setVerticalSpacing(4)
        for place, hours in enumerate(opening.hours):
            name = QLocale().standaloneDayName(place + 1)
            ticked = QCheckBox(name)
            ticked.setChecked(hours is not None)
            ticked.setAccessibleName(_("Open on {day}").format(day=name))
            start, end = (text_field(time) for time in (hours or ("09:00", "17:00")))
            for field, text in ((start, _("{day}: from")), (end, _("{day}: to"))):
                field.setAccessibleName(text.format(day=name))
                field.setMaximumWidth(self._theme.px(90))
                field.setVisible(hours is not None)
                ticked.toggled.connect(field.setVisible)
            to = QLabel("–")
            to.setVisible(hours is not None)
            ticked.toggled.connect(to.setVisible)
            grid.setRowMinimumHeight(place, self._theme.px(32))
            for column_place, item in enumerate((ticked, start, to, end)):
                grid.addWidget(item, place, column_place)
            self.open_boxes.append(ticked)
            self.hours.append((start, end))
        grid.setColumnStretch(4, 1)
        return grid

    def _listen(self) -> None:
        for days in self.days.values():
            days.textChanged.connect(lambda _text: self._changed())
        self.count.currentIndexChanged.connect(lambda _place: self._changed())
        self.shut.textChanged.connect(self._changed)
        for ticked, fields in zip(self.open_boxes, self.hours, strict=True):
            ticked.toggled.connect(lambda _on: self._changed())
            for field in fields:
                field.textChanged.connect(lambda _text: self._changed())

    def _changed(self) -> None:
        self._opening.setVisible(self.asks_hours)
        wrong = self.problem()
        set_tone(self.example, "bad" if wrong else "quiet")
        self.example.setText(wrong or self._example())
        self.edited.emit()

    def _example(self) -> str:
        chosen, now = self.targets(), self._now()
        return _(
            "A serious complaint that comes in now is to be acknowledged by {first} and resolved by {second}."
        ).format(
            first=day_short(chosen.acknowledge_by(self._today, "serious", now), self._today),
            second=day_short(chosen.resolve_by(self._today, "serious", now), self._today),
        )

    # Reading

    def _count(self, kind: str, severity: str) -> int:
        typed = self.days[kind, severity].text().strip()
        if not typed.isdecimal() or int(typed) > MOST_DAYS:
            raise ValueError(
                _("{severity}: write a number of days, 0 for the same day.").format(severity=severity_name(severity))
            )
        return int(typed)

    def _hours(self, place: int) -> Hours:
        if not self.open_boxes[place].isChecked():
            return None
        read = []
        for field in self.hours[place]:
            try:
                time = read_clock(field.text())
            except ValueError:
                time = None
            if time is None:
                name = QLocale().standaloneDayName(place + 1)
                raise ValueError(_("{day}: write times such as 9:00 and 17:30.").format(day=name))
            read.append(time)
        return read[0], read[1]

    def _shut_days(self) -> list[date]:
        found: list[date] = []
        for text in self.shut.toPlainText().splitlines():
            if text.strip():
                found += _stretch(text)
        return found


def _stretch(text: str) -> list[date]:
    """The days of a line: one, or from - to; raises ValueError in words."""
    parts = [text] if _reads(text) else [part for part in text.replace("–", " - ").split(" - ") if part.strip()]
    try:
        days = [read_day(part) for part in parts]
    except ValueError:
        days = []
    first, last = (days[0], days[-1]) if 1 <= len(days) <= 2 else (None, None)
    if first is None or last is None:
        raise ValueError(_("“{text}” is no day: write it with its year, such as {day}.").format(
            text=text.strip(), day=day(date(2026, 12, 25))))  # fmt: skip
    if not 0 <= (last - first).days < _LONGEST_SHUT:
        raise ValueError(_("“{text}” ends before it begins, or lasts longer than a year.").format(text=text.strip()))
    return [first + timedelta(days=place) for place in range((last - first).days + 1)]


def _reads(text: str) -> bool:
    try:
        return read_day(text) is not None
    except ValueError:
        return False


def _written(opening: Opening) -> str:
    """The shut days as they can be read again."""
    lines = [day(first) if first == last else f"{day(first)} - {day(last)}" for first, last in spans(opening.closed)]
    return "\n".join(lines)


__all__ = ["TargetsForm"]
