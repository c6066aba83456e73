"""What stands at the head of every paper: the business, how to reach it, its logo and colour."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from functools import partial
from pathlib import Path

from PySide6.QtCore import QStandardPaths, Qt, QTimer
from PySide6.QtGui import QKeyEvent, QKeySequence, QPainter, QPaintEvent, QPixmap, QShortcut
from PySide6.QtWidgets import QDialog, QLayout, QWidget

from cvdesk.catalogue import store as catalogue
from cvdesk.catalogue import store_letterhead
from cvdesk.catalogue.records import Business, Letterhead, Logo
from cvdesk.db import Operation
from cvdesk.errors import UserError
from cvdesk.kit import ask, crash, printing
from cvdesk.kit.dialog import take_room
from cvdesk.kit.jobs import Job
from cvdesk.kit.print_pdf import usual_paper
from cvdesk.kit.session import Session
from cvdesk.kit.theme import LARGE, MEDIUM, SMALL, Theme
from cvdesk.kit.widgets import TEXT, TITLE, button, column, label, line, scrolled
from cvdesk.reports.form_letterhead import LetterheadForm, read_logo
from cvdesk.wording import _
from cvdesk.wording.numbers import signed

DRAFT = "letterhead"
_PAUSE = 250  # ms without a key until the head is drawn again
_DPI = 150
_HEAD = 0.27  # how much of the page is its head


def edit_letterhead(session: Session, parent: QWidget) -> None:
    """Asks for the letterhead and saves it as one step."""
    LetterheadDialog(session, parent).open()


def save(op: Operation, business: Business, logo: Logo | None) -> None:
    """Saves both in one step."""
    catalogue.save_business(op, business)
    if store_letterhead.logo(op) != logo:
        store_letterhead.save_logo(op, logo)
    op.forget_draft(DRAFT)


def _head(shown: Letterhead, today: date, paper: str) -> printing.PageImage:
    """The first page of a document with this letterhead."""
    from cvdesk.catalogue.report_furniture import furniture
    from cvdesk.pdf import styles
    from cvdesk.pdf.blocks import Text, Title
    from cvdesk.pdf.document import as_bytes

    story = [
        Title(_("A document begins with what was found"), _("Summary")),
        Text(_("Sentences first. A figure that matters stands in your colour:"), after=6),
        Text(signed(2.8), styles.BIG),
    ]
    return printing.page_image(as_bytes(story, furniture(shown, _("Summary"), today, paper)), 0, _DPI)


class HeadLooked(QWidget):
    """The upper part of a page, as wide as there is room."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._picture: QPixmap | None = None
        self.setMinimumSize(theme.px(260), theme.px(110))
        self.setAccessibleName(_("How the head of a page looks"))

    def show_page(self, page: printing.PageImage) -> None:
        """Takes a page."""
        whole = page.image()
        self._picture = QPixmap.fromImage(whole.copy(0, 0, whole.width(), round(whole.height() * _HEAD)))
        self.setFixedHeight(round(self.width() * self._picture.height() / self._picture.width()))
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        if self._picture is None:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.drawPixmap(self.rect(), self._picture)
        painter.setPen(self._theme.colour("line"))
        painter.drawRect(self.rect().adjusted(0, 0, -1, -1))
        painter.end()


