"""How it is counted who may stay away: the owner's own points."""

from __future__ import annotations

from dataclasses import asdict, fields

from cvdesk.kit.drafts import DraftForm
from cvdesk.kit.form import text_field
from cvdesk.kit.theme import Theme
from cvdesk.stats.at_risk import STANDARD, Points
from cvdesk.wording import _
from cvdesk.wording.numbers import number

_PARTS = ("late", "very_late")  # numbers with decimals


class PointsForm(DraftForm):
    """One field for each number that counts."""

    def __init__(self, theme: Theme, points: Points) -> None:
        super().__init__(theme)
        self._lines = {name: text_field(_shown(name, value)) for name, value in asdict(points).items()}
        for name, words in _names():
            self.field(name, words, self._lines[name])

    def record(self) -> Points:
        """The points as typed; what cannot be read is as it was made."""
        values = {}
        for field in fields(Points):
            read = self._read(field.name)
            values[field.name] = getattr(STANDARD, field.name) if read is None else read
        return Points(**values)  # type: ignore[arg-type]

    def problems(self) -> dict[str, str]:
        """What is wrong, by field."""
        wrong = _("Write a number, such as {number}.")
        found = {
            name: wrong.format(number=_shown(name, getattr(STANDARD, name)))
            for name, _words in _names()
            if self._read(name) is None
        }
        points = self.record()
        if not found and points.very_late < points.late:
            found["very_late"] = _("This must be later than “late”.")
        if not found and points.at_risk_from < points.watch_from:
            found["at_risk_from"] = _("This must be at least as many as for “Watch”.")
        return found

    def _read(self, name: str) -> float | int | None:
        typed = self._lines[name].text().strip().replace(",", ".")
        try:
            value = float(typed) if name in _PARTS else int(typed)
        except ValueError:
            return None
        least = 1 if name in ("days", "watch_from") else 0
        return value if least <= value <= 10_000 else None


def _shown(name: str, value: float) -> str:
    return number(value, 1) if name in _PARTS else str(value)


def _names() -> list[tuple[str, str]]:
    return [
        ("late", _("Late: so many times the usual gap between purchases")),
        ("late_points", _("Points for late")),
        ("very_late", _("Very late: so many times the usual gap")),
        ("very_late_points", _("Points for very late")),
        ("low_answer", _("Points for an answer of 1 or 2 about worth or satisfaction")),
        ("detractor", _("Points for 0 to 6 about recommending you")),
        ("overdue_complaint", _("Points for an overdue complaint")),
        ("complaints", _("Points for two complaints or more")),
        ("days", _("Days back that answers and complaints count")),
        ("watch_from", _("“Watch” from so many points")),
        ("at_risk_from", _("“At risk” from so many points")),
    ]


__all__ = ["PointsForm"]
