"""Keys pressed twice before the first has reached the disk, and entries that went meanwhile: never an error of ours."""

import pytest
from PySide6.QtCore import Qt

from cvdesk.catalogue.records import Business
from cvdesk.exchange.new import make_business
from cvdesk.feedback import store
from cvdesk.feedback.page import FeedbackPage
from cvdesk.feedback.page_edit import EditDialog
from cvdesk.feedback.records import Entry
from tests.desk import TODAY
from tests.pages import catch_errors, make_session, settle


def fill(op):
    for number in range(3):
        store.save(op, Entry(
            date=TODAY, text=f"note {number}", safety=True, promise="ring back", promised_by=TODAY, needs_answer=True,
        ))  # fmt: skip


@pytest.fixture
def session(qapp, tmp_path):
    file = make_business(tmp_path / "shop.cvdesk", Business("Corner shop"))
    file.run("Fill", fill)
    made = make_session(qapp, file, TODAY)
    yield made
    made.close()


@pytest.fixture
def page(qtbot, session):
    made = FeedbackPage(session)
    qtbot.addWidget(made)
    made.resize(1110, 800)
    made.show()
    qtbot.waitExposed(made)
    made.activateWindow()
    settle(qtbot, session)
    made.table.select_row(0)
    return made


def test_delete_pressed_twice_deletes_once(qtbot, session, page, monkeypatch):
    shown = catch_errors(monkeypatch)
    page.table.setFocus()
    page._delete()
    page._delete()
    settle(qtbot, session)
    assert shown == []
    assert session.file.value("SELECT count(*) FROM entries") == 2


@pytest.mark.parametrize("do", ["safety", "promise", "no answer", "complaint", "typed"])
def test_what_is_done_to_an_entry_that_just_went_says_so(qtbot, session, page, monkeypatch, do):
    shown = catch_errors(monkeypatch)
    card, entry_id = page.card, page.table.rows.id_at(0)
    page._delete()  # on its way to the disk, the card still shows it
    if do == "safety":
        session.run("x", lambda op: store.close_safety(op, entry_id, TODAY))
    elif do == "promise":
        session.run("x", lambda op: store.keep_promise(op, entry_id, TODAY))
    elif do == "no answer":
        card.answer._none()
    elif do == "complaint":
        card._complain(entry_id)
    else:
        field = card.safety.questions.fields["safety_batch"]
        field.setFocus()
        qtbot.keyClicks(field, "L204")
        qtbot.keyClick(field, Qt.Key.Key_Return)
    settle(qtbot, session)
    assert shown == ["This feedback was deleted meanwhile."]


def test_an_edit_of_an_entry_that_just_went_says_so_and_keeps_the_form(qtbot, session, page, monkeypatch):
    shown = catch_errors(monkeypatch)
    page.card.edit(page.table.rows.id_at(0))
    dialog = page.window().findChild(EditDialog)
    page._delete()
    dialog.save()
    settle(qtbot, session)
    assert shown == ["This feedback was deleted meanwhile."]
    assert dialog.isVisible()
    dialog.reject()
