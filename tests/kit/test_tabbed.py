"""A page of tabs: a view is made when it is first seen, asks only while it is seen, and gets what others ask for."""

from datetime import date

import pytest
from PySide6.QtCore import Qt

from cvdesk.db import create_file
from cvdesk.kit.tabbed import Tab, TabbedPage
from cvdesk.kit.view import View
from tests.pages import make_session, settle

TODAY = date(2026, 11, 21)


def view(name, tables):
    class Shown(View):
        key = name
        watches = frozenset(tables)

        @classmethod
        def title(cls):
            return name

        def _build(self):
            self.asked, self.records = 0, []
            self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

        def show_for(self, chosen):
            self.asked += 1
            self.titled.emit(name.title(), "")

        def show_record(self, record):
            self.records.append(record)

    return Shown


class Both(TabbedPage):
    key = "both"
    tabs_of = (
        Tab("one", lambda: "One", lambda: view("one", {"customers"})),
        Tab("two", lambda: "Two", lambda: view("two", {"entries"})),
    )

    @classmethod
    def title(cls):
        return "Both"

    def purpose(self):
        return "What it is for"

    def view_for(self, record):
        return "two"


@pytest.fixture
def page(qtbot, qapp, tmp_path):
    session = make_session(qapp, create_file(tmp_path / "shop.cvdesk"), TODAY)
    made = Both(session)
    qtbot.addWidget(made)
    made.show()
    yield made
    session.close()


def change(qtbot, page, table):
    page.session.changed.emit(frozenset({table}))
    settle(qtbot, page.session)


def test_a_tab_is_made_when_it_is_first_seen_and_asks_once(qtbot, page):
    assert page.views.made == ["one"]
    assert page.view("one").asked == 1
    qtbot.mouseClick(page.tabs.button("two"), Qt.MouseButton.LeftButton)
    assert page.view("two").asked == 1
    qtbot.mouseClick(page.tabs.button("one"), Qt.MouseButton.LeftButton)
    assert page.view("one").asked == 1


def test_only_the_tab_that_is_seen_asks_again_and_the_others_when_they_are_seen(qtbot, page):
    page.choose_view("two")
    change(qtbot, page, "customers")
    assert (page.view("one").asked, page.view("two").asked) == (1, 1)
    change(qtbot, page, "entries")
    assert page.view("two").asked == 2
    page.choose_view("one")
    assert page.view("one").asked == 2


def test_a_hidden_page_asks_when_it_is_shown_again(qtbot, page):
    page.hide()
    change(qtbot, page, "customers")
    assert page.view("one").asked == 1
    page.show()
    assert page.view("one").asked == 2


def test_what_another_page_asks_for_reaches_its_tab(page):
    page.show_record(("case", 7))
    assert page.tabs.key == "two"
    assert page.view("two").records == [("case", 7)]
    page.show_record(("view", "one"))
    assert page.tabs.key == "one"


def test_the_title_is_the_tabs_with_the_pages_purpose_below(page):
    assert (page.heading.text(), page.subtitle.text()) == ("One", "What it is for")
    page.choose_view("two")
    assert page.heading.text() == "Two"
