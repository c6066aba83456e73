"""SQL of "does value pay?": what customers bought after they said whether it was worth it."""

from __future__ import annotations

import json
import math
from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date, timedelta

from cvdesk.catalogue.filters import assessments_clause, up_to
from cvdesk.catalogue.records import Filter
from cvdesk.db import Queries
from cvdesk.stats.amounts import welch
from cvdesk.stats.csat import SATISFIED_FROM
from cvdesk.stats.intervals import NEED_ANSWERS, NEED_PROPORTION, Estimate, hidden, wilson
from cvdesk.stats.newcombe import newcombe
from cvdesk.stats.quantiles import t_quantile
from cvdesk.value.records_pays import USUAL_DAYS, Pays, Side
from cvdesk.value.store_answers import OURS

_SAID = f"""
SELECT version.series, assessments.customer_id, assessments.date, answers.value
FROM questions CROSS JOIN question_versions AS version ON version.question_id = questions.id
CROSS JOIN answers ON answers.question_version_id = version.id
CROSS JOIN assessments ON assessments.id = answers.assessment_id
WHERE questions.key = 'worth_it' AND answers.state = 'answered' AND answers.value IS NOT NULL
  AND assessments.customer_id IS NOT NULL AND {OURS} AND {{chosen}}
ORDER BY assessments.date, assessments.id
"""
_UNTIL = "SELECT max(date) FROM purchases WHERE date <= ?"
# Money given back is no purchase, but it lowers what was spent.
_BOUGHT = """
WITH said AS (
  SELECT json_extract(value, '$[0]') AS customer, json_extract(value, '$[1]') AS day,
    json_extract(value, '$[2]') AS until
  FROM json_each(?))
SELECT said.customer, sum(purchases.amount_minor IS NULL OR purchases.amount_minor >= 0),
  sum(purchases.amount_minor IS NULL), total(purchases.amount_minor)
FROM said CROSS JOIN purchases ON purchases.customer_id = said.customer
  AND purchases.date > said.day AND purchases.date <= said.until
GROUP BY said.customer
"""
_MOST_WITHOUT_AMOUNT = 0.1  # of the purchases counted: beyond this the means would say more about the book-keeping


def pays(db: Queries, chosen: Filter, today: date, days: int = USUAL_DAYS) -> Pays:
    """Those who said it was worth it against those who did not, by what they bought in the `days` after.

    A customer whose days reach beyond the last known purchase is left out: nobody knows yet.
    """
    with db.snapshot():
        said = _first_answers(db, chosen, today)
        last = db.value(_UNTIL, (today.isoformat(),))
        until = None if last is None else date.fromisoformat(last)
        over = {
            customer: (value, day, day + timedelta(days=days))
            for customer, (value, day) in said.items()
            if until is not None and day + timedelta(days=days) <= until
        }
        bought = _bought(db, {customer: (day, end) for customer, (_value, day, end) in over.items()})
    yes = [customer for customer, (value, _day, _end) in over.items() if value >= SATISFIED_FROM]
    no = [customer for customer, (value, _day, _end) in over.items() if value < SATISFIED_FROM]
    counted = sum(times for times, _blank, _spent in bought.values())
    without = sum(blank for _times, blank, _spent in bought.values())
    amounts = counted > 0 and without <= _MOST_WITHOUT_AMOUNT * counted
    spent = [_spent(side, bought) if amounts else [] for side in (yes, no)]
    times = [sum(bought.get(customer, (0, 0, 0.0))[0] > 0 for customer in side) for side in (yes, no)]
    sides = [
        Side(len(side), again, wilson(again, len(side)), _mean(amounts))
        for side, again, amounts in zip((yes, no), times, spent, strict=True)
    ]
    return Pays(
        days, sides[0], sides[1], len(said) - len(over), until, newcombe(times[0], len(yes), times[1], len(no)),
        welch(spent[0], spent[1]).estimate, without,
    )  # fmt: skip


def _first_answers(db: Queries, chosen: Filter, today: date) -> dict[int, tuple[float, date]]:
    """Each customer's first answer in the period, all to one wording: the newest that five people answered."""
    clause = assessments_clause(up_to(chosen, today))
    by_series: defaultdict[int, dict[int, tuple[float, date]]] = defaultdict(dict)
    for series, customer, day, value in db.rows(_SAID.format(chosen=clause.sql), clause.parameters):
        by_series[series].setdefault(customer, (value, date.fromisoformat(day)))
    newest = sorted(by_series, reverse=True)
    enough = (series for series in newest if len(by_series[series]) >= NEED_ANSWERS)
    series = next(enough, newest[0] if newest else None)
    return {} if series is None else by_series[series]


def _bought(db: Queries, windows: Mapping[int, tuple[date, date]]) -> dict[int, tuple[int, int, float]]:
    """Purchases after the first day up to the second: how many, how many without amount, spent in minor units."""
    wanted = [[customer, day.isoformat(), end.isoformat()] for customer, (day, end) in windows.items()]
    return {row[0]: (int(row[1]), int(row[2]), float(row[3])) for row in db.rows(_BOUGHT, (json.dumps(wanted),))}


def _spent(side: Sequence[int], bought: Mapping[int, tuple[int, int, float]]) -> list[float]:
    """What each customer spent; who bought something without an amount is left out."""
    found = (bought.get(customer, (0, 0, 0.0)) for customer in side)
    return [spent for _times, blank, spent in found if not blank]


def _mean(amounts: Sequence[float]) -> Estimate:
    """Mean of amounts without an upper end, with its t interval (METHOD 2)."""
    n = len(amounts)
    if n < NEED_PROPORTION:
        return hidden(n, NEED_PROPORTION)
    mean = math.fsum(amounts) / n
    error = math.sqrt(math.fsum((amount - mean) ** 2 for amount in amounts) / (n - 1) / n)
    reach = t_quantile(0.975, n - 1) * error
    return Estimate(mean, mean - reach, mean + reach, n)
