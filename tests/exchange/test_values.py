"""Dates, ratings, names of columns and harmless cells."""

from __future__ import annotations

from collections import Counter
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cvdesk.errors import UserError
from cvdesk.exchange.dates import DateReader, Order, find_order
from cvdesk.exchange.decimals import find_decimal
from cvdesk.exchange.names import recognise
from cvdesk.exchange.rating_words import rating_words
from cvdesk.exchange.ratings import RatingReader, Scale, find_scale, given_scale
from cvdesk.exchange.safe import as_meant, harmless
from cvdesk.exchange.values import severity_of, stage_of

TODAY = date(2026, 11, 22)


@pytest.mark.parametrize(
    ("text", "order", "day", "time"),
    [
        ("2026-03-04", "day-first", "2026-03-04", None),
        ("2026/3/4 9:05", "month-first", "2026-03-04", "09:05"),
        ("2026-03-04T23:30:59.123Z", "day-first", "2026-03-04", "23:30"),
        ("20260304", "day-first", "2026-03-04", None),
        ("03/04/2026", "day-first", "2026-04-03", None),
        ("03/04/2026", "month-first", "2026-03-04", None),
        ("3.4.26", "day-first", "2026-04-03", None),
        ("3/4/99", "day-first", "1999-04-03", None),
        ("1/31/2026 2:07:00 PM", "month-first", "2026-01-31", "14:07"),
        ("12:30", "day-first", None, None),
        ("4 March 2026", "month-first", "2026-03-04", None),
        ("11-May-11", "day-first", "2011-05-11", None),
        ("Mar 4th, 2026", "day-first", "2026-03-04", None),
        ("Wed Jan 19 11:42:16 EST 2022", "day-first", "2022-01-19", "11:42"),
        ("31/02/2026", "day-first", None, None),
        ("3. März 2026", "month-first", "2026-03-03", None),
        ("1er août 2026", "day-first", "2026-08-01", None),
        ("3 de marzo de 2026", "day-first", "2026-03-03", None),
        ("2026-11-17 18:23:58.123000", "day-first", "2026-11-17", "18:23"),
        ("yesterday", "day-first", None, None),
        ("0000-01-01", "day-first", None, None),
        ("", "day-first", None, None),
    ],
)
def test_dates_as_people_write_them(text: str, order: str, day: str | None, time: str | None) -> None:
    reader = DateReader(order, TODAY)
    if day is None:
        with pytest.raises(ValueError, match="no date"):
            reader.read(text)
    else:
        assert reader.read(text) == (day, time)


def test_an_instant_becomes_the_day_of_the_business() -> None:
    assert DateReader("day-first", TODAY, "Asia/Tokyo").read("2026-03-04T23:30:00Z") == ("2026-03-05", "08:30")
    assert DateReader("day-first", TODAY, "Europe/London").read("2026-03-04 23:30") == ("2026-03-04", "23:30")


def test_the_order_of_day_and_month_comes_from_the_whole_column() -> None:
    assert find_order(["01/02/2026", "13/02/2026"], "US") == Order("day-first", True)
    assert find_order(["01/02/2026", "02/13/2026"], "GB") == Order("month-first", True)
    assert find_order(["01/02/2026", "03/04/2026"], "GB") == Order("day-first", False)
    assert find_order(["01/02/2026", "03/04/2026"], "US") == Order("month-first", False)
    assert find_order(["2026-01-02", "4 May 2026"], "US") is None


@given(st.dates(date(1930, 1, 1), date(2199, 12, 31)))
def test_every_day_is_read_in_every_form(day: date) -> None:
    first, second = DateReader("day-first", TODAY), DateReader("month-first", TODAY)
    assert first.read(day.strftime("%d/%m/%Y"))[0] == second.read(day.strftime("%m/%d/%Y"))[0] == day.isoformat()
    assert first.read(day.strftime("%d %B %Y"))[0] == second.read(day.isoformat())[0] == day.isoformat()


