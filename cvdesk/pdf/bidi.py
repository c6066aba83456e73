"""Text that runs from right to left: levels of characters and the order they are drawn in."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from typing import Any, TypeVar

Piece = TypeVar("Piece")

_RIGHT_TO_LEFT = re.compile(
    "[\u0590-\u08ff\u200f\u202a-\u202e\u2066-\u2069\ufb1d-\ufdff\ufe70-\ufeff\U00010800-\U00010fff\U0001e800-\U0001efff]"
)
_BRACKETS = {"(": ")", "[": "]", "{": "}"}
_STRONG = {"L": "L", "R": "R", "EN": "R", "AN": "R"}
_ISOLATES = ("LRI", "RLI", "FSI", "PDI")


def has_right_to_left(text: str) -> bool:
    """Whether any character asks for the bidirectional algorithm."""
    return _RIGHT_TO_LEFT.search(text) is not None


def levels(text: str) -> tuple[int, list[int]]:
    """The paragraph's own level (1: right to left) and one level per character, by the bidirectional algorithm."""
    from bidi import algorithm

    base = _base_level(text)
    storage: dict[str, Any] = algorithm.get_empty_storage()
    storage["base_level"], storage["base_dir"] = base, "LR"[base]
    for place, mark in enumerate(text):
        kind = unicodedata.bidirectional(mark) or "L"
        kind = "BN" if kind in _ISOLATES else kind
        storage["chars"].append({"ch": mark, "level": base, "type": kind, "orig": kind, "place": place})
    algorithm.explicit_embed_and_overrides(storage)
    algorithm.resolve_weak_types(storage)
    _settle_brackets(storage["chars"], base)
    algorithm.resolve_neutral_types(storage, False)
    algorithm.resolve_implicit_levels(storage, False)
    found = [-1] * len(text)
    for character in storage["chars"]:
        found[character["place"]] = character["level"]
    level = base
    for place, value in enumerate(found):
        level = value if value >= 0 else level
        found[place] = level
    return base, found


def _settle_brackets(characters: list[dict[str, Any]], base: int) -> None:
    """Both brackets of a pair take one direction (rule N0), that of the paragraph unless all around says otherwise."""
    own, other = "LR"[base], "RL"[base]
    opened: list[tuple[str, int]] = []
    pairs: list[tuple[int, int]] = []
    for place, character in enumerate(characters):
        mark = character["ch"]
        if mark in _BRACKETS:
            opened.append((_BRACKETS[mark], place))
        elif any(mark == closing for closing, _at in opened):
            while opened:
                closing, at = opened.pop()
                if closing == mark:
                    pairs.append((at, place))
                    break
    for start, end in sorted(pairs):
        inside = {_STRONG.get(found["type"]) for found in characters[start + 1 : end]}
        before = [_STRONG[found["type"]] for found in characters[:start] if found["type"] in _STRONG] or [own]
        if own in inside or (other in inside and before[-1] == own):
            characters[start]["type"] = characters[end]["type"] = own
        elif other in inside:
            characters[start]["type"] = characters[end]["type"] = other


def _base_level(text: str) -> int:
    for mark in text:
        kind = unicodedata.bidirectional(mark)
        if kind in ("L", "R", "AL"):
            return 0 if kind == "L" else 1
    return 0


def visual_order(pieces: Sequence[tuple[int, Piece]]) -> list[Piece]:
    """Pieces of one line, each with its level, from left to right (rule L2)."""
    ordered = list(pieces)
    odd = [level for level, _piece in ordered if level % 2]
    if odd:
        for level in range(max(found for found, _piece in ordered), min(odd) - 1, -1):
            ordered = _reversed_runs(ordered, level)
    return [piece for _level, piece in ordered]


def _reversed_runs(ordered: list[tuple[int, Piece]], level: int) -> list[tuple[int, Piece]]:
    result: list[tuple[int, Piece]] = []
    run: list[tuple[int, Piece]] = []
    for pair in ordered:
        if pair[0] >= level:
            run.append(pair)
        else:
            result += [*reversed(run), pair]
            run = []
    return result + run[::-1]
