"""How often each of several options comes first, second and so on, when what counts is not known (METHOD 4.4).

Stochastic multicriteria acceptability analysis, after Tervonen and Lahdelma.
"""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy
    from numpy.typing import NDArray

    Floats = NDArray[numpy.float64]


def rank_shares(scores: "Floats") -> "Floats":
    """n x n: share of draws in which each option has each rank; scores: D x n, more is better.

    Options that are alike keep their order.
    """
    import numpy as np

    draws, count = scores.shape
    order = np.argsort(-scores, axis=1, kind="stable")
    found = np.zeros((count, count))
    for rank in range(count):
        found[:, rank] = np.bincount(order[:, rank], minlength=count)
    found /= max(1, draws)
    return found


def rank_acceptability(options: Mapping[str, Sequence[float]], weights: "Floats") -> dict[str, tuple[float, ...]]:
    """Option -> share of draws it ranks first, second ... by the weighted sum of its values; weights: D x criteria."""
    import numpy as np

    values = np.asarray(list(options.values()), dtype=float)
    shares = rank_shares(weights @ values.T)
    return {name: tuple(float(share) for share in row) for name, row in zip(options, shares, strict=True)}


def even_weights(criteria: int, draws: int, seed: int = 0) -> "Floats":
    """D x criteria: weights of which every mix is as likely as any other, sum 1."""
    import numpy as np

    found: Floats = np.random.RandomState(seed).dirichlet(np.ones(criteria), draws)
    return found
