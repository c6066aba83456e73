"""What makes an action valid, what three answers stand for in points, and which rules contradict each other."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from cvdesk.strategy.records import KINDS, MUST_FIX_WHY, REMOVES, STATUSES, Action, Lift
from cvdesk.wording import _

LONGEST_NAME = 300
MONEY_FACTOR = "price_level"
_MOST_MONEY = 10**13  # minor units; sums of many actions stay far below what a file holds
_MOST_HOURS = 100_000.0
_SCALE = 4.0  # from one end of 1-5 to the other
SHARES = {"bit": 0.15, "half": 0.4, "most": 0.7}  # of what could get better, as the owner says it in words
_LOW, _HIGH = 0.5, 1.5
MIDDLE = 3.0  # where nobody has scored a factor yet
PRICE_POINTS = 3.0  # guess: points the price is felt worse per whole of the price, 0.3 for 10 per cent
Pair = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a factor stands: its score 1-5 or None, and whether less of it is better (costs and drawbacks)."""

    score: float | None
    burden: bool

    @property
    def known(self) -> float:
        """The score; the middle of the scale where there is none."""
        return MIDDLE if self.score is None else self.score

    @property
    def better(self) -> float:
        """How far it can get better, in points."""
        return self.known - 1 if self.burden else 5 - self.known

    @property
    def worse(self) -> float:
        """How far it can get worse, in points."""
        return 5 - self.known if self.burden else self.known - 1


def lift_of(removes: str, standing: Standing, harms: bool = False) -> Lift:
    """The lift that "a bit", "half" or "most" stands for: a share of the room there is, low half of it, high half more.

    `harms`: something good is stopped, so it gets worse by that share of the room downwards. KeyError for other words.
    """
    room = standing.worse if harms else standing.better
    likely = SHARES[removes] * room
    low, high = likely * _LOW, min(likely * _HIGH, room)
    return Lift(-high, -likely, -low) if harms else Lift(low, likely, high)


def price_lift(change: float, standing: Standing) -> Lift:
    """What another price does to how heavy the price is felt: a guess of 0.3 points for each 10 per cent.

    change: 0.05 is 5 % dearer. Cut to the room there is.
    """
    room = standing.worse if change > 0 else standing.better
    likely = min(abs(change) * PRICE_POINTS, room)
    low, high = likely * _LOW, min(likely * _HIGH, room)
    return Lift(-high, -likely, -low) if change > 0 else Lift(low, likely, high)


def problems(action: Action) -> dict[str, str]:
    """What is wrong with an action, field by field; empty when it can be saved."""
    found: dict[str, str] = {}
    if not action.name.strip():
        found["name"] = _("Say in a few words what is to be done.")
    elif len(action.name) > LONGEST_NAME:
        found["name"] = _("Keep the name below {most} letters; more fits into the note.").format(most=LONGEST_NAME)
    for field, minor in (("cost_once", action.cost_once_minor), ("cost_month", action.cost_month_minor)):
        if abs(minor) > _MOST_MONEY:
            found[field] = _("That is more money than can be reckoned with.")
    if not 0 <= action.hours <= _MOST_HOURS:
        found["hours"] = _("Hours are a number from 0 up, such as 12.")
    if not 0 <= action.reach <= 1:
        found["reach"] = _("The share of customers it reaches is between 0 and 100 per cent.")
    if not 0 <= action.chance <= 1:
        found["chance"] = _("The chance that it works is between 0 and 100 per cent.")
    if action.must_fix and not action.must_fix_why:
        found["must_fix"] = _("Say why it must be fixed: safety, privacy, law, or serious trouble for many.")
    return found | _kind_problems(action) | _lift_problems(action) | _own_rules(action)


def _kind_problems(action: Action) -> dict[str, str]:
    found: dict[str, str] = {}
    for field, value, known in (
        ("kind", action.kind, KINDS),
        ("removes", action.removes, ("", *REMOVES)),
        ("must_fix", action.must_fix_why, ("", *MUST_FIX_WHY)),
        ("status", action.status, STATUSES),
    ):
        if value not in known:
            found[field] = _("“{value}” is not known here.").format(value=value)
    change = action.price_change
    if action.kind == "price" and not change:
        found["price_change"] = _("Say by how many per cent the price changes, such as 5 or −3.")
    elif change is not None and not -0.9 <= change <= 9:
        found["price_change"] = _("A price can fall by 90 per cent at most and rise to ten times what it was.")
    return found


def _lift_problems(action: Action) -> dict[str, str]:
    for lift in (action.lifts or {}).values():
        if not lift.low <= lift.likely <= lift.high:
            return {"lifts": _("The low guess comes first, then the likely one, then the high one.")}
        if not -_SCALE <= lift.low <= lift.high <= _SCALE:
            return {"lifts": _("A score goes from 1 to 5: it cannot move by more than 4 points.")}
    return {}


def _own_rules(action: Action) -> dict[str, str]:
    found: dict[str, str] = {}
    for field, others in (("needs", action.needs), ("excludes", action.excludes)):
        if action.id is not None and action.id in others:
            found[field] = _("An action cannot be tied to itself.")
    if set(action.needs) & set(action.excludes):
        found["excludes"] = _("It cannot need an action and rule it out at the same time.")
    return found


def contradiction(needs: Mapping[int, Iterable[int]], excludes: Iterable[Pair]) -> tuple[int, ...]:
    """The first actions whose rules cannot be kept: (a, b, ..., a) for a circle of needs, (a, b, c) where a needs,
    perhaps by way of others, b and c that rule each other out (or itself one of them). Empty where all can be done.
    """
    apart = {frozenset(pair) for pair in excludes}
    for start in sorted(needs):
        circle = _circle(start, needs)
        if circle:
            return circle
    for start in sorted(needs):
        together = sorted(_all_needed(start, needs))
        for place, one in enumerate(together):
            for other in together[place + 1 :]:
                if frozenset((one, other)) in apart:
                    return (start, one, other)
    return ()


def _circle(start: int, needs: Mapping[int, Iterable[int]]) -> tuple[int, ...]:
    """The way back to `start` by needs; empty where there is none."""
    ways: list[tuple[int, ...]] = [(start,)]
    seen = {start}
    while ways:
        way = ways.pop()
        for following in needs.get(way[-1], ()):
            if following == start:
                return (*way, start)
            if following not in seen:
                seen.add(following)
                ways.append((*way, following))
    return ()


def _all_needed(start: int, needs: Mapping[int, Iterable[int]]) -> set[int]:
    """An action and all it needs, by way of others, too."""
    found, waiting = {start}, [start]
    while waiting:
        for other in needs.get(waiting.pop(), ()):
            if other not in found:
                found.add(other)
                waiting.append(other)
    return found
