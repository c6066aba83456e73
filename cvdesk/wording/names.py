"""The names of parts of value, of kinds, severities and stages, as people say them."""

from __future__ import annotations

from cvdesk.wording.text import _

BURDENS = ("costs", "drawbacks")


def lever_name(lever: str) -> str:
    """Worth, Benefits, Costs, Drawbacks."""
    return {
        "worth": _("Worth"), "benefits": _("Benefits"), "costs": _("Costs"), "drawbacks": _("Drawbacks"),
    }[lever]  # fmt: skip


def lever_meaning(lever: str) -> str:
    """What a part of value means in everyday words, and for burdens that less is better."""
    return {
        "worth": _("what it does for them"),
        "benefits": _("how it feels to buy, people"),
        "costs": _("less is better · price, time, effort"),
        "drawbacks": _("less is better · what goes wrong"),
    }[lever]


def lever_caption(lever: str) -> str:
    """The meaning without the reading aid, for a chart that shows the direction itself."""
    return {
        "worth": _("what it does for them"),
        "benefits": _("how it feels to buy"),
        "costs": _("price, time, effort"),
        "drawbacks": _("what goes wrong"),
    }[lever]


def less_is_better(lever: str) -> bool:
    """Whether a lower score is the better one."""
    return lever in BURDENS


def kind_name(kind: str) -> str:
    """The kind of an entry."""
    return {
        "praise": _("Praise"),
        "suggestion": _("Suggestion"),
        "question": _("Question"),
        "problem": _("Problem"),
        "comment": _("Comment"),
    }[kind]


def severity_name(severity: str) -> str:
    """How bad it was."""
    return {"minor": _("Minor"), "moderate": _("Moderate"), "serious": _("Serious")}[severity]


def stage_name(stage: str) -> str:
    """Where a complaint stands, or what happened to it."""
    return {
        "received": _("Received"), "acknowledged": _("Acknowledged"), "assessed": _("Assessed"),
        "resolved": _("Resolved"), "told": _("Customer told"), "closed": _("Closed"),
        "reopened": _("Reopened"), "note": _("Note"),
    }[stage]  # fmt: skip


def outcome_name(outcome: str) -> str:
    """How a complaint ended."""
    return {
        "accepted": _("Accepted"),
        "not_accepted": _("Not accepted"),
        "spam": _("Spam"),
        "duplicate": _("Duplicate"),
    }[outcome]
