"""The lines about customers who stay: active, came back, may stay away, milestones of the next 30 days."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from cvdesk.catalogue.records import Filter, Period
from cvdesk.customers.store_list import CustomerQuery
from cvdesk.figures.records import Figures
from cvdesk.figures.records_more import Milestone, Milestones, More, Retention
from cvdesk.stats.at_risk import AT_RISK, WATCH
from cvdesk.trends.records_figures import AllFigures, FigureLine, Link, Opens
from cvdesk.trends.words_figures_line import CUSTOMERS, as_share, fact, line
from cvdesk.wording import _, ngettext
from cvdesk.wording.numbers import day, money, span, whole


def customer_lines(found: AllFigures, more: More) -> tuple[FigureLine, ...]:
    """Active, came back, may stay away (by band), milestones."""
    figures = found.figures
    everybody = _list_of(figures)
    return (
        fact(
            "customers.active", _("Active customers"), whole(figures.customers.active),
            _("{count} on file").format(count=whole(figures.customers.count)),
            _("Bought, said or answered something in the {days} days up to {end}.").format(
                days=whole(found.active_days), end=day(_end(figures))
            ),
            everybody,
        ),
        _retention(more.retention, everybody),
        *_at_risk(figures, more),
        _milestones(found, more.milestones, everybody),
    )  # fmt: skip


def _retention(retention: Retention, opens: Opens) -> FigureLine:
    meaning = _("Of those active {earlier}, so many were active again {later}.").format(
        earlier=_span(retention.earlier), later=_span(retention.later)
    )
    name = _("Customers who came back")
    shown = line("customers.retention", name, retention.share, as_share, CUSTOMERS, meaning, opens)
    if shown.figure:
        return shown
    compared = _("{missing} Compared: {earlier} and {later}.").format(
        missing=shown.sentence, earlier=_span(retention.earlier), later=_span(retention.later)
    )
    return replace(shown, sentence=compared)


def _at_risk(figures: Figures, more: More) -> tuple[FigureLine, ...]:
    name = _("Customers who may stay away")
    if more.at_risk.works is False:
        sentence = _("This score does not work for your business yet: nothing shows that those at risk come back less.")
        return (fact("customers.at_risk", name, "", "", sentence, _list_of(figures)),)
    if more.at_risk.works:
        meaning = _("Tried on your own past: those at risk did come back less.")
    else:
        meaning = _("Not tried on your own past yet: that takes 20 customers at risk. Take it as a hint.")
    return (
        fact("customers.at_risk.at_risk", _("Customers at risk"), whole(more.at_risk.at_risk), "", meaning,
             _list_of(figures, AT_RISK)),
        fact("customers.at_risk.watch", _("Customers to watch"), whole(more.at_risk.watch), "",
             _("First signs only: worth a word when you see them."), _list_of(figures, WATCH)),
    )  # fmt: skip


def _milestones(found: AllFigures, milestones: Milestones, opens: Opens) -> FigureLine:
    end = _end(found.figures)
    sentence = _("Years with you, round numbers of purchases, steps of spending after {end}.").format(end=day(end))
    if milestones.held_back:
        sentence = ngettext(
            "{count} customer is left out while a serious complaint is open.",
            "{count} customers are left out while a serious complaint is open.",
            milestones.held_back,
        ).format(count=whole(milestones.held_back))
    links = tuple(
        Link(
            found.customers[one.customer_id],
            _("{reached}, {day}").format(reached=_reached(one, found.currency), day=day(one.on)),
            ("customers", one.customer_id),
        )
        for one in milestones.due
    )
    name = _("Milestones in the next 30 days")
    return FigureLine("customers.milestones", name, whole(len(milestones.due)), "", "", sentence, opens, links)


def _reached(one: Milestone, currency: str) -> str:
    if one.kind == "years":
        return ngettext("{years} year with you", "{years} years with you", one.step).format(years=whole(one.step))
    if one.kind == "purchases":
        return _("purchase number {count} expected").format(count=whole(one.step))
    return _("{amount} spent in all expected").format(amount=money(one.step, currency))


def _list_of(figures: Figures, band: str | None = None) -> Opens:
    """The list of customers as far as the filter limits it; a band is always that of today."""
    chosen: Filter = figures.filter
    now = chosen.period.end >= figures.today
    return "customers", CustomerQuery(segment=chosen.segment, tag=chosen.tag, risk=band if now else None)


def _end(figures: Figures) -> date:
    return min(figures.filter.period.end, figures.today)


def _span(period: Period) -> str:
    return span(period.start, period.end)
