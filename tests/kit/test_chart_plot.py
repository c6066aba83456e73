"""The large chart: looked at closer and moved along by keys, wheel and mouse; every point read out as it is reached."""

from __future__ import annotations

import os
import subprocess
import sys
from dataclasses import replace

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QAccessible, QWheelEvent
from PySide6.QtWidgets import QApplication, QWidget

from cvdesk.charts.drawing import BAND, BARS
from cvdesk.kit import chart as chart_module
from cvdesk.kit.chart_plot import FEWEST, PlotChart
from cvdesk.kit.theme import LEVER_ICONS, Theme
from tests.charts.made import awkward, between, net, shares, weeks, years
from tests.desk import name_of
from tests.kit.test_theme import contrast


@pytest.fixture
def plot(qtbot, theme):
    page = QWidget()
    qtbot.addWidget(page)
    made = PlotChart(theme)
    made.setParent(page)
    page.resize(1400, 700)
    made.resize(900, 340)
    made.show_series(years(), "benefits", counts=True)
    page.show()
    qtbot.waitExposed(page)
    made.setFocus()
    yield made
    page.close()


def wheel(plot, turn, modifiers=Qt.KeyboardModifier.ControlModifier, x=450.0):
    spot = QPointF(x, 150)
    event = QWheelEvent(spot, plot.mapToGlobal(spot), QPoint(), QPoint(0, turn), Qt.MouseButton.NoButton, modifiers,
                        Qt.ScrollPhase.NoScrollPhase, False)  # fmt: skip
    QApplication.sendEvent(plot.viewport(), event)
    return event.isAccepted()


@pytest.mark.parametrize("name", sorted(awkward()))
@pytest.mark.parametrize("size", [(340, 170), (1400, 600)])
def test_awkward_series_are_drawn_with_every_mark_inside(plot, name, size):
    series = awkward()[name]
    plot.resize(*size)
    plot.show_series(series, series.lever or "accent", counts=True)
    assert not plot.grab().isNull()
    for place, point in enumerate(series.points):
        if point.value is not None:
            assert plot.rect().adjusted(-1, -1, 1, 1).contains(plot.mark_position(place).toPoint())


def test_the_ground_is_that_of_the_series_that_shows_and_not_of_the_one_before(plot):
    plot.grab()
    plot.show_series(net())
    drawn = plot.grab().toImage()
    plot.resetCachedContent()
    assert drawn == plot.grab().toImage()


def test_marks_stand_where_the_plot_draws_them(plot):
    plot.show_series(net())
    for place in (0, 5, 13):
        drawn = plot.mapFromScene(plot._plot.vb.mapViewToScene(QPointF(place, net().points[place].value)))
        assert (plot.mark_position(place) - QPointF(drawn)).manhattanLength() <= 2


def test_plus_looks_closer_at_the_latest_minus_and_nought_go_back(qtbot, plot):
    with qtbot.waitSignal(plot.zoomed):
        qtbot.keyClick(plot, Qt.Key.Key_Plus)
    first, last = plot.seen
    assert last == 119
    assert 30 < first < 60
    assert len(plot.shown.points) == last - first + 1
    qtbot.keyClick(plot, Qt.Key.Key_Minus)
    assert plot.seen[0] < first
    for _ in range(30):
        qtbot.keyClick(plot, Qt.Key.Key_Plus)
    assert plot.seen == (120 - FEWEST, 119)
    for _ in range(30):
        qtbot.keyClick(plot, Qt.Key.Key_Minus)
    assert plot.seen == (0, 119)
    qtbot.keyClick(plot, Qt.Key.Key_Plus)
    qtbot.keyClick(plot, Qt.Key.Key_0)
    assert not plot.closer


def test_the_chosen_point_stays_in_sight_when_looking_closer(qtbot, plot):
    qtbot.keyClick(plot, Qt.Key.Key_Home)
    qtbot.keyClick(plot, Qt.Key.Key_Plus)
    assert plot.seen[0] == 0
    assert plot.seen[1] < 119


