"""Pasted reviews in the window: seen before they are logged, put right, logged as one step, never twice."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import QDate, Qt
from PySide6.QtGui import QTextCursor
from PySide6.QtWidgets import QWidget

from cvdesk.catalogue.records import Business
from cvdesk.customers import store as customers
from cvdesk.customers.records import Customer
from cvdesk.db import BusinessFile
from cvdesk.exchange.new import make_business
from cvdesk.feedback import store, store_reviews
from cvdesk.feedback.page_reviews import ReviewsDialog, open_reviews
from cvdesk.feedback.records import Entry
from cvdesk.feedback.reviews import split
from cvdesk.feedback.store_reviews import Logged, Plan
from cvdesk.kit.session import Session
from tests.feedback.test_reviews import MAP
from tests.pages import make_session, said, settle

TODAY = date(2026, 11, 21)


@pytest.fixture
def file(tmp_path: Path) -> Iterator[BusinessFile]:
    with make_business(tmp_path / "bakery.cvdesk", Business("Harbour Bakery")) as made:
        yield made


@pytest.fixture
def session(qapp, file: BusinessFile) -> Iterator[Session]:
    made = make_session(qapp, file, TODAY)
    yield made
    made.close()


def shown(qtbot, session: Session, block: str = MAP) -> ReviewsDialog:
    dialog = ReviewsDialog(session)
    qtbot.addWidget(dialog)
    dialog.show()
    qtbot.waitExposed(dialog)
    dialog.activateWindow()
    qtbot.waitUntil(dialog.isActiveWindow)
    dialog.block.setPlainText(block)
    qtbot.keyClick(dialog.split_button, Qt.Key.Key_Return)
    qtbot.waitUntil(dialog.log_button.isVisible)
    return dialog


def entries(file: BusinessFile) -> list[Entry]:
    return [store.get(file, row[0]) for row in file.rows("SELECT id FROM entries ORDER BY id")]


def log(file: BusinessFile, block: str, **plan: object) -> Logged:
    reviews = split(block, TODAY).reviews
    return file.run("Log", lambda op: store_reviews.log(op, reviews, Plan(TODAY, **plan))).result


def test_reviews_become_entries_of_customers_with_the_owners_reply(file: BusinessFile):
    known = file.run("Add", lambda op: customers.save(op, Customer("anna k."))).result
    assert log(file, MAP, source="Pasted reviews") == Logged(3, 0, 2)
    anna, tom, omer = entries(file)
    assert (anna.customer_id, anna.rating, anna.kind) == (known, 4.0, "praise")
    assert (anna.answer, anna.answered, anna.needs_answer) == (
        "Thank you, Anna! See you on Saturday.", date(2026, 11, 7), False,
    )  # fmt: skip
    assert (tom.kind, tom.needs_answer, tom.source) == ("problem", True, "Pasted reviews (day approximate)")
    assert (omer.date, omer.source) == (date(2026, 11, 19), "Pasted reviews")
    assert [row[0] for row in file.rows("SELECT name FROM customers ORDER BY id")] == ["anna k.", "Tom Baker", "Ömer"]


def test_the_same_block_again_adds_nothing_also_when_it_has_aged(file: BusinessFile):
    log(file, MAP)
    assert log(file, MAP.replace("3 weeks ago", "2 months ago")) == Logged(0, 3, 0)
    assert len(entries(file)) == 3


def test_names_that_stay_no_customers_are_kept_in_where_it_is_from(file: BusinessFile):
    for _time in range(2):
        file.run("Add", lambda op: customers.save(op, Customer("Tom Baker")))
    log(file, MAP, source="Web", make_customers=False)
    assert [entry.source for entry in entries(file)] == [
        "Web, by Anna K. (day approximate)", "Web, by Tom Baker (day approximate)", "Web, by Ömer",
    ]  # fmt: skip
    assert all(entry.customer_id is None for entry in entries(file))


def test_a_block_is_split_seen_and_logged_as_one_step_with_keys_alone(qtbot, session: Session):
    dialog = shown(qtbot, session)
    assert dialog.focusWidget() is dialog.table
    assert [row.review.name for row in dialog.rows] == ["Anna K.", "Tom Baker", "Ömer"]
    assert dialog.log_button.text() == "Log 3 reviews"
    qtbot.keyClick(dialog.table, Qt.Key.Key_Down)
    qtbot.keyClick(dialog.table, Qt.Key.Key_Delete)
    assert dialog.log_button.text() == "Log 2 reviews"
    with qtbot.waitSignal(session.said) as told:
        qtbot.keyClick(dialog.log_button, Qt.Key.Key_Return)
    assert told.args == ["2 reviews logged", True]
    settle(qtbot, session)
    assert [entry.rating for entry in entries(session.file)] == [4.0, 5.0]
    assert (
        session.file.value("SELECT key FROM channels WHERE id = ?", (entries(session.file)[0].channel_id,)) == "review"
    )
    session.undo()
    settle(qtbot, session)
    assert entries(session.file) == []
    assert session.file.value("SELECT count(*) FROM customers") == 0


def test_what_is_there_already_is_said_and_not_offered(qtbot, session: Session):
    log(session.file, MAP)
    dialog = shown(qtbot, session, MAP + "Zoe\n★★☆☆☆ yesterday\nNo rolls left.\n")
    assert "3 already there" in said(dialog)
    assert dialog.log_button.text() == "Log 1 review"
    with qtbot.waitSignal(session.said) as told:
        dialog.log_button.click()
    assert told.args == ["1 review logged, 3 were already there", True]
    settle(qtbot, session)
    assert len(entries(session.file)) == 4


def test_a_review_is_put_right_before_it_is_logged(qtbot, session: Session):
    dialog = shown(qtbot, session)
    assert "About right" in said(dialog)
    dialog.form.name.selectAll()
    qtbot.keyClicks(dialog.form.name, "Anna Kern")
    dialog.form.rating.setCurrentIndex(dialog.form.rating.findData(3.0))
    dialog.form.day.setDate(QDate(2026, 10, 30))
    dialog.form.words.moveCursor(QTextCursor.MoveOperation.End)
    qtbot.keyClicks(dialog.form.words, " And back.")
    assert "About right" not in said(dialog)
    dialog.log_button.click()
    settle(qtbot, session)
    anna = entries(session.file)[0]
    assert (anna.rating, anna.rating_raw, anna.date, anna.source) == (3.0, "3", date(2026, 10, 30), "Pasted reviews")
    assert anna.text.endswith("Worth the walk. And back.")
    assert session.file.value("SELECT name FROM customers WHERE id = ?", (anna.customer_id,)) == "Anna Kern"
    assert log(session.file, MAP).added == 0  # it is still the review that was pasted


def test_two_are_joined_and_one_is_cut_at_the_cursor(qtbot, session: Session):
    dialog = shown(qtbot, session)
    dialog.join_button.click()
    assert [row.review.name for row in dialog.rows] == ["Anna K.", "Ömer"]
    words = dialog.form.words.toPlainText()
    cursor = dialog.form.words.textCursor()
    cursor.setPosition(words.index("Tom Baker"))
    dialog.form.words.setTextCursor(cursor)
    dialog.cut_button.click()
    assert len(dialog.rows) == 3
    assert dialog.rows[1].review.text.startswith("Tom Baker")
    assert dialog.rows[0].review.text.endswith("Worth the walk.")


def test_lines_of_no_review_are_shown(qtbot, session: Session):
    dialog = shown(qtbot, session, "The best of <b>all</b>.\n" + MAP)
    assert "1 line belongs to no review: The best of <b>all</b>." in said(dialog)


def test_what_says_nothing_is_not_logged(qtbot, session: Session):
    dialog = shown(qtbot, session, "Anna\nyesterday\nTom\n2 days ago\nFine rolls.\n")
    assert [row.logged for row in dialog.rows] == [False, True]


def test_the_block_is_kept_until_it_is_logged(qtbot, session: Session):
    parent = QWidget()
    qtbot.addWidget(parent)
    parent.show()
    dialog = open_reviews(session, parent)
    assert open_reviews(session, parent) is dialog
    dialog.block.setPlainText(MAP)
    qtbot.waitUntil(lambda: session.file.draft(store_reviews.DRAFT) == MAP)
    dialog.close()
    settle(qtbot, session)
    again = open_reviews(session, parent)
    assert again.block.toPlainText() == MAP
    again.split()
    qtbot.waitUntil(again.log_button.isVisible)
    again.log_button.click()
    settle(qtbot, session)
    assert session.file.draft(store_reviews.DRAFT) == ""
    assert session.draft(store_reviews.DRAFT) == ""


def test_a_review_about_danger_is_a_matter_of_safety(file: BusinessFile):
    log(file, "Tom Reed\n★☆☆☆☆ 2 days ago\nGot ill from the cream cake, my son is allergic.\n")
    assert [entry.safety for entry in entries(file)] == [True]
