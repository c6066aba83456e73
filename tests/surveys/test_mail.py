"""A survey as an e-mail text: what is written into a reply comes back, whatever the mail programs do to it."""

from __future__ import annotations

import re
import textwrap
import time
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cvdesk.catalogue.records import Question
from cvdesk.surveys import store
from cvdesk.surveys.records import Survey
from cvdesk.surveys.records_items import Item, items
from cvdesk.surveys.records_mail import mail_text
from cvdesk.surveys.records_reply import Reply, codes_in, read_reply
from cvdesk.surveys.records_return import what
from cvdesk.surveys.store_return import read_files, reply_to
from cvdesk.value.records import AnswerValue
from tests.figures.shop import new_shop
from tests.surveys.paper import asked, make_sheets, make_survey

CODE = "ZZ34-4FYJ"
SURVEY = Survey(1, "Bread round", "own", (1, 2, 3, 4, 5, 6), date(2026, 11, 2), greeting="You were with us in spring.")
ANCHORS = {"1": "Not at all: the problem is still there", "3": "Partly: some is solved", "5": "Completely"}
ASKED = items(
    [
        Question(1, "solved", "solved", "scale5", "How well did {offer} solve the problem you came with?", "",
                 ANCHORS, "worth"),
        Question(2, "fit", "fit", "scale5", "How well did it fit what you really needed, with nothing missing and "
                 "nothing you had no use for?", "", {}, "worth"),
        Question(3, "recommend", None, "scale0_10", "How likely are you to recommend {business}?", "", {"0": "No"}),
        Question(4, "had_problem", None, "yes_no", "Did anything go wrong?", "", {}),
        Question(5, "keep", None, "text", "What is the one thing we should keep?", "", {}),
        Question(6, "change", None, "text", "What is the one thing we should change?", "", {}),
    ],
    [], "Harbour Bakery", "our bread",
)  # fmt: skip
BODY = mail_text(SURVEY, ASKED, CODE, "Harbour Bakery", "Anna")[1]


def written(body: str, typed: dict[int, str]) -> str:
    """The form with these answers between its brackets."""
    for number, said in typed.items():
        body = re.sub(rf"(Answer {number}: \[)\s+\]", lambda found, said=said: f"{found[1]}{said}]", body)
    return body


def quoted(text: str, sign: str = "> ") -> str:
    return "\n".join(sign + row for row in text.split("\n"))


def said(reply: Reply) -> dict[int, AnswerValue]:
    """Number of the question -> answer."""
    return {item.number: reply.given[item.field] for item in ASKED if item.field in reply.given}


def value(number: float) -> AnswerValue:
    return AnswerValue("answered", float(number))


def test_the_text_asks_everything_within_the_width_of_a_mail():
    subject, body = mail_text(SURVEY, ASKED, CODE, "Harbour Bakery", "Anna")
    assert subject == "A few questions from Harbour Bakery (ZZ34-4FYJ)"
    for text in ("Dear Anna,", "You were with us in spring.", "Answer 6: [", f"Code {CODE}", "our bread", "Thank you."):
        assert text in body
    assert max(len(row) for row in body.split("\n")) <= 66
    assert read_reply(body, ASKED).returned.empty


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("4", value(4)), (" 4 ", value(4)), ("４", value(4)), ("٤", value(4)), ("4 out of 5", value(4)),
        ("4/5", value(4)), ("x 4", value(4)), ("4.", value(4)), ("completely", value(5)),
        ("n/a", AnswerValue("not_apply", None)), ("-", AnswerValue("not_apply", None)),
        ("—", AnswerValue("not_apply", None)), ("Does not apply", AnswerValue("not_apply", None)),
    ],
)  # fmt: skip
def test_ways_to_write_a_number(typed, meant):
    assert said(read_reply(written(BODY, {1: typed}), ASKED)) == {1: meant}


@pytest.mark.parametrize("typed", ["7", "0", "3-4", "4.5", "2 3", "dunno", "44", "-3"])
def test_what_is_no_answer_is_shown_instead_of_guessed(typed):
    reply = read_reply(written(BODY, {1: typed}), ASKED)
    assert reply.given == {}
    assert reply.unread == {"q1": typed}


@pytest.mark.parametrize(("typed", "meant"), [("yes", 1), ("No!", 0), ("ja", 1), ("NEIN", 0), ("Yes, twice", 1)])
def test_yes_and_no(typed, meant):
    assert said(read_reply(written(BODY, {4: typed}), ASKED)) == {4: value(meant)}


