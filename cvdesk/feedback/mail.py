"""A saved e-mail (.eml) taken apart: who wrote, when, the subject, the text. Whatever the file holds, nothing raises
but UserError, and nothing in it is run, fetched or read as markup."""

from __future__ import annotations

import binascii
import codecs
import re
from dataclasses import dataclass
from datetime import date
from email import message_from_bytes
from email.errors import HeaderParseError
from email.header import decode_header, make_header
from email.message import Message
from email.utils import parseaddr, parsedate_to_datetime
from html.parser import HTMLParser

from cvdesk.errors import UserError
from cvdesk.wording import _

_UNSEEN = frozenset({"script", "style", "head", "title", "template", "noscript"})
_BREAKS = frozenset(
    {"br", "p", "div", "tr", "li", "h1", "h2", "h3", "h4", "h5", "h6", "blockquote", "table", "ul", "ol"}
)
_DEEPEST = 50  # parts inside parts; nobody's mail program writes more


@dataclass(frozen=True, slots=True)
class Email:
    """What a saved e-mail says. Texts are as they were written; empty where there is none."""

    name: str
    address: str
    date: date | None
    subject: str
    text: str
    message_id: str


def read_email(data: bytes) -> Email:
    """Takes a saved e-mail apart. UserError for what is none."""
    try:
        message = message_from_bytes(data)
        text = _text(message)
    except RecursionError as error:
        raise _no_email() from error
    name, address = parseaddr(_header(message, "From"))
    found = Email(
        " ".join(name.split()),
        address.strip() if "@" in address else "",
        _day(_header(message, "Date")),
        " ".join(_header(message, "Subject").split()),
        text,
        _header(message, "Message-ID").strip(),
    )
    if not (message.keys() and (found.address or found.subject or found.date or found.message_id)):
        raise _no_email()
    return found


def _no_email() -> UserError:
    return UserError(
        _("This is no e-mail that can be read."),
        _("Save it again from your mail program as an .eml file, or paste its text into the line."),
    )


def _header(message: Message[str, str], name: str) -> str:
    """A header as text, also where it breaks the rules."""
    raw = next((str(value) for key, value in message.raw_items() if key.lower() == name.lower()), "")
    raw = _without_surrogates(raw)
    try:
        text = str(make_header(decode_header(raw)))
    except (LookupError, UnicodeError, HeaderParseError, binascii.Error, ValueError):
        text = raw
    return _clean(_without_surrogates(text))


def _without_surrogates(text: str) -> str:
    """Bytes that no charset was named for are mostly UTF-8."""
    return text.encode("utf-8", "surrogateescape").decode("utf-8", "replace") if _has_surrogates(text) else text


def _has_surrogates(text: str) -> bool:
    return any("\ud800" <= mark <= "\udfff" for mark in text)


def _day(text: str) -> date | None:
    """The day as the sender's clock had it."""
    try:
        return parsedate_to_datetime(text).date()
    except (ValueError, TypeError, IndexError, OverflowError):
        return None


def _text(message: Message[str, str]) -> str:
    """The plain-text parts; where there are none the words of the HTML ones."""
    plain: list[str] = []
    rich: list[str] = []
    for part in _leaves(message, 0):
        if part.get_content_disposition() == "attachment":
            continue
        if part.get_content_type() == "text/plain":
            plain.append(_decoded(part))
        elif part.get_content_type() == "text/html":
            rich.append(words_of_html(_decoded(part)))
    some = [text for text in plain if text.strip()] or rich
    return _clean("\n".join(some)).strip()


def _leaves(message: Message[str, str], depth: int) -> list[Message[str, str]]:
    """The parts that hold something themselves. An e-mail inside the e-mail is not what was written."""
    inside = message.get_payload()
    if not isinstance(inside, list):
        return [message]
    if depth > _DEEPEST or message.get_content_maintype() == "message":
        return []
    return [leaf for part in inside if isinstance(part, Message) for leaf in _leaves(part, depth + 1)]


def _decoded(part: Message[str, str]) -> str:
    data = part.get_payload(decode=True)
    if not isinstance(data, bytes):
        return ""
    named = part.get_content_charset() or "utf-8"
    for charset in (named, "utf-8"):
        try:
            if codecs.lookup(charset)._is_text_encoding:
                return data.decode(charset)
        except (LookupError, UnicodeError, ValueError):
            continue
    return data.decode("cp1252", "replace")


def _clean(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n").replace("\x00", "")


def _whole(text: str | None, otherwise: int) -> int:
    """A number of a list as it was written; `otherwise` where there is none."""
    text = (text or "").strip()
    return int(text) if text.isascii() and text.isdigit() and len(text) < 5 else otherwise


class _Words(HTMLParser):
    """Collects what a person would read of a page, and nothing else."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.pieces: list[str] = []
        self._unseen = 0
        self._as_typed = 0
        self._lists: list[int | None] = []  # the next number of each open list, None in one without numbers

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _UNSEEN:
            self._unseen += 1
        elif tag in _BREAKS:
            self.pieces.append("\n")
        if tag == "pre":
            self._as_typed += 1
            self.pieces.append("\n")
        elif tag in ("ol", "ul"):
            self._lists.append(_whole(dict(attrs).get("start"), 1) if tag == "ol" else None)
        elif tag == "li" and self._lists and self._lists[-1] is not None and not self._unseen:
            number = _whole(dict(attrs).get("value"), self._lists[-1])
            self._lists[-1] = number + 1
            self.pieces.append(f"{number}. ")

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _BREAKS:
            self.pieces.append("\n")

    def handle_endtag(self, tag: str) -> None:
        if tag in _UNSEEN:
            self._unseen = max(self._unseen - 1, 0)
        elif tag in _BREAKS and tag != "br":
            self.pieces.append("\n")
        if tag == "pre":
            self._as_typed = max(self._as_typed - 1, 0)
            self.pieces.append("\n")
        elif tag in ("ol", "ul") and self._lists:
            self._lists.pop()

    def handle_data(self, data: str) -> None:
        if not self._unseen:
            self.pieces.append(data if self._as_typed else re.sub(r"\s+", " ", data))


def words_of_html(text: str) -> str:
    """The words of a page without its markup. What breaks off in the middle gives what came before."""
    reader = _Words()
    try:
        reader.feed(text)
        reader.close()
    except AssertionError:  # how the reader says that a declaration makes no sense
        reader.pieces.append("")
    lines = ["".join(line).strip() for line in "".join(reader.pieces).split("\n")]
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()
