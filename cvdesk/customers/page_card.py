"""Everything about one customer: who it is, plain counts, why they may stay away, and what can be done."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import partial

from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QMenu, QPushButton, QWidget

from cvdesk.customers.page_card_care import add_care
from cvdesk.customers.page_timeline import Timeline
from cvdesk.customers.records import Contact, Customer, phone_shown
from cvdesk.customers.records_risk import Risk, RiskBook, band_name, reasons_in_words, trial_in_words
from cvdesk.customers.store_card import Card
from cvdesk.customers.store_card_care import CareOf
from cvdesk.customers.store_likes import Likes
from cvdesk.customers.store_merge import Merged
from cvdesk.customers.store_permission import permission_in_words
from cvdesk.kit.session import Session
from cvdesk.kit.side import SideContent
from cvdesk.kit.widgets import CARD_TITLE, NOTE, SMALL, TEXT, Flow, button, label, tooltip
from cvdesk.stats.at_risk import AT_RISK, FINE
from cvdesk.wording import _, ngettext
from cvdesk.wording.numbers import day, day_short, money, month, whole


@dataclass(frozen=True, slots=True)
class Doings:
    """What the buttons of a card do."""

    edit: Callable[[], None]
    delete: Callable[[], None]
    contact: Callable[[], None]
    purchase: Callable[[], None]
    apart: Callable[[Merged], None]
    merge: Callable[[], None]
    points: Callable[[], None]


@dataclass(frozen=True, slots=True)
class Beside:
    """What a card shows beside the record: names of the tags, currency and country of the business, risks."""

    tags: tuple[str, ...] = ()
    currency: str = "GBP"
    country: str = "GB"
    book: RiskBook | None = None
    kind: str | None = None
    care: tuple[CareOf, Likes] = (CareOf(), Likes())


def counts_in_words(card: Card, currency: str) -> list[str]:
    """What is known of a customer as plain counts; only what there is."""
    said: list[str] = []
    if card.entries:
        said.append(ngettext("{count} entry", "{count} entries", card.entries).format(count=whole(card.entries)))
    if card.complaints:
        text = ngettext("{count} complaint", "{count} complaints", card.complaints).format(count=card.complaints)
        if card.open_complaints:
            text = _("{complaints}, {count} open").format(complaints=text, count=card.open_complaints)
        said.append(text)
    if card.purchases:
        bought = ngettext("{count} purchase", "{count} purchases", card.purchases).format(count=whole(card.purchases))
        if card.spent_minor:
            bought = _("{purchases} for {amount}").format(purchases=bought, amount=money(card.spent_minor, currency))
        said.append(bought)
    return said


def who_in_words(customer: Customer, segment: str) -> str:
    """What tells a customer apart: group, organisation, town, the name used in letters."""
    called = _("called {name}").format(name=customer.preferred_name) if customer.preferred_name else ""
    kind = _("organisation") if customer.kind == "organisation" else ""
    former = "" if customer.active else _("no customer any more")
    return " · ".join(part for part in (former, segment, kind, customer.organisation, customer.city, called) if part)


class CustomerCard(SideContent):
    """The card of one customer. `doings` are what its buttons do; None where the file is read only."""

    def __init__(self, session: Session, card: Card, beside: Beside, doings: Doings | None) -> None:
        super().__init__(session.theme, card.customer.name)
        self._session, self._theme, self._beside = session, session.theme, beside
        self._today = session.today()
        self._head(card)
        if doings is not None:
            self._buttons(card.customer, doings)
        for merged in card.merged:
            self._merged(merged, doings)
        add_care(self, session, card.customer.id or 0, *beside.care, doings is not None)
        self.timeline = Timeline(session, card.timeline, beside.currency, beside.kind, card.cut)
        self.box.addWidget(self.timeline)
        self.box.addStretch(1)

    def _head(self, card: Card) -> None:
        theme, customer = self._theme, card.customer
        self.add(label(theme, customer.name, CARD_TITLE, strong=True, wrap=True))
        for text in (who_in_words(customer, card.segment), self._since(card)):
            if text:
                self.add(label(theme, text, TEXT, tone="quiet", wrap=True))
        for contact in customer.contacts:
            self._way(contact)
        if card.channel:
            self.add(label(theme, _("Best reached by: {way}").format(way=card.channel), NOTE, tone="quiet", wrap=True))
        may = permission_in_words(customer.may_write, customer.may_write_on, customer.may_write_how)
        if may:
            tone = "bad" if customer.may_write == "no" else "quiet"
            self.add(label(theme, may, NOTE, tone=tone, wrap=True))
        counts = counts_in_words(card, self._beside.currency)
        if counts:
            self.add(label(theme, " · ".join(counts), TEXT, wrap=True))
        if card.unanswered:
            waiting = ngettext(
                "{count} entry nobody has answered yet", "{count} entries nobody has answered yet", card.unanswered
            )
            self.add(label(theme, waiting.format(count=card.unanswered), TEXT, tone="bad", wrap=True))
        self._risk(customer)
        self._small(customer)

    def _small(self, customer: Customer) -> None:
        """What is looked up now and then."""
        said = []
        if self._beside.tags:
            said.append(_("Tags: {tags}").format(tags=", ".join(self._beside.tags)))
        if customer.nicknames:
            said.append(_("Also known as: {names}").format(names=", ".join(customer.nicknames)))
        if customer.address:
            said.append(_("Address: {address}").format(address=customer.address))
        if customer.birthday:
            said.append(_("Birthday: {day}").format(day=day(customer.birthday)))
        for text in said:
            self.add(label(self._theme, text, NOTE, tone="quiet", wrap=True))
        if customer.notes:
            self.add(label(self._theme, customer.notes, TEXT, tone="quiet", wrap=True))
            note = _("Staff notes; they may ask to see them.")
            self.add(label(self._theme, note, NOTE, tone="faint", wrap=True))

    def _risk(self, customer: Customer) -> None:
        """Why this customer may stay away, with the reasons; nothing where nothing counts."""
        book = self._beside.book
        risk = book.of(customer.id or 0) if book is not None else None
        if book is None or risk is None:
            return
        bad = risk.score.band == AT_RISK and book.coloured
        self.add(label(self._theme, _risk_title(risk), TEXT, strong=True, tone="bad" if bad else "", wrap=True))
        for reason in reasons_in_words(risk, book.points, self._today):
            self.add(label(self._theme, _("– {reason}").format(reason=reason), TEXT, tone="quiet", wrap=True))
        if risk.score.band != FINE:
            self.add(label(self._theme, trial_in_words(book), NOTE, tone="faint", wrap=True))

    def _since(self, card: Card) -> str:
        parts = []
        if card.customer.since is not None:
            parts.append(_("Customer since {month}").format(month=month(card.customer.since)))
        if card.last is not None:
            parts.append(_("last heard of {day}").format(day=day_short(card.last, self._today)))
        text = " · ".join(parts)
        return text[:1].upper() + text[1:]

    def _buttons(self, customer: Customer, doings: Doings) -> None:
        theme = self._theme
        row = Flow(SMALL)
        place = QWidget()
        place.setLayout(row)
        opens = self._session.open
        self.edit = button(theme, _("Edit"), doings.edit, name=_("Edit {name}").format(name=customer.name))
        self.log = button(
            theme, _("Log"), partial(opens, "entries", ("new", customer.id, customer.name)),
            name=_("Log feedback of {name}").format(name=customer.name),
        )  # fmt: skip
        self.complain = button(
            theme, _("Complaint"), partial(opens, "complaints", ("new", customer.id)),
            name=_("Log a complaint of {name}").format(name=customer.name),
        )  # fmt: skip
        self.more = self._more(customer, doings)
        for made in (self.edit, self.log, self.complain, self.more):
            row.addWidget(made)
        self.add(place)

    def _more(self, customer: Customer, doings: Doings) -> QPushButton:
        made = button(self._theme, "", icon="ellipsis", name=_("More about {name}").format(name=customer.name))
        made.setToolTip(tooltip(_("More")))
        menu = QMenu(made)
        for text, do in (
            (_("Note a contact…"), doings.contact),
            (_("Add a purchase…"), doings.purchase),
            (_("Merge with another…"), doings.merge),
            (_("What counts as at risk…"), doings.points),
            (_("Print customer sheet"), partial(self._session.open, "reports", ("customer", customer.id))),
            (_("History…"), partial(self._session.open, "history", ("customers", customer.id))),
            (_("Delete"), doings.delete),
        ):
            menu.addAction(text).triggered.connect(partial(_call, do))
        made.setMenu(menu)
        return made

    def _merged(self, merged: Merged, doings: Doings | None) -> None:
        """Who was put together with this one, and the way back."""
        when = datetime.fromisoformat(merged.at).astimezone().date()
        text = _("Merged with {name} on {day}").format(name=merged.name, day=day_short(when, self._today))
        self.add(label(self._theme, text, NOTE, tone="quiet", wrap=True))
        if doings is not None:
            said = _("Take apart from {name}").format(name=merged.name)
            self.add_link(said, "undo-2", partial(doings.apart, merged))

    def _way(self, contact: Contact) -> None:
        """A way to reach the customer; pressing it copies it. A number that cannot exist is marked."""
        icon = {"email": "mail", "phone": "phone"}.get(contact.kind, "external-link")
        shown, right = contact.value, True
        if contact.kind == "phone":
            shown, right = phone_shown(contact.value, self._beside.country)
        said = _("Copy {value}").format(value=shown)
        text = _("{value} ({label})").format(value=shown, label=contact.label) if contact.label else shown
        if not right:
            text = _("{value} – check this number").format(value=text)
        made = self.add_link(text, icon, partial(self._copy, shown), said if right else f"{said}. {text}")
        made.setToolTip(tooltip(said))

    def _copy(self, value: str) -> None:
        QGuiApplication.clipboard().setText(value)
        self._session.say(_("Copied: {value}").format(value=value))


def _risk_title(risk: Risk) -> str:
    if risk.score.band == FINE:
        return _("Worth knowing")
    points = ngettext("{count} point", "{count} points", risk.score.points).format(count=risk.score.points)
    return _("{band}, {points}").format(band=band_name(risk.score.band), points=points)


def _call(do: Callable[[], object], _checked: bool = False) -> None:
    do()


__all__ = ["Beside", "CustomerCard", "Doings", "counts_in_words", "who_in_words"]
