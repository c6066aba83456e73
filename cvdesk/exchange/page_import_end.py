"""The other faces of the import dialog: under way, done, and a file that is no list."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QGridLayout, QProgressBar, QWidget

from cvdesk.db import BusinessFile
from cvdesk.errors import UserError
from cvdesk.exchange import page_import_words as words
from cvdesk.exchange.run import Outcome
from cvdesk.exchange.undo_import import TakenBack, undo_import
from cvdesk.kit import crash
from cvdesk.kit.session import Session
from cvdesk.kit.theme import LARGE, MEDIUM, SMALL, WIDE, Theme
from cvdesk.kit.widgets import CARD_TITLE, NOTE, TEXT, TITLE, Card, button, clear, column, label, line
from cvdesk.wording import _
from cvdesk.wording.numbers import whole


class Progress:
    """How far work beside the window is, and whether it is to stop. Written there, read here; plain values only."""

    def __init__(self) -> None:
        self.done = 0
        self.all = 0
        self.stop = False

    def at(self, done: int, every: int) -> None:
        """Takes how far the work is."""
        self.all, self.done = every, done

    def stopped(self) -> bool:
        """Whether it is to stop."""
        return self.stop


class Running(QWidget):
    """The import under way."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        box = column(self, MEDIUM)
        box.addStretch(1)
        self.title = label(theme, "", TITLE, strong=True)
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        self.bar.setAccessibleName(_("How far the import is"))
        self.words = label(theme, "", TEXT, tone="quiet", wrap=True)
        self.go_on = button(theme, _("Go on working meanwhile"), kind="main")
        self.cancel = button(theme, _("Stop, bring nothing in"))
        row = line(SMALL)
        for made in (self.go_on, self.cancel):
            made.setAutoDefault(True)
            row.addWidget(made)
        row.addStretch(1)
        for widget in (self.title, self.bar, self.words):
            box.addWidget(widget)
        box.addLayout(row)
        box.addStretch(1)
        self._before = 0

    def begin(self, name: str, count: int) -> None:
        """Starts from nothing."""
        self.title.setText(_("Bringing in “{name}”").format(name=name))
        self.cancel.setEnabled(True)
        self.bar.setRange(0, max(1, count))
        self.bar.setValue(0)
        self.words.setText(_("Nothing is changed before all rows have been read."))
        self._before = 0
        self.go_on.setFocus()

    def show_progress(self, progress: Progress) -> None:
        """Says how far it is."""
        again, self._before = progress.done < self._before, progress.done
        if progress.stop:
            self.words.setText(_("Stopping; nothing will be brought in."))
            self.cancel.setEnabled(False)
        elif progress.all and progress.done >= progress.all:
            self.bar.setRange(0, 0)
            self.cancel.setEnabled(False)
            self.words.setText(_("Writing it to the business file."))
        elif again:
            self.words.setText(_("Something was saved meanwhile; the rows are read once more."))
        elif progress.all:
            self.bar.setRange(0, progress.all)
            self.bar.setValue(progress.done)
            self.words.setText(_("{done} of {rows}").format(done=whole(progress.done), rows=words.rows(progress.all)))


