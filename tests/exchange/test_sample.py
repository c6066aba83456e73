"""The sample business: repeatable, whole, and telling the story it is meant to tell."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from itertools import pairwise
from pathlib import Path

import pytest
from PySide6.QtGui import QImage

from cvdesk.catalogue import files
from cvdesk.catalogue.records import Filter, Period, match_key
from cvdesk.complaints import store as complaints
from cvdesk.complaints.records import stage_after
from cvdesk.complaints.store_repeats import chain
from cvdesk.customers import store
from cvdesk.customers.records import contact_key, phone_shown
from cvdesk.customers.store_duplicates import propose
from cvdesk.customers.store_risk import risk_book
from cvdesk.db import BusinessFile, open_file
from cvdesk.errors import UserError
from cvdesk.exchange.sample import make_sample
from cvdesk.exchange.sample_many import complaints_of, customers_of, sheets_of
from cvdesk.exchange.sample_words import Story, voices
from cvdesk.feedback import store_answers, store_tally
from cvdesk.feedback.store_today import logged_today
from cvdesk.shell.store_needs import needs
from cvdesk.value import store as value
from cvdesk.value.records import Scorecard
from cvdesk.value.store_answers import OURS

TODAY = date(2026, 11, 21)
STORY = Story.ending(TODAY)
TABLES = (
    "customers", "contacts", "aliases", "customer_tags", "snippets", "tallies", "attachments", "attachment_links",
    "purchases", "touches", "entries", "entry_themes", "complaints",
    "complaint_themes", "complaint_events", "competitors", "surveys", "sheets",
    "invitations", "assessments", "answers", "actions", "action_lifts",
    "phases", "chart_notes", "effects", "themes", "theme_rules", "theme_checks", "settings",
    "offerings", "segments", "staff", "operations", "entry_days",
)  # fmt: skip
STAGES = ("received", "acknowledged", "assessed", "resolved", "told", "closed")
DATED = (
    ("entries", "date"), ("entries", "answered"), ("complaints", "date"), ("complaints", "acknowledged"),
    ("complaints", "resolved"), ("complaints", "told"), ("complaints", "closed"), ("complaint_events", "date"),
    ("purchases", "date"), ("touches", "date"), ("assessments", "date"), ("sheets", "asked"), ("sheets", "answered"),
    ("invitations", "asked"), ("surveys", "started"),
    ("customers", "since"), ("chart_notes", "date"), ("actions", "done"), ("actions", "started"),
)  # fmt: skip


@pytest.fixture(scope="module")
def bakery(tmp_path_factory: pytest.TempPathFactory) -> Iterator[BusinessFile]:
    path = tmp_path_factory.mktemp("sample") / "bakery.cvdesk"
    make_sample(path, today=TODAY)
    with open_file(path, read_only=True) as file:
        yield file


@pytest.fixture(scope="module")
def large(tmp_path_factory: pytest.TempPathFactory) -> Iterator[BusinessFile]:
    path = tmp_path_factory.mktemp("sample") / "large.cvdesk"
    make_sample(path, entries=2000, today=TODAY)
    with open_file(path, read_only=True) as file:
        yield file


def dump(path: Path) -> dict[str, list[tuple[object, ...]]]:
    with open_file(path, read_only=True) as file:
        return {table: [tuple(row) for row in file.rows(f"SELECT * FROM {table}")] for table in TABLES}


@pytest.mark.parametrize("entries", [None, 300])
def test_same_seed_and_day_give_the_same_content(tmp_path: Path, entries: int | None) -> None:
    for name, seed in (("a", 1), ("b", 1), ("c", 2)):
        make_sample(tmp_path / f"{name}.cvdesk", entries, seed, TODAY)
    first, again, other = (dump(tmp_path / f"{name}.cvdesk") for name in "abc")
    assert first == again
    assert first["entries"] != other["entries"]


def test_nothing_but_the_file_is_left(tmp_path: Path) -> None:
    make_sample(tmp_path / "one.cvdesk", 50, today=TODAY)
    assert [path.name for path in tmp_path.iterdir()] == ["one.cvdesk"]


def test_an_existing_file_is_refused_and_kept(tmp_path: Path) -> None:
    path = tmp_path / "mine.cvdesk"
    path.write_text("mine")
    with pytest.raises(UserError, match="already a file"):
        make_sample(path, today=TODAY)
    assert path.read_text() == "mine"


def test_a_missing_folder_is_explained(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="could not be made"):
        make_sample(tmp_path / "nowhere" / "one.cvdesk", 20, today=TODAY)


@pytest.mark.parametrize("entries", [0, -1, 1_000_001])
def test_a_number_out_of_range_is_refused(tmp_path: Path, entries: int) -> None:
    with pytest.raises(UserError, match="1,000,000"):
        make_sample(tmp_path / "one.cvdesk", entries, today=TODAY)


@pytest.mark.parametrize("today", [date(2026, 3, 1), date(2024, 2, 29), date(2025, 1, 31)])
@pytest.mark.parametrize("entries", [None, 40])
def test_any_day_may_be_today(tmp_path: Path, today: date, entries: int | None) -> None:
    path = tmp_path / "day.cvdesk"
    make_sample(path, entries, today=today)
    with open_file(path, read_only=True) as file:
        assert after(file, today) == []
        assert file.out_of_step() == []


# A first step that is still to be taken has its day ahead.
PAST = {"touches": " WHERE due IS NULL OR done IS NOT NULL"}


def after(file: BusinessFile, today: date) -> list[tuple[str, str]]:
    return [
        (table, column) for table, column in DATED
        if (file.value(f"SELECT max({column}) FROM {table}{PAST.get(table, '')}") or "") > today.isoformat()
    ]  # fmt: skip


@pytest.mark.parametrize("name", ["bakery", "large"])
def test_the_file_is_whole(name: str, request: pytest.FixtureRequest) -> None:
    file: BusinessFile = request.getfixturevalue(name)
    assert file.rows("PRAGMA foreign_key_check") == []
    assert file.value("PRAGMA quick_check") == "ok"
    assert file.out_of_step() == []
    assert after(file, TODAY) == []
    assert file.value("SELECT count(*) FROM operations WHERE state <> 'dropped'") == 0
    assert file.value("SELECT count(*) FROM entries WHERE rating <> CAST(rating_raw AS REAL)") == 0
    assert file.value("SELECT count(*) FROM entry_themes WHERE state = 'rejected' AND by <> 'owner'") == 0
    wrong = """SELECT count(*) FROM entries JOIN customers ON customers.id = customer_id
               WHERE entries.segment_id IS NOT customers.segment_id"""
    assert file.value(wrong) == 0


@pytest.mark.parametrize("name", ["bakery", "large"])
def test_complaints_went_their_steps_in_order(name: str, request: pytest.FixtureRequest) -> None:
    file: BusinessFile = request.getfixturevalue(name)
    numbers = [row[0] for row in file.rows("SELECT number FROM complaints ORDER BY id")]
    assert numbers == list(range(1, len(numbers) + 1))
    for case in file.rows("SELECT * FROM complaints"):
        steps = complaints.events(file, case["id"])
        assert stage_after(steps) == case["stage"]
        stages = [step.stage for step in steps]
        assert stages[: len(STAGES)] == [*STAGES[: len(stages)]] or "reopened" in stages
        assert sum(step.cost_minor or 0 for step in steps) == (case["cost_minor"] or 0)
        assert steps[0].date.isoformat() == case["date"]
        since = max((place for place, stage in enumerate(stages) if stage == "reopened"), default=0)
        by_stage = {step.stage: step.date.isoformat() for step in steps[since:]}
        for stage in ("resolved", "told", "closed"):
            assert by_stage.get(stage) == case[stage]


def test_contacts_are_invented_and_comparable(bakery: BusinessFile) -> None:
    for contact in bakery.rows("SELECT kind, value, match_key FROM contacts"):
        assert contact["match_key"] == contact_key(contact["kind"], contact["value"], "GB")
        if contact["kind"] == "email":
            assert contact["value"].endswith(("@example.com", "@example.org"))
        else:
            assert contact["match_key"].startswith(("+441632960", "+447700900"))
    for name, key in bakery.rows("SELECT name, name_key FROM customers"):
        assert key == match_key(name)


def test_the_bakery_has_its_numbers(bakery: BusinessFile) -> None:
    assert bakery.value("SELECT count(*) FROM customers") == 214
    assert bakery.value("SELECT count(*) FROM entries") == 1284
    assert bakery.value("SELECT count(*) FROM complaints") == 41
    assert bakery.value("SELECT count(*) FROM complaints WHERE stage NOT IN ('resolved', 'told', 'closed')") == 3
    overdue = "SELECT number FROM complaints WHERE stage NOT IN ('resolved', 'told', 'closed') AND resolve_by < ?"
    assert [row[0] for row in bakery.rows(overdue, (TODAY.isoformat(),))] == [41]
    assert bakery.value("SELECT count(*) FROM entries WHERE needs_answer = 1 AND answered IS NULL") == 6
    assert 0.13 < bakery.value("SELECT avg(customer_id IS NULL) FROM entries") < 0.19
    sheets = f"SELECT count(*) FROM assessments WHERE {OURS} AND form <> 'minute' AND date >= ?"
    assert 180 <= bakery.value(sheets, (STORY.start.isoformat(),)) <= 225
    assert bakery.value("SELECT count(*) FROM assessments WHERE kind = 'owner' AND competitor_id IS NULL") == 1


def test_what_waits_for_the_owner_is_of_every_sort(bakery: BusinessFile) -> None:
    waiting = needs(bakery, TODAY)
    assert waiting.counts == {
        "safety": 1, "complaints": 1, "promises": 2, "tell": 0, "answer": 6,
        "told": 1, "check_in": 1, "onboarding": 2, "milestone": 2,
    }  # fmt: skip
    mark = waiting.first[0]
    assert [bool(answer) for answer in mark.answers] == [True, False, False], "one of its three questions is answered"
    promises = [need for need in waiting.first if need.sort == "promises"]
    assert [(need.date, need.late, need.staff) for need in promises] == [
        (TODAY - timedelta(days=1), True, "Ruth"), (TODAY + timedelta(days=1), False, "Marek"),
    ]  # fmt: skip


def test_earlier_safety_marks_were_dealt_with(bakery: BusinessFile) -> None:
    marks = bakery.rows("SELECT * FROM entries WHERE safety = 1 AND safety_closed IS NOT NULL")
    assert len(marks) == 2
    for mark in marks:
        assert mark["safety_batch"]
        assert mark["safety_others"]
        assert mark["safety_told"]
        assert mark["date"] < mark["safety_closed"] < TODAY.isoformat()


def test_the_open_safety_mark_has_its_picture(bakery: BusinessFile) -> None:
    entry = bakery.value("SELECT id FROM entries WHERE safety = 1 AND safety_closed IS NULL")
    (attached,) = files.links(bakery, entry_id=entry)
    assert attached.is_picture
    picture = QImage.fromData(files.read(bakery, attached.id).data)
    assert (picture.width(), picture.height()) == (640, 400)


def test_answers_snippets_and_tallies_are_there(bakery: BusinessFile) -> None:
    answers = bakery.rows("SELECT answer, answered FROM entries WHERE answer <> ''")
    assert len({row["answer"] for row in answers}) >= 8
    assert all(row["answered"] for row in answers)
    assert len(store_answers.snippets(bakery)) == 3
    counted = store_tally.tallies(bakery, TODAY)
    assert [tally.name for tally in counted] == ["queue", "sold out of rye"]
    assert all(tally.today and tally.days > 3 for tally in counted)


@pytest.mark.parametrize("name", ["bakery", "large"])
def test_only_what_is_dated_today_counts_as_logged_today(name: str, request: pytest.FixtureRequest) -> None:
    file: BusinessFile = request.getfixturevalue(name)
    people = [None, *(row[0] for row in file.rows("SELECT id FROM staff"))]
    today = [entry.id for staff in people for entry in logged_today(file, staff, TODAY)]
    dated = [row[0] for row in file.rows("SELECT id FROM entries WHERE date = ?", (TODAY.isoformat(),))]
    assert len(today) <= 1
    assert set(today) <= set(dated)
    new = "SELECT count(*) FROM customers WHERE created_at >= ?"
    assert file.value(new, (TODAY.replace(day=1).isoformat(),)) == 0


def test_feedback_of_one_day_stands_in_the_order_it_was_given(bakery: BusinessFile) -> None:
    rows = bakery.rows("SELECT date, time, created_at FROM entries ORDER BY position")
    times = [(row["date"], row["time"]) for row in rows]
    assert times == sorted(times)
    assert all(row["created_at"].startswith(f"{row['date']}T{row['time']}") for row in rows)


@pytest.mark.parametrize("seed", [1, 2])
def test_three_pairs_of_customers_are_in_the_file_twice(tmp_path: Path, seed: int) -> None:
    path = tmp_path / "pairs.cvdesk"
    make_sample(path, seed=seed, today=TODAY)
    with open_file(path, read_only=True) as file:
        found = propose(file)
        told = [sorted(store.get(file, customer).name for customer in proposal.pair) for proposal in found]
    sure = [["Peter Whitcombe"] * 2, ["Hanna Tregowen", "Hannah Tregowan"]]
    assert sorted(told[:2]) == sorted(sure)
    assert ["Alice Bosworth", "Ellen Bosworth"] in told[2:]
    assert [proposal.why.doubt for proposal in found if proposal.why.doubt] == ["given"]
    assert len(found) <= 4


def test_some_customers_are_at_risk_and_it_says_why(bakery: BusinessFile) -> None:
    book = risk_book(bakery, TODAY)
    risky = [book.risks[customer] for customer in book.ids("at_risk")]
    assert 3 <= len(risky) <= 12
    assert all(len(risk.score.parts) >= 2 for risk in risky)


def test_a_large_file_has_customers_at_risk_too(tmp_path: Path) -> None:
    path = tmp_path / "larger.cvdesk"
    make_sample(path, 20_000, today=TODAY)
    with open_file(path, read_only=True) as file:
        book = risk_book(file, TODAY)
    assert book.ids("at_risk")
    assert book.test_day is not None
    assert book.test_day > TODAY - timedelta(days=60), "customers with a card buy every week or two"
    fine = book.test.returned["fine"]
    assert fine.value is not None
    assert fine.value > 0.6


def test_customers_have_other_names_and_several_ways_to_reach_them(bakery: BusinessFile) -> None:
    assert [match.name for match in store.find_matches(bakery, "regg")] == [
        "Sir Reginald Featherstonehaugh-Cholmondeley"
    ]
    school = store.get(bakery, bakery.value("SELECT id FROM customers WHERE name = 'Northside School'"))
    assert sum(contact.kind == "email" for contact in school.contacts) >= 2
    assert {"kitchen", "invoices"} <= {contact.label for contact in school.contacts}
    for (number,) in bakery.rows("SELECT value FROM contacts WHERE kind = 'phone'"):
        assert phone_shown(number, "GB") == (number, True)


def test_one_who_complained_before_and_one_reopened(bakery: BusinessFile) -> None:
    last = bakery.value("SELECT id FROM complaints WHERE number = 41")
    assert len(chain(bakery, last, TODAY)) == 3
    assert bakery.value("SELECT count(*) FROM complaint_events WHERE stage = 'reopened'") == 1
    assert bakery.value("SELECT count(*) FROM complaint_events WHERE stage = 'told' AND cost_minor > 0") > 2
    assert bakery.value("SELECT count(*) FROM complaints WHERE entry_id IS NOT NULL") > 5


def score(file: BusinessFile, start: date, end: date) -> Scorecard:
    return value.scorecard(file, Filter(Period(start, end)), TODAY)


def months() -> list[Period]:
    firsts = sorted({day.replace(day=1) for day in STORY.days})
    ends = [following - timedelta(days=1) for following in firsts[1:]]
    return [Period(first, end) for first, end in zip(firsts, [*ends, TODAY], strict=True)]


def test_value_rises_when_the_evening_collection_opens(bakery: BusinessFile) -> None:
    nets = [(month.start, score(bakery, month.start, month.end).net.value) for month in months()]
    assert len(nets) == 14
    before = [net for start, net in nets if net is not None and start < STORY.opening]
    later = [net for start, net in nets if net is not None and start >= STORY.opening]
    assert (len(before), len(later)) == (9, 5)
    middle = sum(before) / 9
    width = 2.66 * sum(abs(b - a) for a, b in pairwise(before)) / 8
    assert 0.85 < middle < 1.35
    assert 2.5 < sum(later) / 5 < 3.0
    assert all(abs(net - middle) < width for net in before)
    assert all(net > middle + width for net in later)


def test_the_owner_is_too_kind_about_waiting_and_delivery(bakery: BusinessFile) -> None:
    card = score(bakery, TODAY - timedelta(days=89), TODAY)
    assert card.factor("waiting").verdict == "blind_spot"
    assert card.factor("delivery").verdict == "blind_spot"
    assert card.worth_it.value is not None
    assert 0.75 < card.worth_it.value < 0.97


def test_late_delivery_is_the_pain_that_remains(bakery: BusinessFile) -> None:
    since = (TODAY - timedelta(days=364)).isoformat()
    rows = bakery.rows(
        """SELECT themes.key, count(DISTINCT entries.customer_id) AS people FROM entry_themes
           JOIN themes ON themes.id = theme_id JOIN entries ON entries.id = entry_id
           WHERE state = 'confirmed' AND date >= ? GROUP BY 1 ORDER BY 2 DESC""",
        (since,),
    )
    assert [row["key"] for row in rows[:3]] == ["late-delivery", "friendly-staff", "sourdough-quality"]
    assert 50 <= rows[0]["people"] <= 62


def test_few_sheets_of_cafes_keep_their_figure_hidden(bakery: BusinessFile) -> None:
    cafes = "SELECT count(*) FROM assessments JOIN segments ON segments.id = segment_id WHERE segments.key = 'cafes'"
    assert 0 < bakery.value(cafes) < 5


def test_what_is_said_fits_its_time(bakery: BusinessFile) -> None:
    by_text = {text: voice for voice in voices() for text in voice.texts}
    checked = 0
    before_latest = (TODAY - timedelta(days=9)).isoformat()
    for day, text in bakery.rows("SELECT date, text FROM entries WHERE date < ?", (before_latest,)):
        if text in by_text:
            assert STORY.tells(by_text[text].when, date.fromisoformat(day)), text
            checked += 1
    assert checked > 300


def test_customers_rarely_say_the_same(bakery: BusinessFile) -> None:
    assert len({text for voice in voices() for text in voice.texts}) >= 350
    assert bakery.value("SELECT max(n) FROM (SELECT count(*) AS n FROM entries GROUP BY text)") <= 6
    assert bakery.value("SELECT count(DISTINCT text) FROM entries") > 800


def test_a_large_file_has_the_counts_it_was_asked_for(large: BusinessFile) -> None:
    assert large.value("SELECT count(*) FROM entries") == 2000
    assert large.value("SELECT count(*) FROM customers") == customers_of(2000) == 100
    assert large.value("SELECT count(*) FROM complaints") == complaints_of(2000) == 66
    assert large.value("SELECT count(*) FROM assessments") == sheets_of(2000) == 40
    assert (customers_of(1), customers_of(1_000_000)) == (1, 5000)


def test_a_large_file_covers_ten_years_and_grows(large: BusinessFile) -> None:
    assert large.value("SELECT min(date) FROM entries") < "2017-02-01"
    assert large.value("SELECT max(date) FROM entries") > "2026-11-01"
    years = dict(tuple(row) for row in large.rows("SELECT substr(date, 1, 4), count(*) FROM entries GROUP BY 1"))
    assert years["2025"] > 1.5 * years["2017"]
