"""What tests of themes share: a file with comments of which it is known what they are about."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from pathlib import Path

from cvdesk.catalogue.records import Business
from cvdesk.db import BusinessFile, Operation
from cvdesk.exchange.new import make_business
from cvdesk.feedback import store as feedback
from cvdesk.feedback.records import Entry
from cvdesk.themes.store_marks import settle
from tests.desk import TODAY

# Words of the trade that the program's own word list does not know, by the theme they are about.
ABOUT = {
    "quality": ("the crumb was tight", "loaf too dense", "crust like rubber", "sourdough gone pale", "stale crumb"),
    "getting-to-you": ("no bike rack", "steep ramp outside", "nowhere to lock a bike", "icy ramp", "bike rack full"),
    "waiting-and-delays": ("line round the corner", "stood there ages", "one till open", "just one till", "till broke"),
}  # fmt: skip


def make_shop(folder: Path) -> BusinessFile:
    """An empty business with the themes of the question bank."""
    return make_business(folder / "shop.cvdesk", Business("Corner shop"))


def theme_id(file: BusinessFile | Operation, key: str) -> int:
    """The id of a theme."""
    return int(file.value("SELECT id FROM themes WHERE key = ?", (key,)))


def comment(file: BusinessFile, text: str, day: date = TODAY, rating: float | None = None) -> int:
    """An entry as an import adds it: nothing is suggested yet."""
    return file.run("Log", lambda op: feedback.save(op, Entry(date=day, text=text, rating=rating))).result


def comments(file: BusinessFile, texts: Sequence[str], day: date = TODAY) -> list[int]:
    """Many of them in one step."""

    def log(op: Operation) -> list[int]:
        return [feedback.save(op, Entry(date=day, text=text)) for text in texts]

    return file.run("Log", log).result


def file_many(file: BusinessFile, each: int) -> None:
    """So many comments of each theme of `ABOUT`, filed by the owner; no two have the same words."""

    def log(op: Operation) -> None:
        for key, phrases in ABOUT.items():
            for place in range(each):
                text = f"{phrases[place % len(phrases)]}, {'abcdefghijklmnopqrstuvwxyz'[place % 26]}{place}"
                entry = feedback.save(op, Entry(date=TODAY - timedelta(days=place), text=text))
                settle(op, entry, theme_id(op, key), "confirmed")

    file.run("File", log)


def standing_of(file: BusinessFile, entry_id: int) -> list[tuple[str, str, str, int]]:
    """What stands in an entry: key of the theme, state, by whom, whether the main one."""
    sql = """SELECT themes.key, state, by, main FROM entry_themes JOIN themes ON themes.id = theme_id
             WHERE entry_id = ? ORDER BY main DESC, themes.key"""
    return [tuple(row) for row in file.rows(sql, (entry_id,))]
