"""Verdict, columns, kinds, the self-check, and the sheets behind a figure, on files counted by hand."""

from datetime import timedelta

import pytest

from cvdesk.catalogue import store as catalogue
from cvdesk.stats.value import SIGN
from cvdesk.value import store as value
from cvdesk.value.page_words import verdict_reason, verdict_short
from cvdesk.value.records_score_verdict import effect, judgement, missing_answers, standing
from cvdesk.value.store_evidence_sheets import sheets_behind
from cvdesk.value.store_scorecard_more import board, more
from tests.figures.shop import TODAY, add_customer, add_sheet, everything, new_shop


@pytest.fixture
def shop(tmp_path):
    with new_shop(tmp_path) as opened:
        yield opened


def people(op, count, gain, burden, **more):
    """So many customers who give every gain and every burden the same."""
    values = {one.key: gain if SIGN[one.lever] > 0 else burden for one in catalogue.factors(op)}
    for number in range(count):
        add_sheet(op, TODAY, values | {"worth_it": 4.0} | more, customer_id=add_customer(op, f"Customer {number}"))


def card_of(shop):
    return value.scorecard(shop, everything(), TODAY)


def more_of(shop):
    return more(shop, everything(), TODAY, board(shop, everything(), TODAY))


@pytest.mark.parametrize(
    ("count", "gain", "burden", "more", "verdict"),
    [(30, 5.0, 1.0, {}, "yes"), (30, 1.0, 5.0, {}, "no"), (30, 3.0, 3.0, {}, "between"), (4, 5.0, 1.0, {}, "early"),
     (30, 5.0, 1.0, {"worth_it": 2.0}, "between")],
)  # fmt: skip
def test_the_verdict_goes_by_whole_intervals(shop, count, gain, burden, more, verdict):
    shop.run("Fill", lambda op: people(op, count, gain, burden, **more))
    found = judgement(card_of(shop))
    assert found.delivers == verdict
    assert found.doubted == bool(more)


def test_a_part_of_value_clearly_on_the_wrong_side_stands_in_the_way_of_a_yes(shop):
    drawbacks = [one.key for one in catalogue.factors(shop) if one.lever == "drawbacks"]
    shop.run("Fill", lambda op: people(op, 30, 5.0, 1.0, **dict.fromkeys(drawbacks, 4.0)))
    found = judgement(card_of(shop))
    assert (found.delivers, found.wrong) == ("between", ("drawbacks",))
    assert verdict_short(found) == "High value: in part"
    assert "but Drawbacks stand in the way." in verdict_reason(found, card_of(shop))


def test_a_one_minute_verdict_stands_in_until_factors_have_answers(shop):
    minute = {"lever_worth": 5.0, "lever_benefits": 5.0, "lever_costs": 1.0, "lever_drawbacks": 1.0}
    shop.run("Fill", lambda op: [add_sheet(op, TODAY, minute, "minute") for _ in range(20)])
    assert judgement(card_of(shop)).delivers == "yes"


def test_factors_stand_in_the_column_their_whole_interval_lies_in(shop):
    shop.run("Fill", lambda op: people(op, 30, 4.0, 2.0, quality=1.0, delivery=5.0, fit=3.0))
    card = card_of(shop)
    found = standing(card)
    assert {factor.key for factor in found.short} == {"quality", "delivery"}
    assert [factor.key for factor in found.unsure] == ["fit"]
    assert found.unknown == ()
    assert len(found.deliver) == 22
    everything_else = sum(effect(factor) for column in (found.deliver, found.short, found.unsure) for factor in column)
    assert everything_else == pytest.approx(card.net.value)
    sizes = [abs(effect(factor)) for factor in found.deliver]
    assert sizes == sorted(sizes, reverse=True)


def test_what_is_missing_until_a_figure_shows(shop):
    shop.run("Fill", lambda op: [add_sheet(op, TODAY, {"quality": 4.0}) for _ in range(3)])
    card = card_of(shop)
    assert missing_answers(card.factor("quality")) == 2
    assert missing_answers(card.factor("fit")) == 5
    assert missing_answers(card.lever("worth")) == 6
    assert standing(card).deliver == ()


