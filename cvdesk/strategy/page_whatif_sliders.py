"""The sliders of What if: how much each part of value weighs, and where each factor stands."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QLabel, QWidget

from cvdesk.catalogue.records import GAINS, LEVERS
from cvdesk.kit.theme import MEDIUM, SMALL, Theme
from cvdesk.kit.widgets import NOTE, TEXT, Card, Elided, button, column, label, line
from cvdesk.strategy.page_slider import Slider
from cvdesk.strategy.records_plan import Basis, FactorStanding
from cvdesk.wording import _, figures
from cvdesk.wording.numbers import number

_TENTHS = 10  # steps a point
_LIGHTEST, _HEAVIEST = 0.5, 2.0
_Z = 1.96  # the likely range of a score, from its standard error


class WeightSliders(Card):
    """How much each part weighs, 0.5 to 2; the four make 4 together, the untouched ones give way."""

    moved = Signal(str, float)  # a part of value and its new weight
    reset = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme, _("What weighs how much"))
        self._theme = theme
        self.back = button(theme, _("Back to what was found"), self.reset.emit, "plain")
        grid = QGridLayout()
        grid.setHorizontalSpacing(MEDIUM)
        grid.setVerticalSpacing(SMALL)
        self.sliders: dict[str, Slider] = {}
        self._values: dict[str, QLabel] = {}
        for row, lever in enumerate(LEVERS):
            name = figures.lever_name(lever)
            slider = Slider(theme, _("Weight of {part}").format(part=name), _steps(_HEAVIEST), colour=lever)
            slider.setMinimum(_steps(_LIGHTEST))
            slider.valueChanged.connect(lambda value, lever=lever: self.moved.emit(lever, value / _TENTHS))
            value = label(theme, "", TEXT)
            value.setMinimumWidth(theme.px(28))
            grid.addWidget(label(theme, name, TEXT, strong=True, tone=lever), row, 0)
            grid.addWidget(slider, row, 1)
            grid.addWidget(value, row, 2)
            self.sliders[lever], self._values[lever] = slider, value
        grid.setColumnStretch(1, 1)
        self.box.addLayout(grid)
        self.box.addWidget(
            label(
                theme, _("The four weigh 4 together: what one gains, the others give."), NOTE, tone="quiet", wrap=True
            )
        )
        self.box.addWidget(self.back)

    def show_weights(self, real: Mapping[str, float], supposed: Mapping[str, float], touched: bool) -> None:
        """Shows the weights as supposed, the real ones marked."""
        for lever, slider in self.sliders.items():
            now = supposed.get(lever, 1.0)
            slider.show_value(_steps(now))
            slider.show_mark(_TENTHS * real.get(lever, 1.0))
            self._values[lever].setText(number(now))
            slider.say(_("{now}, found: {real}").format(now=number(now), real=number(real.get(lever, 1.0))))
        self.back.setEnabled(touched)


class ScoreSliders(Card):
    """Where each factor stands, 1 to 5; the measured score is marked with its likely range."""

    moved = Signal(str, float)  # a factor's key and its new score
    reset = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme, _("What customers say"), note=_("line: measured, with its likely range"))
        self._theme = theme
        self.sliders: dict[str, Slider] = {}
        self._values: dict[str, QLabel] = {}
        self._inner = QWidget()
        self._rows = column(self._inner, SMALL)
        self.box.addWidget(self._inner)
        self.back = button(theme, _("Back to what was measured"), self.reset.emit, "plain")
        row = line(SMALL)
        row.addWidget(self.back)
        row.addStretch(1)
        self.box.addLayout(row)

    def show_scores(self, basis: Basis, supposed: Mapping[str, float]) -> None:
        """Shows the factors as supposed; built anew only where there are others than before."""
        keys = [one.key for one in basis.factors]
        if keys != list(self.sliders):
            self._build(basis)
        for one in basis.factors:
            now = supposed.get(one.key, one.score)
            slider = self.sliders[one.key]
            slider.show_value(_steps(now))
            slider.show_mark(_TENTHS * one.score, _range_of(one))
            self._values[one.key].setText(number(now))
            slider.say(_("{now} of 5, measured: {score}").format(now=number(now), score=number(one.score)))
        self.back.setEnabled(bool(supposed))

    def _build(self, basis: Basis) -> None:
        theme = self._theme
        self.sliders, self._values = {}, {}
        self._rows.removeWidget(self._inner)
        fresh = QWidget()
        rows = column(fresh, MEDIUM)
        for lever in LEVERS:
            own = [one for one in basis.factors if one.lever == lever]
            if not own:
                continue
            head = line(SMALL)
            head.addWidget(label(theme, figures.lever_name(lever), TEXT, strong=True, tone=lever))
            if lever not in GAINS:
                head.addWidget(label(theme, _("less is better"), NOTE, tone="quiet"))
            head.addStretch(1)
            rows.addLayout(head)
            grid = QGridLayout()
            grid.setHorizontalSpacing(MEDIUM)
            grid.setVerticalSpacing(SMALL)
            for row, one in enumerate(own):
                self._add(grid, row, one)
            grid.setColumnStretch(0, 2)
            grid.setColumnStretch(1, 3)
            rows.addLayout(grid)
        self.box.replaceWidget(self._inner, fresh)
        self._inner.deleteLater()
        self._inner, self._rows = fresh, rows

    def _add(self, grid: QGridLayout, row: int, one: FactorStanding) -> None:
        theme = self._theme
        name = _("{factor}, less is better").format(factor=one.label) if one.lever not in GAINS else one.label
        slider = Slider(theme, name, _steps(5.0), colour=one.lever)
        slider.setMinimum(_steps(1.0))
        slider.valueChanged.connect(lambda value, key=one.key: self.moved.emit(key, value / _TENTHS))
        value = label(theme, "", TEXT)
        value.setMinimumWidth(theme.px(28))
        grid.addWidget(Elided(theme, one.label), row, 0)
        grid.addWidget(slider, row, 1)
        grid.addWidget(value, row, 2)
        self.sliders[one.key], self._values[one.key] = slider, value


def _steps(value: float) -> int:
    return round(_TENTHS * value)


def _range_of(one: FactorStanding) -> tuple[float, float]:
    low, high = one.centre - _Z * one.se, one.centre + _Z * one.se
    return _TENTHS * max(1.0, min(low, one.score)), _TENTHS * min(5.0, max(high, one.score))
