"""The scorecard: the cards of the parts of value, every factor under its part, and what is behind each."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import Any

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from cvdesk.catalogue import store as catalogue
from cvdesk.catalogue.records import Filter
from cvdesk.db import Queries
from cvdesk.kit.jobs import Job
from cvdesk.kit.widgets import Card, column
from cvdesk.stats.intervals import Estimate
from cvdesk.value import store, store_details
from cvdesk.value.page_cards import CardRow
from cvdesk.value.page_evidence import EvidenceCard
from cvdesk.value.page_factors import FactorRow, FactorTable, factor_rows
from cvdesk.value.page_view import View
from cvdesk.value.records import Evidence, FactorScore, Scorecard
from cvdesk.wording import _
from cvdesk.wording import figures as words
from cvdesk.wording.numbers import day_short, span


@dataclass(frozen=True, slots=True)
class _Read:
    """What the scorecard shows, read in one go."""

    card: Scorecard
    importance: dict[str, float | None]


@dataclass(frozen=True, slots=True)
class _Titled:
    """A scorecard as the headline wants it."""

    net: Estimate

    @property
    def value(self) -> _Titled:
        return self


def _read(db: Queries, chosen: Filter, today: date) -> _Read:
    importance = {factor.key: factor.importance for factor in catalogue.factors(db)}
    return _Read(store.scorecard(db, chosen, today), importance)


def _read_evidence(db: Queries, key: str, chosen: Filter, today: date) -> tuple[Evidence, dict[int, str]]:
    found = store.evidence(db, key, chosen, today)
    proofs = (*found.latest_entries, *found.latest_complaints)
    return found, store_details.names(db, [proof.customer_id for proof in proofs if proof.customer_id])


class ScorecardView(View):
    """The scorecard of the page's filter."""

    key = "scorecard"
    watches = frozenset(
        {"assessments", "answers", "factors", "entries", "complaints", "entry_themes", "complaint_themes", "settings"}
    )
    _job: Job | None = None
    _proof_job: Job | None = None
    _found: _Read | None = None
    _chosen: Filter
    _wanted = ""  # a line to select as soon as it is there

    @classmethod
    def title(cls) -> str:
        """The tab's name."""
        return _("Scorecard")

    def show_for(self, chosen: Filter) -> None:
        """Asks for the scorecard of this filter."""
        if self._job is not None:
            self._job.cancel()
        self._chosen, today = chosen, self.session.today()
        self._job = self.session.ask(lambda file: _read(file, chosen, today), self._shown)

    def select(self, key: str) -> None:
        """Brings the line of a part of value or a factor into view, as soon as there is one."""
        self._wanted = key
        self._select_wanted()

    def select_first(self) -> None:
        """Selects the first factor, so that what is behind it shows."""
        if self.table.rows.rowCount() > 1:
            self.table.select_row(1)

    def focus_first(self) -> None:
        """The table."""
        self.table.setFocus()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.evidence.setMaximumWidth(max(self.theme.px(240), self.width() * 33 // 100))

    def _build(self) -> None:
        self._inside = QWidget()
        box = column(self._inside)
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
        self._inside.hide()  # nothing empty is shown while the figures are on their way
        self.box.addWidget(self._inside, 1)
        self.table.selected.connect(self._row_selected)
        self.evidence.opened.connect(self.session.open)

    def _shown(self, found: _Read) -> None:
        self._found = found
        card = found.card
        self._inside.show()
        self.cards.show_card(card)
        guessed = any(factor.owner is not None for lever in card.levers for factor in lever.factors)
        self._holder.beside.set_whole(_("● what customers say, ○ your guess") if guessed else "")
        self.table.show_rows(factor_rows(card, found.importance))
        self._select_wanted()
        if not self.table.currentIndex().isValid():
            self._select_telling(card)
        self._row_selected(self.table.rows.row(self.table.currentIndex().row()))
        self._say_title(card)

    def _say_title(self, card: Scorecard) -> None:
        period = self._chosen.period
        when = span(period.start, min(period.end, self.session.today()))
        if card.people == 0 and card.guessed_on is not None:
            day = day_short(card.guessed_on, self.session.today())
            self.titled.emit(
                _("Your guess, until customers have answered"),
                _("From your score sheet of {day} · customers' answers in this period: none").format(day=day),
            )
            return
        parts = [words.worth_it(card.worth_it)] if card.worth_it.value is not None else []
        self.titled.emit(words.headline(_Titled(card.net)), " · ".join([*parts, words.answers(card.people), when]))

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
        self.select(telling)

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
