"""Quantiles against SciPy and against closed forms."""

import math
import time

import pytest
from scipy import stats

from cvdesk.stats.quantiles import chi2_quantile, normal_cdf, normal_quantile, t_quantile, z_value

UPPER = [0.51, 0.6, 0.75, 0.9, 0.95, 0.975, 0.99, 0.995, 0.999, 0.9999]


@pytest.mark.parametrize(
    "df", [0.5, 0.8, 1, 1.5, 2, 2.7, 3, 4, 5, 7.5, 12.988, 29, 60, 250.5, 999.9, 1000, 1500, 1e4, 1e5, 1e6]
)
@pytest.mark.parametrize("p", UPPER)
def test_t_as_in_scipy(p: float, df: float) -> None:
    assert t_quantile(p, df) == pytest.approx(stats.t.ppf(p, df), rel=1e-10)
    assert t_quantile(1 - p, df) == pytest.approx(-t_quantile(p, df), rel=1e-9)


@pytest.mark.parametrize("p", [0.5001, 0.52, 0.7, 0.975, 0.9999])
def test_t_in_closed_form(p: float) -> None:
    spread = 4 * p * (1 - p)
    assert t_quantile(p, 1) == pytest.approx(math.tan(math.pi * (p - 0.5)), rel=1e-10)
    assert t_quantile(p, 2) == pytest.approx((2 * p - 1) * math.sqrt(2 / spread), rel=1e-10)
    root = math.cos(math.acos(math.sqrt(spread)) / 3) / math.sqrt(spread)
    assert t_quantile(p, 4) == pytest.approx(2 * math.sqrt(root - 1), rel=1e-7)  # root - 1 loses digits near 0.5


def test_t_is_zero_in_the_middle_and_continuous_where_the_expansion_begins() -> None:
    assert t_quantile(0.5, 3) == 0
    assert t_quantile(0.975, 999.999999) == pytest.approx(t_quantile(0.975, 1000), rel=1e-11)


@pytest.mark.parametrize("df", [0.5, 1, 2, 3, 5, 8, 20, 22, 77, 200, 1000, 2002, 9999, 20000])
@pytest.mark.parametrize("p", [0.0001, 0.001, 0.01, 0.025, 0.05, 0.3, 0.499, *UPPER])
def test_chi_squared_as_in_scipy(p: float, df: float) -> None:
    assert chi2_quantile(p, df) == pytest.approx(stats.chi2.ppf(p, df), rel=1e-10)


@pytest.mark.parametrize("p", [1e-12, 1e-6, 0.001, 0.025, 0.2, 0.49, *UPPER, 1 - 1e-9])
def test_normal_as_in_scipy(p: float) -> None:
    assert normal_quantile(p) == pytest.approx(stats.norm.ppf(p), rel=1e-12)
    assert normal_cdf(normal_quantile(p)) == pytest.approx(p, rel=1e-12)


def test_multiplier_of_95_percent() -> None:
    assert z_value(0.95) == pytest.approx(1.959963984540054, abs=1e-14)
    assert normal_quantile(0.5) == 0


@pytest.mark.parametrize("p", [0, 1, -0.1, 1.1, math.nan])
def test_probability_outside_0_to_1_is_refused(p: float) -> None:
    with pytest.raises(ValueError, match="probability"):
        normal_quantile(p)
    with pytest.raises(ValueError, match="probability"):
        t_quantile(p, 5)
    with pytest.raises(ValueError, match="probability"):
        chi2_quantile(p, 5)


@pytest.mark.parametrize("df", [0, -1, math.nan])
def test_degrees_of_freedom_must_be_positive(df: float) -> None:
    with pytest.raises(ValueError, match="degrees of freedom"):
        t_quantile(0.9, df)
    with pytest.raises(ValueError, match="degrees of freedom"):
        chi2_quantile(0.9, df)


def test_a_quantile_takes_less_than_a_millisecond() -> None:
    calls = [(t_quantile, 0.975, 2.5 + 7.3 * k) for k in range(100)]
    calls += [(chi2_quantile, 0.975, 2.0 + 20 * k) for k in range(100)]
    start = time.process_time()
    for quantile, p, df in calls:
        quantile.__wrapped__(p, df)
    assert (time.process_time() - start) / len(calls) < 0.001
