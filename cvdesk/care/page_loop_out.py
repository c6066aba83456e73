"""What becomes of those ticked: a call list, letters, e-mail drafts. Who may be written to is asked again each time."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QStandardPaths

from cvdesk.care.letters import Message, message
from cvdesk.care.records_loop import Circle, Person
from cvdesk.care.store_loop_circle import still_allowed
from cvdesk.catalogue import store as catalogue
from cvdesk.catalogue.records import Business, Letterhead
from cvdesk.catalogue.store_letterhead import letterhead
from cvdesk.db import BusinessFile, Queries
from cvdesk.errors import UserError
from cvdesk.kit import ask, crash, mail
from cvdesk.kit.print_pdf import print_pdf, usual_paper
from cvdesk.kit.session import Session
from cvdesk.wording import _, ngettext
from cvdesk.wording.numbers import whole

if TYPE_CHECKING:
    from cvdesk.care.page_loop_circle import CircleCard

MakePdf = Callable[[list[Person], Letterhead, str], bytes]


class Out:
    """Asks where to first, then writes beside the window."""

    def __init__(self, session: Session, card: CircleCard) -> None:
        self._session, self._card = session, card

    def calls(self, to_printer: bool) -> None:
        """The call list of those ticked."""
        from cvdesk.care import report_calls

        found, today = self._card.found, self._session.today()
        if found is not None:

            def made(people: list[Person], paper_of: Letterhead, paper: str) -> bytes:
                return report_calls.as_bytes(found, people, paper_of, today, paper)

            self._pdf(made, _("Call list"), to_printer)

    def letters(self, to_printer: bool) -> None:
        """The letters of those ticked, one page or more each."""
        from cvdesk.care import report_letters

        found, today, texts = self._card.found, self._session.today(), self._texts()
        if found is not None:

            def made(people: list[Person], paper_of: Letterhead, paper: str) -> bytes:
                messages = _messages(found, people, paper_of.business, texts)
                return report_letters.as_bytes(messages, paper_of, today, paper)

            self._pdf(made, _("Letters"), to_printer)

    def drafts(self) -> None:
        """An e-mail draft for each of those ticked who has an address, as files in a folder."""
        found, texts = self._card.found, self._texts()
        people = [one for one in self._card.people() if one.email]
        folder = ask.prompts.choose_folder(self._card, _("Which folder for the e-mail drafts?"), _documents())
        if found is None or folder is None:
            return
        self._begin(len(people))

        def work(file: BusinessFile) -> int:
            allowed = still_allowed(file, people)
            if not allowed:
                raise UserError(_("There is nobody to write to."), _("Tick whom to write to first."))
            for one in _messages(found, allowed, catalogue.business(file), texts):
                made = mail.message(one.person.name, one.person.email, one.subject, one.body)
                mail.save_eml(folder, made, one.person.name)
            return len(allowed)

        def written(count: int) -> None:
            said = ngettext(
                "{count} draft in {folder}. Open it in your mail program and send it.",
                "{count} drafts in {folder}. Open each in your mail program and send it.", count,
            )  # fmt: skip
            self._end(said.format(count=whole(count), folder=folder))

        self._session.write_out(work, written, self._failed)

    def open_draft(self, one: Person) -> bool:
        """Opens a draft for one customer in the mail program; says so where there is none, or where they may not be."""
        found = self._card.found
        if found is None:
            return False
        if not still_allowed(self._session.file, [one]):
            self._session.say(_("{name} is not to be written to.").format(name=one.name))
            return False
        text, subject = self._texts()
        made = message(text, subject, found, one, catalogue.business(self._session.file).name)
        if mail.open_draft(one.email, made.subject, made.body, one.name):
            self._session.say(_("A draft for {name} is open in your mail program.").format(name=one.name))
            return True
        self._session.say(_("No mail program took the draft. Save the drafts as files instead."))
        return False

    def _pdf(self, make: MakePdf, name: str, to_printer: bool) -> None:
        people = self._card.people()
        paper = usual_paper(catalogue.business(self._session.file).country)

        def made(file: Queries) -> bytes:
            return make(still_allowed(file, people), letterhead(file), paper)

        if to_printer:
            self._begin(len(people))
            self._session.ask(made, partial(self._print, paper), self._failed)
            return
        proposal = _documents() / f"{name} {self._session.today().isoformat()}.pdf"
        target = ask.prompts.save_file(self._card, _("Save as PDF"), proposal, _("PDF files (*.pdf)"))
        if target is None:
            return
        path = target if target.suffix.lower() == ".pdf" else target.with_name(f"{target.name}.pdf")
        self._begin(len(people))
        self._session.write_out(
            partial(_save, made, path), lambda _path: self._end(_("Saved as {path}").format(path=path)), self._failed
        )

    def _print(self, paper: str, pdf: bytes) -> None:
        from cvdesk.kit.printing import page_sizes

        self._end("")
        print_pdf(self._session, self._card, pdf, len(page_sizes(pdf)), paper)

    def _texts(self) -> tuple[str, str]:
        self._card.text.keep()
        return self._card.text.texts()

    def _begin(self, count: int) -> None:
        said = ngettext("Writing for {count} customer…", "Writing for {count} customers…", count)
        self._card.chosen.setText(said.format(count=whole(count)))
        for made in (self._card.calls, self._card.letters, self._card.drafts):
            made.setEnabled(False)

    def _end(self, said: str) -> None:
        self._card.ticks_changed()
        if said:
            self._session.say(said)

    def _failed(self, error: Exception) -> None:
        self._card.ticks_changed()
        crash.report(error)


def _messages(found: Circle, people: Sequence[Person], business: Business, texts: tuple[str, str]) -> list[Message]:
    text, subject = texts
    return [message(text, subject, found, one, business.name) for one in people]


def _save(made: Callable[[Queries], bytes], path: Path, file: BusinessFile) -> Path:
    from cvdesk.db.writing import refuse_database, save_bytes

    refuse_database(path)
    save_bytes(path, made(file))
    return path


def _documents() -> Path:
    return Path(QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation))
