"""The figures of METHOD 2 as lines a person reads: name, figure, likely range, what it rests on, what it means."""

from __future__ import annotations

from dataclasses import replace

from cvdesk.catalogue.filters import up_to
from cvdesk.catalogue.records import LEVERS, Filter
from cvdesk.complaints.records_due import ACKNOWLEDGE, RESOLVE
from cvdesk.figures.records import FeedbackFigures, Figures
from cvdesk.figures.records_more import More
from cvdesk.trends.records_figures import AllFigures, CaseLine, FigureGroup, FigureLine, Link, Opens
from cvdesk.trends.words_figures_customers import customer_lines
from cvdesk.trends.words_figures_line import (
    ANSWERS,
    ASKED,
    CASES,
    CUSTOMERS,
    PURCHASES,
    RATINGS,
    as_days,
    as_mean,
    as_net,
    as_points,
    as_rate,
    as_share,
    fact,
    line,
)  # fmt: skip
from cvdesk.wording import _, ngettext
from cvdesk.wording.figures import less_is_better, lever_caption, lever_name
from cvdesk.wording.numbers import day, number, whole

MOST_THEMES = 5


def groups(found: AllFigures) -> tuple[FigureGroup, ...]:
    """All lines, in the order of the page."""
    figures, more = found.figures, found.figures.more
    assert more is not None  # gather_all
    return (
        FigureGroup("customers", _("Customers"), customer_lines(found, more)),
        FigureGroup("feedback", _("Feedback"), (*_feedback(figures), *_affected(found, more))),
        FigureGroup("complaints", _("Complaints"), _complaints(found, more)),
        FigureGroup("surveys", _("Surveys"), _surveys(figures, more)),
        FigureGroup("value", _("Value"), _value(figures)),
    )


def _seen(figures: Figures) -> Filter:
    """The filter up to today: what the figures count."""
    return up_to(figures.filter, figures.today)


def _feedback(figures: Figures) -> tuple[FigureLine, ...]:
    feedback, opens = figures.feedback, ("entries", _seen(figures))
    return (
        fact(
            "feedback.count", _("Feedback logged"), whole(feedback.count),
            _("{count} of it anonymous").format(count=whole(feedback.anonymous)) if feedback.anonymous else "",
            _("What was written down in the period, whoever said it."), opens,
        ),
        _mean_rating(feedback, opens),
        line(
            "feedback.csat", _("Rated 4 or 5"), feedback.csat, as_share, RATINGS,
            _("A count of what you logged: those who say something are not everybody."), opens,
        ),
    )  # fmt: skip


def _mean_rating(feedback: FeedbackFigures, opens: Opens) -> FigureLine:
    name, key = _("Mean rating of what was logged"), "feedback.mean_rating"
    if feedback.mean_rating is None:
        return fact(key, name, "", "", _("Nothing rated yet."), opens)
    mean = _("{mean} of 5").format(mean=number(feedback.mean_rating, 2))
    meaning = _("A fact about your log, with nothing to estimate.")
    return fact(key, name, mean, RATINGS.count(feedback.rated), meaning, opens)


def _affected(found: AllFigures, more: More) -> tuple[FigureLine, ...]:
    chosen = _seen(found.figures)
    said = {theme.theme for theme in found.figures.themes if theme.entries}
    meaning = _("Active customers with a bad mark, a problem or a complaint about it; each counts once.")
    return tuple(
        line(
            f"themes.{one.theme}.affected", _("Had trouble: {theme}").format(theme=one.name), one.share, as_share,
            CUSTOMERS, meaning if one is more.affected[0] else "",
            ("entries" if one.theme in said else "complaints", replace(chosen, theme=found.themes[one.theme])),
        )
        for one in more.affected[:MOST_THEMES]
    )  # fmt: skip


def _complaints(found: AllFigures, more: More) -> tuple[FigureLine, ...]:
    figures, some = found.figures.complaints, more.complaints
    opens: Opens = ("complaints", _seen(found.figures))
    cases = tuple(_case(one) for one in found.cases)
    state = _("{open} open, {overdue} overdue").format(open=whole(figures.open), overdue=whole(figures.overdue))
    lines = (
        fact("complaints.count", _("Complaints"), whole(figures.count), state if figures.count else "",
             _("All that came in during the period."), opens),
        line("complaints.per_100_customers", _("Complaints per 100 active customers"), figures.per_100_customers,
             as_rate, CUSTOMERS, _("Comparable as your business grows or shrinks."), opens, events=figures.count),
        line("complaints.per_100_orders", _("Complaints per 100 purchases"), some.per_100_orders, as_rate,
             PURCHASES, _("Comparable between busy and quiet times."), opens, events=figures.count),
        line("complaints.days_to_first_response", _("First answer within"), some.days_to_first_response, as_days,
             CASES, _("Half of the complaints had a first answer by then."), opens),
        line("complaints.days_to_resolve", _("Put right within"), figures.days_to_resolve, as_days, CASES,
             _("Half were put right by then; open ones count as far as they have come."), opens),
        line(f"complaints.within_target.{ACKNOWLEDGE}", _("Acknowledged in time"), some.within_target[ACKNOWLEDGE],
             as_share, CASES, _("By the day you set yourself for a first answer."), opens),
        line(f"complaints.within_target.{RESOLVE}", _("Put right in time"), some.within_target[RESOLVE], as_share,
             CASES, _("By the day you set yourself for putting it right."), opens),
        line("complaints.repeat_contact", _("The same again within 30 days"), some.repeat_contact, as_share,
             CASES, _("Of the cases closed 30 days ago or longer: less is better."), opens),
        line("complaints.closed_loop", _("Customer told the outcome"), some.closed_loop, as_share, CASES,
             _("Of the cases closed a week ago or longer."), opens),
    )  # fmt: skip
    return tuple(_with_cases(one, cases) if one.key == "complaints.days_to_resolve" else one for one in lines)


