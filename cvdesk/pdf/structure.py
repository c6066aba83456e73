"""What a part of a page is, for screen readers: headings, paragraphs, tables, pictures with a description.

Kept as plain lists of numbers, an element by its place in them: a register has a hundred thousand cells.
"""

from __future__ import annotations

import re
from collections.abc import Hashable, Iterator
from typing import Any

ARTIFACT = "Artifact"  # what stands on every page, and lines that only decorate
_TEXT = "P"
_GROUPS = frozenset({"Document", "Sect", "Div", "Table", "THead", "TBody", "TR", "L", "LI", "TOC", "TOCI", "Reference"})
CELLS = frozenset({"TH", "TD", "LI", "LBody", "Lbl"})  # kept when nothing is in them: rows have as many cells as heads
FIRST_NOTE = 1 << 20  # annotations are numbered from here, pages from 0
_OPEN_ARTIFACT = "/Artifact BMC"
_CLOSE = "EMC"
_ROOT = 0
_NONE = -1
# Operators that leave something on the page but are no text: strokes, fills, shadings, pictures.
_PAINTS = re.compile(r"(?:^|\s)(?:S|s|f\*?|F|B\*?|b\*?|sh|Do)(?:\s|$)")


class Structure:
    """The tree of a document: an element has a tag, a parent and kids.

    A kid is another element (its place), a piece of a page (page and number on it, both from 0, as one number below
    0), or an annotation (its name).
    """

    def __init__(self) -> None:
        self.tags = ["Document"]
        self.parents = [_NONE]
        self.kids: list[list[int | str]] = [[]]
        self.alts: dict[int, str] = {}
        self.pages: list[list[int]] = [[]]  # elements of the pieces of each page, in the order of their numbers
        self.notes: dict[str, tuple[int, int]] = {}  # annotations by name: the element of each and its page
        self.open: list[int] = [_ROOT]
        self.drawn: list[int] = []  # where in the page's code marked pieces begin and end
        self.drawn_by: list[int] = []  # the elements they belong to
        self.hidden = 0  # how many artifacts are open
        self.begun = 0  # how many parts of the document stand on the pages before
        self._wholes: dict[Hashable, int] = {}
        self._held: list[object] = []

    def element(self, tag: str, alt: str, whole: object | None) -> int:
        """A new element inside the open one, or the one that `whole` began on an earlier page."""
        if whole is not None:
            known = self._wholes.get(id(whole))
            if known is not None:
                return known
        place = len(self.tags)
        if whole is not None:
            self._wholes[id(whole)] = place
            self._held.append(whole)
        parent = self.open[-1]
        self.tags.append(tag)
        self.parents.append(parent)
        self.kids.append([])
        self.kids[parent].append(place)
        if alt:
            self.alts[place] = alt
        return place

    def piece(self, element: int) -> str:
        """The operator that begins a piece of the element on the page in work."""
        page = self.pages[-1]
        number = len(page)
        page.append(element)
        self.kids[element].append(-1 - (len(self.pages) - 1 << 24 | number))
        return f"/{self.tags[element]} <</MCID {number}>> BDC"

    def drop(self, element: int) -> None:
        """Takes the last piece back: nothing was drawn in it."""
        page = self.pages[-1]
        page.pop()
        self.kids[element].remove(-1 - (len(self.pages) - 1 << 24 | len(page)))

    def note(self, name: str) -> int:
        """The annotation of this name belongs to the open element; what it names itself by (StructParent)."""
        self.kids[self.open[-1]].append(name)
        self.notes[name] = (self.open[-1], len(self.pages) - 1)
        return FIRST_NOTE + len(self.notes) - 1

    def paragraph_after(self, before: int) -> int:
        """A new paragraph of the document itself, read after the element `before` (or first on its page)."""
        place = len(self.tags)
        self.tags.append(_TEXT)
        self.parents.append(_ROOT)
        self.kids.append([])
        there = self.kids[_ROOT]
        if before == _NONE:
            there.insert(self.begun, place)
        else:
            while self.parents[before] != _ROOT:
                before = self.parents[before]
            there.insert(len(there) - there[::-1].index(before), place)
        return place

    def next_page(self) -> None:
        """The page in work is done."""
        self.drawn.clear()
        self.drawn_by.clear()
        self.pages.append([])
        self.begun = len(self.kids[_ROOT])


