"""The dialog for a competitor: its name, and our prices against theirs."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from cvdesk.kit.dialog import Dialog
from cvdesk.kit.form import Form, text_field
from cvdesk.kit.session import Session
from cvdesk.kit.theme import LARGE, MEDIUM, SMALL, Theme
from cvdesk.kit.widgets import NOTE, TITLE, button, column, label, line
from cvdesk.value.records_rivals import HIGHEST_PRICE, LOWEST_PRICE, Competitor
from cvdesk.wording import _
from cvdesk.wording.numbers import number


class CompetitorForm(Form):
    """Name and price of a competitor. The price is asked in per cent of theirs and may stay empty."""

    def __init__(self, theme: Theme, competitor: Competitor) -> None:
        super().__init__(theme)
        self._id = competitor.id
        self.name = text_field(competitor.name, _("For example Crumb & Co"))
        self.field("name", _("Name"), self.name)
        ratio = competitor.price_ratio
        self.price = text_field("" if ratio is None else _bare(100 * ratio), _("110 if you are a tenth dearer"))
        self.field("price", _("Your prices, in per cent of theirs"), self.price)

    def problems(self) -> dict[str, str]:
        """What is wrong, by field."""
        found = {}
        if not self.name.text().strip():
            found["name"] = _("Write the name of the other business.")
        typed = self._typed()
        if typed is not None and not 100 * LOWEST_PRICE <= typed <= 100 * HIGHEST_PRICE:
            found["price"] = _("Write a number from {low} to {high}, such as 110, or leave it empty.").format(
                low=number(100 * LOWEST_PRICE, 0), high=number(100 * HIGHEST_PRICE, 0)
            )
        return found

    def record(self) -> Competitor:
        """What was typed."""
        typed = self._typed()
        return Competitor(self._id, self.name.text(), None if typed is None else round(typed / 100, 6))

    def _typed(self) -> float | None:
        """The price typed; None where there is none, -1 where it is no number."""
        text = self.price.text().strip().removesuffix("%").strip().replace(",", ".")
        if not text:
            return None
        try:
            return float(text)
        except ValueError:
            return -1.0


class CompetitorDialog(Dialog):
    """Adds a competitor, or changes one."""

    wanted = Signal(object)  # the Competitor as typed

    def __init__(self, session: Session, competitor: Competitor, parent: QWidget) -> None:
        super().__init__(session.theme.px(440), parent)
        theme = session.theme
        title = _("Add a competitor") if competitor.id is None else _("Change {name}").format(name=competitor.name)
        self.setWindowTitle(title)
        box = column(self, MEDIUM, (LARGE, LARGE, LARGE, LARGE))
        box.addWidget(label(theme, title, TITLE, strong=True, wrap=True))
        self.form = CompetitorForm(theme, competitor)
        box.addWidget(self.form)
        box.addWidget(
            label(
                theme, _("Without a price, the value map takes how customers rate the prices of both."), NOTE,
                tone="quiet", wrap=True,
            )
        )  # fmt: skip
        foot = line(SMALL)
        foot.addStretch(1)
        foot.addWidget(button(theme, _("Cancel"), self.reject))
        self.keep = button(theme, _("Add") if competitor.id is None else _("Save"), self._press, "main")
        foot.addWidget(self.keep)
        box.addLayout(foot)
        self.form.submitted.connect(self._press)
        self.form.left.connect(self.reject)
        self.form.name.setFocus()

    def _press(self) -> None:
        problems = self.form.problems()
        self.form.show_problems(problems)
        if not problems:
            self.accept()
            self.wanted.emit(self.form.record())


def _bare(value: float) -> str:
    return number(value, 0 if abs(value - round(value)) < 0.05 else 1)
