"""Forms of the community: an advocate's consent, a group, an event, a guest, who sent whom, a line, a question."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from PySide6.QtCore import QDate
from PySide6.QtWidgets import QCheckBox, QComboBox, QDateEdit

from cvdesk.care.records_community import (
    STATES,
    Advocate,
    Faq,
    Gathering,
    Group,
    Pair,
    Referral,
    ReferralRow,
    state_name,
)
from cvdesk.catalogue.records import Named, as_name, as_said
from cvdesk.customers.form_fields import CustomerLine, DayLine
from cvdesk.customers.store import Match
from cvdesk.kit.form import choice_field, date_field, text_field, words_field
from cvdesk.kit.side import SideForm
from cvdesk.kit.theme import Theme
from cvdesk.kit.widgets import NOTE, label
from cvdesk.wording import _
from cvdesk.wording.numbers import whole

Find = Callable[[str], Sequence[Match]]


class AdvocateForm(SideForm):
    """An advocate's consent: what of theirs may be used, and when and how they said so."""

    def __init__(self, theme: Theme, advocate: Advocate, today: date) -> None:
        super().__init__(theme)
        self._before, self._today = advocate, today
        self.rows.addRow(label(theme, _("Ask them first. Without their consent nothing of them goes on any paper."),
                               NOTE, tone="quiet", wrap=True))  # fmt: skip
        self.quote = QCheckBox(_("Their words may be used"))
        self.quote.setChecked(advocate.may_quote)
        self.named = QCheckBox(_("With their name"))
        self.named.setChecked(advocate.may_name)
        self.day = DayLine(advocate.consent_on)
        self.how = text_field(advocate.consent_how, _("At the counter, by e-mail, on a form"))
        self.note = words_field(advocate.note, lines=3)
        self.field("may_quote", _("What they agreed to"), self.quote)
        self.field("may_name", _("Whose words they are"), self.named)
        self.field("consent_on", _("When they agreed"), self.day)
        self.field("consent_how", _("How they agreed"), self.how)
        self.field("note", _("Note"), self.note)
        self.quote.setAccessibleName(self.quote.text())
        self.named.setAccessibleName(self.named.text())
        self.quote.toggled.connect(self._agreed)

    def record(self) -> Advocate:
        """The advocate as typed; ValueError where the day cannot be read."""
        return replace(
            self._before, may_quote=self.quote.isChecked(), may_name=self.named.isChecked(),
            consent_on=self.day.day(), consent_how=as_said(self.how.text()).strip(),
            note=as_said(self.note.toPlainText()),
        )  # fmt: skip

    def _agreed(self, yes: bool) -> None:
        """Mostly they are asked today."""
        if yes and not self.day.text():
            self.day.setText(DayLine(self._today).text())
        if not yes:
            self.named.setChecked(False)


@dataclass(frozen=True, slots=True)
class Chosen:
    """Whom a group is made of: a tag, a segment, words that find them; each None or empty for nobody."""

    tag: int | None = None
    segment: int | None = None
    search: str = ""


class GroupForm(SideForm):
    """A group and, where wanted, whom it takes in at once."""

    def __init__(self, theme: Theme, group: Group, tags: Sequence[Named], segments: Sequence[Named]) -> None:
        super().__init__(theme)
        self._before = group
        self.name = text_field(group.name)
        self.note = words_field(group.note, lines=2)
        nobody = _("Nobody")
        self.tag = choice_field([(None, nobody), *((one.id, one.name) for one in tags)])
        self.segment = choice_field([(None, nobody), *((one.id, one.name) for one in segments)])
        self.search = text_field("", _("A name, a town, an e-mail address"))
        self.field("name", _("Name"), self.name)
        self.field("note", _("What it is for"), self.note)
        self.field("tag", _("Take in everybody tagged"), self.tag)
        self.field("segment", _("Take in everybody of the group of customers"), self.segment)
        self.field("search", _("Take in everybody found by"), self.search)

    def record(self) -> Group:
        """The group as typed."""
        return replace(self._before, name=as_name(self.name.text()), note=as_said(self.note.toPlainText()))

    def chosen(self) -> tuple[Chosen, ...]:
        """Whom it takes in: each of these."""
        found = (
            Chosen(tag=self.tag.currentData()), Chosen(segment=self.segment.currentData()),
            Chosen(search=as_name(self.search.text())),
        )  # fmt: skip
        return tuple(one for one in found if one != Chosen())


class GatheringForm(SideForm):
    """An event."""

    def __init__(self, theme: Theme, gathering: Gathering, groups: Sequence[tuple[int, str]]) -> None:
        super().__init__(theme)
        self._before = gathering
        self.name = text_field(gathering.name, _("Tasting of the Christmas loaf"))
        self.day = _day_field(gathering.date)
        self.group = choice_field([(None, _("No group in particular")), *groups], gathering.group_id)
        self.note = words_field(gathering.note, lines=3)
        self.field("name", _("Name"), self.name)
        self.field("date", _("Day"), self.day)
        self.field("group_id", _("For the group"), self.group)
        self.field("note", _("Where, when, what to bring"), self.note)

    def record(self) -> Gathering:
        """The event as typed."""
        return replace(
            self._before, name=as_name(self.name.text()), date=_day_of(self.day), group_id=self.group.currentData(),
            note=as_said(self.note.toPlainText()),
        )  # fmt: skip


