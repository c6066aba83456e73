"""The pages of a PDF under each other, as wide as there is room; only pages in view are drawn."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QPixmap, QResizeEvent
from PySide6.QtWidgets import QLabel, QScrollArea, QStackedWidget, QWidget

from cvdesk.kit import crash
from cvdesk.kit.jobs import Job, Jobs
from cvdesk.kit.printing import POINTS, PageImage, page_image
from cvdesk.kit.theme import MEDIUM, Theme
from cvdesk.kit.widgets import EmptyState, clear, column, scrolled
from cvdesk.wording import _

WIDEST = 860
RENDER_AFTER = 120  # ms without a change of size


class Preview(QStackedWidget):
    """Shows a PDF. The pages are drawn beside the window, one at a time, the first one first."""

    def __init__(self, theme: Theme, readers: Jobs) -> None:
        super().__init__()
        self._theme, self._readers = theme, readers
        self._pdf = b""
        self._sizes: list[tuple[float, float]] = []
        self._pages: list[QLabel] = []
        self._drawn: dict[int, int] = {}  # page -> the width in pixels it was drawn for
        self._job: Job | None = None
        self._wait = EmptyState(theme, _("Making the pages …"), icon="file-text")
        content = QWidget()
        self._column = column(content, MEDIUM)
        self._area: QScrollArea = scrolled(content)
        self._area.setAccessibleName(_("Preview"))
        self._area.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.addWidget(self._wait)
        self.addWidget(self._area)
        self._resized = QTimer(self, interval=RENDER_AFTER, singleShot=True)
        self._resized.timeout.connect(self._fit)
        self._area.verticalScrollBar().valueChanged.connect(lambda _value: self._draw_next())

    @property
    def pages(self) -> int:
        """How many pages are shown."""
        return len(self._pages)

    def page(self, place: int) -> QLabel:
        """One page as it is shown."""
        return self._pages[place]

    def say(self, text: str) -> None:
        """A sentence in place of the pages."""
        self._stop()
        self._wait.sentence.setText(text)
        self.setCurrentWidget(self._wait)

    def show_pdf(self, pdf: bytes, sizes: list[tuple[float, float]]) -> None:
        """Shows a file whose pages have these sizes (points); the place in it is kept where it is the same length."""
        self._stop()
        self._pdf = pdf
        if [round(size[0]) for size in sizes] != [round(size[0]) for size in self._sizes]:
            clear(self._column)
            self._pages = [self._new_page(place, len(sizes)) for place in range(len(sizes))]
            self._column.addStretch(1)
            self._area.verticalScrollBar().setValue(0)
        self._sizes = sizes
        self._drawn.clear()
        self.setCurrentWidget(self._area)
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._resized.start()

    def _new_page(self, place: int, of: int) -> QLabel:
        page = QLabel()
        page.setObjectName("card")
        page.setAccessibleName(_("Page {page} of {pages}").format(page=place + 1, pages=of))
        page.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._column.addWidget(page, 0, Qt.AlignmentFlag.AlignHCenter)
        return page

    def _fit(self) -> None:
        """Gives each page the width there is, then draws what is in view."""
        width = min(self._area.viewport().width() - 2, self._theme.px(WIDEST))
        if width < 40:
            return
        for page, size in zip(self._pages, self._sizes, strict=True):
            page.setFixedSize(width, round(width * size[1] / size[0]))
        QTimer.singleShot(0, self, self._draw_next)  # not once it is gone

    def _draw_next(self) -> None:
        if self._job is not None or not self._pdf:
            return
        ratio = self.devicePixelRatioF()
        for place in self._in_view():
            pixels = round((self._pages[place].width() - 2) * ratio)
            if self._drawn.get(place) != pixels:
                dpi = pixels / self._sizes[place][0] * POINTS
                work = partial(page_image, self._pdf, place, dpi, words=True)
                self._job = self._readers.start(
                    work, partial(self._show_page, place, pixels), partial(self._page_failed, place, pixels)
                )
                return

    def _in_view(self) -> list[int]:
        top = self._area.verticalScrollBar().value()
        bottom = top + self._area.viewport().height()
        reach = self._area.viewport().height() // 2  # a little ahead, so that scrolling meets drawn pages
        return [
            place
            for place, page in enumerate(self._pages)
            if page.y() <= bottom + reach and page.y() + page.height() >= top - reach
        ]

    def _show_page(self, place: int, pixels: int, drawn: PageImage) -> None:
        self._job = None
        pixmap = QPixmap.fromImage(drawn.image())
        pixmap.setDevicePixelRatio(self.devicePixelRatioF())
        self._pages[place].setPixmap(pixmap)
        self._pages[place].setAccessibleDescription(drawn.words)
        self._drawn[place] = pixels
        self._draw_next()

    def _page_failed(self, place: int, pixels: int, error: Exception) -> None:
        """The page stays empty, and is not tried again at this size; the others go on."""
        self._job = None
        self._drawn[place] = pixels
        crash.report(error)
        self._draw_next()

    def _stop(self) -> None:
        if self._job is not None:
            self._job.cancel()
            self._job = None
