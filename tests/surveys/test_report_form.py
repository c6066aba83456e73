"""Survey forms as PDF: everything on them, room to answer, fields that every reader finds, the same bytes again."""

import io
from dataclasses import replace

import pikepdf
import pypdfium2
import pytest
from pypdf import PdfReader

from cvdesk.__main__ import main
from cvdesk.catalogue import store as catalogue
from cvdesk.customers import store as customers
from cvdesk.customers.records import Customer
from cvdesk.errors import UserError
from cvdesk.reports.store_about import chosen_record
from cvdesk.surveys import report_form, store
from cvdesk.surveys.report_form import file_name, form_pdf
from tests.figures.shop import new_shop
from tests.surveys.paper import DAY, asked, form_bytes, make_sheets, make_survey


@pytest.fixture
def file(tmp_path):
    with new_shop(tmp_path) as opened:
        yield opened


def printed(file, survey, sheets, folder, **more):
    target = folder / "out.pdf"
    ids = None if sheets is None else [one.id for one in sheets]
    form_pdf(file, survey.id, ids, target=target, made=DAY, **more)
    return PdfReader(target)


def words(page):
    return " ".join(page.extract_text().split())


def test_the_form_says_what_it_has_to(file, tmp_path):
    anna = file.run("Add", lambda op: customers.save(op, Customer("Anna Bell"))).result
    survey = make_survey(file, greeting="You were with us in spring.", thanks="Thank you, drop it in the box.")
    (sheet,) = make_sheets(file, survey, 0, (anna,))
    said = words(printed(file, survey, [sheet], tmp_path).pages[0])
    for text in (
        "Corner shop", "Bread round", "You were with us in spring.", "Thank you, drop it in the box.", sheet.code,
        "Anna Bell", "Page 1 of 1", "does not apply", "Not at all likely",
        "How confident do you feel that you are in good hands with Corner shop?",
    ):  # fmt: skip
        assert text in said
    for item in asked(file, sheet):
        assert f"{item.number} {item.wording[:12]}" in said or f"{item.number}{item.wording[:12]}" in said


@pytest.mark.parametrize(("form", "sides"), [("minute", 1), ("short", 1), ("full", 2), ("rotating", 1)])
def test_a_form_takes_as_few_sides_as_it_may(file, tmp_path, form, sides):
    survey = make_survey(file, form, greeting="You were with us in spring. It takes three minutes.")
    assert len(printed(file, survey, make_sheets(file, survey), tmp_path).pages) == sides


