"""Filling score sheets in, and the scorecard they make."""

import json
from datetime import date, timedelta

import pytest

from cvdesk.catalogue import store as catalogue
from cvdesk.errors import UserError
from cvdesk.themes import store as themes
from cvdesk.value import store as value
from cvdesk.value.records import AnswerValue, guess_result
from cvdesk.value.store_answers import latest
from tests.figures.shop import TODAY, add_complaint, add_customer, add_sheet, everything, new_shop


@pytest.fixture
def shop(tmp_path):
    with new_shop(tmp_path) as opened:
        yield opened


def versions(db):
    return {question.key: question.version_id for question in catalogue.questions(db)}


def add_people(op, count, values, **about):
    for number in range(count):
        customer = add_customer(op, f"Customer {number}")
        add_sheet(op, TODAY, values(number) if callable(values) else values, customer_id=customer, **about)


def test_a_draft_is_resumed_finished_and_taken_up_again(shop):
    known = versions(shop)
    sheet = shop.run("Start", lambda op: value.start(op, "owner", "full", TODAY)).result
    shop.run("Answer", lambda op: value.answer(op, sheet, known["quality"], 3.0))
    shop.run("Answer", lambda op: value.answer(op, sheet, known["quality"], 4.0))
    shop.run("Answer", lambda op: value.answer(op, sheet, known["fit"], None, "not_apply"))
    assert value.open_draft(shop, "owner") == sheet
    assert value.open_draft(shop, "customer") is None
    assert value.answers(shop, sheet) == {
        "quality": AnswerValue("answered", 4.0),
        "fit": AnswerValue("not_apply", None),
    }
    shop.run("Finish", lambda op: value.finish(op, sheet))
    assert value.open_draft(shop, "owner") is None
    shop.undo()
    assert value.open_draft(shop, "owner") == sheet


def test_a_sheet_takes_the_customers_segment_of_its_day(shop):
    def work(op):
        segment = catalogue.ensure(op, "segments", "Trade")
        customer = add_customer(op, "Maria", segment)
        sheet = value.start(op, "customer", "short", TODAY, customer_id=customer)
        return segment, op.value("SELECT segment_id FROM assessments WHERE id = ?", (sheet,))

    segment, found = shop.run("Start", work).result
    assert found == segment


def test_an_empty_sheet_is_not_finished_and_a_sheet_is_thrown_away(shop):
    sheet = shop.run("Start", lambda op: value.start(op, "customer", "short", TODAY)).result
    with pytest.raises(UserError):
        shop.run("Finish", lambda op: value.finish(op, sheet))
    shop.run("Throw away", lambda op: value.delete(op, sheet))
    with pytest.raises(LookupError):
        value.sheet(shop, sheet)


@pytest.mark.parametrize(
    ("key", "number"), [("quality", 0.0), ("quality", 6.0), ("recommend", 11.0), ("comment_keep", 1.0)]
)
def test_answers_off_the_scale_are_refused(shop, key, number):
    sheet = shop.run("Start", lambda op: value.start(op, "customer", "short", TODAY)).result
    with pytest.raises(ValueError, match=r"outside|not answered"):
        shop.run("Answer", lambda op: value.answer(op, sheet, versions(op)[key], number))


def test_owners_drafts_and_competitors_never_count_for_us(shop):
    def work(op):
        competitor = op.insert("competitors", {"name": "Other"})
        for _ in range(6):
            add_sheet(op, TODAY, {"quality": 1.0}, kind="owner")
            add_sheet(op, TODAY, {"quality": 1.0}, competitor_id=competitor)
            value.resume(op, add_sheet(op, TODAY, {"quality": 1.0}))

    shop.run("Fill", work)
    card = value.scorecard(shop, everything(), TODAY)
    assert card.people == 0
    assert card.factor("quality").estimate.n == 0
    assert card.factor("quality").owner == 1.0


