"""A PDF on paper: the system's dialog, then page after page drawn beside the window."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from cvdesk.errors import UserError
from cvdesk.kit import crash, printing
from cvdesk.kit.session import Session
from cvdesk.wording import _

_LETTER = frozenset({"US", "CA", "MX", "PH", "CL", "CO"})


def usual_paper(country: str) -> str:
    """The paper people of a country (ISO code) put into their printers."""
    return "letter" if country in _LETTER else "a4"


def print_pdf(session: Session, parent: QWidget, pdf: bytes, pages: int, paper: str) -> None:
    """Asks for the printer and how, and prints; says when it is sent, or what went wrong."""
    printer = printing.printers.choose(parent, pages, paper)
    if printer is None:
        return
    try:
        run = printing.PrintRun(printer)
    except UserError as error:
        crash.report(error)
        return
    _print_next(session, run, pdf, printing.chosen_pages(printer, pages))


def _print_next(session: Session, run: printing.PrintRun, pdf: bytes, pages: list[int]) -> None:
    def drawn(page: printing.PageImage) -> None:
        run.add(page)
        if pages[1:]:
            _print_next(session, run, pdf, pages[1:])
            return
        try:
            run.end()
        except UserError as error:
            crash.report(error)
            return
        session.say(_("Sent to the printer"))

    first = pages[0]
    session.readers.start(lambda: printing.page_image(pdf, first, printing.PRINT_DPI), drawn)
