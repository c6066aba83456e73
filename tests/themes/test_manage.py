"""Themes renamed, merged, split and retired: nothing filed is lost, and one step back undoes it all."""

import json
from functools import partial

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cvdesk.catalogue.records_factors import FactorDraft, proposed
from cvdesk.catalogue.store_factors import add_factor
from cvdesk.db import create_file
from cvdesk.errors import UserError
from cvdesk.exchange.blocks import Blocks
from cvdesk.exchange.lists import ThemeNames
from cvdesk.themes import store, store_manage, store_split
from tests.db.helpers import customer, records
from tests.themes.filed import about, say, shop

STATES = ("suggested", "confirmed", "rejected")
_CUSTOMERS = """SELECT count(DISTINCT customer_id) FROM entries JOIN entry_themes ON entry_id = entries.id
    WHERE theme_id = ? AND state = 'confirmed'"""


@pytest.fixture
def file(tmp_path):
    with create_file(tmp_path / "shop.cvdesk") as opened:
        yield opened


@pytest.fixture
def known(file):
    return file.run("Set up", shop).result


def test_everything_filed_under_a_merged_theme_is_under_the_other(file, known):
    late, driver = known.themes["late-delivery"], known.themes["driver"]

    def fill(op):
        entries = (
            say(op, "Late", (driver, "confirmed")),
            say(op, "Late van", (driver, "suggested"), (late, "rejected")),
            say(op, "Nice", (late, "confirmed"), (driver, "confirmed")),
        )
        complaint = op.insert("complaints", {"number": 1, "date": "2026-11-01", "text": "Late"})
        op.insert("complaint_themes", {"complaint_id": complaint, "theme_id": driver})
        op.insert("theme_rules", {"theme_id": driver, "word": "driver"})
        op.insert("actions", {"name": "Second van", "theme_id": driver})
        op.insert("saved_filters", {"page": "feedback", "name": "Drivers", "value": json.dumps({"theme": driver})})
        return entries

    alone, both, twice = file.run("Fill", fill).result
    merged = file.run("Merge", partial(store_manage.merge, theme_id=driver, into_id=late)).result
    assert (merged.entries, merged.complaints, merged.rules) == (3, 1, 1)
    assert about(file, alone) == [("late-delivery", "confirmed", 1)]
    assert about(file, both) == [("late-delivery", "suggested", 1)]
    assert about(file, twice) == [("late-delivery", "confirmed", 1)]
    assert file.value("SELECT count(*) FROM complaint_themes WHERE theme_id = ?", (late,)) == 1
    assert file.value("SELECT theme_id FROM actions") == late
    assert json.loads(file.value("SELECT value FROM saved_filters"))["theme"] == late
    assert driver not in [theme.id for theme in store.themes(file)]
    assert "driver" in next(theme for theme in store.themes(file) if theme.id == late).rules
    assert store.find_key(file, "driver") == late


def test_two_rows_of_one_entry_keep_the_words_and_the_mood(file, known):
    late, driver = known.themes["late-delivery"], known.themes["driver"]

    def fill(op):
        entry = say(op, "The driver was rude and late")
        for theme, words, mood in ((late, "late", ""), (driver, "was rude", "bad")):
            op.insert("entry_themes", {"entry_id": entry, "theme_id": theme, "state": "confirmed", "by": "owner",
                                       "words": words, "mood": mood})  # fmt: skip

    file.run("Fill", fill)
    file.run("Merge", partial(store_manage.merge, theme_id=driver, into_id=late))
    assert tuple(file.row("SELECT words, mood FROM entry_themes")) == ("late\nwas rude", "bad")


def test_merging_themes_of_two_factors_takes_the_one_that_was_chosen(file, known):
    late, staff = known.themes["late-delivery"], known.themes["friendly-staff"]
    people = known.factors["people"]
    file.run("Merge", partial(store_manage.merge, theme_id=staff, into_id=late, factor_id=people))
    assert file.value("SELECT factor_id FROM themes WHERE id = ?", (late,)) == people


def test_a_theme_merges_neither_into_itself_nor_into_one_that_is_gone(file, known):
    late, driver = known.themes["late-delivery"], known.themes["driver"]
    with pytest.raises(UserError, match="cannot be merged"):
        file.run("Merge", partial(store_manage.merge, theme_id=late, into_id=late))
    file.run("Merge", partial(store_manage.merge, theme_id=driver, into_id=late))
    with pytest.raises(UserError, match="cannot be merged"):
        file.run("Merge", partial(store_manage.merge, theme_id=late, into_id=driver))


def test_a_chain_of_merges_leads_to_the_last_theme(file, known):
    late, driver, staff = (known.themes[key] for key in ("late-delivery", "driver", "friendly-staff"))
    file.run("Merge", partial(store_manage.merge, theme_id=driver, into_id=late))
    file.run("Merge", partial(store_manage.merge, theme_id=late, into_id=staff))
    assert store.find_key(file, "driver") == staff
    assert store.find_key(file, "never-heard-of") is None


