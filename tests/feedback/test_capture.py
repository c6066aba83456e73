"""The capture line: what becomes of what people type."""

from __future__ import annotations

import time
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cvdesk.catalogue.records import Named
from cvdesk.catalogue.store import built_in_channels
from cvdesk.customers.people import People, Person
from cvdesk.feedback.capture import ASKED, NO, SUGGESTED, CaptureContext, Captured, read
from cvdesk.themes.records import Theme

TODAY = date(2026, 11, 22)  # a Sunday
MARIA, JO, ONEILL, LUKASZ, JO_TWO, LUMEN = range(1, 7)
LATE, STAFF = 11, 12
PEOPLE = (
    Person(MARIA, "Maria Alvarez", ("the violin teacher",), ("maria@example.org", "+442079460018")),
    Person(JO, "Jo Park"),
    Person(ONEILL, "O'Neill & Sons"),
    Person(LUKASZ, "Łukasz Żak"),
    Person(JO_TWO, "Jo Underhill"),
    Person(LUMEN, "Café Lumen"),
)
THEMES = (
    Theme(LATE, "late-delivery", "Late delivery", "delivery", "drawbacks", ("late", "delay")),
    Theme(STAFF, "friendly-staff", "Friendly staff", "people", "benefits", ("friendl", "kind")),
)
CHANNELS = tuple(Named(place, key, name) for place, (key, name) in enumerate(built_in_channels(), start=101))
CHANNEL = {channel.key: channel.id for channel in CHANNELS}
OFFERINGS = (Named(201, "rye-loaf", "Rye loaf"), Named(202, "sourdough", "Sourdough"))
CONTEXT = CaptureContext(People(PEOPLE), THEMES, CHANNELS, OFFERINGS, "GB", "en_GB")
WITH_STAFF = CaptureContext(People(PEOPLE), THEMES, CHANNELS, OFFERINGS, "GB", "en_GB", ((7, "Priya"),))
EXAMPLE = "maria alvarez: bread arrived late again, 2 stars, phone, yesterday #late-delivery"


def captured(line: str, context: CaptureContext = CONTEXT) -> Captured:
    return read(line, context, TODAY)


def test_the_example_gives_the_whole_record():
    found = captured(EXAMPLE)
    assert found.text == "bread arrived late again"
    assert (found.customer_id, found.customer_name, found.candidates) == (MARIA, "", ())
    assert (found.rating, found.rating_raw, found.rating_scale) == (2.0, "2 stars", "1-5")
    assert found.channel_id == CHANNEL["phone"]
    assert found.date == date(2026, 11, 21)
    assert (found.themes, found.suggested_themes) == ((LATE,), ())
    assert (found.kind, found.complaint, found.needs_answer) == ("problem", SUGGESTED, True)
    assert found.problems == ()
    assert {(part.kind, EXAMPLE[part.start : part.end]) for part in found.parts} == {
        ("customer", "maria alvarez"), ("words", "bread arrived late again"), ("rating", "2 stars"),
        ("channel", "phone"), ("date", "yesterday"), ("theme", "#late-delivery"),
    }  # fmt: skip


@pytest.mark.parametrize(
    "line",
    [
        "2 stars, phone, yesterday, maria alvarez: bread arrived late again #late-delivery",
        "maria alvarez: phone, bread arrived late again, yesterday, #late-delivery, 2/5",
        "maria alvarez: bread arrived late again 2 stars phone yesterday #late-delivery",
        "Maria Alvarez rang: bread arrived late again, ★★, yesterday #late",
        "bread arrived late again, 2*, by phone, maria alvarez, yesterday, #late-delivery",
        "maria alvarez - bread arrived late again, rated 2, called, 21/11 #late-delivery",
        "maria@example.org: bread arrived late again, two stars, phone, last saturday #latedelivery, #late-delivery",
        "020 7946 0018: bread arrived late again, 2 out of 5, phone, 21 Nov 2026 #late-delivery",
        "Alvarez Maria: bread arrived late again, 2 stars, phone, 2026-11-21 #late-delivery",
        "maria alvarrez: bread arrived late again, 2 stars, phone, sat #late-delivery",
        "the violin teacher: bread arrived late again, 2 stars, phone, 1 day ago #late-delivery",
    ],
)
def test_the_same_said_in_other_words_and_orders(line: str):
    found = captured(line)
    assert found.customer_id == MARIA
    assert found.text == "bread arrived late again"
    assert (found.rating, found.channel_id, found.date) == (2.0, CHANNEL["phone"], date(2026, 11, 21))
    assert found.themes == (LATE,)


