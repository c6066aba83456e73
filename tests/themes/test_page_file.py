"""Filing with the keyboard alone, as an owner does it: real keys, a real file."""

from functools import partial

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from cvdesk.catalogue.form_find import FindDialog
from cvdesk.db import create_file
from cvdesk.themes import store_filing, store_manage
from cvdesk.themes.page_file import FileView
from cvdesk.themes.page_file_read import in_place
from cvdesk.themes.page_file_rule import RuleDialog
from cvdesk.themes.page_manage import NameDialog
from tests.pages import make_session, said, settle
from tests.themes.filed import ALWAYS, TODAY, about, say, shop

Key = Qt.Key


class Desk:
    """The tab over a file with twelve comments: those with an even day are suggested to be about late delivery."""

    def __init__(self, qtbot, session):
        self.qtbot, self.session, self.file = qtbot, session, session.file
        self.view = FileView(session)
        qtbot.addWidget(self.view)
        self.view.resize(1100, 640)
        self.view.show()
        self.said: list[str] = []
        session.said.connect(lambda text, _undo: self.said.append(text))
        session.changed.connect(lambda _tables: self.view.show_for(ALWAYS))
        self.view.show_for(ALWAYS)
        self.settle()
        self.view.focus_first()

    def settle(self):
        settle(self.qtbot, self.session)

    def press(self, *keys, modifier=Qt.KeyboardModifier.NoModifier):
        for key in keys:
            if isinstance(key, str):
                self.qtbot.keyClicks(self.view.table, key)
            else:
                self.qtbot.keyClick(self.view.table, key, modifier)
        self.settle()

    @property
    def words(self):
        return self.view.card.words.toPlainText()

    def left(self):
        return store_filing.waiting_count(self.file, ALWAYS)

    def dialog(self, kind):
        found = [one for one in QApplication.topLevelWidgets() if isinstance(one, kind) and one.isVisible()]
        assert found, f"no {kind.__name__} is open"
        return found[0]


@pytest.fixture
def known():
    return {}


@pytest.fixture
def desk(qtbot, tmp_path, known):
    file = create_file(tmp_path / "shop.cvdesk")

    def fill(op):
        made = shop(op)
        late = made.themes["late-delivery"]
        for day in range(1, 13):
            rows = [(late, "suggested")] if day % 2 == 0 else []
            known[day] = say(op, f"The van came late on day {day}", *rows, day=f"2026-11-{day:02}")
        for _number in range(3):
            say(op, "Lovely", (made.themes["friendly-staff"], "confirmed"), day="2026-10-01")
        say(op, "Crisp", (made.themes["bread"], "confirmed"), day="2026-10-01")
        return made

    known["shop"] = file.run("Fill", fill).result
    session = make_session(QApplication.instance(), file, TODAY)
    desk = Desk(qtbot, session)
    yield desk
    desk.view.hide()
    session.close()


def test_ten_comments_are_filed_with_the_keyboard_alone(desk, known):
    assert "12 left, about 1 minute" in said(desk.view)
    for day in range(12, 2, -1):
        assert desk.words == f"The van came late on day {day}"
        desk.press(Key.Key_Return) if day % 2 == 0 else desk.press("1", Key.Key_Space)
    assert desk.left() == 2
    assert about(desk.file, known[12]) == [("late-delivery", "confirmed", 1)]
    assert about(desk.file, known[11]) == [("friendly-staff", "confirmed", 1)]
    assert desk.said[0] == "Filed under Late delivery"
    assert "2 left" in said(desk.view)


def test_filing_goes_on_without_waiting_for_the_disk(desk, known):
    for _number in range(3):
        desk.qtbot.keyClicks(desk.view.table, "n")
    desk.settle()
    assert desk.left() == 9
    assert desk.words == "The van came late on day 9"


def test_the_last_comment_is_filed_once_however_often_enter_is_pressed(desk, known):
    desk.press(Key.Key_End)
    assert desk.words == "The van came late on day 1"
    desk.qtbot.keyClicks(desk.view.table, "nn")
    desk.settle()
    assert desk.left() == 11
    desk.press(Key.Key_Backspace)
    assert desk.left() == 12
    assert desk.words == "The van came late on day 1"


