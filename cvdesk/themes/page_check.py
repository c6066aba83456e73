"""Themes, monthly check: how often the program files rightly, measured by the owner, one key for each comment."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QStackedWidget, QWidget

from cvdesk.catalogue.form_find import FindDialog, Found, among
from cvdesk.catalogue.records import Filter
from cvdesk.db import Queries
from cvdesk.kit import crash
from cvdesk.kit.jobs import Job
from cvdesk.kit.view import View
from cvdesk.kit.widgets import MEDIUM, EmptyState, button, line, on_card
from cvdesk.themes import store_checks
from cvdesk.themes.form_check import CheckCard, ResultCard
from cvdesk.themes.records import Theme
from cvdesk.themes.records_check import month_day
from cvdesk.themes.records_learn import Check, CheckResult
from cvdesk.themes.store import themes
from cvdesk.wording import _
from cvdesk.wording.figures import lever_name
from cvdesk.wording.numbers import month_long

_NONE = "none"


@dataclass(frozen=True, slots=True)
class _Asked:
    """The comments of a month's check, what came of them, and of the checks before."""

    drawn: tuple[Check, ...]
    result: CheckResult
    before: tuple[CheckResult, ...]
    themes: tuple[Theme, ...]


def _ask(db: Queries, month: str, who: str) -> _Asked:
    with db.snapshot():
        drawn = store_checks.draw(db, month, who)
        return _Asked(drawn, store_checks.result(db, month), store_checks.results(db), tuple(themes(db)))


class CheckView(View):
    """The comment asked about at the left, what came of it at the right. Each answer is on disk at once."""

    key = "check"
    watches = frozenset({"entries", "entry_themes", "themes", "theme_checks", "settings"})
    _job: Job | None = None

    @classmethod
    def title(cls) -> str:
        """The tab's name."""
        return _("Monthly check")

    def _build(self) -> None:
        self._found: _Asked | None = None
        self._shown: int | None = None  # the entry that is asked about
        self._later: list[int] = []  # put off, to be asked again after the others
        self._stack = QStackedWidget()
        self.box.addWidget(self._stack, 1)
        self._stack.addWidget(QWidget())  # nothing, until it was asked
        body = QFrame()
        sides = line(MEDIUM)
        body.setLayout(sides)
        self.card = CheckCard(self.theme, not self.session.file.read_only)
        self.card.asked.connect(self._do)
        self.result = ResultCard(self.theme)
        sides.addWidget(self.card, 5)
        sides.addWidget(self.result, 4)
        self._stack.addWidget(body)
        words = _("The program filed nothing by itself lately, so there is nothing to check.")
        to_file = button(self.theme, _("File what waits"), partial(self.session.open, "themes", ("view", "file")))
        self.nothing = EmptyState(self.theme, words, to_file, icon="check")
        self._stack.addWidget(on_card(self.theme, self.nothing))
        self.session.staff_changed.connect(self._again)

    @property
    def month(self) -> str:
        """The month that is checked."""
        return store_checks.month_to_check(self.session.today())

    def show_for(self, chosen: Filter) -> None:
        """Asks for the month's comments; the filter does not limit them, or they would not be drawn at random."""
        self._again()

    def _again(self) -> None:
        if self._job is not None:
            self._job.cancel()
        self._job = self.session.ask(partial(_ask, month=self.month, who=self.session.who), self._show)

    def focus_first(self) -> None:
        """The keyboard goes to the answer; all keys work there."""
        self.card.focus_answer()

    def _show(self, found: _Asked) -> None:
        self._job = None
        self._found = found
        month = month_long(month_day(self.month))
        self.titled.emit(_("Themes"), _("Check of {month}").format(month=month))
        self._stack.setCurrentIndex(1 if found.drawn or found.before else 2)
        self.result.show_result(found.result, found.before, len(found.drawn), self.session.who)
        self._show_next()

    def _show_next(self) -> None:
        if self._found is None:
            return
        waiting = self._waiting(self._found.drawn)
        answered = sum(one.answered for one in self._found.drawn)
        self._shown = waiting[0].entry_id if waiting else None
        focus = self.window().focusWidget()
        held = focus is not None and self.card.isAncestorOf(focus)
        self.card.show_check(waiting[0] if waiting else None, answered, len(self._found.drawn), self._today())
        if held and waiting:
            self.card.focus_answer()  # wherever it was: the next comment is a new question
        elif held:
            self.result.history.setFocus()

    def _waiting(self, drawn: Sequence[Check]) -> list[Check]:
        """What is not answered yet; what was put off comes last."""
        waiting = [one for one in drawn if not one.answered]
        return sorted(waiting, key=lambda one: self._later.index(one.entry_id) if one.entry_id in self._later else -1)

    def _today(self) -> date:
        return self.session.today()

    # Answering

    def keyPressEvent(self, event: QKeyEvent) -> None:
        keys = {
            Qt.Key.Key_Return: "right", Qt.Key.Key_Enter: "right", Qt.Key.Key_Space: "right", Qt.Key.Key_R: "right",
            Qt.Key.Key_W: "wrong", Qt.Key.Key_N: "none", Qt.Key.Key_S: "later", Qt.Key.Key_Backspace: "undo",
        }  # fmt: skip
        held = event.modifiers() & ~(Qt.KeyboardModifier.KeypadModifier | Qt.KeyboardModifier.ShiftModifier)
        what = "" if held or event.isAutoRepeat() else keys.get(Qt.Key(event.key()), "")
        if what:
            self._do(what)
        else:
            super().keyPressEvent(event)

    def _one(self) -> Check | None:
        drawn = self._found.drawn if self._found is not None else ()
        return next((one for one in drawn if one.entry_id == self._shown), None)

    def _do(self, what: str) -> None:
        if what == "undo":
            if (
                not self.session.file.read_only
                and self._found is not None
                and any(one.answered for one in self._found.drawn)
            ):
                self.session.undo_only(_("Answer the monthly check"))
            return
        one = self._one()
        if one is None or self.session.file.read_only:
            return
        if what == "right":
            self._answer(one, one.said_id)
        elif what == "none":
            self._answer(one, None)
        elif what == "later":
            self._later = [*(entry for entry in self._later if entry != one.entry_id), one.entry_id]
            self._show_next()
        else:
            self._ask_which(one)

    def _ask_which(self, one: Check) -> None:
        known = self._found.themes if self._found is not None else ()
        options = [Found(_NONE, _("About none of the themes"))]
        options += [
            Found(theme.id, theme.name, lever_name(theme.lever), theme.lever)
            for theme in sorted(known, key=lambda theme: theme.name.casefold())
            if theme.id != one.said_id
        ]
        dialog = FindDialog(self.theme, self, _("What is it mainly about?"), _("Theme"), among(options))
        dialog.chosen.connect(partial(self._which, one))
        dialog.open()

    def _which(self, one: Check, value: object) -> None:
        self._answer(one, value if isinstance(value, int) else None)

    def _answer(self, one: Check, truth: int | None) -> None:
        """Queues the answer; the next comment shows when it is on disk, so that none is answered twice."""
        drawn = self._found.drawn if self._found is not None else ()
        self._shown = None
        work = partial(store_checks.answer, drawn=drawn, check=one, truth_id=truth, who=self.session.who)
        self.session.run(_("Answer the monthly check"), work, failed=self._not_kept)

    def _not_kept(self, error: Exception) -> None:
        """The same comment is asked about again."""
        self._again()
        crash.report(error)


__all__ = ["CheckView"]
