"""Whatever keys are pressed on a score sheet: what is on disk is what the form shows, and belongs to its question."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PySide6.QtWidgets import QApplication

from cvdesk.value import store
from tests.figures.shop import new_shop
from tests.value.sheets import Desk

# Digits most of all; letters that answer and letters that do not, words, and all that moves.
KEYS = "1234512345123450679dynxs+ao \n\n\b\b←→↑↓\t"
FORMS = ("minute", "short", "rotating", "full")
EXAMPLES = settings(max_examples=20, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])


@pytest.fixture
def desk(qtbot, qapp, tmp_path):
    """One desk and one file for all examples: each begins a sheet of its own."""
    with new_shop(tmp_path) as shop:
        made = Desk(qtbot, qapp, shop)
        yield made
        made.close()


@EXAMPLES
@given(kind=st.sampled_from(["customer", "owner"]), form=st.sampled_from(FORMS), keys=st.text(KEYS, max_size=60))
def test_what_is_on_disk_is_what_the_form_shows(desk, kind, form, keys):
    desk.begin(kind, form if kind == "customer" or form != "rotating" else "short")
    told = {}
    desk.form.answered.connect(lambda question, answer: told.update({question.key: answer}))
    for key in keys:
        if desk.form.step == "end" and key == "\n":
            break  # that would finish the sheet, and take it off the desk
        desk.keys(key)
    desk.form.save_words()
    desk.settle()
    sheet = desk.desk.sheet.id
    on_disk = desk.kept(sheet) if sheet is not None else {}
    shares = {key: on_disk.pop(key, None) for key in ("importance", "lever_points")}
    # Each answer belongs to the question it was given to: the last one told of a question is the one on disk.
    for key, answer in told.items():
        kept = store.answers(desk.file, sheet)[key]
        if key != "told_us":  # not asked any more once there was no problem after all
            assert (kept.state, kept.value, kept.text) == (answer.state, answer.value, answer.text)
    shown = {key: value for key, value in desk.shown().items() if value is not None}
    if desk.form.state.had_problem is False:
        shown.pop("told_us", None)
    assert {key: value for key, value in on_disk.items() if value is not None} == shown
    if sheet is not None:  # and it is what somebody sees who goes on with the sheet tomorrow
        desk.desk.go_on(sheet)
        assert {key: value for key, value in desk.shown().items() if value is not None} == shown
        assert desk.form.state.answer("lever_points").text == (shares["lever_points"] or "")


@EXAMPLES
@given(answers=st.lists(st.sampled_from("12345d"), min_size=12, max_size=12), takes_back=st.integers(0, 12))
def test_undo_takes_the_answers_back_one_by_one(desk, answers, takes_back):
    desk.begin("owner")
    desk.keys("".join(answers))
    desk.settle()
    core = [one.key for some in desk.form.state.steps.values() for one in some]
    for _step in range(takes_back):
        desk.session.undo()
    left = 12 - takes_back
    expected = {
        key: "not_apply" if answer == "d" else float(answer)
        for key, answer in list(zip(core, answers, strict=True))[:left]
    }
    assert desk.kept() == expected
    QApplication.processEvents()
    assert {key: value for key, value in desk.shown().items() if value is not None} == expected
