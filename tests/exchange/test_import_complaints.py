"""Complaints from lists: deadlines as the targets say, cases that went on in the source, and who brought them in."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from functools import partial
from pathlib import Path

import pytest

from cvdesk.catalogue.records import Business
from cvdesk.complaints import store as complaints
from cvdesk.complaints.records_due import Targets
from cvdesk.complaints.store_targets import save_targets
from cvdesk.db import BusinessFile
from cvdesk.exchange.new import make_business
from cvdesk.exchange.past import past_imports
from cvdesk.exchange.plan import Options
from cvdesk.exchange.run import Cancelled, Outcome, plan, run_import
from cvdesk.exchange.undo_import import undo_import

TODAY = date(2026, 11, 22)


@pytest.fixture
def file(tmp_path: Path) -> Iterator[BusinessFile]:
    with make_business(tmp_path / "shop.cvdesk", Business("Corner Shop")) as made:
        yield made


def bring(file: BusinessFile, content: str, who: str = "", kind: str = "complaints") -> Outcome:
    path = file.path.with_name("list.csv")
    path.write_text(content, encoding="utf-8", newline="")
    return run_import(file, plan(path, kind, Options(), file, TODAY), TODAY, who=who)


def test_deadlines_are_those_of_the_severity_counted_in_open_days_from_the_hour_it_came(file: BusinessFile) -> None:
    targets = replace(Targets(), acknowledge={"minor": 3, "moderate": 2, "serious": 1}, open_days=True)
    file.run("Targets", partial(save_targets, chosen=targets))
    # A Friday: by ten in the morning it counts from that day, after closing time from Monday.
    bring(
        file,
        "date,time,customer,text,severity\n2026-11-20,10:00,Ann,Glass in it,serious\n"
        "2026-11-20,19:00,Bob,Mould,serious\n2026-11-20,10:00,Cem,Late,minor\n",
    )
    rows = file.rows("SELECT text, severity, date, time, acknowledge_by, resolve_by FROM complaints ORDER BY number")
    assert [row["acknowledge_by"] for row in rows] == ["2026-11-23", "2026-11-24", "2026-11-25"]
    for row in rows:
        due = targets.resolve_by(date.fromisoformat(row["date"]), row["severity"], row["time"])
        assert row["resolve_by"] == due.isoformat()
    assert complaints.targets(file) == targets


def test_a_case_listed_twice_is_closed_once(file: BusinessFile) -> None:
    bring(file, "id,date,customer,text,status\n7,2026-11-02,Ann,Mould,open\n")
    again = "id,date,customer,text,status,closed\n" + "7,2026-11-02,Ann,Mould,closed,2026-11-05\n" * 2
    done = bring(file, again)
    assert (done.added, done.updated, done.skipped) == (0, 1, 1)
    steps = file.rows("SELECT stage, date FROM complaint_events ORDER BY id")
    assert [tuple(step) for step in steps] == [
        ("received", "2026-11-02"), ("resolved", "2026-11-05"), ("closed", "2026-11-05"),
    ]  # fmt: skip


def test_the_history_names_who_brought_a_list_in_and_who_took_it_back(file: BusinessFile) -> None:
    bring(file, "date,customer,text\n2026-11-02,Ann,Mould\n", who="Ruth")
    assert [one.who for one in past_imports(file)] == ["Ruth"]
    undo_import(file, who="Tom")
    assert file.value("SELECT who FROM operations ORDER BY id DESC LIMIT 1") == "Tom"


def test_a_short_list_stopped_at_its_last_row_leaves_nothing(file: BusinessFile) -> None:
    path = file.path.with_name("list.csv")
    path.write_text("date,customer,text\n2026-11-02,Ann,Mould\n", encoding="utf-8")
    planned = plan(path, "complaints", Options(), file, TODAY)
    with pytest.raises(Cancelled):
        run_import(file, planned, TODAY, cancelled=lambda: True)
    assert file.value("SELECT count(*) FROM complaints") == 0


def test_rejected_rows_are_kept_also_where_the_file_of_last_time_is_in_use(
    file: BusinessFile, monkeypatch: pytest.MonkeyPatch
) -> None:
    content = "date,customer,text\n2026-11-02,Ann,Mould\nsoon,Bob,x\n"
    first = bring(file, content).rejected_file
    assert first is not None
    before, replace_file = first.read_bytes(), Path.replace

    def in_use(path: Path, target: Path) -> Path:
        """As Windows does while another program has the file open."""
        if target == first:
            raise PermissionError(13, "in use", str(target))
        return replace_file(path, target)

    monkeypatch.setattr(Path, "replace", in_use)
    second = bring(file, content.replace("soon", "some day")).rejected_file
    assert second is not None
    assert second != first
    assert first.read_bytes() == before
    assert "some day" in second.read_text(encoding="utf-8-sig")
    assert not list(file.path.parent.glob(".*.part"))
