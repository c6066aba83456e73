"""Trends on screen: the chart and its table say the same, every mark opens what is behind it, notes come and go."""

from datetime import date
from itertools import pairwise

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QApplication, QLabel

from cvdesk.catalogue.records import Period
from cvdesk.trends import store_notes
from cvdesk.trends.months import months_between
from cvdesk.trends.page import TrendsPage
from tests.figures.shop import TODAY, new_shop
from tests.pages import make_session, said, settle

CALM = [3.0, 3.2, 3.1, 3.4, 3.0, 3.3, 3.1, 3.2, 3.0, 3.4, 3.1, 4.9]


def log_months(shop, ratings):
    months = months_between(date(2025, 7, 1), TODAY)[: len(ratings)]

    def work(op):
        for month, rating in zip(months, ratings, strict=True):
            for spread in (-0.02, -0.01, 0.0, 0.01, 0.02):
                op.insert("entries", {"date": month.replace(day=9).isoformat(), "rating": rating + spread})

    shop.run("Log", work)


@pytest.fixture
def shop(tmp_path):
    with new_shop(tmp_path) as opened:
        log_months(opened, CALM)
        yield opened


@pytest.fixture
def page(qtbot, qapp, shop):
    session = make_session(qapp, shop, TODAY)
    made = TrendsPage(session)
    qtbot.addWidget(made)
    made.resize(1110, 800)
    made.show()
    qtbot.waitExposed(made)
    made.show_record("rating")
    settle(qtbot, session)
    yield made
    session.close()


def test_the_table_says_what_the_chart_draws(page):
    rows = page.months.rows
    assert rows.rowCount() == len(page.series.points)
    first = [str(rows.index(0, column).data()) for column in range(3)]
    assert first == ["Jun 2026", "4.9", "5"]
    assert rows.index(0, 4).data() == "not over yet"
    assert page.chart.accessibleName() == "Mean rating"
    assert page.sentence.text() == page.series.sentence


def test_the_running_month_is_never_judged(page):
    assert page.series.points[-1].running
    assert len(page.series.points) - 1 not in page.series.signals
    solid = page.chart._line.yData
    assert str(solid[-1]) == "nan"
    assert page.chart._dashed.yData[-1] == pytest.approx(4.9)


def test_arrow_keys_and_enter_open_what_is_behind_a_mark(qtbot, page):
    page.chart.setFocus()
    qtbot.keyClick(page.chart, Qt.Key.Key_Left)
    assert page.chart.accessibleDescription().startswith("June 2026: 4.9 from 5; ordinary")
    qtbot.keyClick(page.chart, Qt.Key.Key_Left)
    with qtbot.waitSignal(page.session.open_requested) as opened:
        qtbot.keyClick(page.chart, Qt.Key.Key_Return)
    assert opened.args[0] == "entries"
    assert opened.args[1].period == Period(date(2026, 5, 1), date(2026, 5, 31))


def test_a_click_on_a_mark_opens_what_is_behind_it(qtbot, page):
    spot = page.chart.mark_position(3).toPoint()
    with qtbot.waitSignal(page.session.open_requested) as opened:
        qtbot.mouseClick(page.chart.viewport(), Qt.MouseButton.LeftButton, pos=spot)
    assert opened.args[1].period.start == page.series.points[3].start


def test_enter_in_the_table_opens_the_same(qtbot, page):
    page.months.select_row(0)
    with qtbot.waitSignal(page.session.open_requested) as opened:
        qtbot.keyClick(page.months, Qt.Key.Key_Return)
    assert opened.args[1].period == Period(date(2026, 6, 1), TODAY)


def test_the_wheel_leaves_the_chart_as_it_is(page):
    before = page.chart._plot.vb.viewRange()
    spot = QPointF(page.chart.width() / 2, page.chart.height() / 2)
    wheel = QWheelEvent(
        spot, page.chart.mapToGlobal(spot), QPoint(), QPoint(0, 120), Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier, Qt.ScrollPhase.NoScrollPhase, False,
    )  # fmt: skip
    QApplication.sendEvent(page.chart.viewport(), wheel)
    assert page.chart._plot.vb.viewRange() == before


def test_choosing_another_series_shows_it(qtbot, page):
    qtbot.mouseClick(page._buttons["entries"], Qt.MouseButton.LeftButton)
    settle(qtbot, page.session)
    assert page.series.key == "entries"
    assert not page._buttons["rating"].isChecked()
    assert page.chart.accessibleName() == page.series.title


def test_a_narrow_window_chooses_from_a_list_that_drops_down(page):
    page.resize(774, 700)
    assert page.choice.isVisible()
    assert not page._buttons["rating"].isVisible()
    page.resize(1110, 800)
    assert page._buttons["rating"].isVisible()


def test_a_series_without_points_says_when_there_will_be_some(qtbot, page):
    page.show_record("net")
    settle(qtbot, page.session)
    assert not page.chart.isVisible()
    assert "as soon as five customers have answered" in said(page.card)
    with qtbot.waitSignal(page.session.open_requested) as opened:
        page.go.click()
    assert opened.args == ["page", "value"]


def test_a_note_is_added_drawn_and_taken_away_again(qtbot, page):
    page.notes.words.setFocus()
    qtbot.keyClicks(page.notes.words, "Second van <b>started</b>")
    page.notes.day.setDate(page.notes.day.date().addDays(-40))
    qtbot.keyClick(page.notes.words, Qt.Key.Key_Return)
    settle(qtbot, page.session)
    found = store_notes.notes(page.session.file)
    assert [(note.date, note.text) for note in found] == [(date(2026, 5, 8), "Second van <b>started</b>")]
    assert all(one.textFormat() == Qt.TextFormat.PlainText for one in page.notes.findChildren(QLabel))
    assert [note.text for note in page.chart.frame.notes] == ["Second van <b>started</b>"]
    page.notes.deleted.emit(found[0].id)
    settle(qtbot, page.session)
    assert store_notes.notes(page.session.file) == []
    assert page.chart.frame.notes == []
    page.session.undo()
    settle(qtbot, page.session)
    assert len(store_notes.notes(page.session.file)) == 1


def test_texts_of_notes_never_lie_on_each_other(qtbot, page):
    def work(op):
        for day in (1, 4, 9, 14, 20, 26):
            store_notes.add(op, date(2026, 3, day), f"Something rather long happened on the {day}th")

    page.session.run("Notes", work)
    settle(qtbot, page.session)
    shown = [note for note in page.chart.frame.notes if note.row >= 0]
    assert len(shown) == 2
    assert not any(one.row == other.row and one.right > other.left for one, other in pairwise(shown))


def test_pyqtgraph_offers_no_menu_and_no_buttons(page):
    assert not page.chart._plot.vb.menuEnabled()
    assert page.chart._plot.buttonsHidden
