"""The calendar file: what is in it, that other programs read it, and that bringing it in again doubles nothing."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from icalendar import Calendar

from cvdesk.__main__ import main
from cvdesk.care import calendar, store_groups, store_snooze
from cvdesk.care.records_community import Gathering
from cvdesk.catalogue.records import Business
from cvdesk.complaints import store as complaints
from cvdesk.complaints.records import Complaint
from cvdesk.customers import store as customers
from cvdesk.customers.records import Customer
from cvdesk.db import BusinessFile, open_file
from cvdesk.errors import UserError
from cvdesk.exchange.new import make_business
from cvdesk.feedback import store as feedback
from cvdesk.feedback.records import Entry

TODAY = date(2026, 11, 21)
IN_A_WEEK = TODAY + timedelta(days=7)


@pytest.fixture
def file(tmp_path: Path) -> Iterator[BusinessFile]:
    with make_business(tmp_path / "bakery.cvdesk", Business("Harbour Bakery")) as made:
        yield made


def insert(file, table, **values) -> int:
    return file.run("I", lambda op: op.insert(table, values)).result


def filled(file) -> dict[str, int]:
    """One of each sort of thing that is due."""

    def work(op):
        anna = customers.save(op, Customer("Anna Bell", since=date(2021, 11, 25), birthday=date(1980, 12, 1)))
        case = complaints.save(op, Complaint(TODAY, "Stale", customer_id=anna))
        op.update("complaints", case, {"acknowledge_by": IN_A_WEEK.isoformat(), "resolve_by": "2027-01-05"})
        day = IN_A_WEEK.isoformat()
        return {
            "complaint": case,
            "promise": feedback.save(op, Entry(TODAY, "Ring me", anna, promise="Ring Anna Bell",
                                                 promised_by=IN_A_WEEK)),
            "review": op.insert("strategies", {"name": "Winter", "state": "running", "review": day}),
            "action": op.insert("actions", {"name": "A second till", "status": "planned", "due": day}),
            "event": store_groups.save_gathering(op, Gathering("Tasting; with, Anna Bell", IN_A_WEEK,
                                                                    note="At\nseven")),
            "goal": op.insert("customer_goals", {"customer_id": anna, "goal": "Bake at home", "due": day}),
            "onboarding": op.insert("touches", {
                "customer_id": anna, "date": TODAY.isoformat(), "kind": "onboarding", "due": day, "note": "Show round",
            }),
        }  # fmt: skip

    return file.run("Fill", work).result


def by_sort(file, **named):
    return {one.sort: one for one in calendar.events(file, TODAY, **named)}


def test_everything_that_is_due_is_in_it_on_its_day(file):
    ids = filled(file)
    found = by_sort(file)
    assert {sort: one.id for sort, one in found.items() if sort in ids} == ids
    assert {one.day for sort, one in found.items() if sort in ids} == {IN_A_WEEK}
    assert found["complaint"].title == "Acknowledge complaint 1, Anna Bell"
    assert found["milestone-years-5"].day == date(2026, 11, 25)
    assert found["milestone-birthday-0"].day == date(2026, 12, 1)


def test_only_so_many_days_and_nothing_that_is_done(file):
    ids = filled(file)
    assert [one.sort for one in calendar.events(file, TODAY, days=6)] == ["milestone-years-5"]
    file.run("D", lambda op: op.update("actions", ids["action"], {"status": "done"}))
    file.run("D", lambda op: op.update("entries", ids["promise"], {"promise_kept": TODAY.isoformat()}))
    file.run("D", lambda op: op.update("customer_goals", ids["goal"], {"state": "reached"}))
    file.run("D", lambda op: op.update("touches", ids["onboarding"], {"done": TODAY.isoformat()}))
    file.run("D", lambda op: op.update("strategies", ids["review"], {"state": "ended"}))
    assert {"action", "promise", "goal", "onboarding", "review"} & set(by_sort(file)) == set()


def test_what_is_overdue_stands_today_with_its_day_and_what_was_put_off_on_the_day_it_is_back(file):
    ids = filled(file)
    later = IN_A_WEEK + timedelta(days=3)
    found = {one.sort: one for one in calendar.events(file, later)}
    assert (found["action"].day, found["action"].was_due) == (later, IN_A_WEEK)
    assert "event" not in found  # over is over
    back = TODAY + timedelta(days=20)
    file.run("S", lambda op: store_snooze.snooze(op, "promise", ids["promise"], back))
    assert by_sort(file)["promise"].day == back


def test_without_names_no_customer_is_in_it_not_even_in_the_owners_words(file):
    filled(file)
    with_names, without = calendar.as_ics(file, TODAY), calendar.as_ics(file, TODAY, names=False)
    assert b"Anna" in with_names
    assert b"Anna" not in without
    assert b"Bell" not in without
    assert with_names.count(b"BEGIN:VEVENT") == without.count(b"BEGIN:VEVENT")


def test_a_calendar_program_reads_days_without_a_time_and_no_alarm(file):
    filled(file)
    found = {
        str(one["uid"]).split("-")[0]: one for one in Calendar.from_ical(calendar.as_ics(file, TODAY)).walk("VEVENT")
    }
    event = found["event"]
    assert event["summary"] == "Tasting; with, Anna Bell"
    assert event["description"] == "At seven"
    assert event.decoded("dtstart") == IN_A_WEEK
    assert event.decoded("dtend") == IN_A_WEEK + timedelta(days=1)
    assert event.decoded("dtstamp").date() == TODAY
    assert not any(one.walk("VALARM") for one in found.values())


def unfolded(ics: bytes) -> list[str]:
    """The lines of the file by the rules of RFC 5545, read without the library that wrote them."""
    assert ics.endswith(b"\r\n")
    assert b"\n" not in ics.replace(b"\r\n", b"")
    for raw in ics.split(b"\r\n"):
        assert len(raw) <= 75
        raw.decode("utf-8")  # no letter is cut in two
        assert not re.search(rb"[\x00-\x08\x0b-\x1f\x7f]", raw)
    return ics.decode("utf-8").replace("\r\n ", "").split("\r\n")


def values(lines: list[str], name: str) -> list[str]:
    found = [line.partition(":")[2] for line in lines if re.match(rf"{name}[;:]", line)]
    return [re.sub(r"\\(.)", lambda mark: "\n" if mark[1] in "nN" else mark[1], text) for text in found]


@given(name=st.text(min_size=1, max_size=120).filter(lambda text: text.strip()), note=st.text(max_size=300))
def test_any_text_makes_a_file_that_keeps_to_the_standard(tmp_path_factory, name, note):
    name, note = (text.encode("utf-8", "replace").decode("utf-8") for text in (name, note))
    with make_business(tmp_path_factory.mktemp("ics") / "b.cvdesk", Business("Bäckerei; Hafen, & Söhne")) as file:
        insert(file, "gatherings", name=name, date=IN_A_WEEK.isoformat(), note=note)
        ics = calendar.as_ics(file, TODAY)
    lines = unfolded(ics)
    assert lines[0] == "BEGIN:VCALENDAR"
    assert lines[-2:] == ["END:VCALENDAR", ""]
    assert lines.count("BEGIN:VEVENT") == lines.count("END:VEVENT") == 1
    for needed in ("UID", "DTSTAMP", "DTSTART", "SUMMARY", "SEQUENCE", "PRODID", "VERSION"):
        assert len(values(lines, needed)) == 1
    read = Calendar.from_ical(ics).walk("VEVENT")[0]
    assert values(lines, "SUMMARY") == [str(read["summary"])]


def test_bringing_it_in_again_changes_what_is_there_and_doubles_nothing(file):
    ids = filled(file)
    before = {
        str(one["uid"]): int(one["sequence"]) for one in Calendar.from_ical(calendar.as_ics(file, TODAY)).walk("VEVENT")
    }
    file.run("M", lambda op: op.update("gatherings", ids["event"], {"date": "2026-12-09"}))
    after = {str(one["uid"]): one for one in Calendar.from_ical(calendar.as_ics(file, TODAY)).walk("VEVENT")}
    assert set(before) == set(after)
    moved = next(one for uid, one in after.items() if uid.startswith("event-"))
    assert moved.decoded("dtstart") == date(2026, 12, 9)
    assert all(int(one["sequence"]) >= before[uid] for uid, one in after.items())
    assert calendar.as_ics(file, TODAY) == calendar.as_ics(file, TODAY)


def test_two_files_never_share_an_event(file, tmp_path):
    filled(file)
    with make_business(tmp_path / "other.cvdesk", Business("Other")) as other:
        filled(other)
        one, two = (
            {str(e["uid"]) for e in Calendar.from_ical(calendar.as_ics(f, TODAY)).walk("VEVENT")} for f in (file, other)
        )
    assert one & two == set()


def test_the_command_writes_the_file_and_says_how_many(file, tmp_path, capsys):
    filled(file)
    path, out = Path(file.path), tmp_path / "out.ics"
    file.close()
    call = ["calendar", str(path), "-o", str(out), "--today", "2026-11-21", "--days", "30"]
    assert main([*call, "--json"]) == 0
    said = json.loads(capsys.readouterr().out)
    assert said == {"file": str(out), "events": out.read_bytes().count(b"BEGIN:VEVENT")}
    assert main([*call, "--without-names"]) == 0
    assert b"Anna" not in out.read_bytes()
    with pytest.raises(SystemExit) as wrong:
        main([*call[:-1], "0"])
    assert wrong.value.code == 2
    with open_file(path, read_only=True) as again, pytest.raises(UserError):
        calendar.save(again, path, TODAY)  # never over the business file
