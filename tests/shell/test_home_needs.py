"""What needs the owner today: safety first, promises, deadlines by name, and what waits beyond the lines shown."""

import random
from datetime import date, timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton

from cvdesk.care.records_onboarding import Step, Template
from cvdesk.care.store_onboarding import save_template, start
from cvdesk.care.store_rhythm import set_rhythm
from cvdesk.care.store_snooze import snooze
from cvdesk.complaints import store as complaints
from cvdesk.complaints.records import Complaint
from cvdesk.complaints.store_due import open_and_overdue
from cvdesk.customers import store as customers
from cvdesk.customers.records import Customer
from cvdesk.feedback import store as feedback
from cvdesk.feedback.records import Entry
from cvdesk.feedback.store_list import EntryQuery
from cvdesk.shell.home_needs import MOST_NEEDS, need_words, needs_card
from cvdesk.shell.records_needs import Need, Needs
from cvdesk.shell.store_needs import needs
from tests.desk import TODAY, button_named
from tests.figures.shop import new_shop
from tests.pages import make_session, said, settle


@pytest.fixture
def session(qapp, tmp_path):
    made = make_session(qapp, new_shop(tmp_path), TODAY)
    yield made
    made.close()


def add(session, *entries):
    return session.file.run("Add", lambda op: [feedback.save(op, entry) for entry in entries]).result


def customer(session, name):
    return session.file.run("Add", lambda op: customers.save(op, Customer(name))).result


def show(qtbot, session):
    card = needs_card(session, needs(session.file, TODAY))
    qtbot.addWidget(card)
    card.resize(520, 400)
    card.show()
    qtbot.waitExposed(card)
    return card


def titles(session):
    return [need_words(need, session)[0] for need in needs(session.file, TODAY).first]


def test_a_safety_mark_is_first_says_what_is_unanswered_and_goes_when_it_was_dealt_with(qtbot, session):
    maria = customer(session, "Maria Alvarez")
    nuts = Entry(TODAY, "Nuts in the plain loaf", maria, safety=True, safety_batch="Tuesday")
    (entry_id,) = add(session, nuts)
    session.file.run("Add", lambda op: complaints.save(op, Complaint(date=TODAY - timedelta(days=40), text="cold")))
    first = needs(session.file, TODAY).first[0]
    title, quiet = need_words(first, session)
    assert title == "Safety: Nuts in the plain loaf"
    assert quiet == "Still to answer: Who else may be affected? Who was told? · Maria Alvarez · today"
    opened = []
    session.open_requested.connect(lambda *where: opened.append(where))
    card = show(qtbot, session)
    qtbot.keyClick(button_named(card, f"{title}. {quiet}"), Qt.Key.Key_Return)
    assert opened == [("entries", entry_id)]
    answers = {"safety_others": "the school", "safety_told": "the school, by phone"}
    session.file.run("Answer", lambda op: feedback.save_safety(op, entry_id, answers))
    card = show(qtbot, session)
    assert needs(session.file, TODAY).first[0].record == entry_id
    qtbot.keyClick(button_named(card, "Dealt with: Nuts in the plain loaf"), Qt.Key.Key_Return)
    settle(qtbot, session)
    assert feedback.get(session.file, entry_id).safety_closed == TODAY
    assert "safety" not in [need.sort for need in needs(session.file, TODAY).first]
    session.undo()
    settle(qtbot, session)
    assert needs(session.file, TODAY).first[0].sort == "safety"


def test_an_answered_safety_mark_still_waits_to_be_dealt_with(session):
    add(session, Entry(TODAY, "Glass in the jam", safety=True, needs_answer=True, answered=TODAY))
    assert needs(session.file, TODAY).counts["safety"] == 1


def test_promises_due_and_overdue_are_kept_with_one_press(qtbot, session):
    maria = customer(session, "Maria Alvarez")
    tom = session.file.run("Staff", lambda op: op.insert("staff", {"name": "Tom"})).result
    late, soon, *_others = add(
        session,
        Entry(TODAY, "cold soup", maria, promise="ring", promised_by=TODAY - timedelta(days=2)),
        Entry(TODAY, "torn bag", promise="send a new one", promised_by=TODAY, promise_staff_id=tom),
        Entry(TODAY, "far off", promise="write", promised_by=TODAY + timedelta(days=9)),
        Entry(TODAY, "done", promise="write", promised_by=TODAY, promise_kept=TODAY),
    )
    assert titles(session) == [
        "Promised Maria Alvarez: ring, by Thu 19 Nov",
        "Tom promised Anonymous: send a new one, by today",
    ]
    card = show(qtbot, session)
    assert "Thu 19 Nov has passed" in said(card)
    qtbot.keyClick(button_named(card, "Kept: ring"), Qt.Key.Key_Space)
    settle(qtbot, session)
    assert feedback.get(session.file, late).promise_kept == TODAY
    assert [need.record for need in needs(session.file, TODAY).first] == [soon]


