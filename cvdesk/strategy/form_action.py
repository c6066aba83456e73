"""The form for an action: three answers make one; everything else stands under "More"."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QLineEdit, QPlainTextEdit, QWidget

from cvdesk.catalogue.records import as_name, as_said
from cvdesk.customers.form_fields import DayLine
from cvdesk.kit.drafts import DraftForm
from cvdesk.kit.form import choice_field, text_field, words_field
from cvdesk.kit.theme import SMALL, Theme
from cvdesk.kit.widgets import NOTE, TEXT, button, label, line
from cvdesk.strategy import records_actions as rules
from cvdesk.strategy import words_actions as words
from cvdesk.strategy.form_action_fields import MoneyLine, Others, Removes, find_field
from cvdesk.strategy.form_action_lifts import Lifts, NumberLine
from cvdesk.strategy.records import MUST_FIX_WHY, REMOVES, Action, Lift
from cvdesk.strategy.records_about import About, Made, Problem
from cvdesk.strategy.records_ideas import Idea
from cvdesk.wording import _
from cvdesk.wording.numbers import day

_HARMS = "stop_good"  # stopped although customers like it: kind "stop" with lifts below 0


class ActionForm(DraftForm):
    """`record()` gives the action as typed. `ideas_wanted`: the owner asks for ideas about what the key names."""

    ideas_wanted = Signal(str)

    def __init__(self, theme: Theme, made: Made, about: About) -> None:
        super().__init__(theme)
        self._before, self._about = made.action, about
        self._idea = made.action.idea
        self._reach_shown = ""
        if made.said.strip():
            said = _("“{words}”").format(words=words.shortened(made.said, 240))
            self.rows.addRow(label(theme, said, TEXT, tone="quiet", wrap=True))
        self._three_answers()
        self._more_fields()
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
            self._before, name=as_name(self.name.text()), kind="stop" if kind == _HARMS else kind,
            theme_id=None if one is None else one.theme_id, offering_id=self.offering.currentData(),
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
        self._show_where(found)
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

    def texts(self) -> dict[str, str]:
        """What the fields say, as text."""
        return {key: self._text_of(widget) for key, widget in self._fields.items()}

    def fill(self, texts: Mapping[str, str]) -> None:
        """Fills the fields in again."""
        own = ("cost_once", "cost_month", "removes", "needs", "excludes", "lifts")
        super_texts = {key: text for key, text in texts.items() if key not in own}
        keep, self._fields = self._fields, {key: one for key, one in self._fields.items() if key not in own}
        super().fill(super_texts)
        self._fields = keep
        self.once.fill(texts.get("cost_once", ""))
        self.month.fill(texts.get("cost_month", ""))
        self.removes.choose(texts.get("removes", ""))
        for key, field in (("needs", self.needs), ("excludes", self.excludes)):
            field.choose([int(one) for one in texts.get(key, "").split()])
        self.lifts.fill(texts.get("lifts", ""))
        self._answered()

    def typed(self) -> list[str]:
        """What all fields say, to tell whether anything was typed since."""
        return list(self.texts().values())

    # Building

    def _three_answers(self) -> None:
        theme, about = self.theme, self._about
        self.name = text_field("", _("For example: text message when late"))
        self.field("name", _("What is to be done"), self.name)
        self.ideas = button(theme, _("Ideas…"), self._ask_ideas, icon="sparkles")
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

    def _more_fields(self) -> None:
        theme, about = self.theme, self._about
        self._first_more = self.rows.rowCount()
        self.kind = choice_field([
            ("do", _("Do something")), ("stop", _("Stop something that bothers customers")),
            (_HARMS, _("Stop something customers like")), ("price", _("Change a price")),
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
        others = [one for one in about.others if one[0] != self._before.id]
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
        self._open_more(False)

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
        self.once.load(action.cost_once_minor)
        self.month.load(action.cost_month_minor)
        self.price.load(action.price_change)
        self.removes.choose(action.removes)
        harms = action.kind == "stop" and any(lift.likely < 0 for lift in (action.lifts or {}).values())
        self.kind.setCurrentIndex(max(self.kind.findData(_HARMS if harms else action.kind), 0))
        self.must_fix.setCurrentIndex(
            max(self.must_fix.findData((action.must_fix_why or "serious") if action.must_fix else ""), 0)
        )
        self.due.setText("" if action.due is None else day(action.due))
        self.who.setCurrentIndex(max(self.who.findData(action.staff_id), 0))
        self.offering.setCurrentIndex(max(self.offering.findData(action.offering_id), 0))
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
            self._open_more(True)

    # What follows from the answers

    def _problem(self) -> Problem | None:
        return self._about.named(self.problem.currentText()) if self.problem.currentText().strip() else None

    def _harms(self) -> bool:
        return bool(self.kind.currentData() == _HARMS)

    def _kind_turned(self) -> None:
        """A changed price is answered by its per cent; all else by how much of the problem goes."""
        price = self.kind.currentData() == "price"
        self._show_field("price_change", price)
        self._show_field("removes", not price)
        if price and not self.problem.currentText().strip():
            one = self._about.factor(rules.MONEY_FACTOR)
            self.problem.setCurrentText("" if one is None else one.name)
        self._answered()

    def _by_answers(self) -> None:
        """An answer was chosen: what was set by hand no longer holds."""
        if self.lifts.by_hand and self.removes.value():
            self.lifts._turn()
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
                means[self.removes.value()] = f"{said} ({words.direction(one)})"
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

    def _ask_ideas(self) -> None:
        one = self._problem()
        self.ideas_wanted.emit("" if one is None else one.factor)

    # Showing and hiding

    def _toggle_more(self) -> None:
        self._open_more(not self._more_open)
        if self._more_open:
            self.kind.setFocus()

    def _open_more(self, on: bool) -> None:
        self._more_open = on
        self.more.setText(f"\u2002{_('Less') if on else _('More')}")
        self.more.setAccessibleName(_("Less") if on else _("More"))
        self.more.setIcon(self.theme.icon("chevron-up" if on else "chevron-down", "quiet"))
        keys = list(self._fields)
        for key in keys[keys.index("kind") :] if "kind" in keys else ():
            self._show_field(key, on)

    def _show_field(self, key: str, on: bool) -> None:
        widget = self._fields[key]
        for place in range(self.rows.rowCount()):
            item = self.rows.itemAt(place, self.rows.ItemRole.SpanningRole)
            if item is not None and item.widget() is widget:
                self.rows.setRowVisible(place - 1, on)
                self.rows.setRowVisible(place, on)
                break
        note = self._notes[key]
        note.setVisible(on and bool(note.text()))

    def _show_where(self, found: Mapping[str, str]) -> None:
        """A field under "More" with something wrong is brought into sight."""
        keys = list(self._fields)
        if not self._more_open and any(keys.index(key) >= keys.index("kind") for key in found if key in keys):
            self._open_more(True)

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


def _or(found: float | None, otherwise: float) -> float:
    return otherwise if found is None else found


__all__ = ["ActionForm"]
