"""What each check of a case file calls: one small adapter a check, from the case's inputs to named results.

Reference cases test the bare formulas, so the adapters switch off the rules on how much data a figure needs
to be shown.
"""

from collections.abc import Callable, Mapping
from typing import Any

from cvdesk.stats.amounts import welch
from cvdesk.stats.at_risk import Signs, score
from cvdesk.stats.before_after import before_after
from cvdesk.stats.benjamini_hochberg import MOST_FALSE, rejected
from cvdesk.stats.change_point import PERMUTATIONS, change_point
from cvdesk.stats.charts import xmr
from cvdesk.stats.charts_counts import Counted, p_chart, u_chart
from cvdesk.stats.csat import ces, csat
from cvdesk.stats.ctfidf import ctfidf
from cvdesk.stats.days_between import days_between
from cvdesk.stats.floors import incident_floor, joined
from cvdesk.stats.importance_performance import Rated, grid
from cvdesk.stats.interrupted import interrupted_counts
from cvdesk.stats.intervals import (
    NEED_ANSWERS,
    Estimate,
    difference_independent,
    difference_paired,
    mean_interval,
    plus_one_of,
    welch_degrees,
    wilson,
)
from cvdesk.stats.kappa import kappa_yes_no
from cvdesk.stats.newcombe import newcombe
from cvdesk.stats.nps import NpsCounts, adjusted, count_ratings, nps, nps_change, spread
from cvdesk.stats.rates import per_100, poisson_limits, rate_ratio
from cvdesk.stats.rivals import leverages
from cvdesk.stats.survival import kaplan_meier
from cvdesk.stats.trend_verdict import trend_verdict
from cvdesk.stats.value import net_value
from cvdesk.stats.value_map import fair_price, relative_price, satisfaction_ratio, value_advantage
from tests.reference import checks_plans

Inputs = Mapping[str, Any]
Results = dict[str, Any]


def _bounds(estimate: Estimate) -> Results:
    return {"lower": estimate.low, "upper": estimate.high, "n": estimate.n}


def _confidence(inputs: Inputs) -> float:
    return float(inputs.get("confidence", 0.95))


def _net_value(inputs: Inputs) -> Results:
    found = net_value(
        inputs["answers"],
        inputs["items"],
        inputs.get("weights"),
        inputs.get("lever_multipliers"),
        inputs.get("min_answers_per_item", NEED_ANSWERS),
    )
    return {
        "levers": {lever: score.estimate.value for lever, score in found.levers.items()},
        "get": found.get,
        "give": found.give,
        "net": found.net.value,
        "net_lower": found.net.low,
        "net_upper": found.net.high,
        "people": found.people,
    }


def _mean_interval(inputs: Inputs) -> Results:
    answers = inputs["answers"]
    found = mean_interval(answers, _confidence(inputs), need=1)
    shrunk = plus_one_of(answers).centre if answers else None
    return {"mean": found.value, "shrunk_mean": shrunk, **_bounds(found)}


def _difference_independent(inputs: Inputs) -> Results:
    x, y = inputs["x"], inputs["y"]
    found = difference_independent(x, y, _confidence(inputs), need=1)
    df = welch_degrees(plus_one_of(x), plus_one_of(y)) if x and y else None
    return {"difference": found.value, "df": df, **_bounds(found)}


def _difference_paired(inputs: Inputs) -> Results:
    found = difference_paired(inputs["differences"], _confidence(inputs), need=1)
    return {"difference": found.value, **_bounds(found)}


def _wilson(inputs: Inputs) -> Results:
    found = wilson(inputs["successes"], inputs["n"], _confidence(inputs), need=1)
    return {"share": found.value, **_bounds(found)}


def _counts(inputs: Inputs) -> NpsCounts:
    return NpsCounts(inputs["detractors"], inputs["passives"], inputs["promoters"])


def _nps_results(counts: NpsCounts, confidence: float) -> Results:
    found = nps(counts, confidence, need=1)
    variance = spread(counts)[1] if counts.n else None
    return {
        "nps": found.value,
        "variance_unit": variance,
        "se_points": None if variance is None else 100 * (variance / counts.n) ** 0.5,
        "adjwald_lower": found.low,
        "adjwald_upper": found.high,
        "n": counts.n,
    }


def _nps(inputs: Inputs) -> Results:
    return _nps_results(_counts(inputs), _confidence(inputs))


def _nps_ratings(inputs: Inputs) -> Results:
    return _nps_results(count_ratings(inputs["ratings"]), _confidence(inputs))


def _nps_change(inputs: Inputs) -> Results:
    earlier, later = _counts(inputs["earlier"]), _counts(inputs["later"])
    found = nps_change(earlier, later, _confidence(inputs), need=1)
    shift = None if found.value is None else 100 * (adjusted(later)[0] - adjusted(earlier)[0])
    return {"difference": found.value, "adj_difference": shift, **_bounds(found)}


