"""The sample's themes and trends: what was asked long before, the phase, and what its charts and themes show."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from cvdesk.catalogue.records import Filter, Period
from cvdesk.db import BusinessFile, open_file
from cvdesk.exchange.sample import make_sample
from cvdesk.exchange.sample_words import Story
from cvdesk.themes import store_checks, store_learn
from cvdesk.themes.records_learn import Proposals
from cvdesk.themes.store_proposals import proposals
from cvdesk.themes.store_rank import ranking
from cvdesk.themes.store_rank_more import more
from cvdesk.trends import store_effect, store_notes, store_phases, store_radar
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


def test_it_can_be_told_whether_both_notes_worked(bakery: BusinessFile) -> None:
    told = {}
    for note in store_notes.notes(bakery):
        asked = store_effect.usual(bakery, note)
        if asked.untouched:
            result = store_effect.effect(bakery, asked, TODAY)
            told[note.text] = (result.said, result.beyond is not None)
    assert told == {"Evening collection opened": ("worked", True), "New price list": ("worse", True)}


def test_a_theme_grows_and_one_is_new(bakery: BusinessFile) -> None:
    chosen = Filter(Period.last_days(90, TODAY))
    ranked = ranking(bakery, chosen, TODAY)
    beside = more(bakery, chosen, TODAY, ranked)
    names = dict(tuple(row) for row in bakery.rows("SELECT id, key FROM themes"))
    assert "card-machine-slow" in {names[theme] for theme, change in beside.changes.items() if change.grows}
    assert {names[theme] for theme in beside.new} == {"lunchtime-soup"}


def test_what_nobody_filed_makes_two_new_themes(bakery: BusinessFile) -> None:
    found: Proposals = proposals(bakery, Filter(Period.last_months(12, TODAY)))
    assert found.looked_at >= 150
    first, second = (set(proposal.words) for proposal in found.found[:2])
    assert {"bench", "sit"} <= first
    assert {"bag", "paper"} <= second


def test_enough_was_filed_by_hand_to_learn_from(bakery: BusinessFile) -> None:
    standing = store_learn.standing(bakery)
    assert standing.corrections >= 50
    assert standing.themes_ready >= 5


def test_last_months_check_was_answered_and_not_all_was_right(bakery: BusinessFile) -> None:
    checked = store_checks.result(bakery, store_checks.month_to_check(TODAY))
    assert checked.n == store_checks.HOW_MANY
    assert 14 <= checked.right < checked.n
    assert checked.kappa is not None
    assert 0.4 < checked.kappa < 1
