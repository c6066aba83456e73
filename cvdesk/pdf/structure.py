"""What a part of a page is, for screen readers: headings, paragraphs, tables, pictures with a description."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

ARTIFACT = "Artifact"  # what stands on every page, and lines that only decorate


@contextmanager
def tagged(canvas: Any, tag: str, alt: str = "") -> Iterator[None]:
    """What is drawn inside is a part of this kind (P, H1, H2, Figure, Table, TR, TH, TD, ...); parts nest.

    `alt`: what a screen reader says in place of a picture.
    """
    yield
