"""Copying many rows at once refuses what single writes refuse."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest

from cvdesk.catalogue.records import Business
from cvdesk.db import Operation
from cvdesk.db.bulk import MANY, conditions
from cvdesk.db.staging import Staging
from cvdesk.exchange.new import make_business


@pytest.mark.parametrize("broken", [None, ("2026-02-30", 3.0), ("2026-01-01", 7.0)])
def test_a_row_that_breaks_a_condition_is_refused_among_many(tmp_path: Path, broken: tuple[str, float] | None) -> None:
    rows = [("2026-01-01", 3.0)] * MANY + ([broken] if broken else [])

    def work(op: Operation) -> int:
        return op.copy_in("entries", "incoming")

    with make_business(tmp_path / "shop.cvdesk", Business("Shop")) as file:
        first = file.reserve_ids(len(rows))
        with Staging(tmp_path / "incoming.sqlite") as staging:
            staging.table("entries", ("date", "rating"), {"source": "it's a list.csv"})
            staging.add("entries", [(first + place, *row) for place, row in enumerate(rows)])
        if broken:
            with pytest.raises(sqlite3.IntegrityError, match="CHECK"):
                file.run("copy", work, attach={"incoming": staging.path})
            assert file.value("SELECT count(*) FROM entries") == 0
        else:
            assert file.run("copy", work, attach={"incoming": staging.path}).result == MANY
            assert file.value("SELECT DISTINCT source FROM entries") == "it's a list.csv"
        with pytest.raises(sqlite3.IntegrityError, match="CHECK"):  # and single writes are still tested afterwards
            file.run("one", lambda op: op.insert("entries", {"date": "2026-01-01", "rating": 9.0}))


def test_conditions_are_found_whatever_brackets_they_hold() -> None:
    assert conditions("a TEXT CHECK (a IS NULL OR f(a, '+0') IS a), b INTEGER CHECK(b IN (0, 1))") == [
        "a IS NULL OR f(a, '+0') IS a", "b IN (0, 1)",
    ]  # fmt: skip
