"""The Plan tab with real keys: ticking, limits, styles, own plans, empty states, what a screen reader hears."""

import threading

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QPushButton

from cvdesk.db import Operation
from cvdesk.strategy import page_plan_read
from cvdesk.strategy.page import StrategyPage
from cvdesk.strategy.page_plan_table import COSTS, LIFT, NAME, STATUS, SURE, TICK
from cvdesk.strategy.records_wish import DRAFT, read_wish
from tests.figures.shop import TODAY
from tests.pages import catch_errors, make_session, said, settle
from tests.strategy.plans import add_action, against_rival, answered, shop, three


@pytest.fixture
def make(qtbot, qapp, tmp_path):
    sessions = []

    def opened(*work, width=1300):
        session = make_session(qapp, shop(tmp_path, *work), TODAY)
        sessions.append(session)
        page = StrategyPage(session)
        qtbot.addWidget(page)
        page.resize(width, 900)
        page.show()
        settled(qtbot, session)
        return session, page.view("plan")

    yield opened
    for session in sessions:
        session.close()


def settled(qtbot, session):
    """Until nothing is on its way; the draws follow the plan."""
    for _round in range(3):
        settle(qtbot, session)


def replanned(qtbot, session, view):
    qtbot.waitUntil(lambda: not view._wait.isActive(), timeout=5_000)
    settled(qtbot, session)


def shown(view, column=NAME, role=Qt.ItemDataRole.DisplayRole):
    rows = view.plan.table.rows
    return [rows.data(rows.index(row, column), role) for row in range(rows.rowCount())]


def page_of(view):
    found = view
    while not isinstance(found, StrategyPage):
        found = found.parentWidget()
    return found


def ticked(view):
    marks = shown(view, TICK, Qt.ItemDataRole.AccessibleTextRole)
    return {name for name, mark in zip(shown(view), marks, strict=True) if mark == "In the plan"}


def test_without_limits_everything_that_helps_is_in_the_plan_and_how_sure_that_is_follows(make):
    _session, view = make(answered, three)
    assert ticked(view) == {"New card reader", "Second van", "A sign at the door"}
    assert view.plan.takes.text() == "The plan takes £434 a month and 9 hours."
    assert all(text.startswith(("Safe bet", "Depends", "Skip")) for text in shown(view, SURE))
    now, _arrow, then = view.result.figure.text().partition(" → ")
    assert float(then) > float(now.replace("−", "-"))
    assert "likely between" in view.result.range.text()
    assert "by September" in view.result.range.text()
    assert "5,000 guesses" in view.result.guesses.text()
    assert "What is hoped for counts 70%, until five actions have been measured." in view.result.guesses.text()
    assert "nothing is known about a competitor" in view.plan.limits.meaning.accessibleName()
    assert "12 customers" in page_of(view).subtitle.accessibleName()


def test_a_typed_budget_leaves_out_what_is_over_it_and_says_so(qtbot, make):
    session, view = make(answered, three)
    field = view.plan.limits.budget.field
    field.setFocus()
    qtbot.keyClicks(field, "50")
    qtbot.keyClick(field, Qt.Key.Key_Return)
    replanned(qtbot, session, view)
    assert ticked(view) == {"New card reader", "A sign at the door"}
    place = shown(view).index("Second van")
    assert shown(view, STATUS)[place] == "Over budget"
    assert shown(view, COSTS)[place] == "£400 / month"
    assert field.text() == "£50"
    assert "Not done: Second van." in said(view.result)
    assert read_wish(session.draft(DRAFT)).budget_month == 5_000


def test_a_budget_that_is_no_amount_is_said_beside_the_field_and_changes_nothing(qtbot, make):
    _session, view = make(answered, three)
    field = view.plan.limits.budget.field
    qtbot.keyClicks(field, "plenty")
    qtbot.keyClick(field, Qt.Key.Key_Return)
    assert "Write a number" in field.accessibleDescription()
    assert view._wish.budget_month is None
    field.clear()
    qtbot.keyClicks(field, "1,200")
    qtbot.keyClick(field, Qt.Key.Key_Return)
    assert field.accessibleDescription() == ""
    assert view._wish.budget_month == 120_000


