"""Strategy, actions: what must be fixed first, all that may be done, and the selected action beside it."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QPoint, Qt, QTimer
from PySide6.QtGui import QHideEvent, QResizeEvent
from PySide6.QtWidgets import QMenu, QPushButton, QStackedWidget, QWidget

from cvdesk.catalogue.records import Filter
from cvdesk.kit.form import text_field
from cvdesk.kit.jobs import Job
from cvdesk.kit.menus import offer
from cvdesk.kit.side import SidePanel, list_keys
from cvdesk.kit.table import Column, Listed, Table
from cvdesk.kit.view import View
from cvdesk.kit.widgets import MEDIUM, SMALL, TEXT, Card, EmptyState, Flow, button, column, label, line, on_card
from cvdesk.strategy import words_actions as words
from cvdesk.strategy.page_actions_must import MustFixCard
from cvdesk.strategy.page_actions_side import ActionSide, steps
from cvdesk.strategy.page_actions_work import ActionWork
from cvdesk.strategy.records import STATUSES, Action
from cvdesk.strategy.records_board import CHIPS, MUST, OPEN, Board, counts, listed
from cvdesk.strategy.store_board import board
from cvdesk.wording import _
from cvdesk.wording.numbers import whole

NAME, STATUS, COST, PART, DUE, WHO = range(6)
# Columns that go where there is little room, and from which width of the table on they show (design pixels).
_ROOMY = {WHO: 820, PART: 700, COST: 590, DUE: 400}


class ActionsView(View):
    """One reading gives everything; the newest wins. What was half typed comes back with the first one."""

    key = "actions"
    watches = frozenset({
        "actions", "action_lifts", "action_rules", "themes", "factors", "entry_themes", "entries", "complaints",
        "complaint_themes", "staff", "offerings", "answers", "assessments", "settings", "strategy_actions",
    })  # fmt: skip
    _board: Board | None = None
    _job: Job | None = None
    _chosen: int | None = None
    _restored = False

    @classmethod
    def title(cls) -> str:
        """The tab's name."""
        return _("Actions")

    def show_for(self, chosen: Filter) -> None:
        """Asks for all actions; they are the whole business's, whatever the filter."""
        if self._job is not None:
            self._job.cancel()
        today = self.session.today()
        self._job = self.session.ask(lambda file: board(file, today), self._shown)

    def show_record(self, record: object) -> None:
        """("action", id) selects it; ("make", (table, id) or None) begins an action made from that."""
        self._wanted: object = record
        if self._board is not None:
            self._go()

    def focus_first(self) -> None:
        """The form that is open, the list, or what to do where there is nothing yet."""
        if self._side.form is not None:
            self._side.form.focus_first()
        elif self._stack.currentWidget() is self._list:
            self.table.setFocus()
        else:
            self.first.setFocus()

    def select_first(self) -> None:
        """Selects the action on top."""
        self.table.select_row(0)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def hideEvent(self, event: QHideEvent) -> None:
        self.work.keep()
        super().hideEvent(event)

    # Building

    def _build(self) -> None:
        theme = self.theme
        self._wanted = None
        self._chip, self._can_write = OPEN, not self.session.file.read_only
        self.must = MustFixCard(theme)
        self.must.make.connect(self._make)
        self.must.hide()
        self._stack = QStackedWidget()
        self._stack.addWidget(QWidget())  # nothing empty is shown while the list is on its way
        self._list = self._make_list()
        self._stack.addWidget(self._list)
        self._stack.addWidget(self._make_empty())
        self._side = SidePanel(theme, _("Action"))
        self._side.hide()
        left = column(None, MEDIUM)
        left.addWidget(self.must)
        left.addWidget(self._stack, 1)
        content = line(MEDIUM)
        content.addLayout(left, 1)
        content.addWidget(self._side)
        self.box.addLayout(content, 1)
        self.work = ActionWork(self.session, self._side)
        self.work.saved.connect(self._saved)
        self.work.opened.connect(self._fit)
        self._side.left.connect(self._left)
        list_keys(self, self.search, self.table, self._delete)

    def _make_empty(self) -> Card:
        theme = self.theme
        sentence = _(
            "No action so far. Say which problem it is about, what it costs or saves, and how much of the problem goes:"
            " that is enough to plan with."
        )
        self.first = button(theme, _("New action"), partial(self._make, None), "main")
        self.first.setEnabled(self._can_write)
        empty = EmptyState(theme, sentence, self.first, "target")
        self.first_ideas = button(theme, _("Look at ideas"), self._show_ideas, icon="sparkles")
        self.first_ideas.setEnabled(self._can_write)
        box = empty.layout()
        assert box is not None
        card = on_card(theme, empty)
        row = line(SMALL)
        row.addStretch(1)
        row.addWidget(self.first_ideas)
        row.addStretch(1)
        box.insertLayout(box.count() - 1, row)  # type: ignore[attr-defined]
        return card

    def _make_list(self) -> Card:
        theme, today = self.theme, self.session.today
        card = Card(theme)
        card.box.setContentsMargins(10, 8, 10, 10)
        card.setAccessibleName(_("Actions"))
        chips = QWidget()
        chips.setAccessibleName(_("Which actions"))
        row = Flow(SMALL)
        chips.setLayout(row)
        self.chips: dict[str, QPushButton] = {}
        for key in CHIPS:
            made = button(theme, _chip_name(key), partial(self._choose_chip, key), "chip")
            made.setCheckable(True)
            self.chips[key] = made
            row.addWidget(made)
        card.box.addWidget(chips)
        bar = line(SMALL)
        self.search = text_field("", _("Words or problem"))
        self.search.setAccessibleName(_("Find actions"))
        self.search.setClearButtonEnabled(True)
        self.search.setMinimumWidth(theme.px(110))
        self.search.textChanged.connect(lambda _text: self._show_list())
        self.ideas = button(theme, _("Ideas"), self._show_ideas, icon="sparkles")
        self.add = button(theme, _("New action"), partial(self._make, None), "main")
        for made in (self.ideas, self.add):
            made.setEnabled(self._can_write)
        bar.addWidget(self.search, 1)
        bar.addWidget(self.ideas)
        bar.addWidget(self.add)
        card.box.addLayout(bar)
        self.table = Table(
            theme, _("Actions"),
            (
                Column(_("Action"), _named, 200, stretch=True),
                Column(_("Step"), lambda one: words.status_name(one.status), 84, "quiet"),
                Column(_("Costs"), self._cost, 176),
                Column(_("Part"), lambda one: self._part(one)[1], 92, lambda one: self._part(one)[0]),
                Column(_("By"), lambda one: words.due_words(one, today()), 130,
                       lambda one: "bad" if words.is_late(one, today()) else "quiet"),
                Column(_("Who"), self._who, 90, "quiet"),
            ),
            lambda one: one.id or 0,
        )  # fmt: skip
        self.table.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.table.customContextMenuRequested.connect(self._menu)
        self.table.selected.connect(self._row_selected)
        self.table.opened.connect(lambda _id: self._edit())
        self.none = label(theme, "", TEXT, tone="quiet", wrap=True)
        self.none.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.none.hide()
        card.box.addWidget(self.table, 1)
        card.box.addWidget(self.none, 1)
        return card

    def _cost(self, one: Action) -> str:
        return "" if self._board is None else words.costs_short(one, self._board.about.currency)

    def _part(self, one: Action) -> tuple[str, str]:
        return ("", "") if self._board is None else words.part(self._board.about, one)

    def _who(self, one: Action) -> str:
        staff = () if self._board is None else self._board.about.staff
        return next((name for known, name in staff if known == one.staff_id), "")

    def _fit(self) -> None:
        self._side.fit(self.width())
        room = self.width() - (0 if self._side.isHidden() else self._side.width()) - self.theme.px(40)
        for place, wide in _ROOMY.items():
            self.table.setColumnHidden(place, room < self.theme.px(wide))

    # Showing

    def _shown(self, found: Board) -> None:
        self._job = None
        self._board = found
        self.must.show_proposals(found.must_fix if self._can_write else ())
        self._stack.setCurrentIndex(1 if found.actions else 2)
        held = counts(found.actions)
        for key, made in self.chips.items():
            text = _("{name} {count}").format(name=_chip_name(key), count=whole(held[key]))
            made.setText(text)
            made.setAccessibleName(text)
        self._show_list()
        if not self._restored:
            self._restored = True
            self.work.restore(found)
        self._go()

    def _show_list(self) -> None:
        if self._board is None:
            return
        for key, made in self.chips.items():
            made.setChecked(key == self._chip)
            made.setProperty("tone", "accent" if key == self._chip else "quiet")
            made.style().unpolish(made)
            made.style().polish(made)
        rows = listed(self._board, self._chip, self.search.text())
        self.table.show_source(Listed(rows), self._chosen)
        self.table.setVisible(bool(rows))
        self.none.setVisible(not rows)
        self.none.setText(_("No action fits.") if self.search.text().strip() else _("Nothing stands here."))
        if self._chosen not in [one.id for one in rows]:
            self._chosen = rows[0].id if rows and self._side.form is None else self._chosen
            if rows and self._side.form is None:
                self.table.select_row(0)
        self._show_side()

    def _show_side(self) -> None:
        if self._side.form is None and self._board is not None:
            action = self._board.action(self._chosen)
            if action is None or self._stack.currentWidget() is not self._list:
                self._side.hide()
            else:
                held = self._side.holds_focus()
                self.side = ActionSide(self.session, action, self._board, self._take, self._edit, self._delete)
                self._side.show_content(self.side)
                self._side.show()
                if held and self.side.main is not None:
                    self.side.main.setFocus()
        self._fit()

    def _choose_chip(self, key: str) -> None:
        self._chip = key
        self._show_list()

    def _row_selected(self, one: Action | None) -> None:
        if one is not None and one.id != self._chosen:
            self._chosen = one.id
            self._show_side()

    def _go(self) -> None:
        """Does what another page asked for, once the list is there."""
        wanted, self._wanted = self._wanted, None
        if isinstance(wanted, tuple) and wanted[0] == "make":
            self._make(wanted[1])
            return
        wanted_id = wanted[1] if isinstance(wanted, tuple) else wanted
        one = self._board.action(wanted_id) if self._board is not None and isinstance(wanted_id, int) else None
        if one is not None and self._side.may_leave():
            self.work.forget()
            self._side.form = None
            self._chosen = one.id
            if not one.open and self._chip != one.status:
                self._chip = one.status
            elif one.open and self._chip not in (OPEN, one.status):
                self._chip = OPEN
            self.search.clear()
            self._show_list()
            self.table.setFocus()

    # Doing

    def _make(self, source: object) -> None:
        if self._board is None or not self._can_write or not self._side.may_leave():
            return
        made_from = (str(source[0]), source[1]) if isinstance(source, tuple) else None
        self.work.new(self._board, made_from)

    def _show_ideas(self) -> None:
        if self._board is not None:
            self.work.show_ideas(self._board)

    def _now(self) -> Action | None:
        return None if self._board is None else self._board.action(self._chosen)

    def _edit(self) -> None:
        action = self._now()
        if action is not None and self._board is not None and self._can_write and self._side.may_leave():
            self.work.edit(action, self._board)

    def _take(self, status: str) -> None:
        action = self._now()
        if action is not None and self._can_write:
            self.work.take(action, status)

    def _delete(self) -> None:
        action = self._now()
        if action is not None and self._can_write and self._side.may_leave():
            self.work.forget()
            self._side.form = None
            self.work.delete(action)

    def _menu(self, place: QPoint) -> None:
        action = self._now()
        if action is None:
            return
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        if self._can_write:
            for to, text in steps(action):
                offer(menu, text, partial(self._take, to))
            menu.addSeparator()
            offer(menu, _("Edit…"), self._edit)
            offer(menu, _("Delete"), self._delete)
        if action.status == "done":
            tell = partial(self.session.open, "care", ("tell", ("action", action.id)))
            offer(menu, _("Tell the customers"), tell)
        menu.popup(self.table.viewport().mapToGlobal(place))

    def _saved(self, action_id: int | None) -> None:
        """A form was saved: its action is selected once the list is there again."""
        self._wanted = ("action", action_id)

    def _left(self) -> None:
        self.work.forget()
        self._side.form = None
        self._show_list()
        QTimer.singleShot(0, self, self.focus_first)


def _chip_name(key: str) -> str:
    if key == OPEN:
        return _("All open")
    if key == MUST:
        return _("Must fix")
    return {
        "idea": _("Ideas"), "planned": _("Planned"), "started": _("Started"), "done": _("Done"),
        "dropped": _("Dropped"),
    }[key]  # fmt: skip


def _named(one: Action) -> str:
    return _("Must fix: {name}").format(name=one.name) if one.must_fix and one.open else one.name


__all__ = ["STATUSES", "ActionsView"]