def test_the_keyboard_takes_the_view_along(qtbot, plot):
    plot.zoom_last(12)
    assert plot.seen == (108, 119)
    qtbot.keyClick(plot, Qt.Key.Key_Home)
    assert plot.seen == (0, 11)
    qtbot.keyClick(plot, Qt.Key.Key_PageDown)
    assert plot.seen[0] <= 12 <= plot.seen[1]
    with qtbot.waitSignal(plot.point_opened) as opened:
        qtbot.keyClick(plot, Qt.Key.Key_Return)
    assert opened.args == [12]


def test_the_scale_fits_what_is_seen(plot):
    series = years()
    tall = replace(series, limits=(), points=(replace(series.points[0], value=1.0), *series.points[1:]))
    plot.show_series(tall)
    whole = plot.frame.ticks
    plot.zoom_last(24)
    assert plot.frame.ticks[0] > whole[0]


def test_the_wheel_looks_closer_with_ctrl_and_leaves_the_page_to_scroll_without(plot):
    assert not wheel(plot, 120, Qt.KeyboardModifier.NoModifier)
    assert plot.seen == (0, 119)
    assert wheel(plot, 120)
    first, last = plot.seen
    assert first > 0
    assert last < 119
    wheel(plot, -120)
    wheel(plot, -120)
    assert plot.seen == (0, 119)


def test_dragging_moves_along_while_a_part_is_seen_and_opens_nothing(qtbot, plot):
    plot.zoom_last(12)
    with qtbot.assertNotEmitted(plot.point_opened):
        qtbot.mousePress(plot.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(300, 150))
        qtbot.mouseMove(plot.viewport(), QPoint(500, 150))
        qtbot.mouseRelease(plot.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(500, 150))
    first, last = plot.seen
    assert first < 108
    assert last - first == 11
    plot.zoom_all()
    qtbot.mousePress(plot.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(300, 150))
    qtbot.mouseMove(plot.viewport(), QPoint(500, 150))
    qtbot.mouseRelease(plot.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(500, 150))
    assert plot.seen == (0, 119)


def test_a_click_on_a_part_opens_the_point_of_the_whole_and_a_double_click_shows_all(qtbot, plot):
    plot.zoom_last(12)
    with qtbot.waitSignal(plot.point_opened) as opened:
        qtbot.mouseClick(plot.viewport(), Qt.MouseButton.LeftButton, pos=plot.mark_position(112).toPoint())
    assert opened.args == [112]
    qtbot.mouseDClick(plot.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(20, 20))
    assert plot.seen == (0, 119)


def test_a_double_click_on_a_point_of_a_part_shows_all_and_opens_nothing(qtbot, plot):
    plot.zoom_last(12)
    spot = plot.mark_position(112).toPoint()
    with qtbot.assertNotEmitted(plot.point_opened, wait=QApplication.doubleClickInterval() + 100):
        qtbot.mouseClick(plot.viewport(), Qt.MouseButton.LeftButton, pos=spot)
        qtbot.mouseDClick(plot.viewport(), Qt.MouseButton.LeftButton, pos=spot)
    assert plot.seen == (0, 119)


def test_new_figures_of_the_same_series_keep_what_is_looked_at(plot):
    plot.zoom_to(30, 60)
    plot.show_series(years(), "benefits")
    assert plot.seen == (30, 60)
    plot.show_series(net())
    assert plot.seen == (0, 13)


@pytest.mark.parametrize(("first", "last", "seen"), [(-5, 3, (0, 8)), (110, 300, (0, 119)), (50, 50, (50, 55))])
def test_what_is_not_there_is_left_out(plot, first, last, seen):
    plot.zoom_to(first, last)
    assert plot.seen == seen


def test_points_are_announced_as_they_are_reached(qtbot, plot, monkeypatch):
    said: list[str] = []
    monkeypatch.setattr(
        chart_module.QAccessible, "updateAccessibility", lambda event: said.append(getattr(event, "message", str)())
    )
    plot.show_series(shares(), "drawbacks")
    qtbot.waitUntil(lambda: "Shown from December 2024 to November 2026." in plot.accessibleDescription())
    assert plot.accessibleDescription().startswith("April 2026 stands out.")
    qtbot.keyClick(plot, Qt.Key.Key_End)
    qtbot.keyClick(plot, Qt.Key.Key_Left)
    spoken = [words for words in said if words]
    assert spoken[0].startswith("November 2026: ")
    assert spoken[0].endswith("not over yet")
    assert spoken[-1].startswith("October 2026: ")
    assert plot.accessibleDescription() == spoken[-1]
    assert name_of(plot) == "Late delivery"


