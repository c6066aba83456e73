"""Forms that are filled in on the screen: fields laid over what is drawn. Text of a field's name is never markup."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from reportlab.pdfbase import pdfdoc

from cvdesk.pdf.document import PlainCanvas

_PRINT = 4  # flags of an annotation
_HIDDEN = 2
_READ_ONLY = 1  # flags of a field
_MULTILINE = 1 << 12
_RADIO = 1 << 15
_INK = "0.106 0.141 0.188"
_TEXT_SIZE = 10


class FormCanvas(PlainCanvas):
    """A canvas that can hold fields. Tab goes through them row by row, as they are read."""

    def __init__(self, *given: Any, **named: Any) -> None:
        self._fields: list[Any] = []
        self._shapes: dict[tuple[str, float, float], Any] = {}
        super().__init__(*given, **named)

    def one_of(self, name: str, tip: str, boxes: Sequence[tuple[str, str, float, float]], size: float) -> None:
        """Boxes of which one can be crossed: value, what a screen reader says of it, lower left corner.

        In most programs a second click takes the cross away again; not in all of them, so no form should promise it.
        """
        parent = pdfdoc.PDFDictionary({
            "FT": "/Btn", "Ff": _RADIO, "T": pdfdoc.PDFString(name), "TU": pdfdoc.PDFString(tip), "V": "/Off",
        })  # fmt: skip
        reference = self._field(parent, name)
        kids = []
        for value, words, x, y in boxes:
            shown = pdfdoc.PDFDictionary({value: self._cross(size), "Off": self._nothing(size, size)})
            kids.append(self._widget({
                "Parent": reference, "Rect": _box(x, y, size, size), "AS": "/Off",
                "AP": pdfdoc.PDFDictionary({"N": shown}), "MK": pdfdoc.PDFDictionary({"CA": pdfdoc.PDFString("8")}),
                "DA": pdfdoc.PDFString(f"/ZaDb 0 Tf {_INK} rg"), "TU": pdfdoc.PDFString(words),
            }, f"{name}={value}"))  # fmt: skip
        parent["Kids"] = pdfdoc.PDFArray(kids)

    def text_field(
        self, name: str, tip: str, x: float, y: float, width: float, height: float, several: bool, longest: int = 0
    ) -> None:
        """A field to type in, over `several` lines or one. `longest`: how many characters it takes, 0 for any."""
        field = {
            "FT": "/Tx", "Ff": _MULTILINE if several else 0, "T": pdfdoc.PDFString(name), "TU": pdfdoc.PDFString(tip),
            "V": pdfdoc.PDFString(""), "DA": pdfdoc.PDFString(f"/Helv {_TEXT_SIZE} Tf {_INK} rg"),
            "Rect": _box(x, y, width, height),
            "AP": pdfdoc.PDFDictionary({"N": self._nothing(width, height)}),
        }  # fmt: skip
        if longest:
            field["MaxLen"] = longest
        self._fields.append(self._widget(field, name))

    def hidden(self, name: str, value: str) -> None:
        """A value that travels with the form, never shown."""
        self._fields.append(self._widget({
            "FT": "/Tx", "Ff": _READ_ONLY, "T": pdfdoc.PDFString(name), "V": pdfdoc.PDFString(value),
            "DA": pdfdoc.PDFString(f"/Helv {_TEXT_SIZE} Tf {_INK} rg"), "Rect": _box(0, 0, 0, 0),
        }, name, _HIDDEN))  # fmt: skip

    def save(self) -> None:
        """Ends the document; the fields become known to it. What is typed is shown in fonts no archive has."""
        if self._fields:
            self.archived = False
            self._doc._catalog.AcroForm = pdfdoc.PDFDictionary({
                "Fields": pdfdoc.PDFArray(self._fields), "DA": pdfdoc.PDFString(f"/Helv {_TEXT_SIZE} Tf {_INK} rg"),
                "DR": pdfdoc.PDFDictionary({"Font": pdfdoc.PDFDictionary({
                    "Helv": _font("Helvetica", "/WinAnsiEncoding"), "ZaDb": _font("ZapfDingbats"),
                })}),
            })  # fmt: skip
        super().save()

    def _setAnnotations(self, page: Any) -> None:  # noqa: N802 - reportlab calls it by this name
        super()._setAnnotations(page)
        if self._annotationrefs:
            page.Tabs = "/R"

    def _field(self, field: Any, name: str) -> Any:
        reference = self._doc.Reference(field, f"field:{name}")
        self._fields.append(reference)
        return reference

    def _widget(self, entries: dict[str, Any], name: str, flags: int = _PRINT) -> Any:
        widget = pdfdoc.PDFDictionary({"Type": "/Annot", "Subtype": "/Widget", "F": flags, **entries})
        key = f"widget:{name}"
        self._addAnnotation(widget, key)
        return self._doc.refAnnotation(key)

    def _cross(self, size: float) -> Any:
        inset = size * 0.2
        far = size - inset
        return self._shape("cross", size, size, (
            f"{_INK} RG 2 w 1 J {inset:.2f} {inset:.2f} m {far:.2f} {far:.2f} l S "
            f"{inset:.2f} {far:.2f} m {far:.2f} {inset:.2f} l S"
        ))  # fmt: skip

    def _nothing(self, width: float, height: float) -> Any:
        return self._shape("nothing", width, height, "")

    def _shape(self, kind: str, width: float, height: float, content: str) -> Any:
        """What a field looks like, one object for all that look alike."""
        key = (kind, round(width, 2), round(height, 2))
        if key not in self._shapes:
            stream = pdfdoc.PDFStream(content=content.encode("ascii"))
            stream.dictionary["Type"] = "/XObject"
            stream.dictionary["Subtype"] = "/Form"
            stream.dictionary["BBox"] = _box(0, 0, width, height)
            self._shapes[key] = self._doc.Reference(stream, f"shape:{kind}:{key[1]}x{key[2]}")
        return self._shapes[key]


def _box(x: float, y: float, width: float, height: float) -> Any:
    return pdfdoc.PDFArray([round(x, 2), round(y, 2), round(x + width, 2), round(y + height, 2)])


def _font(name: str, encoding: str = "") -> Any:
    entries = {"Type": "/Font", "Subtype": "/Type1", "BaseFont": f"/{name}"}
    if encoding:
        entries["Encoding"] = encoding
    return pdfdoc.PDFDictionary(entries)
