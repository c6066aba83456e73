"""A PDF that came back, taken apart within bounds: whatever the file holds, reading it ends soon and runs nothing.

Bounds: size of the file, time, size of what is unpacked, depth and number of fields, pages looked at for words.
Scripts, actions and attachments are never looked at.
"""

from __future__ import annotations

import io
import logging
import re
import time
import zlib
from typing import Any, Literal

from cvdesk.surveys.records_marker import FIELD
from cvdesk.surveys.records_return import LARGEST, RawForm

_SECONDS = 15.0
_UNPACKED = 8_000_000  # bytes of one stream
_WORDS_UNPACKED = 1_000_000
_MOST_FIELDS = 2_000
_DEEPEST = 8
_PAGES_FOR_WORDS = 3
_LONGEST = 20_000  # characters of an answer
_END_ROOM = 2_048  # bytes after the end that mail programs may add
_OBJECT = re.compile(rb"\d+ \d+ obj\b")

Fault = Literal["encrypted", "damaged", "too_big", "no_form", "several"]


class NotRead(Exception):  # noqa: N818 - named for what it says
    """The PDF cannot be read, and why."""

    def __init__(self, fault: Fault) -> None:
        super().__init__(fault)
        self.fault: Fault = fault


class _TooLong(Exception):  # noqa: N818
    """Reading took longer than any form of ours would."""


class _Timed(io.BytesIO):
    """Bytes that may be read for so long only: every loop of the reader comes by here."""

    def __init__(self, content: bytes) -> None:
        super().__init__(content)
        self._until = time.monotonic() + _SECONDS
        self._reads = 0

    def read(self, size: int | None = -1, /) -> bytes:
        self._reads += 1
        if self._reads % 256 == 0 and time.monotonic() > self._until:
            raise _TooLong
        return super().read(size)


def read_pdf(content: bytes) -> RawForm:
    """The marker and the fields of a PDF. NotRead where it is none, locked, cut off or too large."""
    if len(content) > LARGEST:
        raise NotRead("too_big")
    if b"%PDF-" not in content[:1024]:
        raise NotRead("no_form")
    from pypdf import apply_configuration
    from pypdf.errors import DependencyError, PyPdfError

    logging.getLogger("pypdf").setLevel(logging.CRITICAL)  # it remarks on every oddity of a file
    # What the reader raises for a file that breaks the rules, whichever rule it was.
    broken = (
        PyPdfError, DependencyError, _TooLong, zlib.error, RecursionError, MemoryError, ArithmeticError, AssertionError,
        AttributeError, LookupError, NotImplementedError, OSError, TypeError, ValueError,
    )  # fmt: skip
    try:
        with apply_configuration(
            zlib_maximum_output_length=_UNPACKED, lzw_maximum_output_length=_UNPACKED,
            run_length_maximum_output_length=_UNPACKED, maximum_declared_stream_length=LARGEST,
            array_based_stream_maximum_output_length=_UNPACKED, stream_decoding_work_maximum_length=4 * _UNPACKED,
            stream_parsing_work_maximum_count=200_000, page_tree_maximum_entries=1_000,
            form_fields_maximum_entries=_MOST_FIELDS, form_fields_maximum_depth=_DEEPEST,
        ):  # fmt: skip
            return _read(content)
    except broken as error:
        raise NotRead("damaged") from error


def _read(content: bytes) -> RawForm:
    from pypdf import PdfReader
    from pypdf.errors import DependencyError, FileNotDecryptedError

    if not _ended(content):
        raise NotRead("damaged")
    try:
        reader = PdfReader(_Timed(content), strict=False)
        if reader.is_encrypted and not reader.decrypt(""):
            raise NotRead("encrypted")
        root: Any = reader.trailer["/Root"]
    except (DependencyError, FileNotDecryptedError) as error:
        raise NotRead("encrypted") from error
    fields = _fields(root)
    # Programs that put files together keep fields of one name side by side, or add a number to the name.
    if len({value for name, value in fields if value and name.partition("+")[0] == FIELD}) > 1:
        raise NotRead("several")
    said = dict(fields)
    marker = said.pop(FIELD, "")
    words = "" if said and marker else _words(reader)
    return RawForm(marker, said, words, _author(reader))


