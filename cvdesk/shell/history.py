"""What became of a record, step by step, each to be put back; and what was deleted lately."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import partial

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from cvdesk.catalogue import store as catalogue
from cvdesk.db import BusinessFile, Queries
from cvdesk.db.deleted import Gone, bring_back, recently_deleted
from cvdesk.db.history import Step, history, put_back
from cvdesk.kit.dialog import Dialog
from cvdesk.kit.session import Session
from cvdesk.kit.theme import WIDE
from cvdesk.kit.widgets import (
    CARD_TITLE,
    LARGE,
    MEDIUM,
    NOTE,
    SMALL,
    TEXT,
    TIGHT,
    TITLE,
    Elided,
    Hairline,
    button,
    clear,
    column,
    label,
    line,
    scrolled,
)
from cvdesk.shell.history_words import ChangeWords, record_name
from cvdesk.wording import _
from cvdesk.wording.counts import records
from cvdesk.wording.numbers import moment

_WIDTH, _LOWEST, _HEIGHT, _LINES = 640, 40, 440, 8
DELETED_DAYS, _DELETED_SETTING = 90, "deleted_days"


@dataclass(frozen=True, slots=True)
class StepWords:
    """A step as it is shown."""

    step: Step
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class GoneWords:
    """Something deleted as it is shown."""

    gone: Gone
    words: str


def days_kept(db: Queries) -> int:
    """For how many days deleted things are listed, to be put back."""
    return int(catalogue.setting(db, _DELETED_SETTING, DELETED_DAYS))


def read_history(table: str, row_id: int, file: BusinessFile) -> tuple[str, list[StepWords]]:
    """The record in one line, and its steps in words, newest first."""
    words = ChangeWords(file)
    steps = history(file, table, row_id)
    shown = [
        StepWords(step, tuple(one for change in step.changes for one in words.lines(change, table))) for step in steps
    ]
    images = (
        change.after or change.before
        for step in steps
        for change in step.changes
        if change.table == table and (change.after or change.before)
    )
    newest = next(images, None)
    return ("" if newest is None else words.summary(table, newest)), shown


def read_deleted(now: datetime, file: BusinessFile) -> list[GoneWords]:
    """What was deleted lately, in words, newest first."""
    words = ChangeWords(file)
    return [
        GoneWords(gone, records(gone.table, gone.count) if gone.row is None else words.summary(gone.table, gone.row))
        for gone in recently_deleted(file, now - timedelta(days=days_kept(file)))
    ]


class _ListDialog(Dialog):
    """A title, a note, and a list of lines that scrolls."""

    def __init__(self, session: Session, title: str, parent: QWidget) -> None:
        super().__init__(session.theme.px(_WIDTH), parent)
        self.session, self.theme = session, session.theme
        self.setWindowTitle(title)
        box = column(self, MEDIUM, (WIDE, WIDE, WIDE, LARGE))
        box.addWidget(label(self.theme, title, TITLE, strong=True))
        self.note = label(self.theme, "", TEXT, tone="quiet", wrap=True)
        box.addWidget(self.note)
        self._content = QWidget()
        self.lines: QVBoxLayout = column(self._content, SMALL, (0, 0, SMALL, 0))
        self._area = scrolled(self._content)
        box.addWidget(self._area)
        row = line(SMALL)
        row.addStretch(1)
        self.close_button = button(self.theme, _("Close"), self.close)
        row.addWidget(self.close_button)
        box.addLayout(row)

    def fit(self) -> None:
        """The list as tall as what it shows, up to the most a list takes."""
        width = self.theme.px(_WIDTH) - 2 * WIDE - self._area.verticalScrollBar().width()
        wraps = self.lines.hasHeightForWidth()
        needed = self.lines.totalHeightForWidth(width) if wraps else self.lines.sizeHint().height()
        self._area.setFixedHeight(max(self.theme.px(_LOWEST), min(needed, self.theme.px(_HEIGHT))))
        super().fit()

    def _back_button(self, said: str, name: str) -> QPushButton:
        """Nothing can be put back in a file that is open for reading only."""
        made = button(self.theme, said, name=name)
        made.setDisabled(self.session.file.read_only)
        return made


class HistoryDialog(_ListDialog):
    """Every step of one record, newest first; one press puts it back as it stood after a step."""

    def __init__(self, session: Session, table: str, row_id: int, parent: QWidget) -> None:
        super().__init__(session, _("History"), parent)
        self._table, self._row_id = table, row_id
        session.changed.connect(self._ask)
        self._ask()

    def _ask(self, _tables: object = None) -> None:
        self.session.ask(partial(read_history, self._table, self._row_id), self._show)

    def _show(self, found: tuple[str, list[StepWords]]) -> None:
        name, steps = found
        self.note.setText(f"{record_name(self._table)}: {name}")
        clear(self.lines)
        for place, step in enumerate(steps):
            if place:
                self.lines.addWidget(Hairline())
            self.lines.addLayout(self._step(step, newest=place == 0))
        if not steps:
            self.lines.addWidget(label(self.theme, _("Nothing was changed since it came into this file."), TEXT))
        self.lines.addStretch(1)
        QTimer.singleShot(0, self, self.fit)  # once the new lines are shown and can be measured

    def _step(self, shown: StepWords, newest: bool) -> QVBoxLayout:
        step, theme = shown.step, self.theme
        box = column(None, TIGHT)
        head = line(SMALL)
        when = moment(datetime.fromisoformat(step.at))
        what = {"undo": _("Taken back: {label}"), "redo": _("Done again: {label}")}.get(step.kind, "{label}")
        head.addWidget(Elided(theme, what.format(label=step.label), CARD_TITLE, strong=True), 1)
        there = any(one.table == self._table and one.after is None for one in step.changes)
        if not newest and not there:
            said = _("Put back as it stood then, {when}").format(when=when)
            back = self._back_button(_("Put back as it stood then"), said)
            back.clicked.connect(partial(self._put_back, step.operation_id))
            head.addWidget(back)
        box.addLayout(head)
        who = _("{when}, by {who}").format(when=when, who=step.who) if step.who else when
        box.addWidget(label(theme, who, NOTE, tone="faint"))
        for words in shown.lines[:_LINES]:
            box.addWidget(label(theme, words, TEXT, tone="quiet", wrap=True))
        return box

    def _put_back(self, operation_id: int) -> None:
        self.session.run(
            _("Put back {what}").format(what=self.note.text()),
            partial(put_back, table=self._table, row_id=self._row_id, operation_id=operation_id),
            say=_("Put back as it stood then"),
        )


class DeletedDialog(_ListDialog):
    """What was deleted lately; one press puts it back with everything that went with it."""

    def __init__(self, session: Session, parent: QWidget) -> None:
        super().__init__(session, _("Recently deleted"), parent)
        session.changed.connect(self._ask)
        self._ask()

    def _ask(self, _tables: object = None) -> None:
        self.session.ask(partial(read_deleted, datetime.now(UTC)), self._show)

    def _show(self, found: list[GoneWords]) -> None:
        days = days_kept(self.session.file)
        if found:
            text = _("Deleted in the last {days} days. What went with it comes back, too.")
        else:
            text = _("Nothing was deleted in the last {days} days.")
        self.note.setText(text.format(days=days))
        clear(self.lines)
        for place, one in enumerate(found):
            if place:
                self.lines.addWidget(Hairline())
            self.lines.addLayout(self._line(one))
        self.lines.addStretch(1)
        QTimer.singleShot(0, self, self.fit)  # once the new lines are shown and can be measured

    def _line(self, shown: GoneWords) -> QVBoxLayout:
        gone, theme = shown.gone, self.theme
        box = column(None, TIGHT)
        head = line(SMALL)
        words = shown.words if gone.row is None else f"{record_name(gone.table)}: {shown.words}"
        head.addWidget(Elided(theme, words, TEXT), 1)
        back = self._back_button(_("Put back"), _("Put back {what}").format(what=words))
        back.clicked.connect(partial(self._bring_back, gone, words))
        head.addWidget(back)
        box.addLayout(head)
        when = moment(datetime.fromisoformat(gone.at))
        note = _("{step}, {when}").format(step=gone.label, when=when)
        note = _("{note}, by {who}").format(note=note, who=gone.who) if gone.who else note
        box.addWidget(label(theme, note, NOTE, tone="faint"))
        return box

    def _bring_back(self, gone: Gone, words: str) -> None:
        self.session.run(
            _("Put back {what}").format(what=words),
            partial(bring_back, gone=gone),
            say=_("Put back: {what}").format(what=words),
        )
