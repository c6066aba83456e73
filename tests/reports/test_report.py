"""The value-strategy report read back: figures, sentences, customers' words, little data."""

from __future__ import annotations

import datetime as dt
import io
from dataclasses import replace
from typing import Any

import pytest
from pypdf import PdfReader

from cvdesk.catalogue.records import Filter, Period
from cvdesk.reports import report
from cvdesk.reports.records import Register
from cvdesk.reports.records_next import next_steps
from cvdesk.reports.report_words import complaint_sentences, step_words, summary, theme_title
from cvdesk.stats.intervals import Estimate, wilson
from cvdesk.trends.records import Verdict
from tests.pdf import naughty
from tests.pdf.reading import drawn_glyphs, fonts
from tests.reports import handmade


def pages(content: bytes) -> list[str]:
    """The text of each page."""
    return [page.extract_text() for page in PdfReader(io.BytesIO(content)).pages]


def flat(content: bytes) -> str:
    """All text with single blanks."""
    return " ".join(" ".join(pages(content)).split())


def test_the_summary_says_what_was_found() -> None:
    first = " ".join(pages(report.as_pdf(handmade.report()))[0].split())
    for words in (
        "Customers get more from you than it costs them", "1 Sep to 21 Nov 2026",
        "Of 100 customers who answered, 87 say it was worth it (81 to 91), 182 answers, clear.",
        "Value stands at +2.8 (likely +2.4 to +3.1).",
        "by 32% (25% to 39%) of your active customers, 180 in all.",
        "182 answers", "Customer value", "They get 8.2 of 10",
        "A real change since about July", "Three things to do next", "Resolve the overdue complaint",
        "Keep up “Quality”",
        "Value strategy report · November 2026", "1 of 7",
    ):  # fmt: skip
        assert words in first


def test_parts_begin_on_their_pages_and_the_foot_knows_the_appendix() -> None:
    found = pages(report.as_pdf(handmade.report()))
    begins = [text.split("\n") for text in found]
    assert any("“Late delivery” comes up most" in line for line in begins[2])
    assert any("In their own words" in line for line in begins[4])
    assert any("Every factor" in line for line in begins[5])
    assert any("How these figures are made" in line for line in begins[6])
    assert all("How these figures are made: page 7." in text for text in found)


@pytest.mark.parametrize("paper", ["a4", "letter"])
def test_no_page_is_nearly_empty(paper: str) -> None:
    for text in pages(report.as_pdf(handmade.report(), paper)):
        assert len(text) > 600


def test_every_factor_with_n_and_range_stands_in_the_appendix() -> None:
    text = " ".join(pages(report.as_pdf(handmade.report()))[5].split())
    for factors in handmade.FACTORS.values():
        for label, value, _guess in factors:
            assert f"{label} {value:.1f} {value - 0.2:.1f} to" in text


def test_the_filter_is_printed() -> None:
    text = flat(report.as_pdf(handmade.report(limited_to=("Sourdough", "Café <Lumen>"))))
    assert "1 Sep to 21 Nov 2026 · only Sourdough · only Café <Lumen>" in text


def test_words_of_customers_come_out_as_they_were_written() -> None:
    texts = (*naughty.MARKUP[:8], *naughty.NAMES.values(), *naughty.RIGHT_TO_LEFT.values())
    for some in (texts[place : place + 8] for place in range(0, len(texts), 8)):
        quotes = tuple(handmade.quote(text) for text in some)
        content = report.as_pdf(handmade.report(praise=quotes, trouble=()))
        shown = "".join(flat(content).split())
        assert not [text for text in some if "".join(text.split()) not in shown]
        assert 0 not in drawn_glyphs(content)


def test_names_can_be_left_out() -> None:
    whole, nameless = (flat(report.as_pdf(handmade.report(), names=names)) for names in (True, False))
    for name in ("Maria Kovač", "Ben Osei", "Tom Ashworth"):
        assert name in whole
        assert name not in nameless
    assert "The sourdough is the best on the coast" in nameless


