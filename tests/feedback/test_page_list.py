"""The list of feedback: filters, search, showing what another page asked for, editing and deleting."""

from datetime import timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QDialogButtonBox, QPushButton

from cvdesk.catalogue import store as catalogue
from cvdesk.catalogue.records import Business, Filter, Period
from cvdesk.complaints import store as complaints
from cvdesk.complaints.records import Complaint
from cvdesk.customers import store as customers
from cvdesk.customers.records import Customer
from cvdesk.db import open_file
from cvdesk.exchange.new import make_business
from cvdesk.feedback import store
from cvdesk.feedback.page import FeedbackPage
from cvdesk.feedback.page_edit import EditDialog
from cvdesk.feedback.page_filters import NameDialog
from cvdesk.feedback.page_words import excerpt
from cvdesk.feedback.records import Entry
from cvdesk.feedback.searching import read_search
from cvdesk.feedback.store_query import EntryQuery
from cvdesk.kit import ask
from tests.desk import TODAY, button_named
from tests.pages import Answers, catch_errors, make_session, settle


def delivery(db):
    """The id of a theme every business begins with."""
    return next(one.id for one in catalogue.named(db, "themes") if one.name == "Delivery and appointments")


def fill(op):
    """Twelve entries, one a week back from today; every third waits for an answer and came by phone."""
    phone = next(one.id for one in catalogue.named(op, "channels") if one.name == "Phone")
    late = delivery(op)
    for number in range(12):
        third = number % 3 == 0
        store.save(op, Entry(
            date=TODAY - timedelta(weeks=number), text=f"note {number} about {('rolls', 'rye')[number % 2]}",
            rating=float(number % 5 + 1), rating_raw=str(number % 5 + 1), rating_scale="1-5",
            channel_id=phone if third else None, themes=(late,) if third else (), needs_answer=third,
        ))  # fmt: skip


@pytest.fixture
def session(qapp, tmp_path):
    file = make_business(tmp_path / "shop.cvdesk", Business("Corner shop"))
    file.run("Fill", fill)
    made = make_session(qapp, file, TODAY)
    yield made
    made.close()


def show(qtbot, session):
    page = FeedbackPage(session)
    qtbot.addWidget(page)
    page.resize(1110, 800)
    page.show()
    qtbot.waitExposed(page)
    page.activateWindow()
    settle(qtbot, session)
    return page


@pytest.fixture
def page(qtbot, session):
    return show(qtbot, session)


def press(session, qtbot, parent, name):
    """Presses a button that may just have been made."""
    QApplication.processEvents()
    button_named(parent, name).click()
    settle(qtbot, session)


def rows(page):
    return [page.table.rows.row(number).text for number in range(page.table.rows.rowCount())]


def choose(choice, text):
    next(action for action in choice.menu().actions() if action.text() == text).trigger()


def test_the_newest_entry_comes_first_and_all_are_counted(page):
    assert rows(page)[0] == "note 0 about rolls"
    assert len(rows(page)) == 12
    assert page.filters.count.text() == "12 entries"
    assert page.filters.everything.isHidden()


def test_choices_limit_the_list_together_and_show_all_lifts_them(qtbot, session, page):
    choose(page.filters.period, "Last 30 days")
    settle(qtbot, session)
    assert len(rows(page)) == 5
    choose(page.filters.channel, "Phone")
    settle(qtbot, session)
    assert rows(page) == ["note 0 about rolls", "note 3 about rye"]
    choose(page.filters.theme_choice, "Delivery and appointments")
    settle(qtbot, session)
    assert page.filters.count.text() == "2 entries"
    press(session, qtbot, page.filters, "Show all")
    assert len(rows(page)) == 12
    assert page.filters.channel.text() == "Any channel"


def test_a_search_by_words_limits_while_typing(qtbot, page):
    page.search.setFocus()
    qtbot.keyClicks(page.search, "ry")
    qtbot.waitUntil(lambda: len(rows(page)) == 6)
    assert all("rye" in text for text in rows(page))
    assert page.search.hasFocus()
    qtbot.keyClicks(page.search, "zzz")
    qtbot.waitUntil(lambda: rows(page) == [])
    assert page.empty.isVisible()
    assert "Nothing fits" in page.empty.sentence.text()


