"""What the sample's owner did with the charts: a phase begun once a change was clear, and whether it worked."""

from __future__ import annotations

from datetime import date

from cvdesk.catalogue.records import Filter, Period
from cvdesk.db import Operation
from cvdesk.exchange.sample_words import Story, texts
from cvdesk.trends import store_effect, store_phases
from cvdesk.trends.radar import MONTHS
from cvdesk.trends.records_effect import Ask
from cvdesk.trends.store_kinds import make

_SERIES = "net"
_NOTES = "SELECT id, date, action_id FROM chart_notes ORDER BY date"


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


def ask_whether_it_worked(op: Operation) -> None:
    """Asks of both notes what came of them, as the owner did: beside something nothing was done about."""
    for note, asked in zip(op.rows(_NOTES), texts("shop")["asked"], strict=True):
        starts = date.fromisoformat(note["date"])
        store_effect.save(op, Ask(
            asked["series"], starts, note["id"], note["action_id"], asked["settle"], untouched=asked["untouched"],
        ))  # fmt: skip
