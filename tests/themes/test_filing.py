"""What waits to be filed, and what filing it writes."""

from dataclasses import replace
from datetime import date
from functools import partial

import pytest

from cvdesk.db import create_file
from cvdesk.db.filter import Period
from cvdesk.errors import UserError
from cvdesk.themes import store_filing, store_rules, store_sort
from cvdesk.themes.store_filing import Answer
from tests.db.helpers import records
from tests.themes.filed import ALWAYS, about, say, shop


@pytest.fixture
def file(tmp_path):
    with create_file(tmp_path / "shop.cvdesk") as opened:
        yield opened


@pytest.fixture
def known(file):
    return file.run("Set up", shop).result


def waiting(file, chosen=ALWAYS):
    queue = store_filing.Queue(file, chosen)
    assert queue.count() == store_filing.waiting_count(file, chosen)
    return [entry.text for entry in queue.fetch(0, 100)]


def test_what_nobody_confirmed_waits_newest_first(file, known):
    late = known.themes["late-delivery"]

    def fill(op):
        say(op, "Old", day="2026-01-01")
        say(op, "Suggested", (late, "suggested"), day="2026-03-01")
        say(op, "Confirmed", (late, "confirmed"), day="2026-04-01")
        say(op, "Not that", (late, "rejected"), day="2026-05-01")
        say(op, "", day="2026-06-01", rating=3.0)

    file.run("Fill", fill)
    assert waiting(file) == ["Not that", "Suggested", "Old"]
    spring = replace(ALWAYS, period=Period(date(2026, 2, 1), date(2026, 4, 30)))
    assert waiting(file, spring) == ["Suggested"]
    assert waiting(file, replace(ALWAYS, theme=late)) == ["Suggested"]


def test_suggestions_come_with_the_likely_main_theme_first_and_without_themes_out_of_use(file, known):
    late, driver, bread = (known.themes[key] for key in ("late-delivery", "driver", "bread"))

    def fill(op):
        say(op, "Late bread", (late, "suggested"), (driver, "suggested"), (bread, "suggested"), by="rule")
        op.update("themes", driver, {"active": 0})

    file.run("Fill", fill)
    assert store_filing.Queue(file, ALWAYS).fetch(0, 1)[0].suggested == ((late, "rule"), (bread, "rule"))


def test_the_place_of_an_entry_is_found_by_its_position(file, known):
    file.run("Fill", lambda op: [say(op, f"Number {day}", day=f"2026-11-{day:02}") for day in range(1, 8)])
    queue = store_filing.Queue(file, ALWAYS)
    for place, entry in enumerate(queue.fetch(0, 7)):
        assert queue.row_of(entry.position) == place
    assert queue.row_of(5) is None
    assert len(queue.ids(2, 3)) == 3


def test_an_answer_confirms_what_it_names_and_rejects_what_was_suggested(file, known):
    late, driver, bread = (known.themes[key] for key in ("late-delivery", "driver", "bread"))
    entry = file.run("Fill", lambda op: say(op, "Late", (late, "suggested"), (driver, "suggested"))).result
    answer = Answer((bread, driver), ((driver, "bad"),))
    file.run("File", partial(store_filing.file_entry, entry_id=entry, answer=answer))
    assert about(file, entry) == [
        ("bread", "confirmed", 1),
        ("driver", "confirmed", 0),
        ("late-delivery", "rejected", 1),
    ]
    assert file.value("SELECT mood FROM entry_themes WHERE theme_id = ?", (driver,)) == "bad"
    assert waiting(file) == []


def test_what_is_about_no_theme_waits_no_longer_and_counts_nowhere(file, known):
    late = known.themes["late-delivery"]
    entry, plain = file.run("Fill", lambda op: (say(op, "Hm", (late, "suggested")), say(op, "Hello"))).result
    before = records(file)
    file.run("None", partial(store_filing.file_entry, entry_id=entry, answer=Answer(())))
    file.run("None", partial(store_filing.file_entry, entry_id=plain, answer=Answer(())))
    assert waiting(file) == []
    assert file.value("SELECT count(*) FROM entry_themes WHERE state <> 'rejected'") == 0
    assert file.value("SELECT count(*) FROM themes WHERE active = 1") == len(known.themes)
    file.undo()
    file.undo()
    assert records(file) == before


