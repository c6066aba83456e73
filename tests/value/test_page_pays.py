"""The tab "Does value pay?": the sentence, the bars, another length of time, and what is missing."""

from datetime import timedelta

import pytest
from PySide6.QtCore import Qt

from cvdesk.value.page import ValuePage
from tests.figures.shop import TODAY, add_customer, add_sheet, new_shop
from tests.pages import make_session, said, settle
from tests.value.test_pays import buy, group

ASKED = TODAY - timedelta(days=300)


@pytest.fixture
def session(qapp, tmp_path):
    made = make_session(qapp, new_shop(tmp_path), TODAY)
    yield made
    made.close()


def opened(qtbot, session):
    page = ValuePage(session)
    qtbot.addWidget(page)
    page.resize(1100, 760)
    page.show()
    page.choose_view("pays")
    settle(qtbot, session)
    return page


def fill(op):
    group(op, 5, 40, 32, day=ASKED)
    group(op, 2, 30, 9, day=ASKED)
    buy(op, add_customer(op, "Somebody else"), TODAY)


def test_the_finding_stands_in_the_title_and_in_a_sentence(qtbot, session):
    session.file.run("Fill", fill)
    page = opened(qtbot, session)
    assert page.heading.text() == "Value seems to pay: they come back more"
    shown = said(page)
    assert "80 bought again within half a year; of 100 who did not, 30." in shown
    assert "32 of 40 customers bought again" in shown
    assert "80 of 100 (65 to 90)" in shown
    assert "not an experiment" in shown
    assert "customers" in page.views.open.spent_detail.text()


def test_another_length_of_time_is_chosen_with_the_keyboard(qtbot, session):
    session.file.run("Fill", fill)
    page = opened(qtbot, session)
    view = page.views.open
    view.focus_first()
    qtbot.waitUntil(view.within.hasFocus)
    view.within._menu.actions()[2].trigger()  # a year: nobody's answer is that long ago
    settle(qtbot, session)
    assert page.heading.text() == "Does value pay? Too early to say"
    assert "so far 0 who said it was worth it and 0 who did not" in said(page)


def test_without_purchases_it_offers_to_bring_them_in(qtbot, session):
    session.file.run("Fill", lambda op: add_sheet(op, TODAY, {"worth_it": 4.0}))
    page = opened(qtbot, session)
    view = page.views.open
    assert "Bring in or log what customers buy" in said(view)
    wanted = []
    session.open_requested.connect(lambda table, record: wanted.append((table, record)))
    qtbot.keyClick(view.bring_in, Qt.Key.Key_Return)
    assert wanted == [("command", "import")]


def test_what_is_bought_meanwhile_changes_the_page_by_itself(qtbot, session):
    session.file.run("Fill", fill)
    page = opened(qtbot, session)
    again = session.file.value(
        "SELECT customer_id FROM assessments WHERE customer_id NOT IN (SELECT customer_id FROM purchases) LIMIT 1"
    )
    session.run("Buy", lambda op: buy(op, again, ASKED + timedelta(days=4)))
    settle(qtbot, session)
    assert "33 of 40 customers bought again" in said(page)
