"""Beside the lists of loyalty: the rewards and their rules, the levels, and the milestones of the next 30 days."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import Qt

from cvdesk.care.records_loyalty import PURCHASES, SPEND, Rule, TierCount, Tiers, rule_words
from cvdesk.kit.session import Session
from cvdesk.kit.side import SideContent, pressed_line
from cvdesk.kit.widgets import NOTE, SMALL, TEXT, Elided, Hairline, column, label, line
from cvdesk.wording import _, ngettext
from cvdesk.wording.numbers import money, whole

_MOST = 8
_NUMBER = 58  # design pixels of a count, below the word "Customers"


@dataclass(frozen=True, slots=True)
class Ahead:
    """A milestone of the next 30 days, in words."""

    customer_id: int
    customer: str
    what: str
    when: str


@dataclass(frozen=True, slots=True)
class Loyal:
    """What the panel shows. held_back: customers left out of `ahead` while a serious complaint is open."""

    rules: Sequence[Rule]
    tiers: Tiers
    counts: Sequence[TierCount]
    ahead: Sequence[Ahead]
    held_back: int
    currency: str


@dataclass(frozen=True, slots=True)
class Doings:
    """What can be done there."""

    rule: Callable[[Rule | None], None]
    tiers: Callable[[], None]


class LoyalCard(SideContent):
    """Rewards, levels, milestones; without `doings` it can only be read."""

    def __init__(self, session: Session, shown: Loyal, doings: Doings | None) -> None:
        super().__init__(session.theme, _("Rewards and levels"))
        self._session, self._shown, self._doings = session, shown, doings
        self._rewards()
        self._levels()
        self._ahead()
        self.box.addStretch(1)

    def _rewards(self) -> None:
        self.add(label(self.theme, _("Rewards"), NOTE, strong=True, tone="faint"))
        for rule in self._shown.rules:
            words = _("{rule}: {gives}").format(rule=rule_words(rule, self._shown.currency), gives=rule.gives)
            if self._doings is not None:
                self.add_link(words, "gift", partial(self._doings.rule, rule), _("Change {rule}").format(rule=words))
            else:
                self.add(label(self.theme, words, TEXT, wrap=True))
        if not self._shown.rules:
            words = _("No reward yet. After ten purchases, say, or three years with you.")
            self.add(label(self.theme, words, TEXT, tone="quiet", wrap=True))
        if self._doings is not None:
            self.add_link(_("New reward"), "plus", partial(self._doings.rule, None))

    def _levels(self) -> None:
        self.add(Hairline())
        head = line(SMALL)
        head.addWidget(label(self.theme, _("Levels"), NOTE, strong=True, tone="faint"), 1)
        if self._shown.counts:
            head.addWidget(label(self.theme, _("Customers"), NOTE, tone="faint"))
        self.add(head)
        for count in self._shown.counts:
            name = _("In none yet") if count.tier is None else count.tier.name
            row = line(SMALL)
            row.addWidget(Elided(self.theme, name, TEXT, "quiet" if count.tier is None else ""), 1)
            if count.tier is not None:
                row.addWidget(label(self.theme, self._from(count.tier.starts), NOTE, tone="faint"))
            people = ngettext("{count} customer", "{count} customers", count.customers)
            number = label(self.theme, whole(count.customers), TEXT)
            number.setAccessibleName(people.format(count=whole(count.customers)))
            number.setMinimumWidth(self.theme.px(_NUMBER))
            number.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
            row.addWidget(number)
            self.add(row)
        if not self._shown.counts:
            words = _("No levels yet, such as Bronze, Silver and Gold.")
            self.add(label(self.theme, words, TEXT, tone="quiet", wrap=True))
        if self._doings is not None:
            words = _("Change levels") if self._shown.counts else _("Set levels")
            self.add_link(words, "pencil", self._doings.tiers)

    def _from(self, starts: int) -> str:
        by = self._shown.tiers.by
        if by == SPEND:
            return _("from {amount} a year").format(amount=money(starts, self._shown.currency))
        if by == PURCHASES:
            return _("from {count} a year").format(count=whole(starts))
        return _("from {count} years").format(count=whole(starts))

    def _ahead(self) -> None:
        self.add_heading(_("Milestones in the next 30 days"))
        for one in self._shown.ahead[:_MOST]:
            opens = partial(self._session.open, "customers", one.customer_id)
            self._milestone(one, opens)
        left = len(self._shown.ahead) - _MOST
        if left > 0:
            words = ngettext("and {count} more", "and {count} more", left).format(count=whole(left))
            self.add(label(self.theme, words, NOTE, tone="faint"))
        if not self._shown.ahead:
            self.add(label(self.theme, _("None."), TEXT, tone="quiet"))
        if self._shown.held_back:
            words = ngettext(
                "{count} customer is left out while a serious complaint is open.",
                "{count} customers are left out while a serious complaint is open.",
                self._shown.held_back,
            )
            text = words.format(count=whole(self._shown.held_back))
            self.add(label(self.theme, text, NOTE, tone="quiet", wrap=True))

    def _milestone(self, one: Ahead, opens: Callable[[], object]) -> None:
        """Who in one line, what and when below: a long name hides neither, whichever way it is written."""
        texts = column(None, 0)
        texts.addWidget(Elided(self.theme, one.customer, TEXT, "accent"))
        what = _("{what}, {when}").format(what=one.what, when=one.when)
        texts.addWidget(Elided(self.theme, what, NOTE, "quiet"))
        words = _("{customer}: {what}, {when}").format(customer=one.customer, what=one.what, when=one.when)
        self.box.addWidget(pressed_line(words, opens, texts))


__all__ = ["Ahead", "Doings", "Loyal", "LoyalCard"]
