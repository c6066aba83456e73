"""The scorecard: the cards of the parts of value, three ways of looking at what is in them, and what is behind each."""

from __future__ import annotations

from datetime import date
from functools import partial
from typing import Any

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from cvdesk.catalogue.records import Filter
from cvdesk.db import Queries
from cvdesk.kit.jobs import Job
from cvdesk.kit.tabs import Tabs
from cvdesk.kit.view import View
from cvdesk.kit.widgets import NOTE, SMALL, TEXT, Card, Elided, column, label, line
from cvdesk.stats.intervals import Estimate
from cvdesk.value import store, store_details
from cvdesk.value.page_cards import CardRow
from cvdesk.value.page_evidence import EvidenceCard
from cvdesk.value.page_factors import FactorRow, FactorTable, factor_rows
from cvdesk.value.page_kinds import KindRow, KindTable, kind_rows
from cvdesk.value.page_verdict import VerdictColumns
from cvdesk.value.page_weights import WeightsButton
from cvdesk.value.page_words import at_limit, misses_words
from cvdesk.value.records import Evidence, FactorScore, LeverCard, Scorecard
from cvdesk.value.records_score import KindScore, SheetBehind
from cvdesk.value.store_evidence_sheets import sheets_behind
from cvdesk.value.store_scorecard_more import Board, More, board, more
from cvdesk.wording import _
from cvdesk.wording import figures as words
from cvdesk.wording.numbers import day_short, span

_NARROW = 860  # in design pixels: below, names are said shorter


class _Titled:
    """A scorecard as the headline wants it."""

    def __init__(self, net: Estimate) -> None:
        self.net = net

    @property
    def value(self) -> _Titled:
        return self


def _read_evidence(db: Queries, key: str, chosen: Filter, today: date) -> tuple[Evidence, dict[int, str]]:
    found = store.evidence(db, key, chosen, today)
    proofs = (*found.latest_entries, *found.latest_complaints)
    return found, store_details.names(db, [proof.customer_id for proof in proofs if proof.customer_id])


