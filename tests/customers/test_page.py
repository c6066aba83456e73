"""The Customers page, by keys and clicks: add, edit, delete and take back, find, everything of one on one timeline."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QComboBox, QDateEdit, QLineEdit, QPlainTextEdit, QPushButton, QTableView, QWidget

from cvdesk.catalogue.records import Business
from cvdesk.complaints import store as complaints
from cvdesk.complaints.records import Complaint
from cvdesk.customers import store
from cvdesk.customers.form_fields import read_day
from cvdesk.customers.page import CustomersPage
from cvdesk.customers.page_timeline import joined
from cvdesk.customers.records import Contact, Customer
from cvdesk.customers.store_card import Moment
from cvdesk.customers.store_list import CustomerQuery
from cvdesk.db import BusinessFile, open_file
from cvdesk.exchange.new import make_business
from cvdesk.exchange.sample import make_sample
from cvdesk.kit import ask
from tests.desk import button_named
from tests.pages import Answers, catch_errors, make_session, said, settle

TODAY = date(2026, 11, 21)


@pytest.fixture
def file(tmp_path: Path) -> Iterator[BusinessFile]:
    with make_business(tmp_path / "bakery.cvdesk", Business("Harbour Bakery")) as made:
        yield made


def fill(file: BusinessFile) -> dict[str, int]:
    """Three customers; Ana has a complaint."""

    def work(op):
        ids = {
            name: store.save(op, Customer(name=name, contacts=(Contact("email", f"{name.split()[0].lower()}@x.org"),)))
            for name in ("Ana Ruiz", "Bo Lind", "Cy Twombly")
        }
        complaints.save(op, Complaint(date=TODAY, text="Cold <b>soup</b>", customer_id=ids["Ana Ruiz"]))
        return ids

    made: dict[str, int] = file.run("Fill", work).result
    return made


@pytest.fixture
def show(qtbot, qapp):
    pages: list[CustomersPage] = []

    def made(file: BusinessFile) -> CustomersPage:
        session = make_session(qapp, file, TODAY)
        page = CustomersPage(session)
        pages.append(page)
        qtbot.addWidget(page)
        page.resize(1110, 760)
        page.show()
        page.activateWindow()
        qtbot.waitExposed(page)
        qtbot.waitUntil(page.isActiveWindow)
        page.focus_first()
        settle(qtbot, session)
        return page

    yield made
    for page in pages:
        page.close()
        page.session.close()


def names(page: CustomersPage) -> list[str]:
    rows = (page.table.rows.row(place) for place in range(page.table.rows.rowCount()))
    return [row.name for row in rows if row is not None]


def keyboard(page: QWidget) -> QWidget:
    found = page.window().focusWidget()
    assert found is not None
    return found


def unnamed(page: QWidget) -> list[QWidget]:
    """What the keyboard reaches but a screen reader could not name."""
    return [
        widget
        for widget in page.findChildren(QWidget)
        if widget.isVisibleTo(page)
        and widget.focusPolicy() & Qt.FocusPolicy.TabFocus
        and isinstance(widget, QPushButton | QLineEdit | QPlainTextEdit | QTableView)
        and not isinstance(widget.parent(), QComboBox | QDateEdit)
        and not QAccessible.queryAccessibleInterface(widget).text(QAccessible.Text.Name)
    ]


def test_with_nobody_yet_one_sentence_says_what_to_do(show, file, qtbot):
    page = show(file)
    assert "Nobody is here yet" in said(page)
    assert not page.table.isVisible()
    with qtbot.waitSignal(page.session.open_requested) as asked:
        qtbot.keyClick(keyboard(page), Qt.Key.Key_Space)
    assert asked.args == ["command", "import"]


def test_the_first_customer_is_added_by_keys_alone(show, file, qtbot):
    page = show(file)
    page.add.setFocus()
    qtbot.keyClick(page.add, Qt.Key.Key_Space)
    for text in ("Maria Alvarez", None, None, "maria@example.org", "020 7946 0018"):
        if text:
            qtbot.keyClicks(keyboard(page), text)
        qtbot.keyClick(keyboard(page), Qt.Key.Key_Tab)
    qtbot.keyClicks(keyboard(page), "Regulars")
    qtbot.keyClick(keyboard(page), Qt.Key.Key_Tab)
    qtbot.keyClicks(keyboard(page), "Mar 2024")
    with qtbot.waitSignal(page.session.said) as confirmed:
        qtbot.keyClick(keyboard(page), Qt.Key.Key_Return)
    settle(qtbot, page.session)
    assert confirmed.args == ["Maria Alvarez added", True]
    assert names(page) == ["Maria Alvarez"]
    kept = store.get(file, page.table.rows.id_at(0))
    assert [contact.value for contact in kept.contacts] == ["maria@example.org", "020 7946 0018"]
    assert kept.since == date(2024, 3, 1)
    assert keyboard(page) is page.table
    assert "Regulars" in said(page.card)
    assert "Customer since Mar 2024" in said(page.card)


def test_what_is_wrong_stands_beside_the_field_and_nothing_is_changed(show, file, qtbot):
    ids = fill(file)
    page = show(file)
    page.show_record(ids["Bo Lind"])
    settle(qtbot, page.session)
    qtbot.mouseClick(page.card.edit, Qt.MouseButton.LeftButton)
    form = page.form
    form.email.setText("bo at example")
    form.since.setText("someday")
    qtbot.keyClick(form.name, Qt.Key.Key_Return)
    assert "“bo at example” is not a complete e-mail address." in said(form)
    assert "Write the day with its year, such as 1 Mar 2024." in said(form)
    assert form.email.hasFocus()
    assert form.email.accessibleDescription()
    form.email.setText("bo@example.org")
    form.since.setText("1/3/2024")
    form.name.setText("Bo Lindh")
    qtbot.keyClick(form.name, Qt.Key.Key_Return)
    settle(qtbot, page.session)
    assert store.get(file, ids["Bo Lind"]).name == "Bo Lindh"
    assert store.get(file, ids["Bo Lind"]).since == date(2024, 3, 1)


def test_the_customers_behind_a_figure_are_listed_until_the_limit_is_taken_away(show, file, qtbot):
    fill(file)
    page = show(file)
    page.show_record(CustomerQuery(search="Bo"))
    settle(qtbot, page.session)
    assert page.board.ids() == [file.value("SELECT id FROM customers WHERE name = 'Bo Lind'")]
    page.show_record(CustomerQuery())
    settle(qtbot, page.session)
    assert len(page.board.ids()) == 3


def test_escape_leaves_the_form_and_nothing_is_saved(show, file, qtbot):
    ids = fill(file)
    page = show(file)
    page.show_record(ids["Bo Lind"])
    settle(qtbot, page.session)
    qtbot.keyClick(page.table, Qt.Key.Key_Return)
    qtbot.keyClicks(keyboard(page), "X")
    qtbot.keyClick(keyboard(page), Qt.Key.Key_Escape)
    settle(qtbot, page.session)
    assert keyboard(page) is page.table
    assert "Bo Lind" in said(page.card)
    assert names(page) == ["Ana Ruiz", "Bo Lind", "Cy Twombly"]


def test_delete_asks_nothing_and_can_be_taken_back(show, file, qtbot):
    ids = fill(file)
    page = show(file)
    page.show_record(ids["Bo Lind"])
    settle(qtbot, page.session)
    with qtbot.waitSignal(page.session.said) as confirmed:
        qtbot.keyClick(page.table, Qt.Key.Key_Delete)
    settle(qtbot, page.session)
    assert confirmed.args[1] is True
    assert names(page) == ["Ana Ruiz", "Cy Twombly"]
    assert "Cy Twombly" in said(page.card)
    page.session.undo()
    settle(qtbot, page.session)
    assert names(page) == ["Ana Ruiz", "Bo Lind", "Cy Twombly"]


def test_typing_finds_by_name_and_e_mail(show, file, qtbot):
    fill(file)
    page = show(file)
    page.board.search.setFocus()
    qtbot.keyClicks(page.board.search, "cy@x")
    assert names(page) == ["Cy Twombly"]
    assert page.board.found.text() == "1 of 3"
    qtbot.keyClick(page.board.search, Qt.Key.Key_Return)
    assert keyboard(page) is page.table
    page.board.search.setText("nobody of that name")
    assert "No customer fits." in said(page.board)
    page.board.search.setFocus()
    qtbot.keyClick(page.board.search, Qt.Key.Key_Escape)
    assert len(names(page)) == 3


def test_a_customer_is_found_by_id_whatever_limits_the_list(show, file, qtbot):
    ids = fill(file)
    page = show(file)
    page.board.search.setText("Ana")
    page.show_record(ids["Cy Twombly"])
    settle(qtbot, page.session)
    assert len(names(page)) == 3
    assert page.table.rows.id_at(page.table.currentIndex().row()) == ids["Cy Twombly"]
    assert "Cy Twombly" in said(page.card)


def test_every_line_of_the_timeline_opens_the_thing_and_words_are_never_markup(show, file, qtbot):
    ids = fill(file)
    page = show(file)
    page.show_record(ids["Ana Ruiz"])
    settle(qtbot, page.session)
    assert "1 complaint, 1 open" in said(page.card)
    line = next(b for b in page.card.findChildren(QPushButton) if b.accessibleName().startswith("Complaint #1"))
    assert "Cold <b>soup</b>" in line.accessibleName()
    with qtbot.waitSignal(page.session.open_requested) as asked:
        qtbot.mouseClick(line, Qt.MouseButton.LeftButton)
    assert asked.args == ["complaints", file.value("SELECT id FROM complaints")]


def test_a_score_sheet_shows_answers_and_no_value_figure(show, tmp_path, qtbot):
    make_sample(tmp_path / "sample.cvdesk", today=TODAY)
    with open_file(tmp_path / "sample.cvdesk") as sample:
        page = show(sample)
        who = sample.value(
            "SELECT customer_id FROM assessments WHERE kind = 'customer' AND state = 'done' AND form = 'full'"
            " AND customer_id IS NOT NULL ORDER BY date DESC"
        )
        page.show_record(who)
        settle(qtbot, page.session)
        sheet = next(b for b in page.card.findChildren(QPushButton) if "score sheet" in b.accessibleName())
        before = said(page.card)
        qtbot.mouseClick(sheet, Qt.MouseButton.LeftButton)
        settle(qtbot, page.session)
        answers = said(page.card)
        assert " of 5, less is better" in answers
        assert "of 5" not in before
        assert "Customer value" not in answers
        assert "How likely are you to recommend Harbour Bakery to a friend or colleague?" in answers
        assert "{" not in answers
        opened = button_named(page.card, "Open the sheet")
        with qtbot.waitSignal(page.session.open_requested) as asked:
            qtbot.mouseClick(opened, Qt.MouseButton.LeftButton)
        assert asked.args[0] == "assessments"
        assert sample.value("SELECT customer_id FROM assessments WHERE id = ?", (asked.args[1],)) == who
        page.session.close()


def test_everything_the_keyboard_reaches_has_a_name(show, file, qtbot):
    ids = fill(file)
    page = show(file)
    page.show_record(ids["Ana Ruiz"])
    settle(qtbot, page.session)
    assert unnamed(page) == []
    page.edit_customer()
    assert unnamed(page) == []


def test_tab_goes_from_the_filters_to_the_table_to_the_card(show, file, qtbot):
    ids = fill(file)
    page = show(file)
    page.show_record(ids["Ana Ruiz"])
    settle(qtbot, page.session)
    page.board.search.setFocus()
    seen = []
    for _step in range(3):
        qtbot.keyClick(keyboard(page), Qt.Key.Key_Tab)
        seen.append(keyboard(page))
    assert seen[0] is page.table  # no groups of customers, so nothing to choose from
    assert page.card.isAncestorOf(seen[1])


def test_days_are_read_as_people_write_them():
    assert read_day("") is None
    assert read_day("1 Mar 2024") == read_day("01/03/2024") == read_day("2024-03-01") == date(2024, 3, 1)
    assert read_day("March 2024") == date(2024, 3, 1)
    assert read_day("2024") == date(2024, 1, 1)
    for text in ("soon", "1/3/24", "31/31/2024"):
        with pytest.raises(ValueError):  # noqa: PT011
            read_day(text)


def test_purchases_in_a_row_are_one_line():
    def moment(table: str, number: int) -> Moment:
        return Moment(table, number, TODAY, "purchase", "", "", None, 100, None)

    timeline = [moment("purchases", 1), moment("purchases", 2), moment("entries", 3), moment("entries", 4),
                moment("purchases", 5)]  # fmt: skip
    assert [[one.id for one in some] for some in joined(timeline)] == [[1, 2], [3], [4], [5]]


@pytest.fixture
def hold():
    """Keeps a page's writer busy until the event it gives is set."""
    gate = threading.Event()

    def held(page: CustomersPage) -> threading.Event:
        page.session.work(lambda _file: gate.wait(10), lambda _result: None)
        return gate

    yield held
    gate.set()


