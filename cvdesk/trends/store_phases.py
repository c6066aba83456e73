"""SQL of the phases of a series: when limits begin anew, why, and the verdict that opened them (METHOD 3.4)."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from cvdesk.catalogue.records import as_name
from cvdesk.db import Operation, Queries
from cvdesk.db.queries import Row
from cvdesk.errors import UserError
from cvdesk.figures.kept import to_text
from cvdesk.trends.judge import verdict_of
from cvdesk.trends.months import first_of
from cvdesk.trends.records import Series, Verdict
from cvdesk.wording import _
from cvdesk.wording.numbers import month_long

_PHASES = "SELECT id, series, starts, reason, verdict FROM phases WHERE series = ? ORDER BY starts"
_PHASE = "SELECT id, series, starts, reason, verdict FROM phases WHERE id = ?"
_SAME_MONTH = "SELECT id FROM phases WHERE series = ? AND substr(starts, 1, 7) = ? AND id <> ?"


@dataclass(frozen=True, slots=True)
class Phase:
    """A phase as it is in the file. `verdict`: what opened it, None where nothing was kept."""

    id: int
    series: str
    starts: date
    reason: str
    verdict: Verdict | None = None


@dataclass(frozen=True, slots=True)
class Conditions:
    """What must be so for a phase to begin: the change is clear, its cause known, it is wanted, it should last.

    Whether it is clear the figures say; `why_not` says what is lacking, empty where it is clear. The other three are
    the owner's to say; None: not said yet. `starts`: the day to propose.
    """

    clear: bool
    why_not: str = ""
    starts: date | None = None
    known: bool | None = None
    wanted: bool | None = None
    lasting: bool | None = None

    @property
    def met(self) -> bool:
        """Whether all four are so."""
        return bool(self.clear and self.known and self.wanted and self.lasting)


def phases(db: Queries, series: str) -> tuple[Phase, ...]:
    """The phases that were begun in a series, the earliest first; its first one begins with its first record."""
    return tuple(_phase(row) for row in db.rows(_PHASES, (series,)))


def may_begin(series: Series) -> Conditions:
    """Whether a series shows a clear change with which a phase can begin, and the day to propose."""
    verdict = series.verdict
    if verdict is None or verdict.name in ("early", "coarse"):
        return Conditions(clear=False, why_not=_("There is too little to see a change by yet."))
    if verdict.opened:
        return Conditions(clear=False, why_not=_("The last phase has only just begun: it cannot be judged yet."))
    if verdict.name != "real":
        return Conditions(clear=False, why_not=_("The change is not clear: it may be the ordinary up and down."))
    return Conditions(clear=True, starts=verdict.since)


def begin(
    op: Operation, series: Series, starts: date, reason: str, today: date, *, known: bool, wanted: bool, lasting: bool
) -> int:
    """Begins a phase with the series' present verdict, which stands until the phase can be judged. Gives its id.

    `series`: of the whole business. `known`, `wanted`, `lasting`: what the owner says of the change. UserError unless
    all four conditions of METHOD 3.4 are met, and for a day or reason that will not do.
    """
    conditions = may_begin(series)
    if not conditions.clear or series.verdict is None:
        raise UserError(conditions.why_not, _("Note what happened on the chart; a phase can begin once it is clear."))
    if not replace(conditions, known=known, wanted=wanted, lasting=lasting).met:
        raise UserError(
            _("A phase begins only where the cause is known, the change is wanted, and it should last."),
            _("Note what happened on the chart instead."),
        )
    words = _checked(op, series, starts, reason, today, phase_id=0)
    verdict = to_text(series.verdict)
    return op.insert("phases", {"series": series.key, "starts": str(starts), "reason": words, "verdict": verdict})


def change(op: Operation, phase_id: int, series: Series, starts: date, reason: str, today: date) -> None:
    """Gives a phase another day or reason; the verdict that opened it stays. UserError as for `begin`."""
    words = _checked(op, series, starts, reason, today, phase_id)
    op.update("phases", phase_id, {"starts": str(starts), "reason": words})


def delete(op: Operation, phase_id: int) -> None:
    """Takes a phase away: the limits of the one before hold on, as if it had never begun."""
    op.delete("phases", phase_id)


def _checked(op: Operation, series: Series, starts: date, reason: str, today: date, phase_id: int) -> str:
    """The reason as it is kept. UserError for a day or a reason that will not do."""
    words = as_name(reason)
    if not words:
        raise UserError(_("The phase has no reason yet."), _("Say in a few words what changed."))
    if starts > today:
        raise UserError(_("A phase cannot begin in the future."), _("Choose a day up to today."))
    since = None if series.verdict is None else series.verdict.since
    values = [point.start for point in series.points if point.value is not None]
    first = min([*values[:1], *([] if since is None else [since])], default=starts)
    if not values or starts < first or (first != since and first_of(starts) <= first):
        raise UserError(
            _("Nothing is known of the time before that day, so nothing can begin on it."),
            _("Choose a day after {month}.").format(month=month_long(first)),
        )
    if op.value(_SAME_MONTH, (series.key, starts.isoformat()[:7], phase_id)) is not None:
        raise UserError(
            _("Another phase begins in {month}.").format(month=month_long(starts)),
            _("Choose another month, or change the phase that is there."),
        )
    return words


def _phase(row: Row) -> Phase:
    return Phase(row["id"], row["series"], date.fromisoformat(row["starts"]), row["reason"], verdict_of(row["verdict"]))
