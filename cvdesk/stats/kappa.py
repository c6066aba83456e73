"""How far two people agree beyond chance (METHOD 5)."""

from collections import Counter
from collections.abc import Hashable, Sequence


def kappa(pairs: Sequence[tuple[Hashable, Hashable]]) -> float | None:
    """Cohen's kappa of what two people said of the same things; 1 = always the same, 0 = as chance would have it.

    None without pairs, and where both always said one and the same thing: chance then agrees as well.
    """
    if not pairs:
        return None
    count = len(pairs)
    agreed = sum(one == other for one, other in pairs)
    first, second = Counter(one for one, _other in pairs), Counter(other for _one, other in pairs)
    by_chance = sum(first[said] * second[said] for said in first)  # times count squared
    if by_chance == count * count:
        return None
    return (agreed * count - by_chance) / (count * count - by_chance)


def kappa_yes_no(both_yes: int, first_only: int, second_only: int, both_no: int) -> float | None:
    """Kappa of two people who said yes or no, from the four counts; ValueError for a count below 0."""
    counts = {(True, True): both_yes, (True, False): first_only, (False, True): second_only, (False, False): both_no}
    if min(counts.values()) < 0:
        raise ValueError("a count cannot be below 0")
    return kappa([pair for pair, count in counts.items() for _ in range(count)])
