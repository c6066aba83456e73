"""What customers value, set up by the owner: factors, wordings and their series, own questions, trades."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cvdesk.catalogue import store as catalogue
from cvdesk.catalogue import store_factors as factors
from cvdesk.catalogue import store_questions as questions
from cvdesk.catalogue import store_trades as trades
from cvdesk.catalogue import store_wording as wordings
from cvdesk.catalogue.records import LEVERS, Business, Filter, Period, Question
from cvdesk.catalogue.records_factors import (
    ANCHORS,
    LONGEST_QUESTION,
    TYPES,
    FactorDraft,
    FactorSetUp,
    QuestionDraft,
    Wording,
    as_keywords,
    factor_problems,
    proposed,
    question_problems,
    tidy,
    type_name,
    wording_problems,
)
from cvdesk.db import BusinessFile
from cvdesk.errors import UserError
from cvdesk.exchange.new import make_business
from cvdesk.surveys import store as surveys
from cvdesk.surveys.records import Survey, composed
from cvdesk.themes import store as themes
from cvdesk.value import store as value
from cvdesk.value.store_answers import latest

TODAY = date(2026, 11, 21)
YEAR = Filter(Period(date(2025, 11, 22), TODAY))
PARKING = FactorDraft("Parking", "costs", TYPES["costs"][2], proposed("Parking", "costs"), ("parking", "car"))


@pytest.fixture
def file(tmp_path: Path) -> Iterator[BusinessFile]:
    with make_business(tmp_path / "bakery.cvdesk", Business("Harbour Bakery")) as made:
        yield made


def factor(file: BusinessFile, key: str) -> FactorSetUp:
    return next(one for one in factors.factors_set_up(file) if one.key == key)


def asked(file: BusinessFile, key: str) -> Question:
    return next(one for one in catalogue.questions(file) if one.key == key)


def add_parking(file: BusinessFile) -> FactorSetUp:
    made = file.run("Add", lambda op: factors.add_factor(op, PARKING)).result
    return next(one for one in factors.factors_set_up(file) if one.id == made)


def answered(file: BusinessFile, key: str, count: int, number: float, day: date = TODAY) -> None:
    """So many people without a name rate a question."""

    def work(op) -> None:
        for _person in range(count):
            sheet = value.start(op, "customer", "full", day)
            value.answer(op, sheet, asked(file, key).version_id, number)
            value.finish(op, sheet)

    file.run("Answers", work)


def change(file: BusinessFile, key: str, customer: str, same: bool = False) -> None:
    before = factor(file, key)
    draft = FactorDraft(before.label, before.lever, before.type, replace(before.wording, customer=customer))
    file.run("Change", lambda op: factors.change_factor(op, before, draft, same))


def score(file: BusinessFile, key: str) -> tuple[float | None, int]:
    estimate = value.scorecard(file, YEAR, TODAY).factor(key).estimate
    return estimate.value, estimate.n


def test_a_new_file_has_the_bank_lever_by_lever(file: BusinessFile):
    found = factors.factors_set_up(file)
    assert len(found) == 25
    assert [one.lever for one in found] == sorted((one.lever for one in found), key=LEVERS.index)
    assert sum(one.core for one in found) == 12
    assert not any(one.reworded or one.own for one in found)
    assert all(one.type in TYPES[one.lever] for one in found)
    assert all(type_name(kind) != kind for kinds in TYPES.values() for kind in kinds)


def test_an_own_factor_is_asked_scored_and_has_its_theme(file: BusinessFile):
    parking = add_parking(file)
    assert parking.own
    assert parking.wording.customer == "Even when all goes to plan: how much does parking take out of you?"
    listed = [one.key for one in catalogue.factors(file)]
    assert listed.index(parking.key) == 19, "last under costs, before the drawbacks"
    assert asked(file, parking.key).lever == "costs"
    full = composed("full", catalogue.questions(file), catalogue.factors(file))
    assert [one.key for one in full][19] == parking.key
    theme = next(one for one in themes.themes(file) if one.name == "Parking")
    assert theme.factor_key == parking.key
    assert set(theme.keywords) == {"parking", "car"}
    answered(file, parking.key, 6, 4.0)
    assert score(file, parking.key) == (4.0, 6)
    file.undo()
    file.undo()
    assert all(one.name != "Parking" for one in themes.themes(file))
    assert len(factors.factors_set_up(file)) == 25


def test_a_theme_of_that_name_goes_over_to_the_new_factor(file: BusinessFile):
    access = factor(file, "access")
    known = file.run("Theme", lambda op: themes.add_theme(op, "Parking", access.id, ["bay"])).result
    parking = add_parking(file)
    theme = next(one for one in themes.themes(file) if one.id == known)
    assert theme.factor_key == parking.key
    file.undo()
    assert next(one for one in themes.themes(file) if one.id == known).factor_key == "access"


def test_two_factors_never_have_one_name(file: BusinessFile):
    for label in ("Quality", " quality ", "QUALITY"):
        with pytest.raises(UserError, match="is there already, under Worth"):
            file.run("Add", lambda op, label=label: factors.add_factor(op, replace(PARKING, label=label)))
    file.run("Off", lambda op: factors.set_in_use(op, factor(file, "quality").id, False))
    with pytest.raises(UserError, match="but not in use"):
        file.run("Add", lambda op: factors.add_factor(op, replace(PARKING, label="Quality")))


def test_a_factor_out_of_use_is_neither_asked_nor_scored_and_keeps_its_answers(file: BusinessFile):
    answered(file, "quality", 6, 5.0)
    file.run("Off", lambda op: factors.set_in_use(op, factor(file, "quality").id, False))
    assert all(one.key != "quality" for one in catalogue.factors(file))
    assert all(one.key != "quality" for one in catalogue.questions(file))
    assert not factor(file, "quality").active
    with pytest.raises(KeyError):
        value.scorecard(file, YEAR, TODAY).factor("quality")
    file.run("On", lambda op: factors.set_in_use(op, factor(file, "quality").id, True))
    assert score(file, "quality") == (5.0, 6)


def test_the_last_of_a_part_of_value_stays(file: BusinessFile):
    worth = [one.id for one in factors.factors_set_up(file) if one.lever == "worth"]

    def all_off(op) -> None:
        for factor_id in worth:
            factors.set_in_use(op, factor_id, False)

    with pytest.raises(UserError, match="the last one under Worth"):
        file.run("Off", all_off)
    assert sum(one.active for one in factors.factors_set_up(file)) == 25


def test_another_question_begins_a_new_series_and_answers_are_not_mixed(file: BusinessFile):
    answered(file, "quality", 6, 5.0, date(2026, 6, 1))
    change(file, "quality", "How good is the bread?")
    assert asked(file, "quality").wording == "How good is the bread?"
    assert wordings.series_of(file, asked(file, "quality").version_id) == 2
    assert score(file, "quality") == (5.0, 6), "until five have answered the new question"
    answered(file, "quality", 7, 3.0)
    assert score(file, "quality") == (3.0, 7)
    assert factor(file, "quality").reworded
    for _step in range(2):
        file.undo()
    assert wordings.series_of(file, asked(file, "quality").version_id) == 1
    assert score(file, "quality") == (5.0, 6)


def test_a_correction_keeps_the_series(file: BusinessFile):
    answered(file, "quality", 6, 5.0)
    change(file, "quality", "How good was the quality of the work or the product you received?", same=True)
    answered(file, "quality", 6, 3.0)
    assert wordings.series_of(file, asked(file, "quality").version_id) == 1
    assert score(file, "quality") == (4.0, 12)


def test_a_wording_nobody_has_met_is_simply_changed(file: BusinessFile):
    version = asked(file, "quality").version_id
    change(file, "quality", "How good is the bread?")
    assert asked(file, "quality").version_id == version
    assert not wordings.is_used(file, version)


def test_a_wording_on_paper_that_is_out_is_kept_for_it(file: BusinessFile):
    version = asked(file, "quality").version_id
    survey = Survey(None, "Bags", "own", (version,), TODAY)

    def hand_out(op) -> None:
        saved = surveys.get(op, surveys.save(op, survey))
        surveys.hand_out(op, saved, TODAY, "paper", blank=1, draw=surveys.seeded(1))

    file.run("Survey", hand_out)
    assert wordings.is_used(file, version)
    change(file, "quality", "How good is the bread?")
    assert asked(file, "quality").version_id != version
    (kept,) = catalogue.questions_asked(file, [version])
    assert kept.wording.startswith("How good was the quality")


def test_the_programs_wording_comes_back_in_its_own_series_while_the_new_one_is_unused(file: BusinessFile):
    answered(file, "quality", 6, 5.0)
    bank = factor(file, "quality").wording
    change(file, "quality", "How good is the bread?")
    change(file, "quality", bank.customer)
    assert wordings.series_of(file, asked(file, "quality").version_id) == 1
    assert not factor(file, "quality").reworded
    change(file, "quality", "How good is the bread?")
    answered(file, "quality", 5, 2.0)
    change(file, "quality", bank.customer)
    assert wordings.series_of(file, asked(file, "quality").version_id) == 3, "the answers between are newer"
    answered(file, "quality", 5, 4.0)
    assert latest(file, YEAR, TODAY).column("quality")
    assert score(file, "quality") == (4.0, 5)


def test_what_the_owner_is_asked_may_change_without_breaking_the_series(file: BusinessFile):
    answered(file, "quality", 6, 5.0)
    before = factor(file, "quality")
    draft = FactorDraft(before.label, before.lever, before.type, replace(before.wording, owner="How good are we?"))
    file.run("Change", lambda op: factors.change_factor(op, before, draft, False))
    assert asked(file, "quality").wording_owner == "How good are we?"
    assert wordings.series_of(file, asked(file, "quality").version_id) == 1


# Own questions


def own(file: BusinessFile) -> list[str]:
    return [one.wording.customer for one in questions.questions_set_up(file) if one.own]


def add(file: BusinessFile, text: str, kind: str = "text") -> int:
    words = dict.fromkeys(ANCHORS[kind], "")
    words |= {place: f"Means {place}" for place in words}
    return file.run("Add", lambda op: questions.add_question(op, QuestionDraft(kind, Wording(text, "", words)))).result


@pytest.mark.parametrize("kind", ["scale5", "yes_no", "scale0_10", "text"])
def test_an_own_question_of_any_kind_is_on_every_longer_form(file: BusinessFile, kind: str):
    add(file, "Where did you hear of us?", kind)
    (made,) = [one for one in questions.questions_set_up(file) if one.own]
    assert set(made.wording.anchors) == set(ANCHORS[kind])
    for form in ("short", "full", "rotating"):
        keys = [one.key for one in composed(form, catalogue.questions(file), catalogue.factors(file))]
        assert keys[-3:] == [made.key, "comment_keep", "comment_change"]
    file.undo()
    assert own(file) == []


def test_own_questions_are_put_in_order_and_retired(file: BusinessFile):
    ids = [add(file, text) for text in ("First?", "Second?", "Third?")]
    file.run("Up", lambda op: questions.move_question(op, ids[2], -1))
    assert own(file) == ["First?", "Third?", "Second?"]
    file.run("Up", lambda op: questions.move_question(op, ids[0], -1))
    assert own(file) == ["First?", "Third?", "Second?"]
    file.run("Off", lambda op: questions.set_asked(op, ids[0], False))
    assert own(file) == ["Third?", "Second?", "First?"], "what is no longer asked stands last"
    full = composed("full", catalogue.questions(file), catalogue.factors(file))
    assert [one.wording for one in full if one.own] == ["Third?", "Second?"]
    file.run("On", lambda op: questions.set_asked(op, ids[0], True))
    assert len([one for one in catalogue.questions(file) if one.own]) == 3


def test_two_questions_of_one_name_have_keys_of_their_own(file: BusinessFile):
    first = add(file, "Where did you hear of us?")
    file.run("Off", lambda op: questions.set_asked(op, first, False))
    add_parking(file)
    add(file, "Parking")
    keys = [row[0] for row in file.rows("SELECT key FROM questions WHERE own = 1")]
    assert sorted(keys) == ["own-parking", "own-parking-2", "own-where-did-you-hear-of-us"]
    with pytest.raises(UserError, match="asked already"):
        add(file, "where did you hear of us? ")


def test_figures_rest_on_the_programs_questions(file: BusinessFile):
    recommend = next(one for one in questions.questions_set_up(file) if one.key == "recommend")
    with pytest.raises(ValueError, match="the program's"):
        file.run("Off", lambda op: questions.set_asked(op, recommend.id, False))
    draft = QuestionDraft("scale0_10", replace(recommend.wording, customer="Would you tell a friend to come here?"))
    file.run("Change", lambda op: questions.change_question(op, recommend, draft, False))
    changed = next(one for one in questions.questions_set_up(file) if one.key == "recommend")
    assert changed.reworded
    assert asked(file, "recommend").wording.startswith("Would you tell")


# What is wrong


def test_what_is_wrong_is_said_field_by_field(file: BusinessFile):
    others = factors.factors_set_up(file)
    long = Wording("x" * (LONGEST_QUESTION + 1), "", {"1": "a", "5": "A "})
    assert set(factor_problems(FactorDraft(" ", "costs", "", long), others)) == {"label", "customer", "anchor_5"}
    empty = factor_problems(replace(PARKING, wording=Wording(" ", "", {}), label="y" * 61), others)
    assert set(empty) == {"label", "customer", "anchor_1", "anchor_5"}
    odd = wording_problems("scale5", Wording("Dear {name}, how is {offer}?", "{x}?", {"1": "a" * 81, "5": "b"}))
    assert set(odd) == {"customer", "owner", "anchor_1"}
    assert "{name}" in odd["customer"]
    assert factor_problems(PARKING, others) == {}
    assert "keywords" in factor_problems(replace(PARKING, keywords=("a" * 61,)), others)
    assert question_problems(QuestionDraft("yes_no", Wording("All well?")), []) == {}


@given(st.text(max_size=40).filter(lambda text: text.strip()), st.sampled_from(LEVERS))
def test_any_name_makes_a_proposal_that_keeps_within_bounds(label: str, lever: str):
    wording = tidy(proposed(label, lever), "scale5")
    assert " ".join(label.split()).casefold()[1:] in wording.customer.casefold()
    problems = wording_problems("scale5", wording)
    assert problems == {} or "{" in label


@given(st.text(max_size=80))
def test_keywords_are_ready_to_be_compared(text: str):
    words = as_keywords(text)
    assert len(set(words)) == len(words)
    assert all(word and word == " ".join(word.split()) and "," not in word for word in words)


def test_a_name_in_capitals_keeps_them_in_a_sentence():
    assert "VAT invoices" in proposed("VAT invoices", "drawbacks").customer
    assert "how much did parking get" in proposed("Parking", "drawbacks").customer.casefold()


# Trades


def test_every_trade_asks_about_three_of_each_part_and_says_why(file: BusinessFile):
    levers = {one.key: one.lever for one in catalogue.factors(file)}
    assert len(trades.trades()) == 8
    for trade in trades.trades():
        counts = [sum(levers[key] == lever for key in trade.core) for lever in LEVERS]
        assert counts == [3, 3, 3, 3], trade.key
        assert all(reason.endswith(("?", ".")) for reason in trade.core.values())


def test_no_short_form_asks_what_only_those_with_trouble_can_answer():
    """Else happy customers leave a part of value with too few answers, and no value is ever shown."""
    assert all("putting_right" not in trade.core for trade in trades.trades())


@pytest.mark.parametrize("key", [trade.key for trade in trades.trades()])
def test_choosing_a_trade_does_what_its_preview_says(file: BusinessFile, key: str):
    off = next(one for one in trades.trade(key).core)
    add_parking(file)
    file.run(
        "Core",
        lambda op: factors.set_core(
            op, next(one.id for one in catalogue.factors(file) if one.key == "own-parking"), True
        ),
    )
    file.run("Off", lambda op: factors.set_in_use(op, factor(file, off).id, False))
    before = {one.key: one.core and one.active for one in factors.factors_set_up(file)}
    told = trades.changes(file, key)
    file.run("Trade", lambda op: trades.choose_trade(op, key))
    now = {one.key: one.core and one.active for one in factors.factors_set_up(file)}
    assert {one.factor.key: one.core for one in told} == {name: now[name] for name in now if now[name] != before[name]}
    assert [one.factor.key for one in told if one.back] == [off]
    assert {name for name, core in now.items() if core} == {*trades.trade(key).core, "own-parking"}
    assert trades.trade_chosen(file) == key
    assert trades.changes(file, key) == []
    file.undo()
    assert {one.key: one.core and one.active for one in factors.factors_set_up(file)} == before
    assert trades.trade_chosen(file) is None


def test_an_unknown_trade_is_an_error_of_the_program(file: BusinessFile):
    with pytest.raises(LookupError):
        trades.changes(file, "piracy")
