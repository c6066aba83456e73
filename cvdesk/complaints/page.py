"""Complaints: what is open and what is overdue, as list or board, and the case of the one that is selected."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import QTimer
from PySide6.QtGui import QHideEvent, QResizeEvent
from PySide6.QtWidgets import QStackedWidget

from cvdesk.catalogue.records import Filter
from cvdesk.complaints import store_case
from cvdesk.complaints.form import ComplaintForm
from cvdesk.complaints.form_step import StepForm
from cvdesk.complaints.page_bar import EVERYTHING
from cvdesk.complaints.page_case import CaseCard
from cvdesk.complaints.page_doings import CaseDoings
from cvdesk.complaints.page_list import CaseList
from cvdesk.complaints.page_more import heading, more_button
from cvdesk.complaints.page_restore import restore
from cvdesk.complaints.page_work import CaseWork
from cvdesk.complaints.records import Complaint
from cvdesk.complaints.store_case import Case
from cvdesk.complaints.store_due import open_and_overdue
from cvdesk.complaints.store_list import ComplaintRow
from cvdesk.kit import crash
from cvdesk.kit.jobs import Job
from cvdesk.kit.page import Page
from cvdesk.kit.side import SidePanel, list_keys
from cvdesk.kit.widgets import MEDIUM, Card, EmptyState, button, line
from cvdesk.wording import _


class ComplaintsPage(Page):
    """List or board at the left, what is due soonest on top; the case or a form at the right."""

    key = "complaints"
    icon = "circle-alert"
    watches = frozenset(
        {"complaints", "complaint_events", "complaint_themes", "customers", "channels", "offerings", "themes",
         "staff", "settings", "entries", "attachment_links"}
    )  # fmt: skip

    _chosen: int | None = None
    _beside_board = False

    @classmethod
    def title(cls) -> str:
        """The page's name."""
        return _("Complaints")

    @property
    def form(self) -> ComplaintForm:
        """The form of a complaint that was opened last."""
        return self.work.form

    @property
    def step_form(self) -> StepForm:
        """The form of a step that was opened last."""
        return self.work.step_form

    def show_record(self, record: object) -> None:
        """A complaint by id; a Filter: exactly those behind a figure; ("new", customer id): the form for a new one."""
        if not self._side.may_leave():
            return
        self._leave_form()
        if isinstance(record, Filter):
            self.list.limit(replace(EVERYTHING, chosen=record))
            self.list.focus()
        elif isinstance(record, int):
            self._chosen = record
            if self.list.place_of(record) is None:
                self.list.limit(EVERYTHING)
            self._show_list()
            self.list.focus()
        elif isinstance(record, tuple) and record[:1] == ("new",):
            self.new_complaint(record[1])

    def select_first(self) -> None:
        """Selects the complaint on top."""
        self.table.select_row(0)

    def focus_first(self) -> None:
        """The form that is open, the list, or what to do where there is nothing yet."""
        if self._side.form is not None:
            self._side.form.focus_first()
        elif self._stack.currentWidget() is self.list:
            self.list.focus()
        else:
            self.log_first.setFocus()

    def refresh(self) -> None:
        """Shows the list and the case again."""
        self.list.forget_words()
        self._show_list()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def hideEvent(self, event: QHideEvent) -> None:
        self.work.keep()  # the window closes, or another page is shown
        super().hideEvent(event)

    # Building

    def _build(self) -> None:
        theme = self.theme
        self._job: Job | None = None
        self.case: CaseCard | None = None
        self._next_wanted = False
        can_write = not self.session.file.read_only
        self.as_board = button(theme, _("Board"), self.toggle_board)
        self.more = more_button(self.session, self, lambda: self.work.now(), self.export_list)
        self.add = button(theme, _("New complaint"), self.new_complaint, "main")
        self.add.setEnabled(can_write)
        for action in (self.as_board, self.more, self.add):
            self.add_action(action)
        self._stack = QStackedWidget()
        self.list = CaseList(self.session)
        self.table = self.list.table
        sentence = _("No complaint so far. When one comes in, log it here: it gets a number and a day to answer by.")
        self._empty = Card(theme)
        self.log_first = button(theme, _("Log a complaint"), self.new_complaint, "main")
        self.log_first.setEnabled(can_write)
        self._empty.box.addWidget(EmptyState(theme, sentence, self.log_first, "circle-check"))
        self._stack.addWidget(self.list)
        self._stack.addWidget(self._empty)
        content = line(MEDIUM)
        content.addWidget(self._stack, 1)
        self._side = SidePanel(theme, _("Complaint"))
        content.addWidget(self._side)
        self.box.addLayout(content, 1)
        self.work = CaseWork(self.session, self._side)
        self.doings = CaseDoings(self.work, self._side, lambda: self._chosen)
        self._nothing()
        restore(self.work)

    def _connect(self) -> None:
        self.list.changed_limits.connect(self._show_list)
        self.list.bar.name_wanted.connect(self._name_view)
        self.table.selected.connect(self._row_selected)
        self.table.opened.connect(lambda _id: self._into_case())
        board = self.list.board
        board.picked.connect(self._select)
        board.opened.connect(self._open_card)
        board.step_wanted.connect(self._move_card)
        board.delete_wanted.connect(self.delete_complaint)
        self._side.left.connect(self._left)
        self.work.saved.connect(self._saved)
        self.work.opened.connect(self._fit)
        list_keys(self, self.list.bar.search, self.table, self.delete_complaint)

    def _fit(self) -> None:
        self._side.fit(self.width())
        self.list.fit(self.width() - (self._side.width() if not self._side.isHidden() else 0))

    # The list

    def toggle_board(self) -> None:
        """From the list to the board and back; the keyboard stays on the same complaint."""
        board = not self.list.as_board
        self.list.show_as(board)
        self.as_board.setText(_("List") if board else _("Board"))
        self.as_board.setAccessibleName(self.as_board.text())
        self._beside_board = False
        self._show_list()
        self._ask_case()
        self.list.focus()

    def _show_list(self) -> None:
        wanted = self._chosen
        self.list.show_list()
        self._stack.setCurrentWidget(self.list if self.list.everything else self._empty)
        self._say_state(self.list.everything)
        if wanted is not None and self.list.as_board and self.list.board.pick(wanted):
            self._select(wanted)
        elif wanted is not None and not self.list.as_board and (place := self.list.place_of(wanted)) is not None:
            self.table.select_row(place)
        elif self._side.form is None:
            self._chosen = None
            self._nothing()
            self.table.scrollToTop()
        self._show_side()

    def _say_state(self, everything: int) -> None:
        if not everything:
            self.set_title(self.title(), _("From the first word to the customer's answer"))
            return
        waiting, late = open_and_overdue(self.session.file, self.session.today())
        self.set_title(*heading(waiting, late, everything))

    def _name_view(self) -> None:
        if self._side.may_leave():
            proposal = self.list.bar.query.search
            self.work.name_view(replace(self.list.query, chosen=None, customer=None), proposal)

    # The case

    def _row_selected(self, row: ComplaintRow | None) -> None:
        if row is not None and not self.list.as_board:
            self._select(row.id)

    def _select(self, complaint_id: int) -> None:
        self._chosen = complaint_id
        if self._side.form is None:
            self._ask_case()

    def _open_card(self, complaint_id: int) -> None:
        """A card was opened: the case, with the keyboard on what comes next."""
        self._next_wanted = self._beside_board = True
        self._select(complaint_id)

    def _close_card(self) -> None:
        self._beside_board = False
        self._show_side()
        self.list.focus()

    def _move_card(self, complaint_id: int, step: str) -> None:
        self._chosen = complaint_id
        self.doings.move(step)

    def _ask_case(self) -> None:
        if self._job is not None:
            self._job.cancel()
        wanted = self._chosen
        if wanted is None:
            self._nothing()
            return
        today = self.session.today()
        self._job = self.session.ask(
            lambda file: store_case.case(file, wanted, today), self._case_found, self._case_missing
        )

    def _case_found(self, case: Case) -> None:
        if self._side.form is not None:
            return
        held = self._next_wanted or self._side.holds_focus()
        self._next_wanted = False
        doings = None if self.session.file.read_only else self.doings.all(self.delete_complaint)
        self.case = CaseCard(self.session, case, doings, self._close_card if self.list.as_board else None)
        self._side.show_content(self.case)
        self._show_side()
        if held and self.case.main is not None and not self._side.isHidden():
            self.case.main.setFocus()

    def _case_missing(self, error: Exception) -> None:
        """The complaint was deleted meanwhile; anything else is an error like any other."""
        if not isinstance(error, LookupError):
            crash.report(error)
        self._nothing()

    def _into_case(self) -> None:
        """Gives the keyboard to what comes next."""
        if self._side.form is None and self.case is not None and self.case.main is not None:
            self.case.main.setFocus()

    def _nothing(self) -> None:
        self.case = None
        sentence = _("Select a complaint to see where it stands and what comes next.")
        self._side.show_content(EmptyState(self.theme, sentence, icon="circle-alert"))
        self._show_side()

    def _show_side(self) -> None:
        """Beside the list the panel always stands; beside the board only for a form, or a card that was opened."""
        listed = self._stack.currentWidget() is self.list
        beside = not self.list.as_board or (self._beside_board and self.case is not None)
        self._side.setVisible(self._side.form is not None or (listed and beside))
        self._fit()

    # What can be done

    def new_complaint(self, customer_id: int | None = None) -> None:
        """The form for a new complaint, perhaps of a customer who is known already."""
        if not self.session.file.read_only and self._side.may_leave():
            self.work.new(Complaint(date=self.session.today(), time=self.work.now(), customer_id=customer_id))

    def edit_complaint(self) -> None:
        """The form for what the selected complaint says."""
        self.doings.edit()

    def ask_step(self, stage: str, outcome: str | None = None) -> None:
        """The form of a step."""
        self.doings.ask(stage, outcome)

    def delete_complaint(self) -> None:
        """Deletes the selected complaint; can be taken back, so nothing is asked."""
        place = self.list.place_of(self._chosen) if self._chosen is not None else None
        row = self.table.rows.row(place) if place is not None else None
        if place is None or row is None or self.session.file.read_only:
            return
        after = self.table.rows.id_at(place + 1)
        self._chosen = after if after is not None else self.table.rows.id_at(place - 1)
        self.doings.delete(row)
        self.list.focus()

    def export_list(self) -> None:
        """Asks the window for an export of what the list shows."""
        about = {"table": "complaints", "title": self.title(), "ids": self.list.ids()}
        self.session.open("command", ("export-list", about))

    def _saved(self, complaint_id: int | None) -> None:
        """A form or a step was saved: its complaint is selected, and the keyboard waits on what comes next."""
        if complaint_id is None:
            self._left()
            return
        new = complaint_id != self._chosen
        self._chosen = complaint_id
        if new and self.list.place_of(complaint_id) is None:
            self.list.limit(EVERYTHING)
        self._next_wanted = not new and not self.list.as_board
        if new or self.list.as_board:
            QTimer.singleShot(0, self, self.list.focus)  # when the list shows it

    def _left(self) -> None:
        self._leave_form()
        self._ask_case()
        self._show_side()
        self.focus_first()

    def _leave_form(self) -> None:
        """Puts a form away; what was typed is not wanted any more."""
        self.work.forget()
        self._side.form = None


__all__ = ["ComplaintsPage"]
