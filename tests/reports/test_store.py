"""Gathering a report from a file: the same filter for all, agreement with the figures, customers' words."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from cvdesk.catalogue.records import Business, Filter, Period
from cvdesk.catalogue.store import named
from cvdesk.db import BusinessFile, open_file
from cvdesk.exchange.new import make_business
from cvdesk.exchange.sample import make_sample
from cvdesk.reports import report, store
from cvdesk.reports.records import StrategyReport

TODAY = dt.date(2026, 11, 21)
YEAR = Filter(Period.last_months(12, TODAY))


@pytest.fixture(scope="module")
def bakery(tmp_path_factory: pytest.TempPathFactory) -> Iterator[BusinessFile]:
    path = tmp_path_factory.mktemp("sample") / "bakery.cvdesk"
    make_sample(path, today=TODAY)
    file = open_file(path)
    yield file
    file.close()


@pytest.fixture(scope="module")
def found(bakery: BusinessFile) -> StrategyReport:
    return store.gather(bakery, YEAR, TODAY)


def test_open_and_overdue_agree_with_the_figures(bakery: BusinessFile) -> None:
    for chosen in (
        YEAR,
        Filter(Period.last_days(90, TODAY)),
        Filter(Period(dt.date(2026, 1, 1), dt.date(2026, 6, 20))),
        replace(YEAR, theme=named(bakery, "themes")[0].id),
        replace(YEAR, channel=named(bakery, "channels")[0].id),
    ):
        data = store.gather(bakery, chosen, TODAY)
        assert len(data.open_complaints) == data.figures.complaints.open
        assert sum(line.overdue for line in data.open_complaints) == data.figures.complaints.overdue
        assert len(store.register(bakery, chosen, TODAY).lines) == data.figures.complaints.count


def test_scorecard_and_figures_are_the_same(found: StrategyReport) -> None:
    assert found.scorecard.net == found.figures.value.net
    assert found.business.name == "Harbour Bakery"


def test_words_are_taken_from_both_sides_newest_first(found: StrategyReport) -> None:
    assert 0 < len(found.praise) <= store.QUOTES
    assert 0 < len(found.trouble) <= store.QUOTES
    dates = [quote.date for quote in found.praise]
    assert dates == sorted(dates, reverse=True)
    assert all(YEAR.period.start <= quote.date <= TODAY for quote in (*found.praise, *found.trouble))
    assert not {quote.text for quote in found.praise} & {quote.text for quote in found.trouble}
    assert all((quote.rating or 5) >= 4 for quote in found.praise)


def test_the_filter_limits_words_and_is_named(bakery: BusinessFile) -> None:
    theme = next(theme for theme in named(bakery, "themes") if theme.name == "Late delivery")
    data = store.gather(bakery, replace(YEAR, theme=theme.id), TODAY)
    assert data.limited_to == ("Late delivery",)
    assert all("Late delivery" in quote.themes for quote in (*data.praise, *data.trouble))


def test_a_short_period_still_has_a_trend_of_a_year(bakery: BusinessFile) -> None:
    data = store.gather(bakery, Filter(Period.last_days(30, TODAY)), TODAY)
    assert data.trend is not None
    assert len(data.trend.points) >= 12


def test_the_same_data_make_the_same_report(found: StrategyReport) -> None:
    made = report.as_pdf(found)
    assert len(made) > 20_000
    assert report.as_pdf(found) == made


def test_an_empty_business_has_a_report(tmp_path: Path) -> None:
    with make_business(tmp_path / "new.cvdesk", Business("Łódź & Sons <Ltd>")) as file:
        data = store.gather(file, YEAR, TODAY)
        assert data.trend is None
        assert not data.praise
        assert not data.trouble
        assert not data.open_complaints
        assert report.as_pdf(data).startswith(b"%PDF")
        assert report.register_pdf(store.register(file, YEAR, TODAY)).startswith(b"%PDF")


def test_a_case_closed_nobody_knows_when_is_not_open_and_one_closed_later_was(tmp_path: Path) -> None:
    with make_business(tmp_path / "new.cvdesk", Business("Shop")) as file:
        day = {"date": "2026-03-01", "resolve_by": "2026-03-10"}
        file.run("Case", lambda op: op.insert("complaints", {"number": 1, "stage": "closed", **day}))
        later = {"number": 2, "stage": "closed", "closed": "2026-09-01", **day}
        file.run("Case", lambda op: op.insert("complaints", later))
        chosen = Filter(Period(dt.date(2026, 1, 1), dt.date(2026, 6, 30)))
        lines = store.register(file, chosen, TODAY).lines
        assert [(line.number, line.open, line.overdue) for line in lines] == [(2, True, True), (1, False, False)]
        assert lines[0].stage not in ("resolved", "told", "closed")
        assert [line.number for line in store.open_complaints(file, chosen, TODAY)] == [2]
