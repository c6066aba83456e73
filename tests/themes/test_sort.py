"""Suggesting again: the program's own suggestions are replaced, the owner's word stays, one step to undo."""

from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cvdesk.catalogue.records import Filter, Period
from cvdesk.feedback import store as feedback
from cvdesk.feedback.records import Entry
from cvdesk.themes import store, store_manage, store_rules, store_sort
from cvdesk.themes.lexicon import Lexicon
from cvdesk.themes.records_learn import Sorted
from cvdesk.themes.sorting import Sorter
from cvdesk.themes.store_marks import settle
from tests.themes.shop import TODAY, comment, comments, file_many, make_shop, standing_of, theme_id

LATE, KIND = "delivery-and-appointments", "helpful-people"
LATELY = Filter(Period(TODAY - timedelta(days=30), TODAY))


@pytest.fixture
def shop(tmp_path):
    with make_shop(tmp_path) as file:
        yield file


def resort(shop, chosen=None):
    return shop.run("Sort", lambda op: store_sort.resort(op, chosen)).result


def test_what_nobody_filed_gets_suggestions_and_what_says_nothing_stays_unsorted(shop):
    ids = comments(shop, ["delivered late", "hello there", "kind and friendly, only late", "rude"])
    shop.run("Stars", lambda op: feedback.save(op, Entry(date=TODAY, rating=4)))  # no words, so nothing to sort
    assert store_sort.unsorted(shop, LATELY) == 4

    assert resort(shop) == Sorted(entries=4, words=3, changed=4)

    assert standing_of(shop, ids[0]) == [(LATE, "suggested", "words", 1)]
    assert standing_of(shop, ids[2]) == [(KIND, "suggested", "words", 1), (LATE, "suggested", "words", 0)]
    assert standing_of(shop, ids[1]) == []
    assert store_sort.unsorted(shop, LATELY) == 1
    assert resort(shop) == Sorted(entries=4, words=3)  # nothing changes, so there is nothing to undo
    shop.undo()
    assert [standing_of(shop, entry) for entry in ids] == [[]] * 4


def test_earlier_suggestions_go_but_never_the_owners_word(shop):
    late, kind = theme_id(shop, LATE), theme_id(shop, KIND)
    ids = comments(shop, ["late", "late, so kind", "rude, and late", "a van"])
    resort(shop)
    shop.run("Yes", lambda op: settle(op, ids[0], kind, "confirmed"))
    shop.run("No", lambda op: settle(op, ids[1], late, "rejected"))
    shop.run("Asked for", lambda op: store.tag_entry(op, ids[3], kind, "suggested", "owner"))
    before = [standing_of(shop, entry) for entry in ids]
    shop.run("Words", lambda op: op.update("factors", op.value("SELECT factor_id FROM themes WHERE id = ?", (late,)),
                                           {"keywords": '["van"]'}))  # fmt: skip

    assert resort(shop) == Sorted(entries=3, words=3, changed=2)

    after = [standing_of(shop, entry) for entry in ids]
    assert after[0] == before[0]  # filed
    assert set(after[1]) == {(LATE, "rejected", "owner", 0), (KIND, "suggested", "words", 1)}
    assert after[2] == [(KIND, "suggested", "words", 1)]  # nothing says it is late any more
    assert after[3] == [(KIND, "suggested", "owner", 1), (LATE, "suggested", "words", 0)]
    shop.undo()
    assert [standing_of(shop, entry) for entry in ids] == before


def test_what_was_rejected_is_not_suggested_again_nor_by_a_rule(shop):
    late = theme_id(shop, LATE)
    entry = comment(shop, "late")
    shop.run("No", lambda op: settle(op, entry, late, "rejected"))
    shop.run("Rule", lambda op: store_rules.add_rule(op, late, "late"))

    assert resort(shop).changed == 0
    assert standing_of(shop, entry) == [(LATE, "rejected", "owner", 1)]


def test_only_what_the_filter_shows_is_sorted(shop):
    old, new = comment(shop, "late", TODAY - timedelta(days=90)), comment(shop, "late")

    assert resort(shop, LATELY).entries == 1
    assert (standing_of(shop, old), len(standing_of(shop, new))) == ([], 1)
    assert store_sort.unsorted(shop, LATELY) == 0
    assert store_sort.unsorted(shop) == 1


