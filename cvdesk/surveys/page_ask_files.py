"""What becomes of sheets that were made: a PDF, printed pages, or e-mail drafts in a folder."""

from __future__ import annotations

import re
import secrets
import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import QStandardPaths
from PySide6.QtWidgets import QWidget

from cvdesk.catalogue import store as catalogue
from cvdesk.db import BusinessFile, Queries
from cvdesk.kit import ask, printing
from cvdesk.kit.print_pdf import print_pdf, usual_paper
from cvdesk.kit.session import Session
from cvdesk.surveys import mailing, store
from cvdesk.surveys.records import Survey
from cvdesk.surveys.store_ask import Candidate, Waiting
from cvdesk.wording import _, ngettext
from cvdesk.wording.numbers import whole

Deliver = Callable[[list[int]], None]


class Files:
    """Asks where to first, and gives what is to be done with the sheets once they are made; None: thought better."""

    def __init__(self, session: Session, parent: QWidget) -> None:
        self._session, self._parent = session, parent

    def paper(self, survey: Survey, to_printer: bool) -> Deliver | None:
        """The printed forms of sheets, into a PDF or onto paper."""
        if to_printer:
            return lambda sheets: self._print(survey, sheets)
        target = self._ask_pdf(survey)
        return None if target is None else (lambda sheets: self._save(survey, sheets, target))

    def again(self, survey: Survey, sheets: list[int] | None) -> None:
        """The printed forms of sheets that exist already into a PDF; None: one form for nobody in particular."""
        target = self._ask_pdf(survey)
        if target is not None:
            self._save(survey, sheets, target)

    def drafts(self, survey: Survey, asked: Sequence[Candidate], way: str) -> Deliver | None:
        """E-mail drafts for those asked; nothing at all for those who are rung."""
        if way == "phone":
            return lambda _sheets: None
        folder = self._ask_folder()
        if folder is None:
            return None

        def deliver(sheets: list[int]) -> None:
            to = self._addressed(survey, asked, sheets)
            self._write(survey, to, folder, way == "pdf", reminder=False)

        return deliver

    def remind(self, survey: Survey, waiting: Sequence[Waiting]) -> Callable[[], None] | None:
        """Drafts that remind those who have a sheet already."""
        by_mail = [one for one in waiting if one.customer.email and one.way in ("pdf", "email")]
        folder = self._ask_folder() if by_mail else None
        if by_mail and folder is None:
            return None

        def deliver() -> None:
            for way in ("pdf", "email"):
                to = [_address(one.customer, one.sheet_id) for one in by_mail if one.way == way]
                if to and folder is not None:
                    self._write(survey, to, folder, way == "pdf", reminder=True)

        return deliver

    def _addressed(self, survey: Survey, asked: Sequence[Candidate], sheets: list[int]) -> list[mailing.Addressed]:
        """Who gets which sheet; without names any of them, in an order that says nothing."""
        if survey.anonymous:
            left = list(sheets)
            return [_address(one, left.pop(secrets.randbelow(len(left)))) for one in asked]
        whose = {one.customer_id: one.id for one in store.sheets(self._session.file, sheets)}
        return [_address(one, whose[one.id]) for one in asked]

    def _ask_pdf(self, survey: Survey) -> Path | None:
        name = re.sub(r'[\\/:*?"<>|\x00-\x1f]+', " ", f"{survey.name} {self._session.today().isoformat()}")
        proposal = _documents() / f"{' '.join(name.split())}.pdf"
        target = ask.prompts.save_file(self._parent, _("Save the forms"), proposal, _("PDF files (*.pdf)"))
        if target is None or target.suffix.lower() == ".pdf":
            return target
        return target.with_name(target.name + ".pdf")

    def _ask_folder(self) -> Path | None:
        return ask.prompts.choose_folder(self._parent, _("Which folder for the e-mail drafts?"), _documents())

    def _save(self, survey: Survey, sheets: list[int] | None, target: Path) -> None:
        from cvdesk.surveys.report_form import form_pdf

        survey_id, today, paper = survey.id or 0, self._session.today(), self._paper()

        def saved(_paths: object) -> None:
            self._session.say(_("Saved as {path}").format(path=target))

        self._session.write_out(
            lambda file: form_pdf(file, survey_id, sheets, target=target, made=today, paper=paper), saved
        )

    def _print(self, survey: Survey, sheets: list[int] | None) -> None:
        from cvdesk.surveys.report_form import form_pdf

        survey_id, today, paper = survey.id or 0, self._session.today(), self._paper()

        def made(file: Queries) -> tuple[bytes, int]:
            with tempfile.TemporaryDirectory(prefix="cvdesk-") as folder:
                path = Path(folder) / "forms.pdf"
                form_pdf(file, survey_id, sheets, target=path, made=today, paper=paper)
                pdf = path.read_bytes()
            return pdf, len(printing.page_sizes(pdf))

        self._session.ask(made, lambda found: print_pdf(self._session, self._parent, found[0], found[1], paper))

    def _write(
        self, survey: Survey, to: Sequence[mailing.Addressed], folder: Path, form_attached: bool, reminder: bool
    ) -> None:
        survey_id, today, paper = survey.id or 0, self._session.today(), self._paper()

        def work(file: BusinessFile) -> list[Path]:
            return mailing.write_drafts(
                file, survey_id, to, folder, today, form_attached=form_attached, reminder=reminder, paper=paper
            )

        def written(paths: list[Path]) -> None:
            said = ngettext(
                "{count} draft in {folder}. Open it in your mail program and send it.",
                "{count} drafts in {folder}. Open each in your mail program and send it.",
                len(paths),
            )
            self._session.say(said.format(count=whole(len(paths)), folder=folder))

        self._session.write_out(work, written)

    def _paper(self) -> str:
        return usual_paper(catalogue.business(self._session.file).country)


def _address(one: Candidate, sheet_id: int) -> mailing.Addressed:
    return mailing.Addressed(one.name, one.preferred_name, one.email, sheet_id)


def _documents() -> Path:
    return Path(QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation))


__all__ = ["Deliver", "Files"]