def test_what_waits_for_an_answer_is_one_press_away(qtbot, session, page):
    assert page.filters.waiting.text() == "Needs an answer (4)"
    qtbot.mouseClick(page.filters.waiting, Qt.MouseButton.LeftButton)
    settle(qtbot, session)
    assert [text.split()[1] for text in rows(page)] == ["9", "6", "3", "0"]  # who waits longest comes first
    assert len(rows(page)) == 4
    page.table.select_row(0)
    press(session, qtbot, page.card, "Answered")
    assert page.filters.waiting.text() == "Needs an answer (3)"
    assert len(rows(page)) == 3


def test_another_page_can_show_one_entry(qtbot, session, page):
    entry = session.file.value("SELECT id FROM entries WHERE text LIKE 'note 9%'")
    choose(page.filters.channel, "Phone")
    settle(qtbot, session)
    page.show_record(entry)
    assert page.table.rows.id_at(page.table.currentIndex().row()) == entry
    assert len(rows(page)) == 12
    assert page.card._words.toPlainText() == "note 9 about rye"


def test_another_page_can_show_exactly_what_stands_behind_a_figure(session, page):
    late = delivery(session.file)
    page.show_record(Filter(Period(TODAY - timedelta(days=50), TODAY), theme=late))
    assert rows(page) == ["note 0 about rolls", "note 3 about rye", "note 6 about rolls"]
    assert page.filters.theme_choice.text() == "Delivery and appointments"
    assert page.filters.everything.isVisible()
    assert page.table.currentIndex().row() == 0


def edit(qtbot, page, number=0):
    page.table.select_row(number)
    page.table.setFocus()
    qtbot.keyClick(page.table, Qt.Key.Key_Return)
    dialog = page.window().findChild(EditDialog)
    qtbot.waitExposed(dialog)
    return dialog


def test_editing_saves_and_undo_brings_the_words_back(qtbot, session, page):
    dialog = edit(qtbot, page)
    dialog.form.words.setPlainText("other words")
    with qtbot.waitSignal(dialog.destroyed):
        dialog.save_button.click()
    settle(qtbot, session)
    assert rows(page)[0] == "other words"
    assert page.card._words.toPlainText() == "other words"
    session.undo()
    settle(qtbot, session)
    assert rows(page)[0] == "note 0 about rolls"


def test_a_problem_stands_beside_its_field_and_nothing_is_saved(qtbot, session, page):
    dialog = edit(qtbot, page)
    dialog.form.day.setDate(dialog.form.day.date().addYears(1))
    dialog.save_button.click()
    assert dialog.isVisible()
    assert dialog.form._notes["date"].text()
    assert dialog.form._notes["date"].isVisible()
    assert not session.saving
    assert dialog.findChildren(QDialogButtonBox) == []
    qtbot.keyClick(dialog.form.day, Qt.Key.Key_Escape)
    settle(qtbot, session)
    assert session.file.value("SELECT max(date) FROM entries") == TODAY.isoformat()


def test_what_could_not_be_saved_stays_in_its_form(qtbot, session, page, monkeypatch):
    shown = catch_errors(monkeypatch)
    dialog = edit(qtbot, page)
    dialog.form.words.setPlainText("other words")
    session.file.run("Delete", lambda op: store.delete(op, page.table.rows.id_at(0)))
    dialog.save_button.click()
    settle(qtbot, session)
    assert len(shown) == 1
    assert dialog.isVisible()
    assert dialog.form.words.toPlainText() == "other words"
    assert dialog.save_button.isEnabled()
    dialog.reject()


def test_delete_takes_the_selected_entry_and_undo_brings_it_back(qtbot, session, page):
    page.table.select_row(2)
    page.table.setFocus()
    qtbot.keyClick(page.table, Qt.Key.Key_Delete)
    settle(qtbot, session)
    assert len(rows(page)) == 11
    session.undo()
    settle(qtbot, session)
    assert len(rows(page)) == 12


