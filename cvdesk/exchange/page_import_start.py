"""The first face of the import dialog: where a list comes from, and what was brought in so far."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from cvdesk.errors import UserError
from cvdesk.exchange import page_import_words as words
from cvdesk.exchange.page_import_end import take_back
from cvdesk.exchange.past import PastImport, past_imports
from cvdesk.exchange.undo_import import TakenBack
from cvdesk.kit import crash
from cvdesk.kit.session import Session
from cvdesk.kit.table import Column, Listed, Table
from cvdesk.kit.theme import LARGE, MEDIUM, SMALL
from cvdesk.kit.widgets import NOTE, TEXT, TITLE, Card, EmptyState, button, column, label, line, set_tone
from cvdesk.wording import _
from cvdesk.wording.numbers import moment

_WATCHED = frozenset({"*", "imports"})


class Start(QWidget):
    """Three ways in, and the imports so far, each of which can be taken back."""

    choose = Signal()
    paste = Signal()
    leave = Signal()

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self.theme = session.theme
        box = column(self, MEDIUM)
        box.addWidget(label(self.theme, _("Import a list"), TITLE, strong=True))
        self._ways = self._ways_card()
        self._past = self._past_card()
        box.addWidget(self._ways)
        box.addWidget(self._past)
        self._box = box
        foot = line(SMALL)
        foot.addStretch(1)
        self.close_button = button(self.theme, _("Close"), self.leave.emit)
        self.close_button.setAutoDefault(True)
        foot.addWidget(self.close_button)
        box.addLayout(foot)
        session.changed.connect(self._changed)
        self.refresh()

    def _ways_card(self) -> Card:
        card = Card(self.theme, _("Where is it?"))
        text = _(
            "Choose a file, drop it here, or paste rows copied in your spreadsheet."
            " You see what would come in before anything is changed."
        )
        card.box.addWidget(label(self.theme, text, TEXT, tone="quiet", wrap=True))
        row = line(SMALL)
        self.choose_button = button(self.theme, _("Choose a file…"), self.choose.emit, "main", "folder-open")
        self.paste_button = button(self.theme, _("Paste cells"), self.paste.emit)
        for made in (self.choose_button, self.paste_button):
            made.setAutoDefault(True)
            row.addWidget(made)
        kinds = _("Excel, OpenDocument, CSV, vCard and JSON")
        row.addSpacing(SMALL)
        row.addWidget(label(self.theme, kinds, NOTE, tone="quiet"))
        row.addStretch(1)
        card.box.addLayout(row)
        self.problem = label(self.theme, "", TEXT, tone="bad", wrap=True)
        self.problem.hide()
        card.box.addWidget(self.problem)
        self.drop_here = EmptyState(self.theme, _("A list can be dropped here."), icon="download")
        card.box.addWidget(self.drop_here, 1)
        return card

    def _past_card(self) -> Card:
        card = Card(self.theme, _("Brought in so far"))
        columns = (
            Column(_("When"), lambda one: moment(one.at), 150, "quiet"),
            Column(_("From"), lambda one: one.source, 220),
            Column(_("What"), lambda one: words.kind_title(one.kind), 96, "quiet"),
            Column(_("Rows"), words.past_counts, 260, stretch=True),
        )
        self.table = Table(self.theme, _("Imports so far"), columns, lambda one: one.id)
        self.table.selected.connect(self._selected)
        card.box.addWidget(self.table, 1)
        row = line(MEDIUM, (0, 0, 0, 0))
        self.said = label(self.theme, "", TEXT, tone="quiet", wrap=True)
        self.take_back_button = button(self.theme, _("Take this import back"), self.take_back)
        self.take_back_button.setAutoDefault(True)
        row.addWidget(self.said, 1)
        row.addWidget(self.take_back_button)
        card.box.addLayout(row)
        card.box.setContentsMargins(LARGE, MEDIUM, LARGE, MEDIUM)
        return card

    def focus_past(self) -> None:
        """Gives the keyboard to the imports so far."""
        if self.table.rows.rowCount():
            self.table.setFocus()
            self.table.select_row(0)

    def refresh(self) -> None:
        """Shows the imports that still stand."""
        imports = past_imports(self._session.file)
        self.table.show_source(Listed(imports))
        self.table.setVisible(bool(imports))
        self.drop_here.setVisible(not imports)
        self._past.setVisible(bool(imports) or bool(self.said.text()))
        self._box.setStretchFactor(self._ways, 0 if imports else 1)
        self._box.setStretchFactor(self._past, 1 if imports else 0)
        self.take_back_button.setVisible(bool(imports) and not self._session.file.read_only)
        self._selected(self._chosen())

    def say_problem(self, error: UserError | None) -> None:
        """What stands in the way of a way in; None: nothing does."""
        self.problem.setText("" if error is None else str(error))
        self.problem.setVisible(error is not None)

    def take_back(self) -> None:
        """Takes the chosen import back."""
        chosen = self._chosen()
        if chosen is None:
            return
        self.take_back_button.setEnabled(False)
        self._say(_("Taking “{name}” back…").format(name=chosen.source))
        work = partial(take_back, chosen.id, self._session.who)
        self._session.work(work, self._taken_back, self._not_taken_back)

    def _taken_back(self, taken: TakenBack) -> None:
        self._say(words.taken_back(taken))
        self.refresh()
        self.table.setFocus() if self.table.rows.rowCount() else self.choose_button.setFocus()

    def _not_taken_back(self, error: Exception) -> None:
        self._selected(self._chosen())
        if isinstance(error, UserError):
            self._say(str(error), "bad")
        else:
            crash.report(error)

    def _say(self, text: str, tone: str = "quiet") -> None:
        self.said.setText(text)
        set_tone(self.said, tone)

    def _chosen(self) -> PastImport | None:
        found: PastImport | None = self.table.rows.row(self.table.currentIndex().row())
        return found

    def _selected(self, one: PastImport | None) -> None:
        self.take_back_button.setEnabled(one is not None)

    def _changed(self, tables: frozenset[str]) -> None:
        if tables & _WATCHED:
            self.refresh()
