"""Surveys: the list, who was asked, what came back; composing one, handing it out, taking answers in."""

from __future__ import annotations

from PySide6.QtCore import QTimer
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QHideEvent, QResizeEvent
from PySide6.QtWidgets import QStackedWidget, QWidget

from cvdesk.db import Queries
from cvdesk.kit import crash
from cvdesk.kit.jobs import Job
from cvdesk.kit.page import Page
from cvdesk.kit.side import SidePanel
from cvdesk.kit.widgets import MEDIUM, Card, EmptyState, button, column, line
from cvdesk.surveys import store_ask
from cvdesk.surveys.page_ask import HandOut
from cvdesk.surveys.page_ask_files import Files
from cvdesk.surveys.page_compose import Composer
from cvdesk.surveys.page_list import SurveyBoard
from cvdesk.surveys.page_list_asked import AskedBoard
from cvdesk.surveys.page_list_card import Doings, SurveyCardView
from cvdesk.surveys.page_list_doings import SurveyDoings, droppable
from cvdesk.surveys.records import Survey
from cvdesk.surveys.store_lists import AskedRow, SurveyCard, SurveyRow, asked_rows, survey_card, survey_of
from cvdesk.wording import _, ngettext
from cvdesk.wording.numbers import whole


class SurveysPage(Page):
    """The list of surveys with who was asked below it and the card of the selected one beside it."""

    key = "surveys"
    icon = "clipboard-list"
    watches = frozenset(
        {"surveys", "sheets", "invitations", "assessments", "answers", "customers", "offerings", "settings",
         "questions", "question_versions", "factors", "contacts", "customer_tags", "tags"}
    )  # fmt: skip

    _chosen: int | None = None

    @classmethod
    def title(cls) -> str:
        """The page's name."""
        return _("Surveys")

    def show_record(self, record: object) -> None:
        """A survey, by its id or that of one of its sheets, in view. "new": composing one. Else the list."""
        if not self._may_leave():
            return
        if record == "new":
            self.compose(Survey(None, "", "minute", ()))
            return
        wanted = self._chosen
        if isinstance(record, int):
            wanted = record if self.board.place_of(record) is not None else survey_of(self.session.file, record)
        self._show_list(wanted)
        self.focus_first()

    def select_first(self) -> None:
        """Selects the survey on top."""
        self.board.table.select_row(0)

    def focus_first(self) -> None:
        """The list, or what to do where there is no survey yet."""
        shown = self._stack.currentWidget()
        if shown is self._empty:
            self.first.setFocus()
        elif shown is self.composer:
            self.composer.focus_first()
        elif shown is self.handing:
            self.handing.focus_first()
        else:
            self.board.table.setFocus()

    def refresh(self) -> None:
        """Shows the list and the card again."""
        self.board.show_list()
        shown = self._stack.currentWidget()
        if shown is self.handing:
            self.handing.refresh()
        elif shown is self.composer:
            self.composer.refresh()
        if shown in (self.composer, self.handing):
            return
        self._show_list(self._chosen)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def hideEvent(self, event: QHideEvent) -> None:
        if self._stack.currentWidget() is self.composer:
            self.composer.keep()  # the window closes, or another page is shown
        super().hideEvent(event)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if droppable(event.mimeData()) and not self.session.file.read_only:
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        paths = droppable(event.mimeData())
        if paths:
            event.acceptProposedAction()
            # After the drop has ended: the program the files come from waits for it.
            QTimer.singleShot(0, self, lambda: self.doings.bring_in(paths))

    # Building

    def _build(self) -> None:
        theme = self.theme
        self._job: Job | None = None
        self.card: SurveyCardView | None = None
        self.setAcceptDrops(True)
        self.new = button(theme, _("New survey"), self.compose_new, "main")
        self.new.setEnabled(not self.session.file.read_only)
        self.add_action(self.new)
        self._stack = QStackedWidget()
        self.files = Files(self.session, self)
        self.doings = SurveyDoings(self.session, self)
        self._main = self._make_main()
        self._empty = Card(theme)
        sentence = _("Ask your customers what they get from you and what it takes out of them.")
        self.first = button(theme, _("Make the first survey"), self.compose_new, "main")
        self.first.setEnabled(not self.session.file.read_only)
        self._empty.box.addWidget(EmptyState(theme, sentence, self.first, "clipboard-list"))
        self.composer = Composer(self.session)
        self.handing = HandOut(self.session, self.files)
        for shown in (self._main, self._empty, self.composer, self.handing):
            self._stack.addWidget(shown)
        self.box.addWidget(self._stack, 1)
        if self.composer.restore():
            self._show(self.composer)

    def _make_main(self) -> QWidget:
        main = QWidget()
        row = line(MEDIUM)
        main.setLayout(row)
        left = column(None, MEDIUM)
        self.board = SurveyBoard(self.session)
        self.asked = AskedBoard(self.session)
        left.addWidget(self.board)
        left.addWidget(self.asked, 1)
        row.addLayout(left, 1)
        self._side = SidePanel(self.theme, _("Survey"))
        row.addWidget(self._side)
        return main

    def _connect(self) -> None:
        self.board.table.selected.connect(self._row_selected)
        self.board.table.opened.connect(lambda _id: self._into_card())
        self.board.delete_wanted.connect(self.delete_survey)
        self.asked.opened.connect(self._open_asked)
        self.composer.saved.connect(self._saved)
        self.composer.left.connect(self._back)
        self.composer.again.connect(lambda survey: self.compose_again(survey))
        self.handing.left.connect(self._back)
        self.handing.handed.connect(self._back)

    def _fit(self) -> None:
        self._side.fit(self.width())
        room = self.width() - self._side.width()
        self.board.fit(room)
        self.asked.fit(room)

    # The list and the card

    def _show(self, what: QWidget) -> None:
        self._stack.setCurrentWidget(what)
        self.new.setVisible(what is self._main)

    def _show_list(self, wanted: int | None) -> None:
        count = len(self.board.listed)
        self._show(self._main if count else self._empty)
        said = ngettext("{count} survey", "{count} surveys", count).format(count=whole(count))
        self.set_title(self.title(), said if count else _("What customers say when you ask them"))
        self._fit()
        place = self.board.place_of(wanted)
        if place is None and count:
            place = 0
        self._chosen = self.board.listed[place].id if place is not None else None
        if place is not None:
            self.board.table.select_row(place)
        self._ask_card()

    def _row_selected(self, row: SurveyRow | None) -> None:
        if row is not None and row.id != self._chosen:
            self._chosen = row.id
            self._ask_card()

    def _ask_card(self) -> None:
        if self._job is not None:
            self._job.cancel()
        wanted, today = self._chosen, self.session.today()
        if wanted is None:
            return

        def question(file: Queries) -> tuple[SurveyCard, list[AskedRow], int]:
            card = survey_card(file, wanted)
            return card, asked_rows(file, card.survey), len(store_ask.to_remind(file, card.survey, today))

        self._job = self.session.ask(question, self._card_found, self._card_missing)

    def _card_found(self, found: tuple[SurveyCard, list[AskedRow], int]) -> None:
        card, asked, remindable = found
        held = self._side.holds_focus()
        writable = not self.session.file.read_only
        self.card = SurveyCardView(self.session, card, remindable, self._doings(card.survey) if writable else None)
        self._side.show_content(self.card)
        self.asked.show_rows(asked, card.survey.anonymous)
        self._fit()
        if held and writable:
            self.card.hand_out.setFocus()

    def _card_missing(self, error: Exception) -> None:
        """The survey was deleted meanwhile; anything else is an error like any other."""
        if not isinstance(error, LookupError):
            crash.report(error)

    def _into_card(self) -> None:
        if self.card is not None and not self.session.file.read_only:
            self.card.hand_out.setFocus()

    def _open_asked(self, row: AskedRow) -> None:
        """The answers, or taking them down from somebody who is rung; else the customer."""
        if row.assessment_id is not None:
            self.session.open("assessments", row.assessment_id)
        elif row.way == "phone" and row.known and self._chosen is not None and not self.session.file.read_only:
            self.doings.ask_by_phone(row.id)
        elif row.customer_id is not None:
            self.session.open("customers", row.customer_id)

    def _doings(self, survey: Survey) -> Doings:
        do = self.doings
        return Doings(
            lambda: self.hand_out(survey), lambda: do.print_forms(survey), lambda: do.counter(survey), do.choose_files,
            do.paste, lambda: do.type_in(survey), do.import_list, lambda: do.remind(survey),
            lambda: self.compose(survey), lambda: self.compose_again(survey), lambda: do.end(survey),
            self.delete_survey,
        )  # fmt: skip

    # What can be done

    def compose_new(self) -> None:
        """The form for a new survey."""
        self.compose(Survey(None, "", "minute", ()))

    def compose(self, survey: Survey) -> None:
        """The form for a survey, new or known."""
        if self.session.file.read_only:
            return
        self.composer.show_survey(survey)
        self._show(self.composer)
        known = survey.id is not None
        self.set_title(_("Edit a survey") if known else _("New survey"), survey.name if known else "")
        self.composer.focus_first()

    def compose_again(self, survey: Survey) -> None:
        """A new survey that asks the same."""
        self.compose(self.doings.again(survey))

    def hand_out(self, survey: Survey) -> None:
        """Choosing whom to ask."""
        if survey.ended is None and not self.session.file.read_only:
            self.handing.show_survey(survey)
            self._show(self.handing)
            self.set_title(_("Hand out"), survey.name)
            self.handing.focus_first()

    def delete_survey(self) -> None:
        """Deletes the selected survey; can be taken back, so nothing is asked."""
        place = self.board.place_of(self._chosen)
        if place is None or self.session.file.read_only:
            return
        row = self.board.listed[place]
        rest = [one.id for one in self.board.listed if one.id != row.id]
        self._chosen = rest[min(place, len(rest) - 1)] if rest else None
        self.doings.delete(row)
        self.board.table.setFocus()

    def _saved(self, survey_id: int) -> None:
        """The survey is on disk: back to the list, where handing it out is next."""
        self._chosen = survey_id
        self._show(self._main)
        QTimer.singleShot(0, self, self.focus_first)  # when the list shows it

    def _back(self) -> None:
        self._show(self._main)
        self.refresh()
        self.focus_first()

    def _may_leave(self) -> bool:
        """Whether something else may take the place of what is being composed: it is kept as a draft."""
        if self._stack.currentWidget() is self.composer:
            self.composer.keep()
            return not self.composer.typed
        return True


__all__ = ["SurveysPage"]
