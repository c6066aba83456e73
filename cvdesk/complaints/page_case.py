"""One case: where it stands and what comes next, its clocks, the words, what was done, where it came from."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import partial

from PySide6.QtCore import QPointF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QMenu, QPushButton, QVBoxLayout, QWidget

from cvdesk.complaints.records import STAGES, Event, may_follow, severity_name, stage_name
from cvdesk.complaints.records_due import due_in_words, kept_in_words
from cvdesk.complaints.records_words import next_step, step_ahead, step_button
from cvdesk.complaints.store_case import Case
from cvdesk.kit.session import Session
from cvdesk.kit.side import SideContent, pressed_line
from cvdesk.kit.theme import Theme
from cvdesk.kit.widgets import (
    CARD_TITLE,
    NOTE,
    SMALL,
    TEXT,
    Elided,
    Flow,
    Hairline,
    button,
    column,
    label,
    line,
)
from cvdesk.wording import _
from cvdesk.wording.figures import outcome_name
from cvdesk.wording.numbers import day_short, money

# Steps that are one press; the others ask something first.
AT_ONCE = ("acknowledged",)


@dataclass(frozen=True, slots=True)
class Doings:
    """What the buttons of a case do. `ask` opens the form of a step, with the outcome to begin with for closing."""

    step: Callable[[str], None]
    ask: Callable[[str, str | None], None]
    edit: Callable[[], None]
    delete: Callable[[], None]


class StageLine(QWidget):
    """The six stages as dots on a line: done, now, still to come. The words stand below it."""

    def __init__(self, theme: Theme, stage: str) -> None:
        super().__init__()
        self._theme, self._now = theme, STAGES.index(stage)
        self.setFixedHeight(theme.px(18))
        self.setAccessibleName(
            _("Step {number} of {all}: {stage}").format(number=self._now + 1, all=len(STAGES), stage=stage_name(stage))
        )

    def sizeHint(self) -> QSize:
        return QSize(self._theme.px(200), self._theme.px(18))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        theme, middle, radius = self._theme, self.height() / 2, self._theme.px(5)
        step = (self.width() - 4 * radius) / (len(STAGES) - 1)
        places = [QPointF(2 * radius + place * step, middle) for place in range(len(STAGES))]
        for place in range(1, len(STAGES)):
            colour = "accent" if place <= self._now else "line"
            painter.setPen(QPen(theme.colour(colour), theme.px(2)))
            painter.drawLine(places[place - 1], places[place])
        for place, point in enumerate(places):
            painter.setPen(QPen(theme.colour("accent" if place <= self._now else "faint"), theme.px(2)))
            painter.setBrush(theme.colour("accent" if place <= self._now else "surface"))
            painter.drawEllipse(point, radius - 1, radius - 1)
            if place == self._now:
                painter.setBrush(Qt.BrushStyle.NoBrush)
                painter.drawEllipse(point, radius + 2, radius + 2)
        painter.end()


class CaseCard(SideContent):
    """The card of one complaint. `main` is the button for what comes next."""

    def __init__(self, session: Session, case: Case, doings: Doings | None) -> None:
        super().__init__(session.theme, _("Complaint #{number}").format(number=case.complaint.number))
        self._session, self._theme, self._case = session, session.theme, case
        self.complaint = case.complaint
        self._today = session.today()
        self.main: QPushButton | None = None
        self._head()
        self._stage()
        if doings is not None:
            self._buttons(doings)
        self._words()
        self._decided()
        self._history()
        self._earlier()
        self.box.addStretch(1)

    def _head(self) -> None:
        theme, case = self._theme, self._case
        head = line(SMALL)
        title = _("Complaint #{number}").format(number=case.complaint.number)
        head.addWidget(label(theme, title, CARD_TITLE, strong=True), 1)
        severity = case.complaint.severity
        tone = "bad" if severity == "serious" else "quiet"
        head.addWidget(label(theme, severity_name(severity), NOTE, tone=tone))
        self.add(head)
        if case.complaint.customer_id is not None:
            who = partial(self._session.open, "customers", case.complaint.customer_id)
            said = _("Open {name}").format(name=case.customer)
            self.add_link(case.customer, "user", who, said)
        else:
            self.add(label(theme, _("Nobody named"), TEXT, tone="quiet"))
        day = day_short(case.complaint.date, self._today)
        about = (_("Received {day}").format(day=day), case.channel, case.offering, ", ".join(case.themes))
        self.add(label(theme, " · ".join(part for part in about if part), NOTE, tone="quiet", wrap=True))

    def _stage(self) -> None:
        theme, complaint = self._theme, self._case.complaint
        self.add(StageLine(theme, complaint.stage))
        row = line(SMALL)
        now = stage_name(complaint.stage)
        if complaint.stage == "closed" and complaint.outcome:
            now = _("{stage}: {outcome}").format(stage=now, outcome=outcome_name(complaint.outcome).lower())
        row.addWidget(label(theme, now, TEXT, strong=True), 1)
        step = next_step(complaint)
        if step != "reopened":
            row.addWidget(label(theme, step_ahead(step), NOTE, tone="faint"))
        self.add(row)
        self._clock(
            _("Acknowledge by {day}"), _("Acknowledged {day}"), complaint.acknowledge_by, complaint.acknowledged
        )
        self._clock(_("Resolve by {day}"), _("Resolved {day}"), complaint.resolve_by, complaint.resolved)

    def _clock(self, waiting: str, settled: str, until: date | None, done: date | None) -> None:
        """A deadline, and whether it was kept: said in words, coloured besides."""
        if until is None or (done is None and not self._case.complaint.open):
            return
        if done is None:
            sentence, text = waiting.format(day=day_short(until, self._today)), due_in_words(until, self._today)
            tone = "bad" if until < self._today else "quiet"
        else:
            sentence, text = settled.format(day=day_short(done, self._today)), kept_in_words(until, done)
            tone = "bad" if done > until else "good"
        row = line(SMALL)
        row.addWidget(Elided(self._theme, sentence, NOTE, "quiet"), 1)
        row.addWidget(label(self._theme, text, NOTE, tone=tone))
        self.add(row)

    def _buttons(self, doings: Doings) -> None:
        theme, complaint = self._theme, self._case.complaint
        row = Flow(SMALL)
        place = QWidget()
        place.setLayout(row)
        step = next_step(complaint)
        do = partial(doings.step, step) if step in AT_ONCE else partial(doings.ask, step, None)
        self.main = button(theme, step_button(step), do, "" if step == "reopened" else "main")
        row.addWidget(self.main)
        self.edit = button(theme, _("Edit"), doings.edit)
        row.addWidget(self.edit)
        more = button(theme, _("More"), name=_("More that can be done with this complaint"))
        more.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
        more.setIcon(theme.icon("chevron-down", "quiet", 14))
        more.setMenu(self._menu(doings, step, more))
        row.addWidget(more)
        self.add(place)

    def _menu(self, doings: Doings, step: str, parent: QWidget) -> QMenu:
        menu = QMenu(parent)

        def offer(text: str, do: Callable[[], object]) -> None:
            menu.addAction(text).triggered.connect(lambda _checked=False: do())

        complaint = self._case.complaint
        if step in AT_ONCE:
            offer(_("{step} with a note…").format(step=step_button(step)), partial(doings.ask, step, None))
        for other in may_follow(complaint):
            if other != step:
                offer(step_button(other) if other not in AT_ONCE else f"{step_button(other)}…",
                      partial(doings.ask, other, None))  # fmt: skip
        if "closed" in may_follow(complaint, "spam") and step != "closed":
            offer(_("Close: the same as another…"), partial(doings.ask, "closed", "duplicate"))
            offer(_("Close: no complaint at all…"), partial(doings.ask, "closed", "spam"))
        offer(step_button("note"), partial(doings.ask, "note", None))
        menu.addSeparator()
        offer(_("Delete"), doings.delete)
        return menu

    def _words(self) -> None:
        theme, case = self._theme, self._case
        self.add(Hairline())
        words = case.complaint.text or case.entry_text
        self.add(label(theme, _("“{words}”").format(words=words), TEXT, wrap=True))
        if case.entry_date is not None:
            text = _("From feedback of {day}").format(day=day_short(case.entry_date, self._today))
            opens = partial(self._session.open, "entries", case.complaint.entry_id)
            self.add_link(text, "message-square-text", opens)

    def _decided(self) -> None:
        theme, complaint = self._theme, self._case.complaint
        found = {True: _("Yes, we fell short"), False: _("No, it was not our doing"), None: ""}[complaint.valid]
        cost = money(complaint.cost_minor, self._case.currency) if complaint.cost_minor else ""
        lines = (
            (_("Is the complaint right?"), found),
            (_("Why it happened"), complaint.cause),
            (_("Done about it"), complaint.resolution),
            (_("What it cost"), cost),
            (_("Seen to by"), self._case.handler),
        )
        for title, text in lines:
            if text:
                pair = column(None, 0)
                pair.addWidget(label(theme, title, NOTE, tone="faint"))
                pair.addWidget(label(theme, text, TEXT, wrap=True))
                self.add(pair)

    def _history(self) -> None:
        self.add_heading(_("Steps taken"))
        for event in self._case.events:
            self.add(self._event(event))

    def _event(self, event: Event) -> QVBoxLayout:
        theme = self._theme
        pair = column(None, 0)
        row = line(SMALL)
        row.addWidget(label(theme, stage_name(event.stage), TEXT), 1)
        who = self._case.staff.get(event.staff_id, "") if event.staff_id is not None else ""
        when = " · ".join(part for part in (who, day_short(event.date, self._today)) if part)
        row.addWidget(label(theme, when, NOTE, tone="faint"))
        pair.addLayout(row)
        cost = money(event.cost_minor, self._case.currency) if event.cost_minor else ""
        note = " · ".join(part for part in (event.note, cost) if part)
        if note:
            pair.addWidget(label(theme, note, NOTE, tone="quiet", wrap=True))
        return pair

    def _earlier(self) -> None:
        if not self._case.chain:
            return
        theme = self._theme
        self.add_heading(_("It happened before"))
        lines = column(None, 2)
        for row in self._case.chain:
            title = _("#{number}: {words}").format(number=row.number, words=row.text)
            note = " · ".join((day_short(row.date, self._today), stage_name(row.stage)))
            inner = column(None, 0)
            inner.addWidget(Elided(theme, title, TEXT))
            inner.addWidget(Elided(theme, note, NOTE, "faint"))
            lines.addWidget(pressed_line(f"{title}. {note}", partial(self._session.open, "complaints", row.id), inner))
        self.box.addLayout(lines)


__all__ = ["AT_ONCE", "CaseCard", "Doings", "StageLine"]
