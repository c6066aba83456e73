"""The tally: one tap counts what keeps happening. A small bar, on the Feedback page and in the log-only view."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import partial

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut, QShowEvent
from PySide6.QtWidgets import QLineEdit, QMenu, QPushButton, QWidget

from cvdesk.catalogue.records import as_name
from cvdesk.db import Operation
from cvdesk.errors import UserError
from cvdesk.feedback import store_tally as store
from cvdesk.feedback.store_tally import Tally
from cvdesk.kit.session import Session
from cvdesk.kit.widgets import NOTE, SMALL, TIGHT, Flow, button, column, label, line, restyle, set_tone, tooltip
from cvdesk.wording import _, ngettext
from cvdesk.wording.numbers import day_short, whole

_TABLES = {"*", "tallies", "settings"}
_KEYS = 9  # Alt+1 to Alt+9
_FIELD_WIDTH = 190


class TallyBar(QWidget):
    """A chip for each thing that is counted, with today's count; the last seven days in words below."""

    counted = Signal(object)  # the id of the operation, so that just this can be taken back

    def __init__(self, session: Session) -> None:
        super().__init__()
        self.session = session
        theme = session.theme
        self.setAccessibleName(_("Tally"))
        self._tallies: list[Tally] = []
        self.chips: list[QPushButton] = []
        box = column(self, TIGHT)
        row = line(SMALL)
        self._title = label(theme, _("Count"), tone="quiet")
        row.addWidget(self._title, 0, Qt.AlignmentFlag.AlignTop)
        holder = QWidget()
        self._flow = Flow()
        holder.setLayout(self._flow)
        row.addWidget(holder, 1)
        box.addLayout(row)
        self.add_button = button(theme, "", self._begin_adding, "chip", "plus")
        self.add_button.setEnabled(not session.file.read_only)
        self._title.setFixedHeight(self.add_button.sizeHint().height())  # in the middle of the first line of chips
        self.name = _NameField(self._add, self._end_adding)
        self.name.setFixedWidth(theme.px(_FIELD_WIDTH))
        self.name.hide()
        self.note = label(theme, "", NOTE, tone="faint", wrap=True)
        box.addWidget(self.note)
        for place in range(_KEYS):
            QShortcut(QKeySequence(f"Alt+{place + 1}"), self).activated.connect(partial(self._tap, place))
        session.changed.connect(self._tables_changed)
        self.refresh()

    def refresh(self) -> None:
        """Shows what the file says now."""
        before, self._tallies = self._tallies, store.tallies(self.session.file, self.session.today())
        if not self.chips or [one.name for one in before] != [one.name for one in self._tallies]:
            self._make_chips()
        for chip, tally in zip(self.chips, self._tallies, strict=True):
            chip.setText(f"{tally.name}\u2002{whole(tally.today)}".replace("&", "&&"))
            chip.setAccessibleName(_("Count {name}: {count} today").format(name=tally.name, count=whole(tally.today)))
            chip.setProperty("tone", "accent" if tally.today else "quiet")
            restyle(chip)
        self._show_week()

    def count(self, name: str, by: int = 1) -> None:
        """Counts something once more, or takes one off."""
        today = self.session.today()
        self.session.run(
            _("Count: {name}").format(name=name), partial(_count, name=name, day=today, by=by), self._counted
        )

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.refresh()  # it may be another day by now

    def _make_chips(self) -> None:
        theme = self.session.theme
        focused = next((place for place, chip in enumerate(self.chips) if chip.hasFocus()), None)
        while self._flow.count():
            self._flow.takeAt(0)
        for chip in self.chips:
            chip.hide()
            chip.deleteLater()
        self.chips = []
        for place, tally in enumerate(self._tallies):
            chip = button(theme, tally.name, partial(self._tap, place), "chip")
            chip.setFocusPolicy(Qt.FocusPolicy.TabFocus)  # a tap leaves the keyboard with the line
            chip.setEnabled(not self.session.file.read_only)
            if place < _KEYS:
                chip.setToolTip(tooltip(_("Counts once more: Alt+{number}").format(number=place + 1)))
            chip.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
            chip.customContextMenuRequested.connect(partial(self._menu, place))
            self._flow.addWidget(chip)
            self.chips.append(chip)
        self._flow.addWidget(self.add_button)
        self._flow.addWidget(self.name)
        words = _("Something else") if self._tallies else _("Count something")
        self.add_button.setText(f"\u2002{words}")
        self.add_button.setAccessibleName(_("Count something else") if self._tallies else words)
        self._title.setVisible(bool(self._tallies))
        if focused is not None and self.chips:
            self.chips[min(focused, len(self.chips) - 1)].setFocus()
        self.updateGeometry()

    def _show_week(self) -> None:
        counted = [one for one in self._tallies if one.week]
        if counted:
            said = "; ".join(week_words(one, self.session.today()) for one in counted)
            self._say(_("Last 7 days: {counts}.").format(counts=said))
        elif self._tallies:
            self._say(_("Nothing was counted in the last 7 days."))
        else:
            self._say(_("One tap for what keeps happening: a queue, something sold out."))

    def _say(self, text: str, tone: str = "faint") -> None:
        self.note.setText(text)
        set_tone(self.note, tone)

    def _tap(self, place: int) -> None:
        if place < len(self._tallies) and not self.session.file.read_only:
            self.count(self._tallies[place].name)

    def _counted(self, done: tuple[int, str, int]) -> None:
        operation_id, name, total = done
        self.session.said.emit(_("{name}: {count} today").format(name=name, count=whole(total)), True)
        self.counted.emit(operation_id)

    def _menu(self, place: int, where: QPoint) -> None:
        menu = self.menu_of(place)
        menu.popup(self.chips[place].mapToGlobal(where))

    def menu_of(self, place: int) -> QMenu:
        """What can be done with a chip beside tapping it."""
        tally = self._tallies[place]
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        less = menu.addAction(_("One less today"))
        less.setEnabled(tally.today > 0)
        less.triggered.connect(lambda: self.count(tally.name, -1))
        menu.addAction(_("No longer count this")).triggered.connect(lambda: self._drop(tally.name))
        return menu

    def _drop(self, name: str) -> None:
        said = _("No longer counted: {name}. What was counted is kept.").format(name=name)
        self.session.run(_("Stop counting: {name}").format(name=name), partial(store.drop_name, name=name), say=said)

    # Adding

    def _begin_adding(self) -> None:
        self.add_button.hide()
        self.name.clear()
        self.name.show()
        self.name.setFocus()

    def _end_adding(self) -> None:
        self.name.hide()
        self.add_button.show()
        self.add_button.setFocus()
        self._show_week()

    def _add(self) -> None:
        """A new thing to count has just happened: it begins with one."""
        self.session.run(
            _("Count: {name}").format(name=as_name(self.name.text())),
            partial(_add, name=self.name.text(), day=self.session.today()),
            self._added,
            self._not_added,
        )

    def _added(self, done: tuple[int, str, int]) -> None:
        self._end_adding()
        self._counted(done)

    def _not_added(self, error: Exception) -> None:
        if not isinstance(error, UserError):
            raise error
        self._say(str(error), "bad")

    def _tables_changed(self, tables: frozenset[str]) -> None:
        if tables & _TABLES:
            self.refresh()


