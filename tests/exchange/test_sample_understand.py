"""The sample's themes and trends: what was asked long before, the phase, and what its charts and themes show."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from cvdesk.db import BusinessFile, open_file
from cvdesk.exchange.sample import make_sample
from cvdesk.exchange.sample_words import Story
from cvdesk.trends import store_phases, store_radar
from cvdesk.trends.records import Series
from cvdesk.trends.store_kinds import make
from cvdesk.trends.store_radar_quotes import quotes

TODAY = date(2026, 11, 22)
STORY = Story.ending(TODAY)


@pytest.fixture(scope="module")
def bakery(tmp_path_factory: pytest.TempPathFactory) -> Iterator[BusinessFile]:
    path = tmp_path_factory.mktemp("sample") / "bakery.cvdesk"
    make_sample(path, today=TODAY)
    with open_file(path, read_only=True) as file:
        yield file


def series(file: BusinessFile, key: str, day: date = TODAY) -> Series:
    return make(file, key, store_radar.whole_business(day), day)


def test_value_was_asked_for_a_year_before_the_evening_collection(bakery: BusinessFile) -> None:
    before = [point for point in series(bakery, "net").points if point.start < STORY.opening]
    assert len(before) >= 12
    assert all(point.value is not None for point in before)


def test_the_phase_began_with_a_verdict_of_the_programs_own(bakery: BusinessFile) -> None:
    shown = series(bakery, "net")
    assert shown.verdict is not None
    assert (shown.verdict.name, shown.verdict.since, shown.verdict.opened) == ("real", STORY.opening, True)
    assert shown.verdict.before == pytest.approx(1.1, abs=0.1)
    assert shown.verdict.after == pytest.approx(2.8, abs=0.1)
    (phase,) = store_phases.phases(bakery, "net")
    day = TODAY.replace(day=1)
    assert phase.verdict is not None
    assert phase.verdict.since == phase.starts == STORY.opening
    assert phase.starts < day


def test_no_phase_is_invented_where_the_change_is_not_clear(tmp_path: Path) -> None:
    for day in (date(2026, 3, 1), date(2024, 2, 29), date(2025, 1, 31)):
        path = tmp_path / f"{day}.cvdesk"
        make_sample(path, today=day)
        with open_file(path, read_only=True) as file:
            for phase in store_phases.phases(file, "net"):
                assert phase.verdict is not None
                assert phase.verdict.name == "real"


def test_the_radar_finds_a_few_signals_with_words_of_customers(bakery: BusinessFile) -> None:
    found = store_radar.sweep(bakery, TODAY)
    assert found is not None
    assert 1 <= len(found.found) <= 3
    assert "factor:price_level" in [signal.series for signal in found.found]
    assert all(len(quotes(bakery, signal.refs)) >= 2 for signal in found.found)
