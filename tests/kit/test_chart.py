"""The painted chart: points opened by mouse and keys, said in words, notes inside the picture."""

from datetime import date
from itertools import pairwise

import pytest
from PySide6.QtCore import QPoint, Qt

from cvdesk.kit.chart import Spark, TrendChart
from cvdesk.trends.records import Limits, Point, Series
from tests.desk import name_of

MONTHS = [date(2026, month, 1) for month in range(1, 9)]
VALUES = [3.0, 3.1, None, 2.9, 3.3, 3.2, 4.4, 3.1]


def series(values=VALUES, notes=(), unit="net"):
    points = tuple(
        Point(month, value, 10, running=month == MONTHS[-1]) for month, value in zip(MONTHS, values, strict=True)
    )
    limits = (Limits(0, 7, 3.1, 2.4, 3.8, firm=False),)
    return Series("net", "Customer value", unit, points, limits, notes, (6,), "July stands out.")


@pytest.fixture
def chart(qtbot, theme):
    made = TrendChart(theme)
    qtbot.addWidget(made)
    made.resize(640, 220)
    made.show_series(series())
    made.show()
    qtbot.waitExposed(made)
    made.repaint()
    return made


def marks(chart):
    chart.repaint()
    return dict(chart._marks)


def test_months_without_a_value_have_no_mark_and_a_gap(chart):
    assert sorted(marks(chart)) == [0, 1, 3, 4, 5, 6, 7]


def test_higher_values_lie_higher_and_months_from_left_to_right(chart):
    spots = marks(chart)
    assert spots[6].y() < spots[4].y() < spots[0].y() < spots[3].y()
    assert all(before.x() < after.x() for before, after in pairwise(spots.values()))
    assert all(chart.rect().contains(spot.toPoint()) for spot in spots.values())


def test_a_click_near_a_mark_opens_it(qtbot, chart):
    spot = marks(chart)[4].toPoint()
    with qtbot.waitSignal(chart.point_opened) as opened:
        qtbot.mouseClick(chart, Qt.MouseButton.LeftButton, pos=spot + QPoint(3, 20))
    assert opened.args == [4]


def test_a_click_far_from_every_mark_opens_nothing(qtbot, chart):
    spots = marks(chart)
    gap = (spots[1] + (spots[3] - spots[1]) / 2).toPoint()
    with qtbot.assertNotEmitted(chart.point_opened):
        qtbot.mouseClick(chart, Qt.MouseButton.LeftButton, pos=gap)


def test_arrows_walk_along_the_points_and_enter_opens_the_one_reached(qtbot, chart):
    chart.setFocus()
    opened: list[object] = []
    chart.point_opened.connect(opened.append)
    qtbot.keyClick(chart, Qt.Key.Key_Return)
    for key in (Qt.Key.Key_Left, Qt.Key.Key_Return, Qt.Key.Key_Left, Qt.Key.Key_Space):
        qtbot.keyClick(chart, key)
    for _step in range(9):
        qtbot.keyClick(chart, Qt.Key.Key_Left)
    qtbot.keyClick(chart, Qt.Key.Key_Enter)
    qtbot.keyClick(chart, Qt.Key.Key_Right)
    qtbot.keyClick(chart, Qt.Key.Key_Right)  # over the gap
    qtbot.keyClick(chart, Qt.Key.Key_Enter)
    assert opened == [7, 6, 0, 3]


def test_home_end_and_page_keys_go_far(qtbot, chart):
    chart.setFocus()
    opened: list[object] = []
    chart.point_opened.connect(opened.append)
    for key in (Qt.Key.Key_Home, Qt.Key.Key_End, Qt.Key.Key_PageUp, Qt.Key.Key_PageDown):
        qtbot.keyClick(chart, key)
        qtbot.keyClick(chart, Qt.Key.Key_Return)
    assert opened == [0, 7, 0, 7]


def test_the_chart_and_the_point_reached_are_said_in_words(qtbot, chart):
    assert name_of(chart) == "Customer value"
    assert chart.accessibleDescription().startswith("July stands out.")
    assert "Shown from January 2026 to August 2026." in chart.accessibleDescription()
    assert "Lowest +2.9 (April 2026), highest +4.4 (July 2026), latest +3.1 (August 2026)." in (
        chart.accessibleDescription()
    )
    chart.setFocus()
    qtbot.keyClick(chart, Qt.Key.Key_Left)
    assert chart.accessibleDescription() == ("August 2026: +3.1 from 10; ordinary: +2.4 to +3.8; not over yet")


def test_another_series_begins_without_a_point_chosen(qtbot, chart):
    chart.setFocus()
    qtbot.keyClick(chart, Qt.Key.Key_Left)
    chart.show_series(series())
    with qtbot.assertNotEmitted(chart.point_opened):
        qtbot.keyClick(chart, Qt.Key.Key_Return)


@pytest.mark.parametrize("values", [[None] * 8, [2.0] * 8, [None] * 7 + [1.0], [0.0] * 8])
def test_few_or_equal_values_are_drawn_all_the_same(chart, values):
    chart.show_series(series(values))
    assert len(marks(chart)) == sum(value is not None for value in values)


def test_a_spark_takes_no_or_one_value(qtbot, theme):
    spark = Spark(theme)
    qtbot.addWidget(spark)
    spark.show()
    for values in ([], [1.0], [1.0, 1.0], [1.0, 2.0, 0.5]):
        spark.show_values(values)
        spark.repaint()
    assert spark.grab().toImage().size().height() > 0