def test_kinds_are_means_of_their_factors_by_weight(shop):
    def work(op):
        people(op, 12, 4.0, 2.0, journey=5.0, support=2.0, price_level=1.0)
        for one in catalogue.factors(op):
            catalogue.set_importance(op, one.id, 3.0 if one.key == "journey" else 1.0)

    shop.run("Fill", work)
    kinds = {(one.lever, one.kind): one for one in more_of(shop).kinds}
    service = kinds["benefits", "service experience value"]
    assert service.estimate.value == pytest.approx((3 * 5 + 2) / 4)
    assert (service.estimate.n, service.factors) == (12, ("journey", "support"))
    assert kinds["costs", "money"].estimate.value == pytest.approx(1.5)
    assert kinds["worth", "product/service value"].estimate.value == pytest.approx(4.0)
    assert {kind for lever, kind in kinds if lever == "costs"} == {"money", "time", "energy", "emotional"}


@pytest.mark.parametrize(("count", "along", "misses"), [(60, True, False), (60, False, True), (49, True, None)])
def test_factors_are_checked_against_worth_it_from_fifty_people_on(shop, count, along, misses):
    def work(op):
        levers = {one.key: one.lever for one in catalogue.factors(op)}
        for number in range(count):
            high = number % 2 == 0
            values = {key: 4.0 if high == (SIGN[lever] > 0) else 2.0 for key, lever in levers.items()}
            worth = high if along else number % 4 < 2
            add_sheet(op, TODAY, values | {"worth_it": 5.0 if worth else 2.0})

    shop.run("Fill", work)
    found = more_of(shop).derived
    if misses is None:
        assert (found.check.value, found.check.n, found.misses) == (None, 49, False)
        assert found.importance["quality"].value is None
    else:
        assert found.misses is misses
        assert found.check.value == pytest.approx(1.0 if along else 0.0)
        assert found.importance["price_level"].value == pytest.approx(-1.0 if along else 0.0)


def test_net_by_whose_word_on_weights_counts(shop):
    def work(op):
        people(op, 6, 4.0, 2.0, quality=1.0)
        for one in catalogue.factors(op):
            catalogue.set_importance(op, one.id, 5.0 if one.key == "quality" else 1.0)

    shop.run("Fill", work)
    found = more_of(shop)
    assert set(found.nets) == {"owner", "equal"}
    assert found.nets["owner"] == card_of(shop).net
    assert found.nets["equal"].value == pytest.approx(4 - 3 / 6)
    assert found.nets["owner"].value == pytest.approx(4 - 3 * 5 / 10)


def test_a_sample_that_is_most_of_all_customers_narrows_the_interval_where_the_owner_says_so(shop):
    shop.run("Fill", lambda op: people(op, 12, 4.0, 2.0))
    wide = card_of(shop)
    shop.run("Say", lambda op: catalogue.save_setting(op, "population", True))
    narrow = card_of(shop)
    assert narrow.net.value == wide.net.value
    assert wide.net.low < narrow.net.low < narrow.net.value < narrow.net.high < wide.net.high
    assert wide.factor("quality").estimate.low < narrow.factor("quality").estimate.low


def test_the_sheets_behind_a_figure_are_the_latest_of_each_person(shop):
    def work(op):
        maria, tom = add_customer(op, "Maria"), add_customer(op, "Tom")
        add_sheet(op, TODAY - timedelta(days=9), {"quality": 1.0, "worth_it": 2.0}, customer_id=maria)
        add_sheet(op, TODAY - timedelta(days=2), {"quality": 4.0}, customer_id=tom)
        add_sheet(op, TODAY - timedelta(days=1), {"quality": 5.0, "worth_it": 5.0}, customer_id=maria)
        add_sheet(op, TODAY, {"quality": 3.0})
        add_sheet(op, TODAY, {"fit": 3.0})
        add_sheet(op, TODAY, {"quality": 1.0}, kind="owner")
        add_sheet(op, TODAY - timedelta(days=500), {"quality": 1.0})

    shop.run("Fill", work)
    chosen = everything(TODAY - timedelta(days=30))
    found = sheets_behind(shop, ["quality"], chosen, TODAY)
    assert [(one.customer, one.answer, one.worth_it) for one in found] == [
        ("", 3.0, None), ("Maria", 5.0, 5.0), ("Tom", 4.0, None),
    ]  # fmt: skip
    assert len(found) == card_of(shop).factor("quality").estimate.n - 1  # all time holds the old one as well
    whole = sheets_behind(shop, ["quality", "fit"], chosen, TODAY)
    assert len(whole) == 4
    assert all(one.answer is None for one in whole)
