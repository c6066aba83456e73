"""The tab "All figures": reached and read with the keyboard, every line opens what is behind it, nothing waits."""

from dataclasses import replace
from datetime import timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel

from cvdesk.catalogue.records import Period
from cvdesk.customers.store_list import CustomerQuery
from cvdesk.kit.widgets import RowButton
from cvdesk.trends import page_figures
from cvdesk.trends.page import TrendsPage
from tests.desk import name_of
from tests.figures.shop import TODAY, add_complaint, add_customer, add_sheet, new_shop
from tests.pages import make_session, said, settle


def fill(op):
    since = (TODAY + timedelta(days=2)).replace(year=TODAY.year - 1).isoformat()
    for place in range(12):
        customer = add_customer(op, f"<b>Customer {place}</b>")
        op.update("customers", customer, {"since": since})
        op.insert("entries", {"date": TODAY.isoformat(), "customer_id": customer, "rating": 5.0 if place < 9 else 2.0})
        add_sheet(op, TODAY, {"satisfaction": 5.0, "recommend": 10.0}, customer_id=customer)
    add_complaint(op, 1, TODAY - timedelta(days=4), {})


@pytest.fixture
def shop(tmp_path):
    with new_shop(tmp_path) as opened:
        yield opened


@pytest.fixture
def page(qtbot, qapp, shop):
    session = make_session(qapp, shop, TODAY)
    made = TrendsPage(session)
    qtbot.addWidget(made)
    made.resize(1110, 800)
    made.show()
    qtbot.waitExposed(made)
    settle(qtbot, session)
    yield made
    session.close()


def show_figures(qtbot, page):
    page.tabs.focus_first()
    qtbot.keyClick(page.tabs.button("series"), Qt.Key.Key_Right)
    settle(qtbot, page.session)


def row(page, key):
    return next(one for one in page.view("figures").rows() if one.shown.key == key)


def test_an_arrow_key_on_the_tabs_shows_every_figure_in_groups(qtbot, shop, page):
    shop.run("Fill", fill)
    page.session.announce_all()
    show_figures(qtbot, page)
    assert page.tabs.key == "figures"
    assert page.subtitle.text() == "Every figure of 18 Jun 2025 to 17 Jun 2026, and how sure it is"
    titles = [card.title.text() for card in page.view("figures")._cards]
    assert titles == ["Customers", "Feedback", "Complaints", "Surveys", "Value"]
    words = said(page.view("figures"))
    for text in ("75 of 100", "likely 47 to 91", "12 ratings · rough", "Not shown yet: 8 more answers.", "5.0"):
        assert text in words
    assert all(
        one.textFormat() == Qt.TextFormat.PlainText for one in page.view("figures").findChildren(QLabel) if one.text()
    )
    assert name_of(row(page, "feedback.csat")).startswith("Rated 4 or 5, 75 of 100, likely 47 to 91, 12 ratings")


def test_every_line_is_reached_and_opened_with_the_keyboard(qtbot, shop, page):
    shop.run("Fill", fill)
    page.session.announce_all()
    show_figures(qtbot, page)
    page.focus_first()
    qtbot.waitUntil(page.view("figures").rows()[0].hasFocus)
    reached: list[object] = []
    while (at := QApplication.focusWidget()) not in reached:
        reached.append(at)
        qtbot.keyClick(at, Qt.Key.Key_Tab)
    assert all(line in reached for line in page.view("figures").rows())
    wanted = replace(page.session.filter, period=Period(page.session.filter.period.start, TODAY))
    for key, opens in (
        ("feedback.csat", ["entries", wanted]),
        ("complaints.count", ["complaints", wanted]),
        ("surveys.csat", ["assessments", wanted]),
        ("surveys.response_rate", ["page", "surveys"]),
        ("value.levers.costs", ["assessments", "costs"]),
        ("customers.active", ["customers", CustomerQuery()]),
    ):
        with qtbot.waitSignal(page.session.open_requested) as opened:
            qtbot.keyClick(row(page, key), Qt.Key.Key_Return)
        assert opened.args == opens


