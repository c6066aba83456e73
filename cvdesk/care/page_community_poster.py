"""You said, we did: the lines of the poster, what could go on it, and the poster itself."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import Any

from cvdesk.care import store_poster as store
from cvdesk.care.form_community import PairForm
from cvdesk.care.page_community_room import Room
from cvdesk.care.records_community import POSTER_PAIRS, Pair
from cvdesk.db import BusinessFile, Operation, Queries
from cvdesk.kit.side import SideContent
from cvdesk.kit.table import Column
from cvdesk.kit.widgets import CARD_TITLE, NOTE, TEXT, Choice, EmptyState, button, label
from cvdesk.wording import _
from cvdesk.wording.numbers import day


class PosterRoom(Room):
    """The owner's lines in their order, then what was done and is not on it yet."""

    @classmethod
    def title(cls) -> str:
        """The room's name."""
        return _("You said, we did")

    def columns(self) -> Sequence[Column]:
        """Whether it goes on the poster, and both sides of it."""
        return (
            Column(_("On the poster"), self._standing, 132, _tone),
            Column(_("What you told us"), lambda row: row.said, 220, stretch=True),
            Column(_("What we did about it"), lambda row: row.did, 220, stretch=True),
        )

    def empty(self) -> EmptyState:
        """Nothing done yet."""
        self.first = button(self.theme, _("Write the first line"), self.new, "main")
        self.first.setEnabled(self.writable)
        sentence = _("What customers told you and what you did about it: what you have done is proposed here.")
        return EmptyState(self.theme, sentence, self.first, "message-square-text")

    def question(self) -> Callable[[BusinessFile], Sequence[Any]]:
        """Lines, then proposals."""
        today = self.session.today()
        return lambda file: (*store.pairs(file), *store.proposals(file, today))

    def key_of(self, row: Any) -> int:
        """The line's id; of a proposal that of its action."""
        return row.id if row.id is not None else (row.action_id or 0)

    def keys(self) -> None:
        """Alt+Up and Alt+Down move a line, Space puts it on or leaves it off, Delete deletes it."""
        papers = (("a4", _("A4")), ("a3", _("A3")), ("letter", _("Letter")))
        self.sheet = Choice(self.theme, _("Paper"), papers, self.paper())
        self._tools.addWidget(self.sheet)
        self.new_button = self.tool(_("New line"), self.new, icon="plus")
        self.print = self.tool(_("Print"), self.print_poster, icon="printer", writes=False)
        self.save = self.tool(_("Save the poster…"), self.save_poster, "main", writes=False)
        for keys, do in (
            ("Alt+Up", partial(self.step, -1)), ("Alt+Down", partial(self.step, 1)), ("Space", self.toggle),
            ("Delete", self.delete),
        ):  # fmt: skip
            self.key(keys, do)

    def content(self, row: Any) -> SideContent:
        """Both sides, and what can be done with them."""
        theme = self.theme
        made = SideContent(theme, row.said)
        made.add(label(theme, row.said, CARD_TITLE, strong=True, wrap=True))
        made.add(label(theme, row.did, TEXT, wrap=True))
        made.add(label(theme, day(row.date), NOTE, tone="quiet"))
        if row.id is None:
            said = _("Done, and not on the poster yet. Say it in your own words; nobody is named.")
            made.add(label(theme, said, NOTE, tone="quiet", wrap=True))
            self.buttons(made, button(theme, _("Put it on the poster…"), partial(self.edit, row), "main"))
        else:
            if row.held_back:
                said = _("Stays off the poster: {why}").format(why=row.held_back)
                made.add(label(theme, said, TEXT, tone="bad", wrap=True))
            shown = _("Leave it off") if row.shown else _("Put it on")
            up, down = (button(theme, "", partial(self.step, by), icon=icon, name=name) for by, icon, name in (
                (-1, "chevron-up", _("Move up, Alt+Up")), (1, "chevron-down", _("Move down, Alt+Down")),
            ))  # fmt: skip
            self.buttons(
                made, button(theme, _("Edit…"), partial(self.edit, row), icon="pencil"),
                button(theme, shown, self.toggle), up, down,
                self.more(row.said, (_("Delete"), self.delete)),
            )  # fmt: skip
        if row.action_id is not None:
            made.add_link(_("Open the action"), "target",
                          partial(self.session.open, "actions", ("action", row.action_id)))  # fmt: skip
        made.box.addStretch(1)
        return made

    def new(self) -> None:
        """The form for another line."""
        self.edit(Pair("", "", self.session.today()))

    def edit(self, pair: Pair) -> None:
        """The form for a line, new or known."""
        form = PairForm(self.theme, pair)

        def save() -> tuple[str, Callable[[Operation], Any]] | None:
            record = form.record()
            missing = {
                key: _("Write what goes here.")
                for key, text in (("said", record.said), ("did", record.did))
                if not text.strip()
            }
            form.show_problems(missing)
            return None if missing else (_("The line is kept"), partial(store.save_pair, pair=record))

        self.open_form(self.title(), form, save)

    def step(self, by: int) -> None:
        """Moves the selected line up or down."""
        row = self.chosen()
        if row is not None and row.id is not None:
            self.run(_("Move a line of the poster"), partial(store.move_pair, pair_id=row.id, by=by))

    def toggle(self) -> None:
        """Puts the selected line on the poster, or leaves it off."""
        row = self.chosen()
        if row is not None and row.id is not None:
            words = _("Leave a line off the poster") if row.shown else _("Put a line on the poster")
            self.run(words, partial(store.show_pair, pair_id=row.id, shown=not row.shown))
        elif row is not None:
            self.edit(row)

    def delete(self) -> None:
        """Deletes the selected line; can be taken back."""
        row = self.chosen()
        if row is not None and row.id is not None:
            said = _("The line is deleted")
            self.run(said, partial(store.delete_pair, pair_id=row.id), said)

    def save_poster(self) -> None:
        """The poster as PDF."""
        from cvdesk.care import report_poster

        paper, today = str(self.sheet.value), self.session.today()

        def write(file: Queries, path: Path) -> None:
            report_poster.save(store.poster(file, today), path, paper)

        self.save_as(_("Save the poster"), self.title(), ".pdf", _("PDF files (*.pdf)"), write)

    def print_poster(self) -> None:
        """The poster on paper."""
        from cvdesk.care import report_poster

        paper, today = str(self.sheet.value), self.session.today()
        self.print_out(lambda file: report_poster.as_pdf(store.poster(file, today), paper), paper)

    def _going(self) -> list[int]:
        going = [row.id for row in self.rows if row.id is not None and row.shown and not row.held_back]
        return going[:POSTER_PAIRS]

    def _standing(self, row: Pair) -> str:
        if row.id is None:
            return _("Could go on it")
        if row.held_back:
            return _("Held back")
        if not row.shown:
            return _("Left off")
        going = self._going()
        if row.id not in going:
            return _("No room: six at most")
        return _("{number} of {count}").format(number=going.index(row.id) + 1, count=len(going))


def _tone(row: Pair) -> str:
    if row.id is None or not row.shown:
        return "faint"
    return "bad" if row.held_back else ""


__all__ = ["PosterRoom"]
