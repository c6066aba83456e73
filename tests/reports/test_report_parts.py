"""Parts of the value-strategy report: sections left out, the edge, the plan, sums that add up, names left out."""

import io
import re
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pypdf import PdfReader

from cvdesk.catalogue.records import Filter, Period
from cvdesk.reports import report, store
from cvdesk.reports.kinds import kind_of, make
from cvdesk.reports.records_kinds import Wanted
from cvdesk.reports.records_nameless import hidden_names
from cvdesk.reports.report_edge import standing
from cvdesk.reports.report_equation import shown_parts
from cvdesk.reports.report_spots import Plan
from cvdesk.stats.intervals import Estimate
from cvdesk.value.records_picture import grid_picture
from cvdesk.value.records_rivals import Against, Competitor, Edge, GridData, GridSpot, Known
from tests.reports import handmade
from tests.strategy.kept_shop import TODAY, add_action, decided, shop

YEAR = Filter(Period(date(2025, 6, 1), TODAY))


@pytest.fixture
def file(tmp_path, tmp_path_factory):
    with shop(tmp_path, tmp_path_factory.mktemp("template")) as opened:
        yield opened


def pages(content: bytes) -> list[str]:
    return [" ".join(page.extract_text().split()) for page in PdfReader(io.BytesIO(content)).pages]


def flat(content: bytes) -> str:
    return " ".join(pages(content))


def titles(content: bytes) -> list[str]:
    return [item["/Title"] for item in PdfReader(io.BytesIO(content)).outline if not isinstance(item, list)]


def an_edge(key: str, advantage: float, shown: int, lever: str = "worth") -> Edge:
    found = Estimate(advantage, advantage - 0.3, advantage + 0.3, 17)
    return Edge(key, key.title(), lever, 4.0, 4.0 - advantage, 40, 17, found, shown / 100, shown, 4, "double down")


def rival(edges: tuple[Edge, ...]) -> Against:
    total = sum(one.shown or 0 for one in edges) / 100
    return Against(Competitor(1, "Crumb & Co"), Known(17, 0, None), "used_both", True, True, 17, edges, 1 + total, 1.0,
                   (), (), (), None)  # fmt: skip


def grid(count: int) -> GridData:
    spots = tuple(
        GridSpot(f"k{place}", f"What customers value {place}", "worth", 3 + place % 5 / 10,
                 Estimate(3.5 + place % 7 / 20, 3.3, 4.0, 30), "keep it up" if place else "fix first", False)
        for place in range(count)
    )  # fmt: skip
    return GridData(3.2, 3.6, spots, True, 40)


@given(
    st.floats(1, 5), st.floats(1, 5), st.floats(1, 5), st.floats(1, 5),
)  # fmt: skip
def test_what_is_shown_of_the_equation_adds_up(worth, benefits, costs, drawbacks):
    get, give = worth + benefits, costs + drawbacks
    levers = {"worth": worth, "benefits": benefits, "costs": -costs, "drawbacks": -drawbacks}
    shown = shown_parts(get - give, get, give, levers)
    assert sum(shown.parts.values()) == shown.net
    assert shown.get - shown.give == shown.net
    assert shown.parts["worth"] + shown.parts["benefits"] == shown.get
    assert all(abs(shown.parts[lever] - 10 * levers[lever]) < 2 for lever in levers)


def test_the_first_page_adds_up_where_each_figure_alone_would_not():
    card = handmade.scorecard()
    scores = {"worth": 4.27, "benefits": 4.0, "costs": 2.68, "drawbacks": 2.77}
    cards = tuple(
        replace(one, estimate=replace(one.estimate, value=scores[one.lever], low=scores[one.lever] - 0.1,
                                      high=scores[one.lever] + 0.1)) for one in card.levers
    )  # fmt: skip
    net = Estimate(2.82, 2.4, 3.1, 182)
    changed = replace(card, net=net, get=8.27, give=5.45, levers=cards)
    first = pages(report.as_pdf(handmade.report(scorecard=changed)))[0]
    get, give = (float(figure) for figure in re.search(r"get (\S+) of 10 and give (\S+) of 10", first).groups())
    assert round(get - give, 1) == 2.8
    shown = [float(figure.replace("−", "-")) for figure in re.findall(r"(?<!likely )[+−]\d\.\d", first)]
    bars = [figure for figure in shown if figure in {4.2, 4.3, 3.9, 4.0, 4.1, -2.6, -2.7, -2.8}][:4]
    assert round(sum(bars), 1) == 2.8


