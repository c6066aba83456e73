"""Answering a customer: what was written, with snippets, copied out, noted as answered."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QMimeData, QTimer, Signal
from PySide6.QtGui import QGuiApplication, QKeyEvent, QKeySequence, QShortcut, QTextCursor
from PySide6.QtWidgets import QMenu, QWidget

from cvdesk.feedback import store_answers
from cvdesk.feedback.page_snippets import SnippetsDialog
from cvdesk.feedback.store_answers import Snippet, draft_key
from cvdesk.feedback.store_detail import Detail
from cvdesk.kit import crash
from cvdesk.kit.form import Words, words_field
from cvdesk.kit.session import Session
from cvdesk.kit.widgets import NOTE, TEXT, TIGHT, Flow, button, column, label, tooltip
from cvdesk.wording import _
from cvdesk.wording.numbers import day_short

_DRAFT_AFTER_MS = 400


class AnswerField(Words):
    """Room for an answer; "/" at the beginning of a word opens the snippets."""

    def __init__(self, box: AnswerBox) -> None:
        super().__init__()
        self._owner = box

    def keyPressEvent(self, event: QKeyEvent) -> None:
        before = self.toPlainText()[: self.textCursor().position()]
        if event.text() == "/" and (not before or before[-1].isspace()) and self._owner.offer_snippets(typed="/"):
            return
        super().keyPressEvent(event)

    def canInsertFromMimeData(self, source: QMimeData) -> bool:
        """A file dropped here is for the card, which attaches it; its address is no answer."""
        return not source.hasUrls() and super().canInsertFromMimeData(source)


class AnswerBox(QWidget):
    """The answer of one entry. What is half-written is kept."""

    sent = Signal()  # done with: the keyboard goes back to the list

    def __init__(self, session: Session, detail: Detail) -> None:
        super().__init__()
        self.session, self._detail = session, detail
        self._entry_id = detail.entry.id or 0
        self._sent = False  # on its way to the disk: no draft any more
        theme, entry = session.theme, detail.entry
        writable = not session.file.read_only
        box = column(self, TIGHT)
        if entry.needs_answer and entry.answered is None:
            box.addWidget(label(theme, _("Nobody has answered yet"), TEXT, tone="bad"))
        elif entry.answered is not None:
            said = _("Answered {day}").format(day=day_short(entry.answered, session.today()))
            box.addWidget(label(theme, said, TEXT, tone="quiet"))
        self.field = AnswerField(self)
        self.field.setTabChangesFocus(True)
        self.field.setFixedHeight(words_field(lines=3).height())
        self.field.setAccessibleName(_("What you answered"))
        self.field.setAccessibleDescription(_("Type / for a snippet. Ctrl+Enter notes it as answered."))
        self.field.setPlaceholderText(_("Your answer. Type / for a snippet"))
        self.field.setPlainText(session.draft(draft_key(self._entry_id)) or entry.answer)
        self.field.setReadOnly(not writable)
        box.addWidget(self.field)
        flow = Flow(TIGHT)
        holder = QWidget()
        holder.setLayout(flow)
        self.answered = button(theme, _("Save the answer") if entry.answered else _("Answered"), self._save, "main")
        self.answered.setToolTip(tooltip(_("Ctrl+Enter")))
        self.snippets = button(theme, _("Snippets…"), self.offer_snippets)
        self.copy = button(theme, _("Copy"), self._copy, icon="copy", name=_("Copy the answer"))
        for made in (self.answered, self.snippets):
            made.setEnabled(writable)
        for made in (self.answered, self.copy, self.snippets):
            flow.addWidget(made)
        if entry.needs_answer and entry.answered is None:
            none = button(theme, _("No answer needed"), self._none, "plain")
            none.setEnabled(writable)
            flow.addWidget(none)
        elif entry.answered is not None:
            again = button(theme, _("Not answered after all"), self._again, "plain")
            again.setEnabled(writable)
            flow.addWidget(again)
        box.addWidget(holder)
        self.said = label(theme, "", NOTE, tone="faint", wrap=True)
        self.said.hide()
        box.addWidget(self.said)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_DRAFT_AFTER_MS)
        self._timer.timeout.connect(self.keep_draft)
        self.field.textChanged.connect(self._timer.start)
        shortcut = QShortcut(QKeySequence("Ctrl+Return"), self)
        shortcut.setContext(shortcut.context().WidgetWithChildrenShortcut)
        shortcut.activated.connect(self._save)

    def keep_draft(self) -> None:
        """Keeps what is half-written, before something else is shown."""
        self._timer.stop()
        text = self.field.toPlainText()
        if not (self.session.file.read_only or self._sent):
            self.session.save_draft(draft_key(self._entry_id), "" if text == self._detail.entry.answer else text)

    def offer_snippets(self, typed: str = "") -> bool:
        """Shows the snippets at the cursor; `typed` stays where none is chosen."""
        if self.field.isReadOnly():
            return False
        menu = QMenu(self)
        for snippet in self._detail.snippets:
            menu.addAction(snippet.name.replace("&", "&&")).triggered.connect(partial(self._insert, snippet))
        if self._detail.snippets:
            menu.addSeparator()
        keep = menu.addAction(_("Keep this answer as a snippet…"))
        keep.setEnabled(bool(self.field.toPlainText().strip()))
        keep.triggered.connect(partial(self._open_snippets, True))
        menu.addAction(_("Change the snippets…")).triggered.connect(partial(self._open_snippets, False))
        self._chosen = False
        menu.triggered.connect(self._note_choice)
        if typed:
            menu.aboutToHide.connect(partial(self._put_slash_later, typed))
        place = self.field.cursorRect().bottomLeft()
        menu.popup(self.field.viewport().mapToGlobal(place))
        self.menu = menu
        if self._detail.snippets:
            menu.setActiveAction(menu.actions()[0])
        return True

    def _note_choice(self, _action: object) -> None:
        self._chosen = True

    def _put_slash_later(self, typed: str) -> None:
        """The menu says that it hides before it says what was chosen."""
        QTimer.singleShot(0, self, partial(self._put_slash, typed))

    def _put_slash(self, typed: str) -> None:
        if not self._chosen:
            self.field.insertPlainText(typed)

    def _insert(self, snippet: Snippet, _checked: bool = False) -> None:
        self.field.insertPlainText(snippet.written_to(self._detail.call))
        self.field.moveCursor(QTextCursor.MoveOperation.NoMove)
        self.field.setFocus()

    def _open_snippets(self, keep: bool, _checked: bool = False) -> None:
        text = self.field.toPlainText() if keep else ""
        if self._detail.call:
            text = text.replace(self._detail.call, store_answers.NAME)
        SnippetsDialog(self.session, text, self.window()).open()

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self.field.toPlainText())
        self.said.setText(_("Copied: paste it into your mail program."))
        self.said.show()

    def _save(self) -> None:
        if not self.answered.isEnabled():
            return
        self._send()
        day = self._detail.entry.answered or self.session.today()
        work = partial(store_answers.answer, entry_id=self._entry_id, text=self.field.toPlainText(), day=day)
        self.session.run(_("Answer"), work, failed=self._not_saved, say=_("Marked as answered"))

    def _send(self) -> None:
        self._timer.stop()
        self._sent = True
        self.sent.emit()  # before its button is off, which would hand the keyboard to whatever comes next
        self.answered.setEnabled(False)
        self.session.forget_draft(draft_key(self._entry_id))

    def _not_saved(self, error: Exception) -> None:
        self._sent = False
        self.answered.setEnabled(True)
        self.keep_draft()
        crash.report(error)

    def _none(self) -> None:
        self._send()
        work = partial(store_answers.no_answer_needed, entry_id=self._entry_id)
        self.session.run(_("No answer needed"), work, failed=self._not_saved, say=_("Taken off the list"))

    def _again(self) -> None:
        work = partial(store_answers.wait_again, entry_id=self._entry_id)
        self.session.run(_("Not answered after all"), work, say=_("It needs an answer again"))
