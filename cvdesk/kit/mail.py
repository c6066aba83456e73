"""E-mails as drafts: opened in the person's own mail program, or written as files. Nothing is ever sent from here."""

from __future__ import annotations

import atexit
import re
from collections.abc import Callable, Sequence
from email.message import EmailMessage
from email.policy import SMTP, SMTPUTF8
from pathlib import Path
from tempfile import TemporaryDirectory
from urllib.parse import quote

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices

from cvdesk.db.writing import save_bytes
from cvdesk.errors import UserError
from cvdesk.wording import _

LONGEST_LINK = 1900  # octets; some systems cut links that are longer, and with them the text
_NOT_IN_NAMES = re.compile(r'[<>:"/\\|?*\x00-\x1f]+')
_NOT_IN_ADDRESSES = re.compile(r"[\s<>,;\"()\x00-\x1f]")
_LONGEST_NAME = 60
_MOST_ALIKE = 1000
_folders: list[TemporaryDirectory[str]] = []


class Desktop:
    """What opens links and files; tests put a fake in place of `desktop`."""

    open: Callable[[QUrl], bool] = staticmethod(QDesktopServices.openUrl)


desktop = Desktop()


def mailto(to: str, subject: str, body: str) -> str:
    """A link that opens a draft, with everything in it percent-encoded (RFC 6068)."""
    text = "\r\n".join(body.splitlines())
    return (
        f"mailto:{quote(address(to), safe='@')}?subject={quote(one_line(subject), safe='')}&body={quote(text, safe='')}"
    )


def open_draft(to: str, subject: str, body: str, name: str = "") -> bool:
    """Opens a draft in the mail program; a long one as a file. False where no program takes it."""
    link = mailto(to, subject, body)
    if len(link) <= LONGEST_LINK:
        return bool(desktop.open(QUrl.fromEncoded(link.encode("ascii"))))
    path = save_eml(_temporary(), message(name, to, subject, body), name)
    return bool(desktop.open(QUrl.fromLocalFile(str(path))))


def draft_file(subject: str, body: str, attachments: Sequence[tuple[str, bytes]]) -> Path:
    """Writes a draft to nobody yet, with attachments, where the mail program can open it until the window closes."""
    return save_eml(_temporary(), message("", "", subject, body, attachments), subject)


def message(name: str, to: str, subject: str, body: str, attachments: Sequence[tuple[str, bytes]] = ()) -> EmailMessage:
    """A draft of one e-mail; `attachments`: name and content of PDFs and ZIPs. No name or subject begins a header."""
    shown = one_line(name).replace("\\", "\\\\").replace('"', '\\"')
    made = EmailMessage(policy=SMTP)
    if shown or to:
        made["To"] = f'"{shown}" <{address(to)}>' if shown else address(to)
    made["Subject"] = one_line(subject)
    made["X-Unsent"] = "1"  # a draft to be sent, not one that was received
    made.set_content("\n".join(body.splitlines()) + "\n")
    for called, data in attachments:
        kind = "zip" if called.lower().endswith(".zip") else "pdf"
        made.add_attachment(data, maintype="application", subtype=kind, filename=one_line(called))
    return made


def save_eml(folder: Path, made: EmailMessage, name: str) -> Path:
    """Writes a draft into a folder under a customer's name, beside what is there; gives the file. UserError."""
    plain = " ".join(_NOT_IN_NAMES.sub(" ", name).split())[:_LONGEST_NAME].strip(" .") or _("Draft")
    names = (f"{plain}.eml", *(f"{plain} ({again}).eml" for again in range(2, _MOST_ALIKE)))
    path = next((found for one in names if not (found := folder / one).exists()), None)
    if path is None:
        raise UserError(_("There are too many drafts in {folder}.").format(folder=folder), _("Choose another folder."))
    to = str(made["To"] or "").rpartition("<")[2]  # names are encoded; an address beyond ASCII needs the newer standard
    save_bytes(path, made.as_bytes(policy=SMTP if to.isascii() else SMTPUTF8))
    return path


def one_line(text: str) -> str:
    """Without ends of lines, signs that are none, and encoded words that may hold them; they would begin a header."""
    return " ".join("".join(sign if sign.isprintable() else " " for sign in text).replace("=?", "= ?").split())


def address(to: str) -> str:
    """An address without what would make it two."""
    found = _NOT_IN_ADDRESSES.sub("", one_line(to))
    return found.replace("?", "") if "=?" in found else found  # an encoded word: it would be read as what it stands for


def _temporary() -> Path:
    """A folder of this run, for the mail program to read from; gone when the window closes."""
    if not _folders:
        _folders.append(TemporaryDirectory(prefix="cvdesk-"))
        atexit.register(_folders[0].cleanup)
    return Path(_folders[0].name)
