"""Numbers of the form for an action, and how far it moves each thing customers value: worked out, or set by hand."""

from __future__ import annotations

import json
from collections.abc import Mapping

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QLineEdit, QWidget

from cvdesk.kit.form import choice_field
from cvdesk.kit.theme import SMALL, TIGHT, Theme
from cvdesk.kit.widgets import NOTE, button, clear, column, label, line
from cvdesk.strategy.records import Lift
from cvdesk.strategy.records_about import About
from cvdesk.strategy.words_actions import direction, lift_words
from cvdesk.wording import _
from cvdesk.wording.figures import lever_name

_PARTS = ("low", "likely", "high")


class NumberLine(QLineEdit):
    """A number; what nobody has touched comes back as it was, though fewer decimals of it are shown."""

    def __init__(self, placeholder: str = "", times: float = 1.0) -> None:
        """`times`: 100 for a share that is typed as per cent."""
        super().__init__()
        self._times = times
        self._loaded: tuple[str, float | None] = ("", None)
        self.setPlaceholderText(placeholder)
        self.setMinimumWidth(1)

    def load(self, value: float | None) -> None:
        """Shows a number; None: nothing."""
        text = "" if value is None else f"{round(value * self._times, 2):g}".replace("-", "−")
        self._loaded = (text, value)
        self.setText(text)

    def value(self) -> float | None:
        """The number; None for nothing typed; ValueError for what is no number."""
        text = self.text().strip()
        if text == self._loaded[0]:
            return self._loaded[1]
        plain = text.replace("−", "-").replace(",", ".").removesuffix("%").strip()
        if not plain:
            return None
        found = float(plain) / self._times
        if found != found or found in (float("inf"), float("-inf")):
            raise ValueError(text)
        return found


class _Row:
    """One thing customers value with its three guesses."""

    def __init__(self, factor: QComboBox, numbers: dict[str, NumberLine]) -> None:
        self.factor, self.numbers = factor, numbers


class Lifts(QWidget):
    """Says `edited`. `by_hand`: whether the owner has set the numbers; else they follow from the answers above."""

    edited = Signal()

    def __init__(self, theme: Theme, about: About) -> None:
        super().__init__()
        self._theme, self._about = theme, about
        self.by_hand = False
        self._worked_out: dict[str, Lift] = {}
        self.made: list[_Row] = []
        box = column(self, TIGHT)
        self.words = label(theme, "", NOTE, tone="quiet", wrap=True)
        box.addWidget(self.words)
        self._rows = column(None, SMALL)
        box.addLayout(self._rows)
        foot = line(SMALL)
        self.change = button(theme, "", self.turn)
        self.add = button(theme, _("Add another"), self._add_empty)
        foot.addWidget(self.change)
        foot.addWidget(self.add)
        foot.addStretch(1)
        box.addLayout(foot)
        self.setFocusProxy(self.change)
        self._dress()

    def work_out(self, lifts: Mapping[str, Lift]) -> None:
        """What follows from the answers now."""
        self._worked_out = dict(lifts)
        self._dress()

    def load(self, lifts: Mapping[str, Lift]) -> None:
        """Shows these as set by hand."""
        self.by_hand = True
        self._clear()
        for key, lift in lifts.items():
            self._add(key, {"low": lift.low, "likely": lift.likely, "high": lift.high})
        self._dress()

    def values(self) -> dict[str, Lift]:
        """The lifts, as worked out or set; ValueError where something is no number or no factor was chosen twice."""
        if not self.by_hand:
            return dict(self._worked_out)
        found: dict[str, Lift] = {}
        for row in self.made:
            numbers = {part: row.numbers[part].value() for part in _PARTS}
            likely = numbers["likely"]
            if likely is None:
                if any(number is not None for number in numbers.values()):
                    raise ValueError(row.factor.currentText())
                continue
            low, high = numbers["low"], numbers["high"]
            key = row.factor.currentData()
            if key in found:
                raise ValueError(row.factor.currentText())
            found[key] = Lift(likely if low is None else low, likely, likely if high is None else high)
        return found

    def text(self) -> str:
        """What stands in the fields, to be kept."""
        if not self.by_hand:
            return ""
        return json.dumps(
            [[row.factor.currentData(), *(row.numbers[part].text() for part in _PARTS)] for row in self.made]
        )

    def fill(self, text: str) -> None:
        """Puts back what was kept."""
        if not text:
            return
        self.load({})
        for key, *typed in json.loads(text):
            row = self._add(key, {})
            for part, words in zip(_PARTS, typed, strict=True):
                row.numbers[part].setText(words)

    def turn(self) -> None:
        """From numbers worked out to numbers set by hand, or back."""
        if self.by_hand:
            self.by_hand = False
            self._clear()
        else:
            self.load(self._worked_out)
            if not self.made:
                self._add_empty()
        self._dress()
        self.edited.emit()

    def _add_empty(self) -> None:
        taken = {row.factor.currentData() for row in self.made}
        free = next((one.factor for one in self._about.factors() if one.factor not in taken), None)
        row = self._add(free, {})
        row.factor.setFocus()
        self.edited.emit()

    def _add(self, key: str | None, numbers: Mapping[str, float]) -> _Row:
        options: list[tuple[object, str]] = [
            (one.factor, f"{lever_name(one.lever)}: {one.factor_name} ({direction(one)})")
            for one in self._about.factors()
        ]
        if key is not None and key not in [option for option, _text in options]:
            options.append((key, key))
        factor = choice_field(options, key)
        factor.setMinimumContentsLength(8)
        factor.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        asked = label(self._theme, _("What it moves"), NOTE, tone="quiet")
        asked.setBuddy(factor)
        factor.setAccessibleName(_("What it moves"))
        holder = QWidget()
        box = column(holder, TIGHT)
        box.addWidget(asked)
        box.addWidget(factor)
        three = line(SMALL)
        made: dict[str, NumberLine] = {}
        for part, words in zip(_PARTS, (_("Low"), _("Likely"), _("High")), strict=True):
            made[part] = NumberLine(words)
            made[part].setAccessibleName(_("{part} guess, in points; below 0 is worse").format(part=words))
            made[part].load(numbers.get(part))
            made[part].textChanged.connect(self.edited)
            three.addWidget(made[part], 1)
        row = _Row(factor, made)
        take_out = button(self._theme, "", lambda: self._take_out(row, holder), "quiet", "x", name=_("Take this out"))
        three.addWidget(take_out)
        box.addLayout(three)
        factor.currentIndexChanged.connect(self.edited)
        self._rows.addWidget(holder)
        self.made.append(row)
        return row

    def _take_out(self, row: _Row, holder: QWidget) -> None:
        self.made.remove(row)
        self._rows.removeWidget(holder)
        holder.hide()
        holder.deleteLater()
        self.edited.emit()

    def _clear(self) -> None:
        self.made.clear()
        clear(self._rows)

    def _dress(self) -> None:
        self.add.setVisible(self.by_hand)
        self.change.setText(_("Work it out from my answers") if self.by_hand else _("Set by hand"))
        self.change.setAccessibleName(self.change.text())
        if self.by_hand:
            said = _("In points of the scale 1 to 5. Above 0 is always better for customers, below 0 worse.")
        else:
            lines = [lift_words(self._about.factor(key), key, lift) for key, lift in self._worked_out.items()]
            said = "\n".join(lines) or _("Follows from your answers above.")
        self.words.setText(said)
