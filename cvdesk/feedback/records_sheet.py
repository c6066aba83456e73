"""The blank sheet for the counter: what it offers to tick."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from cvdesk.catalogue.records import Letterhead

MOST_THEMES, MOST_CHANNELS = 8, 4


@dataclass(frozen=True, slots=True)
class BlankSheet:
    """Whose sheet it is; the business's own most used channels and themes, the most used first."""

    letterhead: Letterhead
    today: date
    channels: tuple[str, ...]
    themes: tuple[str, ...]
