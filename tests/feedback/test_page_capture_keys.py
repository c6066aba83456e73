"""The capture line with the keyboard alone: how few keys it takes, chips, marks, safety questions, promises."""

from datetime import date

import pytest
from PySide6.QtCore import Qt, QTimer

from cvdesk.catalogue.records import Business
from cvdesk.exchange.new import make_business
from cvdesk.feedback import store
from cvdesk.themes import store as themes
from tests.desk import TODAY
from tests.feedback.capturing import Place
from tests.figures.shop import add_customer
from tests.pages import make_session, settle

EXAMPLE = "maria alvarez: bread late again, 2 stars, phone, yesterday #late"


@pytest.fixture
def session(qapp, tmp_path):
    made = make_session(qapp, make_business(tmp_path / "shop.cvdesk", Business("Corner shop")), TODAY)
    yield made
    made.close()


@pytest.fixture
def place(qtbot, session):
    def set_up(op):
        for name in ("Maria Alvarez", "Jo Park", "Ben Okri"):
            add_customer(op, name)
        like = next(theme for theme in themes.themes(op) if theme.factor_key == "delivery")
        themes.add_theme_like(op, "Late delivery", like.id)

    session.file.run("Set up", set_up)
    return Place(qtbot, session)


class Counted:
    """Presses keys one by one and counts them; Shift does not count."""

    def __init__(self, place: Place) -> None:
        self.place, self.keys = place, 0

    def type(self, text: str) -> None:
        for mark in text:
            self.place.type(mark)
            self.keys += 1

    def press(self, key: Qt.Key) -> None:
        self.place.key(key)
        self.keys += 1


def logged(place, session):
    settle(place.qtbot, session)
    found = session.file.row("SELECT id FROM entries ORDER BY id DESC LIMIT 1")
    entry = store.get(session.file, found["id"])
    who = session.file.value("SELECT name FROM customers WHERE id = ?", (entry.customer_id,))
    channel = session.file.value("SELECT key FROM channels WHERE id = ?", (entry.channel_id,))
    about = [row[0] for row in session.file.rows("SELECT name FROM themes WHERE id IN (SELECT theme_id FROM"
             " entry_themes WHERE entry_id = ? AND state = 'confirmed')", (entry.id,))]  # fmt: skip
    return who, entry.text, entry.rating, channel, entry.date, about


MEANT = ("Maria Alvarez", "bread late again", 2.0, "phone", date(2026, 11, 20), ["Late delivery"])


def test_the_example_takes_at_most_65_keys_in_full(place, session):
    counted = Counted(place)
    counted.type(EXAMPLE)
    counted.press(Qt.Key.Key_Return)
    assert counted.keys <= 65
    assert logged(place, session) == MEANT


def test_the_example_takes_fewer_than_40_keys_with_what_is_offered(place, session):
    counted = Counted(place)
    counted.type("ma")
    counted.press(Qt.Key.Key_Tab)
    counted.type("bread late again, 2*")
    counted.type(" ph")
    counted.type(" ye")
    counted.press(Qt.Key.Key_Tab)
    counted.type(" #la")
    counted.press(Qt.Key.Key_Right)
    assert place.bar.line.text() == "Maria Alvarez: bread late again, 2* ph yesterday #late-delivery"
    counted.press(Qt.Key.Key_Return)
    assert logged(place, session) == MEANT
    assert counted.keys < 40


def test_enter_never_takes_what_is_only_offered(place, session):
    place.type("good bread, ph")
    assert place.bar.line.offered is not None
    place.key(Qt.Key.Key_Return)
    assert logged(place, session)[1] == "good bread"
    place.type("ma")
    place.key(Qt.Key.Key_Return)
    assert logged(place, session)[:2] == (None, "ma")


def test_escape_puts_an_offer_away_and_another_is_shown_by_down(place, session):
    session.run("Add", lambda op: add_customer(op, "Mary Zed"))
    settle(place.qtbot, session)
    place.type("mar")
    first = place.bar.line.offered.said
    place.key(Qt.Key.Key_Down)
    second = place.bar.line.offered.said
    assert {first, second} == {"Maria Alvarez", "Mary Zed"}
    assert second in place.bar.line.accessibleDescription()
    place.key(Qt.Key.Key_Tab)
    assert place.bar.line.text() == f"{second}: "
    place.type("fine, ph")
    place.key(Qt.Key.Key_Escape)
    assert place.bar.line.offered is None
    assert place.bar.line.text().endswith("ph")


def test_an_offer_is_only_there_at_the_end_of_the_line(place):
    place.type("good bread, ph")
    place.key(Qt.Key.Key_Left)
    assert place.bar.line.offered is None
    place.key(Qt.Key.Key_Right)
    assert place.bar.line.text() == "good bread, ph"
    assert place.bar.line.offered is not None


def test_nothing_is_offered_where_it_could_not_be_seen(place):
    place.bar.set_line("jo park: טוב, ph")  # QTest types no Hebrew
    assert place.bar.line.offered is None
    place.bar.set_line("")
    place.type("jo park: " + "good bread " * 30 + ", ph")
    assert place.bar.line.offered is None
    place.key(Qt.Key.Key_Tab)
    assert not place.bar.line.hasFocus()


