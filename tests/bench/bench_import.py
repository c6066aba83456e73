"""A validated import as a ratio to the command-line `.import` with the same indexes and full text, in the same run.

python -m tests.bench.bench_import [ROWS [ROUNDS]]; needs the sqlite3 command. Goal: <= 1.5.
"""

import csv
import random
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from datetime import UTC, datetime
from pathlib import Path
from statistics import median

from cvdesk.catalogue.records import Business
from cvdesk.exchange.new import make_business
from cvdesk.exchange.plan import Options
from cvdesk.exchange.run import plan, run_import

_WORDS = (
    "bread",
    "queue",
    "late",
    "friendly",
    "parcel",
    "warm",
    "staff",
    "price",
    "lovely",
    "slow",
    "clean",
    "cake",
    "again",
)
_FLOOR = """
PRAGMA journal_mode = WAL;
CREATE TABLE entries (date TEXT, customer TEXT, rating TEXT, channel TEXT, text TEXT);
.mode csv
.import --skip 1 {source} entries
CREATE INDEX a ON entries (customer, date);
CREATE INDEX b ON entries (channel, date);
CREATE INDEX c ON entries (date, customer);
CREATE INDEX d ON entries (date, channel);
CREATE VIRTUAL TABLE search USING fts5 (words, content='', tokenize="unicode61 remove_diacritics 2", prefix='2 3');
INSERT INTO search (rowid, words) SELECT rowid, text FROM entries;
"""


def write_list(path: Path, rows: int) -> None:
    """Reviews over nine years by at most 5,000 customers."""
    rng = random.Random(1)
    with path.open("w", encoding="utf-8", newline="") as handle:
        out = csv.writer(handle)
        out.writerow(["date", "customer", "rating", "channel", "text"])
        for number in range(rows):
            day = f"{2017 + number * 9 // rows}-{rng.randint(1, 12):02d}-{rng.randint(1, 28):02d}"
            who, channel = f"Customer {rng.randint(1, 5000)}", rng.choice(("phone", "counter", "website"))
            out.writerow([day, who, rng.randint(1, 5), channel, " ".join(rng.choices(_WORDS, k=14))])


def floor(folder: Path, source: Path) -> tuple[float, float]:
    """Seconds and processor seconds of the sqlite3 command."""
    start, spent = time.perf_counter(), _children()
    script = _FLOOR.format(source=source)
    subprocess.run(["sqlite3", str(folder / "floor.db")], input=script, text=True, check=True, capture_output=True)
    return time.perf_counter() - start, _children() - spent


def _children() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def ours(folder: Path, source: Path) -> None:
    """Looks through and imports; prints seconds, processor seconds and the most memory (MB) beyond an empty start."""
    today = datetime.now(UTC).date()
    with make_business(folder / "shop.cvdesk", Business("Shop")) as file:
        before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        start, spent = time.perf_counter(), time.process_time()
        run_import(file, plan(source, "feedback", Options(), file, today), today)
        spent, start = time.process_time() - spent, time.perf_counter() - start
        print(start, spent, (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) / 1024)


def main(rows: int, rounds: int) -> None:
    """Prints medians of both, in turns, and their ratio by the clock and by the processor."""
    if shutil.which("sqlite3") is None:
        raise SystemExit("the sqlite3 command is needed")
    least, done = [], []
    with tempfile.TemporaryDirectory() as name:
        source = Path(name) / "list.csv"
        write_list(source, rows)
        for number in range(rounds):
            folder = Path(name) / str(number)
            folder.mkdir()
            least.append(floor(folder, source))
            # A process of its own: memory is counted from a fresh start.
            command = [sys.executable, "-m", "tests.bench.bench_import", "--ours", str(folder), str(source)]
            said = subprocess.run(command, capture_output=True, text=True, check=True).stdout
            done.append(tuple(map(float, said.split())))
    clock, processor = (median(run[place] for run in least) for place in (0, 1))
    wall, spent, memory = (median(run[place] for run in done) for place in (0, 1, 2))
    print(f"{rows:,} rows, {rounds} rounds: floor {clock:.2f} s (processor {processor:.2f}),", end=" ")
    print(f"import {wall:.2f} s (processor {spent:.2f}), {memory:.0f} MB more memory;", end=" ")
    print(f"ratio {wall / clock:.2f} by the clock, {spent / processor:.2f} by the processor (goal 1.5)")


if __name__ == "__main__":
    if sys.argv[1:2] == ["--ours"]:
        ours(Path(sys.argv[2]), Path(sys.argv[3]))
    else:
        main(*(int(argument) for argument in (*sys.argv[1:3], *("100000", "3")[len(sys.argv) - 1 :])))
