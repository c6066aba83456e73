"""A plan of 20 actions over 25 factors: the best plan at once, then 5,000 draws and where it turns.

python -m tests.bench.bench_plan [ACTIONS]. Prints median and worst milliseconds, the processor's time, the memory it
took and the longest time between two looks whether anybody still waits.
"""

from __future__ import annotations

import random
import resource
import statistics
import sys
import time
from collections.abc import Callable
from datetime import date
from itertools import pairwise

from cvdesk.catalogue.records import GAINS
from cvdesk.strategy.records import Action, Lift
from cvdesk.strategy.records_plan import Basis, FactorStanding, Limits
from cvdesk.strategy.store_plan import planned_from, range_of, surer

TIMES = 9
FACTORS = {"worth": 6, "benefits": 7, "costs": 6, "drawbacks": 6}


def standings(rng: random.Random) -> tuple[FactorStanding, ...]:
    """All factors of the question bank, rated as they usually are."""
    found = []
    for lever, count in FACTORS.items():
        shares = [rng.uniform(3, 5) for _ in range(count)]
        for place, share in enumerate(shares):
            weight = share / sum(shares)
            gain = lever in GAINS
            score = rng.uniform(3.4, 4.6) if gain else rng.uniform(1.4, 2.8)
            found.append(
                FactorStanding(
                    f"{lever}-{place}", f"{lever} {place}", lever, score, score, rng.uniform(0.08, 0.25), weight,
                    weight if gain else -weight, rng.uniform(-1, 1), 40,
                )
            )  # fmt: skip
    return tuple(found)


def actions(rng: random.Random, count: int, keys: list[str], touched: int) -> tuple[Action, ...]:
    """Actions that each move some factors, with costs, hours and a few rules."""
    found = []
    for number in range(1, count + 1):
        sizes = {key: rng.uniform(0.1, 0.8) for key in rng.sample(keys, touched)}
        found.append(
            Action(
                f"Action {number}", cost_once_minor=rng.randrange(0, 60000, 500), hours=rng.uniform(0, 30),
                cost_month_minor=rng.choice((0, 5000, -3000, 20000)), reach=rng.choice((1.0, 0.3, 0.6)),
                lifts={key: Lift(size / 2, size, 1.5 * size) for key, size in sizes.items()}, id=number,
                needs=(rng.randrange(1, number),) if number > 1 and rng.random() < 0.1 else (),
            )
        )  # fmt: skip
    return tuple(found)


def timed(name: str, work: Callable[[], object]) -> None:
    """Prints median and worst milliseconds of several runs, and the processor's own time, all cores together."""
    taken, worked = [], []
    for _ in range(TIMES):
        start, busy = time.perf_counter(), time.process_time()
        work()
        taken.append(1000 * (time.perf_counter() - start))
        worked.append(1000 * (time.process_time() - busy))
    clock, busy = statistics.median(taken), statistics.median(worked)
    print(f"{name:44}{clock:8.0f} ms, worst {max(taken):.0f} ms; processor {busy:.0f} ms")


def main(count: int) -> None:
    for touched in (2, 8, 25):
        rng = random.Random(20)
        factors = standings(rng)
        basis = Basis(3.0, 2.6, 3.4, 40, date(2026, 3, 1), date(2026, 5, 29), factors, dict.fromkeys(FACTORS, 1.0))
        known = actions(rng, count, [one.key for one in factors], touched)
        limits = Limits(250000, 150.0)
        found = planned_from(basis, known, limits)
        print(f"{count} actions, {len(factors)} factors, {touched} of them moved by each action")
        timed("best plan of three styles", lambda: planned_from(basis, known, limits))  # noqa: B023
        timed("best plan without limits", lambda: planned_from(basis, known, Limits()))  # noqa: B023
        timed("draws, ranks and turns", lambda: surer(found))  # noqa: B023
        timed("range of the owner's own plan", lambda: range_of(found, (1, 2, 3)))  # noqa: B023
        looks = [time.perf_counter()]
        surer(found, cancelled=lambda: looks.append(time.perf_counter()) is not None)  # noqa: B023
        longest = max(later - before for before, later in pairwise(looks))
        print(f"{'longest between two looks':44}{1000 * longest:8.0f} ms, of {len(looks)}")
    print(f"{'most memory':44}{resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:8.0f} MB")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 20)
