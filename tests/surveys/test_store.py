from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cvdesk.catalogue import store as catalogue
from cvdesk.customers import store as customers
from cvdesk.customers.records import Customer
from cvdesk.errors import UserError
from cvdesk.surveys import store
from cvdesk.surveys.records import FORMS, Returned, Survey, composed
from cvdesk.surveys.records_codes import ALPHABET, as_code, new_code
from cvdesk.value import store as value
from cvdesk.value.records import AnswerValue
from tests.figures.shop import new_shop

DAY = date(2026, 11, 2)


@pytest.fixture
def file(tmp_path):
    with new_shop(tmp_path) as opened:
        yield opened


@pytest.fixture
def survey(file):
    """A saved survey of a form: its id."""

    def make(form="short", **more) -> Survey:
        asked = composed(form, catalogue.questions(file), catalogue.factors(file))
        made = Survey(None, "Bread round", form, tuple(one.version_id for one in asked), DAY, **more)
        return store.get(file, file.run("Survey", lambda op: store.save(op, made)).result)

    return make


def handed_out(file, survey, **more):
    made = file.run("Hand out", lambda op: store.hand_out(op, survey, DAY, "paper", draw=store.seeded(1), **more))
    return store.sheets(file, made.result)


def all_fours(sheet):
    return Returned({version: AnswerValue("answered", 4.0) for version in sheet.questions[:3]})


def test_a_code_survives_being_typed_badly():
    code = new_code(store.seeded(3))
    assert as_code(f"  {code.lower().replace('-', ' ')} ") == code


@given(st.integers(0, 1000), st.integers(0, 7), st.sampled_from(ALPHABET))
def test_a_code_with_one_sign_wrong_is_none(seed, place, sign):
    signs = list(new_code(store.seeded(seed)).replace("-", ""))
    if signs[place] == sign:
        return
    signs[place] = sign
    with pytest.raises(ValueError, match="no code"):
        as_code("".join(signs))


def test_the_forms_ask_what_they_are_named_for(file, survey):
    counts = {form: len(survey(form).questions) for form in FORMS if form != "own"}
    assert counts == {"minute": 6, "short": 12 + 8, "full": 25 + 8, "rotating": 25 + 8}


def test_the_one_minute_form_asks_once_a_lever_and_about_no_factor(file, survey):
    asked = store.questions(file, survey("minute"))
    assert [one.lever for one in asked] == ["worth", "benefits", "costs", "drawbacks", None, None]
    assert all(one.factor_key is None for one in asked)


def test_each_rotating_sheet_asks_two_factors_a_lever_and_they_differ(file, survey):
    sheets = handed_out(file, survey("rotating"), blank=12)
    for sheet in sheets:
        levers = [one.lever for one in store.questions(file, survey("rotating"), sheet) if one.factor_key]
        assert levers == ["worth"] * 2 + ["benefits"] * 2 + ["costs"] * 2 + ["drawbacks"] * 2
    assert len({sheet.questions for sheet in sheets}) > 6


def test_answers_of_a_sheet_count_for_its_customer(file, survey):
    anna = file.run("Add", lambda op: customers.save(op, Customer("Anna Bell"))).result
    (sheet,) = handed_out(file, survey(), customers=[anna])
    made = file.run("Take in", lambda op: store.take_in(op, sheet.id, all_fours(sheet), DAY)).result
    found = value.sheet(file, made)
    assert (found.state, found.customer_id, found.form) == ("done", anna, "short")
    states = [one.state for one in value.answers(file, made).values()]
    assert (states.count("answered"), states.count("skipped")) == (3, 17)
    assert store.response_rate(file, sheet.survey_id).n == 1


def test_a_sheet_of_an_anonymous_survey_leads_to_nobody_and_yet_it_is_known_who_was_asked(file, survey):
    anna = file.run("Add", lambda op: customers.save(op, Customer("Anna Bell"))).result
    (sheet,) = handed_out(file, survey(anonymous=True), customers=[anna])
    assert sheet.customer_id is None
    assert file.value("SELECT asked FROM invitations WHERE customer_id = ?", (anna,)) == DAY.isoformat()
    made = file.run("Take in", lambda op: store.take_in(op, sheet.id, all_fours(sheet), DAY)).result
    assert value.sheet(file, made).sheet_token == sheet.code


def test_a_sheet_that_came_back_before_is_refused_or_replaced(file, survey):
    (sheet,) = handed_out(file, survey(), blank=1)
    file.run("Take in", lambda op: store.take_in(op, sheet.id, all_fours(sheet), DAY))
    with pytest.raises(UserError, match="already"):
        file.run("Take in", lambda op: store.take_in(op, sheet.id, all_fours(sheet), DAY))
    file.run("Take in", lambda op: store.take_in(op, sheet.id, all_fours(sheet), DAY, replace=True))
    assert file.value("SELECT count(*) FROM assessments WHERE kind = 'customer'") == 1


def test_an_empty_sheet_is_refused(file, survey):
    (sheet,) = handed_out(file, survey(), blank=1)
    nothing = Returned({version: AnswerValue("not_apply", None) for version in sheet.questions})
    with pytest.raises(UserError, match="Nothing on this sheet"):
        file.run("Take in", lambda op: store.take_in(op, sheet.id, nothing, DAY))
    assert store.sheet(file, sheet.id).answered is None


def test_sheets_of_the_counter_are_in_no_response_rate(file, survey):
    made = survey("minute")
    sheet = store.sheet(file, file.run("Counter", lambda op: store.counter_sheet(op, made)).result)
    file.run("Take in", lambda op: store.take_in(op, sheet.id, all_fours(sheet), DAY))
    assert store.response_rate(file, made.id).n == 0


def test_questions_stay_once_sheets_have_gone_out(file, survey):
    made = survey()
    handed_out(file, made, blank=1)

    with pytest.raises(UserError, match="stay as they are"):
        file.run("Survey", lambda op: store.save(op, replace(made, questions=made.questions[:4])))
    file.run("Survey", lambda op: store.save(op, replace(made, name="Another name")))
