"""The chart of Trends taken out of the window: copied, saved, printed; on paper with its points as a table."""

from __future__ import annotations

from PySide6.QtWidgets import QMenu, QWidget

from cvdesk.catalogue import store as catalogue
from cvdesk.db import Queries
from cvdesk.kit.chart_out import ChartOut, Taken, fill
from cvdesk.kit.chart_plot import PlotChart
from cvdesk.kit.print_pdf import usual_paper
from cvdesk.kit.session import Session
from cvdesk.trends.records import Series
from cvdesk.wording import _
from cvdesk.wording.numbers import span
from cvdesk.wording.periods import period_end


def fill_export(menu: QMenu, session: Session, series: Series, chart: PlotChart, parent: QWidget) -> None:
    """The lines of the Export menu for the series that shows; the picture has the part of it that is seen."""
    fill(menu, chart_out(session, series, chart, parent))


def chart_out(session: Session, series: Series, chart: PlotChart, parent: QWidget) -> ChartOut:
    """What can be done with the chart."""
    chosen, today = session.filter, session.today()
    business = catalogue.business(session.file)
    paper = usual_paper(business.country)
    seen = chart.shown or series

    def pages(file: Queries) -> bytes:
        from cvdesk.trends.report_chart import chart_pdf

        return chart_pdf(file, series, chosen, today, paper)

    last = min(today, period_end(seen.points[-1].start, "day" if series.chart == "between" else series.step))
    about = _("{business}, {period}").format(business=business.name, period=span(seen.points[0].start, last))
    return ChartOut(session, parent, Taken(series, seen, series.lever or "accent", about, pages, paper))
