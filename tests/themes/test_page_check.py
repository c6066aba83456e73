"""The monthly check with real keys: each answer on disk at once, stopped and gone on with, two people compared."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from cvdesk.catalogue.form_find import FindDialog
from cvdesk.db import create_file
from cvdesk.errors import UserError
from cvdesk.kit import crash
from cvdesk.stats.intervals import hidden, wilson
from cvdesk.themes import store_checks
from cvdesk.themes.page_check import CheckView
from cvdesk.themes.records_check import agreement_words, meaning_words, result_words
from cvdesk.themes.records_learn import CheckResult
from tests.pages import make_session, said, settle
from tests.themes.filed import ALWAYS, TODAY, say, shop

Key = Qt.Key


class Desk:
    def __init__(self, qtbot, session):
        self.qtbot, self.session, self.file = qtbot, session, session.file
        self.view = self.open()
        session.changed.connect(lambda _tables: self.view.show_for(ALWAYS))

    def open(self):
        view = CheckView(self.session)
        self.qtbot.addWidget(view)
        view.resize(1000, 600)
        view.show()
        view.show_for(ALWAYS)
        settle(self.qtbot, self.session)
        view.focus_first()
        return view

    def press(self, *keys):
        for key in keys:
            self.qtbot.keyClick(self.view.window().focusWidget(), key)
            settle(self.qtbot, self.session)

    def answers(self):
        return [tuple(row) for row in self.file.rows("SELECT truth_id, who FROM theme_checks ORDER BY id")]


@pytest.fixture
def late():
    return {}


@pytest.fixture
def desk(qtbot, tmp_path, late):
    file = create_file(tmp_path / "shop.cvdesk")

    def fill(op):
        made = shop(op)
        for number in range(24):
            say(op, f"The van came late, {number}", (made.themes["late-delivery"], "suggested"), day="2026-10-05")
        op.insert("staff", {"name": "Ruth"})
        return made

    made = file.run("Fill", fill).result
    late |= made.themes
    session = make_session(QApplication.instance(), file, TODAY)
    desk = Desk(qtbot, session)
    yield desk
    desk.view.hide()
    session.close()


def test_twenty_are_asked_and_each_answer_is_on_disk_at_once(desk, late):
    assert "Comment 1 of 20" in said(desk.view)
    desk.press(Key.Key_Return, Key.Key_R, Key.Key_N)
    assert desk.answers() == [(late["late-delivery"], ""), (late["late-delivery"], ""), (None, "")]
    assert "Comment 4 of 20" in said(desk.view)
    assert "Right 2 of 3" in said(desk.view)
    desk.view.hide()
    desk.view = desk.open()
    assert "Comment 4 of 20" in said(desk.view)


def test_what_it_is_instead_is_asked_where_it_is_wrong(desk, late):
    desk.press(Key.Key_W)
    dialog = next(one for one in QApplication.topLevelWidgets() if isinstance(one, FindDialog) and one.isVisible())
    desk.qtbot.keyClicks(dialog.finder.field, "driver")
    desk.qtbot.keyClick(dialog.finder.field, Key.Key_Return)
    settle(desk.qtbot, desk.session)
    assert desk.answers() == [(late["driver"], "")]
    assert "Right 0 of 1" in said(desk.view)


def test_an_answer_can_be_taken_back_and_a_comment_put_off(desk):
    first = desk.view.card.accessibleName()
    desk.press(Key.Key_S)
    assert desk.view.card.accessibleName() != first
    desk.press(Key.Key_Return)
    assert len(desk.answers()) == 1
    desk.press(Key.Key_Backspace)
    assert desk.answers() == []
    assert "Comment 1 of 20" in said(desk.view)


def test_backspace_takes_back_answers_and_nothing_else(desk):
    desk.press(Key.Key_Return)
    desk.session.run("Log", lambda op: say(op, "Just now"))
    settle(desk.qtbot, desk.session)
    desk.press(Key.Key_Backspace)
    assert desk.file.value("SELECT count(*) FROM entries WHERE text = 'Just now'") == 1
    assert len(desk.answers()) == 1
    desk.session.undo()
    settle(desk.qtbot, desk.session)
    desk.press(Key.Key_Backspace)
    assert desk.answers() == []


def test_an_answer_that_could_not_be_kept_is_asked_for_again(desk, monkeypatch):
    def full(*_args, **_more):
        raise UserError("The disk is full.", "Make room.")

    said_of, reported = desk.view.card.accessibleName(), []
    monkeypatch.setattr(crash, "report", reported.append)
    with monkeypatch.context() as context:
        context.setattr(store_checks, "answer", full)
        desk.press(Key.Key_Return)
    assert [str(error) for error in reported] == ["The disk is full. Make room."]
    assert desk.view.card.accessibleName() == said_of
    desk.press(Key.Key_Return)
    assert len(desk.answers()) == 1


def test_all_answered_says_when_the_next_check_comes(desk):
    desk.press(*[Key.Key_Return] * 20)
    assert "All answered. The next check comes with the next month." in said(desk.view)
    assert "Right 20 of 20" in said(desk.view)


def test_a_second_person_answers_the_same_comments(desk):
    desk.press(*[Key.Key_Return] * 20)
    desk.session.set_staff((desk.file.value("SELECT id FROM staff"), "Ruth"))
    settle(desk.qtbot, desk.session)
    assert "Comment 1 of 20" in said(desk.view)
    assert "Ruth answers now" in said(desk.view)
    desk.view.focus_first()
    desk.press(Key.Key_Return)
    assert desk.answers()[-1][1] == "Ruth"
    assert "Right 20 of 20" in said(desk.view)


def test_nothing_filed_by_the_program_leads_to_what_waits(qtbot, tmp_path):
    file = create_file(tmp_path / "empty.cvdesk")
    file.run("Fill", shop)
    session = make_session(QApplication.instance(), file, TODAY)
    desk = Desk(qtbot, session)
    assert "nothing to check" in said(desk.view)
    desk.view.hide()
    session.close()


def test_a_few_answers_are_counted_without_empty_brackets():
    assert result_words(CheckResult("2026-10", 6, 7, hidden(7), None, 0)) == "Right 6 of 7"


@pytest.mark.parametrize(
    ("kappa", "words"),
    [
        (0.85, "agree very well (0.85)"),
        (0.72, "agree well (0.72)"),
        (0.5, "so so (0.50)"),
        (0.1, "hardly agree (0.10)"),
    ],
)
def test_agreement_is_said_in_everyday_words(kappa, words):
    result = CheckResult("2026-10", 17, 20, wilson(17, 20), kappa, 20)
    assert words in agreement_words(result)
    assert result_words(result) == "Right 17 of 20 (64% to 95%)"
    assert "between 64 and 95 of 100" in meaning_words(result)
