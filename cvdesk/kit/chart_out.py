"""A chart taken out of the window: copied, saved as picture, drawing or list, printed, always with its sentence."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from PySide6.QtCore import QMimeData
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QMenu, QWidget

from cvdesk.charts.series import SeriesLike
from cvdesk.charts.table import series_csv, series_tsv
from cvdesk.db import Queries
from cvdesk.db.writing import save_bytes
from cvdesk.kit import ask, printing
from cvdesk.kit.chart_picture import Picture
from cvdesk.kit.menus import offer
from cvdesk.kit.print_pdf import print_pdf
from cvdesk.kit.session import Session
from cvdesk.paths import documents_folder
from cvdesk.wording import _

__all__ = ["ChartOut", "Taken", "fill", "series_csv"]


@dataclass(frozen=True, slots=True)
class Taken:
    """What is taken out. `seen`: the part of the series that shows; `tone`: its colour; `about`: period and filter.

    `pages` makes the chart's page as a PDF from the open file, for `paper`; it is called beside the window.
    """

    whole: SeriesLike
    seen: SeriesLike
    tone: str
    about: str
    pages: Callable[[Queries], bytes]
    paper: str


class ChartOut:
    """What can be done with one chart."""

    def __init__(self, session: Session, parent: QWidget, taken: Taken) -> None:
        self._session, self._parent, self._taken = session, parent, taken

    def copy(self) -> None:
        """Picture, sentence and numbers onto the clipboard: each program takes what it can."""
        picture = self._picture()
        data = QMimeData()
        data.setImageData(picture.image())
        data.setText(f"{picture.words()}\n\n{series_tsv(self._taken.whole)}")
        QGuiApplication.clipboard().setMimeData(data)
        self._session.say(_("The chart is copied, with its sentence and its numbers"))

    def save_png(self) -> None:
        """Saves a picture of pixels."""
        self._save(_("Save the picture"), "png", _("Pictures (*.png)"), self._picture().png)

    def save_svg(self) -> None:
        """Saves a drawing that stays sharp at any size."""
        self._save(_("Save the drawing"), "svg", _("Drawings (*.svg)"), self._picture().svg)

    def save_csv(self) -> None:
        """Saves every point as a list."""
        listed = series_csv(self._taken.whole)
        self._save(_("Save the numbers"), "csv", _("Lists (*.csv)"), lambda: listed.encode("utf-8-sig"))

    def save_pdf(self) -> None:
        """Saves the chart's page, with the numbers below it."""
        path = self._ask(_("Save the page"), "pdf", _("PDF files (*.pdf)"))
        if path is not None:
            pages = self._taken.pages
            self._session.write_out(lambda file: save_bytes(path, pages(file)), partial(self._saved, path))

    def print_page(self) -> None:
        """Prints the same page."""

        def made(file: Queries) -> tuple[bytes, int]:
            pdf = pages(file)
            return pdf, len(printing.page_sizes(pdf))

        pages, paper = self._taken.pages, self._taken.paper
        self._session.ask(made, lambda found: print_pdf(self._session, self._parent, found[0], found[1], paper))

    def _picture(self) -> Picture:
        return Picture(self._session.theme, self._taken.seen, self._taken.tone, self._taken.about)

    def _save(self, title: str, kind: str, kinds: str, make: Callable[[], bytes]) -> None:
        """Makes it here (Qt draws in the window's thread), writes it beside the window."""
        path = self._ask(title, kind, kinds)
        if path is not None:
            content = make()
            self._session.write_out(lambda _file: save_bytes(path, content), partial(self._saved, path))

    def _ask(self, title: str, kind: str, kinds: str) -> Path | None:
        name = re.sub(r'[\\/:*?"<>|\x00-\x1f]+', " ", f"{self._taken.whole.title} {self._session.today().isoformat()}")
        proposal = documents_folder() / f"{' '.join(name.split())}.{kind}"
        path = ask.prompts.save_file(self._parent, title, proposal, kinds)
        if path is None or path.suffix.lower() == f".{kind}":
            return path
        return path.with_name(f"{path.name}.{kind}")

    def _saved(self, path: Path, _result: object) -> None:
        self._session.say(_("Saved as {path}").format(path=path))


def fill(menu: QMenu, out: ChartOut) -> None:
    """The lines of a chart's menu."""
    offer(menu, _("Copy"), out.copy)
    menu.addSeparator()
    offer(menu, _("Save as picture (PNG)…"), out.save_png)
    offer(menu, _("Save as drawing (SVG)…"), out.save_svg)
    offer(menu, _("Save the numbers (CSV)…"), out.save_csv)
    offer(menu, _("Save as PDF…"), out.save_pdf)
    menu.addSeparator()
    offer(menu, _("Print…"), out.print_page)
