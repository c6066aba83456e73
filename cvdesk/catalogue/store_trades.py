"""SQL of trades: which of what customers value the short form asks about in a bakery, a garage or a web shop."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from cvdesk.catalogue import store as catalogue
from cvdesk.catalogue.records_factors import FactorSetUp
from cvdesk.catalogue.store_factors import factors_set_up
from cvdesk.db import Operation, Queries
from cvdesk.paths import resources

SETTING = "trade"


@dataclass(frozen=True, slots=True)
class Trade:
    """A trade. `core`: what its short form asks about, three of each part of value: factor key -> the reason."""

    key: str
    name: str
    examples: str
    core: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Change:
    """A factor the short form would ask about from now on (with the reason), or no longer. `back`: not in use now."""

    factor: FactorSetUp
    core: bool
    reason: str = ""
    back: bool = False


@cache
def trades() -> tuple[Trade, ...]:
    """The trades to choose from."""
    source = tomllib.loads((resources() / "questions" / "trades.toml").read_text(encoding="utf-8"))
    return tuple(Trade(item["key"], item["name"], item["examples"], item["core"]) for item in source["trade"])


def trade(key: str) -> Trade:
    """One trade; LookupError for an unknown one."""
    for one in trades():
        if one.key == key:
            return one
    raise LookupError(f"there is no trade {key!r}")


def trade_chosen(db: Queries) -> str | None:
    """The key of the trade the owner chose last; None where none was."""
    chosen: str | None = catalogue.setting(db, SETTING)
    return chosen


def changes(db: Queries, key: str) -> list[Change]:
    """What choosing a trade would change, lever by lever. Factors of the owner's own stay as they are."""
    core = trade(key).core
    found = []
    for factor in factors_set_up(db):
        wanted = factor.key in core
        if factor.own or (not wanted and not factor.active):
            continue
        if factor.core != wanted or not factor.active:
            found.append(Change(factor, wanted, core.get(factor.key, ""), not factor.active))
    return found


def choose_trade(op: Operation, key: str) -> None:
    """The short form asks from now on about what matters in this trade; what it needs is in use again."""
    core = trade(key).core
    for factor in factors_set_up(op):
        if not factor.own:
            wanted = factor.key in core
            op.update("factors", factor.id, {"core": int(wanted), "active": int(factor.active or wanted)})
    catalogue.save_setting(op, SETTING, key)
