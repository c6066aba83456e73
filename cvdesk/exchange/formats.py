"""What kind of file somebody wants to import, told from its first bytes, and its bytes with gzip taken off."""

from __future__ import annotations

import gzip
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, cast

from cvdesk.errors import UserError
from cvdesk.wording import _

_HEAD = 1 << 16
_GZIP, _ZIP, _OFFICE = b"\x1f\x8b", b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_NO_LISTS = (
    b"SQLite format 3\x00", b"%PDF", b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"7z\xbc\xaf", b"Rar!", b"BZh",
    b"\xfd7zXZ\x00", b"PK\x05\x06", b"PAR1", b"\x28\xb5\x2f\xfd",
)  # fmt: skip
# A stream of an old Office file that makes it a workbook; a text document has others.
_BOOK_STREAMS = ("Workbook".encode("utf-16-le"), "Book".encode("utf-16-le"))
_ENCRYPTED_STREAM = "EncryptedPackage".encode("utf-16-le")
# Workbooks from before there were several sheets: a first record of this kind and length.
_OLD_BOOKS = (b"\x09\x00\x04\x00", b"\x09\x02\x06\x00", b"\x09\x04\x06\x00", b"\x09\x08\x08\x00", b"\x09\x08\x10\x00")
_BOM = b"\xef\xbb\xbf"
# What a damaged zip makes Python's reader raise.
DAMAGED_ZIP = (
    zipfile.BadZipFile, OSError, KeyError, RuntimeError, NotImplementedError, EOFError, ValueError, zlib.error,
)  # fmt: skip
TEXT, WORKBOOK, CARDS, RECORDS = "text", "workbook", "cards", "records"


def format_of(path: Path) -> str:
    """text, workbook, cards (vCard) or records (JSON). UserError for a file that is missing, empty or none of these."""
    try:
        with path.open("rb") as handle:
            head = handle.read(_HEAD)
        if head.startswith(_GZIP):
            with opened(path) as handle:
                head = handle.read(_HEAD)
            if head.startswith((_ZIP, _OFFICE)):
                raise _packed(path.name)
    except FileNotFoundError as error:
        raise UserError(_("There is no file “{path}”.").format(path=path), _("Check the name.")) from error
    except OSError as error:
        raise UserError(
            _("“{name}” could not be read.").format(name=path.name),
            _("Check that it is a file and that you may open it."),
        ) from error
    return _by_content(path, head)


def _by_content(path: Path, head: bytes) -> str:
    name = path.name
    if not head.strip(b"\x00\xef\xbb\xbf\xff\xfe \t\r\n"):
        raise UserError(_("“{name}” is empty.").format(name=name), _("Choose a file with rows in it."))
    if head.startswith(_ZIP):
        return _in_zip(path)
    if head.startswith(_OFFICE):
        return _in_office(path)
    if head.startswith(_OLD_BOOKS):
        raise _too_old(name)
    if head.startswith(_NO_LISTS):
        raise not_a_list(name)
    start = _as_ascii(head).lstrip(b" \t\r\n").lower()
    if start.startswith((b"<!doctype", b"<html", b"<table", b"<?xml", b"<svg", b"{\\rtf")):
        raise UserError(
            _("“{name}” is a web page or a document, not a list of rows and columns.").format(name=name),
            _("Open it in your spreadsheet program, save it as XLSX or CSV, and import that file."),
        )
    if start.startswith(b"begin:vcard"):
        return CARDS
    return RECORDS if _is_json(path, start) else TEXT


def _as_ascii(head: bytes) -> bytes:
    """The first letters, whether each takes one byte or two."""
    plain = head.removeprefix(_BOM)
    if plain[:2] in (b"\xff\xfe", b"\xfe\xff"):
        plain = plain[2:]
    return plain.replace(b"\0", b"") if b"\0" in plain[:4] else plain


def _is_json(path: Path, start: bytes) -> bool:
    if start[:1] not in (b"[", b"{"):
        return False
    suffixes = {suffix.lower() for suffix in path.suffixes}
    if suffixes & {".json", ".jsonl", ".ndjson", ".geojson"}:
        return True
    inside = start[1:].lstrip()
    return inside[:1] in ((b"{", b"[", b"]") if start[:1] == b"[" else (b'"', b"}"))


def _in_zip(path: Path) -> str:
    try:
        with zipfile.ZipFile(path) as archive:
            names = archive.namelist()
            kind = archive.read("mimetype")[:80] if "mimetype" in names else b""
            parts = archive.read("[Content_Types].xml") if "[Content_Types].xml" in names else b""
    except DAMAGED_ZIP as error:
        raise damaged(path.name) from error
    if kind.startswith(b"application/vnd.oasis.opendocument.spreadsheet"):
        return WORKBOOK
    if b"spreadsheetml" in parts or b"ms-excel" in parts:
        return WORKBOOK
    if path.suffix.lower() == ".numbers":
        raise UserError(
            _("“{name}” is a Numbers document.").format(name=path.name),
            _("Open it in Numbers, choose “Export to”, take Excel or CSV, and import that file."),
        )
    if path.suffix.lower() == ".zip":
        raise _packed(path.name)
    raise not_a_list(path.name)


def _in_office(path: Path) -> str:
    """An old workbook; a protected one is wrapped in the same way as old text documents are."""
    found = dict.fromkeys((*_BOOK_STREAMS, _ENCRYPTED_STREAM), False)
    tail = b""
    with path.open("rb") as handle:
        while chunk := handle.read(1 << 20):
            for stream in found:
                found[stream] = found[stream] or stream in tail + chunk
            tail = chunk[-64:]
    if found[_ENCRYPTED_STREAM]:
        raise protected(path.name)
    if any(found[stream] for stream in _BOOK_STREAMS):
        return WORKBOOK
    raise not_a_list(path.name)


def _packed(name: str) -> UserError:
    return UserError(_("“{name}” is packed.").format(name=name), _("Unpack it, and import the list that is in it."))


def protected(name: str) -> UserError:
    """A workbook nobody can read without its password."""
    return UserError(
        _("“{name}” is protected with a password.").format(name=name),
        _("Open it in your spreadsheet program, save it without a password, and import that file."),
    )


def damaged(name: str) -> UserError:
    """A file that breaks off or was changed on its way."""
    return UserError(
        _("“{name}” is damaged or incomplete.").format(name=name),
        _("Fetch it again from where it comes from, or open it in your spreadsheet program and save it as CSV."),
    )


def not_a_list(name: str) -> UserError:
    """A file that holds something else altogether."""
    return UserError(
        _("“{name}” is not a list of rows and columns.").format(name=name),
        _("Export the list as CSV or XLSX from the program it comes from, and import that file."),
    )


def _too_old(name: str) -> UserError:
    return UserError(
        _("“{name}” is a spreadsheet of a kind too old to be read.").format(name=name),
        _("Open it in your spreadsheet program, save it as XLSX or CSV, and import that file."),
    )


@contextmanager
def opened(path: Path) -> Iterator[IO[bytes]]:
    """The bytes of a file, without gzip where it is packed. UserError where the packing is damaged."""
    with path.open("rb") as raw:
        packed = raw.read(2) == _GZIP
        raw.seek(0)
        if not packed:
            yield raw
            return
        try:
            with gzip.GzipFile(fileobj=raw) as handle:
                yield cast(IO[bytes], handle)
        except (EOFError, zlib.error, gzip.BadGzipFile) as error:
            raise damaged(path.name) from error
