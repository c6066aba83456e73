"""The preview with what belongs around it: page and size, finding, what is under way, and what stands in its place."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtGui import QIntValidator, QKeySequence, QShortcut
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLineEdit, QPushButton, QStackedWidget, QWidget

from cvdesk.kit.session import Session
from cvdesk.kit.theme import MEDIUM, SMALL, TIGHT
from cvdesk.kit.widgets import TEXT, Choice, Elided, EmptyState, button, clear, column, label, line
from cvdesk.reports.page_find import FindBar
from cvdesk.reports.page_preview import Preview
from cvdesk.reports.page_select import Selection
from cvdesk.wording import _
from cvdesk.wording.numbers import percent, whole

Doing = tuple[str, Callable[[], object]]  # what a button says and does
_SIZES = (0.5, 0.75, 1.0, 1.5, 2.0, 4.0)


class Viewer(QWidget):
    """Shows a document, or a sentence where there is none."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._theme = theme = session.theme
        self.preview = Preview(theme, session.readers)
        self.selection = Selection(session, self.preview)
        self.finder = FindBar(session, self.preview)
        self.finder.closed.connect(self.preview.setFocus)
        self._make_place()
        self._make_notice()
        pages = QWidget()
        inside = column(pages, SMALL)
        self._tools = self._make_tools()
        inside.addLayout(self._tools)
        inside.addWidget(self.finder)
        inside.addWidget(self.preview, 1)
        self._stack = QStackedWidget()
        self._stack.addWidget(self._place)
        self._stack.addWidget(pages)
        box = column(self, SMALL)
        box.addWidget(self.notice)
        box.addWidget(self._stack, 1)
        self._connect()

    def say(self, text: str, *doings: Doing) -> None:
        """A sentence in place of the pages, with what can be done about it."""
        self.preview.stop()
        self.sentence.setText(text)
        self._place.setAccessibleName(text)
        self._offer(self._doings, doings)
        self._stack.setCurrentIndex(0)

    def progress(self, text: str) -> None:
        """Other words in the line or the sentence that stands there."""
        if self.shows_pages:
            self.notice_words.set_whole(text)
        else:
            self.sentence.setText(text)

    @property
    def shows_pages(self) -> bool:
        """Whether pages stand there, not a sentence."""
        return self._stack.currentIndex() == 1

    def tell(self, text: str, *doings: Doing) -> None:
        """A quiet line above the pages; "" takes it away."""
        self.notice_words.set_whole(text)
        self._offer(self._notice_doings, doings)
        self.notice.setVisible(bool(text))

    def show_pdf(self, pdf: bytes, sizes: list[tuple[float, float]], keep_place: bool) -> None:
        """Shows a document; what was being looked for is looked for in it."""
        self.selection.clear()
        self.finder.hits = []
        self._stack.setCurrentIndex(1)
        self.preview.show_pdf(pdf, sizes, keep_place)
        self._of.setText(_("of {pages}").format(pages=whole(len(sizes))))
        self._validator.setTop(max(len(sizes), 1))
        self._page_shown(self.preview.at)
        self._zoom_shown()
        self.finder.look(keep=True)

    def start_finding(self) -> None:
        """Opens the line to look for words in."""
        if self.shows_pages:
            self.finder.begin()

    def _make_place(self) -> None:
        """What stands there while there are no pages."""
        self._place = EmptyState(self._theme, _("Making the pages …"), icon="file-text")
        self.sentence = self._place.sentence
        self._doings = line(SMALL)
        self._doings.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        inner = self._place.layout()
        assert inner is not None
        inner.insertLayout(inner.count() - 1, self._doings)  # type: ignore[attr-defined]

    def _make_notice(self) -> None:
        self.notice = QFrame()
        self.notice.setObjectName("notice")
        row = line(SMALL, (MEDIUM, TIGHT, TIGHT, TIGHT))
        self.notice.setLayout(row)
        self.notice_words = Elided(self._theme, "", TEXT)
        row.addWidget(self.notice_words, 1)
        self._notice_doings = line(TIGHT)
        row.addLayout(self._notice_doings)
        self.notice.hide()

    def _make_tools(self) -> QHBoxLayout:
        theme = self._theme
        tools = line(TIGHT)
        self.back = button(theme, "", partial(self._turn, -1), "plain", "chevron-up", name=_("The page before"))
        self.on = button(theme, "", partial(self._turn, 1), "plain", "chevron-down", name=_("The next page"))
        asked = label(theme, _("Page"), TEXT, tone="quiet")
        self.page_field = QLineEdit()
        self.page_field.setAccessibleName(_("Page"))
        self.page_field.setFixedWidth(theme.px(52))
        self.page_field.setAlignment(Qt.AlignmentFlag.AlignRight)
        self._validator = QIntValidator(1, 1, self)
        self.page_field.setValidator(self._validator)
        asked.setBuddy(self.page_field)
        self._of = label(theme, "", TEXT, tone="quiet")
        self.smaller = button(theme, "\u2212", partial(self.preview.zoom_by, -1), name=_("Smaller, Ctrl+-"))
        self.larger = button(theme, "+", partial(self.preview.zoom_by, 1), name=_("Larger, Ctrl++"))
        self.size_choice = Choice(theme, _("Size of the pages"))
        self.find_button = button(theme, _("Find"), self.start_finding, icon="search", name=_("Find, Ctrl+F"))
        for made in (self.back, self.on, asked, self.page_field, self._of):
            tools.addWidget(made)
        tools.addStretch(1)
        for made in (self.smaller, self.size_choice, self.larger):
            tools.addWidget(made)
        tools.addStretch(1)
        tools.addWidget(self.find_button)
        return tools

    def _connect(self) -> None:
        self.page_field.returnPressed.connect(self._jump)
        self.page_field.editingFinished.connect(lambda: self._page_shown(self.preview.at))
        self.preview.page_changed.connect(self._page_shown)
        self.preview.zoomed.connect(self._zoom_shown)
        self.size_choice.chosen.connect(self.preview.set_zoom)
        for keys, do in (
            ("Ctrl++", partial(self.preview.zoom_by, 1)), ("Ctrl+=", partial(self.preview.zoom_by, 1)),
            ("Ctrl+-", partial(self.preview.zoom_by, -1)),
        ):  # fmt: skip
            shortcut = QShortcut(QKeySequence(keys), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(do)

    def _turn(self, by: int) -> None:
        self.preview.go_to(self.preview.at + by)

    def _jump(self) -> None:
        self.preview.go_to(int(self.page_field.text()) - 1)
        self.preview.setFocus()

    def _page_shown(self, page: int) -> None:
        self.page_field.setText(str(page + 1))
        self.back.setEnabled(page > 0)
        self.on.setEnabled(page < self.preview.pages - 1)

    def _zoom_shown(self) -> None:
        chosen = self.preview.zoom
        options: list[tuple[object, str]] = [("width", _("Fit the width")), ("page", _("Whole page"))]
        options += [(size, percent(size)) for size in _SIZES]
        if isinstance(chosen, float) and chosen not in _SIZES:
            options.append((chosen, percent(chosen)))
        self.size_choice.offer(options, chosen)

    def _offer(self, place: QHBoxLayout, doings: Sequence[Doing]) -> None:
        clear(place)
        for text, do in doings:
            made: QPushButton = button(self._theme, text, do, "plain" if place is self._notice_doings else "")
            place.addWidget(made)
