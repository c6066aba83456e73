"""Suggesting themes by the words of a comment: rules first, then keywords; nothing when unsure."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cvdesk.catalogue.store import question_bank
from cvdesk.themes.lexicon import Lexicon, suggest
from cvdesk.themes.records import Theme, mood_of

BANK = tuple(
    Theme(place, item["key"], item["label"], item["key"], item["lever"], tuple(item["keywords"]))
    for place, item in enumerate(question_bank()["factor"], start=1)
)
LATE = Theme(1, "late", "Late", "delivery", "drawbacks", ("late", "wrong item"), ("van",))
KIND = Theme(2, "kind", "Kind", "support", "benefits", ("kind", "good hands"))
PRICE = Theme(3, "price", "Price", "price_level", "costs", ("expens", "dear"))
FRESH = Theme(4, "fresh", "Fresh", "quality", "worth", ("fresh",), ("spelt",))
OURS = (LATE, KIND, PRICE, FRESH)


def keys(text, themes=OURS):
    return [theme.key for theme in suggest(text, themes)]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Late again", ["late"]),
        ("LÀTE, and so expensive!", ["late", "price"]),
        ("a plate of cakes", []),  # the beginning of a word, not its middle
        ("lately it got dear", ["late", "price"]),
        ("", []),
        ("!!! 👍", []),
        ("late late late, kind", ["late", "kind"]),
        ("kind, kind people, came late", ["kind", "late"]),  # most places first
        ("late, kind, expensive, fresh", ["late", "kind", "price"]),  # three at most
        ("the wrong items came", ["late"]),
        ("the wrong  one", []),
        ("in good hands", ["kind"]),
    ],
)
def test_a_theme_is_suggested_by_the_beginnings_of_words(text, found):
    assert keys(text) == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("not kind", []),
        ("they were not at all kind", []),
        ("not that she was always so kind", ["kind"]),  # further than three words before
        ("they weren't kind", []),
        ("they weren’t kind", []),
        ("they werent kind", []),
        ("you can see they are kind", ["kind"]),
        ("I cannot say kind", []),
        ("not in good hands", []),
        ("never late", ["late"]),  # a burden is spoken of all the same
        ("not kind to me, but kind to him", ["kind"]),
        ("no spelt today", ["fresh"]),  # the owner's rule always counts
    ],
)
def test_what_is_denied_is_no_gain_but_a_burden_is_spoken_of_all_the_same(text, found):
    assert keys(text) == found


def test_a_rule_goes_before_keywords_and_says_so():
    hits = Lexicon(OURS).find("kind, so kind, expensive and dear; the van was here")

    assert [(hit.theme.key, hit.by, hit.score) for hit in hits] == [
        ("late", "rule", 1.0), ("kind", "words", 2.0), ("price", "words", 2.0),
    ]  # fmt: skip


def test_what_the_owner_said_it_is_not_about_is_not_suggested():
    assert [hit.theme.key for hit in Lexicon(OURS).find("late and kind", frozenset({LATE.id}))] == ["kind"]


@pytest.mark.parametrize(
    ("keyword", "text", "found"),
    [
        ("配達", "また配達が遅れました", True),
        ("配達", "パンがおいしい", False),
        ("外卖", "今天外 卖迟到了", True),
        ("ส่งช้า", "ของส่งช้ามาก", True),
        ("verspät", "Die Lieferung kam VERSPÄTET", True),
        ("verspat", "verspätet", True),
        ("опозда", "Курьер опоздал", True),
        ("straße", "STRASSE gesperrt", True),
        ("배달", "배달이 늦었어요", True),
    ],
)
def test_keywords_of_other_languages_are_found_as_they_write_their_words(keyword, text, found):
    theme = Theme(1, "delivery", "Delivery", "delivery", "drawbacks", (keyword,))
    assert bool(suggest(text, [theme])) is found


@given(st.text(max_size=200))
def test_whatever_is_typed_at_most_three_different_themes_of_the_business_come_back(text):
    found = suggest(text, BANK)
    assert len(found) <= 3
    assert len({theme.id for theme in found}) == len(found)
    assert set(found) <= set(BANK)


@given(st.text(max_size=30), st.text(max_size=60), st.booleans())
def test_whatever_a_rule_is_made_of_it_is_met_again_in_its_own_words(word, rest, before):
    theme = Theme(1, "one", "One", "one", "worth", (), (word,))
    text = f"{rest} {word}" if before else f"{word} {rest}"
    if any(mark.isalnum() for mark in unicodedata.normalize("NFKD", word)):
        assert suggest(text, [theme]) == [theme]


@given(st.text(alphabet=" .,;:!?'’-_()👍", max_size=10), st.text(max_size=60))
def test_a_rule_without_a_word_is_never_met(word, text):
    assert suggest(text, [Theme(1, "one", "One", "one", "worth", (), (word,))]) == []


@given(st.lists(st.sampled_from(["late", "kind", "dear", "fresh", "bread", "not", "plate"]), max_size=12))
def test_suggestions_are_those_a_plain_reading_gives(words):
    expected = {}
    for place, word in enumerate(words):
        for theme in OURS:
            denied = "not" in words[max(0, place - 3) : place] and theme.lever in ("worth", "benefits")
            if any(word.startswith(keyword) for keyword in theme.keywords) and not denied:
                expected[theme] = expected.get(theme, 0) + 1
    ordered = sorted(expected, key=lambda theme: (-expected[theme], OURS.index(theme)))
    assert suggest(" ".join(words), OURS) == ordered[:3]


@pytest.mark.parametrize(
    ("rating", "kind", "mood", "found"),
    [
        (5, "problem", "", "good"), (4, "comment", "", "good"), (3, "praise", "", "mixed"), (2, "praise", "", "bad"),
        (3.9, "comment", "", "mixed"), (None, "praise", "", "good"), (None, "problem", "", "bad"),
        (None, "comment", "", "unknown"), (None, "question", "", "unknown"), (1, "problem", "good", "good"),
        (5, "praise", "bad", "bad"),
    ],
)  # fmt: skip
def test_the_mood_is_the_owners_then_the_ratings_then_the_kinds_and_else_unknown(rating, kind, mood, found):
    assert mood_of(rating, kind, mood) == found
