"""The chart of Trends taken out of its page: the same figures in the list, the picture and the PDF."""

from __future__ import annotations

import csv
import io

import pytest
from PySide6.QtWidgets import QMenu

from cvdesk.catalogue.records import Filter, Period
from cvdesk.charts.frame import known_places
from cvdesk.charts.series import in_unit
from cvdesk.kit import ask
from cvdesk.kit.chart_plot import PlotChart
from cvdesk.trends import store
from cvdesk.trends.page_export import chart_out, fill_export
from tests.figures.shop import TODAY, new_shop
from tests.pages import Answers, make_session, settle
from tests.pdf.reading import words
from tests.trends.test_report_chart import log_ratings


@pytest.fixture
def session(qapp, tmp_path):
    with new_shop(tmp_path) as opened:
        opened.run("Log", log_ratings)
        made = make_session(qapp, opened, TODAY)
        yield made
        made.close()


@pytest.fixture
def shown(qtbot, session):
    series = store.make(session.file, "rating", Filter(Period.last_months(12, TODAY)), TODAY)
    chart = PlotChart(session.theme)
    chart.show_series(series)
    menu = QMenu()
    qtbot.addWidget(menu)
    return series, chart, menu


def test_list_and_page_have_the_figures_the_chart_shows(qtbot, session, shown, tmp_path, monkeypatch):
    series, chart, menu = shown
    out = chart_out(session, series, chart, menu)
    for kind, save in (("csv", out.save_csv), ("pdf", out.save_pdf)):
        monkeypatch.setattr(ask, "prompts", Answers(tmp_path / f"chart.{kind}"))
        save()
    settle(qtbot, session)
    listed = list(csv.DictReader(io.StringIO((tmp_path / "chart.csv").read_text(encoding="utf-8-sig"))))
    text = words((tmp_path / "chart.pdf").read_bytes())
    assert [float(row["Value"]) for row in listed if row["Value"]] == [
        series.points[place].value for place in known_places(series)
    ]
    for place in known_places(series):
        assert in_unit(series.points[place].value or 0.0, series.unit) in text
    assert series.sentence in " ".join(text.split())


def test_the_menu_is_filled_for_the_series_that_shows(session, shown):
    series, chart, menu = shown
    fill_export(menu, session, series, chart, menu)
    assert len([line for line in menu.actions() if line.text()]) == 6


def test_the_picture_says_what_it_covers(session, shown):
    series, chart, menu = shown
    about = chart_out(session, series, chart, menu)._taken.about
    assert about == "Corner shop, 1 Jan to 17 Jun 2026"
