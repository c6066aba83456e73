"""Trends on screen: the chart and its table say the same, every mark opens what is behind it, notes come and go."""

from datetime import date

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QApplication, QLabel

from cvdesk.catalogue.records import Period
from cvdesk.trends import store_notes
from cvdesk.trends.months import months_between
from cvdesk.trends.page import TrendsPage
from cvdesk.trends.page_note import NoteDialog
from cvdesk.trends.records import Limits, Point, Series
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


@pytest.fixture
def view(page):
    return page.series_view


def test_the_table_says_what_the_chart_draws(view):
    rows = view.periods.rows
    assert rows.rowCount() == len(view.series.points)
    first = [str(rows.index(0, column).data()) for column in (0, 1, 3)]
    assert first == ["Jun 2026", "4.9", "5"]
    assert rows.index(0, 5).data() == "not over yet"
    assert view.card.chart.accessibleName() == "Mean rating"
    assert view.card.verdict.sentence.text() == view.series.sentence


def test_a_run_and_a_value_just_outside_are_said_so_that_they_can_be_seen(qtbot, page, view, shop):
    points = [Point(date(2026, 1 + place, 1), value, 40) for place, value in enumerate([0.02, 0.03, 0.0764, 0.05])]
    limits = (Limits(0, 3, 0.03, 0.0, 0.0751, firm=False),)
    view.periods.show_series(Series("csat", "Late", "share", tuple(points), limits, (), (2, 3), ""))
    rows = view.periods.rows
    assert [rows.index(1, column).data() for column in (1, 4, 5)] == ["7.6%", "0.0% to 7.5%", "above the range"]
    assert [rows.index(0, column).data() for column in (1, 4, 5)] == ["5%", "0% to 8%", "3 of 4 near the top"]


def test_columns_with_nothing_to_say_go(view):
    points = tuple(Point(date(2026, month, 1), 4.0, 9) for month in range(1, 6))
    view.periods.show_series(Series("rating", "Mean rating", "score", points, (), (), (), ""))
    assert [view.periods.isColumnHidden(place) for place in range(6)] == [False, False, True, False, True, True]
    view.periods.show_series(Series("entries", "Feedback logged", "count", points, (), (), (), ""))
    assert view.periods.isColumnHidden(3)  # how many were counted is the value itself


def test_arrow_keys_and_enter_open_what_is_behind_a_mark(qtbot, view):
    chart = view.card.chart
    view.focus_first()
    assert chart.hasFocus()
    qtbot.keyClick(chart, Qt.Key.Key_Left)
    assert chart.accessibleDescription().startswith("June 2026: 4.9 from 5")
    qtbot.keyClick(chart, Qt.Key.Key_Left)
    with qtbot.waitSignal(view.session.open_requested) as opened:
        qtbot.keyClick(chart, Qt.Key.Key_Return)
    assert opened.args[0] == "entries"
    assert opened.args[1].period == Period(date(2026, 5, 1), date(2026, 5, 31))


def test_a_click_on_a_mark_opens_what_is_behind_it(qtbot, view):
    spot = view.card.chart.mark_position(3).toPoint()
    with qtbot.waitSignal(view.session.open_requested) as opened:
        qtbot.mouseClick(view.card.chart.viewport(), Qt.MouseButton.LeftButton, pos=spot)
    assert opened.args[1].period.start == view.series.points[3].start


def test_enter_in_the_table_opens_the_same(qtbot, view):
    view.periods.select_row(0)
    with qtbot.waitSignal(view.session.open_requested) as opened:
        qtbot.keyClick(view.periods, Qt.Key.Key_Return)
    assert opened.args[1].period == Period(date(2026, 6, 1), TODAY)


def test_the_wheel_leaves_the_chart_as_it_is(view):
    chart = view.card.chart
    before = chart.seen
    spot = QPointF(chart.width() / 2, chart.height() / 2)
    wheel = QWheelEvent(
        spot, chart.mapToGlobal(spot), QPoint(), QPoint(0, 120), Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier, Qt.ScrollPhase.NoScrollPhase, False,
    )  # fmt: skip
    QApplication.sendEvent(chart.viewport(), wheel)
    assert chart.seen == before


def test_the_arrow_keys_in_the_list_show_one_figure_after_the_other(qtbot, view):
    view.list.focus_first()
    qtbot.keyClick(view.list.rows, Qt.Key.Key_Down)
    settle(qtbot, view.session)
    assert view.series.key == "csat"
    qtbot.keyClick(view.list.rows, Qt.Key.Key_Up)
    qtbot.keyClick(view.list.rows, Qt.Key.Key_Up)
    settle(qtbot, view.session)
    assert view.series.key == "entries"
    assert view.card.chart.accessibleName() == view.series.title
    assert view.list.rows.currentItem().text() == view.series.title
    assert view.list.rows.hasFocus()


def test_what_is_chosen_last_is_what_shows(qtbot, view):
    for key in ("entries", "complaints", "entries", "rating"):
        view.choose(key)
    settle(qtbot, view.session)
    assert view.series.key == "rating"
    assert view.card.verdict.sentence.text() == view.series.sentence


