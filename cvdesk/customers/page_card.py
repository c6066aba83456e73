"""Everything about one customer: who it is, plain counts, and one timeline on which each line opens the thing."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import partial

from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QVBoxLayout, QWidget

from cvdesk.customers.records import Contact, Customer
from cvdesk.customers.store_answers import Answer, sheet_answers
from cvdesk.customers.store_card import Card, Moment
from cvdesk.kit.session import Session
from cvdesk.kit.side import REACH, SideContent, pressed_line
from cvdesk.kit.widgets import (
    CARD_TITLE,
    NOTE,
    SMALL,
    TEXT,
    TIGHT,
    Elided,
    Flow,
    button,
    clear,
    column,
    label,
    line,
    tooltip,
)
from cvdesk.wording import _, ngettext
from cvdesk.wording import figures as words
from cvdesk.wording.numbers import day_short, money, month, number, span, stars, whole

LINES_AT_FIRST = 12
MORE_LINES = 40


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
    return " · ".join(part for part in (segment, kind, customer.organisation, customer.city, called) if part)


def joined(timeline: Sequence[Moment]) -> Iterator[list[Moment]]:
    """The timeline with purchases that follow each other put together."""
    together: list[Moment] = []
    for moment in timeline:
        if together and not (moment.table == "purchases" == together[-1].table):
            yield together
            together = []
        together.append(moment)
    if together:
        yield together


class CustomerCard(SideContent):
    """The card of one customer. `edit` and `delete` are what its buttons do; None where the file is read only."""

    def __init__(
        self,
        session: Session,
        card: Card,
        tags: Sequence[str],
        currency: str,
        edit: Callable[[], None] | None,
        delete: Callable[[], None] | None,
    ) -> None:
        super().__init__(session.theme, card.customer.name)
        self._session, self._theme, self._currency = session, session.theme, currency
        self._today = session.today()
        self._head(card, tags)
        if edit is not None and delete is not None:
            self._buttons(card.customer, edit, delete)
        self._left = list(joined(card.timeline))
        self._timeline()

    def _head(self, card: Card, tags: Sequence[str]) -> None:
        theme, customer = self._theme, card.customer
        name = label(theme, customer.name, CARD_TITLE, strong=True, wrap=True)
        self.add(name)
        for text in (who_in_words(customer, card.segment), self._since(card)):
            if text:
                self.add(label(theme, text, TEXT, tone="quiet", wrap=True))
        for contact in customer.contacts:
            self._way(contact)
        counts = counts_in_words(card, self._currency)
        if counts:
            self.add(label(theme, " · ".join(counts), TEXT, wrap=True))
        if card.unanswered:
            waiting = ngettext(
                "{count} entry nobody has answered yet", "{count} entries nobody has answered yet", card.unanswered
            )
            self.add(label(theme, waiting.format(count=card.unanswered), TEXT, tone="bad", wrap=True))
        if tags:
            self.add(label(theme, _("Tags: {tags}").format(tags=", ".join(tags)), NOTE, tone="quiet", wrap=True))
        if customer.notes:
            self.add(label(theme, customer.notes, TEXT, tone="quiet", wrap=True))

    def _since(self, card: Card) -> str:
        parts = []
        if card.customer.since is not None:
            parts.append(_("Customer since {month}").format(month=month(card.customer.since)))
        if card.last is not None:
            parts.append(_("last heard of {day}").format(day=day_short(card.last, self._today)))
        text = " · ".join(parts)
        return text[:1].upper() + text[1:]

    def _buttons(self, customer: Customer, edit: Callable[[], None], delete: Callable[[], None]) -> None:
        theme = self._theme
        row = Flow(SMALL)
        place = QWidget()
        place.setLayout(row)
        self.edit = button(theme, _("Edit"), edit, name=_("Edit {name}").format(name=customer.name))
        self.complain = button(
            theme,
            _("Complaint"),
            partial(self._session.open, "complaints", ("new", customer.id)),
            name=_("Log a complaint of {name}").format(name=customer.name),
        )
        self.delete = button(theme, _("Delete"), delete, name=_("Delete {name}").format(name=customer.name))
        for made in (self.edit, self.complain, self.delete):
            row.addWidget(made)
        self.add(place)

    def _way(self, contact: Contact) -> None:
        """A way to reach the customer; pressing it copies it."""
        icon = {"email": "mail", "phone": "phone"}.get(contact.kind, "external-link")
        said = _("Copy {value}").format(value=contact.value)
        made = self.add_link(contact.value, icon, partial(self._copy, contact.value), said)
        made.setToolTip(tooltip(said))

    def _copy(self, value: str) -> None:
        QGuiApplication.clipboard().setText(value)
        self._session.say(_("Copied: {value}").format(value=value))

    # The timeline

    def _timeline(self) -> None:
        theme = self._theme
        self.add_heading(_("Everything so far"))
        self._lines = column(None, 2)
        self.box.addLayout(self._lines)
        self._more = button(theme, _("Show earlier"), partial(self._show_some, MORE_LINES), "plain")
        if not self._left:
            self.add(label(theme, _("Nothing heard or sold yet."), TEXT, tone="quiet", wrap=True))
        self.box.addWidget(self._more)
        self.box.addStretch(1)
        self._show_some(LINES_AT_FIRST)

    def _show_some(self, count: int) -> None:
        some, self._left = self._left[:count], self._left[count:]
        for moments in some:
            self._lines.addWidget(self._line(moments))
        self._more.setVisible(bool(self._left))

    def _line(self, moments: Sequence[Moment]) -> QWidget:
        moment = moments[0]
        if moment.table == "purchases":
            return self._still(*self._bought(moments))
        if moment.table == "touches":
            return self._still(_touch(moment.what), self._note(moment, moment.text))
        if moment.table == "assessments":
            return _Sheet(self._session, moment, self._note(moment))
        if moment.table == "complaints":
            title = _("Complaint #{number}: {words}").format(number=moment.number, words=moment.text)
            note = self._note(moment, words.stage_name(moment.what))
        else:
            title = _("“{words}”").format(words=moment.text) if moment.text else words.kind_name(moment.what)
            note = self._note(moment)
        inner = two_lines(self._session, title, note, stars(moment.rating))
        said = f"{title}. {note}"
        return pressed_line(said, partial(self._session.open, moment.table, moment.id), inner)

    def _note(self, moment: Moment, more: str = "") -> str:
        parts = (day_short(moment.date, self._today), moment.channel, more)
        return " · ".join(part for part in parts if part)

    def _bought(self, moments: Sequence[Moment]) -> tuple[str, str]:
        amount = sum(moment.amount_minor or 0 for moment in moments)
        text = ngettext("{count} purchase", "{count} purchases", len(moments)).format(count=len(moments))
        if amount:
            text = _("{purchases} for {amount}").format(purchases=text, amount=money(amount, self._currency))
        if len(moments) == 1:
            return text, self._note(moments[0], moments[0].text)
        return text, span(moments[-1].date, moments[0].date)

    def _still(self, title: str, note: str) -> QWidget:
        made = QWidget()
        inner = two_lines(self._session, title, note, "", "quiet")
        inner.setContentsMargins(REACH, TIGHT, REACH, TIGHT)
        made.setLayout(inner)
        return made


def two_lines(session: Session, title: str, note: str, rating: str, tone: str = "") -> QVBoxLayout:
    """A text with a quiet line below it."""
    theme = session.theme
    inner = column(None, 0)
    inner.addWidget(Elided(theme, title, TEXT, tone))
    row = line(SMALL)
    if rating:
        row.addWidget(label(theme, rating, NOTE, tone="star"))
    row.addWidget(Elided(theme, note, NOTE, "faint"), 1)
    inner.addLayout(row)
    return inner


class _Sheet(QWidget):
    """A score sheet on the timeline: opens to what was answered. One person's answers never become a value figure."""

    def __init__(self, session: Session, moment: Moment, note: str) -> None:
        super().__init__()
        self._session, self._id = session, moment.id
        box = column(self, 0)
        title = _("Answered a score sheet")
        inner = two_lines(session, title, note, "")
        self.open = pressed_line(
            _("{title}. {note}. Show the answers").format(title=title, note=note), self.turn, inner
        )
        box.addWidget(self.open)
        self._answers = QWidget()
        self._lines = column(self._answers, TIGHT, (REACH, TIGHT, REACH, SMALL))
        self._answers.hide()
        box.addWidget(self._answers)

    def turn(self) -> None:
        """Shows or hides the answers."""
        if self._answers.isVisible():
            self._answers.hide()
            return
        clear(self._lines)
        theme = self._session.theme
        for answer in sheet_answers(self._session.file, self._id):
            asked, said = answer_in_words(answer)
            if answer.kind == "text":
                self._lines.addWidget(label(theme, asked, NOTE, tone="quiet", wrap=True))
                self._lines.addWidget(label(theme, said, TEXT, wrap=True))
                continue
            row = line(SMALL)
            row.addWidget(label(theme, asked, NOTE, tone="quiet", wrap=True), 1)
            row.addWidget(label(theme, said, NOTE))
            self._lines.addLayout(row)
        self._answers.show()


def answer_in_words(answer: Answer) -> tuple[str, str]:
    """What was asked, and the answer as it was given; less is better is said each time."""
    if not answer.applies:
        return answer.asked, _("does not apply")
    if answer.kind == "text":
        return answer.asked, _("“{words}”").format(words=answer.text)
    value = answer.value or 0.0
    if answer.kind == "yes_no":
        return answer.asked, _("yes") if value else _("no")
    figure = number(value, 0 if value.is_integer() else 1)
    top = 10 if answer.kind == "scale0_10" else 5
    if answer.lever and words.less_is_better(answer.lever):
        return answer.asked, _("{value} of {top}, less is better").format(value=figure, top=top)
    return answer.asked, _("{value} of {top}").format(value=figure, top=top)


def _touch(kind: str) -> str:
    return {
        "contact": _("Spoke to them"), "check_in": _("Check-in"), "letter": _("Letter"), "gesture": _("Gesture"),
        "reward": _("Reward"), "onboarding": _("First steps"), "told": _("Told what changed"),
    }[kind]  # fmt: skip


__all__ = ["CustomerCard", "answer_in_words", "counts_in_words", "joined", "two_lines", "who_in_words"]