class ScorecardView(View):
    """The scorecard of the page's filter. `_behind`: what the panel at the right is about."""

    key = "scorecard"
    watches = frozenset(
        {"assessments", "answers", "factors", "entries", "complaints", "entry_themes", "complaint_themes", "settings",
         "customers", "purchases", "touches", "themes"}
    )  # fmt: skip
    _job: Job | None = None
    _proof_job: Job | None = None
    _found: Board | None = None
    _more: More | None = None
    _more_asked = False
    _chosen: Filter
    _wanted = ""  # a line to select as soon as it is there
    _listing = False  # whether the panel lists score sheets
    _behind: str | LeverCard | FactorScore | KindScore | None = None

    @classmethod
    def title(cls) -> str:
        """The tab's name."""
        return _("Scorecard")

    def show_for(self, chosen: Filter) -> None:
        """Asks for the scorecard of this filter, and then for what stands beside it."""
        if self._job is not None:
            self._job.cancel()
        self._chosen, today = chosen, self.session.today()
        self._job = self.session.ask(lambda file: board(file, chosen, today), self._shown)

    def select(self, key: str) -> None:
        """Brings the line of a part of value or a factor into view, as soon as there is one."""
        self._wanted = key
        self._select_wanted()

    def select_first(self) -> None:
        """Selects the first factor, so that what is behind it shows."""
        if self.table.rows.rowCount() > 1:
            self.table.select_row(1)

    def focus_first(self) -> None:
        """What is shown of the scorecard: a table, else the switch."""
        if self.switch.key == "verdict":
            self.switch.focus_first()
        else:
            (self.table if self.switch.key == "parts" else self.kinds).setFocus()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        narrow = self.width() < self.theme.px(_NARROW)
        self.cards.set_narrow(narrow)
        self.weights.set_narrow(narrow)
        self.evidence.setMaximumWidth(max(self.theme.px(240), self.width() * 33 // 100))

    # Building

    def _build(self) -> None:
        self._inside = QWidget()
        box = column(self._inside)
        self.cards = CardRow(self.theme)
        box.addWidget(self.cards)
        below = QHBoxLayout()
        below.setSpacing(12)
        self.evidence = EvidenceCard(self.theme)
        self.evidence.ask_to_choose()
        below.addWidget(self._make_holder(), 2)
        below.addWidget(self.evidence, 1)
        box.addLayout(below, 1)
        self._inside.hide()  # nothing empty is shown while the figures are on their way
        self.box.addWidget(self._inside, 1)
        self.cards.opened.connect(self._card_opened)
        self.table.selected.connect(self._row_selected)
        self.kinds.selected.connect(self._kind_selected)
        self.columns.chosen.connect(self._factor_chosen)
        self.evidence.opened.connect(self.session.open)
        self.evidence.chosen.connect(self._go_to_factor)
        self.evidence.sheets_wanted.connect(self._ask_sheets)

    def _make_holder(self) -> Card:
        holder = Card(self.theme)
        holder.setAccessibleName(_("Scorecard"))
        holder.box.setSpacing(SMALL)
        head = line(SMALL)
        ways = [("parts", _("Parts of value")), ("kinds", _("Kinds")), ("verdict", _("We deliver, we fall short"))]
        self.switch = Tabs(self.theme, _("What the scorecard shows"), ways)
        self.switch.chosen.connect(self._switched)
        head.addWidget(self.switch, 1)
        self.weights = WeightsButton(self.session)
        head.addWidget(self.weights)
        holder.box.addLayout(head)
        self.check = label(self.theme, "", TEXT, tone="bad", wrap=True)
        self.check.hide()
        holder.box.addWidget(self.check)
        self.table, self.kinds = FactorTable(self.theme), KindTable(self.theme)
        self.columns = VerdictColumns(self.theme)
        self._bodies = {"parts": self.table, "kinds": self.kinds, "verdict": self.columns}
        for body in self._bodies.values():
            holder.box.addWidget(body, 1)
        self.legend = Elided(self.theme, "", NOTE, "faint")
        holder.box.addWidget(self.legend)
        self._switched("parts")
        return holder

    # Showing

    def _shown(self, found: Board) -> None:
        self._found, self._more, card = found, None, found.card
        self._more_asked = False
        self._inside.show()
        self.cards.show_card(card)
        self.weights.show_card(card, None)
        self._say_legend(card)
        self.table.show_rows(factor_rows(card, found.importance))
        self._show_columns()
        self._select_wanted()
        if not self.table.currentIndex().isValid():
            self._select_telling(card)
        self._show_behind_again(card)
        self._say_title(card)

    def _ask_more(self) -> None:
        """Asks for what stands beside the scorecard, once that and what is behind its line are there to be seen."""
        found, chosen, today = self._found, self._chosen, self.session.today()
        if found is not None and not self._more_asked:
            self._more_asked = True
            self._job = self.session.ask(lambda file: more(file, chosen, today, found), self._more_shown)

    def _more_shown(self, found: More) -> None:
        self._more = found
        assert self._found is not None
        self.weights.show_card(self._found.card, found.nets)
        self.kinds.show_rows(kind_rows(self._found.card, found.kinds))
        self.check.setText(misses_words(found.derived.check) if found.derived.misses else "")
        self.check.setVisible(found.derived.misses)
        if not self._listing and (self._behind == "net" or found.derived.check.value is not None):
            self._show_behind_again(self._found.card)  # it can say more now

    def _show_columns(self) -> None:
        """The columns are made only when they are looked at: their many lines take longer than all the rest."""
        if self.switch.key == "verdict" and self._found is not None:
            self.columns.show_card(self._found.card)

    def _say_legend(self, card: Scorecard) -> None:
        factors = [factor for lever in card.levers for factor in lever.factors]
        parts = []
        if any(factor.owner is not None for factor in factors):
            parts.append(_("● what customers say, ○ your guess"))
        if any(at_limit(factor) for factor in factors):
            parts.append(_("≥ and ≤: what went wrong says at least that"))
        self.legend.set_whole(" · ".join(parts))
        self.legend.setVisible(self.switch.key == "parts" and bool(parts))

    def _say_title(self, card: Scorecard) -> None:
        period = self._chosen.period
        when = span(period.start, min(period.end, self.session.today()))
        if card.answered == 0 and card.guessed_on is not None:
            day = day_short(card.guessed_on, self.session.today())
            self.titled.emit(
                _("Your guess, until customers have answered"),
                _("From your score sheet of {day} · customers' answers in this period: none").format(day=day),
            )
            return
        parts = []
        if card.worth_it.value is not None:  # with its own count: one-minute forms ask it as well
            parts.append(
                _("{share}, {answers}").format(
                    share=words.worth_it(card.worth_it), answers=words.answers(card.worth_it.n)
                )
            )
        else:
            parts.append(words.answers(card.headline_net.n if card.from_minute else card.people))
        if card.from_minute:
            parts.append(_("from one-minute forms"))
        self.titled.emit(words.headline(_Titled(card.headline_net)), " · ".join([*parts, when]))

    def _switched(self, key: str) -> None:
        for name, body in self._bodies.items():
            body.setVisible(name == key)
        self._show_columns()
        self.legend.setVisible(key == "parts" and bool(self.legend.accessibleName()))

    # Choosing

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
        if isinstance(row, FactorRow):
            self._show_behind(row.score)

    def _kind_selected(self, row: Any) -> None:
        if isinstance(row, KindRow) and self._found is not None:
            self._show_behind(row.kind or self._found.card.lever(row.lever))

    def _factor_chosen(self, key: str) -> None:
        if self._found is not None:
            self._show_behind(self._found.card.factor(key))

    def _go_to_factor(self, key: str) -> None:
        self.switch.choose("parts")
        self._switched("parts")
        self.select(key)
        self.table.setFocus()

    def _card_opened(self, key: str) -> None:
        if self._found is not None:
            self._show_behind("net" if key == "net" else self._found.card.lever(key))

    # What is behind it

    def _show_behind_again(self, card: Scorecard) -> None:
        """The panel stays with what it was about; the figures in it are new."""
        about = self._behind
        if isinstance(about, FactorScore):
            keys = {factor.key for lever in card.levers for factor in lever.factors}
            self._show_behind(card.factor(about.key) if about.key in keys else "net")
        elif isinstance(about, LeverCard):
            self._show_behind(card.lever(about.lever))
        else:
            self._show_behind("net")

    def _show_behind(self, about: str | LeverCard | FactorScore | KindScore) -> None:
        self._behind, self._listing = about, False
        if self._proof_job is not None:
            self._proof_job.cancel()
        assert self._found is not None
        if not isinstance(about, FactorScore):
            self._ask_more()
        if isinstance(about, FactorScore):
            chosen, key, today = self._chosen, about.key, self.session.today()
            self._proof_job = self.session.ask(
                lambda file: _read_evidence(file, key, chosen, today), partial(self._evidence_found, about)
            )
        elif isinstance(about, LeverCard):
            self.evidence.show_lever(about, self._found.card)
        elif isinstance(about, KindScore):
            self.evidence.show_kind(about, self._found.card)
        else:
            self.evidence.show_net(self._found.card, self._more)

    def _evidence_found(self, score: FactorScore, found: tuple[Evidence, dict[int, str]]) -> None:
        self.evidence.show_factor(score, found[0], found[1], self.session.today(), self._more)
        self._ask_more()

    def _ask_sheets(self, questions: list[str]) -> None:
        if self._proof_job is not None:
            self._proof_job.cancel()
        chosen, today = self._chosen, self.session.today()
        self._proof_job = self.session.ask(
            lambda file: sheets_behind(file, questions, chosen, today), self._sheets_found
        )

    def _sheets_found(self, sheets: list[SheetBehind]) -> None:
        about = self._behind
        assert about is not None
        self._listing = True
        self.evidence.show_sheets(sheets, self.session.today(), lambda: self._show_behind(about))