def test_every_side_carries_its_code_and_its_number(file, tmp_path):
    survey = make_survey(file, "full")
    sheets = make_sheets(file, survey, 2)
    pages = printed(file, survey, sheets, tmp_path).pages
    assert len(pages) == 4
    for place, page in enumerate(pages):
        assert sheets[place // 2].code in words(page)
        assert f"Page {place % 2 + 1} of 2" in words(page)


def test_a_form_for_nobody_has_a_line_for_the_code(file, tmp_path):
    survey = make_survey(file, "minute")
    said = words(printed(file, survey, None, tmp_path).pages[0])
    assert "Code" in said
    assert "This form asks for no name and bears none." in said


@pytest.mark.parametrize("paper", ["a4", "letter"])
def test_nothing_is_cut_or_outside_the_paper(file, tmp_path, paper):
    name = "Bartholomew-Maximilian Featherstonehaugh-Cholmondeley of the Upper Harbour Estates"
    anna = file.run("Add", lambda op: customers.save(op, Customer(name))).result
    file.run(
        "Name", lambda op: catalogue.save_setting(op, "business", {"name": "מאפיית הנמל " * 6, "language": "en_GB"})
    )
    survey = make_survey(file, "full", more=True, greeting="Long words. " * 60)
    target = tmp_path / "out.pdf"
    form_pdf(file, survey.id, [make_sheets(file, survey, 0, (anna,))[0].id], target=target, made=DAY, paper=paper)
    document = pypdfium2.PdfDocument(target)
    for page in document:
        width, height = page.get_size()
        text = page.get_textpage()
        for place in range(text.count_chars()):
            left, bottom, right, top = text.get_charbox(place)
            assert left >= 20
            assert right <= width - 20
            assert bottom >= 18
            assert top <= height - 18
    document.close()


def test_a_letter_of_a_greeting_goes_on_over_the_sides(file, tmp_path):
    survey = make_survey(file, "minute", greeting="\n".join(f"Line {n} " + "of a long letter " * 12 for n in range(60)))
    pages = printed(file, survey, make_sheets(file, survey), tmp_path).pages
    assert len(pages) > 1
    found = " ".join(words(page) for page in pages)
    assert all(f"Line {n} " in found for n in range(60))


def test_many_copies_are_one_small_file(file, tmp_path):
    survey = make_survey(file)
    one = tmp_path / "one.pdf"
    many = tmp_path / "many.pdf"
    sheets = [sheet.id for sheet in make_sheets(file, survey, 100)]
    form_pdf(file, survey.id, sheets[:1], target=one, made=DAY)
    form_pdf(file, survey.id, sheets, target=many, made=DAY)
    assert len(PdfReader(many).pages) == 100
    assert many.stat().st_size < 12 * one.stat().st_size


def test_markup_is_printed_as_it_is(file, tmp_path):
    survey = make_survey(file, "minute", greeting="<b>50 % & more</b> {business}")
    assert "<b>50 % & more</b> {business}" in words(printed(file, survey, None, tmp_path).pages[0])


def test_the_same_sheets_give_the_same_bytes(file, tmp_path):
    (sheet,) = make_sheets(file, make_survey(file))
    assert form_bytes(file, sheet, tmp_path) == form_bytes(file, sheet, tmp_path)


def test_a_form_to_fill_in_has_a_named_field_for_everything(file, tmp_path):
    (sheet,) = make_sheets(file, make_survey(file, more=True))
    content = form_bytes(file, sheet, tmp_path)
    expected = {item.field for item in asked(file, sheet)} | {"cvdesk"}
    by_pypdf = PdfReader(io.BytesIO(content)).get_fields()
    assert set(by_pypdf) == expected
    with pikepdf.open(io.BytesIO(content)) as document:
        assert {str(field.T) for field in document.Root.AcroForm.Fields} == expected
        for field in document.Root.AcroForm.Fields:
            if str(field.T) != "cvdesk":
                assert str(field.TU)
        assert all(page.Tabs == pikepdf.Name.R for page in document.pages)
    recommend = next(item for item in asked(file, sheet) if item.key == "recommend")
    assert set(by_pypdf[recommend.field]["/_States_"]) == {"/Off", "/na"} | {f"/{value}" for value in range(11)}
    assert sheet.code in by_pypdf["cvdesk"]["/V"]


def test_a_third_reader_shows_the_form(file, tmp_path):
    (sheet,) = make_sheets(file, make_survey(file))
    document = pypdfium2.PdfDocument(form_bytes(file, sheet, tmp_path))
    document.init_forms()
    assert document.get_formtype() == 1
    document.close()


def test_forms_to_fill_in_are_a_file_each_named_after_who_gets_them(file, tmp_path):
    people = tuple(
        file.run("Add", lambda op, name=name: customers.save(op, Customer(name))).result
        for name in ("Anna Bell", "AC/DC: Söhne")
    )
    survey = make_survey(file, "minute")
    sheets = make_sheets(file, survey, 0, people)
    written = form_pdf(file, survey.id, [one.id for one in sheets], target=tmp_path, made=DAY, fillable=True)
    assert sorted(path.name for path in written) == sorted([
        f"Bread round, Anna Bell, {sheets[0].code}.pdf", f"Bread round, AC DC Söhne, {sheets[1].code}.pdf",
    ])  # fmt: skip
    assert all(path.exists() for path in written)


def test_a_name_of_a_file_stays_inside_its_folder():
    assert file_name("..", "../../x\n", "K7M2-QXP4") == "x, K7M2-QXP4.pdf"
    assert len(file_name("n" * 500, "m" * 500, "K7M2-QXP4")) < 150


def test_no_sheets_are_said_so(file, tmp_path):
    survey = make_survey(file)
    with pytest.raises(UserError, match="no sheet"):
        form_pdf(file, survey.id, [], target=tmp_path / "x.pdf", made=DAY)


def test_a_survey_can_be_looked_at_before_it_is_saved(file):
    survey = replace(make_survey(file), id=None, name="Not yet")
    content = report_form.preview(file, survey, DAY)
    assert "Not yet" in words(PdfReader(io.BytesIO(content)).pages[0])


def test_rotating_sheets_ask_what_they_drew(file, tmp_path):
    survey = make_survey(file, "rotating")
    sheets = make_sheets(file, survey, 3)
    assert len({one.questions for one in sheets}) > 1
    for place, page in enumerate(printed(file, survey, sheets, tmp_path).pages):
        for one in store.questions(file, survey, sheets[place]):
            assert one.wording.split("{")[0][:30].strip() in words(page)


def test_the_command_line_prints_the_form(file, tmp_path, capsys):
    made = make_survey(file, "minute", name="Bread round")
    path = tmp_path / "shop.cvdesk"
    out = tmp_path / "form.pdf"
    call = ["report", str(path), "-o", str(out), "--today", "2026-11-02"]
    file.close()
    assert main([*call, "--kind", "survey"]) == 0
    assert "Code" in words(PdfReader(out).pages[0])
    assert main([*call, "--kind", "survey", "--survey", "bread ROUND", "--fillable", "--paper", "letter"]) == 0
    assert "cvdesk" in (PdfReader(out).get_fields() or {})
    assert main([*call, "--kind", "survey", "--survey", str(made.id)]) == 0
    capsys.readouterr()
    assert main([*call, "--kind", "survey", "--survey", "Cakes"]) == 1
    assert "Nothing fits “Cakes”. Choose one: Bread round" in capsys.readouterr().err
    assert main([*call, "--fillable"]) == 1
    assert "“--fillable” does not go with “--kind value-strategy”" in capsys.readouterr().err


def test_two_surveys_of_one_name_are_told_apart_by_their_ids(file):
    with pytest.raises(UserError, match="nothing yet"):
        chosen_record(file, "survey", {"survey": None})
    first, second = make_survey(file, "minute"), make_survey(file, "minute")
    with pytest.raises(UserError, match=f"Several fit .Bread round.*{second.id}"):
        chosen_record(file, "survey", {"survey": "Bread round"})
    assert chosen_record(file, "survey", {"survey": str(first.id)}) == first.id
