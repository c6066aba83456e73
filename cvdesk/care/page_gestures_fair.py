"""Beside the gestures: the month's budget, and whom gestures reached in a year."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from cvdesk.care.records_gestures import Budget, Fairness, GroupShare
from cvdesk.kit.session import Session
from cvdesk.kit.side import SideContent
from cvdesk.kit.widgets import NOTE, SMALL, TEXT, TIGHT, Bar, Elided, column, label, line
from cvdesk.wording import _, ngettext
from cvdesk.wording.numbers import money, percent, whole


class FairCard(SideContent):
    """Budget and fairness; `change` opens the form of the budget, None where the file can only be read."""

    def __init__(
        self, session: Session, budget: Budget, fair: Fairness, currency: str, change: Callable[[], None] | None
    ) -> None:
        super().__init__(session.theme, _("Budget and fairness"))
        self._currency = currency
        self._budget(budget, change)
        self._fair(fair)
        self.box.addStretch(1)

    def _budget(self, budget: Budget, change: Callable[[], None] | None) -> None:
        theme = self.theme
        self.add(label(theme, _("This month"), NOTE, strong=True, tone="faint"))
        self.add(label(theme, budget_words(budget, self._currency), TEXT, wrap=True))
        whole_month = budget.limits.month_minor
        if whole_month:
            share = budget.spent_minor / whole_month
            self.add(Bar(theme, share, "bad" if share > 1 else "accent", 8))
        for one in budget.staff:
            if not (one.spent_minor or one.limit_minor is not None):
                continue
            row = line(SMALL)
            row.addWidget(Elided(theme, one.name, TEXT, "quiet"), 1)
            spent = money(one.spent_minor, self._currency)
            words = spent
            if one.limit_minor is not None:
                words = _("{spent} of {limit}").format(spent=spent, limit=money(one.limit_minor, self._currency))
            over = one.limit_minor is not None and one.spent_minor > one.limit_minor
            row.addWidget(label(theme, words, TEXT, tone="bad" if over else ""))
            self.add(row)
        if change is not None:
            self.add_link(_("Set a budget") if whole_month is None else _("Change the budget"), "pencil", change)

    def _fair(self, fair: Fairness) -> None:
        self.add_heading(_("Who got gestures in twelve months"))
        if not fair.gestures:
            words = _("None yet. Once there are, you see here whether they are shared fairly.")
            self.add(label(self.theme, words, TEXT, tone="quiet", wrap=True))
            return
        if fair.only_complaints:
            words = _("{count} of {all} gestures went to those who complained. Who never complains gets little.")
            said = words.format(count=whole(fair.after_complaints), all=whole(fair.gestures))
            self.add(label(self.theme, said, TEXT, tone="bad", wrap=True))
        else:
            words = ngettext("{count} gesture, {after} of them after a complaint.",
                             "{count} gestures, {after} of them after a complaint.", fair.gestures)  # fmt: skip
            said = words.format(count=whole(fair.gestures), after=whole(fair.after_complaints))
            self.add(label(self.theme, said, TEXT, wrap=True))
        kinds = (
            (_("By segment"), fair.segments),
            (_("New and old"), fair.new_and_old),
            (_("By what they spend"), fair.by_worth),
        )
        for name, groups in kinds:
            if any(not group.hidden for group in groups):
                self.add(label(self.theme, name, NOTE, strong=True, tone="faint"))
                self._groups(groups)

    def _groups(self, groups: Sequence[GroupShare]) -> None:
        longest = max((group.share for group in groups if not group.hidden), default=0.0)
        for group in groups:
            box = column(None, TIGHT)
            row = line(SMALL)
            row.addWidget(Elided(self.theme, group.name, TEXT), 1)
            row.addWidget(label(self.theme, share_words(group, self._currency), NOTE, tone="quiet"))
            box.addLayout(row)
            if not group.hidden:
                box.addWidget(Bar(self.theme, group.share / longest if longest else 0.0, "accent", 6))
            self.add(box)


def budget_words(budget: Budget, currency: str) -> str:
    """Where the month stands, in a sentence."""
    spent = money(budget.spent_minor, currency)
    if not budget.gestures and budget.limits.month_minor is None:
        return _("Nothing given yet, and no budget is set.")
    if budget.limits.month_minor is None or budget.left_minor is None:
        words = ngettext("{count} gesture, {spent}. No budget is set.", "{count} gestures, {spent}. No budget is set.",
                         budget.gestures)  # fmt: skip
        return words.format(count=whole(budget.gestures), spent=spent)
    limit = money(budget.limits.month_minor, currency)
    if budget.left_minor < 0:
        over = money(-budget.left_minor, currency)
        return _("{spent} of {limit} given: {over} over the budget.").format(spent=spent, limit=limit, over=over)
    left = money(budget.left_minor, currency)
    return _("{spent} of {limit} given, {left} left.").format(spent=spent, limit=limit, left=left)


def share_words(group: GroupShare, currency: str) -> str:
    """How many of a group, and how much a customer of it: "5 % of 136, £0.27 each"."""
    if group.hidden:
        return _("too few to say")
    each = money(round(group.cost_minor / group.customers), currency)
    return _("{share} of {count}, {each} each").format(
        share=percent(group.share), count=whole(group.customers), each=each
    )


__all__ = ["FairCard", "budget_words", "share_words"]