def test_a_number_overrules_what_is_suggested(desk, known):
    desk.press("2", Key.Key_Return)
    assert about(desk.file, known[12]) == [("bread", "confirmed", 1), ("late-delivery", "rejected", 1)]


def test_a_number_means_the_same_theme_while_one_files(desk, known):
    for day in range(12, 6, -1):
        desk.press("2", Key.Key_Return)
        assert about(desk.file, known[day])[0] == ("bread", "confirmed", 1)


def test_a_new_theme_takes_the_number_of_the_one_it_displaces():
    assert in_place((1, 2, 3), (2, 1, 3)) == (1, 2, 3)
    assert in_place((1, 2, 3), (9, 1, 3)) == (1, 9, 3)
    assert in_place((1, 2), (3, 1, 2)) == (1, 2, 3)
    assert in_place((1, 2, 3), (3,)) == (3,)
    assert in_place((), (2, 1)) == (2, 1)


def test_how_many_were_filed_so_far_is_said_as_one_files(desk):
    assert "there are 0 so far" in said(desk.view)
    desk.press("1", Key.Key_Return, "1", Key.Key_Return)
    assert "there are 2 so far" in said(desk.view)


def test_several_themes_the_first_is_the_main_one_and_m_turns_them(desk, known):
    desk.press("1", "2", "m", Key.Key_Return)
    assert about(desk.file, known[12])[:2] == [("bread", "confirmed", 1), ("friendly-staff", "confirmed", 0)]
    assert desk.said[0] == "Filed under Bread and 1 more"


def test_praise_and_complaint_about_a_theme(desk, known):
    desk.press("-", Key.Key_Return)
    desk.press("1", "+", Key.Key_Return)
    moods = [row[0] for row in desk.file.rows(
        "SELECT mood FROM entry_themes WHERE entry_id IN (?, ?) AND state = 'confirmed' ORDER BY mood",
        (known[12], known[11]))]  # fmt: skip
    assert moods == ["bad", "good"]


def test_none_of_these_is_settled_for_good(desk, known):
    desk.press("n")
    assert ("late-delivery", "rejected", 1) in about(desk.file, known[12])
    assert desk.left() == 11
    assert desk.words == "The van came late on day 11"


def test_nothing_is_filed_without_a_theme(desk, known):
    desk.press("s")
    assert desk.words == "The van came late on day 11"
    desk.press(Key.Key_Return)
    assert desk.left() == 12
    assert desk.said == ["Choose a theme first, or press N where it is about none."]


def test_backspace_takes_the_last_one_back_and_shows_it_again(desk, known):
    desk.press(Key.Key_Return, "n")
    assert desk.left() == 10
    desk.press(Key.Key_Backspace)
    assert desk.words == "The van came late on day 11"
    desk.press(Key.Key_Backspace)
    assert desk.words == "The van came late on day 12"
    assert desk.left() == 12
    assert about(desk.file, known[12]) == [("late-delivery", "suggested", 1)]
    desk.press(Key.Key_Backspace)
    assert desk.said[-1] == "Nothing was filed here yet that could be taken back."


def test_backspace_leaves_alone_what_was_done_since(desk, known):
    desk.press(Key.Key_Return)
    desk.session.run("Log", partial(say, text="Just now", day="2026-10-01"))
    desk.settle()
    desk.press(Key.Key_Backspace)
    assert desk.file.value("SELECT count(*) FROM entries WHERE text = 'Just now'") == 1
    assert desk.left() == 12
    assert desk.said[-1] == "Something else was done since: Undo takes that back first."


def test_a_letter_finds_any_theme(desk, known):
    desk.press("d")
    dialog = desk.dialog(FindDialog)
    assert dialog.finder.field.text() == "d"
    desk.qtbot.keyClicks(dialog.finder.field, "ri")
    assert dialog.finder.field.text() == "dri"
    desk.qtbot.keyClick(dialog.finder.field, Key.Key_Return)
    desk.press(Key.Key_Return)
    assert about(desk.file, known[12])[0] == ("driver", "confirmed", 1)