def test_the_short_form_is_enough_for_every_lever(shop):
    core = {factor.key: 4.0 for factor in catalogue.factors(shop) if factor.core}
    shop.run("Fill", lambda op: add_people(op, 12, core, form="short"))
    card = value.scorecard(shop, everything(), TODAY)
    assert card.net.value == pytest.approx(0.0)
    assert card.get == pytest.approx(8.0)
    assert card.give == pytest.approx(8.0)
    assert card.lever("benefits").strength == "rough"
    assert sum(factor.weight for factor in card.lever("benefits").factors) == pytest.approx(1.0)


def test_a_single_factor_of_a_form_is_no_lever(shop):
    shop.run("Fill", lambda op: add_people(op, 6, {"quality": 4.0}, form="full"))
    card = value.scorecard(shop, everything(), TODAY)
    assert card.lever("worth").estimate.why == "few_factors"
    assert card.net.why == "missing_levers"


def test_customers_importance_weighs_before_the_owners(shop):
    def rate(number):
        return {"problem_solved": 5.0, "fit": 1.0, "quality": 3.0}

    def owner(op):
        for factor in catalogue.factors(op):
            if factor.key == "fit":
                op.update("factors", factor.id, {"importance": 5.0})

    shop.run("Fill", lambda op: add_people(op, 6, rate))
    assert value.scorecard(shop, everything(), TODAY).weights_from == "equal"
    shop.run("Owner", owner)
    card = value.scorecard(shop, everything(), TODAY)
    assert card.weights_from == "owner"

    def customers(op):
        known = versions(op)
        for sheet in op.rows("SELECT id FROM assessments"):
            shares = {factor.key: 1.0 for factor in catalogue.factors(op)} | {"problem_solved": 4.0}
            value.answer(op, sheet["id"], known["importance"], None, text=json.dumps(shares))
            points = {"worth": 4.0, "benefits": 2.0, "costs": 2.0, "drawbacks": 2.0}
            value.answer(op, sheet["id"], known["lever_points"], None, text=json.dumps(points))

    shop.run("Weigh", customers)
    card = value.scorecard(shop, everything(), TODAY)
    assert (card.weights_from, card.points_from) == ("customers", "customers")
    assert card.lever("worth").estimate.value == pytest.approx((4 * 5 + 1 * 1 + 1 * 3) / 6)
    assert card.lever("worth").multiplier == pytest.approx(1.6)


def test_what_matters_to_fewer_than_five_is_no_weight(shop):
    def work(op):
        add_people(op, 6, lambda number: {"problem_solved": 5.0, "fit": 1.0, "quality": 3.0})
        known = versions(op)
        for place, sheet in enumerate(op.rows("SELECT id FROM assessments ORDER BY id")):
            shares = {"problem_solved": 2.0, "quality": 2.0} | ({"fit": 5.0} if place < 4 else {})
            value.answer(op, sheet["id"], known["importance"], None, text=json.dumps(shares))

    shop.run("Fill", work)
    card = value.scorecard(shop, everything(), TODAY)
    assert card.weights_from == "customers"
    assert [card.factor(key).weight for key in ("problem_solved", "fit", "quality")] == pytest.approx([1 / 3] * 3)


def test_gaps_between_guess_and_customers_are_named(shop):
    def work(op):
        add_people(op, 30, lambda number: {"quality": 2.0 + number % 2, "fit": 4.0 + number % 2, "price_level": 4.0})
        add_sheet(op, TODAY - timedelta(days=400), {"quality": 1.0}, kind="owner")
        add_sheet(op, TODAY, {"quality": 5.0, "fit": 2.0, "price_level": 1.0}, kind="owner")

    shop.run("Fill", work)
    card = value.scorecard(shop, everything(), TODAY)
    assert card.factor("quality").gap == pytest.approx(2.5)
    assert card.factor("quality").verdict == "blind_spot"
    assert card.factor("fit").gap == pytest.approx(-2.5)
    assert card.factor("fit").verdict == "hidden_strength"
    # A burden rated too light is as optimistic as a gain rated too high.
    assert card.factor("price_level").gap == pytest.approx(3.0)
    assert card.factor("price_level").verdict == "blind_spot"
    assert card.guessed_on == TODAY


