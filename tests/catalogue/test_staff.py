"""Staff, and the PIN of the log-only view."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from cvdesk.catalogue import pin, store
from cvdesk.catalogue.records import Business
from cvdesk.db import BusinessFile
from cvdesk.errors import UserError
from cvdesk.exchange.new import make_business


@pytest.fixture
def file(tmp_path: Path) -> Iterator[BusinessFile]:
    with make_business(tmp_path / "bakery.cvdesk", Business("Harbour Bakery")) as made:
        yield made


def add(file: BusinessFile, name: str) -> tuple[int, str]:
    return file.run("Add", lambda op: store.add_staff(op, name)).result


def test_staff_come_by_name_and_who_left_comes_back_as_the_same_person(file: BusinessFile):
    ruth = add(file, " Ruth Hill ")
    ann = add(file, "ann")
    assert store.staff(file) == [ann, (ruth[0], "Ruth Hill")]
    file.run("Left", lambda op: store.retire_staff(op, ruth[0]))
    assert store.staff(file) == [ann]
    assert add(file, "ruth hill") == ruth
    assert store.staff(file) == [ann, ruth]


def test_two_people_never_have_one_name(file: BusinessFile):
    ruth, ann = add(file, "Ruth"), add(file, "Ann")
    with pytest.raises(UserError, match="Somebody else is called RUTH"):
        file.run("Rename", lambda op: store.rename_staff(op, ann[0], "RUTH"))
    file.run("Rename", lambda op: store.rename_staff(op, ruth[0], "RUTH"))
    assert store.staff(file) == [ann, (ruth[0], "RUTH")]


def test_a_name_is_needed(file: BusinessFile):
    with pytest.raises(UserError, match="name is missing"):
        add(file, "  ")


def test_only_the_pin_fits_and_the_file_does_not_hold_it(file: BusinessFile):
    assert not pin.has_pin(file)
    assert pin.fits(file, "anything")
    file.run("Set", lambda op: pin.set_pin(op, "2846"))
    assert pin.has_pin(file)
    assert pin.fits(file, "2846")
    assert not pin.fits(file, "2847")
    assert not pin.fits(file, "")
    assert "2846" not in file.value("SELECT value FROM settings WHERE key = ?", (pin.SETTING,))
    file.run("Take away", lambda op: pin.set_pin(op, ""))
    assert not pin.has_pin(file)


def test_a_short_pin_is_refused(file: BusinessFile):
    with pytest.raises(UserError, match="too short"):
        file.run("Set", lambda op: pin.set_pin(op, "12"))
