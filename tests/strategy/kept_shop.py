"""A shop with score sheets each month, whose deliveries got better after the second van, and plans for it."""

import shutil
from datetime import date
from pathlib import Path

from cvdesk.catalogue import store as catalogue
from cvdesk.catalogue.records import GAINS, LEVERS, Filter, Period
from cvdesk.db import BusinessFile, open_file
from cvdesk.figures.store import gather
from cvdesk.strategy import store_actions, store_kept
from cvdesk.strategy.records import Action, Lift
from cvdesk.strategy.records_kept import Strategy
from cvdesk.strategy.records_plan import Basis, FactorStanding, Limits, Planned, PlanOutcome
from cvdesk.strategy.store_kept_propose import propose
from cvdesk.trends.months import months_between
from tests.figures.shop import add_sheet, new_shop

TODAY = date(2026, 11, 21)
FIRST = date(2025, 6, 1)
VAN = date(2026, 5, 1)
SPREAD = (-1, 0, 0, 0, 1)
_made: dict[str, Path] = {}


def shop(folder: Path, templates: Path) -> BusinessFile:
    """Five sheets a month: gains 4, burdens 2, deliveries 4 until the van and 3 after it."""
    if "shop" not in _made:
        with new_shop(templates) as made:
            made.run("Sheets", _sheets)
        _made["shop"] = templates / "shop.cvdesk"
    shutil.copy(_made["shop"], folder / "shop.cvdesk")
    return open_file(folder / "shop.cvdesk")


def _sheets(op) -> None:
    factors = catalogue.factors(op)
    for place, month in enumerate(months_between(FIRST, TODAY)):
        for number, off in enumerate(SPREAD):
            values = {one.key: 4.0 if one.lever in GAINS else 2.0 for one in factors}
            level = 4.0 if month < VAN else 3.0
            by_chance = (-1, 0, 1)[place % 3] if number == 2 else 0  # months differ a little
            values["delivery"] = level + by_chance + (off if (place + number) % 2 else -off)
            add_sheet(op, month.replace(day=3 + number), {**values, "worth_it": 4.0})


def add_action(file, name: str, **more) -> int:
    lifts = more.pop("lifts", {"delivery": Lift(0.5, 1.0, 1.5)})
    return file.run("Add", lambda op: store_actions.save(op, Action(name, lifts=lifts, **more), TODAY)).result


def step(file, action_id: int, status: str, day: date) -> None:
    file.run("Step", lambda op: store_actions.set_status(op, action_id, status, day))


def a_plan(file, chosen: list[int], today: date = TODAY, limits: Limits | None = None, **more):
    """A plan by hand of these actions: what it brings is made up, where the shop stands is not."""
    figures = gather(file, Filter(Period.last_days(90, today)), today)
    standing = tuple(
        FactorStanding(key, key, lever, found.value, found.value, 0.2, 0.2, 0.15 if lever in GAINS else -0.15, None, 9)
        for lever, card in figures.value.levers.items()
        for key, found in card.factors.items()
        if found.value is not None
    )
    net = figures.value.net
    basis = Basis(net.value, net.low, net.high, net.n, FIRST, today, standing, dict.fromkeys(LEVERS, 1.0), 0.7)
    known = tuple(one for one in store_actions.actions(file) if one.open)
    must = tuple(one for one in known if one.must_fix)
    outcome = PlanOutcome(
        tuple(chosen), 0.4, dict.fromkeys(chosen, 0.2), {"drawbacks": 0.66, "worth": 0.34}, {}, 30000, 20.0
    )
    return Planned(basis, limits or Limits(), known, must, {"balanced": outcome}, **more), outcome


def decided(file, chosen: list[int], today: date = TODAY, **more) -> int:
    """Decides on a plan of these actions as it is proposed."""
    planned, outcome = a_plan(file, chosen, today, **more)
    strategy, _known = propose(file, planned, outcome, today)
    return decide(file, strategy, today)


def decide(file, strategy: Strategy, today: date = TODAY) -> int:
    return file.run("Decide", lambda op: store_kept.decide(op, strategy, today)).result
