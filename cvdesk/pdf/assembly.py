"""Putting the file together: reportlab's objects as they are, the structure's packed, and what archives ask for."""

from __future__ import annotations

import hashlib
import struct
import zlib
from collections.abc import Iterator
from itertools import chain, islice
from typing import Any

from reportlab.pdfbase import pdfdoc

from cvdesk.pdf.srgb import profile
from cvdesk.pdf.structure import CELLS, FIRST_NOTE, Structure, place_of

_HEAD = b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n"
_PACKED = 1000  # objects in one packed stream
_ROOT = "structure"
_EMPTY = b"null"


class Catalog(pdfdoc.PDFCatalog):  # type: ignore[misc]
    """A catalogue that also knows what the colours mean."""

    __NoDefault__ = [*pdfdoc.PDFCatalog.__NoDefault__, "OutputIntents"]
    __Refs__ = __NoDefault__


class Tree(pdfdoc.PDFObject):  # type: ignore[misc]
    """The structure's place among the objects; it is written last, when all numbers are known."""


class Assembly(pdfdoc.PDFDocument):  # type: ignore[misc]
    """A document with a structure.

    Its hundred thousand small elements are packed: as objects of their own they would take most of time and file.
    """

    _catalog: Any

    def __init__(self, structure: Structure, compression: int, lang: str | None) -> None:
        super().__init__(compression=compression, invariant=1, pdfVersion=(1, 7), lang=lang)
        self.structure = structure
        known: Any = self._catalog
        self.Catalog: Any = Catalog()
        self.Catalog.__dict__.update(known.__dict__)
        self._catalog = self.Catalog

    def furnish(self, metadata: bytes, archived: bool) -> None:
        """Structure, properties and, where it is `archived`, the meaning of its colours."""
        stream = pdfdoc.PDFStream(content=metadata)  # never packed: archives look for it in the plain file
        stream.dictionary["Type"], stream.dictionary["Subtype"] = "/Metadata", "/XML"
        catalog = self.Catalog
        catalog.Metadata = stream
        catalog.MarkInfo = pdfdoc.PDFDictionary({"Marked": "true"})
        catalog.StructTreeRoot = self.Reference(Tree(), _ROOT)
        if archived:
            intent = {
                "Type": "/OutputIntent", "S": "/GTS_PDFA1", "OutputConditionIdentifier": pdfdoc.PDFString("sRGB"),
                "Info": pdfdoc.PDFString("sRGB IEC61966-2.1"), "DestOutputProfile": self._profile(),
            }  # fmt: skip
            catalog.OutputIntents = pdfdoc.PDFArray([pdfdoc.PDFDictionary(intent)])

    def _profile(self) -> Any:
        stream = pdfdoc.PDFStream(content=profile())
        stream.dictionary["N"] = 3
        stream.filters = [pdfdoc.PDFZCompress]
        return self.Reference(stream, "sRGB")

    def format(self) -> bytes:
        """The whole file."""
        self.Reference(self.Catalog)
        self.Reference(self.info)
        parts, size = [_HEAD], len(_HEAD)
        where = [(0, 0, 65535)]  # of each object: kind, offset (or the stream it is packed in), and what goes with it
        while len(where) in self.numberToId:
            number = len(where)
            name = self.numberToId[number]
            if name == _ROOT:
                where.append((0, 0, 0))
                continue
            part = pdfdoc.PDFIndirectObject(name, self.idToObject[name]).format(self)
            where.append((1, size, 0))
            parts.append(part)
            size += len(part)
        for part in self._packed(where, size):
            parts.append(part)
            size += len(part)
        parts.append(self._end(where, size, hashlib.md5(b"".join(parts), usedforsecurity=False).hexdigest()))
        return b"".join(parts)

    def _number(self, name: str) -> int:
        return int(self.idToObjectNumberAndVersion[name][0])

    def _packed(self, where: list[tuple[int, int, int]], size: int) -> Iterator[bytes]:
        """The structure's objects in packed streams; `where` learns of them."""
        if _ROOT not in self.idToObject:
            return
        first = len(where)
        pages = [self._number(f"Page{place + 1}") for place in range(len(self.structure.pages) - 1)]
        notes = {name: self._number(f"Annot.{name}") for name in self.structure.notes}
        root, last = self._number(_ROOT), first + len(self.structure.tags)
        top = (first, last, FIRST_NOTE + len(notes))
        objects = chain(
            enumerate(elements(self.structure, first, root, pages, notes), first),
            [(last, parents(self.structure, first))],
            [(root, b"<</Type/StructTreeRoot/K %d 0 R/ParentTree %d 0 R/ParentTreeNextKey %d>>" % top)],
        )
        where += [(0, 0, 0)] * (last + 1 - first)
        while some := list(islice(objects, _PACKED)):
            number = len(where)
            offset, index = 0, []
            for place, (inner, found) in enumerate(some):
                index.append(b"%d %d" % (inner, offset))
                offset += len(found) + 1
                where[inner] = (2, number, place)
            head = b" ".join(index) + b"\n"
            body = zlib.compress(head + b"\n".join([found for _inner, found in some]))
            where.append((1, size, 0))
            part = _stream(number, b"/Type/ObjStm/N %d/First %d" % (len(some), len(head)), body)
            size += len(part)
            yield part

    def _end(self, where: list[tuple[int, int, int]], size: int, identity: str) -> bytes:
        """Where every object is, and where to begin reading."""
        number = len(where)
        where.append((1, size, 0))
        body = zlib.compress(b"".join(struct.pack(">BIH", *found) for found in where))
        about = b"/Type/XRef/W[1 4 2]/Size %d/Root %d 0 R/Info %d 0 R/ID[<%s><%s>]" % (
            len(where), self._number(self.Reference(self.Catalog).name), self._number(self.Reference(self.info).name),
            identity.encode(), identity.encode(),
        )  # fmt: skip
        return _stream(number, about, body) + b"startxref\n%d\n%%%%EOF\n" % size


