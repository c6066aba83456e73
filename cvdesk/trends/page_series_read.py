"""What the tab of one figure reads beside the window: what there is to look at, a series, and what happened then."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from cvdesk.catalogue.records import Filter
from cvdesk.db import BusinessFile, Queries
from cvdesk.trends import store_kinds, store_notes, store_phases, store_radar
from cvdesk.trends.page_series_list import Group
from cvdesk.trends.radar import Signal, looked_at_words
from cvdesk.trends.records import Series


@dataclass(frozen=True, slots=True)
class Found:
    """A series and what happened while it was counted; the steps that make sense for it."""

    series: Series
    steps: tuple[str, ...]
    notes: tuple[store_notes.KeptNote, ...]
    phases: tuple[store_phases.Phase, ...]


def read(
    db: Queries, key: str, step: str, chosen: Filter, today: date, known: Callable[[str], store_kinds.Shared]
) -> Found:
    """Reads a series in the steps asked for where they make sense, else by month. UserError for one that is gone.

    known: what series of a step, of this filter and day, rest on.
    """
    steps = store_kinds.steps(db, key, chosen, today)
    taken = step if step in steps else "month"
    series = store_kinds.make(db, key, chosen, today, taken, known(taken))
    return Found(series, steps, tuple(store_notes.notes(db)), store_phases.phases(db, key))


@dataclass(frozen=True, slots=True)
class Offered:
    """What can be looked at, what the radar tells of it that nobody has seen, and how many figures it looked at."""

    groups: tuple[Group, ...]
    signals: tuple[Signal, ...]
    looked_at: str


def read_offered(file: BusinessFile, today: date) -> Offered:
    """The list of figures with what the last sweep found."""
    groups = tuple(
        Group(group.title, tuple((kind.key, kind.title) for kind in group.kinds))
        for group in store_kinds.catalogue(file)
    )
    swept = store_radar.kept(file)
    return Offered(groups, store_radar.signals(file, today), "" if swept is None else looked_at_words(swept))
