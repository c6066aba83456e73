"""Customers as vCard 3.0 (RFC 2426), which telephones and mail programs take in."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from cvdesk.exchange.export_rows import Column
from cvdesk.exchange.export_write import finish

_LINE = 75  # octets, as the standard says
_BREAKS = str.maketrans({"\\": "\\\\", ";": "\\;", ",": "\\,", "\n": "\\n"})


class CardWriter:
    """One card a customer, in one file."""

    def __init__(self, path: Path, _title: str, columns: Sequence[Column], _digits: int) -> None:
        self.cut = 0
        self._names = [column.name for column in columns]
        self._handle = path.open("w", encoding="utf-8", newline="")

    def add(self, row: Sequence[Any]) -> None:
        """Writes one card."""
        lines = card(dict(zip(self._names, row, strict=True)))
        self._handle.write("".join(_folded(line) for line in lines))

    def close(self) -> None:
        """Finishes the file."""
        finish(self._handle)


def card(customer: dict[str, Any]) -> list[str]:
    """The lines of one card, not folded yet."""
    whole = customer["kind"] == "organisation"
    name, organisation = _text(customer["name"]), _text(customer["organisation"])
    address, city, country = (_text(customer[part]) for part in ("address", "city", "country"))
    lines = ["BEGIN:VCARD", "VERSION:3.0", f"UID:{customer['id']}", f"FN:{name}", f"N:{'' if whole else name};;;;"]
    if whole:
        lines += [f"ORG:{name}", "X-ABSHOWAS:COMPANY"]
    lines += [
        f"{said}:{text}"
        for said, text in (
            ("ORG", organisation if not whole else ""), ("NICKNAME", _text(customer["preferred_name"])),
            ("BDAY", customer["birthday"]), ("NOTE", _text(customer["notes"])),
            ("X-CVDESK-SINCE", customer["since"]), ("X-CVDESK-SEGMENT", _text(customer["segment"])),
            ("X-CVDESK-MAY-WRITE", customer["may_write"]), ("X-CVDESK-MAY-WRITE-ON", customer["may_write_on"]),
            ("X-CVDESK-MAY-WRITE-HOW", _text(customer["may_write_how"])),
        )
        if text
    ]  # fmt: skip
    lines += [f"EMAIL;TYPE=INTERNET:{_text(value)}" for value in json.loads(customer["email"])]
    lines += [f"TEL:{_text(value)}" for value in json.loads(customer["phone"])]
    lines += [f"URL:{_text(value)}" for value in json.loads(customer["web"])]
    if address or city or country:
        lines.append(f"ADR:;;{address};{city};;;{country}")
    if tags := json.loads(customer["tags"]):
        lines.append(f"CATEGORIES:{','.join(map(_text, tags))}")
    return [*lines, "END:VCARD"]


def _text(value: Any) -> str:
    text = "" if value is None else str(value)
    return text.replace("\r\n", "\n").replace("\r", "\n").translate(_BREAKS)


def _folded(line: str) -> str:
    """Lines of at most 75 octets, no letter cut in two; what goes on begins with a blank."""
    parts, part, size = [], "", 0
    for mark in line:
        octets = len(mark.encode())
        if size + octets > _LINE:
            parts.append(part)
            part, size = " ", 1
        part += mark
        size += octets
    return "\r\n".join([*parts, part]) + "\r\n"
