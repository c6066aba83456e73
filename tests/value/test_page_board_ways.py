"""Three ways of looking at the scorecard, whose word counts, and what is behind each figure: with keys and clicks."""

import json

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMenu, QPushButton

from cvdesk.catalogue import store as catalogue
from cvdesk.stats.value import SIGN
from cvdesk.themes import store as themes
from cvdesk.value import store as value
from cvdesk.value.page import ValuePage
from cvdesk.value.page_factors import SCORE
from tests.figures.shop import TODAY, add_customer, add_sheet, new_shop
from tests.pages import make_session, said, settle


@pytest.fixture
def shop(tmp_path):
    with new_shop(tmp_path) as opened:
        yield opened


@pytest.fixture
def show(qtbot, qapp, shop):
    sessions = []

    def made():
        session = make_session(qapp, shop, TODAY)
        sessions.append(session)
        page = ValuePage(session)
        qtbot.addWidget(page)
        page.resize(1110, 800)
        page.show()
        qtbot.waitExposed(page)
        calm(qtbot, page)
        return page

    yield made
    for session in sessions:
        session.close()


def calm(qtbot, page):
    """What follows the scorecard is asked for when it is there."""
    settle(qtbot, page.session)
    settle(qtbot, page.session)


def fill(op, people=30, **more):
    values = {one.key: 4.0 if SIGN[one.lever] > 0 else 2.0 for one in catalogue.factors(op)} | {"worth_it": 5.0} | more
    ids = [add_customer(op, f"Customer {number}") for number in range(people)]
    for customer in ids:
        add_sheet(op, TODAY, values, customer_id=customer)
    return ids


def trouble(op, customers, factor, severity="serious"):
    theme = next(theme.id for theme in themes.themes(op) if theme.factor_key == factor)
    for customer in customers:
        entry = op.insert("entries", {"date": TODAY.isoformat(), "customer_id": customer, "severity": severity})
        themes.tag_entry(op, entry, theme, "confirmed", "owner")


def row_of(table, wanted):
    return next(place for place in range(table.rows.rowCount()) if wanted(table.rows.row(place)))


def pressed(qtbot, within, text):
    found = next(one for one in within.findChildren(QPushButton) if text in one.accessibleName() and one.isVisible())
    qtbot.mouseClick(found, Qt.MouseButton.LeftButton)


def test_the_verdict_and_both_columns_are_reached_by_keys(qtbot, shop, show):
    shop.run("Fill", lambda op: fill(op, quality=1.0, fit=3.0))
    page = show()
    board = page.board
    assert "High value: yes" in said(board.cards)
    board.switch.focus_first()
    qtbot.keyClick(board.switch.button("parts"), Qt.Key.Key_End)
    calm(qtbot, page)
    text = said(board.columns)
    assert "no part of value stands against it" in text
    assert "We deliver (23)" in text
    assert "We fall short (1)" in text
    assert "Could be either (1)" in text
    line = next(one for one in board.columns.findChildren(QPushButton) if one.accessibleName().startswith("Quality"))
    assert "1.0 of 5" in line.accessibleName()
    line.setFocus()
    qtbot.keyClick(line, Qt.Key.Key_Return)
    calm(qtbot, page)
    assert board.evidence.title.text() == "Quality"


def test_kinds_show_their_figure_and_lead_to_their_factors(qtbot, shop, show):
    shop.run("Fill", lambda op: fill(op, price_level=1.0))
    page = show()
    board = page.board
    qtbot.mouseClick(board.switch.button("kinds"), Qt.MouseButton.LeftButton)
    money = row_of(board.kinds, lambda row: row.kind is not None and row.kind.kind == "money")
    cells = [str(board.kinds.rows.index(money, column).data()) for column in range(4)]
    assert cells[0] == "Money"
    assert cells[1] == "1.5"
    assert cells[3] == "30 · clear"
    board.kinds.select_row(money)
    calm(qtbot, page)
    assert "1.5 of 5" in said(board.evidence)
    pressed(qtbot, board.evidence, "1.0")
    calm(qtbot, page)
    assert board.switch.key == "parts"
    assert board.table.rows.row(board.table.currentIndex().row()).factor.key == "price_level"


def test_what_went_wrong_sets_a_score_and_says_so(qtbot, shop, show):
    shop.run("Fill", lambda op: trouble(op, fill(op, delivery=1.0)[:6], "delivery"))
    page = show()
    page.show_record("delivery")
    calm(qtbot, page)
    place = page.board.table.currentIndex().row()
    assert str(page.board.table.rows.index(place, SCORE).data()) == "≥ 1.8"
    text = said(page.board.evidence)
    assert "At least 1.8 of 5, by what went wrong. 30 answers alone: 1.0 to 1.2, clear." in text
    assert "6 of 30 customers had trouble here, so it counts at least 1.8. Score sheets alone say 1.0." in text
    page.show_record("drawbacks")
    calm(qtbot, page)
    assert "What went wrong weighs more than score sheets say here" in said(page.board.evidence)


