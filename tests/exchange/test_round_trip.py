"""What goes out comes in again as it was: customers, feedback, complaints in every form, whatever people type."""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cvdesk.catalogue import store as catalogue
from cvdesk.catalogue.records import Business, match_key
from cvdesk.db import BusinessFile, Operation
from cvdesk.exchange.export import export
from cvdesk.exchange.export_list import ids_of, write_list
from cvdesk.exchange.new import make_business
from cvdesk.exchange.plan import Options
from cvdesk.exchange.run import plan, run_import
from cvdesk.feedback.store_list import EntryList
from cvdesk.feedback.store_query import EntryQuery
from cvdesk.value import store as sheets
from tests.figures.shop import add_customer, add_sheet, new_shop
from tests.pdf.naughty import MARKUP, NAMES

TODAY = date(2026, 11, 22)
_OWN = (
    "=1+1", "'=1+1", "''=1+1", "@SUM(A1)", "+x", "-x", "-", "--", "\t=1+1", "＝１", "null", "None", "n/a", "Anonymous",
    "unknown", "TRUE", "1e9", "007", "1/2/2026", "5,00", "_x0041_", "_x000D_", "a;b", 'a"b', 'say "hi"; bye',
    "a,b;c|d\te",

    "line\nline", "line\r\nline", "  x  ", "\u200bhidden", "\ufeffmark", "\u202etxt.exe", "e\u0301", "é", "😀👩‍👩‍👧",
    "مرحبا", "\\", "\\n", "C:\\new", "x" * 4_000, "\u2028sep", "\x85next", "a\x0bb", "ﬀ", "Ω≈ç√", "{name} %s",
    "https://example.com",
    "#REF!", "[a](b)", "BEGIN:VCARD", "END:VCARD\nBEGIN:VCARD",
)  # fmt: skip
NAUGHTY = (*_OWN, *MARKUP, *NAMES.values())
WORDS = st.one_of(
    st.sampled_from(NAUGHTY),
    st.text(st.one_of(st.characters(exclude_categories=["Cs", "Cc"]), st.sampled_from("\n\"',;|=+-@\\")),
    min_size=1, max_size=20),
).filter(lambda text: bool(match_key(text)))  # fmt: skip
FIELDS = {
    "customers": """SELECT name, preferred_name, organisation, kind, since, birthday, address, city, country, notes,
        may_write, may_write_on, may_write_how,
        (SELECT name FROM segments WHERE id = segment_id),

        (SELECT json_group_array(value) FROM (SELECT value FROM contacts WHERE customer_id = t.id
         ORDER BY kind, value)),
        (SELECT json_group_array(name) FROM (SELECT name FROM customer_tags JOIN tags ON tags.id = tag_id
         WHERE customer_id = t.id ORDER BY name)) FROM customers AS t""",
    "entries": """SELECT date, time, text, kind, rating, (SELECT name FROM customers WHERE id = customer_id),
        (SELECT name FROM channels WHERE id = channel_id), (SELECT name FROM offerings WHERE id = offering_id),
        (SELECT json_group_array(name) FROM (SELECT name FROM entry_themes JOIN themes ON themes.id = theme_id
         WHERE entry_id = t.id ORDER BY main DESC, name)) FROM entries AS t""",
    "complaints": """SELECT date, time, text, severity, stage, resolution, closed,
        (SELECT name FROM customers WHERE id = customer_id), (SELECT name FROM channels WHERE id = channel_id),
        (SELECT name FROM offerings WHERE id = offering_id) FROM complaints AS t""",
}  # fmt: skip
KINDS = {"customers": "customers", "entries": "feedback", "complaints": "complaints"}


def fill(op: Operation, words: Iterable[str]) -> None:
    """A customer, an entry and a complaint for each text, with it in every field that takes words."""
    factor = op.value("SELECT id FROM factors ORDER BY place LIMIT 1")
    for number, text in enumerate(words, start=1):
        name = " ".join(text.split())[:100]
        day = f"2026-{number // 28 % 12 + 1:02d}-{number % 28 + 1:02d}"
        listed = {
            table: _named(op, table, f"{name} {number}", factor)
            for table in ("segments", "offerings", "channels", "tags", "themes")
        }
        customer = op.insert("customers", {
            "name": name, "name_key": match_key(name), "preferred_name": name, "organisation": name,
            "notes": text.strip(),
            "address": name, "city": name, "country": name, "segment_id": listed["segments"],
            "kind": "organisation" if number % 2 else "person", "birthday": "1980-02-29", "since": "2020-01-31",
            "may_write": ("yes", "no")[number % 2], "may_write_on": "2024-05-06", "may_write_how": text.strip(),
        })  # fmt: skip
        for value in (f"a{number}@example.com", f"b{number}@example.com"):
            op.insert("contacts", {"customer_id": customer, "kind": "email", "value": value, "match_key": value})
        op.insert("customer_tags", {"customer_id": customer, "tag_id": listed["tags"]})
        entry = op.insert("entries", {
            "date": day, "time": "09:05", "text": text, "kind": "praise", "rating": 1 + number % 9 / 2,
            "rating_raw": "x",
            "customer_id": customer, "channel_id": listed["channels"], "offering_id": listed["offerings"],
        })  # fmt: skip
        op.insert(
            "entry_themes", {"entry_id": entry, "theme_id": listed["themes"], "state": "confirmed", "by": "owner"}
        )
        op.insert("complaints", {
            "number": number, "date": day, "text": text, "severity": "serious", "stage": "closed",
            "closed": "2026-12-31",
            "resolved": "2026-12-31", "resolution": text, "customer_id": customer, "channel_id": listed["channels"],
            "offering_id": listed["offerings"],
        })  # fmt: skip


