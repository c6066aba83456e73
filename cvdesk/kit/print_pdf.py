"""A PDF on paper: the system's dialog, then the PDF itself to the print queue, or page after page as pictures."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import QProgressDialog, QWidget

from cvdesk.db.writing import save_bytes
from cvdesk.errors import UserError
from cvdesk.kit import crash, print_queue, printing
from cvdesk.kit.jobs import Job
from cvdesk.kit.session import Session
from cvdesk.wording import _

_LETTER = frozenset({"US", "CA", "MX", "PH", "CL", "CO"})
_SIDES: dict[QPrinter.DuplexMode, print_queue.Sides] = {
    QPrinter.DuplexMode.DuplexNone: "one-sided",
    QPrinter.DuplexMode.DuplexLongSide: "two-sided-long-edge",
    QPrinter.DuplexMode.DuplexShortSide: "two-sided-short-edge",
}
_SOON = 400  # ms until the progress is worth showing


def usual_paper(country: str) -> str:
    """The paper people of a country (ISO code) put into their printers."""
    return "letter" if country in _LETTER else "a4"


def print_pdf(
    session: Session,
    parent: QWidget,
    pdf: bytes,
    pages: int,
    paper: str,
    title: str = "",
    sent: Callable[[], None] | None = None,
) -> None:
    """Asks for the printer and how, and prints; says when it is sent, or what went wrong.

    `title`: what the queue shows to everybody, so never a customer's name; `sent` is called when the printer has it.
    """
    printer = printing.printers.choose(parent, pages, paper)
    if printer is None:
        return
    title = title or _("CV Desk")
    wanted = printing.chosen_pages(printer, pages)

    def done(words: str) -> None:
        session.say(words)
        if sent is not None:
            sent()

    if printer.outputFormat() == QPrinter.OutputFormat.PdfFormat:
        path = Path(printer.outputFileName())
        said = _("Saved as {path}").format(path=path)
        session.write_out(lambda _file: save_bytes(path, printing.only_pages(pdf, wanted)), lambda _none: done(said))
        return
    try:
        printing.check_printer(printer)
        program = print_queue.print_program()
        if program is None:
            _Pictures(session, parent, printer, pdf, wanted, lambda: done(_("Sent to the printer"))).begin()
            return
    except UserError as error:
        crash.report(error)
        return
    words = print_queue.command(program, order(printer, wanted, pages, paper), title)
    session.write_out(
        lambda _file: print_queue.send(pdf, words),
        lambda _none: done(_("Sent to “{name}”").format(name=printer.printerName())),
    )


def order(printer: QPrinter, wanted: list[int], pages: int, paper: str) -> print_queue.Order:
    """What was chosen in the dialog, as a print queue wants to hear it."""
    return print_queue.Order(
        printer.printerName(),
        printer.copyCount(),
        printer.collateCopies(),
        _SIDES.get(printer.duplex(), ""),
        None if wanted == list(range(pages)) else tuple(wanted),
        paper,
        printer.colorMode() == QPrinter.ColorMode.GrayScale,
        printer.pageOrder() == QPrinter.PageOrder.LastPageFirst,
    )


class _Pictures:
    """Page after page is drawn beside the window and put on paper; tells how far it is and may be stopped."""

    def __init__(
        self, session: Session, parent: QWidget, printer: QPrinter, pdf: bytes, pages: list[int],
        done: Callable[[], None],
    ) -> None:  # fmt: skip
        """UserError where the printer cannot be started."""
        self._session, self._printer, self._pdf, self._pages, self._done = session, printer, pdf, pages, done
        self._at = 0
        self._job: Job | None = None
        self._run = printing.PrintRun(printer)
        self._progress = QProgressDialog(parent)
        self._progress.setWindowTitle(_("Print"))
        self._progress.setLabelText(_("Sending the pages to the printer …"))
        self._progress.setCancelButtonText(_("Cancel"))
        self._progress.setRange(0, len(pages))
        self._progress.setMinimumDuration(_SOON)
        self._progress.setWindowModality(Qt.WindowModality.NonModal)
        self._progress.setAutoClose(False)
        self._progress.setAutoReset(False)
        self._progress.canceled.connect(self._stop)

    def begin(self) -> None:
        """Starts with the first page."""
        page = self._pages[self._at]
        self._progress.setValue(self._at)
        self._progress.setLabelText(
            _("Page {page} of {pages} is on its way to the printer.").format(page=self._at + 1, pages=len(self._pages))
        )
        drawing = partial(printing.page_image, self._pdf, page, printing.PRINT_DPI)
        self._job = self._session.readers.start(drawing, self._drawn, self._failed)

    def _drawn(self, page: printing.PageImage) -> None:
        self._run.add(page)
        self._at += 1
        if self._at < len(self._pages):
            self.begin()
            return
        self._close()
        try:
            self._run.end()
        except UserError as error:
            crash.report(error)
            return
        self._done()

    def _failed(self, error: Exception) -> None:
        self._give_up()
        crash.report(error)

    def _stop(self) -> None:
        self._give_up()
        self._session.say(_("Printing was stopped"))

    def _give_up(self) -> None:
        if self._job is not None:
            self._job.cancel()
        self._close()
        self._run.stop()

    def _close(self) -> None:
        self._progress.canceled.disconnect(self._stop)
        self._progress.close()
        self._progress.deleteLater()
