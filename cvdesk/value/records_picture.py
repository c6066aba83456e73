"""The value map and the importance-performance grid as pictures of spots: data for the screen now and paper later."""

from __future__ import annotations

from dataclasses import dataclass

from cvdesk.stats.intervals import Estimate
from cvdesk.value.records_rivals import GridData, MapData
from cvdesk.wording import _
from cvdesk.wording import figures as words
from cvdesk.wording.numbers import number, percent

_LEAST_ROOM = 0.15  # the value map reaches at least this far around the competitor
_MOST_ROOM = 0.9
_AIR = 1.25  # room around what is drawn


@dataclass(frozen=True, slots=True)
class Dot:
    """A spot of a picture with its likely range, its name beside it and all of it in words. tone: a colour token."""

    x: float
    y: float
    label: str
    words: str
    tone: str
    across: tuple[float, float] | None = None
    upward: tuple[float, float] | None = None
    hollow: bool = False
    key: str = ""


@dataclass(frozen=True, slots=True)
class Stroke:
    """A line from one place to another."""

    start: tuple[float, float]
    end: tuple[float, float]


@dataclass(frozen=True, slots=True)
class Picture:
    """Spots on two axes. corners: words at top left, top right, bottom left, bottom right; ticks: (place, name)."""

    name: str
    sentence: str
    dots: tuple[Dot, ...]
    strokes: tuple[Stroke, ...]
    x_range: tuple[float, float]
    y_range: tuple[float, float]
    x_title: str
    y_title: str
    x_ticks: tuple[tuple[float, str], ...]
    y_ticks: tuple[tuple[float, str], ...]
    corners: tuple[str, str, str, str]


def map_sentence(data: MapData) -> str:
    """What the value map says, in words."""
    quality, price = data.us.quality, data.us.price
    told = _("Against {rival}, customers get {quality} and pay {price}.").format(
        rival=data.competitor,
        quality=_more_less(quality, _("{share} more"), _("{share} less"), _("about as much")),
        price=_more_less(price, _("{share} more"), _("{share} less"), _("about the same")),
    )
    if not data.tested:
        return told + " " + _("This rests on a guess or a few visits.")
    low, high = data.advantage.low, data.advantage.high
    if low is not None and low > 0:
        return told + " " + _("All in all that is the better value, by more than chance would give.")
    if high is not None and high < 0:
        return told + " " + _("All in all that is the lesser value, by more than chance would give.")
    return told + " " + _("All in all nobody can tell yet which is the better value.")


def map_picture(data: MapData) -> Picture:
    """The value map: what customers get to the right, what they pay upwards, the competitor in the middle."""
    quality, price = data.us.quality, data.us.price
    reach_x = _reach(quality)
    reach_y = _reach(price)
    x_range, y_range = (1 - reach_x, 1 + reach_x), (1 - reach_y, 1 + reach_y)
    dots = tuple(
        Dot(
            spot.quality.value or 1.0, spot.price.value or 1.0, _("You") if spot.ours else spot.name,
            _spot_words(data, spot.ours), "accent" if spot.ours and data.tested else "faint",
            _range(spot.quality), _range(spot.price), hollow=not data.tested,
        )
        for spot in data.spots
    )  # fmt: skip
    fair = _within(data, x_range, y_range)
    price_title = _("What it feels it costs →") if data.felt else _("What it costs →")
    return Picture(
        _("Value map"), map_sentence(data), dots, (fair,), x_range, y_range, _("What customers get →"), price_title,
        _ratio_ticks(x_range, reach_x), _ratio_ticks(y_range, reach_y),
        (_("Costs more, gives less"), "", "", _("Costs less, gives more")),
    )  # fmt: skip


def quadrant_name(quadrant: str) -> str:
    """What to do about a factor of a quarter of the grid."""
    return {
        "fix first": _("Fix first"), "keep it up": _("Keep it up"), "possible overkill": _("Possibly overdone"),
        "low priority": _("Can wait"),
    }[quadrant]  # fmt: skip


