"""Finding words in a document: every place marked, one of them the current one, Enter goes on to the next."""

from __future__ import annotations

from functools import partial
from threading import Event

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QLineEdit, QWidget

from cvdesk.kit.jobs import Job
from cvdesk.kit.page_words import Hit
from cvdesk.kit.printing import find_words
from cvdesk.kit.session import Session
from cvdesk.kit.theme import SMALL
from cvdesk.kit.widgets import TEXT, button, label, line
from cvdesk.reports.page_preview import Preview
from cvdesk.wording import _
from cvdesk.wording.numbers import whole

_PAUSE = 200  # ms without a key before it is looked for


class FindBar(QWidget):
    """The field, how many there are, on and back; hidden until it is asked for."""

    closed = Signal()

    def __init__(self, session: Session, preview: Preview) -> None:
        super().__init__()
        self._session, self._preview = session, preview
        self._job: Job | None = None
        self._stopped = Event()
        self.hits: list[Hit] = []
        self.current = -1
        theme = session.theme
        box = line(SMALL)
        self.setLayout(box)
        self.field = QLineEdit()
        self.field.setAccessibleName(_("Find in this document"))
        self.field.setPlaceholderText(_("Find in this document"))
        self.field.setClearButtonEnabled(True)
        self.field.setMaximumWidth(theme.px(280))
        self.count = label(theme, "", TEXT, tone="quiet")
        self.back = button(theme, "", partial(self.step, -1), "plain", "chevron-up", name=_("The one before"))
        self.on = button(theme, "", partial(self.step, 1), "plain", "chevron-down", name=_("The next one"))
        self.close_button = button(theme, "", self.leave, "plain", "x", name=_("Close"))
        box.addWidget(self.field, 1)
        for made in (self.back, self.on, self.count):
            box.addWidget(made)
        box.addStretch(1)
        box.addWidget(self.close_button)
        self._pause = QTimer(self, interval=_PAUSE, singleShot=True)
        self._pause.timeout.connect(self.look)
        self.field.textChanged.connect(lambda _text: self._pause.start())
        for keys, do in (
            ("Return", partial(self.step, 1)), ("Enter", partial(self.step, 1)),
            ("Shift+Return", partial(self.step, -1)), ("Shift+Enter", partial(self.step, -1)), ("Escape", self.leave),
        ):  # fmt: skip
            shortcut = QShortcut(QKeySequence(keys), self.field)
            shortcut.setContext(Qt.ShortcutContext.WidgetShortcut)
            shortcut.activated.connect(do)
        preview.page_drawn.connect(lambda _page: self._mark())
        self._ready()
        self.hide()

    def begin(self) -> None:
        """Opens, or goes back to the field."""
        self.show()
        self.field.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.field.selectAll()
        if self.field.text() and not self.hits:
            self.look()

    def leave(self) -> None:
        """Closes and marks nothing any more."""
        self._stop()
        self.hits, self.current = [], -1
        self._mark()
        self.hide()
        self.closed.emit()

    def look(self, keep: bool = False) -> None:
        """Looks for what is typed; `keep`: the document changed, the view stays where it is."""
        self._pause.stop()
        self._stop()
        text = self.field.text()
        if not self._preview.pages or self.isHidden() or not text.strip():
            self._found(keep, [])
            return
        pdf, stopped = self._preview.pdf, self._stopped
        work = partial(find_words, pdf, text, stopped.is_set)
        self.count.setText(_("Looking …"))
        self._job = self._session.lookers.start(work, partial(self._found, keep))

    def step(self, by: int) -> None:
        """On to the next one, round and round; what was just typed is looked for first."""
        if self._pause.isActive():
            self.look()
        elif self.hits:
            self.current = (self.current + by) % len(self.hits)
            self._preview.show_hit(self.hits[self.current])
            self._mark()
            self._ready()

    def _stop(self) -> None:
        self._stopped.set()
        self._stopped = Event()
        if self._job is not None:
            self._job.cancel()
            self._job = None

    def _found(self, keep: bool, hits: list[Hit]) -> None:
        self.hits = hits
        after = (place for place, hit in enumerate(hits) if hit.page >= self._preview.at)
        self.current = next(after, 0) if hits else -1
        self._mark()
        self._ready()
        if hits and not keep:
            self._preview.show_hit(hits[self.current])

    def _ready(self) -> None:
        for made in (self.back, self.on):
            made.setEnabled(bool(self.hits))
        if self.hits:
            words = _("{number} of {count}").format(number=whole(self.current + 1), count=whole(len(self.hits)))
        else:
            words = _("Not found") if self.field.text().strip() else ""
        self.count.setText(words)
        self.field.setAccessibleDescription(words)

    def _mark(self) -> None:
        by_page: dict[int, list[tuple[int, Hit]]] = {}
        for place, hit in enumerate(self.hits):
            by_page.setdefault(hit.page, []).append((place, hit))
        for number, sheet in enumerate(self._preview.sheets):
            its = by_page.get(number, ())
            sheet.found = [box for place, hit in its if place != self.current for box in hit.bands]
            sheet.here = [box for place, hit in its if place == self.current for box in hit.bands]
            sheet.update()
