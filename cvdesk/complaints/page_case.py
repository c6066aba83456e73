"""One case: where it stands and what comes next, its clocks, the words, what was decided, where it came from."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QMenu, QPushButton, QWidget

from cvdesk.catalogue.files import Attached
from cvdesk.complaints.page_case_parts import StageLine, evidence, repeats, steps_taken
from cvdesk.complaints.records import Event, may_follow, severity_name, stage_name
from cvdesk.complaints.records_due import due_in_words, kept_in_words
from cvdesk.complaints.records_words import next_step, step_ahead, step_button
from cvdesk.complaints.store_case import Case
from cvdesk.complaints.store_list import ComplaintRow
from cvdesk.kit.session import Session
from cvdesk.kit.side import SideContent
from cvdesk.kit.widgets import CARD_TITLE, NOTE, SMALL, TEXT, Elided, Flow, Hairline, button, column, label, line
from cvdesk.wording import _, ngettext
from cvdesk.wording.figures import outcome_name
from cvdesk.wording.numbers import day_short, money

# Steps that are one press; the others ask something first.
AT_ONCE = ("acknowledged",)


@dataclass(frozen=True, slots=True)
class Doings:
    """What can be done with a case. `ask` opens the form of a step, with the outcome to begin with for closing."""

    step: Callable[[str], None]
    ask: Callable[[str, str | None], None]
    edit: Callable[[], None]
    delete: Callable[[], None]
    change: Callable[[Event], None]
    back: Callable[[Event], None]
    link: Callable[[ComplaintRow], None]
    ask_link: Callable[[], None]
    unlink: Callable[[], None]
    attach: Callable[[], None]
    attach_files: Callable[[list[Path]], None]
    detach: Callable[[Attached], None]


class CaseCard(SideContent):
    """The card of one complaint. `main` is the button for what comes next; without `doings` it can only be read.

    `close` puts the card away, where it lies beside the board.
    """

    def __init__(
        self, session: Session, case: Case, doings: Doings | None, close: Callable[[], None] | None = None
    ) -> None:
        super().__init__(session.theme, _("Complaint #{number}").format(number=case.complaint.number))
        self.session, self.shown, self.doings = session, case, doings
        self.complaint = case.complaint
        self.today = session.today()
        self.main: QPushButton | None = None
        self.close_card = close
        self.setAcceptDrops(doings is not None)
        self._head()
        self._stage()
        if doings is not None:
            self._buttons(doings)
        self._words()
        self._decided()
        repeats(self)
        steps_taken(self)
        evidence(self)
        self.box.addStretch(1)

    def _head(self) -> None:
        theme, case = self.theme, self.shown
        head = line(SMALL)
        title = _("Complaint #{number}").format(number=case.complaint.number)
        head.addWidget(label(theme, title, CARD_TITLE, strong=True), 1)
        severity = case.complaint.severity
        tone = "bad" if severity == "serious" else "quiet"
        head.addWidget(label(theme, severity_name(severity), TEXT, tone=tone))
        if self.close_card is not None:
            head.addWidget(button(theme, "", self.close_card, "plain", "x", "Escape", _("Back to the board")))
        self.add(head)
        if case.customer:
            opens = partial(self.session.open, "customers", case.complaint.customer_id)
            self.add_link(case.customer, "user", opens, _("Open {name}").format(name=case.customer))
        else:
            self.add(label(theme, _("Nobody named"), TEXT, tone="quiet"))
        day = day_short(case.complaint.date, self.today)
        when = _("Received {day}, {time}") if case.complaint.time else _("Received {day}")
        received = when.format(day=day, time=(case.complaint.time or "")[:5])
        about = (received, case.channel, case.offering, ", ".join(case.themes))
        self.add(label(theme, " · ".join(part for part in about if part), NOTE, tone="quiet", wrap=True))

    def _stage(self) -> None:
        theme, complaint = self.theme, self.complaint
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
        if until is None or (done is None and not self.complaint.open):
            return
        if done is None and waiting == _("Acknowledge by {day}") and self.complaint.stage != "received":
            return  # it was assessed or put right without: nobody waits for a word any more
        if done is None:
            sentence, text = waiting.format(day=day_short(until, self.today)), due_in_words(until, self.today)
            tone = "bad" if until < self.today else "quiet"
        else:
            sentence, text = settled.format(day=day_short(done, self.today)), kept_in_words(until, done)
            tone = "bad" if done > until else "good"
        row = line(SMALL)
        row.addWidget(Elided(self.theme, sentence, NOTE, "quiet"), 1)
        row.addWidget(label(self.theme, text, NOTE, tone=tone))
        self.add(row)

    def _buttons(self, doings: Doings) -> None:
        theme, complaint = self.theme, self.complaint
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
        menu = self.menu = QMenu(parent)

        def offer(text: str, do: Callable[[], object]) -> None:
            menu.addAction(text.replace("&", "&&")).triggered.connect(lambda _checked=False: do())

        complaint = self.complaint
        if step in AT_ONCE:
            offer(_("{step} with a note…").format(step=step_button(step)), partial(doings.ask, step, None))
        for other in may_follow(complaint):
            if other != step:
                text = step_button(other) if other not in AT_ONCE else f"{step_button(other)}…"
                offer(text, partial(doings.ask, other, None))
        if "closed" in may_follow(complaint, "spam") and step != "closed":
            offer(_("Close: the same as another…"), partial(doings.ask, "closed", "duplicate"))
            offer(_("Close: no complaint at all…"), partial(doings.ask, "closed", "spam"))
        offer(step_button("note"), partial(doings.ask, "note", None))
        last = next((event for event in self.shown.events if event.id == self.shown.may_take_back), None)
        if last is not None:
            offer(_("Take back: {step}").format(step=stage_name(last.stage)), partial(doings.back, last))
        menu.addSeparator()
        offer(_("Attach a file…"), doings.attach)
        offer(_("Make this an action"), partial(self.session.open, "actions", ("make", ("complaints", complaint.id))))
        offer(_("It repeats an earlier one…"), doings.ask_link)
        if complaint.repeat_of is not None:
            offer(_("It repeats no other: take the link away"), doings.unlink)
        offer(_("Evidence pack"), partial(self.session.open, "reports", ("evidence", complaint.id)))
        offer(_("History…"), partial(self.session.open, "history", ("complaints", complaint.id)))
        menu.addSeparator()
        offer(_("Delete"), doings.delete)
        return menu

    def _words(self) -> None:
        theme, case = self.theme, self.shown
        self.add(Hairline())
        words = case.complaint.text.strip() or case.entry_text.strip()
        if words:
            self.add(label(theme, _("“{words}”").format(words=words), TEXT, wrap=True))
        else:
            self.add(label(theme, _("The customer's words were not noted."), TEXT, tone="quiet", wrap=True))
        if case.entry_date is not None:
            text = _("From feedback of {day}").format(day=day_short(case.entry_date, self.today))
            opens = partial(self.session.open, "entries", case.complaint.entry_id)
            self.add_link(text, "message-square-text", opens)

    def _decided(self) -> None:
        theme, complaint = self.theme, self.complaint
        found = {True: _("Yes, we fell short"), False: _("No, it was not our doing"), None: ""}[complaint.valid]
        lines = (
            (_("Is the complaint right?"), found),
            (_("Why it happened"), complaint.cause),
            (_("Done about it"), complaint.resolution),
            (_("What it cost"), self._cost()),
            (_("Seen to by"), self.shown.handler),
        )
        for title, text in lines:
            if text:
                pair = column(None, 0)
                pair.addWidget(label(theme, title, NOTE, tone="faint"))
                pair.addWidget(label(theme, text, TEXT, wrap=True))
                self.add(pair)
        if self.doings is not None and complaint.stage == "closed" and complaint.customer_id is not None:
            offers = partial(self.session.open, "care", ("gesture", ("complaint", complaint.id)))
            self.add_link(_("Offer a small gesture"), "gift", offers)

    def _cost(self) -> str:
        """The sum over all steps, and over how many where that is more than one."""
        total = self.complaint.cost_minor
        if not total:
            return ""
        text = money(total, self.shown.currency)
        steps = sum(1 for event in self.shown.events if event.cost_minor)
        if steps < 2:
            return text
        return ngettext("{money} in {steps} step", "{money} in {steps} steps", steps).format(money=text, steps=steps)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if self.doings is not None and any(url.isLocalFile() for url in event.mimeData().urls()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        paths = [Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()]
        if self.doings is not None and paths:
            event.acceptProposedAction()
            self.doings.attach_files(paths)


__all__ = ["AT_ONCE", "CaseCard", "Doings"]
