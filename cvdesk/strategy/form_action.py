"""The form for an action: three answers make one; everything else stands under "More"."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from PySide6.QtWidgets import QComboBox

from cvdesk.catalogue.records import as_name, as_said
from cvdesk.kit.theme import Theme
from cvdesk.kit.widgets import TEXT, label
from cvdesk.strategy import records_actions as rules
from cvdesk.strategy import words_actions as words
from cvdesk.strategy.form_action_base import HARMS, ActionFields
from cvdesk.strategy.form_action_lifts import NumberLine
from cvdesk.strategy.records import REMOVES, Action, Lift
from cvdesk.strategy.records_about import About, Made, Problem
from cvdesk.strategy.records_ideas import Idea
from cvdesk.wording import _
from cvdesk.wording.numbers import day


class ActionForm(ActionFields):
    """`record()` gives the action as typed. `ideas_wanted`: the owner asks for ideas about what the key names."""

    def __init__(self, theme: Theme, made: Made, about: About) -> None:
        super().__init__(theme, about, made.action.id)
        self._before = made.action
        self._idea = made.action.idea
        self._reach_shown = ""
        if made.said.strip():
            said = _("“{words}”").format(words=words.shortened(made.said, 240))
            self.rows.addRow(label(theme, said, TEXT, tone="quiet", wrap=True))
        self.three_answers()
        self.more_fields()
        self._load(made)
        self._kind_turned()
        self._answered()
        self._listen()

    def record(self) -> Action:
        """The action as typed; ValueError where a number cannot be read: ask `problems` first."""
        one, kind = self._problem(), self.kind.currentData()
        by_hand = self.lifts.by_hand
        why = self.must_fix.currentData()
        change = self.price.value() if kind == "price" else None
        return replace(
            self._before, name=as_name(self.name.text()), kind="stop" if kind == HARMS else kind,
            theme_id=self._theme_id(one), offering_id=self.offering.currentData(),
            cost_once_minor=self.once.minor(), cost_month_minor=self.month.minor(), hours=self.hours.value() or 0.0,
            removes="" if by_hand or kind == "price" else self.removes.value(), lifts=self._lifts(),
            reach=_or(self.reach.value(), 1.0), chance=_or(self.chance.value(), 0.7), needs=self.needs.ids(),
            excludes=self.excludes.ids(), price_change=change, must_fix=bool(why), must_fix_why=why,
            staff_id=self.who.currentData(), due=self.due.day(), note=as_said(self.note.toPlainText()), idea=self._idea,
        )  # fmt: skip

    def problems(self) -> dict[str, str]:
        """What is wrong, by field."""
        found: dict[str, str] = {}
        amount = _("Write an amount, such as 240 or 4.50.")
        for key, said in (
            ("cost_once", amount), ("cost_month", amount), ("hours", _("Hours are a number from 0 up, such as 12.")),
            ("reach", _("Write a share of customers, such as 30 %.")), ("chance", _("Write a chance, such as 70 %.")),
            ("price_change", _("Say by how many per cent the price changes, such as 5 or −3.")),
            ("due", _("Write a day, such as 1 Mar 2027.")),
            ("lifts", _("Write three numbers for each, such as 0.3, 0.6 and 1; name each thing once.")),
        ):  # fmt: skip
            if not self._reads(key):
                found[key] = said
        if self.problem.currentText().strip() and self._problem() is None:
            found["problem"] = _("Choose one from the list as you type; new themes are made on the Themes page.")
        if not found:
            found |= rules.problems(self.record())
        if not as_name(self.name.text()):
            found["name"] = _("Say in a few words what is to be done.")
        needed = not (self.lifts.by_hand or self.kind.currentData() == "price" or self.must_fix.currentData())
        if needed and "problem" not in found and self._problem() is None:
            found["problem"] = _("Say which problem it is about.")
        if needed and self._problem() is not None and not self.removes.value():
            found["removes"] = _("Say how much of it goes: a guess will do.")
        order = list(self._fields)
        self.bring_out(found)
        return dict(sorted(found.items(), key=lambda item: order.index(item[0]) if item[0] in order else len(order)))

    def use_idea(self, idea: Idea) -> None:
        """Fills in an idea; what was typed about money and people stays."""
        self._idea = idea.key
        self.name.setText(idea.text)
        one = self._about.factor(idea.factor)
        now = self._problem()
        if one is not None and (now is None or now.factor != idea.factor):
            self.problem.setCurrentText(one.name)
        self.kind.setCurrentIndex(max(self.kind.findData(idea.kind), 0))
        if idea.kind != "price":
            self.removes.choose(idea.removes)
        if self.more.isVisible() and idea.kind == "price":
            self.price.setFocus()

    def fill(self, texts: Mapping[str, str]) -> None:
        """Fills the fields in again, and says what follows from them."""
        super().fill(texts)
        self._answered()

    def _listen(self) -> None:
        for field in (self.once, self.month, self.removes, self.needs, self.excludes, self.lifts):
            field.edited.connect(self.edited)
        self.removes.edited.connect(self._by_answers)
        self.problem.currentTextChanged.connect(self._answered)
        self.kind.currentIndexChanged.connect(self._kind_turned)
        for line_edit in (self.price, self.reach, self.chance):
            line_edit.textChanged.connect(self._answered)
        self.lifts.edited.connect(self._answered)

    def _load(self, made: Made) -> None:
        action = made.action
        self.name.setText(action.name)
        behind = self._about.theme(action.theme_id) or self._about.factor(made.factor)
        if behind is None and action.id is not None:
            behind = self._about.behind(action)
        self.problem.setCurrentText("" if behind is None else behind.name)
        self._problem_loaded = self.problem.currentText()
        self.once.load(action.cost_once_minor)
        self.month.load(action.cost_month_minor)
        self.price.load(action.price_change)
        self.removes.choose(action.removes)
        harms = action.kind == "stop" and any(lift.likely < 0 for lift in (action.lifts or {}).values())
        self.kind.setCurrentIndex(max(self.kind.findData(HARMS if harms else action.kind), 0))
        self.must_fix.setCurrentIndex(
            max(self.must_fix.findData((action.must_fix_why or "serious") if action.must_fix else ""), 0)
        )
        self.due.setText("" if action.due is None else day(action.due))
        _choose(self.who, action.staff_id)
        _choose(self.offering, action.offering_id)
        self.hours.load(action.hours or None)
        self.chance.load(action.chance)
        if action.id is not None or behind is None or behind.share is None:
            self.reach.load(action.reach)
        else:
            self._reach_from(behind)
        self.needs.choose(action.needs)
        self.excludes.choose(action.excludes)
        self.note.setPlainText(action.note)
        if action.lifts and not action.removes and action.kind != "price":
            self.lifts.load(action.lifts)
            self.open_more(True)

    # What follows from the answers

    def _theme_id(self, one: Problem | None) -> int | None:
        """The theme chosen; one that is out of use stays where nobody has chosen another."""
        if self._before.id is not None and self.problem.currentText() == self._problem_loaded:
            return self._before.theme_id
        return None if one is None else one.theme_id

    def _problem(self) -> Problem | None:
        return self._about.named(self.problem.currentText()) if self.problem.currentText().strip() else None

    def _harms(self) -> bool:
        return bool(self.kind.currentData() == HARMS)

    def _kind_turned(self) -> None:
        """A changed price is answered by its per cent; all else by how much of the problem goes."""
        price = self.kind.currentData() == "price"
        self.show_field("price_change", price)
        self.show_field("removes", not price)
        if price and not self.problem.currentText().strip():
            one = self._about.factor(rules.MONEY_FACTOR)
            self.problem.setCurrentText("" if one is None else one.name)
        self._answered()

    def _by_answers(self) -> None:
        """An answer was chosen: what was set by hand no longer holds."""
        if self.lifts.by_hand and self.removes.value():
            self.lifts.turn()
        self._answered()

    def _answered(self) -> None:
        one = self._problem()
        if one is not None and one.share is not None and self.reach.text() == self._reach_shown:
            self._reach_from(one)
        reach = _or(self._number(self.reach), 1.0)
        means: dict[str, str] = {}
        if one is not None:
            for key in REMOVES:
                lift = rules.lift_of(key, one.standing, self._harms())
                means[key] = words.moves(one, lift, reach if reach < 1 else None)
            if self.removes.value():
                said = means[self.removes.value()]
                means[self.removes.value()] = f"{said} ({words.stands(one)})"
        self.removes.say(means, self._harms())
        self.lifts.work_out(self._worked_out())
        self._preview(reach)

    def _preview(self, reach: float) -> None:
        try:
            lifts = self._lifts()
        except ValueError:
            lifts = {}
        said = words.net_words(lifts, reach, _or(self._number(self.chance), 0.7), self._about) if lifts else ""
        self.preview.setText(said)
        self.preview.setVisible(bool(said))

    def _lifts(self) -> dict[str, Lift]:
        if self.lifts.by_hand:
            return self.lifts.values()
        before = self._before
        same = before.id is not None and (self._about.behind(before), before.removes, before.price_change) == (
            self._problem(), self.removes.value(), self._number(self.price),
        )  # fmt: skip
        if same and before.lifts and before.kind == self.kind.currentData().removesuffix("_good"):
            return dict(before.lifts)
        return self._worked_out()

    def _worked_out(self) -> dict[str, Lift]:
        one = self._problem()
        if self.kind.currentData() == "price":
            money, change = self._about.factor(rules.MONEY_FACTOR), self._number(self.price)
            if money is None or not change:
                return {}
            return {rules.MONEY_FACTOR: rules.price_lift(change, money.standing)}
        if one is None or not self.removes.value():
            return {}
        return {one.factor: rules.lift_of(self.removes.value(), one.standing, self._harms())}

    def _reach_from(self, one: Problem) -> None:
        self.reach.load(one.share)
        self._reach_shown = self.reach.text()

    def _number(self, field: NumberLine) -> float | None:
        try:
            return field.value()
        except ValueError:  # said beside the field when it is saved
            return None

    def _reads(self, key: str) -> bool:
        readers = {
            "cost_once": self.once.minor, "cost_month": self.month.minor, "hours": self.hours.value,
            "reach": self.reach.value, "chance": self.chance.value, "price_change": self.price.value,
            "due": self.due.day, "lifts": self.lifts.values,
        }  # fmt: skip
        try:
            readers[key]()
        except ValueError:
            return False
        return True

    def ask_ideas(self) -> None:
        """Asks for ideas about what was answered so far."""
        one = self._problem()
        self.ideas_wanted.emit("" if one is None else one.factor)


def _choose(field: QComboBox, value: int | None) -> None:
    """Chooses somebody or something from a list, also what is in use no longer."""
    if field.findData(value) < 0:
        field.addItem(_("As before"), value)
    field.setCurrentIndex(field.findData(value))


def _or(found: float | None, otherwise: float) -> float:
    return otherwise if found is None else found


__all__ = ["ActionForm"]
