"""A basis and actions by hand, for tests of plans."""

from datetime import date

from cvdesk.catalogue.records import GAINS
from cvdesk.strategy.records import Action, Lift
from cvdesk.strategy.records_plan import Basis, FactorStanding

FIRST, LAST = date(2026, 3, 20), date(2026, 6, 17)
LEVER_OF = {"quality": "worth", "fit": "worth", "people": "benefits", "price": "costs", "waiting": "drawbacks"}


def standing(key, score, weight=1.0, advantage=None, se=0.15, multiplier=1.0, limit=None):
    lever = LEVER_OF[key]
    point = (1 if lever in GAINS else -1) * multiplier * weight
    return FactorStanding(key, key.title(), lever, score, score, se, weight, point, advantage, 40, limit)


def basis(**more):
    """Net 3.0: worth 4.0 and 3.5, benefits 4.0, price 2.0, waiting 2.0."""
    factors = (
        standing("quality", 4.0, 0.5, 0.8), standing("fit", 3.5, 0.5), standing("people", 4.0, advantage=0.2),
        standing("price", 2.5, advantage=-0.4), standing("waiting", 2.25, advantage=-1.5),
    )  # fmt: skip
    levers = dict.fromkeys(("worth", "benefits", "costs", "drawbacks"), 1.0)
    given = {
        "net": 3.0, "net_low": 2.6, "net_high": 3.4, "people": 40, "first": FIRST, "last": LAST, "factors": factors,
        "multipliers": levers, "optimism": 1.0,
    }  # fmt: skip
    return Basis(**{**given, **more})


def action(number, lifts=None, cost=0, **more):
    """An action of this id; lifts: factor key -> likely, or (low, likely, high)."""
    spread = {
        key: Lift(*size) if isinstance(size, tuple) else Lift(size, size, size) for key, size in (lifts or {}).items()
    }
    return Action(
        f"Action {number}", lifts=spread, cost_once_minor=cost, chance=more.pop("chance", 1.0), id=number, **more
    )
