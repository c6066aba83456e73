"""Reports: choose one, see its pages at once, save or print them."""

from __future__ import annotations

import re
from functools import partial
from pathlib import Path

from PySide6.QtCore import QSize, QStandardPaths, Qt
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QSizePolicy, QWidget

from cvdesk.catalogue import store as catalogue
from cvdesk.catalogue.page_filter import FilterBar
from cvdesk.db import Queries
from cvdesk.kit import ask, crash, printing
from cvdesk.kit.jobs import Job
from cvdesk.kit.page import Page
from cvdesk.kit.print_pdf import print_pdf, usual_paper
from cvdesk.kit.theme import MEDIUM, SMALL, TIGHT, Theme
from cvdesk.kit.widgets import NOTE, TEXT, Card, Choice, button, column, label, line
from cvdesk.reports.kinds import KINDS, kind_of, make, write
from cvdesk.reports.page_preview import Preview
from cvdesk.reports.records_kinds import Kind, Wanted
from cvdesk.wording import _

Sizes = list[tuple[float, float]]


class KindButton(QPushButton):
    """One report of the gallery: its name and what is in it."""

    def __init__(self, theme: Theme, kind: Kind) -> None:
        super().__init__()
        self.setProperty("kind", "nav")
        self.setCheckable(True)
        self.setAutoDefault(False)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAccessibleName(kind.title())
        self.setAccessibleDescription(kind.contents())
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Minimum)
        box = column(self, 2, (SMALL + 2, SMALL, SMALL + 2, SMALL))
        box.addWidget(label(theme, kind.title(), TEXT, strong=True))
        words = label(theme, kind.contents(), NOTE, tone="quiet", wrap=True)
        words.setMinimumWidth(theme.px(170))
        box.addWidget(words)
        for inner in self.findChildren(QWidget):
            inner.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)

    def sizeHint(self) -> QSize:
        inner = self.layout()
        return inner.sizeHint() if inner is not None else super().sizeHint()


class ReportsPage(Page):
    """The gallery at the left, the pages of the chosen report at the right."""

    key = "reports"
    icon = "file-text"
    figures = True
    _job: Job | None = None
    _made: tuple[bytes, Sizes] | None = None
    _kind = KINDS[0].key
    preview: Preview
    watches = frozenset({
        "assessments", "answers", "entries", "entry_themes", "complaints", "complaint_events", "complaint_themes",
        "customers", "purchases", "factors", "themes", "settings", "chart_notes", "phases",
        "actions", "invitations",
    })  # fmt: skip

    @classmethod
    def title(cls) -> str:
        """The page's name."""
        return _("Reports")

    def show_record(self, record: object) -> None:
        """A report by its key."""
        if isinstance(record, str) and record in self._kinds:
            self._choose(record)

    def focus_first(self) -> None:
        """The report that is chosen."""
        self._kinds[self._kind].setFocus()

    def refresh(self) -> None:
        """Makes the report again and shows its pages."""
        if self._job is not None:
            self._job.cancel()
        if not self.preview.pages:
            self.preview.say(_("Making the pages …"))
        self._ready(False)
        wanted = self._wanted()
        self._job = self.session.ask(lambda file: _make(file, wanted), self._shown, self._failed)

    def _build(self) -> None:
        self.print_button = button(self.theme, _("Print…"), self.print_pages, icon="printer")
        self.save_button = button(self.theme, _("Save PDF…"), self.save_pdf, "main")
        self.add_action(self.print_button)
        self.add_action(self.save_button)
        self.box.addWidget(FilterBar(self.session))
        body = QHBoxLayout()
        body.setSpacing(MEDIUM)
        body.addWidget(self._make_gallery())
        self.preview = Preview(self.theme, self.session.readers)
        body.addWidget(self.preview, 1)
        self.box.addLayout(body, 1)
        self.set_title(self.title(), kind_of(self._kind).contents())

    def _make_gallery(self) -> Card:
        card = Card(self.theme)
        card.box.setContentsMargins(SMALL, SMALL, SMALL, MEDIUM)
        kinds = column(None, TIGHT)
        self._kinds: dict[str, KindButton] = {}
        for kind in KINDS:
            made = self._kinds[kind.key] = KindButton(self.theme, kind)
            made.setChecked(kind.key == self._kind)
            made.clicked.connect(partial(self._choose, kind.key))
            kinds.addWidget(made)
        card.box.addLayout(kinds)
        options = column(None, SMALL, (SMALL, 0, SMALL, 0))
        names: list[tuple[object, str]] = [(True, _("With customers' names")), (False, _("Names left out"))]
        self.names = Choice(self.theme, _("Names of customers"), names, True)
        papers: list[tuple[object, str]] = [("a4", _("A4 paper")), ("letter", _("US Letter paper"))]
        self.paper = Choice(self.theme, _("Paper"), papers, usual_paper(catalogue.business(self.session.file).country))
        for choice in (self.names, self.paper):
            choice.chosen.connect(lambda _value: self.refresh())
            beside = line(SMALL)
            beside.addWidget(choice)
            beside.addStretch(1)
            options.addLayout(beside)
        card.box.addLayout(options)
        card.box.addStretch(1)
        card.setFixedWidth(self.theme.px(250))
        return card

    def _choose(self, key: str, _checked: bool = False) -> None:
        for known, made in self._kinds.items():
            made.setChecked(known == key)
        if key != self._kind:
            self._kind = key
            self.set_title(self.title(), kind_of(key).contents())
            self.refresh()

    def _wanted(self) -> Wanted:
        return Wanted(
            self._kind, self.session.filter, self.session.today(), str(self.paper.value), bool(self.names.value)
        )

    def _ready(self, ready: bool) -> None:
        self.print_button.setEnabled(ready)
        self.save_button.setEnabled(ready)

    def _shown(self, made: tuple[bytes, Sizes]) -> None:
        self._made = made
        self.preview.show_pdf(*made)
        self._ready(True)

    def _failed(self, error: Exception) -> None:
        self.preview.say(_("The pages could not be made."))
        crash.report(error)

    def save_pdf(self) -> None:
        """Asks where to, and writes the report there."""
        wanted = self._wanted()
        folder = Path(QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation))
        name = _file_name(self._kind, catalogue.business(self.session.file).name, wanted)
        target = ask.prompts.save_file(self, _("Save the report"), folder / name, _("PDF files (*.pdf)"))
        if target is None:
            return
        path = target if target.suffix.lower() == ".pdf" else target.with_name(target.name + ".pdf")

        def saved(_result: object) -> None:
            self.session.say(_("Saved as {path}").format(path=path))

        self.session.write_out(lambda file: write(file, wanted, path), saved)

    def print_pages(self) -> None:
        """Asks for the printer, then draws page after page for it beside the window."""
        if self._made is None:
            return
        pdf, sizes = self._made
        print_pdf(self.session, self, pdf, len(sizes), str(self.paper.value))


def _make(file: Queries, wanted: Wanted) -> tuple[bytes, Sizes]:
    """The document as bytes and the sizes of its pages."""
    pdf = make(file, wanted).pdf
    return pdf, printing.page_sizes(pdf)


def _file_name(kind: str, business: str, wanted: Wanted) -> str:
    """A name that says what is in the file and sorts by day."""
    plain = re.sub(r'[\\/:*?"<>|\x00-\x1f]+', " ", f"{business} {kind_of(kind).title()} {wanted.today.isoformat()}")
    return " ".join(plain.split()) + ".pdf"
