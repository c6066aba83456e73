"""The words of a score sheet: questions with names filled in, what kind of thing each asks about."""

from __future__ import annotations

from cvdesk.catalogue.records import Factor, Question
from cvdesk.wording import _
from cvdesk.wording.figures import lever_name


def asked_wording(question: Question, owner: bool, business: str, offer: str) -> str:
    """The question as it is asked; the owner is asked what most customers would say."""
    words = question.wording_owner if owner and question.wording_owner else question.wording
    names = {
        "{business}": business,
        "{offer}": offer or (_("what you offer") if owner else _("what you bought")),
        "{period}": _("the last 12 months"),
    }
    for mark, name in names.items():  # not str.format: a name may hold braces of its own
        words = words.replace(mark, name)
    return words


def lever_line(step: str, owner: bool) -> str:
    """A part of value with its meaning, as the sheet's subtitle."""
    if step not in ("worth", "benefits", "costs", "drawbacks"):
        return _("All in all: the last few questions")
    meaning = {
        "worth": _("what the product or service itself does for the customer"),
        "benefits": _("what comes with it: the way there, the people, how it feels"),
        "costs": _("what every customer gives up, even when all goes to plan"),
        "drawbacks": _("what goes wrong or gets in the way"),
    }[step]
    return _("{part}: {meaning}").format(part=lever_name(step), meaning=meaning)


def type_line(factor: Factor, owner: bool) -> str:
    """What kind of thing a factor is, in a quiet line; for a customer without any words that could lead."""
    kind = factor.type.partition(": ")[2] or factor.type
    names = {
        "product/service value": (_("The product or service"), _("what it does for them")),
        "service experience value": (_("Service"), _("the way there and the people")),
        "personal value": (_("Personal"), _("being known and heard")),
        "psychological value": (_("Feelings"), _("how safe and good it feels")),
        "social value": (_("Others"), _("what it says about them")),
        "money": (_("Money"), _("what they pay you")),
        "time": (_("Time"), _("what it takes without any delay")),
        "energy": (_("Effort"), _("what they have to do")),
        "emotional": (_("Feelings"), _("what it takes out of them")),
        "waiting": (_("Waiting"), ""),
        "shipping/delivery": (_("Delivery"), ""),
        "product or service fault": (_("Faults"), ""),
        "process": (_("Process"), ""),
        "complaint handling": (_("When something went wrong"), ""),
    }
    name, meaning = names.get(kind, (kind, ""))
    return _("{part}: {meaning}").format(part=name, meaning=meaning) if owner and meaning else name
