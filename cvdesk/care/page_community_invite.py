"""Invitations in writing: letters in one PDF, or a draft for each e-mail in a folder. Nothing is sent from here."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from PySide6.QtCore import QStandardPaths

from cvdesk.care import store_invitations as store
from cvdesk.care.form_community import InviteForm
from cvdesk.care.page_community_room import Room
from cvdesk.care.records_community import Gathering
from cvdesk.catalogue.store_letterhead import letterhead
from cvdesk.db import BusinessFile, Operation, Queries
from cvdesk.kit import ask, mail
from cvdesk.wording import _, ngettext
from cvdesk.wording.numbers import whole


def write_invitations(room: Room, kept: Gathering) -> None:
    """The form with the text; says so where nobody is left to write to."""
    session, gathering_id = room.session, kept.id or 0
    people = store.to_write(session.file, gathering_id)
    if not people:
        session.say(_("Nobody who is invited and may be written to is left without an answer."))
        return
    text = store.usual_text(session.file, gathering_id)
    form = InviteForm(room.theme, text, len(people), sum(bool(one.email) for one in people))

    def save() -> tuple[str, Callable[[Operation], Any]] | None:
        text = form.text.toPlainText()
        made = _drafts(room, gathering_id, text) if form.way.currentData() == "mail" else _letters(room, kept, text)
        if made:
            room.leave_form()
        return None

    room.open_form(_("Invitations"), form, save)


def _letters(room: Room, kept: Gathering, text: str) -> bool:
    from cvdesk.care import report_letters

    today, paper = room.session.today(), room.paper()

    def write(file: Queries, path: Path) -> None:
        messages = store.invitations(file, kept.id or 0, text)
        report_letters.save(messages, letterhead(file), today, path, paper)

    return room.save_as(_("Save the invitations"), kept.name, ".pdf", _("PDF files (*.pdf)"), write)


def _drafts(room: Room, gathering_id: int, text: str) -> bool:
    documents = Path(QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation))
    folder = ask.prompts.choose_folder(room, _("Which folder for the e-mail drafts?"), documents)
    if folder is None:
        return False

    def work(file: BusinessFile) -> int:
        written = 0
        for one in store.invitations(file, gathering_id, text):
            if one.person.email:
                made = mail.message(one.person.name, one.person.email, one.subject, one.body)
                mail.save_eml(folder, made, one.person.name)
                written += 1
        return written

    def done(count: int) -> None:
        said = ngettext(
            "{count} draft in {folder}. Open it in your mail program and send it.",
            "{count} drafts in {folder}. Open each in your mail program and send it.",
            count,
        )
        room.session.say(said.format(count=whole(count), folder=folder))

    room.session.write_out(work, done)
    return True


__all__ = ["write_invitations"]
