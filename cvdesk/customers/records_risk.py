"""Who may stay away, in words: the reasons behind the points, and how far the score can be trusted."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from math import ceil
from typing import Any

from cvdesk.stats.at_risk import AT_RISK, FINE, STANDARD, WATCH, BackTest, Points, Score
from cvdesk.wording import _, ngettext
from cvdesk.wording.numbers import day_short, number, percent, whole

_ADJUSTABLE = {field.name: field.type for field in fields(Points)}


@dataclass(frozen=True, slots=True)
class Risk:
    """The score of one customer and what stands behind it. gap: usual days between purchases; own_gap: this
    customer's, else the business's; since: days since the last purchase; low: the answer 1-5; recommend: 0-10.
    """

    score: Score
    gap: float = 0.0
    own_gap: bool = False
    since: int = 0
    low: float | None = None
    low_on: dt.date | None = None
    recommend: float | None = None
    recommend_on: dt.date | None = None
    overdue: int = 0
    complaints: int = 0


@dataclass(frozen=True, slots=True)
class RiskBook:
    """Everybody with points, and whether the score has been right so far in this business."""

    risks: Mapping[int, Risk] = field(default_factory=dict)
    test: BackTest = BackTest()  # noqa: RUF009  frozen
    test_day: dt.date | None = None
    points: Points = STANDARD

    def of(self, customer_id: int) -> Risk | None:
        """The risk of a customer; None where nothing counts."""
        return self.risks.get(customer_id)

    def ids(self, band: str) -> list[int]:
        """Customers of a band, the most points first."""
        some = [customer for customer, risk in self.risks.items() if risk.score.band == band]
        return sorted(some, key=lambda customer: (-self.risks[customer].score.points, customer))

    @property
    def coloured(self) -> bool:
        """Whether bands may have their colours: not once the score was found not to work here (METHOD 2)."""
        return self.test.works is not False


def band_name(band: str) -> str:
    """A band as the owner reads it."""
    return {AT_RISK: _("At risk"), WATCH: _("Watch"), FINE: _("Fine")}[band]


def reasons_in_words(risk: Risk, points: Points, today: dt.date) -> list[str]:
    """Each reason as a sentence, in the order of the score."""
    return [_reason(reason, risk, points, today) for reason, _worth in risk.score.parts]


def _reason(reason: str, risk: Risk, points: Points, today: dt.date) -> str:
    if reason in ("late", "very_late"):
        days = number(risk.gap, 0 if float(risk.gap).is_integer() else 1)
        if risk.own_gap:
            text = ngettext(
                "Usually buys every day; nothing for {since} days",
                "Usually buys every {days} days; nothing for {since} days",
                ceil(risk.gap),
            )
        else:
            text = ngettext(
                "Customers here usually buy every day; nothing from this one for {since} days",
                "Customers here usually buy every {days} days; nothing from this one for {since} days",
                ceil(risk.gap),
            )
        return text.format(days=days, since=whole(risk.since))
    if reason == "low_answer":
        assert risk.low is not None
        assert risk.low_on is not None
        value, on = number(risk.low, 0), day_short(risk.low_on, today)
        return _("Answered {value} of 5 when asked how it was ({day})").format(value=value, day=on)
    if reason == "detractor":
        assert risk.recommend is not None
        assert risk.recommend_on is not None
        value, on = number(risk.recommend, 0), day_short(risk.recommend_on, today)
        return _("Would rather not recommend you: {value} of 10 ({day})").format(value=value, day=on)
    if reason == "overdue_complaint":
        text = ngettext("{count} complaint is overdue", "{count} complaints are overdue", risk.overdue)
        return text.format(count=risk.overdue)
    text = ngettext("{count} complaint in {days} days", "{count} complaints in {days} days", risk.complaints)
    return text.format(count=risk.complaints, days=points.days)


def trial_in_words(book: RiskBook) -> str:
    """Whether those at risk really came back less, from who was in which band some time ago."""
    test = book.test
    fine, risky = test.returned.get(FINE), test.returned.get(AT_RISK)
    if test.works is None or fine is None or risky is None or fine.value is None or risky.value is None:
        return _("Whether this comes true could not be checked yet: that takes 20 customers at risk.")
    figures = _("{risky} of {n_risky} at risk bought again, {fine} of {n_fine} fine").format(
        risky=percent(risky.value), n_risky=whole(risky.n), fine=percent(fine.value), n_fine=whole(fine.n)
    )
    if test.works:
        return _("It has been right so far: {figures}.").format(figures=figures)
    return _("This score does not work for your business yet: {figures}.").format(figures=figures)


def points_from(saved: Mapping[str, Any] | None) -> Points:
    """The points as the owner set them; what cannot be read is as it was made."""
    known: dict[str, Any] = {}
    for name, value in (saved or {}).items():
        if name in _ADJUSTABLE and isinstance(value, int | float) and not isinstance(value, bool) and value >= 0:
            known[name] = float(value) if name in ("late", "very_late") else int(value)
    return Points(**known)
