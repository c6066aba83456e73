"""How sure a plan is: what is not known is drawn a few thousand times, and the best plan looked for each time.

METHOD 4.4. Random numbers come from numpy's old generator, whose numbers are promised never to change: the same seed
gives the same answer on every machine.
"""

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from cvdesk.stats.plan_scenarios import Scenarios, gains_in, shapes_of
from cvdesk.stats.rank_acceptability import rank_shares

if TYPE_CHECKING:
    import numpy
    from numpy.typing import NDArray

    Floats = NDArray[numpy.float64]

DRAWS = 5000
SHARES_LIKE = 50.0  # factor weights: Dirichlet(50 w), w the shares of a lever, so 50 spread over its factors
MULTIPLIERS_LIKE = 5.0  # multipliers: 4 x Dirichlet(5 m), the m adding up to 4, so 20 spread over the levers
CHANCE_LIKE = 10.0  # chance of working: Beta(10 p, 10 (1 - p))
SCALE = 4.0
_FIRST = 1e6  # more than any gain: ahead of all that costs
_BLOCK = 250  # draws looked at together: some milliseconds, then it is asked whether to go on


@dataclass(frozen=True, slots=True)
class Unsure:
    """What a plan rests on and how far it is known; N actions, those done anyway last, K factors, L levers.

    gains: K, whether more is better; centre, error: K, of the score; limit: K, what incidents leave at most, None where
    nothing happened. share: K, of its lever; lever: K, place of it; multipliers: L, sum 4; style: K, what the size is
    multiplied by. low, likely, high: N x K; reach, chance: N. shares_like, multipliers_like: math.inf where weights are
    certain.
    """

    gains: tuple[bool, ...]
    centre: tuple[float, ...]
    error: tuple[float, ...]
    limit: tuple[float | None, ...]
    share: tuple[float, ...]
    lever: tuple[int, ...]
    multipliers: tuple[float, ...]
    style: tuple[float, ...]
    low: tuple[tuple[float, ...], ...]
    likely: tuple[tuple[float, ...], ...]
    high: tuple[tuple[float, ...], ...]
    reach: tuple[float, ...]
    chance: tuple[float, ...]
    optimism: float = 1.0
    shares_like: float = SHARES_LIKE
    multipliers_like: float = MULTIPLIERS_LIKE

    @property
    def n(self) -> int:
        """How many actions, with those done anyway."""
        return len(self.chance)


@dataclass(frozen=True, slots=True)
class Drawn:
    """Draws of all that is not known, D of them.

    scenarios: with the chance of working as an average; apart: D x K, how far each score is from its centre before
    limits; multipliers: D x L; lifts: N x D x K; chance, luck: N x D, luck 1 where the action worked.
    """

    scenarios: Scenarios
    apart: "Floats"
    multipliers: "Floats"
    lifts: "Floats"
    chance: "Floats"
    luck: "Floats"


@dataclass(frozen=True, slots=True)
class Draws:
    """What the draws say. best: D, place in `plans` of each draw's best plan; regret: D, what the given plan loses."""

    best: "NDArray[numpy.int64]"
    regret: "Floats"


def drawn(
    unsure: Unsure, draws: int = DRAWS, seed: int = 0, cancelled: Callable[[], bool] = lambda: False
) -> Drawn | None:
    """Draws all inputs, in an order that never changes. None when cancelled."""
    import numpy as np

    rng = np.random.RandomState(seed)
    size, multipliers = _sizes(unsure, draws, rng)
    headroom, apart = _headroom(unsure, draws, rng)
    lifts = _lifts(unsure, draws, rng, cancelled)
    if lifts is None:
        return None
    chance = _chances(unsure.chance, draws, rng)
    luck = (rng.random_sample((unsure.n, draws)) < chance).astype(float)
    reach = np.asarray(unsure.reach, dtype=float).reshape(-1, 1, 1)
    effects = lifts * reach * chance[:, :, None]
    return Drawn(Scenarios(headroom, SCALE - headroom, size, effects), apart, multipliers, lifts, chance, luck)


def _sizes(unsure: Unsure, draws: int, rng: "numpy.random.RandomState") -> "tuple[Floats, Floats]":
    """(D x K, D x L): points of Net a point is worth, and the multipliers."""
    import numpy as np

    share, multipliers = np.asarray(unsure.share, dtype=float), np.asarray(unsure.multipliers, dtype=float)
    lever = np.asarray(unsure.lever, dtype=np.int64)
    weights = np.tile(share, (draws, 1))
    if math.isfinite(unsure.shares_like):
        weights = rng.standard_gamma(unsure.shares_like * share, (draws, len(share)))
        for place in range(len(multipliers)):
            own = lever == place
            whole = weights[:, own].sum(axis=1, keepdims=True)
            weights[:, own] *= share[own].sum() / np.where(whole > 0, whole, 1.0)
    weighed = np.tile(multipliers, (draws, 1))
    if math.isfinite(unsure.multipliers_like):
        weighed = rng.standard_gamma(unsure.multipliers_like * multipliers, (draws, len(multipliers)))
        weighed *= multipliers.sum() / weighed.sum(axis=1, keepdims=True)
    return weights * weighed[:, lever] * np.asarray(unsure.style, dtype=float), weighed


def _headroom(unsure: Unsure, draws: int, rng: "numpy.random.RandomState") -> "tuple[Floats, Floats]":
    """(D x K, D x K): how far scores can get better, and how far they are from their centres before limits."""
    import numpy as np

    apart = rng.standard_normal((draws, len(unsure.centre))) * np.asarray(unsure.error, dtype=float)
    gains = np.asarray(unsure.gains, dtype=bool)
    limit = np.array([(5.0 if more else 1.0) if one is None else one
                      for one, more in zip(unsure.limit, unsure.gains, strict=True)])  # fmt: skip
    scores = np.clip(np.asarray(unsure.centre, dtype=float) + apart, 1.0, 5.0)
    scores = np.where(gains, np.minimum(scores, limit), np.maximum(scores, limit))
    return np.where(gains, 5 - scores, scores - 1), apart