class LetterheadDialog(QDialog):
    """The form at the left, the head of a page at the right. What was half typed is there again next time."""

    def __init__(self, session: Session, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.session, self.theme = session, session.theme
        known = store_letterhead.letterhead(session.file)
        self.business, self.logo = known.business, known.logo
        self._job: Job | None = None
        self._saving = False
        self.setWindowTitle(_("Letterhead"))
        take_room(self, self.theme.px(860), self.theme.px(620))
        self._build()
        self._timer = QTimer(self, interval=_PAUSE, singleShot=True)
        self._timer.timeout.connect(self._pause)
        self.form.load(self.business)
        self.form.logo.show_logo(self.logo)
        kept = session.draft(DRAFT)
        if kept:
            self.form.fill(json.loads(kept))
        self._connect()
        self._draw()
        self.form.name.setFocus()

    def _build(self) -> None:
        theme = self.theme
        box = column(self, MEDIUM, (LARGE, LARGE, LARGE, MEDIUM))
        box.setSizeConstraint(QLayout.SizeConstraint.SetNoConstraint)
        self.setMinimumSize(theme.px(560), theme.px(420))
        box.addWidget(label(theme, _("Letterhead"), TITLE, strong=True))
        said = _("It stands at the head of every document. Currency and language stay as they are.")
        box.addWidget(label(theme, said, TEXT, tone="quiet", wrap=True))
        sides = line(LARGE)
        self.form = LetterheadForm(theme)
        self.form.setEnabled(not self.session.file.read_only)
        self.form.looks.setEnabled(self.form.isEnabled())
        self.form.rows.setContentsMargins(0, 0, 0, 0)
        left = column(None, 0)
        left.addWidget(self.form)
        left.addStretch(1)
        sides.addLayout(left, 1)
        right = column(None, SMALL)
        right.addWidget(label(theme, _("How a page begins"), TEXT))
        self.head = HeadLooked(theme)
        right.addWidget(self.head)
        right.addSpacing(SMALL)
        right.addWidget(self.form.looks)
        right.addStretch(1)
        sides.addLayout(right, 1)
        inside = QWidget()
        inside.setLayout(sides)
        sides.setContentsMargins(0, 0, SMALL, SMALL)
        box.addWidget(scrolled(inside), 1)
        foot = line(SMALL)
        foot.addStretch(1)
        foot.addWidget(button(theme, _("Cancel"), self._cancel))
        self.keep = button(theme, _("Save"), self._press, "main")
        self.keep.setEnabled(not self.session.file.read_only)
        foot.addWidget(self.keep)
        box.addLayout(foot)
        QShortcut(QKeySequence(QKeySequence.StandardKey.Save), self).activated.connect(self._press)

    def _connect(self) -> None:
        self.form.edited.connect(self._timer.start)
        self.form.submitted.connect(self._press)
        self.form.left.connect(self._cancel)
        self.form.logo.chosen.connect(self.take_logo)
        self.form.logo.wanted.connect(self._choose_logo)
        self.form.logo.gone.connect(partial(self._show_logo, None))

    # The logo

    def _choose_logo(self) -> None:
        folder = Path(QStandardPaths.writableLocation(QStandardPaths.StandardLocation.PicturesLocation))
        kinds = _("Pictures (*.png *.jpg *.jpeg *.svg)")
        path = ask.prompts.open_file(self, _("Choose the logo"), folder, kinds)
        if path is not None:
            self.take_logo(path)

    def take_logo(self, path: object) -> None:
        """Takes a picture from a file, or says beside the field why it cannot be printed."""
        assert isinstance(path, Path)
        try:
            found = read_logo(path)
        except UserError as error:
            self.form.logo.say_wrong(str(error))
            return
        self._show_logo(found)

    def _show_logo(self, logo: Logo | None) -> None:
        self.logo = logo
        self.form.logo.show_logo(logo)
        (self.form.logo.away if logo is not None else self.form.logo.choose).setFocus()
        self._draw()

    # The picture of a page

    def _pause(self) -> None:
        if not self._saving:
            self.session.save_draft(DRAFT, json.dumps(self.form.texts(), ensure_ascii=False))
        self._draw()

    def _draw(self) -> None:
        """Draws the head as the fields say it; a colour half typed is left aside."""
        if self._job is not None:
            self._job.cancel()
        said = self.form.record(self.business)
        wrong = self.form.problems(said)
        shown = Letterhead(replace(said, colour=self.business.colour) if "colour" in wrong else said, self.logo)
        today, paper = self.session.today(), usual_paper(said.country)
        self._job = self.session.ask(lambda _file: _head(shown, today, paper), self._drawn, self._failed)

    def _drawn(self, page: printing.PageImage) -> None:
        self._job = None
        self.head.show_page(page)

    def _failed(self, error: Exception) -> None:
        self._job = None
        crash.report(error)

    # Ending

    def _press(self) -> None:
        if self.session.file.read_only or self._saving:
            return
        said = self.form.record(self.business)
        problems = self.form.problems(said)
        self.form.show_problems(problems)
        if problems:
            return
        self._saving = True
        self._timer.stop()
        self.session.forget_draft(DRAFT)

        def saved(_result: object) -> None:
            self.accept()

        def failed(error: Exception) -> None:
            self._saving = False
            crash.report(error)

        work = partial(save, business=said, logo=self.logo)
        self.session.run(_("Change the letterhead"), work, saved, failed, _("The letterhead is kept"))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape cancels wherever the keyboard is; only closing the window keeps what was half typed."""
        if event.key() == Qt.Key.Key_Escape:
            self._cancel()
        else:
            super().keyPressEvent(event)

    def _cancel(self) -> None:
        self._timer.stop()
        self.session.save_draft(DRAFT, "")
        self.reject()


__all__ = ["LetterheadDialog", "edit_letterhead", "save"]