def test_the_answers_behind_a_figure_open_their_customers(qtbot, shop, show):
    ids = shop.run("Fill", lambda op: fill(op, people=6)).result
    page = show()
    page.show_record("quality")
    calm(qtbot, page)
    pressed(qtbot, page.board.evidence, "Show the 6 answers")
    calm(qtbot, page)
    assert "Answered 4 of 5 · worth it: 5 of 5 · today" in said(page.board.evidence)
    with qtbot.waitSignal(page.session.open_requested) as opened:
        pressed(qtbot, page.board.evidence, "Customer 5")
    assert opened.args == ["customers", ids[5]]
    pressed(qtbot, page.board.evidence, "Back")
    calm(qtbot, page)
    assert "4.0 of 5" in said(page.board.evidence)
    pressed(qtbot, page.board.cards, "What is behind customer value")
    assert page.board.evidence.title.text() == "Customer value"
    assert "Show the 6 answers" in [one.text().strip() for one in page.board.evidence.findChildren(QPushButton)]


def test_an_anonymous_answer_opens_its_sheet(qtbot, shop, show):
    def work(op):
        fill(op, people=5)
        return add_sheet(op, TODAY, {"quality": 1.0})

    sheet = shop.run("Fill", work).result
    page = show()
    page.show_record("quality")
    calm(qtbot, page)
    pressed(qtbot, page.board.evidence, "Show the 6 answers")
    calm(qtbot, page)
    with qtbot.waitSignal(page.session.open_requested) as opened:
        pressed(qtbot, page.board.evidence, "Anonymous")
    assert opened.args == ["assessments", sheet]


def test_the_sheets_of_fewer_than_five_people_are_not_listed(qtbot, shop, show):
    shop.run("Fill", lambda op: fill(op, people=4))
    page = show()
    page.show_record("quality")
    calm(qtbot, page)
    assert "Fewer than five people" in said(page.board.evidence)
    assert not [one for one in page.board.evidence.findChildren(QPushButton) if "Show" in one.text()]
    assert "High value" not in said(page.board.cards)


def test_the_owner_chooses_whose_word_counts_from_a_menu(qtbot, shop, show):
    def work(op):
        fill(op, people=6, quality=1.0)
        for one in catalogue.factors(op):
            catalogue.set_importance(op, one.id, 5.0 if one.key == "quality" else 1.0)

    shop.run("Fill", work)
    page = show()
    button = page.board.weights.button
    assert button.text() == "Weights: your word"
    menu = button.findChild(QMenu)
    menu.aboutToShow.emit()
    lines = [action.text() for action in menu.actions()]
    assert "Customers' word: nobody has said yet" in lines
    assert any(one.startswith("All alike: +3.5") for one in lines)
    assert any(one.startswith("Your word: +2.5") for one in lines)
    next(action for action in menu.actions() if action.text().startswith("All alike")).trigger()
    calm(qtbot, page)
    assert page.board.weights.button.text() == "Weights: all alike"
    assert "+3.5" in said(page.board.cards)
    menu.aboutToShow.emit()
    before = value.scorecard(shop, page.session.filter, TODAY).net
    next(action for action in menu.actions() if "all there are" in action.text()).trigger()
    calm(qtbot, page)
    assert value.scorecard(shop, page.session.filter, TODAY).net.high < before.high
    page.session.undo()
    page.session.undo()
    calm(qtbot, page)
    assert button.text() == "Weights: your word"


def test_when_factors_miss_what_matters_it_is_said(shop, show):
    def work(op):
        for number in range(60):
            high = number % 2 == 0
            values = {one.key: 4.0 if high == (SIGN[one.lever] > 0) else 2.0 for one in catalogue.factors(op)}
            add_sheet(op, TODAY, values | {"worth_it": 5.0 if number % 4 < 2 else 2.0})

    shop.run("Fill", work)
    page = show()
    assert page.board.check.isVisible()
    assert "Our factors miss something that matters" in page.board.check.text()


def test_one_minute_forms_stand_in_and_say_so(qtbot, shop, show):
    minute = {"lever_worth": 5.0, "lever_benefits": 4.0, "lever_costs": 2.0, "lever_drawbacks": 1.0}
    shop.run("Fill", lambda op: [add_sheet(op, TODAY, minute, "minute") for _ in range(12)])
    page = show()
    assert page.heading.accessibleName() == "Customers get more from you than it costs them"
    assert "from one-minute forms" in page.subtitle.accessibleName()
    assert "+6.0" in said(page.board.cards)
    assert said(page.board.cards).count("12 one-minute") == 5
    pressed(qtbot, page.board.cards, "What is behind customer value")
    calm(qtbot, page)
    offered = [one.text().strip() for one in page.board.evidence.findChildren(QPushButton)]
    assert "Show the one-minute answers" in offered
    pressed(qtbot, page.board.cards, "What is behind Costs")
    calm(qtbot, page)
    assert "One-minute forms, kept apart: 2.0 of 5" in said(page.board.evidence)


def test_names_of_customers_are_never_markup(qtbot, shop, show):
    def work(op):
        fill(op, people=5)
        sheet = add_sheet(op, TODAY, {"quality": 4.0}, customer_id=add_customer(op, "<b>Maria</b> & co"))
        known = {question.key: question.version_id for question in catalogue.questions(op)}
        value.answer(op, sheet, known["importance"], None, text=json.dumps({"quality": 5}))

    shop.run("Fill", work)
    page = show()
    page.show_record("quality")
    calm(qtbot, page)
    pressed(qtbot, page.board.evidence, "Show the 6 answers")
    calm(qtbot, page)
    assert "<b>Maria</b> & co" in said(page.board.evidence)
