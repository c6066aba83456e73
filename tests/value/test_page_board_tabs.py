"""The tabs of the Value page: reached by mouse and keys, made on their first visit, remembered."""

import pytest
from PySide6.QtCore import Qt

from cvdesk.value.page import ValuePage
from tests.figures.shop import TODAY, add_sheet, new_shop
from tests.pages import make_session, settle


@pytest.fixture
def page(qtbot, qapp, tmp_path):
    with new_shop(tmp_path) as shop:
        shop.run("Fill", lambda op: add_sheet(op, TODAY, {"quality": 4.0, "worth_it": 5.0}))
        session = make_session(qapp, shop, TODAY)
        page = ValuePage(session)
        qtbot.addWidget(page)
        page.resize(1110, 800)
        page.show()
        qtbot.waitExposed(page)
        settle(qtbot, session)
        yield page
        session.close()


def test_tabs_are_made_on_their_first_visit_and_asked_again_only_when_stale(qtbot, page, monkeypatch):
    assert page.views.made == ["scorecard"]
    qtbot.mouseClick(page.tabs.button("groups"), Qt.MouseButton.LeftButton)
    settle(qtbot, page.session)
    assert page.views.open.key == "groups"
    assert page.views.open.isVisible()
    assert not page.board.isVisible()
    asked: list[object] = []
    monkeypatch.setattr(page.board, "show_for", asked.append)
    qtbot.mouseClick(page.tabs.button("scorecard"), Qt.MouseButton.LeftButton)
    assert asked == []
    page.tabs.step(1)
    page.session.run("Add", lambda op: add_sheet(op, TODAY, {"quality": 3.0}))
    settle(qtbot, page.session)
    assert asked == []  # out of sight
    page.tabs.step(-1)
    assert asked == [page.session.filter]


def test_arrow_keys_go_along_the_strip_and_control_tab_from_anywhere(qtbot, page):
    page.tabs.focus_first()
    qtbot.keyClick(page.tabs.button("scorecard"), Qt.Key.Key_Right)
    assert page.tabs.key == "groups"
    assert page.tabs.button("groups").hasFocus()
    qtbot.keyClick(page.tabs.button("groups"), Qt.Key.Key_End)
    assert page.tabs.key == "pays"
    qtbot.keyClick(page.tabs.button("pays"), Qt.Key.Key_Right)
    assert page.tabs.key == "scorecard"
    qtbot.keyClick(page.tabs.button("scorecard"), Qt.Key.Key_Home)
    page.focus_first()
    assert page.board.table.hasFocus()
    qtbot.keyClick(page.board.table, Qt.Key.Key_Tab, Qt.KeyboardModifier.ControlModifier)
    assert page.tabs.key == "groups"
    settle(qtbot, page.session)


def test_a_tab_can_be_asked_for_from_elsewhere_and_has_a_title_of_its_own(qtbot, page):
    scorecard = page.heading.accessibleName()
    page.show_record(("view", "pays"))
    settle(qtbot, page.session)
    assert page.tabs.key == "pays"
    assert page.heading.accessibleName() != scorecard
    page.show_record("quality")
    settle(qtbot, page.session)
    assert page.tabs.key == "scorecard"
    assert page.heading.accessibleName() == scorecard
    row = page.board.table.rows.row(page.board.table.currentIndex().row())
    assert row.factor.key == "quality"
