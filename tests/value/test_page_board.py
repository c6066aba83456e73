"""The scorecard on screen: figures with their intervals, the guess beside them, and the words behind each factor."""

from datetime import timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel

from cvdesk.catalogue.records import Filter, Period
from cvdesk.value.page import ValuePage
from cvdesk.value.page_evidence import QuoteButton
from cvdesk.value.page_factors import GUESS, LABEL, SCORE, SURE
from tests.figures.shop import TODAY, add_customer, add_sheet, new_shop
from tests.pages import make_session, said, settle


@pytest.fixture
def shop(tmp_path):
    with new_shop(tmp_path) as opened:
        yield opened


def keys_of(shop):
    return [row[0] for row in shop.rows("SELECT key FROM factors WHERE core = 1 ORDER BY place")]


def fill(shop, people, quality=2.0):
    """Answers of so many customers to the short form, and the owner's guess, which sees quality far better."""
    keys = keys_of(shop)

    def work(op):
        for number in range(people):
            values = {key: float(3 + number % 2) for key in keys} | {"quality": quality, "worth_it": 4.0}
            add_sheet(op, TODAY, values, "short", customer_id=add_customer(op, f"Customer {number}"))
        add_sheet(op, TODAY, dict.fromkeys(keys, 4.0) | {"quality": 5.0}, "short", kind="owner")

    shop.run("Fill", work)


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
        settle(qtbot, session)
        return page

    yield made
    for session in sessions:
        session.close()


def line(page, key):
    rows = page.board.table.rows
    for place in range(rows.rowCount()):
        row = rows.row(place)
        if row.factor is not None and row.factor.key == key:
            return [str(rows.index(place, column).data()) for column in range(rows.columnCount())]
    raise KeyError(key)


def test_week_one_says_what_to_do_first_and_shows_no_figure(qtbot, show):
    page = show()
    assert page.start.isVisible()
    assert not page.board.table.isVisible()
    assert not page.score_own.isVisible()
    qtbot.mouseClick(page.start, Qt.MouseButton.LeftButton)
    assert page.desk.isVisible()


def test_the_scorecard_shows_scores_answers_and_blind_spots(shop, show):
    fill(shop, 12)
    page = show()
    found = line(page, "quality")
    assert found[LABEL] == "Quality"
    assert found[SCORE] == "2.0"
    assert found[SURE] == "12 · rough"
    assert found[GUESS] == "5 · blind spot"
    assert page.heading.accessibleName() == "Customers get less from you than it costs them"
    assert page.subtitle.accessibleName().startswith("100 of 100 say it was worth it")
    assert "12 answers" in said(page.board.cards)
    # To begin with, what the owner most needs to see.
    assert page.board.evidence.title.text() == "Quality"
    assert "a blind spot, customers see it 3.0 worse" in said(page.board.evidence)


def test_three_answers_give_no_figure_but_say_what_is_missing(qtbot, shop, show):
    fill(shop, 3)
    page = show()
    page.show_record("quality")
    settle(qtbot, page.session)
    assert line(page, "quality")[SCORE] == "–"
    assert line(page, "quality")[SURE] == "3 answers"
    assert "3 answers so far; 2 more until this can be shown." in said(page.board.evidence)
    assert "fewer than 5 answers so far: 3" in said(page.board.cards)


def test_words_behind_a_factor_are_shown_as_typed_and_open_what_they_come_from(qtbot, shop, show):
    fill(shop, 6)

    def work(op):
        maria = add_customer(op, "Maria <i>A</i>")
        theme = op.value(
            "SELECT themes.id FROM themes JOIN factors ON factors.id = themes.factor_id WHERE factors.key = 'quality'"
        )
        entry = op.insert("entries", {"date": TODAY.isoformat(), "customer_id": maria, "rating": 2.0,
                                      "text": "Raw <b>in the middle</b> & cold"})  # fmt: skip
        op.insert("entry_themes", {"entry_id": entry, "theme_id": theme, "state": "confirmed", "by": "owner"})
        return entry

    entry = shop.run("Log", work).result
    page = show()
    page.show_record("quality")
    settle(qtbot, page.session)
    quote = page.board.evidence.findChild(QuoteButton)
    assert all(one.textFormat() == Qt.TextFormat.PlainText for one in quote.findChildren(QLabel))
    assert "“Raw <b>in the middle</b> & cold”" in said(quote)
    assert "Maria <i>A</i> · ★★ · today" in said(quote)
    with qtbot.waitSignal(page.session.open_requested) as opened:
        qtbot.mouseClick(quote, Qt.MouseButton.LeftButton)
    assert opened.args == ["entries", entry]


def test_a_part_of_value_opens_from_elsewhere(qtbot, shop, show):
    fill(shop, 6)
    page = show()
    page.show_record("costs")
    settle(qtbot, page.session)
    assert page.board.evidence.title.text() == "Costs"
    assert "Less is better" in said(page.board.evidence)


def test_a_month_asked_about_elsewhere_is_shown_until_the_person_goes_back(qtbot, shop, show):
    fill(shop, 6)
    page = show()
    month = Period(TODAY.replace(day=1) - timedelta(days=31), TODAY.replace(day=1) - timedelta(days=1))
    page.show_record(Filter(month))
    settle(qtbot, page.session)
    assert page.filters_back.isVisible()
    assert page.heading.accessibleName() == "Too early to say what customers get from you"
    assert "no answers yet" in said(page.board.cards)
    page.filters_back.click()
    settle(qtbot, page.session)
    assert not page.filters_back.isVisible()
    assert line(page, "quality")[SCORE] == "2.0"


def test_new_answers_show_by_themselves_and_keep_the_line_in_hand(qtbot, shop, show):
    fill(shop, 6)
    page = show()
    page.show_record("fit")
    settle(qtbot, page.session)
    page.session.run("More", lambda op: add_sheet(op, TODAY, {"fit": 5.0}, customer_id=add_customer(op, "New one")))
    settle(qtbot, page.session)
    assert line(page, "fit")[SURE] == "7 · early hint"
    assert page.board.evidence.title.text() == "Fits what I need"
