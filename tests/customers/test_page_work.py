"""The Customers page at work: limits and views, several at once, contacts and purchases, duplicates, drafts."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from threading import current_thread
from typing import cast

import pytest
from PySide6.QtCore import QItemSelectionModel, Qt
from PySide6.QtWidgets import QComboBox, QMenu, QPushButton, QRadioButton, QWidget

from cvdesk.catalogue.records import Business
from cvdesk.customers import store, store_duplicates, store_merge
from cvdesk.customers.form_touch import TouchForm
from cvdesk.customers.page import CustomersPage
from cvdesk.customers.page_card import CustomerCard
from cvdesk.customers.page_list import COMPLAINTS, RISK
from cvdesk.customers.page_work import DRAFT
from cvdesk.customers.records import Contact, Customer
from cvdesk.customers.store_card import card
from cvdesk.customers.store_risk import points
from cvdesk.customers.store_views import views
from cvdesk.db import BusinessFile, open_file
from cvdesk.exchange.new import make_business
from tests.customers.test_page import keyboard, names, unnamed
from tests.pages import catch_errors, make_session, said, settle

TODAY = date(2026, 11, 21)
MARIA = Customer("Maria Alvarez", address="12 Harbour St", city="Leith", birthday=date(1980, 3, 12),
                 contacts=(Contact("phone", "020 7946 0018", "shop"), Contact("phone", "12 34")))  # fmt: skip
MARI = Customer("Mari Alvares", address="12 Harbour Street", city="Leith", birthday=date(1980, 3, 21))


@pytest.fixture
def file(tmp_path: Path) -> Iterator[BusinessFile]:
    with make_business(tmp_path / "bakery.cvdesk", Business("Harbour Bakery")) as made:
        yield made


@pytest.fixture
def ids(file: BusinessFile) -> dict[str, int]:
    def work(op):
        ids = {name: store.save(op, Customer(name)) for name in ("Ana Ruiz", "Bo Lind", "Cy Twombly")}
        ids |= {one.name: store.save(op, one) for one in (MARIA, MARI)}
        op.insert("complaints", {"customer_id": ids["Bo Lind"], "date": "2026-11-01", "number": 1, "text": "cold"})
        op.insert("entries", {"customer_id": ids["Bo Lind"], "date": "2026-10-01", "text": "lovely"})
        for days in (82, 68, 54, 40):
            day = (TODAY - timedelta(days=days)).isoformat()
            op.insert("purchases", {"customer_id": ids["Cy Twombly"], "date": day, "amount_minor": 250})
        return ids

    made: dict[str, int] = file.run("Fill", work).result
    return made


@pytest.fixture
def show(qtbot, qapp):
    pages: list[CustomersPage] = []

    def made(file: BusinessFile) -> CustomersPage:
        page = CustomersPage(make_session(qapp, file, TODAY))
        pages.append(page)
        qtbot.addWidget(page)
        page.resize(1280, 760)
        page.show()
        page.activateWindow()
        qtbot.waitExposed(page)
        qtbot.waitUntil(page.isActiveWindow)
        settle(qtbot, page.session)
        return page

    yield made
    for page in pages:
        page.close()
        page.session.close()


@pytest.fixture
def page(show, file, ids) -> CustomersPage:
    made: CustomersPage = show(file)
    return made


def press(qtbot, where: QWidget, name: str) -> None:
    """Presses the button of this text or name with the space bar."""
    found = [one for one in where.findChildren(QPushButton)
             if one.isVisibleTo(where) and name in (one.text(), one.accessibleName())]  # fmt: skip
    assert len(found) == 1, (name, [one.accessibleName() for one in where.findChildren(QPushButton)])
    qtbot.keyClick(found[0], Qt.Key.Key_Space)


def choose(button: QPushButton, *path: str) -> None:
    """Opens the menu of a button and chooses down a path of entries."""
    menu = button.menu()
    assert menu is not None
    menu.aboutToShow.emit()
    for name in path[:-1]:
        action = next(action for action in menu.actions() if action.text() == name)
        menu = cast(QMenu, action.menu())
    next(action for action in menu.actions() if action.text() == path[-1]).trigger()


def select(qtbot, page: CustomersPage, *wanted: str) -> None:
    flags = QItemSelectionModel.SelectionFlag
    page.table.clearSelection()
    for place, name in enumerate(names(page)):
        if name in wanted:
            page.table.selectionModel().select(page.table.rows.index(place, 0), flags.Select | flags.Rows)
    qtbot.waitUntil(lambda: "selected" in said(page._side))


def show_one(qtbot, page: CustomersPage, customer: int) -> None:
    page.show_record(customer)
    settle(qtbot, page.session)


def test_the_sheet_of_a_customer_is_asked_of_the_reports(page, file, qtbot):
    bo = file.value("SELECT id FROM customers WHERE name = 'Bo Lind'")
    show_one(qtbot, page, bo)
    asked: list[object] = []
    page.session.open_requested.connect(lambda table, record: asked.append((table, record)))
    choose(page._side.findChild(CustomerCard).more, "Print customer sheet")
    assert asked == [("reports", ("customer", bo))]


# Limits and views


def test_a_limit_is_shown_as_a_chip_that_takes_it_away(page, qtbot):
    choose(page.board.bar.filters, "Complaints", "With an open one")
    assert names(page) == ["Bo Lind"]
    assert page.board.found.text() == "1 of 5"
    press(qtbot, page.board.bar.chips, "Complaints: With an open one. Press to take this away")
    assert len(names(page)) == 5


def test_a_press_on_a_heading_sorts_and_another_turns_round(page, qtbot):
    header = page.table.horizontalHeader()
    header.sectionClicked.emit(COMPLAINTS)
    assert names(page)[0] == "Bo Lind"
    header.sectionClicked.emit(COMPLAINTS)
    assert names(page)[-1] == "Bo Lind"
    choose(page.board.bar.filters, "Sort by", "Name")
    assert names(page)[0] == "Ana Ruiz"


def test_a_view_is_kept_chosen_renamed_and_removed(page, file, qtbot):
    choose(page.board.bar.filters, "Not heard of for", "3 months")
    choose(page.board.bar.views, "Keep this view…")
    qtbot.keyClicks(keyboard(page), "Gone quiet")
    qtbot.keyClick(keyboard(page), Qt.Key.Key_Return)
    settle(qtbot, page.session)
    assert [view.name for view in views(file)] == ["Gone quiet"]
    choose(page.board.bar.views, "Everyone")
    assert len(names(page)) == 5
    choose(page.board.bar.views, "Gone quiet")
    assert names(page) == ["Ana Ruiz", "Mari Alvares", "Maria Alvarez"]
    choose(page.board.bar.views, "Rename a view", "Gone quiet…")
    qtbot.keyClicks(keyboard(page), "Quiet")
    qtbot.keyClick(keyboard(page), Qt.Key.Key_Return)
    settle(qtbot, page.session)
    assert [view.name for view in views(file)] == ["Quiet"]
    choose(page.board.bar.views, "Remove a view", "Quiet")
    settle(qtbot, page.session)
    assert views(file) == []


# Who may stay away


def test_who_may_stay_away_is_in_the_list_and_why_on_the_card(page, file, ids, qtbot):
    row = names(page).index("Cy Twombly")
    assert page.table.rows.index(row, RISK).data() == "Watch"
    choose(page.board.bar.filters, "May stay away", "Watch")
    assert names(page) == ["Cy Twombly"]
    show_one(qtbot, page, ids["Cy Twombly"])
    assert "Watch, 2 points" in said(page.card)
    assert "Usually buys every 14 days; nothing for 40 days" in said(page.card)


def test_what_counts_as_at_risk_can_be_changed(page, file, ids, qtbot):
    show_one(qtbot, page, ids["Cy Twombly"])
    choose(page.card.more, "What counts as at risk…")
    form = page.work.points_form
    form._fields["very_late_points"].setText("four")
    qtbot.keyClick(keyboard(page), Qt.Key.Key_Return)
    assert "Write a number, such as 2." in said(form)
    form._fields["very_late_points"].setText("4")
    qtbot.keyClick(keyboard(page), Qt.Key.Key_Return)
    settle(qtbot, page.session)
    assert points(file).very_late_points == 4
    assert page.table.rows.index(names(page).index("Cy Twombly"), RISK).data() == "At risk"


# Several at once


def test_several_get_a_tag_in_one_step(page, file, ids, qtbot):
    select(qtbot, page, "Ana Ruiz", "Bo Lind")
    fields = page._side.findChildren(QComboBox)
    fields[0].setCurrentText("Regular")
    press(qtbot, page._side, "Add this tag to all selected")
    settle(qtbot, page.session)
    assert file.value("SELECT count(*) FROM customer_tags") == 2
    page.session.undo()
    settle(qtbot, page.session)
    assert file.value("SELECT count(*) FROM customer_tags") == 0
    assert file.value("SELECT count(*) FROM tags") == 0


def test_several_are_deleted_with_one_key_and_brought_back(page, ids, qtbot):
    page.table.setFocus()
    select(qtbot, page, "Ana Ruiz", "Bo Lind", "Cy Twombly")
    assert unnamed(page) == []
    with qtbot.waitSignal(page.session.said) as told:
        qtbot.keyClick(page.table, Qt.Key.Key_Delete)
    settle(qtbot, page.session)
    assert told.args == ["3 customers deleted; what was said stays, without the name", True]
    assert names(page) == ["Mari Alvares", "Maria Alvarez"]
    page.session.undo()
    settle(qtbot, page.session)
    assert len(names(page)) == 5


def test_one_taken_out_of_several_leaves_the_other_to_be_worked_on(page, ids, qtbot):
    def click(place: int, keys: Qt.KeyboardModifier) -> None:
        where = page.table.visualRect(page.table.rows.index(place, 0)).center()
        qtbot.mouseClick(page.table.viewport(), Qt.MouseButton.LeftButton, keys, where)

    control = Qt.KeyboardModifier.ControlModifier
    click(0, Qt.KeyboardModifier.NoModifier)
    click(1, control)
    qtbot.waitUntil(lambda: "selected" in said(page._side))
    click(1, control)
    qtbot.waitUntil(lambda: page.table.currentIndex().row() == 0)
    settle(qtbot, page.session)
    assert page.card.accessibleName() == "Ana Ruiz"
    page.delete_customer()
    settle(qtbot, page.session)
    assert names(page) == ["Bo Lind", "Cy Twombly", "Mari Alvares", "Maria Alvarez"]


def test_what_a_form_says_is_read_by_the_window_and_not_by_the_writer(page, ids, qtbot, monkeypatch):
    readers: list[str] = []
    record = TouchForm.record
    monkeypatch.setattr(TouchForm, "record", lambda form: readers.append(current_thread().name) or record(form))
    show_one(qtbot, page, ids["Bo Lind"])
    choose(page.card.more, "Note a contact…")
    qtbot.keyClicks(page.work.small_form.note, "Rang about the cake")
    page.work.small_form.submitted.emit()
    settle(qtbot, page.session)
    assert set(readers) == {current_thread().name}
    assert "Rang about the cake" in said(page.card)


def test_who_is_no_customer_any_more_leaves_the_list_but_is_found(page, ids, qtbot):
    select(qtbot, page, "Ana Ruiz", "Bo Lind")
    press(qtbot, page._side, "No customers any more")
    settle(qtbot, page.session)
    assert names(page) == ["Cy Twombly", "Mari Alvares", "Maria Alvarez"]
    show_one(qtbot, page, ids["Ana Ruiz"])
    assert len(names(page)) == 5
    assert "no customer any more" in said(page.card)


def test_the_list_as_it_is_shown_goes_to_the_export(page, ids, qtbot):
    page.board.search.setText("alva")
    with qtbot.waitSignal(page.session.open_requested) as asked:
        page.export_list()
    wanted = {"table": "customers", "title": "Customers", "ids": [ids["Mari Alvares"], ids["Maria Alvarez"]]}
    assert asked.args == ["command", ("export-list", wanted)]


# The card


def test_ways_to_reach_somebody_are_written_as_people_do_and_wrong_ones_marked(page, ids, qtbot):
    show_one(qtbot, page, ids["Maria Alvarez"])
    assert "020 7946 0018 (shop)" in said(page.card)
    assert "12 34 – check this number" in said(page.card)


def test_a_contact_and_a_purchase_are_noted_on_the_card(page, file, ids, qtbot):
    show_one(qtbot, page, ids["Ana Ruiz"])
    choose(page.card.more, "Note a contact…")
    page.work.small_form.note.setPlainText("rang about the cake")
    qtbot.keyClick(keyboard(page), Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    settle(qtbot, page.session)
    assert "rang about the cake" in said(page.card)
    choose(page.card.more, "Add a purchase…")
    form = page.work.small_form
    form.amount.setText("twelve")
    form.submitted.emit()
    assert "Write an amount, such as 12.50." in said(form)
    form.amount.setText("1.250,50")
    form.submitted.emit()
    settle(qtbot, page.session)
    assert card(file, ids["Ana Ruiz"]).spent_minor == 125050
    assert "1 purchase for £1,250.50" in said(page.card)


def test_the_timeline_can_be_limited_to_one_kind_and_stays_so(page, ids, qtbot):
    show_one(qtbot, page, ids["Bo Lind"])
    assert "“lovely”" in said(page.card)
    choose(page.card.timeline.kind, "Complaints")
    settle(qtbot, page.session)
    assert "“lovely”" not in said(page.card)
    assert "Complaint #1" in said(page.card)
    page.refresh()
    settle(qtbot, page.session)
    assert page.card.timeline.kind.value == "complaints"


# Half-typed forms


def test_what_is_half_typed_survives_a_crash(show, file, ids, qtbot):
    page = show(file)
    show_one(qtbot, page, ids["Bo Lind"])
    page.edit_customer()
    qtbot.keyClicks(page.form.notes, "Allergic to nuts")
    page.form.segment.setCurrentText("Walkers")
    qtbot.waitUntil(lambda: "nuts" in file.draft(DRAFT))
    again = show(file)
    assert again.form.notes.toPlainText() == "Allergic to nuts"
    assert again.form.segment_name() == "Walkers"
    assert "It has not been saved yet" in said(again.form)
    again.form.submitted.emit()
    settle(qtbot, again.session)
    assert store.get(file, ids["Bo Lind"]).notes == "Allergic to nuts"
    assert file.draft(DRAFT) == ""


def test_a_form_that_was_left_is_not_opened_again(show, file, ids, qtbot):
    page = show(file)
    page.new_customer()
    qtbot.keyClicks(page.form.name, "Nobody")
    qtbot.waitUntil(lambda: "Nobody" in file.draft(DRAFT))
    qtbot.keyClick(page.form.name, Qt.Key.Key_Escape)
    settle(qtbot, page.session)
    assert file.draft(DRAFT) == ""


def test_saving_what_changes_nothing_leaves_no_draft_behind(show, file, ids, qtbot):
    page = show(file)
    show_one(qtbot, page, ids["Bo Lind"])
    page.edit_customer()
    qtbot.keyClicks(page.form.city, "   ")
    qtbot.waitUntil(lambda: file.draft(DRAFT) != "")
    page.form.submitted.emit()
    settle(qtbot, page.session)
    assert page._side.form is None
    assert file.draft(DRAFT) == ""


def test_a_draft_that_cannot_be_read_is_passed_over(show, file, ids):
    for text in ("{", "[]", json.dumps({"kind": "touch", "id": 7, "fields": {"note": "x"}})):
        file.save_draft(DRAFT, text)
        assert show(file)._side.form is None


def test_a_customer_deleted_while_being_edited_can_be_saved_as_a_new_one(page, file, ids, qtbot, monkeypatch):
    shown = catch_errors(monkeypatch)
    show_one(qtbot, page, ids["Bo Lind"])
    page.edit_customer()
    page.form.city.setText("Granton")
    file.run("Delete", lambda op: store.delete(op, ids["Bo Lind"]))
    page.form.submitted.emit()
    settle(qtbot, page.session)
    assert "This customer was deleted meanwhile. Save again to add a new one." in said(page.form)
    page.form.submitted.emit()
    settle(qtbot, page.session)
    assert shown == []
    assert file.value("SELECT city FROM customers WHERE name = 'Bo Lind'") == "Granton"


def test_a_card_says_when_there_is_more_than_it_shows(page, file, ids, qtbot):
    def work(op):
        for _n in range(401):
            op.insert("entries", {"customer_id": ids["Bo Lind"], "date": "2026-09-01", "text": "again"})

    file.run("Fill", work)
    show_one(qtbot, page, ids["Bo Lind"])
    more = "Only the latest 400 things are looked at here"
    assert more not in said(page.card)
    while page.card.timeline._more.isVisible():
        page.card.timeline._more.click()
    assert more in said(page.card)


# Duplicates


def test_possible_duplicates_are_shown_side_by_side_and_merged_by_keys(page, file, ids, qtbot):
    press(qtbot, page, "Possible duplicates (1)")
    view = page.look.view
    assert "They share: names alike, birthdays alike but for a digit, the same address" in said(view)
    assert unnamed(page) == []
    born = next(one for one in view.findChildren(QRadioButton) if one.text() == "21 Mar 1980")
    qtbot.keyClick(born, Qt.Key.Key_Space)
    with qtbot.waitSignal(page.session.said) as told:
        qtbot.keyClick(view.merge, Qt.Key.Key_Return)
    settle(qtbot, page.session)
    assert told.args == ["Both are Maria Alvarez now", True]
    one = store.get(file, ids["Maria Alvarez"])
    assert (one.birthday, one.address, one.nicknames) == (date(1980, 3, 21), "12 Harbour St", ("Mari Alvares",))
    assert names(page) == ["Ana Ruiz", "Bo Lind", "Cy Twombly", "Maria Alvarez"]
    assert not page._twice.isVisible()
    assert "Merged with Mari Alvares" in said(page.card)


def test_merged_ones_are_taken_apart_from_the_card_and_what_came_since_is_said(page, file, ids, qtbot):
    kept, other = ids["Maria Alvarez"], ids["Mari Alvares"]
    file.run("Merge", lambda op: store_merge.merge(op, kept, other))
    file.run("Log", lambda op: op.insert("entries", {"customer_id": kept, "date": "2026-11-20", "text": "new"}))
    page.session.announce_all()
    show_one(qtbot, page, kept)
    with qtbot.waitSignal(page.session.said) as told:
        press(qtbot, page.card, "Take apart from Mari Alvares")
    settle(qtbot, page.session)
    assert told.args[0] == (
        "Maria Alvarez and Mari Alvares are two again."
        " Since then came 1 piece of feedback: that stays with Maria Alvarez."
    )
    assert "Mari Alvares" in names(page)


def test_two_who_are_not_the_same_are_not_shown_again(page, file, qtbot):
    page.show_record("duplicates")
    qtbot.keyClick(page.look.view.apart, Qt.Key.Key_Space)
    settle(qtbot, page.session)
    assert "Nobody seems to be here twice." in said(page.look.view)
    press(qtbot, page.look.view, "Back to the list")
    settle(qtbot, page.session)
    assert not page._twice.isVisible()
    assert page.board.isVisible()
    page.session.undo()
    settle(qtbot, page.session)
    assert page._twice.text() == "Possible duplicates (1)"


def test_among_very_many_duplicates_are_looked_for_when_asked(show, file, ids, qtbot, monkeypatch):
    monkeypatch.setattr(store_duplicates, "MOST_BY_ITSELF", 3)
    page = show(file)
    press(qtbot, page, "Look for duplicates")
    assert "Looking for customers who are here twice…" in said(page.look.view)
    settle(qtbot, page.session)
    assert "Maria Alvarez and Mari Alvares" in said(page.look.view)
    assert page._twice.text() == "Possible duplicates (1)"


def test_later_leaves_the_pair_for_another_time(page, qtbot):
    page.show_record("duplicates")
    qtbot.keyClick(page.look.view.later, Qt.Key.Key_Space)
    assert page.board.isVisible()
    assert page._twice.isVisible()


def test_one_deleted_meanwhile_ends_the_comparison(page, file, ids, qtbot, monkeypatch):
    shown = catch_errors(monkeypatch)
    page.show_record("duplicates")
    file.run("Delete", lambda op: store.delete(op, ids["Mari Alvares"]))
    with qtbot.waitSignal(page.session.said) as told:
        qtbot.keyClick(page.look.view.merge, Qt.Key.Key_Space)
    settle(qtbot, page.session)
    assert told.args[0] == "One of the two was deleted meanwhile."
    assert shown == []


def test_two_the_owner_knows_to_be_one_are_compared(page, file, ids, qtbot):
    show_one(qtbot, page, ids["Ana Ruiz"])
    choose(page.card.more, "Merge with another…")
    qtbot.keyClicks(keyboard(page), "Bo Lind")
    qtbot.keyClick(keyboard(page), Qt.Key.Key_Return)
    assert "Ana Ruiz and Bo Lind" in said(page.look.view)
    qtbot.keyClick(page.look.view.merge, Qt.Key.Key_Space)
    settle(qtbot, page.session)
    assert names(page)[0] == "Ana Ruiz"
    assert card(file, ids["Ana Ruiz"]).entries == 1


def test_a_file_that_may_only_be_read_shows_everything_and_changes_nothing(show, file, ids, qtbot):
    path = file.path
    file.close()
    with open_file(path, read_only=True) as reading:
        page = show(reading)
        page.show_record(ids["Bo Lind"])
        settle(qtbot, page.session)
        assert "“lovely”" in said(page.card)
        page.show_record("duplicates")
        assert not page.look.view.merge.isEnabled()
        page.delete_customer()
        page.close()
        page.session.close()
