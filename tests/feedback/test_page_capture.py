"""The line that logs, by keys: what was recognised, changed and logged, taken back, and kept when half-typed."""

from contextlib import closing

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QShowEvent

from cvdesk.catalogue import store as catalogue
from cvdesk.catalogue.records import Business
from cvdesk.customers import store as customers
from cvdesk.customers.records import Customer
from cvdesk.db import open_file
from cvdesk.errors import UserError
from cvdesk.exchange.new import make_business
from cvdesk.feedback import store
from cvdesk.feedback.store_capture import CHANGED, DRAFT
from tests.desk import TODAY
from tests.feedback.capturing import Place
from tests.figures.shop import add_customer
from tests.pages import catch_errors, make_session, settle

LINE = "maria alvarez: bread arrived late again, 2 stars, phone, yesterday"


@pytest.fixture
def session(qapp, tmp_path):
    made = make_session(qapp, make_business(tmp_path / "shop.cvdesk", Business("Corner shop")), TODAY)
    yield made
    made.close()


@pytest.fixture
def place(qtbot, session):
    return Place(qtbot, session)


def test_a_typed_line_shows_what_was_understood_before_enter(place):
    place.type(LINE)
    shown = place.words()
    assert shown["Customer"] == "New: Maria Alvarez"
    assert shown["Rating"].endswith("2 of 5")
    assert shown["Channel"] == "Phone"
    assert shown["Date"] == "yesterday"
    assert shown["Theme"].startswith("Delivery and appointments")
    assert place.count() == 0


def test_enter_logs_and_the_line_is_free_for_the_next(place, session, qtbot):
    place.type(LINE)
    said = []
    session.said.connect(lambda text, undo: said.append((text, undo)))
    ids = place.log()
    entry = store.get(session.file, ids.entry_id)
    assert (entry.text, entry.rating) == ("bread arrived late again", 2.0)
    assert place.bar.line.text() == ""
    assert place.chips() == {}
    assert not place.bar.log_button.isEnabled()
    assert said == [("Logged: bread arrived late again", True)]
    place.type("tom reed: lovely rolls, 5 stars")
    place.log()
    assert place.count() == 2
    session.undo()
    settle(qtbot, session)
    assert session.file.value("SELECT text FROM entries") == "bread arrived late again"


def test_enter_right_after_a_new_customer_reads_the_next_line_against_them(place, qtbot, session):
    place.type("ana ruiz: card machine slow")
    qtbot.keyClick(place.bar.line, Qt.Key.Key_Return)
    place.type("ana ruiz: still slow")
    qtbot.keyClick(place.bar.line, Qt.Key.Key_Return)
    settle(qtbot, session)
    place.type("ana ruiz: better now")
    place.log()
    assert (place.count(), place.count("customers")) == (3, 1)


def test_what_was_recognised_can_be_changed_before_it_is_logged(qtbot, session, place):
    place.type(LINE)
    place.choose("Rating", "★★★★")
    place.choose("Channel", "Email")
    place.choose("Date", "today")
    place.choose("Customer", "Anonymous")
    qtbot.mouseClick(place.chips()["Complaint"], Qt.MouseButton.LeftButton)
    assert place.words()["Complaint"] == "Complaint"
    assert place.bar.line.hasFocus()
    place.type(" and cold")
    assert place.words()["Channel"] == "Email"
    ids = place.log()
    entry = store.get(session.file, ids.entry_id)
    assert (entry.rating, entry.date, entry.customer_id) == (4.0, TODAY, None)
    channels = {one.id: one.name for one in catalogue.named(session.file, "channels")}
    assert channels[entry.channel_id] == "Email"
    assert ids.complaint_id is not None


def test_changes_by_hand_are_forgotten_with_the_line(place):
    place.type(LINE)
    place.choose("Rating", "No rating")
    place.log()
    place.type(LINE)
    assert place.words()["Rating"].endswith("2 of 5")


def test_several_customers_who_fit_are_asked_about_not_guessed(qtbot, session, place):
    for name in ("Maria Alvarez", "Maria Alvarado"):
        session.run("Add", lambda op, name=name: add_customer(op, name))
    settle(qtbot, session)
    place.type("maria: good bread")
    assert place.words()["Customer"] == "Which one?"
    with qtbot.assertNotEmitted(place.bar.logged):
        qtbot.keyClick(place.bar.line, Qt.Key.Key_Return)
    assert place.bar.note.text() == "Several customers fit this name. Choose which one."
    assert place.bar.line.text() == "maria: good bread"
    place.choose("Customer", "Maria Alvarado")
    entry = store.get(session.file, place.log().entry_id)
    assert session.file.value("SELECT name FROM customers WHERE id = ?", (entry.customer_id,)) == "Maria Alvarado"


def test_two_of_the_same_name_are_told_apart_and_may_stay_anonymous(qtbot, session, place):
    for city in ("Hove", "Lewes"):
        session.run("Add", lambda op, city=city: customers.save(op, Customer("Jo Park", city=city)))
    settle(qtbot, session)
    place.type("jo park: good bread")
    assert place.options("Customer") == [
        "Jo Park · Hove", "Jo Park · Lewes", "New customer: Jo Park", "Anonymous",
    ]  # fmt: skip
    place.choose("Customer", "Anonymous")
    assert store.get(session.file, place.log().entry_id).customer_id is None
    place.type("jo park: good bread")
    place.choose("Customer", "New customer: Jo Park")
    place.log()
    assert place.count("customers") == 3


