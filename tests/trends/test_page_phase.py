"""Phases on screen: begun only where the change is clear and the owner says the rest, changed, taken away, undone."""

from datetime import date

import pytest
from PySide6.QtCore import Qt

from cvdesk.kit import crash
from cvdesk.trends import store_notes, store_phases
from cvdesk.trends.months import months_between
from cvdesk.trends.page import TrendsPage
from cvdesk.trends.page_phase import PhaseDialog
from tests.figures.shop import TODAY, new_shop
from tests.pages import catch_errors, make_session, said, settle

BEFORE = [3.0, 3.2, 3.1, 3.4, 3.0, 3.3, 3.1, 3.2, 3.0, 3.4, 3.1, 3.3, 3.2, 3.0]
AFTER = [4.1, 4.3, 4.2, 4.4, 4.2, 4.1, 4.3, 4.2, 4.4, 4.2]


def log_months(shop, ratings):
    months = months_between(date(2024, 7, 1), TODAY)[-len(ratings) :]

    def work(op):
        for month, rating in zip(months, ratings, strict=True):
            for spread in (-0.02, -0.01, 0.0, 0.01, 0.02):
                op.insert("entries", {"date": month.replace(day=9).isoformat(), "rating": rating + spread})

    shop.run("Log", work)


@pytest.fixture
def shop(tmp_path):
    with new_shop(tmp_path) as opened:
        yield opened


@pytest.fixture
def page(qtbot, qapp, shop):
    session = make_session(qapp, shop, TODAY)
    made = TrendsPage(session)
    qtbot.addWidget(made)
    made.resize(1110, 800)
    made.show()
    qtbot.waitExposed(made)
    yield made
    session.close()


def show(qtbot, page, key="rating"):
    page.session.announce_all()
    page.show_record(key)
    settle(qtbot, page.session)
    return page.series_view


def asked(qtbot, view):
    settle(qtbot, view.session)
    return [one for one in view.findChildren(PhaseDialog) if one.isVisible()][-1]


def tick(dialog, *places):
    for place in places:
        dialog.form.ticks[place].setChecked(True)


def begun(page):
    return [(one.starts, one.reason) for one in store_phases.phases(page.session.file, "rating")]


def test_a_clear_change_begins_a_phase_once_the_owner_has_said_all_three(qtbot, shop, page):
    log_months(shop, BEFORE + AFTER)
    view = show(qtbot, page)
    assert view.series.verdict.name == "real"
    since = view.series.verdict.since
    view.card.begin_phase.click()
    dialog = asked(qtbot, view)
    assert "The change is clear" in said(dialog)
    assert not dialog.keep.isEnabled()
    tick(dialog, 0, 1)
    qtbot.keyClick(dialog.form.words, Qt.Key.Key_Return)
    assert dialog.isVisible()
    tick(dialog, 2)
    qtbot.keyClick(dialog.form.words, Qt.Key.Key_Return)
    assert "Say in a few words" in said(dialog)
    qtbot.keyClicks(dialog.form.words, "Second <b>oven</b>")
    qtbot.keyClick(dialog.form.words, Qt.Key.Key_Return)
    settle(qtbot, page.session)
    assert begun(page) == [(since, "Second <b>oven</b>")]
    assert not view.card.begin_phase.isVisible()
    assert "new phase" in said(view.notes)
    page.session.undo()
    settle(qtbot, page.session)
    assert begun(page) == []
    assert view.card.begin_phase.isVisible()


def test_where_the_change_is_not_clear_it_can_only_be_noted(qtbot, shop, page):
    log_months(shop, BEFORE)
    view = show(qtbot, page)
    view.notes.new_phase.click()
    dialog = asked(qtbot, view)
    assert "The change is not clear yet" in said(dialog)
    assert not dialog.keep.isVisible()
    qtbot.keyClicks(dialog.form.words, "Second oven")
    qtbot.keyClick(dialog.form.words, Qt.Key.Key_Return)
    settle(qtbot, page.session)
    assert begun(page) == []
    assert [note.text for note in store_notes.notes(page.session.file)] == ["Second oven"]


def test_a_day_that_will_not_do_is_said_beside_the_day_and_nothing_typed_is_lost(qtbot, shop, page, monkeypatch):
    shown = catch_errors(monkeypatch)
    log_months(shop, BEFORE + AFTER)
    view = show(qtbot, page)
    view.notes.new_phase.click()
    dialog = asked(qtbot, view)
    tick(dialog, 0, 1, 2)
    dialog.form.words.setText("Second oven")
    dialog.form.day.setDate(dialog.form.day.date().addYears(-9))
    dialog.keep.click()
    settle(qtbot, page.session)
    assert dialog.isVisible()
    assert "Nothing is known of the time before that day" in said(dialog)
    assert dialog.form.words.text() == "Second oven"
    assert dialog.keep.isEnabled()
    assert shown == []


def test_a_fault_of_the_program_while_saving_is_shown_as_such(qtbot, shop, page, monkeypatch):
    shown = []
    monkeypatch.setattr(crash, "report", shown.append)
    log_months(shop, BEFORE + AFTER)
    view = show(qtbot, page)
    view.notes.new_phase.click()
    dialog = asked(qtbot, view)
    dialog.failed(LookupError("fault"))
    assert [str(one) for one in shown] == ["fault"]


def test_a_phase_is_changed_and_taken_away(qtbot, shop, page):
    log_months(shop, BEFORE + AFTER)
    view = show(qtbot, page)
    view.notes.new_phase.click()
    dialog = asked(qtbot, view)
    tick(dialog, 0, 1, 2)
    dialog.form.words.setText("Second oven")
    dialog.keep.click()
    settle(qtbot, page.session)
    assert view.notes.offered("Second oven") == ["Change the phase…", "Take the phase away"]
    view.notes.phase_changing.emit(store_phases.phases(page.session.file, "rating")[0])
    dialog = asked(qtbot, view)
    assert dialog.form.words.text() == "Second oven"
    assert dialog.form.ticks == ()
    dialog.form.words.setText("Second oven and a new baker")
    dialog.keep.click()
    settle(qtbot, page.session)
    assert [reason for _day, reason in begun(page)] == ["Second oven and a new baker"]
    view.notes.phase_deleted.emit(store_phases.phases(page.session.file, "rating")[0])
    settle(qtbot, page.session)
    assert begun(page) == []
    assert "Second oven" not in said(view.notes)


def test_a_note_of_the_month_is_proposed_as_the_reason(qtbot, shop, page):
    log_months(shop, BEFORE + AFTER)
    view = show(qtbot, page)
    shop.run("Note", lambda op: store_notes.add(op, view.series.verdict.since, "Second oven"))
    view = show(qtbot, page)
    view.notes.new_phase.click()
    assert asked(qtbot, view).form.words.text() == "Second oven"


def test_a_note_and_the_phase_it_explains_are_one_line(qtbot, shop, page):
    log_months(shop, BEFORE + AFTER)
    view = show(qtbot, page)
    since = view.series.verdict.since
    values = {"series": "rating", "starts": since.isoformat(), "reason": "Second oven"}
    shop.run("Both", lambda op: (store_notes.add(op, since, "Second oven"), op.insert("phases", values)))
    view = show(qtbot, page)
    assert [one.text for one in view.notes.lines] == ["Second oven"]
    assert view.notes.offered("Second oven") == [
        "Did it work?", "Change the note…", "Take the note away", "Change the phase…", "Take the phase away",
    ]  # fmt: skip
