"""Lists of names that grow by themselves: the same name is the same thing, another sign another."""

import pytest

from cvdesk.catalogue import store
from cvdesk.db import create_file


@pytest.fixture
def file(tmp_path):
    with create_file(tmp_path / "shop.cvdesk") as made:
        yield made


def tagged(file, name):
    return file.run("Tag", lambda op: store.ensure(op, "tags", name)).result


@pytest.mark.parametrize(("one", "other"), [("⭐", "❤"), ("!!!", "+++"), ("☕", "Café")])
def test_names_of_signs_alone_are_told_apart(file, one, other):
    assert tagged(file, one) != tagged(file, other)
    assert tagged(file, one) == tagged(file, f" {one} ")
    assert {tag.name for tag in store.named(file, "tags")} == {one, other}


def test_a_name_is_known_in_capitals_and_without_accents(file):
    assert tagged(file, "Cafés") == tagged(file, "CAFES")