def test_feedback_deleted_meanwhile_is_not_filed(file, known):
    entry = file.run("Fill", lambda op: say(op, "Late")).result
    file.run("Delete", lambda op: op.delete("entries", entry))
    with pytest.raises(UserError, match="deleted meanwhile"):
        file.run("File", partial(store_filing.file_entry, entry_id=entry, answer=Answer((known.themes["bread"],))))


def test_many_are_confirmed_in_one_step_each_with_one_main_theme(file, known):
    late, driver = known.themes["late-delivery"], known.themes["driver"]

    def fill(op):
        entries = [say(op, "Late", (late, "suggested"), (driver, "suggested")) for _number in range(30)]
        op.update_many("entry_themes", [row[0] for row in op.rows("SELECT id FROM entry_themes")], {"main": 1})
        return entries

    entries = file.run("Fill", fill).result
    before = records(file)
    assert file.run("Confirm", partial(store_filing.confirm, ids=entries[:20])).result == 40
    assert about(file, entries[0]) == [("late-delivery", "confirmed", 1), ("driver", "confirmed", 0)]
    assert len(waiting(file)) == 10
    file.undo()
    assert records(file) == before


def test_confirming_what_rules_suggest_leaves_the_rest_as_it_is(file, known):
    late, driver = known.themes["late-delivery"], known.themes["driver"]

    def fill(op):
        return say(op, "Late", (late, "suggested"), by="rule"), say(op, "Driver", (driver, "suggested"))

    by_rule, by_words = file.run("Fill", fill).result
    assert store_filing.ruled(file, ALWAYS) == [by_rule]
    file.run("Confirm", partial(store_filing.confirm, ids=[by_rule, by_words], rules_only=True))
    assert [tuple(row) for row in file.rows("SELECT state, by FROM entry_themes ORDER BY id")] == [
        ("confirmed", "rule"), ("suggested", "words"),
    ]  # fmt: skip


def test_the_themes_most_used_come_first(file, known):
    bread, driver = known.themes["bread"], known.themes["driver"]

    def fill(op):
        for theme, times in ((driver, 3), (bread, 2)):
            for _number in range(times):
                say(op, "Words", (theme, "confirmed"))

    file.run("Fill", fill)
    assert store_filing.most_used(file, 2) == (driver, bread)


@pytest.mark.parametrize("key", ["bread", None])
def test_many_are_filed_under_one_theme_or_none_in_one_step(file, known, key):
    late, bread = known.themes["late-delivery"], known.themes["bread"]

    def fill(op):
        return [say(op, "Late", (late, "suggested")), say(op, "Rye", (bread, "suggested"), (late, "suggested")),
                say(op, "Plain")]  # fmt: skip

    entries = file.run("Fill", fill).result
    before = records(file)
    theme = None if key is None else bread
    assert file.run("File", partial(store_filing.file_many, ids=entries, theme_id=theme)).result == 3
    assert waiting(file) == []
    confirmed = "SELECT count(*) FROM entry_themes WHERE state = 'confirmed' AND main = 1 AND theme_id = ?"
    assert file.value(confirmed, (bread,)) == (0 if key is None else 3)
    assert file.value("SELECT count(*) FROM entry_themes WHERE state = 'suggested'") == 0
    file.undo()
    assert records(file) == before


def test_what_is_about_no_theme_is_neither_suggested_again_nor_touched_by_rules(file, known):
    late = known.themes["late-delivery"]
    entry, other = file.run("Fill", lambda op: (say(op, "The van is late"), say(op, "Late again"))).result
    file.run("None", partial(store_filing.file_entry, entry_id=entry, answer=Answer(())))
    assert store_sort.unsorted(file, ALWAYS) == 1
    assert store_rules.rule_matches(file, late, "late") == 1
    file.run("Sort", partial(store_sort.resort, chosen=ALWAYS))
    assert about(file, entry) == [("about-none", "rejected", 0)]
    assert about(file, other) == [("late-delivery", "suggested", 1)]