def test_a_click_on_a_milestone_opens_the_customer_and_the_rest_shows_on_demand(qtbot, shop, page):
    shop.run("Fill", fill)
    page.session.announce_all()
    show_figures(qtbot, page)
    view = page.view("figures")

    def named():
        return [one for one in view.findChildren(RowButton) if name_of(one).startswith("<b>") and one.isVisible()]

    assert len(named()) == 5
    with qtbot.waitSignal(page.session.open_requested) as opened:
        qtbot.mouseClick(named()[0], Qt.MouseButton.LeftButton)
    assert opened.args == ["customers", shop.value("SELECT min(id) FROM customers")]
    more = next(one for one in view.findChildren(type(page.tabs.button("series"))) if one.text() == "Show all 12")
    more.setFocus()
    qtbot.waitUntil(more.hasFocus)
    qtbot.keyClick(more, Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: len(named()) == 12)
    qtbot.waitUntil(named()[5].hasFocus)
    assert not more.isVisible()


def test_another_filter_and_another_entry_change_the_lines_and_the_keyboard_stays(qtbot, shop, page):
    shop.run("Fill", fill)
    page.session.announce_all()
    show_figures(qtbot, page)
    row(page, "feedback.count").setFocus()
    qtbot.waitUntil(row(page, "feedback.count").hasFocus)
    assert row(page, "feedback.count").shown.figure == "12"
    page.session.run("Log", lambda op: op.insert("entries", {"date": (TODAY - timedelta(days=40)).isoformat()}))
    settle(qtbot, page.session)
    assert row(page, "feedback.count").shown.figure == "13"
    qtbot.waitUntil(row(page, "feedback.count").hasFocus)
    page.session.set_filter(replace(page.session.filter, period=Period.last_days(30, TODAY)))
    settle(qtbot, page.session)
    assert row(page, "feedback.count").shown.figure == "12"
    assert page.subtitle.text() == "Every figure of 19 May to 17 Jun 2026, and how sure it is"
    page.session.undo()
    page.session.set_filter(replace(page.session.filter, period=Period.last_days(90, TODAY)))
    settle(qtbot, page.session)
    assert row(page, "feedback.count").shown.figure == "12"


def test_a_filter_nobody_wants_any_more_is_not_shown(qtbot, shop, page, monkeypatch):
    """Two choices in a row: the first one's job is cancelled, and the page says that it is counting meanwhile."""
    shop.run("Fill", fill)
    show_figures(qtbot, page)
    asked = []
    read = page_figures._read
    monkeypatch.setattr(
        page_figures, "_read", lambda db, chosen, today: asked.append(chosen) or read(db, chosen, today)
    )
    page.session.set_filter(replace(page.session.filter, period=Period.last_days(30, TODAY)))
    first = page.view("figures")._job
    page.session.set_filter(replace(page.session.filter, period=Period.last_days(90, TODAY)))
    assert first.cancelled()
    page.view("figures")._wait()
    assert "Counting and working out…" in said(page.view("figures"))
    settle(qtbot, page.session)
    assert asked[-1] == page.session.filter
    assert page.view("figures")._stack.currentWidget() is page.view("figures")._body


def test_an_empty_file_says_what_to_do(qtbot, page):
    show_figures(qtbot, page)
    assert "as soon as there is something in your file" in said(page.view("figures"))
    page.focus_first()
    with qtbot.waitSignal(page.session.open_requested) as opened:
        qtbot.keyClick(page.view("figures").begin, Qt.Key.Key_Return)
    assert opened.args == ["page", "feedback"]


def test_the_months_come_back_and_a_series_opens_them(qtbot, page):
    show_figures(qtbot, page)
    qtbot.keyClick(page.tabs.button("figures"), Qt.Key.Key_Left)
    assert page.subtitle.text() == "What changed, and what is only the ordinary up and down"
    page.show_record(("view", "figures"))
    assert page.tabs.key == "figures"
    page.show_record("entries")
    settle(qtbot, page.session)
    assert (page.tabs.key, page.series_view.series.key) == ("series", "entries")


def test_in_a_small_window_nothing_is_cut_off(qtbot, shop, page):
    shop.run("Fill", fill)
    page.resize(774, 640)
    show_figures(qtbot, page)
    for one in page.view("figures").rows():
        for text in one.findChildren(QLabel):
            if text.isVisible() and text.text() and "…" not in text.text():
                assert text.width() >= text.fontMetrics().horizontalAdvance(text.text()), text.text()
        assert one.width() <= page.view("figures").width()