def test_while_a_customer_is_being_saved_the_form_stays(show, file, qtbot, hold):
    page = show(file)
    gate = hold(page)
    page.new_customer()
    form = page.form
    form.name.setText("Dee")
    form.submitted.emit()
    qtbot.keyClick(form.name, Qt.Key.Key_Escape)
    page.add.click()
    assert page._side.form is form
    gate.set()
    settle(qtbot, page.session)
    assert names(page) == ["Dee"]
    assert page._side.form is None


@pytest.mark.parametrize("yes", [True, False])
def test_another_customer_takes_the_place_of_what_was_typed_only_when_the_person_agrees(
    show, file, qtbot, monkeypatch, yes
):
    answers = Answers(yes=yes)
    monkeypatch.setattr(ask, "prompts", answers)
    ids = fill(file)
    page = show(file)
    page.new_customer()
    page.form.name.setText("Dee")
    page.show_record(ids["Bo Lind"])
    settle(qtbot, page.session)
    assert answers.asked == ["Leave what you typed?"]
    assert (page._side.form is None) is yes


def test_deleting_twice_deletes_once(show, file, qtbot, monkeypatch, hold):
    shown = catch_errors(monkeypatch)
    fill(file)
    page = show(file)
    page.select_first()
    settle(qtbot, page.session)
    gate = hold(page)
    page.delete_customer()
    page.delete_customer()
    gate.set()
    settle(qtbot, page.session)
    assert shown == []
    assert len(names(page)) == 2


def test_a_customer_who_was_deleted_meanwhile_is_said_to_be_gone(show, file, qtbot):
    ids = fill(file)
    page = show(file)
    page.show_record(ids["Bo Lind"])
    settle(qtbot, page.session)
    file.run("Delete", lambda op: store.delete(op, ids["Bo Lind"]))
    with qtbot.waitSignal(page.session.said) as told:
        page.edit_customer()
    assert told.args == ["It was deleted meanwhile.", False]
