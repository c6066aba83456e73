"""Complaints: what is open and what is overdue, and the case of the one that is selected."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from functools import partial
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QWidget

from cvdesk.catalogue import store as catalogue
from cvdesk.catalogue.records import SEVERITIES, Filter
from cvdesk.complaints import store, store_case
from cvdesk.complaints.form import ComplaintForm
from cvdesk.complaints.form_step import StepForm
from cvdesk.complaints.page_case import CaseCard, Doings
from cvdesk.complaints.records import Complaint, severity_name, stage_name
from cvdesk.complaints.records_due import due_day, due_in_words, step_button, step_done, step_heading
from cvdesk.complaints.store_case import Case
from cvdesk.complaints.store_list import ComplaintList, ComplaintQuery, ComplaintRow, open_and_overdue
from cvdesk.customers import store as customers
from cvdesk.kit import crash
from cvdesk.kit.form import text_field
from cvdesk.kit.jobs import Job
from cvdesk.kit.page import Page
from cvdesk.kit.side import SidePanel
from cvdesk.kit.table import Column, Table
from cvdesk.kit.widgets import MEDIUM, NOTE, SMALL, Card, Choice, EmptyState, button, label, line
from cvdesk.wording import _, ngettext
from cvdesk.wording.numbers import day_short, span, whole

EVERYTHING = ComplaintQuery(urgent_first=True)
# Columns that go where there is little room, and from which width of the table on they show (design pixels).
_ROOMY = {4: 620, 1: 560, 5: 500}


class ComplaintsPage(Page):
    """The table at the left, what is due soonest on top; the case or a form at the right."""

    key = "complaints"
    icon = "circle-alert"
    watches = frozenset(
        {"complaints", "complaint_events", "complaint_themes", "customers", "channels", "offerings", "themes",
         "staff", "settings", "entries"}
    )  # fmt: skip

    _chosen: int | None = None

    @classmethod
    def title(cls) -> str:
        """The page's name."""
        return _("Complaints")

    def show_record(self, record: object) -> None:
        """A complaint by id; a Filter: exactly those behind a figure; ("new", customer id): the form for a new one."""
        self._leave_form()
        if isinstance(record, Filter):
            self._limit(ComplaintQuery(chosen=record, urgent_first=True))
            self.table.setFocus()
        elif isinstance(record, int):
            if not self._listed(record):
                self._chosen = record
                self._limit(EVERYTHING)
            self._chosen = record
            self._show_list()
            self.table.setFocus()
        elif isinstance(record, tuple) and record[:1] == ("new",):
            self.new_complaint(record[1])

    def select_first(self) -> None:
        """Selects the complaint on top."""
        self.table.select_row(0)

    def focus_first(self) -> None:
        """The form that is open, the table, or what to do where there is nothing yet."""
        if self._side.form is not None:
            self._side.form.focus_first()
        elif self._stack.currentWidget() is self._board:
            self.table.setFocus()
        else:
            self.add.setFocus()

    def refresh(self) -> None:
        """Shows the list and the case again."""
        self._show_list()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._side.fit(self.width())
        room = self.width() - self._side.width() - self.theme.px(90)
        for place, wide in _ROOMY.items():
            self.table.setColumnHidden(place, room < self.theme.px(wide))

    # Building

    def _build(self) -> None:
        theme = self.theme
        self._query = EVERYTHING
        self._job: Job | None = None
        self._list = ComplaintList(self.session.file, self._query, self.session.today())
        self.add = button(theme, _("New complaint"), self.new_complaint, "main")
        self.add.setEnabled(not self.session.file.read_only)
        self.add_action(self.add)
        self._stack = QStackedWidget()
        self._board = self._make_board()
        sentence = _("No complaint so far. When one comes in, log it here: it gets a number and a day to answer by.")
        self._empty = Card(theme)
        self._empty.box.addWidget(EmptyState(theme, sentence, icon="circle-check"))
        self._stack.addWidget(self._board)
        self._stack.addWidget(self._empty)
        content = line(MEDIUM)
        content.addWidget(self._stack, 1)
        self._side = SidePanel(theme, _("Complaint"))
        content.addWidget(self._side)
        self.box.addLayout(content, 1)
        self._nothing()

    def _make_board(self) -> QWidget:
        theme = self.theme
        board = Card(theme)
        board.setAccessibleName(self.title())
        board.box.setContentsMargins(10, 8, 10, 10)
        board.box.addLayout(self._make_bar())
        self.behind = button(theme, "", self._forget_figure, "chip", "x")
        self.behind.setProperty("tone", "accent")
        self.behind.hide()
        board.box.addWidget(self.behind, 0, Qt.AlignmentFlag.AlignLeft)
        today = self.session.today
        columns = (
            Column(_("No."), lambda row: f"#{row.number}", 54, "quiet"),
            Column(_("Received"), lambda row: day_short(row.date, today()), 96, "quiet"),
            Column(_("Customer"), lambda row: row.customer or "–", 126),
            Column(_("What they said"), lambda row: row.text, 160, stretch=True),
            Column(_("How bad"), lambda row: severity_name(row.severity), 80, _severity_tone),
            Column(_("Step"), lambda row: stage_name(row.stage), 106, "quiet"),
            Column(_("Due"), lambda row: _due(row, today()), 110, lambda row: "bad" if row.overdue else "quiet"),
        )
        self.table = Table(theme, self.title(), columns, lambda row: row.id)
        self._none = EmptyState(theme, "", button(theme, _("Show all"), self._show_all), "search")
        board.box.addWidget(self.table, 1)
        board.box.addWidget(self._none, 1)
        return board

    def _make_bar(self) -> QHBoxLayout:
        theme = self.theme
        bar = line(SMALL)
        self.state = Choice(theme, _("Which complaints"), _states(), "all")
        self.severity = Choice(theme, _("How bad"), _severities())
        self.search = text_field("", _("Words, name or number"))
        self.search.setAccessibleName(_("Find complaints"))
        self.search.setClearButtonEnabled(True)
        self.search.setMaximumWidth(theme.px(240))
        self.found = label(theme, "", NOTE, tone="faint")
        bar.addWidget(self.state)
        bar.addWidget(self.severity)
        bar.addWidget(self.search, 1)
        bar.addStretch(1)
        bar.addWidget(self.found)
        return bar

    def _connect(self) -> None:
        self.search.textChanged.connect(lambda text: self._limit(replace(self._query, search=text)))
        self.state.chosen.connect(lambda state: self._limit(replace(self._query, state=str(state))))
        self.severity.chosen.connect(lambda value: self._limit(replace(self._query, severity=value)))
        self.table.selected.connect(self._row_selected)
        self.table.opened.connect(lambda _id: self._into_case())
        self._side.left.connect(self._leave_form)
        for keys, widget, do in (
            ("Delete", self.table, self.delete_complaint),
            ("Down", self.search, self._into_table),
            ("Return", self.search, self._into_table),
            ("Escape", self.search, self.search.clear),
        ):
            shortcut = QShortcut(QKeySequence(keys), widget)
            shortcut.setContext(Qt.ShortcutContext.WidgetShortcut)
            shortcut.activated.connect(do)
        find = QShortcut(QKeySequence.StandardKey.Find, self)
        find.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        find.activated.connect(self.search.setFocus)

    # The list

    def _limit(self, query: ComplaintQuery) -> None:
        """Shows the complaints of a query, and says in the bar what limits them."""
        if query == self._query:
            return
        self._query = query
        self.state.offer(_states(), query.state)
        self.severity.offer(_severities(), query.severity)
        if self.search.text() != query.search:
            self.search.setText(query.search)
        self._show_list()
        if self._chosen is None:
            self.table.scrollToTop()

    def _listed(self, wanted: int) -> int | None:
        try:
            return self._list.row_of(wanted)
        except LookupError:
            return None

    def _show_list(self) -> None:
        file, today = self.session.file, self.session.today()
        self._list = ComplaintList(file, self._query, today)
        wanted = self._chosen
        self.table.rows.show(self._list)
        count = self.table.rows.rowCount()
        limited = self._query != EVERYTHING
        everything = ComplaintList(file, EVERYTHING, today).count() if limited else count
        self._stack.setCurrentWidget(self._board if everything else self._empty)
        self.table.setVisible(count > 0)
        self._none.setVisible(count == 0)
        self._none.sentence.setText(self._why_none())
        said = _("{count} of {all}").format(count=whole(count), all=whole(everything))
        self.found.setText(said if limited else "")
        self._show_figure()
        self._say_state(everything)
        place = self._listed(wanted) if wanted is not None and count else None
        if place is not None:
            self.table.select_row(place)
        elif self._side.form is None:
            self._chosen = None
            self._nothing()

    def _say_state(self, everything: int) -> None:
        waiting, late = open_and_overdue(self.session.file, self.session.today())
        if not everything:
            self.set_title(self.title(), _("From the first word to the customer's answer"))
            return
        in_all = _("{count} in all").format(count=whole(everything))
        now = ngettext("{count} open", "{count} open", waiting).format(count=whole(waiting))
        if late:
            title = ngettext("{count} complaint is overdue", "{count} complaints are overdue", late)
            self.set_title(title.format(count=whole(late)), f"{now} · {in_all}")
        elif waiting:
            self.set_title(self.title(), " · ".join((_("Nothing is overdue"), now, in_all)))
        else:
            self.set_title(self.title(), " · ".join((_("Nothing is open"), in_all)))

    def _why_none(self) -> str:
        plain = replace(EVERYTHING, state=self._query.state)
        if self._query == plain and self._query.state == "overdue":
            return _("Nothing is overdue.")
        if self._query == plain and self._query.state == "open":
            return _("Nothing is open.")
        return _("No complaint fits.")

    def _show_figure(self) -> None:
        """The chip that says behind which figure these complaints stand; pressing it shows all again."""
        chosen = self._query.chosen
        self.behind.setVisible(chosen is not None)
        if chosen is None:
            return
        parts = [span(chosen.period.start, chosen.period.end)]
        for table in ("offerings", "segments", "channels", "themes", "tags"):
            wanted = getattr(chosen, table[:-1])
            parts += [one.name for one in catalogue.named(self.session.file, table) if one.id == wanted]
        text = _("Behind a figure: {what}").format(what=", ".join(parts))
        self.behind.setText(text.replace("&", "&&"))
        self.behind.setAccessibleName(_("{what}. Press to show all complaints").format(what=text))
        self.behind.setToolTip(_("Show all complaints"))

    def _forget_figure(self) -> None:
        self._limit(replace(self._query, chosen=None))
        self.table.setFocus()

    def _show_all(self) -> None:
        self._limit(EVERYTHING)
        self.table.setFocus()

    def _into_table(self) -> None:
        if self.table.rows.rowCount():
            self.table.setFocus()
            if not self.table.currentIndex().isValid():
                self.table.select_row(0)

    # The case

    def _row_selected(self, row: ComplaintRow | None) -> None:
        if row is None:
            return
        self._chosen = row.id
        if self._side.form is None:
            self._ask_case()

    def _ask_case(self) -> None:
        if self._job is not None:
            self._job.cancel()
        wanted = self._chosen
        if wanted is None:
            self._nothing()
            return
        self._job = self.session.ask(lambda file: store_case.case(file, wanted), self._case_found, self._case_missing)

    def _case_found(self, case: Case) -> None:
        if self._side.form is not None:
            return
        held = self._side.holds_focus()
        doings = Doings(self.take_step, self.ask_step, self.edit_complaint, self.delete_complaint)
        self.case = CaseCard(self.session, case, None if self.session.file.read_only else doings)
        self._side.setVisible(True)
        self._side.show_content(self.case)
        if held and self.case.main is not None:
            self.case.main.setFocus()

    def _case_missing(self, error: Exception) -> None:
        """The complaint was deleted meanwhile; anything else is an error like any other."""
        if not isinstance(error, LookupError):
            crash.report(error)
        self._nothing()

    def _into_case(self) -> None:
        """Gives the keyboard to what comes next."""
        if self._side.form is None and self._chosen is not None and self.case.main is not None:
            self.case.main.setFocus()

    def _nothing(self) -> None:
        sentence = _("Select a complaint to see where it stands and what comes next.")
        self._side.show_content(EmptyState(self.theme, sentence, icon="circle-alert"))
        self._side.setVisible(self._stack.currentWidget() is self._board)

    # What can be done

    def new_complaint(self, customer_id: int | None = None) -> None:
        """The form for a new complaint, perhaps of a customer who is known already."""
        if not self.session.file.read_only:
            new = Complaint(date=self.session.today(), customer_id=customer_id)
            self._open_form(new, _("New complaint"))

    def edit_complaint(self) -> None:
        """The form for what the selected complaint says."""
        if self._chosen is not None and not self.session.file.read_only:
            complaint = store.get(self.session.file, self._chosen)
            self._open_form(complaint, _("Edit #{number}").format(number=complaint.number))

    def delete_complaint(self) -> None:
        """Deletes the selected complaint; can be taken back, so nothing is asked."""
        place = self.table.currentIndex().row()
        row = self.table.rows.row(place)
        if row is None or self.session.file.read_only:
            return
        after = self.table.rows.id_at(place + 1)
        self._chosen = after if after is not None else self.table.rows.id_at(place - 1)
        self.session.run(
            _("Delete complaint #{number}").format(number=row.number),
            partial(store.delete, complaint_id=row.id),
            say=_("Complaint #{number} deleted").format(number=row.number),
        )
        self.table.setFocus()

    def take_step(self, stage: str) -> None:
        """Takes a step that needs no more than its day, today."""
        self._step(stage, self.session.today(), "", {})

    def ask_step(self, stage: str, outcome: str | None = None) -> None:
        """The form of a step."""
        if self._chosen is None:
            return
        file = self.session.file
        complaint = store.get(file, self._chosen)
        from babel.numbers import get_currency_precision

        digits = get_currency_precision(catalogue.business(file).currency)
        begun = replace(complaint, outcome=outcome) if outcome else complaint
        form = self.step_form = StepForm(self.theme, stage, begun, self.session.today(), store_case.staff(file), digits)
        save = step_button(stage).removesuffix("…") if stage != "note" else _("Save")
        self._side.show_form(step_heading(stage, complaint.number or 0), form, save, partial(self._save_step, form))

    def _save_step(self, form: StepForm) -> None:
        problems = form.problems()
        form.show_problems(problems)
        if not problems:
            self._step(form.stage, form.day(), form.words(), form.said())

    def _step(self, stage: str, day: date, note: str, said: dict[str, Any]) -> None:
        row = self.table.rows.row(self.table.currentIndex().row())
        if row is None:
            return
        work = partial(store.step, complaint_id=row.id, stage=stage, date=day, note=note, **said)
        self.session.run(
            _("{step}: complaint #{number}").format(step=stage_name(stage), number=row.number),
            work,
            done=lambda _result: self._stepped(row.id),
            say=step_done(stage, row.number),
        )

    def _stepped(self, complaint_id: int) -> None:
        self._close_form()
        self._chosen = complaint_id
        self._side.setFocus()

    def _open_form(self, complaint: Complaint, heading: str) -> None:
        file = self.session.file
        form = self.form = ComplaintForm(
            self.theme,
            complaint,
            store_case.customer_name(file, complaint.customer_id),
            store_case.choices(file),
            lambda text: customers.find_matches(file, text),
        )
        self._side.setVisible(True)
        self._side.show_form(heading, form, _("Save"), partial(self._save, form))

    def _save(self, form: ComplaintForm) -> None:
        problems = form.problems(self.session.today())
        form.show_problems(problems)
        if problems:
            return
        complaint = form.record()
        new = complaint.id is None
        number = complaint.number
        self.session.run(
            _("Log a complaint") if new else _("Change complaint #{number}").format(number=number),
            partial(store_case.save_for, complaint=complaint, new_customer=form.new_customer()),
            done=self._saved,
            say=_("Complaint logged") if new else _("Complaint #{number} changed").format(number=number),
        )

    def _saved(self, complaint_id: int) -> None:
        self._close_form()
        self.show_record(complaint_id)

    def _close_form(self) -> None:
        self._side.form = None

    def _leave_form(self) -> None:
        if self._side.form is not None:
            self._close_form()
            self._ask_case()
            self.focus_first()


def _states() -> list[tuple[object, str]]:
    return [
        ("all", _("All complaints")), ("open", _("Open")), ("overdue", _("Overdue")), ("settled", _("Resolved")),
    ]  # fmt: skip


def _severities() -> list[tuple[object, str]]:
    return [(None, _("Minor to serious")), *((name, severity_name(name)) for name in SEVERITIES)]


def _due(row: ComplaintRow, today: date) -> str:
    day = due_day(row.stage, row.acknowledge_by, row.resolve_by)
    return due_in_words(day, today) if day is not None else "–"


def _severity_tone(row: ComplaintRow) -> str:
    return "bad" if row.severity == "serious" else "quiet"
