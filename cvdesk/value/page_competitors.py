"""Against others: where we have the edge over a competitor, the value map, and what to do while none is known."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import Any

from PySide6.QtCore import QModelIndex
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QMenu, QStackedWidget, QWidget

from cvdesk.catalogue.records import Filter
from cvdesk.db import Queries
from cvdesk.kit.jobs import Job
from cvdesk.kit.menus import menu_button, offer
from cvdesk.kit.theme import MEDIUM, SMALL
from cvdesk.kit.view import View
from cvdesk.kit.widgets import NOTE, TEXT, Card, Choice, button, column, label, line
from cvdesk.value import records_rivals_words as words
from cvdesk.value.page_competitors_edit import CompetitorDialog
from cvdesk.value.page_competitors_grid import GridPanel
from cvdesk.value.page_competitors_table import EdgeTable, matters_words, ratings_words
from cvdesk.value.page_map import SpotChart
from cvdesk.value.records_picture import map_picture
from cvdesk.value.records_rivals import Against, Competitor, Edge, GridData
from cvdesk.value.store_rivals import against, competitors, retire_competitor, save_competitor
from cvdesk.value.store_rivals_grid import grid
from cvdesk.wording import _
from cvdesk.wording.numbers import span

_BOTH_FROM = 900  # width in design pixels from which table and map stand side by side


@dataclass(frozen=True, slots=True)
class _Read:
    """The competitors, how we stand against the chosen one, and the grid where nothing is known about it."""

    competitors: list[Competitor]
    found: Against | None
    grid: GridData | None


def _read(db: Queries, wanted: int | None, chosen: Filter, today: date) -> _Read:
    with db.snapshot():
        known = competitors(db)
        ids = [one.id for one in known if one.id is not None]
        found = against(db, wanted if wanted in ids else ids[0], chosen, today) if ids else None
        bare = found is None or found.source == "none"
        return _Read(known, found, grid(db, chosen, today) if bare else None)


class CompetitorsView(View):
    """One competitor at a time; without any, what matters against how well we do."""

    key = "competitors"
    watches = frozenset({
        "assessments", "answers", "factors", "settings", "competitors", "entries", "complaints", "entry_themes",
        "complaint_themes",
    })  # fmt: skip
    _job: Job | None = None
    _chosen: Filter | None = None
    _wanted: int | None = None
    _known: tuple[Competitor, ...] = ()
    _current: Competitor | None = None
    _has_map = False
    _turned = False  # the map shows where there is room for one of the two

    @classmethod
    def title(cls) -> str:
        """The tab's name."""
        return _("Against others")

    def show_for(self, chosen: Filter) -> None:
        """Asks how we stand."""
        if self._job is not None:
            self._job.cancel()
        self._chosen, wanted, today = chosen, self._wanted, self.session.today()
        self._job = self.session.ask(lambda file: _read(file, wanted, chosen, today), self._shown)

    def focus_first(self) -> None:
        """The table; without a competitor, the button that adds one."""
        if self._stack.currentWidget() is self._compared:
            self.table.setFocus()
        else:
            self.add.setFocus()

    def _build(self) -> None:
        self._inside = QWidget()
        box = column(self._inside)
        box.addLayout(self._make_bar())
        self.missing = label(self.theme, "", NOTE, tone="quiet", wrap=True)
        self._stack = QStackedWidget()
        self._compared = self._make_compared()
        self.grid = GridPanel(self.session)
        self._stack.addWidget(self._compared)
        self._stack.addWidget(self.grid)
        box.addWidget(self._stack, 1)
        box.addWidget(self.missing)
        self._inside.hide()  # nothing empty is shown while the figures are on their way
        self.box.addWidget(self._inside, 1)

    def _make_bar(self) -> Any:
        theme, bar = self.theme, line(SMALL)
        self.rival = Choice(theme, _("Competitor"))
        self.rival.chosen.connect(self._take)
        bar.addWidget(self.rival)
        self.sheet = menu_button(theme, _("Fill in a sheet about them"), _("Fill in a sheet about them"), self._ways)
        bar.addWidget(self.sheet)
        self.more = menu_button(theme, _("More"), _("More about competitors"), self._doings)
        bar.addWidget(self.more)
        self.add = button(theme, _("Add a competitor"), self._add, icon="plus")
        bar.addWidget(self.add)
        self.turn = button(theme, "", self._turn_over, "plain")
        bar.addWidget(self.turn)
        bar.addStretch(1)
        return bar

    def _make_compared(self) -> QWidget:
        theme, made = self.theme, QWidget()
        row = line(MEDIUM)
        made.setLayout(row)
        self.edges = Card(theme, _("Where you have the edge"), _("how much it matters × how far you are apart"))
        self.table = EdgeTable(theme)
        self.table.setMinimumHeight(theme.px(140))
        self.table.selected.connect(self._selected)
        self.edges.box.addWidget(self.table, 1)
        self.together = label(theme, "", TEXT, strong=True, wrap=True)
        self.ratings = label(theme, "", NOTE, tone="quiet", wrap=True)
        self.edges.box.addWidget(self.together)
        self.edges.box.addWidget(self.ratings)
        row.addWidget(self.edges, 2)
        self.map = Card(theme, _("Value map"), note=_("dashed: a fair price"))
        self.chart = SpotChart(theme)
        self.map.box.addWidget(self.chart, 1)
        self.map_sentence = label(theme, "", NOTE, tone="quiet", wrap=True)
        self.map.box.addWidget(self.map_sentence)
        row.addWidget(self.map, 1)
        return made

    # Showing

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        """In a small window there is room for one of the two at a time."""
        mapped = self._has_map
        narrow = self.width() < self.theme.px(_BOTH_FROM) and mapped
        self.edges.setVisible(not (narrow and self._turned))
        self.map.setVisible(mapped and (not narrow or self._turned))
        text = _("Show where you have the edge") if self._turned else _("Show the value map")
        self.turn.setText(text)
        self.turn.setAccessibleName(text)
        self.turn.setVisible(narrow and self._stack.currentWidget() is self._compared)

    def _turn_over(self) -> None:
        self._turned = not self._turned
        self._fit()

    def _shown(self, read: _Read) -> None:
        self._inside.show()
        found = read.found
        self._known = tuple(read.competitors)
        self._current = None if found is None else found.competitor
        known = self._current is not None
        self.rival.offer([(one.id, one.name) for one in read.competitors], self._current.id if self._current else None)
        for widget in (self.rival, self.sheet, self.more):
            widget.setVisible(known)
        self.add.setVisible(not known)
        if read.grid is not None:
            self.grid.show_grid(read.grid)
            self._stack.setCurrentWidget(self.grid)
        elif found is not None:
            self._show_against(found)
            self._stack.setCurrentWidget(self._compared)
        self._fit()
        told = [] if found is None else words.missing(found)
        self.missing.setText(" ".join(told))
        self.missing.setVisible(bool(told))
        self._say_title(found)

    def _show_against(self, found: Against) -> None:
        self.table.show_against(found)
        if not self.table.currentIndex().isValid():
            self.table.select_row(0)
        self._selected(self.table.rows.row(self.table.currentIndex().row()))
        self.together.setText(words.together(found))
        self._has_map = found.map is not None
        if found.map is not None:
            picture = map_picture(found.map)
            self.chart.show_picture(picture)
            self.map_sentence.setText(picture.sentence)
            self.map.note.setText(
                _("dashed: a fair price · shaded: likely range") if found.tested else _("dashed: a fair price")
            )

    def _say_title(self, found: Against | None) -> None:
        assert self._chosen is not None
        period = self._chosen.period
        when = span(period.start, min(period.end, self.session.today()))
        if found is None:
            self.titled.emit(_("What matters, and how well you do"), _("No competitor is named yet · {period}").format(
                period=when
            ))  # fmt: skip
            return
        who = words.source(found, self.session.today())
        self.titled.emit(words.title(found), " · ".join([who, when] if who else [when]))

    def _selected(self, edge: Any) -> None:
        if isinstance(edge, Edge):
            self.ratings.setText(" · ".join(part for part in (ratings_words(edge), matters_words(edge)) if part))

    # Doing

    def _take(self, competitor_id: object) -> None:
        assert isinstance(competitor_id, int)
        self._wanted = competitor_id
        # At once: what is done before the figures are there is about whoever was chosen.
        self._current = next((one for one in self._known if one.id == competitor_id), None)
        self.table.setCurrentIndex(QModelIndex())
        if self._chosen is not None:
            self.show_for(self._chosen)

    def _ways(self, menu: QMenu) -> None:
        if self._current is None:
            return
        ways = {
            "used_both": _("By a customer who used both"),
            "mystery": _("A mystery visit"),
            "guess": _("Your guess"),
        }
        for way, text in ways.items():
            offer(menu, text, partial(self.session.open, "assessments", ("rival", self._current.id, way)))

    def _doings(self, menu: QMenu) -> None:
        offer(menu, _("Add a competitor"), self._add)
        if self._current is not None:
            offer(menu, _("Name and price of {rival}…").format(rival=self._current.name), self._change)
            offer(menu, _("Put {rival} away").format(rival=self._current.name), self._retire)

    def _add(self) -> None:
        self._ask(Competitor(None, ""))

    def _change(self) -> None:
        if self._current is not None:
            self._ask(self._current)

    def _ask(self, competitor: Competitor) -> None:
        dialog = CompetitorDialog(self.session, competitor, self.window())
        dialog.wanted.connect(self._save)
        dialog.open()

    def _save(self, competitor: Competitor) -> None:
        new = competitor.id is None
        self.session.run(
            _("Add a competitor") if new else _("Change a competitor"),
            partial(save_competitor, competitor=competitor),
            done=self._saved,
            say=_("{name} is added").format(name=competitor.name.strip()) if new else _("The competitor is changed"),
        )

    def _saved(self, competitor_id: int) -> None:
        self._wanted = competitor_id

    def _retire(self) -> None:
        if self._current is not None and self._current.id is not None:
            self.session.run(
                _("Put a competitor away"),
                partial(retire_competitor, competitor_id=self._current.id),
                say=_("{name} is put away; its sheets stay").format(name=self._current.name),
            )
