"""Fonts of the PDFs: one face after the other is asked for a character, so that none is dropped.

Ours come first (resources/fonts), then TrueType fonts of the system. What truly nobody has is written as a visible
box with its code point.
"""

from __future__ import annotations

import os
import sys
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import pairwise
from pathlib import Path
from typing import Any

from cvdesk.paths import resources

REGULAR = "regular"
SEMIBOLD = "semibold"
BOLD = "bold"

_OURS = {
    REGULAR: ("NotoSans-Regular", "NotoSansArabic-Regular", "NotoSansHebrew-Regular"),
    SEMIBOLD: ("NotoSans-SemiBold", "NotoSansArabic-Bold", "NotoSansHebrew-Bold"),
    BOLD: ("NotoSans-Bold", "NotoSansArabic-Bold", "NotoSansHebrew-Bold"),
}
_FOR_ALL = (
    "CVDeskSymbols-Regular",
    "NotoSansDevanagari-Regular",
    "NotoSansThai-Regular",
    "NotoSansSC-Regular",
    "NotoSansKR-Regular",
    "NotoEmoji-Regular",
)
_RESTRICTED = 0x0002  # OS/2 fsType: the maker forbids embedding
_JOINERS = "\u200c\u200d"


@dataclass(frozen=True, slots=True)
class Glyph:
    """One glyph in the order it is drawn. `text`: what it stands for; lengths in 1/1000 of the size."""

    gid: int
    text: str
    advance: float
    width: float
    dx: float
    dy: float


class Face:
    """One TrueType file: which characters it has, and the glyphs of a piece of text."""

    def __init__(self, path: Path, index: int = 0) -> None:
        import uharfbuzz

        self.path = path
        self.face = uharfbuzz.Face(uharfbuzz.Blob.from_file_path(str(path)), index)
        self.font = uharfbuzz.Font(self.face)
        self.scale = 1000 / self.face.upem
        extents = self.font.get_font_extents("ltr")
        self.ascent = extents.ascender * self.scale
        self.descent = extents.descender * self.scale
        self._glyphs: dict[tuple[str, bool], tuple[Glyph, ...]] = {}
        self._known: dict[tuple[int, str, int, int, int], Glyph] = {}

    @property
    def name(self) -> str:
        """The PostScript name, from the file's name where the font has none."""
        import uharfbuzz

        found = self.face.get_name(uharfbuzz.OTNameIdPredefined.POSTSCRIPT_NAME) or self.path.stem
        return "".join(mark for mark in found if mark.isascii() and (mark.isalnum() or mark == "-")) or "Font"

    def has(self, character: str) -> bool:
        """Whether the face has a glyph of its own for the character."""
        return bool(self.font.get_nominal_glyph(ord(character)))

    def glyphs(self, text: str, rtl: bool) -> tuple[Glyph, ...]:
        """The text as glyphs from left to right: ligatures made, letters joined, marks placed."""
        key = (text, rtl)
        found = self._glyphs.get(key)
        if found is None:  # documents made at once share a face: nothing is looked up twice, another may clear between
            if len(self._glyphs) > 20_000:
                self._glyphs.clear()
            found = self._glyphs[key] = tuple(self._shape(text, rtl))
        return found

    def _shape(self, text: str, rtl: bool) -> Iterator[Glyph]:
        import uharfbuzz

        buffer = uharfbuzz.Buffer()
        buffer.add_str(text)
        buffer.guess_segment_properties()
        buffer.direction = "rtl" if rtl else "ltr"
        uharfbuzz.shape(self.font, buffer, {})
        infos, places = buffer.glyph_infos, buffer.glyph_positions
        if text.isascii() and len(infos) == len(text) and not rtl:
            for info, place, letter in zip(infos, places, text, strict=True):
                key = (info.codepoint, letter, place.x_advance, place.x_offset, place.y_offset)
                yield self._known.get(key) or self._letter(key)
            return
        words = _cluster_texts(text, [info.cluster for info in infos], rtl)
        for info, place, meaning in zip(infos, places, words, strict=True):
            if meaning and all(invisible(mark) for mark in meaning):
                continue
            yield Glyph(
                info.codepoint, meaning, place.x_advance * self.scale,
                self.font.get_glyph_h_advance(info.codepoint) * self.scale,
                place.x_offset * self.scale, place.y_offset * self.scale,
            )  # fmt: skip

    def _letter(self, key: tuple[int, str, int, int, int]) -> Glyph:
        """A glyph that stands for one letter; the same again wherever it stands like this."""
        gid, letter, advance, dx, dy = key
        width = self.font.get_glyph_h_advance(gid)
        found = Glyph(gid, letter, *(length * self.scale for length in (advance, width, dx, dy)))
        self._known[key] = found
        return found