def _ended(content: bytes) -> bool:
    """Whether the file has its end: a reader that mends would otherwise give half a form for a whole one."""
    end = content.rfind(b"%%EOF")
    rest = content[end + 5 :]
    return end >= 0 and len(rest) <= _END_ROOM and _OBJECT.search(rest) is None


def _author(reader: Any) -> str:
    about = reader.metadata
    name = about.get("/Author") if about is not None else None
    return str(name)[:200] if isinstance(name, str) else ""


def _fields(root: Any) -> list[tuple[str, str]]:
    """Every field by its full name, with what stands in it; empty where nothing does."""
    form = _dictionary(root.get("/AcroForm"))
    found: list[tuple[str, str]] = []
    if form is not None:
        waiting = [(one, "", 0) for one in _list(form.get("/Fields"))]
        seen = 0
        while waiting and seen < _MOST_FIELDS:
            seen += 1
            entry, above, depth = waiting.pop()
            field = _dictionary(entry)
            if field is None:
                continue
            name = ".".join(part for part in (above, _text(field.get("/T"))) if part)
            kids = [kid for kid in _list(field.get("/Kids")) if depth < _DEEPEST]
            inner = [kid for kid in kids if "/T" in (_dictionary(kid) or {})]
            waiting += [(kid, name, depth + 1) for kid in inner]
            if name and not inner:
                found.append((name, _value(field, kids)))
    return found


def _value(field: Any, kids: list[Any]) -> str:
    said = _text(field.get("/V"))
    if _name(field.get("/FT")) == "/Btn":
        said = said.removeprefix("/")
        if said in ("", "Off"):  # some programs only turn the box itself on
            states = [_text((_dictionary(kid) or {}).get("/AS")).removeprefix("/") for kid in kids]
            said = next((state for state in states if state not in ("", "Off")), "")
    return said


def _resolved(value: Any) -> Any:
    """What a reference leads to; a reference to a reference is followed a few times at most."""
    for _time in range(_DEEPEST):
        if not hasattr(value, "get_object"):
            return value
        inner = value.get_object()
        if inner is value:
            return value
        value = inner
    return None


def _dictionary(value: Any) -> Any | None:
    value = _resolved(value)
    return value if isinstance(value, dict) else None


def _list(value: Any) -> list[Any]:
    value = _resolved(value)
    return list(value)[:_MOST_FIELDS] if isinstance(value, list) else []


def _name(value: Any) -> str:
    value = _resolved(value)
    return str(value) if isinstance(value, str) else ""


def _text(value: Any) -> str:
    """A string or a name; words that are long may be kept as a stream."""
    value = _resolved(value)
    if isinstance(value, dict) and hasattr(value, "get_data"):
        data = value.get_data()
        for mark, encoding in ((b"\xfe\xff", "utf-16"), (b"\xff\xfe", "utf-16"), (b"\xef\xbb\xbf", "utf-8-sig")):
            if data.startswith(mark):
                return str(data.decode(encoding, "replace"))[:_LONGEST]
        return str(data.decode("latin-1"))[:_LONGEST]
    if isinstance(value, bytes):
        return value.decode("latin-1")[:_LONGEST]
    return str(value)[:_LONGEST] if isinstance(value, str) else ""


def _words(reader: Any) -> str:
    """What is printed on the first pages, for the code on them; nothing where that takes too much."""
    from pypdf import apply_configuration
    from pypdf.errors import LimitReachedError

    found = []
    try:
        with apply_configuration(
            zlib_maximum_output_length=_WORDS_UNPACKED, stream_parsing_work_maximum_count=50_000,
            xform_maximum_invocations_per_extraction=200,
        ):  # fmt: skip
            for page in reader.pages[:_PAGES_FOR_WORDS]:
                found.append(page.extract_text())
    except (LimitReachedError, KeyError, TypeError, AttributeError, ValueError):
        found.append("")
    return "\n".join(found)
