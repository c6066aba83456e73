"""Value: what customers get against what it takes out of them, seen four ways, and the score sheets it comes from."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QStackedWidget, QWidget

from cvdesk.catalogue.page_filter import FilterBar
from cvdesk.catalogue.records import Filter
from cvdesk.db import Queries
from cvdesk.kit.jobs import Job
from cvdesk.kit.page import Page
from cvdesk.kit.view import View
from cvdesk.kit.views import Tab, Views
from cvdesk.kit.widgets import Card, EmptyState, button, column
from cvdesk.value import store, store_details
from cvdesk.value.page_board import ScorecardView
from cvdesk.value.page_score import ScoreDesk
from cvdesk.value.records_wording import sheet_title
from cvdesk.wording import _
from cvdesk.wording.numbers import day_short, span


@dataclass(frozen=True, slots=True)
class _Begun:
    """Which sheets there are: begun ones by kind with their id and day, and whether any was finished."""

    drafts: dict[str, tuple[int, date]]
    any_sheet: bool


def _read(db: Queries) -> _Begun:
    drafts = {}
    for kind in ("owner", "customer"):
        found = store.open_draft(db, kind)
        if found is not None:
            drafts[kind] = (found, store.sheet(db, found).date)
    return _Begun(drafts, store_details.any_sheet(db))


def _groups() -> type[View]:
    from cvdesk.value.page_groups import GroupsView

    return GroupsView


def _competitors() -> type[View]:
    from cvdesk.value.page_competitors import CompetitorsView

    return CompetitorsView


def _pays() -> type[View]:
    from cvdesk.value.page_pays import PaysView

    return PaysView


_TABS = (
    Tab("scorecard", lambda: ScorecardView.title(), lambda: ScorecardView),
    Tab("groups", lambda: _("By group"), _groups),
    Tab("competitors", lambda: _("Against others"), _competitors),
    Tab("pays", lambda: _("Does value pay?"), _pays),
)


class ValuePage(Page):
    """The scorecard and its other views; the score sheet takes their place while one is filled in."""

    key = "value"
    icon = "scale"
    figures = True
    _job: Job | None = None
    _found: _Begun | None = None
    _narrowed: Filter | None = None  # what a figure elsewhere stands for, until the person goes back
    watches = frozenset({"assessments", "answers"})

    @classmethod
    def title(cls) -> str:
        """The page's name."""
        return _("Value")

    def show_record(self, record: object) -> None:
        """What to show: a part of value or a factor by its key, a month (as a Filter), a tab as ("view", key).

        "score" begins the owner's guess, "customer" a customer's sheet, ("rival", competitor, way) one about a
        competitor; a number goes on with that score sheet.
        """
        if record == "score":
            self.start_guess()
            return
        if record == "customer":
            self._score("customer")
            return
        if isinstance(record, tuple) and record[0] == "rival":
            kind = "customer" if record[2] == "used_both" else "owner"
            self._fill_in(partial(self.desk.begin, kind, "short", record[1], record[2]))
            return
        if isinstance(record, int):
            self._fill_in(partial(self.desk.go_on, record))
            return
        self.leave_form()
        if isinstance(record, tuple):
            self.choose_view(str(record[1]))
        elif isinstance(record, Filter):
            self._narrow_to(record)
        else:
            self.choose_view("scorecard")
            self.board.select(str(record))

    def select_first(self) -> None:
        """Selects the first factor, so that what is behind it shows."""
        self.board.select_first()

    def start_guess(self) -> None:
        """The owner's own guess: a new sheet, or the one that was begun."""
        self._score("owner")

    def choose_view(self, key: str) -> None:
        """Shows a tab by its key. KeyError for an unknown one."""
        self.views.choose(key)

    def focus_first(self) -> None:
        """The sheet's open question, else what the tab leads with."""
        if self._stack.currentWidget() is self.desk:
            self.desk.focus_first()
        elif self._stack.currentWidget() is self._body:
            self.views.open.focus_first()
        else:
            self.start.setFocus()

    def refresh(self) -> None:
        """Asks again for everything; not while a sheet is filled in, which hides it."""
        self.views.all_stale()
        self._ask_begun()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._name_buttons()

    # Building

    def _build(self) -> None:
        theme = self.theme
        self.throw_away = button(theme, _("Throw this sheet away"), self._throw_away, "plain")
        self.leave = button(theme, _("Back to the scorecard"), self.leave_form)
        self.score_customer = button(theme, _("Score a customer's answers"), lambda: self._score("customer"))
        self.score_own = button(theme, _("Score the value"), lambda: self._score("owner"), "main")
        for action in (self.throw_away, self.leave, self.score_customer, self.score_own):
            self.add_action(action)
        self._stack = QStackedWidget()
        self._waiting = QWidget()
        self._waiting.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._waiting.setAccessibleName(_("The scorecard is being read"))
        self._body = self._make_body()
        self._first = self._make_first()
        self.desk = ScoreDesk(self.session)
        for widget in (self._waiting, self._body, self._first, self.desk):
            self._stack.addWidget(widget)
        self.box.addWidget(self._stack, 1)
        self._show_actions()

    def _make_body(self) -> QWidget:
        body = QWidget()
        box = column(body)
        self.filters = FilterBar(self.session)
        self.filters_back = button(self.theme, "", lambda: self._narrow_to(None), "plain", "x")
        self.filters_back.hide()
        self.filters.box.addWidget(self.filters_back)
        box.addWidget(self.filters)
        self.views = Views(
            self.session, _("Ways of looking at value"), _TABS, lambda: self._chosen,
            lambda: self._stack.currentWidget() is self._body,
        )  # fmt: skip
        self.tabs = self.views.tabs
        box.addWidget(self.views, 1)
        return body

    @property
    def board(self) -> ScorecardView:
        """The first tab."""
        view = self.views.view("scorecard")
        assert isinstance(view, ScorecardView)
        return view

    def _make_first(self) -> QWidget:
        """Week one: what to do first."""
        card = Card(self.theme)
        self.start = button(self.theme, _("Score the value"), lambda: self._score("owner"), "main")
        sentence = _(
            "Begin with your own guess of what customers get and what it takes out of them: "
            "twelve questions, five minutes."
        )
        card.box.addWidget(EmptyState(self.theme, sentence, self.start, "scale"), 1)
        return card

    def _connect(self) -> None:
        self.session.filter_changed.connect(lambda: self._narrow_to(None) if self._narrowed else None)
        self.views.opened.connect(lambda _key: self._title_body())
        self.views.titled.connect(self._title_body)
        self.desk.left.connect(self.leave_form)
        self.desk.done.connect(lambda _kind: self.leave_form())
        self.desk.titled.connect(self._sheet_titled)

    # The filter

    @property
    def _chosen(self) -> Filter:
        """What limits the figures: the window's filter, or the month somebody asked about."""
        return self._narrowed or self.session.filter

    def _narrow_to(self, wanted: Filter | None) -> None:
        self._narrowed = wanted
        if wanted is not None:
            period = span(wanted.period.start, wanted.period.end)
            self.filters_back.setText(_("Only {period}").format(period=period))
            self.filters_back.setAccessibleName(_("Back from {period} to the whole period").format(period=period))
            self.filters_back.setToolTip(_("Back to the whole period"))
        self.filters_back.setVisible(wanted is not None)
        self.refresh()

    # The views

    def _title_body(self) -> None:
        if self._stack.currentWidget() is self._body and self.views.title is not None:
            self.set_title(*self.views.title)

    def _tables_changed(self, tables: frozenset[str]) -> None:
        if not (self.views.touched(tables) or "*" in tables or self.watches & tables):
            return
        if self.isVisible():
            self._ask_begun()
        else:
            self._stale = True

    def _ask_begun(self) -> None:
        if self._stack.currentWidget() is self.desk:
            return
        if self._job is not None:
            self._job.cancel()
        if self._stack.currentWidget() is self._body:
            self.views.show_open()
        self._job = self.session.ask(_read, self._shown)

    def _shown(self, found: _Begun) -> None:
        self._found = found
        self._name_buttons()
        if self._stack.currentWidget() is self.desk:
            return
        came_back = self.window().focusWidget() is self._waiting
        if not found.any_sheet:
            self._stack.setCurrentWidget(self._first)
            self.set_title(_("Value"), _("What customers get, against what it takes out of them"))
        else:
            self._stack.setCurrentWidget(self._body)
            self.views.show_open()
        themed = self.session.filter.theme is not None
        self.filters.note.setText(_("A theme does not limit these figures") if themed else "")
        self._show_actions()
        if came_back:
            self.focus_first()

    # The score sheet

    def _name_buttons(self) -> None:
        """A sheet that was begun is gone on with; long names leave the verdict no room in a small window."""
        narrow = self.width() < self.theme.px(900)
        new_answers = _("Customer's sheet") if narrow else _("Score a customer's answers")
        names = {
            self.score_own: ("owner", _("Score the value"), _("Go on with your guess of {day}")),
            self.score_customer: ("customer", new_answers, _("Go on with the answers of {day}")),
        }
        for made, (kind, new, begun) in names.items():
            draft = self._found.drafts.get(kind) if self._found is not None else None
            text = new if draft is None else begun.format(day=day_short(draft[1], self.session.today()))
            made.setText(text)
            made.setAccessibleName(text)
        self.start.setText(self.score_own.text())

    def _score(self, kind: str) -> None:
        draft = store.open_draft(self.session.file, kind)
        self._fill_in(partial(self.desk.begin, kind) if draft is None else partial(self.desk.go_on, draft))

    def _fill_in(self, sheet: Callable[[], None]) -> None:
        """The desk with a sheet on it takes the place of every figure."""
        self._stack.setCurrentWidget(self.desk)
        sheet()
        self._show_actions()

    def _sheet_titled(self, step: str, sentence: str) -> None:
        if self._stack.currentWidget() is self.desk:
            assert self.desk.form is not None
            self.set_title(sheet_title(self.desk.form.details), sentence)
            text = _("Delete this sheet") if self.desk.finished else _("Throw this sheet away")
            self.throw_away.setText(text)
            self.throw_away.setAccessibleName(text)

    def _show_actions(self) -> None:
        scoring = self._stack.currentWidget() is self.desk
        first = self._stack.currentWidget() in (self._first, self._waiting)
        self.throw_away.setVisible(scoring)
        self.leave.setVisible(scoring)
        self.score_customer.setVisible(not scoring and self._stack.currentWidget() is not self._waiting)
        self.score_own.setVisible(not scoring and not first)

    def _throw_away(self) -> None:
        self.desk.throw_away()
        self.leave_form()

    def leave_form(self) -> None:
        """Puts the score sheet away and shows the scorecard."""
        if self._stack.currentWidget() is self.desk:
            self.desk.rest()
            self._stack.setCurrentWidget(self._waiting)
            self._waiting.setFocus()  # else the keyboard would go to the navigation
            self._show_actions()
            self.refresh()
