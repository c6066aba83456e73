"""What logging one entry costs in a file of a million, beside the bare insert of the same rows; and opening.

python -m tests.bench.bench_log_entry [ENTRIES]
"""

from __future__ import annotations

import random
import shutil
import sqlite3
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from statistics import mean, median

from cvdesk.db import BusinessFile, Operation, create_file, open_file
from cvdesk.db.connection import connect, make_durable
from cvdesk.db.ids import IdSource, stamp, utc_now
from cvdesk.db.rows import entry_position
from cvdesk.db.staging import Staging
from tests.db.helpers import seed

WORDS = [
    "bread",
    "cake",
    "coffee",
    "fresh",
    "stale",
    "friendly",
    "slow",
    "quick",
    "warm",
    "cold",
    "queue",
    "price",
    "parking",
    "smile",
    "order",
    "wrong",
    "right",
    "late",
]
ROUNDS = 600
CUSTOMERS = 20_000


def build(path: Path, entries: int) -> float:
    """A file with so many entries in ten years; seconds the copying took."""
    rng = random.Random(1)
    people = min(CUSTOMERS, entries)
    with create_file(path) as file, tempfile.TemporaryDirectory() as folder:
        known = file.run("Set up", seed).result
        first = file.reserve_ids(people + 2 * entries)
        with Staging(Path(folder) / "incoming.sqlite") as staging:
            staging.table("customers", ("name", "name_key"))
            staging.add("customers", ((first + n, f"Customer {n}", f"customer {n}") for n in range(people)))
            staging.table("entries", ("date", "text", "customer_id", "channel_id", "rating", "kind"))
            start = first + people
            staging.add("entries", (
                (start + n, f"20{rng.randint(16, 25)}-{rng.randint(1, 12):02}-{rng.randint(1, 28):02}",
                 " ".join(rng.choices(WORDS, k=12)), first + rng.randrange(people), known.channel,
                 float(rng.randint(1, 5)), rng.choice(("praise", "problem", "comment")))
                for n in range(entries)
            ))  # fmt: skip
            staging.table("entry_themes", ("entry_id", "theme_id", "state", "by"))
            staging.add(
                "entry_themes",
                ((start + entries + n, start + n, known.theme, "confirmed", "owner") for n in range(entries)),
            )
        began = time.perf_counter()
        work = lambda op: [op.copy_in(table, "incoming") for table in staging.tables]  # noqa: E731
        file.run("Import", work, attach={"incoming": staging.path})
        return time.perf_counter() - began


def ours(file: BusinessFile) -> Callable[[int], None]:
    """Logs as the program does: history, undo, search and summaries with it."""
    theme, channel = (file.value(f"SELECT id FROM {table}") for table in ("themes", "channels"))

    def log(number: int) -> None:
        def work(op: Operation) -> int:
            who = op.value("SELECT id FROM customers WHERE name_key = ?", (f"customer {number}",))
            values = {"date": "2026-05-04", "text": "Fresh bread, slow queue", "rating": 4.0, "kind": "praise"}
            said = op.insert("entries", {**values, "customer_id": who, "channel_id": channel})
            op.insert("entry_themes", {"entry_id": said, "theme_id": theme, "state": "confirmed", "by": "owner"})
            return said

        file.run("Log", work)

    return log


def floor(connection: sqlite3.Connection) -> Callable[[int], None]:
    """The same entry, its theme and its words in the search index, by prepared statements in one durable commit."""
    theme, channel = (connection.execute(f"SELECT id FROM {table}").fetchone()[0] for table in ("themes", "channels"))
    ids = IdSource()

    def log(number: int) -> None:
        now, said, tagged = stamp(utc_now()), ids.next(), ids.next()
        position = entry_position("2026-05-04", said)
        connection.execute("BEGIN IMMEDIATE")
        sql = "SELECT id FROM customers WHERE name_key = ?"
        who = connection.execute(sql, (f"customer {number}",)).fetchone()[0]
        connection.execute(
            "INSERT INTO entries"
            " (id, created_at, updated_at, position, date, text, customer_id, channel_id, rating, kind)"
            " VALUES (?, ?, ?, ?, '2026-05-04', 'Fresh bread, slow queue', ?, ?, 4.0, 'praise')",
            (said, now, now, position, who, channel),
        )
        connection.execute(
            "INSERT INTO entries_search (rowid, words) VALUES (?, 'Fresh bread, slow queue')", (position,)
        )
        connection.execute(
            "INSERT INTO entry_themes (id, created_at, updated_at, entry_id, theme_id, state, by)"
            " VALUES (?, ?, ?, ?, ?, 'confirmed', 'owner')",
            (tagged, now, now, said, theme),
        )
        connection.execute("COMMIT")

    return log


def timed(log: Callable[[int], None], rounds: int, seed_number: int) -> list[float]:
    """Milliseconds of each."""
    rng = random.Random(seed_number)
    found = []
    for _round in range(rounds):
        number = rng.randrange(1000)
        began = time.perf_counter()
        log(number)
        found.append((time.perf_counter() - began) * 1000)
    return found


def opening(path: Path) -> float:
    """Milliseconds to open for writing and ask one question; the median of 15."""
    found = []
    for _round in range(15):
        began = time.perf_counter()
        file = open_file(path)
        file.value("SELECT max(position) FROM entries")
        found.append((time.perf_counter() - began) * 1000)
        file.close()
    return median(found)


def main(entries: int) -> None:
    with tempfile.TemporaryDirectory(prefix="cvdesk-bench-") as name:
        folder = Path(name)
        large, small, raw = folder / "large.cvdesk", folder / "small.cvdesk", folder / "raw.cvdesk"
        print(f"copied in {entries} entries: {build(large, entries):.1f} s")
        build(small, 10_000)
        shutil.copy(large, raw)
        connection = connect(raw, write=True)
        make_durable(connection)
        bare: list[float] = []
        full: list[float] = []
        with open_file(large) as file:
            one, other = floor(connection), ours(file)
            timed(one, 50, 0)
            timed(other, 50, 0)
            for turn in range(ROUNDS):  # in turns, so that both meet the same moods of the disk
                bare += timed(one, 1, turn)
                full += timed(other, 1, turn)
        connection.close()
        for name, one_of in (("median", median), ("mean", mean)):
            ours_ms, bare_ms = one_of(full), one_of(bare)
            print(f"log one entry, {name}: ours {ours_ms:.3f} ms, bare {bare_ms:.3f} ms, ratio {ours_ms / bare_ms:.2f}")
        at_large, at_small = opening(large), opening(small)
        print(f"open: {at_large:.2f} ms at {entries}, {at_small:.2f} ms at 10000, ratio {at_large / at_small:.2f}")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000)