@pytest.mark.parametrize(
    ("key", "gone"),
    [
        ("standing", "What value is made of"), ("edge", "Your edge"), ("themes", "What customers mention"),
        ("complaints", "Complaints"), ("words", "In their own words"), ("factors", "Appendix: every factor"),
        ("method", "Appendix: how these figures are made"),
    ],
)  # fmt: skip
def test_a_section_can_be_left_out_and_the_others_stay(key, gone):
    data = handmade.report(rival=rival((an_edge("quality", 1.2, 36),)))
    whole, less = titles(report.as_pdf(data)), titles(report.as_pdf(data, left_out=(key,)))
    assert gone in whole
    assert less == [title for title in whole if title != gone]
    assert less[0] == "Summary"


def test_every_section_can_be_left_out_but_the_first_page():
    keys = [section.key for section in kind_of("value-strategy").sections]
    assert set(keys) == set(report.ORDER) == set(report.EARLY)
    content = report.as_pdf(handmade.report(), left_out=keys)
    assert len(pages(content)) == 1
    assert "Three things to do next" in flat(content)
    assert "page {page}" not in flat(content)


def test_the_contents_name_the_pages_of_the_parts():
    content = report.as_pdf(handmade.report(rival=rival((an_edge("quality", 1.2, 36),))))
    first, found = pages(content)[0], PdfReader(io.BytesIO(content))
    for item in found.outline:
        if isinstance(item, list) or str(item["/Title"]) == "Summary":
            continue
        number = found.get_destination_page_number(item) + 1
        assert f"{item['/Title']} {number}" in first


def test_the_edge_names_the_rival_the_sum_and_what_is_behind():
    more = (an_edge(f"thing {place}", 0.2, 1) for place in range(14))
    edges = (an_edge("quality", 1.2, 36), an_edge("delivery", -1.4, -33, "drawbacks"), *more)
    text = flat(report.as_pdf(handmade.report(rival=rival(edges))))
    assert "You beside Crumb & Co" in text
    assert "17 customers who used both rated you and them" in text
    assert "Your largest edge is “Quality”. The largest gap is “Delivery”." in text
    assert "Delivery (less is better)" in text
    assert "1.4 behind (1.1 to 1.7)" in text
    assert "5 others" in text
    assert "Together +0.17" in text


def test_how_far_is_said_in_the_direction_it_goes():
    assert standing(an_edge("quality", 1.2, 36)) == "1.2 ahead (0.9 to 1.5)"
    assert standing(an_edge("quality", -1.2, 36)) == "1.2 behind (0.9 to 1.5)"
    assert standing(replace(an_edge("quality", 0.0, 0), advantage=Estimate(0.0, None, None, 1))) == "level"


def test_without_a_rival_what_matters_stands_beside_how_well_it_goes():
    text = flat(report.as_pdf(handmade.report(grid=grid(6))))
    assert "Fix first: What customers value 0" in text
    assert "No rival is compared yet" in text
    bare = flat(report.as_pdf(handmade.report()))
    assert "Nothing is known about your edge yet" in bare


def test_names_on_a_picture_touch_neither_each_other_nor_a_spot():
    plan = Plan(grid_picture(grid(25)), 487, 330)
    boxes = [one.box for one in plan.names]
    marks = [plan.range(dot) for dot in plan.picture.dots]
    assert len(boxes) + len(plan.unnamed) == 25
    for place, box in enumerate(boxes):
        assert box.inside(plan.area)
        assert not any(box.meets(other) for other in boxes[place + 1 :])
        assert not any(box.meets(mark) for mark in marks)


def test_the_best_plan_is_said_to_be_not_decided(file):
    add_action(file, "Second van <b>&", chance=0.8, cost_month_minor=42000)
    text = flat(report.as_pdf(store.gather(file, YEAR, TODAY)))
    assert "Not decided yet: a plan meant to lift value" in text
    assert "This is a proposal, not a decision. It is about the whole business" in text
    assert "Second van <b>&" in text
    assert "£420 / month" in text
    assert "In 3 months the plan takes £420 a month" in text
    assert "Safe bet" in text


