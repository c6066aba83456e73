"""Value: what customers get against what it takes out of them, and the score sheets it comes from."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import Any

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QWidget

from cvdesk.catalogue import store as catalogue
from cvdesk.catalogue.page_filter import FilterBar
from cvdesk.catalogue.records import Filter
from cvdesk.db import Queries
from cvdesk.kit.jobs import Job
from cvdesk.kit.page import Page
from cvdesk.kit.widgets import Card, EmptyState, button, column
from cvdesk.stats.intervals import Estimate
from cvdesk.value import store, store_details
from cvdesk.value.page_cards import CardRow
from cvdesk.value.page_evidence import EvidenceCard
from cvdesk.value.page_factors import FactorRow, FactorTable, factor_rows
from cvdesk.value.page_score import ScoreDesk
from cvdesk.value.records import Evidence, FactorScore, Scorecard
from cvdesk.wording import _
from cvdesk.wording import figures as words
from cvdesk.wording.numbers import day_short, span


@dataclass(frozen=True, slots=True)
class _Read:
    """What the page shows, read in one go."""

    card: Scorecard
    importance: dict[str, float | None]
    drafts: dict[str, tuple[int, date]]
    any_sheet: bool


@dataclass(frozen=True, slots=True)
class _Titled:
    """A scorecard as the headline wants it."""

    net: Estimate

    @property
    def value(self) -> _Titled:
        return self


def _read(db: Queries, chosen: Filter, today: date) -> _Read:
    drafts = {}
    for kind in ("owner", "customer"):
        found = store.open_draft(db, kind)
        if found is not None:
            drafts[kind] = (found, store.sheet(db, found).date)
    importance = {factor.key: factor.importance for factor in catalogue.factors(db)}
    return _Read(store.scorecard(db, chosen, today), importance, drafts, store_details.any_sheet(db))


def _read_evidence(db: Queries, key: str, chosen: Filter, today: date) -> tuple[Evidence, dict[int, str]]:
    found = store.evidence(db, key, chosen, today)
    proofs = (*found.latest_entries, *found.latest_complaints)
    return found, store_details.names(db, [proof.customer_id for proof in proofs if proof.customer_id])


class ValuePage(Page):
    """The scorecard; the score sheet takes its place while one is filled in."""

    key = "value"
    icon = "scale"
    figures = True
    _job: Job | None = None
    _proof_job: Job | None = None
    _found: _Read | None = None
    _wanted = ""  # a line of the scorecard to select as soon as it is there
    _narrowed: Filter | None = None  # what a figure elsewhere stands for, until the person goes back
    watches = frozenset(
        {"assessments", "answers", "factors", "entries", "complaints", "entry_themes", "complaint_themes", "settings"}
    )

    @classmethod
    def title(cls) -> str:
        """The page's name."""
        return _("Value")

    def show_record(self, record: object) -> None:
        """A part of value or a factor by its key, or a month (as a Filter); "score" begins the owner's guess."""
        if record == "score":
            self.start_guess()
            return
        self.leave_form()
        if isinstance(record, Filter):
            self._narrow_to(record)
            return
        self._wanted = str(record)
        self._select_wanted()

    def select_first(self) -> None:
        """Selects the first factor, so that what is behind it shows."""
        if self.table.rows.rowCount() > 1:
            self.table.select_row(1)

    def start_guess(self) -> None:
        """The owner's own guess: a new sheet, or the one that was begun."""
        self._score("owner")

    def focus_first(self) -> None:
        """The sheet's open question, else the table."""
        if self._stack.currentWidget() is self.desk:
            self.desk.focus_first()
        elif self._stack.currentWidget() is self._board:
            self.table.setFocus()
        else:
            self.start.setFocus()

    def refresh(self) -> None:
        """Asks for the scorecard again; not while a sheet is filled in, which hides it."""
        if self._stack.currentWidget() is self.desk:
            return
        if self._job is not None:
            self._job.cancel()
        chosen, today = self._chosen, self.session.today()
        self._job = self.session.ask(lambda file: _read(file, chosen, today), self._shown)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.evidence.setMaximumWidth(max(self.theme.px(240), self.width() * 32 // 100))
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
        self._board = self._make_board()
        self._first = self._make_first()
        self.desk = ScoreDesk(self.session)
        for widget in (self._waiting, self._board, self._first, self.desk):
            self._stack.addWidget(widget)
        self.box.addWidget(self._stack, 1)
        self._show_actions()

    def _make_board(self) -> QWidget:
        board = QWidget()
        box = column(board)
        self.filters = FilterBar(self.session)
        self.filters_back = button(self.theme, "", lambda: self._narrow_to(None), "plain", "x")
        self.filters_back.hide()
        self.filters.box.addWidget(self.filters_back)
        box.addWidget(self.filters)
        self.cards = CardRow(self.theme)
        box.addWidget(self.cards)
        below = QHBoxLayout()
        below.setSpacing(12)
        holder = Card(self.theme, _("Scorecard"), _("● what customers say, ○ your guess"))
        self._holder = holder
        self.table = FactorTable(self.theme)
        holder.box.addWidget(self.table, 1)
        self.evidence = EvidenceCard(self.theme)
        self.evidence.ask_to_choose()
        below.addWidget(holder, 2)
        below.addWidget(self.evidence, 1)
        box.addLayout(below, 1)
        return board

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

    def _connect(self) -> None:
        self.session.filter_changed.connect(lambda: self._narrow_to(None) if self._narrowed else None)
        self.table.selected.connect(self._row_selected)
        self.evidence.opened.connect(self.session.open)
        self.desk.left.connect(self.leave_form)
        self.desk.done.connect(lambda _kind: self.leave_form())
        self.desk.titled.connect(self._sheet_titled)

    # The scorecard

    def _shown(self, found: _Read) -> None:
        self._found = found
        self._name_buttons()
        if self._stack.currentWidget() is self.desk:
            return
        card = found.card
        if not found.any_sheet:
            self._stack.setCurrentWidget(self._first)
        else:
            self._stack.setCurrentWidget(self._board)
            self.cards.show_card(card)
            guessed = any(factor.owner is not None for lever in card.levers for factor in lever.factors)
            self._holder.beside.set_whole(_("● what customers say, ○ your guess") if guessed else "")
            self.table.show_rows(factor_rows(card, found.importance))
            self._select_wanted()
            if not self.table.currentIndex().isValid():
                self._select_telling(card)
            self._row_selected(self.table.rows.row(self.table.currentIndex().row()))
        themed = self.session.filter.theme is not None
        self.filters.note.setText(_("A theme does not limit these figures") if themed else "")
        self._title_board(found)
        self._show_actions()

    def _title_board(self, found: _Read) -> None:
        card, period = found.card, self._chosen.period
        when = span(period.start, min(period.end, self.session.today()))
        if not found.any_sheet:
            self.set_title(_("Value"), _("What customers get, against what it takes out of them"))
            return
        if card.people == 0 and card.guessed_on is not None:
            day = day_short(card.guessed_on, self.session.today())
            self.set_title(
                _("Your guess, until customers have answered"),
                _("From your score sheet of {day} · customers' answers in this period: none").format(day=day),
            )
            return
        parts = [words.worth_it(card.worth_it)] if card.worth_it.value is not None else []
        self.set_title(words.headline(_Titled(card.net)), " · ".join([*parts, words.answers(card.people), when]))

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

    def _select_wanted(self) -> None:
        if not self._wanted or self._found is None or not self.table.rows.rowCount():
            return
        for place in range(self.table.rows.rowCount()):
            row = self.table.rows.row(place)
            if row is not None and self._wanted == (row.lever.lever if row.factor is None else row.factor.key):
                self.table.select_row(place)
                self._wanted = ""
                return

    def _select_telling(self, card: Scorecard) -> None:
        """To begin with, the first blind spot; where there is none, the first line."""
        factors = [factor for lever in card.levers for factor in lever.factors]
        telling = next((factor.key for factor in factors if factor.verdict == "blind_spot"), factors[0].key)
        self._wanted = telling
        self._select_wanted()

    def _row_selected(self, row: Any) -> None:
        if self._proof_job is not None:
            self._proof_job.cancel()
        if not isinstance(row, FactorRow):
            self.evidence.ask_to_choose()
        elif row.factor is None:
            self.evidence.show_lever(row.lever)
        else:
            chosen, key, today = self._chosen, row.factor.key, self.session.today()
            self._proof_job = self.session.ask(
                lambda file: _read_evidence(file, key, chosen, today), partial(self._evidence_found, row.factor)
            )

    def _evidence_found(self, score: FactorScore, found: tuple[Evidence, dict[int, str]]) -> None:
        self.evidence.show_factor(score, found[0], found[1], self.session.today())

    # The score sheet

    def _score(self, kind: str) -> None:
        draft = store.open_draft(self.session.file, kind)
        self._stack.setCurrentWidget(self.desk)
        if draft is not None:
            self.desk.go_on(draft)
        else:
            self.desk.begin(kind)
        self._show_actions()

    def _sheet_titled(self, step: str, sentence: str) -> None:
        if self._stack.currentWidget() is self.desk:
            self.set_title(_("Score the value"), sentence)

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
            self._show_actions()
            self.refresh()
