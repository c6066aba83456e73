"""Tallies: one tap counts, the last seven days in words, names made on the spot, all by keys."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import Qt

from cvdesk.catalogue.records import Business
from cvdesk.db import BusinessFile
from cvdesk.errors import UserError
from cvdesk.exchange.new import make_business
from cvdesk.feedback import store_tally as store
from cvdesk.feedback.page_tally import TallyBar, week_words
from cvdesk.kit.session import Session
from tests.pages import make_session, settle

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


def shown(qtbot, session: Session) -> TallyBar:
    bar = TallyBar(session)
    qtbot.addWidget(bar)
    bar.show()
    qtbot.waitExposed(bar)
    bar.activateWindow()
    return bar


def count(file: BusinessFile, name: str, day: date, times: int) -> None:
    file.run("Count", lambda op: store.count(op, store.add_name(op, name), day, times))


def test_a_count_goes_up_and_down_but_never_below_nothing(file: BusinessFile):
    count(file, "queue", TODAY, 2)
    assert file.run("Less", lambda op: store.count(op, "queue", TODAY, -1)).result == 1
    assert file.run("Less", lambda op: store.count(op, "queue", TODAY, -5)).result == 0
    assert file.run("Less", lambda op: store.count(op, "rye", TODAY, -1)).result == 0
    assert file.value("SELECT sum(count) FROM tallies") == 0


def test_the_week_is_today_and_the_six_days_before(file: BusinessFile):
    for back, times in ((0, 2), (1, 5), (6, 1), (7, 100), (-1, 50)):
        count(file, "queue", TODAY - timedelta(days=back), times)
    count(file, "sold out of rye", TODAY, 1)
    queue, rye = store.tallies(file, TODAY)
    assert queue == store.Tally("queue", 2, 8, 3, 5, TODAY - timedelta(days=1))
    assert week_words(queue, TODAY) == "queue 8 times on 3 days, busiest yesterday (5)"
    assert week_words(rye, TODAY) == "sold out of rye once"


def test_one_name_is_one_thing_however_it_is_written(file: BusinessFile):
    count(file, "Queue", TODAY, 1)
    count(file, "  queue ", TODAY, 1)
    assert [(one.name, one.today) for one in store.tallies(file, TODAY)] == [("Queue", 2)]


@pytest.mark.parametrize("name", ["", "   ", "x" * 41])
def test_a_name_that_fits_no_chip_is_refused(file: BusinessFile, name: str):
    with pytest.raises(UserError, match="short name"):
        file.run("Count", lambda op: store.add_name(op, name))


def test_something_new_is_counted_from_its_first_time_with_keys_alone(qtbot, session: Session):
    bar = shown(qtbot, session)
    assert "a queue" in bar.note.text()
    qtbot.keyClick(bar.add_button, Qt.Key.Key_Return)
    qtbot.keyClicks(bar.name, "sold out of rye")
    qtbot.keyClick(bar.name, Qt.Key.Key_Return)
    settle(qtbot, session)
    assert [chip.text() for chip in bar.chips] == ["sold out of rye\u20021"]
    assert bar.name.isHidden()
    with qtbot.waitSignal(session.said) as told:
        qtbot.keyClick(bar.chips[0], Qt.Key.Key_Space)
    assert told.args == ["sold out of rye: 2 today", True]
    settle(qtbot, session)
    with qtbot.waitSignal(bar.counted):
        qtbot.keyClick(bar, Qt.Key.Key_1, Qt.KeyboardModifier.AltModifier)
    settle(qtbot, session)
    assert bar.chips[0].accessibleName() == "Count sold out of rye: 3 today"
    assert bar.note.text() == "Last 7 days: sold out of rye 3 times."


def test_undo_takes_one_tap_back(qtbot, session: Session):
    count(session.file, "queue", TODAY, 1)
    bar = shown(qtbot, session)
    bar.chips[0].click()
    settle(qtbot, session)
    assert bar.chips[0].text() == "queue\u20022"
    session.undo()
    settle(qtbot, session)
    assert bar.chips[0].text() == "queue\u20021"


def test_what_is_no_longer_counted_leaves_the_bar_and_keeps_its_counts(qtbot, session: Session):
    count(session.file, "queue", TODAY, 3)
    bar = shown(qtbot, session)
    less, drop = bar.menu_of(0).actions()
    less.trigger()
    settle(qtbot, session)
    assert bar.chips[0].text() == "queue\u20022"
    drop.trigger()
    settle(qtbot, session)
    assert bar.chips == []
    assert session.file.value("SELECT count FROM tallies") == 2


def test_a_name_that_cannot_be_taken_is_said_and_escape_leaves(qtbot, session: Session):
    bar = shown(qtbot, session)
    bar.add_button.click()
    qtbot.keyClick(bar.name, Qt.Key.Key_Return)
    settle(qtbot, session)
    assert "needs a short name" in bar.note.text()
    qtbot.keyClick(bar.name, Qt.Key.Key_Escape)
    assert bar.name.isHidden()
    assert "a queue" in bar.note.text()
