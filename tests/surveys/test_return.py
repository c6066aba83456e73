"""Forms that come back: exactly the answers typed, and a clear word for whatever cannot be read."""

from __future__ import annotations

import io
import json
import os
import random
from email.message import EmailMessage

import pikepdf
import pypdfium2
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pypdf import PdfReader, PdfWriter

from cvdesk.customers import store as customers
from cvdesk.customers.records import Customer
from cvdesk.surveys import store
from cvdesk.surveys.records_items import Item
from cvdesk.surveys.records_return import summed_up, to_do, what
from cvdesk.surveys.report_form import form_pdf
from cvdesk.surveys.store_return import Decided, read_files, take_in_all
from cvdesk.value import store as value
from tests.figures.shop import new_shop
from tests.surveys.paper import (
    DAY,
    asked,
    bring,
    fill_by_pikepdf,
    fill_by_pypdf,
    filled,
    form_bytes,
    make_sheets,
    make_survey,
)  # fmt: skip

WORDS = (
    "Grüße an die Bäckerin – ça c’était très bon, żółć, çok güzel, Ελληνικά", "🥐🍞 lovely 👩‍🍳", "שלום, היה טעים",
    "One line\nand another\n\n  (indented) \\ < & > % {x}", "long " * 600, "日本語のパン", "  blanks kept  ",
)  # fmt: skip


@pytest.fixture
def file(tmp_path):
    with new_shop(tmp_path) as opened:
        yield opened


@pytest.fixture
def folder(tmp_path):
    made = tmp_path / "back"
    made.mkdir()
    return made


@pytest.fixture
def sheet(file):
    (made,) = make_sheets(file, make_survey(file))
    return made


def some_answers(items: list[Item], chance: random.Random, share: float = 0.8) -> dict[str, str]:
    """Field -> what a respondent put there; some are left blank."""
    typed = {}
    for item in items:
        if chance.random() > share and item.kind != "points":
            continue
        if item.kind == "text":
            typed[item.field] = chance.choice(WORDS)
        elif item.kind == "points":
            typed[item.field] = {"worth": "4", "benefits": "3", "costs": "2", "drawbacks": "1"}[item.part]
        else:
            typed[item.field] = str(chance.choice([*item.scale, *([] if item.part else ["na"])]))
    return typed


def expected(items: list[Item], typed: dict[str, str]) -> dict[int, tuple[str, float | None, str]]:
    """What the file has to hold for these: version -> state, number, words."""
    found: dict[int, tuple[str, float | None, str]] = {}
    parts: dict[int, dict[str, float]] = {}
    for item in items:
        said = typed.get(item.field)
        if item.part:
            if said is not None:
                parts.setdefault(item.version, {})[item.part] = float(said)
            found.setdefault(item.version, ("skipped", None, ""))
        elif said is None:
            found[item.version] = ("skipped", None, "")
        elif item.kind == "text":
            found[item.version] = ("answered", None, said)
        elif said == "na":
            found[item.version] = ("not_apply", None, "")
        else:
            found[item.version] = ("answered", float(said), "")
    return found | {version: ("answered", None, json.dumps(shares)) for version, shares in parts.items()}


def kept(file, sheet_id) -> dict[int, tuple[str, float | None, str]]:
    """What the file holds."""
    return {
        row["question_version_id"]: (row["state"], row["value"], row["text"])
        for row in file.rows(
            "SELECT question_version_id, state, value, text FROM answers WHERE assessment_id ="
            " (SELECT id FROM assessments WHERE sheet_id = ? AND state = 'done')",
            (sheet_id,),
        )
    }


def take(file, *brought, replace: bool = False):
    decided = [Decided(one, replace) for one in brought]
    return file.run("Take in", lambda op: take_in_all(op, decided, DAY)).result