def test_a_plan_needs_actions_and_says_so(file):
    text = flat(report.as_pdf(store.gather(file, YEAR, TODAY)))
    assert "There is no plan yet" in text
    assert "write down three things about what holds value back" in text


def test_names_go_from_words_and_actions_too(file):
    add_action(file, "Ring Ann Bell back on 07700 900123", chance=0.8)
    file.run("Ann", lambda op: op.insert("customers", {"name": "Ann Bell", "name_key": "ann bell"}))
    assert "Ann Bell" in flat(report.as_pdf(store.gather(file, YEAR, TODAY)))
    quiet = flat(report.as_pdf(store.gather(file, YEAR, TODAY, names=False), names=False))
    assert "Ann Bell" not in quiet
    assert "07700" not in quiet
    assert "Ring … back on …" in quiet


@pytest.mark.parametrize(
    ("text", "quiet"),
    [
        ("Ann  bell said so, not Annabella", "… said so, not Annabella"),
        ("Write to ann.bell@example.com or +44 7700 900 123.", "Write to … or …."),
        ("On 2026-11-21 it was £12.50 for 3", "On 2026-11-21 it was £12.50 for 3"),
        ("谢谢王小明先生", "谢谢…先生"),
        ("", ""),
    ],
)
def test_names_and_contacts_are_hidden_in_words(text, quiet):
    assert hidden_names(text, ("Ann Bell", "王小明", "")) == quiet


def test_the_running_strategy_names_who_and_until_when(file):
    van = add_action(file, "Second van", chance=0.8, cost_month_minor=42000, due=date(2026, 6, 1))
    who = file.run("Staff", lambda op: op.insert("staff", {"name": "Priya"})).result
    file.run("Who", lambda op: op.update("actions", van, {"staff_id": who}))
    decided(file, [van], date(2026, 4, 20))
    text = flat(report.as_pdf(store.gather(file, YEAR, TODAY)))
    assert "Priya: Planned, by 1 Jun 2026" in text
    assert "It is about the whole business" in text


@pytest.mark.parametrize("paper", ["a4", "letter"])
@pytest.mark.parametrize("made", [
    handmade.report(), handmade.report(n=7), handmade.report(trend=None), handmade.report(praise=(), trouble=()),
    handmade.report(trouble=tuple(handmade.quote("word " * 33) for _place in range(3))),
    handmade.empty_report(), handmade.empty_report(3),
])  # fmt: skip
def test_the_summary_for_the_wall_is_always_one_full_page(made, paper):
    content = report.summary_pdf(made, paper)
    assert len(pages(content)) == 1
    text = flat(content)
    assert "Maria Kovač" not in text
    lowest = []
    PdfReader(io.BytesIO(content)).pages[0].extract_text(
        visitor_text=lambda words, _cm, place, _font, _size: lowest.append(place[5]) if words.strip() else None
    )
    foot = sorted(y for y in lowest if y > 60)
    assert foot[0] < 190  # what stands above the foot reaches down to it


def test_the_summary_names_one_thing_to_keep_and_one_to_mend():
    text = flat(report.summary_pdf(handmade.report()))
    assert "Keep up “Quality”" in text
    assert "Find the cause of “Late delivery”" in text
    assert "1 Sep to 21 Nov 2026" in text


def test_the_registry_makes_both(file):
    for key in ("value-strategy", "summary"):
        made = make(file, Wanted(key, YEAR, TODAY, names=False, left_out=frozenset({"method"})))
        assert made.pdf.startswith(b"%PDF")
        assert made == make(file, Wanted(key, YEAR, TODAY, names=False, left_out=frozenset({"method"})))


@pytest.mark.parametrize("paper", ["a4", "letter"])
def test_remarks_never_spill_a_line_onto_a_page_of_their_own(paper):
    long = tuple(handmade.quote("A very long story. " * 22) for _place in range(6))
    found = pages(report.as_pdf(handmade.report(praise=long, trouble=long), paper))
    with_words = [page for page in found if "A very long story." in page]
    assert len(with_words) == 1
    assert "What bothers them" in with_words[0]