def test_a_name_with_a_typing_error_is_shown_as_a_question_and_may_be_somebody_new(qtbot, session, place):
    session.run("Add", lambda op: add_customer(op, "Katherine Bell"))
    settle(qtbot, session)
    place.type("catherine bell: good bread")
    assert place.words()["Customer"] == "Katherine Bell?"
    place.choose("Customer", "New customer: Catherine Bell")
    place.log()
    assert place.count("customers") == 2


def test_a_customer_deleted_meanwhile_is_not_logged_to(qtbot, session, place):
    for name in ("Jo Park", "Jo Reed"):
        session.run("Add", lambda op, name=name: add_customer(op, name))
    settle(qtbot, session)
    place.type("jo: good bread")
    place.choose("Customer", "Jo Reed")
    gone = session.file.value("SELECT id FROM customers WHERE name = 'Jo Reed'")
    session.run("Delete", lambda op: customers.delete(op, gone))
    settle(qtbot, session)
    assert place.words()["Customer"] == "Jo Park"


def test_half_typed_words_and_changes_are_there_after_a_crash(qtbot, session, place):
    place.type("maria alvarez: nuts in the bread")
    place.choose("Rating", "★★")
    place.ctrl_shift(Qt.Key.Key_S)
    qtbot.keyClicks(place.holder.focusWidget(), "Tuesday's")
    qtbot.waitUntil(lambda: "Tuesday" in session.file.draft(CHANGED))
    with closing(open_file(session.file.path)) as crashed:
        assert crashed.draft(DRAFT) == "maria alvarez: nuts in the bread"
    again = Place(qtbot, session)
    assert again.bar.line.text() == "maria alvarez: nuts in the bread"
    assert again.words()["Rating"].endswith("2 of 5")
    assert again.bar.safety.answers()["safety_batch"] == "Tuesday's"


def test_a_spoilt_draft_of_changes_costs_only_itself(qtbot, session):
    session.save_draft(DRAFT, "good bread")
    session.save_draft(CHANGED, '{"rating": "five"')
    again = Place(qtbot, session)
    assert again.bar.line.text() == "good bread"
    assert again.words()["Rating"] == "No rating"


def test_leaving_keeps_the_words_typed_a_moment_ago_and_the_other_line_has_them(qtbot, session, place):
    other = Place(qtbot, session)
    other.holder.hide()
    place.holder.activateWindow()
    place.bar.focus_line()
    place.type("tom: thin sl")
    place.holder.hide()
    assert session.draft(DRAFT) == "tom: thin sl"
    other.holder.show()
    assert other.bar.line.text() == "tom: thin sl"
    other.type("ices today")
    other.log()
    place.holder.show()
    assert place.bar.line.text() == ""


def test_a_window_that_comes_back_does_not_take_words_away_that_are_being_typed(place):
    place.type("just typed")
    place.bar.showEvent(QShowEvent())
    assert place.bar.line.text() == "just typed"


def test_a_logged_line_is_no_draft_any_more(qtbot, session, place):
    place.type("good bread")
    qtbot.waitUntil(lambda: session.file.draft(DRAFT) == "good bread")
    place.log()
    assert session.file.draft(DRAFT) == ""
    session.undo()
    settle(qtbot, session)
    assert session.file.draft(DRAFT) == ""


def test_a_line_that_could_not_be_saved_comes_back_and_says_why(qtbot, session, place, monkeypatch):
    def full(op, captured, **_about):
        raise UserError("The disk is full.", "Make room and try again.")

    monkeypatch.setattr(store, "save_captured", full)
    place.type(LINE)
    place.choose("Rating", "No rating")
    qtbot.keyClick(place.bar.line, Qt.Key.Key_Return)
    assert place.bar.line.text() == ""
    settle(qtbot, session)
    assert place.bar.line.text() == LINE
    assert place.words()["Rating"] == "No rating"
    assert "The disk is full." in place.bar.note.text()
    assert place.count() == 0


def test_a_line_that_left_before_it_was_saved_is_saved_all_the_same(qtbot, session, place, monkeypatch):
    shown = catch_errors(monkeypatch)
    place.type("good bread")
    qtbot.keyClick(place.bar.line, Qt.Key.Key_Return)
    place.holder.close()
    with qtbot.waitSignal(place.bar.destroyed):
        place.bar.deleteLater()
    settle(qtbot, session)
    assert place.count() == 1
    assert shown == []


def test_a_date_yet_to_come_is_refused_beside_the_line_until_it_is_changed(qtbot, session, place):
    place.type("good bread, 2027-05-01")
    with qtbot.assertNotEmitted(place.bar.logged):
        qtbot.keyClick(place.bar.line, Qt.Key.Key_Return)
    assert "still to come" in place.bar.note.text()
    assert place.count() == 0
    place.choose("Date", "today")
    assert store.get(session.file, place.log().entry_id).date == TODAY


def test_an_empty_line_logs_nothing(qtbot, place):
    place.type("   ")
    qtbot.keyClick(place.bar.line, Qt.Key.Key_Return)
    assert place.count() == 0


def test_markup_in_a_line_is_shown_as_it_was_typed(session, place):
    place.type("<b>ann & bob</b>: <img src=x> fine")
    ids = place.log()
    assert "<img src=x>" in store.get(session.file, ids.entry_id).text


def test_who_is_at_the_desk_logged_it(qtbot, session, place):
    ruth = session.file.run("Staff", lambda op: op.insert("staff", {"name": "Ruth"})).result
    session.set_staff((ruth, "Ruth"))
    place.type("good bread")
    assert store.get(session.file, place.log().entry_id).staff_id == ruth
