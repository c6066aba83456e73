"""Step five of a monthly look: the page as it will be printed, and what else may go on paper."""

from __future__ import annotations

from datetime import date
from functools import partial
from pathlib import Path

from PySide6.QtCore import QStandardPaths, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPixmap
from PySide6.QtWidgets import QWidget

from cvdesk.catalogue import store as catalogue
from cvdesk.customers.store_nameless import nobody_named
from cvdesk.db import Queries
from cvdesk.db.writing import save_bytes
from cvdesk.kit import ask, crash, printing
from cvdesk.kit.jobs import Job
from cvdesk.kit.print_pdf import print_pdf, usual_paper
from cvdesk.kit.theme import Theme
from cvdesk.kit.widgets import MEDIUM, Choice, Flow, button, line
from cvdesk.reports import store_look
from cvdesk.reports.page_look_parts import Step
from cvdesk.reports.page_out import file_name
from cvdesk.reports.records_look import Look
from cvdesk.reports.records_printed import Document
from cvdesk.wording import _
from cvdesk.wording.numbers import month_long

_DPI = 144


def _make(file: Queries, look: Look, today: date, paper: str, names: bool) -> tuple[bytes, int, printing.PageImage]:
    from cvdesk.reports import report_look

    found = store_look.sheet(file, today, look.month)
    if not names:
        found = nobody_named(file, found)
    pdf = report_look.as_pdf(found, paper)
    return pdf, len(printing.page_sizes(pdf)), printing.page_image(pdf, 0, _DPI)


class PageLooked(QWidget):
    """The page, as large as there is room."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._picture: QPixmap | None = None
        self.setMinimumSize(theme.px(160), theme.px(200))
        self.setAccessibleName(_("The page as it will be printed"))

    def show_page(self, page: printing.PageImage) -> None:
        """Takes a page."""
        self._picture = QPixmap.fromImage(page.image())
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        if self._picture is None:
            return
        ratio = self.devicePixelRatioF()
        shown = self._picture.scaled(
            self.size() * ratio, Qt.AspectRatioMode.KeepAspectRatio, Qt.TransformationMode.SmoothTransformation
        )
        shown.setDevicePixelRatio(ratio)
        painter = QPainter(self)
        left = round((self.width() - shown.width() / ratio) / 2)
        painter.drawPixmap(left, 0, shown)
        painter.setPen(self._theme.colour("line"))
        painter.drawRect(left, 0, round(shown.width() / ratio) - 1, round(shown.height() / ratio) - 1)
        painter.end()


class PrintStep(Step):
    """A picture of the page, and buttons for paper, file, and the summary."""

    key = "print"
    _job: Job | None = None
    _look: Look | None = None
    _made: tuple[bytes, int, printing.PageImage] | None = None

    def _build(self) -> None:
        theme = self.theme
        self.print_button = button(theme, _("Print…"), self.print_page, icon="printer")
        self.save_button = button(theme, _("Save PDF…"), self.save_page)
        self.summary = button(theme, _("Print the summary as well"), self._summary)
        names: list[tuple[object, str]] = [(True, _("With customers' names")), (False, _("Names left out"))]
        self.names = Choice(theme, _("Names of customers"), names, True)
        self.names.chosen.connect(lambda _value: self.enter())
        row = Flow()
        for made in (self.print_button, self.save_button, self.names, self.summary):
            row.addWidget(made)
        self.box.addLayout(row)
        self.page = PageLooked(theme)
        shown = line(MEDIUM)
        shown.addWidget(self.page, 1)
        self.box.addLayout(shown, 1)
        self._ready(False)

    def show_look(self, look: Look) -> None:
        """Takes what was decided; the page is made again where it shows."""
        changed = look != self._look
        self._look = look
        if changed and self.isVisible():
            self.enter()

    def enter(self) -> None:
        """Makes the page."""
        if self._look is None:
            return
        if self._job is not None:
            self._job.cancel()
        self._ready(False)
        look, today, paper, names = self._look, self.session.today(), self._paper(), bool(self.names.value)
        self._job = self.session.ask(lambda file: _make(file, look, today, paper, names), self._shown, self._failed)

    def first(self) -> QWidget | None:
        """The button that prints, once there is a page."""
        return self.print_button if self.print_button.isEnabled() else None

    def _paper(self) -> str:
        return usual_paper(catalogue.business(self.session.file).country)

    def _ready(self, ready: bool) -> None:
        self.print_button.setEnabled(ready)
        self.save_button.setEnabled(ready)

    def _shown(self, made: tuple[bytes, int, printing.PageImage]) -> None:
        self._job = None
        self._made = made
        self.page.show_page(made[2])
        self._ready(True)
        self.arrived()

    def _failed(self, error: Exception) -> None:
        self._job = None
        crash.report(error)

    def print_page(self) -> None:
        """Asks for the printer, and prints."""
        if self._made is not None:
            pdf, pages, _picture = self._made
            print_pdf(self.session, self, pdf, pages, self._paper(), _("Monthly look"), self._keep)

    def save_page(self) -> None:
        """Asks where to, and writes the page there."""
        if self._made is None or self._look is None:
            return
        pdf = self._made[0]
        business, month = catalogue.business(self.session.file).name, month_long(self._look.month)
        mark = "" if self.names.value else _("no names")
        name = file_name(business, _("Monthly look"), month, self.session.today().isoformat(), mark)
        folder = Path(QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation))
        target = ask.prompts.save_file(self, _("Save the page"), folder / f"{name}.pdf", _("PDF files (*.pdf)"))
        if target is None:
            return
        path = target if target.suffix.lower() == ".pdf" else target.with_name(target.name + ".pdf")

        def saved(_result: object) -> None:
            self.session.say(_("Saved as {path}").format(path=path))
            self._keep()

        self.session.write_out(lambda _file: save_bytes(path, pdf), saved)

    def _keep(self) -> None:
        """Keeps the page as it is, so that it prints again as it was."""
        if self._made is None or self._look is None or self.session.file.read_only:
            return
        pdf, pages, _picture = self._made
        document = Document(
            "monthly", _("Monthly look"), self.session.today(), pages, pdf, month_long(self._look.month),
            paper=self._paper(), names=bool(self.names.value),
        )  # fmt: skip
        keep = partial(store_look.keep_page, month=self._look.month, document=document)
        self.session.run(_("Keep a printed document"), keep, aside=True)

    def _summary(self) -> None:
        self.left.emit("reports", "summary")
