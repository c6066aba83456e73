"""The form a survey is composed with."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QButtonGroup, QCheckBox, QLabel, QRadioButton, QWidget

from cvdesk.catalogue.records import Factor, Named, Question
from cvdesk.kit.form import choice_field, text_field, words_field
from cvdesk.kit.side import SideForm
from cvdesk.kit.theme import Theme
from cvdesk.kit.widgets import NOTE, SMALL, TIGHT, column, label, line
from cvdesk.surveys.form_questions import QuestionPicker
from cvdesk.surveys.records import FORMS, IMPORTANCE, POINTS, Survey, problems
from cvdesk.surveys.records_forms import form_name, form_purpose, put_together
from cvdesk.wording import _


@dataclass(frozen=True, slots=True)
class Offered:
    """What a survey can be composed of: the questions as they are asked now, factors and products."""

    questions: tuple[Question, ...]
    factors: tuple[Factor, ...]
    offerings: tuple[Named, ...]
    business: str


class Options(QWidget):
    """A few ways to choose from, each with a line that says what it is good for. Says `chosen`."""

    chosen = Signal()

    def __init__(self, theme: Theme, options: Sequence[tuple[str, str, str]], value: str) -> None:
        """`options`: (value, name, what it is good for)."""
        super().__init__()
        self.buttons: dict[str, QRadioButton] = {}
        self._group = QButtonGroup(self)
        box = column(self, TIGHT)
        for key, name, purpose in options:
            made = self.buttons[key] = QRadioButton(name)
            made.setAccessibleName(name)
            made.setAccessibleDescription(purpose)
            made.setChecked(key == value)
            self._group.addButton(made)
            box.addWidget(made)
            beside = line(0, (theme.px(24), 0, 0, 0))  # an indent of the label's own would be cut off at the right
            beside.addWidget(label(theme, purpose, NOTE, tone="faint", wrap=True))
            box.addLayout(beside)
        box.addStretch(1)  # room left over stands below, not between the last name and what it is good for
        self._group.buttonToggled.connect(self._toggled)
        self.setFocusProxy(self.buttons[value])

    @property
    def value(self) -> str:
        """The chosen one."""
        return next(key for key, made in self.buttons.items() if made.isChecked())

    def choose(self, value: str) -> None:
        """Chooses one; an unknown one changes nothing."""
        if value in self.buttons:
            self.buttons[value].setChecked(True)

    def _toggled(self, button: QRadioButton, on: bool) -> None:
        if on:
            self.setFocusProxy(button)
            self.chosen.emit()


class SurveyForm(SideForm):
    """Everything a survey says about itself; says `edited` at each change. Questions can be held fast."""

    edited = Signal()

    def __init__(self, theme: Theme, offered: Offered) -> None:
        super().__init__(theme)
        self.rows.setVerticalSpacing(SMALL)
        self._offered = offered
        self._survey = Survey(None, "", "minute", ())
        self._fixed = False
        self._labels: dict[QWidget, QLabel] = {}
        self.name = text_field("", _("Bread round, spring"))
        self.form = Options(theme, [(form, form_name(form), form_purpose(form)) for form in FORMS], "minute")
        self.picker = QuestionPicker(theme, offered.questions, offered.factors)
        self.importance = QCheckBox(_("How much each thing matters to them"))
        self.points = QCheckBox(_("Ten points to share out over the four parts"))
        self.offering = choice_field(
            [(None, _("Everything you offer")), *((one.id, one.name) for one in offered.offerings)], None
        )
        self.who = Options(theme, _who(), "named")
        self.greeting = words_field("", 3)
        self.greeting.setPlaceholderText(_("A few words before the questions"))
        self.thanks = words_field("", 2)
        self.thanks.setPlaceholderText(_("Thank you."))
        self._fields_in_order()
        self._listen()
        self._show_picker()

    def load(self, survey: Survey, fixed: bool = False) -> None:
        """Shows a survey. `fixed`: sheets of it have gone out, so what it asks stays."""
        self._survey, self._fixed = survey, fixed
        known = {one.version_id: one.key for one in self._offered.questions}
        keys = [known[version] for version in survey.questions if version in known]
        self.fill({
            "name": survey.name, "form": survey.form, "keys": keys, "importance": IMPORTANCE in keys,
            "points": POINTS in keys, "offering": survey.offering_id, "anonymous": survey.anonymous,
            "greeting": survey.greeting, "thanks": survey.thanks,
        })  # fmt: skip
        for widget in (self.form, self.picker, self.also, self.offering, self.who):
            if fixed:
                self._show_row(widget, False)

    def questions(self) -> list[Question]:
        """What the survey would ask, as the form stands; not of one that is fixed."""
        return put_together(
            self.form.value, self._offered.questions, self._offered.factors, self.picker.keys(),
            self.importance.isChecked(), self.points.isChecked(),
        )  # fmt: skip

    def record(self) -> Survey:
        """The survey as the form says."""
        made = replace(
            self._survey, name=self.name.text().strip(), greeting=self.greeting.toPlainText(),
            thanks=self.thanks.toPlainText(),
        )  # fmt: skip
        if self._fixed:
            return made
        return replace(
            made, form=self.form.value, questions=tuple(one.version_id for one in self.questions()),
            offering_id=self.offering.currentData(), anonymous=self.who.value == "anonymous",
        )  # fmt: skip

    def problems(self) -> dict[str, str]:
        """What is wrong, by field."""
        return problems(self.record())

    def state(self) -> dict[str, Any]:
        """All the fields say, to be kept and filled in again."""
        return {
            "name": self.name.text(), "form": self.form.value, "keys": self.picker.keys(),
            "importance": self.importance.isChecked(), "points": self.points.isChecked(),
            "offering": self.offering.currentData(), "anonymous": self.who.value == "anonymous",
            "greeting": self.greeting.toPlainText(), "thanks": self.thanks.toPlainText(),
        }  # fmt: skip

    def fill(self, state: Mapping[str, Any]) -> None:
        """Fills the fields in; what a list no longer offers is left as it was."""
        self.name.setText(state["name"])
        self.form.choose(state["form"])
        self.picker.choose(state["keys"])
        self.importance.setChecked(state["importance"])
        self.points.setChecked(state["points"])
        self.offering.setCurrentIndex(max(0, self.offering.findData(state["offering"])))
        self.who.choose("anonymous" if state["anonymous"] else "named")
        self.greeting.setPlainText(state["greeting"])
        self.thanks.setPlainText(state["thanks"])
        self._show_picker()

    def typed(self) -> list[str]:
        """What all fields say, to tell whether anything was changed."""
        return [str(value) for value in self.state().values()]

    def _fields_in_order(self) -> None:
        self.also = QWidget()
        box = column(self.also, TIGHT)
        box.addWidget(self.importance)
        box.addWidget(self.points)
        self.also.setFocusProxy(self.importance)
        for key, name, widget in (
            ("name", _("Name"), self.name),
            ("form", _("Form"), self.form),
            ("questions", _("Questions"), self.picker),
            ("also", _("After the questions"), self.also),
            ("offering", _("Product"), self.offering),
            ("who", _("By name or not"), self.who),
            ("greeting", _("Greeting"), self.greeting),
            ("thanks", _("Thanks"), self.thanks),
        ):
            self.field(key, name, widget)

    def place(self, asked: QLabel, widget: QWidget) -> None:
        """The label above its field."""
        super().place(asked, widget)
        self._labels[widget] = asked

    def _listen(self) -> None:
        self.form.chosen.connect(self._show_picker)
        for signal in (
            self.name.textChanged, self.form.chosen, self.picker.changed, self.importance.toggled, self.points.toggled,
            self.offering.currentIndexChanged, self.who.chosen, self.greeting.textChanged, self.thanks.textChanged,
        ):  # fmt: skip
            signal.connect(lambda *_values: self.edited.emit())

    def _show_picker(self) -> None:
        self._show_row(self.picker, self.form.value == "own" and not self._fixed)

    def _show_row(self, widget: QWidget, shown: bool) -> None:
        self.rows.setRowVisible(widget, shown)
        self.rows.setRowVisible(self._labels[widget], shown)


def _who() -> list[tuple[str, str, str]]:
    return [
        ("named", _("By name"), _("You see who answered what, and whom to thank or to put something right for.")),
        (
            "anonymous",
            _("Without names"),
            _("No answer leads to anybody, so people speak more freely. You see who was asked, not who answered."),
        ),
    ]


__all__ = ["Offered", "Options", "SurveyForm"]
