"""A figure over time is the same number on screen, on paper, in lists, in JSON and among the figures."""

import csv
import io
import json
import re

import pytest

from cvdesk.catalogue.records import Filter
from cvdesk.charts.table import series_csv
from cvdesk.figures.json import as_json as figures_json
from cvdesk.figures.store import default_period, gather_all
from cvdesk.kit.theme import Theme
from cvdesk.trends import store
from cvdesk.trends.json import all_json, as_json
from cvdesk.trends.months import last_of
from cvdesk.trends.page_periods import PeriodTable
from cvdesk.trends.report_chart import chart_pdf
from cvdesk.wording.numbers import rounded_to
from tests.figures.shop import TODAY
from tests.pdf.reading import words
from tests.trends.busy import busy_shop

SEEDS = (3, 11)


@pytest.fixture(scope="module", params=SEEDS)
def shop(request, tmp_path_factory):
    with busy_shop(tmp_path_factory.mktemp("busy"), request.param) as opened:
        yield opened


@pytest.fixture(scope="module")
def chosen(shop):
    return Filter(default_period(shop, TODAY))


@pytest.fixture(scope="module", params=["week", "month", "quarter"])
def every(request, shop, chosen):
    found = store.every(shop, chosen, TODAY, request.param)
    return [series for series in found.values() if any(point.value is not None for point in series.points)]


def says(text: str, value: float | None) -> bool:
    """Whether a text shown is this number, with as many decimals as it has."""
    plain = text.replace("−", "-").replace("+", "").replace(",", "")
    if value is None or not re.search(r"\d", text):
        return value is None and plain in ("", "–")
    shown = value * 100 if "%" in plain else value
    plain = plain.rstrip("%")
    if plain[0] in "<>":  # never 0 for something, never 100 for not quite all
        return 0 < shown < 1 if plain[0] == "<" else 99 < shown < 100
    decimals = len(plain.partition(".")[2])
    return rounded_to(float(plain), decimals) == rounded_to(round(shown, 9), decimals)


def test_lists_and_json_have_every_number_in_full(every):
    for series in every:
        rows = list(csv.DictReader(io.StringIO(series_csv(series))))
        listed = json.loads(json.dumps(as_json(series)))
        assert len(rows) == len(listed["points"]) == len(series.points)
        assert (listed["sentence"], listed["caveats"]) == (series.sentence, list(series.caveats))
        for place, point in enumerate(series.points):
            row, one = rows[place], listed["points"][place]
            numbers = (point.value, point.low, point.high)
            assert tuple(float(row[key]) if row[key] else None for key in ("Value", "Low", "High")) == numbers
            assert tuple(one[key] for key in ("value", "low", "high")) == numbers
            assert (int(row["Counted"]), row["From"], row["To"]) == (one["n"], one["from"], one["to"])
            assert one["n"] == point.n
        for limits, kept in zip(series.limits, listed["limits"], strict=True):
            for place in range(limits.first, limits.last + 1):
                low, high = limits.at(place)
                assert (float(rows[place]["Ordinary from"]), float(rows[place]["Ordinary to"])) == (low, high)
                assert float(rows[place]["Centre"]) == kept["centre"]
                if kept["lows"]:
                    assert (kept["lows"][place - limits.first], kept["highs"][place - limits.first]) == (low, high)


def test_screen_and_paper_say_the_numbers_of_the_series(qapp, qtbot, shop, chosen, every):
    table = PeriodTable(Theme(qapp, "light"))
    qtbot.addWidget(table)
    said = 0
    for series in every[::3]:
        table.show_series(series)
        rows = table.rows
        assert rows.rowCount() == len(series.points)
        paper = " ".join(words(chart_pdf(shop, series, chosen, TODAY)).split())
        assert " ".join(series.sentence.split()) in paper
        table_of = re.split("Period by period|Event by event", paper, maxsplit=1)[1]
        for at, point in enumerate(reversed(series.points)):
            when, shown, counted = (str(rows.index(at, column).data()) for column in (0, 1, 3))
            assert says(shown, point.value), (series.key, point, shown)
            assert says(counted, float(point.n))
            printed = re.search(rf"{re.escape(when)} (\S+)", table_of, re.IGNORECASE)
            assert printed is not None, (series.key, when)
            assert says(printed[1], point.value), (series.key, point, printed[1])
            said += 1
    assert said > 50


def test_the_figures_name_the_same_months(shop, chosen):
    figures = figures_json(gather_all(shop, chosen, TODAY))
    series = json.loads(json.dumps(all_json(shop, chosen, TODAY)))
    by_month = {month["month"]: month for month in figures["feedback"]["by_month"]}
    for point in series["entries"]["points"]:
        assert point["value"] == by_month[point["from"][:7]]["count"]
    for point in series["rating"]["points"]:
        if point["value"] is not None:
            assert point["value"] == pytest.approx(by_month[point["from"][:7]]["mean_rating"], rel=1e-12)
    assert sum(point["n"] for point in series["rating"]["points"]) == figures["feedback"]["rated"]
    assert {point["to"] for point in series["entries"]["points"]} == {
        last_of(point.start).isoformat() for point in store.entries_series(shop, chosen, TODAY).points
    }
