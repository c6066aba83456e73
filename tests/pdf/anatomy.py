"""What a PDF is made of, read back: the pieces of its pages, the tree of what they are, where links lead."""

from __future__ import annotations

import io
from dataclasses import dataclass
from typing import Any

import pikepdf

SHOWS = frozenset({"Tj", "TJ", "'", '"'})


@dataclass(frozen=True, slots=True)
class Part:
    """An element of the tree: its kind, what a reader says in its place, its pieces (page, number), its parts."""

    kind: str
    alt: str
    pieces: tuple[tuple[int, int], ...]
    parts: tuple[Part, ...]
    links: int

    def below(self) -> list[Part]:
        """This and all below it, in reading order."""
        return [self, *(part for inner in self.parts for part in inner.below())]


def opened(content: bytes) -> pikepdf.Pdf:
    """The document."""
    return pikepdf.open(io.BytesIO(content))


def tree(pdf: pikepdf.Pdf) -> Part:
    """The whole tree; fails where a parent, a page or the way back from a piece is wrong."""
    root: Any = pdf.Root.StructTreeRoot
    pages = {page.objgen: number for number, page in enumerate(pdf.pages)}
    owners = _owners(root.ParentTree)
    found = _part(root.K, root, pages, owners)
    for key, value in owners.items():
        if isinstance(value, list):
            assert len(value) == sum(page == key for part in found.below() for page, _number in part.pieces)
    return found


def _owners(parents: Any) -> dict[int, Any]:
    numbers = list(parents.Nums)
    return {
        int(key): [one.objgen for one in value] if isinstance(value, pikepdf.Array) else value.objgen
        for key, value in zip(numbers[::2], numbers[1::2], strict=True)
    }


def _part(element: Any, parent: Any, pages: dict[Any, int], owners: dict[int, Any]) -> Part:
    assert element.P.objgen == parent.objgen
    kids = element.get("/K", pikepdf.Array([]))
    pieces, parts, links = [], [], 0
    for kid in kids if isinstance(kids, pikepdf.Array) else [kids]:
        if isinstance(kid, int):
            pieces.append((pages[element.Pg.objgen], int(kid)))
        elif kid.get("/Type") == "/MCR":
            pieces.append((pages[kid.Pg.objgen], int(kid.MCID)))
        elif kid.get("/Type") == "/OBJR":
            assert owners[int(kid.Obj.StructParent)] == element.objgen
            links += 1
        else:
            parts.append(_part(kid, element, pages, owners))
    for page, number in pieces:
        assert owners[page][number] == element.objgen
    alt = element.get("/Alt")
    return Part(str(element.S)[1:], "" if alt is None else str(alt), tuple(pieces), tuple(parts), links)


def pieces(page: Any) -> list[tuple[int | None, int]]:
    """The marked pieces of a page in the order they are drawn: number (None for what is not read), strings shown in it.

    Fails where something is shown outside of them, or where they do not close.
    """
    found: list[list[Any]] = []
    depth: list[str] = []
    for step in pikepdf.parse_content_stream(page):
        name = str(step.operator)
        if name in ("BMC", "BDC"):
            if not depth:
                number = None
                if name == "BDC" and str(step.operands[0]) != "/Artifact":
                    number = int(step.operands[1].MCID)
                found.append([number, 0])
            depth.append(str(step.operands[0]))
        elif name == "EMC":
            depth.pop()
        elif name in SHOWS:
            assert depth, "words that are part of nothing"
            found[-1][1] += 1
    assert not depth
    return [(number, shown) for number, shown in found]


def targets(pdf: pikepdf.Pdf) -> list[tuple[str, int]]:
    """Where the outline leads: words and page, from 0."""
    pages = {page.objgen: number for number, page in enumerate(pdf.pages)}
    found: list[tuple[str, int]] = []

    def walk(item: Any) -> None:
        while item is not None:
            found.append((str(item.Title), pages[item.Dest[0].objgen]))
            walk(item.get("/First"))
            item = item.get("/Next")

    outline = pdf.Root.get("/Outlines")
    walk(None if outline is None else outline.get("/First"))
    return found


def fonts(pdf: pikepdf.Pdf) -> list[Any]:
    """Every font dictionary of the document."""
    return [one for one in pdf.objects if isinstance(one, pikepdf.Dictionary) and one.get("/Type") == "/Font"]


def embedded(font: Any) -> bool:
    """Whether a font, or the one it is made of, has its file in the document."""
    if font.get("/Subtype") == "/Type0":
        font = font.DescendantFonts[0]
    about = font.get("/FontDescriptor")
    return about is not None and any(key in about for key in ("/FontFile", "/FontFile2", "/FontFile3"))