@pytest.mark.parametrize(
    "line",
    [
        "Answer 1: 4",
        "Answer 1: [ ] 4",
        "Answer 1: [   ]\n    4",
        "ANSWER 1:[4",
        "Answer  1 :  ［4］",
        "answer 1: [x] 4",
    ],
)
def test_brackets_may_be_lost(line):
    body = re.sub(r"Answer 1: \[ +\]", line, BODY)
    assert said(read_reply(quoted(body), ASKED)) == {1: value(4)}


def test_answers_below_each_quoted_question():
    body = quoted(BODY).replace("> " + "    Answer 5: [          ]", ">     Answer 5: [          ]\n\nThe rye.\n")
    body = body.replace(">     Answer 2: [   ]", ">     Answer 2: [   ]\n2")
    reply = read_reply("Hi,\nanswers below.\n\n" + body, ASKED)
    assert said(reply) == {2: value(2), 5: AnswerValue("answered", None, "The rye.")}


def test_a_list_above_the_form():
    text = "Hello!\n1: 4\n2) 5\n3 - 10\n4. yes\n5: The rye bread\n\nOn 3 Nov 2026, Harbour Bakery wrote:\n" + quoted(
        BODY
    )
    reply = said(read_reply(text, ASKED))
    assert reply == {
        1: value(4),
        2: value(5),
        3: value(10),
        4: value(1),
        5: AnswerValue("answered", None, "The rye bread"),
    }


def test_a_list_without_the_form():
    assert said(read_reply("1: 4\n2: n/a\n", ASKED)) == {1: value(4), 2: AnswerValue("not_apply", None)}


def test_a_form_whose_words_have_changed_since_is_still_read():
    older = [replace(item, wording=f"Formerly: {item.wording}", anchors={"2": "Old"}) for item in ASKED]
    body = written(mail_text(SURVEY, older, CODE, "The old name")[1], {1: "2", 5: "Rye bread"})
    reply = read_reply(quoted(body), ASKED)
    assert said(reply) == {1: value(2), 5: AnswerValue("answered", None, "Rye bread")}
    assert reply.unread == {}


def test_a_cross_beside_the_words():
    assert said(read_reply(BODY.replace("    3 = Partly", "  x 3 = Partly"), ASKED)) == {1: value(3)}
    assert said(read_reply(BODY.replace("5 = Completely", "5 = Completely [x]"), ASKED)) == {1: value(5)}


def test_words_with_brackets_and_a_signature_stay_apart():
    body = written(BODY, {6: "Open [much] earlier"}) + "\n-- \nAnna [Bell]\n"
    assert said(read_reply(body, ASKED)) == {6: AnswerValue("answered", None, "Open [much] earlier")}


def test_codes_are_found_however_they_are_written():
    assert codes_in("Re: questions (zz34-4fyj)") == [CODE]
    assert codes_in("Code: ZZ34–4FYJ and ZZ34-4FYK and bread") == [CODE]


def rewrapped(text: str, width: int, sign: str) -> str:
    """As a mail program sends a text on: lines broken at a width, each of them quoted."""
    rows = []
    for row in text.split("\n"):
        rows += textwrap.wrap(row, width, break_long_words=False, drop_whitespace=True) or [""]
    return "\n".join(sign + row for row in rows)


WORDS = st.lists(
    st.text(
        st.characters(categories=["L", "Nd", "Po", "So"], exclude_characters="[]［］【】〔〕>|›»:>/?-.…·"),
        min_size=2, max_size=9,
    ), min_size=2, max_size=30,
).map(" ".join)  # fmt: skip
TYPED = st.fixed_dictionaries({}, optional={
    1: st.integers(1, 5).map(str) | st.just("n/a"), 2: st.integers(1, 5).map(str), 3: st.integers(0, 10).map(str),
    4: st.sampled_from(["yes", "no"]), 5: WORDS, 6: WORDS,
})  # fmt: skip


@given(
    TYPED, st.integers(40, 90), st.lists(st.sampled_from(["> ", ">", ">> ", "| "]), max_size=3), st.booleans(),
    st.sampled_from(["", "Hello there,\nhere are my answers.\n\n", "On Mon, 2 Nov 2026 at 10:30 Harbour wrote:\n"]),
)  # fmt: skip
def test_what_is_typed_comes_back_quoted_and_broken_otherwise(typed, width, signs, blanks, above):
    text = written(BODY, typed)
    for sign in signs:
        text = rewrapped(text, width, sign)
    if blanks:  # as words of HTML come: no indents, hard blanks, no empty lines
        text = re.sub(r"\n\s*\n", "\n", text).replace("   ", " \u00a0 ")
    found = said(read_reply(above + text, ASKED))
    assert set(found) == set(typed)
    for number, words in typed.items():
        answer = found[number]
        if number in (5, 6):
            assert answer.text.split() == words.split()
        elif words == "n/a":
            assert answer.state == "not_apply"
        else:
            assert answer.value == {"yes": 1, "no": 0}.get(words) or answer.value == float(
                {"yes": 1, "no": 0}.get(words, words)
            )


