"""Ids and the clock: 63-bit, time-ordered, unique across copies of a file; both injected so that the sample repeats."""

from __future__ import annotations

import random
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

EPOCH = datetime(2020, 1, 1, tzinfo=UTC)
RANDOM_BITS = 22
_MILLISECOND = timedelta(milliseconds=1)
POSITION_BITS = 42

Clock = Callable[[], datetime]


def utc_now() -> datetime:
    """The real clock."""
    return datetime.now(UTC)


def stamp(moment: datetime) -> str:
    """A UTC instant as ISO text, to the millisecond."""
    return moment.astimezone(UTC).replace(tzinfo=None).isoformat(timespec="milliseconds") + "Z"


def first_id_at(moment: datetime) -> int:
    """The lowest id that can have been given at or after this instant."""
    return max((moment - EPOCH) // _MILLISECOND, 0) << RANDOM_BITS


class IdSource:
    """Gives ids: milliseconds since 2020 times 2^22 plus random bits, always growing within one source."""

    def __init__(self, clock: Clock = utc_now, rng: random.Random | None = None) -> None:
        self._clock = clock
        self._rng = rng or random.Random()  # seeded by the system, another way in each program
        self._last = 0

    def reserve(self, count: int) -> int:
        """The first of `count` ids in a row."""
        milliseconds = (self._clock() - EPOCH) // _MILLISECOND
        fresh = (max(milliseconds, 0) << RANDOM_BITS) | self._rng.getrandbits(RANDOM_BITS)
        first = max(fresh, self._last + 1)
        self._last = first + count - 1
        return first

    def start_after(self, newest: int) -> None:
        """Never gives an id the file already has, even when the computer's clock was set back."""
        self._last = max(self._last, newest)

    def next(self) -> int:
        """One id."""
        return self.reserve(1)
