"""Pasted web reviews: the layouts people copy, nothing lost whatever is pasted, and logged once."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cvdesk.feedback.records_reviews import BLANK, HEAD, LEFT, NOISE, REPLY, TEXT, cut, join
from cvdesk.feedback.reviews import split
from cvdesk.feedback.reviews_lines import clean, is_noise, reply

TODAY = date(2026, 11, 21)

MAP = """Anna K.
Local Guide · 12 reviews · 3 photos

★★★★☆ 3 weeks ago
Best rye in town. The queue on Saturdays is long,
but it moves.

Worth the walk.
Helpful
Share
Response from the owner 2 weeks ago
Thank you, Anna! See you on Saturday.
Tom Baker
2 reviews
★☆☆☆☆ a month ago
Bread was stale and nobody cared.
Read more
Like
1
Ömer
★★★★★ 2 days ago NEW
"""

SHOP = """Anna Berg
5.0 out of 5 stars Great bread
Reviewed in the United Kingdom on 3 March 2026
Verified Purchase
Arrived fresh.
5 people found this helpful
Helpful
Report
J. R. Hartley
2.0 out of 5 stars Soggy
Reviewed in the United Kingdom on 12 November 2026
Verified Purchase
The crust was gone.
"""

TRAVEL = """Marie D wrote a review Nov 2026
London, UK 12 contributions 3 helpful votes
5.0 of 5 bubbles
A lovely find
We went twice in one week.
Date of experience: November 2026
Helpful?
Reply from Harbour Bakery
12 Nov 2026
Thank you, Marie.
Paul wrote a review Oct 2026
Leeds, UK 1 contribution
2.0 of 5 bubbles
Slow
Waited half an hour.
"""

TRUST = """Anna K
3 reviews
GB
Rated 5 out of 5 stars
3 days ago
Fresh every time
Never had a stale loaf.
Date of experience: 12 November 2026
Useful
Share
Reply from Harbour Bakery
2 days ago
Thanks Anna.
Bob
1 review
GB
Rated 1 out of 5 stars
12 Nov 2026
Never again
The box was wet.
"""

STARS_FIRST = """★★★★★
Anna K.
3 weeks ago
Lovely rye.

★★☆☆☆
Tom
12/11/2026
Stale.
"""

STARS_AND_NAME_LAST = """5 out of 5 stars
Lovely loaf and quick delivery.
Anna Nov 12, 2026

