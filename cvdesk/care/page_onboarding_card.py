"""Beside the list: somebody's steps to tick, somebody who could begin, or a list of steps."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from PySide6.QtWidgets import QCheckBox, QMenu, QWidget

from cvdesk.care.records_onboarding import Run, RunStep, Template, progress
from cvdesk.care.records_touch import due_in_words
from cvdesk.care.store_onboarding import Proposal
from cvdesk.kit.menus import menu_button, offer
from cvdesk.kit.session import Session
from cvdesk.kit.side import SideContent
from cvdesk.kit.widgets import CARD_TITLE, NOTE, SMALL, TEXT, Bar, Flow, button, label
from cvdesk.wording import _, ngettext
from cvdesk.wording.numbers import day, day_short

STEP = "step-"  # the name of a box of a step, before its id


@dataclass(frozen=True, slots=True)
class Doings:
    """What can be done with somebody's onboarding."""

    tick: Callable[[RunStep, bool], None]
    stop: Callable[[Run], None]
    save_sheet: Callable[[Run], None]
    print_sheet: Callable[[Run], None]


class RunCard(SideContent):
    """The steps of one customer, ticked in place. `doings` None where the file is read only."""

    def __init__(self, session: Session, run: Run, doings: Doings | None) -> None:
        super().__init__(session.theme, run.customer)
        theme, today = session.theme, session.today()
        self.add(label(theme, run.customer, CARD_TITLE, strong=True, wrap=True))
        said = _("{list}, since {day}").format(list=run.name, day=day_short(run.started, today))
        self.add(label(theme, said, TEXT, tone="quiet", wrap=True))
        if run.steps:
            self.add(Bar(theme, run.done / len(run.steps), "accent", 6))
        self.add(label(theme, self._standing(run, session), TEXT, wrap=True))
        self.boxes: dict[int, QCheckBox] = {}
        self.add_heading(_("Steps"))
        for step in run.steps:
            self._step(session, run, step, doings)
        if doings is not None:
            self._buttons(session, run, doings)
        self.add_link(_("Open customer"), "user", partial(session.open, "customers", run.customer_id))
        self.box.addStretch(1)

    def _standing(self, run: Run, session: Session) -> str:
        if run.stopped:
            return _("Stopped: {why}").format(why=run.stopped)
        if run.finished is not None:
            days = (run.finished - run.started).days
            return ngettext("Finished within {count} day", "Finished within {count} days", days).format(count=days)
        said = _("{progress} done").format(progress=progress(run))
        return _("{progress}, stuck").format(progress=said) if run.stuck(session.today()) else said

    def _step(self, session: Session, run: Run, step: RunStep, doings: Doings | None) -> None:
        today = session.today()
        box = QCheckBox(step.name.replace("&", "&&"))
        box.setFont(session.theme.font(TEXT))
        box.setChecked(step.done is not None)
        box.setEnabled(doings is not None and not run.stopped)
        done = _("done {day}").format(day=day_short(step.done, today)) if step.done is not None else ""
        when = done or due_in_words(step.due, today)
        box.setAccessibleName(f"{step.name}, {when}")
        if doings is not None:
            box.clicked.connect(lambda ticked, step=step: doings.tick(step, ticked))
        box.setObjectName(f"{STEP}{step.id}")
        self.boxes[step.id] = box
        self.add(box)
        late = step.done is None and step.due < today and not run.stopped
        below = " · ".join(part for part in (when, step.note) if part)
        note = label(self.theme, below, NOTE, tone="bad" if late else "quiet", wrap=True)
        note.setContentsMargins(self.theme.px(26), 0, 0, 0)
        self.add(note)

    def _buttons(self, session: Session, run: Run, doings: Doings) -> None:
        flow, place = Flow(SMALL), QWidget()
        place.setLayout(flow)
        if run.running:

            def fill(menu: QMenu) -> None:
                offer(menu, _("Save as PDF…"), partial(doings.save_sheet, run))
                offer(menu, _("Print…"), partial(doings.print_sheet, run))

            self.sheet = menu_button(session.theme, _("Welcome sheet"), _("Welcome sheet"), fill)
            flow.addWidget(self.sheet)
            self.stop = button(
                session.theme, _("Stop"), partial(doings.stop, run),
                name=_("Stop the steps of {name}").format(name=run.customer),
            )  # fmt: skip
            flow.addWidget(self.stop)
        self.add(place)


class ProposalCard(SideContent):
    """A new customer who could begin."""

    def __init__(
        self,
        session: Session,
        found: Proposal,
        begin: Callable[[Proposal], None] | None,
        not_now: Callable[[Proposal], None],
    ) -> None:
        super().__init__(session.theme, found.name)
        theme = session.theme
        self.add(label(theme, found.name, CARD_TITLE, strong=True, wrap=True))
        said = _("New since {day}. Could begin: {list}").format(day=day(found.since), list=found.template)
        self.add(label(theme, said, TEXT, tone="quiet", wrap=True))
        if begin is not None:
            flow, place = Flow(SMALL), QWidget()
            place.setLayout(flow)
            self.begin = button(theme, _("Begin today"), partial(begin, found), "main")
            flow.addWidget(self.begin)
            flow.addWidget(button(theme, _("Not now"), partial(not_now, found)))
            self.add(place)
        self.add_link(_("Open customer"), "user", partial(session.open, "customers", found.customer_id))
        self.box.addStretch(1)


class TemplateCard(SideContent):
    """A list of steps, with what can be done with it."""

    def __init__(
        self,
        session: Session,
        template: Template,
        product: str,
        edit: Callable[[Template], None] | None,
        delete: Callable[[Template], None],
    ) -> None:
        super().__init__(session.theme, template.name)
        theme = session.theme
        self.add(label(theme, template.name, CARD_TITLE, strong=True, wrap=True))
        who = _("For whoever buys {product} for the first time").format(product=product)
        self.add(label(theme, who if product else _("For any new customer"), TEXT, tone="quiet", wrap=True))
        if edit is not None:
            flow, place = Flow(SMALL), QWidget()
            place.setLayout(flow)
            self.edit = button(theme, _("Edit"), partial(edit, template))
            flow.addWidget(self.edit)
            flow.addWidget(button(theme, _("Delete"), partial(delete, template)))
            self.add(place)
        self.add_heading(_("Steps"))
        for step in template.steps:
            text = _("Day {days}: {name}").format(days=step.days, name=step.name)
            self.add(label(theme, text, TEXT, wrap=True))
            if step.note:
                self.add(label(theme, step.note, NOTE, tone="quiet", wrap=True))
        self.box.addStretch(1)


__all__ = ["STEP", "Doings", "ProposalCard", "RunCard", "TemplateCard"]
