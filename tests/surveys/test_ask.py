"""Whom to ask: neutral, rested, reachable; reminding once."""

import random
from collections import Counter
from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cvdesk.catalogue import store as catalogue
from cvdesk.errors import UserError
from cvdesk.surveys import store, store_ask
from cvdesk.surveys.records import Returned, Survey, composed
from cvdesk.surveys.store_ask import Audience, Candidate
from cvdesk.surveys.store_lists import asked_rows, survey_card, survey_rows
from cvdesk.surveys.store_rounds import ALL, BY_HAND, RANDOM, Round, rounds
from cvdesk.value import store as value
from cvdesk.value.records import AnswerValue
from tests.figures.shop import add_customer, new_shop

DAY = date(2026, 6, 17)


@pytest.fixture
def file(tmp_path):
    with new_shop(tmp_path) as opened:
        yield opened


def make_survey(file, form="minute", **more) -> Survey:
    asked = composed(form, catalogue.questions(file), catalogue.factors(file))
    made = Survey(None, "Bread round", form, tuple(one.version_id for one in asked), None, **more)
    return store.get(file, file.run("Survey", lambda op: store.save(op, made)).result)


def add_buyer(file, name, bought=DAY, email="x@example.org", **more):
    def made(op):
        customer = add_customer(op, name, more.get("segment"))
        op.insert("purchases", {"customer_id": customer, "date": bought.isoformat(),
                                "offering_id": more.get("offering")})  # fmt: skip
        if email:
            op.insert("contacts", {"customer_id": customer, "kind": "email", "value": email, "match_key": email})
        for tag in more.get("tags", ()):
            op.insert("customer_tags", {"customer_id": customer, "tag_id": catalogue.ensure(op, "tags", tag)})
        return customer

    return file.run("Add", made).result


def ask(file, survey, customers, day=DAY, way="email", choice=ALL, **more):
    made = Round(day, way, choice, len(customers), len(customers))
    return file.run("Ask", lambda op: store_ask.hand_out(op, survey.id, day, made, customers, **more)).result


def names(some):
    return [one.name for one in some]


def everybody(file, way="email", today=DAY, **limits):
    return store_ask.candidates(file, Audience(**limits), way, today)


def test_those_who_bought_lately_with_an_address_may_be_asked(file):
    add_buyer(file, "Anna")
    add_buyer(file, "Ben", email="")
    add_buyer(file, "Carla", bought=DAY - timedelta(days=60))
    add_buyer(file, "Dora", bought=DAY - timedelta(days=500))
    found = everybody(file)
    assert (names(found.fitting), names(found.unreachable)) == (["Anna", "Carla"], ["Ben"])
    assert names(everybody(file, "paper").fitting) == ["Anna", "Ben", "Carla"]
    assert names(everybody(file, bought_days=30).fitting) == ["Anna"]


def test_a_list_of_customers_nothing_was_heard_of_yet_can_be_asked_too(file):
    add_buyer(file, "Anna")
    add_buyer(file, "Dora", bought=DAY - timedelta(days=500))
    barred = add_buyer(file, "Emil", tags=["Do not contact"])
    assert names(everybody(file).fitting) == ["Anna"]
    found = everybody(file, everybody=True)
    assert (names(found.fitting), [one.id for one in found.barred]) == (["Anna", "Dora"], [barred])


def test_the_filter_keeps_to_group_tag_and_product(file):
    def lists(op):
        return [catalogue.ensure(op, table, "Rye") for table in ("segments", "offerings", "tags")]

    segment, offering, tag = file.run("Lists", lists).result
    add_buyer(file, "Anna", segment=segment)
    add_buyer(file, "Ben", offering=offering)
    add_buyer(file, "Carla", tags=["Rye"])
    assert names(everybody(file, segment=segment).fitting) == ["Anna"]
    assert names(everybody(file, offering=offering).fitting) == ["Ben"]
    assert names(everybody(file, tag=tag).fitting) == ["Carla"]


def test_who_is_tagged_do_not_contact_is_never_asked(file):
    anna = add_buyer(file, "Anna", tags=["Do not contact"])
    assert names(everybody(file).barred) == ["Anna"]
    with pytest.raises(UserError, match="Anna was asked lately, or is not to be asked"):
        ask(file, make_survey(file), [anna])


