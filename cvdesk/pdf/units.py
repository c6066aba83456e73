"""Words as units that stay whole, and units put into lines: where a line may break, in which script whatever."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from functools import cache, lru_cache
from itertools import pairwise

from cvdesk.pdf import hyphens
from cvdesk.pdf.fonts import REGULAR, Face, Glyph, clusters, main_face, with_faces

# No-break blanks (U+00A0, U+202F, U+2007) are part of their word.
_GAPS = " \u2000-\u2006\u2008-\u200b\u205f\u3000"
_TOKENS = re.compile(f"[{_GAPS}]+|[^{_GAPS}]+")
_GAP = re.compile(f"[{_GAPS}]")
_BLANKS = re.compile(" +|[^ ]+")
_EACH_BREAKS = re.compile("[\u2e80-\u9fff\uf900-\ufaff\uff01-\uff60\U00020000-\U0003ffff]")
_NOT_FIRST = frozenset(
    "、。，．・：；？！゛゜ヽヾゝゞ々ー）］｝」』】〉》〕,.;:?!)]}’”%ぁぃぅぇぉっゃゅょゎァィゥェォッャュョヮヵヶ‐〜％…"
)
_NOT_LAST = frozenset("（［｛「『【〈《〔([{‘“£$￥＄")
_BETTER_AFTER = frozenset("-/_@.,;:&=+")  # where a word longer than its line is parted if it can be
# What letters of these look like and how far apart they stand depends on the next one alone, see _Letters.
_PLAIN = re.compile("[ -~\u00a1-\u00ac\u00ae-\u017e\u2013\u2014\u2018-\u201e\u2026\u20ac]*")
_ALONE = "\n"  # in place of the letter that follows the last one
_FULL = 0.67  # lines fuller than this are left as they are
_MOST_HYPHENS = 2


@dataclass(frozen=True, slots=True)
class Run:
    """Glyphs of one face; width in 1/1000 of the size. `turned`: its letters run from right to left.

    `told`: readers of the page are told its text, as the glyphs alone would give another. `raised`: some stand higher.
    """

    face: Face
    glyphs: tuple[Glyph, ...]
    width: float
    turned: bool = False
    told: bool = False
    raised: bool = False

    @property
    def text(self) -> str:
        """What it stands for, in reading order."""
        return "".join(glyph.text for glyph in (reversed(self.glyphs) if self.turned else self.glyphs))


@dataclass(frozen=True, slots=True)
class Unit:
    """What is never broken while it fits a line: a word, a gap, one Chinese character."""

    text: str
    levels: tuple[int, ...]
    parts: tuple[tuple[int, Run], ...]
    width: float
    gap: bool
    hyphen: bool = field(default=False)


def _run(face: Face, glyphs: tuple[Glyph, ...], turned: bool) -> Run:
    raised = any(glyph.dy for glyph in glyphs)
    told = any(not glyph.text for glyph in glyphs) or (not turned and any(_stacked(glyph) for glyph in glyphs))
    return Run(face, glyphs, sum(glyph.advance for glyph in glyphs), turned, told, raised)


class _Letters(dict[tuple[str, str], Glyph]):
    """Glyphs of plain letters by themselves and the letter that follows: kerned, as the whole word would be.

    KeyError where the next letter changes more than the distance to it, as in ligatures.
    """

    def __init__(self, face: Face) -> None:
        super().__init__()
        self._face = face

    def __missing__(self, key: tuple[str, str]) -> Glyph:
        letter, following = key
        pair = letter if following == _ALONE else letter + following
        found, alone = self._face.glyphs(pair, False), self._face.glyphs(pair[-1], False)
        if len(found) != len(pair) or found[-1] != alone[0] or not all(map(self._face.has, pair)):
            raise KeyError(key)
        first = found[0]
        if first.text != letter or first.dx or first.dy or first.gid != self._face.glyphs(letter, False)[0].gid:
            raise KeyError(key)
        self[key] = first
        return first


@cache
def _letters(weight: str) -> _Letters:
    return _Letters(main_face(weight))


def is_plain(paragraph: str) -> bool:
    """Whether it has nothing but letters, figures and marks of the main face, and blanks between words."""
    return paragraph.isascii() or _PLAIN.fullmatch(paragraph) is not None


def plain_units(paragraph: str, weight: str) -> list[Unit]:
    """Words and gaps of plain letters, most of what is ever set."""
    words = paragraph.split(" ")
    if "" in words:  # several blanks, or some at an end
        return [_plain_unit(found, weight, found[0] == " ") for found in _BLANKS.findall(paragraph)]
    found = [_plain_unit(" ", weight, True)] * (2 * len(words) - 1)
    found[::2] = [_plain_unit(word, weight, False) for word in words]
    return found


def _stacked(glyph: Glyph) -> bool:
    """Marks over and under letters: readers would take them in the order of their places, not as they were typed."""
    return (bool(glyph.dy) or not glyph.advance) and unicodedata.category(glyph.text[0])[0] == "M"


def units(paragraph: str, levels: list[int] | None, weight: str) -> Iterator[Unit]:
    """The paragraph's words and gaps; `levels` of its characters where some run from right to left."""
    for match in _TOKENS.finditer(paragraph):
        token, start = match.group(), match.start()
        gap = _GAP.match(token) is not None
        if levels is None and gap:
            yield _plain_unit(token, weight, gap)
            continue
        for offset, word in _breakable(token) if not gap else [(0, token)]:
            if levels is None:
                yield _plain_unit(word, weight, gap)
            else:
                at = start + offset
                yield _unit(word, tuple(levels[at : at + len(word)]), weight, gap)


