"""Forms that came back: what became of each file, then all that can be is taken in as one step."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QHideEvent, QResizeEvent
from PySide6.QtWidgets import QDialog, QStackedWidget, QWidget

from cvdesk.db import BusinessFile
from cvdesk.errors import UserError
from cvdesk.kit.dialog import take_room
from cvdesk.kit.jobs import Job
from cvdesk.kit.session import Session
from cvdesk.kit.table import Column, Listed, Table
from cvdesk.kit.widgets import LARGE, MEDIUM, SMALL, TEXT, TITLE, Card, EmptyState, button, column, label, line
from cvdesk.surveys import store_return as store
from cvdesk.surveys.page_return_reply import paste_reply
from cvdesk.surveys.records_return import Brought, summed_up, to_do, what
from cvdesk.surveys.store_return import Decided, TakenIn
from cvdesk.wording import _, ngettext
from cvdesk.wording.numbers import whole

__all__ = ["ReturnDialog", "bring_in", "paste_reply"]

_LOOK_EVERY_MS = 150
_SHEET = 1
# In a narrower dialog what became of a form has the room of whose it is.
_ROOM_FOR_SHEETS = 640


def bring_in(session: Session, parent: QWidget, paths: Sequence[Path]) -> ReturnDialog:
    """Reads these files and shows what became of them; added to the list where one is open already."""
    open_now = (one for one in parent.findChildren(ReturnDialog) if one.isVisible())
    dialog = next(open_now, None) or ReturnDialog(session, parent)
    dialog.show()
    dialog.add(paths)
    dialog.activateWindow()
    return dialog


@dataclass(frozen=True, slots=True)
class Row:
    """A form in the list; `replaces`: somebody said that it takes the place of the answers that are here."""

    number: int
    brought: Brought
    replaces: bool = False

    @property
    def taken(self) -> bool:
        """Whether it will be taken in."""
        return self.brought.outcome == "ready" or (self.brought.outcome == "differs" and self.replaces)


class _Reading:
    """How far the reading is: counted beside the window, looked at from it."""

    def __init__(self) -> None:
        self.done = 0
        self.wanted = True

    def go_on(self, done: int) -> bool:
        self.done = done
        return self.wanted


def _read(file: BusinessFile, paths: Sequence[Path], reading: _Reading) -> list[Brought]:
    return store.read_files(file, paths, reading.go_on)


class ReturnDialog(QDialog):
    """First how far the reading is, then a row a form. Escape leaves; nothing is taken in before somebody says so."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.session = session
        theme = session.theme
        self.rows: list[Row] = []
        self._paths: list[Path] = []
        self._reading = _Reading()
        self._job: Job | None = None
        self.setWindowTitle(_("Forms that came back"))
        take_room(self, theme.px(940), theme.px(600))
        box = column(self, MEDIUM, (LARGE, LARGE, LARGE, LARGE))
        box.addWidget(label(theme, _("Forms that came back"), TITLE, strong=True))
        self.sum = label(theme, "", TEXT, tone="quiet", wrap=True)
        box.addWidget(self.sum)
        self._steps = QStackedWidget()
        self._wait = EmptyState(theme, _("Reading the forms"), button(theme, _("Stop"), self.close), "clipboard-list")
        self._steps.addWidget(self._wait)
        self._steps.addWidget(self._list())
        box.addWidget(self._steps, 1)
        self._timer = QTimer(self)
        self._timer.setInterval(_LOOK_EVERY_MS)
        self._timer.timeout.connect(self._look)

    def add(self, paths: Sequence[Path]) -> None:
        """Reads these files as well. The same form twice shows only when all are looked at together."""
        self._stop()
        self._paths += [path for path in paths if path not in self._paths]
        self._reading = _Reading()
        self._steps.setCurrentIndex(0)
        self._look()
        self._timer.start()
        self._job = self.session.look(
            partial(_read, paths=tuple(self._paths), reading=self._reading), self._show, self._not_read
        )

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.table.setColumnHidden(_SHEET, self.width() < self.session.theme.px(_ROOM_FOR_SHEETS))

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._stop()

    # The list

    def _list(self) -> QWidget:
        theme = self.session.theme
        card = Card(theme)
        card.setAccessibleName(_("Forms that came back"))
        columns = (
            Column(_("File"), lambda row: row.brought.name, 200, _tone),
            Column(_("Sheet"), _sheet, 190, _tone),
            Column(_("What became of it"), _short, 100, _state_tone, stretch=True),
        )
        self.table = Table(theme, _("Forms that came back"), columns, lambda row: row.number)
        self.table.selected.connect(self._selected)
        self.table.opened.connect(lambda _number: self.act())
        card.box.addWidget(self.table, 1)
        self.about = label(theme, "", TEXT, wrap=True)
        self.about.setAccessibleName(_("About the selected form"))
        card.box.addWidget(self.about)
        row = line(SMALL)
        self.turn_button = button(theme, _("Replace the answers that are here"), self.turn)
        self.close_button = button(theme, _("Close"), self.close)
        self.take_button = button(theme, "", self.take_in, "main")
        self.type_button = button(theme, _("Type it in"), self.type_in)
        row.addWidget(self.turn_button)
        row.addWidget(self.type_button)
        row.addStretch(1)
        row.addWidget(self.close_button)
        row.addWidget(self.take_button)
        card.box.addLayout(row)
        return card

    def act(self) -> None:
        """Does what can be done with the selected form."""
        if self.type_button.isEnabled():
            self.type_in()
        else:
            self.turn()

    def type_in(self) -> None:
        """Opens the sheet of the selected form, of which only a picture came back, to be typed in by number keys."""
        from cvdesk.surveys.page_rapid import RapidEntry

        row = self._row()
        if row is None or row.brought.survey_id is None or not row.brought.code:
            return
        dialog = RapidEntry(self.session, row.brought.survey_id, self)
        dialog.open()
        if dialog.sheet is None:  # else a sheet is half typed, which comes first
            dialog.code.setText(row.brought.code)
            dialog.open_code()

    def turn(self) -> None:
        """The selected form takes the place of the answers that are here, or does not after all."""
        row = self._row()
        if row is not None and row.brought.outcome == "differs":
            self.rows[row.number] = replace(row, replaces=not row.replaces)
            self._show_rows(row.number)

    def take_in(self) -> None:
        """Takes in all that can be, as one step."""
        decided = [Decided(row.brought, row.replaces) for row in self.rows if row.taken]
        if not decided:
            return
        self.take_button.setEnabled(False)
        says = ngettext("Take in {count} survey form", "Take in {count} survey forms", len(decided))
        self.session.run(
            says.format(count=whole(len(decided))),
            partial(store.take_in_all, decided=decided, day=self.session.today()), self._taken, self._failed,
        )  # fmt: skip

    def _taken(self, done: TakenIn) -> None:
        said = ngettext("{count} form taken in", "{count} forms taken in", done.count).format(count=whole(done.count))
        if done.replaced:
            more = ngettext("{count} of them instead of others", "{count} of them instead of others", done.replaced)
            said = f"{said}, {more.format(count=whole(done.replaced))}"
        self.session.said.emit(said, True)
        left = [row for row in self.rows if not row.taken]
        if done.refused or any(row.brought.outcome not in ("same", "twice") for row in left):
            self.rows = [replace(row, number=place) for place, row in enumerate(left)]
            self._paths = []
            refused = "\n".join(_("{name}: {why}").format(name=name, why=why) for name, why in done.refused)
            self._show_rows(0)
            self.sum.setText("\n".join(part for part in (_("{said}.").format(said=said), refused) if part))
            self.close_button.setFocus()
        else:
            self.close()

    def _failed(self, error: Exception) -> None:
        self.take_button.setEnabled(True)
        if not isinstance(error, UserError):
            raise error
        self.sum.setText(str(error))

    # Reading

    def _look(self) -> None:
        if len(self._paths) > 1:
            self._wait.sentence.setText(_("Reading form {number} of {count}").format(
                number=whole(min(self._reading.done + 1, len(self._paths))), count=whole(len(self._paths))
            ))  # fmt: skip

    def _show(self, found: list[Brought]) -> None:
        self._timer.stop()
        self.rows = [Row(place, one) for place, one in enumerate(found)]
        self.sum.setText(summed_up(found))
        self._steps.setCurrentIndex(1)
        self._show_rows(next((row.number for row in self.rows if not row.taken), 0))
        (self.take_button if self.take_button.isEnabled() else self.table).setFocus()

    def _not_read(self, error: Exception) -> None:
        self._timer.stop()
        self.close()
        raise error

    def _stop(self) -> None:
        self._timer.stop()
        self._reading.wanted = False
        if self._job is not None:
            self._job.cancel()
            self._job = None

    def _row(self) -> Row | None:
        found = self.table.rows.row(self.table.currentIndex().row())
        return found if isinstance(found, Row) else None

    def _show_rows(self, selected: int) -> None:
        self.table.show_source(Listed(self.rows), keep=selected)
        if self.rows:
            self.table.select_row(min(selected, len(self.rows) - 1))
        self._selected(self._row())
        count = sum(row.taken for row in self.rows)
        words = ngettext("Take in {count} form", "Take in {count} forms", count).format(count=whole(count))
        self.take_button.setText(words)
        self.take_button.setAccessibleName(words)
        self.take_button.setVisible(count > 0)
        self.take_button.setEnabled(count > 0 and not self.session.file.read_only)

    def _selected(self, row: object) -> None:
        chosen = row if isinstance(row, Row) else None
        self.turn_button.setVisible(any(one.brought.outcome == "differs" for one in self.rows))
        self.about.setText("\n".join([_said(chosen), *chosen.brought.left_out]) if chosen else "")
        self.turn_button.setEnabled(chosen is not None and chosen.brought.outcome == "differs")
        pictures = [one for one in self.rows if _can_be_typed(one)]
        self.type_button.setVisible(bool(pictures))
        self.type_button.setEnabled(chosen in pictures and not self.session.file.read_only)
        replaces = chosen is not None and chosen.replaces
        words = _("Keep the others after all") if replaces else _("Replace the answers that are here")
        self.turn_button.setText(words)
        self.turn_button.setAccessibleName(words)


def _can_be_typed(row: Row) -> bool:
    return row.brought.outcome == "picture" and bool(row.brought.code)


def _said(row: Row) -> str:
    if row.replaces:
        return _("{what} These take their place.").format(what=what(row.brought))
    return f"{what(row.brought)} {to_do(row.brought)}".strip()


def _short(row: Row) -> str:
    if row.replaces:
        return _("Replaces the answers that are here.")
    said = what(row.brought)
    if row.brought.left_out:
        more = ngettext("{count} answer left out.", "{count} answers left out.", len(row.brought.left_out))
        said = f"{said} {more.format(count=whole(len(row.brought.left_out)))}"
    return said


def _sheet(row: Row) -> str:
    parts = [part for part in (row.brought.who, row.brought.code) if part]
    return " · ".join(parts) or (_("nobody in particular") if row.brought.outcome == "ready" else "—")


def _tone(row: Row) -> str:
    return "" if row.taken else "quiet"


def _state_tone(row: Row) -> str:
    if row.taken:
        return "good" if not row.brought.left_out else ""
    return {"same": "quiet", "twice": "quiet", "differs": "accent"}.get(row.brought.outcome, "bad")
