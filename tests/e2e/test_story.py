"""A strategy in the real window: a plan is decided on, begun, judged after months, and customers hear of it."""

from datetime import date, timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QPushButton

from cvdesk.care.form_loop import ToldDialog
from cvdesk.care.store_loop import matter as matter_of
from cvdesk.care.store_loop import to_tell, waiting
from cvdesk.catalogue import store as catalogue
from cvdesk.catalogue.records import GAINS
from cvdesk.db import open_file
from cvdesk.shell.store_needs import needs
from cvdesk.shell.store_needs_care import care_needs
from cvdesk.strategy.page_kept_decide import StrategyDialog
from cvdesk.strategy.page_kept_review import ReviewDialog
from cvdesk.strategy.store_actions import action
from cvdesk.strategy.store_kept import strategies
from cvdesk.strategy.store_reviews import reviews_due
from cvdesk.trends.months import months_between
from tests.desk import TODAY, button_named, end, name_of, start
from tests.figures.shop import add_sheet
from tests.pages import said

pytestmark = pytest.mark.display

LATER = date(2027, 6, 21)
IN_PLACE = ("Seen: ", "Kept: ", "Answered: ", "Acknowledged: ", "Spoke to them: ", "Done: ", "Dealt with: ")
MOST_WAITING = 80
NOTHING_WAITS = "Nothing is waiting for you."
TEXT_MESSAGES = "Text message when the van runs late"


@pytest.fixture
def program(qtbot, qapp, tmp_path, monkeypatch):
    """Starts the program on a day; closes what is open before, and at the end."""
    open_now = []

    def begin(today):
        while open_now:
            end(open_now.pop())
        open_now.append(start(qtbot, qapp, tmp_path, monkeypatch, today))
        return open_now[-1]

    yield begin
    while open_now:
        end(open_now.pop())


def dialog_of(running, kind):
    running.qtbot.waitUntil(lambda: isinstance(QApplication.activeModalWidget(), kind), timeout=15_000)
    return QApplication.activeModalWidget()


def go(running, page, view):
    """Opens a page at one of its tabs, and waits until all of it is there."""
    shown = running.window.show_page(page)
    running.settle()
    shown.choose_view(view)
    running.settle()
    return shown.view(view)


def open_needs(path, today):
    """What strategy and care have to say on Home, as (sort, what it opens)."""
    with open_file(path, read_only=True) as file:
        return [(one.sort, one.record) for one in care_needs(file, today)]


def settle_home(running):
    """One after the other is done on Home or put off there, with nothing but its own buttons, until nothing waits."""
    home = running.window.show_page("home")
    running.settle()
    for _number in range(MOST_WAITING):
        before = said(home)
        if NOTHING_WAITS in before:
            return
        if done := named(home, IN_PLACE):
            done[0].click()
        elif later := named(home, "Later: "):
            later[0].menu().actions()[-1].trigger()
        else:
            named(home, "Safety: ")[0].click()  # its questions are open: it is dealt with where they are
            running.settle()
            button_named(running.window.show_page("feedback"), "Dealt with").click()
            running.settle()
            running.window.show_page("home")
        running.settle()
        running.qtbot.waitUntil(lambda before=before: said(home) != before)


def named(home, begins):
    return [one for one in home.findChildren(QPushButton) if one.isVisible() and name_of(one).startswith(begins)]


def months_pass(path):
    """What comes in until LATER: score sheets of every month, and customers wait far less for their deliveries."""

    def sheets(op):
        factors = catalogue.factors(op)
        for month in months_between(date(2026, 12, 1), LATER):
            for number in range(8):
                values = {one.key: 4.0 if one.lever in GAINS else 2.0 for one in factors}
                values |= {"delivery": 2.0 if number else 1.0 + month.month % 2, "worth_it": 4.0}
                add_sheet(op, month.replace(day=4 + number), values)

    with open_file(path) as file:
        file.run("Score sheets", sheets)


