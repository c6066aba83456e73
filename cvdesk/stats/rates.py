"""Complaints per 100 customers with exact Poisson limits (METHOD 2)."""

from cvdesk.stats.intervals import Estimate, hidden
from cvdesk.stats.quantiles import chi2_quantile

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