@pytest.mark.parametrize("anonymous", [False, True])
def test_nobody_is_asked_again_within_the_rest_time_by_any_survey(file, anonymous):
    five = [add_buyer(file, f"A{number}") for number in range(5)]
    add_buyer(file, "Ben")
    first, second = make_survey(file, anonymous=anonymous), make_survey(file, "short")
    ask(file, first, five, DAY - timedelta(days=89))
    assert (names(everybody(file).fitting), len(everybody(file).asked_lately)) == (["Ben"], 5)
    with pytest.raises(UserError, match="Nothing was handed out"):
        ask(file, second, five[:1])
    assert rounds(file, second.id).rounds == ()
    assert len(everybody(file, today=DAY + timedelta(days=1)).fitting) == 6


def test_a_late_answer_begins_the_rest_anew(file):
    anna = add_buyer(file, "Anna")
    survey = make_survey(file)
    (sheet,) = store.sheets(file, ask(file, survey, [anna], DAY - timedelta(days=100)))
    answers = Returned({sheet.questions[0]: AnswerValue("answered", 4.0)})
    file.run("Take in", lambda op: store.take_in(op, sheet.id, answers, DAY - timedelta(days=5)))
    assert names(everybody(file).asked_lately) == ["Anna"]


def test_the_rest_time_is_a_setting(file):
    anna = add_buyer(file, "Anna")
    ask(file, make_survey(file), [anna], DAY - timedelta(days=40))
    file.run("Rest", lambda op: catalogue.save_setting(op, "rest_days", 30))
    assert names(everybody(file).fitting) == ["Anna"]


def test_handing_out_is_one_step_back(file):
    customers = [add_buyer(file, name) for name in ("Anna", "Ben")]
    survey = make_survey(file)
    ask(file, survey, customers, choice=BY_HAND)
    assert (store.get(file, survey.id).started, rounds(file, survey.id).by_hand) == (DAY, True)
    file.undo()
    assert store.sheets_of(file, survey.id) == []
    assert (store.get(file, survey.id).started, rounds(file, survey.id).rounds) == (None, ())
    assert names(everybody(file).fitting) == ["Anna", "Ben"]


def test_nobody_chosen_hands_nothing_out(file):
    with pytest.raises(UserError, match="Nobody is chosen"):
        ask(file, make_survey(file), [])


def test_the_draw_does_not_look_at_what_customers_think(file):
    """Those who are happy and those who are not are drawn equally often, over many draws (5 sigma)."""
    ids = {}
    for number in range(20):
        happy = number % 2 == 0
        ids[add_buyer(file, f"C{number:02}")] = happy

    def rate(op):
        for place, (customer, happy) in enumerate(ids.items()):
            op.insert("complaints", {"number": place + 1, "date": DAY.isoformat(), "customer_id": customer,
                                     "severity": "minor" if happy else "serious"})  # fmt: skip

    file.run("Complaints", rate)
    fitting = everybody(file).fitting
    assert {one.id for one in fitting} == set(ids)
    drawn = Counter(
        one.id for seed in range(2000) for one in store_ask.chosen_at_random(fitting, 5, random.Random(seed))
    )
    of_happy = sum(count for one, count in drawn.items() if ids[one])
    assert abs(of_happy - 5000) < 5 * (10_000 * 0.25) ** 0.5
    assert all(abs(count - 500) < 5 * (2000 * 0.25 * 0.75) ** 0.5 for count in drawn.values())


@given(st.integers(0, 40), st.none() | st.integers(0, 50), st.integers())
def test_a_draw_takes_as_many_as_wanted_each_once_in_the_same_order(count, most, seed):
    among = [Candidate(number, str(number), "", "", "", None) for number in range(count)]
    drawn = [one.id for one in store_ask.chosen_at_random(among, most, random.Random(seed))]
    assert len(drawn) == (count if most is None else min(most, count))
    assert drawn == sorted(set(drawn))


def test_whoever_has_not_answered_is_reminded_once_after_a_week(file):
    anna, ben = add_buyer(file, "Anna"), add_buyer(file, "Ben")
    survey = make_survey(file)
    sheets = store.sheets(file, ask(file, survey, [anna, ben]))
    answers = Returned({sheets[0].questions[0]: AnswerValue("answered", 4.0)})
    file.run("Take in", lambda op: store.take_in(op, sheets[0].id, answers, DAY))
    later = DAY + timedelta(days=7)
    assert store_ask.to_remind(file, survey, later - timedelta(days=1)) == []
    assert [one.customer.name for one in store_ask.to_remind(file, survey, later)] == ["Ben"]
    file.run("Remind", lambda op: store_ask.remind(op, survey.id, [ben], later))
    assert store_ask.to_remind(file, survey, later + timedelta(days=30)) == []
    with pytest.raises(UserError, match="reminded once at most"):
        file.run("Remind", lambda op: store_ask.remind(op, survey.id, [ben], later))
    assert store.asked_by_way(file, survey.id)["email"].asked == 2
    assert {row.name: row.reminded for row in asked_rows(file, survey)} == {"Anna": None, "Ben": later}


