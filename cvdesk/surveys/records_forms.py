"""What a form is good for, how long it takes to fill in, and the names of the ways of asking."""

from __future__ import annotations

from collections.abc import Sequence

from cvdesk.catalogue.records import LEVERS, Question
from cvdesk.surveys.records import IMPORTANCE, POINTS, ROTATING
from cvdesk.wording import _, ngettext

# Seconds it takes to read and answer one question of a kind; conventions, so times are said with "about".
_SECONDS = {"scale5": 5, "scale0_10": 5, "yes_no": 4, "text": 20, "points": 30}
_SECONDS_IMPORTANCE = 3  # for each thing that is rated
_HALF_A_MINUTE = 45


def form_name(form: str) -> str:
    """The name of a form, as it is chosen."""
    return {
        "minute": _("One minute"), "short": _("Short"), "full": _("Full"), "rotating": _("Rotating"),
        "own": _("Own choice"),
    }[form]  # fmt: skip


def form_purpose(form: str) -> str:
    """What a form is good for, in one line."""
    return {
        "minute": _("One question for each part of value. Most people fill it in: good at the counter and on paper."),
        "short": _("The things that matter most to customers of your trade. Good once or twice a year."),
        "full": _("Everything customers value. Long: for regulars who like to help."),
        "rotating": _("Each customer gets two things of each part, drawn at random; together they cover everything."),
        "own": _("Tick the questions yourself."),
    }[form]


def way_name(way: str) -> str:
    """How somebody was asked."""
    return {
        "paper": _("On paper"), "pdf": _("PDF by e-mail"), "email": _("E-mail text"), "counter": _("At the counter"),
        "phone": _("By phone"), "import": _("Imported"),
    }.get(way, way)  # fmt: skip


def on_one_sheet(form: str, questions: Sequence[Question]) -> list[Question]:
    """As many questions as one copy asks: on the rotating form a few of each part stand for those drawn."""
    if form != "rotating":
        return list(questions)
    kept = [one for one in questions if one.factor_key is None]
    for lever in LEVERS:
        kept += [one for one in questions if one.factor_key and one.lever == lever][:ROTATING]
    return [one for one in questions if one in kept]


def seconds(form: str, questions: Sequence[Question]) -> int:
    """About how long filling one copy in takes."""
    asked = on_one_sheet(form, questions)
    factors = sum(one.factor_key is not None for one in asked)
    total = 0
    for one in asked:
        if one.key == IMPORTANCE:
            total += _SECONDS_IMPORTANCE * factors
        else:
            total += _SECONDS["points" if one.key == POINTS else one.kind]
    return total


def time_words(about: int) -> str:
    """Seconds as people say them: about 2 minutes."""
    if about < _HALF_A_MINUTE:
        return _("about half a minute")
    minutes = max(1, round(about / 60))
    return ngettext("about {count} minute", "about {count} minutes", minutes).format(count=minutes)


def questions_words(form: str, questions: Sequence[Question]) -> str:
    """12 questions, about 2 minutes."""
    count = len(on_one_sheet(form, questions))
    said = ngettext("{count} question", "{count} questions", count).format(count=count)
    return _("{questions}, {time}").format(questions=said, time=time_words(seconds(form, questions)))
