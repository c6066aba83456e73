"""A comparison with a competitor in words: who says so, what it adds up to, what is missing."""

from __future__ import annotations

from datetime import date

from cvdesk.stats.intervals import NEED_ANSWERS
from cvdesk.stats.rivals import CLOSE_GAP, DOUBLE_DOWN, ENOUGH, LEAVE
from cvdesk.value.records_rivals import Against, Edge
from cvdesk.wording import _, ngettext
from cvdesk.wording import figures as words
from cvdesk.wording.changes import ahead_words
from cvdesk.wording.numbers import day_short, number, signed

_MOST_NAMED = 6


def advice(edge: Edge) -> str:
    """What to do about a factor, once the difference is more than chance would give."""
    if edge.advice is None:
        return _("Not tested")
    named = {DOUBLE_DOWN: _("Double down"), CLOSE_GAP: _("Close the gap"), ENOUGH: _("Enough"), LEAVE: _("Leave it")}
    return named.get(edge.advice, _("About level"))


def standing(edge: Edge) -> str:
    """1.5 behind (1.1 to 1.9): how far, and the likely range in the direction that is said."""
    value, low, high = edge.advantage.value or 0.0, edge.advantage.low, edge.advantage.high
    told = ahead_words(value)
    if low is None or high is None:
        return told
    if value < 0:
        low, high = -high, -low
    return _("{standing} ({low} to {high})").format(standing=told, low=number(low), high=number(high))


def title(found: Against) -> str:
    """The finding as the page's first line."""
    rival = found.competitor.name
    if found.source == "none":
        return _("Nothing is known about {rival} yet").format(rival=rival)
    if found.source == "guess":
        return _("Your guess about {rival}").format(rival=rival)
    if not found.tested:
        return _("A first look at {rival}").format(rival=rival)
    low = None if found.map is None else found.map.advantage.low
    high = None if found.map is None else found.map.advantage.high
    if low is not None and low > 0:
        return _("Better value than {rival}").format(rival=rival)
    if high is not None and high < 0:
        return _("Less value than {rival}").format(rival=rival)
    if low is None or high is None:
        return _("You beside {rival}").format(rival=rival)
    return _("Too close to tell: you and {rival}").format(rival=rival)


def source(found: Against, today: date) -> str:
    """Whose ratings are compared."""
    n = number(found.people, 0)
    if found.source == "used_both" and found.paired:
        return ngettext(
            "{n} customer who used both rated you and them", "{n} customers who used both rated you and them",
            found.people,
        ).format(n=n)  # fmt: skip
    if found.source == "used_both":
        return ngettext(
            "{n} customer who used both, against all who rated you",
            "{n} customers who used both, against all who rated you", found.people,
        ).format(n=n)  # fmt: skip
    if found.source == "mystery":
        return ngettext(
            "{n} mystery visit, against what your customers say", "{n} mystery visits, against what your customers say",
            found.people,
        ).format(n=n)  # fmt: skip
    if found.source == "guess" and found.known.guessed_on is not None:
        return _("Your guess of {day}, beside what customers say; not tested").format(
            day=day_short(found.known.guessed_on, today)
        )
    return ""


def together(found: Against) -> str:
    """The two Nets and their difference, to which the column of edges adds up; why there is no sum."""
    us, them, total = found.shown_us, found.shown_them, found.shown_total
    if us is None or them is None or total is None:
        parts = ", ".join(words.lever_name(lever) for lever in found.missing)
        return _("No sum: too little is known about {parts}.").format(parts=parts)
    size = number(abs(total) / 100, 2)
    apart = _("{size} ahead") if total > 0 else _("{size} behind")
    standing = apart.format(size=size) if total else _("level")
    return ngettext(
        "Together, on {n} thing: you {us}, they {them}, {standing}. The column adds up to it.",
        "Together, on {n} things: you {us}, they {them}, {standing}. The column adds up to it.",
        len(found.edges),
    ).format(
        n=number(len(found.edges), 0), us=signed(us / 100, 2), them=signed(them / 100, 2), standing=standing
    )  # fmt: skip


def missing(found: Against) -> list[str]:
    """What more is needed, most useful first."""
    told = []
    if found.source != "used_both":
        n = found.known.used_both
        told.append(
            _("No customer who used both has rated them yet: from {need} on, that is compared.").format(
                need=NEED_ANSWERS
            )
            if n == 0
            else
            ngettext(
                "{n} customer who used both has rated them: from {need} on, that is compared.",
                "{n} customers who used both have rated them: from {need} on, that is compared.", n,
            ).format(n=number(n, 0), need=NEED_ANSWERS)
        )  # fmt: skip
    if found.source == "mystery" and not found.tested:
        told.append(_("So few visits are shown in grey and not tested: from {need} on they are.").format(
            need=NEED_ANSWERS
        ))  # fmt: skip
    if found.ours_few:
        told.append(_("Too few customers have rated you on: {factors}.").format(factors=_named(found.ours_few)))
    if found.source != "none" and found.theirs_few:
        told.append(_("Too few have rated them on: {factors}.").format(factors=_named(found.theirs_few)))
    return told


def _named(labels: tuple[str, ...]) -> str:
    """Some names, and how many more."""
    told = ", ".join(labels[:_MOST_NAMED])
    rest = len(labels) - _MOST_NAMED
    if rest <= 0:
        return told
    return ngettext("{names} and {n} more", "{names} and {n} more", rest).format(names=told, n=number(rest, 0))