def _named(op: Operation, table: str, name: str, factor: int) -> int:
    values: dict[str, Any] = {"key": f"key-{op.value(f'SELECT count(*) FROM {table}')}", "name": name}
    return op.insert(table, values | ({"factor_id": factor} if table == "themes" else {}))


def there(file: BusinessFile, table: str) -> list[tuple[Any, ...]]:
    return sorted((tuple(row) for row in file.rows(FIELDS[table])), key=repr)


def through(folder: Path, words: list[str], kind: str) -> None:
    """Exports a file, imports everything into a new one, and compares them."""
    ending = {"csv": "csv", "xlsx": "xlsx", "json": "json"}[kind]
    with make_business(folder / "one.cvdesk", Business("One")) as one:
        one.run("fill", partial(fill, words=words))
        export(one, folder / "out", kind)
        with make_business(folder / "two.cvdesk", Business("Two")) as two:
            for table, imported in KINDS.items():
                for _again in range(2):
                    path = folder / "out" / f"{table}.{ending}"
                    done = run_import(two, plan(path, imported, Options(), two, TODAY), TODAY)
                    assert (done.rejected, done.updated) == (0, 0), done.left_out
                assert done.skipped == len(words)
            for table in KINDS:
                assert there(two, table) == there(one, table)


@pytest.mark.parametrize("kind", ["csv", "xlsx", "json"])
def test_what_breaks_programs_comes_back_as_it_was(kind: str, tmp_path: Path) -> None:
    through(tmp_path, list(NAUGHTY), kind)


@settings(max_examples=8, suppress_health_check=[HealthCheck.too_slow])
@given(
    words=st.lists(WORDS, min_size=1, max_size=4, unique_by=match_key), kind=st.sampled_from(["csv", "xlsx", "json"])
)
def test_anything_comes_back_as_it_was(tmp_path_factory: pytest.TempPathFactory, words: list[str], kind: str) -> None:
    through(tmp_path_factory.mktemp("trip"), words, kind)


def test_customers_come_back_from_contacts(tmp_path: Path) -> None:
    names = ["Ann Lee", "Bob; Ray, Sons", "C\\D", "田中さん", "x" * 90, "=1+1"]
    with make_business(tmp_path / "one.cvdesk", Business("One")) as one:
        one.run("fill", partial(fill, words=names))
        export(one, tmp_path / "out", "vcard")
        with make_business(tmp_path / "two.cvdesk", Business("Two")) as two:
            path = tmp_path / "out" / "customers.vcf"
            done = run_import(two, plan(path, "customers", Options(), two, TODAY), TODAY)
            assert (done.added, done.rejected) == (len(names), 0)
            assert [row[0] for row in there(two, "customers")] == [row[0] for row in there(one, "customers")]
            assert two.value("SELECT count(*) FROM contacts") == 2 * len(names)
            assert two.value("SELECT count(*) FROM customers WHERE birthday = '1980-02-29'") == len(names)


def test_a_list_is_written_as_it_is_filtered(tmp_path: Path) -> None:
    with make_business(tmp_path / "one.cvdesk", Business("One")) as one:
        one.run("fill", partial(fill, words=["first words", "other words", "more words"]))
        shown = EntryList(one, EntryQuery(search="other"))
        written = write_list(one, "entries", tmp_path / "list.json", ids_of(shown))
        assert written.rows == 1
        (only,) = json.loads((tmp_path / "list.json").read_text(encoding="utf-8"))["entries"]
        assert only["text"] == "other words"
        assert isinstance(only["id"], str)


def _given(file: BusinessFile) -> list[tuple[Any, ...]]:
    """Every usable answer of customers about us: (day, customer's name, question's key, state, number, words)."""
    return sorted(tuple(row) for row in file.rows(
        "SELECT assessments.date, COALESCE(customers.name, ''), questions.key, answers.state,"
        " COALESCE(answers.value, -1), answers.text FROM answers JOIN assessments ON assessments.id = assessment_id"
        " LEFT JOIN customers ON customers.id = assessments.customer_id"
        " JOIN question_versions AS version ON version.id = answers.question_version_id"
        " JOIN questions ON questions.id = version.question_id"
        " WHERE assessments.kind = 'customer' AND assessments.state = 'done' AND competitor_id IS NULL"
        " AND answers.state IN ('answered', 'not_apply')"
    ))  # fmt: skip


@pytest.mark.parametrize("form", ["csv", "json", "xlsx"])
def test_score_sheets_come_in_again_with_every_answer(tmp_path, form):
    def fill(op: Operation) -> None:
        ann = add_customer(op, "Ann Bell")
        known = {question.key: question.version_id for question in catalogue.questions(op)}
        sheet = add_sheet(op, TODAY, {"quality": 4, "time": 2, "recommend": 10, "had_problem": 1}, customer_id=ann)
        sheets.answer(op, sheet, known["fit"], None, "not_apply")
        sheets.answer(op, sheet, known["comment_change"], None, "answered", "“Longer hours”, she said; on Sundays")
        add_sheet(op, TODAY, {"quality": 4, "worth_it": 5})
        add_sheet(op, TODAY, {"quality": 1}, kind="owner")

    with new_shop(tmp_path) as file:
        file.run("Fill", fill)
        before = _given(file)
        export(file, tmp_path / "out", form)
    with make_business(tmp_path / "new.cvdesk", Business("New")) as file:
        planned = plan(tmp_path / "out" / f"assessments.{form}", "answers", Options(), file, TODAY)
        done = run_import(file, planned, TODAY)
        assert (done.added, done.rejected) == (2, 1)
        assert _given(file) == before
