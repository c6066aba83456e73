"""Charts on paper: never without their sentence, the figures of the window, every series that changed."""

from __future__ import annotations

import io
from dataclasses import replace
from datetime import date

import pytest
from pypdf import PdfReader

from cvdesk.__main__ import main
from cvdesk.catalogue.records import Business, Filter, Letterhead, Period
from cvdesk.charts.frame import known_places
from cvdesk.charts.series import in_unit
from cvdesk.pdf.document import PAPERS
from cvdesk.reports.kinds import kind_of
from cvdesk.trends import store, store_kinds
from cvdesk.trends.records import Verdict
from cvdesk.trends.report_chart import chart_pdf
from cvdesk.trends.report_trends import TrendsReport, as_pdf, gather, group_of, with_something
from tests.charts.made import awkward, net, shares
from tests.figures.shop import TODAY, add_complaint, add_sheet, new_shop
from tests.pdf.reading import words

YEAR = Filter(Period.last_months(12, TODAY))


def log_ratings(op):
    """Half a year of ratings."""
    for month in range(1, 7):
        for spread in range(6):
            op.insert("entries", {"date": f"2026-{month:02}-09", "rating": 3.0 + (month + spread) % 3})


@pytest.fixture
def shop(tmp_path):
    with new_shop(tmp_path) as opened:
        opened.run("Log", log_ratings)
        yield opened


@pytest.mark.parametrize("paper", ["a4", "letter"])
def test_the_page_of_a_chart_has_its_sentence_its_caveats_and_every_point(shop, paper):
    content = chart_pdf(shop, net(), YEAR, TODAY, paper)
    assert PdfReader(io.BytesIO(content)).pages[0].mediabox.width == pytest.approx(PAPERS[paper][0], abs=0.1)
    text = words(content)
    for part in ("Customer value", net().sentence, "Few answers in March.", "Behind each point: 14 to 18 counted."):
        assert part in text
    for label in ("Oct 2025", "Nov 2026", "+2.2 to +3.2", "not over yet", "20 May: Question"):
        assert label in text


@pytest.mark.parametrize("name", sorted(awkward()))
def test_awkward_series_have_a_page(shop, name):
    series = awkward()[name]
    text = " ".join(words(chart_pdf(shop, series, YEAR, TODAY)).split())
    assert series.sentence in text


def test_the_page_says_the_figures_the_series_has(shop):
    series = store.make(shop, "rating", YEAR, TODAY)
    text = words(chart_pdf(shop, series, YEAR, TODAY))
    assert known_places(series)
    for place in known_places(series):
        assert in_unit(series.points[place].value or 0, "score") in text


def test_the_same_series_gives_the_same_bytes(shop):
    assert chart_pdf(shop, shares(), YEAR, TODAY) == chart_pdf(shop, shares(), YEAR, TODAY)


def report(*series):
    return TrendsReport(Letterhead(Business("Harbour Bakery")), "1 Dec 2025 to 30 Nov 2026", date(2026, 11, 21), series)


def test_what_changed_comes_first_and_quiet_figures_are_lines():
    changed = replace(net(), verdict=Verdict("real"))
    quiet = replace(shares(), verdict=Verdict("none"), sentence="No sign of change in late deliveries.")
    text = words(as_pdf(report(changed, quiet)))
    assert "1 figure changed; the others show no clear change" in " ".join(text.split())
    assert text.index("Real changes and") < text.index("Second van") < text.index("Without a clear change")
    assert "No sign of change in late deliveries." in text
    assert "Behind" not in text


@pytest.mark.parametrize(
    ("names", "said"),
    [
        (("real", "unusual", "possible", "none"), "1 figure changed; the others show no clear change"),
        (("unusual", "unusual", "possible"), "No clear change, but 2 figures were unusual for a time"),
        (("possible", "none"), "No clear change; 1 figure is worth watching"),
        (("none", "early"), "No sign of change in what can be judged so far"),
    ],
)
def test_an_unusual_month_or_a_possible_change_is_neither_a_change_nor_ordinary(names, said):
    series = [replace(shares(), key=f"theme:{place}", verdict=Verdict(name)) for place, name in enumerate(names)]
    assert said in " ".join(words(as_pdf(report(*series))).split())


def test_nothing_changed_and_nothing_there_are_said():
    assert "Nothing really changed" in words(as_pdf(report(replace(net(), verdict=Verdict("none")))))
    assert "Nothing to show yet" in words(as_pdf(report()))


@pytest.mark.parametrize(("years", "noted"), [(1, ""), (4, "36 were noted before this period: choose a longer one.")])
def test_a_period_in_which_nothing_was_noted_has_no_charts_of_zeros(shop, years, noted):
    today = TODAY.replace(year=TODAY.year + years) if noted else TODAY
    data = gather(shop, Filter(Period.last_months(12, today)), today)
    text = " ".join(words(as_pdf(data)).split())
    assert ("Nothing was noted in this period" in text) == bool(noted)
    assert noted in text
    assert [series.key for series in data.series][:1] == ([] if noted else ["entries"])
    if noted:
        assert "Nothing really changed" not in text
        assert "no sign of change" not in text


