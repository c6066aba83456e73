"""The tab "By group": groups by arrow keys, what stands out, what is hidden, and narrowing to one."""

from dataclasses import replace
from datetime import timedelta

import pytest
from PySide6.QtCore import QSettings, Qt

from cvdesk.catalogue.records import Period
from cvdesk.shell.window import Window
from cvdesk.value.page import ValuePage
from cvdesk.value.page_groups_table import FIRST_LEVER
from tests.figures.shop import TODAY, new_shop
from tests.pages import make_session, said, settle
from tests.value.test_groups import add_group, core_of

DAY = TODAY - timedelta(days=20)


@pytest.fixture
def session(qapp, tmp_path):
    made = make_session(qapp, new_shop(tmp_path), TODAY)
    yield made
    made.close()


@pytest.fixture
def page(qtbot, session):
    def work(op):
        add_group(op, "Bread & rolls", 20, core_of(op, 4.0, worth_it=3.0))
        add_group(op, "Cake", 15, core_of(op, 4.0, quality=5.0, worth_it=5.0))
        for name in ("Tart", "Pie"):
            add_group(op, name, 3, core_of(op))

    session.file.run("Fill", work)
    made = ValuePage(session)
    qtbot.addWidget(made)
    made.resize(1200, 800)
    made.show()
    made.choose_view("groups")
    settle(qtbot, session)
    return made


def cells(table, row):
    return [table.rows.data(table.rows.index(row, column)) for column in range(table.rows.columnCount())]


def test_groups_stand_below_everyone_and_small_ones_are_only_counted(page):
    table = page.views.open.table
    assert [cells(table, row)[0] for row in range(table.rows.rowCount())] == ["Everyone", "Bread & rolls", "Cake"]
    assert "2 more groups have fewer than 5 people." in said(page)
    assert "Tart" not in said(page)
    assert "less is better" in page.views.open.reading.text()


def test_what_stands_out_is_said_for_the_chosen_group(qtbot, page):
    view = page.views.open
    view.focus_first()
    qtbot.keyClick(view.table, Qt.Key.Key_Down)
    qtbot.keyClick(view.table, Qt.Key.Key_Down)
    assert view.name.text() == "Cake"
    assert "find it worth it" in view.out.text()
    assert "by more than chance would give" in view.out.text()
    assert page.heading.text() == "2 groups stand out from the others"


def test_enter_narrows_the_scorecard_to_a_group(qtbot, session, page):
    view = page.views.open
    asked = []
    session.open_requested.connect(lambda table, record: asked.append((table, record)))
    view.focus_first()
    qtbot.keyClick(view.table, Qt.Key.Key_Return)  # everybody: nothing to narrow to
    assert asked == []
    qtbot.keyClick(view.table, Qt.Key.Key_Down)
    qtbot.keyClick(view.table, Qt.Key.Key_Return)
    bread = session.file.value("SELECT id FROM offerings WHERE name = 'Bread & rolls'")
    assert session.filter.offering == bread
    assert asked == [("assessments", ("view", "scorecard"))]


def test_another_way_to_share_out_is_chosen_with_arrow_keys(qtbot, session, page):
    view = page.views.open
    view.kinds.focus_first()
    for _step in range(4):
        qtbot.keyClick(view.kinds.button(view.kinds.key), Qt.Key.Key_Right)
    settle(qtbot, session)
    assert view.kinds.key == "quarter"
    assert [cells(view.table, row)[0] for row in range(view.table.rows.rowCount())] == ["Everyone", "Apr to Jun 2026"]
    assert page.heading.text() == "No group stands out from the others"


def test_in_a_small_window_the_parts_of_value_stand_below_the_table(page):
    view = page.views.open
    assert not view.table.isColumnHidden(FIRST_LEVER)
    page.resize(700, 600)
    assert view.table.isColumnHidden(FIRST_LEVER)
    assert "Drawbacks, less is better: 4.0" in view.parts.text()


def test_without_answers_it_says_so(qtbot, session, page):
    day = TODAY - timedelta(days=300)
    session.set_filter(replace(session.filter, period=Period(day, day)))
    settle(qtbot, session)
    assert page.heading.text() == "By group: no answers in this period"


def test_in_the_window_a_group_opens_its_scorecard(qtbot, session, page, tmp_path):
    window = Window(session, QSettings(str(tmp_path / "window.ini"), QSettings.Format.IniFormat), lambda _what: None)
    qtbot.addWidget(window)
    window.resize(1200, 800)
    window.show()
    value = window.show_page("value")
    value.choose_view("groups")
    settle(qtbot, session)
    view = value.views.open
    view.table.select_row(2)
    qtbot.mouseClick(view.alone, Qt.MouseButton.LeftButton)
    settle(qtbot, session)
    assert value.tabs.key == "scorecard"
    assert "15 answers" in value.subtitle.accessibleName()
    window.close()
