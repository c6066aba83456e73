"""Affected customers, surveys' further figures, and counts by hand over businesses full of chance."""

import json
from datetime import timedelta

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from cvdesk.catalogue import store as catalogue
from cvdesk.figures.json import as_json, figure
from cvdesk.figures.kept import from_text, to_text
from cvdesk.figures.records import Figures
from cvdesk.figures.store import gather, gather_all
from cvdesk.figures.text import in_words
from cvdesk.stats.intervals import mean_interval, wilson
from cvdesk.themes import store as themes
from cvdesk.value import store as value
from tests.figures.by_hand import ByHand
from tests.figures.shop import (
    TODAY,
    add_complaint,
    add_customer,
    add_sheet,
    ask_ease_of_seven,
    chance_shop,
    everything,
    new_shop,
)  # fmt: skip


@pytest.fixture
def shop(tmp_path):
    with new_shop(tmp_path) as file:
        yield file


def tell(op, customer, theme=0, state="confirmed", **values):
    entry = op.insert("entries", {"date": TODAY.isoformat(), "customer_id": customer, **values})
    themes.tag_entry(op, entry, themes.themes(op)[theme].id, state, "owner")


def test_a_customer_is_affected_once_a_theme_by_what_went_wrong(shop):
    def work(op):
        people = [add_customer(op, f"Customer {place}") for place in range(20)]
        for customer in people:
            op.insert("purchases", {"customer_id": customer, "date": TODAY.isoformat()})
        tell(op, people[0], rating=2.0)
        tell(op, people[0], rating=1.0)
        tell(op, people[1], severity="minor")
        tell(op, people[2], kind="problem", rating=4.0)
        tell(op, people[3], rating=3.0)
        tell(op, people[4], rating=1.0, state="suggested")
        tell(op, None, rating=1.0)
        for number, (customer, outcome) in enumerate(((0, None), (5, None), (6, "spam")), start=1):
            about = add_complaint(op, number, TODAY, {}, customer_id=people[customer], outcome=outcome)
            op.insert("complaint_themes", {"complaint_id": about, "theme_id": themes.themes(op)[0].id})

    shop.run("Log", work)
    figures = gather_all(shop, everything(), TODAY)
    (found,) = figures.more.affected
    assert (found.customers, found.share) == (4, wilson(4, 20))
    (said,) = as_json(figures)["themes"]
    assert said["affected"]["value"] == 0.2


def test_themes_only_complaints_are_about_are_in_the_json_too(shop):
    def work(op):
        about = add_complaint(op, 1, TODAY, {}, customer_id=add_customer(op, "Maria"))
        op.insert("complaint_themes", {"complaint_id": about, "theme_id": themes.themes(op)[0].id})

    shop.run("Log", work)
    figures = gather_all(shop, everything(), TODAY)
    assert figures.themes == ()
    (said,) = as_json(figures)["themes"]
    assert (said["entries"], said["customers"]) == (0, 0)
    assert said["affected"] == {"value": None, "n": 1, "why": "fewer than 10 customers"}


def test_means_and_problems_of_surveys(shop):
    def work(op):
        for place in range(20):
            answers = {"satisfaction": 5.0 if place < 15 else 3.0, "ease": 4.0, "had_problem": 1.0}
            add_sheet(op, TODAY, {**answers, "told_us": float(place < 8)})
        for _ in range(5):
            add_sheet(op, TODAY, {"had_problem": 0.0})

    shop.run("Log", work)
    found = gather_all(shop, everything(), TODAY).more.surveys
    assert found.csat_mean.value == pytest.approx(4.5)
    assert float(found.csat_mean.low or 0) < 4.5 < float(found.csat_mean.high or 0)
    assert (found.ease_mean.value, found.ease_mean.n) == (4, 20)
    assert found.had_problem == wilson(20, 25)
    assert found.telling_share == wilson(8, 20)


def test_few_answers_hide_the_further_figures_of_surveys(shop):
    def work(op):
        for _ in range(4):
            add_sheet(op, TODAY, {"satisfaction": 5.0, "had_problem": 1.0, "told_us": 1.0})

    shop.run("Log", work)
    said = as_json(gather_all(shop, everything(), TODAY))["surveys"]
    assert said["csat_mean"] == {"value": None, "n": 4, "why": "fewer than 5 answers"}
    assert said["had_problem"] == {"value": None, "n": 4, "why": "fewer than 10 answers"}
    assert said["telling_share"] == {"value": None, "n": 4, "why": "fewer than 20 answers"}
    assert said["ease_mean"] == {"value": None, "n": 0, "why": "no data"}