def test_the_same_data_gives_the_same_bytes() -> None:
    assert report.as_pdf(handmade.report()) == report.as_pdf(handmade.report())


def test_fonts_are_embedded() -> None:
    for font in fonts(report.as_pdf(handmade.report())):
        descendant: Any = font["/DescendantFonts"][0].get_object()
        assert "/FontFile2" in descendant["/FontDescriptor"]


def test_outline_leads_to_the_parts() -> None:
    outline: Any = PdfReader(io.BytesIO(report.as_pdf(handmade.report()))).outline
    titles = [item["/Title"] for item in outline if not isinstance(item, list)]
    assert titles == [
        "Summary", "What value is made of", "Your edge", "What customers mention", "Complaints", "In their own words",
        "Appendix: every factor", "Appendix: how these figures are made",
    ]  # fmt: skip


@pytest.mark.parametrize("entries", [0, 3])
def test_little_data_says_so_and_shows_no_figure(entries: int) -> None:
    content = report.as_pdf(handmade.empty_report(entries))
    text = flat(content)
    assert "Too early to say what customers get from you" in text
    assert "No customer has filled in a score sheet" in text
    assert "Ask ten customers to fill in a score sheet" in text
    assert "Customer value +" not in text
    assert "months of value" not in text
    assert len(pages(content)) == (2 if entries else 1)
    if entries:
        assert "Too few active customers for shares" in text
        assert "The sourdough is the best on the coast" in pages(content)[0]


def test_few_answers_are_called_an_early_hint() -> None:
    text = flat(report.as_pdf(handmade.report(n=7)))
    assert "early hint" in text
    assert "say it was worth it" not in text


def test_steps_name_the_figure_that_is_their_reason() -> None:
    steps = next_steps(handmade.report())
    assert [step.kind for step in steps] == ["overdue", "theme", "keep"]
    assert step_words(steps[1])[2] == "32%"
    assert step_words(steps[2])[0] == "Keep up “Quality”"
    calm = next_steps(handmade.report(open_complaints=()))
    assert [step.kind for step in calm] == ["theme", "factor", "keep"]
    heaviest = step_words(calm[1])
    assert heaviest[0] == "Make “Delivery and appointments” lighter for customers"
    assert "less is better" in heaviest[1]
    assert len({step.subject for step in calm}) == 3


def test_steps_without_figures_ask_for_answers() -> None:
    assert [step.kind for step in next_steps(handmade.empty_report())] == ["ask", "log"]


def themes(*counts: int) -> Any:
    base = handmade.figures()
    shown = zip(base.themes, counts, strict=False)
    return replace(base, themes=tuple(replace(one, customers=n, share=wilson(n, 180)) for one, n in shown))


def test_a_theme_is_said_to_come_up_most_only_where_its_range_keeps_off_the_others() -> None:
    clear, close, level = (
        handmade.report(figures=themes(*counts)) for counts in ((57, 9, 8), (57, 49, 8), (57, 49, 48, 47))
    )
    assert theme_title(clear) == "“Late delivery” comes up most: 32 of 100 customers name it"
    assert theme_title(close) == "“Late delivery” comes up most, with others close behind"
    assert theme_title(level) == "No one theme stands out in these days"


def test_a_burden_is_called_the_first_only_where_that_is_clear() -> None:
    clear, close = (handmade.report(figures=themes(57, 1, 1, count)) for count in (9, 55))
    assert "The burden most often mentioned is “Late delivery”: by 32% (25% to 39%)" in summary(clear)
    assert "Among the burdens most often mentioned is “Late delivery”: by 32% (25% to 39%)" in summary(close)


def test_limited_to_a_theme_nothing_is_ranked_and_value_is_said_to_be_of_all() -> None:
    report_of_one = handmade.report(filter=Filter(handmade.PERIOD, theme=0), limited_to=("Late delivery",))
    said = summary(report_of_one)
    assert "most often mentioned" not in said
    assert "A theme does not limit score sheets: these figures are of all of them." in said
    assert theme_title(report_of_one) == "“Late delivery”: 32 of 100 customers name it"


