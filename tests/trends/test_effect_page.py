"""Did it work? on screen: what was changed, the answer, periods left out, other figures, notes made on the spot."""

from datetime import date
from functools import partial

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QApplication

from cvdesk.trends import store_notes
from cvdesk.trends.page import TrendsPage
from cvdesk.trends.page_note import NoteDialog
from cvdesk.trends.page_series_list import SeriesList
from cvdesk.trends.records_effect import Ask
from cvdesk.trends.store_effect import save
from tests.figures.shop import TODAY, new_shop
from tests.pages import make_session, said, settle
from tests.trends.test_effect import log_factors, log_ratings

LATER = date(2025, 12, 1)


@pytest.fixture
def shop(tmp_path):
    with new_shop(tmp_path) as opened:
        yield opened


def opened(qtbot, qapp, shop):
    session = make_session(qapp, shop, TODAY)
    page = TrendsPage(session)
    qtbot.addWidget(page)
    page.resize(1110, 800)
    page.show()
    qtbot.waitExposed(page)
    page.choose_view("effect")
    settle(qtbot, session)
    return page


@pytest.fixture
def page(qtbot, qapp, shop):
    level = lambda month: (2.4 if month == date(2025, 11, 1) else 3.4) if month < LATER else 4.0  # noqa: E731
    log_ratings(shop, level)
    shop.run("Note", lambda op: store_notes.add(op, date(2025, 9, 3), "New flour"))
    shop.run("Note", lambda op: store_notes.add(op, LATER, "Second van"))
    made = opened(qtbot, qapp, shop)
    yield made
    made.session.close()


@pytest.fixture
def view(qtbot, page):
    """Asks whether the second van did anything to the ratings."""
    shown = page.view("effect")
    page._show_effect(store_notes.notes(page.session.file)[0], "rating")
    settle(qtbot, page.session)
    return shown


def settled(qtbot, view):
    settle(qtbot, view.session)
    return view.result


def rows(view):
    table = view.table
    return [[table.item(row, column).text() for column in range(4)] for row in range(table.rowCount())]


def test_the_answer_stands_with_its_range_and_what_else_happened(view):
    assert view.list.currentItem().text() == "Second van"
    assert view.figure.text() == "Mean rating"
    assert view.sentence.text() == view.result.sentence == "It worked. Mean rating: better by 0.5 to 0.7."
    words = said(view)
    assert "Before and after is not an experiment: 1 other thing happened in that time." in words
    assert "New flour" in words
    assert view.picture.accessibleName() == view.result.sentence


def test_the_table_says_which_side_each_month_is_on(view):
    shown = {row[0]: row[3] for row in rows(view)}
    assert shown["Jun 2026"] == "not over yet"
    assert shown["Jan 2026"] == "after"
    assert shown["Dec 2025"] == "given to settle"
    assert shown["Nov 2025"] == "left out, a bad one"
    assert shown["Oct 2025"] == "before"


def test_a_tick_brings_a_month_back_and_undo_takes_it_out_again(qtbot, view):
    before = view.result.measured
    table = view.table
    row = next(row for row in range(table.rowCount()) if table.item(row, 0).text() == "Nov 2025")
    table.setFocus()
    table.setCurrentCell(row, 0)
    qtbot.keyClick(table, Qt.Key.Key_Space)
    found = settled(qtbot, view)
    assert found.of("left_out") == ()
    assert found.measured.before < before.before
    assert table.item(row, 3).text() == "before; a bad one"
    assert table.currentRow() == row
    assert view.propose.isVisible()
    view.session.undo()
    assert settled(qtbot, view).measured == before
    assert not view.propose.isVisible()


def test_as_proposed_leaves_the_bad_month_out_again(qtbot, view):
    view.table.left_out.emit(())
    assert settled(qtbot, view).of("left_out") == ()
    qtbot.mouseClick(view.propose, Qt.MouseButton.LeftButton)
    assert [step.start for step in settled(qtbot, view).of("left_out")] == [date(2025, 11, 1)]


def test_only_months_before_can_be_left_out(view):
    ticks = {
        view.table.item(row, 0).text()
        for row in range(view.table.rowCount())
        if view.table.item(row, 0).flags() & Qt.ItemFlag.ItemIsUserCheckable
    }
    assert {"Nov 2025", "Jun 2024"} <= ticks
    assert not {"Dec 2025", "Jan 2026", "Jun 2026"} & ticks


