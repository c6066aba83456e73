"""What the sample's owner did with the charts: a phase begun once a change was clear, and whether it worked."""

from __future__ import annotations

from cvdesk.catalogue.records import Filter, Period
from cvdesk.db import Operation
from cvdesk.exchange.sample_words import Story, texts
from cvdesk.trends import store_phases
from cvdesk.trends.radar import MONTHS
from cvdesk.trends.store_kinds import make

_SERIES = "net"


def begin_phase(op: Operation, story: Story) -> None:
    """Begins the phase of the evening collection as the owner did: on the first of this month, having seen it last.

    The program's own judging of that day opens it; where that is not sure of a change, no phase begins.
    """
    day = story.today.replace(day=1)
    series = make(op, _SERIES, Filter(Period.last_months(MONTHS, day)), day)
    found = store_phases.may_begin(series)
    if found.clear and found.starts is not None:
        reason = texts("shop")["story"]["reason"]
        store_phases.begin(op, series, found.starts, reason, day, known=True, wanted=True, lasting=True)
