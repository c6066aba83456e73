"""Contacts as address books give them out (vCard 2.1, 3.0, 4.0), as a list with a row a person."""

from __future__ import annotations

import binascii
import codecs
import quopri
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from cvdesk.errors import UserError
from cvdesk.exchange.formats import opened
from cvdesk.exchange.many import joined
from cvdesk.exchange.records_json import Records
from cvdesk.exchange.source import look_at
from cvdesk.wording import _

_MOST_BYTES = 256 << 20
_MOST_OF_A_KIND = 12
_BREAK = re.compile(r"\r\n|\r|\n")
_PARAMETER = re.compile(r';((?:[^";:]|"[^"]*")*)')
_ESCAPED = re.compile(r"\\(.)", re.S)
# What a property is called as a column; names of columns are recognised in every language, so these stay English.
_COLUMNS = {
    "FN": "Name", "ORG": "Organisation", "EMAIL": "Email", "TEL": "Phone", "ADR": "Address", "BDAY": "Birthday",
    "NOTE": "Notes", "CATEGORIES": "Tags", "UID": "ID", "TITLE": "Job title", "ROLE": "Role", "URL": "Web page",
    "NICKNAME": "Nickname", "ANNIVERSARY": "Anniversary",
}  # fmt: skip
_FIRST = (
    "ID",
    "Name",
    "Organisation",
    "Email",
    "Phone",
    "Address",
    "City",
    "Country",
    "Birthday",
    "Tags",
    "Notes",
    "Kind",
)
# About the file and not about the person.
_PASSED_OVER = frozenset({"BEGIN", "END", "VERSION", "REV", "PRODID", "SORT-STRING", "MAILER", "X-ABLABEL"})
# Fields of ours that vCard has no word for.
_OWN = "X-CVDESK-"
# What stands for a year nobody told.
_NO_YEAR = ("--", "1604-")
_NO_PERSON = frozenset({"org", "organization", "company"})
_PICTURES = frozenset({"PHOTO", "LOGO", "SOUND", "KEY"})


@dataclass(frozen=True, slots=True)
class Line:
    """One property: NAME;PARAMETERS:value, the value as it stands there."""

    name: str
    parameters: dict[str, str]
    value: str


@dataclass(slots=True)
class _Card:
    cells: dict[str, list[str]] = field(default_factory=dict)
    whole_name: str = ""
    parts_name: str = ""

    def add(self, column: str, text: str) -> None:
        text = text.strip()
        if text and text not in self.cells.setdefault(column, []):
            self.cells[column].append(text)


def open_cards(path: Path, encoding: str = "") -> Records:
    """Reads a file of contacts. UserError where none is in it."""
    source = look_at(path, encoding)
    with opened(path) as handle:
        data = handle.read(_MOST_BYTES + 1)
    if len(data) > _MOST_BYTES:
        raise UserError(
            _("“{name}” is too large to be read at once.").format(name=path.name),
            _("Export the contacts in several parts, and import one after the other."),
        )
    # Bytes of other encodings stand in quoted lines only, which name theirs.
    text = data.decode(source.encoding, source.errors).replace("\0", "")
    cards = list(_cards(text))
    if not cards:
        raise UserError(_("“{name}” is empty.").format(name=path.name), _("Choose a file with rows in it."))
    return _as_list(cards)


def lines(text: str) -> Iterator[Line]:
    """The properties of all cards: folded lines joined, soft line breaks of quoted-printable too."""
    waiting = ""
    for line in _BREAK.split(text.removeprefix("\ufeff")):
        if _unfinished(waiting):
            waiting = waiting[:-1] + line
        elif line[:1] in (" ", "\t") and waiting:
            waiting += line[1:]
        else:
            if (found := _line(waiting)) is not None:
                yield found
            waiting = line
    if (found := _line(waiting)) is not None:
        yield found


def _unfinished(line: str) -> bool:
    return line.endswith("=") and "QUOTED-PRINTABLE" in line.partition(":")[0].upper()


def _line(text: str) -> Line | None:
    name = re.match(r"[^;:]+", text)
    if name is None:
        return None
    parameters: dict[str, str] = {}
    place = name.end()
    while found := _PARAMETER.match(text, place):
        key, _equals, value = found[1].partition("=")
        key, value = (key, value) if value else ("TYPE", key)  # 2.1 leaves the name of the parameter out
        if value.upper() in ("QUOTED-PRINTABLE", "BASE64", "B") and key.upper() == "TYPE":
            key = "ENCODING"
        known = parameters.get(key.upper())
        parameters[key.upper()] = value.strip('"') if known is None else f"{known},{value}"
        place = found.end()
    if text[place : place + 1] != ":":
        return None
    return Line(name[0].rpartition(".")[2].strip().upper(), parameters, text[place + 1 :])