@pytest.mark.parametrize(
    ("typed", "rating", "scale"),
    [
        ("2 stars", 2, "1-5"), ("1 star", 1, "1-5"), ("4.5 stars", 4.5, "1-5"), ("4½ stars", 4.5, "1-5"),
        ("2/5", 2, "1-5"), ("★★", 2, "1-5"), ("★★★☆☆", 3, "1-5"), ("⭐⭐⭐⭐", 4, "1-5"), ("4*", 4, "1-5"),
        ("rated 4", 4, "1-5"), ("five out of five", 5, "1-5"), ("10/10", 5, "1-10"), ("1/10", 1, "1-10"),
        ("5.5/10", 3, "1-10"), ("0/10", 1, "0-10"), ("8/10", 1 + 4 * 7 / 9, "1-10"), ("85%", 4.4, "0-100"),
        ("4,5 stars", 4.5, "1-5"),
    ],
)  # fmt: skip
def test_ratings_are_mapped_and_kept_as_typed(typed: str, rating: float, scale: str):
    found = captured(f"Jo Park: fine, {typed}")
    assert found.rating == pytest.approx(rating, abs=1e-4)
    assert (found.rating_raw, found.rating_scale, found.text) == (typed, scale, "fine")


@pytest.mark.parametrize("typed", ["7 stars", "0 stars", "6/5", "11/10", "rated 9"])
def test_a_rating_out_of_range_is_said_and_not_kept(typed: str):
    found = captured(f"Jo Park: fine, {typed}")
    assert found.rating is None
    assert [field for field, _problem in found.problems] == ["rating"]


@pytest.mark.parametrize(
    ("typed", "day"),
    [
        ("today", TODAY), ("this morning", TODAY), ("yesterday", date(2026, 11, 21)),
        ("last night", date(2026, 11, 21)),
        ("last friday", date(2026, 11, 20)), ("fri", date(2026, 11, 20)), ("on monday", date(2026, 11, 16)),
        ("sunday", date(2026, 11, 15)), ("3/11", date(2026, 11, 3)), ("3.11.", date(2026, 11, 3)),
        ("3/11/25", date(2025, 11, 3)), ("3 Nov", date(2026, 11, 3)), ("Nov 3rd", date(2026, 11, 3)),
        ("3 November 2024", date(2024, 11, 3)), ("2026-03-11", date(2026, 3, 11)), ("2 days ago", date(2026, 11, 20)),
        ("a week ago", date(2026, 11, 15)), ("three weeks ago", date(2026, 11, 1)), ("last week", date(2026, 11, 15)),
        ("29 Feb 2024", date(2024, 2, 29)),
    ],
)  # fmt: skip
def test_days(typed: str, day: date):
    found = captured(f"Jo Park: fine, {typed}")
    assert (found.date, found.text, found.problems) == (day, "fine", ())


def test_the_country_says_which_comes_first():
    american = CaptureContext(People(PEOPLE), THEMES, CHANNELS, OFFERINGS, "US", "en_US")
    assert captured("Jo Park: fine, 3/11", american).date == date(2026, 3, 11)
    assert captured("Jo Park: fine, 3/11").date == date(2026, 11, 3)


@pytest.mark.parametrize("typed", ["tomorrow", "3 Dec", "1/12", "2027-01-01", "24 December"])
def test_a_day_to_come_is_a_problem_not_last_year(typed: str):
    found = captured(f"Jo Park: fine, {typed}")
    assert [field for field, _problem in found.problems] == ["date"]
    assert found.date == TODAY


