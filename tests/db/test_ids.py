"""Ids: 63 bits, in the order of time, never twice."""

import random
from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from cvdesk.db import create_file, open_file
from cvdesk.db.ids import EPOCH, RANDOM_BITS, IdSource, stamp
from tests.db.helpers import customer


class Hands:
    """A clock that stands until it is set."""

    def __init__(self, moment: datetime) -> None:
        self.moment = moment

    def __call__(self) -> datetime:
        return self.moment


NOON = datetime(2026, 5, 4, 12, tzinfo=UTC)


def test_an_id_carries_its_millisecond_and_fits_63_bits():
    made = IdSource(Hands(NOON), random.Random(1)).next()
    assert made >> RANDOM_BITS == (NOON - EPOCH) // timedelta(milliseconds=1)
    assert IdSource(Hands(datetime(2088, 1, 1, tzinfo=UTC))).next().bit_length() <= 63


@given(st.lists(st.tuples(st.integers(-5000, 5000), st.integers(1, 50)), max_size=40), st.integers(0, 9))
def test_ids_grow_and_reservations_never_meet_whatever_the_clock_does(steps, number):
    hands = Hands(NOON)
    ids = IdSource(hands, random.Random(number))
    last = 0
    for milliseconds, count in steps:
        hands.moment += timedelta(milliseconds=milliseconds)
        first = ids.reserve(count)
        assert first > last
        last = first + count - 1


def test_the_same_clock_and_chance_give_the_same_ids():
    one, other = (IdSource(Hands(NOON), random.Random(7)) for _ in range(2))
    assert [one.next() for _ in range(20)] == [other.next() for _ in range(20)]


def test_two_copies_of_a_file_give_different_ids_in_the_same_millisecond():
    assert IdSource(Hands(NOON)).next() != IdSource(Hands(NOON)).next()


def test_a_clock_before_2020_gives_ids_all_the_same():
    assert IdSource(Hands(datetime(1999, 1, 1, tzinfo=UTC))).next() >= 0


def test_a_clock_set_back_gives_no_older_ids_in_a_file(path):
    with create_file(path, Hands(NOON)) as file:
        before = file.run("Add", customer).result
    with open_file(path, clock=Hands(NOON - timedelta(days=400))) as file:
        done = file.run("Add", lambda op: customer(op, "Grace Hopper"))
        assert before < done.operation_id < done.result
        undone = file.undo()
        assert undone is not None
        assert undone.label == "Add"
        assert file.value("SELECT name FROM customers") == "Ada Lovelace"


def test_stamps_are_utc_to_the_millisecond():
    there = datetime.fromisoformat("2026-05-04T14:00:00.123456+02:00")
    assert stamp(there) == "2026-05-04T12:00:00.123Z"
