"""The bytes of a file to import: what it is, whether it can be read as a list, and in which encoding."""

from __future__ import annotations

import codecs
from dataclasses import dataclass
from pathlib import Path

from cvdesk.errors import UserError
from cvdesk.wording import _

_CHUNK = 1 << 20
_HEAD = 1 << 16
_SAVE_AS_CSV = (
    (b"PK\x03\x04", "zip"),
    (b"\xd0\xcf\x11\xe0", "office"),
    (b"SQLite format 3\x00", "database"),
    (b"%PDF", "pdf"),
    (b"\x1f\x8b", "zip"),
    (b"\x89PNG", "picture"),
    (b"\xff\xd8\xff", "picture"),
    (b"GIF8", "picture"),
    (b"7z\xbc\xaf", "zip"),
)
_SPREADSHEETS = {".xlsx", ".xls", ".xlsm", ".xlsb", ".ods", ".numbers"}
_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF32_LE, "utf-32"), (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"),
)  # fmt: skip
# Letters and signs that are common in what people of western Europe type, to tell two old encodings apart.
_COMMON = frozenset("áàâãäåæçéèêëíìîïñóòôõöøœúùûüßÁÀÂÄÅÆÇÉÈÊÍÑÓÔÖØÚÜ’‘“”–…£€°·•")


@dataclass(frozen=True, slots=True)
class Source:
    """A text file and how its bytes are read. `odd_quotes`: the quotation marks do not pair up."""

    path: Path
    encoding: str
    has_nulls: bool
    odd_quotes: bool
    ending: str


def look_at(path: Path, encoding: str = "") -> Source:
    """Finds the encoding, or takes the one given, and reads the file through once. UserError for what is no text."""
    try:
        with path.open("rb") as handle:
            head = handle.read(_HEAD)
    except FileNotFoundError as error:
        raise UserError(_("There is no file “{path}”.").format(path=path), _("Check the name.")) from error
    except OSError as error:
        raise UserError(
            _("“{name}” could not be read.").format(name=path.name),
            _("Check that it is a file and that you may open it."),
        ) from error
    _refuse_other_kinds(path, head)
    if encoding:
        return _read_through(path, _known_encoding(encoding))
    guess = _by_first_bytes(head)
    try:
        return _read_through(path, guess)
    except UserError:
        if guess != "utf-8":
            raise
    return _read_through(path, _old_encoding(path))


def _refuse_other_kinds(path: Path, head: bytes) -> None:
    name = path.name
    if not head.strip(b"\x00\xef\xbb\xbf\xff\xfe \t\r\n"):
        raise UserError(_("“{name}” is empty.").format(name=name), _("Choose a file with rows in it."))
    kind = next((kind for magic, kind in _SAVE_AS_CSV if head.startswith(magic)), "")
    if kind in ("zip", "office") and (path.suffix.lower() in _SPREADSHEETS or b"xl/" in head or kind == "office"):
        raise UserError(
            _("“{name}” is a spreadsheet, which cannot be brought in directly yet.").format(name=name),
            _("Open it in your spreadsheet program, choose “Save as”, take CSV, and import that file."),
        )
    if kind:
        raise UserError(
            _("“{name}” is not a list of rows and columns.").format(name=name),
            _("Export the list as CSV from the program it comes from, and import that file."),
        )
    start = head.lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if start.startswith((b"<!doctype", b"<html", b"<?xml", b"[{", b"[\n", b"{\n", b'{"', b"begin:vcard")):
        raise UserError(
            _("“{name}” is a web page or a data file, not a list of rows and columns.").format(name=name),
            _("Save the list as CSV, and import that file."),
        )


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
        return codecs.lookup(encoding).name
    except LookupError as error:
        raise UserError(
            _("There is no encoding called “{encoding}”.").format(encoding=encoding),
            _("Use one such as utf-8, utf-16, cp1252 or mac-roman, or leave it out."),
        ) from error


def _read_through(path: Path, encoding: str) -> Source:
    """Decodes the whole file once, so that nothing unreadable turns up in the middle of an import."""
    decoder = codecs.getincrementaldecoder(encoding)()
    nulls = quotes = strange = length = 0
    ending = ""
    with path.open("rb") as handle:
        try:
            while chunk := handle.read(_CHUNK):
                text = decoder.decode(chunk)
                nulls += text.count("\0")
                quotes += text.count('"')
                length += len(text)
                strange += _control_marks(text)
                ending = (ending + text)[-_HEAD:] if len(text) < _HEAD else text[-_HEAD:]
            decoder.decode(b"", True)
        except UnicodeError as error:
            raise UserError(
                _("“{name}” cannot be read as {encoding}.").format(name=path.name, encoding=encoding),
                _("Leave the encoding out, or save the file as CSV in UTF-8."),
            ) from error
    if strange + nulls > max(3, 0.02 * length):
        raise UserError(
            _("“{name}” is not a text file.").format(name=path.name),
            _("Export the list as CSV from the program it comes from, and import that file."),
        )
    return Source(path, encoding, nulls > 0, quotes % 2 == 1, ending)


_CONTROL = {code: None for code in range(1, 32) if chr(code) not in "\t\n\r\f\v\x1a\x1c\x1d\x1e\x1f"}


def _control_marks(text: str) -> int:
    if text.isprintable():
        return 0
    head = text[:_HEAD]
    return len(head) - len(head.translate(_CONTROL))


def _old_encoding(path: Path) -> str:
    """The likeliest of the encodings from before Unicode."""
    lines: list[bytes] = []
    with path.open("rb") as handle:
        for line in handle:
            lines += [line] if not line.isascii() else []
            if sum(map(len, lines)) > _HEAD:
                break
    sample = b"".join(lines)[: 2 * _HEAD]
    scores = {name: _common_share(sample, name) for name in ("cp1252", "mac_roman")}
    best = max(scores, key=lambda name: scores[name])
    if scores[best] >= 0.5:
        return _fitting(path, best)
    from charset_normalizer import from_bytes

    others = [
        "cp1250",
        "cp1251",
        "cp1252",
        "cp1253",
        "cp1254",
        "cp437",
        "cp850",
        "mac_roman",
        "koi8_r",
        "shift_jis",
        "gb18030",
        "big5",
        "euc_kr",
        "euc_jp",
    ]
    found = from_bytes(sample, cp_isolation=others).best()
    return _fitting(path, found.encoding if found is not None else best)


def _common_share(sample: bytes, encoding: str) -> float:
    text = sample.decode(encoding, "replace")
    foreign = [mark for mark in text if ord(mark) > 127]
    return sum(mark in _COMMON for mark in foreign) / max(1, len(foreign))


def _fitting(path: Path, encoding: str) -> str:
    """This encoding where the whole file is valid in it; latin-1, in which everything is, otherwise."""
    decoder = codecs.getincrementaldecoder(encoding)()
    try:
        with path.open("rb") as handle:
            while chunk := handle.read(_CHUNK):
                decoder.decode(chunk)
            decoder.decode(b"", True)
    except UnicodeError:
        return "latin-1"
    return encoding