class GuestForm(SideForm):
    """A customer by name: somebody who was asked by word of mouth, or simply came; or a member of a group."""

    def __init__(self, theme: Theme, find: Find, with_state: bool) -> None:
        super().__init__(theme)
        self.customer = CustomerLine(find)
        self.field("customer", _("Customer"), self.customer)
        self.state: QComboBox | None = None
        if with_state:
            self.state = choice_field([(state, state_name(state)) for state in STATES], "coming")
            self.field("state", _("What they said"), self.state)

    def customer_id(self) -> int | None:
        """Who is meant; None where nobody in the file, or several, are called so."""
        return _one(self.customer)


class InviteForm(SideForm):
    """What an invitation says, and whether it goes out on paper or as e-mails."""

    def __init__(self, theme: Theme, text: str, on_paper: int, by_mail: int) -> None:
        super().__init__(theme)
        self.text = words_field(text, lines=12)
        ways = (
            ("letters", _("Letters for {count}, as PDF").format(count=whole(on_paper))),
            ("mail", _("E-mail drafts for {count}").format(count=whole(by_mail))),
        )
        self.way = choice_field(list(ways), "mail" if by_mail else "letters")
        self.field("way", _("How"), self.way)
        self.field("text", _("What it says; {name} becomes their name").replace("{name}", "{" + _("name") + "}"),
                   self.text)  # fmt: skip
        said = _("Only those who have not answered and may be written to get one.")
        self.rows.addRow(label(theme, said, NOTE, tone="quiet", wrap=True))


class ReferralForm(SideForm):
    """Who sent whom."""

    def __init__(self, theme: Theme, row: ReferralRow, find: Find) -> None:
        super().__init__(theme)
        kept = row.referral
        self._before = kept
        self.customer = CustomerLine(find, kept.customer_id or None, row.customer)
        self.referred = CustomerLine(find, kept.referred_id, row.referred)
        self.day = _day_field(kept.date)
        self.note = words_field(kept.note, lines=2)
        self.field("customer", _("Who recommended you"), self.customer)
        self.field("referred", _("Whom they sent: a customer, or just a name"), self.referred)
        self.field("date", _("When"), self.day)
        self.field("note", _("Note"), self.note)

    def record(self) -> Referral:
        """The referral as typed."""
        referred = _one(self.referred)
        return replace(
            self._before, customer_id=_one(self.customer) or 0, referred_id=referred,
            name="" if referred is not None else self.referred.name(), date=_day_of(self.day),
            note=as_said(self.note.toPlainText()),
        )  # fmt: skip


class PairForm(SideForm):
    """What was said and what was done, as the poster has it."""

    def __init__(self, theme: Theme, pair: Pair) -> None:
        super().__init__(theme)
        self._before = pair
        self.said = words_field(pair.said, lines=4)
        self.did = words_field(pair.did, lines=4)
        self.field("said", _("What you told us"), self.said)
        self.field("did", _("What we did about it"), self.did)
        said = _("In your own words, short enough to read in passing, and nobody's name.")
        self.rows.addRow(label(theme, said, NOTE, tone="quiet", wrap=True))

    def record(self) -> Pair:
        """The pair as typed."""
        return replace(self._before, said=as_said(self.said.toPlainText()), did=as_said(self.did.toPlainText()))


class FaqForm(SideForm):
    """A question and the owner's answer."""

    def __init__(self, theme: Theme, faq: Faq, themes: Sequence[Named]) -> None:
        super().__init__(theme)
        self._before = faq
        self.question = text_field(faq.question)
        self.answer = words_field(faq.answer, lines=7)
        self.about = choice_field([(None, _("No theme")), *((one.id, one.name) for one in themes)], faq.theme_id)
        self.field("question", _("The question, in your words"), self.question)
        self.field("answer", _("Your answer"), self.answer)
        self.field("theme_id", _("Theme"), self.about)

    def focus_first(self) -> None:
        """The answer, where the question is there already."""
        (self.answer if self._before.question else self.question).setFocus()

    def record(self) -> Faq:
        """The question as typed."""
        return replace(
            self._before, question=as_name(self.question.text()), answer=as_said(self.answer.toPlainText()),
            theme_id=self.about.currentData(),
        )  # fmt: skip


def _one(field: CustomerLine) -> int | None:
    ids = field.customers()
    return ids[0] if len(ids) == 1 else None


def _day_field(value: date) -> QDateEdit:
    return date_field(QDate(value.year, value.month, value.day))


def _day_of(field: QDateEdit) -> date:
    chosen = field.date()
    return date(chosen.year(), chosen.month(), chosen.day())


__all__ = [
    "AdvocateForm", "Chosen", "FaqForm", "GatheringForm", "GroupForm", "GuestForm", "InviteForm", "PairForm",
    "ReferralForm",
]  # fmt: skip
