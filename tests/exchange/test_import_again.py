"""The same list again, parts of it again, and lists that stop half-way: nothing twice, nothing left behind."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cvdesk.catalogue.records import Business
from cvdesk.db import BusinessFile
from cvdesk.exchange.new import make_business
from cvdesk.exchange.plan import Options
from cvdesk.exchange.run import Cancelled, Outcome, plan, run_import

TODAY = date(2026, 11, 22)
LISTS = {
    "customers": "name,email,phone,city,tags\nAnn Lee,ann@example.com,01835 703597,Leeds,vip\nBob Ray,,,York,\n,,,,x\n",
    "feedback": (
        "date,customer,comment,rating,category\n2026-01-02,Ann Lee,Lovely bread,5,Taste\n"
        "2026-01-02,Ann Lee,Late again,1,\n"
        "2026-01-03,,Too loud,2,\nsoon,Bob,x,1,\n"
    ),
    "complaints": (
        "date,customer,text,severity,status\n2026-01-02,Ann Lee,Mould,high,open\n"
        "2026-01-04,Bob Ray,Rude,low,closed\n,,no day,,\n"
    ),
    "purchases": "date,customer,amount,product\n2026-01-02,Ann Lee,3.20,Rye\n2026-01-02,Ann Lee,3.20,Rye\nx,y,z,\n",
    "answers": "date,customer,quality,nps\n2026-01-02,Ann Lee,5,9\n2026-01-02,,4,7\n2026-01-02,,4,7\n2026-01-03,,,\n",
}


@pytest.fixture
def file(tmp_path: Path) -> Iterator[BusinessFile]:
    with make_business(tmp_path / "shop.cvdesk", Business("Corner Shop")) as made:
        yield made


def bring(file: BusinessFile, kind: str, content: str, dry_run: bool = False) -> Outcome:
    path = file.path.with_name("list.csv")
    path.write_text(content, encoding="utf-8", newline="")
    return run_import(file, plan(path, kind, Options(), file, TODAY), TODAY, dry_run=dry_run)


def counts(outcome: Outcome) -> tuple[int, int, int, int, int]:
    assert outcome.read == outcome.added + outcome.updated + outcome.skipped + outcome.rejected
    return outcome.read, outcome.added, outcome.updated, outcome.skipped, outcome.rejected


@pytest.mark.parametrize("kind", list(LISTS))
def test_a_trial_counts_as_the_import_does_and_the_second_time_adds_nothing(file: BusinessFile, kind: str) -> None:
    tried, done = bring(file, kind, LISTS[kind], dry_run=True), bring(file, kind, LISTS[kind])
    assert counts(tried) == counts(done)
    assert (tried.customers_made, tried.themes_made) == (done.customers_made, done.themes_made)
    assert (tried.import_id, tried.rejected_file) == (None, None)
    again = bring(file, kind, LISTS[kind])
    assert (again.added, again.updated, again.skipped) == (0, 0, done.added)
    assert again.customers_made == 0
    file.undo()  # the second import wrote nothing but itself
    file.undo()
    assert file.value("SELECT count(*) FROM customers") == 0
    file.redo()
    assert bring(file, kind, LISTS[kind]).added == 0


@pytest.mark.parametrize("kind", ["feedback", "complaints", "purchases"])
def test_a_customer_renamed_and_a_row_edited_by_hand_are_still_found(file: BusinessFile, kind: str) -> None:
    bring(file, kind, LISTS[kind])
    edits: dict[str, tuple[str, dict[str, Any]]] = {
        "feedback": ("entries", {"text": "Lovely, warm bread", "date": "2026-01-05"}),
        "complaints": ("complaints", {"text": "Mould on the rye"}),
        "purchases": ("purchases", {"amount_minor": 330}),
    }
    table, change = edits[kind]
    ann = file.value("SELECT id FROM customers WHERE name = 'Ann Lee'")
    row = file.value(f"SELECT min(id) FROM {table}")
    file.run("rename", lambda op: op.update("customers", ann, {"name": "Anne Leigh", "name_key": "anne leigh"}))
    file.run("edit", lambda op: op.update(table, row, change))
    again = bring(file, kind, LISTS[kind])
    assert (again.added, again.updated, again.customers_made) == (0, 0, 0)


def test_what_somebody_corrected_is_not_put_back_by_the_same_list(file: BusinessFile) -> None:
    bring(file, "customers", LISTS["customers"])
    ann = file.value("SELECT id FROM customers WHERE name = 'Ann Lee'")
    phone = file.value("SELECT id FROM contacts WHERE kind = 'phone'")
    tag = file.value("SELECT id FROM customer_tags")
    file.run("moved", lambda op: op.update("customers", ann, {"city": "Hull"}))
    file.run("no phone", lambda op: op.delete("contacts", phone))
    file.run("no tag", lambda op: op.delete("customer_tags", tag))
    assert counts(bring(file, "customers", LISTS["customers"])) == (3, 0, 0, 2, 1)
    assert file.value("SELECT city FROM customers WHERE id = ?", (ann,)) == "Hull"
    newer = LISTS["customers"].replace("Leeds", "Ripon")
    assert counts(bring(file, "customers", newer)) == (3, 0, 1, 1, 1)


@given(
    st.lists(st.tuples(st.integers(1, 28), st.sampled_from(["Ann", "Bob", ""]), st.sampled_from("abc")), max_size=12),
    st.integers(0, 12),
    st.integers(0, 12),
)
def test_overlapping_lists_add_only_what_is_new(
    tmp_path_factory: pytest.TempPathFactory, said: list[tuple[int, str, str]], start: int, end: int
) -> None:
    said.sort()
    lines = [f"2026-01-{day:02d},{who},{words}\n" for day, who, words in said]
    # An export holds whole days: what was said twice on one is in it twice.
    first = [line for line in lines if line < f"2026-01-{2 * end:02d}"]
    second = [line for line in lines if line >= f"2026-01-{2 * start:02d}"]
    folder = tmp_path_factory.mktemp("overlap")
    with make_business(folder / "shop.cvdesk", Business("Shop")) as file:
        for part in (first, second):
            if part:
                counts(bring(file, "feedback", "date,customer,comment\n" + "".join(part)))
        kept = file.value("SELECT count(*) FROM entries")
        both = [line for line in lines if line in first or line in second]
        assert kept == len(both)


def test_stopping_leaves_no_file_behind(file: BusinessFile, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    passing = tmp_path / "passing"
    passing.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(passing))
    path = tmp_path / "list.csv"
    path.write_text("date,comment\nnever,x\n" + "2026-01-01,x\n" * 5_000, encoding="utf-8")
    planned = plan(path, "feedback", Options(), file, TODAY)
    before = sorted(tmp_path.iterdir())
    with pytest.raises(Cancelled):
        run_import(file, planned, TODAY, cancelled=lambda: True)
    assert sorted(tmp_path.iterdir()) == before
    assert not list(passing.iterdir())
