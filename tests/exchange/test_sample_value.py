"""The sample's surveys, competitors and later purchases: enough of each for every view of value to say something."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterator
from datetime import date, timedelta
from itertools import pairwise
from pathlib import Path

import pytest

from cvdesk.catalogue import store as catalogue
from cvdesk.catalogue.records import LEVERS, Filter, Period
from cvdesk.db import BusinessFile, open_file
from cvdesk.exchange.sample import make_sample
from cvdesk.exchange.sample_words import Story
from cvdesk.surveys import store
from cvdesk.surveys.records import REST_DAYS, ROTATING
from cvdesk.surveys.records_codes import as_code
from cvdesk.value import store as value
from cvdesk.value.store_answers import OURS, shared_out
from cvdesk.value.store_pays import pays

TODAY = date(2026, 11, 21)
YEAR = Filter(Period(TODAY - timedelta(days=364), TODAY))


@pytest.fixture(scope="module")
def bakery(tmp_path_factory: pytest.TempPathFactory) -> Iterator[BusinessFile]:
    path = tmp_path_factory.mktemp("sample") / "bakery.cvdesk"
    make_sample(path, today=TODAY)
    with open_file(path, read_only=True) as file:
        yield file


def test_every_sheet_has_a_code_that_can_be_typed_and_asks_what_its_survey_asks(bakery: BusinessFile) -> None:
    for survey in store.surveys(bakery):
        assert survey.id is not None
        asked = store.questions(bakery, survey)
        assert len(asked) >= 6
        assert survey.greeting
        for sheet in store.sheets_of(bakery, survey.id):
            assert as_code(sheet.code) == sheet.code
            assert set(sheet.questions) <= set(survey.questions)
            assert not survey.anonymous or sheet.customer_id is None


def test_a_rotating_sheet_asks_two_factors_of_each_part(bakery: BusinessFile) -> None:
    (rotating,) = (survey for survey in store.surveys(bakery) if survey.form == "rotating")
    assert rotating.id is not None
    sheets = store.sheets_of(bakery, rotating.id)
    assert len(sheets) > 10
    for sheet in sheets:
        factors = [question for question in store.questions(bakery, rotating, sheet) if question.factor_key]
        assert [sum(question.lever == lever for question in factors) for lever in LEVERS] == [ROTATING] * 4
        if sheet.answered:
            done = bakery.row("SELECT id, asked FROM assessments WHERE sheet_id = ?", (sheet.id,))
            assert done is not None
            assert tuple(json.loads(done["asked"])) == sheet.questions
            given = value.answers(bakery, done["id"])
            assert {question.key for question in factors} <= set(given)


def test_answers_belong_to_questions_their_sheet_asks(bakery: BusinessFile) -> None:
    strays = """SELECT count(*) FROM answers JOIN assessments ON assessments.id = assessment_id
        JOIN sheets ON sheets.id = sheet_id JOIN surveys ON surveys.id = survey_id
        WHERE question_version_id NOT IN (SELECT value FROM json_each(
            CASE sheets.questions WHEN '[]' THEN surveys.questions ELSE sheets.questions END))"""
    assert bakery.value(strays) == 0
    assert bakery.value("SELECT count(*) FROM assessments WHERE sheet_id IS NOT NULL AND source = ''") == 0


def test_sheets_came_back_every_way(bakery: BusinessFile) -> None:
    ways = dict(tuple(row) for row in bakery.rows("SELECT way, count(answered) FROM sheets GROUP BY way"))
    assert set(ways) == {"paper", "pdf", "email", "counter"}
    assert min(ways.values()) >= 40
    assert bakery.value("SELECT count(*) FROM sheets WHERE way = 'counter' AND asked IS NOT NULL") == 0


def test_nobody_is_asked_again_within_the_rest_time(bakery: BusinessFile) -> None:
    asked: defaultdict[int, list[date]] = defaultdict(list)
    for row in bakery.rows("SELECT customer_id, asked FROM sheets WHERE customer_id IS NOT NULL ORDER BY asked"):
        asked[row["customer_id"]].append(date.fromisoformat(row["asked"]))
    gaps = [(later - first).days for days in asked.values() for first, later in pairwise(days)]
    assert len(gaps) > 50
    assert min(gaps) >= REST_DAYS
    invited = "SELECT customer_id, max(asked) FROM invitations GROUP BY customer_id"
    assert {row[0]: row[1] for row in bakery.rows(invited)} == {
        customer: days[-1].isoformat() for customer, days in asked.items()
    }


def test_enough_customers_say_what_matters_to_them(bakery: BusinessFile) -> None:
    importance = shared_out(bakery, "importance", YEAR, TODAY)
    points = shared_out(bakery, "points", YEAR, TODAY)
    assert len(importance) >= 50
    assert len(points) >= 50
    assert all(sum(one.values()) == 10 and min(one.values()) >= 0 for one in points)
    card = value.scorecard(bakery, YEAR, TODAY)
    assert (card.weights_from, card.points_from) == ("customers", "customers")
    assert [round(side) for side in (card.get_of, card.give_of)] == [10, 10]
    assert all(factor.importance is not None for factor in catalogue.factors(bakery)), "the owner said as well"


def test_the_minute_at_the_counter_has_an_answer_for_each_part(bakery: BusinessFile) -> None:
    sheets = bakery.rows(f"SELECT id, date FROM assessments WHERE form = 'minute' AND {OURS}")
    assert len(sheets) >= 30
    assert min(row["date"] for row in sheets) >= Story.ending(TODAY).opening.isoformat()
    for row in sheets:
        given = value.answers(bakery, row["id"])
        assert {f"lever_{lever}" for lever in LEVERS} | {"worth_it"} <= set(given)


def test_customers_who_used_both_rate_a_competitor_beside_us(bakery: BusinessFile) -> None:
    ways = dict(tuple(row) for row in bakery.rows(
        """SELECT name || ': ' || way, count(*) FROM assessments JOIN competitors ON competitors.id = competitor_id
           GROUP BY 1"""
    ))  # fmt: skip
    assert ways["Crumb & Co: used_both"] >= 12
    assert ways["Crumb & Co: mystery"] == 2
    assert ways["Quayside Foodhall: guess"] == 1
    alone = """SELECT count(*) FROM assessments AS theirs WHERE way = 'used_both' AND NOT EXISTS (
        SELECT 1 FROM assessments AS ours WHERE ours.competitor_id IS NULL AND ours.kind = 'customer'
        AND (ours.customer_id = theirs.customer_id OR ours.sheet_token = theirs.sheet_token))"""
    assert bakery.value(alone) == 0
    assert bakery.value("SELECT count(*) FROM competitors WHERE price_ratio IS NULL") == 0


def test_those_who_found_it_worth_it_come_back_more_often(bakery: BusinessFile) -> None:
    found = pays(bakery, YEAR, TODAY, 90)
    assert found.difference.low is not None
    assert found.difference.low > 0
    assert min(found.worth_it.customers, found.not_worth_it.customers) >= 20


def test_one_product_has_too_few_answers_to_be_shown(bakery: BusinessFile) -> None:
    rows = bakery.rows(
        f"""SELECT offerings.key, count(*) FROM assessments JOIN offerings ON offerings.id = offering_id
            WHERE {OURS} AND date >= ? GROUP BY 1""",
        (YEAR.period.start.isoformat(),),
    )
    counts = {row[0]: row[1] for row in rows}
    assert 0 < counts.pop("celebration-cakes") < 5
    assert len(counts) >= 2
    assert min(counts.values()) >= 8


def test_a_large_file_knows_who_was_asked_and_no_competitors(tmp_path: Path) -> None:
    path = tmp_path / "large.cvdesk"
    make_sample(path, 2000, today=TODAY)
    with open_file(path, read_only=True) as file:
        assert file.value("SELECT count(*) FROM competitors") == 0
        assert file.value("SELECT count(*) FROM invitations") > 10
        assert file.value("SELECT count(*) FROM sheets WHERE answered IS NOT NULL") == 40
        assert all(as_code(row[0]) == row[0] for row in file.rows("SELECT code FROM sheets"))
