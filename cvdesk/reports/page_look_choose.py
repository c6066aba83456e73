"""Step four of a monthly look: one thing, with the day it begins and who does it."""

from __future__ import annotations

from datetime import date, timedelta
from functools import partial

from PySide6.QtCore import QDate, QTimer
from PySide6.QtWidgets import QButtonGroup, QLayout, QRadioButton, QWidget

from cvdesk.catalogue import store as catalogue
from cvdesk.kit import crash
from cvdesk.kit.form import choice_field, date_field, text_field
from cvdesk.kit.jobs import Job
from cvdesk.kit.widgets import CARD_TITLE, NOTE, SMALL, TEXT, Card, EmptyState, Flow, button, clear, label, line
from cvdesk.reports import store_look
from cvdesk.reports.page_look_parts import Step, Ticked, open_button
from cvdesk.reports.records_look import LONGEST_OWN, OWN, Candidate, Look, One
from cvdesk.reports.store_look_find import candidates
from cvdesk.wording import _
from cvdesk.wording.numbers import day_long

_WIDEST = 260  # pixels of a name of the staff, however long


class ChooseStep(Step):
    """At most five candidates and a line for something else; what was chosen stands above them."""

    key = "choose"
    _job: Job | None = None
    _found: tuple[Candidate, ...] | None = None
    _look: Look | None = None
    _picked = ""

    def _build(self) -> None:
        theme = self.theme
        self.chosen = Card(theme)
        self.chosen.hide()
        self.box.addWidget(self.chosen)
        self.offer, inside = self.on_card()
        self._rows = inside.layout()
        self.dots: dict[str, QRadioButton] = {}
        self._group = QButtonGroup(self)
        self.box.addWidget(self.offer, 1)
        self.own = text_field("", _("Such as: ask each customer whether the loaf was fresh"))
        self.own.setAccessibleName(_("Something else, in your words"))
        self.own.setMaxLength(LONGEST_OWN)
        self.own.textEdited.connect(self._typed)
        self.own.returnPressed.connect(self._choose)
        own = line(SMALL)
        self._own_dot = QRadioButton(_("Something else"))
        self._own_dot.clicked.connect(partial(self._pick, OWN))
        own.addWidget(self._own_dot)
        own.addWidget(self.own, 1)
        self.offer.box.addLayout(own)
        self.offer.box.addLayout(self._when())

    def _when(self) -> QLayout:
        """The day, who does it and the button: side by side, below each other where there is no room."""
        today = self.session.today()
        monday = today + timedelta(days=7 - today.weekday())
        asked = label(self.theme, _("Begins on"), TEXT)
        self.day = date_field(QDate(monday.year, monday.month, monday.day))
        self.day.setAccessibleName(_("Begins on"))
        asked.setBuddy(self.day)
        staff: list[tuple[object, str]] = [(None, _("nobody named"))]
        staff += catalogue.staff(self.session.file)
        self.who = choice_field(staff, self.session.staff_id)
        self.who.setMaximumWidth(self.theme.px(_WIDEST))
        who = label(self.theme, _("Who does it"), TEXT)
        who.setBuddy(self.who)
        self.who.setAccessibleName(_("Who does it"))
        self.take = button(self.theme, _("This is the one thing"), self._choose)
        fields = Flow()
        for name, field in ((asked, self.day), (who, self.who)):
            both = QWidget()
            pair = line(SMALL)
            both.setLayout(pair)
            pair.addWidget(name)
            pair.addWidget(field)
            fields.addWidget(both)
            if field is self.who and len(staff) == 1:
                both.hide()
        fields.addWidget(self.take)
        return fields

    def enter(self) -> None:
        """Asks again: what was found or stopped in the steps before is another choice."""
        if self._look is None:
            return
        if self._job is not None:
            self._job.cancel()
        month, today = self._look.month, self.session.today()
        self._job = self.session.ask(lambda file: candidates(file, month, today), self._shown, self._failed)

    def first(self) -> QWidget | None:
        """The first candidate, else the line for one's own; what is chosen already."""
        if not self.offer.isVisibleTo(self):
            return self.other
        return next(iter(self.dots.values()), None if self._found is None else self.own)

    def show_look(self, look: Look) -> None:
        """What is chosen, or what can be."""
        before = self._look.state.one if self._look is not None else None
        half = "" if self._look is not None else self.session.draft(store_look.one_draft(look.month))
        self._look = look
        if half:
            self.own.setText(half)
            self._pick(OWN)
        one = look.state.one
        held = self.isAncestorOf(self.window().focusWidget() or self.window())  # before what has it goes from view
        self.chosen.setVisible(one is not None)
        self.offer.setVisible(one is None)
        self.box.setStretchFactor(self.chosen, 1 if one is not None else 0)
        if one is not None:
            self._show_chosen(look, one)
            if held:
                self.other.setFocus()
        elif before is not None:
            self.enter()

    def _show_chosen(self, look: Look, one: One) -> None:
        clear(self.chosen.box)
        theme = self.theme
        box = self.chosen.box
        box.addWidget(label(theme, _("Your one thing"), NOTE, strong=True, tone="faint"))
        box.addWidget(label(theme, one.name, CARD_TITLE, strong=True, wrap=True))
        when = _("From {day}").format(day=day_long(one.start))
        said = _("{when}, {who}").format(when=when, who=one.who) if one.who else when
        box.addWidget(label(theme, said, TEXT, wrap=True))
        if one.why:
            box.addWidget(label(theme, one.why, NOTE, tone="quiet", wrap=True))
        row = line(SMALL)
        self.other = button(theme, _("Choose something else"), self._clear)
        self.other.setEnabled(self.writable)
        row.addWidget(self.other)
        if look.action_id is not None:
            row.addWidget(
                button(
                    theme, _("Open the action"), partial(self.left.emit, "actions", ("action", look.action_id)), "plain"
                )
            )
        row.addStretch(1)
        box.addLayout(row)
        box.addStretch(1)

    def _shown(self, found: tuple[Candidate, ...]) -> None:
        self._job = None
        self._found = found
        held = any(dot.hasFocus() for dot in self.dots.values())
        rows = self._rows
        assert rows is not None
        clear(rows)
        for dot in self._group.buttons():
            self._group.removeButton(dot)
        self.dots = {}
        for one in found:
            dot = QRadioButton()
            dot.setEnabled(self.writable)
            dot.clicked.connect(partial(self._pick, one.key))
            self._group.addButton(dot)
            doing = None
            if one.action is not None:
                doing = open_button(self.theme, one.name, partial(self.left.emit, "actions", ("action", one.action)))
            rows.addWidget(Ticked(self.theme, dot, one.name, one.why, doing))
            self.dots[one.key] = dot
        self._group.addButton(self._own_dot)
        if not found:
            said = _("No open action and nothing that must be fixed. Write one small thing to do in the next month.")
            rows.addWidget(EmptyState(self.theme, said, icon="target"))
        else:
            rows.addStretch(1)  # type: ignore[attr-defined]
        for made in (self._own_dot, self.own, self.day, self.who):
            made.setEnabled(self.writable)
        self._pick(self._picked if self._picked in self.dots or self._picked == OWN else "")
        if held and self.dots:
            next(iter(self.dots.values())).setFocus()
        QTimer.singleShot(0, self, self.arrived)

    def _failed(self, error: Exception) -> None:
        self._shown(())
        crash.report(error)

    def _pick(self, key: str, _on: bool = True) -> None:
        self._picked = key
        dot = self._own_dot if key == OWN else self.dots.get(key)
        if dot is not None:
            dot.setChecked(True)
        known = next((one for one in self._found or () if one.key == key), None)
        if known is not None and known.staff is not None:
            self.who.setCurrentIndex(max(0, self.who.findData(known.staff)))
        ready = known is not None or (key == OWN and bool(self.own.text().strip()))
        self.take.setEnabled(self.writable and ready)

    def _typed(self, text: str) -> None:
        if self._look is not None:
            self.session.save_draft(store_look.one_draft(self._look.month), text)
        self._pick(OWN)

    def _choose(self) -> None:
        if self._look is None or not self.take.isEnabled():
            return
        words = " ".join(self.own.text().split())
        chosen = next((one for one in self._found or () if one.key == self._picked), Candidate(OWN, words, ""))
        if chosen.key == OWN:
            self.session.forget_draft(store_look.one_draft(self._look.month))
        day = self.day.date()
        work = partial(
            store_look.choose, month=self._look.month, today=self.session.today(), chosen=chosen,
            start=date(day.year(), day.month(), day.day()), staff=self.who.currentData(),
        )  # fmt: skip
        self.session.run(_("Monthly look: one thing"), work)

    def _clear(self) -> None:
        if self._look is not None:
            work = partial(store_look.choose_none, month=self._look.month, today=self.session.today())
            self.session.run(_("Monthly look: one thing"), work)