def test_a_narrow_window_chooses_from_the_list_under_the_title(qtbot, page, view):
    page.resize(774, 700)
    assert not view.list.isVisible()
    assert view.card.other.text() == "Mean rating"
    view.card.other.click()
    dropped = QApplication.activePopupWidget()
    inner = dropped.findChild(type(view.list))
    qtbot.keyClick(inner.rows, Qt.Key.Key_Down)
    qtbot.keyClick(inner.rows, Qt.Key.Key_Return)
    settle(qtbot, view.session)
    assert view.series.key == "csat"
    assert QApplication.activePopupWidget() is None
    page.resize(1110, 800)
    assert view.list.isVisible()


def test_a_series_without_points_says_when_there_will_be_some(qtbot, page, view):
    page.show_record("net")
    settle(qtbot, page.session)
    assert not view.card.chart.isVisible()
    assert "as soon as five customers have answered" in said(view.card)
    assert not view.periods.isVisible()
    assert not view.notes.new_phase.isVisible()
    with qtbot.waitSignal(page.session.open_requested) as opened:
        view.card.go.click()
    assert opened.args == ["page", "value"]


def write_note(qtbot, view, words, days_ago):
    view.focus_first()
    qtbot.keyClick(view.card.chart, Qt.Key.Key_N)
    dialog = view.findChildren(NoteDialog)[-1]
    qtbot.keyClicks(dialog.form.words, words)
    dialog.form.day.setDate(dialog.form.day.date().addDays(-days_ago))
    qtbot.keyClick(dialog.form.words, Qt.Key.Key_Return)
    settle(qtbot, view.session)


def test_a_note_is_added_drawn_changed_and_taken_away_again(qtbot, view):
    write_note(qtbot, view, "Second van <b>started</b>", 40)
    found = store_notes.notes(view.session.file)
    assert [(note.date, note.text) for note in found] == [(date(2026, 5, 8), "Second van <b>started</b>")]
    assert all(one.textFormat() == Qt.TextFormat.PlainText for one in view.notes.findChildren(QLabel))
    assert [note.text for note in view.series.notes] == ["Second van <b>started</b>"]
    view.notes.changing.emit(found[0])
    dialog = view.findChildren(NoteDialog)[-1]
    assert dialog.form.words.text() == "Second van <b>started</b>"
    dialog.form.words.setText("Second van")
    dialog.keep.click()
    settle(qtbot, view.session)
    assert [(note.date, note.text) for note in store_notes.notes(view.session.file)] == [
        (date(2026, 5, 8), "Second van")
    ]
    view.notes.deleted.emit(found[0].id)
    settle(qtbot, view.session)
    assert store_notes.notes(view.session.file) == []
    assert view.series.notes == ()
    view.session.undo()
    settle(qtbot, view.session)
    assert [note.text for note in store_notes.notes(view.session.file)] == ["Second van"]


def test_a_note_without_words_is_not_kept(qtbot, view):
    view.notes.add.click()
    dialog = view.findChildren(NoteDialog)[-1]
    qtbot.keyClick(dialog.form.words, Qt.Key.Key_Return)
    assert dialog.isVisible()
    assert "Say in a few words" in said(dialog)
    dialog.reject()
    assert store_notes.notes(view.session.file) == []


def test_a_line_of_what_happened_points_at_its_month(qtbot, view):
    write_note(qtbot, view, "Second van", 40)
    row = next(one for one in view.notes.buttons() if "Second van" in one.accessibleName())
    row.click()
    assert view.card.chart.accessibleDescription().startswith("May 2026")
    assert view.periods.rows.row(view.periods.currentIndex().row()).point.start == date(2026, 5, 1)


def test_a_note_elsewhere_leads_to_its_month(qtbot, page, view):
    write_note(qtbot, view, "Second van", 100)
    page.choose_view("figures")
    page.show_record(store_notes.notes(page.session.file)[0].id)
    settle(qtbot, page.session)
    assert page.tabs.key == "series"
    assert view.card.chart.accessibleDescription().startswith("March 2026")


def test_a_period_elsewhere_leads_to_its_mark(qtbot, page, view):
    page.show_record(("entries", date(2025, 12, 1)))
    settle(qtbot, page.session)
    assert view.series.key == "entries"
    assert view.card.chart.accessibleDescription().startswith("December 2025")


def test_an_action_that_was_started_is_told_and_cannot_be_taken_away_here(qtbot, view, shop):
    shop.run("Start", lambda op: op.insert("actions", {"name": "New oven", "started": "2026-02-03"}))
    view.session.announce_all()
    settle(qtbot, view.session)
    assert [one.text for one in view.notes.lines] == ["New oven"]
    assert "3 Feb 2026 · action started" in said(view.notes)
    assert view.notes.offered("New oven") == ["Did it work?"]


def test_did_it_work_opens_the_tab_with_the_note(qtbot, page, view, monkeypatch):
    write_note(qtbot, view, "Second van", 100)
    effect = page.view("effect")
    asked = []
    monkeypatch.setattr(type(effect), "show_note", lambda _self, note, series: asked.append((note.text, series)))
    view.notes.asked.emit(store_notes.notes(page.session.file)[0])
    assert page.tabs.key == "effect"
    assert asked == [("Second van", "rating")]


def test_a_figure_that_is_gone_leaves_nothing_of_the_one_before_to_open(qtbot, page, view):
    view.choose("theme:gone")
    settle(qtbot, page.session)
    words = said(view)
    assert "This figure is no longer there" in words
    assert "Mean rating" not in words
    assert not view.periods.isVisible()
    assert not view.notes.new_phase.isVisible()
    view.choose("rating")
    settle(qtbot, page.session)
    assert view.periods.isVisible()
    assert view.card.verdict.sentence.text() == view.series.sentence
