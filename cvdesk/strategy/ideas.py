"""The bank of ideas, read from the program's own resources."""

from __future__ import annotations

import tomllib
from functools import cache

from cvdesk.paths import resources
from cvdesk.strategy.records_ideas import Idea
from cvdesk.wording import _


@cache
def ideas(language: str = "en") -> tuple[Idea, ...]:
    """All ideas by the order of the question bank; English where a language has none of its own."""
    folder = resources() / "ideas"
    path = folder / f"{language[:2]}.toml"
    source = tomllib.loads((path if path.exists() else folder / "en.toml").read_text(encoding="utf-8"))
    return tuple(
        Idea(item["key"], item["factor"], item["kind"], item["removes"], item["trade"], item["text"])
        for item in source["idea"]
    )


def trade_name(trade: str) -> str:
    """The trade an idea fits best, in words; empty where it fits any."""
    return {
        "": "",
        "food": _("Food and drink"),
        "trades": _("Trades and repairs"),
        "care": _("Care and practices"),
        "shops": _("Shops and web shops"),
        "schools": _("Schools and courses"),
    }[trade]


def trades() -> list[tuple[str, str]]:
    """Trades with ideas of their own, as (key, words), in the order of the bank."""
    return [(key, trade_name(key)) for key in dict.fromkeys(idea.trade for idea in ideas()) if key]
