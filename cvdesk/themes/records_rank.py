"""Themes ranked: how they are spoken of, how much trouble they make, what is new and what grows (METHOD 1.7, 2, 6)."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from operator import itemgetter

from cvdesk.stats.benjamini_hochberg import rejected
from cvdesk.stats.intervals import Estimate, wilson
from cvdesk.stats.newcombe import newcombe
from cvdesk.themes.records import ThemeFigure

SHARE, PAIN, CHANGE, NAME = ORDERS = ("share", "pain", "change", "name")
POINTS = {"minor": 1, "moderate": 3, "serious": 9}  # METHOD 1.7: pain points
EVENT_DAYS = 30  # what one customer says of one theme within them is one event (METHOD 1.7)
NEW_DAYS = 60  # a theme first mentioned within them is new


@dataclass(frozen=True, slots=True)
class Moods:
    """Different customers by how they speak of a theme, each in one of these; unknown stays unknown.

    `both`: praise and complaint from the same customer, or neither one nor the other (three stars).
    """

    praise: int = 0
    complaint: int = 0
    both: int = 0
    unknown: int = 0

    @property
    def customers(self) -> int:
        """All of them."""
        return self.praise + self.complaint + self.both + self.unknown


@dataclass(frozen=True, slots=True)
class Pain:
    """Trouble with a theme: events by severity, and the share of active customers it happened to.

    points: severity points per 100 active customers; None where there are none. `cases`: how many of the events have
    a complaint among what was said. `anonymous`: events nobody is known to; they count in the points, not the share.
    """

    events: tuple[int, int, int]  # minor, moderate, serious
    cases: int
    anonymous: int
    points: float | None
    affected: Estimate

    @property
    def count(self) -> int:
        """How many events."""
        return sum(self.events)


@dataclass(frozen=True, slots=True)
class Change:
    """The share of customers against that of the period before. `difference`: now less before, with its interval.

    `clear`: more than chance would give, all themes looked at together.
    """

    before: Estimate
    difference: Estimate
    clear: bool

    @property
    def grows(self) -> bool:
        """Whether it clearly grows."""
        return self.clear and (self.difference.value or 0.0) > 0

    @property
    def shrinks(self) -> bool:
        """Whether it clearly shrinks."""
        return self.clear and (self.difference.value or 0.0) < 0


@dataclass(frozen=True, slots=True)
class Ranked:
    """A theme in the ranking. `new`: nobody spoke of it before the last days; `made`: when, if lately."""

    figure: ThemeFigure
    moods: Moods = Moods()
    pain: Pain | None = None
    change: Change | None = None
    new: bool = False
    made: date | None = None


@dataclass(frozen=True, slots=True)
class Filed:
    """What became of the feedback of a period. waiting: suggested only; unsorted: about nothing the program knows."""

    entries: int
    anonymous: int
    waiting: int
    unsorted: int


@dataclass(frozen=True, slots=True)
class More:
    """What takes longer than the shares, by the theme's id. `compared`: first and last day of the period before.

    `begins`: the first record, where the period before is not wholly on file, so that nothing is compared.
    """

    filed: Filed
    pains: Mapping[int, Pain]
    changes: Mapping[int, Change]
    new: frozenset[int]
    made: Mapping[int, date]
    compared: tuple[date, date] | None
    begins: date | None


@dataclass(frozen=True, slots=True)
class Ranking:
    """The themes anybody mentions, those of most customers first. `silent`: the themes in use nobody mentions."""

    rows: tuple[Ranked, ...]
    silent: tuple[ThemeFigure, ...]
    active: int
    start: date
    end: date
    more: More | None = field(default=None)


# Something that went wrong: theme, customer (None: anonymous), ISO date, 1 minor to 3 serious, whether a complaint.
# No record: a large file has tens of thousands.
Incident = tuple[int, int | None, str, int, bool]


@dataclass(slots=True)
class Events:
    """What went wrong with one theme: the severity of each event, how many hold a complaint, how many are nobody's."""

    ranks: list[int] = field(default_factory=list)
    cases: list[bool] = field(default_factory=list)
    customers: set[int] = field(default_factory=set)
    anonymous: int = 0


def filled_in(ranking: Ranking, more: More) -> Ranking:
    """The ranking with what was read after it; a silent theme joins it where it makes trouble or fell silent lately."""
    joins = {theme for theme, change in more.changes.items() if change.clear} | set(more.pains)
    silent = [figure for figure in ranking.silent if figure.id in joins]
    rows = [*ranking.rows, *(Ranked(figure) for figure in silent)]
    found = tuple(
        replace(
            row, pain=more.pains.get(row.figure.id), change=more.changes.get(row.figure.id),
            new=row.figure.id in more.new, made=more.made.get(row.figure.id),
        )
        for row in rows
    )  # fmt: skip
    rest = tuple(figure for figure in ranking.silent if figure.id not in joins)
    return replace(ranking, rows=found, silent=rest, more=more)


