"""History of a record, and what was deleted lately, in the window."""

from datetime import date

import pytest
from PySide6.QtWidgets import QPushButton

from cvdesk.db import create_file
from cvdesk.db.deleted import SHOWN_TABLES
from cvdesk.shell.history import DeletedDialog, HistoryDialog
from cvdesk.shell.history_words import record_name
from cvdesk.wording.counts import records
from tests.db.helpers import customer, entry
from tests.pages import make_session, said, settle

TODAY = date(2026, 11, 21)


@pytest.fixture
def session(qapp, tmp_path):
    made = make_session(qapp, create_file(tmp_path / "bakery.cvdesk"), TODAY)
    yield made
    made.close()


@pytest.fixture
def parent(qtbot):
    from PySide6.QtWidgets import QWidget

    made = QWidget()
    qtbot.addWidget(made)
    return made


def press(dialog, text):
    found = [one for one in dialog.findChildren(QPushButton) if one.text() == text and not one.isHidden()]
    found[-1].click()


def test_each_step_is_told_and_the_record_can_stand_again_as_it_was(qtbot, session, parent):
    who = session.file.run("Add Ada", customer).result
    said_id = session.file.run("Log feedback", lambda op: entry(op, text="Lat", customer_id=who)).result
    session.file.run(
        "Correct it", lambda op: op.update("entries", said_id, {"text": "Late", "rating": 2.0}), who="Beth"
    )
    dialog = HistoryDialog(session, "entries", said_id, parent)
    settle(qtbot, session)
    text = said(dialog)
    assert "Feedback: Ada Lovelace · Late · 4 May 2026" in text
    assert "Words: Lat → Late" in text
    assert "Rating: 2" in text
    assert "by Beth" in text
    press(dialog, "Put back as it stood then")
    settle(qtbot, session)
    assert tuple(session.file.row("SELECT text, rating FROM entries")) == ("Lat", None)
    assert "Words: Late → Lat" in said(dialog), "putting back is a step as well"
    session.undo()
    settle(qtbot, session)
    assert session.file.value("SELECT text FROM entries") == "Late"


def test_what_was_deleted_is_listed_once_and_comes_back_whole(qtbot, session, parent):
    who = session.file.run("Add Ada", customer).result
    session.file.run("Buy", lambda op: op.insert("purchases", {"customer_id": who, "date": "2026-05-04"}))
    session.file.run("Delete Ada", lambda op: op.delete("customers", who))
    dialog = DeletedDialog(session, parent)
    settle(qtbot, session)
    assert "Customer: Ada Lovelace" in said(dialog)
    assert "Purchase" not in said(dialog), "what went with her is no line of its own"
    press(dialog, "Put back")
    settle(qtbot, session)
    assert session.file.value("SELECT count(*) FROM customers JOIN purchases ON customer_id = customers.id") == 1
    assert "Nothing was deleted" in said(dialog)


def test_a_deleted_survey_comes_back_with_its_sheets(qtbot, session, parent):
    def hand_out(op):
        survey = op.insert("surveys", {"name": "Bread round, spring", "form": "minute"})
        op.insert("sheets", {"survey_id": survey, "code": "K7M2-QXP4"})
        return survey

    survey = session.file.run("Hand out", hand_out).result
    session.file.run("Delete a survey", lambda op: op.delete("surveys", survey))
    dialog = DeletedDialog(session, parent)
    settle(qtbot, session)
    assert "Bread round, spring" in said(dialog)
    press(dialog, "Put back")
    settle(qtbot, session)
    assert session.file.value("SELECT code FROM sheets WHERE survey_id = ?", (survey,)) == "K7M2-QXP4"


ACTING = {
    "actions": ({"name": "Second van"}, "Action: Second van"),
    "strategies": ({"name": "Winter"}, "Strategy: Winter"),
    "care_plans": ({"kind": "onboarding", "name": "New cafés"}, "Plan of care: New cafés"),
    "groups": ({"name": "Sunday bakers"}, "Group: Sunday bakers"),
    "gatherings": ({"name": "Open oven", "date": "2026-11-01"}, "Event: Open oven"),
    "faqs": ({"question": "Do you bake on Sundays?"}, "Question and answer: Do you bake on Sundays?"),
    "you_said": ({"said": "Open later", "date": "2026-11-01"}, "You said, we did: Open later"),
}


@pytest.mark.parametrize("table", ACTING)
def test_a_deleted_record_of_strategy_and_care_is_listed_by_its_name_and_comes_back(qtbot, session, parent, table):
    values, words = ACTING[table]
    made = session.file.run("Add", lambda op: op.insert(table, values)).result
    session.file.run("Delete", lambda op: op.delete(table, made))
    dialog = DeletedDialog(session, parent)
    settle(qtbot, session)
    assert words in said(dialog)
    press(dialog, "Put back")
    settle(qtbot, session)
    assert session.file.value(f"SELECT id FROM {table}") == made


def test_a_deleted_action_comes_back_with_what_it_lifts(qtbot, session, parent):
    def add(op):
        factor = op.insert("factors", {"key": "speed", "lever": "worth", "place": 1, "label": "Speed"})
        action = op.insert("actions", {"name": "Second van"})
        lift = {"action_id": action, "factor_id": factor, "low": 0.1, "likely": 0.2, "high": 0.3}
        return action, op.insert("action_lifts", lift)

    action, lift = session.file.run("Add", add).result
    session.file.run("Delete", lambda op: op.delete("actions", action))
    dialog = DeletedDialog(session, parent)
    settle(qtbot, session)
    press(dialog, "Put back")
    settle(qtbot, session)
    assert session.file.value("SELECT id FROM action_lifts WHERE action_id = ?", (action,)) == lift


def test_every_table_that_is_listed_has_its_words():
    assert all(record_name(table) and records(table, 2).startswith("2 ") for table in SHOWN_TABLES)
