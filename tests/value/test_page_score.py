"""The guided score sheet, driven by keys and clicks against a real file."""

import threading

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QAbstractButton, QApplication, QPlainTextEdit

from cvdesk.catalogue import store as catalogue
from cvdesk.value import store
from cvdesk.value.form_question import Given, ImportanceDots, QuestionCard, ScaleButton
from cvdesk.value.page import ValuePage
from cvdesk.value.records import AnswerValue
from tests.figures.shop import TODAY, add_customer, add_sheet, new_shop
from tests.pages import catch_errors, make_session, said, settle


@pytest.fixture
def shop(tmp_path):
    with new_shop(tmp_path) as opened:
        yield opened


@pytest.fixture
def page(qtbot, qapp, shop):
    session = make_session(qapp, shop, TODAY)
    made = ValuePage(session)
    qtbot.addWidget(made)
    made.resize(1110, 800)
    made.show()
    qtbot.waitExposed(made)
    settle(qtbot, session)
    yield made
    session.close()


@pytest.fixture
def keys(qtbot, page):
    """Types keys wherever the keyboard is, one after the other."""
    page.activateWindow()

    def type_keys(text):
        for key in text:
            qtbot.keyClick(QApplication.focusWidget() or page.desk.form, key)

    return type_keys


def begin(qtbot, page, kind="owner"):
    page._score(kind)
    qtbot.waitUntil(lambda: isinstance(page.focusWidget(), ScaleButton))
    return page.desk.form


def kept(page):
    return store.answers(page.session.file, page.desk.sheet.id)


def card(form, key) -> QuestionCard:
    found: QuestionCard = next(one for one in form.area.cards if one.question.key == key)
    return found


def choose_form(form, key):
    field = form.fields._fields["form"]
    field.setCurrentIndex(field.findData(key))


def press(form, key, text):
    made = next(one for one in card(form, key).findChildren(ScaleButton) if one.text() == text)
    made.click()


def test_number_keys_answer_and_move_on_and_every_answer_is_on_disk(qtbot, page, keys):
    begin(qtbot, page)
    keys("43d")
    settle(qtbot, page.session)
    assert kept(page) == {
        "problem_solved": AnswerValue("answered", 4.0),
        "fit": AnswerValue("answered", 3.0),
        "quality": AnswerValue("not_apply", None),
    }
    # After the last question of a part the next part is there, with the keyboard on its first question.
    assert page.desk.form.step == "benefits"
    assert page.desk.form.area.cards[0].isAncestorOf(page.focusWidget())
    operations = page.session.file.rows("SELECT label FROM operations WHERE kind = 'do' AND state = 'done'")
    assert len(operations) == 3


