"""SQL of competitors: who they are, and how we stand against one of them (METHOD 1.8)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from cvdesk.catalogue.filters import up_to
from cvdesk.catalogue.records import LEVERS, Filter, as_name, match_key
from cvdesk.db import Operation, Queries
from cvdesk.errors import UserError
from cvdesk.stats.intervals import NEED_ANSWERS, Estimate
from cvdesk.stats.rivals import Leverages, Rivalry
from cvdesk.stats.value import shares_of_levers
from cvdesk.stats.value_map import ValueMap, value_map
from cvdesk.value.records_rivals import (
    HIGHEST_PRICE,
    LOWEST_PRICE,
    Against,
    Competitor,
    Edge,
    Known,
    MapData,
    Spot,
    dots_of,
    hundredths,
    rounded_together,
)
from cvdesk.value.store_answers import filled_in
from cvdesk.value.store_rivals_sources import Columns, Found, Weighed, Wordings, best, by_wording, most, ratings
from cvdesk.value.store_scorecard import weighing
from cvdesk.wording import _
from cvdesk.wording.numbers import number

_COMPETITORS = "SELECT id, name, price_ratio FROM competitors WHERE active = 1 ORDER BY name"
_COMPETITOR = "SELECT id, name, price_ratio FROM competitors WHERE id = ?"
_NAMES = "SELECT id, name, active FROM competitors"
MONEY = "cost: money"


def competitors(db: Queries) -> list[Competitor]:
    """The competitors the business looks at, by name."""
    return [Competitor(row[0], row[1], row[2]) for row in db.rows(_COMPETITORS)]


def save_competitor(op: Operation, competitor: Competitor) -> int:
    """Adds or changes one; a name that was retired comes back with its sheets. UserError for what cannot be."""
    name = as_name(competitor.name)
    if not name:
        raise UserError(_("The name is missing."), _("Write the name of the other business."))
    if competitor.price_ratio is not None and not LOWEST_PRICE <= competitor.price_ratio <= HIGHEST_PRICE:
        raise UserError(
            _("A price {ratio} times theirs cannot be right.").format(ratio=number(competitor.price_ratio, 2)),
            _("Write your price in per cent of theirs, such as 110."),
        )
    alike = [row for row in op.rows(_NAMES) if match_key(row["name"]) == match_key(name)]
    if any(row["active"] and row["id"] != competitor.id for row in alike):
        raise UserError(_("{name} is there already.").format(name=name), _("Choose it from the list."))
    gone = next((row["id"] for row in alike if row["id"] != competitor.id), None)
    values = {"name": name, "price_ratio": competitor.price_ratio, "active": 1}
    if competitor.id is None and gone is None:
        return op.insert("competitors", values)
    if competitor.id is not None and gone is not None:
        raise UserError(
            _("{name} was there before and was put away.").format(name=name), _("Add it by its name to bring it back.")
        )
    known = competitor.id if competitor.id is not None else int(gone or 0)
    op.update("competitors", known, values)
    return known


def retire_competitor(op: Operation, competitor_id: int) -> None:
    """Takes one off the list; the score sheets about it stay."""
    op.update("competitors", competitor_id, {"active": 0})


def against(db: Queries, competitor_id: int, chosen: Filter, today: date) -> Against:
    """Us against a competitor by the best source there is: who used both, else mystery visits, else the owner's guess.

    LookupError for a missing competitor.
    """
    with db.snapshot():
        row = db.row(_COMPETITOR, (competitor_id,))
        if row is None:
            raise LookupError(f"there is no competitor {competitor_id}")
        competitor = Competitor(row[0], row[1], row[2])
        weighed = Weighed(*weighing(db, chosen, today))
        keys = [factor.key for factor in weighed.factors]
        ours = by_wording(filled_in(db, chosen, today, keys))
        rated = ratings(db, competitor_id, up_to(chosen, today))
    found = best(ours, rated, weighed)
    return _told(competitor, rated.known, found, ours, weighed)


def best_rival(db: Queries, chosen: Filter, today: date) -> Against | None:
    """The competitor with the highest Net among those customers or visits speak of, else among the owner's guesses.

    One without a Net, since parts of value are missing, comes after all that have one; None where none is known.
    """
    found = [against(db, one.id, chosen, today) for one in competitors(db) if one.id is not None]
    return max((one for one in found if one.edges), key=_rank, default=None)


def _rank(one: Against) -> tuple[bool, bool, float, int]:
    return one.source != "guess", one.them is not None, one.them or 0.0, len(one.edges)


def _told(competitor: Competitor, known: Known, found: Found | None, ours: Wordings, weighed: Weighed) -> Against:
    few = [factor.label for factor in weighed.factors if most(ours, factor.key) < NEED_ANSWERS]
    if found is None:
        return Against(competitor, known, "none", False, False, 0, (), None, None, LEVERS, tuple(few), (), None)
    sums = found.comparison.leverages
    rated = {one.factor: one for one in found.comparison.factors if one.advantage.value is not None}
    left = [
        factor.label for factor in weighed.factors if factor.key not in rated and most(ours, factor.key) >= NEED_ANSWERS
    ]
    return Against(
        competitor, known, found.source, found.tested, found.paired, found.people,
        _edges(rated, sums, weighed), sums.us, sums.them, sums.missing, tuple(few), tuple(left),
        _mapped(competitor, found, weighed),
    )  # fmt: skip


def _edges(rated: Mapping[str, Rivalry], sums: Leverages, weighed: Weighed) -> tuple[Edge, ...]:
    """The factors by the size of their leverage, rounded together so that the column adds up as it is shown."""
    counted = [key for key in rated if key in sums.leverage]
    if sums.us is not None and sums.them is not None:
        total = hundredths(sums.us) - hundredths(sums.them)
    else:
        total = hundredths(sums.total)
    shown = dict(zip(counted, rounded_together([sums.leverage[key] for key in counted], total), strict=True))
    labels = {factor.key: factor.label for factor in weighed.factors}
    weights = weighed.weights or {}
    edges = [
        Edge(
            key, labels[key], one.lever, one.ours or 0.0, one.theirs or 0.0, one.n_ours, one.n_theirs, one.advantage,
            one.leverage, shown.get(key), dots_of(weights.get(key)), one.label,
        )
        for key, one in rated.items()
    ]  # fmt: skip
    return tuple(sorted(edges, key=lambda edge: -abs(edge.leverage or 0.0)))


def _mapped(competitor: Competitor, found: Found, weighed: Weighed) -> MapData | None:
    """Our place on the value map, without intervals where nothing was measured."""
    levers = {factor.key: factor.lever for factor in weighed.factors}
    shares = shares_of_levers(levers, list(levers), weighed.weights)
    sizes = {key: weighed.multipliers[lever] * share for lever, own in shares.items() for key, share in own.items()}
    money = [factor.key for factor in weighed.factors if factor.type == MONEY]
    who = sorted(set[str]().union(*found.ours.values()))
    others = who if found.paired else sorted(set[str]().union(*found.theirs.values()))
    place = value_map(
        _answers(found.ours, who), _answers(found.theirs, others), levers, sizes, money,
        price_ratio=competitor.price_ratio, paired=found.paired, need=NEED_ANSWERS if found.tested else 1,
    )  # fmt: skip
    return None if place is None else _map_of(competitor, place, found.tested)


def _answers(columns: Columns, people: Sequence[str]) -> list[dict[str, float | None]]:
    return [{key: column.get(person) for key, column in columns.items()} for person in people]


def _map_of(competitor: Competitor, place: ValueMap, tested: bool) -> MapData:
    def bare(estimate: Estimate) -> Estimate:
        return estimate if tested else Estimate(estimate.value, None, None, estimate.n)

    one = Estimate(1.0, None, None, place.quality.n)
    return MapData(
        competitor.name,
        (Spot(competitor.name, False, one, one), Spot("", True, bare(place.quality), bare(place.price))),
        place.quality_weight, bare(place.advantage), competitor.price_ratio is None, tested,
    )  # fmt: skip
