"""What feedback and complaints say at least about a factor, so that surveys cannot miss it (METHOD 1.7)."""

import math
from collections.abc import Mapping
from dataclasses import dataclass

from cvdesk.stats.value import BURDENS

SEVERITIES = ("minor", "moderate", "serious")
BURDEN = {"minor": 3.0, "moderate": 4.0, "serious": 5.0}  # what those affected would rate; a convention
NEED_TOLD = 20  # from how many with a problem on the telling share is known


@dataclass(frozen=True, slots=True)
class Joined:
    """A factor's score, 1-5, from surveys and incidents together.

    limit: least burden, or most gain, that the incidents leave; binds: the score stands at that limit and not at the
    survey's mean; alone: no survey at all, so that the true score is "at least" (a gain: "at most") this.
    """

    score: float
    limit: float
    binds: bool
    alone: bool = False


def telling_share(told: int, had_problem: int, need: int = NEED_TOLD) -> float:
    """Share of those with a problem who told us, above 0 to 1; 1 while fewer than `need` had one.

    Also 1 when nobody told: the share is then unknown, not nought. ValueError unless 0 <= told <= had_problem.
    """
    if not 0 <= told <= had_problem:
        raise ValueError(f"{told} of {had_problem} is not a share")
    return told / had_problem if had_problem >= max(need, 1) and told else 1.0


def incident_floor(
    affected: Mapping[str, float], active: int, telling: float = 1.0, burden: Mapping[str, float] = BURDEN
) -> float:
    """Least mean burden, 1-5, if those affected rated as `burden` says and all others 1.

    affected: severity -> customers whose worst event was that; active: customers; telling: share who tell, above 0.
    More affected than there are customers, also after dividing by the telling share, count as all of them. With no
    active customers there is no floor (1). ValueError for negative counts, unknown severities, burdens off 1-5.
    """
    if active < 0 or not 0 < telling <= 1:
        raise ValueError(f"{active} customers and a telling share of {telling} make no floor")
    if not all(1 <= value <= 5 for value in burden.values()):
        raise ValueError("burdens must lie between 1 and 5")
    if any(severity not in burden or not count >= 0 for severity, count in affected.items()):
        raise ValueError(f"customers affected must be 0 or more, by {', '.join(burden)}: {dict(affected)}")
    if active == 0:
        return 1.0
    shares = {severity: count / active / telling for severity, count in affected.items()}
    whole = max(1.0, math.fsum(shares.values()))
    return min(5.0, 1 + math.fsum((burden[severity] - 1) * share / whole for severity, share in shares.items()))


def limit_of(lever: str, floor: float) -> float:
    """The floor as a limit of the factor's own scale: the least burden, or the most gain (6 - floor)."""
    return floor if lever in BURDENS else 6 - floor


def binds(lever: str, mean: float, floor: float) -> bool:
    """Whether the incidents say worse of a factor than the survey's mean does."""
    limit = limit_of(lever, floor)
    return limit > mean if lever in BURDENS else limit < mean


def joined(lever: str, mean: float | None, floor: float) -> Joined:
    """Survey mean and floor together: the worse of the two; nothing is added, so nothing counts twice."""
    limit = limit_of(lever, floor)
    if mean is None:
        return Joined(limit, limit, binds=True, alone=True)
    worse = binds(lever, mean, floor)
    return Joined(limit if worse else mean, limit, worse)
