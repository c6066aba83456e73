"""Puts the glyphs a document uses into it: each face as one subset, glyphs by number, text by ToUnicode."""

from __future__ import annotations

import hashlib
from typing import Any

from cvdesk.pdf.fonts import Face, Glyph

_DROPPED = ("GSUB", "GPOS", "GDEF", "cmap", "name", "OS/2", "post", "vhea", "vmtx", "STAT", "BASE", "gasp", "DSIG")
_SYMBOLIC = 4


class Subset:
    """The glyphs of one face in one document, numbered in the order of their first use.

    The same glyph gets one number per text it stands for, so that copied text is right; number 0 is .notdef.
    """

    def __init__(self, face: Face, internal_name: str) -> None:
        self.face = face
        self.internal_name = internal_name
        # Operators of words, by the run's id; the run is held so that its id stays its own.
        self.kept: dict[int, tuple[object, str]] = {}
        self.codes: dict[tuple[int, str], str] = {}
        self._glyphs: list[Glyph] = [Glyph(0, "", 0, 0, 0, 0)]

    def code(self, glyph: Glyph) -> str:
        """The glyph as four hexadecimal digits, for a string of the page's content."""
        key = (glyph.gid, glyph.text)
        found = self.codes.get(key)
        if found is None:
            found = self.codes[key] = f"{len(self._glyphs):04X}"
            self._glyphs.append(glyph)
        return found

    def addObjects(self, doc: Any) -> None:  # noqa: N802 - reportlab calls it by this name
        """Adds the font to the document; reportlab calls this once, when everything is drawn."""
        from reportlab.pdfbase import pdfdoc

        name = f"{self._tag()}+{self.face.name}"
        descendant = pdfdoc.PDFDictionary({
            "Type": "/Font", "Subtype": "/CIDFontType2", "BaseFont": "/" + name,
            "CIDSystemInfo": pdfdoc.PDFDictionary({
                "Registry": pdfdoc.PDFString("Adobe"), "Ordering": pdfdoc.PDFString("Identity"), "Supplement": 0,
            }),
            "FontDescriptor": doc.Reference(self._descriptor(doc, name), "descriptor:" + name),
            "DW": 1000,
            "W": pdfdoc.PDFArray([0, pdfdoc.PDFArray([round(glyph.width) for glyph in self._glyphs])]),
            "CIDToGIDMap": _stream(doc, b"".join(g.gid.to_bytes(2, "big") for g in self._glyphs), "gids:" + name),
        })  # fmt: skip
        doc.idToObject["BasicFonts"].dict[self.internal_name] = pdfdoc.PDFDictionary({
            "Type": "/Font", "Subtype": "/Type0", "BaseFont": "/" + name, "Encoding": "/Identity-H",
            "DescendantFonts": pdfdoc.PDFArray([doc.Reference(descendant, "descendant:" + name)]),
            "ToUnicode": _stream(doc, self._to_unicode(), "unicode:" + name),
        })  # fmt: skip

    def _tag(self) -> str:
        used = repr(sorted({glyph.gid for glyph in self._glyphs})).encode()
        digest = hashlib.sha256(used).digest()
        return "".join(chr(65 + byte % 26) for byte in digest[:6])

    def _descriptor(self, doc: Any, name: str) -> Any:
        from reportlab.pdfbase import pdfdoc

        face = self.face
        head = bytes(face.face.reference_table("head").data)
        box = [round(int.from_bytes(head[at : at + 2], "big", signed=True) * face.scale) for at in (36, 38, 40, 42)]
        return pdfdoc.PDFDictionary({
            "Type": "/FontDescriptor", "FontName": "/" + name, "Flags": _SYMBOLIC, "FontBBox": pdfdoc.PDFArray(box),
            "ItalicAngle": 0, "Ascent": round(face.ascent), "Descent": round(face.descent), "CapHeight": 714,
            "StemV": 80, "FontFile2": _stream(doc, self._font_file(), "file:" + name, with_length=True),
        })  # fmt: skip

    def _font_file(self) -> bytes:
        import uharfbuzz

        wanted = uharfbuzz.SubsetInput()
        wanted.glyph_set.update(sorted({glyph.gid for glyph in self._glyphs}))
        wanted.drop_table_tag_set.update(int.from_bytes(tag.encode(), "big") for tag in _DROPPED)
        flags = uharfbuzz.SubsetFlags
        wanted.flags = flags.RETAIN_GIDS | flags.NO_HINTING | flags.NO_LAYOUT_CLOSURE | flags.NOTDEF_OUTLINE
        return bytes(uharfbuzz.subset(self.face.face, wanted).blob.data)

    def _to_unicode(self) -> bytes:
        pairs = [f"<{number:04X}> <{glyph.text.encode('utf-16-be', 'surrogatepass').hex().upper()}>"
                 for number, glyph in enumerate(self._glyphs) if number]  # fmt: skip
        blocks = [pairs[at : at + 100] for at in range(0, len(pairs), 100)]
        body = "\n".join(f"{len(block)} beginbfchar\n" + "\n".join(block) + "\nendbfchar" for block in blocks)
        return (
            "/CIDInit /ProcSet findresource begin\n12 dict begin\nbegincmap\n"
            "/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def\n"
            "/CMapName /Adobe-Identity-UCS def\n/CMapType 2 def\n"
            "1 begincodespacerange\n<0000> <FFFF>\nendcodespacerange\n"
            f"{body}\nendcmap\nCMapName currentdict /CMap defineresource pop\nend\nend\n"
        ).encode("ascii")


def _stream(doc: Any, content: bytes, name: str, with_length: bool = False) -> Any:
    from reportlab.pdfbase import pdfdoc

    stream = pdfdoc.PDFStream()
    stream.content = content
    if with_length:
        stream.dictionary["Length1"] = len(content)
    stream.filters = [pdfdoc.PDFZCompress]
    return doc.Reference(stream, name)


def subset(canvas: Any, face: Face) -> Subset:
    """The subset of the face in the document of this canvas, made at first use."""
    doc = canvas._doc
    known: dict[Face, Subset] | None = getattr(doc, "subsets", None)
    if known is None:
        known = doc.subsets = {}
    found = known.get(face)
    if found is None:
        found = known[face] = Subset(face, f"F{len(known) + 1}")
        doc.delayedFonts.append(found)
    return found
