"""The dialogs that manage themes, with real keys; each is one step that can be taken back."""

from dataclasses import replace
from functools import partial

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QAbstractItemView, QApplication, QHeaderView, QLineEdit, QPushButton, QWidget

from cvdesk.db import create_file
from cvdesk.db.open import open_file
from cvdesk.themes import page_manage, store_manage
from cvdesk.themes.page_check import CheckView
from cvdesk.themes.page_file import FileView
from cvdesk.themes.page_manage_all import AllThemes
from cvdesk.themes.page_manage_merge import MergeDialog
from cvdesk.themes.page_new import NewView
from tests.pages import make_session, said, settle
from tests.themes.filed import ALWAYS, TODAY, about, say, shop

Key = Qt.Key


class Desk:
    def __init__(self, qtbot, session):
        self.qtbot, self.session, self.file = qtbot, session, session.file
        self.parent = QWidget()
        qtbot.addWidget(self.parent)
        self.parent.show()
        self.said: list[str] = []
        session.said.connect(lambda text, _undo: self.said.append(text))

    def settle(self):
        settle(self.qtbot, self.session)

    def open(self, what, *rest):
        dialog = what(self.session, self.parent, *rest)
        self.settle()
        return dialog

    def keys(self, field, *keys):
        for key in keys:
            self.qtbot.keyClicks(field, key) if isinstance(key, str) else self.qtbot.keyClick(field, key)
        self.settle()

    def click(self, made):
        self.qtbot.mouseClick(made, Qt.MouseButton.LeftButton)
        self.settle()

    def name(self, theme):
        return self.file.value("SELECT name FROM themes WHERE id = ?", (theme,))


@pytest.fixture
def themes():
    return {}


@pytest.fixture
def desk(qtbot, tmp_path, themes):
    file = create_file(tmp_path / "shop.cvdesk")

    def fill(op):
        made = shop(op)
        bread = made.themes["bread"]
        for text in ("The rye is back", "Rye at last", "Soft white bread"):
            say(op, text, (bread, "confirmed"))
        say(op, "Late van", (made.themes["late-delivery"], "confirmed"), (made.themes["driver"], "confirmed"))
        say(op, "The van is late")
        return made

    themes |= file.run("Fill", fill).result.themes
    session = make_session(QApplication.instance(), file, TODAY)
    yield Desk(qtbot, session)
    session.close()


def test_a_theme_gets_another_name(desk, themes):
    dialog = desk.open(page_manage.rename, themes["bread"])
    desk.keys(dialog.name, "Bread and rolls", Key.Key_Return)
    assert desk.name(themes["bread"]) == "Bread and rolls"
    assert desk.said == ["Theme renamed"]


def test_a_name_that_another_theme_has_leads_to_merging_the_two(desk, themes):
    dialog = desk.open(page_manage.rename, themes["driver"])
    desk.keys(dialog.name, "late delivery", Key.Key_Return)
    assert "There is a theme called “late delivery” already." in said(dialog)
    assert desk.name(themes["driver"]) == "Driver"
    desk.click(dialog.merge)
    merging = next(one for one in QApplication.topLevelWidgets() if isinstance(one, MergeDialog) and one.isVisible())
    desk.click(merging.save)
    assert (
        desk.file.value("SELECT merged_into FROM themes WHERE id = ?", (themes["driver"],)) == themes["late-delivery"]
    )


def test_merging_says_what_goes_and_asks_where_the_two_differ(desk, themes):
    desk.session.set_filter(replace(ALWAYS, theme=themes["bread"]))
    dialog = desk.open(page_manage.merge, themes["bread"])
    desk.keys(dialog.finder.field, "driver")
    assert "3 comments and 0 complaints go to “Driver”" in said(dialog)
    assert "about different things" in said(dialog)
    dialog.moves.setChecked(True)
    desk.click(dialog.save)
    driver = store_manage.line_of(desk.file, themes["driver"])
    assert (driver.entries, driver.factor) == (4, "Quality")
    assert desk.session.filter.theme == themes["driver"]
    assert desk.said == ["“Bread” is part of “Driver” now"]
    desk.session.undo()
    desk.settle()
    assert store_manage.line_of(desk.file, themes["bread"]).entries == 3


def test_themes_of_one_thing_are_merged_without_a_question(desk, themes):
    dialog = desk.open(page_manage.merge, themes["driver"], themes["late-delivery"])
    assert "about different things" not in said(dialog)
    desk.click(dialog.save)
    assert store_manage.line_of(desk.file, themes["late-delivery"]).entries == 1


