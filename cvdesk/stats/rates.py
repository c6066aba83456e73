"""Complaints per 100 customers with exact Poisson limits, and the ratio of two rates (METHOD 2)."""

import math

from cvdesk.stats.intervals import Estimate, hidden
from cvdesk.stats.quantiles import chi2_quantile, z_value

NEED_CUSTOMERS = 20
FEW_CUSTOMERS = "few_customers"


def poisson_limits(count: int, confidence: float = 0.95) -> tuple[float, float]:
    """Exact (Garwood) limits of the expected count behind a count; the lower one of 0 is 0."""
    if count < 0:
        raise ValueError(f"a count must not be negative: {count}")
    tail = 0.5 - 0.5 * confidence
    low = chi2_quantile(tail, 2 * count) / 2 if count else 0.0
    return low, chi2_quantile(1 - tail, 2 * count + 2) / 2


def per_100(count: int, customers: int, confidence: float = 0.95, need: int = NEED_CUSTOMERS) -> Estimate:
    """Events per 100 active customers (or orders), n = customers; not shown below `need` of them."""
    if customers < 0:
        raise ValueError(f"a number of customers must not be negative: {customers}")
    low, high = poisson_limits(count, confidence)
    if customers < max(need, 1):
        return hidden(customers, need, FEW_CUSTOMERS)
    return Estimate(100 * count / customers, 100 * low / customers, 100 * high / customers, customers)


def rate_ratio(
    events: int,
    exposure: float,
    events_before: int,
    exposure_before: float,
    confidence: float = 0.95,
    need: float = NEED_CUSTOMERS,
) -> Estimate:
    """Rate of events per exposure (customers, orders) as a multiple of the rate before; n = events of both.

    ratio x exp(+-z sqrt(1/a + 1/b)), 0.5 added to both counts if one is 0. Not shown below `need` exposure on either
    side, nor without any event. ValueError for negative counts or exposures.
    """
    if min(events, events_before, exposure, exposure_before) < 0:
        raise ValueError("events and exposures must not be negative")
    n = events + events_before
    if n == 0 or min(exposure, exposure_before) < need or min(exposure, exposure_before) == 0:
        return hidden(n, math.ceil(need), FEW_CUSTOMERS)
    more = 0.5 if 0 in (events, events_before) else 0.0
    a, b = events + more, events_before + more
    ratio = (a / exposure) / (b / exposure_before)
    reach = math.exp(z_value(confidence) * math.sqrt(1 / a + 1 / b))
    return Estimate(ratio, ratio / reach, ratio * reach, n)
