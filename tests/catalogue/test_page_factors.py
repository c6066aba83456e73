"""The dialog that sets up what customers value, worked with real keys and clicks on a real file."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QAbstractButton, QCheckBox, QComboBox, QLineEdit, QPlainTextEdit, QPushButton

from cvdesk.catalogue import store as catalogue
from cvdesk.catalogue import store_factors, store_questions, store_trades, store_wording
from cvdesk.catalogue.page_factors import FactorsDialog
from cvdesk.catalogue.records import Business
from cvdesk.db import BusinessFile
from cvdesk.exchange.new import make_business
from cvdesk.kit import ask
from cvdesk.kit.session import Session
from cvdesk.value import store as value
from tests.pages import Answers, catch_errors, make_session, said, settle

TODAY = date(2026, 11, 21)


@pytest.fixture
def file(tmp_path: Path) -> Iterator[BusinessFile]:
    with make_business(tmp_path / "bakery.cvdesk", Business("Harbour Bakery")) as made:
        yield made


@pytest.fixture
def session(qapp, file) -> Iterator[Session]:
    made = make_session(qapp, file, TODAY)
    yield made
    made.close()


@pytest.fixture(autouse=True)
def answers(monkeypatch) -> Answers:
    """Whoever is asked says yes: also when the test ends with a form half typed."""
    made = Answers()
    monkeypatch.setattr(ask, "prompts", made)
    return made


@pytest.fixture
def dialog(qtbot, session) -> FactorsDialog:
    made = FactorsDialog(session)
    qtbot.addWidget(made)
    made.show()
    qtbot.waitExposed(made)
    settle(qtbot, session)
    return made


def factor(file: BusinessFile, key: str):
    return next(one for one in store_factors.factors_set_up(file) if one.key == key)


def go_to(dialog: FactorsDialog, key: str) -> None:
    dialog.factors.select(factor(dialog.session.file, key).id)
    dialog.factors.table.setFocus()


def keys(qtbot, dialog: FactorsDialog, widget, key, modifier=Qt.KeyboardModifier.NoModifier) -> None:
    qtbot.keyClick(widget, key, modifier)
    settle(qtbot, dialog.session)


def press(qtbot, dialog: FactorsDialog, inside, words: str) -> None:
    found = [
        made for made in inside.findChildren(QAbstractButton)
        if made.isVisible() and words in (made.text().strip(), made.accessibleName())
    ]  # fmt: skip
    # A tick takes clicks on itself and its words, not on the room beside them.
    qtbot.mouseClick(found[0], Qt.MouseButton.LeftButton, pos=QPoint(12, found[0].height() // 2))
    settle(qtbot, dialog.session)


def answer(file: BusinessFile, key: str) -> None:
    def work(op) -> None:
        sheet = value.start(op, "customer", "full", TODAY)
        version = next(one.version_id for one in catalogue.questions(file) if one.key == key)
        value.answer(op, sheet, version, 4.0)
        value.finish(op, sheet)

    file.run("Answer", work)


def test_keys_alone_set_short_form_importance_and_use(qtbot, dialog, file):
    go_to(dialog, "consistency")
    table = dialog.factors.table
    keys(qtbot, dialog, table, Qt.Key.Key_Space)
    assert factor(file, "consistency").core
    assert "Short form: 13 of them, full form: 25." in said(dialog)
    keys(qtbot, dialog, table, Qt.Key.Key_4)
    assert factor(file, "consistency").importance == 4.0
    assert dialog.factors.table.rows.row(table.currentIndex().row()).key == "consistency"
    keys(qtbot, dialog, table, Qt.Key.Key_0)
    assert factor(file, "consistency").importance is None
    keys(qtbot, dialog, table, Qt.Key.Key_Delete)
    assert not factor(file, "consistency").active
    assert "Its answers are kept." in said(dialog)
    keys(qtbot, dialog, dialog, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert factor(file, "consistency").active
    qtbot.mouseClick(dialog.undo_button, Qt.MouseButton.LeftButton)
    settle(qtbot, dialog.session)
    assert factor(file, "consistency").importance == 4.0


def test_ticks_do_the_same(qtbot, dialog, file):
    go_to(dialog, "consistency")
    press(qtbot, dialog, dialog.factors.side, "Asked on the short form")
    assert factor(file, "consistency").core
    press(qtbot, dialog, dialog.factors.side, "In use")
    assert not factor(file, "consistency").active
    core = next(tick for tick in dialog.factors.side.findChildren(QCheckBox) if "short form" in tick.text())
    assert not core.isEnabled()


def test_the_last_of_a_part_of_value_is_refused_in_words(qtbot, dialog, file, monkeypatch):
    shown = catch_errors(monkeypatch)
    worth = [one for one in store_factors.factors_set_up(file) if one.lever == "worth"]

    def all_but_one(op) -> None:
        for one in worth[1:]:
            store_factors.set_in_use(op, one.id, False)

    file.run("Off", all_but_one)
    dialog.factors.refresh()
    go_to(dialog, worth[0].key)
    press(qtbot, dialog, dialog.factors.side, "In use")
    assert shown == ["It is the last one under Worth, and value needs all four parts."]
    use = next(tick for tick in dialog.factors.side.findChildren(QCheckBox) if tick.text() == "In use")
    assert use.isChecked()


def test_an_own_factor_is_proposed_as_it_is_named_and_saved_with_the_keyboard(qtbot, dialog, file):
    go_to(dialog, "access")
    qtbot.mouseClick(dialog.factors.add_button, Qt.MouseButton.LeftButton)
    form = dialog.factors.side.form
    assert form.label.hasFocus()
    assert form.lever.currentData() == "costs", "the part of value that was selected"
    qtbot.keyClicks(form.label, "Parking")
    assert form.customer.toPlainText() == "Even when all goes to plan: how much does parking take out of you?"
    form.lever.setCurrentIndex(form.lever.findData("drawbacks"))
    assert form.customer.toPlainText() == "How much did parking get in your way?"
    form.customer.setPlainText("How bad was the parking?")
    qtbot.keyClicks(form.label, " space")
    assert form.customer.toPlainText() == "How bad was the parking?", "what the owner wrote stays"
    qtbot.keyClicks(form.keywords, "Parking, car park")
    keys(qtbot, dialog, form.label, Qt.Key.Key_Return)
    made = dialog.factors.selected()
    assert (made.label, made.lever, made.own) == ("Parking space", "drawbacks", True)
    assert made.keywords == ("parking", "car park")
    assert dialog.factors.side.form is None
    assert dialog.factors.table.hasFocus()
    assert "How bad was the parking?" in said(dialog.factors.side)
    assert "Parking space is asked about from now on." in said(dialog)


def test_what_is_wrong_stands_beside_the_field_and_nothing_is_saved(qtbot, dialog, file):
    qtbot.mouseClick(dialog.factors.add_button, Qt.MouseButton.LeftButton)
    form = dialog.factors.side.form
    keys(qtbot, dialog, form.label, Qt.Key.Key_Return)
    assert "Give it a short name" in said(form)
    qtbot.keyClicks(form.label, "quality")
    keys(qtbot, dialog, form.label, Qt.Key.Key_Return)
    assert "“Quality” is there already, under Worth." in said(form)
    assert len(store_factors.factors_set_up(file)) == 25


def test_the_owner_is_asked_about_the_series_only_where_answers_exist(qtbot, dialog, file):
    go_to(dialog, "quality")
    keys(qtbot, dialog, dialog.factors.table, Qt.Key.Key_Return)
    form = dialog.factors.side.form
    form.customer.setPlainText("How good is the bread?")
    assert not form.same.isVisible()
    keys(qtbot, dialog, form, Qt.Key.Key_Return)
    answer(file, "quality")
    version = factor(file, "quality").version_id
    go_to(dialog, "quality")
    keys(qtbot, dialog, dialog.factors.table, Qt.Key.Key_Return)
    form = dialog.factors.side.form
    assert not form.same.isVisible(), "nothing is changed yet"
    form.customer.setPlainText("How good is our bread?")
    assert form.same.isVisible()
    assert "begins a new series" in said(form)
    form.same.setCurrentIndex(form.same.findData(True))
    keys(qtbot, dialog, form, Qt.Key.Key_Return)
    assert factor(file, "quality").version_id == version
    keys(qtbot, dialog, dialog.factors.table, Qt.Key.Key_Return)
    form = dialog.factors.side.form
    form.anchors["5"].setText("The best in town")
    assert form.same.isVisible()
    keys(qtbot, dialog, form.anchors["5"], Qt.Key.Key_Return)
    assert store_wording.series_of(file, factor(file, "quality").version_id) == 2
    press(qtbot, dialog, dialog.factors.side, "Take the program's wording again")
    assert not factor(file, "quality").reworded


def test_half_typed_words_are_asked_for_before_they_go(qtbot, dialog, answers):
    answers.yes = False
    qtbot.mouseClick(dialog.factors.add_button, Qt.MouseButton.LeftButton)
    form = dialog.factors.side.form
    qtbot.keyClicks(form.label, "Parking")
    keys(qtbot, dialog, form.label, Qt.Key.Key_Escape)
    dialog.reject()
    qtbot.mouseClick(dialog.tabs.button("trade"), Qt.MouseButton.LeftButton)
    assert len(answers.asked) == 3
    assert dialog.isVisible()
    assert dialog.tabs.key == "factors"
    assert form.label.text() == "Parking"
    answers.yes = True
    keys(qtbot, dialog, form.label, Qt.Key.Key_Escape)
    assert dialog.factors.side.form is None
    dialog.reject()
    assert not dialog.isVisible()


def test_own_questions_are_added_moved_and_retired(qtbot, dialog, file):
    dialog.tabs.step(1)
    view = dialog.questions
    for text in ("Where did you hear of us?", "Do you want a loyalty card?"):
        qtbot.mouseClick(view.add_button, Qt.MouseButton.LeftButton)
        form = view.side.form
        assert form.anchors["3"].isVisible()
        form.kind.setCurrentIndex(form.kind.findData("text" if "hear" in text else "yes_no"))
        assert not form.anchors["3"].isVisible()
        form.customer.setPlainText(text)
        settle(qtbot, dialog.session)
        press(qtbot, dialog, view.side, "Add")
    assert view.selected().wording.customer == "Do you want a loyalty card?"
    keys(qtbot, dialog, view.table, Qt.Key.Key_Up, Qt.KeyboardModifier.ControlModifier)
    own = [one.wording.customer for one in store_questions.questions_set_up(file) if one.own]
    assert own == ["Do you want a loyalty card?", "Where did you hear of us?"]
    keys(qtbot, dialog, view.table, Qt.Key.Key_Delete)
    assert view.selected().wording.customer == "Do you want a loyalty card?"
    assert [one.wording for one in catalogue.questions(file) if one.own] == ["Where did you hear of us?"]
    press(qtbot, dialog, view.side, "Ask again")
    assert sum(one.own for one in catalogue.questions(file)) == 2


def test_the_programs_questions_can_only_be_worded_otherwise(qtbot, dialog, file):
    dialog.tabs.step(1)
    view = dialog.questions
    view.select(next(one.id for one in store_questions.questions_set_up(file) if one.key == "recommend"))
    shown = said(view.side)
    assert "How likely are you to recommend Harbour Bakery to a friend or colleague?" in shown
    assert not [made for made in view.side.findChildren(QPushButton) if made.accessibleName() == "Ask no longer"]
    keys(qtbot, dialog, view.table, Qt.Key.Key_Delete)
    assert sum(one.key == "recommend" for one in catalogue.questions(file)) == 1
    keys(qtbot, dialog, view.table, Qt.Key.Key_Return)
    form = view.side.form
    assert [place for place, field in form.anchors.items() if field.isVisible()] == ["0", "5", "10"]
    form.customer.setPlainText("Would you tell a friend?")
    press(qtbot, dialog, view.side, "Save")
    assert view.selected().reworded


def test_a_trade_shows_what_changes_and_is_one_step(qtbot, dialog, file):
    dialog.tabs.step(2)
    view = dialog.trades
    salon = next(place for place, trade in enumerate(store_trades.trades()) if trade.key == "salon")
    view.table.select_row(salon)
    settle(qtbot, dialog.session)
    shown = said(view)
    assert "They want somebody who remembers what they like." in shown
    assert "No longer on the short form: Solves the problem, Smooth journey" in shown
    assert "New on the short form: 4. No longer on it: 4, listed at the end." in shown
    assert shown.count("\nnew\n") == len([one for one in store_trades.changes(file, "salon") if one.core])
    keys(qtbot, dialog, view.table, Qt.Key.Key_Return)
    assert {one.key for one in catalogue.factors(file) if one.core} == set(store_trades.trade("salon").core)
    assert not view.take_button.isEnabled()
    assert "asks about these already" in said(view)
    dialog.undo()
    settle(qtbot, dialog.session)
    assert not factor(file, "feel_good").core
    assert view.take_button.isEnabled()


def test_every_field_and_button_has_a_name(qtbot, dialog):
    qtbot.mouseClick(dialog.factors.add_button, Qt.MouseButton.LeftButton)
    kinds = (QAbstractButton, QLineEdit, QPlainTextEdit, QComboBox)
    for widget in dialog.findChildren(QLineEdit) + [made for kind in kinds for made in dialog.findChildren(kind)]:
        if widget.isVisible():
            name = QAccessible.queryAccessibleInterface(widget).text(QAccessible.Text.Name)
            assert name, widget


def test_a_file_opened_to_be_read_can_be_looked_at(qtbot, qapp, file, tmp_path):
    from cvdesk.db import open_file

    path = file.path
    file.close()
    with open_file(path, read_only=True) as opened:
        session = make_session(qapp, opened, TODAY)
        dialog = FactorsDialog(session)
        qtbot.addWidget(dialog)
        dialog.show()
        settle(qtbot, session)
        assert not dialog.factors.add_button.isEnabled()
        keys(qtbot, dialog, dialog.factors.table, Qt.Key.Key_Space)
        keys(qtbot, dialog, dialog.factors.table, Qt.Key.Key_Return)
        assert dialog.factors.side.form is None
        assert "How well did what you bought solve the problem" in said(dialog)
        session.close()
