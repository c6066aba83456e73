"""Plain records of the catalogue. Period and Filter live in db, where the window's session can hold them."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field

from cvdesk.db.filter import Filter, Period

__all__ = [
    "GAINS", "KINDS", "LEVERS", "SEVERITIES", "Business", "Clause", "Factor", "Filter", "Named", "Period", "Question",
    "as_name", "as_said", "key_of", "match_key", "one_way",
]  # fmt: skip

LEVERS = ("worth", "benefits", "costs", "drawbacks")
GAINS = ("worth", "benefits")
KINDS = ("praise", "suggestion", "question", "problem", "comment")
SEVERITIES = ("minor", "moderate", "serious")
_LINE_END = re.compile(r"\r\n|\r|\n")


def match_key(text: str) -> str:
    """A name as it is compared: case folded, accents and extra spaces gone."""
    plain = text.casefold()
    if not plain.isascii():  # most words are, and a hundred thousand comments are compared while somebody waits
        plain = "".join(mark for mark in unicodedata.normalize("NFKD", plain) if not unicodedata.combining(mark))
    return " ".join(plain.split())


def as_name(text: str) -> str:
    """A name as it was typed, without the blanks around it; an end of line, which only pasting brings, is a blank."""
    return _LINE_END.sub(" ", text).strip()


def one_way(name: str) -> str:
    """A name as it is compared where accents tell two apart: case and the number of blanks do not."""
    return " ".join(name.casefold().split())


def as_said(text: str) -> str:
    """Words as they were typed, letter for letter; nothing where there are only blanks."""
    return text if text.strip() else ""


def key_of(name: str) -> str:
    """A key made of a name: lower case, words joined by hyphens; of the signs where there is no letter or digit."""
    letters = "".join(mark if mark.isalnum() else " " for mark in match_key(name))
    signs = [f"u{ord(mark):x}" for mark in name if not mark.isspace()]
    return "-".join(letters.split() or signs) or "unnamed"


@dataclass(frozen=True, slots=True)
class Named:
    """An offering, a channel, a segment or a theme: what lists and filters show."""

    id: int
    key: str
    name: str


@dataclass(frozen=True, slots=True)
class Factor:
    """One thing customers value. `importance` is the owner's rating 1-5, or None."""

    id: int
    key: str
    lever: str
    label: str
    type: str
    core: bool
    importance: float | None
    keywords: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Question:
    """One immutable version of a question. `anchors` maps the value ("1", "3", "5") to its words.

    `lever`: of its factor; without a factor the question asks about the whole lever, as the one-minute form does. All
    three None: a question about everything (worth it, recommend, ...) or, where `own`, one the owner added.
    """

    version_id: int
    key: str
    factor_key: str | None
    kind: str
    wording: str
    wording_owner: str
    anchors: Mapping[str, str]
    lever: str | None = None
    own: bool = False

    @property
    def overall(self) -> bool:
        """Whether it asks about all of it, not about a factor or a lever, and can be answered on a form."""
        return self.factor_key is None and self.lever is None and self.kind in ("scale5", "scale0_10", "yes_no", "text")


@dataclass(frozen=True, slots=True)
class Business:
    """The business a file belongs to. Currency is an ISO 4217 code, language a locale such as en_GB.

    `address` (lines) to `website` stand on its papers; `colour` is "#0F5E8C" or empty for the program's own.
    """

    name: str
    currency: str = "GBP"
    timezone: str = ""
    language: str = "en_GB"
    country: str = "GB"
    address: str = ""
    phone: str = ""
    email: str = ""
    website: str = ""
    colour: str = ""


@dataclass(frozen=True, slots=True)
class Logo:
    """The picture at the head of the papers. media_type: image/png, image/jpeg or image/svg+xml."""

    data: bytes
    media_type: str
    name: str = ""


@dataclass(frozen=True, slots=True)
class Letterhead:
    """Whose paper it is: what stands at its head, and the one colour that is the business's own."""

    business: Business
    logo: Logo | None = None


@dataclass(frozen=True, slots=True)
class Clause:
    """A condition for SQL: text with ? marks and what they stand for. Never empty."""

    sql: str
    parameters: tuple[object, ...] = field(default=())
