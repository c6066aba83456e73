"""An idea to start an action from: not advice; what it costs and does is the owner's to fill in."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Idea:
    """One line of the bank of ideas. factor: key; kind, removes: as an action's; trade: where it fits best, or ""."""

    key: str
    factor: str
    kind: str
    removes: str
    trade: str
    text: str
