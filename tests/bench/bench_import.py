"""A validated import as a ratio to the command-line `.import` with the same indexes and full text, in the same run.

python tests/bench/bench_import.py [ROWS]; needs the sqlite3 command. Goal: <= 1.5 at 1,000,000 rows.
"""

import csv
import random
import shutil
import subprocess
import sys
import tempfile
import time
from datetime import UTC, datetime
from pathlib import Path

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


def floor(folder: Path, source: Path) -> float:
    """Seconds of the sqlite3 command."""
    start = time.perf_counter()
    script = _FLOOR.format(source=source)
    subprocess.run(["sqlite3", str(folder / "floor.db")], input=script, text=True, check=True, capture_output=True)
    return time.perf_counter() - start


def ours(folder: Path, source: Path) -> tuple[float, float]:
    """Seconds of looking through, and of the import."""
    today = datetime.now(UTC).date()
    with make_business(folder / "shop.cvdesk", Business("Shop")) as file:
        start = time.perf_counter()
        planned = plan(source, "feedback", Options(), file, today)
        looked = time.perf_counter()
        run_import(file, planned, today)
        return looked - start, time.perf_counter() - looked


def main(rows: int) -> None:
    """Prints both times and their ratio."""
    if shutil.which("sqlite3") is None:
        raise SystemExit("the sqlite3 command is needed")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        write_list(folder / "list.csv", rows)
        least = floor(folder, folder / "list.csv")
        looked, brought = ours(folder, folder / "list.csv")
    print(f"{rows:,} rows: floor {least:.2f} s; looked through {looked:.2f} s, brought in {brought:.2f} s;", end=" ")
    print(f"ratio {(looked + brought) / least:.2f} (goal 1.5)")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 100_000)
