"""The further figures as JSON: what each adds to the parts of `as_json`."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from cvdesk.catalogue.records import Period
from cvdesk.figures.records_more import Affected, More
from cvdesk.stats.intervals import Estimate

Figure = Callable[[Estimate], dict[str, Any]]


def add_more(said: dict[str, Any], more: More, figure: Figure, none_affected: Estimate) -> None:
    """Puts the further figures in their places. none_affected: the share of a theme nobody was affected by."""
    said["surveys"] |= {
        "csat_mean": figure(more.surveys.csat_mean),
        "ease_mean": figure(more.surveys.ease_mean),
        "had_problem": figure(more.surveys.had_problem),
        "telling_share": figure(more.surveys.telling_share),
    }
    if (sevens := more.surveys.ease_7) is not None:
        said["surveys"]["ease_7"] = {"mean": figure(sevens.mean), "share": figure(sevens.share)}
    said["complaints"] |= {
        "days_to_first_response": figure(more.complaints.days_to_first_response),
        "within_target": {kind: figure(share) for kind, share in more.complaints.within_target.items()},
        "repeat_contact": figure(more.complaints.repeat_contact),
        "closed_loop": figure(more.complaints.closed_loop),
        "per_100_orders": figure(more.complaints.per_100_orders),
    }
    said["customers"] |= {
        "retention": figure(more.retention.share)
        | {"earlier": _period(more.retention.earlier), "later": _period(more.retention.later)},
        "milestones": {
            "due": [
                # An id is text: it exceeds what many readers of JSON can hold.
                {"customer": str(one.customer_id), "kind": one.kind, "step": one.step, "on": one.on.isoformat()}
                for one in more.milestones.due
            ],
            "held_back": more.milestones.held_back,
        },
        "at_risk": {"watch": more.at_risk.watch, "at_risk": more.at_risk.at_risk, "works": more.at_risk.works},
    }
    affected = {one.theme: one for one in more.affected}
    for theme in said["themes"]:
        one = affected.pop(theme["theme"], None)
        theme["affected"] = figure(none_affected if one is None else one.share)
    said["themes"] += [_only_affected(one, figure, none_affected) for one in affected.values()]


def _period(period: Period) -> dict[str, str]:
    return {"from": period.start.isoformat(), "to": period.end.isoformat()}


def _only_affected(one: Affected, figure: Figure, nobody: Estimate) -> dict[str, Any]:
    """A theme only complaints are about: nobody mentions it in feedback."""
    return {
        "theme": one.theme, "name": one.name, "lever": one.lever, "factor": one.factor, "entries": 0, "customers": 0,
        "customers_suggested": 0, "share": figure(nobody), "affected": figure(one.share),
    }  # fmt: skip
