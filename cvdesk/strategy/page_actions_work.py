"""The forms of the Actions tab: opening them beside the list, keeping what is half typed, saving, taking steps."""

from __future__ import annotations

import json
from collections.abc import Callable
from functools import partial
from typing import Any

from PySide6.QtCore import QObject, QTimer, Signal

from cvdesk.db import Operation
from cvdesk.errors import UserError
from cvdesk.kit import crash
from cvdesk.kit.drafts import DraftForm
from cvdesk.kit.session import Session
from cvdesk.kit.side import SidePanel
from cvdesk.strategy import store_actions
from cvdesk.strategy.form_action import ActionForm
from cvdesk.strategy.form_action_step import StepForm
from cvdesk.strategy.records import Action
from cvdesk.strategy.records_about import Made
from cvdesk.strategy.records_board import Board
from cvdesk.strategy.store_about import made_from
from cvdesk.strategy.words_actions import shortened, status_name, step_name, step_said
from cvdesk.wording import _

DRAFT = "action-form"
_DRAFT_AFTER_MS = 400


class ActionWork(QObject):
    """Shows forms in the panel. `saved` says which action was, `opened` that a form took the panel's place."""

    saved = Signal(object)
    opened = Signal()

    def __init__(self, session: Session, side: SidePanel) -> None:
        super().__init__(side)
        self.session, self._side = session, side
        self.form: ActionForm
        self.step_form: StepForm
        self._about: dict[str, Any] = {}
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_DRAFT_AFTER_MS)
        self._timer.timeout.connect(self.keep)

    # Forms

    def new(self, board: Board, source: tuple[str, object] | None = None) -> None:
        """The form for a new action, made from something or from nothing; what was deleted meanwhile is said."""
        try:
            made = Made(Action("")) if source is None else made_from(self.session.file, *source)
        except LookupError as error:
            crash.report(UserError(_("What this action was to be made from is gone."), _("Undo brings it back.")))
            if source is None:
                raise error
            return
        self._show_action(made, board, {"source": None if source is None else list(source), "id": None})

    def edit(self, action: Action, board: Board) -> None:
        """The form for what an action says."""
        self._show_action(Made(action), board, {"source": None, "id": action.id})

    def step(self, action: Action, status: str) -> None:
        """The form of a step that needs words."""
        form = self.step_form = StepForm(self._side.theme, action, status, self.session.today())
        heading = step_name(status).removesuffix("…")
        self._show(form, heading, heading, partial(self._save_step, form), {})

    def restore(self, board: Board) -> None:
        """Goes on with what was half typed when the window closed or the program ended."""
        kept = self.session.draft(DRAFT)
        if not kept or self.session.file.read_only or self._side.form is not None:
            return
        about = json.loads(kept)
        action = board.action(about["id"])
        source = about["source"]
        if about["id"] is not None and action is None:
            self.forget()
            return
        try:
            made = Made(action) if action is not None else made_from(self.session.file, *source) if source else None
        except LookupError:  # what it came from is gone; what was typed is not
            made = None
        self._show_action(made or Made(Action("")), board, {"source": source, "id": about["id"]})
        self.form.fill(about["fields"])
        self.form.say_above(_("Half typed before: go on where you were."))
        self.form.focus_first()
        self.keep()

    def _show_action(self, made: Made, board: Board, about: dict[str, Any]) -> None:
        form = self.form = ActionForm(self._side.theme, made, board.about)
        heading = _("New action") if made.action.id is None else _("Edit the action")
        form.ideas_wanted.connect(partial(self.show_ideas, board))
        self._show(form, heading, _("Save"), partial(self._save_action, form), about)

    def show_ideas(self, board: Board, factor: str = "") -> None:
        """The bank of ideas; the one chosen fills the form, which is opened where it is not."""
        from cvdesk.strategy.page_actions_ideas import IdeasDialog

        dialog = IdeasDialog(self.session, self._side.window(), board.about, factor)
        dialog.chosen.connect(partial(self._use_idea, board))
        self.dialog = dialog
        dialog.open()

    def _use_idea(self, board: Board, idea: Any) -> None:
        if not isinstance(self._side.form, ActionForm):
            if not self._side.may_leave():
                return
            self.new(board)
        form = self._side.form
        if isinstance(form, ActionForm):
            form.use_idea(idea)
            form.once.amount.setFocus()

    def _show(
        self, form: DraftForm, heading: str, save: str, on_save: Callable[[], None], about: dict[str, Any]
    ) -> None:
        self.forget()
        self._about = about
        self._side.setVisible(True)
        self._side.show_form(heading, form, save, on_save)
        if about:
            form.edited.connect(self._timer.start)
        self.opened.emit()

    # What is half typed

    def keep(self) -> None:
        """Keeps what is half typed, so that a crash takes at most the last words."""
        self._timer.stop()
        form = self._side.form
        if isinstance(form, ActionForm) and self._about and not self._side.busy:
            text = json.dumps(self._about | {"fields": form.texts()}, ensure_ascii=False)
            self.session.save_draft(DRAFT, text if self._side.typed else "")

    def forget(self) -> None:
        """The form was left: what was typed is not wanted."""
        self._timer.stop()
        self._about = {}
        if self.session.draft(DRAFT) and not self.session.file.read_only:
            self.session.save_draft(DRAFT, "")

    # Saving

    def take(self, action: Action, status: str) -> None:
        """Takes an action a step further: at once, or by way of the form where words belong to it."""
        if status in ("done", "dropped"):
            if self._side.may_leave():
                self.step(action, status)
            return
        label = _("{step}: {name}").format(step=status_name(status), name=shortened(action.name, 40))
        # Back from done, the day it was started stays.
        day = action.started if (action.status, status) == ("done", "started") else None
        day = action.planned if (action.status, status) == ("started", "planned") else day
        work = partial(
            store_actions.set_status, action_id=action.id or 0, status=status, day=day or self.session.today()
        )
        self.session.run(label, work, say=step_said(status, action.name))

    def delete(self, action: Action) -> None:
        """Deletes an action; can be taken back, so nothing is asked."""
        said = _("“{name}” deleted").format(name=shortened(action.name))
        work = partial(store_actions.delete, action_id=action.id or 0)
        self.session.run(_("Delete an action"), work, say=said)

    def _save_step(self, form: StepForm) -> None:
        problems = form.problems()
        form.show_problems(problems)
        if problems:
            return
        action = form.action
        label = _("{step}: {name}").format(step=status_name(form.status), name=shortened(action.name, 40))
        work = partial(
            store_actions.set_status, action_id=action.id or 0, status=form.status, day=form.day(), words=form.said()
        )
        self._run(form, label, lambda op: (work(op), action.id)[1], step_said(form.status, action.name))

    def _save_action(self, form: ActionForm) -> None:
        problems = form.problems()
        form.show_problems(problems)
        if problems:
            return
        action, today = form.record(), self.session.today()

        def work(op: Operation) -> int:
            op.forget_draft(DRAFT)
            return store_actions.save(op, action, today)

        label = _("Add an action") if action.id is None else _("Change an action")
        self._run(form, label, work, _("“{name}” saved").format(name=shortened(action.name)))

    def _run(self, form: DraftForm, label: str, work: Callable[[Operation], Any], say: str) -> None:
        self._timer.stop()
        self._side.set_busy(True)
        self.session.forget_draft(DRAFT)
        self.session.run(label, work, partial(self._done, form), partial(self._failed, form), say)

    def _done(self, form: DraftForm, action_id: int | None) -> None:
        if self._side.form is form:
            self._about = {}
            self._side.form = None
        self.saved.emit(action_id)

    def _failed(self, form: DraftForm, error: Exception) -> None:
        self._side.save_failed(form, error)
        if self._side.form is form:
            self.keep()
