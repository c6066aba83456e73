"""Search and lists of feedback, as milliseconds and as ratios to a raw query of the search index by rowid.

python tests/bench/bench_search.py FILE; FILE as made by `cvdesk sample FILE --entries N`.
"""

import statistics
import sys
import time
from collections.abc import Callable
from pathlib import Path

from cvdesk.db import open_file
from cvdesk.feedback.store_list import EntryList, EntryQuery

FLOOR = """
SELECT entries.* FROM entries_search CROSS JOIN entries ON entries.position = entries_search.rowid
WHERE entries_search MATCH ? ORDER BY entries_search.rowid DESC LIMIT 50
"""
SEARCHES = ("br", "bre", "bread", "late", '"late again"', "bread late", "bread -late", "ma", "maria", "maria bread",
            "of: maria", "-bread", "th", "zzzz")  # fmt: skip


def median(work: Callable[[], object], times: int = 7) -> float:
    """Median milliseconds of several runs."""
    taken = []
    for _ in range(times):
        start = time.perf_counter()
        work()
        taken.append(1000 * (time.perf_counter() - start))
    return statistics.median(taken)


def main(path: Path) -> None:
    with open_file(path, read_only=True) as file:
        print(f"{'search':16}{'found':>9}{'floor':>9}{'first 50':>10}{'ratio':>7}{'50 + count':>12}{'a jump':>9}")
        for text in SEARCHES:
            query = EntryQuery(search=text)
            word = text.strip('"-').split()[-1]
            floor = median(lambda word=word: file.rows(FLOOR, (f'"{word}"*',)))
            first = median(lambda query=query: EntryList(file, query).fetch(0, 50))

            def whole(query: EntryQuery = query) -> int:
                listed = EntryList(file, query)
                listed.fetch(0, 100)
                return listed.count()

            both, count = median(whole), whole()
            listed = EntryList(file, query)
            listed.count()
            listed.fetch(count // 2, 100)
            jump = median(lambda listed=listed, count=count: listed.fetch(count // 3, 100))
            print(f"{text:16}{count:9}{floor:9.2f}{first:10.2f}{first / floor:7.1f}{both:12.1f}{jump:9.2f}")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
