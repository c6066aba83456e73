"""What the form for an action is built of: fields, what is kept of them half typed, what stands under "More"."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QLabel, QLineEdit, QPlainTextEdit, QWidget

from cvdesk.customers.form_fields import DayLine
from cvdesk.kit.drafts import DraftForm
from cvdesk.kit.form import choice_field, text_field, words_field
from cvdesk.kit.theme import SMALL, Theme
from cvdesk.kit.widgets import NOTE, button, label, line
from cvdesk.strategy import words_actions as words
from cvdesk.strategy.form_action_fields import MoneyLine, Others, Removes, find_field
from cvdesk.strategy.form_action_lifts import Lifts, NumberLine
from cvdesk.strategy.records import MUST_FIX_WHY
from cvdesk.strategy.records_about import About
from cvdesk.wording import _

HARMS = "stop_good"  # stopped although customers like it: kind "stop" with lifts below 0
# Fields made of several parts keep their texts themselves.
_OWN = ("cost_once", "cost_month", "removes", "needs", "excludes", "lifts")


class ActionFields(DraftForm):
    """The fields. `own`: the action's id, which it can neither need nor rule out."""

    ideas_wanted = Signal(str)

    def __init__(self, theme: Theme, about: About, own: int | None) -> None:
        super().__init__(theme)
        self._about, self._own = about, own
        self._labels: dict[str, QLabel] = {}

    def field(self, key: str, name: str, widget: QWidget) -> None:
        """Adds a field, and keeps its label at hand."""
        self._key = key
        super().field(key, name, widget)

    def place(self, asked: QLabel, widget: QWidget) -> None:
        """The label above its field."""
        self._labels[self._key] = asked
        super().place(asked, widget)

    def texts(self) -> dict[str, str]:
        """What the fields say, as text."""
        return {key: self._text_of(widget) for key, widget in self._fields.items()}

    def fill(self, texts: Mapping[str, str]) -> None:
        """Fills the fields in again."""
        super_texts = {key: text for key, text in texts.items() if key not in _OWN}
        keep, self._fields = self._fields, {key: one for key, one in self._fields.items() if key not in _OWN}
        super().fill(super_texts)
        self._fields = keep
        self.once.fill(texts.get("cost_once", ""))
        self.month.fill(texts.get("cost_month", ""))
        self.removes.choose(texts.get("removes", ""))
        for key, field in (("needs", self.needs), ("excludes", self.excludes)):
            field.choose([int(one) for one in texts.get(key, "").split()])
        self.lifts.fill(texts.get("lifts", ""))

    def typed(self) -> list[str]:
        """What all fields say, to tell whether anything was typed since."""
        return list(self.texts().values())

    def ask_ideas(self) -> None:
        """Asks for ideas; which ones, the answers so far decide."""
        self.ideas_wanted.emit("")

    # Building

    def three_answers(self) -> None:
        """The fields that are always in sight."""
        theme, about = self.theme, self._about
        self.name = text_field("", _("For example: text message when late"))
        self.field("name", _("What is to be done"), self.name)
        self.ideas = button(theme, _("Ideas…"), self.ask_ideas, icon="sparkles")
        row = line(SMALL)
        row.addWidget(self.ideas)
        row.addStretch(1)
        self.rows.addRow(row)
        names = list(dict.fromkeys(one.name for one in about.problems))
        self.problem = find_field(names, _("Type or choose"))
        self.field("problem", _("1. Which problem is it about?"), self.problem)
        self.once = MoneyLine(about.digits, _("once"), _("Amount, once"))
        self.month = MoneyLine(about.digits, _("a month"), _("Amount, a month"))
        self.field("cost_once", _("2. What does it cost or save?"), self.once)
        self.field("cost_month", "", self.month)
        self.rows.setRowVisible(self._labels["cost_month"], False)  # the label above asks for both
        self.once.amount.setAccessibleName(_("What does it cost or save? Amount, once"))
        self.month.amount.setAccessibleName(_("What does it cost or save? Amount, a month"))
        self.price = NumberLine(_("such as 5 or −3"), 100)
        self.field("price_change", _("3. By how many per cent does the price change?"), self.price)
        self.removes = Removes(theme)
        self.field("removes", _("3. How much of the problem goes?"), self.removes)
        self.preview = label(theme, "", NOTE, tone="accent", wrap=True)
        self.rows.addRow(self.preview)
        self.more = button(theme, _("More"), self._toggle_more, icon="chevron-down")
        self.rows.addRow(self.more)

    def more_fields(self) -> None:
        """What stands under "More"."""
        theme, about = self.theme, self._about
        self.kind = choice_field([
            ("do", _("Do something")), ("stop", _("Stop something that bothers customers")),
            (HARMS, _("Stop something customers like")), ("price", _("Change a price")),
        ])  # fmt: skip
        self.field("kind", _("What sort of action"), self.kind)
        self.must_fix = choice_field([("", words.why_name("")), *((why, words.why_name(why)) for why in MUST_FIX_WHY)])
        self.field("must_fix", _("Must it be fixed, whatever it brings?"), self.must_fix)
        self.due = DayLine()
        self.due.setPlaceholderText(_("No day set"))
        self.field("due", _("Wanted by"), self.due)
        self.who = choice_field([(None, _("Nobody named")), *about.staff])
        self.field("staff", _("Who sees to it"), self.who)
        self.hours = NumberLine("0")
        self.field("hours", _("Hours of work, once"), self.hours)
        self.reach = NumberLine("100", 100)
        self.field("reach", _("Share of customers it touches, per cent"), self.reach)
        self.chance = NumberLine("70", 100)
        self.field("chance", _("Chance that it works, per cent"), self.chance)
        self.lifts = Lifts(theme, about)
        self.field("lifts", _("How far it moves what customers value"), self.lifts)
        others = [one for one in about.others if one[0] != self._own]
        self.needs = Others(theme, _("Needs first"), others)
        self.field("needs", _("Needs first"), self.needs)
        self.excludes = Others(theme, _("Rules out"), others)
        self.field("excludes", _("Rules out"), self.excludes)
        self.offering = choice_field([(None, _("No product in particular")), *about.offerings])
        self.field("offering", _("Product"), self.offering)
        self.note = words_field("", lines=3)
        self.field("note", _("Note"), self.note)
        for field in (self.who, self.offering, self.kind, self.must_fix):
            field.setMinimumContentsLength(8)
            field.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.open_more(False)

    # Showing and hiding

    def _toggle_more(self) -> None:
        self.open_more(not self.more_open)
        if self.more_open:
            self.kind.setFocus()

    def open_more(self, on: bool) -> None:
        """Shows what stands under "More", or hides it."""
        self.more_open = on
        self.more.setText(f"\u2002{_('Less') if on else _('More')}")
        self.more.setAccessibleName(_("Less") if on else _("More"))
        self.more.setIcon(self.theme.icon("chevron-up" if on else "chevron-down", "quiet"))
        keys = list(self._fields)
        for key in keys[keys.index("kind") :] if "kind" in keys else ():
            self.show_field(key, on)

    def show_field(self, key: str, on: bool) -> None:
        """Shows a field with its label, or hides it."""
        widget = self._fields[key]
        self.rows.setRowVisible(self._labels[key], on)
        self.rows.setRowVisible(widget, on)
        note = self._notes[key]
        note.setVisible(on and bool(note.text()))

    def bring_out(self, found: Mapping[str, str]) -> None:
        """A field under "More" with something wrong is brought into sight."""
        keys = list(self._fields)
        if not self.more_open and any(keys.index(key) >= keys.index("kind") for key in found if key in keys):
            self.open_more(True)

    def _text_of(self, widget: QWidget) -> str:
        if isinstance(widget, MoneyLine | Lifts):
            return widget.text()
        if isinstance(widget, Removes):
            return widget.value()
        if isinstance(widget, Others):
            return " ".join(str(one) for one in widget.ids())
        if isinstance(widget, QLineEdit):
            return widget.text()
        if isinstance(widget, QPlainTextEdit):
            return widget.toPlainText()
        assert isinstance(widget, QComboBox)
        return widget.currentText()


__all__ = ["HARMS", "ActionFields"]