def test_the_slider_is_moved_by_arrows_and_says_its_amount(qtbot, make):
    session, view = make(answered, three)
    slider = view.plan.limits.budget.slider
    assert slider.accessibleName() == "Budget a month: No limit"
    slider.setFocus()
    qtbot.keyClick(slider, Qt.Key.Key_Left)
    replanned(qtbot, session, view)
    assert view._wish.budget_month is not None
    assert slider.accessibleName() == f"Budget a month: {view.plan.limits.budget.field.text()}"
    qtbot.keyClick(slider, Qt.Key.Key_Home)
    replanned(qtbot, session, view)
    assert view._wish.budget_month == 0
    assert ticked(view) == {"A sign at the door"}
    qtbot.keyClick(slider, Qt.Key.Key_End)
    replanned(qtbot, session, view)
    assert view._wish.budget_month is None


def test_space_makes_the_plan_the_owners_own_and_back_makes_it_the_best_again(qtbot, make):
    session, view = make(answered, three)
    table = view.plan.table
    view.focus_first()
    table.select_row(shown(view).index("Second van"))
    sure, best_range = shown(view, SURE), view.result.range.text()
    qtbot.keyClick(table, Qt.Key.Key_Space)
    assert ticked(view) == {"New card reader", "A sign at the door"}, "at once, before any job"
    replanned(qtbot, session, view)
    assert sorted(shown(view, SURE)) == sorted(sure), "how sure single actions are does not hang on ticks"
    assert view.result.range.text() not in ("", best_range)
    assert ticked(view) == {"New card reader", "A sign at the door"}
    assert "less than the best one" in view.plan.own.text()
    assert table.rows.row(table.currentIndex().row()).action.name == "Second van"
    assert view.plan.reset.isVisible()
    qtbot.keyClick(view.plan.reset, Qt.Key.Key_Return)
    replanned(qtbot, session, view)
    assert ticked(view) == {"New card reader", "Second van", "A sign at the door"}
    assert not view.plan.own.isVisible()


def test_an_own_plan_over_the_budget_stays_as_ticked_and_says_how_far_it_is_over(qtbot, make):
    session, view = make(answered, three)
    view._wished(read_wish('{"budget": 5000}'))
    replanned(qtbot, session, view)
    view.plan.table.select_row(shown(view).index("Second van"))
    qtbot.keyClick(view.plan.table, Qt.Key.Key_Space)
    replanned(qtbot, session, view)
    assert "Second van" in ticked(view)
    assert "£384 a month over the budget" in view.plan.own.text()
    assert "more than the best one within your limits" in view.plan.own.text()


def test_unticking_everything_is_a_plan_of_nothing(qtbot, make):
    session, view = make(answered, three)
    for name in ("New card reader", "Second van", "A sign at the door"):
        view.plan.table.select_row(shown(view).index(name))
        qtbot.keyClick(view.plan.table, Qt.Key.Key_Space)
        replanned(qtbot, session, view)
    assert ticked(view) == set()
    assert "Nothing is in the plan." in said(view.result)
    assert not view.plan.decide.isEnabled()


def test_a_tick_brings_along_what_it_needs_and_unticks_what_it_excludes(qtbot, make):
    def work(op: Operation) -> None:
        van = add_action(op, "Second van", "delivery", 1.5, cost_month_minor=40_000)
        add_action(op, "Driver", "faults", 1.0, cost_month_minor=1_000, needs=(van,))
        add_action(op, "Bicycle", "delivery", 0.2, excludes=(van,))

    session, view = make(answered, work)
    view._wished(read_wish('{"budget": 1000}'))
    replanned(qtbot, session, view)
    assert ticked(view) == {"Bicycle"}
    assert shown(view, STATUS)[shown(view).index("Driver")] == "Needs: Second van"
    view.plan.table.select_row(shown(view).index("Driver"))
    qtbot.keyClick(view.plan.table, Qt.Key.Key_Space)
    replanned(qtbot, session, view)
    assert ticked(view) == {"Driver", "Second van"}
    assert shown(view, STATUS)[shown(view).index("Bicycle")] == "Not with: Second van"