def test_a_plan_is_chosen_begun_judged_and_told(program, sample):
    # The owner looks at the plan and decides on it.
    running = program(TODAY)
    running.open(sample)
    plan = go(running, "strategy", "plan")
    running.qtbot.waitUntil(lambda: plan.plan.decide.isEnabled() and plan.plan.decide.isVisible(), timeout=20_000)
    plan.plan.decide.click()
    dialog = dialog_of(running, StrategyDialog)
    assert TEXT_MESSAGES in dialog.form.mix.toPlainText()
    running.qtbot.keyClicks(dialog.form.name, "Winter 2026")
    running.qtbot.keyClick(dialog.form.name, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    running.settle()
    kept = running.window.show_page("strategy").view("kept")
    running.settle()
    assert "Winter 2026" in said(kept)
    # An action begins with one press.
    chosen = next(one for one in kept.found.running.actions if one.name == TEXT_MESSAGES)
    button_named(kept, f"Start: {TEXT_MESSAGES}").click()
    running.settle()
    assert "Cannot tell before" in said(kept)
    assert strategies(running.window.session.file)[0].promise.of(chosen.id).expected["delivery"] > 0

    # Seven months go by.
    running = program(LATER)
    months_pass(sample)
    assert ("review", ("strategy", kept.found.running.strategy.id)) in open_needs(sample, LATER)
    running.open(sample)
    kept = go(running, "strategy", "kept")
    running.qtbot.waitUntil(lambda: kept.found is not None)
    now = next(one for one in kept.found.running.actions if one.id == chosen.id)
    assert now.outcome.said == "worked"
    assert now.outcome.low > 0
    assert "measured +1." in said(kept)
    # How it went stands in Trends, in the same words.
    button_named(kept, f"See how it went: {TEXT_MESSAGES}").click()
    running.settle()
    effect = running.window.show_page("trends").view("effect")
    assert effect.result.sentence == now.outcome.sentence
    assert effect.result.sentence.startswith("It worked.")

    # It is done: those who had raised it wait to hear so.
    kept = go(running, "strategy", "kept")
    button_named(kept, f"Done: {TEXT_MESSAGES}").click()
    running.settle()
    file = running.window.session.file
    assert action(file, chosen.id).done == LATER
    assert chosen.id in {one.id for one in to_tell(file, LATER)}
    loop = go(running, "care", "loop")
    tell(running, loop, chosen.id)
    assert not waiting(file, matter_of(file, ("action", chosen.id), LATER))
    assert chosen.id not in {one.id for one in to_tell(file, LATER)}

    # The review ends the strategy, with what was learned.
    kept = go(running, "strategy", "kept")
    kept.running.review.click()
    review = dialog_of(running, ReviewDialog)
    running.qtbot.keyClicks(review.form.learned, "Say early when the van is late")
    review.keep.click()
    running.settle()
    assert strategies(file)[0].state == "ended"
    assert reviews_due(file, LATER + timedelta(days=1)) == ()
    assert ("review", ("strategy", strategies(file)[0].id)) not in open_needs(sample, LATER)

    # The customers of an earlier action hear of it as well; what else waits is done or put off in place.
    for one in to_tell(file, LATER):
        tell(running, go(running, "care", "loop"), one.id)
    settle_home(running)
    assert NOTHING_WAITS in said(running.window.show_page("home"))
    assert needs(file, LATER).total == 0


def tell(running, loop, action_id):
    """Ticks everybody who raised it and notes that they were told."""
    running.window.session.open("care", ("tell", ("action", action_id)))
    running.settle()
    running.qtbot.waitUntil(lambda: loop.circle.found is not None and loop.circle.found.about == ("action", action_id))
    assert loop.circle.people()
    loop.circle.tell.click()
    told = dialog_of(running, ToldDialog)
    told.save.click()
    running.settle()
