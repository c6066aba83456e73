"""What tests of plans share: a shop with score sheets, competitors and actions."""

from datetime import timedelta

from cvdesk.catalogue import store as catalogue
from cvdesk.strategy.records import Action, Lift
from cvdesk.strategy.store_actions import save
from tests.figures.shop import TODAY, new_shop
from tests.value.test_rivals import add_rival, core_of, customers

DAY = TODAY - timedelta(days=20)


def answered(op, people=12, **other):
    """Customers who answered: 4 for gains, 3 for burdens, but what is named otherwise; `n` makes them differ."""
    gains = {factor.key for factor in catalogue.factors(op) if factor.lever in ("worth", "benefits")}
    base = {key: 4.0 if key in gains else 3.0 for key in core_of(op)} | other
    customers(op, people, lambda n: {key: min(5.0, max(1.0, value + (n % 3 - 1))) for key, value in base.items()})


def against_rival(op, name="Crumb & Co"):
    rival = add_rival(op, name, 1.1)
    for factor in catalogue.factors(op):
        catalogue.set_importance(op, factor.id, 5.0 if factor.key == "quality" else 3.0)
    base = core_of(op)
    customers(op, 12, lambda n: base | {"quality": 4.0}, lambda n: base | {"quality": 2.0 + n % 2}, rival)
    return rival


def add_action(op, name, factor="waiting", likely=1.0, **about):
    lifts = {factor: Lift(likely / 2, likely, likely * 1.5)} if factor else {}
    return save(op, Action(name, lifts=lifts, **about), TODAY)


def three(op):
    """Cards for £100 once, a van for £400 a month, a sign for nothing."""
    return [
        add_action(op, "New card reader", "waiting", 1.0, cost_once_minor=10_000, hours=3),
        add_action(op, "Second van", "delivery", 1.5, cost_month_minor=40_000, hours=5),
        add_action(op, "A sign at the door", "faults", 0.4, hours=1),
    ]


def shop(tmp_path, *work):
    made = new_shop(tmp_path)
    for one in work:
        made.run("Fill", one)
    return made
