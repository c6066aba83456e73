"""What stands beside the questions: whose sheet it is, its steps with how far each has come, and what it is about."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QMenu, QPushButton, QWidget

from cvdesk.kit.theme import LARGE, LEVER_ICONS, MEDIUM, SMALL, TIGHT, Theme
from cvdesk.kit.widgets import NOTE, TEXT, Card, button, clear, column, label, scrolled
from cvdesk.value.form_details import DetailsForm, Find
from cvdesk.value.records_forms import MATTERS, OVERALL, PARTS, Asked, Details, steps_of
from cvdesk.value.records_wording import sheet_title, step_name, way_line
from cvdesk.wording import _, ngettext
from cvdesk.wording.numbers import day, number

_ICONS = {PARTS: "scale", OVERALL: "scale", MATTERS: "star"}


class SheetSide(Card):
    """The card at the left of a sheet."""

    step_chosen = Signal(str)
    sheet_wanted = Signal(object)  # a sheet to go on with, or None for a new one

    def __init__(self, theme: Theme, details: Details, asked: Asked, find: Find) -> None:
        super().__init__(theme)
        self._theme, self._details = theme, details
        self.counts: dict[str, QLabel] = {}
        self.step_rows: dict[str, QPushButton] = {}
        self.box.setContentsMargins(0, 0, 0, SMALL)
        self.box.setSpacing(SMALL)
        content = QWidget()
        inside = column(content, SMALL, (LARGE, MEDIUM, LARGE, 0))
        self.box.addWidget(scrolled(content), 1)
        self.setAccessibleName(sheet_title(details))
        inside.addWidget(label(theme, _explained(details), TEXT, tone="quiet", wrap=True))
        self._steps = column(None, TIGHT)
        inside.addLayout(self._steps)
        self.brief = label(theme, "", NOTE, tone="quiet", wrap=True)
        self.brief.hide()
        inside.addWidget(self.brief)
        self.fields = DetailsForm(theme, details, _sizes(asked, details), asked.offerings, asked.channels, find)
        inside.addWidget(self.fields)
        self.others = button(theme, "", None, "plain")
        self.others.hide()
        inside.addWidget(self.others)
        inside.addStretch(1)
        saved = label(theme, _("Saved as you go"), NOTE, tone="faint")
        saved.setContentsMargins(LARGE, 0, LARGE, 0)
        self.box.addWidget(saved)

    def show_steps(self, steps: Sequence[str]) -> None:
        """A row for each step of the sheet."""
        if list(steps) == list(self.step_rows):
            return
        clear(self._steps)
        self.step_rows, self.counts = {}, {}
        for step in steps:
            self._steps.addWidget(self._row(step))

    def show_counts(self, counts: Mapping[str, tuple[int, int]]) -> None:
        """How many questions of each step are answered, and of how many."""
        for step, (done, every) in counts.items():
            text = _("{done} of {all}").format(done=done, all=every)
            # What may be left out does not say how much of it there is.
            shown = text if step != MATTERS else number(done, 0) if done else ""
            self.counts[step].setText(shown)
            self.step_rows[step].setAccessibleName(f"{step_name(step)}, {text}")

    def show_step(self, step: str) -> None:
        """Marks the step that is being filled in."""
        for key, made in self.step_rows.items():
            made.setChecked(key == step)

    def show_others(self, others: Sequence[tuple[int, str]]) -> None:
        """Other sheets that were begun, as (id, words), in a menu that also begins a new one."""
        menu = self.others.menu() or QMenu(self.others)
        menu.clear()
        for sheet, words in others:
            menu.addAction(words.replace("&", "&&")).triggered.connect(
                lambda _checked=False, sheet=sheet: self.sheet_wanted.emit(sheet)
            )
        if others:
            menu.addSeparator()
        menu.addAction(_("Begin a new sheet")).triggered.connect(lambda: self.sheet_wanted.emit(None))
        self.others.setMenu(menu)
        text = _("Other sheets")
        if others:
            text = ngettext("{count} more begun sheet", "{count} more begun sheets", len(others))
        self.others.setText(text.format(count=len(others)))
        self.others.setAccessibleName(self.others.text())
        self.others.show()

    def _row(self, step: str) -> QPushButton:
        theme = self._theme
        made = button(theme, step_name(step), lambda: self.step_chosen.emit(step), "nav")
        made.setCheckable(True)
        # A customer's answers are not led by the colours of the parts of value.
        colour = step if self._details.guess and step in LEVER_ICONS else "accent"
        made.setIcon(theme.icon(LEVER_ICONS.get(step) or _ICONS[step], colour))
        made.setIconSize(QSize(theme.px(18), theme.px(18)))
        inside = QHBoxLayout(made)
        inside.setContentsMargins(0, 0, theme.px(10), 0)
        count = self.counts[step] = label(theme, "", NOTE, tone="faint")
        count.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        inside.addStretch(1)
        inside.addWidget(count)
        self.step_rows[step] = made
        return made


def _explained(details: Details) -> str:
    """How the sheet is to be answered; whose it is stands in the title of the page."""
    if details.competitor_id is not None:
        return way_line(details.way, details.rival)
    if details.done:
        return _("Finished on {day}. What you change counts at once.").format(day=day(details.date))
    if details.kind == "owner":
        return _("Before you see what customers said")
    return _("Ask in these words")


def _sizes(asked: Asked, details: Details) -> dict[str, int]:
    """How many questions about value each form has that can be chosen for this sheet."""
    if details.done or details.survey or details.token is not None or details.way == "used_both":
        return {}
    forms = ("minute", "short", "full") if details.kind == "owner" else ("minute", "short", "rotating", "full")
    sizes = {}
    for form in forms:
        plain = Details(details.kind, form, details.date, competitor_id=details.competitor_id)
        steps = steps_of(asked.on_sheet(plain))
        scored = {step: some for step, some in steps.items() if step != OVERALL}
        most = 2 if form == "rotating" else len(asked.questions)
        sizes[form] = sum(min(most, len(some)) for some in scored.values())
    return sizes


__all__ = ["SheetSide"]