def test_a_day_late_last_year_is_last_year_in_january():
    assert read("Jo Park: fine, 30 Dec", CONTEXT, date(2027, 1, 2)).date == date(2026, 12, 30)


@pytest.mark.parametrize(
    ("line", "text"),
    [
        ("Jo Park: bread, cold and dry, arrived late, 2 stars", "bread, cold and dry, arrived late"),
        ("shop, staff and food were excellent", "shop, staff and food were excellent"),
        ("the bread, the phone, and the internet were bad", "the bread, the phone, and the internet were bad"),
        ("note: closed on Monday", "note: closed on Monday"),
        ("bread: too salty", "bread: too salty"),
        ("great bread - but slow", "great bread - but slow"),
        ("I would give this bakery 2 stars", "I would give this bakery 2 stars"),
        ("come at 10:30 or see http://example.org, please", "come at 10:30 or see http://example.org, please"),
        ("Jo Park: we are your #1 fans", "we are your #1 fans"),
        ("Jo Park: he said “never again, 1 star, phone” and left", "he said “never again, 1 star, phone” and left"),
        ("Jo Park: the phone was busy yesterday", "the phone was busy yesterday"),
    ],
)
def test_words_survive(line: str, text: str):
    assert captured(line).text == text


def test_stars_inside_the_words_count_and_stay():
    found = captured("I would give this bakery 2 stars")
    assert (found.rating, found.complaint) == (2.0, SUGGESTED)


def test_two_who_fit_are_candidates_and_must_be_chosen():
    found = captured("jo: nice rolls")
    assert (found.customer_id, found.customer_name, found.text) == (None, "", "nice rolls")
    assert {candidate.id for candidate in found.candidates} == {JO, JO_TWO}
    assert [field for field, _problem in found.problems] == ["customer"]


def test_somebody_new_is_proposed_and_a_doubtful_name_asked_about():
    assert captured("Anna Smith: where is my order?").customer_name == "Anna Smith"
    assert captured("東京 Yuki: 遅い、★★").customer_name == "東京 Yuki"
    asked = captured("alpaca: soft")
    assert (asked.customer_name, asked.name_to_ask, asked.text) == ("", "alpaca", "alpaca: soft")


def test_accents_and_capitals_do_not_matter():
    assert captured("CAFE LUMEN: fine").customer_id == LUMEN
    assert captured("o'neill & sons: fine").customer_id == ONEILL


def test_complaint_safety_answer_and_kind_are_said_outright():
    found = captured("Jo Park complains: nuts in the rye loaf, serious, !safety, needs a reply")
    assert (found.complaint, found.safety, found.severity, found.kind) == (ASKED, ASKED, "serious", "problem")
    assert (found.offering_id, found.text) == (201, "nuts in the rye loaf")
    assert captured("Jo Park: my son is allergic to nuts").safety == ASKED, "a matter of safety must not slip by"
    assert captured("Jo Park: safe for my allergic son, lovely, 5 stars").safety == NO
    assert captured("Jo Park: half loaves, suggestion").kind == "suggestion"
    assert captured("Jo Park: do you bake on Sundays?").kind == "question"
    assert captured("Jo Park: thank you, lovely rolls").kind == "praise"
    assert captured("Jo Park: no complaints at all, 5 stars").complaint == "no"


def test_anonymous_is_nobody():
    found = captured("anonymous: queue too long, 3 stars")
    assert (found.anonymous, found.customer_id, found.customer_name, found.text) == (True, None, "", "queue too long")


def test_an_unknown_theme_is_named_and_left_in_the_words():
    found = captured("Jo Park: cold soup #soup")
    assert (found.themes, found.unknown_themes, found.text) == ((), ("soup",), "cold soup #soup")


def test_an_unknown_theme_beside_other_parts_is_a_problem():
    found = captured("Jo Park: cold, 2 stars #soup")
    assert (found.text, found.rating, found.unknown_themes) == ("cold", 2.0, ("soup",))
    assert [field for field, _problem in found.problems] == ["theme"]


