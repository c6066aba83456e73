"""A line that says what there is room for."""

from __future__ import annotations

from collections.abc import Sequence

from cvdesk.kit.theme import Theme
from cvdesk.kit.widgets import NOTE, Elided, tooltip


class Fitting(Elided):
    """The longest of some wordings that fits; the first one, whole, is in the tooltip and for the screen reader."""

    _wordings: Sequence[str] = ()

    def __init__(self, theme: Theme, wordings: Sequence[str], size: int = NOTE, tone: str = "quiet") -> None:
        super().__init__(theme, wordings[0], size, tone)
        self._wordings = wordings
        self._fit()

    def _fit(self) -> None:
        fitting = (text for text in self._wordings if self.fontMetrics().horizontalAdvance(text) <= self.width())
        shown = next(fitting, None)
        if shown is None:
            super()._fit()
            return
        self.setText(shown)
        self.setToolTip(tooltip(self._whole) if shown != self._whole else "")


__all__ = ["Fitting"]
