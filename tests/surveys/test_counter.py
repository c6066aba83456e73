"""What becomes of answers given at the counter: each person counts once, whoever went away too early not at all."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cvdesk.catalogue import store as catalogue
from cvdesk.catalogue.records import Filter, Period
from cvdesk.surveys import store, store_counter
from cvdesk.surveys.records import Survey, composed
from cvdesk.surveys.records_counter import Visitor, as_text, from_text, path
from cvdesk.value import store as value
from cvdesk.value.records import ANSWER_STATES, AnswerValue
from cvdesk.value.store_answers import latest
from tests.figures.shop import new_shop

DAY = date(2026, 11, 2)
FOUR = AnswerValue("answered", 4.0)
NOT_MINE = AnswerValue("not_apply", None)


@pytest.fixture
def file(tmp_path):
    with new_shop(tmp_path) as opened:
        yield opened


def made_survey(file, form="minute") -> Survey:
    if form == "minute":
        return store.get(file, file.run("Survey", lambda op: store_counter.minute_survey(op, DAY)).result)
    asked = composed(form, catalogue.questions(file), catalogue.factors(file))
    made = Survey(None, "Bread round", form, tuple(one.version_id for one in asked), DAY)
    return store.get(file, file.run("Survey", lambda op: store.save(op, made)).result)


def visit(file, survey, answers, whole=False) -> Visitor:
    """Somebody who answered these of the questions they were led through, in turn."""
    visitor = store_counter.begin(file, survey, DAY, store.seeded(1))
    for one in answers:
        led = path(store_counter.questions(file, visitor), visitor.answers)
        visitor = visitor.with_answer(led[len(visitor.answers)].version_id, one)
        store_counter.keep(visitor, file)
    return Visitor(visitor.survey_id, DAY, visitor.asked, visitor.answers, whole)


def sheets(file) -> int:
    return file.value("SELECT count(*) FROM assessments")


def test_a_visitor_who_went_to_the_end_is_a_person_of_its_own_and_one_step_of_the_history(file):
    survey = made_survey(file)
    for _one in range(3):
        sheet = store_counter.end(visit(file, survey, [FOUR] * 5, whole=True), file)
        assert value.sheet(file, sheet).sheet_token
    assert file.draft(store_counter.DRAFT) == ""
    found = latest(file, Filter(Period(DAY, DAY)), DAY)
    assert len(found.column("lever_worth")) == 3
    assert len(found.column("worth_it")) == 3
    assert file.value("SELECT count(*) FROM operations WHERE label = 'Answers at the counter'") == 3
    file.undo()
    assert sheets(file) == 2
    assert file.value("SELECT count(*) FROM sheets") == 2
    assert store.response_rate(file, survey.id).n == 0, "nobody was asked by name"


@pytest.mark.parametrize(
    ("answers", "whole", "kept"),
    [
        ([], False, False), ([FOUR], False, False), ([NOT_MINE, NOT_MINE, FOUR], False, False),
        ([FOUR, FOUR], False, True), ([NOT_MINE, FOUR, FOUR], False, True), ([FOUR, *[NOT_MINE] * 4], True, True),
        ([NOT_MINE] * 6, True, False),
    ],
)  # fmt: skip
def test_who_goes_away_in_the_middle_counts_from_two_answers_on(file, answers, whole, kept):
    sheet = store_counter.end(visit(file, made_survey(file), answers, whole), file)
    assert (sheet is not None) == kept
    assert sheets(file) == kept
    assert file.draft(store_counter.DRAFT) == ""


def test_a_survey_answered_at_the_counter_runs_since_the_first_answer(file):
    survey = made_survey(file)
    file.run("Not yet", lambda op: op.update("surveys", survey.id, {"started": None}))
    store_counter.end(visit(file, survey, [FOUR] * 5, whole=True), file)
    assert store.get(file, survey.id).started == DAY
    file.undo()
    assert store.get(file, survey.id).started is None


def test_who_stood_there_when_the_power_went_is_treated_the_same(file):
    survey = made_survey(file)
    visit(file, survey, [FOUR, AnswerValue("answered", 2.0), NOT_MINE])
    sheet = store_counter.settle(file)
    given = {key: one.value for key, one in value.answers(file, sheet).items() if one.state == "answered"}
    assert given == {"lever_worth": 4.0, "lever_benefits": 2.0}
    assert value.answers(file, sheet)["comment_change"].state == "skipped"
    assert store_counter.settle(file) is None, "once"
    visit(file, survey, [FOUR])
    assert store_counter.settle(file) is None
    assert sheets(file) == 1


def test_answers_to_a_survey_that_was_deleted_meanwhile_are_dropped(file):
    survey = made_survey(file)
    visit(file, survey, [FOUR, FOUR])
    file.run("Delete", lambda op: op.delete("surveys", survey.id))
    assert store_counter.settle(file) is None
    assert file.draft(store_counter.DRAFT) == ""


def test_whether_they_told_us_is_asked_only_of_those_who_had_a_problem(file):
    survey = made_survey(file, "short")
    asked = store.questions(file, survey)
    problem = next(one.version_id for one in asked if one.key == "had_problem")
    keys = {answer: [one.key for one in path(asked, {problem: AnswerValue("answered", answer)})] for answer in (0, 1)}
    assert "told_us" not in keys[0]
    assert keys[1].index("told_us") == keys[1].index("had_problem") + 1
    visitor = visit(file, survey, [FOUR] * 16 + [AnswerValue("answered", 1.0), AnswerValue("answered", 1.0)])
    changed = visitor.with_answer(problem, AnswerValue("answered", 0.0))
    sheet = store_counter.end(changed, file)
    assert value.answers(file, sheet)["told_us"].state == "not_asked"


def test_each_visitor_of_a_rotating_form_is_asked_what_their_sheet_says(file):
    survey = made_survey(file, "rotating")
    visitor = store_counter.begin(file, survey, DAY)
    for one in path(store_counter.questions(file, visitor), {})[:4]:
        visitor = visitor.with_answer(one.version_id, FOUR)
    store_counter.end(visitor, file)
    (sheet,) = store.sheets_of(file, survey.id)
    assert sheet.questions == visitor.asked
    assert len(sheet.questions) == 8 + 8


def test_the_one_minute_form_is_made_once_and_offered_first(file):
    short = made_survey(file, "short")
    minute = made_survey(file)
    assert made_survey(file) == minute
    assert [one.id for one in store_counter.offered(file)] == [minute.id, short.id]


@given(
    st.dictionaries(
        st.integers(1, 2**62),
        st.builds(AnswerValue, st.sampled_from(ANSWER_STATES), st.none() | st.floats(0, 10), st.text()),
    ),
    st.booleans(),
)
def test_what_is_kept_on_disk_is_what_was_answered(answers, whole):
    visitor = Visitor(7, DAY, tuple(answers), answers, whole)
    assert from_text(as_text(visitor)) == visitor