def place_of(kid: int) -> tuple[int, int]:
    """Page and number of a piece, from how it is kept among the kids."""
    packed = -1 - kid
    return packed >> 24, packed & 0xFFFFFF


class tagged:  # noqa: N801 - it is used as a function would be
    """What is drawn inside is a part of this kind (P, H1, H2, Figure, Table, TR, TH, TD, L, LI, ...); parts nest.

    `alt`: what a screen reader says in place of a picture; a Figure without it is read as the letters in it. `whole`:
    an object that all parts of one thing broken over pages share, so that it stays one thing. ARTIFACT: not read.
    A canvas without a structure is drawn on as it is.
    """

    __slots__ = ("_before", "_canvas", "_element", "_tree")

    def __init__(self, canvas: Any, tag: str, alt: str = "", whole: object | None = None) -> None:
        self._canvas = canvas
        self._before: int | None = None
        self._element = _NONE
        self._tree: Structure | None = getattr(canvas, "structure", None)
        tree = self._tree
        if tree is not None and tag != ARTIFACT and not tree.hidden:
            self._element = tree.element(_TEXT if tag == "Figure" and not alt else tag, alt, whole)

    def __enter__(self) -> None:
        tree = self._tree
        if tree is None:
            return
        if self._element == _NONE:
            tree.hidden += 1
            if tree.hidden == 1:
                _pause(tree, self._canvas._code)
                _begin(tree, self._canvas._code, _NONE)
            return
        tags, opened = tree.tags, tree.open
        if tags[opened[-1]] not in _GROUPS:
            _pause(tree, self._canvas._code)
        opened.append(self._element)
        if tags[self._element] not in _GROUPS:
            _begin(tree, self._canvas._code, self._element)

    def __exit__(self, *_error: object) -> None:
        tree = self._tree
        if tree is None:
            return
        code = self._canvas._code
        if self._element == _NONE:
            tree.hidden -= 1
            if tree.hidden == 0:
                _end(tree, code, _NONE)
                _resume(tree, code)
            return
        tags, opened = tree.tags, tree.open
        opened.pop()
        if tags[self._element] not in _GROUPS:
            _end(tree, code, self._element)
        if tags[opened[-1]] not in _GROUPS:
            _resume(tree, code)


def _begin(tree: Structure, code: list[str], element: int) -> None:
    tree.drawn.append(len(code))
    tree.drawn_by.append(element)
    code.append(_OPEN_ARTIFACT if element == _NONE else tree.piece(element))


def _end(tree: Structure, code: list[str], element: int) -> None:
    if len(code) == tree.drawn[-1] + 1:  # nothing in it
        code.pop()
        tree.drawn.pop()
        tree.drawn_by.pop()
        if element != _NONE:
            tree.drop(element)
        return
    code.append(_CLOSE)
    tree.drawn.append(len(code))


def _pause(tree: Structure, code: list[str]) -> None:
    """Ends the piece of the element around: a part of its own begins."""
    around = tree.open[-1]
    if tree.tags[around] not in _GROUPS:
        _end(tree, code, around)


def _resume(tree: Structure, code: list[str]) -> None:
    around = tree.open[-1]
    if tree.tags[around] not in _GROUPS:
        _begin(tree, code, around)


def page_done(tree: Structure, code: list[str]) -> list[str]:
    """The page's code with everything in a piece: what nobody named is a paragraph where it is text, else artifact."""
    whole: list[str] = []
    at = 0
    before = _NONE
    for begin, end, element in zip(tree.drawn[::2], tree.drawn[1::2], tree.drawn_by, strict=True):
        whole += _unnamed(tree, code[at:begin], before)
        whole += code[begin:end]
        at = end
        before = before if element == _NONE else element
    whole += _unnamed(tree, code[at:], before)
    tree.next_page()
    return whole


def _unnamed(tree: Structure, code: list[str], before: int) -> Iterator[str]:
    hidden = False
    for step in code:
        text = " Tj" in step or " TJ" in step
        if hidden and text:
            yield _CLOSE
            hidden = False
        if text:
            before = tree.paragraph_after(before)
            yield tree.piece(before)
            yield step
            yield _CLOSE
        elif not hidden and _PAINTS.search(step):
            hidden = True
            yield _OPEN_ARTIFACT
            yield step
        else:
            yield step
    if hidden:
        yield _CLOSE
