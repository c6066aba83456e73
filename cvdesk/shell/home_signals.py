"""Signals of the trends among what needs the owner: read after Home is shown, so that opening never waits for them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING

from cvdesk.db import BusinessFile
from cvdesk.shell.records_needs import Need

if TYPE_CHECKING:
    from cvdesk.trends.radar import Signal


def read(file: BusinessFile, today: date) -> tuple[Signal, ...]:
    """What changed for good and was not seen yet, with the customers' words behind it."""
    from cvdesk.trends.store_radar import signals  # brings the judging along, which Home does without at first

    return signals(file, today)


def as_needs(found: Sequence[Signal]) -> list[Need]:
    """Signals as lines of the card; each opens its chart."""
    return [
        Need("signal", "series", signal.series, signal.sentence, about=" ".join(signal.quotes[:1]), signal=signal)
        for signal in found
    ]
