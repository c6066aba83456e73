"""New themes: proposed among what nobody filed, named, added to a theme or dropped."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QCheckBox, QPushButton

from cvdesk.catalogue.form_find import FindDialog
from cvdesk.db import create_file
from cvdesk.themes.page_manage import NameDialog
from cvdesk.themes.page_new import NewView
from tests.pages import make_session, said, settle
from tests.themes.filed import ALWAYS, TODAY, say, shop

SAID = (
    "The parking behind the shop is full every Saturday", "Parking full again, I drove round twice on Saturday",
    "Music too loud, the radio hurts", "Please turn the radio music down, it is loud",
    "The toilet door does not lock", "No lock on the toilet door again",
)  # fmt: skip


def visible(kind):
    return next(one for one in QApplication.topLevelWidgets() if isinstance(one, kind) and one.isVisible())


class Desk:
    def __init__(self, qtbot, session):
        self.qtbot, self.session, self.file = qtbot, session, session.file
        self.view = NewView(session)
        qtbot.addWidget(self.view)
        self.view.resize(1000, 700)
        self.view.show()
        session.changed.connect(lambda _tables: self.view.show_for(ALWAYS))
        self.view.show_for(ALWAYS)
        self.settle()

    def settle(self):
        settle(self.qtbot, self.session)

    def press(self, text):
        made = next(one for one in self.view.findChildren(QPushButton) if one.text() == text)
        self.qtbot.mouseClick(made, Qt.MouseButton.LeftButton)
        self.settle()


def open_desk(qtbot, path, count):
    file = create_file(path / "shop.cvdesk")

    def fill(op):
        made = shop(op)
        for number in range(count):
            say(op, f"{SAID[number % len(SAID)]}, visit {number}", day="2026-10-05")
        return made

    file.run("Fill", fill)
    return Desk(qtbot, make_session(QApplication.instance(), file, TODAY))


@pytest.fixture
def desk(qtbot, tmp_path):
    pytest.importorskip("sklearn")
    desk = open_desk(qtbot, tmp_path, 180)
    yield desk
    desk.view.hide()
    desk.session.close()


def test_a_proposal_shows_its_words_and_three_quotes(desk):
    text = said(desk.view)
    assert "of 180 comments" in text
    assert "parking" in text
    assert text.count("“") >= 3


def test_a_proposal_becomes_a_theme_with_words_that_always_mean_it(desk):
    desk.press("Make it a theme…")
    dialog = visible(NameDialog)
    desk.qtbot.keyClicks(dialog.name, "Surroundings")
    tick = dialog.findChildren(QCheckBox)[0]
    tick.setChecked(True)
    word = tick.text()
    desk.qtbot.mouseClick(dialog.save, Qt.MouseButton.LeftButton)
    desk.settle()
    theme = desk.file.value("SELECT id FROM themes WHERE name = 'Surroundings'")
    assert desk.file.value("SELECT word FROM theme_rules WHERE theme_id = ?", (theme,)) == word
    assert desk.file.value("SELECT count(*) FROM entry_themes WHERE theme_id = ?", (theme,)) >= 20
    desk.session.undo()
    desk.settle()
    assert desk.file.value("SELECT count(*) FROM entry_themes") == 0


def test_a_name_that_is_taken_is_said_in_the_dialog(desk):
    desk.press("Make it a theme…")
    dialog = visible(NameDialog)
    desk.qtbot.keyClicks(dialog.name, "Bread")
    desk.qtbot.keyClick(dialog.name, Qt.Key.Key_Return)
    desk.settle()
    assert "already" in said(dialog)
    assert dialog.isVisible()
    dialog.reject()


def test_a_proposal_is_added_to_a_theme(desk):
    desk.press("Add to a theme…")
    finder = visible(FindDialog).finder
    desk.qtbot.keyClicks(finder.field, "friendly")
    desk.qtbot.keyClick(finder.field, Qt.Key.Key_Return)
    desk.settle()
    rows = desk.file.rows("SELECT DISTINCT themes.key, state FROM entry_themes JOIN themes ON themes.id = theme_id")
    assert [tuple(row) for row in rows] == [("friendly-staff", "suggested")]


def test_a_dropped_proposal_is_not_made_again(desk):
    cards = [one.text() for one in desk.view.findChildren(QPushButton) if one.text() == "Drop it"]
    desk.press("Drop it")
    left = [one for one in desk.view.findChildren(QPushButton) if one.text() == "Drop it" and one.isVisible()]
    assert len(left) == len(cards) - 1


def test_too_few_comments_say_how_many_it_takes(qtbot, tmp_path):
    desk = open_desk(qtbot, tmp_path, 12)
    assert "from 150 unfiled comments on; there are 12" in said(desk.view)
    desk.view.hide()
    desk.session.close()