def _cards(text: str) -> Iterator[_Card]:
    """Card after card; one that lacks its end ends with the next."""
    card: _Card | None = None
    for line in lines(text):
        if line.name == "BEGIN" and line.value.strip().upper() == "VCARD":
            if card is not None:
                yield card
            card = _Card()
        elif line.name == "END" and line.value.strip().upper() == "VCARD":
            if card is not None:
                yield card
            card = None
        elif card is not None:
            _take(card, line)
    if card is not None:
        yield card


def _take(card: _Card, line: Line) -> None:
    name = line.name
    value = _("(not taken over)") if name in _PICTURES else _decoded(line)
    if name == "FN":
        card.whole_name = card.whole_name or _plain(value).strip()
    elif name == "N":
        family, given, middle, before, after = (*_parts(value, ";"), "", "", "", "", "")[:5]
        card.parts_name = " ".join(" ".join((before, given, middle, family, after)).replace(",", " ").split())
    elif name == "ADR":
        _take_address(card, _parts(value, ";"))
    elif name == "ORG":
        card.add("Organisation", ", ".join(part for part in _parts(value, ";") if part))
    elif name in ("CATEGORIES", "NICKNAME"):
        for one in _parts(value, ","):
            card.add(_COLUMNS[name], one)
    elif name == "BDAY":
        text = _plain(value).strip()
        card.add("Birthday without year" if text.startswith(_NO_YEAR) else "Birthday", text)
    elif name in ("TEL", "EMAIL", "IMPP"):
        card.add(_COLUMNS.get(name, name), re.sub(r"(?i)^(tel|mailto):", "", _plain(value)))
    elif name in ("KIND", "X-ABSHOWAS"):
        card.add("Kind", "organisation" if value.strip().casefold() in _NO_PERSON else "")
    elif name not in _PASSED_OVER:
        card.add(_column(name), _plain(value))


def _column(name: str) -> str:
    own = name.removeprefix(_OWN)
    if name in _PICTURES:
        return name.capitalize()
    return _COLUMNS.get(name, name) if own == name else own.replace("-", " ").capitalize()


def _take_address(card: _Card, parts: list[str]) -> None:
    box, more, street, city, region, code, country = (*parts, "", "", "", "", "", "", "")[:7]
    whole = ", ".join(part for part in (box, more, street, region, code) if part)
    if "Address" in card.cells or "City" in card.cells:
        card.add("Address", ", ".join(part for part in (whole, city, country) if part))
        return
    for column, cell in (("Address", whole), ("City", city), ("Country", country)):
        card.add(column, cell)


def _decoded(line: Line) -> str:
    """The value with its transfer encoding taken off."""
    how = line.parameters.get("ENCODING", "").upper()
    charset = line.parameters.get("CHARSET", "utf-8").strip('"')
    if how == "QUOTED-PRINTABLE":
        return _letters(quopri.decodestring(line.value.encode("utf-8")), charset)
    if how in ("B", "BASE64"):
        try:
            return _letters(binascii.a2b_base64(line.value.encode("utf-8")), charset)
        except binascii.Error:
            return line.value
    return line.value


def _letters(data: bytes, charset: str) -> str:
    try:
        codecs.lookup(charset)
        return data.decode(charset)
    except (LookupError, UnicodeError):
        return data.decode("utf-8", "replace") if charset.lower() != "utf-8" else data.decode("cp1252", "replace")


def _plain(value: str) -> str:
    return _ESCAPED.sub(lambda found: "\n" if found[1] in "nN" else found[1], value)


def _parts(value: str, mark: str) -> list[str]:
    """The parts of a value between marks that are not escaped."""
    parts = [""]
    letters = iter(value)
    for letter in letters:
        if letter == mark:
            parts.append("")
        else:
            parts[-1] += letter + next(letters, "") if letter == "\\" else letter
    return [_plain(part).strip() for part in parts]


def _as_list(cards: list[_Card]) -> Records:
    """A column for the first, second, … phone of anybody; whatever is unknown comes last, so that it is named."""
    most: dict[str, int] = {}
    for card in cards:
        card.add("Name", card.whole_name or card.parts_name)
        if "Kind" in card.cells and card.cells.get("Organisation") == card.cells.get("Name"):
            card.cells.pop("Organisation", None)  # of an organisation this is its name once more
        if "Tags" in card.cells:
            card.cells["Tags"] = [joined(card.cells["Tags"])]
        for column, texts in card.cells.items():
            if len(texts) > _MOST_OF_A_KIND:
                texts[_MOST_OF_A_KIND - 1 :] = ["\n".join(texts[_MOST_OF_A_KIND - 1 :])]
            most[column] = max(most.get(column, 0), len(texts))
    order = [column for column in _FIRST if column in most] + [column for column in most if column not in _FIRST]
    header, rows = [], []
    for column in order:
        header += [column, *(f"{column} {number}" for number in range(2, most[column] + 1))]
    for card in cards:
        row: list[str] = []
        for column in order:
            texts = card.cells.get(column, [])
            row += [*texts, *[""] * (most[column] - len(texts))]
        rows.append(row)
    return Records(tuple(header), rows)
