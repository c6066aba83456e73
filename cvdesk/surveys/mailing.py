"""E-mail drafts for those who are asked: one file a customer, which the owner's mail program opens and sends."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from email.message import EmailMessage
from email.policy import SMTP, SMTPUTF8
from pathlib import Path
from tempfile import TemporaryDirectory

from cvdesk.catalogue import store as catalogue
from cvdesk.db import Queries
from cvdesk.errors import UserError
from cvdesk.surveys import store
from cvdesk.surveys.records import Survey
from cvdesk.wording import _

_NOT_IN_NAMES = re.compile(r'[<>:"/\\|?*\x00-\x1f]+')
_LONGEST_NAME = 60
_MOST_ALIKE = 1000


@dataclass(frozen=True, slots=True)
class Addressed:
    """Who gets which sheet."""

    name: str
    preferred_name: str
    email: str
    sheet_id: int

    @property
    def called(self) -> str:
        """The name in the greeting."""
        return self.preferred_name or self.name


def write_drafts(
    db: Queries,
    survey_id: int,
    to: Sequence[Addressed],
    folder: Path,
    made: date,
    *,
    form_attached: bool,
    reminder: bool = False,
    paper: str = "a4",
) -> list[Path]:
    """Writes a draft for each into a folder; gives the files. With the fillable form attached, or the questions in it.

    UserError where a file cannot be written.
    """
    survey = store.get(db, survey_id)
    written = []
    for place, one in enumerate(to, start=1):
        message = _message(db, survey, one, made, form_attached, reminder, paper)
        path = _free(folder, _file_name(place, one.name))
        _write(path, message.as_bytes(policy=SMTP if one.email.isascii() else SMTPUTF8))
        written.append(path)
    return written


def _message(
    db: Queries, survey: Survey, to: Addressed, made: date, form_attached: bool, reminder: bool, paper: str
) -> EmailMessage:
    business = catalogue.business(db).name
    if form_attached:
        subject, body = covering(survey, business, to.called)
    else:
        subject, body = with_questions(db, survey, business, to)
    if reminder:
        subject = _("A reminder: {subject}").format(subject=subject)
        body = _reminded(body)
    message = EmailMessage(policy=SMTP)
    message["To"] = _to(to)
    message["Subject"] = _one_line(subject)
    message["X-Unsent"] = "1"  # a draft to be sent, not one that was received
    message.set_content(body)
    if form_attached:
        data = _form(db, survey.id or 0, to.sheet_id, made, paper)
        message.add_attachment(data, maintype="application", subtype="pdf", filename=_("Questions.pdf"))
    return message


def _to(to: Addressed) -> str:
    """The address as a header takes it: a name in quotes, and no end of line that would begin another header."""
    name = _one_line(to.name).replace("\\", "\\\\").replace('"', '\\"')
    address = re.sub(r"[\s<>,;]", "", _one_line(to.email))
    return f'"{name}" <{address}>'


def _one_line(text: str) -> str:
    """Without ends of lines and signs that are none; they would begin another header."""
    return " ".join("".join(sign if sign.isprintable() else " " for sign in text).split())


def covering(survey: Survey, business: str, called: str) -> tuple[str, str]:
    """Subject and text of the e-mail a form to fill in is attached to."""
    lines = [
        _("Dear {name},").format(name=called),
        survey.greeting.strip() or _("we should like to know what you think of us."),
        _("The questions are in the attached form: fill it in, save it, and send it back as an answer to this e-mail."),
        survey.thanks.strip() or _("Thank you."),
        business,
    ]
    return _("A few questions from {business}").format(business=business), "\n\n".join(lines) + "\n"


def with_questions(db: Queries, survey: Survey, business: str, to: Addressed) -> tuple[str, str]:
    """Subject and text of an e-mail that is answered by replying."""
    from cvdesk.surveys.records_items import items
    from cvdesk.surveys.records_mail import mail_text

    sheet = store.sheet(db, to.sheet_id)
    offer = db.value("SELECT name FROM offerings WHERE id = ?", (survey.offering_id,)) or ""
    asked = items(store.questions(db, survey, sheet), catalogue.factors(db), business, offer)
    return mail_text(survey, asked, sheet.code, business, to.called)


def _reminded(body: str) -> str:
    said = _("We asked you some days ago. If you find a minute, your answer still helps us; this is the only reminder.")
    first, _gap, rest = body.partition("\n\n")
    return f"{first}\n\n{said}\n\n{rest}"


def _form(db: Queries, survey_id: int, sheet_id: int, made: date, paper: str) -> bytes:
    from cvdesk.surveys.report_form import form_pdf

    with TemporaryDirectory(prefix="cvdesk-") as folder:
        target = Path(folder) / "form.pdf"
        form_pdf(db, survey_id, [sheet_id], target=target, made=made, fillable=True, paper=paper)
        return target.read_bytes()


def _file_name(place: int, name: str) -> str:
    """A number and the customer's name, as every system takes it."""
    plain = " ".join(_NOT_IN_NAMES.sub(" ", name).split())[:_LONGEST_NAME].strip(" .")
    return f"{place:03} {plain}" if plain else f"{place:03}"


def _free(folder: Path, name: str) -> Path:
    """A file of this name, or with a number behind it where there is one: drafts of another round stay."""
    names = (f"{name}.eml", *(f"{name} ({again}).eml" for again in range(2, _MOST_ALIKE)))
    return next((path for one in names if not (path := folder / one).exists()), folder / names[-1])


def _write(path: Path, data: bytes) -> None:
    try:
        path.write_bytes(data)
    except OSError as error:
        raise UserError(
            _("{path} could not be written.").format(path=path), _("Choose another folder, and look for free space.")
        ) from error