rows = st.lists(
    st.tuples(
        st.integers(0, 3), st.lists(st.tuples(st.integers(0, 2), st.sampled_from(STATES)), max_size=3,
                                    unique_by=lambda pair: pair[0]), st.sampled_from(("", "good", "bad")),
    ),
    max_size=12,
)  # fmt: skip


@settings(max_examples=25)
@given(rows=rows)
def test_a_merge_loses_nothing_and_one_step_back_restores_every_row(tmp_path_factory, rows):
    with create_file(tmp_path_factory.mktemp("merge") / "shop.cvdesk") as file:
        known = file.run("Set up", shop).result
        themes = [known.themes[key] for key in ("late-delivery", "driver", "bread")]

        def fill(op):
            people = [customer(op, f"Customer {number}") for number in range(4)]
            for who, about_what, mood in rows:
                entry = op.insert("entries", {"date": "2026-11-01", "text": "Words", "customer_id": people[who]})
                for place, (theme, state) in enumerate(about_what):
                    op.insert("entry_themes", {"entry_id": entry, "theme_id": themes[theme], "state": state,
                                               "by": "words", "main": int(place == 0), "mood": mood})  # fmt: skip

        file.run("Fill", fill)
        before = records(file)
        apart = [file.value(_CUSTOMERS, (theme,)) for theme in themes[:2]]
        filed = "SELECT count(DISTINCT entry_id) FROM entry_themes WHERE state = 'confirmed'"
        count = file.value(filed)
        file.run("Merge", partial(store_manage.merge, theme_id=themes[1], into_id=themes[0]))
        together = file.value(_CUSTOMERS, (themes[0],))
        assert max(apart) <= together <= sum(apart)
        assert file.value(filed) == count
        assert file.value("SELECT count(*) FROM entry_themes WHERE theme_id = ?", (themes[1],)) == 0
        mains = "SELECT max(many) FROM (SELECT sum(main) AS many FROM entry_themes GROUP BY entry_id)"
        assert (file.value(mains) or 0) <= 1
        file.undo()
        assert records(file) == before


def test_a_renamed_theme_keeps_its_key(file, known):
    file.run("Rename", partial(store_manage.rename, theme_id=known.themes["driver"], name="  The  driver "))
    assert tuple(file.row("SELECT key, name FROM themes WHERE id = ?", (known.themes["driver"],))) == (
        "driver", "The driver",
    )  # fmt: skip


@pytest.mark.parametrize(("name", "why"), [("  ", "needs a name"), ("BREAD", "already"), ("x" * 121, "too long")])
def test_a_name_that_cannot_be_is_refused(file, known, name, why):
    with pytest.raises(UserError, match=why):
        file.run("Rename", partial(store_manage.rename, theme_id=known.themes["driver"], name=name))
    with pytest.raises(UserError, match=why):
        file.run("Add", partial(store_manage.add, name=name, factor_id=known.factors["people"]))


def test_the_name_of_a_merged_theme_can_be_used_again(file, known):
    late, driver = known.themes["late-delivery"], known.themes["driver"]
    file.run("Merge", partial(store_manage.merge, theme_id=driver, into_id=late))
    again = file.run("Add", partial(store_manage.add, name="Driver", factor_id=known.factors["people"])).result
    assert again == driver
    assert store.find_key(file, "driver") == driver


def test_a_new_theme_never_takes_the_key_of_a_renamed_one(file, known):
    file.run("Rename", partial(store_manage.rename, theme_id=known.themes["driver"], name="Man with the van"))
    new = file.run("Add", partial(store_manage.add, name="Driver", factor_id=known.factors["people"])).result
    assert new != known.themes["driver"]
    assert file.value("SELECT key FROM themes WHERE id = ?", (new,)) == "driver-2"


def test_a_theme_out_of_use_is_not_suggested_and_comes_back(file, known):
    bread = known.themes["bread"]
    file.run("Retire", partial(store_manage.retire, theme_id=bread))
    assert bread not in [theme.id for theme in store.themes(file)]
    assert not next(line for line in store_manage.lines(file) if line.id == bread).active
    file.run("Put back", partial(store_manage.put_back, theme_id=bread))
    assert bread in [theme.id for theme in store.themes(file)]


