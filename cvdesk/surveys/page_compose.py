"""Composing a survey: the form at the left, what the customer will see at the right."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from typing import Any

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QWidget

from cvdesk.catalogue import store as catalogue
from cvdesk.catalogue.records import Question
from cvdesk.db import Operation, Queries
from cvdesk.kit import ask, crash
from cvdesk.kit.session import Session
from cvdesk.kit.widgets import MEDIUM, NOTE, SMALL, Card, button, label, line, scrolled
from cvdesk.surveys import store
from cvdesk.surveys.form import Offered, SurveyForm
from cvdesk.surveys.form_preview import FormPreview
from cvdesk.surveys.records import Survey
from cvdesk.surveys.records_forms import on_one_sheet, questions_words
from cvdesk.surveys.records_items import Item, items
from cvdesk.wording import _

DRAFT = "survey-form"
_DRAFT_AFTER_MS = 400
_DRAW_AFTER_MS = 80
_PREVIEW_SHARE = 0.42


def offered(db: Queries) -> Offered:
    """What surveys can be composed of now, in the language of the business where the bank has it."""
    business = catalogue.business(db)
    asked = catalogue.questions(db, business.language.split("_")[0]) or catalogue.questions(db)
    return Offered(tuple(asked), tuple(catalogue.factors(db)), tuple(catalogue.named(db, "offerings")), business.name)


def sheet_items(db: Queries, survey: Survey) -> list[Item]:
    """What one sheet of a survey asks; of a rotating one the first it could."""
    now = offered(db)
    asked = on_one_sheet(survey.form, store.questions(db, survey))
    offer = next((one.name for one in now.offerings if one.id == survey.offering_id), "")
    return items(asked, now.factors, now.business, offer)


def made_again(db: Queries, survey: Survey) -> Survey:
    """A new survey of the same kind: the questions as they are asked now, a name of its own."""
    name = _("{name}, again").format(name=survey.name)
    return replace(survey, id=None, name=name, questions=_asked_now(db, survey), started=None, ended=None)


def _asked_now(db: Queries, survey: Survey) -> tuple[int, ...]:
    """The questions of a survey in the wording of today; without those that are no longer asked."""
    asked = {one.key: one.version_id for one in offered(db).questions}
    return tuple(asked[one.key] for one in store.questions(db, survey) if one.key in asked)


class Composer(QWidget):
    """Says `saved` with the survey's id, `left` when there is nothing to save."""

    saved = Signal(object)
    left = Signal()
    again = Signal(object)  # a survey whose questions are fixed is to be made anew

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session, self._theme = session, session.theme
        self._survey = Survey(None, "", "minute", ())
        self._offered = Offered((), (), (), "")
        self._begun: list[str] = []
        self._busy = False
        self._asked: tuple[Question, ...] = ()
        self.form: SurveyForm
        self._outer = line(MEDIUM)
        self.setLayout(self._outer)
        self._keep_later = _timer(self, _DRAFT_AFTER_MS, self.keep)
        self._draw_later = _timer(self, _DRAW_AFTER_MS, self._draw)
        self._build()

    def show_survey(self, survey: Survey) -> None:
        """Opens a survey, new or known."""
        file = self._session.file
        self._offered = offered(file)
        fixed = survey.id is not None and bool(
            file.value("SELECT 1 FROM sheets WHERE survey_id = ? LIMIT 1", (survey.id,))
        )
        if survey.id is None and not survey.questions:
            survey = replace(survey, language=catalogue.business(file).language.split("_")[0])
        if not fixed:
            survey = replace(survey, questions=_asked_now(file, survey))
        self._survey = survey
        self._asked = tuple(store.questions(file, survey)) if fixed else ()
        form = self.form = SurveyForm(self._theme, self._offered)
        form.load(survey, fixed)
        form.submitted.connect(self.save)
        form.left.connect(self.leave)
        form.edited.connect(self._keep_later.start)
        form.edited.connect(self._draw_later.start)
        old = self._area.takeWidget()
        if old is not None:
            old.deleteLater()
        form.setObjectName("scrolled")
        self._area.setWidget(form)
        self._area.verticalScrollBar().setValue(0)
        self._fixed_note.setVisible(fixed)
        self._again.setVisible(fixed)
        self._own.setVisible(not fixed)
        self._set_busy(False)
        self._begun = form.typed()
        self._draw()

    def refresh(self) -> None:
        """The questions, factors or products were changed: offers them as they are now, and keeps what was typed."""
        if self._busy or self._offered == offered(self._session.file):
            return
        state, begun = self.form.state(), self._begun
        self.show_survey(self._survey)
        self.form.fill(state)
        self._begun = begun

    @property
    def typed(self) -> bool:
        """Whether anything was changed since it was opened."""
        return hasattr(self, "form") and self.form.typed() != self._begun

    def focus_first(self) -> None:
        """The keyboard goes to the name."""
        self.form.focus_first()

    def leave(self) -> None:
        """Back to the list; what was typed is asked for first."""
        explanation = _("It has not been saved.")
        if self._busy or (
            self.typed
            and not ask.prompts.confirm(self.window(), _("Leave what you typed?"), explanation, _("Leave it"))
        ):
            return
        self.forget()
        self.left.emit()

    def save(self) -> None:
        """Saves the survey, or says beside the fields what is wrong."""
        found = self.form.problems()
        self.form.show_problems(found)
        self._show_first(found)
        if found or self._busy:
            return
        survey = self.form.record()
        self._keep_later.stop()
        self._set_busy(True)

        def work(op: Operation) -> int:
            op.forget_draft(DRAFT)
            return store.save(op, survey)

        new = survey.id is None
        text = _("Make the survey “{name}”") if new else _("Change the survey “{name}”")
        said = _("“{name}” is ready to hand out") if new else _("“{name}” changed")
        self._session.run(text.format(name=survey.name), work, self._done, self._failed, said.format(name=survey.name))

    # What is half typed

    def keep(self) -> None:
        """Keeps what is half typed, so that a crash takes at most the last words."""
        self._keep_later.stop()
        if hasattr(self, "form") and not self._busy:
            text = json.dumps({"id": self._survey.id, "fields": self.form.state()}, ensure_ascii=False)
            self._session.save_draft(DRAFT, text if self.typed else "")

    def forget(self) -> None:
        """What was typed is not wanted any more."""
        self._keep_later.stop()
        self._session.save_draft(DRAFT, "")

    def restore(self) -> bool:
        """Opens what was being composed when the program ended; whether there was anything."""
        file = self._session.file
        try:
            kept: dict[str, Any] = json.loads(self._session.draft(DRAFT) or "{}")
        except ValueError:
            return False
        if not kept.get("fields") or file.read_only:
            return False
        try:
            survey = store.get(file, kept["id"]) if kept.get("id") is not None else Survey(None, "", "minute", ())
        except LookupError:
            survey = Survey(None, "", "minute", ())
        self.show_survey(survey)
        self.form.fill(kept["fields"])
        return True

    # Building

    def _build(self) -> None:
        theme = self._theme
        left = Card(theme)
        left.setAccessibleName(_("Compose a survey"))
        self._fixed_note = label(
            theme, _("Sheets have gone out, so what is asked stays as it is."), NOTE, tone="quiet", wrap=True
        )
        left.box.addWidget(self._fixed_note)
        self._area = scrolled(QWidget())
        left.box.addWidget(self._area, 1)
        foot = line(SMALL)
        self._own = button(
            theme, _("Questions of your own…"), lambda: self._session.open("factors-setup", None), "plain"
        )
        foot.addWidget(self._own)
        self._again = button(theme, _("Make a new survey from it"), lambda: self.again.emit(self._survey))
        foot.addWidget(self._again)
        foot.addStretch(1)
        self.cancel = button(theme, _("Cancel"), self.leave)
        self.main = button(theme, _("Save"), self.save, "main")
        foot.addWidget(self.cancel)
        foot.addWidget(self.main)
        left.box.addLayout(foot)
        self._outer.addWidget(left, 1)
        self._right = Card(theme, _("As the customer sees it"))
        self.preview = FormPreview(theme)
        self._right.box.addWidget(self.preview, 1)
        self._outer.addWidget(self._right)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._right.setFixedWidth(round(self.width() * _PREVIEW_SHARE))

    def _draw(self) -> None:
        self._draw_later.stop()
        survey = self.form.record()
        asked = list(self._asked) or self.form.questions()
        offer = next((one.name for one in self._offered.offerings if one.id == survey.offering_id), "")
        shown = items(on_one_sheet(survey.form, asked), self._offered.factors, self._offered.business, offer)
        self.preview.time.setText(questions_words(survey.form, asked) if asked else "")
        self.preview.show_form(self._offered.business, survey.name, survey.greeting, shown, survey.thanks)

    def _show_first(self, found: dict[str, str]) -> None:
        """Brings the first problem into view."""
        first = self.form.name if "name" in found else self.form.picker.order
        if found:  # once what is said below the field has its place
            QTimer.singleShot(0, first, lambda: self._area.ensureWidgetVisible(first, 0, self._theme.px(48)))

    def _set_busy(self, busy: bool) -> None:
        self._busy = busy
        for made in (self.main, self.cancel, self._again):
            made.setEnabled(not busy)

    def _done(self, survey_id: int) -> None:
        self.forget()
        self._set_busy(False)
        self.saved.emit(survey_id)

    def _failed(self, error: Exception) -> None:
        self._set_busy(False)
        crash.report(error)


def _timer(parent: QWidget, after: int, do: Callable[[], None]) -> QTimer:
    made = QTimer(parent)
    made.setSingleShot(True)
    made.setInterval(after)
    made.timeout.connect(do)
    return made


__all__ = ["DRAFT", "Composer", "made_again", "offered"]
