"""A series over calendar months, with its limits: the same object on screen and on paper."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Point:
    """One month. `value` None: too few answers to show. `running`: the month is not over, so never judged."""

    month: date
    value: float | None
    n: int
    running: bool = False


@dataclass(frozen=True, slots=True)
class Limits:
    """The range of ordinary months over points first..last (positions in the series), firm from 12 baseline points."""

    first: int
    last: int
    centre: float
    low: float
    high: float
    firm: bool


@dataclass(frozen=True, slots=True)
class Note:
    """What happened when."""

    date: date
    text: str


@dataclass(frozen=True, slots=True)
class Series:
    """`unit`: net (-8..8), score (1-5), share (0-1), points (NPS), rate (per 100), days, count. `less_is_better` for
    burdens. `limits`: one range per phase. `signals`: positions of judged points outside the limits or completing a
    run. `sentence`: what the limits show.
    """

    key: str
    title: str
    unit: str
    points: tuple[Point, ...]
    limits: tuple[Limits, ...]
    notes: tuple[Note, ...]
    signals: tuple[int, ...]
    sentence: str
    less_is_better: bool = False
    lever: str = ""
