"""Search everything (Ctrl+K): customers, complaints, feedback, themes, pages and commands; by keys alone."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import Any

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent, QKeyEvent, QPainter
from PySide6.QtWidgets import (
    QFrame,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from cvdesk.db.derived import folded
from cvdesk.kit.dialog import Dialog
from cvdesk.kit.jobs import Job
from cvdesk.kit.session import Session
from cvdesk.kit.theme import Theme
from cvdesk.kit.widgets import LARGE, NOTE, SMALL, TEXT, column, label
from cvdesk.shell.store_search import Hit, find
from cvdesk.strategy.words_actions import status_name
from cvdesk.wording import _
from cvdesk.wording.figures import lever_name, stage_name
from cvdesk.wording.numbers import day_short

_WIDTH, _ROW, _HEADING, _MOST_ROWS = 640, 34, 28, 13
_ANSWER = Qt.ItemDataRole.UserRole


@dataclass(frozen=True, slots=True)
class Command:
    """A page or a command of the menus. `keys` as they are shown; `icon` a Lucide name."""

    title: str
    do: Callable[[], object]
    keys: str = ""
    icon: str = "chevron-right"


@dataclass(frozen=True, slots=True)
class Answer:
    """One line of the results: what it says, a quiet note, and what Enter does."""

    title: str
    note: str
    icon: str
    do: Callable[[], object]


class SearchDialog(Dialog):
    """One field, the results below it. The keyboard stays in the field; Up and Down choose, Enter opens."""

    def __init__(self, session: Session, commands: Sequence[Command], parent: QWidget) -> None:
        super().__init__(session.theme.px(_WIDTH), parent)
        self._session, self._commands = session, commands
        self._asked: Job | None = None
        theme = session.theme
        self.setWindowTitle(_("Search everything"))
        box = column(self, SMALL, (LARGE, LARGE, LARGE, LARGE))
        self.field = _Field(self)
        self.field.setProperty("kind", "large")
        self.field.setAccessibleName(_("Search everything"))
        self.field.setPlaceholderText(_("A customer, some words, #12, a page or a command"))
        self.results = QListWidget()
        self.results.setAccessibleName(_("Results"))
        self.results.setFrameShape(QFrame.Shape.NoFrame)
        self.results.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.results.setItemDelegate(_Line(theme, self.results))
        self.results.itemActivated.connect(self._open)
        self.results.itemClicked.connect(self._open)
        self.note = label(theme, "", NOTE, tone="faint", wrap=True)
        box.addWidget(self.field)
        box.addWidget(self.results)
        box.addWidget(self.note)
        self.field.textChanged.connect(self._typed)
        self._typed("")

    def step(self, step: int) -> None:
        """Goes to the next or previous result, over the headings."""
        place, last = self.results.currentRow() + step, self.results.count()
        while 0 <= place < last and self.results.item(place).data(_ANSWER) is None:
            place += step
        if 0 <= place < last:
            self._choose(place)

    def open_chosen(self) -> None:
        """Opens the result that is chosen."""
        item = self.results.currentItem()
        if item is not None:
            self._open(item)

    def _typed(self, text: str) -> None:
        if self._asked is not None:
            self._asked.cancel()
            self._asked = None
        if text.strip():
            self._asked = self._session.ask(partial(find, text=text), partial(self._found, text))
        else:
            self._show(text, [])

    def _found(self, text: str, hits: list[Hit]) -> None:
        self._asked = None
        self._show(text, hits)

    def _show(self, text: str, hits: Sequence[Hit]) -> None:
        groups = [
            (_("Customers"), self._answers(hits, "customers")),
            (_("Complaints"), self._answers(hits, "complaints")),
            (_("Feedback"), self._answers(hits, "entries")),
            (_("Themes"), self._answers(hits, "themes")),
            (_("Actions"), self._answers(hits, "actions")),
            (_("Questions and answers"), self._answers(hits, "faqs")),
            (_("Go to and do"), self._fitting(text)),
        ]
        self.results.clear()
        for heading, answers in groups:
            if answers:
                self._add(heading, None)
            for answer in answers:
                self._add(f"{heading}: {answer.title}, {answer.note}", answer)
        found = any(answers for _heading, answers in groups)
        self.results.setVisible(found)
        self.note.setText(self._hint(text, found))
        self._fit_results()
        self.results.setCurrentRow(-1)
        if text.strip():
            self.step(1)

    def _hint(self, text: str, found: bool) -> str:
        if found:
            return _("Up and Down choose, Enter opens, Escape closes.")
        return _("Nothing fits “{text}”. Try fewer letters or another word.").format(text=text.strip())

    def _add(self, spoken: str, answer: Answer | None) -> None:
        item = QListWidgetItem(spoken)
        item.setData(_ANSWER, answer)
        if answer is None:
            item.setFlags(Qt.ItemFlag.NoItemFlags)
        self.results.addItem(item)

    def _fit_results(self) -> None:
        theme, heights = self._session.theme, 0
        for place in range(min(self.results.count(), _MOST_ROWS)):
            heights += theme.px(_HEADING if self.results.item(place).data(_ANSWER) is None else _ROW)
        self.results.setFixedHeight(heights)
        self.fit()

    def _choose(self, place: int) -> None:
        self.results.setCurrentRow(place)
        item = self.results.item(place)
        self.results.scrollToItem(item)
        QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self.field, item.text()))

    def _open(self, item: QListWidgetItem) -> None:
        answer = item.data(_ANSWER)
        if answer is not None:
            self.close()
            answer.do()

    def _answers(self, hits: Sequence[Hit], table: str) -> list[Answer]:
        return [self._answer(hit) for hit in hits if hit.table == table]

    def _answer(self, hit: Hit) -> Answer:
        show = partial(self._session.open, hit.table, hit.id)
        when = "" if hit.date is None else day_short(hit.date, self._session.today())
        if hit.table == "customers":
            return Answer(hit.words, hit.more, "user", show)
        if hit.table == "complaints":
            title = _("#{number} {words}").format(number=hit.number, words=hit.words)
            return Answer(title, _joined(hit.name, stage_name(hit.more), when), "circle-alert", show)
        if hit.table == "entries":
            return Answer(hit.words, _joined(hit.name, when), "message-square-text", show)
        if hit.table == "actions":
            return Answer(hit.words, status_name(hit.more), "target", show)
        if hit.table == "faqs":
            return Answer(hit.words, hit.more, "circle-help", partial(self._session.open, "care", ("faq", hit.id)))
        about = replace(self._session.filter, theme=hit.id)
        return Answer(hit.words, lever_name(hit.more), "tags", partial(self._session.open, "entries", about))

    def _fitting(self, text: str) -> list[Answer]:
        words = folded(text).split()
        return [
            Answer(one.title, one.keys, one.icon, one.do)
            for one in self._commands
            if all(word in folded(one.title) for word in words)
        ]


def _joined(*parts: str) -> str:
    return " · ".join(part for part in parts if part)


class _Field(QLineEdit):
    """The field; the keys that choose a result work from here."""

    def __init__(self, dialog: SearchDialog) -> None:
        super().__init__()
        self._dialog = dialog

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Down, Qt.Key.Key_Up):
            self._dialog.step(1 if event.key() == Qt.Key.Key_Down else -1)
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._dialog.open_chosen()
        else:
            super().keyPressEvent(event)


class _Line(QStyledItemDelegate):
    """Draws a result: icon, words, and a quiet note at the right; or a heading."""

    def __init__(self, theme: Theme, results: QListWidget) -> None:
        super().__init__(results)
        self._theme, self._results = theme, results

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        return QSize(100, self._theme.px(_HEADING if index.data(_ANSWER) is None else _ROW))

    def paint(self, painter: QPainter, option: Any, index: QModelIndex | QPersistentModelIndex) -> None:
        answer: Answer | None = index.data(_ANSWER)
        theme, area = self._theme, QRect(option.rect)
        painter.save()
        if answer is None:
            painter.setFont(theme.font(NOTE, strong=True))
            painter.setPen(theme.colour("faint"))
            painter.drawText(area.adjusted(theme.px(8), theme.px(6), 0, 0), _LEFT, index.data())
        else:
            self._result(painter, area, answer, chosen=index.row() == self._results.currentRow())
        painter.restore()

    def _result(self, painter: QPainter, area: QRect, answer: Answer, chosen: bool) -> None:
        theme = self._theme
        if chosen:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.colour("accent_ground"))
            painter.drawRoundedRect(area, 6, 6)
        picture = theme.pixmap(answer.icon, "quiet", 16)
        inner = area.adjusted(theme.px(8), 0, -theme.px(8), 0)
        painter.drawPixmap(inner.left(), inner.center().y() - theme.px(8) + 1, picture)
        inner.setLeft(inner.left() + theme.px(26))
        painter.setFont(theme.font(NOTE))
        painter.setPen(theme.colour("quiet"))
        most = inner.width() // 2
        note = painter.fontMetrics().elidedText(answer.note, Qt.TextElideMode.ElideRight, most)
        painter.drawText(inner, _RIGHT, note)
        inner.setRight(inner.right() - painter.fontMetrics().horizontalAdvance(note) - theme.px(12))
        painter.setFont(theme.font(TEXT))
        painter.setPen(theme.colour("text"))
        words = " ".join(answer.title.split())
        painter.drawText(
            inner, _LEFT, painter.fontMetrics().elidedText(words, Qt.TextElideMode.ElideRight, inner.width())
        )


_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
