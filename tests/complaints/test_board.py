"""The board: the same cases by stage, walked and moved by keys, by drag and from the menu."""

from __future__ import annotations

from datetime import timedelta

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt
from PySide6.QtGui import QDropEvent

from cvdesk.complaints import store
from cvdesk.complaints.page_board_cards import MIME
from tests.complaints.conftest import TODAY
from tests.pages import said, settle


@pytest.fixture
def board(show, file, qtbot):
    def shown():
        page = show(file)
        qtbot.mouseClick(page.as_board, Qt.MouseButton.LeftButton)
        settle(qtbot, page.session)
        return page

    return shown


def numbers(page):
    """Numbers by column."""
    return [
        [column.cards.row(place).number for place in range(column.cards.rowCount())]
        for column in page.list.board.columns()
    ]


def at(page):
    """The number of the card the keyboard is on."""
    focus = page.window().focusWidget()
    return focus.current().number if focus in page.list.board.columns() else None


def drop(column, complaint):
    data = QMimeData()
    data.setData(MIME, str(complaint).encode())
    move, left, none = Qt.DropAction.MoveAction, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    column.dropEvent(QDropEvent(QPointF(5, 5), move, data, left, none))


@pytest.fixture
def cases(add, step):
    """#1 overdue and #2 received, #3 acknowledged, #4 closed."""
    made = [
        add(date=TODAY - timedelta(days=days), text=text) for days, text in enumerate(("late", "new", "soup", "old"))
    ]
    step(made[2], "acknowledged", TODAY)
    for stage in ("resolved", "told", "closed"):
        step(made[3], stage, TODAY)
    return made


def test_cases_stand_in_the_column_of_their_stage_with_counts(board, cases):
    page = board()
    assert numbers(page) == [[2, 1], [3], [], [], [], [4]]
    words = said(page.list)
    for name in ("Received", "Acknowledged", "Assessed", "Resolved", "Customer told", "Closed"):
        assert name in words
    spoken = page.list.board.columns()[1].cards
    assert spoken.index(0, 0).data() == "#3, Minor, Nobody named, soup, Resolve: in 12 days"


def test_all_columns_fit_a_small_window_since_empty_ones_leave_their_room(board, cases, qtbot):
    page = board()
    page.window().resize(800, 600)
    settle(qtbot, page.session)
    assert page.list.board.horizontalScrollBar().maximum() == 0
    received, resolved = (page.list.board.columns()[place].width() for place in (0, 3))
    assert received > resolved


def test_the_arrow_keys_walk_over_all_cards(board, cases, qtbot):
    page = board()
    assert at(page) == 2
    for key, number in (
        (Qt.Key.Key_Down, 1),
        (Qt.Key.Key_Right, 3),
        (Qt.Key.Key_Right, 4),
        (Qt.Key.Key_Right, 4),
        (Qt.Key.Key_Left, 3),
        (Qt.Key.Key_Left, 2),
    ):
        qtbot.keyClick(page.window().focusWidget(), key)
        assert at(page) == number


def test_shift_and_right_takes_the_next_step_and_the_keyboard_goes_with_the_card(board, cases, file, qtbot):
    page = board()
    qtbot.keyClick(page.window().focusWidget(), Qt.Key.Key_Right, Qt.KeyboardModifier.ShiftModifier)
    settle(qtbot, page.session)
    qtbot.waitUntil(lambda: at(page) == 2)
    assert numbers(page)[:2] == [[1], [3, 2]]
    assert store.get(file, cases[1]).stage == "acknowledged"


def test_a_move_that_decides_something_asks_in_the_form_of_the_list(board, cases, file, qtbot):
    page = board()
    qtbot.keyClick(page.window().focusWidget(), Qt.Key.Key_Right)
    qtbot.keyClick(page.window().focusWidget(), Qt.Key.Key_Right, Qt.KeyboardModifier.ShiftModifier)
    assert page.step_form.isVisible()
    page.step_form.cause.setText("Oven broken")
    qtbot.keyClick(page.step_form.cause, Qt.Key.Key_Return)
    settle(qtbot, page.session)
    qtbot.waitUntil(lambda: at(page) == 3)
    assert numbers(page)[2] == [3]
    assert store.get(file, cases[2]).cause == "Oven broken"
    assert not page._side.isVisible()  # the board has its room back


def test_m_offers_where_a_card_may_go(board, cases, file, qtbot):
    page = board()
    qtbot.keyClick(page.window().focusWidget(), Qt.Key.Key_M)
    menu = page.list.board.menu
    offered = [action.text() for action in menu.actions() if action.text()]
    assert offered == ["Open #2", "Acknowledge", "Assess…", "Resolve…"]
    menu.actions()[-1].trigger()
    menu.close()
    assert page.step_form.stage == "resolved"


def test_enter_opens_the_case_beside_the_board_and_escape_leads_back(board, cases, qtbot):
    page = board()
    assert not page._side.isVisible()
    qtbot.keyClick(page.window().focusWidget(), Qt.Key.Key_Return)
    settle(qtbot, page.session)
    assert page._side.isVisible()
    assert page.window().focusWidget() is page.case.main
    qtbot.keyClick(page.window().focusWidget(), Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: not page._side.isVisible())
    assert at(page) == 2


def test_a_card_dropped_on_the_next_column_takes_the_step(board, cases, file, qtbot):
    page = board()
    drop(page.list.board.columns()[1], cases[0])
    settle(qtbot, page.session)
    assert store.get(file, cases[0]).stage == "acknowledged"


def test_a_closed_card_dropped_further_left_is_reopened_by_its_form(board, cases, qtbot):
    page = board()
    drop(page.list.board.columns()[2], cases[3])
    assert page.step_form.stage == "reopened"


def test_a_card_dropped_where_it_cannot_go_says_what_can_come_next(board, cases, file, qtbot):
    page = board()
    with qtbot.waitSignal(page.session.said) as told:
        drop(page.list.board.columns()[5], cases[0])
    assert told.args == [
        "#1 cannot go from “Received” to “Closed”. What can come next: Acknowledged, Assessed, Resolved.",
        False,
    ]
    assert store.get(file, cases[0]).stage == "received"


def test_delete_on_a_card_can_be_taken_back(board, cases, file, qtbot):
    page = board()
    qtbot.keyClick(page.window().focusWidget(), Qt.Key.Key_Delete)
    settle(qtbot, page.session)
    assert numbers(page)[0] == [1]
    page.session.undo()
    settle(qtbot, page.session)
    assert numbers(page)[0] == [2, 1]


def test_a_card_that_was_deleted_meanwhile_is_said_to_be_gone(board, cases, file, qtbot):
    page = board()
    file.run("Delete", lambda op: store.delete(op, cases[1]))
    with qtbot.waitSignal(page.session.said) as told:
        qtbot.keyClick(page.window().focusWidget(), Qt.Key.Key_M)
    assert told.args == ["It was deleted meanwhile.", False]


def test_what_limits_the_list_limits_the_board_and_back_in_the_list_the_same_case_is_selected(board, cases, qtbot):
    page = board()
    page.list.bar.search.setText("soup")
    settle(qtbot, page.session)
    assert numbers(page) == [[], [3], [], [], [], []]
    page.list.focus()
    assert at(page) == 3
    qtbot.mouseClick(page.as_board, Qt.MouseButton.LeftButton)
    settle(qtbot, page.session)
    assert page.case.complaint.number == 3
    assert page.window().focusWidget() is page.table
