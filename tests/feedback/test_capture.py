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
from cvdesk.feedback.capture import ASKED, SUGGESTED, CaptureContext, Captured, read
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
    assert captured("Jo Park: my son is allergic to nuts").safety == SUGGESTED
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
             "31.12.0000", "12pm", "99:99", "\x00"]
        ),
        max_size=14,
    ).map(" ".join),
)  # fmt: skip


@given(_LINES)
def test_any_line_can_be_read_and_keeps_its_words(line: str):
    found = captured(line)
    words = [line[part.start : part.end] for part in found.parts if part.kind == "words"]
    assert found.text == ", ".join(words)
    assert captured(line) == found
    assert found.date <= TODAY
    assert found.rating is None or 1 <= found.rating <= 5
    covered = [False] * len(line)
    for part in found.parts:
        assert 0 <= part.start < part.end <= len(line)
        covered[part.start : part.end] = [True] * (part.end - part.start)
    lost = "".join(" " if taken else mark for mark, taken in zip(line, covered, strict=True))
    small = {"at", "by", "-", "–", "—"}
    assert not [
        word for word in lost.replace(",", " ").replace(":", " ").split() if word.isalnum() and word not in small
    ]


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