_LINES = st.one_of(
    st.text(max_size=120),
    st.lists(
        st.sampled_from(
            ["maria alvarez", ":", ",", " - ", "2 stars", "phone", "yesterday", "#late-delivery", "bread", "late",
             "3/11", "30 feb", "★★", "4*", "“", "”", '"', "8/10", "!complaint", "jo", " ", "ſat", "İ", "½", "0/10",
             "9999999999 days ago", "#", "#soup", "１２ stars", "tomorrow", "at", "by", "\n", "٣ stars",
             "31.12.0000", "12pm", "99:99", "\x00", "I'll ring thursday", "!promise call", "jo park and maria alvarez",
             "from maria alvarez", "; ", "****", "3 nov 25", "31st", "99 years ago", "in 999 weeks"]
        ),
        max_size=14,
    ).map(" ".join),
)  # fmt: skip


@given(_LINES)
def test_any_line_can_be_read_and_keeps_its_words(line: str):
    found = captured(line)
    words = [line[part.start : part.end] for part in found.parts if part.kind == "words"]
    assert found.text == "".join(words)
    assert captured(line) == found
    assert found.date <= TODAY
    assert found.rating is None or 1 <= found.rating <= 5
    covered = [False] * len(line)
    for part in found.parts:
        assert 0 <= part.start < part.end <= len(line)
        covered[part.start : part.end] = [True] * (part.end - part.start)
    lost = "".join(" " if taken else mark for mark, taken in zip(line, covered, strict=True))
    small = {"at", "by", "from", "-", "–", "—"}
    assert not [
        word
        for word in lost.replace(",", " ").replace(":", " ").split()
        if word.isalnum() and word.lower() not in small
    ]


_SIDES = st.lists(
    st.sampled_from(["2 stars", "phone", "yesterday", "#late-delivery", "maria alvarez", "4/5", "!safety", "at 10:30"]),
    max_size=4,
)
_WORDS = st.lists(
    st.text(st.characters(blacklist_categories=["Cs"], blacklist_characters=":#"), min_size=1, max_size=20),
    min_size=1, max_size=3,
)  # fmt: skip


@given(_WORDS, _SIDES, st.sampled_from([", ", ",", "; ", " , "]), st.randoms(use_true_random=False))
def test_the_words_are_the_line_without_what_was_taken_out_and_nothing_else_is_changed(words, sides, divider, chance):
    said = [*words, *sides]
    chance.shuffle(said)
    line = divider.join(said)
    found = captured(line)
    kept = [False] * len(line)
    for part in found.parts:
        if part.kind == "words":
            kept[part.start : part.end] = [True] * (part.end - part.start)
    assert found.text == "".join(mark for mark, stays in zip(line, kept, strict=True) if stays)
    place = 0
    for mark in found.text:
        place = line.index(mark, place) + 1


@pytest.mark.parametrize(
    ("line", "what", "by", "words", "beside"),
    [
        ("Jo Park: cold soup, I'll ring Thursday", "ring", date(2026, 11, 26), None, "cold soup"),
        ("Jo Park: cold soup, I’ll ring back tomorrow", "ring back", date(2026, 11, 23), None, "cold soup"),
        ("Jo Park: cold soup, promised to call back on Friday", "call back", date(2026, 11, 27), None, "cold soup"),
        ("Jo Park: cold soup, promised her to call back", "call back", date(2026, 11, 23), None, "cold soup"),
        ("Jo Park: torn bag, we will send a new one by 3 Dec", "send a new one", date(2026, 12, 3), None, "torn bag"),
        ("Jo Park: torn bag, we'll swap it within two days, phone", "swap it", date(2026, 11, 24), None, "torn bag"),
        ("we'll write next week, Jo Park", "write", date(2026, 11, 29), "we'll write next week",
         "we'll write next week"),
        ("Jo Park: cold. I'll ring on Monday with the price. Fine?", "ring with the price", date(2026, 11, 23),
         "cold. I'll ring on Monday with the price. Fine?", "cold. I'll ring on Monday with the price. Fine?"),
        ("Jo Park: torn bag, I'm going to refund it 5/1", "refund it", date(2027, 1, 5), None, "torn bag"),
        ("Jo Park: torn bag, I'll ring thursday #late", "ring", date(2026, 11, 26), None, "torn bag"),
        ("Jo Park: torn bag, priya will ring thursday", "ring", date(2026, 11, 26), None, "torn bag"),
    ],
)  # fmt: skip
def test_what_the_shop_promised_is_suggested_and_stays_in_the_words_until_confirmed(line, what, by, words, beside):
    found = read(line, WITH_STAFF, TODAY)
    assert (found.promise, found.promise_words, found.promised_by) == (SUGGESTED, what, by)
    assert found.text_beside_promise == beside
    assert what.split()[0] in found.text
    if words is not None:
        assert found.text == words
    assert found.promise_staff_id == (7 if "priya" in line else None)
    assert found.date == TODAY


