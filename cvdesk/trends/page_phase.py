"""The dialog that begins a phase of a figure, or changes one: what it is, whether it may begin, and why."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QWidget

from cvdesk.errors import UserError
from cvdesk.kit import crash
from cvdesk.kit.dialog import Dialog
from cvdesk.kit.session import Session
from cvdesk.kit.widgets import LARGE, MEDIUM, NOTE, SMALL, TEXT, TITLE, button, column, label, line
from cvdesk.trends.form_phase import DayForm, PhaseForm
from cvdesk.trends.records import Series
from cvdesk.trends.store_phases import Phase, may_begin
from cvdesk.wording import _


class PhaseDialog(Dialog):
    """Says `wanted(date, reason)` when the phase is to begin or change, `noted(date, text)` for a mere note.

    It stays until it is told that the phase was saved; what was typed is not lost where it will not do.
    """

    wanted = Signal(object, str)
    noted = Signal(object, str)

    def __init__(
        self, session: Session, series: Series, day: date, parent: QWidget, phase: Phase | None = None, reason: str = ""
    ) -> None:
        """`day`: when the phase is proposed to begin; `phase`: the one to change; `reason`: proposed words."""
        theme = session.theme
        super().__init__(theme.px(520), parent)
        self._theme = theme
        self._begun = phase is not None
        self._conditions = may_begin(series)
        title = _("Change a phase") if self._begun else _("Begin a new phase")
        self.setWindowTitle(title)
        box = column(self, MEDIUM, (LARGE, LARGE, LARGE, LARGE))
        box.addWidget(label(theme, title, TITLE, strong=True, wrap=True))
        box.addWidget(
            label(
                theme,
                _(
                    "A phase is a time in which nothing essential changes; what is ordinary is worked out from its "
                    "first months and then stays. When something has changed for good, a new phase begins, and what "
                    "comes next is compared with that. It is judged by month, over the whole business."
                ),
                TEXT, tone="quiet", wrap=True,
            )
        )  # fmt: skip
        if not self._begun:
            box.addWidget(self._judged(series))
        if self._begun or self._conditions.clear:
            words = phase.reason if phase else reason
            self.form: DayForm = PhaseForm(theme, phase.starts if phase else day, words, not self._begun)
        else:
            self.form = DayForm(theme, _("Day"), _("What happened"), day, "")
        box.addWidget(self.form)
        box.addLayout(self._foot())
        self.form.submitted.connect(self._press)
        self.form.left.connect(self.reject)
        if isinstance(self.form, PhaseForm):
            self.form.ticked.connect(self._weigh)
        self._weigh()
        self.form.words.setFocus()

    def _judged(self, series: Series) -> QFrame:
        """What the program itself says of the change."""
        theme = self._theme
        frame = QFrame()
        frame.setObjectName("notice")
        box = line(SMALL, (MEDIUM, SMALL, MEDIUM, SMALL))
        frame.setLayout(box)
        picture = QLabel()
        icon, tone = ("circle-check", "good") if self._conditions.clear else ("info", "quiet")
        picture.setPixmap(theme.pixmap(icon, tone, 18))
        box.addWidget(picture, 0)
        words = column(None, 0)
        first = _("The change is clear") if self._conditions.clear else _("The change is not clear yet")
        words.addWidget(label(theme, first, TEXT, strong=True, wrap=True))
        words.addWidget(label(theme, series.sentence, TEXT, wrap=True))
        if not self._conditions.clear:
            why = _(
                "{why} A range moved too early hides the next real change. Note now what happened; the phase can "
                "begin, from that day, as soon as the change is clear."
            ).format(why=self._conditions.why_not)
            words.addWidget(label(theme, why, NOTE, tone="quiet", wrap=True))
        box.addLayout(words, 1)
        frame.setAccessibleName(f"{first}. {series.sentence}")
        return frame

    def _foot(self) -> QHBoxLayout:
        foot = line(SMALL)
        self.missing = label(self._theme, "", NOTE, tone="quiet", wrap=True)
        foot.addWidget(self.missing, 1)
        foot.addWidget(button(self._theme, _("Cancel"), self.reject))
        may_begin = self._conditions.clear or self._begun
        self.note = button(self._theme, _("Only note it"), self._note, "" if may_begin else "main")
        self.keep = button(self._theme, _("Save") if self._begun else _("Begin the phase"), self._press, "main")
        self.note.setVisible(not self._begun)
        self.keep.setVisible(may_begin)
        foot.addWidget(self.note)
        foot.addWidget(self.keep)
        return foot

    def saved(self, _result: object) -> None:
        """The phase is on disk."""
        self.accept()

    def failed(self, error: Exception) -> None:
        """The phase could not be saved: says why beside the day, where it is something the person can change."""
        if not isinstance(error, UserError):
            crash.report(error)
            return
        self.form.show_problems({"day": str(error)})
        self._weigh()

    def _weigh(self) -> None:
        """A phase can begin once the owner has said all three; until then it says what is missing."""
        agreed = isinstance(self.form, PhaseForm) and self.form.agreed
        self.keep.setEnabled(agreed)
        lacking = self._conditions.clear and not agreed
        self.missing.setText(_("Tick all three first.") if lacking else "")

    def _press(self) -> None:
        if not self.keep.isVisibleTo(self):
            self._note()
        elif self.keep.isEnabled() and self._typed_well():
            self.keep.setEnabled(False)  # until it is saved
            self.wanted.emit(*self.form.record())

    def _note(self) -> None:
        if self._typed_well():
            day, words = self.form.record()
            self.accept()
            self.noted.emit(day, words)

    def _typed_well(self) -> bool:
        problems = self.form.problems()
        self.form.show_problems(problems)
        return not problems
