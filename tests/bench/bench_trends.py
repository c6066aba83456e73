"""Every series over all years of a large file: read, charted and judged, once cold and then the median of more.

python tests/bench/bench_trends.py FILE [TODAY] [week|month|quarter]; FILE as `cvdesk sample FILE --entries N` makes it.
Milliseconds; beside them those of this process alone, for machines that are busy otherwise.
"""

from __future__ import annotations

import statistics
import sys
import time
from collections.abc import Callable
from datetime import date
from functools import partial
from pathlib import Path

from cvdesk.catalogue.records import Filter
from cvdesk.db import open_file
from cvdesk.figures.store import default_period
from cvdesk.trends.store import every
from cvdesk.trends.store_kinds import catalogue, make

TIMES = 5
EACH = 3  # series of a group that are measured: the others read the same tables


def taken(work: Callable[[], object], times: int = TIMES) -> tuple[float, float, float]:
    """(First time, median, median of the processor's time alone) in milliseconds."""
    wall, own = [], []
    for _ in range(times + 1):
        start, busy = time.perf_counter(), time.process_time()
        work()
        own.append(1000 * (time.process_time() - busy))
        wall.append(1000 * (time.perf_counter() - start))
    return wall[0], statistics.median(wall[1:]), statistics.median(own[1:])


def main(path: Path, today: date, step: str) -> None:
    """Prints a line a series."""
    with open_file(path, read_only=True) as file:
        chosen = Filter(default_period(file, today))
        lines: list[tuple[str, Callable[[], object]]] = [("what there is", partial(catalogue, file))]
        lines += [
            (kind.key, partial(make, file, kind.key, chosen, today, step))
            for group in catalogue(file)
            for kind in group.kinds[: None if ":" not in group.kinds[0].key else EACH]
        ]
        for name, work in lines:
            first, median, own = taken(work)
            print(f"{name:40}{first:9.1f} first{median:9.1f} ms{own:9.1f} own")
        first, median, own = taken(partial(every, file, chosen, today, step), 1)
        print(f"{'all together':40}{first:9.1f} first{median:9.1f} ms{own:9.1f} own")


if __name__ == "__main__":
    given = sys.argv[2:]
    main(Path(sys.argv[1]), date.fromisoformat(given[0]) if given else date.today(), given[1] if given[1:] else "month")