class Result(QWidget):
    """What the import did, and the way back."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self._theme = theme = session.theme
        self.outcome: Outcome | None = None
        box = column(self, MEDIUM)
        self.title = label(theme, "", TITLE, strong=True, wrap=True)
        self.say = label(theme, "", TEXT, tone="quiet", wrap=True)
        box.addWidget(self.title)
        box.addWidget(self.say)
        self._card = Card(theme)
        self._card.setAccessibleName(_("What became of the rows"))
        self._counts = QGridLayout()
        self._counts.setHorizontalSpacing(WIDE)
        self._counts.setVerticalSpacing(SMALL)
        self._counts.setColumnStretch(2, 1)
        self._card.box.setContentsMargins(LARGE, LARGE, LARGE, LARGE)
        self._card.box.addLayout(self._counts)
        self.notes = label(theme, "", TEXT, tone="quiet", wrap=True)
        self._card.box.addWidget(self.notes)
        box.addWidget(self._card)
        self._rejected = Card(theme, _("Rows that stayed out"))
        self.where = label(theme, "", TEXT, tone="quiet", wrap=True)
        self.where.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._rejected.box.addWidget(self.where)
        self.folder = button(theme, _("Open the folder"), self._open_folder, icon="folder-open")
        self.folder.setAutoDefault(True)
        self._rejected.box.addWidget(self.folder, 0, Qt.AlignmentFlag.AlignLeft)
        box.addWidget(self._rejected)
        box.addStretch(1)
        row = line(SMALL)
        self.undo = button(theme, _("Take the import back"), self.take_back)
        self.undo.setAutoDefault(True)
        self.more = button(theme, _("Import another list…"))
        self.more.setAutoDefault(True)
        self.close_button = button(theme, _("Close"), kind="main")
        self.close_button.setAutoDefault(True)
        row.addWidget(self.undo)
        row.addStretch(1)
        row.addWidget(self.more)
        row.addWidget(self.close_button)
        box.addLayout(row)

    def show_outcome(self, outcome: Outcome) -> None:
        """Shows what an import did."""
        self.outcome = outcome
        self.title.setText(
            _("{things} came in").format(things=words.things(outcome.kind, outcome.added + outcome.updated))
        )
        self.say.setText(_("Everything is saved in the business file."))
        clear(self._counts)
        for place, (name, count) in enumerate(words.results(outcome)):
            self._counts.addWidget(label(self._theme, name, TEXT, tone="quiet"), place, 0)
            number = label(self._theme, whole(count), CARD_TITLE, strong=True)
            number.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
            number.setAccessibleName(_("{name}: {count}").format(name=name, count=whole(count)))
            self._counts.addWidget(number, place, 1)
        self.notes.setText("\n".join(outcome.notes))
        self.notes.setVisible(bool(outcome.notes))
        self._card.show()
        self._rejected.setVisible(outcome.rejected_file is not None)
        self.where.setText(
            _("They were written to “{path}”, each with its reason. Correct them there and import that file.").format(
                path=outcome.rejected_file
            )
        )
        self.undo.setVisible(outcome.import_id is not None and outcome.added + outcome.updated > 0)
        self.undo.setEnabled(True)
        self.close_button.setFocus()

    def take_back(self) -> None:
        """Takes back what came in."""
        if self.outcome is None or self.outcome.import_id is None:
            return
        self.undo.setEnabled(False)
        work = partial(take_back, self.outcome.import_id, self._session.who)
        self._session.work(work, self._taken_back, self._not_taken_back)

    def _not_taken_back(self, error: Exception) -> None:
        self.undo.setEnabled(True)
        if isinstance(error, UserError):
            self.say.setText(str(error))
        else:
            crash.report(error)

    def _taken_back(self, taken: TakenBack) -> None:
        self.title.setText(_("Taken back"))
        self.say.setText(words.taken_back(taken))
        self._rejected.hide()
        self._card.hide()
        self.undo.hide()
        self.close_button.setFocus()

    def _open_folder(self) -> None:
        if self.outcome is not None and self.outcome.rejected_file is not None:
            QDesktopServices.openUrl(QUrl.fromLocalFile(str(self.outcome.rejected_file.parent)))


def take_back(import_id: int, who: str, file: BusinessFile) -> TakenBack:
    """Takes an import back, in the name of who asked for it."""
    return undo_import(file, import_id, who)


class NotAList(QWidget):
    """A file that cannot be brought in: what it is and what to do."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        whole_box = column(self, MEDIUM)
        whole_box.addWidget(label(theme, _("Import a list"), TITLE, strong=True))
        card = Card(theme)
        card.box.setContentsMargins(LARGE, LARGE, LARGE, LARGE)
        whole_box.addWidget(card)
        whole_box.addStretch(1)
        box = card.box
        self.what = label(theme, "", CARD_TITLE, strong=True, wrap=True)
        self.to_do = label(theme, "", TEXT, tone="quiet", wrap=True)
        self.nothing = label(theme, _("Nothing was changed."), NOTE, tone="faint")
        for widget in (self.what, self.to_do, self.nothing):
            box.addWidget(widget)
        row = line(SMALL)
        self.other = button(theme, _("Choose another file…"), kind="main")
        self.leave = button(theme, _("Close"))
        for made in (self.other, self.leave):
            made.setAutoDefault(True)
            row.addWidget(made)
        row.addStretch(1)
        box.addLayout(row)

    def show_error(self, error: UserError) -> None:
        """Says it."""
        self.what.setText(error.what)
        self.to_do.setText(error.to_do)
        self.other.setFocus()
