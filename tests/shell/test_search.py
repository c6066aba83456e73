"""Search everything: by keys, over customers, complaints, feedback, themes and commands."""

from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget

from cvdesk.db import create_file
from cvdesk.db.filter import Filter
from cvdesk.shell.search import Command, SearchDialog
from cvdesk.shell.store_search import find
from tests.db.helpers import entry, seed
from tests.pages import make_session, settle

TODAY = date(2026, 11, 21)


def fill(op):
    known = seed(op)
    ids = {}
    for name in ("Siân Dünn", "Maria Alvarez"):
        ids[name] = op.insert(
            "customers", {"name": name, "name_key": name.casefold().replace("â", "a").replace("ü", "u")}
        )
    op.insert(
        "contacts",
        {"customer_id": ids["Maria Alvarez"], "kind": "email", "value": "m@x.example", "match_key": "m@x.example"},
    )
    ids["late"] = entry(op, "2026-05-04", "Brot kam zu spät", customer_id=ids["Siân Dünn"])
    ids["later"] = entry(op, "2026-06-04", "Much too late, 100% sure")
    ids["case"] = op.insert("complaints", {"number": 12, "date": "2026-05-04", "text": "Spätestens um acht"})
    return known, ids


@pytest.fixture
def session(qapp, tmp_path):
    made = make_session(qapp, create_file(tmp_path / "bakery.cvdesk"), TODAY)
    made.file.run("Fill", fill)
    yield made
    made.close()


def found(session, text):
    return [(hit.table, hit.words) for hit in find(session.file, text)]


@pytest.mark.parametrize(
    ("text", "hits"),
    [
        ("sian", [("customers", "Siân Dünn")]),
        ("DUNN", [("customers", "Siân Dünn")]),
        ("m@x", [("customers", "Maria Alvarez")]),
        ("alvares", [("customers", "Maria Alvarez")]),
        ("spat", [("complaints", "Spätestens um acht"), ("entries", "Brot kam zu spät")]),
        ("#12", [("complaints", "Spätestens um acht")]),
        ("12", [("complaints", "Spätestens um acht")]),
        ("too la", [("entries", "Much too late, 100% sure")]),
        ("#taste", [("themes", "Taste")]),
        ("100%", [("entries", "Much too late, 100% sure")]),
        ("\u0301", []),
        ("", []), ("   ", []), ('"', []), ("%", []), ("_", []), ("*", []), ("\\", []), ("'; --", []), ("OR", []),
    ],
)  # fmt: skip
def test_what_is_found(session, text, hits):
    assert found(session, text) == hits


def opened(session):
    seen = []
    session.open_requested.connect(lambda table, record: seen.append((table, record)))
    return seen


def dialog_of(qtbot, session, commands=()):
    parent = QWidget()
    qtbot.addWidget(parent)
    made = SearchDialog(session, commands, parent)
    made.show()
    return parent, made


def test_typing_down_and_enter_open_the_record(qtbot, session):
    seen = opened(session)
    _parent, dialog = dialog_of(qtbot, session)
    QTest.keyClicks(dialog.field, "spat")
    settle(qtbot, session)
    assert dialog.results.currentItem().text().startswith("Complaints: #12"), "the first result is chosen at once"
    QTest.keyClick(dialog.field, Qt.Key.Key_Down)
    assert dialog.results.currentItem().text().startswith("Feedback: Brot kam"), "the heading between is stepped over"
    QTest.keyClick(dialog.field, Qt.Key.Key_Return)
    entry_id = session.file.value("SELECT id FROM entries WHERE text LIKE 'Brot%'")
    assert seen == [("entries", entry_id)]


def test_a_theme_opens_its_feedback(qtbot, session):
    seen = opened(session)
    _parent, dialog = dialog_of(qtbot, session)
    QTest.keyClicks(dialog.field, "taste")
    settle(qtbot, session)
    QTest.keyClick(dialog.field, Qt.Key.Key_Return)
    ((table, about),) = seen
    assert table == "entries"
    assert isinstance(about, Filter)
    assert about.theme == session.file.value("SELECT id FROM themes")


def test_commands_and_pages_are_found_and_done(qtbot, session):
    done = []
    commands = [Command("Export everything…", lambda: done.append("export"), "Ctrl+E"), Command("Home", lambda: None)]
    _parent, dialog = dialog_of(qtbot, session, commands)
    QTest.keyClicks(dialog.field, "expo")
    settle(qtbot, session)
    QTest.keyClick(dialog.field, Qt.Key.Key_Return)
    assert done == ["export"]


def test_nothing_found_is_said_and_enter_does_nothing(qtbot, session):
    seen = opened(session)
    _parent, dialog = dialog_of(qtbot, session)
    QTest.keyClicks(dialog.field, "qqqq")
    settle(qtbot, session)
    assert dialog.note.text() == "Nothing fits “qqqq”. Try fewer letters or another word."
    QTest.keyClick(dialog.field, Qt.Key.Key_Return)
    assert seen == []
    assert dialog.isVisible()


def test_actions_and_answers_are_found_and_opened(qtbot, session):
    def add(op):
        action = op.insert("actions", {"name": "Second van on Fridays", "status": "started"})
        return action, op.insert("faqs", {"question": "Is there a van on Sundays?", "answer": "Not yet."})

    action, faq = session.file.run("Add", add).result
    assert found(session, "van") == [
        ("actions", "Second van on Fridays"), ("faqs", "Is there a van on Sundays?"),
    ]  # fmt: skip
    parent = QWidget()
    qtbot.addWidget(parent)
    opened = []
    session.open_requested.connect(lambda *where: opened.append(where))
    for text in ("second van", "on sundays"):
        dialog = SearchDialog(session, [], parent)
        dialog.open()
        QTest.keyClicks(dialog.field, text)
        settle(qtbot, session)
        qtbot.waitUntil(lambda dialog=dialog: dialog.results.count() > 1)
        QTest.keyClick(dialog.field, Qt.Key.Key_Return)
    assert opened == [("actions", action), ("care", ("faq", faq))]