def _with_cases(shown: FigureLine, cases: tuple[Link, ...]) -> FigureLine:
    if not cases:
        return shown
    sentence = ngettext("{missing} The case so far:", "{missing} The cases so far:", len(cases))
    return replace(shown, sentence=sentence.format(missing=shown.sentence), links=cases)


def _case(one: CaseLine) -> Link:
    facts = {"number": one.number, "received": day(one.received)}
    if one.ended is None:
        about = _("#{number}, received {received}, still open").format(**facts)
    else:
        about = _("#{number}, received {received}, put right {ended}").format(ended=day(one.ended), **facts)
    return Link(one.customer or _("Anonymous"), about, ("complaints", one.id))


def _surveys(figures: Figures, more: More) -> tuple[FigureLine, ...]:
    overall, some = figures.surveys, more.surveys
    opens: Opens = ("assessments", _seen(figures))
    sevens = () if some.ease_7 is None else (
        line("surveys.ease_7.share", _("Found it easy, asked on 1 to 7"), some.ease_7.share, as_share, ANSWERS,
             _("Answered 5 to 7 in lists you brought in; never mixed with answers on 1 to 5."), opens),
        line("surveys.ease_7.mean", _("Ease, asked on 1 to 7"), some.ease_7.mean, as_mean, ANSWERS,
             _("The mean on a scale of 1 to 7."), opens),
    )  # fmt: skip
    return (
        line("surveys.response_rate", _("Answered of those asked"), overall.response_rate, as_share, ASKED,
             _("The fewer answer, the less those who did speak for the rest."), ("page", "surveys")),
        line("surveys.worth_it", _("Say it was worth it"), overall.worth_it, as_share, ANSWERS,
             _("Answered 4 or 5 of 5."), opens),
        line("surveys.csat", _("Satisfied"), overall.csat, as_share, ANSWERS, _("Answered 4 or 5 of 5."), opens),
        line("surveys.csat_mean", _("Satisfaction"), some.csat_mean, as_mean, ANSWERS,
             _("The mean on a scale of 1 to 5."), opens),
        line("surveys.nps", _("Would recommend"), overall.nps, as_points, ANSWERS,
             _("Those who would gladly less those who would not, from −100 to +100."), opens),
        line("surveys.ease", _("Found it easy"), overall.ease, as_share, ANSWERS, _("Answered 4 or 5 of 5."),
             opens),
        line("surveys.ease_mean", _("Ease"), some.ease_mean, as_mean, ANSWERS,
             _("The mean on a scale of 1 to 5."), opens),
        *sevens,
        line("surveys.had_problem", _("Had a problem"), some.had_problem, as_share, ANSWERS,
             _("Of the customers who answered: less is better."), opens),
        line("surveys.telling_share", _("Told you of it"), some.telling_share, as_share, ANSWERS,
             _("Of those who had a problem: what you hear of is about this share."), opens),
    )  # fmt: skip


def _value(figures: Figures) -> tuple[FigureLine, ...]:
    value = figures.value
    both = value.get is not None and value.give is not None
    meaning = _("Customers get {get} of {get_of}; it costs them {give} of {give_of}.").format(
        get=number(value.get or 0.0), get_of=number(value.get_of, 0), give=number(value.give or 0.0),
        give_of=number(value.give_of, 0),
    ) if both else ""  # fmt: skip
    opens: Opens = ("assessments", _seen(figures))
    levers = (
        line(f"value.levers.{lever}", _lever(lever), value.levers[lever].score, as_mean, ANSWERS,
             _("On a scale of 1 to 5: {meaning}.").format(meaning=lever_caption(lever)), ("assessments", lever))
        for lever in LEVERS
    )  # fmt: skip
    return (line("value.net", _("Customer value"), value.net, as_net, ANSWERS, meaning, opens), *levers)


def _lever(lever: str) -> str:
    return _("{lever} (less is better)").format(lever=lever_name(lever)) if less_is_better(lever) else lever_name(lever)