def test_a_split_by_words_takes_what_contains_them_and_leaves_the_rest(file, known):
    bread = known.themes["bread"]

    def fill(op):
        entries = [say(op, text, (bread, "confirmed")) for text in ("The rye loaf is back", "Soft white bread", "RYE!")]
        complaint = op.insert("complaints", {"number": 1, "date": "2026-11-01", "text": "No rye again"})
        op.insert("complaint_themes", {"complaint_id": complaint, "theme_id": bread})
        op.insert("theme_rules", {"theme_id": bread, "word": "rye"})
        return entries

    rye, white, loud = file.run("Fill", fill).result
    said = store_split.said_of(file, bread)
    chosen = store_split.containing(said, "rye")
    assert len(chosen) == 3
    before = records(file)
    new = file.run("Split", partial(store_split.split, theme_id=bread, name="Rye loaf",
                                    factor_id=known.factors["quality"], chosen=chosen, words="Rye")).result  # fmt: skip
    assert about(file, rye) == about(file, loud) == [("rye-loaf", "confirmed", 1)]
    assert about(file, white) == [("bread", "confirmed", 1)]
    assert file.value("SELECT theme_id FROM complaint_themes") == new
    assert [tuple(row) for row in file.rows("SELECT theme_id, word FROM theme_rules")] == [(new, "rye")]
    file.undo()
    assert records(file) == before


def test_a_split_into_a_theme_that_was_out_of_use_joins_what_it_had(file, known):
    bread, driver = known.themes["bread"], known.themes["driver"]

    def fill(op):
        return say(op, "The rye driver", (bread, "confirmed"), (driver, "rejected"))

    entry = file.run("Fill", fill).result
    file.run("Retire", partial(store_manage.retire, theme_id=driver))
    said = store_split.said_of(file, bread)
    file.run("Split", partial(store_split.split, theme_id=bread, name="Driver", factor_id=known.factors["people"],
                              chosen=said))  # fmt: skip
    assert about(file, entry) == [("driver", "confirmed", 1)]


def test_nothing_is_split_off_without_a_choice(file, known):
    with pytest.raises(UserError, match="Nothing is chosen"):
        file.run("Split", partial(store_split.split, theme_id=known.themes["bread"], name="Rye",
                                  factor_id=known.factors["quality"], chosen=()))  # fmt: skip


def test_a_name_typed_while_logging_leads_to_the_theme_it_went_into(file, known):
    late, driver, bread = (known.themes[key] for key in ("late-delivery", "driver", "bread"))
    file.run("Merge", partial(store_manage.merge, theme_id=driver, into_id=late))
    assert file.run("Log", partial(store.add_theme_like, name="Driver", theme_id=bread)).result == late
    file.run("Retire", partial(store_manage.retire, theme_id=bread))
    assert file.run("Log", partial(store.add_theme_like, name="Bread", theme_id=late)).result == bread
    assert bread in [theme.id for theme in store.themes(file)]


def test_an_own_factor_of_the_name_of_a_merged_theme_has_that_theme_again(file, known):
    late, driver = known.themes["late-delivery"], known.themes["driver"]
    file.run("Merge", partial(store_manage.merge, theme_id=driver, into_id=late))
    draft = FactorDraft("Driver", "costs", "cost: time", proposed("Driver", "costs"))
    file.run("Add a factor", partial(add_factor, draft=draft))
    assert store.find_key(file, "driver") == driver
    assert driver in [theme.id for theme in store.themes(file)]


def test_words_are_found_by_their_beginning_and_anywhere_where_words_are_not_apart(file, known):
    bread = known.themes["bread"]
    texts = ("Crème brûlée, too sweet", "The ice cream", "パンがおいしい", "Screams of joy")
    file.run("Fill", lambda op: [say(op, text, (bread, "confirmed")) for text in texts])
    said = store_split.said_of(file, bread)
    for words, found in (("CREM", 1), ("cre", 2), ("Brulee too", 1), ("おい", 1), ("…", 0), ("", 0)):
        assert len(store_split.containing(said, words)) == found, words


def test_a_new_name_of_a_theme_typed_while_logging_means_that_theme(file, known):
    late, driver, bread = (known.themes[key] for key in ("late-delivery", "driver", "bread"))
    file.run("Rename", partial(store_manage.rename, theme_id=driver, name="Bread van"))
    assert file.run("Log", partial(store.add_theme_like, name="bread  Van", theme_id=late)).result == driver
    file.run("Rename", partial(store_manage.rename, theme_id=bread, name="Driver"))
    assert file.run("Log", partial(store.add_theme_like, name="Driver", theme_id=late)).result == bread
    names = ThemeNames(file, Blocks(1, ()), "feedback")
    assert [names.id_of(name) for name in ("BREAD VAN", "driver", "Bread")] == [driver, bread, bread]
    file.run("Merge", partial(store_manage.merge, theme_id=driver, into_id=late))
    assert ThemeNames(file, Blocks(1, ()), "feedback").id_of("Bread van") == late


def test_themes_of_a_made_up_file_that_lead_round_in_a_circle_are_found(file, known):
    late, driver = known.themes["late-delivery"], known.themes["driver"]

    def circle(op):
        op.update("themes", late, {"merged_into": driver})
        op.update("themes", driver, {"merged_into": late})

    file.run("Circle", circle)
    assert store.find_key(file, "driver") in (late, driver)
    assert ThemeNames(file, Blocks(1, ()), "feedback").id_of("Driver") in (late, driver)