def _cluster_texts(text: str, clusters: list[int], rtl: bool) -> list[str]:
    """What each glyph stands for: the characters of a cluster shared out among its glyphs in reading order."""
    starts = [*sorted(set(clusters)), len(text)]
    ends = dict(pairwise(starts))
    places: dict[int, list[int]] = {}
    for place, cluster in enumerate(clusters):
        places.setdefault(cluster, []).append(place)
    texts = [""] * len(clusters)
    for cluster, found in places.items():
        rest = text[cluster : ends[cluster]]
        order = found[::-1] if rtl else found
        for place in order[:-1]:
            texts[place], rest = rest[:1], rest[1:]
        texts[order[-1]] = rest
    return texts


def invisible(character: str) -> bool:
    """Marks that only steer how others look: joiners, direction marks, variation selectors."""
    return unicodedata.category(character) == "Cf" or "\ufe00" <= character <= "\ufe0f" or character == "\u034f"


@cache
def _face(name: str) -> Face:
    return Face(resources() / "fonts" / f"{name}.ttf")


@cache
def _chain(weight: str) -> tuple[str, ...]:
    return (*_OURS[weight], *_FOR_ALL)


def main_face(weight: str) -> Face:
    """The face of Latin, Greek and Cyrillic text."""
    return _face(_OURS[weight][0])


@lru_cache(maxsize=20_000)
def face_for(cluster: str, weight: str) -> Face | None:
    """The first face that has every visible character of the cluster; None where there is none."""
    needed = [mark for mark in cluster if not invisible(mark)] or [" "]
    for name in _chain(weight):
        face = _face(name)
        if all(face.has(mark) for mark in needed):
            return face
    for face in _system_faces():
        if all(face.has(mark) for mark in needed):
            return face
    return None


def _font_folders() -> list[Path]:
    if sys.platform == "win32":
        return [Path(os.environ.get("SYSTEMROOT", "C:/Windows")) / "Fonts"]
    if sys.platform == "darwin":
        return [Path("/System/Library/Fonts"), Path("/Library/Fonts"), Path.home() / "Library/Fonts"]
    return [Path("/usr/share/fonts"), Path("/usr/local/share/fonts"), Path.home() / ".local/share/fonts"]


@cache
def _system_faces() -> tuple[Face, ...]:
    """The system's TrueType fonts that may be embedded, plain ones first, always in the same order."""
    paths = {path for folder in _font_folders() if folder.is_dir() for path in folder.rglob("*.tt[fc]")}
    ordered = sorted(paths, key=lambda path: ("regular" not in path.stem.casefold(), len(path.stem), str(path)))
    return tuple(face for face in map(_system_face, ordered) if face is not None)


def _system_face(path: Path) -> Face | None:
    try:
        face = Face(path)
    except (OSError, ValueError):
        return None
    return face if "glyf" in face.face.table_tags and not _forbidden(face.face) else None


def _forbidden(face: Any) -> bool:
    if "OS/2" not in face.table_tags:
        return False
    table = bytes(face.reference_table("OS/2").data)
    return len(table) >= 10 and bool(int.from_bytes(table[8:10], "big") & _RESTRICTED)


def clusters(text: str) -> Iterator[str]:
    """Characters with the marks that belong to them: accents, joiners, variation selectors, skin tones."""
    start = 0
    for place in range(1, len(text) + 1):
        if place == len(text) or not _belongs(text[place - 1], text[place]):
            yield text[start:place]
            start = place


def _belongs(before: str, mark: str) -> bool:
    if unicodedata.category(mark)[0] == "M" or mark in _JOINERS or invisible(mark):
        return True
    return "\U0001f3fb" <= mark <= "\U0001f3ff" or before == "\u200d"


def with_faces(text: str, weight: str) -> Iterator[tuple[Face, str]]:
    """The text in runs of one face each; what no face has becomes a box and its code point."""
    run, current = "", None
    for cluster in clusters(text):
        for face, part in _cluster_faces(cluster, weight):
            if face is not current and current is not None:
                yield current, run
                run = ""
            current = face
            run += part
    if current is not None:
        yield current, run


def _cluster_faces(cluster: str, weight: str) -> list[tuple[Face, str]]:
    found = face_for(cluster, weight)
    if found is not None:
        return [(found, cluster)]
    composed = unicodedata.normalize("NFC", cluster)
    found = face_for(composed, weight)
    if found is not None:
        return [(found, composed)]
    if len(cluster) > 1:
        return [pair for mark in cluster for pair in _cluster_faces(mark, weight)]
    return list(with_faces(f"□U+{ord(cluster):04X}", weight))
