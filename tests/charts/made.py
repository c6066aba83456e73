"""Series made by hand, as awkward as they come."""

from __future__ import annotations

import math
import random
from dataclasses import replace
from datetime import date, timedelta

from cvdesk.trends.records import Limits, Note, Point, Series

LONG = "A phase that began with a reason so long that nobody would ever want to read the whole of it at once"


def months(count: int, last: date = date(2026, 11, 1)) -> list[date]:
    """First days of the last months, the oldest first."""
    end = last.year * 12 + last.month - 1
    return [date((end - back) // 12, (end - back) % 12 + 1, 1) for back in reversed(range(count))]


def net() -> Series:
    """Fourteen months of value with two phases, notes of every sort, and the year before."""
    values = [1.1, 1.2, 1.0, 1.4, 1.2, 1.05, 0.9, 1.3, 1.2, 2.4, 2.6, 2.8, 2.7, 2.8]
    points = tuple(
        Point(month, value, 14 + place % 5, place == 13, value - 0.4, value + 0.4)
        for place, (month, value) in enumerate(zip(months(14), values, strict=True))
    )
    notes = (
        Note(date(2026, 3, 12), "Second van", "action"),
        Note(date(2026, 5, 20), "Question about price reworded", "wording"),
        Note(date(2026, 7, 1), "Evening collection opened", "phase"),
    )
    return Series(
        "net", "Customer value", "net", points,
        (Limits(0, 8, 1.15, 0.5, 1.85, False), Limits(9, 13, 2.7, 2.2, 3.2, False)), notes, (9,),
        "A real change since July: before +1.1, after +2.7.", caveats=("Few answers in March.",),
        year_before=(None, None, 0.8, 0.9, 1.0, 0.7, 0.9, 1.1, 1.2, 1.3, 1.0, 0.8, 0.9, 1.1),
    )  # fmt: skip


def shares() -> Series:
    """A p chart over two years: the range depends on how many answered, some months have too few."""
    chance = random.Random(3)
    counts = [chance.choice((4, 9, 25, 40, 80, 160)) for _ in range(24)]
    counts[16] = 80
    points = []
    for place, (month, n) in enumerate(zip(months(24), counts, strict=True)):
        share = 0.55 if place == 16 else sum(chance.random() < 0.22 for _ in range(n)) / n
        points.append(Point(month, share if n >= 5 else None, n, place == 23))
    reach = [3 * math.sqrt(0.22 * 0.78 / n) for n in counts]
    lows, highs = [max(0.0, 0.22 - one) for one in reach], [min(1.0, 0.22 + one) for one in reach]
    limits = tuple(
        Limits(first, last, 0.22, lows[last], highs[last], first == 0,
               tuple(lows[first : last + 1]), tuple(highs[first : last + 1]))
        for first, last in ((0, 11), (12, 23))
    )  # fmt: skip
    return Series(
        "theme:late", "Late delivery", "share", tuple(points), limits, (Note(date(2025, 12, 1), LONG, "phase"),), (16,),
        "April 2026 stands out.", True, "drawbacks", chart="p",
    )  # fmt: skip


def weeks(count: int = 520) -> Series:
    """Ten years of weeks."""
    chance = random.Random(2)
    last = date(2026, 11, 16)
    points = tuple(
        Point(last - timedelta(7 * (count - 1 - place)), float(max(0, round(chance.gauss(12, 4)))), 10,
              place == count - 1)
        for place in range(count)
    )  # fmt: skip
    return Series(
        "entries", "Entries", "count", points, (Limits(0, count - 1, 12, 0.5, 24, True),),
        (Note(date(2020, 3, 23), "Lockdown"),), (7,), "Ten years of weeks.", step="week",
    )  # fmt: skip


def years(count: int = 120) -> Series:
    """Ten years of months, a note a year."""
    chance = random.Random(1)
    points = tuple(
        Point(month, 3.9 + chance.gauss(0, 0.15), chance.randint(20, 60), place == count - 1)
        for place, month in enumerate(months(count))
    )
    notes = tuple(Note(date(2018 + year, 4 + year % 5, 3), f"Something happened in {2018 + year}") for year in range(8))
    return Series(
        "rating", "Mean rating", "score", points, (Limits(0, count - 1, 3.9, 3.5, 4.3, True),), notes,
        (count // 3, count // 2), "Ten years of months.", lever="benefits",
    )  # fmt: skip


def between() -> Series:
    """Days between complaints: every point is one of them."""
    chance = random.Random(5)
    day, points = date(2025, 12, 1), []
    for _ in range(18):
        days = chance.randint(1, 40)
        day += timedelta(days)
        points.append(Point(day, float(days), 1))
    return Series(
        "complaints", "Days between complaints", "days", tuple(points), (Limits(0, 17, 16, 0, 60, True),),
        (Note(date(2026, 4, 12), "Second van", "action"),), (), "Nothing unusual.", chart="between",
    )  # fmt: skip


def awkward() -> dict[str, Series]:
    """By what is awkward in them."""
    whole = net()
    points = whole.points
    bare = replace(whole, limits=(), signals=(), notes=(), year_before=())
    return {
        "value": whole,
        "shares": shares(),
        "weeks": weeks(),
        "ten years": years(),
        "between": between(),
        "one": replace(bare, points=points[:1]),
        "two": replace(bare, points=points[:2]),
        "gaps": replace(bare, points=tuple(
            replace(point, value=None if place % 3 else point.value) for place, point in enumerate(points))),
        "equal": replace(bare, unit="score", points=tuple(replace(point, value=4.0) for point in points)),
        "nought": replace(bare, unit="share", points=tuple(replace(point, value=0.0, low=None) for point in points)),
        "all": replace(bare, unit="share", points=tuple(replace(point, value=1.0, low=None) for point in points)),
        "below": replace(bare, unit="points", points=tuple(
            replace(point, value=-20 + place, low=-40, high=5) for place, point in enumerate(points))),
        "highest": replace(bare, points=tuple(replace(point, value=7.9, low=None) for point in points)),
        "quarters": replace(bare, step="quarter", points=tuple(
            Point(date(2024 + place // 4, place % 4 * 3 + 1, 1), 1.0 + place, 60) for place in range(6))),
        "busy": replace(whole, notes=tuple(
            Note(date(2026, 1 + day % 11, day), f"{LONG} {day}", ("note", "action", "phase", "wording")[day % 4])
            for day in range(1, 28))),
        "scripts": replace(whole, notes=(
            Note(date(2026, 2, 10), "متجر جديد في وسط المدينة"), Note(date(2026, 8, 10), "新しい店を開きました"))),
    }  # fmt: skip
