"""How far two answers of the same people go together: derived importance and the self-check (METHOD 1.3, 1.9)."""

import math
from collections.abc import Mapping, Sequence

from cvdesk.stats.amounts import NO_SPREAD
from cvdesk.stats.intervals import Estimate, hidden
from cvdesk.stats.quantiles import z_value
from cvdesk.stats.value import LEVERS, SIGN, equal_multipliers, shares_of_levers

NEED_PAIRS = 50
WEAK_BELOW = 0.3  # below it "our factors miss something that matters to your customers"


def pearson(x: Sequence[float], y: Sequence[float], confidence: float = 0.95, need: int = NEED_PAIRS) -> Estimate:
    """Correlation, -1 to 1, of pairs, with Fisher's interval; n = pairs; not shown below `need` of them (at least 4).

    Not shown where one side never differs. Limits are taken at most 1 / (2n) from a perfect correlation, where
    Fisher's interval would have no width. ValueError for lengths that differ.
    """
    if len(x) != len(y):
        raise ValueError(f"{len(x)} and {len(y)} answers make no pairs")
    n = len(x)
    if n < max(need, 4):
        return hidden(n, max(need, 4))
    mean_x, mean_y = math.fsum(x) / n, math.fsum(y) / n
    spread_x = math.fsum((value - mean_x) ** 2 for value in x)
    spread_y = math.fsum((value - mean_y) ** 2 for value in y)
    if min(max(x) - min(x), max(y) - min(y)) == 0:
        return hidden(n, why=NO_SPREAD)
    together = math.fsum((a - mean_x) * (b - mean_y) for a, b in zip(x, y, strict=True))
    r = max(-1.0, min(1.0, together / (math.sqrt(spread_x) * math.sqrt(spread_y))))
    most = 1 - 1 / (2 * n)
    middle, reach = math.atanh(max(-most, min(most, r))), z_value(confidence) / math.sqrt(n - 3)
    return Estimate(r, min(r, math.tanh(middle - reach)), max(r, math.tanh(middle + reach)), n)


def paired(first: Mapping[str, float], second: Mapping[str, float], need: int = NEED_PAIRS) -> Estimate:
    """Correlation of two columns person -> answer, over those who gave both."""
    both = [person for person in first if person in second]
    return pearson([first[person] for person in both], [second[person] for person in both], need=need)


def personal_nets(
    columns: Mapping[str, Mapping[str, float]],
    levers: Mapping[str, str],
    weights: Mapping[str, float] | None = None,
    multipliers: Mapping[str, float] | None = None,
) -> dict[str, float]:
    """Person -> Net value of her answers alone, for those whose answers carry half of each lever's weight.

    columns: factor key -> person -> answer 1-5; the rest as for `stats.value.net_value`. A person's Net is a step on
    the way to the self-check and is never shown.
    """
    multiplier = {**equal_multipliers(), **(multipliers or {})}
    answered: dict[str, list[str]] = {}
    for factor in levers:
        for person in columns.get(factor, {}):
            answered.setdefault(person, []).append(factor)
    known: dict[tuple[str, ...], dict[str, dict[str, float]]] = {}
    found: dict[str, float] = {}
    for person, factors in answered.items():
        which = tuple(factors)
        if which not in known:
            known[which] = shares_of_levers(levers, which, weights)
        shares = known[which]
        if all(shares[lever] for lever in LEVERS):
            found[person] = math.fsum(
                SIGN[lever] * multiplier[lever] * share * (columns[factor][person] - 3)
                for lever in LEVERS
                for factor, share in shares[lever].items()
            )
    return found
