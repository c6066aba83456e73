"""What becomes of the document on screen: saved, printed, into a draft of an e-mail; and kept as it was."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, QStandardPaths, QUrl
from PySide6.QtWidgets import QWidget

from cvdesk.db.writing import refuse_database, save_bytes
from cvdesk.errors import UserError
from cvdesk.kit import ask, crash, mail
from cvdesk.kit.print_pdf import print_pdf
from cvdesk.kit.session import Session
from cvdesk.reports import store_printed
from cvdesk.reports.page_viewer import Viewer
from cvdesk.reports.records_kinds import Made
from cvdesk.reports.records_printed import Document
from cvdesk.wording import _

_MOST_NAME = 120  # letters; some systems cut names of files above 143


@dataclass(frozen=True, slots=True)
class Shown:
    """The document on screen. `title` never names a customer: the print queue shows it; `keep`: what is kept of it."""

    title: str
    business: str
    file_name: str
    made: Made
    pages: int
    paper: str
    keep: Document | None = None


class Output(QObject):
    """Saves, prints and mails; says in the viewer what became of it."""

    def __init__(self, session: Session, parent: QWidget, viewer: Viewer) -> None:
        super().__init__(parent)
        self._session, self._parent, self._viewer = session, parent, viewer

    def save(self, shown: Shown) -> None:
        """Asks where to, and writes the pages that are on screen there, with what belongs beside them."""
        folder = Path(QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation))
        ending = ".zip" if shown.made.beside else ".pdf"
        kinds = _("PDF files (*.pdf)")
        if shown.made.beside:
            kinds = f"{_('PDF with the files that belong to it (*.zip)')};;{kinds}"
        target = ask.prompts.save_file(self._parent, _("Save the report"), folder / f"{shown.file_name}{ending}", kinds)
        if target is None:
            return
        known = (".pdf", ".zip") if shown.made.beside else (".pdf",)
        path = target if target.suffix.lower() in known else target.with_name(target.name + ending)
        self._session.write_out(lambda _file: _write(path, shown), lambda _none: self._saved(path, shown))

    def print(self, shown: Shown) -> None:
        """Asks for the printer, then sends the pages to it."""
        print_pdf(
            self._session, self._parent, shown.made.pdf, shown.pages, shown.paper, shown.title,
            partial(self._keep, shown),
        )  # fmt: skip

    def mail(self, shown: Shown) -> None:
        """Opens a draft in the mail program with the document attached."""
        about = {"title": shown.title, "business": shown.business}
        subject = _("{business}: {title}").format(**about)
        body = _("The document “{title}” of {business} is attached.").format(**about)
        whole = (_packed(shown), f"{shown.file_name}.zip") if shown.made.beside else None
        content, name = whole or (shown.made.pdf, f"{shown.file_name}.pdf")

        def written(path: Path) -> None:
            if self._open(path, _no_mail):
                self._keep(shown)

        self._session.write_out(lambda _file: mail.draft_file(subject, body, [(name, content)]), written)

    def _saved(self, path: Path, shown: Shown) -> None:
        self._viewer.tell(
            _("Saved as {path}").format(path=path),
            (_("Open"), partial(self._open, path, _no_program)),
            (_("Show in folder"), partial(self._open, path.parent, _no_program)),
        )
        self._session.say(_("Saved"))
        self._keep(shown)

    def _open(self, path: Path, words: Callable[[], tuple[str, str]]) -> bool:
        """Whether a program opened it; otherwise it is said."""
        opened = bool(mail.desktop.open(QUrl.fromLocalFile(str(path))))
        if not opened:
            crash.report(UserError(*words()))
        return opened

    def _keep(self, shown: Shown) -> None:
        """Keeps it as it is, so that it prints again with the same figures."""
        if shown.keep is None or self._session.file.read_only:
            return
        if not shown.keep.fits:
            self._session.say(_("It is too large to be kept for printing again."))
            return
        keep = partial(store_printed.keep, document=shown.keep)
        self._session.run(_("Keep a printed document"), keep, aside=True)


def file_name(business: str, title: str, about: str, day: str, mark: str = "") -> str:
    """A name without ending that says what is in the file and sorts by day. `mark`: what no long name may cut off."""
    words = " ".join(part for part in (business, title, about) if part)
    plain = " ".join(re.sub(r'[\\/:*?"<>|\x00-\x1f]+', " ", words).split())[: _MOST_NAME - len(mark)].strip(" .")
    return " ".join(part for part in (plain, mark, day) if part)


def _no_mail() -> tuple[str, str]:
    return (
        _("No program for e-mails opened."),
        _("Set one up on this computer, or save the PDF and attach it yourself."),
    )


def _no_program() -> tuple[str, str]:
    return _("No program on this computer opens it."), _("The file is saved: look for it in its folder.")


def _write(path: Path, shown: Shown) -> None:
    refuse_database(path)
    save_bytes(path, _packed(shown) if path.suffix.lower() == ".zip" else shown.made.pdf)


def _packed(shown: Shown) -> bytes:
    from cvdesk.reports.packing import zipped

    return zipped(shown.file_name, shown.made)
