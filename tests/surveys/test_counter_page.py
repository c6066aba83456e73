"""The counter as customers meet it: one question at a time, by touch and by keys, and nothing is lost."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QAbstractButton, QLineEdit, QTableView

from cvdesk.db import open_file
from cvdesk.errors import UserError
from cvdesk.surveys import page_counter, store_counter
from cvdesk.surveys.page_counter import CounterView
from cvdesk.surveys.page_counter_parts import FINGER, BigButton
from cvdesk.value import store as value
from tests.desk import button_named, name_of
from tests.figures.shop import new_shop
from tests.pages import catch_errors, make_session, said, settle
from tests.surveys.test_counter import DAY, made_survey

MINUTE = ("lever_worth", "lever_benefits", "lever_costs", "lever_drawbacks", "worth_it", "comment_change")


class Counter:
    """The counter, driven by touches and keys."""

    def __init__(self, qtbot, session, survey_id, size=(1024, 768)):
        self.qtbot, self.session = qtbot, session
        self.view = CounterView(session, survey_id)
        qtbot.addWidget(self.view)
        self.view.resize(*size)
        self.view.show()
        qtbot.waitExposed(self.view)
        self.ready()

    def ready(self):
        """Waits until the screen takes touches."""
        settle(self.qtbot, self.session)
        self.qtbot.waitUntil(lambda: not self.view._guard.isActive())
        return self.view.showing

    def touch(self, name):
        """Touches the button with this name, or whose name begins like this number."""
        self.ready()
        screen = self.view._stack.currentWidget()
        found = [
            one for one in screen.findChildren(QAbstractButton)
            if one.isVisible() and (name_of(one) == name or name_of(one).startswith(f"{name}: "))
        ]  # fmt: skip
        assert len(found) == 1, [name_of(one) for one in screen.findChildren(QAbstractButton) if one.isVisible()]
        self.qtbot.mouseClick(found[0], Qt.MouseButton.LeftButton)
        return self.ready()

    def begin(self):
        self.ready()
        self.qtbot.mouseClick(self.view.welcome, Qt.MouseButton.LeftButton)  # anywhere
        return self.ready()

    def key(self, *keys):
        for key in keys:
            self.qtbot.keyClick(self.view.focusWidget() or self.view, key)
            settle(self.qtbot, self.session)


@pytest.fixture
def file(tmp_path):
    with new_shop(tmp_path) as opened:
        yield opened


@pytest.fixture
def session(qapp, file):
    made = make_session(qapp, file, DAY)
    yield made
    made.close()


@pytest.fixture
def counter(qtbot, session, file):
    return Counter(qtbot, session, made_survey(file).id)


def given(file):
    """What is on each finished sheet, as (question, number or words) in the order they came in."""
    sheets = [row[0] for row in file.rows("SELECT id FROM assessments WHERE state = 'done' ORDER BY id")]
    return [
        {key: one.value if one.value is not None else one.text or one.state
         for key, one in value.answers(file, sheet).items()}
        for sheet in sheets
    ]  # fmt: skip


def test_a_visitor_goes_through_by_touch_and_the_next_one_finds_it_as_it_was(counter, file, qtbot):
    assert counter.view.showing == "welcome"
    assert "Corner shop" in said(counter.view.welcome)
    assert counter.begin() == "question"
    assert "1 of 6" in said(counter.view.asking)
    for answer in ("4", "5", "2", "Does not apply", "3"):
        counter.touch(answer)
    for letter in "Hi.o":
        counter.touch(letter)
    assert counter.touch("Done") == "thanks"
    assert "What you answered is saved." in said(counter.view.thanks)
    assert given(file) == [{
        "lever_worth": 4.0, "lever_benefits": 5.0, "lever_costs": 2.0, "lever_drawbacks": "not_apply", "worth_it": 3.0,
        "comment_change": "Hi.o",
    }]  # fmt: skip
    qtbot.mouseClick(counter.view.thanks, Qt.MouseButton.LeftButton)
    assert counter.ready() == "welcome"
    counter.begin()
    assert not any(one.isChecked() for one in counter.view.asking.findChildren(BigButton))
    assert file.draft(store_counter.DRAFT) == ""


def test_every_answer_is_on_disk_before_the_next_question(counter, file):
    counter.begin()
    assert file.draft(store_counter.DRAFT) == ""
    for place, answer in enumerate("453", start=1):
        counter.touch(answer)
        kept = store_counter.from_text(file.draft(store_counter.DRAFT))
        assert [one.value for one in kept.answers.values()] == [4.0, 5.0, 3.0][:place]


def test_keys_alone_do(counter, file):
    counter.key(Qt.Key.Key_Return)
    counter.key("1", "d", "0", "5", Qt.Key.Key_Backspace, "4", "3")
    counter.key(*"all day", Qt.Key.Key_Return)
    assert counter.view.showing == "thanks"
    assert [given(file)[0][key] for key in MINUTE] == [1.0, "not_apply", "not_apply", 4.0, 3.0, "all day"]


def test_who_touches_does_not_apply_throughout_is_thanked_and_not_counted(counter, file):
    counter.begin()
    for _question in range(5):
        counter.touch("Does not apply")
    assert counter.touch("Nothing to say") == "thanks"
    assert "saved" not in said(counter.view.thanks)
    assert given(file) == []


def test_a_key_held_down_answers_once_and_a_double_tap_too(counter, qtbot, file):
    counter.begin()
    counter.touch("4")
    again = button_named(counter.view.asking, "5: Excellent")
    counter.view._guard.start()
    qtbot.mouseClick(again, Qt.MouseButton.LeftButton)  # comes while the new question has just appeared
    assert "2 of 6" in said(counter.view.asking)
    assert not again.isChecked()
    assert len(store_counter.from_text(file.draft(store_counter.DRAFT)).answers) == 1


def test_back_shows_what_was_answered_and_another_answer_replaces_it(counter, file):
    counter.begin()
    assert not [one for one in counter.view.asking.findChildren(BigButton) if one.isVisible() and one.text() == "Back"]
    counter.touch("4")
    counter.touch("Back")
    assert button_named(counter.view.asking, "4").isChecked()
    counter.touch("2")
    counter.touch("2")
    kept = store_counter.from_text(file.draft(store_counter.DRAFT))
    assert [one.value for one in kept.answers.values()] == [2.0, 2.0]


@pytest.mark.parametrize(("answers", "kept"), [("4", 0), ("45", 1)])
def test_who_goes_away_makes_room_for_the_next_after_a_warning(counter, file, qtbot, monkeypatch, answers, kept):
    counter.begin()
    for answer in answers:
        counter.touch(answer)
    assert counter.view._idle.isActive()
    assert counter.view._idle.interval() == 45_000
    counter.view._idle.setInterval(1)
    counter.view._tick.setInterval(1)
    counter.view._idle.start()
    qtbot.waitUntil(lambda: "Still there?" in said(counter.view.asking))
    qtbot.waitUntil(lambda: counter.view.showing == "welcome")
    settle(qtbot, counter.session)
    assert len(given(file)) == kept
    assert file.draft(store_counter.DRAFT) == ""


def test_a_touch_stays_the_warning(counter, qtbot):
    counter.begin()
    counter.view._warn()
    assert "15 seconds" in said(counter.view.asking)
    counter.touch("4")
    assert "Still there?" not in said(counter.view.asking)
    assert not counter.view._tick.isActive()


def test_half_typed_words_are_kept_and_count(counter, file, qtbot):
    counter.begin()
    for answer in "44444":
        counter.touch(answer)
    field = counter.view.asking._words
    counter.view.asking._waiting.setInterval(1)
    qtbot.keyClicks(field, "the queu")
    qtbot.waitUntil(lambda: "queu" in file.draft(store_counter.DRAFT))
    qtbot.keyClicks(field, "e")
    counter.view.rest()
    settle(qtbot, counter.session)
    assert given(file)[0]["comment_change"] == "the queue"


def test_the_owners_clipboard_does_not_come_into_the_comment(counter, qtbot, qapp):
    counter.begin()
    for answer in "44444":
        counter.touch(answer)
    qapp.clipboard().setText("Anna Bell, 0161 496 0000")
    qtbot.keyClick(counter.view.asking._words, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    assert counter.view.asking._words.toPlainText() == ""


def test_what_was_left_when_the_power_went_is_taken_in_before_the_next(qtbot, session, file):
    survey = made_survey(file)
    first = Counter(qtbot, session, survey.id)
    first.begin()
    first.touch("4")
    first.touch("3")
    again = Counter(qtbot, session, survey.id)
    assert again.view.showing == "welcome"
    assert [(one["lever_worth"], one["lever_benefits"]) for one in given(file)] == [(4.0, 3.0)]


def test_recommend_takes_ten_by_touch_and_by_one_and_nought(qtbot, session, file, monkeypatch):
    monkeypatch.setattr("cvdesk.surveys.page_counter_question.TEN_AFTER", 100)
    counter = Counter(qtbot, session, made_survey(file, "short").id)
    counter.begin()
    counter.key(*"4" * 15)
    assert "recommend" in said(counter.view.asking)
    counter.key("1", "0")
    assert "16 of 19" not in said(counter.view.asking)
    counter.touch("Back")
    assert button_named(counter.view.asking, "10: Extremely likely").isChecked()
    counter.key("1")
    qtbot.waitUntil(lambda: "17 of 19" in said(counter.view.asking))
    counter.touch("Yes")
    assert "18 of 20" in said(counter.view.asking), "whether they told us is asked now"
    counter.touch("Back")
    counter.touch("No")
    assert "What is the one thing we should keep?" in said(counter.view.asking)


def test_a_full_disk_closes_the_counter_and_nothing_is_lost(counter, file, qtbot, monkeypatch):
    shown = catch_errors(monkeypatch)
    counter.begin()
    counter.touch("4")
    counter.touch("5")

    def full(_visitor, _file):
        raise UserError("The disk is full.", "Make room.")

    with monkeypatch.context() as broken:
        broken.setattr(page_counter.store_counter, "keep", full)
        counter.touch("3")
    assert counter.view.showing == "closed"
    assert shown == [], "customers read nothing of it"
    counter.view._again.setInterval(1)
    counter.view._again.start()
    qtbot.waitUntil(lambda: counter.view.showing == "welcome")
    assert [[one[key] for key in MINUTE[:3]] for one in given(file)] == [[4.0, 5.0, 3.0]]


def test_without_its_survey_it_is_closed_and_only_the_owner_gets_on(qtbot, session, file):
    counter = Counter(qtbot, session, 12345)
    assert counter.view.showing == "closed"
    assert "No survey is set up" in said(counter.view.closed)
    assert not counter.view._again.isActive()
    with qtbot.waitSignal(counter.view.owner_wanted):
        counter.touch("For the owner: leave counter mode")


def test_a_screen_reader_is_told_what_each_screen_says(counter, file):
    view = counter.view
    assert name_of(view.welcome).startswith("Corner shop How was it for you?")
    view.thanks.say_saved(True)
    assert "What you answered is saved." in name_of(view.thanks)
    assert name_of(view.closed) == "Nothing can be answered here at the moment."


def test_nothing_of_the_business_is_shown_but_its_name(counter, file):
    file.run("Add", lambda op: op.insert("customers", {"name": "Anna Bell", "name_key": "anna bell"}))
    counter.begin()
    words = said(counter.view)
    assert "Anna" not in words
    assert counter.view.findChildren(QTableView) == []
    assert counter.view.findChildren(QLineEdit) == []


@pytest.mark.parametrize("size", [(1024, 768), (1920, 1080), (768, 1024), (1024, 600), (512, 384)])
@pytest.mark.parametrize("form", ["minute", "short"])
def test_every_button_is_whole_within_the_screen_and_as_high_as_a_finger(qtbot, session, file, size, form):
    counter = Counter(qtbot, session, made_survey(file, form).id, size)
    counter.begin()
    for _question in range(6 if form == "minute" else 19):
        screen = counter.view.asking
        assert (screen.width(), screen.height()) == size
        for one in screen.findChildren(BigButton):
            if one.isVisible() and one.focusPolicy() != Qt.FocusPolicy.NoFocus:
                corner = one.mapTo(screen, one.rect().bottomRight())
                assert one.height() >= FINGER
                assert corner.x() < size[0]
                assert corner.y() < size[1]
                shown = one.fontMetrics().horizontalAdvance(one.text())
                assert shown <= one.width() - 12, one.text()
        said_name = QAccessible.queryAccessibleInterface(screen).text(QAccessible.Text.Name)
        assert said_name == screen.question.text()
        counter.view.asking._other()
        counter.ready()


def test_a_file_that_cannot_be_written_takes_no_answers(qtbot, qapp, file):
    survey = made_survey(file)
    with open_file(file.path, read_only=True) as reading:
        session = make_session(qapp, reading, DAY)
        counter = Counter(qtbot, session, survey.id)
        assert counter.view.showing == "closed"
        counter.view.begin()
        assert counter.view.showing == "closed"
        session.close()
