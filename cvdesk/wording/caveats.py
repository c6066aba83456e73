"""What to keep in mind with a verdict, each a sentence (METHOD 3.5)."""

from __future__ import annotations

from datetime import date

from cvdesk.wording import _
from cvdesk.wording.numbers import whole
from cvdesk.wording.values import quantity, when
from cvdesk.wording.verdicts import About, points


def opened(about: About, count: int, need: int) -> str:
    """The verdict is the one that opened the phase."""
    if not count:
        return _("That was found before this phase began; it needs {need} to be judged by itself.").format(
            need=points(about.step, need)
        )
    return _(
        "That was found when this phase began; it has {count} of the {need} it needs to be judged by itself."
    ).format(count=whole(count), need=points(about.step, need))


def alike(about: About) -> str:
    """Neighbouring points resemble each other: chance alone then makes runs."""
    return {
        "month": _(
            "Neighbouring months resemble each other: of seven charts without any change"
            " one then looks changed by chance."
        ),
        "week": _(
            "Neighbouring weeks resemble each other: of seven charts without any change"
            " one then looks changed by chance."
        ),
        "quarter": _(
            "Neighbouring quarters resemble each other: of seven charts without any change"
            " one then looks changed by chance."
        ),
        "between": _(
            "Times between complaints that follow each other are alike: of seven charts without any"
            " change one then looks changed by chance."
        ),
    }[about.step]


def provisional(about: About, need: int) -> str:
    """The limits rest on few points."""
    return _("The ordinary range is provisional until there are {need}.").format(need=points(about.step, need))


def seasonal(about: About) -> str:
    """Calendar months (quarters) were allowed for."""
    if about.step == "quarter":
        return _("What each quarter of the year usually brings has been allowed for.")
    return _("What each calendar month usually brings has been allowed for.")


def season_open(about: About) -> str:
    """Too short a time to know what a season brings."""
    if about.step == "month":
        return _("The season is not ruled out: that takes 24 months.")
    return _("The season is not ruled out.")


def year_ago(about: About, start: date, ago: float, now: float) -> str:
    """The last point beside the one a year before."""
    said = _("{time}: {now}; a year before: {ago}.").format(
        time=when(start, about.step, None), now=quantity(about.unit, now), ago=quantity(about.unit, ago)
    )
    return said[:1].upper() + said[1:]


def others(more: bool) -> str:
    """Twice or half as many answers as in the baseline."""
    if more:
        return _("At least twice as many answers as before: others may be speaking.")
    return _("Half as many answers as before, or fewer: others may be speaking.")