def test_time_to_settle_is_kept_for_the_next_time(qtbot, qapp, shop, view):
    view.settle._choose(0)
    found = settled(qtbot, view)
    assert found.ask.settle == 0
    assert len(found.of("after")) == 6
    again = opened(qtbot, qapp, shop)
    settle(qtbot, again.session)
    assert again.view("effect").result.ask == found.ask


def test_another_figure_is_looked_at_with_the_arrow_keys_and_kept_with_enter(qtbot, view):
    view.figure.setFocus()
    qtbot.keyClick(view.figure, Qt.Key.Key_Return)
    rows = QApplication.activePopupWidget().findChild(SeriesList).rows
    qtbot.keyClick(rows, Qt.Key.Key_Up)
    assert settled(qtbot, view).ask.series == "entries"
    assert view.session.file.value("SELECT count(*) FROM effects") == 0
    qtbot.keyClick(rows, Qt.Key.Key_Return)
    assert settled(qtbot, view).ask.series == "entries"
    assert QApplication.activePopupWidget() is None
    assert view.figure.text() == "Feedback logged"
    view.list.setCurrentRow(1)
    settle(qtbot, view.session)
    view.list.setCurrentRow(0)
    assert settled(qtbot, view).ask.series == "entries"  # as it was asked last


def test_arrow_keys_walk_along_what_was_changed(qtbot, view):
    view.focus_first()
    assert view.list.hasFocus()
    qtbot.keyClick(view.list, Qt.Key.Key_Down)
    settle(qtbot, view.session)
    assert view.list.currentItem().text() == "New flour"
    assert view.result.ask.starts == date(2025, 9, 3)


def test_too_early_says_when_to_look_again(qtbot, view):
    view.session.run("Note", partial(store_notes.add, day=date(2026, 5, 1), text="Oven"), view._noted)
    settle(qtbot, view.session)
    view.show_note(store_notes.notes(view.session.file)[0], "rating")
    found = settled(qtbot, view)
    assert (found.said, view.list.currentItem().text()) == ("early", "Oven")
    assert view.sentence.text() == "Too early to say: 4 months still to come. Look again from 1 Oct 2026 on."


def test_without_notes_one_can_be_made_on_the_spot(qtbot, qapp, shop):
    log_ratings(shop, lambda _month: 3.5)
    page = opened(qtbot, qapp, shop)
    view = page.view("effect")
    assert "come back in four months" in said(view)
    page.focus_first()
    assert view.note.hasFocus()
    qtbot.keyClick(view.note, Qt.Key.Key_Return)
    dialog = page.findChild(NoteDialog)
    dialog.form.words.setText("Second van")
    qtbot.mouseClick(dialog.keep, Qt.MouseButton.LeftButton)
    settle(qtbot, page.session)
    assert view.list.currentItem().text() == "Second van"
    assert "Too early to say" in view.sentence.text() or "nothing yet" in view.sentence.text()
    page.session.close()


def test_a_figure_that_is_gone_is_asked_about_no_more(qtbot, view):
    view.show_note(store_notes.notes(view.session.file)[0], "theme:gone")
    found = settled(qtbot, view)
    assert found is not None
    assert found.ask.series != "theme:gone"


def test_everything_has_a_name(view):
    for widget in (view.list, view.figure, view.settle, view.table, view.add, view.picture):
        assert QAccessible.queryAccessibleInterface(widget).text(QAccessible.Text.Name)


def test_narrow_window_keeps_every_word(qtbot, page, view):
    page.resize(774, 560)
    QApplication.processEvents()
    assert view.table.isColumnHidden(2)
    for words in (view.sentence, view.more, view.caveats):
        assert words.height() >= words.heightForWidth(words.width())


def test_what_was_left_alone_may_go_out_of_use(qtbot, qapp, shop):
    log_factors(shop, {"quality": lambda _m: 3.0, "waiting": lambda m: 3.6 - 0.8 * (m >= LATER)})
    kept = shop.run("Note", lambda op: store_notes.add(op, LATER, "Second van")).result
    ask = Ask("factor:waiting", LATER, kept, settle=0, untouched="factor:quality")
    shop.run("Ask", lambda op: save(op, ask))
    page = opened(qtbot, qapp, shop)
    view = page.view("effect")
    assert "which was left alone" in view.more.text()
    assert view.direction.isVisible()
    retired = shop.value("SELECT id FROM factors WHERE key = 'quality'")
    page.session.run("Retire", lambda op: op.update("factors", retired, {"active": 0}))
    settle(qtbot, page.session)
    assert view.result.ask.untouched == ""
    assert "which was left alone" not in view.more.text()
    page.session.close()