def test_one_note_before_is_one_and_an_empty_file_has_none(tmp_path):
    later = TODAY.replace(year=TODAY.year + 3)
    chosen = Filter(Period.last_months(12, later))
    with new_shop(tmp_path) as empty:
        text = " ".join(words(as_pdf(gather(empty, chosen, later))).split())
        assert "Nothing was noted in this period" in text
        assert "before this period" not in text
        empty.run("Log", lambda op: op.insert("entries", {"date": "2026-01-09", "rating": 3.0}))
        text = " ".join(words(as_pdf(gather(empty, chosen, later))).split())
    assert "1 was noted before this period: choose a longer one." in text


def test_days_that_go_by_after_the_last_complaint_are_nothing_that_was_noted(shop):
    for number in (1, 2):
        shop.run("Log", lambda op, number=number: add_complaint(op, number, date(2025, number, 9), {}))
    later = TODAY.replace(year=TODAY.year + 4)
    text = " ".join(words(as_pdf(gather(shop, Filter(Period.last_months(12, later)), later))).split())
    assert "Nothing was noted in this period" in text


def test_too_few_answers_are_not_nothing(tmp_path):
    with new_shop(tmp_path) as small:
        small.run("Ask", lambda op: add_sheet(op, date(2026, 3, 2), {"ease": 4}))
        data = gather(small, YEAR, TODAY)
    assert data.series == ()
    text = words(as_pdf(data))
    assert "No trends yet" in text
    assert "Nothing was noted" not in text


def test_a_time_without_complaints_counts_beside_other_figures():
    calm = replace(
        shares(), key="complaints", unit="rate", points=tuple(replace(p, value=0.0) for p in shares().points)
    )
    silent = replace(calm, key="entries", unit="count")
    assert with_something([calm, silent]) == ()
    assert with_something([net(), calm, silent]) == (net(), calm)


def test_a_theme_that_changed_has_its_chart():
    changed = replace(shares(), verdict=Verdict("unusual"))
    text = words(as_pdf(report(changed)))
    assert "from 160" in text
    assert "Without a clear change" not in text
    assert "Everything else" not in text


def test_with_few_months_nothing_is_said_to_be_ordinary():
    text = " ".join(words(as_pdf(report(replace(net(), verdict=Verdict("early"))))).split())
    assert "Too early to say what changed" in text
    assert "ordinary up and down" not in text.split("How changes")[0].replace(net().sentence, "")


def test_groups_can_be_left_out_and_the_first_page_never():
    changed = replace(net(), verdict=Verdict("real"))
    quiet = replace(shares(), verdict=Verdict("none"), sentence="No sign of change in late deliveries.")
    everything = {section.key for section in kind_of("trends").sections}
    text = words(as_pdf(report(changed, quiet), left_out=everything))
    assert "1 figure changed" in text
    for gone in ("What customers get, and", "late deliveries", "What happened in this time", "told from chance"):
        assert gone not in text


def test_what_happened_stands_in_a_list_of_its_own():
    text = " ".join(words(as_pdf(report(replace(net(), verdict=Verdict("real"))))).split())
    at = text.index("What happened in this time")
    assert "Second van" in text[at:]


def test_every_series_is_in_a_group_that_can_be_left_out(shop):
    sections = {section.key for section in kind_of("trends").sections}
    assert {group_of(key) for key in store_kinds.keys(shop)} <= sections


def test_the_report_is_offered_in_the_gallery_and_on_the_command_line(shop, tmp_path):
    assert [series.key for series in gather(shop, YEAR, TODAY).series][:1] == ["entries"]
    assert kind_of("trends").title() == "Trend book"
    target = tmp_path / "trends.pdf"
    path = shop.path
    shop.close()
    assert main(["report", str(path), "--kind", "trends", "-o", str(target), "--today", TODAY.isoformat()]) == 0
    pages = PdfReader(io.BytesIO(target.read_bytes())).pages
    assert "Mean rating" in "\n".join(page.extract_text() for page in pages)


def test_what_is_to_be_kept_in_mind_with_many_changes_is_said_once(shop):
    one = replace(net(), verdict=Verdict("real", date(2026, 7, 1), 1.0, 2.6), caveats=("The season is open.", "Few."))
    many = tuple(replace(one, key=f"factor:{place}", title=f"Factor {place}") for place in range(6))
    data = gather(shop, YEAR, TODAY)
    assert words(as_pdf(replace(data, series=many[:2]))).count("The season is open.") == 2
    assert words(as_pdf(replace(data, series=many))).count("The season is open.") == 1
