"""How often the radar cries wolf, and what a sweep costs.

python -m tests.bench.bench_radar [SWEEPS]   signals per sweep over fifty series of pure noise, and how many true ones
python -m tests.bench.bench_radar FILE       seconds of a sweep over a business file, and the longest a window waits
"""

from __future__ import annotations

import math
import random
import sys
import threading
import time
from collections import Counter
from datetime import date
from pathlib import Path

from cvdesk.db import open_file
from cvdesk.stats.charts import FIRM_FROM, xmr
from cvdesk.stats.charts_counts import p_chart
from cvdesk.trends.judge import judged
from cvdesk.trends.months import months_between
from cvdesk.trends.radar import HEADLINE, SURE, tells
from cvdesk.trends.records import Point, Series
from cvdesk.trends.records_series import Kind, Stretch
from cvdesk.trends.store_radar import signals, sweep_and_keep

MONTHS = months_between(date(2023, 1, 1), date(2030, 12, 1))
SERIES = 50
CHANGED = 5  # of the series, where one shifts
ANSWERS = 120


def series(generator: random.Random, key: str, count: int, shift: float, at: int, share: bool, height: float) -> Series:
    """A series of so many months upon a yearly wave so many sigma high, shifted by so many sigma from one month on."""
    values, events = [], []
    for place in range(count):
        wave = height * math.sin(place * math.pi / 6) + (shift if place >= at else 0.0)
        if share:
            chance = 0.3 + wave * math.sqrt(0.3 * 0.7 / ANSWERS)
            events.append(float(sum(generator.random() < chance for _ in range(ANSWERS))))
            values.append(events[-1] / ANSWERS)
        else:
            values.append(3 + 0.2 * (generator.gauss(0, 1) + wave))
    points = tuple(Point(month, value, ANSWERS) for month, value in zip(MONTHS, values, strict=False))
    chart = p_chart(events, [ANSWERS] * count, FIRM_FROM) if share else xmr(values, FIRM_FROM)
    kind = Kind(key, key, "share" if share else "score", chart="p" if share else "xmr")
    found = judged([Stretch(kind, "month", points, tuple(range(count)), tuple(events), chart)])
    ago = tuple(values[place - 12] if place >= 12 else None for place in range(count))
    return Series(key, key, kind.unit, points, (), (), (), found.sentence, verdict=found.verdict, year_before=ago)


def sweep(generator: random.Random, count: int, shift: float, at: int, height: float) -> Counter[str]:
    """What one sweep tells, and what METHOD's own rule would have told."""
    keys = [*sorted(HEADLINE), *(f"factor:{number}" for number in range(SERIES - len(HEADLINE)))]
    told: Counter[str] = Counter()
    for number, key in enumerate(keys):
        true = bool(shift) and len(HEADLINE) <= number < len(HEADLINE) + CHANGED
        one = series(generator, key, count, shift if true else 0.0, at, number % 3 == 0, height)
        assert one.verdict is not None
        sort = "true" if true else "false"
        told[f"{sort} by METHOD's own rule"] += one.verdict.name == "real"
        if tells(one):
            told[f"{sort} {one.verdict.name} {'headline' if key in HEADLINE else 'other'}"] += 1
    told["any false"] += any(told[name] for name in tuple(told) if name.startswith("false") and "METHOD" not in name)
    return told


def main(sweeps: int) -> None:
    """Prints the counts per sweep."""
    print(
        f"{sweeps} sweeps over {SERIES} series; others told from {SURE:.0%} confidence on; {CHANGED} shifted by 2 sigma"
    )
    for count in (18, 24, 36):
        for shift, at, height in ((0.0, 0, 0.0), (0.0, 0, 1.0), (2.0, count - 9, 0.0), (2.0, count - 9, 1.0)):
            generator = random.Random(count)
            total: Counter[str] = Counter()
            for _ in range(sweeps):
                total.update(sweep(generator, count, shift, at, height))
            print(f"{count} months, shift {shift:g}, yearly wave {height:g} sigma:")
            for name, told in sorted(total.items()):
                print(f"    {name:36} {told / sweeps:.2f}")


def timed(path: Path) -> None:
    """A sweep on a thread of its own, while this one asks for five milliseconds of sleep after the other."""
    with open_file(path) as file:
        today = date.fromisoformat(file.value("SELECT max(date) FROM entries"))
        took: list[float] = []

        def work() -> None:
            began = time.perf_counter()
            found = sweep_and_keep(file, today)
            took.append(time.perf_counter() - began)
            print(found)

        thread = threading.Thread(target=work)
        waits = []
        thread.start()
        while thread.is_alive():
            began = time.perf_counter()
            time.sleep(0.005)
            waits.append(time.perf_counter() - began - 0.005)
        began = time.perf_counter()
        told = signals(file, today)
        print(
            f"sweep {took[0]:.1f} s; longest wait {max(waits) * 1000:.0f} ms, {sum(wait > 0.05 for wait in waits)} of"
        )
        print(f"{len(waits)} over 50 ms; {len(told)} signals read in {(time.perf_counter() - began) * 1000:.1f} ms")


if __name__ == "__main__":
    asked = sys.argv[1] if len(sys.argv) > 1 else "40"
    if asked.isdigit():
        main(int(asked))
    else:
        timed(Path(asked))
