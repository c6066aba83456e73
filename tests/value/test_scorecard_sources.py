"""Surveys, feedback and complaints joined on the scorecard without double counting (METHOD 1.7), counted by hand."""

from datetime import date, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cvdesk.catalogue import store as catalogue
from cvdesk.catalogue.filters import complaints_clause, entries_clause
from cvdesk.figures.store import gather_all
from cvdesk.stats.intervals import mean_interval
from cvdesk.stats.value import SIGN
from cvdesk.themes import store as themes
from cvdesk.value import store as value
from cvdesk.value import store_sources
from cvdesk.value.records_score import Incidents
from cvdesk.value.store_answers import latest
from cvdesk.value.store_scorecard import joined_with_incidents, net_of, weighing
from cvdesk.value.store_sources import incidents
from tests.figures.shop import TODAY, add_complaint, add_customer, add_sheet, chance_shop, everything, new_shop


@pytest.fixture
def shop(tmp_path):
    with new_shop(tmp_path) as opened:
        yield opened


def theme_of(op, factor):
    return next(theme.id for theme in themes.themes(op) if theme.factor_key == factor)


def add_entry(op, customer, factor, day=TODAY, state="confirmed", main=True, **more):
    entry = op.insert("entries", {"date": day.isoformat(), "customer_id": customer, "text": "It was late", **more})
    themes.tag_entry(op, entry, theme_of(op, factor), state, "owner", main)
    return entry


def complain(op, customer, factor, number=1, day=TODAY, **more):
    complaint = add_complaint(op, number, day, {}, customer_id=customer, **more)
    op.insert("complaint_themes", {"complaint_id": complaint, "theme_id": theme_of(op, factor)})
    return complaint


def fill(op, values=None, people=10):
    """So many active customers, each with a sheet: gains 5, burdens 1 unless said otherwise; their ids."""
    best = {factor.key: 5.0 if SIGN[factor.lever] > 0 else 1.0 for factor in catalogue.factors(op)} | (values or {})
    ids = [add_customer(op, f"Customer {number}") for number in range(people)]
    for customer in ids:
        add_sheet(op, TODAY, best, customer_id=customer)
    return ids


def card_of(shop, chosen=None):
    return value.scorecard(shop, chosen or everything(TODAY - timedelta(days=89)), TODAY)


def test_incidents_set_a_floor_under_a_burden_and_a_cap_on_a_gain(shop):
    def work(op):
        ids = fill(op)
        for customer in ids[:2]:
            add_entry(op, customer, "delivery", severity="moderate")
        add_entry(op, ids[3], "quality", severity="serious")

    shop.run("Fill", work)
    card = card_of(shop)
    delivery, quality = card.factor("delivery"), card.factor("quality")
    # Two of ten would rate 4, the others 1; one of ten would give 1 of 5 for quality, the others 5.
    assert delivery.estimate.value == pytest.approx(1.6)
    assert (delivery.survey.value, delivery.bound, delivery.incidents.people) == (1.0, True, 2)
    assert quality.estimate.value == pytest.approx(4.6)
    assert quality.survey.value == 5.0
    drawbacks, worth = card.lever("drawbacks"), card.lever("worth")
    assert drawbacks.estimate.value == pytest.approx(1 + delivery.weight * 0.6)
    assert worth.estimate.value == pytest.approx(5 - quality.weight * 0.4)
    assert card.net.value == pytest.approx(8 - delivery.weight * 0.6 - quality.weight * 0.4)
    assert card.get - card.give == pytest.approx(card.net.value)
    assert not card.factor("waiting").bound
    assert card.factor("waiting").incidents is None


def test_what_surveys_say_worse_stands(shop):
    def work(op):
        ids = fill(op, {"delivery": 4.0})
        add_entry(op, ids[0], "delivery", severity="serious")

    shop.run("Fill", work)
    delivery = card_of(shop).factor("delivery")
    assert (delivery.estimate.value, delivery.bound) == (4.0, False)
    assert delivery.incidents.limit == pytest.approx(1.4)


