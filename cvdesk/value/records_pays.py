"""Whether those who said it was worth it came back more: two groups of customers and what they bought afterwards."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

from cvdesk.stats.intervals import NEED_PEOPLE, Estimate, hidden
from cvdesk.wording import _, ngettext
from cvdesk.wording import figures as words
from cvdesk.wording.numbers import day, money, number, whole

DAYS = (90, 180, 365)  # how long after an answer a purchase counts, to choose from
USUAL_DAYS = 180

Verdict = Literal["none", "no_purchases", "too_few", "cannot_tell", "more", "less"]


@dataclass(frozen=True, slots=True)
class Side:
    """Customers who gave one kind of answer and whose time is over.

    again: share who bought within the days after their answer. spend: mean of what they spent in them, minor units.
    """

    customers: int
    bought: int
    again: Estimate
    spend: Estimate


@dataclass(frozen=True, slots=True)
class Pays:
    """Those who said worth it (4-5) against those who did not (1-3), by their first answer in the period.

    waiting: customers whose days after the answer are not over yet, left out. until: the last day of which purchases
    are known; None without any. without_amount: purchases counted that have no amount; where they are more than one in
    ten, what was spent is not compared. difference: of the shares; spend: of the means, minor units, both worth it less
    not.
    """

    days: int
    worth_it: Side
    not_worth_it: Side
    waiting: int
    until: date | None
    difference: Estimate
    spend: Estimate
    without_amount: int

    @property
    def verdict(self) -> Verdict:
        """What may be said: nobody answered, no purchases, too few, no difference to be sure of, more, less."""
        if self.until is None:
            return "no_purchases"
        if self.worth_it.customers + self.not_worth_it.customers + self.waiting == 0:
            return "none"
        low, high = self.difference.low, self.difference.high
        if low is None or high is None:
            return "too_few"
        return "more" if low > 0 else "less" if high < 0 else "cannot_tell"


def time_words(days: int) -> str:
    """90 days, half a year, a year."""
    named = {180: _("half a year"), 365: _("a year")}
    return named.get(days) or ngettext("{days} day", "{days} days", days).format(days=whole(days))


def title(found: Pays) -> str:
    """The verdict as the page's first line."""
    return {
        "none": _("Does value pay? No answers yet"),
        "no_purchases": _("Does value pay? No purchases yet"),
        "too_few": _("Does value pay? Too early to say"),
        "cannot_tell": _("Does value pay? It cannot be told yet"),
        "more": _("Value seems to pay: they come back more"),
        "less": _("Value does not seem to pay so far"),
    }[found.verdict]


def sentence(found: Pays) -> str:
    """The finding in a sentence an owner can repeat; what is missing where there is none."""
    verdict = found.verdict
    if verdict == "no_purchases":
        return _("Bring in or log what customers buy: then this page compares who came back.")
    if verdict == "none":
        return _("It takes answers of customers who are known by name to the question “was it worth it?”.")
    if verdict == "too_few":
        return _missing(found)
    told = _(
        "Of 100 customers who said it was worth it, {yes} bought again within {time}; of 100 who did not, {no}."
    ).format(
        yes=whole(100 * (found.worth_it.again.value or 0)),
        no=whole(100 * (found.not_worth_it.again.value or 0)),
        time=time_words(found.days),
    )
    if verdict == "cannot_tell":
        return told + " " + _("Chance alone could make such a difference, so it cannot be told yet.")
    return told + " " + words.more_than_chance()


def _missing(found: Pays) -> str:
    need = found.difference.need or 10
    return _(
        "It takes {need} customers on each side who answered at least {time} ago: so far {yes} who said it was "
        "worth it and {no} who did not."
    ).format(
        need=whole(need), time=time_words(found.days), yes=whole(found.worth_it.customers),
        no=whole(found.not_worth_it.customers),
    )  # fmt: skip


def spend_sentence(found: Pays, currency: str) -> str:
    """What they spent afterwards, compared; why it is not where it cannot be."""
    yes, no = found.worth_it.spend, found.not_worth_it.spend
    if yes.value is None or no.value is None or found.spend.low is None or found.spend.high is None:
        if found.without_amount:
            return _("What they spent is not compared: too many purchases have no amount.")
        return _("What they spent is compared from {need} customers on each side.").format(need=10)
    told = _("In that time they spent {yes} on average; the others {no}.").format(
        yes=money(round(yes.value), currency), no=money(round(no.value), currency)
    )
    if found.spend.low > 0 or found.spend.high < 0:
        reach = _("The difference is likely between {low} and {high}.").format(
            low=money(round(found.spend.low), currency), high=money(round(found.spend.high), currency)
        )
        return f"{told} {reach}"
    return told + " " + words.chance_alone()


def spend_detail(found: Pays, currency: str) -> str:
    """The means with their intervals and how many customers; empty where they are not shown."""
    told = []
    for name, side in ((_("Said it was worth it"), found.worth_it), (_("Did not say so"), found.not_worth_it)):
        spend = side.spend
        if spend.value is None or spend.low is None or spend.high is None:
            return ""
        told.append(
            ngettext(
                "{name}: {mean} ({low} to {high}), {n} customer", "{name}: {mean} ({low} to {high}), {n} customers",
                spend.n,
            ).format(
                name=name, mean=money(round(spend.value), currency), low=money(round(max(spend.low, 0.0)), currency),
                high=money(round(spend.high), currency), n=whole(spend.n),
            )
        )  # fmt: skip
    return " · ".join(told)


def difference_words(found: Pays) -> str:
    """How large the difference of the shares is likely to be; empty where it is not shown."""
    low, high = found.difference.low, found.difference.high
    if low is None or high is None:
        return ""
    return _("The difference is likely between {low} and {high} of 100.").format(
        low=number(100 * low, 0), high=number(100 * high, 0)
    )


def who_words(side: Side) -> str:
    """How many customers there are on a side, and how many of them bought again; empty where so few would be known."""
    if side.customers < NEED_PEOPLE:
        return ""
    return ngettext(
        "{bought} of {n} customer bought again", "{bought} of {n} customers bought again", side.customers
    ).format(bought=whole(side.bought), n=whole(side.customers))


def share_words(side: Side) -> str:
    """71 of 100 (64 to 77); the reason where it is not shown."""
    if side.again.value is None and side.customers:
        return words.why_not(hidden(side.customers, side.again.need or 10, "few_customers"))
    return words.of_100_with_range(side.again)


def left_out(found: Pays) -> str:
    """How large the difference may be, who is not counted yet, and up to when purchases are known."""
    parts = [difference_words(found)] if found.difference.value is not None else []
    if found.waiting:
        parts.append(
            ngettext(
                "{n} more customer answered too recently to count.",
                "{n} more customers answered too recently to count.",
                found.waiting,
            ).format(n=whole(found.waiting))
        )
    if found.until is not None:
        parts.append(_("Purchases are in the file up to {day}.").format(day=day(found.until)))
    return " ".join(parts)


def limits() -> str:
    """What this comparison cannot show."""
    return _(
        "This is not an experiment: customers who answer may be loyal anyway, and what else differs between the two "
        "groups is not known. Each customer counts once, by the first answer in the period."
    )