def test_delete_elsewhere_on_the_page_deletes_no_entry(qtbot, session, page):
    page.table.select_row(2)
    for widget in (page.search, page.filters.period, page.capture.line):
        widget.setFocus()
        qtbot.keyClick(widget, Qt.Key.Key_Delete)
    settle(qtbot, session)
    assert len(rows(page)) == 12


def test_an_entry_becomes_a_complaint_once(qtbot, session, page):
    page.table.select_row(1)
    press(session, qtbot, page.card, "Make it a complaint")
    assert session.file.value("SELECT count(*) FROM complaints") == 1
    QApplication.processEvents()
    assert "Make it a complaint" not in [one.text() for one in page.card.findChildren(QPushButton) if one.isVisible()]
    with qtbot.waitSignal(session.open_requested) as asked:
        press(session, qtbot, page.card, "Open the complaint")
    assert asked.args == ["complaints", session.file.value("SELECT id FROM complaints")]


def test_a_complaint_of_the_customer_can_be_tied_and_untied(qtbot, session, page):
    def fill(op):
        ada = customers.save(op, Customer(name="Ada"))
        store.save(op, Entry(date=TODAY, text="about the case", customer_id=ada))
        return complaints.save(op, Complaint(date=TODAY, text="burnt loaf", customer_id=ada))

    case = session.file.run("Fill", fill).result
    page.show_record(session.file.value("SELECT id FROM entries WHERE text = 'about the case'"))
    QApplication.processEvents()
    link = button_named(page.card, "Link to one…")
    link.menu().actions()[0].trigger()
    settle(qtbot, session)
    assert session.file.value("SELECT entry_id FROM complaints WHERE id = ?", (case,)) == page.card._id
    press(session, qtbot, page.card, "Untie the complaint from this feedback")
    assert session.file.value("SELECT entry_id FROM complaints WHERE id = ?", (case,)) is None


def test_the_history_is_one_press_away(qtbot, session, page):
    page.table.select_row(0)
    with qtbot.waitSignal(session.open_requested) as asked:
        press(session, qtbot, page.card, "History…")
    assert asked.args == ["history", ("entries", page.table.rows.id_at(0))]


def test_a_limit_of_the_menu_gets_a_chip_that_takes_it_away(qtbot, session, page):
    page.show_record(EntryQuery(star=0, kind="comment"))
    QApplication.processEvents()
    assert rows(page) == []
    press(session, qtbot, page.filters, "Without a rating: no longer limit the list by it")
    assert len(rows(page)) == 12
    page.filters._fill_more(menu := page.filters.more.menu())
    next(action for action in menu.actions() if action.text() == "Without a theme").trigger()
    settle(qtbot, session)
    assert len(rows(page)) == 8
    press(session, qtbot, page.filters, "Show all")
    assert len(rows(page)) == 12


def test_a_view_is_kept_used_and_forgotten(qtbot, session, page):
    choose(page.filters.period, "Last 30 days")
    page.search.setText("rye")
    settle(qtbot, session)
    qtbot.waitUntil(lambda: len(rows(page)) == 2)
    page.filters._fill_views(menu := page.filters.views.menu())
    next(action for action in menu.actions() if action.text() == "Keep this view…").trigger()
    dialog = page.window().findChild(NameDialog)
    qtbot.keyClicks(dialog.name, "Rye lately")
    qtbot.keyClick(dialog.name, Qt.Key.Key_Return)
    settle(qtbot, session)
    press(session, qtbot, page.filters, "Show all")
    assert len(rows(page)) == 12
    page.filters._fill_views(menu)
    menu.actions()[0].trigger()
    settle(qtbot, session)
    qtbot.waitUntil(lambda: len(rows(page)) == 2)
    assert (page.search.text(), page.filters.period.text()) == ("rye", "Last 30 days")
    page.filters._fill_views(menu)
    forget = next(action.menu() for action in menu.actions() if action.text() == "Forget a view")
    forget.actions()[0].trigger()
    settle(qtbot, session)
    assert session.file.value("SELECT count(*) FROM saved_filters") == 0