def test_many_comments_are_sorted_in_parts_without_losing_any(shop, monkeypatch):
    monkeypatch.setattr(store_sort, "_AT_ONCE", 7)
    ids = comments(shop, [f"late {place}" for place in range(40)])

    assert resort(shop) == Sorted(entries=40, words=40, changed=40)
    assert all(standing_of(shop, entry) == [(LATE, "suggested", "words", 1)] for entry in ids)


def test_rules_stand_before_what_was_learned_and_that_before_words(shop):
    file_many(shop, 20)
    shop.run("Rule", lambda op: store_rules.add_rule(op, theme_id(op, LATE), "bike"))
    ids = comments(shop, ["the bike rack again", "the crumb was tight and late", "late"])

    ready = store_sort.prepared(shop)
    assert ready.model is not None
    done = shop.run("Sort", lambda op: store_sort.resort(op, None, ready)).result

    assert (done.entries, done.rule, done.model, done.words) == (3, 1, 1, 1)
    assert standing_of(shop, ids[0]) == [(LATE, "suggested", "rule", 1), ("getting-to-you", "suggested", "model", 0)]
    assert standing_of(shop, ids[1]) == [("quality", "suggested", "model", 1)]
    assert standing_of(shop, ids[2]) == [(LATE, "suggested", "words", 1)]
    chance = shop.value("SELECT score FROM entry_themes WHERE entry_id = ?", (ids[1],))
    assert 0.6 <= chance <= 1


def test_what_was_worked_out_before_is_what_is_said_of_new_texts_as_well(shop):
    file_many(shop, 20)
    made = store_sort.prepared(shop)
    texts = ["one till open", "bike rack", "nothing of the kind", "one till open"]

    assert made.prepared(texts).sort(texts) == made.sort(texts)


def test_words_alone_need_no_model(shop):
    only = Sorter(Lexicon(store.themes(shop)))
    assert [hit.theme.key for hit in only.prepared(["late"]).sort(["late"])[0]] == [LATE]


SAID = st.tuples(
    st.lists(st.sampled_from(["late", "kind", "rude", "bread", "not", "dear"]), min_size=1, max_size=5),
    st.dictionaries(st.sampled_from([LATE, KIND]), st.sampled_from(["confirmed", "rejected", "suggested"])),
)


def test_whatever_the_owner_said_stays_and_undo_brings_all_back(shop):
    themes = {key: theme_id(shop, key) for key in (LATE, KIND)}
    owners = "SELECT entry_id, theme_id, state, main FROM entry_themes WHERE by = 'owner' ORDER BY id"
    everything = "SELECT entry_id, theme_id, state, by, main, score FROM entry_themes ORDER BY id"

    def log(op, said):
        for words, states in said:
            entry = feedback.save(op, Entry(date=TODAY, text=" ".join(words)))
            for key, state in states.items():
                by = "words" if state == "suggested" else "owner"
                store.tag_entry(op, entry, themes[key], state, by)

    @settings(max_examples=25)
    @given(st.lists(SAID, min_size=1, max_size=6))
    def whatever(said):
        shop.run("Log", lambda op: log(op, said))
        before, owned = (list(map(tuple, shop.rows(sql))) for sql in (everything, owners))

        done = resort(shop)

        assert list(map(tuple, shop.rows(owners))) == owned
        mains = """SELECT max(count) FROM (SELECT sum(main) AS count FROM entry_themes WHERE state = 'suggested'
                   GROUP BY entry_id)"""
        assert (shop.value(mains) or 0) <= 1
        assert resort(shop).changed == 0
        if done.changed:
            shop.undo()
        assert list(map(tuple, shop.rows(everything))) == before
        shop.undo()

    whatever()


def test_a_theme_merged_or_taken_back_since_sorting_was_prepared_is_not_suggested(shop):
    (entry,) = comments(shop, ["late, so kind, with a zebra"])
    factor = shop.value("SELECT factor_id FROM themes WHERE id = ?", (theme_id(shop, LATE),))
    shop.run("Add", lambda op: store.add_theme(op, "Zebras", factor, ["zebra"]))
    ready = store_sort.prepared(shop)
    shop.undo()
    shop.run("Merge", lambda op: store_manage.merge(op, theme_id(op, LATE), theme_id(op, KIND)))
    shop.run("Sort", lambda op: store_sort.resort(op, None, ready))
    assert standing_of(shop, entry) == [(KIND, "suggested", "words", 1)]