@given(TYPED, st.permutations(range(6)))
def test_answers_in_any_order(typed, order):
    head, *blocks = re.split(r"\n\n(?=\d\. )", written(BODY, typed))
    last, end = blocks[-1].split("\n\n", 1)
    blocks[-1] = last
    text = "\n\n".join([head, *(blocks[place] for place in order), end])
    assert set(said(read_reply(text, ASKED))) == set(typed)


@given(st.text(max_size=400))
def test_any_text_is_read_without_harm(text):
    assert isinstance(read_reply(text, ASKED), Reply)
    codes_in(text)


def test_a_reply_saved_as_a_file_comes_in_like_a_form(tmp_path):
    with new_shop(tmp_path) as file:
        (sheet,) = make_sheets(file, make_survey(file, "minute"))
        survey = store.get(file, sheet.survey_id)
        parts: list[Item] = asked(file, sheet)
        body = mail_text(survey, parts, sheet.code, "Corner shop")[1]
        reply = tmp_path / "reply.txt"
        reply.write_text(quoted(written(body, {1: "4", 2: "9"})), encoding="utf-8")
        mail = tmp_path / "reply.eml"
        head = (
            f"From: anna@example.org\nSubject: Re: questions ({sheet.code})\nContent-Type: text/html; charset=utf-8\n\n"
        )
        page = quoted(written(body, {1: "4"})).replace(">", "&gt;").replace("\n", "<br>")
        mail.write_text(f"{head}<div>{page}</div>", encoding="utf-8")
        stranger = tmp_path / "other.txt"
        stranger.write_text("Dear Sir, your invoice.", encoding="utf-8")
        found = read_files(file, [reply, mail, stranger])
        assert [one.outcome for one in found] == ["ready", "twice", "foreign"]
        assert found[0].left_out == ("Question 2: “9” is no answer to it, so it is left out.",)
        assert what(found[0]) == "1 of 6 questions answered."
        brought, read, again = reply_to(file, sheet.id, quoted(written(body, {1: "5"})))
        assert (brought.outcome, len(again)) == ("ready", 6)
        assert read.given[again[0].field] == AnswerValue("answered", 5.0)


@pytest.mark.parametrize("piece", ["Answer 1: [", "Answer ", "1:\n", "> ", " ", "\n", "]", "ZZ34-4FYJ ", BODY])
def test_a_text_made_to_be_slow_is_read_soon(piece):
    began = time.monotonic()
    read_reply(piece * (400_000 // len(piece)), ASKED)
    codes_in(piece * (400_000 // len(piece)))
    assert time.monotonic() - began < 15


@pytest.mark.parametrize("mark", ["Antwort {}: [", "Réponse {} : [", "回答 {}：［", "Svar {}: [ "])
def test_a_form_that_was_translated_on_the_way_is_read_by_its_brackets(mark):
    body = written(BODY, {1: "4", 2: "n/a", 3: "10", 5: "Das [gute] Brot"})
    body = re.sub(r"Answer (\d+): \[", lambda found: mark.format(found[1]), body)
    for ours, theirs in (("How", "Wie"), ("Did anything", "Ging etwas"), ("What", "Was"), ("Thank you", "Danke")):
        body = body.replace(ours, theirs)
    assert said(read_reply(quoted(body), ASKED)) == {
        1: value(4),
        2: AnswerValue("not_apply", None),
        3: value(10),
        5: AnswerValue("answered", None, "Das [gute] Brot"),
    }


def test_a_list_above_a_translated_form_counts_and_the_form_itself_invents_nothing():
    body = re.sub(r"Answer (\d+): \[", r"Antwort \1: [", BODY).replace("How", "Wie").replace("What", "Was")
    body = body.replace("Did", "Ging")
    assert read_reply(quoted(body), ASKED).given == {}
    assert said(read_reply("1. 4\n5. Das Brot\n\nAnna schrieb:\n" + quoted(body), ASKED)) == {
        1: value(4),
        5: AnswerValue("answered", None, "Das Brot"),
    }
    bare = re.sub(r"(?m)^ +Antwort.*$", "", body)
    assert read_reply(bare, ASKED).given == {}


def test_thanks_in_the_same_line_as_an_empty_answer_are_no_answer():
    body = re.sub(r"\n\s*(?=Thank you\.)", " ", BODY)
    assert read_reply(body, ASKED).given == {}
