"""The sheet for the staff's wall and the blank one for the counter, read back."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from cvdesk.catalogue.records import Filter, Period
from cvdesk.feedback import report_sheet, store_sheet
from cvdesk.reports import kinds
from cvdesk.reports.records_kinds import Wanted
from cvdesk.reports.records_team_names import first_name, first_name_and_letter
from tests.figures.shop import add_customer, new_shop
from tests.pdf.reading import reader, words

TODAY = date(2026, 6, 17)
WEEK = Filter(Period(TODAY - timedelta(days=6), TODAY))
YEAR = Filter(Period(date(2026, 1, 1), TODAY))


@pytest.fixture
def file(tmp_path):
    with new_shop(tmp_path) as opened:
        yield opened


def write(file, work):
    return file.run("Step", work).result


def says(file, who, text, kind="problem", day=TODAY, rating=None, theme=None, **more):
    def work(op):
        row = {"customer_id": who, "text": text, "kind": kind, "date": day.isoformat(), "rating": rating, **more}
        made = op.insert("entries", row)
        if theme is not None:
            about = {"entry_id": made, "theme_id": theme, "state": "confirmed", "by": "owner"}
            op.insert("entry_themes", about)
        return made

    return write(file, work)


def a_theme(file, name):
    factor = file.value("SELECT id FROM factors LIMIT 1")
    return write(file, lambda op: op.insert("themes", {"key": "late", "name": name, "factor_id": factor}))


def team(file, chosen=WEEK, **more):
    return kinds.make(file, Wanted("team-sheet", chosen, TODAY, **more)).pdf


def busy(file):
    late = a_theme(file, "Late bread")
    people = [write(file, lambda op, name=name: add_customer(op, name)) for name in ("Anna Bell", "Ben Cole")]
    for one in people:
        says(file, one, "The van was late, ask Anna Bell", rating=2, theme=late)
    says(file, people[1], "Ruth is lovely", "praise", rating=5)
    says(file, None, "Too far away to be seen", "praise", day=TODAY - timedelta(days=90))
    says(file, people[0], "When?", "question", promise="Ring Anna Bell back.", promised_by="2026-06-19")
    write(file, lambda op: op.insert("actions", {"name": "Second van", "theme_id": late, "status": "started"}))
    write(file, lambda op: op.insert("actions", {"name": "New till", "status": "done", "done": "2026-06-10"}))


def test_the_team_sheet_says_what_most_named_what_is_done_and_what_was_liked(file):
    busy(file)
    said = words(team(file))
    for part in (
        "Late bread: 2 customers named it", "What we do now: Second van", "Ruth is lovely", "Ben",
        "For Anna B.: Ring Anna Bell back, by Fri 19 Jun", "New till", "1 of 3 ratings were four or five stars",
    ):  # fmt: skip
        assert part in said
    assert "Too far away" not in said
    assert "Cole" not in said  # it hangs where others read it


@pytest.mark.parametrize(
    ("name", "first", "told_apart"),
    [("Anna Bell", "Anna", "Anna B."), ("Anna", "Anna", "Anna"), ("Dr. Bell", "", ""), ("The Sailing Club", "", ""),
     ("王小明", "", ""), ("نور حداد", "نور", "نور ح."), ("Zoë Kim 7", "Zoë", "Zoë"), ("", "", "")],
)  # fmt: skip
def test_customers_are_called_by_their_first_names(name, first, told_apart):
    assert first_name(name) == first
    assert first_name_and_letter(name) == told_apart


def test_a_longer_period_gives_the_last_week_and_says_so(file):
    busy(file)
    said = words(team(file, YEAR))
    assert "11 Jun to 17 Jun 2026" in said
    assert "the last week of a longer period" in said
    assert "Too far away" not in said


def test_names_left_out_are_nowhere_but_staff_stay(file):
    busy(file)
    said = words(team(file, names=False))
    assert "Anna" not in said
    assert "Cole" not in said
    assert "Ruth is lovely" in said


def test_parts_of_the_team_sheet_can_be_left_out(file):
    busy(file)
    said = words(team(file, left_out=frozenset({"voices", "promises"})))
    assert "Ruth is lovely" not in said
    assert "Promises to keep" not in said
    assert "Second van" in said


def test_a_bad_rating_nobody_filed_is_a_problem_all_the_same(file):
    says(file, None, "Late again", "comment", rating=2)
    said = words(team(file))
    assert "1 problem to look at" in said
    assert "Late again" in said


def test_an_empty_week_asks_for_feedback(file):
    said = words(team(file))
    assert "Nobody has told us anything yet this week" in said
    assert "What could we do better?" in said


@pytest.mark.parametrize("paper", ["a4", "letter"])
def test_the_team_sheet_is_one_page_however_much_was_said(file, paper):
    busy(file)
    for number in range(12):
        who = write(file, lambda op, number=number: add_customer(op, f"Customer {number} of a very long name " * 2))
        says(file, who, "Word after word after word " * 20, "praise", rating=5, promise="Promised " * 15,
             promised_by="2026-06-18")  # fmt: skip
    assert len(reader(team(file, paper=paper)).pages) == 1


@pytest.mark.parametrize("paper", ["a4", "letter"])
def test_the_counter_sheet_offers_the_businesss_own_channels_and_themes_on_one_page(file, paper):
    busy(file)
    pdf = kinds.make(file, Wanted("logging-sheet", YEAR, TODAY, paper)).pdf
    (page,) = reader(pdf).pages
    assert page.mediabox.width > page.mediabox.height
    said = page.extract_text()
    for part in ("Corner shop", "Late bread", "anonymous", "Praise", "Problem", "Noted by", "tell the owner at once"):
        assert part in said
    assert said.count("anonymous") >= 8
    assert report_sheet.ROW >= 15 * 72 / 25.4


def test_long_names_of_channels_and_themes_stand_in_full_above_the_rows(file):
    data = store_sheet.gather(file, TODAY)
    long = tuple(f"{number} written down by whoever was standing nearest when it came in" for number in range(4))
    themes = tuple(f"{place} What happens when the second delivery does not come in time at all" for place in range(8))
    (page,) = reader(report_sheet.as_pdf(replace(data, channels=long, themes=themes))).pages
    said = " ".join(page.extract_text().split())
    for name in (*long, *themes):
        assert said.count(name) == 1
    assert "…" not in said
    assert said.count("anonymous") >= 8


def test_the_counter_sheet_repeats_to_the_byte(file):
    data = store_sheet.gather(file, TODAY)
    assert report_sheet.as_pdf(data) == report_sheet.as_pdf(data)


def test_the_columns_are_in_the_order_notes_are_typed_in(file):
    said = words(report_sheet.as_pdf(store_sheet.gather(file, TODAY)))
    order = ["Date", "Channel", "About", "Customer", "What they said", "What it is", "Stars", "Safety", "Noted by"]
    places = [said.index(title, said.index("Date")) for title in order]
    assert places == sorted(places)
