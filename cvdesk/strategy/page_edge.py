"""Where the edge is: each factor against the best rival with its value map, or the grid that does without a rival."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QWidget

from cvdesk.catalogue.records import Filter, Period
from cvdesk.db import Queries
from cvdesk.kit.session import Session
from cvdesk.kit.theme import MEDIUM, SMALL
from cvdesk.kit.widgets import CARD_TITLE, NOTE, TEXT, Card, Choice, Elided, button, column, label, line, tooltip
from cvdesk.strategy.records_plan import Basis
from cvdesk.strategy.words_edge import map_words
from cvdesk.value import records_rivals_words as rival_words
from cvdesk.value.page_competitors_table import EdgeTable, matters_words, ratings_words
from cvdesk.value.page_map import SpotChart
from cvdesk.value.records_picture import grid_picture, map_picture
from cvdesk.value.records_rivals import Against, Competitor, Edge, GridData
from cvdesk.value.store_rivals import against, competitors
from cvdesk.value.store_rivals_grid import grid
from cvdesk.wording import _

# The tables whose changes make a comparison stale.
WATCHED = (
    "assessments", "answers", "factors", "settings", "competitors", "entries", "complaints", "entry_themes",
    "complaint_themes",
)  # fmt: skip
_ROWS, _MORE_ROWS, _ROW = 4, 7, 30  # the others by scrolling; the plan is to be seen below
_SIDE, _MAP_HEIGHT, _WIDE_MAP_HEIGHT = 0.3, 156, 260
WIDEST = 16777215  # as wide as Qt lets anything be
_BESIDE_FROM = 860  # width in design pixels from which the map stands beside the table


@dataclass(frozen=True, slots=True)
class EdgeRead:
    """The competitors, how we stand against one of them, and the grid where nothing is known about any."""

    competitors: tuple[Competitor, ...]
    found: Against | None
    grid: GridData | None


def read_edge(db: Queries, basis: Basis, wanted: int | None, today: date) -> EdgeRead:
    """How we stand, over the days every plan rests on; `wanted`: a competitor's id, else the best rival."""
    chosen = Filter(Period(basis.first, basis.last))
    with db.snapshot():
        known = competitors(db)
        ids = [one.id for one in known if one.id is not None]
        best = next((one for one in (wanted, basis.rival_id, *ids) if one in ids), None)
        found = None if best is None else against(db, best, chosen, today)
        bare = found is None or not found.edges
        return EdgeRead(tuple(known), found, grid(db, chosen, today) if bare else None)