def test_a_theme_that_is_missing_is_made_on_the_spot(desk, known):
    desk.press("/")
    finder = desk.dialog(FindDialog).finder
    desk.qtbot.keyClicks(finder.field, "Vans")
    desk.qtbot.keyClick(finder.field, Key.Key_Return)
    dialog = desk.dialog(NameDialog)
    assert dialog.name.text() == "Vans"
    desk.qtbot.keyClick(dialog.name, Key.Key_Return)
    desk.settle()
    desk.press(Key.Key_Return)
    assert about(desk.file, known[12])[0] == ("vans", "confirmed", 1)


def test_several_selected_are_confirmed_in_one_step(desk, known):
    desk.press(*[Key.Key_Down] * 3, modifier=Qt.KeyboardModifier.ShiftModifier)
    assert "4 selected" in said(desk.view)
    desk.press(Key.Key_Return)
    assert desk.left() == 10
    assert desk.said == ["2 suggestions confirmed"]
    desk.session.undo()
    desk.settle()
    assert desk.left() == 12


def test_what_the_rules_suggest_is_confirmed_at_once(desk, known):
    assert not desk.view.head.confirm.isVisible()
    desk.view._always("late on day 1")
    dialog = desk.dialog(RuleDialog)
    desk.settle()
    assert "for 4 comments that wait" in dialog.touches.text()
    desk.qtbot.keyClick(dialog.finder.field, Key.Key_Return)
    desk.settle()
    assert desk.view.head.confirm.isVisible()
    desk.qtbot.mouseClick(desk.view.head.confirm, Qt.MouseButton.LeftButton)
    desk.settle()
    assert desk.left() == 8
    assert desk.file.value("SELECT count(*) FROM entry_themes WHERE state = 'confirmed' AND by = 'rule'") == 4


def test_words_marked_with_the_keyboard_become_a_rule(desk, known):
    words = desk.view.card.words
    words.setFocus()
    for _letter in range(7):
        desk.qtbot.keyClick(words, Key.Key_Right, Qt.KeyboardModifier.ShiftModifier)
    desk.qtbot.keyClick(words, Key.Key_Return)
    dialog = desk.dialog(RuleDialog)
    desk.settle()
    assert "The van" in said(dialog)
    desk.qtbot.mouseClick(dialog.save, Qt.MouseButton.LeftButton)
    desk.settle()
    assert desk.file.value("SELECT word FROM theme_rules") == "the van"
    assert desk.said[-1] == "“The van” now means Late delivery"


def test_all_filed_says_so_calmly(desk, known):
    desk.press(*[Key.Key_Down] * 11, modifier=Qt.KeyboardModifier.ShiftModifier)
    desk.qtbot.mouseClick(desk.view.bulk.findChildren(type(desk.view.bulk.confirm))[2], Qt.MouseButton.LeftButton)
    desk.settle()
    assert desk.left() == 0
    assert "All filed. Well done." in said(desk.view)


def test_the_comment_being_filed_stays_when_another_comes_in(desk, known):
    desk.press("2")
    desk.session.run("Log", partial(say, text="Just now", day="2026-11-20"))
    desk.settle()
    assert desk.words == "The van came late on day 12"
    desk.press(Key.Key_Return)
    assert about(desk.file, known[12])[0] == ("bread", "confirmed", 1)


def test_a_theme_that_was_merged_while_it_was_picked_is_picked_no_longer(desk, known):
    themes = known["shop"].themes
    desk.press("2")
    merge = partial(store_manage.merge, theme_id=themes["bread"], into_id=themes["driver"])
    desk.session.run("Merge", merge)
    desk.settle()
    desk.press(Key.Key_Return)
    assert about(desk.file, known[12]) == [("late-delivery", "confirmed", 1)]


def test_sorting_again_says_what_came_of_it(desk, known):
    desk.qtbot.mouseClick(desk.view.head.again, Qt.MouseButton.LeftButton)
    desk.settle()
    assert desk.said[-1].startswith("Sorted 12 comments: 0 by your rules, 12 by the word list")
    assert desk.view.head.again.isEnabled()