def _breakable(token: str) -> list[tuple[int, str]]:
    """Words of scripts without blanks may be broken before any character that may begin a line."""
    if not _EACH_BREAKS.search(token):
        return [(0, token)]
    found: list[tuple[int, str]] = []
    place = 0
    for cluster in clusters(token):
        joins = found and not (_EACH_BREAKS.match(cluster) or _EACH_BREAKS.match(token[place - 1]))
        if found and (joins or cluster[0] in _NOT_FIRST or token[place - 1] in _NOT_LAST):
            found[-1] = (found[-1][0], found[-1][1] + cluster)
        else:
            found.append((place, cluster))
        place += len(cluster)
    return found


@lru_cache(maxsize=50_000)
def _plain_unit(text: str, weight: str, gap: bool) -> Unit:
    return _unit(text, (0,) * len(text), weight, gap)


def _unit(text: str, levels: tuple[int, ...], weight: str, gap: bool) -> Unit:
    if not any(levels) and is_plain(text):
        letters = _letters(weight)
        try:
            glyphs = tuple(map(letters.__getitem__, pairwise(text + _ALONE)))
        except KeyError:
            pass
        else:
            run = Run(main_face(weight), glyphs, sum([glyph.advance for glyph in glyphs]))
            return Unit(text, levels, ((0, run),), run.width, gap)
    parts: list[tuple[int, Run]] = []
    start = 0
    for end in range(1, len(text) + 1):
        if end == len(text) or levels[end] != levels[start]:
            level = levels[start]
            for face, piece in _faces(text[start:end], weight):
                turned = bool(level % 2)
                parts.append((level, _run(face, face.glyphs(piece, turned), turned)))
            start = end
    return Unit(text, levels, tuple(parts), sum(run.width for _level, run in parts), gap)


def _faces(text: str, weight: str) -> Iterator[tuple[Face, str]]:
    if text.isascii() and text.isprintable():
        return iter([(main_face(weight), text)])
    return with_faces(text, weight)


def rows(found: list[Unit], room: float, weight: str) -> Iterator[list[Unit]]:
    """Units line by line, `room` in 1/1000 of the size; gaps at a break vanish, words are parted where they must be."""
    if sum([unit.width for unit in found]) <= room:
        yield _trimmed(found)
        return
    row: list[Unit] = []
    used = 0.0
    parted = 0  # lines one after the other that end with a hyphen
    queue = found[::-1]
    while queue:
        unit = queue.pop()
        if used + unit.width <= room or (unit.gap and row):
            row.append(unit)
            used += unit.width
            continue
        begun = any(not part.gap for part in row)
        pair = _hyphenated(unit, room, used, weight, begun) if parted < _MOST_HYPHENS or not begun else None
        if pair is not None:
            yield [*row, pair[0]]
            queue.append(pair[1])
            parted += 1
        elif begun:
            yield _trimmed(row)
            if not unit.gap:
                queue.append(unit)
            parted = 0
        else:
            head, rest = _broken(unit, room - used, weight)
            yield [*row, head]
            if rest is not None:
                queue.append(rest)
            parted = 0
        row, used = [], 0.0
    yield _trimmed(row)


def _hyphenated(unit: Unit, room: float, used: float, weight: str, begun: bool) -> tuple[Unit, Unit] | None:
    """The word in two parts, the first with a hyphen within what is left of the room; None where it stays whole."""
    if unit.gap:
        return None
    places = hyphens.soft_places(unit.text)
    if not places and weight == REGULAR and (used < room * _FULL or not begun):
        places = hyphens.places(unit.text, hyphens.language_now())
    for place in reversed(places):
        head = _unit(unit.text[:place], unit.levels[:place], weight, False)
        if head.parts and used + head.width + _hyphen(head).advance <= room:
            return _with_hyphen(head), _unit(unit.text[place:], unit.levels[place:], weight, False)
    return None


def _hyphen(head: Unit) -> Glyph:
    """The hyphen in the face of the word where it has one; it stands for no text."""
    face = head.parts[-1][1].face
    face = face if face.has("-") else main_face(REGULAR)
    return replace(face.glyphs("-", False)[0], text="")


def _with_hyphen(head: Unit) -> Unit:
    level, run = head.parts[-1]
    face = run.face if run.face.has("-") else main_face(REGULAR)
    part = (level, _run(face, (_hyphen(head),), run.turned))
    return replace(head, parts=(*head.parts, part), width=head.width + part[1].width, hyphen=True)


def _broken(unit: Unit, room: float, weight: str) -> tuple[Unit, Unit | None]:
    """As much of a unit as fits, at least one character, and the rest."""
    marks = list(clusters(unit.text))
    low, high = 1, len(marks)
    while low < high:
        middle = (low + high + 1) // 2
        length = len("".join(marks[:middle]))
        if _unit(unit.text[:length], unit.levels[:length], weight, unit.gap).width <= room:
            low = middle
        else:
            high = middle - 1
    if low < len(marks):
        low = next((at for at in range(low, low // 2, -1) if marks[at - 1] in _BETTER_AFTER), low)
    length = len("".join(marks[:low]))
    head = _unit(unit.text[:length], unit.levels[:length], weight, unit.gap)
    if length == len(unit.text):
        return head, None
    return head, _unit(unit.text[length:], unit.levels[length:], weight, unit.gap)


def _trimmed(row: list[Unit]) -> list[Unit]:
    end = len(row)
    while end and row[end - 1].gap:
        end -= 1
    return row[:end]