def _lifts(
    unsure: Unsure, draws: int, rng: "numpy.random.RandomState", cancelled: Callable[[], bool]
) -> "Floats | None":
    """N x D x K: PERT between low and high, the likely one four times as heavy; hopes times optimism."""
    import numpy as np

    found = np.zeros((unsure.n, draws, len(unsure.centre)))
    for action in range(unsure.n):
        if cancelled():
            return None
        for factor, (low, likely, high) in enumerate(
            zip(unsure.low[action], unsure.likely[action], unsure.high[action], strict=True)
        ):
            if low == high:
                found[action, :, factor] = likely
                continue
            before, after = 1 + 4 * (likely - low) / (high - low), 1 + 4 * (high - likely) / (high - low)
            found[action, :, factor] = low + (high - low) * rng.beta(before, after, draws)
    return np.where(found > 0, found * unsure.optimism, found)


def _chances(chances: Sequence[float], draws: int, rng: "numpy.random.RandomState") -> "Floats":
    """N x D; 0 and 1 are certain."""
    import numpy as np

    found = np.empty((len(chances), draws))
    for action, chance in enumerate(chances):
        certain = not 0 < chance < 1
        found[action] = chance if certain else rng.beta(CHANCE_LIKE * chance, CHANCE_LIKE * (1 - chance), draws)
    return found


def optimise(
    drawn: Drawn,
    plans: "NDArray[numpy.bool_]",
    fixed: int,
    cancelled: Callable[[], bool] = lambda: False,
    progress: Callable[[float], None] = lambda share: None,
) -> Draws | None:
    """The best of the plans, P x N, in each draw, and what the plan at `fixed` loses against it; None when cancelled.

    plans: the preferred first, which is taken where several are alike, with the actions done anyway in all of them.
    """
    import numpy as np

    draws = len(drawn.apart)
    shapes = shapes_of(plans, drawn.scenarios.effects)
    best, regret = np.empty(draws, dtype=np.int64), np.empty(draws)
    for start in range(0, draws, _BLOCK):
        if cancelled():
            return None
        block = slice(start, min(draws, start + _BLOCK))
        gains = gains_in(drawn.scenarios.some(block), shapes)
        most = gains.max(axis=0)
        best[block] = first_alike(gains, most)
        regret[block] = np.where(best[block] == fixed, 0.0, most - gains[fixed])
        progress(block.stop / draws)
    return Draws(best, regret)


def first_alike(gains: "Floats", most: "Floats", same: float = 1e-9) -> "NDArray[numpy.int64]":
    """S: the first of the plans, P x S, that is as good as the best one."""
    import numpy as np

    found: NDArray[numpy.int64] = np.argmax(gains >= most - same, axis=0)
    return found


def with_luck(
    drawn: Drawn, unsure: Unsure, plan: "NDArray[numpy.bool_]", anyway: "NDArray[numpy.bool_]", points: Sequence[float]
) -> "Floats":
    """D: gain of one plan beside what is done anyway (rows of N) as luck has it: each action works or not.

    points: K, of Net a point is worth: those shown today, since what happens is measured by them.
    """
    import numpy as np

    reach = np.asarray(unsure.reach, dtype=float).reshape(-1, 1, 1)
    size = np.broadcast_to(np.abs(np.asarray(points, dtype=float)), drawn.scenarios.headroom.shape)
    lucky = Scenarios(
        drawn.scenarios.headroom, drawn.scenarios.below, size, drawn.lifts * reach * drawn.luck[:, :, None]
    )
    gains = gains_in(lucky, shapes_of(np.array([plan, anyway]), lucky.effects))
    found: Floats = gains[0] - gains[1]
    return found


def ranks(
    drawn: Drawn, costs: Sequence[int], anyway: "NDArray[numpy.bool_]", cancelled: Callable[[], bool] = lambda: False
) -> "Floats | None":
    """n x n: share of draws in which each action, by itself beside what is done anyway, ranks first, second ...

    By gain per cost; what gains and costs nothing, or saves, comes before all that costs, by its gain. A harm is
    divided by what it saves. None when cancelled.
    """
    import numpy as np

    spent = np.asarray(costs, dtype=float)
    rows = np.tile(anyway, (len(costs) + 1, 1))
    rows[np.arange(len(costs)), np.arange(len(costs))] = True
    shapes = shapes_of(rows, drawn.scenarios.effects)
    blocks = []
    for start in range(0, len(drawn.apart), 4 * _BLOCK):
        if cancelled():
            return None
        gains = gains_in(drawn.scenarios.some(slice(start, start + 4 * _BLOCK)), shapes)
        gained = (gains[:-1] - gains[-1]).T
        free = (spent <= 0) & (gained >= 0)
        blocks.append(np.where(free, _FIRST + gained, gained / np.where(spent == 0, 1.0, np.abs(spent))))
    return rank_shares(np.concatenate(blocks))


def halves_apart(values: "Floats", inclusion: "Floats") -> "Floats | None":
    """n: how much oftener each action is chosen where an input, D, is above its median than where it is below.

    inclusion: D x n, 1 where a draw's best plan has the action. None for an input that never varies.
    """
    import numpy as np

    middle = float(np.median(values))
    above, below = values > middle, values < middle
    if not above.any() or not below.any():
        return None
    found: Floats = inclusion[above].mean(axis=0) - inclusion[below].mean(axis=0)
    return found
