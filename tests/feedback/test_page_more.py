"""What the page of feedback offers beside the list: one customer's line, exports, batches, tallies; and what may
change under the hands of the person."""

from datetime import timedelta

import pytest
from PySide6.QtCore import Qt

from cvdesk.catalogue.records import Business
from cvdesk.customers import store as customers
from cvdesk.customers.records import Customer
from cvdesk.exchange.new import make_business
from cvdesk.exchange.page_export import shown_by
from cvdesk.feedback import store
from cvdesk.feedback.page import FeedbackPage
from cvdesk.feedback.records import Entry
from tests.desk import TODAY
from tests.pages import make_session, settle


def fill(op):
    """Two customers of one name, one of another; six entries, one a day back from today; number 0 is about safety."""
    people = [customers.save(op, Customer(name=name)) for name in ("Anna Berg", "Anna Berg", "Ole Dahl")]
    for number in range(6):
        store.save(op, Entry(
            date=TODAY - timedelta(days=number), text=f"note {number}", customer_id=people[2] if number % 2 else None,
            safety=number == 0,
        ))  # fmt: skip
    return people


@pytest.fixture
def session(qapp, tmp_path):
    file = make_business(tmp_path / "shop.cvdesk", Business("Corner shop"))
    made = make_session(qapp, file, TODAY)
    made.people = file.run("Fill", fill).result
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
    return made


@pytest.fixture
def opened(session):
    """What the page asked the window to open."""
    asked = []
    session.open_requested.connect(lambda table, record: asked.append((table, record)))
    return asked


def customer_of(session, text):
    return session.file.value("SELECT customer_id FROM entries WHERE text = ?", (text,))


def test_the_line_begins_with_the_customer_whose_card_asked_for_it(qtbot, session, page):
    second = session.people[1]  # of two with one name: whose card it was is not guessed
    page.show_record(("new", second, "Anna Berg"))
    settle(qtbot, session)
    assert page.capture.line.text() == "Anna Berg: "
    assert page.capture.line.hasFocus()
    qtbot.keyClicks(page.capture.line, "the rye was burnt")
    qtbot.keyClick(page.capture.line, Qt.Key.Key_Return)
    settle(qtbot, session)
    assert customer_of(session, "the rye was burnt") == second


def test_another_card_takes_the_line_over_only_while_nothing_was_typed(qtbot, session, page):
    page.show_record(("new", session.people[0], "Anna Berg"))
    page.show_record(("new", session.people[2], "Ole Dahl"))
    assert page.capture.line.text() == "Ole Dahl: "
    qtbot.keyClicks(page.capture.line, "late again")
    heard = []
    session.said.connect(lambda text, _undo: heard.append(text))
    page.show_record(("new", session.people[0], "Anna Berg"))
    assert page.capture.line.text() == "Ole Dahl: late again"
    assert heard == ["Log the line you began, or clear it, before the next one."]
    qtbot.keyClick(page.capture.line, Qt.Key.Key_Return)
    settle(qtbot, session)
    assert customer_of(session, "late again") == session.people[2]


def test_an_export_takes_what_the_list_shows_in_its_order(qtbot, session, page, opened):
    page.search.setText("of: ole")
    settle(qtbot, session)
    qtbot.waitUntil(lambda: page.table.rows.rowCount() == 3)
    page.export_list()
    settle(qtbot, session)
    [(table, (name, about))] = opened
    assert (table, name, about["table"]) == ("command", "export-list", "entries")
    shown = shown_by(about)
    assert shown.rows == 3
    assert list(shown.ids(session.file)) == [page.table.rows.id_at(place) for place in range(3)]


def test_an_export_takes_those_selected_where_several_are(qtbot, session, page, opened):
    page.table.select_row(1)
    page.table.setFocus()
    qtbot.keyClick(page.table, Qt.Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)
    page.export_list()
    settle(qtbot, session)
    shown = shown_by(opened[0][1][1])
    assert list(shown.ids(session.file)) == [page.table.rows.id_at(place) for place in (1, 2)]


def test_paper_and_reviews_are_one_menu_away(page, opened):
    offered = {action.text(): action for action in page.more.menu().actions() if action.text()}
    for text in ("Notes on paper…", "Reviews from the web…"):
        offered[text].trigger()
    assert opened == [("command", "batch"), ("command", "reviews")]


def test_a_tally_stands_below_the_line(qtbot, session, page):
    qtbot.keyClicks(page.tally.name, "queue")
    qtbot.keyClick(page.tally.name, Qt.Key.Key_Return)
    settle(qtbot, session)
    assert session.file.value("SELECT count FROM tallies WHERE name = 'queue'") == 1
    assert page.tally.isVisibleTo(page)


def test_several_that_have_moved_under_the_selection_are_left_alone(qtbot, session, page):
    """An import may end between choosing and pressing: its rows push the others down."""
    page.table.select_row(0)
    page.table.setFocus()
    for _time in range(2):
        qtbot.keyClick(page.table, Qt.Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)
    session.file.run("Import", lambda op: store.save(op, Entry(date=TODAY, text="came in meanwhile")))
    heard = []
    session.said.connect(lambda text, _undo: heard.append(text))
    page.bulk.delete()
    settle(qtbot, session)
    settle(qtbot, session)
    assert session.file.value("SELECT count(*) FROM entries") == 7
    assert heard == ["The list has changed meanwhile. Select them again."]
    qtbot.waitUntil(lambda: page.table.rows.rowCount() == 7)


def test_typing_goes_on_while_the_answer_before_is_saved(qtbot, session, page):
    page.table.select_row(0)
    first = page.card.safety.questions.fields["safety_batch"]
    qtbot.waitUntil(first.isVisible)
    first.setFocus()
    qtbot.keyClicks(first, "L204")
    qtbot.keyClick(first, Qt.Key.Key_Tab)
    qtbot.keyClicks(page.card.safety.questions.fields["safety_others"], "all of Fri")
    settle(qtbot, session)  # the first is on the disk, the card is shown anew
    others = page.card.safety.questions.fields["safety_others"]
    assert others.text() == "all of Fri"
    assert others.hasFocus()
    qtbot.keyClicks(others, "day")
    qtbot.keyClick(others, Qt.Key.Key_Tab)
    settle(qtbot, session)
    entry = store.get(session.file, page.table.rows.id_at(0))
    assert (entry.safety_batch, entry.safety_others) == ("L204", "all of Friday")


def test_what_is_typed_about_safety_is_saved_when_another_entry_is_shown(qtbot, session, page):
    first = page.table.rows.id_at(0)
    page.table.select_row(0)
    field = page.card.safety.questions.fields["safety_told"]
    field.setFocus()
    qtbot.keyClicks(field, "the council")
    page.show_record(page.table.rows.id_at(3))  # found by a search over everything, say
    settle(qtbot, session)
    assert store.get(session.file, first).safety_told == "the council"


def test_an_answer_is_typed_on_where_it_was_when_the_entry_changes_meanwhile(qtbot, session, page):
    page.table.select_row(0)
    page.card.focus_answer()
    qtbot.keyClicks(page.card.answer.field, "Dear Anna")
    session.run("Other", lambda op: op.update("entries", page.table.rows.id_at(0), {"kind": "problem"}))
    settle(qtbot, session)
    qtbot.keyClicks(page.card.answer.field, ", sorry")
    assert page.card.answer.field.toPlainText() == "Dear Anna, sorry"