def test_fifty_forms_filled_in_by_two_programs_give_exactly_the_answers_typed(file, folder):
    chance = random.Random(4)
    survey = make_survey(file, "short", more=True)
    people = tuple(
        file.run("Add", lambda op, n=n: customers.save(op, Customer(f"Person {n}"))).result for n in range(50)
    )
    sheets = make_sheets(file, survey, 0, people)
    written = form_pdf(file, survey.id, [one.id for one in sheets], target=folder, made=DAY, fillable=True)
    typed = {}
    for number, (path, one) in enumerate(zip(written, sheets, strict=True)):
        typed[one.id] = some_answers(asked(file, one), chance)
        fill = fill_by_pypdf if number % 2 else fill_by_pikepdf
        path.write_bytes(fill(path.read_bytes(), typed[one.id]))
    chance.shuffle(written)
    found = read_files(file, written)
    assert {one.outcome for one in found} == {"ready"}
    done = take(file, *found)
    assert (done.count, done.replaced, done.refused) == (50, 0, ())
    for one in sheets:
        assert kept(file, one.id) == expected(asked(file, one), typed[one.id])
        assert store.sheet(file, one.id).answered == DAY
    assert store.asked_by_way(file, survey.id)["pdf"].answered == 50
    file.undo()
    assert file.value("SELECT count(*) FROM assessments") == 0  # all of them were one step


def test_whatever_is_typed_comes_back(file, folder):
    (sheet,) = make_sheets(file, make_survey(file, "minute"))
    items, blank = asked(file, sheet), form_bytes(file, sheet, folder)
    words = st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1).filter(lambda said: said.strip())

    @settings(max_examples=40)
    @given(st.data(), st.sampled_from([fill_by_pypdf, fill_by_pikepdf]))
    def typed_and_read(data, fill):
        typed = {
            item.field: data.draw(words) if item.kind == "text" else str(data.draw(st.sampled_from(item.scale)))
            for item in items
        }
        found = bring(file, folder, fill(blank, typed))
        read = {version: (one.state, one.value, one.text) for version, one in found.returned.answers.items()}
        assert read == expected(items, typed)

    typed_and_read()


def test_half_a_form_is_taken_in_and_the_rest_counts_as_skipped(file, folder, sheet):
    items = asked(file, sheet)
    typed = {item.field: "4" for item in items[:7]}
    found = bring(file, folder, fill_by_pypdf(form_bytes(file, sheet, folder), typed))
    assert what(found) == "7 of 20 questions answered."
    take(file, found)
    assert kept(file, sheet.id) == expected(items, typed)


def test_nothing_filled_in(file, folder, sheet):
    found = bring(file, folder, form_bytes(file, sheet, folder))
    assert (found.outcome, what(found)) == ("empty", "Nothing on this form is filled in.")


def test_the_same_form_twice_counts_once(file, folder, sheet):
    for name in ("a.pdf", "b.pdf"):
        (folder / name).write_bytes(filled(file, sheet, folder))
    found = read_files(file, [folder / "a.pdf", folder / "b.pdf"])
    assert [one.outcome for one in found] == ["ready", "twice"]
    take(file, found[0])
    assert read_files(file, [folder / "a.pdf"])[0].outcome == "same"


def test_other_answers_on_the_same_sheet_replace_only_when_somebody_says_so(file, folder, sheet):
    take(file, bring(file, folder, filled(file, sheet, folder, "4")))
    found = bring(file, folder, filled(file, sheet, folder, "2"))
    assert found.outcome == "differs"
    assert "here already with other answers" in what(found)
    assert take(file, found).refused[0][0] == "form.pdf"
    assert take(file, found, replace=True).replaced == 1
    assert {answer[1] for answer in kept(file, sheet.id).values()} == {2.0, None}
    assert file.value("SELECT count(*) FROM assessments") == 1


def test_two_forms_of_one_list_with_other_answers_are_asked_about(file, folder, sheet):
    (folder / "a.pdf").write_bytes(filled(file, sheet, folder, "4"))
    (folder / "b.pdf").write_bytes(filled(file, sheet, folder, "2"))
    found = read_files(file, [folder / "a.pdf", folder / "b.pdf"])
    assert [one.outcome for one in found] == ["ready", "differs"]
    assert summed_up(found) == "1 form can be taken in, 1 waits for your choice."