def grid_picture(data: GridData) -> Picture:
    """The grid: how well we do to the right, how much it matters upwards, cross-hairs at the means."""
    ends = [end for spot in data.spots for end in (spot.performance.low, spot.performance.high) if end is not None]
    lows = [spot.importance for spot in data.spots]
    x_range = _padded(min(ends), max(ends))
    y_range = _padded(min(lows), max(lows))
    dots = tuple(
        Dot(
            spot.performance.value or 3.0, spot.importance, spot.label,
            _("{factor}: {verdict}. Does {score} of 5 (likely {range}), matters {importance} of 5{near}").format(
                factor=spot.label, verdict=quadrant_name(spot.quadrant), score=number(spot.performance.value or 3.0),
                range=words.interval(spot.performance), importance=number(spot.importance),
                near=_(", near the line") if spot.near else "",
            ),
            spot.lever, _range(spot.performance), None, spot.near, spot.key,
        )
        for spot in data.spots
    )  # fmt: skip
    cross = (
        Stroke((data.performance, y_range[0]), (data.performance, y_range[1])),
        Stroke((x_range[0], data.importance), (x_range[1], data.importance)),
    )
    whole = tuple((float(tick), number(tick, 0)) for tick in range(1, 6))
    return Picture(
        _("What matters, and how well you do"), grid_sentence(data), dots, cross, x_range, y_range,
        _("How well you do →"), _("How much it matters →"),
        tuple(tick for tick in whole if x_range[0] <= tick[0] <= x_range[1]),
        tuple(tick for tick in whole if y_range[0] <= tick[0] <= y_range[1]),
        (_("Fix first"), _("Keep it up"), _("Can wait"), _("Possibly overdone")),
    )  # fmt: skip


def grid_sentence(data: GridData) -> str:
    """What the grid says: what matters much and goes less well than the rest."""
    first = [spot.label for spot in data.spots if spot.quadrant == "fix first" and not spot.near]
    if not first:
        return _("Nothing that matters more than the rest is clearly behind it.")
    return _("What matters most and goes less well than the rest: {factors}.").format(factors=", ".join(first))


def _more_less(ratio: Estimate, more: str, less: str, same: str) -> str:
    value = ratio.value or 1.0
    told = same if abs(value - 1) < 0.005 else (more if value > 1 else less).format(share=percent(abs(value - 1)))
    if ratio.low is None or ratio.high is None:
        return told
    return _("{told} (likely {low} to {high})").format(told=told, low=_apart(ratio.low), high=_apart(ratio.high))


def _apart(ratio: float) -> str:
    """How far a ratio is from one: +14%, −3%, 0%."""
    share = percent(abs(ratio - 1))
    return share if share == percent(0) else f"{'+' if ratio > 1 else '−'}{share}"


def _spot_words(data: MapData, ours: bool) -> str:
    if not ours:
        return _("{rival}: what you are measured by").format(rival=data.competitor)
    quality, price = data.us.quality, data.us.price
    told = _("You: {quality} of what they give").format(quality=percent(quality.value or 1.0))
    if quality.low is not None and quality.high is not None:
        told = _("{told} (likely {low} to {high})").format(
            told=told, low=percent(quality.low), high=percent(quality.high)
        )
    told += ", " + _("{price} of what they cost").format(price=percent(price.value or 1.0))
    if price.low is not None and price.high is not None:
        told = _("{told} (likely {low} to {high})").format(told=told, low=percent(price.low), high=percent(price.high))
    return told


def _range(estimate: Estimate) -> tuple[float, float] | None:
    return None if estimate.low is None or estimate.high is None else (estimate.low, estimate.high)


def _reach(ratio: Estimate) -> float:
    ends = [ratio.value, ratio.low, ratio.high]
    far = max(abs(end - 1) for end in ends if end is not None)
    return min(_MOST_ROOM, max(_LEAST_ROOM, _AIR * far))


def _within(data: MapData, x_range: tuple[float, float], y_range: tuple[float, float]) -> Stroke:
    """The fair-value line, as far as it lies inside."""
    slope = data.fair_price(2.0) - 1
    reach = x_range[1] - 1
    if slope * reach > y_range[1] - 1:
        reach = (y_range[1] - 1) / slope
    return Stroke((1 - reach, 1 - slope * reach), (1 + reach, 1 + slope * reach))


def _ratio_ticks(limits: tuple[float, float], reach: float) -> tuple[tuple[float, str], ...]:
    step = 0.1 if reach <= 0.35 else 0.2 if reach <= 0.7 else 0.4
    found = []
    for times in (-2, -1, 0, 1, 2):
        at = 1 + times * step
        if limits[0] < at < limits[1]:
            share = percent(abs(times * step))
            name = _("same") if times == 0 else "+" + share if times > 0 else "−" + share
            found.append((at, name))
    return tuple(found)


def _padded(low: float, high: float) -> tuple[float, float]:
    margin = max(0.15, 0.12 * (high - low))
    return low - margin, high + margin