def test_what_is_searched_for_is_bold_and_in_view():
    text, found = excerpt(
        "a long story about the weather and the sea, and then the rye was sold out", read_search("rye")
    )
    assert text.startswith("… ")
    assert [text[start:end] for start, end in found] == ["rye"]
    assert excerpt("rye <b>first</b>", read_search("rye")) == ("rye <b>first</b>", [(0, 3)])


def test_several_are_changed_in_one_step(qtbot, session, page):
    page.table.select_row(0)
    page.table.setFocus()
    for _time in range(3):
        qtbot.keyClick(page.table, Qt.Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)
    assert page.side.currentWidget() is page.bulk
    assert page.bulk.heading.text() == "4 selected"
    page.bulk._set("Change the kind", "kind", "praise")
    settle(qtbot, session)
    settle(qtbot, session)
    assert session.file.value("SELECT count(*) FROM entries WHERE kind = 'praise'") == 4
    assert [page.table.rows.row(number).kind for number in range(5)] == ["praise"] * 4 + ["comment"]
    session.undo()
    settle(qtbot, session)
    assert session.file.value("SELECT count(*) FROM entries WHERE kind = 'praise'") == 0


def test_all_that_the_filter_shows_is_deleted_after_asking_only_where_it_is_much(qtbot, session, page, monkeypatch):
    answers = Answers()
    monkeypatch.setattr(ask, "prompts", answers)
    choose(page.filters.channel, "Phone")
    settle(qtbot, session)
    page.table.setFocus()
    qtbot.keyClick(page.table, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    qtbot.keyClick(page.table, Qt.Key.Key_Delete)
    settle(qtbot, session)
    settle(qtbot, session)
    assert answers.asked == []
    assert session.file.value("SELECT count(*) FROM entries") == 8
    session.undo()
    settle(qtbot, session)
    assert session.file.value("SELECT count(*) FROM entries") == 12


def test_columns_with_nothing_in_them_do_not_show(qtbot, qapp, tmp_path):
    file = make_business(tmp_path / "plain.cvdesk", Business("Plain"))
    file.run("Fill", lambda op: store.save(op, Entry(date=TODAY - timedelta(days=1), text="only words")))
    plain = make_session(qapp, file, TODAY)
    page = show(qtbot, plain)
    assert [page.table.isColumnHidden(place) for place in range(6)] == [False, True, False, True, True, True]
    file.run("Fill", lambda op: store.save(op, Entry(date=TODAY, text="off the scale", rating_raw="11 of 10")))
    page.refresh()
    assert not page.table.isColumnHidden(3)
    assert page.table.rows.data(page.table.rows.index(0, 3)) == "11 of 10"
    page.close()
    plain.close()


def test_a_file_open_elsewhere_can_be_read_but_not_changed(qtbot, qapp, session):
    second = make_session(qapp, open_file(session.file.path), TODAY)
    page = show(qtbot, second)
    assert len(rows(page)) == 12
    assert page.capture.line.isReadOnly()
    page.table.select_row(0)
    page.table.setFocus()
    qtbot.keyClick(page.table, Qt.Key.Key_Delete)
    qtbot.keyClick(page.table, Qt.Key.Key_Return)
    settle(qtbot, second)
    assert page.window().findChild(EditDialog) is None
    QApplication.processEvents()
    assert not button_named(page.card, "Edit").isEnabled()
    assert len(rows(page)) == 12
    page.close()
    second.close()


def test_the_first_entry_is_asked_for_where_there_is_none(qtbot, qapp, tmp_path):
    empty = make_session(qapp, make_business(tmp_path / "new.cvdesk", Business("New")), TODAY)
    page = show(qtbot, empty)
    assert page.empty.isVisible()
    assert not page.table.isVisible()
    button_named(page.empty, "Log the first one").click()
    assert page.capture.line.hasFocus()
    page.close()
    empty.close()
