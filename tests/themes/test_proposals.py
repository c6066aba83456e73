"""New themes among what nobody filed: found, accepted, dropped and not proposed again."""

from datetime import date

import pytest

from cvdesk.catalogue.records import Filter, Period
from cvdesk.errors import UserError
from cvdesk.themes import store, store_proposals, store_sort
from cvdesk.themes.proposals import proposals
from cvdesk.themes.store_marks import settle
from tests.themes.shop import TODAY, comment, comments, make_shop, standing_of, theme_id

ALL = Filter(Period(date(2020, 1, 1), TODAY))
TALK = {
    "dog": (
        "the dog barked at the counter",
        "your dog at the counter growled",
        "dog hair near the counter, barked too",
    ),
    "radio": ("radio music much too loud", "loud music from that radio", "turn the radio music down, so loud"),
    "lights": ("lamp above table flickers", "flickers, that lamp above the table", "the lamp flickers over our table"),
    "mugs": ("chipped mugs with tea stains", "tea stains on chipped mugs", "stains in all mugs, and chipped"),
}


def talk(times=15):
    """Comments about four things, in turn; each with a number of its own."""
    return [f"{phrase} {place}" for place in range(times) for phrases in TALK.values() for phrase in phrases]


@pytest.fixture
def shop(tmp_path):
    with make_shop(tmp_path) as file:
        yield file


def ids(texts):
    return list(enumerate(texts, start=1))


def test_what_many_speak_of_is_proposed_with_its_words_share_and_examples():
    texts = ids(talk())

    found = proposals(texts)

    assert len(found) == 4
    assert [bool(set(one.words) & {"dog", "radio", "lamp", "mugs"}) for one in found] == [True] * 4
    for one in found:
        assert len(one.entries) == 45
        assert one.share == pytest.approx(0.25)
        assert len(one.examples) == 3 == len(set(one.texts))
        assert [dict(texts)[entry] for entry in one.examples] == list(one.texts)
    assert sum(len(one.entries) for one in found) == len({entry for one in found for entry in one.entries})


def test_the_same_comments_give_the_same_proposals():
    assert proposals(ids(talk())) == proposals(ids(talk()))


def test_nothing_is_proposed_for_too_few_comments_or_where_nothing_is_shared():
    assert proposals(ids(talk()[:149])) == ()
    assert proposals(ids([f"w{place}" for place in range(200)])) == ()
    assert proposals(ids(["the same"] * 200)) == ()
    assert proposals(ids(["!?"] * 200)) == ()


def test_what_was_dropped_is_not_proposed_again_nor_what_is_like_it():
    first, *others = proposals(ids(talk()))

    assert proposals(ids(talk()), [first.words]) == tuple(others)
    assert proposals(ids(talk()), [(*first.words[:3], "else", "more")]) == tuple(others)


def test_only_what_nobody_filed_and_nothing_is_suggested_for_is_looked_at(shop):
    there = comments(shop, talk())
    comments(shop, [f"late {place}" for place in range(5)])
    shop.run("Sort", store_sort.resort)
    shop.run("File", lambda op: settle(op, there[0], theme_id(op, "quality"), "confirmed"))

    found = store_proposals.proposals(shop, ALL)

    open_ = store_sort.unsorted(shop, ALL)
    assert (found.looked_at, found.available, found.why) == (open_, True, "")
    assert there[0] not in {entry for one in found.found for entry in one.entries}


def test_too_few_are_said_in_words(shop):
    comment(shop, "dog")
    found = store_proposals.proposals(shop, ALL)

    assert (found.found, found.looked_at) == ((), 1)
    assert found.why == "New themes are looked for from 150 unfiled comments on; there is 1."


def test_a_proposal_that_was_accepted_is_a_theme_its_comments_wait_under(shop):
    comments(shop, talk())
    dogs = next(one for one in store_proposals.proposals(shop, ALL).found if "dog" in one.words)
    filed, gone = dogs.entries[:2]
    shop.run("File", lambda op: settle(op, filed, theme_id(op, "quality"), "confirmed"))
    shop.run("Delete", lambda op: op.delete("entries", gone))
    factor = shop.value("SELECT factor_id FROM themes WHERE key = 'quality'")

    theme = shop.run("New", lambda op: store_proposals.accept(op, dogs, " The dog ", factor, ["Dog"])).result

    made = next(one for one in store.themes(shop) if one.id == theme)
    assert (made.key, made.name, made.rules, made.factor_key) == ("the-dog", "The dog", ("dog",), "quality")
    assert standing_of(shop, dogs.entries[2]) == [("the-dog", "suggested", "owner", 1)]
    assert standing_of(shop, filed) == [("quality", "confirmed", "owner", 1)]
    shop.run("Sort", store_sort.resort)
    assert standing_of(shop, dogs.entries[2])[0] == ("the-dog", "suggested", "owner", 1)  # sorting again keeps it
    shop.undo()
    shop.undo()
    assert (standing_of(shop, dogs.entries[2]), theme in {one.id for one in store.themes(shop)}) == ([], False)


@pytest.mark.parametrize("name", ["", "  ", "quality", "QUALITY "])
def test_a_theme_needs_a_name_nobody_has(shop, name):
    comments(shop, talk())
    first = store_proposals.proposals(shop, ALL).found[0]
    factor = shop.value("SELECT factor_id FROM themes WHERE key = 'quality'")

    with pytest.raises(UserError):
        shop.run("New", lambda op: store_proposals.accept(op, first, name, factor))


def test_what_the_owner_dropped_stays_dropped_until_that_is_undone(shop):
    comments(shop, talk())
    before = store_proposals.proposals(shop, ALL).found

    shop.run("Drop", lambda op: store_proposals.drop(op, before[0]))
    assert store_proposals.proposals(shop, ALL).found == before[1:]
    shop.undo()
    assert store_proposals.proposals(shop, ALL).found == before
