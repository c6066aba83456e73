"""A strategy over time in words: the mix, promise against result, how far a goal has come (METHOD 6)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from cvdesk.stats.intervals import Estimate
from cvdesk.strategy.plan_rows import BETTER, EXCLUDED, NEEDS, NO_FIGURE, NO_GAIN, OVER_BUDGET, OVER_HOURS
from cvdesk.strategy.records_kept import ActionNow, NotDone, Outcome, Promise, Promised, Reached, Result, Strategy
from cvdesk.wording import _, ngettext
from cvdesk.wording.figures import answers, in_full, interval, strength, two_ends
from cvdesk.wording.numbers import day, money, number, rounded_to, signed, whole
from cvdesk.wording.values import bare

_NAMED = 3  # actions named in the sentence of the mix
_SMALL = 0.05  # a share of the gain that is not worth a word


def mix(by_lever: Mapping[str, float], names: Sequence[str]) -> str:
    """The chosen mix as one sentence: Two thirds into fewer drawbacks, one third into more worth: Second van."""
    shares = sorted(((share, lever) for lever, share in by_lever.items() if share >= _SMALL), reverse=True)
    parts = [_into(share, lever) for share, lever in shares]
    shown = list(names[:_NAMED])
    if len(names) > _NAMED:
        more = len(names) - _NAMED
        shown.append(ngettext("and {count} more", "and {count} more", more).format(count=whole(more)))
    actions = _(", ").join(shown)
    if not parts:
        return actions
    said = _(", ").join(parts)
    return f"{said[:1].upper()}{said[1:]}: {actions}." if actions else f"{said[:1].upper()}{said[1:]}."


def style_name(style: str) -> str:
    """What a style is called."""
    return {"double_down": _("Double down"), "balanced": _("Balanced"), "catch_up": _("Catch up")}[style]


def why_not(left: NotDone) -> str:
    """Why an action is not in the plan."""
    words = {
        "left": _("Left out by you"),
        OVER_BUDGET: _("Over the budget"),
        OVER_HOURS: _("Takes more hours than there are"),
        NEEDS: _("Needs “{name}”, which is not in the plan"),
        EXCLUDED: _("Goes against “{name}”"),
        NO_GAIN: _("Lifts nothing"),
        NO_FIGURE: _("What it lifts has no score yet"),
        BETTER: _("Others bring more for what they take"),
    }
    return words.get(left.why, _("Left out")).format(name=left.about)


def days(strategy: Strategy, today: date) -> str:
    """From when to when, and how long it still runs."""
    if today < strategy.starts:
        return _("Begins on {day}").format(day=day(strategy.starts))
    left = (strategy.ends - today).days
    if left < 0:
        return _("Since {start}; it was to end on {end}").format(start=day(strategy.starts), end=day(strategy.ends))
    return ngettext("Since {start}, {count} day left", "Since {start}, {count} days left", left).format(
        start=day(strategy.starts), count=whole(left)
    )


def review(strategy: Strategy, today: date) -> str:
    """When it is looked at again."""
    if strategy.review <= today:
        return _("Review due since {day}").format(day=day(strategy.review))
    return _("Review on {day}").format(day=day(strategy.review))


def net_promised(promise: Promise) -> str:
    """What was expected of Net: +2.8 to +3.4 expected (2.9 to 3.8)."""
    if promise.net is None:
        return _("Expected: better by {gain}").format(gain=number(promise.gain))
    then = promise.net + promise.gain if promise.likely is None else promise.likely
    words = {"net": signed(promise.net), "then": signed(then)}
    if promise.low is None or promise.high is None:
        return _("Expected: from {net} to {then}").format(**words)
    words |= {"low": signed(promise.low), "high": signed(promise.high)}
    return _("Expected: from {net} to {then} (anything from {low} to {high})").format(**words)


def net_now(net: Estimate) -> str:
    """Where Net stands now, of the answers since it began."""
    if net.value is None and not net.n:
        return _("Now: no answers since it began")
    if net.value is None:
        return _("Now: too few answers yet since it began ({answers})").format(answers=answers(net.n))
    return _("Now: {net} ({range}, {answers}, {how_sure})").format(
        net=signed(net.value), range=interval(net, 1, with_sign=True), answers=answers(net.n), how_sure=strength(net.n)
    )


def unit_of(measure: str) -> str:
    """The unit of a goal's figure."""
    return {"net": "net", "worth_it": "share", "complaints": "rate", "days": "days"}.get(measure, "score")


def value(measure: str, figure: float) -> str:
    """A figure of a goal: +2.4, 87%, 2.6."""
    return bare(unit_of(measure), figure)


def goal(found: Reached) -> str:
    """How a goal stands: 2.6 → 2.1 wanted, now 2.4 (2.2 to 2.6, 34 answers, clear): on the way."""
    first, measure = goal_wanted(found), found.goal.measure
    if found.value is None and not found.n:
        return _("{wanted}; no answers since it began").format(wanted=first)
    if found.value is None:
        return _("{wanted}; too few answers yet since it began ({answers})").format(
            wanted=first, answers=answers(found.n)
        )
    return _("{wanted}, now {now} ({range}): {progress}").format(
        wanted=first, now=value(measure, found.value), range=_range(found), progress=progress(found)
    )


def goal_wanted(found: Reached) -> str:
    """Where a goal began and where it is wanted: 2.6 → 2.1 wanted."""
    wanted = value(found.goal.measure, found.goal.target)
    if found.goal.starts_from is None:
        return _("{target} wanted").format(target=wanted)
    start = value(found.goal.measure, found.goal.starts_from)
    return _("{start} \N{RIGHTWARDS ARROW} {target} wanted").format(start=start, target=wanted)