def test_down_goes_to_the_chips_arrows_along_them_and_escape_back(place):
    place.type("jo park: good bread")
    place.key(Qt.Key.Key_Down)
    chips = place.chips()
    assert place.holder.focusWidget() is chips["Customer"]
    place.key(Qt.Key.Key_Right)
    assert place.holder.focusWidget() is chips["Rating"]
    place.key(Qt.Key.Key_3)
    assert place.holder.focusWidget() is chips["Channel"]
    place.key(Qt.Key.Key_Left)
    place.key(Qt.Key.Key_Left)
    place.key(Qt.Key.Key_Left)
    assert place.holder.focusWidget() is chips["Complaint"]
    place.key(Qt.Key.Key_Space)
    assert place.words()["Complaint"] == "Complaint"
    assert place.bar.line.hasFocus()
    place.key(Qt.Key.Key_Down)
    place.key(Qt.Key.Key_Escape)
    assert place.bar.line.hasFocus()


def test_a_chip_is_opened_by_space_chosen_from_by_arrows_and_left_by_escape(qtbot, place):
    place.type("jo park: good bread")
    place.key(Qt.Key.Key_Tab)
    place.key(Qt.Key.Key_Right)
    menu = place.chips()["Rating"].menu()
    seen = []

    def choose():
        seen.append(menu.isVisible())
        qtbot.keyClick(menu, Qt.Key.Key_Down)
        qtbot.keyClick(menu, Qt.Key.Key_Down)
        qtbot.keyClick(menu, Qt.Key.Key_Return)

    QTimer.singleShot(0, choose)
    place.key(Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: bool(seen))
    assert place.words()["Rating"].endswith("4 of 5")
    assert place.holder.focusWidget() is place.bar.line


def test_complaint_and_safety_are_toggled_by_keys(place, session):
    place.type("jo park: nuts in the plain loaf")
    place.ctrl_shift(Qt.Key.Key_C)
    assert place.words()["Complaint"] == "Complaint"
    place.ctrl_shift(Qt.Key.Key_C)
    assert place.words()["Complaint"] == "Complaint?"
    assert place.bar.safety.isHidden()
    place.ctrl_shift(Qt.Key.Key_S)
    assert place.words()["Safety"] == "Safety"
    assert place.bar.safety.isVisible()


def test_safety_questions_are_answered_where_the_line_is_or_left_for_later(qtbot, place, session):
    place.type("jo park: nuts in the plain loaf")
    place.ctrl_shift(Qt.Key.Key_S)
    assert place.holder.focusWidget() is place.bar.safety.fields["safety_batch"]
    qtbot.keyClicks(place.holder.focusWidget(), "plain, Tuesday")
    place.key(Qt.Key.Key_Tab)
    qtbot.keyClicks(place.holder.focusWidget(), "the school order")
    place.key(Qt.Key.Key_Return)
    settle(qtbot, session)
    entry = store.get(session.file, session.file.value("SELECT id FROM entries"))
    assert (entry.safety, entry.safety_batch, entry.safety_others, entry.safety_told) == (
        True, "plain, Tuesday", "the school order", "",
    )  # fmt: skip
    assert place.bar.safety.isHidden()
    assert place.bar.line.hasFocus()
    place.type("ben okri: my son is allergic to nuts")
    assert place.words()["Safety"] == "Safety", "such words are marked by themselves"
    assert not place.bar.safety.isHidden()
    assert place.bar.safety.answers()["safety_batch"] == ""
    place.ctrl_shift(Qt.Key.Key_S)
    assert "Safety" not in place.words()


def test_whoever_types_without_a_pause_loses_no_more_than_a_moment(qtbot, place, session):
    place.type("jo park: the queue")
    assert place.bar._draft_timer.isActive()
    left = place.bar._draft_timer.remainingTime()
    qtbot.waitUntil(lambda: place.bar._draft_timer.remainingTime() < left)
    place.type(" was long again")
    assert place.bar._draft_timer.remainingTime() <= left, "a key does not put it off"
    qtbot.waitUntil(lambda: session.draft("capture") == "jo park: the queue was long again")


def test_a_line_that_comes_back_is_gone_on_with_and_not_typed_over(qtbot, place):
    place.type("jo park: half typed")
    place.bar.chips.setFocus()
    place.bar.line.setFocus(Qt.FocusReason.TabFocusReason)
    qtbot.keyClicks(place.bar.line, " words")
    assert place.bar.line.text() == "jo park: half typed words"


def test_a_promise_is_only_kept_when_it_was_confirmed(place, session):
    place.type("jo park: cold soup, I'll ring thursday")
    assert place.words()["Promise"] == "Promised? ring, by Thu 26 Nov"
    first = store.get(session.file, place.log().entry_id)
    assert (first.promise, first.promised_by, first.text) == ("", None, "cold soup, I'll ring thursday")
    place.type("jo park: cold soup, I'll ring thursday")
    place.ctrl_shift(Qt.Key.Key_P)
    assert place.words()["Promise"] == "Promised: ring, by Thu 26 Nov"
    second = store.get(session.file, place.log().entry_id)
    assert (second.promise, second.promised_by, second.text) == ("ring", date(2026, 11, 26), "cold soup")


def test_the_day_and_the_keeper_of_a_promise_can_be_chosen(qtbot, place, session):
    tom = session.file.run("Staff", lambda op: op.insert("staff", {"name": "Tom"})).result
    session.announce_all()
    settle(qtbot, session)
    place.type("jo park: cold soup, we'll send a voucher")
    place.choose("Promise", "By today")
    place.choose("Promise", "Kept by Tom")
    assert place.words()["Promise"] == "Tom promised: send a voucher, by today"
    entry = store.get(session.file, place.log().entry_id)
    assert (entry.promised_by, entry.promise_staff_id) == (TODAY, tom)


def test_without_a_promise_in_the_line_its_key_says_how_to_write_one(place):
    place.type("jo park: cold soup")
    place.ctrl_shift(Qt.Key.Key_P)
    assert "!promise" in place.bar.note.text()
