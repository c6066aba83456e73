"""What was chosen for each document, to be remembered: as text that holds no words of anybody."""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from typing import Any


@dataclass(frozen=True, slots=True)
class Chosen:
    """The choices of one kind. `paper`: "" for what is usual in the country; `about`: id of a record."""

    names: bool = True
    paper: str = ""
    left_out: frozenset[str] = frozenset()
    fillable: bool = False
    about: int | None = None


@dataclass(frozen=True, slots=True)
class Memory:
    """The kind that was open last, and the choices of each kind that differ from the usual."""

    kind: str = ""
    chosen: tuple[tuple[str, Chosen], ...] = ()

    def of(self, kind: str) -> Chosen:
        """The choices of a kind."""
        return dict(self.chosen).get(kind, Chosen())

    def with_kind(self, kind: str, chosen: Chosen) -> Memory:
        """This kind is open, with these choices."""
        others = {**dict(self.chosen), kind: chosen}
        return replace(self, kind=kind, chosen=tuple(sorted(others.items(), key=lambda one: one[0])))


def as_text(memory: Memory) -> str:
    """The memory as JSON."""
    kinds = {
        key: {
            "names": one.names, "paper": one.paper, "left_out": sorted(one.left_out),
            "fillable": one.fillable, "about": one.about,
        }
        for key, one in memory.chosen if one != Chosen()
    }  # fmt: skip
    return json.dumps({"kind": memory.kind, "kinds": kinds})


def from_text(text: str) -> Memory:
    """The memory that was kept; the usual choices where the text says nothing that can be used."""
    try:
        kept = json.loads(text or "{}")
    except ValueError:
        return Memory()
    if not isinstance(kept, dict) or not isinstance(kept.get("kinds", {}), dict):
        return Memory()
    chosen = tuple((str(key), _chosen(one)) for key, one in kept.get("kinds", {}).items() if isinstance(one, dict))
    return Memory(str(kept.get("kind", "")), chosen)


def _chosen(kept: dict[str, Any]) -> Chosen:
    about, left_out = kept.get("about"), kept.get("left_out", [])
    return Chosen(
        bool(kept.get("names", True)),
        kept["paper"] if kept.get("paper") in ("a4", "letter") else "",
        frozenset(str(key) for key in left_out) if isinstance(left_out, list) else frozenset(),
        bool(kept.get("fillable", False)),
        about if isinstance(about, int) and not isinstance(about, bool) else None,
    )
