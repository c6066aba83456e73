"""What the radar found stands on Home with a customer's words, opens its chart, and is told once."""

import threading
from datetime import date

import pytest

from cvdesk.customers import store as customers
from cvdesk.customers.records import Customer
from cvdesk.feedback import store as feedback
from cvdesk.feedback.records import Entry
from cvdesk.shell.home import HomePage
from cvdesk.shell.radar import Radar
from cvdesk.trends import store_radar
from cvdesk.trends.radar import Ref, Signal, Sweep
from tests.desk import TODAY, button_named
from tests.figures.shop import new_shop
from tests.pages import make_session, settle


@pytest.fixture
def session(qapp, tmp_path):
    made = make_session(qapp, new_shop(tmp_path), TODAY)
    yield made
    made.close()


def find(session, day=TODAY):
    entry = session.file.run("Add", lambda op: feedback.save(op, Entry(day, "The queue was out of the door"))).result
    sentence = "A real change for the worse since about June: before 4.2, after 3.6."
    signal = Signal(
        "rating", "Mean rating", "real", date(2026, 6, 1), sentence, better=False, refs=(Ref("entries", entry),)
    )
    store_radar.keep(session.file, Sweep(12, (signal,), day, 0.2))


def home(qtbot, session):
    page = HomePage(session)
    qtbot.addWidget(page)
    page.resize(1100, 800)
    page.show()
    settle(qtbot, session)
    return page


def line_of(page):
    return button_named(page, "Mean rating: A real change for the worse since about June: before 4.2, after 3.6. "
                              "“The queue was out of the door”")  # fmt: skip


def test_a_change_is_told_with_a_customers_words_and_opens_its_chart(qtbot, session):
    find(session)
    page = home(qtbot, session)
    with qtbot.waitSignal(session.open_requested) as opened:
        line_of(page).click()
    assert opened.args == ["series", "rating"]


def test_what_was_seen_is_not_told_again_until_that_is_taken_back(qtbot, session):
    find(session)
    page = home(qtbot, session)
    button_named(page, "Seen: Mean rating").click()
    settle(qtbot, session)
    assert store_radar.signals(session.file, TODAY) == ()
    assert "A real change" not in str([child.accessibleName() for child in page.findChildren(type(page.log_button))])
    session.undo()
    settle(qtbot, session)
    assert line_of(page).isVisible()


def test_figures_are_looked_at_once_a_day_beside_the_window(qtbot, session):
    radar = Radar(session, session)
    with qtbot.waitSignal(session.changed, timeout=20_000) as told:
        radar.look()
    assert told.args == [frozenset({"seen_signals"})]
    assert store_radar.kept(session.file).at == TODAY
    assert not store_radar.due(session.file, TODAY)
    radar.look()
    settle(qtbot, session)
    assert store_radar.kept(session.file).at == TODAY


def test_a_sweep_stops_once_another_has_taken_its_place(qtbot, session, monkeypatch):
    asked, go_on = [], threading.Event()

    def slow(_file, _today, cancelled):
        asked.append(cancelled)
        go_on.wait(10)

    monkeypatch.setattr(store_radar, "sweep_and_keep", slow)
    radar = Radar(session, session)
    radar.look()
    qtbot.waitUntil(lambda: len(asked) == 1)
    assert not asked[0]()
    radar.look()
    assert asked[0]()
    go_on.set()
    settle(qtbot, session)


def test_how_many_were_told_what_was_done_stands_below_and_opens_who_waits(qtbot, session):
    def act(op):
        theme = op.value("SELECT id FROM themes ORDER BY id")
        values = {"name": "Second till", "theme_id": theme, "status": "done", "done": "2026-11-01"}
        action = op.insert("actions", values)
        for name in ("Ada", "Beth"):
            who = customers.save(op, Customer(name))
            feedback.save(op, Entry(date(2026, 10, 1), "The queue", who, kind="problem", themes=(theme,)))
        told = {"customer_id": who, "date": "2026-11-03", "done": "2026-11-03", "kind": "told", "action_id": action}
        op.insert("touches", told)

    session.file.run("Act", act)
    page = home(qtbot, session)
    with qtbot.waitSignal(session.open_requested) as opened:
        button_named(page, "1 customer waits to hear what you did, for 20 days.").click()
    assert opened.args == ["care", ("view", "loop")]