class EdgePanel(QWidget):
    """Two cards beside each other, below each other where it is narrow."""

    rival_chosen = Signal(object)  # a competitor's id
    fitted = Signal(int)  # how wide the card at the right is; 0 where the cards stand below each other

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session, self._theme = session, session.theme
        self._mapped, self._who, self._most = False, "", _ROWS
        self._box = line(MEDIUM)
        self._below = column(None, MEDIUM)
        outer = column(self, MEDIUM)
        outer.addLayout(self._box)
        outer.addLayout(self._below)
        self.edges = self._make_edges()
        self.map = self._make_map()
        self._box.addWidget(self.edges, 1)
        self._box.addWidget(self.map)
        self._beside = True

    def _make_edges(self) -> Card:
        theme = self._theme
        card = Card(theme)
        card.box.setSpacing(SMALL)
        head = line(MEDIUM)
        head.addWidget(label(theme, _("Where you have the edge"), CARD_TITLE, strong=True))
        self.about = Elided(theme, "", TEXT, "quiet")
        head.addWidget(self.about, 1)
        self.rival = Choice(theme, _("Competitor"))
        self.rival.chosen.connect(self.rival_chosen)
        head.addWidget(self.rival)
        self.compare = button(theme, _("Compare with a competitor"), self._to_value)
        head.addWidget(self.compare)
        card.box.addLayout(head)
        card.setAccessibleName(_("Where you have the edge"))
        self.table = EdgeTable(theme)
        self.table.verticalHeader().setDefaultSectionSize(theme.px(_ROW))
        self.table.selected.connect(self._selected)
        self.table.clicked.connect(lambda index: self._open(self.table.rows.row(index.row())))
        self.table.opened.connect(lambda _id: self._open(self.table.rows.row(self.table.currentIndex().row())))
        self.chart = SpotChart(theme)
        self.chart.opened.connect(lambda key: self._session.open("factors", key))
        self.chart.setFixedHeight(theme.px(300))
        self.note = label(theme, "", NOTE, tone="quiet", wrap=True)
        card.box.addWidget(self.table)
        card.box.addWidget(self.chart)
        card.box.addWidget(self.note)
        return card

    def _make_map(self) -> Card:
        theme = self._theme
        card = Card(theme, _("Value map"), note=_("shaded: likely range"))
        card.box.setSpacing(SMALL)
        self.spots = SpotChart(theme)
        card.box.addWidget(self.spots, 1)
        self.sentence = label(theme, "", NOTE, tone="quiet", wrap=True)
        card.box.addWidget(self.sentence)
        return card

    def show_edge(self, read: EdgeRead) -> None:
        """Shows a comparison, or the grid where no rival is known."""
        found = read.found
        known = found is not None and bool(found.edges)
        self.rival.setVisible(bool(read.competitors))
        self.compare.setVisible(not known)
        if found is not None:
            self.rival.offer([(one.id, one.name) for one in read.competitors], found.competitor.id)
        if found is not None and known:
            self.about.set_whole(_("how much it matters × how far you are apart"))
        else:
            self.about.set_whole(_("how much it matters, how well you do"))
        self.table.setVisible(known)
        self.chart.setVisible(bool(read.grid is not None and read.grid.spots))
        if found is not None and known:
            self._show_against(found)
        else:
            self._mapped = False
            self._show_grid(found, read.grid)
        self._fit()

    def _show_against(self, found: Against) -> None:
        self._who = rival_words.source(found, self._session.today())
        self.table.show_against(found)
        if not self.table.currentIndex().isValid():
            self.table.select_row(0)
        self._selected(self.table.rows.row(self.table.currentIndex().row()))
        self._mapped = found.map is not None
        if found.map is not None:
            picture = map_picture(found.map)
            self.spots.show_picture(picture)
            self.sentence.setText(map_words(found.map))
            self.sentence.setToolTip(tooltip(picture.sentence))
            self.map.note.setText(_("shaded: likely range") if found.tested else "")

    def _show_grid(self, found: Against | None, data: GridData | None) -> None:
        told = (
            _("No competitor is named yet: against one, this shows where you are ahead and where behind.")
            if found is None
            else _("Nothing is known about {rival} yet.").format(rival=found.competitor.name)
        )
        if data is not None and data.spots:
            picture = grid_picture(data)
            self.chart.show_picture(picture)
            told = f"{picture.sentence} {told}"
        self.note.setText(told)

    def _selected(self, edge: Any) -> None:
        if isinstance(edge, Edge):
            told = (ratings_words(edge), matters_words(edge), self._who)
            self.note.setText(" · ".join(part for part in told if part))

    def _open(self, edge: Any) -> None:
        if isinstance(edge, Edge):
            self._session.open("factors", edge.key)

    def _to_value(self) -> None:
        self._session.open("assessments", ("view", "competitors"))

    def take_room(self, tall: bool) -> None:
        """Shows more lines where the window is tall."""
        self._most = _MORE_ROWS if tall else _ROWS
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        beside = self.width() >= self._theme.px(_BESIDE_FROM)
        self.map.setVisible(self._mapped)
        more = self._theme.px(_ROW) * (self._most - _ROWS)
        self.spots.setFixedHeight(self._theme.px(_MAP_HEIGHT) + more if beside else self._theme.px(_WIDE_MAP_HEIGHT))
        rows = min(self._most, self.table.rows.rowCount())
        self.table.setFixedHeight(
            self._theme.px(_ROW) * rows + self.table.horizontalHeader().sizeHint().height() + 4
        )  # fmt: skip
        width = round(self.width() * _SIDE)
        self.map.setMaximumWidth(width if beside else WIDEST)
        self.map.setMinimumWidth(width if beside else 0)
        self.fitted.emit(width if beside else 0)
        if beside != self._beside:
            self._beside = beside
            (self._below if beside else self._box).removeWidget(self.map)
            if beside:
                self._box.addWidget(self.map)
            else:
                self._below.addWidget(self.map)
