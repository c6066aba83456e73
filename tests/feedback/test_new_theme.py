"""A theme named in the line that the file does not have yet, and days that do not exist."""

from datetime import date
from pathlib import Path

import pytest

from cvdesk.catalogue.records import Business
from cvdesk.exchange.new import make_business
from cvdesk.feedback import store
from cvdesk.feedback.capture import read
from cvdesk.themes import store as themes

TODAY = date(2026, 11, 21)


def test_a_new_theme_belongs_to_the_factor_of_the_one_it_is_like(tmp_path: Path) -> None:
    with make_business(tmp_path / "shop.cvdesk", Business("Shop")) as shop:
        like = next(theme for theme in themes.themes(shop) if theme.factor_key == "delivery")
        first = shop.run("Theme", lambda op: themes.add_theme_like(op, "Late delivery", like.id)).result
        again = shop.run("Theme", lambda op: themes.add_theme_like(op, "Late delivery", like.id)).result
        made = next(theme for theme in themes.themes(shop) if theme.id == first)
    assert again == first
    assert (made.key, made.factor_key) == ("late-delivery", "delivery")


@pytest.mark.parametrize("typed", ["31/11", "99/99/2020", "2026-02-30", "31 nov"])
def test_a_day_that_does_not_exist_is_said(tmp_path: Path, typed: str) -> None:
    with make_business(tmp_path / "shop.cvdesk", Business("Shop")) as shop:
        captured = read(f"pie cold, {typed}", store.capture_context(shop), TODAY)
    assert captured.problems[0][0] == "date"
    assert "not a day" in captured.problems[0][1]


def test_numbers_that_are_no_day_stay_words(tmp_path: Path) -> None:
    with make_business(tmp_path / "shop.cvdesk", Business("Shop")) as shop:
        captured = read("ordered 45/60 rolls", store.capture_context(shop), TODAY)
    assert captured.problems == ()
    assert captured.text == "ordered 45/60 rolls"
