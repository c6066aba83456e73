"""Value by group: the sheets of the period shared out, and which groups differ from the rest (METHOD 1.4, 1.5)."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from cvdesk.catalogue.records import LEVERS, Factor, Filter, Period
from cvdesk.db import Queries
from cvdesk.stats.benjamini_hochberg import rejected
from cvdesk.stats.csat import SATISFIED_FROM
from cvdesk.stats.intervals import NEED_PEOPLE, Estimate
from cvdesk.stats.newcombe import newcombe
from cvdesk.stats.quantiles import normal_cdf, t_beyond, t_quantile
from cvdesk.stats.value import SIGN, NetValue, net_value
from cvdesk.value.records_groups import GUARDED, Difference, GroupRow, Groups, Kind, to_hide
from cvdesk.value.store_answers import Filled, Latest, filled_in, latest_of
from cvdesk.value.store_scorecard import net_of, weighing
from cvdesk.wording import _
from cvdesk.wording.numbers import month, month_short

_TABLES = {"offering": "offerings", "segment": "segments", "channel": "channels"}
_MINUTE = {f"lever_{lever}": lever for lever in LEVERS}  # the one-minute form's questions
NET, WORTH_IT = "net", "worth_it"
_MOST_QUARTERS = 12
_YEAR = -1  # in place of a quarter's number: the whole year


@dataclass(frozen=True, slots=True)
class _Weighed:
    factors: Sequence[Factor]
    weights: Mapping[str, float] | None
    multipliers: Mapping[str, float]


@dataclass(frozen=True, slots=True)
class _Sure:
    """A figure with its squared error and degrees of freedom, to compare it with another."""

    value: float
    error: float
    degrees: float


@dataclass(frozen=True, slots=True)
class _Told:
    """What some sheets say. `yes` and `asked`: how many said worth it, of how many; sure: figures to compare by."""

    people: int
    net: Estimate
    levers: Mapping[str, Estimate]
    worth_it: Estimate
    yes: int
    asked: int
    sure: Mapping[str, _Sure]


def groups(db: Queries, kind: Kind, chosen: Filter, today: date) -> Groups:
    """The groups of the period by what their sheets say, weighed alike; from score sheets alone, without incidents."""
    with db.snapshot():
        sheets = [sheet for sheet in filled_in(db, chosen, today) if sheet.given]
        weighed = _Weighed(*weighing(db, chosen, today))
        names = _names(db, kind)
    everybody = latest_of(sheets)
    by_factors = net_of(everybody, weighed.factors, weighed.weights, weighed.multipliers)
    minute = by_factors.net.value is None and _minute(everybody, weighed).net.value is not None
    own = _shared_out(kind, sheets)
    people = {key: len({sheet.person for sheet in found}) for key, found in own.items()}
    small, more = _hide_few(people, {key: {sheet.person for sheet in found} for key, found in own.items()})
    told, rest = {}, {}
    for key in people.keys() - small - more:
        form_of_its_own = kind == "form" and key == "minute"
        told[key] = _tell(own[key], weighed, minute or form_of_its_own)
        others = [sheet for other, found in own.items() if other != key for sheet in found]
        rest[key] = None if form_of_its_own and not minute else _tell(others, weighed, minute)
    order = sorted(told) if kind == "quarter" else sorted(told, key=lambda key: -people[key])  # type: ignore[type-var]
    stand_out = _differences(told, rest)
    shown = _guarded(told, [people[key] for key in small | more])
    rows = tuple(
        _row(
            place,
            _name(kind, key, names),
            shown[key],
            _told_of(shown[key], stand_out.get(key, ())),
            _narrowed(kind, key, chosen),
        )
        for place, key in enumerate(order, start=1)
    )
    whole = _row(0, _("Everyone"), _tell(sheets, weighed, minute), (), None)
    return Groups(kind, whole, rows, len(small), len(more), minute)


def _hide_few(
    people: Mapping[Hashable, int], persons: Mapping[Hashable, set[str]]
) -> tuple[set[Hashable], set[Hashable]]:
    """What `to_hide` hides, and more where the same few people are in several of those groups."""
    small, more = to_hide(people)
    rest = sorted(people.keys() - small - more, key=people.__getitem__, reverse=True)
    while small and rest and len(set[str]().union(*(persons[key] for key in small | more))) < NEED_PEOPLE:
        more.add(rest.pop())
    return small, more


def _row(place: int, name: str, told: _Told, out: tuple[Difference, ...], narrowed: Filter | None) -> GroupRow:
    return GroupRow(place, name, told.people, told.net, told.worth_it, told.levers, out, narrowed)


def _names(db: Queries, kind: Kind) -> dict[Hashable, str]:
    if kind not in _TABLES:
        return {}
    return {row[0]: row[1] for row in db.rows(f"SELECT id, name FROM {_TABLES[kind]}")}


def _shared_out(kind: Kind, sheets: Sequence[Filled]) -> dict[Hashable, list[Filled]]:
    """The sheets by group; over more than three years quarters are put together to years."""
    own: defaultdict[Hashable, list[Filled]] = defaultdict(list)
    for sheet in sheets:
        own[_group_of(kind, sheet)].append(sheet)
    if kind == "quarter" and len(own) > _MOST_QUARTERS:
        years: defaultdict[Hashable, list[Filled]] = defaultdict(list)
        for sheet in sheets:
            years[int(sheet.date[:4]), _YEAR].append(sheet)
        return years
    return own


def _group_of(kind: Kind, sheet: Filled) -> Hashable:
    if kind == "quarter":
        return int(sheet.date[:4]), (int(sheet.date[5:7]) - 1) // 3
    if kind == "form":
        return sheet.form
    return {"offering": sheet.offering, "segment": sheet.segment, "channel": sheet.channel}[kind]


def _quarter(key: Hashable) -> tuple[date, date]:
    """First and last day of a quarter, or of a whole year."""
    assert isinstance(key, tuple)
    year, quarter = key
    if quarter == _YEAR:
        return date(year, 1, 1), date(year, 12, 31)
    first = date(year, 3 * quarter + 1, 1)
    after = date(year + 1, 1, 1) if quarter == 3 else date(year, 3 * quarter + 4, 1)
    return first, date.fromordinal(after.toordinal() - 1)


def _name(kind: Kind, key: Hashable, names: Mapping[Hashable, str]) -> str:
    if kind == "quarter":
        first, last = _quarter(key)
        if first.month == 1 and last.month == 12:
            return str(first.year)
        return _("{start} to {end}").format(start=month_short(first), end=month(last))
    if kind == "form":
        return {
            "minute": _("One minute"), "short": _("Short"), "full": _("Full"), "rotating": _("Rotating"),
            "own": _("Own choice"),
        }[str(key)]  # fmt: skip
    nothing = {"offering": _("No product said"), "segment": _("In no group"), "channel": _("No channel said")}
    return names.get(key, nothing[kind])


def _narrowed(kind: Kind, key: Hashable, chosen: Filter) -> Filter | None:
    """The filter that shows this group alone on the scorecard."""
    if kind == "form" or key is None:
        return None
    if kind == "quarter":
        first, last = _quarter(key)
        return replace(chosen, period=Period(max(first, chosen.period.start), min(last, chosen.period.end)))
    return replace(chosen, **{kind: key})  # type: ignore[arg-type]


def _minute(answers: Latest, weighed: _Weighed) -> NetValue:
    """Value by the one question a part of value that the one-minute form asks."""
    return net_value(answers.people(_MINUTE), _MINUTE, None, weighed.multipliers)


def _tell(sheets: Sequence[Filled], weighed: _Weighed, minute: bool) -> _Told:
    answers = latest_of(sheets)
    if minute:
        value = _minute(answers, weighed)
    else:
        value = net_of(answers, weighed.factors, weighed.weights, weighed.multipliers)
    said = answers.column(WORTH_IT).values()
    levers = {lever: score.estimate for lever, score in value.levers.items()}
    return _Told(
        len({sheet.person for sheet in sheets}), value.net, levers, answers.satisfied(WORTH_IT),
        sum(one >= SATISFIED_FROM for one in said), len(said), _sure(value),
    )  # fmt: skip


def _sure(value: NetValue) -> dict[str, _Sure]:
    """How sure Net and each lever are: the standard error that their interval was drawn with."""
    means = {key: one for score in value.levers.values() for key, one in score.factors.items()}
    weights = {NET: value.points} | {lever: score.shares for lever, score in value.levers.items()}
    estimates = {NET: value.net} | {lever: score.estimate for lever, score in value.levers.items()}
    found = {}
    for what, estimate in estimates.items():
        if estimate.value is None or estimate.low is None or estimate.high is None:
            continue
        parts = [(weight, means[key]) for key, weight in weights[what].items()]
        degrees = min(one.n for _weight, one in parts) - 1
        # The interval stands around the means with the imaginary customer, and may be cut on one side (METHOD 1.5).
        pulled = math.fsum(weight * ((one.value or 3.0) - 3) * one.n / (one.n + 1) for weight, one in parts)
        centre = pulled + (0.0 if what == NET else 3.0)
        reach = max(estimate.high - centre, centre - estimate.low)
        found[what] = _Sure(estimate.value, (reach / t_quantile(0.975, degrees)) ** 2, degrees)
    return found


def _differences(
    told: Mapping[Hashable, _Told], rest: Mapping[Hashable, _Told | None]
) -> dict[Hashable, tuple[Difference, ...]]:
    """What stands out after Benjamini and Hochberg's rule over the groups, one figure at a time.

    A person of two groups is on both sides: they are compared as if they were different people, which is careful.
    """
    found: defaultdict[Hashable, list[Difference]] = defaultdict(list)
    for what in (NET, WORTH_IT, *LEVERS):
        tests = {}
        for key, one in told.items():
            other = rest[key]
            tested = None if other is None else _compared(what, one, other)
            if tested is not None:
                tests[key] = tested
        passed = rejected([p for _estimate, p in tests.values()])
        for (key, (estimate, _p)), sure in zip(tests.items(), passed, strict=True):
            if sure:
                found[key].append(Difference(what, estimate))
    return {key: tuple(differences) for key, differences in found.items()}


def _compared(what: str, one: _Told, other: _Told) -> tuple[Estimate, float] | None:
    """A group less the rest, above 0 being better, and how likely so large a difference is by chance."""
    if what == WORTH_IT:
        estimate = newcombe(one.yes, one.asked, other.yes, other.asked)
        if estimate.value is None:
            return None
        pooled = (one.yes + other.yes) / (one.asked + other.asked)
        error = pooled * (1 - pooled) * (1 / one.asked + 1 / other.asked)
        return estimate, 1.0 if error == 0 else 2 * normal_cdf(-abs(estimate.value) / math.sqrt(error))
    a, b = one.sure.get(what), other.sure.get(what)
    if a is None or b is None:
        return None
    difference = SIGN.get(what, 1) * (a.value - b.value)
    error = a.error + b.error
    degrees = error**2 / (a.error**2 / a.degrees + b.error**2 / b.degrees)
    reach = t_quantile(0.975, degrees) * math.sqrt(error)
    estimate = Estimate(difference, difference - reach, difference + reach, one.people + other.people)
    return estimate, t_beyond(difference / math.sqrt(error), degrees)


def _guarded(told: Mapping[Hashable, _Told], hidden: Sequence[int]) -> dict[Hashable, _Told]:
    """Single figures of fewer than five people are not shown anyway; nor is what would give them away."""
    found = dict(told)
    for what in (NET, WORTH_IT, *LEVERS):
        counts = {key: _figure(one, what).n for key, one in told.items() if _figure(one, what).n}
        for key in to_hide(counts, hidden)[1]:
            found[key] = _without(found[key], what)
    for key, one in found.items():
        # Net less the three other parts would give the hidden one away.
        if one.net.value is not None and any(one.levers[lever].why == GUARDED for lever in LEVERS):
            found[key] = _without(one, NET)
    return found


def _told_of(shown: _Told, differences: Sequence[Difference]) -> tuple[Difference, ...]:
    """The differences of figures that are shown: with the total, one would give a hidden figure away."""
    return tuple(one for one in differences if _figure(shown, one.what).value is not None)


def _figure(told: _Told, what: str) -> Estimate:
    return told.net if what == NET else told.worth_it if what == WORTH_IT else told.levers[what]


def _without(told: _Told, what: str) -> _Told:
    bare = Estimate(None, None, None, _figure(told, what).n, GUARDED)
    if what == NET:
        return replace(told, net=bare)
    if what == WORTH_IT:
        return replace(told, worth_it=bare)
    return replace(told, levers={**told.levers, what: bare})
