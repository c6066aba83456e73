"""Forms that came back, in the window: what became of each file, one step for all; a reply is looked at first."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from cvdesk.customers import store as customers
from cvdesk.customers.records import Customer
from cvdesk.surveys import store
from cvdesk.surveys.page_rapid import RapidEntry
from cvdesk.surveys.page_return import ReturnDialog, bring_in, paste_reply
from cvdesk.surveys.records_mail import mail_text
from cvdesk.surveys.report_form import form_pdf
from tests.desk import name_of
from tests.figures.shop import TODAY, new_shop
from tests.pages import make_session, said, settle
from tests.surveys.paper import DAY, asked, filled, form_bytes, make_sheets, make_survey


@pytest.fixture
def session(qtbot, qapp, tmp_path):
    made = make_session(qapp, new_shop(tmp_path), TODAY)
    made.heard = []
    made.said.connect(lambda text, undo: made.heard.append(text))
    yield made
    settle(qtbot, made)
    made.close()


@pytest.fixture
def window(qtbot):
    made = QWidget()
    made.resize(1200, 800)
    qtbot.addWidget(made)
    made.show()
    return made


@pytest.fixture
def folder(tmp_path):
    made = tmp_path / "back"
    made.mkdir()
    return made


def opened(qtbot, session, window, paths):
    dialog = bring_in(session, window, paths)
    settle(qtbot, session)
    return dialog


def shown(dialog):
    """The rows of the list as they read."""
    model = dialog.table.rows
    return [
        tuple(model.data(model.index(row, place), Qt.ItemDataRole.DisplayRole) for place in range(3))
        for row in range(model.rowCount())
    ]


def files(session, folder, count=3, value="4"):
    sheets = make_sheets(session.file, make_survey(session.file), count)
    for number, sheet in enumerate(sheets):
        (folder / f"{number}.pdf").write_bytes(filled(session.file, sheet, folder, value))
    return sheets, [folder / f"{number}.pdf" for number in range(count)]


def test_all_forms_of_a_batch_are_one_step(qtbot, session, window, folder):
    sheets, paths = files(session, folder)
    dialog = opened(qtbot, session, window, paths)
    assert "3 forms can be taken in." in said(dialog)
    assert shown(dialog)[0] == ("0.pdf", sheets[0].code, "5 of 20 questions answered.")
    assert dialog.take_button.text() == "Take in 3 forms"
    assert dialog.take_button.hasFocus()
    qtbot.keyClick(dialog.take_button, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: session.heard == ["3 forms taken in"])
    assert session.file.value("SELECT count(*) FROM assessments WHERE state = 'done'") == 3
    qtbot.waitUntil(lambda: not window.findChildren(ReturnDialog))
    session.undo()
    settle(qtbot, session)
    assert session.file.value("SELECT count(*) FROM assessments") == 0


def test_what_cannot_be_taken_in_stays_in_the_list_with_what_to_do(qtbot, session, window, folder):
    _sheets, paths = files(session, folder, 1)
    (folder / "note.docx").write_bytes(b"PK")
    (folder / "cut.pdf").write_bytes(paths[0].read_bytes()[:3000])
    dialog = opened(qtbot, session, window, [*paths, folder / "note.docx", folder / "cut.pdf"])
    assert "1 form can be taken in, 2 cannot be." in said(dialog)
    dialog.table.select_row(2)
    assert dialog.about.text() == (
        "This PDF is damaged: part of it is missing. Save it from the e-mail again, or ask for another copy."
    )
    qtbot.mouseClick(dialog.take_button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: session.heard == ["1 form taken in"])
    assert dialog.isVisible()
    assert [row[0] for row in shown(dialog)] == ["note.docx", "cut.pdf"]
    assert not dialog.take_button.isVisible()
    qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    assert not dialog.isVisible()


def test_other_answers_replace_the_first_ones_only_when_told_so(qtbot, session, window, folder):
    sheets, paths = files(session, folder, 1)
    dialog = opened(qtbot, session, window, paths)
    dialog.take_in()
    settle(qtbot, session)
    paths[0].write_bytes(filled(session.file, sheets[0], folder, "2"))
    dialog = opened(qtbot, session, window, paths)
    assert "waits for your choice" in said(dialog)
    assert not dialog.take_button.isVisible()
    qtbot.keyClick(dialog.table, Qt.Key.Key_Return)
    assert dialog.turn_button.text() == "Keep the others after all"
    qtbot.mouseClick(dialog.take_button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: "1 form taken in, 1 of them instead of others" in session.heard)
    assert session.file.value("SELECT max(value) FROM answers") == 2


def test_a_picture_of_a_form_is_typed_in(qtbot, session, window, folder):
    (sheet,) = make_sheets(session.file, make_survey(session.file))
    form_pdf(session.file, sheet.survey_id, [sheet.id], target=folder / "print.pdf", made=DAY)
    dialog = opened(qtbot, session, window, [folder / "print.pdf"])
    assert f"Type them in from the picture: sheet {sheet.code}." in dialog.about.text()
    qtbot.mouseClick(dialog.type_button, Qt.MouseButton.LeftButton)
    (typing,) = dialog.findChildren(RapidEntry)
    assert typing.heading.text() == f"Sheet {sheet.code}"
    typing.close()
    settle(qtbot, session)


def test_more_files_join_the_list_that_is_open(qtbot, session, window, folder):
    _sheets, paths = files(session, folder, 2)
    dialog = opened(qtbot, session, window, paths[:1])
    assert opened(qtbot, session, window, paths) is dialog
    assert len(shown(dialog)) == 2


def test_leaving_while_forms_are_read_changes_nothing(qtbot, session, window, folder):
    _sheets, paths = files(session, folder)
    dialog = bring_in(session, window, paths)
    dialog.close()
    settle(qtbot, session)
    assert session.heard == []
    assert session.file.value("SELECT count(*) FROM assessments") == 0


def test_everything_has_a_name_for_a_screen_reader(qtbot, session, window, folder):
    _sheets, paths = files(session, folder, 1)
    dialog = opened(qtbot, session, window, paths)
    reply = paste_reply(session, window)
    for widget in (dialog.table, dialog.take_button, dialog.close_button, reply.text, reply.table, reply.sheets):
        assert name_of(widget)


@pytest.fixture
def asking(session):
    """A survey by e-mail, Anna's sheet of it, and the text she got."""
    file = session.file
    anna = file.run("Add", lambda op: customers.save(op, Customer("Anna Bell"))).result
    survey = make_survey(file, "minute")
    (sheet,) = make_sheets(file, survey, 0, (anna,))
    return sheet, mail_text(survey, asked(file, sheet), sheet.code, "Corner shop", "Anna")[1]