def test_a_customer_counts_once_a_factor_by_the_worst_that_happened(shop):
    def work(op):
        ids = fill(op)
        add_entry(op, ids[0], "delivery", rating=1.0)  # no severity: minor
        add_entry(op, ids[0], "delivery", TODAY - timedelta(days=3), severity="serious")
        add_entry(op, ids[0], "delivery", TODAY - timedelta(days=60), severity="minor")
        add_entry(op, ids[1], "delivery", rating=2.0)
        add_entry(op, ids[2], "delivery", rating=3.0)  # no trouble
        add_entry(op, ids[3], "delivery", kind="problem")
        add_entry(op, ids[4], "delivery", state="suggested", severity="serious")

    shop.run("Fill", work)
    found = card_of(shop).factor("delivery").incidents
    assert found.affected == {"minor": 2, "moderate": 0, "serious": 1}
    assert found.limit == pytest.approx(1 + (2 * 2 + 1 * 4) / 10)


def test_a_complaint_and_the_feedback_it_grew_out_of_are_one(shop):
    def work(op):
        ids = fill(op)
        entry = add_entry(op, ids[0], "delivery", severity="serious")
        complain(op, ids[0], "faults", 1, entry_id=entry, severity="minor")
        bare = add_entry(op, ids[1], "waiting", severity="minor")
        add_complaint(op, 2, TODAY, {}, customer_id=ids[1], entry_id=bare, severity="moderate")
        kept = add_entry(op, ids[2], "process", severity="minor")
        complain(op, ids[2], "faults", 3, entry_id=kept, severity="serious", outcome="spam")

    shop.run("Fill", work)
    card = card_of(shop)
    assert card.factor("delivery").incidents is None
    assert card.factor("faults").incidents.affected == {"minor": 0, "moderate": 0, "serious": 1}
    assert card.factor("waiting").incidents.affected == {"minor": 0, "moderate": 1, "serious": 0}
    assert card.factor("process").incidents.affected == {"minor": 1, "moderate": 0, "serious": 0}


def test_feedback_about_two_things_counts_in_one_part_of_value(shop):
    def work(op):
        ids = fill(op)
        entry = add_entry(op, ids[0], "quality", severity="moderate", main=False)
        themes.tag_entry(op, entry, theme_of(op, "delivery"), "confirmed", "owner")

    shop.run("Fill", work)
    card = card_of(shop)
    assert card.factor("quality").incidents is None
    assert card.factor("delivery").incidents.people == 1


def test_those_who_keep_trouble_to_themselves_are_reckoned_in(shop):
    def work(op):
        ids = fill(op, people=20)
        known = {question.key: question.version_id for question in catalogue.questions(op)}
        sheets = [row[0] for row in op.rows("SELECT id FROM assessments ORDER BY id")]
        for place, sheet in enumerate(sheets):
            value.answer(op, sheet, known["had_problem"], 1.0)
            value.answer(op, sheet, known["told_us"], float(place % 2))
        add_entry(op, ids[0], "delivery", severity="moderate")

    shop.run("Fill", work)
    found = card_of(shop).factor("delivery").incidents
    assert found.telling == 0.5
    assert found.limit == pytest.approx(1 + 3 * (1 / 20) / 0.5)


def test_who_does_not_say_whether_they_told_you_changes_no_floor(shop):
    def work(op):
        ids = fill(op, people=30)
        known = {question.key: question.version_id for question in catalogue.questions(op)}
        sheets = [row[0] for row in op.rows("SELECT id FROM assessments ORDER BY id")]
        for place, sheet in enumerate(sheets):
            value.answer(op, sheet, known["had_problem"], 1.0)
            if place < 20:
                value.answer(op, sheet, known["told_us"], float(place % 2))
            else:
                value.answer(op, sheet, known["told_us"], None, "not_apply" if place % 2 else "skipped")
        add_entry(op, ids[0], "delivery", severity="moderate")

    shop.run("Fill", work)
    assert card_of(shop).factor("delivery").incidents.telling == 0.5
    told = gather_all(shop, everything(), TODAY).more.surveys.telling_share
    assert (told.value, told.n) == (0.5, 20)


def test_without_a_survey_the_limit_is_known_and_no_figure_shown(shop):
    def work(op):
        ids = [add_customer(op, f"Customer {number}") for number in range(5)]
        for customer in ids:
            add_entry(op, customer, "waiting", rating=5.0)
        add_entry(op, ids[0], "delivery", severity="moderate")

    shop.run("Fill", work)
    card = card_of(shop)
    delivery = card.factor("delivery")
    assert (delivery.estimate.value, delivery.bound) == (None, False)
    assert delivery.incidents.limit == pytest.approx(1.6)
    assert card.net.value is None


