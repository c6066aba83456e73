"""Many entries changed at once: as if one by one, and one step to undo."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from functools import partial
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cvdesk.catalogue import files
from cvdesk.catalogue import store as catalogue
from cvdesk.catalogue.records import Business
from cvdesk.customers import store as customers
from cvdesk.customers.records import Customer
from cvdesk.db import BusinessFile, Operation
from cvdesk.exchange.new import make_business
from cvdesk.feedback import store, store_bulk
from cvdesk.feedback.records import Entry
from cvdesk.feedback.store_list import EntryList, EntryQuery
from cvdesk.themes import store as themes
from tests.feedback.test_store import everything

TODAY = date(2026, 11, 22)


def filled(path: Path, count: int = 60) -> BusinessFile:
    made = make_business(path, Business("Bakery"))

    def work(op: Operation) -> None:
        about = [theme.id for theme in themes.themes(op)]
        channels = [channel.id for channel in catalogue.named(op, "channels")]
        segment = catalogue.ensure(op, "segments", "Cafés")
        people = [customers.save(op, Customer(name=name)) for name in ("Ada", "Jo")]
        people.append(customers.save(op, Customer(name="Café Lumen", segment_id=segment)))
        for place in range(count):
            entry = store.save(op, Entry(
                date=TODAY - timedelta(days=place // 2), text=f"bread {place}", kind=("praise", "problem")[place % 2],
                rating=None if place % 5 == 0 else 1 + (place % 9) / 2, channel_id=channels[place % 3],
                customer_id=people[place % 2] if place % 4 else None, needs_answer=place % 3 == 0,
                themes=(about[0],) if place % 4 == 0 else (), suggested_themes=(about[1],) if place % 6 == 0 else (),
            ))  # fmt: skip
            if place % 10 == 0:
                files.attach(op, b"the same" if place % 20 else b"own %d" % place, "note.txt", entry_id=entry)

    made.run("Fill", work)
    return made


def as_rows(file: BusinessFile, sql: str) -> list[tuple[object, ...]]:
    return [tuple(row) for row in file.rows(sql)]


def test_a_channel_for_all_is_one_step_and_lists_follow(tmp_path: Path):
    with filled(tmp_path / "b.cvdesk") as file:
        before = everything(file)
        letter = catalogue.named(file, "channels")[-1].id
        ids = EntryList(file).ids(0, 1_000)
        assert len(ids) == 60
        done = file.run("Channel", partial(store_bulk.set_column, ids=ids, column="channel_id", value=letter))
        assert done.result == 60
        assert EntryList(file, EntryQuery(channel=letter)).count() == 60
        assert file.out_of_step() == []
        assert file.undo().label == "Channel"
        assert everything(file) == before
        file.redo()
        assert EntryList(file, EntryQuery(channel=letter)).count() == 60
        assert file.out_of_step() == []


def test_a_customer_brings_the_segment(tmp_path: Path):
    with filled(tmp_path / "b.cvdesk") as file:
        cafe = file.value("SELECT id FROM customers WHERE name = 'Café Lumen'")
        ids = EntryList(file).ids(0, 30)
        file.run("Customer", partial(store_bulk.set_customer, ids=ids, customer_id=cafe))
        same = "SELECT count(*) FROM entries WHERE customer_id = ? AND segment_id IS NOT NULL"
        assert file.value(same, (cafe,)) == 30
        file.run("Anonymous", partial(store_bulk.set_customer, ids=ids, customer_id=None))
        assert EntryList(file, EntryQuery(customer=cafe)).count() == 0
        assert file.out_of_step() == []


def test_a_theme_is_added_and_taken_away(tmp_path: Path):
    with filled(tmp_path / "b.cvdesk") as file:
        first, second = [theme.id for theme in themes.themes(file)][:2]
        ids = EntryList(file).ids(0, 100)
        file.run("About", partial(store_bulk.add_theme, ids=ids, theme_id=second))
        assert EntryList(file, EntryQuery(theme=second)).count() == 60
        # An entry has one main theme: the one it had before, else the new one.
        mains = as_rows(file, "SELECT entry_id FROM entry_themes WHERE main = 1 AND state = 'confirmed'")
        assert len(mains) == len(set(mains)) == 60
        assert file.run("Again", partial(store_bulk.add_theme, ids=ids, theme_id=second)).result == 0
        file.run("Not about", partial(store_bulk.remove_theme, ids=ids, theme_id=first))
        assert EntryList(file, EntryQuery(theme=first)).count() == 0


def test_answered_leaves_what_was_answered_before(tmp_path: Path):
    with filled(tmp_path / "b.cvdesk") as file:
        ids = EntryList(file).ids(0, 100)
        file.run("One", partial(store.mark_answered, entry_id=ids[0], day=TODAY))
        done = file.run("All", partial(store_bulk.mark_answered, ids=ids, day=TODAY - timedelta(days=5)))
        assert store.get(file, ids[0]).answered == TODAY
        assert done.result == 50  # ten were given later than that day
        assert store.get(file, ids[-1]).answered == TODAY - timedelta(days=5)


def test_deleting_takes_only_what_hangs_on_them_alone(tmp_path: Path):
    with filled(tmp_path / "b.cvdesk") as file:
        before = everything(file)
        ids = [row.id for row in EntryList(file).fetch(0, 100) if row.text != "bread 10"]
        assert file.run("Delete", partial(store_bulk.delete, ids=ids)).result == 59
        assert EntryList(file).count() == 1
        assert file.value("SELECT count(*) FROM attachments") == 1
        assert EntryList(file, EntryQuery(search="bread")).count() == 1
        assert file.out_of_step() == []
        file.undo()
        assert everything(file) == before


def test_text_and_date_are_not_changed_set_wise(tmp_path: Path):
    with filled(tmp_path / "b.cvdesk") as file:
        ids = EntryList(file).ids(0, 5)
        for values in ({"text": "x"}, {"date": "2026-01-01"}, {"id": 1}):
            with pytest.raises(ValueError, match="one by one"):
                file.run("Wrong", lambda op, values=values: op.update_many("entries", ids, values))
        with pytest.raises(ValueError, match="column"):
            file.run("Wrong", lambda op: op.update_many("entries", ids, {"nothing": 1}))


@settings(max_examples=12)
@given(data=st.data())
def test_any_row_of_steps_keeps_everything_in_step_and_is_undone(tmp_path_factory, data: st.DataObject):
    with filled(tmp_path_factory.mktemp("bulk") / "b.cvdesk", 50) as file:
        all_ids = EntryList(file).ids(0, 100)
        channel = catalogue.named(file, "channels")[1].id
        person = file.value("SELECT id FROM customers WHERE name = 'Jo'")
        theme = themes.themes(file)[1].id
        ids = data.draw(st.lists(st.sampled_from(all_ids), max_size=50))
        one = data.draw(st.sampled_from(all_ids))

        def beside_one(op: Operation) -> None:
            """Single and set-wise writes of the same rows in one step."""
            store.save(op, Entry(date=TODAY, text="other words", id=one, rating=2.0))
            store_bulk.set_column(op, ids, "kind", "question")
            store.mark_answered(op, one, TODAY)
            store_bulk.set_customer(op, [one, *ids], person)

        steps: list[Callable[[Operation], object]] = [
            partial(store_bulk.set_column, ids=ids, column="channel_id", value=channel),
            partial(store_bulk.set_column, ids=ids, column="kind", value="praise"),
            partial(store_bulk.set_customer, ids=ids, customer_id=person),
            partial(store_bulk.add_theme, ids=ids, theme_id=theme),
            partial(store_bulk.remove_theme, ids=ids, theme_id=theme),
            partial(store_bulk.mark_answered, ids=ids, day=TODAY),
            beside_one,
            partial(store_bulk.delete, ids=ids),
        ]
        stood = [everything(file)]
        for place in sorted(data.draw(st.lists(st.integers(0, len(steps) - 1), min_size=1, max_size=4))):
            if place == steps.index(beside_one) and file.value("SELECT 1 FROM entries WHERE id = ?", (one,)) is None:
                continue
            if file.run("Step", steps[place]).operation_id:
                stood.append(everything(file))
            assert file.out_of_step() == []
        for before in stood[-2::-1]:
            file.undo()
            assert everything(file) == before
            assert file.out_of_step() == []
        for after in stood[1:]:
            file.redo()
            assert everything(file) == after