def test_ease_asked_on_seven_is_a_figure_of_its_own_where_anybody_answered_it(shop):
    assert "ease_7" not in as_json(gather_all(shop, everything(), TODAY))["surveys"]
    assert "1 to 7" not in in_words(gather_all(shop, everything(), TODAY), "Shop")

    def work(op):
        version = ask_ease_of_seven(op)
        for ease in (1, 4, 5, 5, 6, 6, 7, 7, 7, 7, 7, 2):
            sheet = value.start(op, "customer", "short", TODAY)
            value.answer(op, sheet, version, 1 + 4 * (ease - 1) / 6)
            value.finish(op, sheet)

    shop.run("Log", work)
    figures = gather_all(shop, everything(), TODAY)
    said = as_json(figures)["surveys"]
    assert said["ease_7"]["share"] == figure(wilson(9, 12))
    assert said["ease_7"]["mean"] == figure(mean_interval([1, 4, 5, 5, 6, 6, 7, 7, 7, 7, 7, 2], scale=7))
    assert said["ease"] == {"value": None, "n": 0, "why": "no data"}
    text = in_words(figures, "Shop")
    assert "Found it easy, asked on 1 to 7 (5 to 7): 75 of 100" in text
    assert "Ease, 1 to 7, the mean: 5.3" in text
    assert from_text(Figures, to_text(figures)) == figures


def test_where_the_customers_are_all_there_are_the_intervals_of_surveys_narrow(shop):
    def work(op):
        for place in range(20):
            customer = add_customer(op, f"Customer {place}")
            op.insert("purchases", {"customer_id": customer, "date": TODAY.isoformat()})
            if place < 12:
                add_sheet(op, TODAY, {"worth_it": 5.0 if place < 8 else 3.0}, customer_id=customer)

    shop.run("Log", work)
    before = gather(shop, everything(), TODAY).surveys.worth_it
    shop.run("Set", lambda op: catalogue.save_setting(op, "population", True))
    after = gather(shop, everything(), TODAY).surveys.worth_it
    arm = ((20 - 12) / 19) ** 0.5
    assert before == wilson(8, 12)
    assert after.value == before.value
    assert None not in (before.low, before.high, after.low, after.high)
    assert float(after.high or 0) - float(after.low or 0) == pytest.approx(
        arm * (float(before.high or 0) - float(before.low or 0))
    )


def affected_by_hand(by_hand: ByHand) -> dict[str, int]:
    entries = {row["id"]: row for row in by_hand.entries()}
    complaints = {row["id"]: row for row in by_hand.complaints()}
    keys = {row["id"]: row["key"] for row in by_hand.tables["themes"]}
    pairs = set()
    for row in by_hand.tables["entry_themes"]:
        entry = entries.get(row["entry_id"])
        if entry is not None and row["state"] == "confirmed":
            low = entry["rating"] is not None and entry["rating"] <= 2
            if low or entry["severity"] is not None or entry["kind"] == "problem":
                pairs.add((keys[row["theme_id"]], entry["customer_id"]))
    for row in by_hand.tables["complaint_themes"]:
        case = complaints.get(row["complaint_id"])
        if case is not None and case["outcome"] not in ("spam", "duplicate"):
            pairs.add((keys[row["theme_id"]], case["customer_id"]))
    active = by_hand.active()
    found: dict[str, int] = {}
    for theme, customer in pairs:
        if customer in active:
            found[theme] = found.get(theme, 0) + 1
    return found


def told_by_hand(by_hand: ByHand) -> int:
    """Closed cases of known customers, closed seven days ago or longer: how many there are."""
    return sum(
        row["outcome"] not in ("spam", "duplicate") and row["customer_id"] is not None
        and (ended := by_hand.ended(row)) is not None and ended <= by_hand.end - timedelta(days=7)
        for row in by_hand.complaints()
    )  # fmt: skip


@settings(max_examples=5, phases=(Phase.explicit, Phase.generate))
@given(seed=st.integers(0, 10_000))
def test_further_figures_equal_a_count_by_hand(tmp_path_factory, seed):
    with chance_shop(tmp_path_factory.mktemp("shop"), seed) as shop:
        segment = shop.value("SELECT min(id) FROM segments")
        for chosen in (everything(), everything(TODAY - timedelta(days=60)), everything(segment=segment)):
            figures = gather_all(shop, chosen, TODAY)
            by_hand = ByHand(shop, chosen, TODAY)
            assert {one.theme: one.customers for one in figures.more.affected} == affected_by_hand(by_hand)
            assert figures.more.complaints.closed_loop.n == told_by_hand(by_hand)
            assert figures.more.complaints.days_to_first_response.n == len(by_hand.durations())
            assert from_text(Figures, to_text(figures)) == figures
            said = as_json(figures)
            assert json.loads(json.dumps(said, allow_nan=False)) == said
            plain = as_json(gather(shop, chosen, TODAY))
            assert set(plain["complaints"]) < set(said["complaints"])
