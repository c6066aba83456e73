"""A small business file with themes, feedback and complaints for tests of filing."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from cvdesk.catalogue.records import Filter
from cvdesk.db import BusinessFile, Operation
from cvdesk.db.filter import Period

TODAY = date(2026, 11, 21)
ALWAYS = Filter(Period(date(2020, 1, 1), date(2030, 1, 1)))


@dataclass(frozen=True, slots=True)
class Shop:
    """Ids of what the file holds: factors and themes by name."""

    factors: dict[str, int]
    themes: dict[str, int]


def shop(op: Operation) -> Shop:
    """Three factors with four themes."""
    factors, themes = {}, {}
    for place, (key, lever, words) in enumerate(
        (("delivery", "drawbacks", '["late", "van"]'), ("people", "benefits", '["friendly"]'),
         ("quality", "worth", '["bread", "loaf"]'))
    ):  # fmt: skip
        factors[key] = op.insert("factors", {
            "key": key, "lever": lever, "place": place, "label": key.capitalize(), "keywords": words,
        })  # fmt: skip
    for key, name, factor in (
        ("late-delivery", "Late delivery", "delivery"), ("driver", "Driver", "delivery"),
        ("friendly-staff", "Friendly staff", "people"), ("bread", "Bread", "quality"),
    ):  # fmt: skip
        themes[key] = op.insert("themes", {"key": key, "name": name, "factor_id": factors[factor]})
    return Shop(factors, themes)


def say(op: Operation, text: str, *rows: tuple[int, str], day: str = "2026-11-01", by: str = "words", **more) -> int:
    """Feedback with rows of themes as (theme, state), the first one the main one."""
    entry = op.insert("entries", {"date": day, "text": text, **more})
    for place, (theme, state) in enumerate(rows):
        op.insert("entry_themes", {
            "entry_id": entry, "theme_id": theme, "state": state, "by": by, "main": int(place == 0),
        })  # fmt: skip
    return entry


def about(file: BusinessFile, entry: int) -> list[tuple[str, str, int]]:
    """What is known of an entry: (key of the theme, state, main), the main one first."""
    sql = """SELECT themes.key, state, main FROM entry_themes JOIN themes ON themes.id = theme_id
        WHERE entry_id = ? ORDER BY state, main DESC, themes.key"""
    return [tuple(row) for row in file.rows(sql, (entry,))]
