"""Beside the list of whom to speak to: who it is, why, what they buy, what they want, and what can be done."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from functools import partial

from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QMenu, QWidget

from cvdesk.care.records_touch import TouchRow, next_step
from cvdesk.care.store_touch import months_on
from cvdesk.catalogue import store as catalogue
from cvdesk.customers.records import Customer, phone_shown
from cvdesk.customers.records_contact import last_in_words, rhythm_in_words
from cvdesk.customers.records_risk import RiskBook, reasons_in_words
from cvdesk.customers.store import get
from cvdesk.customers.store_card_care import CareOf, care_of
from cvdesk.customers.store_likes import Buyers, Likes, likes
from cvdesk.db import Queries
from cvdesk.kit.menus import menu_button, offer
from cvdesk.kit.session import Session
from cvdesk.kit.side import SideContent
from cvdesk.kit.widgets import CARD_TITLE, NOTE, SMALL, TEXT, Flow, button, label
from cvdesk.wording import _
from cvdesk.wording.numbers import day_short


@dataclass(frozen=True, slots=True)
class Person:
    """What the card shows of a customer."""

    customer: Customer
    care: CareOf
    likes: Likes
    country: str


@dataclass(frozen=True, slots=True)
class Doings:
    """What the buttons of a card do; without `waits` it is left alone, so there is nothing to put off or to advise."""

    spoke: Callable[[], None]
    later: Callable[[date], None]
    pick_day: Callable[[], None]
    rhythm: Callable[[], None]
    goal: Callable[[int | None], None]
    wake: Callable[[], None]
    waits: bool = True


def read_person(db: Queries, customer_id: int, today: date, known: Buyers) -> Person:
    """Reads what the card shows; LookupError for a customer who is gone."""
    return Person(
        get(db, customer_id), care_of(db, customer_id, today), likes(db, customer_id, today, known),
        catalogue.business(db).country,
    )  # fmt: skip


class TouchCard(SideContent):
    """One customer who waits for a word. `doings` None where the file is read only; `row` None: on no list."""

    def __init__(
        self, session: Session, person: Person, row: TouchRow | None, book: RiskBook | None, doings: Doings | None
    ) -> None:
        super().__init__(session.theme, person.customer.name)
        self._session, self._today = session, session.today()
        self._row = row
        self._head(person, row)
        if doings is not None:
            self._buttons(person.customer, row, doings)
        self._risk(person.customer, book, doings is None or doings.waits)
        self._buys(person.likes)
        self._goals(person, doings)
        self._further(person, doings)
        self.box.addStretch(1)

    def _head(self, person: Person, row: TouchRow | None) -> None:
        theme, customer = self.theme, person.customer
        self.add(label(theme, customer.name, CARD_TITLE, strong=True, wrap=True))
        self.add(label(theme, last_in_words(person.care.last, self._today), TEXT, tone="quiet", wrap=True))
        if row is not None and row.until is not None:
            back = _("Put off until {day}").format(day=day_short(row.until, self._today))
            self.add(
                label(theme, _("{back}: {why}").format(back=back, why=row.why) if row.why else back, TEXT, wrap=True)
            )
        for contact in customer.contacts:
            shown = contact.value if contact.kind != "phone" else phone_shown(contact.value, person.country)[0]
            icon = {"email": "mail", "phone": "phone"}.get(contact.kind, "external-link")
            self.add_link(shown, icon, partial(self._copy, shown), _("Copy {value}").format(value=shown))
        if not customer.contacts:
            self.add(label(theme, _("No phone number and no e-mail address yet."), NOTE, tone="faint", wrap=True))
        if person.care.permission:
            self.add(label(theme, person.care.permission, NOTE, tone="quiet", wrap=True))

    def _buttons(self, customer: Customer, row: TouchRow | None, doings: Doings) -> None:
        flow, place = Flow(SMALL), QWidget()
        place.setLayout(flow)
        name = customer.name
        self.spoke = button(
            self.theme, _("Spoke to them"), doings.spoke, "main", name=_("Spoke to {name}").format(name=name)
        )
        flow.addWidget(self.spoke)
        if row is not None and row.until is not None:
            flow.addWidget(button(self.theme, _("Bring back now"), doings.wake))
        elif row is not None and doings.waits:
            self.later = menu_button(
                self.theme, _("Later"), _("Put {name} off").format(name=name), partial(self._days, doings)
            )
            flow.addWidget(self.later)
        self.add(place)
        said = _("Open {name}").format(name=name)
        self.add_link(_("Open customer"), "user", partial(self._session.open, "customers", customer.id), said)

    def _days(self, doings: Doings, menu: QMenu) -> None:
        today = self._today
        offer(menu, _("In two weeks"), partial(doings.later, today + timedelta(days=14)))
        offer(menu, _("In a month"), partial(doings.later, months_on(today, 1)))
        offer(menu, _("In three months"), partial(doings.later, months_on(today, 3)))
        offer(menu, _("Pick a day…"), doings.pick_day)

    def _risk(self, customer: Customer, book: RiskBook | None, advise: bool) -> None:
        risk = book.of(customer.id or 0) if book is not None else None
        if book is None or risk is None:
            return
        self.add_heading(_("Why they may stay away"))
        for reason in reasons_in_words(risk, book.points, self._today):
            self.add(label(self.theme, _("– {reason}").format(reason=reason), TEXT, tone="quiet", wrap=True))
        step = next_step(risk)
        if step and advise:
            self.add(label(self.theme, step, TEXT, strong=True, wrap=True))

    def _buys(self, found: Likes) -> None:
        if not found.usual:
            return
        self.add_heading(_("What they buy"))
        usual = _("Usually buys: {names}").format(names=", ".join(found.usual))
        self.add(label(self.theme, usual, TEXT, wrap=True))
        if found.maybe:
            maybe = _("May like: {names}").format(names=", ".join(found.maybe))
            self.add(label(self.theme, maybe, TEXT, tone="quiet", wrap=True))

    def _goals(self, person: Person, doings: Doings | None) -> None:
        if not person.care.goals and doings is None:
            return
        self.add_heading(_("What they want to reach"))
        for goal_id, goal, help_, due in person.care.goals:
            text = _("{goal} · {day}").format(goal=goal, day=day_short(due, self._today)) if due else goal
            said = _("{goal}. {help}. Change or close").format(goal=goal, help=help_)
            if doings is None:
                self.add(label(self.theme, text, TEXT, wrap=True))
            else:
                self.add_link(text, "target", partial(doings.goal, goal_id), said)
            if help_:
                self.add(label(self.theme, help_, NOTE, tone="quiet", wrap=True))
        if doings is not None:
            self.add_link(_("Add a goal"), "plus", partial(doings.goal, None))

    def _further(self, person: Person, doings: Doings | None) -> None:
        self.add_heading(_("Looking after them"))
        rhythm = rhythm_in_words(person.care.rhythm)
        if doings is None:
            self.add(label(self.theme, rhythm, TEXT, wrap=True))
        else:
            self.add_link(rhythm, "calendar", doings.rhythm, _("Rhythm: {rhythm}. Change it").format(rhythm=rhythm))
        steps = person.care.steps
        if steps is not None:
            text = _("{name}: {done} of {all} steps").format(name=steps.name, done=steps.done, all=steps.count)
            self.add_link(
                text, "clipboard-list", partial(self._session.open, "care", ("onboarding", person.customer.id))
            )

    def _copy(self, value: str) -> None:
        QGuiApplication.clipboard().setText(value)
        self._session.say(_("Copied: {value}").format(value=value))


__all__ = ["Doings", "Person", "TouchCard", "read_person"]