def test_a_survey_that_has_ended_still_takes_forms_in(file, folder):
    survey = make_survey(file, "minute", ended=DAY)
    (sheet,) = make_sheets(file, survey)
    found = bring(file, folder, filled(file, sheet, folder))
    assert "ended on" in what(found)
    assert take(file, found).count == 1


def test_a_form_for_nobody_in_particular_gets_a_sheet_when_it_comes_back(file, folder):
    survey = make_survey(file, "rotating")
    target = folder / "blank.pdf"
    form_pdf(file, survey.id, None, target=target, made=DAY, fillable=True)
    fields = PdfReader(target).get_fields() or {}
    typed = {name: "3" for name, field in fields.items() if "/4" in field.get("/_States_", [])}
    found = bring(file, folder, fill_by_pypdf(target.read_bytes(), typed))
    assert (found.outcome, found.sheet_id) == ("ready", None)
    take(file, found)
    (made,) = store.sheets_of(file, survey.id)
    assert made.asked is None
    assert made.way == "pdf"
    assert {answer[1] for answer in kept(file, made.id).values()} == {3.0, None}
    assert store.response_rate(file, survey.id).n == 0


def test_two_who_say_the_same_on_forms_for_nobody_are_two(file, folder):
    survey = make_survey(file, "minute")
    target = folder / "blank.pdf"
    form_pdf(file, survey.id, None, target=target, made=DAY, fillable=True)
    fields = PdfReader(target).get_fields() or {}
    fives = {name: "5" for name, field in fields.items() if "/5" in field.get("/_States_", [])}
    (folder / "a.pdf").write_bytes(fill_by_pypdf(target.read_bytes(), fives))
    (folder / "b.pdf").write_bytes(fill_by_pikepdf(target.read_bytes(), fives))
    (folder / "a again.pdf").write_bytes((folder / "a.pdf").read_bytes())
    found = read_files(file, [folder / name for name in ("a.pdf", "b.pdf", "a again.pdf")])
    assert [one.outcome for one in found] == ["ready", "ready", "twice"]


def test_a_form_locked_with_a_password(file, folder, sheet):
    with pikepdf.open(io.BytesIO(filled(file, sheet, folder))) as document:
        for level in (4, 6):
            document.save(folder / f"{level}.pdf", encryption=pikepdf.Encryption(user="x", owner="y", R=level))
    for level in (4, 6):
        (found,) = read_files(file, [folder / f"{level}.pdf"])
        assert (found.outcome, what(found)) == ("encrypted", "This PDF is locked, with a password or against changes.")
        assert "save it without the lock" in to_do(found)


def test_a_form_locked_only_against_changes_is_read(file, folder, sheet):
    writer = PdfWriter(clone_from=io.BytesIO(filled(file, sheet, folder)))
    writer.encrypt("", "owner", algorithm="RC4-128")
    writer.write(folder / "locked.pdf")
    assert read_files(file, [folder / "locked.pdf"])[0].outcome == "ready"


def flattened(content: bytes) -> bytes:
    document = pypdfium2.PdfDocument(content)
    document.init_forms()
    for page in document:
        page.flatten()
    out = io.BytesIO()
    document.save(out)
    document.close()
    with pikepdf.open(io.BytesIO(out.getvalue())) as left:
        if "/AcroForm" in left.Root:
            del left.Root.AcroForm
        bare = io.BytesIO()
        left.save(bare)
    return bare.getvalue()


def test_a_flattened_form_is_known_by_the_code_printed_on_it(file, folder, sheet):
    found = bring(file, folder, flattened(filled(file, sheet, folder)))
    assert (found.outcome, found.sheet_id) == ("picture", sheet.id)
    assert what(found) == "The answers can't be read: they are only a picture."
    assert sheet.code in to_do(found)


