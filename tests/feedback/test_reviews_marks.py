"""Reviews marked in different ways in one pasted block: each is seen, none melts into the one above."""

from __future__ import annotations

from datetime import date
from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cvdesk.feedback.reviews import split

TODAY = date(2026, 11, 21)
ANNA = "Anna K.\n5 stars\n3 weeks ago\nBest rye in town.\nWorth the walk."
TOM = "Tom Baker\n1 star\n2 weeks ago\nBread was stale and nobody cared."
MARIA = "Maria Lopez\nLocal Guide · 12 reviews\n2 years ago\nI gave no stars, but the rolls are fine."
JO = "Jo\n★★★★☆ 2 years ago NEW\nGood coffee."
SAM = "Sam Hill\n4/5\n12 March 2026\nWarm and quick."
EVE = "Eve\n12 November 2026\nNever again."
WORDS = {
    ANNA: ("Anna K.", 5.0, "Best rye in town.\nWorth the walk."),
    TOM: ("Tom Baker", 1.0, "Bread was stale and nobody cared."),
    MARIA: ("Maria Lopez", None, "I gave no stars, but the rolls are fine."),
    JO: ("Jo", 4.0, "Good coffee."),
    SAM: ("Sam Hill", 4.0, "Warm and quick."),
    EVE: ("Eve", None, "Never again."),
}
REPLIED = "\nResponse from the owner\na week ago\nThank you all."


def read(block: str):
    return [(one.name, one.rating, one.text) for one in split(block, TODAY).reviews]


@pytest.mark.parametrize(
    "between", ["\n\n", "\nHelpful\nShare\n", "\nLike\n\n", "\n", f"{REPLIED}\n\n", f"{REPLIED}\n"]
)
@pytest.mark.parametrize("order", list(permutations((ANNA, TOM, MARIA, JO))))
def test_worded_stars_glyphs_and_days_begin_reviews_alike(order: tuple[str, ...], between: str):
    pasted = split(between.join(order), TODAY)
    assert [(one.name, one.rating, one.text) for one in pasted.reviews] == [WORDS[one] for one in order]
    assert pasted.left_over == ()
    assert all(one.date is not None for one in pasted.reviews)


@given(
    st.lists(st.sampled_from(list(WORDS)), min_size=1, max_size=8),
    st.sampled_from(["\n\n", "\nHelpful\n", REPLIED + "\n\n"]),
)
def test_any_mix_of_marks_gives_as_many_reviews_as_were_pasted(order: list[str], between: str):
    assert read(between.join(order)) == [WORDS[one] for one in order]


def test_the_days_of_each_are_its_own():
    days = [(one.date, one.approximate) for one in split("\n\n".join(WORDS), TODAY).reviews]
    assert days[0] == (date(2026, 10, 31), True)
    assert days[2] == days[3] == (date(2024, 11, 21), True)
    assert days[4:] == [(date(2026, 3, 12), False), (date(2026, 11, 12), False)]


@pytest.mark.parametrize("badge", ["2 years ago NEW", "2 years ago\nNEW", "NEW\n2 years ago", "NEW 2 years ago"])
def test_new_beside_a_day_is_noise(badge: str):
    assert read(f"{ANNA}\n\nJo\n★★★★☆\n{badge}\nGood coffee.") == [WORDS[ANNA], WORDS[JO]]
    assert read(f"{ANNA}\n\nMaria\n{badge}\nFine.") == [WORDS[ANNA], ("Maria", None, "Fine.")]


def test_short_words_right_after_the_badge_are_kept():
    assert read("Jo\n★★★★★ 2 days ago\nNEW\nCool") == [("Jo", 5.0, "Cool")]


def test_name_and_day_on_one_line_after_a_blank_line_begin_a_review():
    assert read("Dee\n5 stars\nGood.\n\nMo · 2 weeks ago\nSmall.") == [("Dee", 5.0, "Good."), ("Mo", None, "Small.")]


def test_a_review_without_stars_may_be_the_first():
    assert read(f"Newest first\n{MARIA}\n{TOM}") == [WORDS[MARIA], WORDS[TOM]]


def test_blank_lines_between_all_lines_change_nothing():
    block = "\n\n\n".join(WORDS).replace("\n", "\n\n")
    assert [(name, rating) for name, rating, _text in read(block)] == [one[:2] for one in WORDS.values()]


def test_a_day_above_the_stars_and_the_score_of_the_place_itself():
    block = f"Harbour Bakery\n4.6 out of 5 stars\n120 reviews\nSort by\nJo\n2 years ago\n★★★★☆\nGood coffee.\n\n{TOM}"
    assert read(block)[1:] == [WORDS[JO], WORDS[TOM]]


def test_a_name_without_capitals_that_is_set_apart_begins_a_review():
    assert read(f"{ANNA}\n\nmaria lopez\n2 years ago\nFine.") == [WORDS[ANNA], ("maria lopez", None, "Fine.")]


def test_stars_with_a_day_begin_a_review_without_a_name():
    assert read(f"{ANNA}\n★★☆☆☆ 2 years ago\nSmall.") == [WORDS[ANNA], ("", 2.0, "Small.")]


@pytest.mark.parametrize(
    "block",
    [
        "Anna\n★★★★★\n5 out of 5 stars\n3 weeks ago\nFine.",
        "Anna\n5 stars\nLovely Bread\n3 days ago\nFresh every time.",
        "Anna\n\n5 stars\n\nLovely Bread\n\n3 days ago\n\nFresh every time.",
        "Anna\n5 stars 3 weeks ago\nI went there\n2 weeks ago\nand again\nyesterday\nand gave it\n4/5\nin the end.",
        "Anna\n5 stars\n3 weeks ago\nFine.\nDate of experience: 12 November 2026",
        "Anna\n5 stars\n3 weeks ago\nFine.\n\nHarbour Bakery (Owner)\n2 weeks ago\nThank you.",
        "5 stars\nLovely loaf and quick delivery.\nAnna\nNov 12, 2026",
        "5 stars\nLovely loaf and quick delivery.\n\nAnna\nNov 12, 2026",
    ],
)
def test_what_belongs_to_one_review_is_not_cut(block: str):
    assert [rating for _name, rating, _text in read(block)] == [5.0]


@pytest.mark.parametrize(
    "piece", ["Anna\n2 days ago\n", "5/5\n", "Anna\n\n★ 1d\n", "UK\n4/5\n", "Helpful\nAnna · yesterday\n"]
)
def test_long_blocks_of_many_marks_are_read_at_once(piece: str):
    from time import perf_counter

    begun = perf_counter()
    split("Tom\n5 stars\nFine.\n" + piece * 3_000, TODAY)
    assert perf_counter() - begun < 5
