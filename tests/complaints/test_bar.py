"""What limits the list: filters with a chip each, words without accents, orders, views kept under a name."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QPushButton

from cvdesk.catalogue import store as catalogue
from cvdesk.complaints import store
from cvdesk.complaints.page_bar import EVERYTHING
from cvdesk.complaints.store_list import NOBODY, ComplaintList, ComplaintQuery
from cvdesk.complaints.store_views import views
from cvdesk.themes import store as themes
from tests.complaints.conftest import DAY, TODAY
from tests.pages import said, settle


def listed(file, **query):
    return [row.number for row in ComplaintList(file, ComplaintQuery(**query), TODAY).fetch(0, 100)]


def names(menu):
    return [action.text() for action in menu.actions() if action.text()]


def filled(button):
    button.menu().aboutToShow.emit()
    return button.menu()


def part(menu, text):
    return next(action.menu() for action in menu.actions() if action.text() == text)


def press(menu, text):
    next(action for action in menu.actions() if action.text() == text).trigger()


@pytest.fixture
def ruth(file):
    return file.run("Add", lambda op: op.insert("staff", {"name": "Ruth"})).result


def test_each_limit_finds_its_cases(file, add, step, ruth):
    theme = themes.themes(file)[0].id
    bread = file.run("Add", lambda op: catalogue.ensure(op, "offerings", "Bread")).result
    add(severity="serious")
    add(themes=(theme,))
    add(offering_id=bread)
    add(handler_id=ruth)
    step(add(), "acknowledged", DAY)
    add(date=TODAY)
    add(date=date(2025, 12, 30))
    assert listed(file, severity="serious") == [1]
    assert listed(file, theme=theme) == [2]
    assert listed(file, offering=bread) == [3]
    assert listed(file, handler=ruth) == [4]
    assert listed(file, stage="acknowledged") == [5]
    assert 4 not in listed(file, handler=NOBODY)
    assert listed(file, since="30", sort="number") == [6, 5, 4, 3, 2, 1]
    assert listed(file, since="year", sort="number") == [6, 5, 4, 3, 2, 1]
    assert listed(file, since="365", sort="number") == [7, 6, 5, 4, 3, 2, 1]


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("creme", [1]),
        ("CRÈME", [1]),
        ("brulee kalt", [1]),
        ("zak", [2]),
        ("rang", [3]),
        ("#2", [2]),
        ("3", [3]),
        ("x", []),
    ],
)
def test_words_are_found_in_all_that_was_said_accents_and_capitals_aside(file, add, step, person, typed, found):
    add(text="Die Crème brûlée war KALT")
    add(text="Late", customer_id=person("Łukasz Żak"))
    step(add(), "note", DAY, note="Rang back")
    assert listed(file, search=typed, sort="number", upside_down=True) == found


def test_every_order_and_its_reverse(file, add, step, person):
    add(severity="minor", customer_id=person("Beth"), cost_minor=100)
    add(severity="serious", customer_id=person("Ana"), date=DAY + timedelta(days=1))
    step(add(date=DAY - timedelta(days=1)), "resolved", DAY)
    orders = {
        "due": [1, 2, 3], "date": [2, 1, 3], "number": [3, 2, 1], "customer": [2, 1, 3],
        "severity": [2, 1, 3], "stage": [2, 1, 3], "cost": [1, 2, 3],
    }  # fmt: skip
    for sort, numbers in orders.items():
        assert listed(file, sort=sort) == numbers, sort
        assert listed(file, sort=sort, upside_down=True) == numbers[::-1], sort


def test_filters_are_chosen_from_the_menu_and_taken_away_by_their_chip(show, file, add, qtbot):
    add(severity="serious")
    add()
    page = show(file)
    press(part(filled(page.list.bar.filters), "Severity"), "Serious")
    assert page.table.rows.rowCount() == 1
    assert page.list.found.text() == "1 of 2"
    chip = next(b for b in page.list.bar.chips.findChildren(QPushButton) if "Severity: Serious" in b.text())
    assert chip.accessibleName() == "Severity: Serious. Press to take this away"
    qtbot.keyClick(chip, Qt.Key.Key_Space)
    assert page.table.rows.rowCount() == 2
    assert not page.list.bar.chips.isVisible()


def test_a_press_on_a_heading_sorts_and_a_second_one_turns_it_round(show, file, add, person, qtbot):
    add(customer_id=person("Beth"))
    add(customer_id=person("Ana"))
    page = show(file)
    header = page.table.horizontalHeader()
    for order in ([2, 1], [1, 2]):
        place = QPoint(header.sectionViewportPosition(2) + 10, 10)
        qtbot.mouseClick(header.viewport(), Qt.MouseButton.LeftButton, pos=place)
        assert [page.table.rows.row(row).number for row in range(2)] == order
    assert header.isSortIndicatorShown()


def test_mine_is_offered_to_who_is_at_the_desk(show, file, add, ruth):
    add(handler_id=ruth)
    add()
    page = show(file)
    page.session.set_staff((ruth, "Ruth"))
    people = part(filled(page.list.bar.filters), "Seen to by")
    assert names(people) == ["Any", "Mine (Ruth)", "Nobody yet"]
    press(filled(page.list.bar.views), "Mine, open")
    assert page.table.rows.rowCount() == 1


def test_a_view_is_kept_under_a_name_used_again_and_removed(show, file, add, qtbot):
    add(severity="serious")
    add()
    page = show(file)
    assert not next(a for a in filled(page.list.bar.views).actions() if a.text() == "Keep this view…").isEnabled()
    page.list.limit(replace(EVERYTHING, severity="serious", state="open"))
    press(filled(page.list.bar.views), "Keep this view…")
    form = page.work.small_form
    qtbot.keyClick(form.name, Qt.Key.Key_Return)
    assert "Give it a name" in said(form)
    qtbot.keyClicks(form.name, "Bad & open")
    qtbot.keyClick(form.name, Qt.Key.Key_Return)
    settle(qtbot, page.session)
    assert [view.name for view in views(file)] == ["Bad & open"]
    page.list.limit(EVERYTHING)
    press(filled(page.list.bar.views), "Bad && open")
    assert page.table.rows.rowCount() == 1
    press(part(filled(page.list.bar.views), "Remove a view"), "Bad && open")
    settle(qtbot, page.session)
    assert views(file) == []
    page.session.undo()
    settle(qtbot, page.session)
    assert views(file)[0].query == replace(EVERYTHING, severity="serious", state="open")


def test_a_case_without_words_shows_what_it_is_about(show, file, add, person):
    theme = themes.themes(file)[0]
    entry = file.run("Log", lambda op: op.insert("entries", {"date": DAY.isoformat(), "text": "Stale roll"})).result
    add(text="", entry_id=entry)
    case = add(text="Late", themes=(theme.id,), customer_id=person("Ana"))
    bare = add(text="Late")
    file.run("Clear", lambda op: [op.update("complaints", one, {"text": ""}) for one in (case, bare)])
    page = show(file)
    shown = {page.table.rows.row(row).number: page.table.rows.index(row, 3).data() for row in range(3)}
    assert shown == {1: "Stale roll", 2: theme.name, 3: "No words noted"}
    page.show_record(bare)


def test_large_numbers_and_long_delays_are_not_cut_short(show, file, add):
    add(number=1_234_567, date=date(2019, 1, 2))
    page = show(file, width=774)
    metrics = page.table.fontMetrics()
    for place in (0, 6):
        text = page.table.rows.index(0, place).data()
        assert metrics.horizontalAdvance(text) + 16 <= page.table.columnWidth(place), text
    assert store.get(file, page._chosen or page.table.rows.id_at(0)).number == 1_234_567


def test_where_names_have_no_column_they_stand_before_the_words(show, file, add, person):
    add(customer_id=person("Ana Ruiz"))
    page = show(file, width=774)
    assert page.table.isColumnHidden(2)
    assert page.table.rows.index(0, 3).data() == "Ana Ruiz: cold soup"