class _NameField(QLineEdit):
    """The name of a new thing to count: Enter takes it, Escape leaves."""

    def __init__(self, take: Callable[[], None], leave: Callable[[], None]) -> None:
        super().__init__()
        self._take, self._leave = take, leave
        self.setAccessibleName(_("What to count"))
        self.setPlaceholderText(_("queue, sold out of rye"))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._take()
        elif event.key() == Qt.Key.Key_Escape:
            self._leave()
        else:
            super().keyPressEvent(event)


def week_words(tally: Tally, today: date) -> str:
    """The last seven days of one tally in words: "queue 12 times on 4 days, busiest Fri 20 Nov (5)"."""
    times = ngettext("{name} once", "{name} {count} times", tally.week).format(name=tally.name, count=whole(tally.week))
    if tally.days < 2 or tally.most_on is None:
        return times
    days = ngettext("on {count} day", "on {count} days", tally.days).format(count=tally.days)
    most = _("busiest {day} ({count})").format(day=day_short(tally.most_on, today), count=whole(tally.most))
    return f"{times} {days}, {most}"


def _count(op: Operation, name: str, day: date, by: int) -> tuple[int, str, int]:
    return op.id, name, store.count(op, name, day, by)


def _add(op: Operation, name: str, day: date) -> tuple[int, str, int]:
    return _count(op, store.add_name(op, name), day, 1)