def test_each_style_says_its_gain_and_is_chosen_by_arrow(qtbot, make):
    session, view = make(lambda op: against_rival(op), three)
    styles = view.plan.limits.styles
    assert styles.button("double_down").text().startswith("Double down  +")
    styles.focus_first()
    qtbot.keyClick(styles.button("balanced"), Qt.Key.Key_Right)
    replanned(qtbot, session, view)
    assert view._read.planned.limits.style == "catch_up"
    assert "best rival does better" in view.plan.limits.meaning.accessibleName()


def test_what_must_be_fixed_stands_first_and_takes_from_the_budget(qtbot, make):
    def fixed(op: Operation) -> None:
        add_action(op, "Allergen labels", "faults", 0.3, cost_once_minor=12_000, must_fix=True, must_fix_why="law")

    session, view = make(answered, three, fixed)
    rows = [one for one in view.plan.findChildren(QPushButton) if "must be done" in one.accessibleName()]
    told = "Allergen labels: must be done first, the law asks for it. £120 once, Idea"
    assert [row.accessibleName() for row in rows] == [told]
    assert "Allergen labels" not in shown(view)
    opened = []
    session.open_requested.connect(lambda table, record: opened.append((table, record[0])))
    qtbot.keyClick(rows[0], Qt.Key.Key_Return)
    assert opened == [("actions", "action")]
    view._wished(read_wish('{"budget": 5000}'))
    replanned(qtbot, session, view)
    assert "New card reader" not in ticked(view), "£120 of £150 are gone"


def test_a_new_slider_value_gives_up_the_draws_of_the_old_one(qtbot, make, monkeypatch):
    begun, given_up = threading.Event(), []
    real = page_plan_read.more_sure

    def slow(read, at):
        if read.wish.budget_month is None:
            begun.set()
            while not at.stopped():
                threading.Event().wait(0.005)
            given_up.append(read.wish)
            return read
        return real(read, at)

    monkeypatch.setattr("cvdesk.strategy.page_plan.more_sure", slow)
    errors = catch_errors(monkeypatch)
    monkeypatch.setattr("tests.strategy.test_page_plan.settled", lambda _qtbot, _session: None)
    _session, view = make(answered, three)
    qtbot.waitUntil(begun.is_set, timeout=10_000)
    assert "Working it out" in view.plan.progress.text()
    assert shown(view) != [], "the plan is there before the draws are"
    slider = view.plan.limits.budget.slider
    slider.setFocus()
    qtbot.keyClick(slider, Qt.Key.Key_Left)
    qtbot.waitUntil(lambda: view._read.wish.budget_month is not None, timeout=15_000)
    qtbot.waitUntil(lambda: view._read.planned.sure is not None, timeout=15_000)
    assert len(given_up) == 1
    assert view.plan.progress.text() == ""
    assert errors == []


def test_without_score_sheets_the_page_says_what_is_missing(qtbot, make):
    session, view = make(three)
    assert "No customer has filled in a score sheet" in said(view)
    assert not view.plan.isVisible()
    opened = []
    session.open_requested.connect(lambda table, record: opened.append((table, record)))
    view.focus_first()
    qtbot.keyClick(view.to_sheets, Qt.Key.Key_Return)
    assert opened == [("assessments", "customer")]


def test_without_actions_it_asks_what_could_be_done_about_the_worst(qtbot, make):
    session, view = make(lambda op: answered(op, delivery=4.0))
    assert "What could you do about “Delivery and appointments”?" in said(view)
    opened = []
    session.open_requested.connect(lambda table, record: opened.append((table, record)))
    view.focus_first()
    qtbot.keyClick(view.to_ideas, Qt.Key.Key_Return)
    assert opened == [("actions", ("make", ("factors", "delivery")))]


