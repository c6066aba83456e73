"""The verdict on a series as the heading of its chart: the finding first (METHOD 3.5, 6)."""

from __future__ import annotations

from datetime import date

from cvdesk.wording.text import _
from cvdesk.wording.values import pair, quantity, when
from cvdesk.wording.verdicts import Found


def chart_heading(title: str, unit: str, step: str, found: Found | None, last: date | None = None) -> str:
    """Complaints fell about July: from 5.1 to 3.2; "no sign of change" where there is none.

    step: one of STEPS, or "between" for days from one event to the next. `last`: its year is not said again.
    """
    if found is None:
        return title
    if found.name == "real" and found.since is not None and found.before is not None and found.after is not None:
        return _changed(title, unit, step, found, last)
    if found.name == "unusual" and found.since is not None:
        time = when(found.since, "day" if step == "between" else step, last)
        if found.after is None:
            return _("{title}: {time} was unusual").format(title=title, time=time)
        value = quantity(unit, found.after, step)
        return _("{title}: {time} was unusual, {value}").format(title=title, time=time, value=value)
    return {
        "possible": _("{title}: a possible change, keep watching"),
        "none": _("{title}: no sign of change"),
        "coarse": _("{title}: too coarse to judge"),
    }.get(found.name, _("{title}: too early to say")).format(title=title)


def _changed(title: str, unit: str, step: str, found: Found, last: date | None) -> str:
    before, after = pair(unit, found.before, found.after, step)
    since = when(found.since, "day" if step == "between" else step, last) if found.since is not None else ""
    facts = {"title": title, "time": since, "before": before, "after": after}
    if step == "between":
        return _("{title}: {before} apart before, {after} since about {time}").format(**facts)
    if (found.after or 0.0) > (found.before or 0.0):
        return _("{title} rose about {time}: from {before} to {after}").format(**facts)
    return _("{title} fell about {time}: from {before} to {after}").format(**facts)
