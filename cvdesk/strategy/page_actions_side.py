"""The selected action beside the list: where it stands, what it costs and moves, and the next step with one press."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import partial

from PySide6.QtWidgets import QPushButton, QWidget

from cvdesk.kit.session import Session
from cvdesk.kit.side import SideContent
from cvdesk.kit.widgets import NOTE, SMALL, TEXT, Flow, button, label
from cvdesk.strategy import words_actions as words
from cvdesk.strategy.records import Action
from cvdesk.strategy.records_board import Board
from cvdesk.wording import _
from cvdesk.wording.figures import lever_name
from cvdesk.wording.numbers import day, percent

# The next steps, the most likely one first.
STEPS = {
    "idea": ("planned", "started", "dropped"),
    "planned": ("started", "done", "dropped", "idea"),
    "started": ("done", "dropped", "planned"),
    "done": ("started",),
    "dropped": ("idea",),
}


def steps(action: Action) -> tuple[tuple[str, str], ...]:
    """What can be done with an action next, as (status, words on the button)."""
    return tuple((to, _step_words(action.status, to)) for to in STEPS[action.status])


def _step_words(now: str, to: str) -> str:
    if now == "done":
        return _("Not done yet")
    if (now, to) == ("started", "planned"):
        return _("Not started yet")
    return words.step_name(to)


class ActionSide(SideContent):
    """Everything about one action."""

    def __init__(
        self,
        session: Session,
        action: Action,
        board: Board,
        step: Callable[[str], object],
        edit: Callable[[], object],
        delete: Callable[[], object],
    ) -> None:
        super().__init__(session.theme, action.name)
        self._session, self._action, self._board = session, action, board
        self.main: QPushButton | None = None
        self.buttons: dict[str, QPushButton] = {}
        today = session.today()
        theme = session.theme
        self.add(label(theme, action.name, TEXT, strong=True, wrap=True))
        self.add(
            label(theme, self._state(today), NOTE, tone="bad" if words.is_late(action, today) else "quiet", wrap=True)
        )
        if not session.file.read_only:
            self._add_buttons(step, edit, delete)
        self._add_cost()
        self._add_lifts()
        self._add_ties()
        self._add_words()
        self._add_links()
        self.box.addStretch(1)

    def _state(self, today: date) -> str:
        action = self._action
        steps_taken = (
            (_("Planned {day}"), action.planned), (_("Started {day}"), action.started), (_("Done {day}"), action.done),
        )  # fmt: skip
        said = [text.format(day=day(when)) for text, when in steps_taken if when is not None]
        if action.status in ("idea", "dropped"):
            said.append(words.status_name(action.status))
        if action.open and action.due is not None:
            late = _("wanted by {day}, overdue") if action.due < today else _("wanted by {day}")
            said.append(late.format(day=day(action.due)))
        who = next((name for one, name in self._board.about.staff if one == action.staff_id), "")
        if who:
            said.append(who)
        return " · ".join(said)

    def _add_buttons(
        self, step: Callable[[str], object], edit: Callable[[], object], delete: Callable[[], object]
    ) -> None:
        theme, action = self.theme, self._action
        row = Flow(SMALL)
        offered: list[tuple[str, str, Callable[[], object]]] = [
            (to, text, partial(step, to)) for to, text in steps(action)
        ]
        if action.status == "done":
            tell = partial(self._session.open, "care", ("tell", ("action", action.id)))
            offered.insert(0, ("tell", _("Tell the customers"), tell))
        offered += [("edit", _("Edit"), edit), ("delete", _("Delete"), delete)]
        for place, (key, text, do) in enumerate(offered):
            made = button(theme, text, do, "main" if place == 0 else "")
            self.buttons[key] = made
            self.main = self.main or made
            row.addWidget(made)
        holder = QWidget()
        holder.setLayout(row)
        self.add(holder)

    def _add_cost(self) -> None:
        action, currency = self._action, self._board.about.currency
        self.add_heading(_("What it costs"))
        self.add(label(self.theme, words.costs(action, currency), TEXT, wrap=True))
        if action.must_fix:
            why = words.why_name(action.must_fix_why or "serious")
            self.add(label(self.theme, _("Must be fixed: {why}").format(why=why), TEXT, tone="bad", wrap=True))

    def _add_lifts(self) -> None:
        action, about = self._action, self._board.about
        lifts = action.lifts or {}
        self.add_heading(_("If it works"))
        if not lifts:
            self.add(label(self.theme, _("Nothing said yet about what gets better."), TEXT, tone="quiet", wrap=True))
            return
        for key, lift in lifts.items():
            one = about.factor(key)
            said = words.lift_words(one, key, lift)
            part = "" if one is None else f"{lever_name(one.lever)}: "
            self.add(label(self.theme, part + said, TEXT, wrap=True))
        self.add(label(
            self.theme,
            _("For {reach} of customers; chance that it works {chance}.").format(
                reach=percent(action.reach), chance=percent(action.chance)
            ),
            NOTE, tone="quiet", wrap=True,
        ))  # fmt: skip
        net = words.net_words(lifts, action.reach, action.chance, about)
        if net:
            self.add(label(self.theme, net, NOTE, tone="quiet", wrap=True))

    def _add_ties(self) -> None:
        for ids, text in (
            (self._action.needs, _("Needs first: {names}")),
            (self._action.excludes, _("Rules out: {names}")),
        ):
            names = [one.name for other in ids if (one := self._board.action(other)) is not None]
            if names:
                self.add(label(self.theme, text.format(names=", ".join(names)), NOTE, tone="quiet", wrap=True))

    def _add_words(self) -> None:
        action = self._action
        for heading, text in (
            (_("Note"), action.note),
            (_("Why not") if action.status == "dropped" else _("What came of it"), action.result),
        ):
            if text.strip():
                self.add_heading(heading)
                self.add(label(self.theme, text, TEXT, wrap=True))

    def _add_links(self) -> None:
        action, about = self._action, self._board.about
        links: list[tuple[str, str, Callable[[], object]]] = []
        theme = about.theme(action.theme_id)
        if theme is not None:
            links.append((theme.name, "tags", partial(self._session.open, "themes", action.theme_id)))
        elif (one := about.behind(action)) is not None:
            links.append((one.factor_name, "scale", partial(self._session.open, "factors", one.factor)))
        if action.entry_id is not None:
            links.append((
                _("The feedback it comes from"), "message-square-text",
                partial(self._session.open, "entries", action.entry_id),
            ))  # fmt: skip
        if action.started is not None:
            links.append((_("Did it work?"), "chart-line", partial(self._session.open, "series", ("view", "effect"))))
        if action.id is not None:
            links.append((_("Changes"), "history", partial(self._session.open, "history", ("actions", action.id))))
        if links:
            self.add_heading(_("Behind it"))
            for text, icon, go in links:
                self.add_link(text, icon, go)
