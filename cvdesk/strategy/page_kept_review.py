"""The review of a strategy: what was promised, what came, what was learned, and whether it goes on."""

from __future__ import annotations

from datetime import date
from functools import partial

from PySide6.QtWidgets import QVBoxLayout, QWidget

from cvdesk.db import Operation
from cvdesk.errors import UserError
from cvdesk.kit import crash
from cvdesk.kit.dialog import Dialog
from cvdesk.kit.session import Session
from cvdesk.kit.widgets import (
    LARGE,
    MEDIUM,
    NOTE,
    SMALL,
    TEXT,
    TIGHT,
    TITLE,
    button,
    column,
    label,
    line,
    scrolled,
)  # fmt: skip
from cvdesk.strategy import store_kept, words_kept
from cvdesk.strategy.form_kept_review import ReviewForm
from cvdesk.strategy.records_kept import ActionNow, Kept
from cvdesk.strategy.store_kept_now import result_of
from cvdesk.strategy.store_kept_propose import months_later
from cvdesk.wording import _

_WIDTH = 620


def review(session: Session, parent: QWidget, now: Kept) -> None:
    """Guides through the review of the strategy that runs."""
    ReviewDialog(session, now, parent).open()


class ReviewDialog(Dialog):
    """Three short parts, one below the other: promised, came, learned. It stays until that is on disk."""

    def __init__(self, session: Session, now: Kept, parent: QWidget) -> None:
        theme = session.theme
        super().__init__(theme.px(_WIDTH), parent)
        self.session, self._now, self._today = session, now, session.today()
        strategy = now.strategy
        title = _("Review “{name}”").format(name=strategy.name)
        self.setWindowTitle(title)
        box = column(self, MEDIUM, (LARGE, LARGE, LARGE, LARGE))
        box.addWidget(label(theme, title, TITLE, strong=True, wrap=True))
        inside = QWidget()
        self._inner = column(inside, MEDIUM)
        self._promised(self._inner)
        self._came(self._inner)
        over = self._today >= strategy.ends
        again = max(strategy.ends, months_later(self._today, 1))
        self.form = ReviewForm(theme, strategy.learned, self._today, again, over)
        self._inner.addWidget(self.form)
        self._inner.addStretch(1)
        self._area = scrolled(inside)
        box.addWidget(self._area, 1)
        foot = line(SMALL)
        foot.addStretch(1)
        foot.addWidget(button(theme, _("Cancel"), self.reject))
        self.keep = button(theme, _("Save the review"), self._press, "main")
        foot.addWidget(self.keep)
        box.addLayout(foot)
        self._draft = f"strategy review {strategy.id}"
        if draft := session.draft(self._draft):
            self.form.fill({"learned": draft})
        self.form.edited.connect(lambda: session.save_draft(self._draft, self.form.learned.toPlainText()))
        self.form.submitted.connect(self._press)
        self.form.left.connect(self.reject)
        self.form.learned.setFocus()

    def fit(self) -> None:
        """As tall as its content, or as the screen has room for; the middle scrolls then."""
        room = self.screen().availableGeometry().height() - self.session.theme.px(270)
        asked = self._inner.totalHeightForWidth(self._width - 2 * LARGE)
        self._area.setMinimumHeight(min(asked, room))
        super().fit()

    def _promised(self, box: QVBoxLayout) -> None:
        theme, strategy = self.session.theme, self._now.strategy
        part = self._part(box, _("What was promised"))
        part.addWidget(label(theme, strategy.mix, TEXT, wrap=True))
        if strategy.promise is not None:
            part.addWidget(label(theme, words_kept.net_promised(strategy.promise), TEXT, tone="quiet", wrap=True))

    def _came(self, box: QVBoxLayout) -> None:
        theme = self.session.theme
        part = self._part(box, _("What came"))
        part.addWidget(label(theme, words_kept.net_now(self._now.net), TEXT, wrap=True))
        for found in self._now.goals:
            words = _("{goal}: {words}").format(goal=found.label, words=words_kept.goal(found))
            part.addWidget(label(theme, words, TEXT, tone=words_kept.goal_text_tone(found), wrap=True))
        for one in self._now.actions:
            part.addWidget(label(theme, self._of(one), TEXT, wrap=True))
        part.addWidget(
            label(
                theme, _("Before and after is no proof: look at what else changed in that time."), NOTE, tone="quiet",
                wrap=True,
            )
        )  # fmt: skip

    def _of(self, one: ActionNow) -> str:
        facts = [words_kept.status(one.status)]
        if one.status in ("started", "done"):
            facts = [words_kept.came(one, self._today), words_kept.against(one.outcome)]
        return _("{action}: {words}").format(action=one.name, words=_(" · ").join(fact for fact in facts if fact))

    def _part(self, box: QVBoxLayout, heading: str) -> QVBoxLayout:
        part = column(None, TIGHT)
        part.addWidget(label(self.session.theme, heading, TEXT, strong=True))
        box.addLayout(part)
        return part

    def _press(self) -> None:
        problem = self.form.problem()
        self.form.show_problem(problem)
        if problem or not self.keep.isEnabled():
            return
        self.keep.setEnabled(False)  # until it is saved
        strategy = self._now.strategy
        assert strategy.id is not None
        again = self.form.next_review()
        step = _("End a strategy") if again is None else _("Review a strategy")
        said = _("“{name}” has ended") if again is None else _("“{name}” is reviewed")
        work = partial(_keep, self._draft, strategy.id, self._now, self.form.learned.toPlainText(), again, self._today)
        self.session.forget_draft(self._draft)
        self.session.run(step, work, self._saved, self._failed, say=said.format(name=strategy.name))

    def _saved(self, _result: object) -> None:
        self.accept()

    def _failed(self, error: Exception) -> None:
        self.keep.setEnabled(True)
        if isinstance(error, UserError):
            self.form.show_problem(str(error))
        else:
            crash.report(error)

    def done(self, result: int) -> None:
        """Left by hand, what was half-typed is let go of; only a crash keeps it."""
        if result == self.DialogCode.Rejected:
            self.session.save_draft(self._draft, "")
        super().done(result)


def _keep(
    draft: str, strategy_id: int, now: Kept, learned: str, again: date | None, today: date, op: Operation
) -> None:
    op.forget_draft(draft)
    store_kept.review(op, strategy_id, result_of(now, today), learned, again, today)