def _stream(number: int, about: bytes, body: bytes) -> bytes:
    head = b"%d 0 obj\n<<%s/Filter/FlateDecode/Length %d>>\nstream\n" % (number, about, len(body))
    return head + body + b"\nendstream\nendobj\n"


def elements(tree: Structure, first: int, root: int, pages: list[int], notes: dict[str, int]) -> Iterator[bytes]:
    """The elements as objects, numbered from `first`; `pages`, `notes`: the objects of pages and annotations."""
    for place, (tag, parent, kids) in enumerate(zip(tree.tags, tree.parents, tree.kids, strict=True)):
        if not kids and tag not in CELLS and place:
            yield _EMPTY
            continue
        if tag == "TD" and len(kids) == 1 and place not in tree.alts:  # nearly all of them in a long table
            kid = kids[0]
            if isinstance(kid, int) and kid < 0:
                on, number = place_of(kid)
                yield b"<</S/TD/P %d 0 R/Pg %d 0 R/K %d>>" % (first + parent, pages[on], number)
                continue
        page, written = _kids(tree, kids, first, pages, notes)
        more = ""
        if tag == "TH":
            more = "/A<</O/Table/Scope/Column>>"
        if place in tree.alts:
            more += f"/Alt<FEFF{tree.alts[place].encode('utf-16-be', 'replace').hex()}>"
        above = root if parent < 0 else first + parent
        yield f"<</S/{tag}/P {above} 0 R{page}{more}{written}>>".encode("ascii")


def _kids(
    tree: Structure, kids: list[int | str], first: int, pages: list[int], notes: dict[str, int]
) -> tuple[str, str]:
    """The page most pieces of an element are on, and its kids."""
    if len(kids) == 1 and isinstance(kids[0], int) and kids[0] < 0:  # nearly all of them
        page, number = place_of(kids[0])
        return f"/Pg {pages[page]} 0 R", f"/K {number}"
    home = next((place_of(kid)[0] for kid in kids if isinstance(kid, int) and kid < 0), None)
    found: list[str] = []
    for kid in kids:
        if isinstance(kid, str):
            found.append(f"<</Type/OBJR/Obj {notes[kid]} 0 R/Pg {pages[tree.notes[kid][1]]} 0 R>>")
        elif kid >= 0:
            if tree.kids[kid] or tree.tags[kid] in CELLS:
                found.append(f"{first + kid} 0 R")
        else:
            page, number = place_of(kid)
            found.append(str(number) if page == home else f"<</Type/MCR/Pg {pages[page]} 0 R/MCID {number}>>")
    return "" if home is None else f"/Pg {pages[home]} 0 R", f"/K[{' '.join(found)}]"


def parents(tree: Structure, first: int) -> bytes:
    """From the pieces of each page, and from each annotation, to the element it belongs to."""
    found = [
        f"{page} [{' '.join([f'{first + element} 0 R' for element in owners])}]"
        for page, owners in enumerate(tree.pages[:-1])
    ]
    found += [
        f"{FIRST_NOTE + place} {first + element} 0 R" for place, (element, _page) in enumerate(tree.notes.values())
    ]
    return f"<</Nums[{' '.join(found)}]>>".encode("ascii")