def test_without_a_competitor_the_grid_stands_there_and_leads_to_value(qtbot, make):
    session, view = make(answered, three)
    assert not view.edge.table.isVisible()
    assert "No competitor is named yet" in view.edge.note.text()
    opened = []
    session.open_requested.connect(lambda table, record: opened.append((table, record)))
    qtbot.keyClick(view.edge.compare, Qt.Key.Key_Return)
    assert opened == [("assessments", ("view", "competitors"))]


def test_against_the_best_rival_each_line_opens_its_evidence(qtbot, make):
    session, view = make(lambda op: against_rival(op), three)
    assert view.edge.table.isVisible()
    assert view.edge.rival.accessibleName() == "Competitor: Crumb & Co"
    assert "12 customers who used both" in view.edge.note.text()
    opened = []
    session.open_requested.connect(lambda table, record: opened.append((table, record)))
    view.edge.table.setFocus()
    qtbot.keyClick(view.edge.table, Qt.Key.Key_Return)
    assert opened == [("factors", "quality")]


def test_few_customers_are_called_an_early_hint(make):
    _session, view = make(lambda op: answered(op, people=6), three)
    assert view.result.early.text() == "An early hint: it rests on 6 customers."


def test_what_was_wished_for_is_there_after_the_program_was_closed(qtbot, make, qapp):
    session, view = make(answered, three)
    view.plan.limits.months._choose(6)
    replanned(qtbot, session, view)
    again = type(view)(session)
    qtbot.addWidget(again)
    assert again._wish.months == 6


def test_deciding_hands_the_plan_on(qtbot, make, monkeypatch):
    _session, view = make(answered, three)
    decided = []
    monkeypatch.setattr(
        "cvdesk.strategy.page_kept_decide.decide",
        lambda _session, _parent, planned, outcome: decided.append((planned.limits.months, len(outcome.chosen))),
    )
    qtbot.keyClick(view.plan.decide, Qt.Key.Key_Return)
    assert decided == [(3, 3)]


def test_long_names_are_said_whole_and_nothing_overlaps_in_a_small_window(qtbot, make):
    name = "A very long name of an action that nobody would ever read to its end & still somebody wrote it down"
    _session, view = make(answered, lambda op: add_action(op, name), width=780)
    table = view.plan.table
    assert table.slim
    assert name in table.told(table.rows.row(0), NAME)
    assert view.result.width() > 500, "below the plan, not beside it"
    assert view.result.y() > 0
    assert table.horizontalScrollBar().maximum() == 0


def test_a_screen_reader_hears_names_everywhere(make):
    _session, view = make(lambda op: against_rival(op), three)

    def name(widget):
        return QAccessible.queryAccessibleInterface(widget).text(QAccessible.Text.Name)

    assert name(view.plan.table) == "Actions to choose from"
    assert name(view.result.bar).startswith("Your mix: Drawbacks")
    assert name(view.plan.limits.hours.field) == "Hours in all"
    assert shown(view, SURE, Qt.ItemDataRole.AccessibleTextRole)[0].startswith("Safe bet: in the best plan in ")
    assert shown(view, LIFT)[0].startswith("+0.")


def test_saved_actions_change_the_plan_by_themselves(qtbot, make):
    session, view = make(answered, three)
    session.run("Add", lambda op: add_action(op, "A bench to sit on", "feel_good", 0.5))
    settled(qtbot, session)
    assert "A bench to sit on" in shown(view)


def test_the_keyboard_goes_to_the_actions_once_they_are_there_and_stays_where_the_person_took_it(qtbot, make):
    session, view = make(answered, three)
    assert view._read is not None
    for taken_away in (False, True):
        view._read = None
        page_of(view).focus_first()
        if taken_away:
            page_of(view).tabs.focus_first()
        view.show_for(session.filter)
        settled(qtbot, session)
        there = view.plan.table if not taken_away else page_of(view).tabs.button("plan")
        assert there.hasFocus()