@pytest.mark.parametrize(
    ("values", "column", "scale"),
    [
        ({"1": 10, "5": 20}, "stars", "1-5"),
        ({"4.0": 595, "3.0": 537, "2.0": 519, "5.0": 369, "1.0": 172, "9.0": 20, "10.0": 14, "": 5}, "overall", "1-5"),
        ({"9": 10, "10": 8, "3": 5, "1": 2}, "rating", "1-10"),
        ({"9": 10, "10": 8, "0": 1}, "rating", "0-10"),
        ({"95": 10, "40": 8}, "score", "0-100"),
        ({"4": 10, "5": 8}, "Score (1-10)", "1-10"),
        ({"4": 10, "5": 8}, "Rating out of 5", "1-5"),
        ({"1": 10, "2": 8}, "Grade 1-6 (1 = best)", "6-1"),
        ({}, "rating", "1-5"),
        ({"0": 10, "3": 20, "5": 30}, "stars", "0-5"),
        ({"4.5": 10, "0.5": 2, "5": 9}, "stars", "0.5-5"),
        ({str(n): 5 for n in range(1, 8)}, "score", "1-7"),
        ({"17": 5, "12": 3}, "note", "0-20"),
        ({"1": 9, "6": 1, "2": 5}, "Schulnote", "6-1"),
        ({"1": 9, "5": 2, "99": 0}, "Satisfaction (1 = very satisfied, 5 = very dissatisfied)", "5-1"),
        ({"10 - extremely likely": 9, "0 - not at all": 2}, "likely", "0-10"),
        ({"4": 9, "2": 3}, "Rating 2026-01", "1-5"),
        ({"4": 9, "2": 3}, "24/7 support", "1-5"),
        ({"4": 9, "8": 3}, "Note sur 10", "0-10"),
    ],
)
def test_the_scale_is_the_smallest_that_holds_95_of_100(values: dict[str, int], column: str, scale: str) -> None:
    assert find_scale(Counter(values), column).name == scale


@pytest.mark.parametrize(
    ("text", "scale", "rating"),
    [
        ("4", Scale(1, 5), 4.0),
        ("4,5", Scale(1, 5), 4.5),
        ("4.5 stars", Scale(1, 5), 4.5),
        ("7", Scale(1, 5), None),
        ("0", Scale(1, 5), None),
        ("10", Scale(1, 10), 5.0),
        ("1", Scale(1, 10), 1.0),
        ("5", Scale(0, 10), 3.0),
        ("8/10", Scale(1, 5), 4.2),
        ("4 out of 5", Scale(1, 10), 4.0),
        ("★★★★☆", Scale(1, 5), 4.0),
        ("80%", Scale(1, 5), 4.2),
        ("Excellent", Scale(1, 5), 5.0),
        ("4 - Good", Scale(1, 5), 4.0),
        ("Horrible", Scale(1, 5), 1.0),
        ("1", Scale(6, 1), 5.0),
        ("blue", Scale(1, 5), None),
        ("", Scale(1, 5), None),
        (".", Scale(1, 5), None),
        ("1/1", Scale(1, 5), None),
        ("★★★½", Scale(1, 5), 3.5),
        ("4½", Scale(1, 5), 4.5),
        ("3 1/2", Scale(1, 5), 3.5),
        ("8 von 10", Scale(1, 5), 4.2),
        ("0.5", Scale(0.5, 5), 1.0),
        ("4.5", Scale(0.5, 5), 4.5),
        ("10 - extremely likely", Scale(0, 10), 5.0),
        ("5 (worst)", Scale(1, 5), 1.0),
        ("Très bien", Scale(1, 5), 4.0),
        ("sehr unzufrieden", Scale(1, 5), 1.0),
        ("muy bueno", Scale(1, 5), 4.0),
    ],
)
def test_ratings_turn_to_stars(text: str, scale: Scale, rating: float | None) -> None:
    found = RatingReader(scale).read(text)[0]
    assert found is None if rating is None else found == pytest.approx(rating)


@pytest.mark.parametrize(
    ("column", "stars"),
    [
        (["Excellent", "Very good", "Good", "Fair", "Poor"], [5, 4, 3, 2, 1]),
        (["Excellent", "Very good", "Average", "Poor", "Terrible"], [5, 4, 3, 2, 1]),
        (["Excellent", "Good", "OK", "Bad", "Horrible"], [5, 4, 3, 2, 1]),
        (["Very good", "Good", "Average", "Bad", "Very bad"], [5, 4, 3, 2, 1]),
        (["Strongly agree", "Agree", "Neutral", "Disagree", "Strongly disagree"], [5, 4, 3, 2, 1]),
        (["sehr gut", "gut", "mittel", "schlecht", "sehr schlecht"], [5, 4, 3, 2, 1]),
        (["1 - Very good", "5 - Very bad", "3 - Average"], [5, 1, 3]),
    ],
)
def test_what_a_word_is_worth_depends_on_its_column(column: list[str], stars: list[int]) -> None:
    reader = RatingReader(Scale(1, 5), words=rating_words(column))
    assert [reader.read(cell) for cell in column] == [(value, "words") for value in stars]


