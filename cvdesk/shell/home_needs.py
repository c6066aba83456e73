"""The card "Needs you today": the most pressing things, each opened by its line, and how many wait besides."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QLabel, QWidget

from cvdesk.feedback.records import unanswered_safety
from cvdesk.feedback.store_list import EntryQuery
from cvdesk.kit.session import Session
from cvdesk.kit.widgets import (
    MEDIUM,
    NOTE,
    TEXT,
    TIGHT,
    Card,
    Elided,
    EmptyState,
    Flow,
    RowButton,
    button,
    column,
    label,
    line,
)
from cvdesk.shell.home_needs_done import done_button, later_button
from cvdesk.shell.records_needs import CARE_SORTS, Need, Needs
from cvdesk.wording import _, ngettext
from cvdesk.wording.numbers import day_short, whole

if TYPE_CHECKING:
    pass

MOST_NEEDS = 4
_ICONS = {
    "safety": "shield-alert",
    "complaints": "circle-alert",
    "promises": "heart-handshake",
    "signal": "chart-line",
    "tell": "reply",
    "answer": "reply",
    "told": "reply",
    "review": "target",
    "look": "eye",
    "check_in": "phone",
    "onboarding": "clipboard-list",
    "goal": "target",
    "milestone": "gift",
}


def needs_card(session: Session, needs: Needs, loop: str = "") -> Card:
    """What needs the owner today; each line opens the thing itself. `loop`: how many were told what was done."""
    theme = session.theme
    card = Card(theme, _("Needs you today"), note=whole(needs.total) if needs.total else "")
    card.box.setSpacing(2)
    if not needs.total:
        card.box.addWidget(EmptyState(theme, _("Nothing is waiting for you."), icon="circle-check"))
    rows = card.rows()
    for need in needs.first[:MOST_NEEDS]:
        rows.addWidget(_line(session, need))
    beyond = needs.beyond(MOST_NEEDS)
    if beyond:
        card.box.addWidget(_and_more(session, beyond))
    card.box.addStretch(1)
    if loop:
        opens = partial(session.open, "care", ("view", "loop"))
        inner = line(TIGHT)
        inner.addWidget(Elided(theme, loop, NOTE, "faint"), 1)
        card.box.addWidget(RowButton(loop, opens, inner))
    return card


def opening_row(
    session: Session, icon: str, tone: str, title: str, quiet: str, table: str, record: object
) -> RowButton:
    """A line with an icon, a title and a quiet second line, that opens a record."""
    theme = session.theme
    inner = line(MEDIUM)
    picture = QLabel()
    picture.setPixmap(theme.pixmap(icon, tone, 18))
    picture.setFixedSize(QSize(theme.px(18), theme.px(18)))
    inner.addWidget(picture)
    texts = column(None, 0)
    texts.addWidget(Elided(theme, title, TEXT))
    texts.addWidget(Elided(theme, quiet, NOTE, "faint"))
    inner.addLayout(texts, 1)
    return RowButton(f"{title.removesuffix('.')}. {quiet}", partial(session.open, table, record), inner)


def _line(session: Session, need: Need) -> QWidget:
    title, quiet = need_words(need, session)
    made = opening_row(session, _ICONS[need.sort], _tone(need), title, quiet, need.table, need.record)
    beside = [part for part in (done_button(session, need), later_button(session, need, title)) if part is not None]
    if not beside:
        return made
    both = QWidget()
    box = line(TIGHT)
    both.setLayout(box)
    box.addWidget(made, 1)
    for part in beside:
        box.addWidget(part, 0, Qt.AlignmentFlag.AlignVCenter)
    return both


def _tone(need: Need) -> str:
    if need.signal is not None and need.signal.better is not None:
        return "good" if need.signal.better else "bad"
    if need.sort == "safety" or need.late:
        return "bad"
    return "costs" if need.sort in ("complaints", "promises") else "accent"


def _and_more(session: Session, beyond: dict[str, int]) -> QWidget:
    """What waits beyond the lines, by sort; each opens its list."""
    theme = session.theme
    holder = QWidget()
    flow = Flow(2)
    holder.setLayout(flow)
    lead = ngettext("and {count} more:", "and {count} more:", sum(beyond.values()))
    quiet = label(theme, lead.format(count=whole(sum(beyond.values()))), NOTE, tone="faint")
    quiet.setContentsMargins(theme.px(7), theme.px(5), 0, 0)
    flow.addWidget(quiet)
    for sort, count in beyond.items():
        text, (table, record) = _more_words(sort, count)
        made = button(theme, text, partial(session.open, table, record), "plain")
        made.setFont(theme.font(NOTE))
        flow.addWidget(made)
    return holder


def _more_words(sort: str, count: int) -> tuple[str, tuple[str, object]]:
    """What waits of a sort, in words, and the list of it."""
    opens: tuple[str, object]
    if sort == "complaints":
        text, opens = ngettext("{count} complaint", "{count} complaints", count), ("page", "complaints")
    elif sort == "tell":
        text, opens = ngettext("{count} to be told", "{count} to be told", count), ("page", "complaints")
    elif sort == "promises":
        text, opens = ngettext("{count} promise", "{count} promises", count), ("page", "feedback")
    elif sort == "signal":
        text, opens = ngettext("{count} change", "{count} changes", count), ("page", "trends")
    elif sort == "safety":
        text = ngettext("{count} safety mark", "{count} safety marks", count)
        return text.format(count=whole(count)), ("entries", EntryQuery(safety=True))
    elif sort == "answer":
        text = ngettext("{count} to answer", "{count} to answer", count)
        return text.format(count=whole(count)), ("entries", EntryQuery(needs_answer=True))
    else:
        text, opens = _more_care(sort, count)
    return text.format(count=whole(count)), opens


def _more_care(sort: str, count: int) -> tuple[str, tuple[str, object]]:
    if sort == "told":
        return ngettext("{count} change to tell", "{count} changes to tell", count), ("care", ("view", "loop"))
    if sort == "review":
        return ngettext("{count} review", "{count} reviews", count), ("strategies", ("view", "kept"))
    if sort == "look":
        return ngettext("{count} monthly look", "{count} monthly looks", count), ("reports", "look")
    if sort == "check_in":
        return ngettext("{count} check-in", "{count} check-ins", count), ("care", ("view", "touch"))
    if sort == "onboarding":
        return ngettext("{count} first step", "{count} first steps", count), ("care", ("view", "onboarding"))
    if sort == "goal":
        text = ngettext("{count} goal of a customer", "{count} goals of customers", count)
        return text, ("care", ("view", "touch"))
    return ngettext("{count} to thank", "{count} to thank", count), ("care", ("view", "loyalty"))


def need_words(need: Need, session: Session) -> tuple[str, str]:
    """A title and a quiet line for something that waits."""
    today = session.today()
    who = need.customer or _("Anonymous")
    when = day_short(need.date, today) if need.date else ""
    if need.sort == "safety":
        open_questions = unanswered_safety(*need.answers)
        quiet = _("Still to answer: {questions}").format(questions=" ".join(open_questions))
        known = quiet if open_questions else _("Every question is answered")
        return _("Safety: {words}").format(words=need.words), " · ".join((known, who, when))
    if need.sort == "complaints":
        return _case_words(need, (today - need.date).days if need.date else 0), " · ".join((who, need.words))
    if need.sort == "promises":
        late = _("{day} has passed").format(day=when) if need.late else ""
        return _promise_words(need, when, who), " · ".join(part for part in (late, need.about) if part)
    if need.signal is not None:
        said = _("“{words}”").format(words=need.about) if need.about else _("See how it went month by month")
        return _("{series}: {sentence}").format(
            series=need.signal.title, sentence=need.signal.headline or need.words
        ), said
    if need.sort == "tell":
        title = ngettext("Tell {count} customer how it ended", "Tell {count} customers how it ended", need.number)
        return title.format(count=need.number), _("Their complaint is resolved, but nobody has told them")
    if need.sort in CARE_SORTS:
        return _care_words(need, when)
    title = _("Nobody has answered {who}").format(who=who) if need.customer else _("Nobody has answered this")
    return title, " · ".join((when, need.words))


def _care_words(need: Need, when: str) -> tuple[str, str]:
    if need.sort == "told":
        title = ngettext("Tell {count} customer: {what}", "Tell {count} customers: {what}", need.number)
        return title.format(count=need.number, what=need.words), _("They had raised it; it was done {day}").format(
            day=when
        )
    if need.sort == "review":
        return _("Look at your strategy: {name}").format(name=need.words), _("What was promised, and what came of it")
    if need.sort == "look":
        return _("Monthly look at {month}").format(month=need.words), _("Twenty guided minutes, and what to do next")
    if need.sort == "milestone":
        return need.words, _("A day to say thank you")
    since = _("Due since {day}") if need.late else _("Due {day}")
    return need.words, since.format(day=when)


def _case_words(need: Need, days: int) -> str:
    """Which deadline it is and how far away, said whole: the one for acknowledging or the one for putting right."""
    acknowledge = need.step == "acknowledge"
    if days > 0 and acknowledge:
        title = ngettext(
            "Complaint #{number}: acknowledging is {days} day overdue",
            "Complaint #{number}: acknowledging is {days} days overdue",
            days,
        )
    elif days > 0:
        title = ngettext(
            "Complaint #{number}: putting it right is {days} day overdue",
            "Complaint #{number}: putting it right is {days} days overdue",
            days,
        )
    elif days == 0:
        title = _("Complaint #{number}: acknowledge it today")
        title = title if acknowledge else _("Complaint #{number}: put it right today")
    elif acknowledge:
        title = ngettext(
            "Complaint #{number}: acknowledge it within {days} day",
            "Complaint #{number}: acknowledge it within {days} days",
            -days,
        )
    else:
        title = ngettext(
            "Complaint #{number}: put it right within {days} day",
            "Complaint #{number}: put it right within {days} days",
            -days,
        )
    return title.format(number=need.number, days=abs(days))


def _promise_words(need: Need, when: str, who: str) -> str:
    if need.staff:
        said = _("{staff} promised {who}: {what}, by {day}")
        return said.format(staff=need.staff, who=who, what=need.words, day=when)
    return _("Promised {who}: {what}, by {day}").format(who=who, what=need.words, day=when)