def test_the_tooltip_says_all_of_a_point_and_no_markup_of_notes(theme, plot):
    busy = replace(net(), notes=(replace(net().notes[2], text="<b>Evening</b> collection"),))
    tip = chart_module.point_tip(busy, 9)
    assert tip.startswith("<qt><b>July 2026: +2.4 from 18</b><br>likely between +2.0 and +2.8")
    assert "&lt;b&gt;Evening" in tip


def test_a_series_without_points_leaves_an_empty_chart(qtbot, plot):
    plot.show_series(replace(net(), points=(), limits=(), notes=(), signals=(), year_before=()))
    plot.grab()
    for key in (Qt.Key.Key_Left, Qt.Key.Key_Plus, Qt.Key.Key_Return, Qt.Key.Key_0):
        qtbot.keyClick(plot, key)
    qtbot.mouseClick(plot.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(300, 150))
    assert plot.frame is None


def test_long_series_and_events_are_walked_by_year(qtbot, plot):
    plot.show_series(weeks())
    opened: list[int] = []
    plot.point_opened.connect(opened.append)
    qtbot.keyClick(plot, Qt.Key.Key_End)
    qtbot.keyClick(plot, Qt.Key.Key_PageUp)
    qtbot.keyClick(plot, Qt.Key.Key_Return)
    plot.show_series(between())
    qtbot.keyClick(plot, Qt.Key.Key_PageUp)
    qtbot.keyClick(plot, Qt.Key.Key_Return)
    assert opened == [519 - 52, 17 - 10]


def test_the_chart_is_told_to_screen_readers_as_one_thing_with_a_name(plot):
    found = QAccessible.queryAccessibleInterface(plot)
    assert found is not None
    assert found.text(QAccessible.Text.Name) == "Mean rating"


_FINE = """
from PySide6.QtWidgets import QApplication
app = QApplication([])
from cvdesk.kit.chart_plot import PlotChart
from cvdesk.kit.theme import Theme
from tests.charts.made import net
theme = Theme(app, "light")
chart = PlotChart(theme)
chart.resize(700, 300)
chart.show_series(net(), counts=True)
chart.show()
app.processEvents()
image = chart.grab().toImage()
fine = image.devicePixelRatio()
def seen(x, y):
    around = [image.pixelColor(round(x * fine), round(y * fine) + by) for by in (-1, 0, 1)]
    return any(colour != theme.colour("surface") for colour in around)
rules = [seen(chart.frame.left + 3, chart.frame.y(tick)) for tick in chart.frame.ticks]
lines = [seen(note.x, chart.frame.bottom - 2) for note in chart.frame.notes if note.sort == "phase"]
print(fine, all(rules + lines), flush=True)
import os
os._exit(0)
"""


def test_on_a_screen_twice_as_fine_the_ground_stands_under_the_line():
    plain = {**os.environ, "QT_SCALE_FACTOR": "2", "QT_QPA_PLATFORM": "offscreen"}
    done = subprocess.run([sys.executable, "-c", _FINE], env=plain, capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["2.0", "True"]


@pytest.mark.parametrize("appearance", ["light", "dark"])
def test_what_a_chart_draws_can_be_seen(qapp, appearance):
    colours = Theme(qapp, appearance).colours
    for tone in ("accent", *LEVER_ICONS):
        band = mixed(getattr(colours, tone), colours.surface, BAND)
        for text in (tone, "quiet", "faint"):  # the line, its words, notes and the year before, over a range too
            assert contrast(getattr(colours, text), colours.surface) >= 4.5
            assert contrast(getattr(colours, text), band) >= 3
    assert contrast(mixed(colours.faint, colours.surface, BARS), colours.surface) >= 1.6


def mixed(one: str, other: str, share: float) -> str:
    """Two colours laid over each other."""
    pairs = [(int(one[at : at + 2], 16), int(other[at : at + 2], 16)) for at in (1, 3, 5)]
    return "#" + "".join(f"{round(a * share + b * (1 - share)):02X}" for a, b in pairs)