3 out of 5 stars
Fine, but small.
Tom Oct 2, 2026
"""

NO_STARS = """Anna K recommends Harbour Bakery.
12 November ·
Lovely rye, friendly people.
Like
Comment
Tom Baker doesn't recommend Harbour Bakery.
2 October ·
The bread was stale.
"""

SCORES = """Anna
United Kingdom
Reviewed: 3 March 2026
9.0
Warm rolls at seven.
Tom
Ireland
Reviewed: 1 February 2026
4.5
Cold coffee.
"""


def read(block: str):
    return [
        (one.name, one.rating, one.date, one.approximate, one.text, one.reply) for one in split(block, TODAY).reviews
    ]


def test_a_map_with_names_first_and_the_owners_reply():
    anna, tom, omer = split(MAP, TODAY).reviews
    assert (anna.name, anna.rating, anna.rating_raw, anna.rating_scale) == ("Anna K.", 4.0, "★★★★☆", "1-5")
    assert (anna.date, anna.approximate) == (date(2026, 10, 31), True)
    assert anna.text == "Best rye in town. The queue on Saturdays is long,\nbut it moves.\n\nWorth the walk."
    assert (anna.reply, anna.reply_date) == ("Thank you, Anna! See you on Saturday.", date(2026, 11, 7))
    assert (tom.name, tom.rating, tom.text) == ("Tom Baker", 1.0, "Bread was stale and nobody cared.")
    assert (omer.name, omer.rating, omer.text) == ("Ömer", 5.0, "")
    assert (omer.date, omer.approximate) == (date(2026, 11, 19), False)
    assert split(MAP, TODAY).left_over == ()


def test_a_shop_with_the_title_beside_the_stars():
    assert read(SHOP) == [
        ("Anna Berg", 5.0, date(2026, 3, 3), False, "Great bread\nArrived fresh.", ""),
        ("J. R. Hartley", 2.0, date(2026, 11, 12), False, "Soggy\nThe crust was gone.", ""),
    ]


def test_travel_reviews_say_the_month_beside_the_name():
    assert read(TRAVEL) == [
        ("Marie D", 5.0, date(2026, 11, 15), True, "A lovely find\nWe went twice in one week.", "Thank you, Marie."),
        ("Paul", 2.0, date(2026, 10, 15), True, "Slow\nWaited half an hour.", ""),
    ]
    assert split(TRAVEL, TODAY).reviews[0].reply_date == date(2026, 11, 12)


def test_the_country_below_a_name_is_no_name_and_the_day_of_the_visit_no_text():
    assert read(TRUST) == [
        ("Anna K", 5.0, date(2026, 11, 18), False, "Fresh every time\nNever had a stale loaf.", "Thanks Anna."),
        ("Bob", 1.0, date(2026, 11, 12), False, "Never again\nThe box was wet.", ""),
    ]


def test_stars_before_the_name():
    assert read(STARS_FIRST) == [
        ("Anna K.", 5.0, date(2026, 10, 31), True, "Lovely rye.", ""),
        ("Tom", 2.0, date(2026, 11, 12), False, "Stale.", ""),
    ]


def test_name_and_day_below_the_words():
    assert read(STARS_AND_NAME_LAST) == [
        ("Anna", 5.0, date(2026, 11, 12), False, "Lovely loaf and quick delivery.", ""),
        ("Tom", 3.0, date(2026, 10, 2), False, "Fine, but small.", ""),
    ]


def test_without_stars_the_days_tell_reviews_apart():
    assert read(NO_STARS) == [
        ("Anna K", None, date(2026, 11, 12), False, "Lovely rye, friendly people.", ""),
        ("Tom Baker", None, date(2026, 10, 2), False, "The bread was stale.", ""),
    ]


def test_scores_up_to_ten_below_the_day():
    anna, tom = split(SCORES, TODAY).reviews
    assert (anna.name, round(anna.rating, 2), anna.rating_scale) == ("Anna", 4.56, "1-10")
    assert (anna.date, anna.text) == (date(2026, 3, 3), "Warm rolls at seven.")
    assert (tom.name, tom.date, tom.text) == ("Tom", date(2026, 2, 1), "Cold coffee.")


def test_stars_behind_the_name_and_day_on_one_line():
    assert read("Anna K. ★★★★☆\n3 weeks ago\nFine.\nTom ★☆☆☆☆\nyesterday\nBad.") == [
        ("Anna K.", 4.0, date(2026, 10, 31), True, "Fine.", ""),
        ("Tom", 1.0, date(2026, 11, 20), False, "Bad.", ""),
    ]


def test_stars_in_the_words_begin_no_review():
    block = "Anna\n★★★★★ 2 weeks ago\nI would give it\n6 stars\nif I could. 5/5 from all of us.\n5/5\n"
    ((name, rating, _day, _about, text, _reply),) = read(block)
    assert (name, rating) == ("Anna", 5.0)
    assert text == "I would give it\n6 stars\nif I could. 5/5 from all of us.\n5/5"


def test_what_stands_above_the_first_name_is_left_over():
    pasted = split("Harbour Bakery is the best of all.\nSort by\n" + MAP, TODAY)
    assert [one.name for one in pasted.reviews] == ["Anna K.", "Tom Baker", "Ömer"]
    assert pasted.left_over == ("Harbour Bakery is the best of all.",)


def test_a_text_without_stars_or_days_is_one_review():
    assert read("Lovely place.\n\nWill come again.") == [
        ("", None, None, False, "Lovely place.\nWill come again.", ""),
    ]
    assert read(" \n\u200b\n") == []


def test_a_day_to_come_or_that_does_not_exist_stays_in_the_words():
    ((_name, _rating, day, _about, text, _reply),) = read("Anna\n★★★\n31 Feb 2026\n1 Dec 2030\nFine.")
    assert day is None
    assert text == "31 Feb 2026\n1 Dec 2030\nFine."


def test_the_month_comes_first_where_it_is_written_so():
    block = "★★★★★\nAnna\n3/11/2026\nFine."
    assert split(block, TODAY).reviews[0].date == date(2026, 11, 3)
    assert split(block, TODAY, day_first=False).reviews[0].date == date(2026, 3, 11)


def test_the_same_review_has_the_same_key_however_old_it_is_and_two_alike_have_two():
    older = split(MAP.replace("3 weeks ago", "2 months ago"), TODAY)
    assert [one.key for one in older.reviews] == [one.key for one in split(MAP, TODAY).reviews]
    twice = split("★★★★★ 2 days ago\n★★★★★ 3 days ago\n", TODAY).reviews
    assert len({one.key for one in twice}) == len(twice) == 2


def test_joining_two_loses_nothing_and_cutting_parts_at_the_letter():
    anna, tom, _omer = split(MAP, TODAY).reviews
    both = join(anna, tom)
    assert both.name == "Anna K."
    for words in (anna.text, "Tom Baker", "★☆☆☆☆ a month ago", tom.text):
        assert words in both.text
    assert both.reply == anna.reply
    upper, lower = cut(anna, anna.text.index("Worth"))
    assert (upper.name, upper.rating, lower.name, lower.rating) == ("Anna K.", 4.0, "", None)
    assert lower.text == "Worth the walk."
    assert (upper.reply, lower.reply) == ("", anna.reply)
    assert len({anna.key, both.key, upper.key, lower.key}) == 4


PIECES = st.sampled_from(
    [line for block in (MAP, SHOP, TRAVEL, TRUST, SCORES, NO_STARS) for line in block.splitlines()]
    + [
        "",
        "★",
        "★★★★★",
        "5/5",
        "10",
        "9.5",
        "yesterday",
        "Anna",
        "\u200b",
        "\ue838\ue838",
        "no",
        "NEW",
        "5 stars",
        "1 star",
        "2 years ago NEW",
        "Tom Baker",
        "Owner's reply: Thanks!",
    ]
)
LINES = st.lists(PIECES | st.text(max_size=60), max_size=30)


@given(LINES, st.booleans())
def test_every_line_is_in_one_place_and_no_words_are_lost(lines: list[str], day_first: bool):
    block = "\n".join(lines)
    pasted = split(block, TODAY, day_first)
    assert len(pasted.lines) == len(block.replace("\r\n", "\n").replace("\r", "\n").split("\n"))
    for one in pasted.lines:
        bare = clean(one.line)
        if one.part == BLANK:
            assert bare == ""
        elif one.part == NOISE:
            assert is_noise(bare) or len(bare) < 8
        elif one.part == LEFT:
            assert one.line in pasted.left_over
        else:
            review = pasted.reviews[one.review]
            if one.part == HEAD:
                assert one.line in review.head
            elif one.part == TEXT:
                assert one.line in review.text
            else:
                assert one.part == REPLY
                assert one.line in review.reply or reply(bare, TODAY, day_first) or review.reply_date is not None
    assert all(one.date is None or one.date <= TODAY for one in pasted.reviews)
    assert all(one.rating is None or 1 <= one.rating <= 5 for one in pasted.reviews)


@given(st.text())
def test_anything_can_be_pasted(block: str):
    split(block, TODAY)


@pytest.mark.parametrize(
    "block", ["a " * 20_000, "★" * 20_000, "Anna\n★★★★★ 2 days ago\nFine.\n" * 2_000, "1,1." * 9_000]
)
def test_large_blocks_are_read_at_once(block: str):
    from time import perf_counter

    begun = perf_counter()
    split(block, TODAY)
    assert perf_counter() - begun < 5