def test_a_scan_is_only_a_picture(file, folder):
    document = pypdfium2.PdfDocument.new()
    document.new_page(595, 842)
    document.save(folder / "scan.pdf")
    document.close()
    (found,) = read_files(file, [folder / "scan.pdf"])
    assert found.outcome == "picture"
    assert "type the answers in" in to_do(found)


def test_a_foreign_pdf(file, folder):
    from reportlab.pdfgen.canvas import Canvas

    canvas = Canvas(str(folder / "invoice.pdf"))
    canvas.drawString(72, 700, "Invoice 4711, due in 30 days")
    canvas.acroForm.textfield(name="iban", value="DE00")
    canvas.save()
    (found,) = read_files(file, [folder / "invoice.pdf"])
    assert (found.outcome, what(found)) == ("foreign", "This is not one of your survey forms.")


def test_a_form_of_another_business(file, folder, tmp_path):
    from cvdesk.catalogue.records import Business
    from cvdesk.exchange.new import make_business

    with make_business(tmp_path / "other.cvdesk", Business("Other & Sons")) as other:
        (theirs,) = make_sheets(other, make_survey(other))
        content = filled(other, theirs, folder)
        blank = folder / "blank.pdf"
        form_pdf(other, theirs.survey_id, None, target=blank, made=DAY, fillable=True)
    found = bring(file, folder, content)
    assert found.outcome == "unknown"
    assert what(found) == "This form is from “Other & Sons”, and this file has no sheet of its code."
    assert read_files(file, [blank])[0].outcome == "unknown"


@pytest.mark.parametrize("share", [0.02, 0.3, 0.6, 0.9, 0.97, 0.999])
def test_a_form_that_was_cut_off_is_never_half_taken_in(file, folder, sheet, share):
    content = filled(file, sheet, folder)
    found = bring(file, folder, content[: int(len(content) * share)])
    assert found.outcome in ("damaged", "no_form")


