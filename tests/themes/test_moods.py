"""In which mood a theme is spoken of: what the owner says of it in one entry is kept, and can be undone."""

import pytest

from cvdesk.errors import UserError
from cvdesk.themes import store
from cvdesk.themes.store_marks import settle
from tests.themes.shop import comment, make_shop, theme_id


@pytest.fixture
def shop(tmp_path):
    with make_shop(tmp_path) as file:
        yield file


def test_the_owner_says_how_a_theme_was_meant_and_takes_it_back(shop):
    entry, quality = comment(shop, "lovely bread, slow till", rating=3), theme_id(shop, "quality")
    shop.run("File", lambda op: settle(op, entry, quality, "confirmed"))
    mood = "SELECT mood FROM entry_themes"

    shop.run("Good", lambda op: store.set_mood(op, entry, quality, "good"))
    assert shop.value(mood) == "good"
    shop.run("Unknown", lambda op: store.set_mood(op, entry, quality, ""))
    assert shop.value(mood) == ""
    shop.undo()
    assert shop.value(mood) == "good"


def test_a_theme_the_entry_no_longer_has_cannot_be_meant_well(shop):
    entry = comment(shop, "lovely bread")
    with pytest.raises(UserError, match="no longer filed"):
        shop.run("Good", lambda op: store.set_mood(op, entry, theme_id(op, "quality"), "good"))