def test_a_new_wording_is_not_averaged_with_the_old(shop):
    def reword(op):
        old = op.row(
            "SELECT version.* FROM question_versions AS version JOIN questions ON questions.id = question_id"
            " WHERE key = 'quality'"
        )
        op.update("question_versions", old["id"], {"active": 0})
        op.insert("question_versions", {
            "question_id": old["question_id"], "series": 2, "language": "en", "wording": "Anew", "anchors": "{}",
        })  # fmt: skip

    shop.run("Fill", lambda op: add_people(op, 8, {"quality": 2.0}))
    shop.run("Reword", reword)
    shop.run("Fill", lambda op: [add_sheet(op, TODAY, {"quality": 5.0}) for _ in range(4)])
    quality = value.scorecard(shop, everything(), TODAY).factor("quality").estimate
    assert (quality.value, quality.n) == (2.0, 8)
    shop.run("Fill", lambda op: add_sheet(op, TODAY, {"quality": 5.0}))
    quality = value.scorecard(shop, everything(), TODAY).factor("quality").estimate
    assert (quality.value, quality.n) == (5.0, 5)


def test_a_breakdown_of_fewer_than_five_people_is_hidden(shop):
    def work(op):
        segment = catalogue.ensure(op, "segments", "Trade")
        factors = {factor.key: 4.0 for factor in catalogue.factors(op)}
        add_people(op, 10, factors)
        add_people(op, 4, factors, segment_id=segment)
        return segment

    segment = shop.run("Fill", work).result
    assert value.scorecard(shop, everything(), TODAY).net.n == 14
    few = value.scorecard(shop, everything(segment=segment), TODAY)
    assert (few.net.value, few.net.n, few.net.why) == (None, 4, "few_answers")
    assert all(factor.estimate.value is None for lever in few.levers for factor in lever.factors)


def test_the_guess_counts_up_as_it_is_given(shop):
    factors = catalogue.factors(shop)
    assert guess_result({}, factors).net is None
    part = guess_result({"quality": 4.0, "support": 5.0}, factors)
    assert (part.levers["worth"], part.levers["benefits"], part.levers["costs"], part.net) == (4.0, 5.0, None, None)
    assert part.get == pytest.approx(9.0)
    whole = guess_result(
        {"quality": 4.0, "support": 5.0, **{f.key: 2.0 for f in factors if f.lever in ("costs", "drawbacks")}}, factors
    )
    assert whole.give == pytest.approx(4.0)
    assert whole.net == pytest.approx(5.0)


def test_evidence_is_what_confirmed_themes_say(shop):
    def work(op):
        theme = next(theme for theme in themes.themes(op) if theme.factor_key == "quality")
        other = next(theme for theme in themes.themes(op) if theme.factor_key == "fit")
        for day in range(1, 9):
            entry = op.insert("entries", {"date": f"2026-05-{day:02d}", "text": f"Day {day}"})
            themes.tag_entry(
                op, entry, theme.id if day < 8 else other.id, "confirmed" if day != 7 else "suggested", "owner"
            )
        complaint = add_complaint(op, 1, date(2026, 5, 4), {}, text="Burnt")
        op.insert("complaint_themes", {"complaint_id": complaint, "theme_id": theme.id})

    shop.run("Fill", work)
    found = value.evidence(shop, "quality", everything(), date(2026, 12, 31), 2)
    assert (found.entries, found.complaints) == (6, 1)
    assert [proof.text for proof in found.latest_entries] == ["Day 6", "Day 5"]
    assert found.latest_complaints[0].text == "Burnt"
    assert value.evidence(shop, "quality", everything(end=date(2026, 5, 3)), date(2026, 12, 31)).entries == 3
    early = value.evidence(shop, "quality", everything(), date(2026, 5, 3))
    assert (early.entries, early.complaints, len(early.latest_entries)) == (3, 0, 3)


def test_answers_after_today_do_not_count(shop):
    shop.run("Fill", lambda op: add_people(op, 5, {"quality": 4.0}))
    assert latest(shop, everything(end=TODAY), TODAY - timedelta(days=1)).column("quality") == {}
