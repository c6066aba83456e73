"""Customers' own words on a theme: the newest, the most typical, and the words that set it apart."""

from datetime import timedelta

import pytest

from cvdesk.catalogue.records import Filter, Period
from cvdesk.themes import store as themes
from cvdesk.themes import store_quotes
from cvdesk.themes.store_quotes import NEWEST, TYPICAL, one_theme
from tests.figures.shop import TODAY, add_complaint, everything, new_shop

LATE = (
    "The delivery was late again this morning",
    "Late delivery for the third time in a row",
    "My delivery came an hour late yesterday",
    "Delivery late, nobody rang to tell me",
)
ELSE = ("The rolls were lovely this morning", "What a nice shop in the street", "My children love the buns you bake")


@pytest.fixture
def shop(tmp_path):
    with new_shop(tmp_path) as made:
        yield made


def log(shop, text: str, theme: int, days: int = 0, state: str = "confirmed") -> int:
    def work(op):
        entry = op.insert("entries", {"date": (TODAY - timedelta(days=days)).isoformat(), "text": text})
        themes.tag_entry(op, entry, theme, state, "owner")
        return entry

    return shop.run("Log", work).result


@pytest.fixture
def two(shop) -> tuple[int, int]:
    """A theme and another, each with some feedback."""
    late, other = (theme.id for theme in themes.themes(shop)[:2])
    for place, text in enumerate(LATE):
        log(shop, text, late, days=10 + place)
    for place, text in enumerate(ELSE * 2):
        log(shop, text, other, days=place)
    return late, other


def test_the_words_that_set_a_theme_apart_lead_with_what_its_customers_say(shop, two):
    found = one_theme(shop, two[0], everything(), TODAY)
    assert found.words[:2] == ("delivery", "late")
    assert "this" not in found.words, "as common elsewhere"


def test_newest_first_each_saying_once_word_for_word(shop, two):
    newest = one_theme(shop, two[0], everything(), TODAY).newest
    assert [quote.text for quote in newest] == list(LATE)
    log(shop, "  Two  spaces & <b>no</b> markup ", two[0])
    log(shop, LATE[0] + "!", two[0])
    first, second, *_rest = one_theme(shop, two[0], everything(), TODAY).newest
    assert first.text == LATE[0] + "!"
    assert second.text == "  Two  spaces & <b>no</b> markup "
    assert LATE[0] not in [quote.text for quote in _rest]


def test_typical_ones_are_not_among_the_newest_and_not_cut_off(shop, two):
    for text in ("Waited ages for bread", "Where were you", "Please ring before noon", "Cold rolls", "Never on time"):
        log(shop, text, two[0])
    found = one_theme(shop, two[0], everything(), TODAY)
    assert len(found.newest) == NEWEST
    assert 0 < len(found.typical) <= TYPICAL
    assert {quote.text for quote in found.typical} <= set(LATE)


def test_what_is_only_suggested_or_outside_the_days_is_no_quote(shop, two):
    log(shop, "Perhaps late, who knows these days", two[0], state="suggested")
    log(shop, "Late long ago, that was another time", two[0], days=300)
    found = one_theme(shop, two[0], Filter(Period.last_days(60, TODAY)), TODAY)
    assert {quote.text for quote in (*found.newest, *found.typical)} == set(LATE)


@pytest.mark.parametrize("many", [1, 100])
def test_a_theme_much_spoken_of_is_read_backwards_with_the_same_result(shop, two, monkeypatch, many):
    before = one_theme(shop, two[0], everything(), TODAY)
    monkeypatch.setattr(store_quotes, "_MANY", many)
    assert one_theme(shop, two[0], everything(), TODAY) == before


def test_complaints_are_counted_and_a_theme_that_is_gone_is_told(shop, two):
    def work(op):
        complaint = add_complaint(op, 1, TODAY, {})
        op.insert("complaint_themes", {"complaint_id": complaint, "theme_id": two[0]})

    shop.run("Complain", work)
    assert one_theme(shop, two[0], everything(), TODAY).complaints == 1
    assert one_theme(shop, two[1], everything(), TODAY).complaints == 0
    with pytest.raises(LookupError):
        one_theme(shop, 1, everything(), TODAY)


def test_a_theme_without_words_has_none(shop):
    late = themes.themes(shop)[0].id
    shop.run("Log", lambda op: themes.tag_entry(
        op, op.insert("entries", {"date": TODAY.isoformat(), "rating": 5.0}), late, "confirmed", "owner"))  # fmt: skip
    found = one_theme(shop, late, everything(), TODAY)
    assert (found.newest, found.typical, found.words) == ((), (), ())