@pytest.mark.parametrize(
    ("days", "acknowledged", "words"),
    [
        (30, False, "acknowledging is"), (30, True, "putting it right is"), (2, False, "acknowledge it"),
    ],
)  # fmt: skip
def test_the_deadline_is_named(session, days, acknowledged, words):
    def work(op):
        case = complaints.save(op, Complaint(date=TODAY - timedelta(days=days), text="cold"))
        if acknowledged:
            complaints.step(op, case, "acknowledged", TODAY - timedelta(days=days))

    session.file.run("Add", work)
    assert words in titles(session)[0]


def test_what_waits_beyond_the_lines_is_counted_and_opened(qtbot, session):
    add(session, *(Entry(TODAY, f"question {number}", needs_answer=True) for number in range(30)))
    add(session, *(Entry(TODAY, f"nuts {number}", safety=True) for number in range(3)))
    found = needs(session.file, TODAY)
    assert (found.total, found.beyond(MOST_NEEDS)) == (33, {"answer": 29})
    card = show(qtbot, session)
    assert "and 29 more:" in said(card)
    assert card.note.text() == "33"
    opened = []
    session.open_requested.connect(lambda *where: opened.append(where))
    qtbot.mouseClick(button_named(card, "29 to answer"), Qt.MouseButton.LeftButton)
    assert opened == [("entries", EntryQuery(needs_answer=True))]


def test_customers_to_be_told_are_one_line_and_all_counted(session):
    who = [customer(session, name) for name in ("Ana", "Ben")]

    def work(op):
        for one in who:
            case = complaints.save(op, Complaint(date=TODAY, text="cold", customer_id=one))
            for stage in ("acknowledged", "assessed", "resolved"):
                said_then = {"valid": True} if stage == "assessed" else {}
                complaints.step(op, case, stage, TODAY, **said_then)

    session.file.run("Add", work)
    found = needs(session.file, TODAY)
    assert titles(session) == ["Tell 2 customers how it ended"]
    assert (found.total, found.beyond(MOST_NEEDS), found.beyond(0)) == (2, {}, {"tell": 2})


@pytest.mark.parametrize("seed", range(5))
def test_overdue_complaints_are_those_the_complaints_page_counts(session, seed):
    chance = random.Random(seed)

    def work(op):
        for _number in range(15):
            day = TODAY - timedelta(days=chance.randrange(30))
            severity = chance.choice(("minor", "moderate", "serious"))
            case = complaints.save(op, Complaint(date=day, text="cold", severity=severity))
            for stage in ("acknowledged", "assessed", "resolved")[: chance.randrange(4)]:
                complaints.step(op, case, stage, day, **({"valid": True} if stage == "assessed" else {}))

    session.file.run("Add", work)
    found = needs(session.file, TODAY)
    late = [need for need in found.first if need.sort == "complaints" and need.late]
    assert len(late) == open_and_overdue(session.file, TODAY)[1]


def test_nothing_waiting_is_said(qtbot, session):
    assert "Nothing is waiting for you." in said(show(qtbot, session))


def test_dates_of_needs_are_days(session):
    add(session, Entry(date(2026, 11, 1), "why?", needs_answer=True))
    assert needs(session.file, TODAY).first[0].date == date(2026, 11, 1)


def put_off(qtbot, session, name):
    """Opens the small menu of a line and takes its second choice: in a week."""
    card = show(qtbot, session)
    button_named(card, name).menu().actions()[1].trigger()
    settle(qtbot, session)


def test_what_is_put_off_goes_and_comes_back_on_its_day(qtbot, session):
    maria = customer(session, "Maria Alvarez")
    (asked,) = add(session, Entry(TODAY, "Do you bake on Sundays?", maria, needs_answer=True))
    session.file.run("Add", lambda op: complaints.save(op, Complaint(date=TODAY - timedelta(days=40), text="cold")))
    for title in titles(session):
        put_off(qtbot, session, f"Later: {title}")
    assert needs(session.file, TODAY).total == 0
    assert needs(session.file, TODAY + timedelta(days=6)).total == 0
    assert [need.own for need in needs(session.file, TODAY + timedelta(days=7)).first][-1] == asked
    assert needs(session.file, TODAY + timedelta(days=7)).total == 2
    session.undo()
    settle(qtbot, session)
    assert needs(session.file, TODAY).total == 1


