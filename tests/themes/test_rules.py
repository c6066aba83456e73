"""Words that always mean a theme: what they would touch, what they file, and how they are taken back."""

import pytest

from cvdesk.errors import UserError
from cvdesk.feedback import store as feedback
from cvdesk.feedback.records import Entry
from cvdesk.themes import store, store_rules
from cvdesk.themes.lexicon import suggest
from cvdesk.themes.store_marks import settle
from tests.themes.shop import TODAY, comment, comments, make_shop, standing_of, theme_id

LATE, KIND = "delivery-and-appointments", "helpful-people"


@pytest.fixture
def shop(tmp_path):
    with make_shop(tmp_path) as file:
        yield file


def test_a_rule_says_before_what_it_would_touch_and_then_touches_just_that(shop):
    late, kind = theme_id(shop, LATE), theme_id(shop, KIND)
    open_, denied, filed, other = (comment(shop, text) for text in ["The van!", "vans", "A van, so kind", "bread"])
    shop.run("No", lambda op: settle(op, denied, late, "rejected"))
    shop.run("File", lambda op: settle(op, filed, kind, "confirmed"))

    assert store_rules.rule_matches(shop, late, "Van") == 1
    assert shop.run("Rule", lambda op: store_rules.apply_rule(op, late, "Van")).result == 1

    assert store_rules.rules(shop, late) == ("van",)
    assert standing_of(shop, open_) == [(LATE, "suggested", "rule", 1)]
    assert standing_of(shop, denied) == [(LATE, "rejected", "owner", 1)]
    assert standing_of(shop, filed) == [(KIND, "confirmed", "owner", 1)]
    assert standing_of(shop, other) == []
    shop.undo()
    assert (store_rules.rules(shop, late), standing_of(shop, open_)) == ((), [])


def test_a_rule_takes_the_first_place_from_what_keywords_said(shop):
    late, kind = theme_id(shop, LATE), theme_id(shop, KIND)
    entry = shop.run("Log", lambda op: feedback.save(
        op, Entry(date=TODAY, text="A kind man in the van", suggested_themes=(kind, late)),
    )).result  # fmt: skip
    assert standing_of(shop, entry) == [(KIND, "suggested", "words", 1), (LATE, "suggested", "words", 0)]

    shop.run("Rule", lambda op: store_rules.apply_rule(op, late, "van"))

    assert standing_of(shop, entry) == [(LATE, "suggested", "rule", 1), (KIND, "suggested", "words", 0)]


def test_the_first_of_two_rules_keeps_the_first_place(shop):
    entry = comment(shop, "the man in the van")
    for key, word in ((KIND, "man in"), (LATE, "van")):
        theme = theme_id(shop, key)
        shop.run("Rule", lambda op, theme=theme, word=word: store_rules.apply_rule(op, theme, word))

    assert standing_of(shop, entry) == [(KIND, "suggested", "rule", 1), (LATE, "suggested", "rule", 0)]


def test_a_rule_taken_away_takes_what_rested_on_it_alone(shop):
    late = theme_id(shop, LATE)
    alone, both, confirmed = (comment(shop, text) for text in ["a van", "a late van", "his van"])
    shop.run("Rule", lambda op: store_rules.apply_rule(op, late, "van"))
    shop.run("Yes", lambda op: settle(op, confirmed, late, "confirmed"))

    assert shop.run("Away", lambda op: store_rules.remove_rule(op, late, "Van")).result == 1

    assert standing_of(shop, alone) == []
    assert standing_of(shop, both) == [(LATE, "suggested", "words", 1)]
    assert standing_of(shop, confirmed) == [(LATE, "confirmed", "owner", 1)]
    assert store_rules.rules(shop, late) == ()
    assert shop.run("Away", lambda op: store_rules.remove_rule(op, late, "van")).result == 0


@pytest.mark.parametrize("words", ["", "  ", "?!", "👍", "x" * 61])
def test_what_is_no_rule_is_refused_with_a_reason(shop, words):
    late = theme_id(shop, LATE)
    for work in (store_rules.apply_rule, store_rules.rule_matches):
        with pytest.raises(UserError):
            shop.run("Rule", lambda op, work=work: work(op, late, words))


def test_what_a_new_comment_is_suggested_for_keeps_what_it_rests_on(shop):
    late = theme_id(shop, LATE)
    shop.run("Rule", lambda op: store_rules.apply_rule(op, late, "van"))
    themes = store.themes(shop)
    text = "That van, and such friendly, kind staff"
    found = tuple(theme.id for theme in suggest(text, themes))

    entry = shop.run("Log", lambda op: feedback.save(op, Entry(date=TODAY, text=text, suggested_themes=found))).result

    assert standing_of(shop, entry) == [(LATE, "suggested", "rule", 1), (KIND, "suggested", "words", 0)]
    scores = shop.rows("SELECT score FROM entry_themes WHERE entry_id = ? ORDER BY main DESC", (entry,))
    assert [row[0] for row in scores] == [1.0, 3.0]


def test_a_further_theme_of_a_factor_is_known_by_its_own_words_alone(shop):
    factor = shop.value("SELECT factor_id FROM themes WHERE key = ?", (LATE,))
    shop.run("New", lambda op: store.add_theme(op, "Courier lost it", factor, ("lost",)))

    assert [theme.key for theme in suggest("delivered late", store.themes(shop))] == [LATE]
    assert [theme.key for theme in suggest("they lost it", store.themes(shop))] == ["courier-lost-it"]


def test_neither_a_merged_nor_a_retired_theme_is_suggested(shop):
    late, kind = theme_id(shop, LATE), theme_id(shop, KIND)
    shop.run("Merge", lambda op: op.update("themes", late, {"merged_into": kind}))
    shop.run("Retire", lambda op: op.update("themes", kind, {"active": 0}))

    assert suggest("delivered late by kind people", store.themes(shop)) == []


def test_counting_stops_once_nobody_waits_for_it(shop):
    late = theme_id(shop, LATE)
    comments(shop, ["The van"] * 5)
    asked = iter([False, False, True])
    assert store_rules.rule_matches(shop, late, "van", lambda: next(asked)) == 2
    assert store_rules.rule_matches(shop, late, "van") == 5