def test_a_promise_said_outright_is_one():
    found = captured("Jo Park: cold soup, !promise a free loaf by friday, 2 stars")
    assert (found.promise, found.promise_words, found.promised_by) == ("asked", "a free loaf", date(2026, 11, 27))
    assert (found.text_beside_promise, found.rating) == ("cold soup", 2.0)


@pytest.mark.parametrize(
    "line",
    [
        "Jo Park: he will come back on friday",
        "Jo Park: I'll never come back",
        "Jo Park: we will be back on Saturday",
        "Jo Park: “I'll ring my solicitor on Monday”",
        'Jo Park: "we will send it back tomorrow" was what he said',
        "Jo Park: you promised to call back on friday",
        "Jo Park: promised for friday, came on saturday",
        "Jo Park: you said you will send a new one by 3 Nov",
        "Jo Park: they promised to call and nobody did",
        "Jo Park: I'll ringfence the money",
        "Priya will never forget this cake",
    ],
)
def test_what_customers_say_they_will_do_is_no_promise_of_the_shop(line: str):
    found = read(line, WITH_STAFF, TODAY)
    assert (found.promise, found.promise_words, found.promised_by) == ("no", "", None)


def test_a_name_that_is_only_alike_says_what_was_typed():
    found = captured("maria alvarrez: fine")
    assert (found.customer_id, found.customer_alike) == (MARIA, "maria alvarrez")
    assert captured("maria alvarez: fine").customer_alike == ""


@given(
    st.permutations(["2 stars", "phone", "yesterday", "#late-delivery"]),
    st.integers(min_value=0, max_value=4),
    st.booleans(),
)
def test_parts_may_stand_in_any_order(parts: list[str], before: int, named_first: bool):
    said = [*parts[:before], "bread arrived late again", *parts[before:]]
    line = f"maria alvarez: {', '.join(said)}" if named_first else f"{', '.join(said)}, maria alvarez"
    found = captured(line)
    assert (found.customer_id, found.rating, found.channel_id, found.themes) == (MARIA, 2.0, CHANNEL["phone"], (LATE,))
    assert (found.date, found.text) == (TODAY - timedelta(days=1), "bread arrived late again")


def test_a_keystroke_is_read_in_time_with_five_thousand_customers():
    people = People(Person(number, f"{first} {last}{number}") for number, (first, last) in enumerate(
        (("Anna", "Berg"), ("Chris", "Dahl"), ("Erik", "Falk"), ("Greta", "Holm")) * 1250, start=1
    ))  # fmt: skip
    context = CaptureContext(people, THEMES * 12, CHANNELS, OFFERINGS * 20, "GB", "en_GB")
    line = "grtea hlm1752: bread arrived late again, 2 stars, phone, yesterday #late-delivery"
    read(line, context, TODAY)  # what is imported when first needed
    began = time.perf_counter()
    for end in range(len(line)):
        read(line[: end + 1], context, TODAY)
    assert (time.perf_counter() - began) / len(line) < 0.005
