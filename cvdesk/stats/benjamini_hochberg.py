"""Which of several differences are more than chance would give, found together (METHOD 1.8)."""

from collections.abc import Sequence

MOST_FALSE = 0.10  # share of false findings put up with


def rejected(p: Sequence[float], q: float = MOST_FALSE) -> list[bool]:
    """Whether each p-value passes Benjamini and Hochberg's step-up rule at q; in the order given.

    ValueError for a p-value or a q outside 0 to 1.
    """
    if not all(0 <= value <= 1 for value in (*p, q)):
        raise ValueError("a p-value and q must lie between 0 and 1")
    in_order = sorted(range(len(p)), key=p.__getitem__)
    passed = 0
    for rank, place in enumerate(in_order, start=1):
        if p[place] <= rank * q / len(p):
            passed = rank
    found = [False] * len(p)
    for place in in_order[:passed]:
        found[place] = True
    return found
