"""Strategy, actions: what must be fixed first, all that may be done, and the selected action beside it."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QPoint, Qt, QTimer
from PySide6.QtGui import QHideEvent, QResizeEvent
from PySide6.QtWidgets import QMenu, QStackedWidget, QWidget

from cvdesk.catalogue.records import Filter
from cvdesk.kit.jobs import Job
from cvdesk.kit.menus import offer
from cvdesk.kit.side import SidePanel, list_keys
from cvdesk.kit.view import View
from cvdesk.kit.widgets import (
    MEDIUM,
    SMALL,
    Card,
    EmptyState,
    button,
    column,
    line,
    on_card,
)
from cvdesk.strategy.page_actions_list import ActionList
from cvdesk.strategy.page_actions_must import MustFixCard
from cvdesk.strategy.page_actions_side import ActionSide, steps
from cvdesk.strategy.page_actions_work import ActionWork
from cvdesk.strategy.records import Action
from cvdesk.strategy.records_board import OPEN, Board
from cvdesk.strategy.store_board import board
from cvdesk.wording import _


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
        if self._board is None:
            self.setFocus()  # what there is to go to is still on its way
        elif self._side.form is not None:
            self._side.form.focus_first()
        elif self._stack.currentWidget() is self.list:
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
        self._can_write = not self.session.file.read_only
        self.must = MustFixCard(theme)
        self.must.make.connect(self._make)
        self.must.hide()
        self._stack = QStackedWidget()
        self._stack.addWidget(QWidget())  # nothing empty is shown while the list is on its way
        self.list = self._make_list()
        self.table = self.list.table
        self._stack.addWidget(self.list)
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
        list_keys(self, self.list.search, self.table, self._delete)

    def _make_list(self) -> ActionList:
        made = ActionList(self.session)
        made.limited.connect(self._show_list)
        made.make.connect(partial(self._make, None))
        made.ideas_wanted.connect(self._show_ideas)
        made.table.customContextMenuRequested.connect(self._menu)
        made.table.selected.connect(self._row_selected)
        made.table.opened.connect(lambda _id: self._edit())
        return made

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

    def _fit(self) -> None:
        self._side.fit(self.width())
        room = self.width() - (0 if self._side.isHidden() else self._side.width()) - self.theme.px(40)
        self.list.fit(room)

    # Showing

    def _shown(self, found: Board) -> None:
        self._job = None
        waited = self.hasFocus()
        self._board = found
        self.must.show_proposals(found.must_fix if self._can_write else ())
        self._stack.setCurrentIndex(1 if found.actions else 2)
        self._show_list()
        if not self._restored:
            self._restored = True
            self.work.restore(found)
        self._go()
        if waited and self.hasFocus():
            self.focus_first()

    def _show_list(self) -> None:
        if self._board is None:
            return
        rows = self.list.show_actions(self._board, self._chosen)
        if self._chosen not in [one.id for one in rows]:
            self._chosen = rows[0].id if rows and self._side.form is None else self._chosen
            if rows and self._side.form is None:
                self.table.select_row(0)
        self._show_side()

    def _show_side(self) -> None:
        if self._side.form is None and self._board is not None:
            action = self._board.action(self._chosen)
            if action is None or self._stack.currentWidget() is not self.list:
                self._side.hide()
            else:
                held = self._side.holds_focus()
                self.side = ActionSide(self.session, action, self._board, self._take, self._edit, self._delete)
                self._side.show_content(self.side)
                self._side.show()
                if held and self.side.main is not None:
                    self.side.main.setFocus()
        self._fit()

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
            if not one.open and self.list.chip != one.status:
                self.list.chip = one.status
            elif one.open and self.list.chip not in (OPEN, one.status):
                self.list.chip = OPEN
            self.list.search.clear()
            self._show_list()
            self.table.setFocus()

    # Doing

    def _make(self, source: object) -> None:
        if not self._can_write:
            self.session.say(_("This file is open for reading only: no action can be added."))
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
        self.show_for(self.session.filter)  # what changed nothing is announced to nobody

    def _left(self) -> None:
        self.work.forget()
        self._side.form = None
        self._show_list()
        QTimer.singleShot(0, self, self.focus_first)


__all__ = ["ActionsView"]
