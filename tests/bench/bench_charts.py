"""A chart of Trends redrawn with new data, beside a bare plot of pyqtgraph with the same line; and its first opening.

python tests/bench/bench_charts.py. Prints medians of milliseconds of
processor time, drawn off the screen at 1000x380. Goal: a redraw
within 16 ms; the first drawing, imports included, within 1.5 times that of a bare plot.
"""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import time
from collections.abc import Callable

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

TIMES = 41
GOAL = 16.0
_FIRST = """
import sys, time
from PySide6.QtWidgets import QApplication
app = QApplication([])
from tests.charts.made import years
series = years()
{theme}
start = time.process_time()
{make}
chart.resize(1000, 380); chart.show(); app.processEvents(); chart.grab()
print(1000 * (time.process_time() - start))
import os; sys.stdout.flush(); os._exit(0)
"""
_BARE = """
import pyqtgraph as pg
chart = pg.PlotWidget()
chart.plot([float(at) for at in range(len(series.points))], [point.value for point in series.points])
"""
_OURS = """
from cvdesk.kit.chart_plot import PlotChart
chart = PlotChart(theme)
chart.show_series(series, "benefits", counts=True)
"""
_THEME = "from cvdesk.kit.theme import Theme\ntheme = Theme(app, 'light')"


def median(work: Callable[[], object], times: int = TIMES) -> float:
    """Median milliseconds of processor time over several runs, the first left out."""
    taken = []
    for _ in range(times + 1):
        start = time.process_time()
        work()
        taken.append(1000 * (time.process_time() - start))
    return statistics.median(taken[1:])


def first(make: str) -> float:
    """Median milliseconds of a first drawing in a process of its own."""
    found = []
    for _ in range(5):
        text = _FIRST.format(theme=_THEME, make=make)
        done = subprocess.run([sys.executable, "-c", text], capture_output=True, text=True, check=True)
        found.append(float(done.stdout.split()[-1]))
    return statistics.median(found)


def main() -> None:
    """Measures and prints."""
    import numpy as np
    import pyqtgraph as pg
    from PySide6.QtWidgets import QApplication

    from cvdesk.kit.chart import TrendChart
    from cvdesk.kit.chart_plot import PlotChart
    from cvdesk.kit.theme import Theme
    from cvdesk.trends.records import Series
    from tests.charts.made import shares, weeks, years

    app = QApplication.instance() or QApplication([])
    theme = Theme(app, "light")  # type: ignore[arg-type]
    bare = pg.PlotWidget()
    line = bare.plot()
    large, painted = PlotChart(theme), TrendChart(theme)
    for widget in (bare, large, painted):
        widget.resize(1000, 380)
        widget.show()
    app.processEvents()
    for series, tone in ((years(), "benefits"), (weeks(), "accent"), (shares(), "drawbacks")):
        places = np.arange(len(series.points), dtype=float)
        values = np.array([point.value if point.value is not None else np.nan for point in series.points])

        def floor(places: object = places, values: object = values) -> None:
            line.setData(places, values)
            bare.viewport().repaint()

        def ours(series: Series = series, tone: str = tone) -> None:
            large.show_series(series, tone, counts=True)
            large.viewport().repaint()

        def home(series: Series = series, tone: str = tone) -> None:
            painted.show_series(series, tone)
            painted.repaint()

        found = median(floor), median(ours), median(home)
        print(f"{len(series.points):4} {series.step}s: bare plot {found[0]:.1f}, large chart {found[1]:.1f} "
              f"(goal {GOAL:.0f}), painted chart {found[2]:.1f}")  # fmt: skip
    plain, made = first(_BARE), first(_OURS)
    print(f"first drawing, imports included: bare plot {plain:.0f}, large chart {made:.0f}, {made / plain:.2f} times")


if __name__ == "__main__":
    main()