def ordered(rows: Sequence[Ranked], order: str) -> list[Ranked]:
    """The rows in one of ORDERS; those alike stay as they were. KeyError for an unknown order."""
    keys = {
        SHARE: lambda row: 0.0,
        PAIN: lambda row: -(row.pain.points or row.pain.count * 1e-6) if row.pain else 0.0,
        CHANGE: _growth,
        NAME: lambda row: row.figure.name.casefold(),
    }
    return sorted(rows, key=keys[order])


def _growth(row: Ranked) -> tuple[int, float]:
    """What clearly grows first, then what is new, then what clearly shrinks, then the rest."""
    change = row.change
    size = abs(change.difference.value or 0.0) if change is not None else 0.0
    if change is not None and change.grows:
        return 0, -size
    if row.new:
        return 1, -(row.figure.share.value or 0.0)
    if change is not None and change.shrinks:
        return 2, -size
    return 3, 0.0


def places(rows: Sequence[Ranked]) -> dict[int, tuple[int, int]]:
    """First and last place each theme may take, by its id: only what lies clearly apart is before or after it."""
    shares = {row.figure.id: row.figure.share for row in rows}
    found = {}
    for theme, share in shares.items():
        if share.low is not None and share.high is not None:
            before = sum((other.low or 0.0) > share.high for other in shares.values())
            after = sum((other.high or 0.0) < share.low for other in shares.values())
            found[theme] = (before + 1, len(shares) - after)
    return found


def events_of(incidents: Iterable[Incident]) -> dict[int, Events]:
    """By theme: what the same customer said within 30 days of the first word is one event, as bad as the worst of it.

    What is anonymous belongs to nobody, so each is an event of its own.
    """
    found: defaultdict[int, Events] = defaultdict(Events)
    latest: dict[tuple[int, int], tuple[int, int]] = {}
    for theme, customer, iso, rank, case in sorted(incidents, key=itemgetter(2)):
        events = found[theme]
        if customer is None:
            events.anonymous += 1
        else:
            day = date.fromisoformat(iso).toordinal()
            place, since = latest.get((theme, customer), (0, -EVENT_DAYS))
            if day - since < EVENT_DAYS:
                events.ranks[place] = max(events.ranks[place], rank)
                events.cases[place] = events.cases[place] or case
                continue
            latest[theme, customer] = len(events.ranks), day
            events.customers.add(customer)
        events.ranks.append(rank)
        events.cases.append(case)
    return dict(found)


def points_of(events: Sequence[int]) -> int:
    """Severity points of events counted as (minor, moderate, serious)."""
    return sum(count * weight for count, weight in zip(events, POINTS.values(), strict=True))


def changes_of(now: Mapping[int, int], before: Mapping[int, int], active: tuple[int, int]) -> dict[int, Change]:
    """Each theme's share against the period before. now, before: customers by theme; `active`: all of them, each time.

    Clear is what Newcombe's interval keeps off 0 and what stands when all themes are looked at together (Benjamini
    and Hochberg, q = 0.10). The same customers may speak in both periods: the interval is then on the careful side.
    """
    shown: dict[int, Change] = {}
    chances: list[float] = []
    for theme in {**now, **before}:
        sides = [min(found.get(theme, 0), among) for found, among in zip((now, before), active, strict=True)]
        difference = newcombe(sides[0], active[0], sides[1], active[1])
        if difference.value is not None:
            apart = (difference.low or 0.0) > 0 or (difference.high or 0.0) < 0
            shown[theme] = Change(wilson(sides[1], active[1]), difference, apart)
            chances.append(_chance(sides[0], active[0], sides[1], active[1]))
    passed = rejected(chances)
    return {
        theme: replace(change, clear=change.clear and ok)
        for (theme, change), ok in zip(shown.items(), passed, strict=True)
    }


def _chance(x: int, n: int, y: int, m: int) -> float:
    """How likely chance alone sets two shares at least so far apart (pooled z test, both sides)."""
    pooled = (x + y) / (n + m)
    spread = math.sqrt(pooled * (1 - pooled) * (1 / n + 1 / m))
    return 1.0 if spread == 0 else math.erfc(abs(x / n - y / m) / spread / math.sqrt(2))