def test_the_buttons_and_ctrl_enter_lead_through_the_parts_of_value(qtbot, page, keys):
    form = begin(qtbot, page)
    form.next.setFocus()
    qtbot.keyClick(form.next, Qt.Key.Key_Return)
    assert form.step == "benefits"
    assert page.subtitle.accessibleName().startswith("Benefits: ")
    qtbot.keyClick(form, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert form.step == "costs"
    form.back.click()
    assert form.step == "benefits"


def test_arrows_move_between_answers_and_questions(qtbot, page):
    form = begin(qtbot, page)
    qtbot.keyClick(page.focusWidget(), Qt.Key.Key_Right)
    assert page.focusWidget().text() == "2"
    qtbot.keyClick(page.focusWidget(), Qt.Key.Key_Down)
    assert page.focusWidget() in card(form, "fit").findChildren(ScaleButton)
    qtbot.keyClick(page.focusWidget(), Qt.Key.Key_Up)
    assert page.focusWidget() in card(form, "problem_solved").findChildren(ScaleButton)


def test_tab_stops_once_at_each_question_and_at_its_importance(qtbot, page):
    form = begin(qtbot, page)
    stops = []
    for _ in range(4):
        stops.append(page.focusWidget())
        qtbot.keyClick(page.focusWidget(), Qt.Key.Key_Tab)
    assert [type(stop) for stop in stops] == [ScaleButton, ImportanceDots, ScaleButton, ImportanceDots]
    assert stops[2] in card(form, "fit").findChildren(ScaleButton)


def test_a_click_answers_without_moving_the_keyboard_on(qtbot, page):
    form = begin(qtbot, page)
    press(form, "quality", "5")
    settle(qtbot, page.session)
    assert kept(page)["quality"] == AnswerValue("answered", 5.0)
    assert page.focusWidget() is not form.next


def test_undo_takes_the_last_answer_back_on_screen_and_redo_brings_it_again(qtbot, page, keys):
    form = begin(qtbot, page)
    keys("43")
    settle(qtbot, page.session)
    page.session.undo()
    settle(qtbot, page.session)
    assert set(kept(page)) == {"problem_solved"}
    assert [one.text() for one in card(form, "fit").findChildren(ScaleButton) if one.isChecked()] == []
    page.session.redo()
    settle(qtbot, page.session)
    assert [one.text() for one in card(form, "fit").findChildren(ScaleButton) if one.isChecked()] == ["3"]


def test_undo_of_the_first_answer_leaves_no_sheet_and_the_next_one_begins_anew(qtbot, page, keys):
    form = begin(qtbot, page)
    keys("4")
    settle(qtbot, page.session)
    page.session.undo()
    settle(qtbot, page.session)
    assert page.session.file.value("SELECT count(*) FROM assessments") == 0
    press(form, "quality", "2")
    settle(qtbot, page.session)
    assert kept(page) == {"quality": AnswerValue("answered", 2.0)}


def test_nothing_is_kept_of_a_sheet_that_was_only_looked_at(qtbot, page):
    begin(qtbot, page)
    page.leave.click()
    settle(qtbot, page.session)
    assert page.session.file.value("SELECT count(*) FROM assessments") == 0


def test_a_sheet_that_was_begun_is_gone_on_with_where_it_was_left(qtbot, page, keys):
    begin(qtbot, page)
    keys("123")
    qtbot.keyClick(page.desk.form, Qt.Key.Key_Escape)
    settle(qtbot, page.session)
    assert "Go on with your guess of today" in (page.score_own.text(), page.start.text())
    page.start_guess()
    assert page.desk.form.step == "benefits"
    assert page.desk.form.side.counts["worth"].text() == "3 of 3"


def test_throwing_a_sheet_away_can_be_taken_back(qtbot, page, keys):
    begin(qtbot, page)
    keys("1")
    settle(qtbot, page.session)
    page.throw_away.click()
    settle(qtbot, page.session)
    assert store.open_draft(page.session.file, "owner") is None
    page.session.undo()
    settle(qtbot, page.session)
    assert store.open_draft(page.session.file, "owner") is not None


def test_the_guess_grows_beside_the_owners_sheet(qtbot, page, keys):
    form = begin(qtbot, page)
    keys("435")
    assert form.guess.isVisible()
    assert form.guess.bars.accessibleName() == "Worth +4.0, Benefits ?, Costs ?, Drawbacks ?"
    assert "3 of 12 answered" in said(form.guess)
    keys("333" * 3)
    assert form.guess.figure.text() == "7.0 of 10"
    assert "the value is +1.0" in form.guess.words.text()


def test_nothing_leads_a_customers_answers(qtbot, page, shop, keys):
    def work(op):
        for number in range(6):
            add_sheet(op, TODAY, {"quality": 5.0}, customer_id=add_customer(op, f"Customer {number}"))

    shop.run("Answers", work)
    page.session.announce_all()
    form = begin(qtbot, page, "customer")
    keys("1")
    assert not form.guess.isVisible()
    assert not page.board.isVisible()
    assert not any(dots.isVisible() for dots in form.findChildren(ImportanceDots))
    assert "5.0" not in said(page)


def test_customers_are_asked_in_their_words_and_the_owner_in_the_owners(qtbot, page):
    assert "How good was the quality" in said(begin(qtbot, page, "customer"))
    page.leave_form()
    assert "How good would most of your customers say" in said(begin(qtbot, page, "owner"))


def test_importance_is_kept_with_the_factor_and_weighs_in_the_guess(qtbot, page):
    form = begin(qtbot, page)
    dots = card(form, "quality").findChildren(ImportanceDots)[0]
    dots.setFocus()
    qtbot.keyClick(dots, Qt.Key.Key_Right)
    qtbot.keyClick(dots, "4")
    settle(qtbot, page.session)
    quality = next(one for one in catalogue.factors(page.session.file) if one.key == "quality")
    assert quality.importance == 4.0
    assert "Matters a lot" in said(card(form, "quality"))
    page.session.undo()
    settle(qtbot, page.session)
    assert dots.value() == 1


def test_the_full_form_asks_all_factors(qtbot, page):
    form = begin(qtbot, page)
    assert len(form.area.cards) == 3
    choose_form(form, "full")
    assert len(form.area.cards) == 6
    assert form.side.counts["benefits"].text() == "0 of 7"


def overall(qtbot, page):
    form = begin(qtbot, page, "customer")
    form.show_step("overall")
    qtbot.waitUntil(lambda: page.focusWidget() in card(form, "worth_it").findChildren(ScaleButton))
    return form


def test_the_overall_step_takes_zero_to_ten_yes_and_no_and_words(qtbot, page, keys):
    form = overall(qtbot, page)
    keys("544")
    keys("10")
    assert not card(form, "told_us").isVisible()
    keys("y")
    assert card(form, "told_us").isVisible()
    keys("n")
    words = card(form, "comment_keep").findChild(QPlainTextEdit)
    assert page.focusWidget() is words
    qtbot.keyClicks(words, "Rye & <b>bold</b> loaves")
    qtbot.keyClick(words, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    settle(qtbot, page.session)
    found = kept(page)
    asked = ("worth_it", "satisfaction", "ease", "recommend", "had_problem", "told_us")
    assert [found[key].value for key in asked] == [5.0, 4.0, 4.0, 10.0, 1.0, 0.0]
    assert found["comment_keep"] == AnswerValue("answered", None, "Rye & <b>bold</b> loaves")
    assert store.sheet(page.session.file, page.desk.sheet.id).state == "done"


def test_whether_they_told_us_goes_when_there_was_no_problem_after_all(qtbot, page):
    form = overall(qtbot, page)
    press(form, "had_problem", "Yes")
    press(form, "told_us", "Yes")
    press(form, "had_problem", "No")
    settle(qtbot, page.session)
    assert kept(page)["told_us"] == AnswerValue("not_asked", None)
    assert not card(form, "told_us").isVisible()


def test_a_sheet_is_for_a_customer_found_by_name_or_made_on_the_spot(qtbot, page, shop, keys):
    maria = shop.run("Add", lambda op: add_customer(op, "Maria Álvarez")).result
    form = begin(qtbot, page, "customer")
    field = form.fields.customer
    field.setFocus()
    qtbot.keyClicks(field, "maria alvarez")
    form.focus_first()
    keys("5")
    settle(qtbot, page.session)
    assert store.sheet(shop, page.desk.sheet.id).customer_id == maria
    field.setFocus()
    field.selectAll()
    qtbot.keyClicks(field, "Jo Park")
    form.focus_first()
    assert form.fields.make.isVisible()
    form.fields.make.click()
    settle(qtbot, page.session)
    found = store.sheet(shop, page.desk.sheet.id).customer_id
    assert shop.value("SELECT name FROM customers WHERE id = ?", (found,)) == "Jo Park"


def test_an_empty_sheet_cannot_be_finished(qtbot, page, monkeypatch):
    shown = catch_errors(monkeypatch)
    form = begin(qtbot, page)
    form.show_step("drawbacks")
    form.next.click()
    settle(qtbot, page.session)
    assert shown == ["Nothing on this score sheet is answered yet."]
    assert page.desk.isVisible()


def test_done_leads_to_the_scorecard_with_the_guess_in_grey(qtbot, page, keys):
    form = begin(qtbot, page)
    keys("444")
    form.show_step("drawbacks")
    form.next.click()
    settle(qtbot, page.session)
    assert page.board.isVisible()
    assert page.heading.accessibleName() == "Your guess, until customers have answered"
    assert "your guess" in said(page.board)


def test_every_control_of_the_sheet_has_a_name(qtbot, page):
    form = begin(qtbot, page, "customer")
    for widget in (*form.findChildren(QAbstractButton), *form.findChildren(ImportanceDots), form.fields.customer):
        if widget.isVisible():
            found = QAccessible.queryAccessibleInterface(widget)
            assert found.text(QAccessible.Text.Name), widget
    assert card(form, "quality").findChildren(ScaleButton)[0].accessibleName().startswith("1: ")


@pytest.fixture
def busy(page):
    """Keeps the writer busy until it is set."""
    gate = threading.Event()
    page.session.work(lambda _file: gate.wait(10), lambda _result: None)
    yield gate
    gate.set()


def sheets(page):
    """Kind of each sheet, with its numbers."""
    file = page.session.file
    rows = file.rows("SELECT id, kind FROM assessments ORDER BY id")
    return [(kind, {key: one.value for key, one in store.answers(file, sheet).items()}) for sheet, kind in rows]


def test_answers_still_on_their_way_stay_with_their_own_sheet(qtbot, page, busy):
    press(begin(qtbot, page), "problem_solved", "2")
    page.leave_form()
    press(begin(qtbot, page, "customer"), "problem_solved", "5")
    busy.set()
    settle(qtbot, page.session)
    assert sheets(page) == [("owner", {"problem_solved": 2.0}), ("customer", {"problem_solved": 5.0})]


def test_that_there_was_no_problem_is_kept_though_the_sheet_was_left_at_once(qtbot, page, busy, monkeypatch):
    shown = catch_errors(monkeypatch)
    form = begin(qtbot, page, "customer")
    had_problem = next(one for one in form.asked.questions if one.key == "had_problem")
    form.answered.emit(had_problem, Given(0.0))
    page.leave_form()
    busy.set()
    settle(qtbot, page.session)
    assert shown == []
    assert sheets(page) == [("customer", {"had_problem": 0.0})]


def test_a_sheet_thrown_away_while_it_is_being_saved_is_gone_and_the_next_one_stays(qtbot, page, busy):
    press(begin(qtbot, page), "problem_solved", "2")
    page.throw_away.click()
    press(begin(qtbot, page, "customer"), "problem_solved", "5")
    busy.set()
    settle(qtbot, page.session)
    assert sheets(page) == [("customer", {"problem_solved": 5.0})]


def test_a_sheet_that_is_done_does_not_close_the_next_one(qtbot, page, busy):
    form = begin(qtbot, page)
    press(form, "problem_solved", "2")
    form.submitted.emit()
    page.leave_form()
    begin(qtbot, page, "customer")
    busy.set()
    settle(qtbot, page.session)
    assert page.desk.isVisible()


def test_a_customer_added_on_a_sheet_that_was_left_meanwhile_is_still_saved(qtbot, page, busy, monkeypatch):
    shown = catch_errors(monkeypatch)
    form = begin(qtbot, page, "customer")
    form.customer_wanted.emit("Maria")
    with qtbot.waitSignal(form.destroyed):
        page.leave_form()
    busy.set()
    settle(qtbot, page.session)
    assert shown == []
    assert page.session.file.value("SELECT name FROM customers") == "Maria"
    assert page.desk._under_way == 0


def test_a_sheet_about_a_competitor_and_one_by_its_id_are_opened_from_elsewhere(qtbot, page, shop, keys):
    crumb = shop.run("Add", lambda op: op.insert("competitors", {"name": "Crumb & Co"})).result
    page.show_record(("rival", crumb, "mystery"))
    assert page.desk.form.details.way == "mystery"
    assert page.heading.accessibleName() == "About Crumb & Co"
    assert page.subtitle.accessibleName().startswith("Worth")
    page.show_record(("rival", crumb, "used_both"))
    assert page.desk.form.details.kind == "customer"
    for record, title in (("score", "Your guess"), ("customer", "A customer's answers")):
        page.show_record(record)
        assert page.heading.accessibleName() == title
    done = shop.run("Sheet", lambda op: add_sheet(op, TODAY, {"quality": 2.0}, "short")).result
    page.show_record(done)
    assert page.desk.sheet.id == done
    assert page.throw_away.text() == "Delete this sheet"
    page.throw_away.click()
    settle(qtbot, page.session)
    assert shop.value("SELECT count(*) FROM assessments") == 0
    page.show_record("customer")
    assert page.throw_away.text() == "Throw this sheet away"


def test_after_a_sheet_the_keyboard_is_in_the_scorecard(qtbot, page):
    form = begin(qtbot, page)
    press(form, "quality", "4")
    form.submitted.emit()
    qtbot.waitUntil(lambda: page.focusWidget() is page.board.table)
