"""What customers speak of: the themes by the share of different customers who mention them."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QWidget

from cvdesk.catalogue.records import Filter
from cvdesk.db.filter import usual_periods
from cvdesk.kit.jobs import Job
from cvdesk.kit.tabs import Tabs
from cvdesk.kit.view import View
from cvdesk.kit.widgets import MEDIUM, NOTE, SMALL, Card, EmptyState, button, column, label
from cvdesk.stats.intervals import NEED_PROPORTION
from cvdesk.themes.page_one import MERGE, RENAME, SPLIT, OnePanel
from cvdesk.themes.page_rank_table import RankTable
from cvdesk.themes.records_rank import CHANGE, NAME, PAIN, SHARE, More, Ranked, Ranking, filled_in, ordered
from cvdesk.themes.records_rank_words import compared_words, filed_words, subtitle, title
from cvdesk.themes.store_quotes import OneTheme, one_theme
from cvdesk.themes.store_rank import ranking
from cvdesk.themes.store_rank_more import more
from cvdesk.wording import _
from cvdesk.wording.numbers import whole


class RankView(View):
    """The ranking of the page's filter; beside it what is behind the selected theme.

    A theme in the filter does not limit the ranking, which would then compare themes within one: it is selected.
    """

    key = "ranking"
    watches = frozenset({"entries", "entry_themes", "themes", "complaints", "complaint_themes", "customers", "factors",
                         "purchases", "assessments", "touches", "settings"})  # fmt: skip
    _job: Job | None = None
    _one_job: Job | None = None
    _found: Ranking | None = None
    _chosen: Filter
    _order = SHARE
    _wanted: int | None = None  # a theme to select as soon as it is there
    _behind: tuple[int, OneTheme] | None = None  # what was read of the selected theme

    @classmethod
    def title(cls) -> str:
        """The tab's name."""
        return _("What customers speak of")

    def show_for(self, chosen: Filter) -> None:
        """Asks for the ranking of this filter, and then for what takes longer."""
        for job in (self._job, self._one_job):
            if job is not None:
                job.cancel()
        self._behind = None
        self._wanted = chosen.theme if chosen.theme is not None else self._wanted
        self._chosen, today = replace(chosen, theme=None), self.session.today()
        wanted = self._chosen
        self._job = self.session.ask(lambda file: ranking(file, wanted, today), self._shown)

    def select(self, theme_id: int) -> None:
        """Brings a theme into view, as soon as there is one."""
        self._wanted = theme_id
        self._select_wanted()

    def select_first(self) -> None:
        """Selects the theme on top."""
        if self.table.rows.rowCount():
            self.table.select_row(0)

    def focus_first(self) -> None:
        """The table, or what to do where there is nothing to rank."""
        if self._stack.currentWidget() is self._waiting:
            self._waiting.setFocus()  # else the keyboard would go to the navigation
        else:
            (self.go if self._stack.currentWidget() is self._empty else self.table).setFocus()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.panel.fit(self.width())

    # Building

    def _build(self) -> None:
        self._stack = QStackedWidget()
        self._waiting = QWidget()
        self._waiting.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._waiting.setAccessibleName(_("The ranking is being read"))
        self._body = self._make_body()
        self._empty = self._make_empty()
        for widget in (self._waiting, self._body, self._empty):
            self._stack.addWidget(widget)
        self.box.addWidget(self._stack, 1)
        self.orders.chosen.connect(self._sort_by)
        self.table.selected.connect(self._selected)
        self.table.opened.connect(self._open_feedback)
        self.panel.opened.connect(self.session.open)
        self.panel.feedback_wanted.connect(self._open_feedback)
        self.panel.complaints_wanted.connect(self._open_complaints)
        self.panel.guess_wanted.connect(self._guess)
        self.panel.changed.connect(self._change)

    def _make_body(self) -> QWidget:
        body = QWidget()
        box = QHBoxLayout(body)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(MEDIUM)
        holder = Card(self.theme)
        holder.setAccessibleName(self.title())
        holder.box.setSpacing(SMALL)
        names = [
            (SHARE, _("Most mentioned")), (PAIN, _("Most trouble")), (CHANGE, _("What grows")), (NAME, _("By name")),
        ]  # fmt: skip
        self.orders = Tabs(self.theme, _("In which order"), names)
        holder.box.addWidget(self.orders)
        self.table = RankTable(self.theme)
        holder.box.addWidget(self.table, 1)
        self.legend = label(self.theme, "", NOTE, tone="faint", wrap=True)
        self.filed = label(self.theme, "", NOTE, tone="quiet", wrap=True)
        notes = column(None, 2)
        notes.addWidget(self.legend)
        notes.addWidget(self.filed)
        holder.box.addLayout(notes)
        box.addWidget(holder, 1)
        self.panel = OnePanel(self.theme)
        box.addWidget(self.panel)
        return body

    def _make_empty(self) -> Card:
        card = Card(self.theme)
        self.go = button(self.theme, "", self._go_on, "main")
        self._nothing = EmptyState(self.theme, "", self.go, "tags")
        card.box.addWidget(self._nothing, 1)
        return card

    # Showing

    def _shown(self, found: Ranking) -> None:
        self._found = found
        if found.rows:
            self._show_rows()
        self.titled.emit(title(found), subtitle(found))
        chosen, today = self._chosen, self.session.today()
        self._job = self.session.ask(lambda file: more(file, chosen, today, found), self._more_shown)

    def _more_shown(self, found: More) -> None:
        assert self._found is not None
        self._found = filled_in(self._found, found)
        if self._found.rows:
            self._show_rows()
        else:
            self._show_nothing(found)
        if self._wanted is not None:  # also what follows the shares did not bring it
            self._wanted = None
            self.session.say(_("Nobody speaks of this theme in these days."))
        self.filed.setText(filed_words(found.filed))
        self.filed.setVisible(bool(self.filed.text()))
        self._say_legend()

    def _show_rows(self) -> None:
        assert self._found is not None
        rows = self._found.rows
        self.table.show_rows(ordered(rows, self._order), self._order, rows)
        self._show_part(self._body)
        self._say_legend()
        self._select_wanted()
        if not self.table.currentIndex().isValid():
            self.table.select_row(0)
        else:
            self._selected(self.table.rows.row(self.table.currentIndex().row()))

    def _show_nothing(self, found: More) -> None:
        """Says what is missing, and offers the one thing to do about it."""
        nothing_yet = found.begins is None and found.compared is None
        self._ways = "file" if found.filed.entries else "capture" if nothing_yet else "period"
        sentence, text = {
            "file": (_("Nothing said in these days is filed under a theme yet."), _("File it now")),
            "capture": (
                _("What customers speak of shows here, once you have logged what they say."), _("Log feedback"),
            ),
            "period": (_("Nobody said anything in these days."), _("Show all time")),
        }[self._ways]  # fmt: skip
        self._nothing.sentence.setText(sentence)
        self.go.setText(text)
        self.go.setAccessibleName(text)
        self._show_part(self._empty)

    def _show_part(self, part: QWidget) -> None:
        """Shows the ranking, or what to do without one; the keyboard stays in what takes the other's place."""
        before = self._stack.currentWidget()
        focus = self.window().focusWidget()
        held = before not in (None, part) and focus is not None and (before is focus or before.isAncestorOf(focus))
        self._stack.setCurrentWidget(part)
        if held:
            self.focus_first()

    def _go_on(self) -> None:
        if self._ways == "file":
            self.session.open("themes", ("view", "file"))
        elif self._ways == "capture":
            self.session.open("command", "capture")
        else:
            period = usual_periods(self.session.today())[-1]
            self.session.set_filter(replace(self.session.filter, period=period))

    def _say_legend(self) -> None:
        assert self._found is not None
        parts = {
            SHARE: _("Bar: confirmed; hatched: only suggested; line: likely range, hence the places a theme may take."),
            NAME: _("Bar: confirmed; hatched: only suggested; line: likely range."),
            PAIN: _("Points per 100 customers: minor 1, moderate 3, serious 9; the stronger the colour, the worse."),
            CHANGE: _("Dotted: the period before. Only what is more than chance would give grows or shrinks."),
        }  # fmt: skip
        if self._found.rows and self._found.rows[0].figure.share.value is None:
            wanted = self._found.rows[0].figure.share.need or NEED_PROPORTION
            text = _("Counts, until {n} customers are active: a share of fewer says little.")
            self.legend.setText(text.format(n=whole(wanted)))
            return
        compared = compared_words(self._found) if self._order == CHANGE else ""
        more = self._found.more
        if compared and more is not None and more.compared is None:
            self.legend.setText(compared)  # nothing is drawn that the legend would explain
            return
        self.legend.setText(" ".join(part for part in (parts[self._order], compared) if part))

    def _sort_by(self, order: str) -> None:
        self._order = order
        if self._found is not None and self._found.rows:
            self._show_rows()

    def _select_wanted(self) -> None:
        place = None if self._wanted is None else self.table.place_of(self._wanted)
        if place is not None:
            self._wanted = None
            self.table.select_row(place)

    # One theme

    def _selected(self, row: Any) -> None:
        if self._one_job is not None:
            self._one_job.cancel()
        if not isinstance(row, Ranked):
            self.panel.ask_to_choose()
            return
        if self._behind is not None and self._behind[0] == row.figure.id:
            self._one_shown(row, self._behind[1])
            return
        if self.panel.theme_id != row.figure.id:
            self.panel.show_theme(row, self.table.above(row), None, self.session.today())
        theme, chosen, today = row.figure.id, self._chosen, self.session.today()
        self._one_job = self.session.ask(
            lambda file: one_theme(file, theme, chosen, today), partial(self._one_shown, row)
        )

    def _one_shown(self, row: Ranked, found: OneTheme) -> None:
        self._behind = (row.figure.id, found)
        self.panel.show_theme(row, self.table.above(row), found, self.session.today())

    def _guess(self, entries: list[int]) -> None:
        """How comments without stars are meant, as the program guesses; slow, beside the window."""
        from cvdesk.themes.store_moods import guess_moods

        self.session.say(_("Learning from your rated comments…"))
        self._one_job = self.session.look(lambda file: guess_moods(file, entries), self._guessed)

    def _guessed(self, guesses: dict[int, str]) -> None:
        row = self.table.rows.row(self.table.currentIndex().row())
        if not guesses:
            self.session.say(_("There are too few rated comments to guess by, or guessing is not good enough yet."))
        elif isinstance(row, Ranked) and self._behind is not None and self._behind[0] == row.figure.id:
            self.panel.show_theme(row, self.table.above(row), self._behind[1], self.session.today(), guesses)

    def _open_feedback(self, theme_id: int) -> None:
        self.session.open("entries", replace(self._chosen, theme=theme_id))

    def _open_complaints(self, theme_id: int) -> None:
        self.session.open("complaints", replace(self._chosen, theme=theme_id))

    def _change(self, what: str, theme_id: int) -> None:
        from cvdesk.themes import page_manage

        if what == RENAME:
            page_manage.rename(self.session, self, theme_id)
        elif what == MERGE:
            page_manage.merge(self.session, self, theme_id)
        elif what == SPLIT:
            page_manage.split(self.session, self, theme_id)
        else:
            page_manage.words(self.session, self, theme_id)