@pytest.mark.filterwarnings("ignore:This document has")
def test_a_form_with_a_page_torn_out_is_damaged(file, folder, sheet):
    with pikepdf.open(io.BytesIO(filled(file, sheet, folder))) as document:
        fields = document.Root.AcroForm.Fields
        document.Root.AcroForm.Fields = pikepdf.Array(list(fields)[: len(fields) // 2])
        document.Root.AcroForm.Fields.append(fields[len(fields) - 1])
        out = io.BytesIO()
        document.save(out)
    assert bring(file, folder, out.getvalue()).outcome in ("damaged", "picture")


def test_what_is_off_the_scale_is_left_out_and_said(file, folder, sheet):
    items = asked(file, sheet)
    content = fill_by_pikepdf(form_bytes(file, sheet, folder), {items[0].field: "9", items[1].field: "5"})
    found = bring(file, folder, content)
    assert found.left_out == ("Question 1: “9” is no answer to it, so it is left out.",)
    take(file, found)
    assert kept(file, sheet.id)[items[0].version][0] == "skipped"
    assert kept(file, sheet.id)[items[1].version][1] == 5.0


def test_points_that_do_not_add_up_are_left_out_and_said(file, folder):
    (sheet,) = make_sheets(file, make_survey(file, "minute", more=True))
    points = [item for item in asked(file, sheet) if item.kind == "points"]
    typed = {points[0].field: "9", points[1].field: "3", asked(file, sheet)[0].field: "2"}
    found = bring(file, folder, fill_by_pikepdf(form_bytes(file, sheet, folder), typed))
    assert "add up to 12 instead of 10" in found.left_out[0]
    typed[points[1].field] = "1"
    found = bring(file, folder, fill_by_pikepdf(form_bytes(file, sheet, folder), typed))
    assert found.left_out == ()
    take(file, found)
    assert json.loads(kept(file, sheet.id)[points[0].version][2]) == {"worth": 9.0, "benefits": 1.0}


def test_what_is_no_pdf_too_large_or_not_there(file, folder):
    (folder / "list.xlsx").write_bytes(b"PK")
    (folder / "large.pdf").write_bytes(b"%PDF-1.7" + b" " * (26 * 1024 * 1024))
    found = read_files(file, [folder / "list.xlsx", folder / "large.pdf", folder / "gone.pdf"])
    assert [one.outcome for one in found] == ["no_form", "too_big", "unreadable"]
    assert all(what(one) and to_do(one) for one in found)


def test_forms_of_a_newer_program(file, folder, sheet):
    content = form_bytes(file, sheet, folder)
    with pikepdf.open(io.BytesIO(content)) as document:
        for field in document.Root.AcroForm.Fields:
            if str(field.T) == "cvdesk":
                field.V = pikepdf.String(str(field.V).replace("cvdesk-survey 1", "cvdesk-survey 2"))
        out = io.BytesIO()
        document.save(out)
    assert bring(file, folder, out.getvalue()).outcome == "newer"


@pytest.mark.filterwarnings("ignore:This document has")
def test_a_form_whose_hidden_field_was_stripped_is_known_by_its_printed_code(file, folder, sheet):
    with pikepdf.open(io.BytesIO(filled(file, sheet, folder))) as document:
        document.Root.AcroForm.Fields = pikepdf.Array([
            field for field in document.Root.AcroForm.Fields if str(field.T) != "cvdesk"
        ])  # fmt: skip
        out = io.BytesIO()
        document.save(out)
    found = bring(file, folder, out.getvalue())
    assert (found.outcome, found.sheet_id) == ("ready", sheet.id)


def test_an_e_mail_with_the_form_attached(file, folder, sheet):
    mail = EmailMessage()
    mail["From"], mail["Subject"] = "anna@example.org", "Your form"
    mail.set_content("Here you are.")
    mail.add_attachment(filled(file, sheet, folder), maintype="application", subtype="pdf", filename="form.pdf")
    found = bring(file, folder, mail.as_bytes(), "reply.eml")
    assert (found.outcome, found.sheet_id) == ("ready", sheet.id)


def test_answers_that_came_back_count_as_customers_answers(file, folder, sheet):
    take(file, bring(file, folder, filled(file, sheet, folder)))
    (made,) = file.rows("SELECT id, kind, state, sheet_token, source FROM assessments")
    assert (made["kind"], made["state"], made["sheet_token"], made["source"]) == (
        "customer",
        "done",
        sheet.code,
        "Bread round",
    )
    assert value.answers(file, made["id"])["quality"].value == 4.0


@pytest.mark.parametrize("by", ["pypdf", "pikepdf"])
def test_several_forms_joined_into_one_pdf_are_not_taken_for_one(file, folder, by):
    sheets = make_sheets(file, make_survey(file, "minute"), 2)
    whole = [filled(file, one, folder) for one in sheets]
    out = io.BytesIO()
    if by == "pypdf":
        writer = PdfWriter(clone_from=io.BytesIO(whole[0]))
        writer.append(io.BytesIO(whole[1]))
        writer.write(out)
    else:
        with pikepdf.Pdf.new() as joined:
            for content in whole:
                joined.add_pages_from(pikepdf.open(io.BytesIO(content)))
            joined.save(out)
    found = bring(file, folder, out.getvalue())
    assert (found.outcome, what(found)) == ("several", "This PDF holds several forms in one.")
    assert "a file of its own" in to_do(found)


def test_a_file_with_nothing_in_it_and_one_that_is_none(file, folder):
    found = bring(file, folder, b"", "empty.pdf")
    assert (found.outcome, what(found)) == ("no_bytes", "This file is empty.")
    if hasattr(os, "mkfifo"):
        os.mkfifo(folder / "pipe.pdf")
    assert read_files(file, [folder / "pipe.pdf"])[0].outcome == "unreadable"