def test_below_five_active_customers_there_is_no_floor(shop):
    shop.run("Fill", lambda op: add_entry(op, fill(op, people=4)[0], "delivery", severity="serious"))
    assert card_of(shop).factor("delivery").incidents is None


def test_only_active_customers_count_in_a_period_longer_than_the_active_days(shop):
    def work(op):
        fill(op)
        gone = add_customer(op, "Long gone")
        add_entry(op, gone, "delivery", date(2025, 1, 10), severity="serious")

    shop.run("Fill", work)
    assert card_of(shop, everything()).factor("delivery").incidents is None
    early = everything(end=date(2025, 1, 31))
    assert incidents(shop, early, TODAY, latest(shop, early, TODAY)) == {}  # one customer was active then


def test_the_owners_conventions_are_used(shop):
    def work(op):
        ids = fill(op)
        add_entry(op, ids[0], "delivery", severity="minor")
        catalogue.save_setting(op, "telling", {"days": 30, "burden": {"minor": 2, "moderate": 4, "serious": 5}})

    shop.run("Fill", work)
    assert card_of(shop).factor("delivery").incidents.limit == pytest.approx(1.1)


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(seed=st.integers(0, 10_000))
def test_floors_never_lower_a_burden_nor_raise_a_gain(tmp_path_factory, seed):
    with chance_shop(tmp_path_factory.mktemp("chance"), seed) as shop:
        chosen = everything()
        card = value.scorecard(shop, chosen, TODAY)
        answers = latest(shop, chosen, TODAY)
        alone = net_of(answers, *weighing(shop, chosen, TODAY))
        for lever in card.levers:
            survey = alone.levers[lever.lever].estimate.value
            assert (lever.estimate.value is None) == (survey is None)
            if survey is not None:
                assert SIGN[lever.lever] * (lever.estimate.value - survey) <= 1e-9
            for factor in lever.factors:
                if factor.estimate.value is not None:
                    assert SIGN[lever.lever] * (factor.estimate.value - factor.survey.value) <= 1e-9
                    assert factor.estimate.low <= factor.estimate.value <= factor.estimate.high
        if card.net.value is not None:
            assert card.net.value <= alone.net.value + 1e-9
            assert -8 <= card.net.low < card.net.high <= 8


@pytest.mark.parametrize(("rating", "severity"), [(5.0, None), (1.0, "serious")])
def test_anonymous_feedback_changes_nothing(shop, rating, severity):
    shop.run("Fill", lambda op: add_entry(op, fill(op)[0], "delivery", severity="moderate"))
    before = card_of(shop)
    shop.run("Add", lambda op: add_entry(op, None, "delivery", rating=rating, severity=severity))
    assert card_of(shop) == before


def test_incidents_are_found_by_indexes(shop):
    """With a million entries a look through all of them would take seconds."""
    chosen = everything(TODAY - timedelta(days=89))
    entries, complaints = entries_clause(chosen), complaints_clause(chosen)
    sql = store_sources._INCIDENTS.format(entries=entries.sql, complaints=complaints.sql)
    values = (*(*entries.parameters, *complaints.parameters) * 2, *complaints.parameters)
    steps = [row["detail"] for row in shop.rows(f"EXPLAIN QUERY PLAN {sql}", values)]
    assert any("COVERING INDEX entries_troubled" in step for step in steps)
    assert any("INDEX entry_themes_by_entry" in step for step in steps)
    assert any("complaints_by_entry" in step for step in steps)
    tables = [step for step in steps if step.startswith("SCAN") and "subquery" not in step]
    assert tables == ["SCAN entry_themes USING INDEX entry_themes_said_bad"]


@given(
    st.sampled_from(["worth", "benefits", "costs", "drawbacks"]),
    st.lists(st.integers(1, 5).map(float), min_size=5, max_size=40),
    st.floats(1, 5),
)
def test_a_score_at_its_limit_still_has_an_interval_with_a_width_within_the_scale(lever, answers, limit):
    survey = mean_interval(answers)
    found = joined_with_incidents(lever, survey, Incidents({"minor": 1}, 10, 1.0, limit))
    assert 1 <= found.low <= found.value <= found.high <= 5
    assert found.high > found.low
    if found.value != survey.value:
        assert found.value == limit
