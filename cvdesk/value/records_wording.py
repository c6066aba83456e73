"""The words of a score sheet: questions with names filled in, what kind of thing each asks about."""

from __future__ import annotations

from cvdesk.catalogue.records import Factor, Question
from cvdesk.value.records_forms import Details
from cvdesk.wording import _, ngettext
from cvdesk.wording.asked import filled_in
from cvdesk.wording.figures import lever_name


def asked_wording(question: Question, owner: bool, business: str, offer: str) -> str:
    """The question as it is asked; the owner is asked what most customers would say."""
    words = question.wording_owner if owner and question.wording_owner else question.wording
    return filled_in(words, business, offer, owner)


def lever_line(step: str, owner: bool) -> str:
    """A part of value with its meaning, as the sheet's subtitle."""
    if step not in ("worth", "benefits", "costs", "drawbacks"):
        return {
            "parts": _("One question for each part of value"),
            "overall": _("All in all: the last few questions"),
            "matters": _("What matters most: only if there is time for it"),
            "end": _("The end of the sheet"),
        }[step]
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


def importance_anchors() -> str:
    """What the values of an importance rating mean, in a line."""
    return _("1 hardly matters · 3 matters · 5 decides it")


def importance_question(business: str, owner: bool, wording: str) -> str:
    """The question before the ratings of how much each thing matters."""
    if owner:
        return _("How much does each of these matter to most of your customers?")
    return wording.replace("{business}", business)


def points_question(business: str, owner: bool, wording: str) -> str:
    """The question before the ten points."""
    if owner:
        return _("Share out 10 points: what matters most to your customers about a business like yours?")
    return wording.replace("{business}", business)


def points_line(lever: str, owner: bool) -> str:
    """A part of value as it stands beside its points."""
    if owner:
        return {
            "worth": _("What the product or service does for them"),
            "benefits": _("How they are treated and how it feels"),
            "costs": _("What it costs them in money, time and effort"),
            "drawbacks": _("That nothing goes wrong or holds them up"),
        }[lever]
    return {
        "worth": _("What the product or service does for me"),
        "benefits": _("How I am treated and how it feels"),
        "costs": _("What it costs me in money, time and effort"),
        "drawbacks": _("That nothing goes wrong or holds me up"),
    }[lever]


def step_name(step: str) -> str:
    """A step of a sheet, as the list beside it calls it."""
    names = {
        "parts": _("Four parts"),
        "overall": _("All in all"),
        "matters": _("What matters"),
        "end": _("The end"),
    }
    return names[step] if step in names else lever_name(step)


def way_line(way: str, rival: str) -> str:
    """How a sheet about a competitor is to be answered."""
    return {
        "used_both": _("Now the same questions about {competitor}."),
        "mystery": _("What you found yourself when you bought from {competitor}."),
        "guess": _("Your guess of what customers of {competitor} would say."),
    }[way].format(competitor=rival)


def way_name(way: str) -> str:
    """How answers about a competitor came about, in short."""
    return {
        "used_both": _("a customer who used both"),
        "mystery": _("a mystery visit"),
        "guess": _("your guess"),
    }[way]


def key_line(kind: str, owner: bool) -> str:
    """What the keys do at a question of this kind, or at a step of this name."""
    none = _("D for don't know") if owner else _("D for does not apply")
    back = _("Backspace goes back, Ctrl+Z takes back")
    keys = {
        "scale5": _("Keys 1 to 5 answer, {none}. {back}"),
        "scale0_10": _("Keys 0 to 9 answer, X or 1 and 0 for ten, {none}. {back}"),
        "yes_no": _("Y for yes, N for no, {none}. {back}"),
        "text": _("Type the words, Enter goes on, Shift+Enter begins a new line"),
        "matters": _("Keys 1 to 5 answer, D leaves one out, S skips to the points. Backspace goes back"),
        "lever_points": _("Digits or arrows give points, X gives all ten, Enter goes on, S skips. Backspace goes back"),
        "end": _("Enter saves the sheet, Backspace goes back"),
    }
    return keys.get(kind, "").format(none=none, back=back)


def sheet_title(details: Details) -> str:
    """Whose sheet it is, as the title of the page: one of three that look alike."""
    if details.competitor_id is not None:
        return _("About {competitor}").format(competitor=details.rival)
    return _("Your guess") if details.kind == "owner" else _("A customer's answers")


def begun_line(kind: str, customer: str, rival: str, way: str, day: str, answered: int) -> str:
    """A sheet that was begun, in a list to go on with."""
    if rival:
        what = _("{competitor}, {way}").format(competitor=rival, way=way_name(way) if way else "")
    elif kind == "owner":
        what = _("Your own guess")
    else:
        what = customer or _("Somebody without a name")
    done = ngettext("{count} answer", "{count} answers", answered).format(count=answered)
    return _("{what} · {day} · {answers}").format(what=what, day=day, answers=done)