def progress(found: Reached) -> str:
    """How far a goal has come."""
    words = {
        "reached": _("reached, though it may be chance") if found.chance else _("reached"),
        "on_the_way": _("on the way, though it may be chance") if found.chance else _("on the way"),
        "still": _("where it began"),
        "away": _("further away, though it may be chance") if found.chance else _("further away"),
        "unknown": _("cannot be told yet"),
    }
    return words[found.progress]


def goal_tone(found: Reached) -> str:
    """The colour of a goal's bar and words: a token."""
    return {"reached": "good", "on_the_way": "accent", "away": "bad"}.get(found.progress, "quiet")


def against(outcome: Outcome) -> str:
    """Promise against result of an action: expected +0.31, measured +0.20 (+0.05 to +0.35)."""
    if outcome.change is None or outcome.low is None or outcome.high is None:
        return "" if outcome.expected is None else _("Expected {points}").format(points=points(outcome.expected))
    found = _("measured {change} ({low} to {high})").format(
        change=points(outcome.change), low=points(outcome.low), high=points(outcome.high)
    )
    if outcome.expected is None:
        return f"{found[:1].upper()}{found[1:]}"
    return _("Expected {points}, {measured}").format(points=points(outcome.expected), measured=found)


def hoped(promised: Promised | None) -> str:
    """What was expected of Net from an action that was not begun yet; empty where nothing was said."""
    if promised is None or promised.gain is None:
        return ""
    return _("Expected to bring {gain} of customer value").format(gain=points(promised.gain))


def came(now: ActionNow, today: date) -> str:
    """Whether an action worked, so far: worked, made it worse, cannot tell before March, not begun."""
    ready = now.effect.ready if now.effect is not None else None
    if now.outcome.said == "early" and ready is not None:
        return _("Cannot tell before {day}").format(day=day(ready))
    return verdict(now.outcome.said)


def goal_text_tone(found: Reached) -> str:
    """The colour of a goal's words where no bar stands beside them: only what is good or bad has one."""
    tone = goal_tone(found)
    return tone if tone in ("good", "bad") else ""


def cost(promised: Promised | None, currency: str) -> str:
    """What an action was to cost over the months of the plan; empty where it costs nothing."""
    if promised is None or not promised.cost_minor:
        return ""
    amount = money(abs(promised.cost_minor), currency)
    return _("saves {amount}").format(amount=amount) if promised.cost_minor < 0 else amount


def verdict(said: str) -> str:
    """Whether an action worked, in two or three words."""
    return {
        "worked": _("Worked"), "worse": _("Made it worse"), "nothing": _("No effect worth having"),
        "unclear": _("Cannot tell yet"), "early": _("Too early to say"), "never": _("Cannot be told"),
        "empty": _("No figure to judge by"), "more": _("More since then"), "less": _("Less since then"),
        "not_started": _("Not begun"),
    }[said]  # fmt: skip


def verdict_tone(said: str) -> str:
    """The colour of a verdict: a token."""
    return {"worked": "good", "worse": "bad"}.get(said, "quiet")


def status(word: str) -> str:
    """What a step of an action is called."""
    return {
        "idea": _("Idea"), "planned": _("Planned"), "started": _("Started"), "done": _("Done"), "dropped": _("Dropped"),
    }[word]  # fmt: skip


def counted(result: Result) -> str:
    """An ended strategy's count: 3 of 4 actions done, 1 of 2 goals reached."""
    done = sum(one.status == "done" for one in result.actions)
    said = ngettext("{done} of {count} action done", "{done} of {count} actions done", len(result.actions)).format(
        done=whole(done), count=whole(len(result.actions))
    )
    if not result.goals:
        return said
    there = sum(one.progress == "reached" for one in result.goals)
    goals = ngettext("{there} of {count} goal reached", "{there} of {count} goals reached", len(result.goals)).format(
        there=whole(there), count=whole(len(result.goals))
    )
    return _("{actions}, {goals}").format(actions=said, goals=goals)


def net_came(result: Result) -> str:
    """Net as it stood at the review."""
    if result.net is None or result.net_low is None or result.net_high is None:
        return _("too few answers to say ({answers})").format(answers=answers(result.n))
    return _("{net} ({low} to {high}, {answers})").format(
        net=signed(result.net), low=signed(result.net_low), high=signed(result.net_high), answers=answers(result.n)
    )


def points(change: float) -> str:
    """A change in points, better above 0; two decimals where one would say nothing."""
    return signed(change, 2 if abs(rounded_to(change, 1)) < 1 else 1)


def _range(found: Reached) -> str:
    measure = found.goal.measure
    if found.low is None or found.high is None:
        return answers(found.n)
    low, high = value(measure, found.low), value(measure, found.high)
    said = two_ends(low, high)
    return said if measure in ("complaints", "days") else in_full(said, answers(found.n), found.n)


def _into(share: float, lever: str) -> str:
    """Two thirds into fewer drawbacks."""
    into = {
        "worth": _("{share} into more worth"), "benefits": _("{share} into more benefits"),
        "costs": _("{share} into lower costs"), "drawbacks": _("{share} into fewer drawbacks"),
    }[lever]  # fmt: skip
    return into.format(share=_share(share))


def _share(share: float) -> str:
    """A share as people say it."""
    steps = (
        (0.97, _("everything")), (0.85, _("nine tenths")), (0.775, _("four fifths")), (0.725, _("three quarters")),
        (0.685, _("seven tenths")), (0.63, _("two thirds")), (0.55, _("three fifths")), (0.45, _("half")),
        (0.37, _("two fifths")), (0.29, _("one third")), (0.225, _("a quarter")), (0.151, _("a fifth")),
        (0.08, _("a tenth")),
    )  # fmt: skip
    return next((words for least, words in steps if share >= least), _("a little"))