def test_what_hardly_anybody_mentions_is_no_thing_to_do_and_no_top_burden() -> None:
    few = handmade.report(figures=themes(4, 9, 9, 4, 3, 2, 1), open_complaints=())
    assert "theme" not in [step.kind for step in next_steps(few)]
    assert "most often mentioned" not in summary(few)


def test_a_point_is_called_the_strongest_only_where_its_range_keeps_off_the_others() -> None:
    step = next_steps(handmade.report())[-1]
    assert step_words(step)[1].startswith("One of your strongest points: customers give it 4.6 of 5 (4.4 to 4.8)")
    assert step_words(replace(step, leads=True))[1].startswith("Your strongest point: customers give it 4.6 of 5")


def test_a_complaint_of_yesterday_is_one_day_old() -> None:
    late = replace(next_steps(handmade.report())[0], count=1, days=1)
    assert step_words(late)[1] == "It was received 1 day ago and is past its date."


def test_complaints_are_said_with_range_and_number_and_a_median_not_reached_as_what_it_is() -> None:
    base = handmade.figures()
    said = complaint_sentences(handmade.report())
    assert "That is 22.8 for every 100, of 180 active customers (16.3 to 30.9)." in said
    assert "Half of them were put right within 2.5 days (likely 1.9 to 4), 38 cases, clear." in said
    never = replace(base.complaints, days_to_resolve=Estimate(None, 8, None, 9, "not_reached", 12))
    said = complaint_sentences(handmade.report(figures=replace(base, complaints=never)))
    assert "Fewer than half of them were put right within 12 days, 9 cases, early hint." in said


def test_the_summary_is_one_page() -> None:
    assert len(pages(report.as_pdf(handmade.report(), paper="letter", names=False))) == 7
    assert len(pages(report.summary_pdf(handmade.report()))) == 1


def test_the_register_lists_every_complaint() -> None:
    lines = tuple(
        handmade.complaint(number, resolved=dt.date(2026, 11, 9) if number % 2 else None, overdue=number % 2 == 0)
        for number in range(1, 61)
    )
    base = handmade.report()
    register = Register(base.letterhead, Filter(Period(dt.date(2026, 1, 1), handmade.TODAY)), (), handmade.TODAY, lines)
    text = flat(report.register_pdf(register))
    assert "60 complaints, 30 open, 30 overdue" in text
    assert text.count("Tom Ashworth") == 60
    assert "! overdue since 13 Nov" in text
    assert "resolved 9 Nov" in text
    assert "cost £45" in text
    assert "Tom Ashworth" not in flat(report.register_pdf(register, names=False))
    assert "No complaint was received in this period." in flat(report.register_pdf(replace(register, lines=())))


@pytest.mark.parametrize(
    ("after", "finding", "why"),
    [(2.8, "and the gap has grown", "since about October it has been higher"),
     (0.4, "but the gap has shrunk", "since about October it has been lower")],
)  # fmt: skip
def test_a_real_change_within_the_period_is_in_the_title_and_it_is_said_why_the_figure_is_another(
    after: float, finding: str, why: str
) -> None:
    verdict = Verdict("real", dt.date(2026, 10, 1), 1.2, after)
    changed = handmade.report(trend=replace(handmade.series(), verdict=verdict))
    first = " ".join(pages(report.as_pdf(changed))[0].split())
    assert f"Customers get more from you than it costs them, {finding}" in first
    assert f"That is for the whole period; {why}." in first
    before = handmade.report(trend=replace(handmade.series(), verdict=replace(verdict, since=dt.date(2026, 7, 1))))
    assert "the gap has" not in flat(report.as_pdf(before))


@pytest.mark.parametrize("paper", ["a4", "letter"])
def test_complaints_begin_with_their_finding_and_hold_on_one_page(paper: str) -> None:
    found = [" ".join(page.split()) for page in pages(report.as_pdf(handmade.report(), paper))]
    (page,) = [text for text in found if "41 complaints, 3 open, 1 overdue" in text]
    assert "What they are about" in page
    assert "12 Late delivery" in page
