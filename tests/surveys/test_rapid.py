"""Typing paper forms with number keys: one key an answer, the right sheet, nothing lost."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QDate, Qt
from PySide6.QtWidgets import QApplication

from cvdesk.catalogue import store as catalogue
from cvdesk.customers import store as customers
from cvdesk.customers.records import Customer
from cvdesk.errors import UserError
from cvdesk.surveys import store, store_rapid
from cvdesk.surveys.page_rapid import CAME, CODE, SHEET, RapidEntry
from cvdesk.surveys.records import Survey, composed
from cvdesk.surveys.records_items import Item
from cvdesk.surveys.records_rapid import Entry, Pile, as_text, from_text, press
from cvdesk.value import store as value
from cvdesk.value.records import ANSWER_STATES, AnswerValue
from tests.desk import button_named
from tests.figures.shop import new_shop
from tests.pages import make_session, said, settle
from tests.surveys.test_counter import made_survey

DAY = date(2026, 11, 2)


@pytest.fixture
def file(tmp_path):
    with new_shop(tmp_path) as opened:
        yield opened


@pytest.fixture
def session(qapp, file):
    made = make_session(qapp, file, DAY)
    yield made
    made.close()


@pytest.fixture
def survey(file):
    return made_survey(file, "short")


def hand_out(file, survey, **more):
    work = lambda op: store.hand_out(op, survey, DAY, "paper", draw=store.seeded(1), **more)  # noqa: E731
    return store.sheets(file, file.run("Hand out", work).result)


class Desk:
    """Rapid entry, driven by keys where the keyboard is; every key is counted."""

    def __init__(self, qtbot, session, survey):
        self.qtbot, self.session, self.keys = qtbot, session, 0
        self.dialog = RapidEntry(session, survey.id)
        qtbot.addWidget(self.dialog)
        self.dialog.show()
        qtbot.waitExposed(self.dialog)
        self.dialog.activateWindow()
        qtbot.waitUntil(self.dialog.isActiveWindow)

    def type(self, *keys):
        for key in keys:
            for one in key if isinstance(key, str) else (key,):
                self.qtbot.keyClick(QApplication.focusWidget() or self.dialog.focusWidget(), one)
                self.keys += 1
        settle(self.qtbot, self.session)

    def enter(self):
        self.type(Qt.Key.Key_Return)

    @property
    def shows(self):
        return self.dialog._stack.currentIndex()


def answers(file, sheet):
    found = value.answers(file, file.value("SELECT id FROM assessments WHERE sheet_id = ?", (sheet.id,)))
    return {key: one.value if one.state == "answered" and not one.text else one.text or one.state
            for key, one in found.items()}  # fmt: skip


def test_twelve_factors_take_twelve_keys_and_the_closing_questions_one_each(qtbot, session, file, survey):
    first, second = hand_out(file, survey, blank=2)
    desk = Desk(qtbot, session, survey)
    desk.type(first.code.lower().replace("-", ""))
    desk.enter()
    assert desk.shows == SHEET
    desk.keys = 0
    desk.type("123451234512")
    assert desk.keys == 12
    assert desk.dialog.sheet.rows[12].hasFocus()
    desk.type("4", "5", "3", "9", "2")  # worth it, satisfaction, ease, recommend, had a problem: no
    assert desk.keys == 12 + 5
    assert desk.dialog.sheet.rows[18].hasFocus() or desk.dialog.sheet.rows[18]._field.hasFocus()
    desk.enter()
    desk.enter()
    assert desk.dialog.save_button.hasFocus()
    desk.enter()
    assert desk.keys == 12 + 5 + 2 + 1
    assert desk.shows == CODE
    found = answers(file, first)
    asked = [one.key for one in store.questions(file, survey) if one.factor_key]
    assert [found[key] for key in asked] == [float(one) for one in "123451234512"]
    overall = ("worth_it", "satisfaction", "ease", "recommend", "had_problem", "told_us", "comment_keep")
    assert [found[key] for key in overall] == [4.0, 5.0, 3.0, 9.0, 0.0, "skipped", "skipped"]
    assert "1 sheet this sitting" in said(desk.dialog)
    assert file.value("SELECT count(*) FROM operations WHERE label = 'Answers on paper'") == 1
    desk.type(second.code)  # the keyboard waits at the code of the next one
    desk.enter()
    assert second.code in said(desk.dialog)


def test_nought_d_ten_blank_back_and_words(qtbot, session, file, survey):
    (sheet,) = hand_out(file, survey, blank=1)
    desk = Desk(qtbot, session, survey)
    desk.type(sheet.code)
    desk.enter()
    desk.type("0", "d", Qt.Key.Key_Return, "5", "-", "4", "x", "9")
    asked = [one.key for one in store.questions(file, survey) if one.factor_key]
    for _rest in range(8):
        desk.enter()
    desk.type("333", "10", "1", "2", "more rye, 5 loaves", Qt.Key.Key_Return, Qt.Key.Key_Return)
    desk.type("-")  # from the button back into the words
    desk.type("nothing", Qt.Key.Key_Return, Qt.Key.Key_Return)
    found = answers(file, sheet)
    assert [found[key] for key in asked[:5]] == ["not_apply", "not_apply", "skipped", 4.0, "skipped"]
    assert [found[key] for key in ("recommend", "had_problem", "told_us")] == [10.0, 1.0, 0.0]
    assert [found[key] for key in ("comment_keep", "comment_change")] == ["more rye, 5 loaves", "nothing"]


def test_the_keys_stand_beside_the_sheet_too(qtbot, session, file, survey):
    (sheet,) = hand_out(file, survey, blank=1)
    desk = Desk(qtbot, session, survey)
    desk.type(sheet.code, Qt.Key.Key_Return)
    assert desk.dialog.keys.isVisible()
    assert "D or 0 does not apply" in desk.dialog.keys.text()
    assert "minus goes back" in desk.dialog.keys.text()


def test_a_sheet_belongs_to_the_customer_it_was_given_to_and_to_the_day_of_the_pile(qtbot, session, file, survey):
    anna = file.run("Add", lambda op: customers.save(op, Customer("Anna Bell"))).result
    (sheet,) = hand_out(file, survey, customers=[anna])
    desk = Desk(qtbot, session, survey)
    desk.dialog.day.setDate(QDate(2026, 10, 30))
    desk.dialog.code.setFocus()
    desk.type(sheet.code, Qt.Key.Key_Return, "4", "4")
    desk.qtbot.keyClick(desk.dialog.focusWidget(), Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    settle(qtbot, session)
    found = file.row("SELECT customer_id, date, state FROM assessments")
    assert tuple(found) == (anna, "2026-10-30", "done")
    assert store.response_rate(file, survey.id).n == 1


@pytest.mark.parametrize("typed", ["hello", "K7M2-QXP4", "K7M2QXPZ"])
def test_a_code_that_is_none_is_said_and_can_be_typed_again(qtbot, session, file, survey, typed):
    desk = Desk(qtbot, session, survey)
    desk.type(typed, Qt.Key.Key_Return)
    assert desk.shows == CODE
    assert "code" in said(desk.dialog)
    assert desk.dialog.code.selectedText() == desk.dialog.code.text()
    desk.enter()
    with pytest.raises(UserError):
        store_rapid.by_code(file, typed)


def test_without_a_code_it_is_a_person_of_its_own_in_no_response_rate(qtbot, session, file, survey):
    desk = Desk(qtbot, session, survey)
    button_named(desk.dialog, "Sheet without a code").click()
    desk.type("44")
    button_named(desk.dialog, "Save, next sheet").click()
    settle(qtbot, session)
    (sheet,) = store.sheets_of(file, survey.id)
    assert (sheet.customer_id, sheet.asked, sheet.way) == (None, None, "paper")
    assert file.value("SELECT sheet_token FROM assessments") == sheet.code
    assert store.response_rate(file, survey.id).n == 0


@pytest.mark.parametrize(("key", "worth"), [("1", 4.0), ("2", 2.0)])
def test_a_sheet_that_came_back_before_is_kept_or_replaced(qtbot, session, file, survey, key, worth):
    (sheet,) = hand_out(file, survey, blank=1)
    desk = Desk(qtbot, session, survey)
    desk.type(sheet.code, Qt.Key.Key_Return, "4")
    desk.dialog.save()
    settle(qtbot, session)
    desk.type(sheet.code, Qt.Key.Key_Return)
    assert desk.shows == CAME
    assert f"Sheet {sheet.code} came back on 2 Nov 2026 already." in said(desk.dialog)
    desk.type(key)
    if key == "2":
        assert desk.shows == SHEET
        desk.type("2")
        desk.dialog.save()
        settle(qtbot, session)
    assert desk.shows == CODE
    assert answers(file, sheet)["problem_solved"] == worth
    assert file.value("SELECT count(*) FROM assessments") == 1


def test_undo_takes_the_last_sheet_back_and_shows_it_as_it_was_typed(qtbot, session, file, survey):
    (sheet,) = hand_out(file, survey, blank=1)
    desk = Desk(qtbot, session, survey)
    assert not desk.dialog.undo_button.isVisible()
    desk.type(sheet.code, Qt.Key.Key_Return, "45")
    desk.dialog.save()
    settle(qtbot, session)
    assert "2 of 20 answered" in said(desk.dialog)
    desk.dialog.undo_button.click()
    settle(qtbot, session)
    assert file.value("SELECT count(*) FROM assessments") == 0
    assert [one.value for one in desk.dialog.sheet.given().values()] == [4.0, 5.0]
    assert "this sitting" not in said(desk.dialog)
    assert desk.dialog.sheet.rows[2].hasFocus()
    desk.type("3")
    desk.dialog.save()
    settle(qtbot, session)
    session.file.run("Something else", lambda op: catalogue.save_setting(op, "x", 1))
    session.announce_all()
    assert not desk.dialog.undo_button.isVisible(), "undo would take something else back"


def test_an_empty_sheet_is_not_saved(qtbot, session, file, survey):
    (sheet,) = hand_out(file, survey, blank=1)
    desk = Desk(qtbot, session, survey)
    desk.type(sheet.code, Qt.Key.Key_Return)
    desk.dialog.save()
    settle(qtbot, session)
    assert "Nothing on this sheet is answered." in said(desk.dialog)
    assert desk.shows == SHEET


def test_points_that_do_not_add_up_are_said_and_nothing_is_lost(qtbot, session, file):
    asked = [one for one in catalogue.questions(file) if one.kind == "points"]
    asked += composed("minute", catalogue.questions(file), catalogue.factors(file))[:1]
    made = Survey(None, "Points", "own", tuple(one.version_id for one in asked), DAY)
    survey = store.get(file, file.run("Survey", lambda op: store.save(op, made)).result)
    (sheet,) = hand_out(file, survey, blank=1)
    desk = Desk(qtbot, session, survey)
    desk.type(sheet.code, Qt.Key.Key_Return, "43", "2", "2", "5", Qt.Key.Key_Return)
    assert "add up to 11 instead of 10" in said(desk.dialog)
    desk.dialog.sheet.rows[3].setFocus()
    desk.type("1", Qt.Key.Key_Return, "5", Qt.Key.Key_Return)
    assert answers(file, sheet) == {
        "lever_points": '{"worth": 4.0, "benefits": 3.0, "costs": 2.0, "drawbacks": 1.0}', "lever_worth": 5.0
    }  # fmt: skip


def test_a_sheet_in_hand_is_there_again_after_a_kill(qtbot, session, file, survey):
    (sheet,) = hand_out(file, survey, blank=1)
    desk = Desk(qtbot, session, survey)
    desk.dialog.day.setDate(QDate(2026, 10, 30))
    desk.dialog.code.setFocus()
    desk.type(sheet.code, Qt.Key.Key_Return, "453")
    key = store_rapid.draft_key(survey.id)
    qtbot.waitUntil(lambda: len((from_text(file.draft(key)).entry or Entry(0, None, "")).given) == 3)
    again = Desk(qtbot, session, survey)
    assert again.shows == SHEET
    assert again.dialog.day.date() == QDate(2026, 10, 30)
    assert [one.value for one in again.dialog.sheet.given().values()] == [4.0, 5.0, 3.0]
    assert again.dialog.focusWidget() is again.dialog.sheet.rows[3]
    again.type("2")
    again.dialog.save()
    settle(qtbot, session)
    assert from_text(file.draft(key)).entry is None
    assert answers(file, sheet)["problem_solved"] == 4.0


def test_a_pile_with_nothing_in_hand_leaves_nothing_behind(qtbot, session, file, survey):
    desk = Desk(qtbot, session, survey)
    desk.dialog.close()
    settle(qtbot, session)
    assert file.draft(store_rapid.draft_key(survey.id)) == ""


def item(kind):
    return Item(1, 7, "k", kind, "How?", {})


@given(st.sampled_from(["scale5", "scale0_10", "yes_no", "points", "text"]), st.characters(), st.booleans())
def test_no_key_gives_an_answer_off_the_scale(kind, key, after_one):
    pressed = press(item(kind), key, after_one)
    if pressed is not None and pressed.answer.state == "answered":
        assert pressed.answer.value in item(kind).scale


@given(st.dictionaries(
    st.text(), st.builds(AnswerValue, st.sampled_from(ANSWER_STATES), st.none() | st.floats(0, 10), st.text())
), st.integers(0, 500), st.booleans())  # fmt: skip
def test_a_pile_is_kept_as_it_is(answered, done, replaces):
    pile = Pile(DAY, done, Entry(3, None, "", answered, replaces))
    assert from_text(as_text(pile)) == pile
