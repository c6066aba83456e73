"""A document as it went on paper or into a file, to be printed again with the figures as they were."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import date

LARGEST = 25 << 20  # bytes; a larger one is not kept: the business file would grow too fast


@dataclass(frozen=True, slots=True)
class Document:
    """What is kept of a document. `about`: what it was limited to, in words; `names`: customers are named in it."""

    kind: str
    title: str
    made_on: date
    pages: int
    pdf: bytes
    about: str = ""
    start: date | None = None
    end: date | None = None
    paper: str = "a4"
    names: bool = True
    customer_id: int | None = None

    @property
    def hash(self) -> str:
        """SHA-256 of the PDF: the same document is kept once."""
        return hashlib.sha256(self.pdf).hexdigest()

    @property
    def fits(self) -> bool:
        """Whether it is small enough to be kept."""
        return len(self.pdf) <= LARGEST


@dataclass(frozen=True, slots=True)
class Printed:
    """A kept document as a list shows it; `size` in bytes."""

    id: int
    kind: str
    title: str
    about: str
    made_on: date
    start: date | None
    end: date | None
    paper: str
    pages: int
    names: bool
    customer_id: int | None
    size: int
