"""What a form is good for, how long it takes to fill in, and the names of the ways of asking."""

from __future__ import annotations

from collections.abc import Sequence

from cvdesk.catalogue.records import LEVERS, Factor, Question
from cvdesk.surveys.records import IMPORTANCE, POINTS, ROTATING, composed
from cvdesk.wording import _, ngettext
from cvdesk.wording.figures import lever_name

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


def put_together(
    form: str,
    questions: Sequence[Question],
    factors: Sequence[Factor],
    ticked: Sequence[str] = (),
    importance: bool = False,
    points: bool = False,
) -> list[Question]:
    """What a survey asks, in order: its form, on one's own choice the ticked keys, and what may follow."""
    by_key = {one.key: one for one in questions}
    found = [by_key[key] for key in ticked if key in by_key] if form == "own" else composed(form, questions, factors)
    more = [key for key, wanted in ((IMPORTANCE, importance), (POINTS, points)) if wanted and key in by_key]
    return found + [by_key[key] for key in more] if found else []


def question_name(question: Question, factors: Sequence[Factor]) -> str:
    """What a question is about, in a few words, to tick it by."""
    label = next((one.label for one in factors if one.key == question.factor_key), "")
    if label:
        return label
    if question.lever is not None:
        return _("{part} as a whole, in one question").format(part=lever_name(question.lever))
    known = {
        "worth_it": _("Was it worth it?"), "satisfaction": _("Satisfied?"), "ease": _("Easy to deal with us?"),
        "recommend": _("Would you recommend us? (0–10)"), "had_problem": _("Did you have a problem?"),
        "told_us": _("Did you tell us?"), "comment_keep": _("What should stay as it is? (words)"),
        "comment_change": _("What should we change? (words)"),
    }  # fmt: skip
    return known.get(question.key, question.wording)
