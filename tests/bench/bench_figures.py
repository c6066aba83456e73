"""Figures and series at a million entries, as ratios to a query of the day summaries measured in the same run.

python tests/bench/bench_figures.py FILE [TODAY]; FILE as made by `cvdesk sample FILE --entries 1000000 --today TODAY`.
"""

import statistics
import sys
import time
from collections.abc import Callable
from datetime import date
from functools import partial
from pathlib import Path

from cvdesk.catalogue.records import Filter, Period
from cvdesk.db import open_file
from cvdesk.figures.kept import home
from cvdesk.figures.store import default_period, gather, gather_all
from cvdesk.figures.store_feedback import tallies
from cvdesk.trends.store_kinds import keys, make

FLOOR = """
SELECT substr(date, 1, 7), key, sum(entries), sum(rated), sum(rating_sum) FROM entry_days
WHERE dimension = 'kind' GROUP BY 1, 2
"""


def median(work: Callable[[], object], times: int = 5) -> float:
    """Median milliseconds of several runs."""
    taken = []
    for _ in range(times):
        start = time.perf_counter()
        work()
        taken.append(1000 * (time.perf_counter() - start))
    return statistics.median(taken)


def main(path: Path, today: date) -> None:
    with open_file(path, read_only=True) as file:
        year, whole = Filter(Period.last_months(12, today)), Filter(default_period(file, today))
        floor = median(lambda: file.rows(FLOOR), 11)
        print(f"floor: monthly counts and means of all years from day summaries {floor:.1f} ms")
        for name, work in (
            ("months of all years", lambda: tallies(file, whole, today)),
            ("every figure, 12 months", lambda: gather(file, year, today)),
            ("every figure, all years", lambda: gather(file, whole, today)),
            ("with all of METHOD 2, 12 months", lambda: gather_all(file, year, today)),
            ("with all of METHOD 2, all years", lambda: gather_all(file, whole, today)),
            ("Home's figures", lambda: home(file, year, today)),
        ):
            taken = median(work)
            print(f"{name:34}{taken:9.1f} ms {taken / floor:7.1f} x floor")
        for key in keys(file):
            taken = median(partial(make, file, key, whole, today), 3)
            print(f"series {key:23}{taken:9.1f} ms {taken / floor:7.1f} x floor")


if __name__ == "__main__":
    main(Path(sys.argv[1]), date.fromisoformat(sys.argv[2]) if len(sys.argv) > 2 else date.today())
