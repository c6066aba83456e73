"""Filled-in questionnaires: columns by key, label or wording, any scale, words, people without a name."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from cvdesk.catalogue.records import Business
from cvdesk.db import BusinessFile
from cvdesk.errors import UserError
from cvdesk.exchange.answer_values import AnswerReader
from cvdesk.exchange.names_more import asked
from cvdesk.exchange.new import make_business
from cvdesk.exchange.plan import Options
from cvdesk.exchange.ratings import Scale
from cvdesk.exchange.run import Outcome, plan, run_import
from cvdesk.exchange.undo_import import undo_import
from cvdesk.value import store as value

TODAY = date(2026, 11, 22)
FORM = (
    'Timestamp,Email address,"How well did our bread solve the problem or meet the need you came with?",'
    "Please rate [Waiting],nps,What is the one thing we should change?,Shoe size\n"
    "2026-01-05 10:30,ann@example.com,5 - Completely: the problem is gone,Not at all,9,Longer opening hours,38\n"
    "2026-01-06 11:00,,3,Somewhat,10,,41\n"
    "2026-01-06 11:05,,3,Somewhat,10,,41\n"
    "2026-01-07,bob@example.com,N/A,purple,11,,40\n"
    "2026-01-08,,,,,,\n"
)


@pytest.fixture
def file(tmp_path: Path) -> Iterator[BusinessFile]:
    with make_business(tmp_path / "shop.cvdesk", Business("Corner Shop")) as made:
        yield made


def bring(file: BusinessFile, content: str, **options: Any) -> Outcome:
    path = file.path.with_name("answers.csv")
    path.write_text(content, encoding="utf-8", newline="")
    planned = plan(path, "answers", Options(**options), file, TODAY)
    tried = run_import(file, planned, TODAY, dry_run=True)
    done = run_import(file, planned, TODAY)
    assert (counts(tried), tried.customers_made) == (counts(done), done.customers_made)
    return done


def counts(outcome: Outcome) -> tuple[int, int, int, int, int]:
    assert outcome.read == outcome.added + outcome.updated + outcome.skipped + outcome.rejected
    return outcome.read, outcome.added, outcome.updated, outcome.skipped, outcome.rejected


def sheets(file: BusinessFile) -> list[tuple[Any, ...]]:
    rows = file.rows("SELECT id, kind, state, form, date, time, customer_id FROM assessments ORDER BY date, id")
    return [(*tuple(row)[1:], {key: tuple(given) for key, given in _given(file, row["id"]).items()}) for row in rows]


def _given(file: BusinessFile, sheet: int) -> dict[str, tuple[Any, ...]]:
    return {key: (one.state, one.value, one.text) for key, one in value.answers(file, sheet).items()}


def test_a_form_becomes_score_sheets(file: BusinessFile) -> None:
    outcome = bring(file, FORM)
    assert counts(outcome) == (5, 4, 0, 0, 1)
    assert outcome.customers_made == 2
    ann = file.value("SELECT customer_id FROM contacts WHERE value = 'ann@example.com'")
    first, second, third, last = sheets(file)
    assert first[:6] == ("customer", "done", "own", "2026-01-05", "10:30", ann)
    assert first[6] == {
        "problem_solved": ("answered", 5.0, ""), "waiting": ("answered", 1.0, ""), "recommend": ("answered", 9.0, ""),
        "comment_change": ("answered", None, "Longer opening hours"),
    }  # fmt: skip
    assert second[5] is None
    assert second[6] == third[6]
    assert second[6]["waiting"] == ("answered", 3.0, "")
    # Eleven of ten and a colour are no answers; the rest of the sheet is.
    assert last[6] == {"problem_solved": ("not_apply", None, "")}
    assert any("waiting" in note for note in outcome.notes)
    assert any("recommend" in note for note in outcome.notes)
    assert outcome.left_out[0][0] == "no question is answered"


def test_the_same_answers_again_add_nothing(file: BusinessFile) -> None:
    bring(file, FORM)
    assert counts(bring(file, FORM)) == (5, 0, 0, 4, 1)
    more = FORM + "2026-02-01,,1,Not at all,3,,\n"
    assert counts(bring(file, more)) == (6, 1, 0, 4, 1)


def test_the_same_answers_again_add_nothing_though_one_was_corrected(file: BusinessFile) -> None:
    bring(file, FORM)
    answer = file.value("SELECT id FROM answers WHERE value = 9.0")
    file.run("correct", lambda op: op.update("answers", answer, {"value": 8.0}))
    assert counts(bring(file, FORM)) == (5, 0, 0, 4, 1)


def test_ids_of_the_source_decide(file: BusinessFile) -> None:
    content = "Respondent ID,date,worth_it\n7,2026-01-05,4\n7,2026-01-05,4\n8,2026-01-05,4\n"
    assert counts(bring(file, content)) == (3, 2, 0, 1, 0)
    assert counts(bring(file, content)) == (3, 0, 0, 3, 0)


@pytest.mark.parametrize(
    ("column", "cells", "values"),
    [
        ("quality (1-10)", ("1", "10", "5,5"), (1.0, 5.0, 3.0)),
        ("quality", ("0", "10", "5"), (1.0, 5.0, 3.0)),
        ("quality", ("4 - Good", "5 - Excellent", "1 - Bad"), (4.0, 5.0, 1.0)),
        ("quality", ("excellent", "bad", "average"), (5.0, 2.0, 3.0)),
        ("recommend", ("0", "10 - Extremely likely", "7"), (0.0, 10.0, 7.0)),
        ("had_problem", ("Yes", "no", "TRUE"), (1.0, 0.0, 1.0)),
        ("delivery", ("None: as promised", "none", "A great deal"), (1.0, 1.0, 5.0)),
    ],
)
def test_scales_and_words(file: BusinessFile, column: str, cells: tuple[str, ...], values: tuple[float, ...]) -> None:
    rows = "".join(f"2026-01-0{day};{cell}\n" for day, cell in enumerate(cells, start=1))
    assert counts(bring(file, f"date;{column}\n{rows}"))[1] == len(cells)
    found = [next(iter(sheet[6].values()))[1] for sheet in sheets(file)]
    assert found == pytest.approx(values)


def test_the_scale_may_be_named(file: BusinessFile) -> None:
    bring(file, "date,quality\n2026-01-01,1\n2026-01-02,2\n", scale="6-1")
    assert [sheet[6]["quality"][1] for sheet in sheets(file)] == pytest.approx([5.0, 4.2])


def test_all_core_questions_are_the_short_form(file: BusinessFile) -> None:
    core = [row[0] for row in file.rows("SELECT key FROM factors WHERE core = 1 ORDER BY place")]
    bring(file, f"date,{','.join(core)},worth_it\n2026-01-01,{','.join('4' for _key in core)},5\n")
    assert sheets(file)[0][2] == "short"


def test_an_own_question_is_found_by_its_wording_and_may_be_mapped(file: BusinessFile) -> None:
    def add(op: Any) -> None:
        question = op.insert("questions", {"key": "own_music", "kind": "scale5", "place": 99})
        op.insert("question_versions", {
            "question_id": question, "series": 1, "language": "en", "wording": "Did you like the music?",
            "anchors": "{}",
        })  # fmt: skip

    file.run("own question", add)
    bring(file, "date,Did you like the music?\n2026-01-01,4\n")
    bring(file, "date,M\n2026-01-02,2\n", mapping=(("own_music", "M"),))
    assert [sheet[6]["own_music"][1] for sheet in sheets(file)] == [4.0, 2.0]


def test_undo_takes_sheets_and_answers_back(file: BusinessFile) -> None:
    bring(file, FORM)
    taken = undo_import(file)
    assert taken.removed["assessments"] == 4
    assert file.value("SELECT (SELECT count(*) FROM assessments) + (SELECT count(*) FROM answers)") == 0
    assert counts(bring(file, FORM)) == (5, 4, 0, 0, 1)


def test_a_list_without_questions_is_refused(file: BusinessFile) -> None:
    with pytest.raises(UserError, match="No column with the answer"):
        bring(file, "date,shoe size\n2026-01-01,38\n")
    with pytest.raises(UserError, match="no field"):
        bring(file, FORM, mapping=(("colour", "nps"),))


def test_words_of_praise_are_no_answer_to_what_it_cost(file: BusinessFile) -> None:
    questions = asked(file)
    reader = AnswerReader(questions["waiting"], Scale(1, 5))
    with pytest.raises(ValueError, match="no answer"):
        reader.read("excellent")
    assert reader.read(" ") is None
    assert reader.read("-") is None