def _csat(inputs: Inputs) -> Results:
    found = csat(inputs["counts_1_to_5"], need_share=1, need_mean=1)
    return {"mean": found.mean.value, "top2_share": found.share.value, **_bounds(found.share)}


def _ces(inputs: Inputs) -> Results:
    counts = inputs["counts_1_to_7"] if "counts_1_to_7" in inputs else inputs["counts_1_to_5"]
    found = ces(counts, need_share=1, need_mean=1)
    return {"mean": found.mean.value, "share_easy": found.share.value, **_bounds(found.share)}


def _complaint_rate(inputs: Inputs) -> Results:
    complaints, customers = inputs["complaints"], inputs["active_customers"]
    found = per_100(complaints, customers, _confidence(inputs), need=1)
    low, high = poisson_limits(complaints, _confidence(inputs))
    return {
        "per_100": found.value,
        "per_100_lower": found.low,
        "per_100_upper": found.high,
        "count_lower": low,
        "count_upper": high,
    }


def _kaplan_meier(inputs: Inputs) -> Results:
    curve = kaplan_meier(inputs["hours"], inputs["closed"], _confidence(inputs))
    median = curve.median(need=1)
    return {
        "times": list(curve.times),
        "survival": list(curve.survival),
        "median": median.value,
        "median_lower": median.low,
        "median_upper": median.high,
        "more_than": median.more_than,
        "n": median.n,
    }


def _xmr(inputs: Inputs) -> Results:
    chart = xmr(inputs["values"], inputs.get("baseline"))
    return {
        "centre": chart.centre,
        "lower": chart.lower,
        "upper": chart.upper,
        "mr_bar": chart.mr_bar,
        "mr_upper": chart.mr_upper,
        "rule1": list(chart.rule1),
        "rule2": list(chart.rule2),
        "rule3": list(chart.rule3),
        "standing": chart.standing,
        "too_coarse": chart.too_coarse,
    }


def _newcombe(inputs: Inputs) -> Results:
    found = newcombe(inputs["x1"], inputs["n1"], inputs["x2"], inputs["n2"], _confidence(inputs), need=1)
    return {"difference": found.value, **_bounds(found)}


def _at_risk(inputs: Inputs) -> Results:
    found = score(
        Signs(
            inputs["recency_ratio"],
            inputs["low_rating_180d"],
            inputs["detractor"],
            inputs["open_complaint_past_target"],
            inputs["two_complaints_180d"],
        )
    )
    return {"points": found.points, "band": found.band}


def _incident_floor(inputs: Inputs) -> Results:
    floor = incident_floor(inputs["customers_affected"], inputs["active_customers"], inputs.get("telling_share", 1.0))
    found = joined(inputs.get("lever", "drawbacks"), inputs.get("survey_mean"), floor)
    return {"floor": floor, "factor_score": found.score, "floor_binds": found.binds}


def _gale_quality(inputs: Inputs) -> Results:
    return {"quality_ratio": 100 * satisfaction_ratio(inputs["weights"], inputs["ours"], inputs["theirs"])}


def _gale_price(inputs: Inputs) -> Results:
    sides = inputs["weights"], inputs["ours"], inputs["theirs"]
    return {
        "price_satisfaction_ratio": 100 * satisfaction_ratio(*sides),
        "relative_price": 100 * relative_price(*sides),
    }


def _value_map(inputs: Inputs) -> Results:
    quality, price, share = inputs["quality_ratio"], inputs["price_ratio"], inputs["quality_weight"]
    return {
        "value_advantage": value_advantage(quality, price, share),
        "fair_price_ratio": fair_price(quality, share),
    }


def _leverage(inputs: Inputs) -> Results:
    found = leverages(
        inputs["ours"], inputs["theirs"], inputs["items"], inputs.get("weights"), inputs.get("lever_multipliers")
    )
    return {"leverage": dict(found.leverage), "total": found.total, "net_ours": found.us, "net_theirs": found.them}


def _importance_performance(inputs: Inputs) -> Results:
    pairs = zip(inputs["importance"], inputs["performance"], strict=True)
    found = grid([Rated(str(place), *pair) for place, pair in enumerate(pairs)])
    return {
        "importance_mean": found.importance,
        "performance_mean": found.performance,
        "quadrants": [placed.quadrant for placed in found.placed],
    }


def _benjamini_hochberg(inputs: Inputs) -> Results:
    flags = rejected(inputs["p"], inputs.get("q", MOST_FALSE))
    return {"rejected": sum(flags), "flags": flags}


def _rate_ratio(inputs: Inputs) -> Results:
    found = rate_ratio(
        inputs["events_after"], inputs["exposure_after"], inputs["events_before"], inputs["exposure_before"],
        _confidence(inputs), need=0,
    )  # fmt: skip
    return {"rate_ratio": found.value, **_bounds(found)}


def _welch(inputs: Inputs) -> Results:
    found = welch(inputs["x"], inputs["y"], _confidence(inputs), need=2)
    return {"difference": found.estimate.value, "t": found.t, "df": found.df, **_bounds(found.estimate)}


