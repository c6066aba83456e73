"""The one-minute series on the scorecard, and whose word on weights counts."""

import json

import pytest

from cvdesk.catalogue import store as catalogue
from cvdesk.catalogue.records import LEVERS
from cvdesk.value import store as value
from cvdesk.value.store_weights import choose_weights
from tests.figures.shop import TODAY, add_customer, add_sheet, everything, new_shop


@pytest.fixture
def shop(tmp_path):
    with new_shop(tmp_path) as opened:
        yield opened


MINUTE = {"lever_worth": 5.0, "lever_benefits": 4.0, "lever_costs": 2.0, "lever_drawbacks": 1.0}


def minutes(op, people, **about):
    for _ in range(people):
        add_sheet(op, TODAY, MINUTE | {"worth_it": 4.0}, "minute", **about)


def core(op, people):
    keys = {factor.key: 3.0 for factor in catalogue.factors(op) if factor.core}
    for number in range(people):
        add_sheet(op, TODAY, keys, "short", customer_id=add_customer(op, f"Customer {number}"))


def test_one_minute_answers_are_a_series_of_their_own(shop):
    shop.run("Fill", lambda op: (minutes(op, 8), core(op, 3)))
    card = value.scorecard(shop, everything(), TODAY)
    assert (card.net.value, card.net.n, card.people) == (None, 3, 3)
    assert (card.minute.net.value, card.minute.net.n) == (pytest.approx(2 + 1 + 1 + 2), 8)
    assert card.minute.levers["costs"].value == 2.0
    assert card.minute.get - card.minute.give == pytest.approx(6.0)
    assert card.from_minute
    assert card.headline_net == card.minute.net
    assert card.answered == 8
    # As soon as factors allow a figure, the headline is theirs.
    shop.run("Fill", lambda op: core(op, 5))
    card = value.scorecard(shop, everything(), TODAY)
    assert card.net.value == pytest.approx(0.0)
    assert not card.from_minute
    assert card.headline_net == card.net


def test_four_one_minute_answers_are_no_figure(shop):
    shop.run("Fill", lambda op: minutes(op, 4))
    card = value.scorecard(shop, everything(), TODAY)
    assert card.minute.net.value is None
    assert all(estimate.value is None for estimate in card.minute.levers.values())
    assert not card.from_minute


def weigh(op):
    """Five customers who say quality matters most and points lie on worth; the owner says fit, and costs."""
    known = {question.key: question.version_id for question in catalogue.questions(op)}
    factors = catalogue.factors(op)
    for number in range(5):
        values = {one.key: 3.0 for one in factors} | {"quality": 5.0, "fit": 1.0}
        sheet = add_sheet(op, TODAY, values, customer_id=add_customer(op, f"Customer {number}"))
        shares = {one.key: 1.0 for one in factors} | {"quality": 5.0}
        value.answer(op, sheet, known["importance"], None, text=json.dumps(shares))
        points = {"worth": 4.0, "benefits": 2.0, "costs": 2.0, "drawbacks": 2.0}
        value.answer(op, sheet, known["lever_points"], None, text=json.dumps(points))
    for one in factors:
        catalogue.set_importance(op, one.id, 5.0 if one.key == "fit" else 1.0)
    guess = add_sheet(op, TODAY, {"quality": 4.0}, kind="owner")
    points = {"worth": 2.0, "benefits": 2.0, "costs": 4.0, "drawbacks": 2.0}
    value.answer(op, guess, known["lever_points"], None, text=json.dumps(points))


@pytest.mark.parametrize(
    ("wanted", "source", "worth", "heavy"),
    # Six factors of worth, one with weight 5 and five with 1; 5, 1 and four times 3.
    [("auto", "customers", (5 * 5 + 1 + 4 * 3) / 10, "worth"), ("customers", "customers", 3.8, "worth"),
     ("owner", "owner", (5 + 5 * 1 + 4 * 3) / 10, "costs"), ("equal", "equal", 3.0, "")],
)  # fmt: skip
def test_the_owner_chooses_whose_word_on_weights_counts(shop, wanted, source, worth, heavy):
    shop.run("Weigh", weigh)
    shop.run("Choose", lambda op: choose_weights(op, wanted))
    card = value.scorecard(shop, everything(), TODAY)
    assert (card.weights_from, card.points_from, card.wanted) == (source, source, wanted)
    assert card.lever("worth").estimate.value == pytest.approx(worth)
    assert {lever: card.lever(lever).multiplier for lever in LEVERS} == pytest.approx(
        {lever: 1.6 if lever == heavy else 0.8 if heavy else 1.0 for lever in LEVERS}
    )
    shop.undo()
    assert value.scorecard(shop, everything(), TODAY).wanted == "auto"


def test_a_source_that_has_said_nothing_leaves_all_alike(shop):
    shop.run("Choose", lambda op: choose_weights(op, "customers"))
    card = value.scorecard(shop, everything(), TODAY)
    assert (card.weights_from, card.points_from, card.wanted) == ("equal", "equal", "customers")
    with pytest.raises(ValueError, match="nobody"):
        shop.run("Choose", lambda op: choose_weights(op, "chance"))
