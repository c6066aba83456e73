"""What the rooms of the community have in common: a table, what is selected beside it, a form in its place."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any, ClassVar

from PySide6.QtCore import QStandardPaths, Qt
from PySide6.QtGui import QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QMenu, QPushButton, QStackedWidget, QWidget

from cvdesk.catalogue import store as catalogue
from cvdesk.db import BusinessFile, Operation, Queries
from cvdesk.kit import ask, printing
from cvdesk.kit.jobs import Job
from cvdesk.kit.menus import offer
from cvdesk.kit.print_pdf import print_pdf, usual_paper
from cvdesk.kit.session import Session
from cvdesk.kit.side import SideContent, SideForm, SidePanel
from cvdesk.kit.table import Column, Listed, Table
from cvdesk.kit.widgets import MEDIUM, SMALL, Card, EmptyState, Flow, button, line, tooltip
from cvdesk.wording import _


class Room(QWidget):
    """Subclasses write `columns`, `empty`, `question`, `key_of` and `content`, and add their buttons to `tools`.

    Rows are whatever `question` gives; the selection stays on the same record when they are asked for again.
    """

    roomy: ClassVar[Mapping[int, int]] = {}  # from which width of the room on a column shows, in design pixels

    def __init__(self, session: Session) -> None:
        super().__init__()
        self.session, self.theme = session, session.theme
        self.writable = not session.file.read_only
        self.rows: Sequence[Any] = ()
        self.tools = QWidget()  # the view puts these buttons at the right of its own line
        self._tools = line(SMALL)
        self.tools.setLayout(self._tools)
        self._job: Job | None = None
        self._wanted: int | None = None
        self._filling = False
        row = line(MEDIUM)
        self.setLayout(row)
        self.table = Table(self.theme, self.title(), self.columns(), self.key_of)
        board = Card(self.theme)
        board.box.setContentsMargins(10, 8, 10, 10)
        board.box.addWidget(self.table)
        self._nothing = Card(self.theme)
        self._nothing.box.addWidget(self.empty(), 1)
        self._stack = QStackedWidget()
        self._stack.addWidget(board)
        self._stack.addWidget(self._nothing)
        row.addWidget(self._stack, 1)
        self.side = SidePanel(self.theme, self.title())
        row.addWidget(self.side)
        self.table.selected.connect(self._selected)
        self.table.opened.connect(lambda _id: self.into_side())
        self.side.left.connect(self._left)
        self.keys()

    # What a room writes

    @classmethod
    def title(cls) -> str:
        """The room's name."""
        raise LookupError(cls.__name__)

    def columns(self) -> Sequence[Column]:
        """The table's columns."""
        raise LookupError(type(self).__name__)

    def empty(self) -> EmptyState:
        """What stands there where there is nothing yet."""
        raise LookupError(type(self).__name__)

    def question(self) -> Callable[[BusinessFile], Sequence[Any]]:
        """Reads the rows, beside the window."""
        raise LookupError(type(self).__name__)

    def key_of(self, row: Any) -> int:
        """The id of a row's record."""
        raise LookupError(type(self).__name__)

    def content(self, row: Any) -> SideContent:
        """What the panel shows of a row."""
        raise LookupError(type(self).__name__)

    def keys(self) -> None:
        """Adds the room's own keys."""

    # What a room uses

    def ask(self) -> None:
        """Reads the rows again."""
        if self._job is not None:
            self._job.cancel()
        self._job = self.session.ask(self.question(), self._found)

    def tool(
        self, text: str, do: Callable[[], object], kind: str = "", icon: str = "", writes: bool = True
    ) -> QPushButton:
        """A button at the right of the view's line; what writes into the file is off where it is read only."""
        made = button(self.theme, text, do, kind, icon)
        made.setEnabled(self.writable or not writes)
        self._tools.addWidget(made)
        return made

    def key(self, keys: str, do: Callable[[], object], where: QWidget | None = None) -> None:
        """A key of the table."""
        made = QShortcut(QKeySequence(keys), where or self.table)
        made.setContext(Qt.ShortcutContext.WidgetShortcut)
        made.activated.connect(lambda: do() if self.writable else None)

    def chosen(self) -> Any | None:
        """The selected row."""
        return self.table.rows.row(self.table.currentIndex().row())

    def select(self, record_id: int) -> None:
        """Selects a record, now or as soon as the rows that are being read show it."""
        self._wanted = record_id
        self._select_wanted()

    def run(self, words: str, work: Callable[[Operation], Any], say: str = "", select: bool = False) -> None:
        """One step that can be taken back; `select`: what it gives is the id to select."""
        self.session.run(words, work, self._chosen_next if select else None, say=say)

    def open_form(
        self, heading: str, form: SideForm, save: Callable[[], tuple[str, Callable[[Operation], Any]] | None]
    ) -> None:
        """Shows a form beside the table. `save` gives the step's name and what it does; None: something is wrong."""
        if not self.writable or not self.side.may_leave():
            return

        def pressed() -> None:
            step = save()
            if step is None:
                return
            self.side.set_busy(True)
            self.session.run(
                step[0], step[1], self._saved, lambda error: self.side.save_failed(form, error), say=step[0]
            )

        self.side.show()  # there is none beside an empty room
        self.side.show_form(heading, form, _("Save"), pressed)

    def buttons(self, content: SideContent, *made: QPushButton) -> None:
        """A line of buttons in the panel, off where the file is read only."""
        flow = Flow(SMALL)
        place = QWidget()
        place.setLayout(flow)
        for one in made:
            one.setEnabled(self.writable)
            flow.addWidget(one)
        content.add(place)

    def more(self, name: str, *lines: tuple[str, Callable[[], object]]) -> QPushButton:
        """A button with what is seldom done; `name`: whose, for a screen reader."""
        made = button(self.theme, "", icon="ellipsis", name=_("More about “{name}”").format(name=name))
        made.setToolTip(tooltip(_("More")))
        menu = QMenu(made)
        for text, do in lines:
            offer(menu, text, do)
        made.setMenu(menu)
        return made

    def paper(self) -> str:
        """The paper people here print on."""
        return usual_paper(catalogue.business(self.session.file).country)

    def save_as(self, title: str, name: str, ending: str, kinds: str, write: Callable[[Queries, Path], object]) -> bool:
        """Asks where to, and writes beside the window; False where the person thought better of it."""
        folder = Path(QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation))
        plain = " ".join("".join(mark if mark.isalnum() or mark in "-.,'" else " " for mark in name).split())
        target = ask.prompts.save_file(self, title, folder / f"{plain or 'CV Desk'}{ending}", kinds)
        if target is None:
            return False
        path = target if target.suffix.lower() == ending else target.with_name(target.name + ending)
        said = _("Saved as {path}").format(path=path)
        self.session.write_out(lambda file: write(file, path), lambda _none: self.session.say(said))
        return True

    def leave_form(self) -> None:
        """The form has done its work: what is selected is shown again."""
        self._left()

    def print_out(self, make: Callable[[Queries], bytes], paper: str) -> None:
        """Makes a PDF beside the window and prints it."""

        def made(file: Queries) -> tuple[bytes, int]:
            pdf = make(file)
            return pdf, len(printing.page_sizes(pdf))

        self.session.ask(made, lambda found: print_pdf(self.session, self, found[0], found[1], paper))

    def into_side(self) -> None:
        """The keyboard goes into the panel."""
        child = self.side.nextInFocusChain()
        while child is not None and child is not self.side:
            if self.side.isAncestorOf(child) and child.focusPolicy() & Qt.FocusPolicy.TabFocus and child.isEnabled():
                child.setFocus(Qt.FocusReason.TabFocusReason)
                return
            child = child.nextInFocusChain()

    def focus_first(self) -> None:
        """The table, or what to do where there is nothing yet."""
        if self.rows:
            self.table.setFocus()
        elif (first := self._nothing.findChild(QPushButton)) is not None:
            first.setFocus()

    # Inside

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.side.fit(self.width())
        for place, wide in self.roomy.items():
            self.table.setColumnHidden(place, self.width() < self.theme.px(wide))

    def _found(self, rows: Sequence[Any]) -> None:
        self.rows = rows
        self._stack.setCurrentIndex(0 if rows else 1)
        self.side.setVisible(bool(rows) or self.side.form is not None)
        row = self.chosen()
        self._filling = True  # the panel is made once, when the selection stands
        self.table.show_source(Listed(rows), self.key_of(row) if row is not None else None)
        if not self._select_wanted() and rows and self.chosen() is None:
            self.table.select_row(0)
        self._filling = False
        self._show_side()

    def _select_wanted(self) -> bool:
        for place, row in enumerate(self.rows):
            if self._wanted is not None and self.key_of(row) == self._wanted:
                self._wanted = None
                self.table.select_row(place)
                return True
        return False

    def _selected(self, row: object) -> None:
        if row is not None and not self._filling:
            self._show_side()

    def _show_side(self) -> None:
        """What is selected; a form stays until it is saved or left."""
        row = self.chosen()
        if self.side.form is not None:
            return
        if row is not None:
            held = self.side.holds_focus()
            self.side.show_content(self.content(row))
            if held:
                self.into_side()

    def _chosen_next(self, record_id: object) -> None:
        if isinstance(record_id, int):
            self._wanted = record_id

    def _saved(self, record_id: object) -> None:
        self._chosen_next(record_id)
        self._left()

    def _left(self) -> None:
        self.side.form = None
        self.side.setVisible(bool(self.rows))
        self._show_side()
        self.focus_first()


__all__ = ["Room"]
