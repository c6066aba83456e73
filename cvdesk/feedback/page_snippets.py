"""Snippets of text used again and again in answers: add, change, delete."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QWidget

from cvdesk.errors import UserError
from cvdesk.feedback import store_answers
from cvdesk.feedback.store_answers import NAME, Snippet
from cvdesk.kit import crash
from cvdesk.kit.dialog import Dialog
from cvdesk.kit.form import text_field, words_field
from cvdesk.kit.session import Session
from cvdesk.kit.theme import WIDE
from cvdesk.kit.widgets import LARGE, MEDIUM, NOTE, SMALL, TIGHT, TITLE, button, column, label, line
from cvdesk.wording import _

_LINES = 7


class SnippetsDialog(Dialog):
    """The list at the left, one snippet at the right. `text`: begins a new one with it."""

    def __init__(self, session: Session, text: str, parent: QWidget) -> None:
        super().__init__(session.theme.px(640), parent)
        self.session = session
        theme = session.theme
        self._snippet: Snippet | None = None
        self.setWindowTitle(_("Snippets"))
        box = column(self, MEDIUM, (WIDE, LARGE, WIDE, LARGE))
        box.addWidget(label(theme, _("Snippets"), TITLE, strong=True))
        about = _("Texts you write again and again. {name} becomes the customer's name.").replace("{name}", NAME)
        box.addWidget(label(theme, about, NOTE, tone="quiet", wrap=True))
        both = line(LARGE)
        self._left = QWidget()  # not there as long as there is nothing to choose from
        left = column(self._left, SMALL)
        self.list = QListWidget()
        self.list.setAccessibleName(_("Snippets"))
        self.list.setFixedWidth(theme.px(190))
        left.addWidget(self.list, 1)
        self.new = button(theme, _("New snippet"), partial(self._begin, ""), "plain", "plus")
        left.addWidget(self.new)
        both.addWidget(self._left)
        right = column(None, TIGHT)
        self.name = text_field()
        self.text = words_field(lines=_LINES)
        for name, field in ((_("Name"), self.name), (_("Text"), self.text)):
            asked = label(theme, name)
            asked.setBuddy(field)
            field.setAccessibleName(name)
            right.addWidget(asked)
            right.addWidget(field)
        self.wrong = label(theme, "", NOTE, tone="bad", wrap=True)
        right.addWidget(self.wrong)
        right.addStretch(1)
        both.addLayout(right, 1)
        box.addLayout(both)
        foot = line(SMALL)
        self.delete = button(theme, _("Delete"), self._delete)
        foot.addWidget(self.delete)
        foot.addStretch(1)
        foot.addWidget(button(theme, _("Close"), self.reject))
        self.save = button(theme, _("Save"), self._save, "main")
        foot.addWidget(self.save)
        box.addLayout(foot)
        self.list.currentItemChanged.connect(self._chosen)
        self._fill(None)
        if text or not self.list.count():
            self._begin(text)

    def _fill(self, chosen: int | None) -> None:
        self.list.blockSignals(True)
        self.list.clear()
        for snippet in store_answers.snippets(self.session.file):
            item = QListWidgetItem(snippet.name)
            item.setData(Qt.ItemDataRole.UserRole, snippet)
            self.list.addItem(item)
            if snippet.id == chosen:
                self.list.setCurrentItem(item)
        self.list.blockSignals(False)
        if self.list.currentItem() is None:
            self.list.setCurrentRow(0)
        some = self.list.count() > 0
        self._left.setVisible(some)
        self.delete.setVisible(some)
        self._chosen(self.list.currentItem())

    def _chosen(self, item: QListWidgetItem | None, _before: QListWidgetItem | None = None) -> None:
        self._snippet = None if item is None else item.data(Qt.ItemDataRole.UserRole)
        self.name.setText(self._snippet.name if self._snippet else "")
        self.text.setPlainText(self._snippet.text if self._snippet else "")
        self.wrong.setText("")
        self.delete.setEnabled(self._snippet is not None)

    def _begin(self, text: str) -> None:
        self.list.setCurrentRow(-1)
        self._chosen(None)
        self.text.setPlainText(text)
        self.name.setFocus()

    def _save(self) -> None:
        snippet = Snippet(self.name.text(), self.text.toPlainText(), self._snippet.id if self._snippet else None)
        self.save.setEnabled(False)
        work = partial(store_answers.save_snippet, snippet=snippet)
        self.session.run(_("Save a snippet"), work, self._saved, self._not_saved, _("Snippet saved"))

    def _saved(self, snippet_id: int) -> None:
        self.save.setEnabled(True)
        self._fill(snippet_id)

    def _not_saved(self, error: Exception) -> None:
        self.save.setEnabled(True)
        if not isinstance(error, UserError):
            crash.report(error)
            return
        self.wrong.setText(str(error))
        self.name.setFocus()

    def _delete(self) -> None:
        if self._snippet is not None and self._snippet.id is not None:
            work = partial(store_answers.delete_snippet, snippet_id=self._snippet.id)
            self.session.run(_("Delete a snippet"), work, self._deleted, say=_("Snippet deleted"))

    def _deleted(self, _result: object) -> None:
        self._fill(None)
