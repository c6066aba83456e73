"""Where the best plan becomes another one, in words (METHOD 4.5)."""

from __future__ import annotations

from cvdesk.strategy.records_plan import Planned, Turn
from cvdesk.strategy.words_plan import a_month
from cvdesk.wording import _, figures, ngettext
from cvdesk.wording.numbers import number, whole

_MOST_CHANGES = 3  # actions named where a plan turns


def turn_words(turn: Turn, planned: Planned, currency: str) -> str:
    """The plan changes if Costs weigh more than 1.6: “Card reader” comes in."""
    return _("The plan changes {when}: {what}.").format(
        when=turn_when(turn, planned, currency), what=turn_what(turn, planned)
    )


def turn_line(turn: Turn, planned: Planned, currency: str) -> str:
    """If Costs weigh more than 1.6: “Card reader” comes in; a line of a list."""
    when = turn_when(turn, planned, currency)
    return _("{when}: {what}").format(when=when[:1].upper() + when[1:], what=turn_what(turn, planned))


def turn_when(turn: Turn, planned: Planned, currency: str) -> str:
    """If Costs weigh more than 1.6, in the middle of a sentence."""
    sort, key = turn.what
    if sort == "budget":
        amount = a_month(int(turn.at), planned.limits.months, currency)
        text = _("with {amount} a month or more") if turn.more else _("with less than {amount} a month")
        return text.format(amount=amount)
    at = number(turn.at)
    if sort == "lever":
        name = figures.lever_name(key)
        if key == "worth":
            text = _("if {part} weighs more than {at}") if turn.more else _("if {part} weighs less than {at}")
        else:
            text = _("if {part} weigh more than {at}") if turn.more else _("if {part} weigh less than {at}")
        return text.format(part=name, at=at)
    standing = planned.basis.of(key)
    name = key if standing is None else standing.label
    text = _("if “{factor}” is above {at} of 5") if turn.more else _("if “{factor}” is below {at} of 5")
    return text.format(factor=name, at=at)


def turn_what(turn: Turn, planned: Planned) -> str:
    """“Card reader” comes in, “Second van” goes out."""
    names = {one.id: one.name for one in planned.actions}
    told = [_("“{action}” comes in").format(action=names[one]) for one in turn.comes if one in names]
    told += [_("“{action}” goes out").format(action=names[one]) for one in turn.goes if one in names]
    if len(told) > _MOST_CHANGES:
        rest = len(told) - _MOST_CHANGES
        told = told[:_MOST_CHANGES]
        told.append(ngettext("{n} more change", "{n} more changes", rest).format(n=whole(rest)))
    return ", ".join(told) or _("another plan is best")
