"""Actions in words: steps, costs, what gets better for whom, what must be fixed and why."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date

from cvdesk.strategy.records import Action, Lift
from cvdesk.strategy.records_about import About, MustFix, Problem
from cvdesk.wording import _, ngettext
from cvdesk.wording.figures import answers, lever_name
from cvdesk.wording.numbers import day_short, money, number, percent, signed, whole

_LONGEST = 80


def status_name(status: str) -> str:
    """Where an action stands."""
    return {
        "idea": _("Idea"),
        "planned": _("Planned"),
        "started": _("Started"),
        "done": _("Done"),
        "dropped": _("Dropped"),
    }[status]


def step_name(status: str) -> str:
    """What the button says that takes an action there."""
    return {
        "idea": _("Back to ideas"),
        "planned": _("Plan it"),
        "started": _("Start"),
        "done": _("Done…"),
        "dropped": _("Drop…"),
    }[status]


def step_said(status: str, name: str) -> str:
    """What is said once an action was taken there."""
    return {
        "idea": _("“{name}” is an idea again"),
        "planned": _("“{name}” is planned"),
        "started": _("“{name}” has started"),
        "done": _("“{name}” is done"),
        "dropped": _("“{name}” is dropped"),
    }[status].format(name=shortened(name))


def kind_name(kind: str) -> str:
    """What sort of action it is."""
    return {"do": _("Do something"), "stop": _("Stop something"), "price": _("Change a price")}[kind]


def why_name(why: str) -> str:
    """Why something must be fixed."""
    return {
        "safety": _("Safety"),
        "privacy": _("Privacy"),
        "law": _("Law"),
        "serious": _("Serious trouble for many"),
        "": _("No"),
    }[why]


def removes_name(removes: str, harms: bool = False) -> str:
    """How much of a problem goes, or of what is good when it is stopped."""
    if harms:
        return {"bit": _("A bit worse"), "half": _("Much worse"), "most": _("Most of it goes")}[removes]
    return {"bit": _("A bit"), "half": _("Half"), "most": _("Most of it")}[removes]


def shortened(text: str, most: int = _LONGEST) -> str:
    """One line, cut at a word where it is long."""
    line = " ".join(text.split())
    return line if len(line) <= most else line[:most].rsplit(" ", 1)[0] + "…"


def costs(action: Action, currency: str) -> str:
    """£240 once, £18 a month; "saves £90 a month"; "Nothing" where it costs neither money nor hours."""
    said: list[str] = []
    once, month = action.cost_once_minor, action.cost_month_minor
    if once:
        words = _("{amount} once") if once > 0 else _("brings {amount} once")
        said.append(words.format(amount=money(abs(once), currency)))
    if month:
        words = _("{amount} a month") if month > 0 else _("saves {amount} a month")
        said.append(words.format(amount=money(abs(month), currency)))
    if action.hours:
        hours = action.hours
        shown = whole(hours) if hours == int(hours) else number(hours)
        said.append(ngettext("{n} hour", "{n} hours", round(hours)).format(n=shown))
    return ", ".join(said) or _("Nothing")


def costs_short(action: Action, currency: str) -> str:
    """The same for a narrow column: hours only where no money is asked for."""
    bare = replace(action, hours=0.0) if action.cost_once_minor or action.cost_month_minor else action
    return costs(bare, currency)


def due_words(action: Action, today: date) -> str:
    """By when it is wanted, or what became of it on which day."""
    if action.status == "done" and action.done is not None:
        return day_short(action.done, today)
    if action.due is None or not action.open:
        return ""
    day = day_short(action.due, today)
    return _("{day}, overdue").format(day=day) if action.due < today else day


def is_late(action: Action, today: date) -> bool:
    """Whether it should have been done by now."""
    return action.open and action.due is not None and action.due < today


def moves(one: Problem, lift: Lift, reach: float | None) -> str:
    """ "Waiting: 2.9 → 2.2 for the 31 % it touches", always with the direction that is better in words."""
    better = lift.likely >= 0
    share = _("for all customers") if reach is None or reach >= 1 else _("for {share} of customers")
    who = share if reach is None else share.format(share=percent(reach))
    if one.score is None:
        by = number(abs(lift.likely))
        words = _("{factor}: better by {points} points, {who}") if better else _("{factor}: worse by {points}, {who}")
        return words.format(factor=one.factor_name, points=by, who=who)
    gain = not one.standing.burden
    after = one.score + (lift.likely if gain else -lift.likely)
    return _("{factor}: {before} → {after} {who}").format(
        factor=one.factor_name, before=number(one.score), after=number(min(5.0, max(1.0, after))), who=who
    )


def direction(one: Problem) -> str:
    """Which way a raw score is better; said beside every raw score."""
    return _("less is better") if one.standing.burden else _("more is better")


def stands(one: Problem) -> str:
    """What belongs to every raw score: which way is better, and how many answers it rests on."""
    if not one.n:
        return direction(one)
    return _("{direction}; {answers}").format(direction=direction(one), answers=answers(one.n))


def net_words(lifts: Mapping[str, Lift], reach: float, chance: float, about: About) -> str:
    """What it may do for value in all, as a sentence; empty where that cannot be said."""
    net, known = 0.0, False
    for key, lift in lifts.items():
        one = about.factor(key)
        if one is None or one.point is None:
            continue
        trust = about.optimism if lift.likely > 0 else 1.0
        net += abs(one.point) * chance * reach * lift.likely * trust
        known = True
    if not known:
        return about.why
    if abs(net) < 0.005:
        return _("Value would hardly move: by less than 0.01, chance and caution counted in.")
    return _("Value may move by about {net}, chance and caution counted in.").format(net=signed(net, 2))


def lift_words(one: Problem | None, key: str, lift: Lift) -> str:
    """ "Waiting: better by 0.7 (0.3 to 1.0)"; worse where it harms."""
    name = one.factor_name if one is not None else key
    low, high = sorted((abs(lift.low), abs(lift.high)))
    words = (
        _("{factor}: better by {likely} ({low} to {high})")
        if lift.likely >= 0
        else _("{factor}: worse by {likely} ({low} to {high})")
    )
    return words.format(factor=name, likely=number(abs(lift.likely)), low=number(low), high=number(high))


def must_fix_words(one: MustFix) -> str:
    """Why something must be fixed, as a sentence: "Late delivery: 6 % of customers had serious trouble"."""
    if one.why == "serious":
        return ngettext(
            "{theme}: {share} of customers had serious trouble ({n} of {all})",
            "{theme}: {share} of customers had serious trouble ({n} of {all})",
            one.customers,
        ).format(
            theme=one.name, share=percent(one.customers / one.active), n=whole(one.customers), all=whole(one.active)
        )
    if one.made[0] == "entries":
        return _("Marked as a matter of safety: “{words}”").format(words=shortened(one.name))
    if one.why == "privacy":
        return _("{theme}: a matter of privacy").format(theme=one.name)
    if one.why == "law":
        return _("{theme}: a matter of law").format(theme=one.name)
    return _("{theme}: a matter of safety").format(theme=one.name)


def part(about: About, action: Action) -> tuple[str, str]:
    """The lever an action moves most, and its name; empty where it moves nothing known."""
    lifts = action.lifts or {}
    one = about.factor(max(lifts, key=lambda key: abs(lifts[key].likely))) if lifts else about.behind(action)
    return ("", "") if one is None else (one.lever, lever_name(one.lever))
