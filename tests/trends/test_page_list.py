"""The list of figures: found by typing, walked by arrow keys, marked where the radar tells of a change."""

from datetime import date

import pytest
from PySide6.QtCore import Qt

from cvdesk.kit.theme import Theme
from cvdesk.trends import store_radar
from cvdesk.trends.page import TrendsPage
from cvdesk.trends.page_series_list import Group, SeriesList
from cvdesk.trends.radar import Signal, Sweep
from tests.figures.shop import TODAY, new_shop
from tests.pages import make_session, said, settle
from tests.trends.test_page import CALM, log_months

GROUPS = (
    Group("Value", (("net", "Value"), ("worth", "Worth"))),
    Group("Costs, one by one", tuple((f"factor:{number}", f"Cost number {number}") for number in range(20))),
)


@pytest.fixture
def listed(qtbot, qapp):
    made = SeriesList(Theme(qapp, "light"))
    qtbot.addWidget(made)
    made.resize(240, 500)
    made.show_groups(GROUPS, "net", {"worth": "real", "factor:3": "unusual"})
    made.show()
    qtbot.waitExposed(made)
    return made


def test_showing_the_list_tells_nobody_and_the_arrow_keys_skip_headings(qtbot, listed):
    heard = []
    listed.chosen.connect(heard.append)
    listed.show_groups(GROUPS, "worth", {})
    assert heard == []
    listed.focus_first()
    qtbot.keyClick(listed.rows, Qt.Key.Key_Down)
    assert heard == ["factor:0"]


def test_typing_narrows_by_name_and_by_heading_and_down_goes_on_into_the_list(qtbot, listed):
    heard = []
    listed.chosen.connect(heard.append)
    qtbot.keyClicks(listed.search, "cost 17")
    assert listed.keys() == ["factor:17"]
    qtbot.keyClick(listed.search, Qt.Key.Key_Return)
    assert heard == ["factor:17"]
    qtbot.keyClick(listed.search, Qt.Key.Key_Escape)
    assert len(listed.keys()) == 22
    qtbot.keyClicks(listed.search, "one by")
    assert listed.keys() == [f"factor:{number}" for number in range(20)]
    qtbot.keyClick(listed.search, Qt.Key.Key_Down)
    assert listed.rows.hasFocus()


def test_letters_typed_on_the_list_go_into_the_search(qtbot, listed):
    listed.focus_first()
    qtbot.keyClicks(listed.rows, "n")
    assert listed.search.hasFocus()
    qtbot.keyClicks(listed.search, "umber 19")
    assert listed.search.text() == "number 19"
    assert listed.keys() == ["factor:19"]


def test_a_mark_is_a_word_also_for_those_who_hear(listed):
    spoken = [listed.rows.item(place).data(Qt.ItemDataRole.AccessibleTextRole) for place in range(listed.rows.count())]
    assert "Worth, changed" in spoken
    assert "Cost number 3, unusual" in spoken
    assert "Value" in spoken


def test_what_goes_wrong_is_listed_by_its_theme_under_its_heading_and_said_in_full(qtbot, listed):
    whole = "Late delivery: something went wrong"
    groups = (
        Group("What customers speak of", (("theme:late", "Late delivery"),)),
        Group("What goes wrong", (("theme_bad:late", whole),)),
    )
    listed.show_groups(groups, "theme_bad:late", {})
    item = listed.rows.currentItem()
    assert item.text() == "Late delivery"
    assert item.data(Qt.ItemDataRole.AccessibleTextRole) == whole
    qtbot.keyClicks(listed.search, "wrong late")
    assert listed.keys() == ["theme_bad:late"]


def test_a_few_figures_need_no_search(listed):
    listed.show_groups(GROUPS[:1], "net", {})
    assert not listed.search.isVisible()


@pytest.fixture
def page(qtbot, qapp, tmp_path):
    with new_shop(tmp_path) as shop:
        log_months(shop, CALM)
        signal = Signal("rating", "Mean rating", "real", date(2026, 3, 1), "A real change.", better=True)
        store_radar.keep(shop, Sweep(52, (signal,), TODAY, 1.4))
        session = make_session(qapp, shop, TODAY)
        made = TrendsPage(session)
        qtbot.addWidget(made)
        made.resize(1110, 800)
        made.show()
        qtbot.waitExposed(made)
        settle(qtbot, session)
        yield made
        session.close()


def test_what_the_radar_tells_is_marked_until_it_was_seen(qtbot, page):
    view = page.series_view
    assert "52 figures looked at" in said(view.list)
    assert not view.card.signal.isVisible()
    page.show_record("rating")
    settle(qtbot, page.session)
    assert view.card.signal.isVisible()
    view.card.signal.take_off.click()
    settle(qtbot, page.session)
    assert not view.card.signal.isVisible()
    assert store_radar.signals(page.session.file, TODAY) == ()
    page.session.undo()
    settle(qtbot, page.session)
    assert view.card.signal.isVisible()


def test_a_figure_whose_theme_is_gone_says_so_and_leads_back(qtbot, page):
    page.show_record("theme:not-there")
    settle(qtbot, page.session)
    view = page.series_view
    assert "no longer there" in said(view.card)
    with qtbot.waitSignal(page.session.open_requested) as opened:
        view.card.go.click()
    assert opened.args == ["series", "net"]


def test_steps_are_chosen_and_kept_for_the_next_figure(qtbot, page):
    page.show_record("rating")
    settle(qtbot, page.session)
    view = page.series_view
    view.card.steps._choose("quarter")
    settle(qtbot, page.session)
    assert view.series.step == "quarter"
    assert view.periods.rows.index(0, 0).data() == "Q2 2026"
    page.show_record("entries")
    settle(qtbot, page.session)
    assert view.series.step == "quarter"
