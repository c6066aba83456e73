"""The theme report read back: ranking, parts, what is left out, nobody named, calm with little data."""

from __future__ import annotations

import io
import shutil

import pytest
from pypdf import PdfReader

from cvdesk.catalogue.records import Filter, Period
from cvdesk.db import open_file
from cvdesk.errors import UserError
from cvdesk.exchange.sample import make_sample
from cvdesk.reports.kinds import kind_of, make
from cvdesk.reports.records_kinds import Wanted
from cvdesk.stats.intervals import wilson
from cvdesk.themes import store_rank, store_report
from cvdesk.themes.records import ThemeFigure
from cvdesk.themes.records_rank import Moods, Ranked, Ranking
from cvdesk.themes.records_report import MOST_PRAISE, MOST_TROUBLE, told_one_by_one
from cvdesk.themes.report_themes import as_pdf, story
from tests.desk import TODAY
from tests.pdf import reading
from tests.themes.shop import comment, make_shop

YEAR = Filter(Period.last_months(12, TODAY))


@pytest.fixture(scope="module")
def sample(tmp_path_factory):
    path = tmp_path_factory.mktemp("sample") / "s.cvdesk"
    make_sample(path, today=TODAY)
    return path


@pytest.fixture
def file(sample, tmp_path):
    with open_file(shutil.copy(sample, tmp_path / "s.cvdesk")) as opened:
        yield opened


def words(content):
    """What is printed, however its lines break."""
    return " ".join(reading.words(content).split())


def wanted(**changes):
    return Wanted(**{"kind": "themes", "filter": YEAR, "today": TODAY, **changes})


def test_every_theme_customers_speak_of_stands_in_it_with_its_range(file):
    text = words(make(file, wanted()).pdf)
    ranking = store_rank.ranking(file, YEAR, TODAY)
    assert ranking.rows
    for row in ranking.rows:
        assert row.figure.name in text
    assert "Late delivery comes up most, with others close behind" in text
    assert "57 of 180 active customers speak of it: 32 of 100 (25 to 39), clear." in text
    assert "No sign of change" in text
    assert "Check of the sorting in October 2026: Right 18 of 20" in text


def test_parts_are_left_out_but_never_the_first_page(file):
    everything = frozenset(section.key for section in kind_of("themes").sections)
    text = words(make(file, wanted(left_out=everything)).pdf)
    assert "Late delivery comes up most" in text
    for gone in ("What changed", "What bothers customers", "All other themes", "How these figures are made"):
        assert gone not in text


def test_without_names_nobody_can_be_found(file):
    named, nameless = words(make(file, wanted()).pdf), words(make(file, wanted(names=False)).pdf)
    people = [row["name"] for row in file.rows("SELECT name FROM customers")]
    assert [name for name in people if name in named]
    assert not [name for name in people if name in nameless]


def test_a_name_in_what_somebody_said_is_left_out_too(file):
    name = file.value("SELECT name FROM customers LIMIT 1")
    late = file.value("SELECT id FROM themes WHERE name = 'Late delivery'")
    data = store_report.gather(file, Filter(YEAR.period, theme=late), TODAY, lambda _key: None)
    entry = file.value("SELECT id FROM entries WHERE text = ?", (data.parts[0].said[0].text,))
    said = f"{data.parts[0].said[0].text} Ask {name} about it"
    file.run("Say", lambda op: op.update("entries", entry, {"text": said}))
    one = wanted(filter=Filter(YEAR.period, theme=late), names=False)
    text = words(make(file, one).pdf)
    assert name not in text
    assert "Ask … about it" in text


def test_one_theme_alone(file):
    late = file.value("SELECT id FROM themes WHERE name = 'Late delivery'")
    text = words(make(file, wanted(filter=Filter(YEAR.period, theme=late))).pdf)
    assert "Late delivery: what customers say of it" in text
    assert "Friendly staff" not in text
    assert "Second driver for the early round (idea)" in text


def test_a_theme_that_is_gone_is_refused(file):
    late = file.value("SELECT id FROM themes WHERE name = 'Late delivery'")
    file.run("Put away", lambda op: op.update("themes", late, {"active": 0}))
    with pytest.raises(UserError):
        make(file, wanted(filter=Filter(YEAR.period, theme=late)))


def test_the_same_data_gives_the_same_bytes_and_the_outline_leads_to_the_themes(file):
    first, second = make(file, wanted()).pdf, make(file, wanted()).pdf
    assert first == second
    titles = []
    for item in PdfReader(io.BytesIO(first)).outline:
        titles += [str(one.title) for one in item] if isinstance(item, list) else [str(item.title)]
    assert {"What customers speak of", "Late delivery", "What customers praise"} <= set(titles)


def test_an_empty_file_gives_one_calm_page(tmp_path):
    with make_shop(tmp_path) as empty:
        content = make(empty, wanted()).pdf
    assert len(PdfReader(io.BytesIO(content)).pages) == 1
    assert "No feedback was noted in these days." in words(content)


def test_a_period_without_feedback_says_how_much_is_older(tmp_path):
    with make_shop(tmp_path) as old:
        for text in ("Waited for ages", "Waited again"):
            comment(old, text, TODAY)
        later = TODAY.replace(year=TODAY.year + 4)
        content = make(old, wanted(filter=Filter(Period.last_months(12, later)), today=later)).pdf
    said = "No comments were noted in these days. 2 were noted before this period: choose a longer one."
    assert said in words(content)


def test_three_comments_are_said_with_what_cannot_be_said(tmp_path):
    with make_shop(tmp_path) as small:
        for text in ("Waited for ages", "Waited again", "Nothing to say"):
            comment(small, text, TODAY)
        content = make(small, wanted()).pdf
    text = words(content)
    assert len(PdfReader(io.BytesIO(content)).pages) == 1
    assert "No feedback of these days has a theme yet." in text or "about nothing the program knows" in text
    assert "nan" not in text.lower().split()


def ranked(place, moods):
    """A theme nine of a hundred customers speak of."""
    return Ranked(ThemeFigure(place, f"t{place}", f"Theme {place}", "costs", "price", 9, 9, 0, wilson(9, 100)), moods)


def test_only_themes_that_bother_or_please_are_told_one_by_one():
    rows = [
        *(ranked(place, Moods(complaint=3, praise=1)) for place in range(9)),
        *(ranked(place, Moods(complaint=1, praise=3)) for place in range(9, 18)),
        ranked(18, Moods(unknown=9)),
    ]
    told = told_one_by_one(Ranking(tuple(rows), (), 100, YEAR.period.start, TODAY))
    assert [row.figure.id for row in told] == [*range(MOST_TROUBLE), *range(9, 9 + MOST_PRAISE)]


def test_the_story_of_the_data_is_what_is_printed(file):
    data = store_report.gather(file, YEAR, TODAY, lambda _key: None)
    assert len(story(data, {"method"})) < len(story(data))
    assert "No sign of change" not in words(as_pdf(data, "letter"))
