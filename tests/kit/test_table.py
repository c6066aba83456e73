"""The windowed table: a sound model over a large source, of which only what is in view is read."""

import pytest
from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtGui import QPalette
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QStyleOptionViewItem

from cvdesk.kit.table import BLOCK, KEPT_BLOCKS, Column, Table

MANY = 1_000_000


class Numbers:
    """A source that remembers what was asked of it."""

    def __init__(self, count=MANY, first_id=0):
        self.size, self.first_id = count, first_id
        self.asked = []

    def count(self):
        return self.size

    def fetch(self, first, limit):
        self.asked.append(first)
        return range(first + self.first_id, min(first + limit, self.size) + self.first_id)


COLUMNS = (
    Column("Number", lambda row: f" {row}\n", 80, "quiet", right=True),
    Column("Words", lambda row: f"<b>{row}</b> & more", stretch=True, tone=lambda row: "bad" if row % 2 else ""),
)


@pytest.fixture
def table(qtbot, theme):
    made = Table(theme, "Numbers", COLUMNS, lambda row: row + 1_000)
    qtbot.addWidget(made)
    made.resize(600, 400)
    made.show()
    qtbot.waitExposed(made)
    return made


def test_the_model_keeps_qts_rules_while_its_source_changes(table):
    tester = QAbstractItemModelTester(table.rows, QAbstractItemModelTester.FailureReportingMode.Fatal)
    for count in (0, 1, BLOCK, 12_345, MANY):
        table.show_source(Numbers(count))
        assert table.rows.rowCount() == count
    assert tester.model() is table.rows


def test_only_blocks_in_view_are_read(qtbot, table):
    source = Numbers()
    table.show_source(source)
    table.viewport().repaint()
    assert source.asked == [0]
    bar = table.verticalScrollBar()
    bar.setValue(bar.maximum() // 2)
    table.viewport().repaint()
    bar.setValue(bar.maximum())
    table.viewport().repaint()
    assert len(source.asked) <= 5
    assert source.asked[-1] == MANY - BLOCK


def test_few_blocks_are_kept_however_far_one_scrolls(table):
    source = Numbers()
    table.show_source(source)
    for block in range(3 * KEPT_BLOCKS):
        assert table.rows.row(block * BLOCK) == block * BLOCK
    assert len(table.rows._blocks) == KEPT_BLOCKS


def test_a_row_is_shown_as_one_line_of_plain_words_in_the_tone_of_its_column(theme, table):
    table.show_source(Numbers())
    rows = table.rows
    assert rows.data(rows.index(7, 0)) == "7"
    assert rows.data(rows.index(7, 1)) == "<b>7</b> & more"
    assert rows.data(rows.index(7, 1), Qt.ItemDataRole.AccessibleTextRole) == "<b>7</b> & more"
    assert rows.data(rows.index(7, 0), Qt.ItemDataRole.ForegroundRole) == theme.colour("quiet")
    assert rows.data(rows.index(7, 1), Qt.ItemDataRole.ForegroundRole) == theme.colour("bad")
    assert rows.data(rows.index(8, 1), Qt.ItemDataRole.ForegroundRole) is None
    assert rows.data(rows.index(7, 0), Qt.ItemDataRole.TextAlignmentRole) & Qt.AlignmentFlag.AlignRight
    assert rows.headerData(0, Qt.Orientation.Horizontal) == "Number"
    assert rows.data(QModelIndex()) is None


def test_words_keep_their_tone_in_the_selected_row(theme, table):
    table.show_source(Numbers(3))
    table.select_row(1)
    option = QStyleOptionViewItem()
    table.itemDelegate().initStyleOption(option, table.rows.index(1, 1))
    assert option.palette.color(QPalette.ColorRole.HighlightedText) == theme.colour("bad")


def test_there_is_nothing_outside_the_rows(table):
    assert table.rows.row(0) is None
    table.show_source(Numbers(5))
    assert table.rows.row(5) is None
    assert table.rows.id_at(-1) is None
    assert table.rows.id_at(4) == 1_004


def test_a_source_that_shrank_meanwhile_shows_empty_rows(table):
    source = Numbers(50)
    table.show_source(source)
    source.size = 10
    assert table.rows.row(9) == 9
    assert table.rows.row(10) is None
    assert table.rows.data(table.rows.index(10, 0)) is None


def test_enter_and_a_double_click_open_the_row(qtbot, table):
    table.show_source(Numbers(10))
    table.select_row(3)
    with qtbot.waitSignal(table.opened) as opened:
        qtbot.keyClick(table, Qt.Key.Key_Return)
    assert opened.args == [1_003]
    spot = table.visualRect(table.rows.index(5, 1)).center()
    qtbot.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, pos=spot)
    with qtbot.waitSignal(table.opened) as opened:
        qtbot.mouseDClick(table.viewport(), Qt.MouseButton.LeftButton, pos=spot)
    assert opened.args == [1_005]


def test_enter_opens_nothing_where_nothing_is_selected(qtbot, table):
    table.show_source(Numbers(10))
    with qtbot.assertNotEmitted(table.opened):
        qtbot.keyClick(table, Qt.Key.Key_Return)


def test_arrows_select_and_tell_the_record(qtbot, table):
    table.show_source(Numbers(10))
    table.select_row(3)
    with qtbot.waitSignal(table.selected) as selected:
        qtbot.keyClick(table, Qt.Key.Key_Down)
    assert selected.args == [4]


def test_the_selection_stays_with_its_record_when_rows_come_before_it(table):
    table.show_source(Numbers(10))
    table.select_row(3)
    table.show_source(Numbers(13, first_id=-3))
    assert table.rows.id_at(table.currentIndex().row()) == 1_003
    assert table.currentIndex().row() == 6


def test_a_selection_whose_record_is_gone_is_given_up(table):
    table.show_source(Numbers(10))
    table.select_row(3)
    table.show_source(Numbers(10, first_id=500))
    assert not table.currentIndex().isValid()
