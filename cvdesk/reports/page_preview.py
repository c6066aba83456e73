"""The pages of a PDF under each other, at any size; only pages in view are drawn, and only those near are kept."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QEvent, QObject, QPoint, QPointF, Qt, QTimer, Signal
from PySide6.QtGui import QContextMenuEvent, QKeyEvent, QNativeGestureEvent, QPixmap, QResizeEvent, QWheelEvent
from PySide6.QtWidgets import QScrollArea, QWidget

from cvdesk.kit import crash
from cvdesk.kit.jobs import Job, Jobs
from cvdesk.kit.page_words import Hit
from cvdesk.kit.printing import POINTS, PageImage, page_image
from cvdesk.kit.theme import MEDIUM, Theme
from cvdesk.reports.page_sheet import Sheet
from cvdesk.wording import _

Zoom = float | str  # 1.0 is the size on paper; "width" and "page" fit to the room there is
WIDEST = 860
SMALLEST, LARGEST = 0.25, 4.0
_SCREEN = 96.0  # pixels of an inch on screen, before scaling
_STEP = 1.25
_FINEST = 3200  # pixels across: a page drawn finer than that would take 60 MB and more
_RENDER_AFTER = 120  # ms without a change of size
_AT_ONCE = 3  # pages to either side of those in view whose pictures are kept,
_MOST_PIXELS = 16_000_000  # as long as all together take no more than so much (64 MB)


class Preview(QScrollArea):
    """Shows a PDF. The pages are drawn beside the window, one at a time, those in view first."""

    page_changed = Signal(int)  # the page that fills most of the view, 0-based
    zoomed = Signal()
    pressed = Signal(int, QPointF)
    dragged = Signal(int, QPointF)
    pressed_twice = Signal(int, QPointF)
    page_drawn = Signal(int)
    menu_asked = Signal(QPoint)  # where on the screen

    def __init__(self, theme: Theme, readers: Jobs) -> None:
        super().__init__()
        self._theme, self._readers = theme, readers
        self.pdf = b""
        self.zoom: Zoom = "width"
        self.at = 0
        self._sizes: list[tuple[float, float]] = []
        self._pages: list[Sheet] = []
        self._drawn: dict[int, int] = {}  # page -> the width in pixels it was drawn for
        self._job: Job | None = None
        self._content = QWidget()
        self._content.setObjectName("scrolled")
        self.setObjectName("preview")
        self.setWidget(self._content)
        self.setAccessibleName(_("Preview"))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.viewport().installEventFilter(self)
        self._resized = QTimer(self, interval=_RENDER_AFTER, singleShot=True)
        self._resized.timeout.connect(self._fit)
        self.verticalScrollBar().valueChanged.connect(self._scrolled)

    @property
    def pages(self) -> int:
        """How many pages are shown."""
        return len(self._pages)

    @property
    def sheets(self) -> list[Sheet]:
        """The pages as they are shown."""
        return self._pages

    def page(self, place: int) -> Sheet:
        """One page as it is shown."""
        return self._pages[place]

    def show_pdf(self, pdf: bytes, sizes: list[tuple[float, float]], keep_place: bool = False) -> None:
        """Shows a file whose pages have these sizes (points); the old pictures stay until the new ones are drawn."""
        self.stop()
        place = self._place() if keep_place else (0, 0.0)
        if not keep_place:
            for sheet in self._pages:
                sheet.let_go()
        self.pdf, self._sizes = pdf, sizes
        while len(self._pages) > len(sizes):
            self._pages.pop().deleteLater()
        while len(self._pages) < len(sizes):
            self._pages.append(self._new_page(len(self._pages)))
        for number, (sheet, size) in enumerate(zip(self._pages, sizes, strict=True)):
            sheet.size_in_points = size
            sheet.words = None
            sheet.setAccessibleName(_("Page {page} of {pages}").format(page=number + 1, pages=len(sizes)))
        self._drawn.clear()
        self._arrange(place)

    def stop(self) -> None:
        """Ends the drawing that is under way."""
        if self._job is not None:
            self._job.cancel()
            self._job = None

    def set_zoom(self, zoom: Zoom) -> None:
        """Shows the pages at another size; what is in the middle of the view stays there."""
        if isinstance(zoom, float):
            zoom = min(max(zoom, SMALLEST), LARGEST)
        if zoom != self.zoom:
            self.zoom = zoom
            self._fit()
            self.zoomed.emit()

    def zoom_by(self, steps: float) -> None:
        """Larger (above 0) or smaller by steps of a quarter."""
        self.set_zoom(self.scale() * POINTS / self._theme.px(_SCREEN) * _STEP**steps)

    def go_to(self, page: int) -> None:
        """Brings the top of a page (0-based) to the top of the view."""
        if self._pages:
            page = min(max(page, 0), len(self._pages) - 1)
            self.verticalScrollBar().setValue(self._pages[page].y() - MEDIUM if page else 0)
            self._tell(page)

    def show_hit(self, hit: Hit) -> None:
        """Brings what was found into view, with some room around."""
        sheet = self._pages[hit.page]
        if hit.bands:
            where = sheet.on_screen(hit.bands[0]).center().toPoint() + sheet.pos()
            self.ensureVisible(where.x(), where.y(), 60, self.viewport().height() // 3)
        self._tell(hit.page)

    def scale(self) -> float:
        """Pixels of the screen for a point of the page, at the size in use."""
        if not self._sizes:
            return 1.0
        if isinstance(self.zoom, float):
            return self.zoom * self._theme.px(_SCREEN) / POINTS
        widest = max(size[0] for size in self._sizes)
        scale = min(self._room() - 2, self._theme.px(WIDEST)) / widest
        if self.zoom == "page":
            scale = min(scale, (self.viewport().height() - 2) / max(size[1] for size in self._sizes))
        return max(scale, 0.05)

    def _room(self) -> int:
        """The width there is beside a scroll bar, whether it shows or not: pages do not jump when it comes."""
        return self.maximumViewportSize().width() - self.verticalScrollBar().sizeHint().width()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._resized.start()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Home, Qt.Key.Key_End):
            self.go_to(0 if event.key() == Qt.Key.Key_Home else self.pages - 1)
        else:
            super().keyPressEvent(event)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QNativeGestureEvent) and event.gestureType() == Qt.NativeGestureType.ZoomNativeGesture:
            self.set_zoom(self.scale() * POINTS / self._theme.px(_SCREEN) * (1 + event.value()))
            return True
        return super().eventFilter(watched, event)

    def wheelEvent(self, event: QWheelEvent) -> None:
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.zoom_by(event.angleDelta().y() / 120)
            event.accept()
        else:
            super().wheelEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        self.menu_asked.emit(event.globalPos())

    def _new_page(self, place: int) -> Sheet:
        sheet = Sheet(self._theme, self._content)
        sheet.pressed.connect(partial(self.pressed.emit, place))
        sheet.dragged.connect(partial(self.dragged.emit, place))
        sheet.pressed_twice.connect(partial(self.pressed_twice.emit, place))
        sheet.show()
        return sheet

    def _fit(self) -> None:
        """Gives each page the size there is room for, then draws what is in view."""
        if self._pages and self._room() >= 40:
            self._arrange(self._place())

    def _place(self) -> tuple[int, float]:
        """What is at the middle of the view: the page, and how far down in it (0-1); the very top stays the top."""
        bar = self.verticalScrollBar()
        if not self._pages or bar.value() == 0:
            return 0, 0.0
        middle = bar.value() + self.viewport().height() / 2
        for number, sheet in enumerate(self._pages):
            if sheet.y() + sheet.height() >= middle:
                return number, (middle - sheet.y()) / max(sheet.height(), 1)
        return len(self._pages) - 1, 1.0

    def _arrange(self, place: tuple[int, float]) -> None:
        """Pages under each other; the same place of the same page in the middle of the view as before."""
        scale, room = self.scale(), self._room()
        widest = max((round(size[0] * scale) for size in self._sizes), default=0)
        wide, y = max(room, widest), 0
        for sheet, size in zip(self._pages, self._sizes, strict=True):
            width, height = round(size[0] * scale), round(size[1] * scale)
            sheet.setGeometry((wide - width) // 2, y, width, height)
            y += height + MEDIUM
        self._content.resize(wide, max(y - MEDIUM, 1))
        page, down = place
        top = 0
        if self._pages and place != (0, 0.0):
            sheet = self._pages[min(page, len(self._pages) - 1)]
            top = round(sheet.y() + down * sheet.height() - self.viewport().height() / 2)
        self.verticalScrollBar().setValue(top)
        self._scrolled()

    def _scrolled(self) -> None:
        if not self._pages:
            return
        top, height = self.verticalScrollBar().value(), self.viewport().height()
        middle = top + height / 2
        at = next((n for n, sheet in enumerate(self._pages) if sheet.y() + sheet.height() >= middle), self.pages - 1)
        self._tell(0 if top == 0 else at)
        QTimer.singleShot(0, self, self._draw_next)  # not once it is gone

    def _tell(self, page: int) -> None:
        if page != self.at:
            self.at = page
            self.page_changed.emit(page)

    def _draw_next(self) -> None:
        if self._job is not None or not self.pdf or not self._pages:
            return
        ratio = self.devicePixelRatioF()
        seen = self._in_view()
        for place in seen:
            pixels = min(round((self._pages[place].width() - 2) * ratio), _FINEST)
            if self._drawn.get(place) != pixels:
                dpi = pixels / self._sizes[place][0] * POINTS
                work = partial(page_image, self.pdf, place, dpi, words=True)
                self._job = self._readers.start(
                    work, partial(self._show_page, place, pixels), partial(self._page_failed, place, pixels)
                )
                return
        self._let_go(seen)

    def _in_view(self) -> list[int]:
        """The pages in view, then those a little ahead, so that scrolling meets drawn pages."""
        top = self.verticalScrollBar().value()
        height = self.viewport().height()
        seen, near = [], []
        for place, page in enumerate(self._pages):
            upper, lower = page.y(), page.y() + page.height()
            if upper <= top + height and lower >= top:
                seen.append(place)
            elif upper <= top + height * 1.5 and lower >= top - height / 2:
                near.append(place)
        return seen + near

    def _let_go(self, seen: list[int]) -> None:
        """However long the document and however large its pages, only pictures near the view take memory."""
        if not seen:
            return
        first, last, room = min(seen), max(seen), _MOST_PIXELS
        for place in sorted(self._drawn, key=lambda place: max(first - place, place - last)):
            pixels, (width, height) = self._drawn[place], self._sizes[place]
            room -= round(pixels * pixels * height / width)
            apart = max(first - place, place - last)
            if apart > _AT_ONCE or (apart > 0 and room < 0):
                del self._drawn[place]
                self._pages[place].let_go()

    def _show_page(self, place: int, pixels: int, drawn: PageImage) -> None:
        self._job = None
        pixmap = QPixmap.fromImage(drawn.image())
        pixmap.setDevicePixelRatio(self.devicePixelRatioF())
        self._pages[place].show_picture(pixmap, drawn.words)
        self._drawn[place] = pixels
        self.page_drawn.emit(place)
        self._draw_next()

    def _page_failed(self, place: int, pixels: int, error: Exception) -> None:
        """The page stays empty, and is not tried again at this size; the others go on."""
        self._job = None
        self._drawn[place] = pixels
        crash.report(error)
        self._draw_next()
