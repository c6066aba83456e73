"""Handing a survey out: the choices at the left, who is asked at the right."""

from __future__ import annotations

import random
from functools import partial
from typing import Any

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QHideEvent, QKeyEvent, QResizeEvent, Qt
from PySide6.QtWidgets import QWidget

from cvdesk.catalogue import store as catalogue
from cvdesk.db import Queries
from cvdesk.kit import crash
from cvdesk.kit.jobs import Job
from cvdesk.kit.session import Session
from cvdesk.kit.widgets import MEDIUM, SMALL, Card, button, line, scrolled
from cvdesk.surveys import store_ask
from cvdesk.surveys.form_ask import AskForm
from cvdesk.surveys.page_ask_files import Files
from cvdesk.surveys.page_ask_people import PeopleCard
from cvdesk.surveys.page_compose import sheet_items
from cvdesk.surveys.records import Survey
from cvdesk.surveys.store_ask import Candidate, Candidates
from cvdesk.surveys.store_rounds import ALL, BY_HAND, RANDOM, Round
from cvdesk.wording import _, ngettext
from cvdesk.wording.numbers import whole

_ASK_AFTER_MS = 60
_SHARE = 0.42


class HandOut(QWidget):
    """Says `handed` when sheets exist, `left` when nothing was done. `rng` draws whom to ask."""

    handed = Signal()
    left = Signal()

    def __init__(self, session: Session, files: Files, rng: random.Random | None = None) -> None:
        super().__init__()
        self._session, self._theme, self._files = session, session.theme, files
        self._rng = rng or random.SystemRandom()
        self._survey: Survey | None = None
        self._found: Candidates | None = None
        self._drawn: list[Candidate] = []
        self._busy = False
        self._job: Job | None = None
        self.form: AskForm
        self._later = QTimer(self)
        self._later.setSingleShot(True)
        self._later.setInterval(_ASK_AFTER_MS)
        self._later.timeout.connect(self._look)
        self._build()

    def show_survey(self, survey: Survey) -> None:
        """Begins handing out a survey."""
        file = self._session.file
        self._survey = survey
        form = self.form = AskForm(
            self._theme, catalogue.named(file, "segments"), catalogue.named(file, "tags"),
            catalogue.named(file, "offerings"), store_ask.rest_days(file), survey.anonymous,
        )  # fmt: skip
        self.people.show_form(catalogue.business(file).name, survey, sheet_items(file, survey))
        form.choose_offering(survey.offering_id)
        form.changed.connect(self._form_changed)
        form.rest_chosen.connect(self._save_rest)
        old = self._area.takeWidget()
        if old is not None:
            old.deleteLater()
        form.setObjectName("scrolled")
        self._area.setWidget(form)
        self._left.setAccessibleName(_("Hand out “{name}”").format(name=survey.name))
        self._set_busy(False)
        self._look()

    def refresh(self) -> None:
        """Somebody answered, or a customer was changed: looks again."""
        if self._survey is not None and self.isVisible() and not self._busy:
            self._later.start()

    def focus_first(self) -> None:
        """The way of asking."""
        self.form.way.setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.leave()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and event.modifiers() & _CONTROL:
            self.hand_out()
        else:
            super().keyPressEvent(event)

    def hideEvent(self, event: QHideEvent) -> None:
        self._later.stop()
        super().hideEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._left.setFixedWidth(round(self.width() * _SHARE))

    def leave(self) -> None:
        """Back to the list; nothing is handed out."""
        if not self._busy:
            self.left.emit()

    # Building

    def _build(self) -> None:
        theme = self._theme
        outer = line(MEDIUM)
        self.setLayout(outer)
        self._left = Card(theme)
        self._area = scrolled(QWidget())
        self._left.box.addWidget(self._area, 1)
        foot = line(SMALL)
        self.cancel = button(theme, _("Cancel"), self.leave)
        self.print = button(theme, _("Print…"), partial(self.hand_out, to_printer=True))
        self.main = button(theme, _("Hand out"), self.hand_out, "main")
        foot.addWidget(self.cancel)
        foot.addStretch(1)
        foot.addWidget(self.print)
        foot.addWidget(self.main)
        self._left.box.addLayout(foot)
        self.people = PeopleCard(theme, self._session.today)
        self.people.picked.connect(self._say_main)
        outer.addWidget(self._left)
        outer.addWidget(self.people, 1)

    # Who is asked

    def _form_changed(self) -> None:
        """The list is of what was chosen before: nobody is asked until it is of what is chosen now."""
        if self.form.blank:
            self._look()
        else:
            self.main.setEnabled(False)
            self._later.start()

    def _look(self) -> None:
        self._later.stop()
        if self._job is not None:
            self._job.cancel()
        form, today = self.form, self._session.today()
        if form.blank:
            self._found, self._drawn = None, []
            self.people.show_blank(form.sheets.value())
            self._say_main()
            return
        audience, way = form.audience(), form.way.value

        def question(file: Queries) -> Candidates:
            return store_ask.candidates(file, audience, way, today)

        self._job = self._session.ask(question, self._show_found)

    def _show_found(self, found: Candidates) -> None:
        same = self._found is not None and found.fitting == self._found.fitting
        by_hand = self.form.by_hand.isChecked()
        most = self.form.most()
        if not (same and most is not None and len(self._drawn) == min(most, len(found.fitting))):
            self._drawn = store_ask.chosen_at_random(found.fitting, most, self._rng)
        self._found = found
        shown = list(found.fitting) if by_hand else self._drawn
        self.people.show_people(found, shown, by_hand, self.form.way.value, self.form.audience().everybody)
        self._say_main()

    def _chosen(self) -> list[Candidate]:
        return self.people.chosen() if self.form.by_hand.isChecked() else self._drawn

    def _say_main(self) -> None:
        blank = self.form.blank
        count = self.form.sheets.value() if blank else len(self._chosen())
        self.print.setVisible(blank)
        if blank:
            text = _("Save as PDF…")
        else:
            text = ngettext("Ask {count} customer", "Ask {count} customers", count).format(count=whole(count))
        self.main.setText(text)
        self.main.setAccessibleName(text)
        self.main.setEnabled(not self._busy and count > 0 and not self._session.file.read_only)

    def _save_rest(self, days: object) -> None:
        def work(op: Any) -> None:
            catalogue.save_setting(op, "rest_days", days)

        self._session.run(_("Change for how long nobody is asked again"), work, lambda _none: self._look())

    # Doing it

    def hand_out(self, to_printer: bool = False) -> None:
        """Makes the sheets, then their files or pages. Where nobody says whereto, nothing is made."""
        survey = self._survey
        if survey is None or survey.id is None or self._busy or not self.main.isEnabled():
            return
        way, day = self.form.way.value, self._session.today()
        if self.form.blank:
            deliver = self._files.paper(survey, to_printer)
            made = store_ask.blank_round(day, self.form.sheets.value())
            asked: list[Candidate] = []
            said = ngettext("{count} sheet made", "{count} sheets made", made.count)
        else:
            asked = self._chosen()
            deliver = self._files.drafts(survey, asked, way)
            made = Round(day, way, self._choice(asked), len(asked), len(self._found.fitting) if self._found else 0)
            said = ngettext("{count} customer asked", "{count} customers asked", made.count)
        if deliver is None:
            return
        work = partial(
            store_ask.hand_out, survey_id=survey.id, day=day, made=made, customers=[one.id for one in asked],
            blank=0 if asked else made.count,
        )  # fmt: skip
        self._set_busy(True)

        def done(sheets: list[int]) -> None:
            self._set_busy(False)
            deliver(sheets)
            self.handed.emit()

        self._session.run(
            _("Hand out “{name}”").format(name=survey.name), work, done, self._failed,
            said.format(count=whole(made.count)),
        )  # fmt: skip

    def _choice(self, asked: list[Candidate]) -> str:
        if self.form.by_hand.isChecked():
            return BY_HAND
        return ALL if self._found is not None and len(asked) == len(self._found.fitting) else RANDOM

    def _failed(self, error: Exception) -> None:
        self._set_busy(False)
        crash.report(error)
        self._look()

    def _set_busy(self, busy: bool) -> None:
        self._busy = busy
        for made in (self.main, self.print, self.cancel):
            made.setEnabled(not busy)


_CONTROL = Qt.KeyboardModifier.ControlModifier

__all__ = ["HandOut"]
