"""Sentences of the monthly look: what was found, with its figures beside it, and how long each step takes."""

from __future__ import annotations

from datetime import date

from cvdesk.catalogue.records import Period
from cvdesk.reports.records_look import KEEP, STOP
from cvdesk.stats.intervals import Estimate
from cvdesk.themes.records import ThemeFigure
from cvdesk.value.records_rivals import Edge
from cvdesk.wording import _, ngettext
from cvdesk.wording.counts import records
from cvdesk.wording.figures import in_percent
from cvdesk.wording.leading import leads
from cvdesk.wording.numbers import month_long, number, span, whole

MOST_MINUTES = 6  # of filing within twenty


def burden(first: ThemeFigure, second: ThemeFigure | None, period: Period, active: int) -> tuple[str, str]:
    """The burden most customers mention: the sentence and its figures. Which of two leads is said only where clear."""
    figure = _share(first.customers, first.share, period, active)
    if second is None or second.share.high is None or first.share.low is None:
        return _("“{theme}” is the burden customers mention.").format(theme=first.name), figure
    if leads(first.share, [second.share]):
        return _("More customers mention “{theme}” than any other burden.").format(theme=first.name), figure
    said = _("“{theme}” and “{other}” are the burdens mentioned most; which of them more cannot be told.")
    return said.format(theme=first.name, other=second.name), _("{theme}: {figure}").format(
        theme=first.name, figure=figure
    )


def changed(sentence: str, looked_at: int, by_chance: float) -> str:
    """Beside a change: how it was found, and how many of all figures chance alone would make look changed."""
    looked = ngettext("{count} figure was looked at", "{count} figures were looked at", looked_at).format(
        count=whole(looked_at)
    )
    if by_chance < 1:
        return _("{sentence} {looked}; by chance alone fewer than one of them would look changed.").format(
            sentence=sentence, looked=looked
        )
    return _("{sentence} {looked}; by chance alone about {chance} of them would look changed.").format(
        sentence=sentence, looked=looked, chance=whole(by_chance)
    )


def praise(theme: ThemeFigure, count: int, share: Estimate, period: Period, active: int) -> tuple[str, str]:
    """What customers praise: the sentence and its figures."""
    said = ngettext("{count} customer praises “{theme}”.", "{count} customers praise “{theme}”.", count)
    return said.format(count=whole(count), theme=theme.name), _share(count, share, period, active)


def edge(rival: str, one: Edge, period: Period) -> tuple[str, str]:
    """Where customers clearly get more here: the sentence and its figures."""
    said = _("At “{factor}” you have the edge on {rival}.").format(factor=one.label, rival=rival)
    figure = _("better by {size} ({low} to {high}), {ours} and {theirs} answers, {period}").format(
        size=number(one.advantage.value or 0), low=number(one.advantage.low or 0), high=number(one.advantage.high or 0),
        ours=whole(one.n_ours), theirs=whole(one.n_theirs), period=span(period.start, period.end),
    )  # fmt: skip
    return said, figure


def counted(entries: int, complaints: int, month: date) -> str:
    """How much came in, as a fact."""
    comments = ngettext("{count} comment", "{count} comments", entries).format(count=whole(entries))
    if not complaints:
        return _("{comments} came in during {month}, and no complaint.").format(
            comments=comments, month=month_long(month)
        )
    cases = records("complaints", complaints)
    return _("{comments} and {complaints} came in during {month}.").format(
        comments=comments, complaints=cases, month=month_long(month)
    )


def nothing_mentioned() -> str:
    """Beside a bare count."""
    return _("A count of what is written down, no comparison.")


def _share(customers: int, share: Estimate, period: Period, active: int) -> str:
    days = span(period.start, period.end)
    if share.value is None:
        return ngettext("{count} customer, {period}", "{count} customers, {period}", customers).format(
            count=whole(customers), period=days
        )
    return ngettext(
        "{count} of {active} active customer: {share}, {period}",
        "{count} of {active} active customers: {share}, {period}",
        active,
    ).format(
        count=whole(customers), active=whole(active), share=in_percent(share), period=days
    )  # fmt: skip


def step_name(step: str) -> str:
    """What a step is called."""
    return {
        "file": _("File what is new"), "find": _("Three findings"), "judge": _("Did it work?"),
        "choose": _("Choose one thing"), "print": _("Print"),
    }[step]  # fmt: skip


def step_about(step: str) -> str:
    """What is done in a step, in a sentence."""
    return {
        "file": _("Say what new comments are about. Stop whenever you like: what you leave waits as it is."),
        "find": _("Tick up to three sentences worth keeping in mind, or write one of your own."),
        "judge": _("What you began, and what came of it as far as anybody can tell today."),
        "choose": _("One thing for the next month: small enough to begin, with a day and a name."),
        "print": _("One page for the wall or the team: what you saw and what you do."),
    }[step]  # fmt: skip


def minutes(count: int) -> str:
    """About 4 min."""
    return ngettext("about {count} min", "about {count} min", count).format(count=whole(count))


def decision_name(decision: str) -> str:
    """What is done about an action or goal."""
    return {KEEP: _("Keep on"), STOP: _("Stop"), "wait": _("Wait and see"), "": ""}[decision]
