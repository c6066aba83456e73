"""Text of a document selected with the mouse over any number of pages, and copied."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QObject, QPoint, QPointF, Qt
from PySide6.QtGui import QGuiApplication, QKeySequence, QShortcut
from PySide6.QtWidgets import QMenu

from cvdesk.kit.jobs import Job, Jobs
from cvdesk.kit.printing import page_words
from cvdesk.kit.session import Session
from cvdesk.reports.page_preview import Preview
from cvdesk.wording import _

Place = tuple[int, int]  # a page and a place between its letters
_END = 1 << 30


class Selection(QObject):
    """What is selected in a preview, from one place to another."""

    def __init__(self, session: Session, preview: Preview) -> None:
        super().__init__(preview)
        self._session, self._preview = session, preview
        self._readers: Jobs = session.readers
        self._anchor: Place | None = None
        self._head: Place | None = None
        self._job: Job | None = None
        preview.pressed.connect(self._press)
        preview.dragged.connect(self._drag)
        preview.pressed_twice.connect(self._word)
        preview.page_drawn.connect(lambda _page: self._mark())
        preview.menu_asked.connect(self.show_menu)
        for keys, do in (
            (QKeySequence.StandardKey.Copy, self.copy), (QKeySequence.StandardKey.SelectAll, self.select_page),
        ):  # fmt: skip
            shortcut = QShortcut(QKeySequence(keys), preview)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(do)

    @property
    def span(self) -> tuple[Place, Place] | None:
        """Where the selection begins and ends; None where nothing is selected."""
        if self._anchor is None or self._head is None or self._anchor == self._head:
            return None
        return min(self._anchor, self._head), max(self._anchor, self._head)

    def clear(self) -> None:
        """Selects nothing."""
        self._anchor = self._head = None
        self._mark()

    def select_page(self) -> None:
        """Selects all of the page in view."""
        words = self._preview.page(self._preview.at).words if self._preview.pages else None
        if words is not None:
            self._anchor, self._head = (self._preview.at, 0), (self._preview.at, len(words.text))
            self._mark()

    def copy(self) -> None:
        """Puts the selected text on the clipboard."""
        span = self.span
        if span is not None:
            self._copy(*span)

    def copy_all(self) -> None:
        """Puts the text of the whole document on the clipboard."""
        if self._preview.pages:
            self._copy((0, 0), (self._preview.pages - 1, _END))

    def show_menu(self, point: QPoint) -> None:
        """What can be done with the text."""
        menu = QMenu(self._preview)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        copy = menu.addAction(_("Copy"), self.copy)
        copy.setEnabled(self.span is not None)
        menu.addAction(_("Select all of this page"), self.select_page)
        menu.addAction(_("Copy the text of all pages"), self.copy_all)
        menu.popup(point)

    def _copy(self, start: Place, end: Place) -> None:
        if self._job is not None:
            self._job.cancel()
        pdf = self._preview.pdf
        self._job = self._readers.start(partial(_text, pdf, start, end), self._copied)

    def _copied(self, text: str) -> None:
        QGuiApplication.clipboard().setText(text)
        self._session.say(_("Copied"))

    def _press(self, page: int, place: QPointF) -> None:
        self._preview.setFocus(Qt.FocusReason.MouseFocusReason)
        self._anchor = self._head = (page, self._preview.page(page).at(place))
        self._mark()

    def _drag(self, page: int, place: QPointF) -> None:
        """The page that was pressed hears of the mouse wherever it goes."""
        if self._anchor is None:
            return
        point = self._preview.page(page).pos() + place.toPoint()
        self._preview.ensureVisible(point.x(), point.y(), 0, 20)
        under = next(
            (n for n, sheet in enumerate(self._preview.sheets) if sheet.y() + sheet.height() >= point.y()),
            self._preview.pages - 1,
        )
        sheet = self._preview.page(under)
        self._head = (under, sheet.at(QPointF(point - sheet.pos())))
        self._mark()

    def _word(self, page: int, place: QPointF) -> None:
        words = self._preview.page(page).words
        if words is None:
            return
        start = end = self._preview.page(page).at(place)
        while start > 0 and words.text[start - 1].isalnum():
            start -= 1
        while end < len(words.text) and words.text[end].isalnum():
            end += 1
        self._anchor, self._head = (page, start), (page, end)
        self._mark()

    def _mark(self) -> None:
        span = self.span
        for number, sheet in enumerate(self._preview.sheets):
            boxes = []
            if span is not None and sheet.words is not None and span[0][0] <= number <= span[1][0]:
                first = span[0][1] if number == span[0][0] else 0
                last = span[1][1] if number == span[1][0] else len(sheet.words.text)
                boxes = sheet.words.bands(first, last)
            if boxes != sheet.selected:
                sheet.selected = boxes
                sheet.update()


def _text(pdf: bytes, start: Place, end: Place) -> str:
    parts = []
    for page in range(start[0], end[0] + 1):
        words = page_words(pdf, page)
        parts.append(words.copied(start[1] if page == start[0] else 0, end[1] if page == end[0] else None))
    return "\n\n".join(parts)