def test_an_anonymous_survey_shows_who_was_asked_and_nothing_more(file):
    five = [add_buyer(file, f"A{number}") for number in range(5)]
    survey = make_survey(file, anonymous=True)
    sheet = store.sheets(file, ask(file, survey, five))[2]
    file.run("Take in", lambda op: store.take_in(
        op, sheet.id, Returned({sheet.questions[0]: AnswerValue("answered", 4.0)}), DAY))  # fmt: skip
    rows = asked_rows(file, survey)
    assert [row.name for row in rows] == ["A0", "A1", "A2", "A3", "A4"]
    assert {(row.known, row.answered, row.code) for row in rows} == {(False, None, "")}
    assert store_ask.to_remind(file, survey, DAY + timedelta(days=30)) == []


def test_fewer_than_five_are_never_asked_without_names(file):
    four = [add_buyer(file, f"A{number}") for number in range(4)]
    survey = make_survey(file, anonymous=True)
    with pytest.raises(UserError, match="could be recognised"):
        ask(file, survey, four)
    assert asked_rows(file, survey) == []
    assert len(ask(file, make_survey(file), four)) == 4


def test_the_card_counts_what_came_back(file):
    customers = [add_buyer(file, f"C{number}") for number in range(12)]
    survey = make_survey(file)
    sheets = store.sheets(file, ask(file, survey, customers, choice=RANDOM))
    worth, words = (next(one.version_id for one in store.questions(file, survey) if one.key == key)
                    for key in ("worth_it", "comment_change"))  # fmt: skip

    def take(op):
        for place, sheet in enumerate(sheets[:10]):
            value = 5.0 if place < 7 else 3.0
            answers = {worth: AnswerValue("answered", value)}
            if place == 0:
                answers[words] = AnswerValue("answered", None, "Bake <b>more</b> rye")
            store.take_in(op, sheet.id, Returned(answers), DAY)

    file.run("Take in", take)
    card = survey_card(file, survey.id)
    assert (card.answers, card.worth_it.n, card.worth_it.value) == (10, 10, 0.7)
    assert [(one.text, one.name) for one in card.comments] == [("Bake <b>more</b> rye", "C0")]
    (row,) = survey_rows(file)
    assert (row.asked, row.answered, row.last, row.share.n) == (12, 10, DAY, 12)


def test_an_ended_survey_is_not_reminded_of(file):
    anna = add_buyer(file, "Anna")
    survey = make_survey(file)
    ask(file, survey, [anna])
    file.run("End", lambda op: store_ask.end(op, survey.id, DAY))
    assert store_ask.to_remind(file, store.get(file, survey.id), DAY + timedelta(days=30)) == []
    assert replace(survey, started=DAY, ended=DAY) == store.get(file, survey.id)


def test_answers_taken_down_on_the_phone_answer_the_sheet(file):
    anna = add_buyer(file, "Anna")
    survey = make_survey(file)
    (sheet,) = store.sheets(file, ask(file, survey, [anna], way="phone"))
    later = DAY + timedelta(days=2)

    def ring(op):
        begun = store.begin(op, sheet, later, "phone")
        value.answer(op, begun, sheet.questions[0], 4.0)
        value.finish(op, begun)

    file.run("Phone", ring)
    (row,) = asked_rows(file, survey)
    assert (row.name, row.answered, store.asked_by_way(file, survey.id)["phone"].answered) == ("Anna", later, 1)


def test_who_is_asked_twice_counts_once_with_the_latest_answer(file):
    customers = [add_buyer(file, f"C{number}") for number in range(10)]
    survey = make_survey(file)
    worth = next(one.version_id for one in store.questions(file, survey) if one.key == "worth_it")
    for days, value_given in ((200, 1.0), (0, 5.0)):
        day = DAY - timedelta(days=days)
        for sheet in store.sheets(file, ask(file, survey, customers, day)):
            answers = Returned({worth: AnswerValue("answered", value_given)})
            file.run("Take in", lambda op, s=sheet, a=answers, d=day: store.take_in(op, s.id, a, d))
    share = survey_card(file, survey.id).worth_it
    assert (share.n, share.value) == (10, 1.0)
