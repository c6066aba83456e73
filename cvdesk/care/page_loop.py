"""Care, tell them: what was done, who raised it, and telling each of them in their own way."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QSignalBlocker
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QWidget

from cvdesk.care.page_loop_circle import CircleCard
from cvdesk.care.records_loop import KINDS, About, Circle, LoopRate, ToTell, rate_in_words
from cvdesk.care.store_loop import can_be_told, loop_rate
from cvdesk.care.store_loop_circle import circle
from cvdesk.catalogue.records import Filter
from cvdesk.db import Queries
from cvdesk.kit.jobs import Job
from cvdesk.kit.table import Column, Listed, Table
from cvdesk.kit.theme import MEDIUM
from cvdesk.kit.view import View
from cvdesk.kit.widgets import NOTE, TEXT, Card, EmptyState, button, label, line, on_card
from cvdesk.wording import _, ngettext
from cvdesk.wording.numbers import day_short, whole

_NARROWEST, _WIDEST, _SHARE = 250, 390, 0.34  # of the list, in pixels of design and of the page

_SINCE, _ROOMY = 1, 320  # the column that goes in a narrow list, and from which width on it shows


class LoopView(View):
    """Left what can be told, right everybody it concerns."""

    key = "loop"
    watches = frozenset({
        "actions", "complaint_themes", "complaints", "contacts", "customer_tags", "customers", "entries",
        "entry_themes", "purchases", "snoozes", "tags", "themes", "touches",
    })  # fmt: skip

    @classmethod
    def title(cls) -> str:
        """The tab's name."""
        return _("Tell them")

    def _build(self) -> None:
        theme = self.theme
        self._jobs: list[Job] = []
        self._about: About | None = None
        self._rows: tuple[ToTell, ...] = ()
        self._asked: Job | None = None
        self._chosen = self.session.filter
        self.rate = label(theme, "", TEXT, wrap=True)
        self.table = Table(theme, _("What can be told"), self._columns(), lambda one: one.id)
        self.table.selected.connect(self._selected)
        left = Card(theme, _("What can be told"))
        self._left = left
        note = _("Done, begun, or still only noticed. The number says who is waiting to hear.")
        left.box.addWidget(label(theme, note, NOTE, tone="quiet", wrap=True))
        left.box.addWidget(self.table, 1)
        left.box.addWidget(self.rate)
        self.circle = CircleCard(self.session)
        self._both = line(MEDIUM)
        self._both.addWidget(left)
        self._both.addWidget(self.circle, 1)
        place = QWidget()
        place.setLayout(self._both)
        self.box.addWidget(place, 1)
        to_plan = button(theme, _("To the actions"), partial(self.session.open, "actions", ("view", "actions")))
        empty = EmptyState(
            theme,
            _("Once an action is done, or a theme is confirmed, those who raised it are listed here, to be told."),
            to_plan, "message-square-text",
        )  # fmt: skip
        self.empty = on_card(theme, empty)
        self.empty.hide()
        self.box.addWidget(self.empty, 1)
        self._parts = place

    def _columns(self) -> tuple[Column, ...]:
        return (
            Column(_("What"), lambda one: one.title, 100, stretch=True),
            Column(_("Since"), self._since, 66, "quiet", said=self._spoken),
            Column(_("Waiting"), _waiting, 66, right=True),
        )

    def _since(self, one: ToTell) -> str:
        if one.kind == "theme":
            return _("theme")
        return day_short(one.since, self.session.today()) if one.done else _("begun")

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        px = self.theme.px
        self._left.setFixedWidth(round(min(px(_WIDEST), max(px(_NARROWEST), self.width() * _SHARE))))
        self.table.setColumnHidden(_SINCE, self._left.width() < px(_ROOMY))

    def _spoken(self, one: ToTell) -> str:
        waiting = ngettext("{count} waits to hear", "{count} wait to hear", one.waiting).format(count=one.waiting)
        return _("{since}, {waiting}").format(since=self._since(one), waiting=waiting)

    def show_for(self, chosen: Filter) -> None:
        """Asks what can be told and how well that is done; the list shows as soon as it is there."""
        today = self.session.today()
        self._cancel()

        self._chosen = chosen
        self._jobs.append(self.session.ask(lambda db: can_be_told(db, today), self._listed))

    def show_record(self, record: object) -> None:
        """("tell", (kind, id)): everybody this concerns; it need not be in the list."""
        about = record[1] if isinstance(record, tuple) and len(record) == 2 else None
        if isinstance(about, tuple) and about[0] in KINDS:
            self._about = (str(about[0]), int(about[1]))
            self._mark()
            self._ask_circle()

    def focus_first(self) -> None:
        """The list of what can be told."""
        self.table.setFocus()

    def _listed(self, found: tuple[ToTell, ...]) -> None:
        self._rows = found
        there = {(one.kind, one.id) for one in self._rows}
        if self._about is None and self._rows:
            first = next((one for one in self._rows if one.waiting), self._rows[0])
            self._about = (first.kind, first.id)
        nothing = not there and self._about is None
        self.empty.setVisible(nothing)
        self._parts.setVisible(not nothing)
        with QSignalBlocker(self.table):
            self.table.rows.show(Listed(self._rows))
        self._mark()
        if not nothing:
            self._ask_circle()
            chosen, today = self._chosen, self.session.today()
            self._jobs.append(self.session.ask(lambda db: loop_rate(db, chosen, today), self._say_rate))

    def _mark(self) -> None:
        """The row of what is shown is the selected one."""
        with QSignalBlocker(self.table), QSignalBlocker(self.table.selectionModel()):
            self.table.clearSelection()
        for place, one in enumerate(self._rows):
            if (one.kind, one.id) == self._about:
                with QSignalBlocker(self.table):
                    self.table.select_row(place)
                return

    def _selected(self, one: ToTell | None) -> None:
        if one is not None and (one.kind, one.id) != self._about:
            self._about = (one.kind, one.id)
            self._ask_circle()

    def _ask_circle(self) -> None:
        about, today = self._about, self.session.today()
        if about is None:
            return
        if self._asked is not None:
            self._asked.cancel()

        def read(db: Queries) -> Circle | None:
            try:
                with db.snapshot():
                    return circle(db, about, today)
            except LookupError:
                return None  # deleted meanwhile

        self._asked = self.session.ask(read, self._shown)

    def _shown(self, found: Circle | None) -> None:
        if found is None:
            self._about = None
            self.circle.show_nothing()
            return
        self.circle.show_circle(found)

    def _say_rate(self, rate: LoopRate) -> None:
        said = rate_in_words(rate, self.session.today())
        self.rate.setText(said or _("Nobody waits to be told what you did."))

    def _cancel(self) -> None:
        for job in self._jobs:
            job.cancel()
        self._jobs.clear()


def _waiting(one: ToTell) -> str:
    if not one.waiting:
        return "–"
    return _("{count}+").format(count=whole(one.waiting)) if one.more else whole(one.waiting)


__all__ = ["LoopView"]