def pasted(qtbot, session, dialog, text):
    dialog.text.setPlainText(text)
    qtbot.waitUntil(lambda: not dialog._timer.isActive())
    settle(qtbot, session)


def understood(dialog):
    model = dialog.table.rows
    return [model.data(model.index(row, 1), Qt.ItemDataRole.DisplayRole) for row in range(model.rowCount())]


def test_a_pasted_reply_shows_what_was_understood_before_it_counts(qtbot, session, window, asking):
    sheet, body = asking
    body = body.replace("Answer 1: [   ]", "Answer 1: [5]").replace("Answer 2: [   ]", "Answer 2: [nine]")
    dialog = paste_reply(session, window)
    assert not dialog.take_button.isEnabled()
    pasted(qtbot, session, dialog, "> " + body.replace("\n", "\n> "))
    assert dialog.whose.text() == f"Anna Bell · Bread round · {sheet.code}"
    assert understood(dialog)[:3] == ["5: Excellent: all I came for", "not understood: “nine”", "left blank"]
    qtbot.keyClick(dialog.text, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: session.heard == ["Reply taken in"])
    assert store.sheet(session.file, sheet.id).answered == TODAY


def test_a_reply_that_lost_its_code_is_given_to_a_sheet(qtbot, session, window, asking):
    sheet, _body = asking
    dialog = paste_reply(session, window)
    pasted(qtbot, session, dialog, "1: 4\n2: 3\n")
    assert dialog.sheets.isVisible()
    assert "choose whose reply it is" in dialog.note.text()
    dialog.sheets.setCurrentIndex(1)
    qtbot.waitUntil(lambda: not dialog._timer.isActive())
    settle(qtbot, session)
    assert dialog.take_button.isEnabled()
    qtbot.mouseClick(dialog.take_button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: session.heard == ["Reply taken in"])
    assert store.sheet(session.file, sheet.id).answered == TODAY


def test_a_reply_with_nothing_in_it_is_said_so(qtbot, session, window, asking):
    dialog = paste_reply(session, window)
    pasted(qtbot, session, dialog, asking[1])
    assert "Nothing on this form is filled in." in dialog.note.text()
    assert not dialog.take_button.isEnabled()


def test_what_was_just_changed_is_read_before_it_can_be_taken_in(qtbot, session, window, asking):
    sheet, body = asking
    dialog = paste_reply(session, window)
    pasted(qtbot, session, dialog, body.replace("Answer 1: [   ]", "Answer 1: [1]"))
    dialog.text.setPlainText(body.replace("Answer 1: [   ]", "Answer 1: [5]"))
    assert not dialog.take_button.isEnabled()
    qtbot.keyClick(dialog.text, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    settle(qtbot, session)
    assert store.sheet(session.file, sheet.id).answered is None
    qtbot.waitUntil(dialog.take_button.isEnabled)
    dialog.take_in()
    qtbot.waitUntil(lambda: session.heard == ["Reply taken in"])
    assert session.file.value("SELECT max(value) FROM answers WHERE state = 'answered'") == 5


def test_a_second_reply_says_that_it_replaces(qtbot, session, window, asking, folder):
    sheet, body = asking
    session.file.run("Paper", lambda op: store.take_in(op, sheet.id, _fours(session, sheet), DAY))
    dialog = paste_reply(session, window)
    pasted(qtbot, session, dialog, body.replace("Answer 1: [   ]", "Answer 1: [1]"))
    assert dialog.take_button.text() == "Replace the answers that are here"
    assert form_bytes(session.file, sheet, folder)


def _fours(session, sheet):
    from cvdesk.surveys.records import Returned
    from cvdesk.value.records import AnswerValue

    return Returned({asked(session.file, sheet)[0].version: AnswerValue("answered", 4.0)})