@pytest.mark.parametrize(
    ("cells", "mark"),
    [
        (["4,5", "3"], "comma"),
        (["1.234,50 €", "99"], "comma"),
        (["200.000.000", "1,7"], "comma"),
        (["47,072.02", "10"], "point"),
        (["4.5"], "point"),
        (["1,234"], ""),
        (["4,5", "4.5"], ""),
        (["", "none"], ""),
    ],
)
def test_the_decimal_mark_comes_from_the_whole_column(cells: list[str], mark: str) -> None:
    assert find_decimal(cells) == mark
    assert find_decimal(["2.5", *cells], typed=True) == ("comma" if mark == "comma" or "4,5" in cells else "point")


def test_scales_named_by_the_person() -> None:
    assert given_scale("6-1") == Scale(6, 1)
    for wrong in ("five", "3-3", "1-"):
        with pytest.raises(UserError, match="not a scale"):
            given_scale(wrong)


@given(st.text(max_size=30))
def test_harmless_cells_come_back_as_they_were_meant(text: str) -> None:
    safe = harmless(text)
    assert as_meant(safe) == text
    bare = safe.lstrip("\ufeff\u200b").lstrip()
    assert bare[:1] not in ("=", "@", "＝", "＋", "－", "＠")
    assert bare[:1] not in ("+", "-") or bare[1:2].isdigit()


@pytest.mark.parametrize("text", ["=1+1", "+cmd|' /C calc'!A0", "@SUM(A1)", "-2+3", " =1", "\t=1", "＝1", "\r=1"])
def test_formulas_are_taken_for_text(text: str) -> None:
    assert harmless(text) == "'" + text


@pytest.mark.parametrize("text", ["-5", "+49", "3.14", "-1,5", "plain", "a=b", "mail@example.com", "'quoted'"])
def test_numbers_and_plain_text_stay(text: str) -> None:
    assert harmless(text) == text == as_meant(text)


@pytest.mark.parametrize(
    ("kind", "header", "mapping"),
    [
        (
            "feedback",
            "airline,author,author_country,date,content,date_visit,overall_rating,comfort_rating,recommended",
            {"customer": (1,), "date": (3,), "text": (4,), "rating": (6,)},
        ),
        ("feedback", "Timestamp,How satisfied are you?,Any other comments for us?", {"date": (0,), "text": (2,)}),
        ("feedback", "Review Date,Star-Rating,reviewText", {"date": (0,), "rating": (1,), "text": (2,)}),
        (
            "complaints",
            "case_enquiry_id,open_dt,target_dt,closed_dt,case_status,closure_reason,reason,type,source",
            {
                "id": (0,),
                "date": (1,),
                "closed": (3,),
                "status": (4,),
                "resolution": (5,),
                "theme": (6,),
                "channel": (8,),
            },
        ),
        (
            "complaints",
            "Date received,Product,Issue,Consumer complaint narrative,State,Submitted via,Response,Complaint ID",
            {
                "date": (0,),
                "offering": (1,),
                "theme": (2,),
                "text": (3,),
                "channel": (5,),
                "resolution": (6,),
                "id": (7,),
            },
        ),
        (
            "customers",
            "first_name,last_name,company_name,address,city,phone1,phone2,email",
            {
                "first_name": (0,),
                "last_name": (1,),
                "organisation": (2,),
                "address": (3,),
                "city": (4,),
                "phone": (5, 6),
                "email": (7,),
            },
        ),
        ("customers", "Custmer Name,E-Mail", {"name": (0,), "email": (1,)}),
        ("customers", "customerID,Contract", {"id": (0,)}),
        (
            "feedback",
            "When,Who,Where,How many stars,What they said",
            {"date": (0,), "customer": (1,), "channel": (2,), "rating": (3,), "text": (4,)},
        ),
        ("feedback", "Horodateur,Étoiles,Avis", {"date": (0,), "rating": (1,), "text": (2,)}),
        (
            "customers",
            "Vorname,Name,Straße,PLZ,Ort,E-Mail 1,E-Mail 2",
            {"first_name": (0,), "last_name": (1,), "address": (2, 3), "city": (4,), "email": (5, 6)},
        ),
        ("customers", "Nombre,Apellidos,Correo", {"first_name": (0,), "last_name": (1,), "email": (2,)}),
        (
            "complaints",
            "Eingegangen am,Kunde,Beschwerde,Lösung,Erledigt am",
            {"date": (0,), "customer": (1,), "text": (2,), "resolution": (3,), "closed": (4,)},
        ),
    ],
)
def test_columns_are_recognised_by_their_names(kind: str, header: str, mapping: dict[str, tuple[int, ...]]) -> None:
    assert recognise(kind, header.split(",")) == mapping


def test_words_for_stages_and_severities() -> None:
    assert stage_of("Closed with explanation") == stage_of("DONE") == "closed"
    assert stage_of("In progress") == stage_of("open") == "received"
    assert stage_of("purple") is None
    assert severity_of("Urgent") == "serious"
    assert severity_of("-") is None
