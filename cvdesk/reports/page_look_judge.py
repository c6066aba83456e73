"""Step three of a monthly look: what came of what was begun, and whether to go on with it."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QPushButton, QWidget

from cvdesk.kit import crash
from cvdesk.kit.jobs import Job
from cvdesk.kit.widgets import NOTE, SMALL, TEXT, TIGHT, EmptyState, Hairline, button, clear, column, label, line
from cvdesk.reports import store_look
from cvdesk.reports.page_look_parts import Step, open_button
from cvdesk.reports.records_look import DECISIONS, Judged, Look
from cvdesk.reports.store_look_find import ToJudge, to_judge
from cvdesk.reports.words_look import decision_name
from cvdesk.wording import _, ngettext
from cvdesk.wording.numbers import whole


class JudgeStep(Step):
    """Each action and goal with its verdict in words, and three buttons."""

    key = "judge"
    _job: Job | None = None
    _found: ToJudge | None = None
    _look: Look | None = None

    def _build(self) -> None:
        card, inside = self.on_card()
        self._rows = inside.layout()
        self.choices: dict[tuple[str, str], QPushButton] = {}
        self.box.addWidget(card, 1)

    def prepare(self, look: Look) -> None:
        """Reads a series for each, beside the window."""
        if self._job is None:
            month, today = look.month, self.session.today()
            self._job = self.session.look(lambda file: to_judge(file, month, today), self._shown, self._failed)

    def first(self) -> QWidget | None:
        """The first button."""
        return next(iter(self.choices.values()), None)

    def show_look(self, look: Look) -> None:
        """What came of each, with what was decided."""
        self._look = look
        held = next((key for key, made in self.choices.items() if made.hasFocus()), None)
        self._fill(look)
        if held in self.choices:
            self.choices[held].setFocus()

    def _fill(self, look: Look) -> None:
        assert self._rows is not None
        clear(self._rows)
        self.choices = {}
        found = self._found
        if found is None:
            self._rows.addWidget(label(self.theme, _("Reading what came of it …"), TEXT, tone="quiet"))
        else:
            for one in found.now:
                self._rows.addWidget(self._row(replace(one, decision=look.state.decision(one.key))))
                self._rows.addWidget(Hairline())
            said = _later(found)
            if said:
                more = label(self.theme, said, TEXT, tone="quiet", wrap=True)
                self._rows.addWidget(more if found.now else EmptyState(self.theme, said, icon="target"))
        if found is None or found.now:
            self._rows.addStretch(1)  # type: ignore[attr-defined]

    def _row(self, one: Judged) -> QWidget:
        made = QWidget()
        box = column(made, TIGHT, (0, TIGHT, 0, TIGHT))
        head = line(SMALL)
        head.addWidget(label(self.theme, one.name, TEXT, strong=True, wrap=True), 1)
        head.addWidget(label(self.theme, one.said, TEXT, strong=True, tone=one.tone))
        box.addLayout(head)
        if one.sentence:
            box.addWidget(label(self.theme, one.sentence, NOTE, tone="quiet", wrap=True))
        row = line(SMALL)
        for decision in DECISIONS:
            name = _("{decision}: {name}").format(decision=decision_name(decision), name=one.name)
            chosen = one.decision == decision
            pressed = button(
                self.theme, decision_name(decision), partial(self._decide, one, decision), "nav" if chosen else "",
                icon="check" if chosen else "", name=name,
            )  # fmt: skip
            pressed.setCheckable(True)
            pressed.setChecked(chosen)
            pressed.setEnabled(self.writable)
            row.addWidget(pressed)
            self.choices[one.key, decision] = pressed
        kind, _colon, number = one.key.partition(":")
        if kind == "action":
            row.addWidget(
                open_button(self.theme, one.name, partial(self.left.emit, "actions", ("action", int(number))))
            )
        row.addStretch(1)
        box.addLayout(row)
        return made

    def _shown(self, found: ToJudge) -> None:
        self._job = None
        self._found = found
        self.counted.emit(max(1, len(found.now)))
        if self._look is not None:
            self.show_look(self._look)
            QTimer.singleShot(0, self, self.arrived)

    def _failed(self, error: Exception) -> None:
        self._shown(ToJudge((), 0))
        crash.report(error)

    def _decide(self, one: Judged, decision: str) -> None:
        if self._look is not None:
            said = "" if one.decision == decision else decision  # pressed again, nothing is said of it
            work = partial(
                store_look.decide, month=self._look.month, today=self.session.today(),
                judged=replace(one, decision=said),
            )  # fmt: skip
            self.session.run(_("Monthly look: did it work?"), work)


def _later(found: ToJudge) -> str:
    if found.later:
        return ngettext(
            "{count} more cannot be judged yet: too few months or answers since it began.",
            "{count} more cannot be judged yet: too few months or answers since they began.",
            found.later,
        ).format(count=whole(found.later))
    if found.now:
        return ""
    return _(
        "Nothing was begun yet that could be judged. Choose one thing in the next step: some months from now this "
        "step says what came of it."
    )
