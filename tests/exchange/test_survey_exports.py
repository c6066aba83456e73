"""Exports of survey services: which column asks what, scales, questions of the list's own, a day for all of it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from cvdesk.__main__ import main
from cvdesk.catalogue import store as catalogue
from cvdesk.catalogue.records import Business
from cvdesk.db import BusinessFile
from cvdesk.errors import UserError
from cvdesk.exchange.new import make_business
from cvdesk.exchange.plan import Options, Plan
from cvdesk.exchange.run import Outcome, plan, run_import
from cvdesk.exchange.undo_import import undo_import

TODAY = date(2026, 11, 22)
GOOGLE = (
    "Timestamp,How satisfied were you with your visit?,Please rate [Our bread],Please rate [Our coffee],"
    "How easy was it to order?,Anything else?\n"
    '5/1/2026 9:12:01,Very satisfied,Excellent,Good,Very easy,"Lovely, as always"\n'
    "5/2/2026 10:00:00,Satisfied,Good,Horrible,Easy,\n"
    "5/30/2026 18:40:44,Dissatisfied,Bad,OK,Very difficult,Too slow\n"
    "5/31/2026 08:00:00,Neutral,OK,,Neutral,\n"
)
SURVEYMONKEY = (
    "Respondent ID,Collector ID,Start Date,End Date,IP Address,Which breads did you buy? Please tick all.,,,"
    "How likely is it that you would recommend us to a friend or colleague?\n"
    ",,,,,Rye,Spelt,Bagels,Response\n"
    "118,7,03/05/2026 10:01,03/05/2026 10:05,10.0.0.1,Rye,,Bagels,9\n"
    "119,7,03/05/2026 11:01,03/05/2026 11:02,10.0.0.2,,Spelt,,0\n"
    "120,7,13/05/2026 11:01,13/05/2026 11:02,10.0.0.3,,,,10\n"
)
TYPEFORM = (
    "#,How was the quality of the bread?,Was it worth what you paid?,Start Date (UTC),Submit Date (UTC),Network ID\n"
    "a1b2,4,5,2026-05-03 10:00:00,2026-05-03 10:01:10,ff01\n"
    "a1b3,5,3,2026-05-04 10:00:00,2026-05-04 10:01:10,ff02\n"
)
LIMESURVEY = (
    '"Response ID","Date submitted","Last page","Start language","How helpful were our people?","Waiting [Rate 1-5]"\n'
    '"1","2026-05-03 10:00:00","3","en","Not at all helpful","2"\n'
    '"2","2026-05-04 10:00:00","3","en","Very helpful","4"\n'
    '"3","2026-05-04 11:00:00","3","en","Somewhat helpful","4"\n'
)
MICROSOFT = (
    "ID,Start time,Completion time,Email,Name,How satisfied are you with us?,Do you live nearby?\n"
    "1,5/3/26 10:00:00,5/3/26 10:02:00,anonymous,,4,Yes\n"
    "2,5/23/26 10:00:00,5/23/26 10:02:00,anonymous,,2,No\n"
)


@pytest.fixture
def file(tmp_path: Path) -> Iterator[BusinessFile]:
    with make_business(tmp_path / "shop.cvdesk", Business("Corner Shop")) as made:
        yield made


def look(file: BusinessFile, content: str, **options: Any) -> Plan:
    path = file.path.with_name("export.csv")
    path.write_text(content, encoding="utf-8", newline="")
    return plan(path, "answers", Options(**options), file, TODAY)


def bring(file: BusinessFile, content: str, **options: Any) -> Outcome:
    planned = look(file, content, **options)
    tried = run_import(file, planned, TODAY, dry_run=True)
    done = run_import(file, planned, TODAY)
    assert (tried.added, tried.rejected) == (done.added, done.rejected)
    return done


def answers(file: BusinessFile, wording: str) -> list[tuple[Any, ...]]:
    """State, number and words of the answers to a question, by key or by its wording, in order of the sheets."""
    return [tuple(row) for row in file.rows(
        "SELECT answers.state, answers.value, answers.text FROM answers"
        " JOIN question_versions AS version ON version.id = answers.question_version_id"
        " JOIN questions ON questions.id = version.question_id JOIN assessments ON assessments.id = assessment_id"
        " WHERE ? IN (questions.key, version.wording) ORDER BY assessments.date, assessments.id", (wording,)
    )]  # fmt: skip


def numbers(file: BusinessFile, wording: str) -> list[float | None]:
    return [value for _state, value, _text in answers(file, wording)]


def test_google_forms_dates_worded_scales_and_metrics_by_their_wording(file):
    done = bring(file, GOOGLE, own_questions=True)
    assert (done.added, done.rejected) == (4, 0)
    days = [row["date"] for row in file.rows("SELECT date FROM assessments ORDER BY date")]
    assert days == ["2026-05-01", "2026-05-02", "2026-05-30", "2026-05-31"]
    assert numbers(file, "satisfaction") == [5, 4, 2, 3]
    assert numbers(file, "ease") == [5, 4, 1, 3]
    assert numbers(file, "Please rate [Our bread]") == [5, 4, 2, 3]
    assert numbers(file, "Please rate [Our coffee]") == [4, 1, 3]
    assert answers(file, "Anything else?")[0] == ("answered", None, "Lovely, as always")


def test_surveymonkey_two_rows_of_names_ticks_in_columns_of_their_own_and_no_address_of_a_computer(file):
    done = bring(file, SURVEYMONKEY, own_questions=True)
    assert done.added == 3
    assert numbers(file, "recommend") == [9, 0, 10]
    assert [text for _state, _value, text in answers(file, "Which breads did you buy? Please tick all.")] == [
        "Rye; Bagels", "Spelt",
    ]  # fmt: skip
    assert file.value("SELECT count(*) FROM questions WHERE own = 1") == 1
    assert [row["source_id"] for row in file.rows("SELECT source_id FROM assessments ORDER BY source_id")] == [
        "118", "119", "120",
    ]  # fmt: skip


def test_typeform_asks_about_quality_and_worth_in_other_words(file):
    done = bring(file, TYPEFORM)
    assert done.added == 2
    assert numbers(file, "quality") == [4, 5]
    assert numbers(file, "worth_it") == [5, 3]
    assert any("quality" in note and "by its words" in note for note in done.notes)


def test_limesurvey_a_burden_whose_good_end_is_not_known_is_only_proposed(file):
    planned = look(file, LIMESURVEY)
    assert planned.used["support"] == ["How helpful were our people?"]
    assert "waiting" not in planned.mapping
    assert any("waiting" in note and "Waiting [Rate 1-5]" in note for note in planned.notes)
    bring(file, LIMESURVEY)
    assert numbers(file, "support") == [1, 5, 3]


def test_microsoft_forms_the_completion_time_is_the_date(file):
    done = bring(file, MICROSOFT, own_questions=True)
    assert done.added == 2
    assert [row["date"] for row in file.rows("SELECT date FROM assessments ORDER BY date")] == [
        "2026-05-03", "2026-05-23",
    ]  # fmt: skip
    assert numbers(file, "satisfaction") == [4, 2]
    assert numbers(file, "Do you live nearby?") == [1, 0]
    assert file.value("SELECT count(*) FROM customers") == 0


def test_a_word_is_worth_what_it_is_beside_the_others_of_its_column(file):
    content = (
        "Date,Was the price fair?,How friendly are our staff?\n2026-05-01,Very fair,Very friendly\n"
        "2026-05-02,Fair,Friendly\n2026-05-03,Neutral,Neutral\n2026-05-04,Unfair,Unfriendly\n"
    )
    done = bring(file, content)
    assert numbers(file, "price_level") == [1, 2, 3, 4]
    assert numbers(file, "support") == [5, 4, 3, 2]
    assert any("1 Very fair … 4 Unfair" in note for note in done.notes)


def test_likely_to_recommend_is_known_also_where_nobody_answered_nought_but_not_from_one_on(file):
    asked = "Date,How likely are you to recommend us?{}\n2026-05-01,9\n2026-05-02,7\n2026-05-03,10\n"
    bring(file, asked.format(""))
    assert numbers(file, "recommend") == [9, 7, 10]
    with pytest.raises(UserError, match="--own-questions"):
        look(file, asked.format(" (1-10)"))


def test_words_that_praise_turn_round_on_a_question_about_a_burden(file):
    easy = "Date,Effort\n2026-05-01,Very easy\n2026-05-02,Easy\n2026-05-03,Neutral\n2026-05-04,Very difficult\n"
    bring(file, easy)
    assert numbers(file, "effort") == [1, 2, 3, 5]


def test_a_list_that_asks_nothing_of_ours_is_refused_unless_its_questions_are_wanted(file):
    content = "Date,Do you own a boat?\n2026-05-01,Yes\n2026-05-02,No\n"
    with pytest.raises(UserError, match="--own-questions"):
        look(file, content)
    assert bring(file, content, own_questions=True).added == 2


def test_words_with_numbers_are_a_scale_and_what_was_skipped_does_not_apply(file):
    steps = ("(0) Not a problem for me.", "(1)\xa0Trivial.", "(2) Minor.", "(3) Major.", "N/A - skip, don't know.")
    content = "Date,10a. Quality of our bread.\n" + "".join(
        f'2026-05-{day:02d},"{step}"\n' for day, step in enumerate((*steps, "(4) Critical."), start=1)
    )
    bring(file, content, own_questions=True)
    assert answers(file, "10a. Quality of our bread.") == [
        ("answered", 1, ""), ("answered", 2, ""), ("answered", 3, ""), ("answered", 4, ""), ("not_apply", None, ""),
        ("answered", 5, ""),
    ]  # fmt: skip


def test_a_list_with_very_long_names_is_refused_in_a_sentence_of_some_length(file):
    content = (
        ",".join(f"{number}. {'How did you like the bread ' * 20}?" for number in range(40)) + "\n" + "4," * 39 + "4"
    )
    with pytest.raises(UserError) as refused:
        look(file, content)
    assert len(str(refused.value)) < 1_100


def test_own_questions_are_kept_but_no_form_asks_them_and_come_in_once(file):
    bring(file, GOOGLE, own_questions=True)
    assert all(not question.own for question in catalogue.questions(file))
    made = file.value("SELECT count(*) FROM questions WHERE own = 1")
    again = bring(file, GOOGLE, own_questions=True)
    assert (again.added, again.skipped) == (0, 4)
    assert file.value("SELECT count(*) FROM questions WHERE own = 1") == made


def test_taking_the_import_back_takes_its_questions_with_it(file):
    before = file.value("SELECT count(*) FROM questions")
    bring(file, GOOGLE, own_questions=True)
    undo_import(file)
    assert file.value("SELECT count(*) FROM questions") == before
    assert file.value("SELECT count(*) FROM assessments") == 0


def test_a_list_without_dates_is_dated_by_hand(file):
    content = "Respondent ID,How satisfied are you with us?\n1,5\n2,4\n"
    with pytest.raises(UserError, match="--date"):
        look(file, content)
    with pytest.raises(UserError, match="no day"):
        look(file, content, day="yesterday")
    assert bring(file, content, day="2026-05-04").added == 2
    assert {row["date"] for row in file.rows("SELECT date FROM assessments")} == {"2026-05-04"}


def test_numbers_that_rate_nothing_stay_words(file):
    content = (
        "Date,How many years have you been with us?,Rank the breads [Rye],How do you rate us from 1 to 7?\n"
        + "".join(f"2026-05-{day:02d},{day % 5},{day % 3 + 1},{day % 7 + 1}\n" for day in range(1, 29))
    )
    kinds = {one.name: (one.kind, one.scale_name) for one in look(file, content, own_questions=True).own}
    assert kinds == {
        "How many years have you been with us?": ("text", ""),
        "Rank the breads [Rye]": ("text", ""),
        "How do you rate us from 1 to 7?": ("scale5", "1-7"),
    }


def test_ease_asked_on_seven_steps_is_kept_apart_from_ease_on_five(file):
    content = "Date,How easy was it to order? (1-7)\n" + "".join(
        f"2026-05-{day:02d},{day % 7 + 1}\n" for day in range(1, 29)
    )
    bring(file, content)
    assert numbers(file, "ease") == []
    assert sorted({value for value in numbers(file, "ease_7") if value is not None}) == pytest.approx(
        [1 + 4 * step / 6 for step in range(7)], abs=1e-5
    )
    later = content.replace("2026-05", "2026-06")
    assert bring(file, later).added == 28
    assert file.value("SELECT count(*) FROM questions WHERE key LIKE 'ease_7%'") == 1


def test_the_command_line_says_what_was_mapped_by_itself_and_the_scales(file, tmp_path, capsys):
    path = tmp_path / "google.csv"
    path.write_text(GOOGLE, encoding="utf-8")
    file.close()
    command = ["import", str(path), str(tmp_path / "shop.cvdesk"), "--as", "answers", "--own-questions", "--json"]
    assert main(command) == 0
    said = json.loads(capsys.readouterr().out)
    assert said["mapping"]["satisfaction"] == ["How satisfied were you with your visit?"]
    assert said["scales"]["satisfaction"]["5"] == "Very satisfied"
    assert {one["question"]: one["scale"] for one in said["own_questions"]} == {
        "Please rate [Our bread]": "1 Horrible … 5 Excellent",
        "Please rate [Our coffee]": "1 Horrible … 5 Excellent",
        "Anything else?": None,
    }
