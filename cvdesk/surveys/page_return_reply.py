"""A reply by e-mail, pasted: what was understood of it stands beside each question before it is taken in."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QHideEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QDialog, QWidget

from cvdesk.db import BusinessFile
from cvdesk.errors import UserError
from cvdesk.kit.dialog import take_room
from cvdesk.kit.form import Words, choice_field
from cvdesk.kit.jobs import Job
from cvdesk.kit.session import Session
from cvdesk.kit.table import Column, Listed, Table
from cvdesk.kit.widgets import (
    LARGE,
    MEDIUM,
    NOTE,
    SMALL,
    TEXT,
    TITLE,
    Card,
    button,
    column,
    label,
    line,
    set_tone,
)  # fmt: skip
from cvdesk.surveys import store_return as store
from cvdesk.surveys.records_items import Item
from cvdesk.surveys.records_reply import Reply
from cvdesk.surveys.records_return import Brought, to_do, what
from cvdesk.surveys.store_return import Decided, TakenIn
from cvdesk.wording import _
from cvdesk.wording.numbers import whole

READ_AFTER_MS = 250


def paste_reply(session: Session, parent: QWidget) -> ReplyDialog:
    """Shows where a reply is pasted; the one on the screen where it is open already."""
    dialog = parent.findChild(ReplyDialog) or ReplyDialog(session, parent)
    dialog.show()
    dialog.activateWindow()
    return dialog


@dataclass(frozen=True, slots=True)
class Understood:
    """A reply as it was read. `brought` None: it is not known which sheet it answers."""

    brought: Brought | None
    reply: Reply | None
    asked: tuple[Item, ...] = ()


@dataclass(frozen=True, slots=True)
class Line:
    """A question with what was understood of its answer."""

    number: int
    question: str
    answer: str
    tone: str


def look_at(file: BusinessFile, text: str, chosen: int | None) -> Understood:
    """Reads a reply as one to the sheet whose code stands in it, else to the chosen one."""
    sheet = store.sheet_of_text(file, text)
    sheet = sheet if sheet is not None else chosen
    if sheet is None or not text.strip():
        return Understood(None, None)
    brought, reply, asked = store.reply_to(file, sheet, text)
    return Understood(brought, reply, tuple(asked))


def lines_of(found: Understood) -> list[Line]:
    """Every question with its answer in words."""
    if found.reply is None:
        return []
    return [_line(item, found.reply) for item in found.asked]


def _line(item: Item, reply: Reply) -> Line:
    question = _("{number}. {words}").format(number=whole(item.number), words=item.wording)
    if item.field in reply.unread:
        said = _("not understood: “{words}”").format(words=" ".join(reply.unread[item.field].split())[:80])
        return Line(item.number, question, said, "bad")
    answer = reply.given.get(item.field)
    if answer is None:
        return Line(item.number, question, _("left blank"), "faint")
    if answer.state != "answered":
        return Line(item.number, question, _("does not apply"), "quiet")
    if answer.value is None:
        return Line(item.number, question, " ".join(answer.text.split()), "")
    if item.kind == "yes_no":
        return Line(item.number, question, _("yes") if answer.value else _("no"), "")
    value = whole(int(answer.value))
    meaning = item.anchors.get(str(int(answer.value)), "")
    return Line(
        item.number, question, _("{value}: {words}").format(value=value, words=meaning) if meaning else value, ""
    )


class ReplyDialog(QDialog):
    """The pasted text on the left, what was understood on the right. Escape leaves."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.session = session
        theme = session.theme
        self._job: Job | None = None
        self._found = Understood(None, None)
        self.setWindowTitle(_("A reply by e-mail"))
        take_room(self, theme.px(1000), theme.px(640))
        box = column(self, MEDIUM, (LARGE, LARGE, LARGE, LARGE))
        box.addWidget(label(theme, _("A reply by e-mail"), TITLE, strong=True))
        hint = _("Copy the whole reply, also the quoted part, and paste it here. The code in it says whose it is.")
        box.addWidget(label(theme, hint, TEXT, tone="quiet", wrap=True))
        both = line(MEDIUM)
        both.addWidget(self._text_card(), 1)
        both.addWidget(self._read_card(), 1)
        box.addLayout(both, 1)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(READ_AFTER_MS)
        self._timer.timeout.connect(self._read)
        self.text.textChanged.connect(self._changed)
        self.sheets.currentIndexChanged.connect(self._changed)
        for keys in ("Ctrl+Return", "Ctrl+Enter"):
            QShortcut(QKeySequence(keys), self).activated.connect(self.take_in)
        self._show(self._found)
        self.text.setFocus()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._timer.stop()
        if self._job is not None:
            self._job.cancel()

    def _text_card(self) -> Card:
        theme = self.session.theme
        card = Card(theme)
        card.setAccessibleName(_("The reply"))
        self.text = Words()
        self.text.setTabChangesFocus(True)
        self.text.setAccessibleName(_("The reply"))
        self.text.setPlaceholderText(_("Paste the reply here."))
        card.box.addWidget(self.text, 1)
        return card

    def _read_card(self) -> Card:
        theme = self.session.theme
        card = Card(theme)
        card.setAccessibleName(_("What was understood"))
        self.whose = label(theme, "", TEXT, strong=True, wrap=True)
        card.box.addWidget(self.whose)
        self._which = line(SMALL)
        self.asks = label(theme, _("Whose reply"), NOTE, tone="quiet")
        none: list[tuple[object, str]] = [(None, _("Choose the sheet"))]
        self.sheets = choice_field(none + [(one.sheet_id, _named(one)) for one in store.waiting(self.session.file)])
        self.sheets.setAccessibleName(_("Whose reply"))
        self.asks.setBuddy(self.sheets)
        self._which.addWidget(self.asks)
        self._which.addWidget(self.sheets, 1)
        card.box.addLayout(self._which)
        columns = (
            Column(_("Question"), lambda row: row.question, 230, "quiet"),
            Column(_("Understood"), lambda row: row.answer, 100, lambda row: row.tone, stretch=True),
        )
        self.table = Table(theme, _("What was understood"), columns, lambda row: row.number)
        card.box.addWidget(self.table, 1)
        self.note = label(theme, "", TEXT, tone="quiet", wrap=True)
        self.note.setAlignment(Qt.AlignmentFlag.AlignTop)
        card.box.addWidget(self.note)
        row = line(SMALL)
        row.addStretch(1)
        self.take_button = button(theme, _("Take in"), self.take_in, "main")
        row.addWidget(self.take_button)
        card.box.addLayout(row)
        return card

    def _changed(self, _place: int = 0) -> None:
        """What is shown is of before: it is read anew before it may be taken in."""
        if self._job is not None:
            self._job.cancel()
        self.take_button.setEnabled(False)
        self._timer.start()

    def _read(self) -> None:
        if self._job is not None:
            self._job.cancel()
        work = partial(look_at, text=self.text.toPlainText(), chosen=self.sheets.currentData())
        self._job = self.session.ask(work, self._show)

    def _show(self, found: Understood) -> None:
        self._found = found
        brought = found.brought
        typed = bool(self.text.toPlainText().strip())
        self.table.show_source(Listed(lines_of(found)))
        self.table.setVisible(brought is not None)
        by_code = brought is not None and brought.sheet_id != self.sheets.currentData()
        for shown in (self.asks, self.sheets):
            shown.setVisible(typed and not by_code)
        self.whose.setText(_whose(brought) if brought is not None else "")
        self.whose.setVisible(brought is not None)
        ready = brought is not None and brought.outcome in ("ready", "differs")
        if brought is None:
            said = _("There is no code of this file in the text: choose whose reply it is.") if typed else _(
                "What was understood appears here, before anything is taken in."
            )  # fmt: skip
        else:
            said = what(brought) if ready else f"{what(brought)} {to_do(brought)}".strip()
            said = "\n".join([said, *(one for one in brought.left_out if "“" not in one)])
        self.note.setText(said)
        set_tone(self.note, "quiet" if brought is None or ready else "bad")
        words = (
            _("Replace the answers that are here")
            if ready and brought and brought.outcome == "differs"
            else _("Take in")
        )
        self.take_button.setText(words)
        self.take_button.setAccessibleName(words)
        self.take_button.setEnabled(ready and not self.session.file.read_only)

    def take_in(self) -> None:
        """Takes the reply in as it was understood."""
        brought = self._found.brought
        if brought is None or not self.take_button.isEnabled():
            return
        self.take_button.setEnabled(False)
        decided = [Decided(brought, brought.outcome == "differs")]
        self.session.run(
            _("Take in a reply by e-mail"), partial(store.take_in_all, decided=decided, day=self.session.today()),
            self._taken, self._failed,
        )  # fmt: skip

    def _taken(self, done: TakenIn) -> None:
        if done.refused:
            self.note.setText(done.refused[0][1])
            set_tone(self.note, "bad")
            return
        self.close()
        self.session.said.emit(_("Reply taken in"), True)

    def _failed(self, error: Exception) -> None:
        self.take_button.setEnabled(True)
        if not isinstance(error, UserError):
            raise error
        self.note.setText(str(error))


def _named(one: store.Waiting) -> str:
    return " · ".join(part for part in (one.who, one.survey, one.code) if part)


def _whose(brought: Brought) -> str:
    return " · ".join(part for part in (brought.who, brought.survey, brought.code) if part)
