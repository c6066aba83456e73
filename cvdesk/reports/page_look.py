"""The monthly look: twenty guided minutes from what is new to the one thing to do."""

from __future__ import annotations

from datetime import date
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QDialog, QLayout, QStackedWidget, QWidget

from cvdesk.kit.dialog import take_room
from cvdesk.kit.session import Session
from cvdesk.kit.theme import LARGE, MEDIUM, SMALL, TIGHT
from cvdesk.kit.widgets import NOTE, TITLE, Choice, Elided, Hairline, button, column, label, line
from cvdesk.reports import store_look
from cvdesk.reports.page_look_choose import ChooseStep
from cvdesk.reports.page_look_file import FileStep
from cvdesk.reports.page_look_find import FindStep
from cvdesk.reports.page_look_judge import JudgeStep
from cvdesk.reports.page_look_parts import Step, StepButton
from cvdesk.reports.page_look_print import PrintStep
from cvdesk.reports.records_look import STEPS, month_of, next_look, steps_done
from cvdesk.reports.words_look import minutes
from cvdesk.wording import _, ngettext
from cvdesk.wording.numbers import day_long, month_long, whole

_USUAL_MINUTES = {"file": 6, "find": 4, "judge": 3, "choose": 4, "print": 2}
_EDGE = 28  # pixels of the window that stay in view around the look


def open_look(session: Session, parent: QWidget) -> None:
    """Opens the look that is due, where it was left."""
    LookDialog(session, parent).open()


