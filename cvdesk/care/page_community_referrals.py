"""Who sent whom, and whether they were thanked."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

from cvdesk.care import store_community as store
from cvdesk.care.form_community import ReferralForm
from cvdesk.care.page_community_room import Room
from cvdesk.care.records_community import Referral, ReferralRow, referral_problems
from cvdesk.customers.store import find_matches
from cvdesk.db import BusinessFile, Operation
from cvdesk.kit.side import SideContent
from cvdesk.kit.table import Column
from cvdesk.kit.widgets import CARD_TITLE, NOTE, TEXT, EmptyState, button, label
from cvdesk.wording import _, ngettext
from cvdesk.wording.numbers import day, day_short, whole


class Referrals(Room):
    """The latest first."""

    roomy = {0: 900}  # the panel says when, too

    @classmethod
    def title(cls) -> str:
        """The room's name."""
        return _("Who sent whom")

    def columns(self) -> Sequence[Column]:
        """When, who, whom, thanked."""
        today = self.session.today
        return (
            Column(_("When"), lambda row: day_short(row.referral.date, today()), 110, "quiet"),
            Column(_("Who recommended you"), lambda row: row.customer, 190, stretch=True),
            Column(_("Whom they sent"), lambda row: row.referred, 190, stretch=True),
            Column(_("Thanked"), self._thanked, 120, lambda row: "quiet" if row.referral.thanked else "bad"),
        )

    def empty(self) -> EmptyState:
        """Nobody noted yet."""
        self.first = button(self.theme, _("Note who sent whom"), self.new, "main")
        self.first.setEnabled(self.writable)
        sentence = _("When a new customer says who sent them, note it here and thank the one who did.")
        return EmptyState(self.theme, sentence, self.first, "user-plus")

    def question(self) -> Callable[[BusinessFile], Sequence[Any]]:
        """All of them."""
        return store.referrals

    def key_of(self, row: Any) -> int:
        """The referral's id."""
        return row.referral.id or 0

    def keys(self) -> None:
        """Delete takes one out."""
        self.new_button = self.tool(_("Note who sent whom"), self.new, "main")
        self.key("Delete", self.delete)

    def content(self, row: Any) -> SideContent:
        """Both, when, and thanks."""
        theme, kept = self.theme, row.referral
        made = SideContent(theme, row.customer)
        said = _("{customer} sent {other}").format(customer=row.customer, other=row.referred)
        made.add(label(theme, said, CARD_TITLE, strong=True, wrap=True))
        sent = ngettext("{count} customer sent so far", "{count} customers sent so far", row.sent)
        about = [day(kept.date), sent.format(count=whole(row.sent))]
        made.add(label(theme, " · ".join(about), NOTE, tone="quiet", wrap=True))
        if kept.note:
            made.add(label(theme, kept.note, TEXT, wrap=True))
        if kept.thanked is None:
            self.buttons(
                made, button(theme, _("Thanked today"), partial(self.thank, row), "main"),
                button(theme, _("Give something…"), partial(self.session.open, "care", ("gesture", kept.customer_id)),
                       icon="gift"),
            )  # fmt: skip
        else:
            said = _("Thanked on {day}").format(day=day(kept.thanked))
            made.add(label(theme, said, TEXT, tone="good", wrap=True))
        self.buttons(
            made, button(theme, _("Edit…"), partial(self.edit, row), icon="pencil"),
            self.more(row.customer, (_("Delete"), self.delete)),
        )  # fmt: skip
        made.add_link(_("Open {name}").format(name=row.customer), "user",
                      partial(self.session.open, "customers", kept.customer_id))  # fmt: skip
        if kept.referred_id is not None:
            made.add_link(_("Open {name}").format(name=row.referred), "user",
                          partial(self.session.open, "customers", kept.referred_id))  # fmt: skip
        made.box.addStretch(1)
        return made

    def new(self) -> None:
        """The form for another one."""
        self.edit(ReferralRow(Referral(0, self.session.today()), "", "", 0))

    def edit(self, row: ReferralRow) -> None:
        """The form for one."""
        form = ReferralForm(self.theme, row, partial(find_matches, self.session.file))

        def save() -> tuple[str, Callable[[Operation], Any]] | None:
            record = form.record()
            problems = referral_problems(record)
            form.show_problems(problems)
            return None if problems else (_("Who sent whom is noted"), partial(store.save_referral, referral=record))

        self.open_form(self.title(), form, save)

    def thank(self, row: ReferralRow) -> None:
        """Thanked, today."""
        said = _("{name} was thanked").format(name=row.customer)
        self.run(said, partial(store.thank, referral_id=row.referral.id or 0, day=self.session.today()), said)

    def delete(self) -> None:
        """Takes the selected one out; can be taken back."""
        row = self.chosen()
        if row is not None:
            said = _("“{name}” is deleted").format(
                name=_("{customer} sent {other}").format(customer=row.customer, other=row.referred)
            )
            self.run(said, partial(store.delete_referral, referral_id=row.referral.id or 0), said)

    def _thanked(self, row: ReferralRow) -> str:
        thanked = row.referral.thanked
        return _("not yet") if thanked is None else day_short(thanked, self.session.today())


__all__ = ["Referrals"]