def test_a_complaint_is_acknowledged_and_a_question_answered_in_place(qtbot, session):
    (asked,) = add(session, Entry(TODAY, "Do you bake on Sundays?", needs_answer=True))
    case = session.file.run("Add", lambda op: complaints.save(op, Complaint(date=TODAY, text="cold"))).result
    card = show(qtbot, session)
    qtbot.keyClick(button_named(card, "Acknowledged: cold"), Qt.Key.Key_Space)
    settle(qtbot, session)
    assert complaints.get(session.file, case).stage == "acknowledged"
    card = show(qtbot, session)
    qtbot.keyClick(button_named(card, "Answered: Do you bake on Sundays?"), Qt.Key.Key_Space)
    settle(qtbot, session)
    assert feedback.get(session.file, asked).answered == TODAY


def test_a_safety_mark_cannot_be_put_off(qtbot, session):
    add(session, Entry(TODAY, "Glass in the jam", safety=True))
    card = show(qtbot, session)
    assert not [made for made in card.findChildren(QPushButton) if made.accessibleName().startswith("Later")]


def test_a_check_in_that_is_due_is_noted_in_place(qtbot, session):
    maria = customer(session, "Maria Alvarez")
    session.file.run("Since", lambda op: op.update("customers", maria, {"since": "2026-01-05"}))
    session.file.run("Rhythm", lambda op: set_rhythm(op, maria, 30))
    (need,) = needs(session.file, TODAY).first
    assert (need.sort, need.own, need.late) == ("check_in", maria, True)
    card = show(qtbot, session)
    assert "Check in with Maria Alvarez" in said(card)
    qtbot.keyClick(button_named(card, f"Spoke to them: {need.words}"), Qt.Key.Key_Space)
    settle(qtbot, session)
    assert needs(session.file, TODAY).total == 0
    assert needs(session.file, TODAY + timedelta(days=31)).total == 1


def test_first_steps_are_ticked_in_place(qtbot, session):
    maria = customer(session, "Maria Alvarez")
    steps = (Step("Welcome call", 0), Step("Ask how it goes", 14))
    template = session.file.run("List", lambda op: save_template(op, Template("New customers", steps))).result
    session.file.run("Start", lambda op: start(op, maria, template, TODAY))
    (need,) = needs(session.file, TODAY).first
    assert need_words(need, session) == ("Welcome call, Maria Alvarez", "Due today")
    card = show(qtbot, session)
    qtbot.keyClick(button_named(card, f"Done: {need.words}"), Qt.Key.Key_Space)
    settle(qtbot, session)
    assert needs(session.file, TODAY).total == 0
    assert [need.words for need in needs(session.file, TODAY + timedelta(days=14)).first] == [
        "Ask how it goes, Maria Alvarez"
    ]


def test_a_review_that_is_due_opens_the_strategy(qtbot, session):
    values = {"name": "Winter", "started": "2026-08-01", "review": TODAY.isoformat(), "state": "running"}
    kept = session.file.run("Decide", lambda op: op.insert("strategies", values)).result
    opened = []
    session.open_requested.connect(lambda *where: opened.append(where))
    card = show(qtbot, session)
    name = "Look at your strategy: Winter. What was promised, and what came of it"
    qtbot.keyClick(button_named(card, name), Qt.Key.Key_Return)
    assert opened == [("strategies", ("strategy", kept))]


def test_the_monthly_look_waits_in_the_first_weeks_and_can_be_put_off(qtbot, session):
    early = date(2026, 12, 3)
    assert needs(session.file, early).total == 0
    add(session, Entry(TODAY, "Good bread"))
    (need,) = needs(session.file, early).first
    assert need_words(need, session)[0] == "Monthly look at November 2026"
    assert (need.table, need.record) == ("reports", "look")
    session.file.run("Later", lambda op: snooze(op, "look", need.own, date(2026, 12, 5), ""))
    assert needs(session.file, early).total == 0
    assert needs(session.file, date(2026, 12, 6)).total == 1


def test_a_change_in_the_trends_stands_below_what_is_late_at_the_top_only():
    late, told = Need("complaints", "complaints", 1, late=True), Need("told", "care", 2)
    check_in, news = Need("check_in", "care", 3, late=True), Need("signal", "trends", 4)
    both = Needs((late, told, check_in)).joined([news])
    assert both.first == (late, news, told, check_in)
