"""Everything that happened with one customer on one timeline, each line opening the thing; limited to one kind."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from cvdesk.customers.records_moments import answer_in_words, touch_name
from cvdesk.customers.store_answers import sheet_answers
from cvdesk.customers.store_card import Moment
from cvdesk.kit.session import Session
from cvdesk.kit.side import REACH, pressed_line
from cvdesk.kit.widgets import (
    NOTE,
    SMALL,
    TEXT,
    TIGHT,
    Choice,
    Elided,
    Hairline,
    button,
    clear,
    column,
    label,
    line,
)
from cvdesk.wording import _, ngettext
from cvdesk.wording import figures as words
from cvdesk.wording.numbers import day_short, money, span, stars, whole

LINES_AT_FIRST = 12
MORE_LINES = 40
# What the choice above the timeline offers: which tables each kind stands for.
_TABLES = {
    "feedback": ("entries",), "complaints": ("complaints", "complaint_events"), "sheets": ("assessments",),
    "purchases": ("purchases",), "contacts": ("touches",),
}  # fmt: skip


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


class Timeline(QWidget):
    """The timeline; `chosen` is the kind it is limited to, None for everything; `cut`: there is more than `moments`."""

    def __init__(
        self,
        session: Session,
        moments: Sequence[Moment],
        currency: str,
        chosen: str | None = None,
        cut: bool = False,
    ) -> None:
        super().__init__()
        self._session, self._theme, self._currency = session, session.theme, currency
        self._today = session.today()
        self._moments = moments
        self._left: list[list[Moment]] = []
        box = column(self, SMALL)
        head = line(SMALL, (REACH, 0, REACH, 0))
        head.addWidget(label(self._theme, _("Everything so far"), NOTE, strong=True, tone="faint"), 1)
        kinds = {moment.table for moment in moments}
        offered = [(kind, name) for kind, name in _kinds() if kinds & set(_TABLES[kind])]
        self.kind = Choice(self._theme, _("What to show"), [(None, _("Everything")), *offered], chosen)
        self.kind.chosen.connect(self._limit)
        self.kind.setVisible(len(offered) > 1)
        head.addWidget(self.kind)
        rule = line(0, (REACH, 0, REACH, 0))
        rule.addWidget(Hairline())
        box.addLayout(rule)
        box.addLayout(head)
        self._lines = column(None, 2)
        box.addLayout(self._lines)
        self._nothing = label(self._theme, _("Nothing heard or sold yet."), TEXT, tone="quiet", wrap=True)
        self._nothing.setContentsMargins(REACH, 0, REACH, 0)
        self._more = button(self._theme, _("Show earlier"), partial(self._show_some, MORE_LINES), "plain")
        box.addWidget(self._nothing)
        box.addWidget(self._more)
        self._cut, self._rest = cut, label(self._theme, _rest(len(moments)), NOTE, tone="quiet", wrap=True)
        self._rest.setContentsMargins(REACH, 0, REACH, 0)
        box.addWidget(self._rest)
        self._limit(chosen)

    def _limit(self, kind: object) -> None:
        wanted = _TABLES.get(str(kind))
        some = [moment for moment in self._moments if wanted is None or moment.table in wanted]
        self._left = list(joined(some))
        clear(self._lines)
        self._nothing.setVisible(not some)
        self._show_some(LINES_AT_FIRST)

    def _show_some(self, count: int) -> None:
        some, self._left = self._left[:count], self._left[count:]
        for moments in some:
            self._lines.addWidget(self._line(moments))
        self._more.setVisible(bool(self._left))
        self._rest.setVisible(self._cut and not self._left)

    def _line(self, moments: Sequence[Moment]) -> QWidget:
        moment = moments[0]
        if moment.table == "purchases":
            return self._still(*self._bought(moments))
        if moment.table == "touches":
            return self._still(touch_name(moment.what), self._note(moment, moment.text))
        if moment.table == "assessments":
            return _Sheet(self._session, moment, self._note(moment))
        if moment.table == "complaint_events":
            title = _("Complaint #{number}: {step}").format(number=moment.number, step=words.stage_name(moment.what))
            note = self._note(moment, moment.text)
            said = f"{title}. {note}"
            inner = two_lines(self._session, title, note, "", "quiet")
            return pressed_line(said, partial(self._session.open, "complaints", moment.id), inner)
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
        if moment.text:
            title = _("Answered a score sheet about {competitor}").format(competitor=moment.text)
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
        change = button(theme, _("Open the sheet"), partial(self._session.open, "assessments", self._id), "plain")
        self._lines.addWidget(change, 0, Qt.AlignmentFlag.AlignLeft)
        self._answers.show()


def _rest(count: int) -> str:
    text = ngettext(
        "Only the latest {count} thing is looked at here. What is older stands in the lists of feedback and"
        " complaints.",
        "Only the latest {count} things are looked at here. What is older stands in the lists of feedback and"
        " complaints.",
        count,
    )
    return text.format(count=whole(count))


def _kinds() -> list[tuple[str, str]]:
    return [
        ("feedback", _("Feedback")), ("complaints", _("Complaints")), ("sheets", _("Score sheets")),
        ("purchases", _("Purchases")), ("contacts", _("Contacts and letters")),
    ]  # fmt: skip


__all__ = ["Timeline", "answer_in_words", "joined", "two_lines"]
