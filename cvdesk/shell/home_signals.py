"""Signals of the trends, and how many were told: read after Home is shown, so that opening never waits for them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from cvdesk.catalogue.records import Filter, Period
from cvdesk.db import BusinessFile
from cvdesk.shell.records_needs import Need

if TYPE_CHECKING:
    from cvdesk.trends.radar import Signal


@dataclass(frozen=True, slots=True)
class News:
    """signals: what changed for good and was not seen yet, with the customers' words behind it; loop: how many of those
    who raised what was done were told, in words, empty where nobody did.
    """

    signals: tuple[Signal, ...] = ()
    loop: str = ""


NOTHING = News()


def read(file: BusinessFile, today: date) -> News:
    """Asks for both, of the last twelve months."""
    from cvdesk.care.records_loop import rate_in_words
    from cvdesk.care.store_loop import loop_rate
    from cvdesk.trends.store_radar import signals  # brings the judging along, which Home does without at first

    told = loop_rate(file, Filter(Period.last_months(12, today)), today)
    return News(signals(file, today), rate_in_words(told, today))


def as_needs(found: Sequence[Signal]) -> list[Need]:
    """Signals as lines of the card; each opens its chart."""
    return [
        Need("signal", "series", signal.series, signal.sentence, about=" ".join(signal.quotes[:1]), signal=signal)
        for signal in found
    ]