def test_a_theme_is_split_by_words_and_by_ticks(desk, themes):
    dialog = desk.open(page_manage.split, themes["bread"])
    assert not dialog.save.isEnabled()
    desk.keys(dialog.name, "Rye")
    desk.keys(dialog.words, "rye")
    assert "2 go to the new theme, 1 stays." in said(dialog)
    dialog.list.item(2).setCheckState(Qt.CheckState.Checked)
    dialog.list.item(0).setCheckState(Qt.CheckState.Unchecked)
    assert "2 go to the new theme, 1 stays." in said(dialog)
    desk.click(dialog.save)
    lines = {one.key: one for one in store_manage.lines(desk.file)}
    assert (lines["rye"].entries, lines["bread"].entries, lines["rye"].rules) == (2, 1, ("rye",))


def test_a_split_under_a_name_that_is_taken_keeps_what_was_typed(desk, themes):
    dialog = desk.open(page_manage.split, themes["bread"])
    desk.keys(dialog.name, "Driver")
    desk.keys(dialog.words, "rye")
    desk.click(dialog.save)
    assert "already" in said(dialog)
    assert dialog.words.text() == "rye"
    dialog.reject()


def test_words_are_added_and_taken_away_again(desk, themes):
    dialog = desk.open(page_manage.words, themes["driver"])
    desk.keys(dialog.field, "van")
    assert "1 comment that waits has these words." in said(dialog)
    desk.keys(dialog.field, Key.Key_Return)
    assert store_manage.line_of(desk.file, themes["driver"]).rules == ("van",)
    assert desk.said == ["“van” now means Driver"]
    chip = next(one for one in dialog.findChildren(QPushButton) if one.text().strip() == "van")
    desk.click(chip)
    assert store_manage.line_of(desk.file, themes["driver"]).rules == ()


def test_a_new_theme_asks_what_customers_value_it_belongs_to(desk):
    made = []
    dialog = page_manage.add(desk.session, desk.parent, "Parking", made.append)
    dialog.factor.setCurrentText("Benefits: People")
    desk.keys(dialog.name, Key.Key_Return)
    assert store_manage.line_of(desk.file, made[0]).factor == "People"


def test_a_theme_goes_out_of_use_and_comes_back(desk, themes):
    dialog = desk.open(page_manage.manage)
    assert isinstance(dialog, AllThemes)
    desk.keys(dialog.table, Key.Key_Down)
    assert dialog._one.name == "Driver"
    desk.click(dialog.buttons["retire"])
    assert not store_manage.line_of(desk.file, themes["driver"]).active
    desk.keys(dialog.table, Key.Key_End)
    assert dialog._one.name == "Driver"
    assert not dialog.buttons["merge"].isEnabled()
    desk.click(dialog.buttons["back"])
    assert store_manage.line_of(desk.file, themes["driver"]).active
    dialog.reject()


def test_what_is_filed_stays_where_the_theme_is_out_of_use(desk, themes):
    entry = desk.file.value("SELECT entry_id FROM entry_themes WHERE theme_id = ?", (themes["driver"],))
    desk.session.run("Retire", partial(store_manage.retire, theme_id=themes["driver"]))
    desk.settle()
    assert ("driver", "confirmed", 0) in about(desk.file, entry)


def _unnamed(widget):
    kinds = (QPushButton, QLineEdit, QAbstractItemView)
    return [
        one for kind in kinds for one in widget.findChildren(kind)
        if one.isVisibleTo(widget) and not isinstance(one, QHeaderView)
        and not QAccessible.queryAccessibleInterface(one).text(QAccessible.Text.Name)
    ]  # fmt: skip


@pytest.mark.parametrize("view", [FileView, NewView, CheckView])
def test_everything_on_the_tabs_has_a_name(desk, view):
    made = view(desk.session)
    desk.qtbot.addWidget(made)
    made.resize(1000, 600)
    made.show()
    made.show_for(ALWAYS)
    desk.settle()
    assert _unnamed(made) == []


def test_everything_in_the_dialogs_has_a_name(desk, themes):
    for what in (page_manage.rename, page_manage.merge, page_manage.split, page_manage.words):
        dialog = desk.open(what, themes["bread"])
        assert _unnamed(dialog) == []
        dialog.reject()


def test_a_file_that_cannot_be_written_shows_what_waits_and_changes_nothing(qtbot, tmp_path):
    path = tmp_path / "shop.cvdesk"
    with create_file(path) as file:
        file.run("Fill", lambda op: say(op, "Late van", (shop(op).themes["bread"], "suggested")))
    session = make_session(QApplication.instance(), open_file(path, read_only=True), TODAY)
    view = FileView(session)
    qtbot.addWidget(view)
    view.show()
    view.show_for(ALWAYS)
    settle(qtbot, session)
    view.focus_first()
    qtbot.keyClick(view.table, Key.Key_Return)
    qtbot.keyClicks(view.table, "n")
    settle(qtbot, session)
    assert "1 left" in said(view)
    assert not view.head.again.isEnabled()
    view.hide()
    session.close()
