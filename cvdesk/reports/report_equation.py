"""The equation of value: four parts and what is left, rounded so that the page adds up."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from cvdesk.catalogue.records import LEVERS
from cvdesk.pdf.bars import EquationBar, ValueBox, equation
from cvdesk.pdf.blocks import Drawing
from cvdesk.reports.records import StrategyReport
from cvdesk.stats.intervals import Estimate
from cvdesk.value.records import Scorecard
from cvdesk.value.records_rivals import rounded_together
from cvdesk.wording import _, ngettext
from cvdesk.wording.figures import answers, interval, lever_caption, lever_name, strength
from cvdesk.wording.numbers import number, rounded_to, signed, whole

UP = ("worth", "benefits")
_WEIGHTED = 1e-9


@dataclass(frozen=True, slots=True)
class Parts:
    """What is shown of the equation, in tenths: the parts with their sign, get and give; get - give = net."""

    net: int
    get: int
    give: int
    parts: Mapping[str, int]


def shown_parts(net: float, get: float, give: float, parts: Mapping[str, float]) -> Parts:
    """Rounds the figures of the equation together, so that on paper the parts add up to get, give and Net.

    parts: lever -> its share of Net with its sign; each figure stays within a tenth of its own.
    """
    total = _tenths(net)
    sides = rounded_together([get / 10, -give / 10], total)
    gains = rounded_together([parts["worth"] / 10, parts["benefits"] / 10], sides[0])
    burdens = rounded_together([parts["costs"] / 10, parts["drawbacks"] / 10], sides[1])
    return Parts(total, sides[0], -sides[1], dict(zip(LEVERS, [*gains, *burdens], strict=True)))


def _tenths(value: float) -> int:
    return int(rounded_to(value, 1) * 10)


def has_value(report: StrategyReport) -> bool:
    """Whether there is a value to draw, of the factors or of one-minute forms alone."""
    return report.scorecard.headline_net.value is not None


def note(report: StrategyReport) -> str:
    """How many answers the equation rests on, and how it is weighed."""
    card = report.scorecard
    if card.from_minute:
        n = card.headline_net.n
        return ngettext("{n} one-minute form", "{n} one-minute forms", n).format(n=whole(n))
    if any(abs(part.multiplier - 1) > _WEIGHTED for part in card.levers):
        return _("{answers}, weighted by what matters most").format(answers=answers(card.people))
    return answers(card.people)


def value_drawing(report: StrategyReport, height: float, captions: bool = True) -> Drawing:
    """Gains up, burdens down, and the box with what is left. Needs a value. captions: what each part means."""
    card = report.scorecard
    net, estimates = card.headline_net, _estimates(card)
    multipliers = {part.lever: 1.0 if card.from_minute else part.multiplier for part in card.levers}
    reaches = {lever: _reach(estimates[lever].value, multipliers[lever]) for lever in LEVERS}
    source = card.minute if card.minute is not None and card.from_minute else card
    get, give = source.get or 0.0, source.give or 0.0
    parts = shown_parts(
        net.value or 0.0, get, give, {lever: reach if lever in UP else -reach for lever, reach in reaches.items()}
    )
    bars = [_bar(lever, estimates[lever], multipliers[lever], parts) for lever in LEVERS]
    if not captions:
        bars = [replace(bar, caption="") for bar in bars]
    box = ValueBox(
        _("Customer value"), signed(parts.net / 10), _("likely {range}").format(range=interval(net, with_sign=True)),
        _("They get {get} of {of}").format(get=number(parts.get / 10), of=_of(source.get_of)),
        _("and give {give} of {of} · {sure}").format(
            give=number(parts.give / 10), of=_of(source.give_of), sure=strength(net.n)
        ),
        (net.value or 0.0) >= 0,
    )  # fmt: skip
    drawing = equation(bars, box, height)
    drawing.alt = _alt(parts, net)
    return drawing


def _alt(parts: Parts, net: Estimate) -> str:
    named = ", ".join(
        _("{part} {figure}").format(part=lever_name(lever), figure=signed(parts.parts[lever] / 10)) for lever in LEVERS
    )
    return _("Customer value {net} (likely {range}): {parts}.").format(
        net=signed(parts.net / 10), range=interval(net, with_sign=True), parts=named
    )


def _estimates(card: Scorecard) -> Mapping[str, Estimate]:
    if card.minute is not None and card.from_minute:
        return card.minute.levers
    return {part.lever: part.estimate for part in card.levers}


def _of(most: float) -> str:
    """The most that can be reached: a whole number where it is one."""
    return number(most, 0 if float(most).is_integer() else 1)


def _reach(score: float | None, multiplier: float) -> float:
    """A part of value as its share of get or give: 3 in the middle, stretched by how much it weighs."""
    return 3 + multiplier * ((score or 0) - 3)


def _bar(lever: str, found: Estimate, multiplier: float, parts: Parts) -> EquationBar:
    value, low, high = (max(0.0, _reach(end, multiplier)) for end in (found.value, found.low, found.high))
    label = signed(parts.parts[lever] / 10)
    return EquationBar(lever, lever_name(lever), lever_caption(lever), label, value, low, high, lever in UP)
