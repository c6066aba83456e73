"""The bytes of a file to import: what it is, whether it can be read as a list, and in which encoding."""

from __future__ import annotations

import codecs
from dataclasses import dataclass
from pathlib import Path

from cvdesk.errors import UserError
from cvdesk.exchange.formats import not_a_list, opened
from cvdesk.wording import _

_CHUNK = 1 << 20
_HEAD = 1 << 16
# Of letters. A line is held in memory, a file is not.
_LARGEST, _LONGEST_LINE = 4 << 30, 32 << 20
_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF32_LE, "utf-32"), (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"),
)  # fmt: skip
# From so many foreign letters on, what language they are of can be told.
_FEW_LETTERS = 8
_OLD_ENCODINGS = (
    "cp1250", "cp1251", "cp1252", "cp1253", "cp1254", "cp437", "cp850", "mac_roman", "koi8_r", "shift_jis", "gb18030",
    "big5", "euc_kr", "euc_jp",
)  # fmt: skip
# Letters and signs that are common in what people of western Europe type, to tell two old encodings apart.
_COMMON = frozenset("áàâãäåæçéèêëíìîïñóòôõöøœúùûüßÁÀÂÄÅÆÇÉÈÊÍÑÓÔÖØÚÜ’‘“”–…£€°·•")


@dataclass(frozen=True, slots=True)
class Source:
    """A file and how its bytes become text; no encoding where it is no text file.

    `odd_quotes`: the quotation marks do not pair up. `unreadable`: how many letters are not valid in the encoding.
    """

    path: Path
    encoding: str = ""
    has_nulls: bool = False
    odd_quotes: bool = False
    ending: str = ""
    unreadable: int = 0

    @property
    def errors(self) -> str:
        """What is done about letters that are not valid in the encoding."""
        return "replace" if self.unreadable else "strict"


def look_at(path: Path, encoding: str = "") -> Source:
    """Finds the encoding of a text file, or takes the one given, and reads it through once. UserError for no text."""
    with opened(path) as handle:
        head = handle.read(_HEAD)
    if encoding:
        return _read_through(path, _known_encoding(encoding))
    guess = _by_first_bytes(head)
    try:
        return _read_through(path, guess)
    except UserError:
        if guess != "utf-8":
            raise
    if broken := _broken_in_places(path):
        return _read_through(path, "utf-8", broken)
    return _read_through(path, _old_encoding(path))


def _broken_in_places(path: Path) -> int:
    """How many letters of UTF-8 are broken, where all but a few are whole; 0 where it is no UTF-8."""
    decoder = codecs.getincrementaldecoder("utf-8")("replace")
    whole = broken = 0
    with opened(path) as handle:
        while chunk := handle.read(_CHUNK):
            text = decoder.decode(chunk)
            lost = text.count("\ufffd")
            broken += lost
            whole += sum(mark > "\x7f" for mark in text) - lost if not text.isascii() else 0
    broken += len(decoder.decode(b"", True))
    return broken if whole >= 10 * broken else 0


def _by_first_bytes(head: bytes) -> str:
    for mark, encoding in _MARKS:
        if head.startswith(mark):
            return encoding
    even, odd = head[:4000:2].count(0), head[1:4000:2].count(0)
    half = min(len(head), 4000) / 2
    if odd > 0.4 * half and even < 0.1 * half:
        return "utf-16-le"
    if even > 0.4 * half and odd < 0.1 * half:
        return "utf-16-be"
    return "utf-8"


def _known_encoding(encoding: str) -> str:
    try:
        b"".decode(encoding)  # refuses what is no encoding of texts, such as zlib
        return codecs.lookup(encoding).name
    except (LookupError, ValueError) as error:
        raise UserError(
            _("There is no encoding called “{encoding}”.").format(encoding=encoding),
            _("Use one such as utf-8, utf-16, cp1252 or mac-roman, or leave it out."),
        ) from error


def _read_through(path: Path, encoding: str, unreadable: int = 0) -> Source:
    """Decodes the whole file once, so that nothing unreadable turns up in the middle of an import."""
    decoder = codecs.getincrementaldecoder(encoding)("replace" if unreadable else "strict")
    nulls = quotes = strange = length = line = 0
    ending = ""
    with opened(path) as handle:
        try:
            while chunk := handle.read(_CHUNK):
                text = decoder.decode(chunk)
                nulls += text.count("\0")
                quotes += text.count('"')
                length += len(text)
                end = max(text.rfind("\n"), text.rfind("\r"))
                line = len(text) - end if end >= 0 else line + len(text)
                if length > _LARGEST or line > _LONGEST_LINE:
                    raise _too_large(path.name)
                strange += _control_marks(text)
                ending = (ending + text)[-_HEAD:] if len(text) < _HEAD else text[-_HEAD:]
            decoder.decode(b"", True)
        except UnicodeError as error:
            raise UserError(
                _("“{name}” cannot be read as {encoding}.").format(name=path.name, encoding=encoding),
                _("Leave the encoding out, or save the file as CSV in UTF-8."),
            ) from error
    if strange + nulls > max(3, 0.02 * length):
        raise not_a_list(path.name)
    return Source(path, encoding, nulls > 0, quotes % 2 == 1, ending, unreadable)


def _too_large(name: str) -> UserError:
    return UserError(
        _("“{name}” is too large to be a list of customers or of what they said.").format(name=name),
        _("Check that it is the right file, or divide it into smaller ones."),
    )


_CONTROL = {code: None for code in range(1, 32) if chr(code) not in "\t\n\r\f\v\x1a\x1c\x1d\x1e\x1f"}


def _control_marks(text: str) -> int:
    if text.isprintable():
        return 0
    head = text[:_HEAD]
    return len(head) - len(head.translate(_CONTROL))


def _old_encoding(path: Path) -> str:
    """The likeliest of the encodings from before Unicode."""
    lines: list[bytes] = []
    with opened(path) as handle:
        for line in handle:
            lines += [line] if not line.isascii() else []
            if sum(map(len, lines)) > _HEAD:
                break
    sample = b"".join(lines)[: 2 * _HEAD]
    scores = {name: _common_share(sample, name) for name in ("cp1252", "mac_roman")}
    best = max(scores, key=lambda name: scores[name])
    if scores[best] >= 0.5 or sum(byte > 0x7F for byte in sample) < _FEW_LETTERS:
        return _fitting(path, best)
    from charset_normalizer import from_bytes

    found = from_bytes(sample, cp_isolation=list(_OLD_ENCODINGS)).best()
    return _fitting(path, found.encoding if found is not None else best)


def _common_share(sample: bytes, encoding: str) -> float:
    text = sample.decode(encoding, "replace")
    foreign = [mark for mark in text if ord(mark) > 127]
    return sum(mark in _COMMON for mark in foreign) / max(1, len(foreign))


def _fitting(path: Path, encoding: str) -> str:
    """This encoding where the whole file is valid in it; latin-1, in which everything is, otherwise."""
    decoder = codecs.getincrementaldecoder(encoding)()
    try:
        with opened(path) as handle:
            while chunk := handle.read(_CHUNK):
                decoder.decode(chunk)
            decoder.decode(b"", True)
    except UnicodeError:
        return "latin-1"
    return encoding