def _within_target(inputs: Inputs) -> Results:
    curve = kaplan_meier(inputs["hours"], inputs["closed"], _confidence(inputs))
    found = curve.within(inputs["target"], _confidence(inputs), need=1)
    return {"within": found.value, **_bounds(found)}


def _counted(chart: Counted) -> Results:
    return {
        "centre": chart.centre,
        "lower_first": chart.lowers[0],
        "upper_first": chart.uppers[0],
        "lower": list(chart.lowers),
        "upper": list(chart.uppers),
        "sigma_z": chart.sigma_z,
        "outside": list(chart.rule1),
        "rule1": list(chart.rule1),
        "rule2": list(chart.rule2),
        "rule3": list(chart.rule3),
        "too_coarse": chart.too_coarse,
    }


def _p_chart(inputs: Inputs) -> Results:
    return _counted(p_chart(inputs["events"], inputs["n"], inputs.get("baseline"), laney=False))


def _laney_p_chart(inputs: Inputs) -> Results:
    return _counted(p_chart(inputs["events"], inputs["n"], inputs.get("baseline"), laney=True))


def _u_chart(inputs: Inputs) -> Results:
    return _counted(u_chart(inputs["events"], inputs["exposure"], inputs.get("baseline"), laney=False))


def _days_between(inputs: Inputs) -> Results:
    found = days_between(inputs["days_between"], inputs.get("baseline"))
    return {
        "centre_days": found.centre,
        "lower_days": found.lower,
        "upper_days": found.upper,
        "rule1": list(found.rule1),
        "rule2": list(found.rule2),
        "rule3": list(found.rule3),
    }


def _change_point(inputs: Inputs) -> Results:
    found = change_point(inputs["values"], inputs.get("permutations", PERMUTATIONS))
    return {
        "first_point_after_change": found.first_after,
        "s_diff": found.s_diff,
        "mean_before": found.before,
        "mean_after": found.after,
        "confidence": found.confidence,
    }


_VERDICTS = {
    "early": "too early",
    "coarse": "too coarse to judge",
    "none": "no sign of change",
    "possible": "possible change",
    "unusual": "unusual point",
    "real": "real change",
}


def _trend_verdict(inputs: Inputs) -> Results:
    found = trend_verdict(
        inputs["values"], inputs.get("baseline"), permutations=inputs.get("permutations", PERMUTATIONS)
    )
    return {
        "verdict": _VERDICTS[found.name],
        "confidence": None if found.change is None else found.change.confidence,
        "r_corrected": found.r_corrected,
    }


def _before_after(inputs: Inputs) -> Results:
    found = before_after(inputs["before"], inputs["after"], _confidence(inputs))
    return {
        "change": found.change,
        "lower": found.low,
        "upper": found.high,
        "se": found.se,
        "r1": found.r1,
        "r1_corrected": found.r1_corrected,
    }


def _interrupted_counts(inputs: Inputs) -> Results:
    found = interrupted_counts(
        inputs["counts"], inputs["exposure"], inputs["after"], inputs.get("time"), _confidence(inputs)
    )
    return {
        "rate_ratio": found.rate_ratio,
        "lower": found.low,
        "upper": found.high,
        "dispersion_used": found.dispersion,
    }


def _kappa(inputs: Inputs) -> Results:
    return {"kappa": kappa_yes_no(inputs["both_yes"], inputs["first_only"], inputs["second_only"], inputs["both_no"])}


def _ctfidf(inputs: Inputs) -> Results:
    return {"weights": ctfidf(inputs["themes"])}


CHECKS: Mapping[str, Callable[[Inputs], Results]] = {
    "net_value": _net_value,
    "mean_interval": _mean_interval,
    "difference_independent": _difference_independent,
    "difference_paired": _difference_paired,
    "wilson": _wilson,
    "nps": _nps,
    "nps_ratings": _nps_ratings,
    "nps_change": _nps_change,
    "csat": _csat,
    "ces": _ces,
    "complaint_rate": _complaint_rate,
    "kaplan_meier": _kaplan_meier,
    "xmr": _xmr,
    "newcombe": _newcombe,
    "at_risk": _at_risk,
    "incident_floor": _incident_floor,
    "gale_quality": _gale_quality,
    "gale_price": _gale_price,
    "value_map": _value_map,
    "leverage": _leverage,
    "importance_performance": _importance_performance,
    "benjamini_hochberg": _benjamini_hochberg,
    "rate_ratio": _rate_ratio,
    "welch": _welch,
    "within_target": _within_target,
    "p_chart": _p_chart,
    "laney_p_chart": _laney_p_chart,
    "u_chart": _u_chart,
    "days_between": _days_between,
    "change_point": _change_point,
    "trend_verdict": _trend_verdict,
    "before_after": _before_after,
    "interrupted_counts": _interrupted_counts,
    "kappa": _kappa,
    "ctfidf": _ctfidf,
    "plan_gain": checks_plans.plan_gain,
    "plan_choice": checks_plans.plan_choice,
    "rank_acceptability": checks_plans.rank_acceptability,
}
