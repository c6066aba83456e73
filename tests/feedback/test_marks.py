"""Marking words of an entry, rules made of them, suggested themes settled with one key."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from cvdesk.catalogue.records import Business
from cvdesk.errors import UserError
from cvdesk.exchange.new import make_business
from cvdesk.feedback import store
from cvdesk.feedback.page import FeedbackPage
from cvdesk.feedback.records import Entry
from cvdesk.themes import store as themes
from cvdesk.themes.lexicon import suggest
from cvdesk.themes.store_marks import add_rule, marks, other_theme, settle
from tests.desk import TODAY
from tests.pages import make_session
from tests.pages import settle as wait

TEXT = "Hello 🙂, the bread was late again"


@pytest.fixture
def session(qapp, tmp_path):
    file = make_business(tmp_path / "shop.cvdesk", Business("Corner shop"))

    def fill(op):
        first, second = [one.id for one in themes.themes(op)][:2]
        store.save(op, Entry(date=TODAY, text=TEXT, suggested_themes=(first, second)))

    file.run("Fill", fill)
    made = make_session(qapp, file, TODAY)
    yield made
    made.close()


@pytest.fixture
def page(qtbot, session):
    made = FeedbackPage(session)
    qtbot.addWidget(made)
    made.resize(1200, 800)
    made.show()
    qtbot.waitExposed(made)
    made.activateWindow()
    qtbot.waitUntil(made.isActiveWindow)
    wait(qtbot, session)
    made.table.select_row(0)
    made.table.setFocus()
    QApplication.processEvents()
    return made


def entry(session):
    return store.get(session.file, session.file.value("SELECT id FROM entries"))


def mark_late(qtbot, page):
    """Marks "late again" with the keyboard and presses Enter."""
    qtbot.keyClick(page.table, Qt.Key.Key_M)
    words = page.card._words
    assert words.hasFocus()
    qtbot.keyClick(words, Qt.Key.Key_End, Qt.KeyboardModifier.ControlModifier)
    for _letter in range(len("late again")):
        qtbot.keyClick(words, Qt.Key.Key_Left, Qt.KeyboardModifier.ShiftModifier)
    assert words.passage() == "late again"
    qtbot.keyClick(words, Qt.Key.Key_Return)
    QApplication.processEvents()
    return page.card.about.bar


def test_marked_words_are_filed_by_keys_and_underlined_next_time(qtbot, session, page):
    theme = next(one for one in themes.themes(session.file) if "elivery" in one.name)
    bar = mark_late(qtbot, page)
    assert bar.finder.field.hasFocus()
    qtbot.keyClicks(bar.finder.field, "deliv")
    qtbot.keyClick(bar.finder.field, Qt.Key.Key_Return)
    wait(qtbot, session)
    assert entry(session).themes == (theme.id,)
    assert [(mark.theme_id, mark.words) for mark in marks(session.file, entry(session).id)] == [
        (theme.id, "late again")
    ]
    (underlined,) = page.card._words.extraSelections()
    assert underlined.cursor.selectedText() == "late again"
    assert underlined.format.underlineColor() == session.theme.colour(theme.lever)
    session.undo()
    wait(qtbot, session)
    assert entry(session).themes == ()


def test_a_part_of_value_leads_to_its_themes_or_other(qtbot, session, page):
    bar = mark_late(qtbot, page)
    qtbot.keyClicks(bar.finder.field, "drawbacks")
    names = [bar.finder.list.item(row).text() for row in range(bar.finder.list.count())]
    for _step in names:
        qtbot.keyClick(bar.finder.field, Qt.Key.Key_Down)
    assert bar.finder.list.currentItem().text().startswith("Drawbacks")
    qtbot.keyClick(bar.finder.field, Qt.Key.Key_Return)
    levers = {one.name: one.lever for one in themes.themes(session.file)}
    offered = [bar.finder.list.item(row).text() for row in range(bar.finder.list.count())]
    assert offered[-1] == "Other: Drawbacks"
    assert {levers[name] for name in offered[:-1]} == {"drawbacks"}
    bar.always.setChecked(True)
    qtbot.keyClicks(bar.finder.field, "other")
    qtbot.keyClick(bar.finder.field, Qt.Key.Key_Return)
    wait(qtbot, session)
    known = {one.id: one for one in themes.themes(session.file)}
    (theme,) = [known[one] for one in entry(session).themes]
    assert (theme.name, theme.lever) == ("Other: Drawbacks", "drawbacks")
    assert theme in suggest("Late, again!", list(known.values()))


def test_escape_leaves_the_words_as_they_were(qtbot, session, page):
    bar = mark_late(qtbot, page)
    qtbot.keyClick(bar.finder.field, Qt.Key.Key_Escape)
    assert page.card.about.bar is None
    assert not session.saving


def test_one_key_confirms_and_one_rejects(qtbot, session, page):
    first, second = entry(session).suggested_themes
    qtbot.keyClick(page.table, Qt.Key.Key_Y)
    wait(qtbot, session)
    assert entry(session).themes == (first,)
    page.table.setFocus()
    qtbot.keyClick(page.table, Qt.Key.Key_N)
    wait(qtbot, session)
    assert (entry(session).themes, entry(session).suggested_themes) == ((first,), ())
    states = session.file.rows("SELECT state FROM entry_themes WHERE theme_id = ?", (second,))
    assert [row["state"] for row in states] == ["rejected"]


def test_several_passages_and_one_main_theme(session):
    file, entry_id = session.file, entry(session).id
    first, second = [one.id for one in themes.themes(file)][:2]
    for words in ("bread", "late again", "bread"):
        file.run("Mark", lambda op, words=words: settle(op, entry_id, first, "confirmed", words))
    file.run("Mark", lambda op: settle(op, entry_id, second, "confirmed", "Hello"))
    assert [mark.words for mark in marks(file, entry_id)] == ["bread", "late again", "Hello"]
    assert entry(session).themes == (first, second)
    file.run("Not", lambda op: settle(op, entry_id, first, "rejected"))
    assert [mark.words for mark in marks(file, entry_id)] == ["Hello"]


def test_rules_are_words_and_stand_once(session):
    file = session.file
    theme = themes.themes(file)[0]
    for words in ("Sold OUT!", "sold out"):
        file.run("Rule", lambda op, words=words: add_rule(op, theme.id, words))
    assert [row["word"] for row in file.rows("SELECT word FROM theme_rules")] == ["sold out"]
    for words in ("!!!", "word " * 30):
        with pytest.raises(UserError, match="Mark one word"):
            file.run("Rule", lambda op, words=words: add_rule(op, theme.id, words))


def test_the_other_theme_of_a_part_is_made_once_and_never_asked_about(session):
    file = session.file
    one = file.run("Other", lambda op: other_theme(op, "worth")).result
    assert file.run("Other", lambda op: other_theme(op, "worth")).result == one
    assert (
        file.value(
            "SELECT factors.active FROM factors JOIN themes ON factors.id = factor_id WHERE themes.id = ?", (one,)
        )
        == 0
    )


def test_marking_what_is_gone_says_so(session):
    gone = entry(session).id
    theme = themes.themes(session.file)[0].id
    session.file.run("Delete", lambda op: store.delete(op, gone))
    with pytest.raises(UserError, match="deleted"):
        session.file.run("Mark", lambda op: settle(op, gone, theme, "confirmed"))