class LookDialog(QDialog):
    """Five steps at the left, the one at hand at the right. Escape leaves; all that was decided is kept."""

    def __init__(self, session: Session, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.session, self.theme = session, session.theme
        self.month = month_of(session.today())
        self._own = self.month
        self.look = store_look.look(session.file, self.month)
        self._minutes = dict(_USUAL_MINUTES)
        self.setWindowTitle(_("Monthly look"))
        room = parent.window().size()
        take_room(self, room.width() - self.theme.px(_EDGE), room.height() - self.theme.px(_EDGE))
        self._build()
        session.changed.connect(self._changed)
        session.said.connect(self._say)
        for keys, do in (
            ("Alt+Right", partial(self._move, 1)), ("Alt+Left", partial(self._move, -1)),
            (QKeySequence.StandardKey.Undo, session.undo), (QKeySequence.StandardKey.Redo, session.redo),
        ):  # fmt: skip
            QShortcut(QKeySequence(keys), self).activated.connect(lambda do=do: do())
        self._show_look()
        self.finding.prepare(self.look)
        self.judging.prepare(self.look)
        left_at = session.draft(store_look.at_draft(self.month))
        self.show_step(left_at if left_at in STEPS else STEPS[0])

    # Building

    def _build(self) -> None:
        box = column(self, MEDIUM, (LARGE, LARGE, LARGE, MEDIUM))
        box.setSizeConstraint(QLayout.SizeConstraint.SetNoConstraint)
        self.setMinimumSize(self.theme.px(560), self.theme.px(420))
        head = line(MEDIUM)
        self.heading = label(self.theme, "", TITLE, strong=True)
        self.about = Elided(self.theme, "", NOTE, "quiet")
        head.addWidget(self.heading)
        head.addWidget(self.about, 1)
        self.months = Choice(self.theme, _("Which month"), (), self.month)
        self.months.chosen.connect(self._choose_month)
        head.addWidget(self.months)
        box.addLayout(head)
        body = line(LARGE)
        body.addWidget(self._rail())
        self.stack = QStackedWidget()
        self.filing, self.finding, self.judging = (
            FileStep(self.session),
            FindStep(self.session),
            JudgeStep(self.session),
        )
        self.choosing, self.printing = ChooseStep(self.session), PrintStep(self.session)
        self.steps: dict[str, Step] = {}
        for step in (self.filing, self.finding, self.judging, self.choosing, self.printing):
            self.steps[step.key] = step
            self.stack.addWidget(step)
            step.counted.connect(partial(self._count, step.key))
            step.left.connect(self._go_elsewhere)
        body.addWidget(self.stack, 1)
        box.addLayout(body, 1)
        box.addWidget(Hairline())
        box.addLayout(self._foot())

    def _rail(self) -> QWidget:
        self.rail = QWidget()
        self.rail.setAccessibleName(_("Steps"))
        self.rail.setFixedWidth(self.theme.px(190))
        rows = column(self.rail, TIGHT)
        self.buttons: dict[str, StepButton] = {}
        for number, key in enumerate(STEPS, start=1):
            made = StepButton(self.theme, number, key, partial(self.show_step, key))
            self.buttons[key] = made
            rows.addWidget(made)
        rows.addStretch(1)
        self.clock = label(self.theme, "", NOTE, tone="faint", wrap=True)
        rows.addWidget(self.clock)
        return self.rail

    def _foot(self) -> QLayout:
        foot = line(SMALL)
        self.said = Elided(self.theme, "", NOTE, "quiet")
        foot.addWidget(self.said, 1)
        self.undo = button(self.theme, _("Undo"), self.session.undo, "plain")
        self.undo.hide()
        foot.addWidget(self.undo)
        foot.addWidget(button(self.theme, _("Leave for now"), self.reject))
        self.back = button(self.theme, _("Back"), partial(self._move, -1), icon="chevron-left")
        self.next = button(self.theme, _("Next"), partial(self._move, 1), "main")
        foot.addWidget(self.back)
        foot.addWidget(self.next)
        return foot

    # Showing

    @property
    def at(self) -> str:
        """The key of the step at hand."""
        step = self.stack.currentWidget()
        assert isinstance(step, Step)
        return step.key

    def show_step(self, key: str) -> None:
        """Brings a step into view; the look is left there, should it be left."""
        for known, made in self.buttons.items():
            made.setChecked(known == key)
        self.stack.setCurrentWidget(self.steps[key])
        if self.month == self._own:
            self.session.save_draft(store_look.at_draft(self.month), key)
        last = key == STEPS[-1]
        self.back.setEnabled(key != STEPS[0] and self.month == self._own)
        done = self.look.finished is not None or self.month != self._own
        self.next.setText(_("Next") if not last else (_("Close") if done else _("Finish the look")))
        self.next.setAccessibleName(self.next.text())
        self.steps[key].enter()
        self.steps[key].focus_first()

    def _show_look(self) -> None:
        self.heading.setText(_("Monthly look: {month}").format(month=month_long(self.month)))
        own = self.month == self._own
        self.about.set_whole(self._about(own))
        self.rail.setVisible(own)
        for step in self.steps.values():
            step.show_look(self.look)
        self._show_steps()
        earlier = [one.month for one in store_look.looks(self.session.file) if one.month != self._own]
        self.months.offer([(one, month_long(one)) for one in (self._own, *earlier)], self.month)
        self.months.setVisible(bool(earlier))

    def _about(self, own: bool) -> str:
        if not own:
            return _("An earlier look, as it was decided then.")
        if self.look.finished is not None:
            return _("Finished on {day}. What you change here is kept all the same.").format(
                day=day_long(self.look.finished)
            )
        return _("Leave whenever you like: everything is kept.")

    def _show_steps(self) -> None:
        done = steps_done(self.look, self.filing.waiting)
        for key, made in self.buttons.items():
            made.show_state(minutes(self._minutes[key]), key in done)
        left = sum(count for key, count in self._minutes.items() if key not in done)
        said = ngettext(
            "About {count} minute in all. A step skipped is no fault.",
            "About {count} minutes in all. A step skipped is no fault.",
            left,
        ).format(count=whole(left))
        self.clock.setText(said if left else _("Everything is done."))

    def _count(self, key: str, count: int) -> None:
        self._minutes[key] = count
        self._show_steps()

    def _changed(self, tables: frozenset[str]) -> None:
        if tables & {"looks", "*"}:
            self.look = store_look.look(self.session.file, self.month)
            self._show_look()

    def _say(self, text: str, can_undo: bool) -> None:
        self.said.set_whole(text)
        self.undo.setVisible(can_undo)

    # Going

    def _move(self, by: int) -> None:
        place = STEPS.index(self.at) + by
        if self.month != self._own or place >= len(STEPS):
            self._finish() if by > 0 and self.at == STEPS[-1] else None
        elif place >= 0:
            self.show_step(STEPS[place])

    def _finish(self) -> None:
        if self.month != self._own or self.look.finished is not None or self.session.file.read_only:
            self.accept()
            return
        month, today = self.month, self.session.today()

        def done(_result: object) -> None:
            self.accept()
            self.session.say(
                _("The look is finished. The next one is due from {day} on.").format(day=day_long(next_look(month)))
            )

        self.session.run(_("Finish the monthly look"), partial(store_look.finish, month=month, today=today), done)

    def _go_elsewhere(self, table: str, record: object) -> None:
        session = self.session
        self.reject()
        session.open(table, record)

    def _choose_month(self, month: object) -> None:
        assert isinstance(month, date)
        self.month = month
        self.look = store_look.look(self.session.file, month)
        self._show_look()
        self.show_step(STEPS[-1] if month != self._own else self._left_at())

    def _left_at(self) -> str:
        kept = self.session.draft(store_look.at_draft(self._own))
        return kept if kept in STEPS else STEPS[0]


__all__ = ["LookDialog", "open_look"]
