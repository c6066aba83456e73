"""What can be done with many entries at once, in the card beside the list while several are selected."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QMenu, QPushButton, QWidget

from cvdesk.catalogue import store as catalogue
from cvdesk.catalogue.form_find import FindDialog, Found, among
from cvdesk.catalogue.records import KINDS
from cvdesk.db import Operation
from cvdesk.feedback import store_bulk
from cvdesk.feedback.store_list import EntryList
from cvdesk.feedback.store_views import people
from cvdesk.kit import ask
from cvdesk.kit.session import Session
from cvdesk.kit.widgets import CARD_TITLE, NOTE, SMALL, Card, button, column, label, line, scrolled
from cvdesk.themes import store as themes
from cvdesk.wording import _, ngettext
from cvdesk.wording.figures import kind_name, lever_name
from cvdesk.wording.numbers import whole

_ASK_FROM = 20  # deleting so many at once is asked about, though it can be undone
Options = Sequence[tuple[object, str]]


class BulkCard(Card):
    """Buttons for the selected entries; each is one operation and one step to undo."""

    done = Signal()
    outdated = Signal()  # the list is another by now

    def __init__(self, session: Session) -> None:
        super().__init__(session.theme)
        self.session = session
        theme = session.theme
        self.setAccessibleName(_("Several selected"))
        self._listed: EntryList | None = None
        self._spans: list[tuple[int, int]] = []
        self._ends: list[tuple[int | None, int | None]] = []
        self._count = 0
        self.heading = label(theme, "", CARD_TITLE, strong=True)
        self.box.addWidget(self.heading)
        self.box.addWidget(
            label(
                theme, _("What you change here is changed for all of them, in one step."), NOTE, tone="quiet", wrap=True
            )
        )
        inside = QWidget()
        rows = column(inside, SMALL)
        self._buttons: list[QPushButton] = []
        for text, icon, do in (
            (_("Channel…"), "phone", self._channel), (_("Kind…"), "tags", self._kind),
            (_("Product…"), "gift", self._offering), (_("Customer…"), "user", self._customer),
            (_("Add a theme…"), "plus", self._add_theme), (_("Take a theme away…"), "x", self._remove_theme),
            (_("Mark as answered"), "check", self._answered), (_("Delete"), "trash-2", self._delete),
        ):  # fmt: skip
            made = button(theme, text, do, icon=icon)
            made.setEnabled(not session.file.read_only)
            self._buttons.append(made)
            rows.addWidget(made)
        rows.addStretch(1)
        self.box.addWidget(scrolled(inside), 1)
        foot = line(SMALL)
        foot.addWidget(button(theme, _("Clear the selection"), self.done.emit, "plain"))
        foot.addStretch(1)
        self.box.addLayout(foot)

    def show_selection(
        self, listed: EntryList, spans: list[tuple[int, int]], ends: list[tuple[int | None, int | None]]
    ) -> None:
        """Takes what is selected: stretches (first, how many) of a list; `ends`: the first and last id of each."""
        self._listed, self._spans, self._ends = listed, spans, ends
        self._count = sum(count for _first, count in spans)
        said = ngettext("{count} selected", "{count} selected", self._count)
        self.heading.setText(said.format(count=whole(self._count)))

    # The things to choose from

    def _channel(self) -> None:
        none: Options = [(None, _("None"))]
        options = [*none, *((one.id, one.name) for one in catalogue.named(self.session.file, "channels"))]
        self._offer(0, options, partial(self._set, _("Change the channel"), "channel_id"))

    def _kind(self) -> None:
        options = [(kind, kind_name(kind)) for kind in KINDS]
        self._offer(1, options, partial(self._set, _("Change the kind"), "kind"))

    def _offering(self) -> None:
        none: Options = [(None, _("None"))]
        options = [*none, *((one.id, one.name) for one in catalogue.named(self.session.file, "offerings"))]
        self._offer(2, options, partial(self._set, _("Change the product"), "offering_id"))

    def _offer(self, place: int, options: Options, do: Callable[[Any], None]) -> None:
        menu = QMenu(self)
        for value, text in options:
            menu.addAction(text.replace("&", "&&")).triggered.connect(lambda _checked=False, value=value: do(value))
        at = self._buttons[place]
        menu.popup(at.mapToGlobal(at.rect().bottomLeft()))

    def _customer(self) -> None:
        def look(text: str) -> list[Found]:
            nobody = [] if text.strip() else [Found(None, _("Anonymous"))]
            return [*nobody, *(Found(key, name) for key, name in people(self.session.file, text))]

        self._find(_("Whose feedback is it?"), _("Find a customer"), look, self._set_customer)

    def _set_customer(self, customer_id: int | None) -> None:
        self._run(_("Change the customer"), partial(store_bulk.set_customer, customer_id=customer_id))

    def _set(self, text: str, column_name: str, value: object) -> None:
        self._run(text, partial(store_bulk.set_column, column=column_name, value=value))

    def _themes(self) -> list[Found]:
        return [Found(one.id, one.name, lever_name(one.lever), one.lever) for one in themes.themes(self.session.file)]

    def _add_theme(self) -> None:
        def add(theme_id: int) -> None:
            self._run(_("Add a theme"), partial(store_bulk.add_theme, theme_id=theme_id))

        self._find(_("What are they about?"), _("Find a theme"), among(self._themes()), add)

    def _remove_theme(self) -> None:
        def remove(theme_id: int) -> None:
            self._run(_("Take a theme away"), partial(store_bulk.remove_theme, theme_id=theme_id))

        self._find(_("What are they not about?"), _("Find a theme"), among(self._themes()), remove)

    def _find(self, title: str, name: str, look: Callable[[str], Sequence[Found]], do: Callable[[Any], None]) -> None:
        dialog = FindDialog(self.session.theme, self.window(), title, name, look)
        dialog.chosen.connect(do)
        dialog.open()

    def _answered(self) -> None:
        self._run(_("Mark as answered"), partial(store_bulk.mark_answered, day=self.session.today()))

    def delete(self) -> None:
        """Deletes all that is selected."""
        self._delete()

    def _delete(self) -> None:
        if self.session.file.read_only:
            return
        if self._count >= _ASK_FROM:
            question = ngettext("Delete {count} entry?", "Delete {count} entries?", self._count)
            explanation = _("It is one step: Undo brings them all back.")
            yes = _("Delete")
            if not ask.prompts.confirm(self.window(), question.format(count=whole(self._count)), explanation, yes):
                return
        self._run(_("Delete feedback"), store_bulk.delete)

    def with_ids(self, do: Callable[[list[int]], None]) -> None:
        """Finds out beside the window which entries they are, and hands them over.

        The list is read anew for that: where other rows have moved into the selection meanwhile, nothing is done.
        """
        listed, spans, ends = self._listed, self._spans, self._ends
        if listed is None:
            return

        def which(_file: object) -> list[list[int]]:
            return [listed.ids(first, count) for first, count in spans]

        def found(stretches: list[list[int]]) -> None:
            same = [(ids[0], ids[-1]) if ids else (None, None) for ids in stretches] == ends
            if same and [len(ids) for ids in stretches] == [count for _first, count in spans]:
                do([entry for ids in stretches for entry in ids])
            else:
                self.session.say(_("The list has changed meanwhile. Select them again."))
                self.outdated.emit()

        self.session.ask(which, found)

    def _run(self, text: str, work: Callable[..., int]) -> None:
        """Changes all of them in one operation."""

        def change(ids: list[int]) -> None:
            def operation(op: Operation) -> int:
                return work(op, ids)

            self.session.run(text, operation, partial(self._changed, text))

        self.with_ids(change)

    def _changed(self, text: str, count: int) -> None:
        said = ngettext("{what}: {count} entry changed", "{what}: {count} entries changed", count)
        self.session.said.emit(said.format(what=text, count=whole(count)), count > 0)
