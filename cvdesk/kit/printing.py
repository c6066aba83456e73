"""Pages of a PDF as pictures, for the preview and for paper. pypdfium2 is imported when first needed."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from threading import Lock
from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF
from PySide6.QtGui import QImage, QPageLayout, QPageSize, QPainter
from PySide6.QtPrintSupport import QAbstractPrintDialog, QPrintDialog, QPrinter, QPrinterInfo
from PySide6.QtWidgets import QDialog, QWidget

from cvdesk.errors import UserError
from cvdesk.kit.page_words import MOST_HITS, Hit, PageWords, hits_on, words_of
from cvdesk.wording import _

if TYPE_CHECKING:
    from pypdfium2 import PdfDocument

PRINT_DPI = 300  # QPrinter's own default of 1200 takes ten seconds for three pages
POINTS = 72.0
PAPERS = {"a4": QPageSize.PageSizeId.A4, "letter": QPageSize.PageSizeId.Letter}
_one_at_a_time = Lock()  # PDFium is made for one thread; the preview draws on one, documents are made on another


@dataclass(frozen=True, slots=True)
class PageImage:
    """A page as pixels (four bytes each: blue, green, red, unused), and its words where they were asked for."""

    width: int
    height: int
    stride: int
    data: bytes
    words: PageWords | None = None

    def image(self) -> QImage:
        """The page as a picture with a copy of the pixels."""
        return QImage(self.data, self.width, self.height, self.stride, QImage.Format.Format_RGB32).copy()


@contextmanager
def _opened(pdf: bytes) -> Iterator[PdfDocument]:
    import pypdfium2

    with _one_at_a_time:
        document = pypdfium2.PdfDocument(pdf)
        try:
            yield document
        finally:
            document.close()


def page_sizes(pdf: bytes) -> list[tuple[float, float]]:
    """Width and height of each page, in points."""
    with _opened(pdf) as document:
        return [document.get_page_size(place) for place in range(len(document))]


def page_image(pdf: bytes, place: int, dpi: float, words: bool = False) -> PageImage:
    """One page (0-based) at a resolution."""
    with _opened(pdf) as document:
        page = document[place]
        bitmap = page.render(scale=dpi / POINTS, prefer_bgrx=True)
        text = words_of(page) if words else None
        drawn = PageImage(bitmap.width, bitmap.height, bitmap.stride, bytes(bitmap.buffer), text)
        bitmap.close()  # here, while no other thread is in PDFium
        return drawn


def page_words(pdf: bytes, place: int) -> PageWords:
    """The words of one page (0-based)."""
    with _opened(pdf) as document:
        return words_of(document[place])


def find_words(pdf: bytes, wanted: str, stopped: Callable[[], bool]) -> list[Hit]:
    """Everywhere this stands in a document, from the first page on; at most MOST_HITS. Pages are drawn in between."""
    import pypdfium2

    hits: list[Hit] = []
    with _one_at_a_time:
        document = pypdfium2.PdfDocument(pdf)
        pages = len(document)
    try:
        for place in range(pages):
            if stopped() or len(hits) >= MOST_HITS:
                break
            with _one_at_a_time:
                page = document[place]
                words = words_of(page, wanted)
                page.close()
            hits += hits_on(place, words, wanted)
    finally:
        with _one_at_a_time:
            document.close()
    return hits[:MOST_HITS]


def only_pages(pdf: bytes, places: list[int]) -> bytes:
    """A PDF of some pages (0-based), as they are."""
    import io

    import pypdfium2

    with _opened(pdf) as document:
        if places == list(range(len(document))):
            return pdf
        made = pypdfium2.PdfDocument.new()
        try:
            made.import_pages(document, places)
            buffer = io.BytesIO()
            made.save(buffer)
            return buffer.getvalue()
        finally:
            made.close()


class Printers:
    """The system's print dialog: the one seam, in whose place tests put their own."""

    def choose(self, parent: QWidget | None, pages: int, paper: str) -> QPrinter | None:
        """The printer to use and how; None when the person thought better of it."""
        printer = new_printer(paper)
        dialog = QPrintDialog(printer, parent)
        dialog.setOption(QAbstractPrintDialog.PrintDialogOption.PrintPageRange)
        dialog.setMinMax(1, pages)
        return printer if dialog.exec() == QDialog.DialogCode.Accepted else None


printers = Printers()


def new_printer(paper: str) -> QPrinter:
    """A printer at a sensible resolution that leaves the margins to the page."""
    printer = QPrinter()
    printer.setResolution(PRINT_DPI)
    printer.setPageSize(QPageSize(PAPERS.get(paper, QPageSize.PageSizeId.A4)))
    printer.setPageOrientation(QPageLayout.Orientation.Portrait)
    printer.setFullPage(True)
    return printer


def check_printer(printer: QPrinter) -> None:
    """Raises UserError for a printer that is gone or stopped: nothing is sent to it."""
    found = QPrinterInfo.printerInfo(printer.printerName())
    if found.isNull():
        raise UserError(
            _("The printer “{name}” is not there.").format(name=printer.printerName()),
            _("Nothing was sent. Connect it or add it in the settings of your system, or choose another one."),
        )
    check_ready(printer.printerName(), found.state())


def check_ready(name: str, state: QPrinter.PrinterState) -> None:
    """Raises UserError for a stopped printer: the system would take the pages and never print them."""
    if state in (QPrinter.PrinterState.Error, QPrinter.PrinterState.Aborted):
        raise UserError(
            _("The printer “{name}” is stopped.").format(name=name),
            _("Nothing was sent. Start it in the printer settings of your system, or choose another one."),
        )


def chosen_pages(printer: QPrinter, pages: int) -> list[int]:
    """Which pages to print, 0-based, as chosen in the dialog."""
    ranges = [(its.from_, its.to) for its in printer.pageRanges().toRangeList()]
    chosen = {page - 1 for first, last in ranges for page in range(max(1, first), min(pages, last) + 1)}
    return sorted(chosen) or list(range(pages))


class PrintRun:
    """Puts page after page on paper; only one picture is held at a time."""

    def __init__(self, printer: QPrinter) -> None:
        """UserError where the printer cannot be started."""
        self._printer = printer
        self._painter = QPainter()
        self._begun = False
        if not self._painter.begin(printer):
            raise UserError(
                _("“{name}” could not be started.").format(name=printer.printerName() or _("The printer")),
                _("Check that it is switched on and connected, or save the PDF and print that."),
            )

    def add(self, page: PageImage) -> None:
        """One more page, as large as the paper allows."""
        if self._begun:
            self._printer.newPage()
        self._begun = True
        paper = self._printer.paperRect(QPrinter.Unit.DevicePixel)
        scale = min(paper.width() / page.width, paper.height() / page.height)
        width, height = page.width * scale, page.height * scale
        left, top = (paper.width() - width) / 2, (paper.height() - height) / 2
        self._painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        self._painter.drawImage(QRectF(left, top, width, height), page.image())

    def end(self) -> None:
        """Sends it off. UserError where the system refuses."""
        if not self._painter.end() or self._printer.printerState() == QPrinter.PrinterState.Error:
            raise UserError(
                _("The pages could not be printed."),
                _("Check the printer, or save the PDF and print that."),
            )

    def stop(self) -> None:
        """Nothing more is put on paper; the system is asked to throw away what it has."""
        self._printer.abort()
        self._painter.end()
