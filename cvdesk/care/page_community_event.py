"""One event: who is on its list, what they said, whether they came; inviting, and the list of names on paper."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget

from cvdesk.care import store_groups as store
from cvdesk.care.form_community import GuestForm
from cvdesk.care.records_community import STATES, GatheringRow, Guest, state_name
from cvdesk.customers.store import find_matches
from cvdesk.db import Operation, Queries
from cvdesk.kit.side import SideContent
from cvdesk.kit.table import Column, Listed, Table
from cvdesk.kit.widgets import CARD_TITLE, NOTE, SMALL, TEXT, Flow, button, label
from cvdesk.wording import _, ngettext
from cvdesk.wording.numbers import day, whole

if TYPE_CHECKING:
    from cvdesk.care.page_community_groups import Groups

_ROWS = 8  # guests in view; more scroll
_TONES = {"coming": "accent", "came": "good", "declined": "faint", "invited": "quiet"}


class EventContent(SideContent):
    """An event in the panel. 1 to 4 note what the selected guest said."""

    def __init__(self, room: Groups, row: GatheringRow) -> None:
        super().__init__(room.theme, row.gathering.name)
        self._room, self._row, self._session = room, row, room.session
        self.guests = store.guests(room.session.file, row.gathering.id or 0)
        self._head()
        self._buttons()
        self._guests()
        self.box.addStretch(1)

    def _head(self) -> None:
        theme, kept = self.theme, self._row.gathering
        self.add(label(theme, kept.name, CARD_TITLE, strong=True, wrap=True))
        parts = [day(kept.date), self._row.group]
        self.add(label(theme, " · ".join(part for part in parts if part), TEXT, tone="quiet", wrap=True))
        if kept.note:
            self.add(label(theme, kept.note, TEXT, wrap=True))
        if self.guests:
            row, over = self._row, kept.date <= self._session.today()
            words = _("{count} came of {invited} invited") if over else _("{count} coming of {invited} invited")
            count = row.came if over else row.coming
            self.add(label(theme, words.format(count=whole(count), invited=whole(row.invited)), TEXT, strong=True))

    def _buttons(self) -> None:
        theme, room = self.theme, self._room
        made = []
        if self._row.gathering.group_id is not None:
            words = _("Invite “{group}”").format(group=self._row.group)
            self.invite = button(theme, words, self._invite, "main")
            made.append(self.invite)
        self.add_guest = button(theme, _("Add a guest…"), self._add_guest, "" if made else "main")
        edit = button(theme, _("Edit…"), partial(room.edit_event, self._row.gathering), icon="pencil")
        writing = ((_("Write invitations…"), self._write),) if room.writable else ()
        names = (*writing, (_("Save the list of names…"), self._save), (_("Print the list of names…"), self._print))
        self.more = room.more(self._row.gathering.name, *(names if self.guests else ()), (_("Delete"), room.delete))
        room.buttons(self, *made, self.add_guest, edit, self.more)
        self.more.setEnabled(True)  # names can be printed of a file that is read only

    def _guests(self) -> None:
        theme = self.theme
        self.add_heading(_("Guests"))
        if not self.guests:
            said = _("Invite the group, or add somebody you spoke to.")
            self.add(label(theme, said, TEXT, tone="quiet", wrap=True))
            return
        columns = (
            Column(_("Name"), lambda one: one.name, 120, stretch=True),
            Column(_("Said"), lambda one: state_name(one.state), 84, lambda one: _TONES[one.state]),
        )
        self.table = Table(theme, _("Guests"), columns, lambda one: one.id)
        self.table.show_source(Listed(self.guests))
        rows = min(len(self.guests), _ROWS)
        self.table.setFixedHeight(theme.px(32) + rows * self.table.verticalHeader().defaultSectionSize() + 4)
        self.states = []
        flow = Flow(SMALL)
        place = QWidget()
        place.setLayout(flow)
        for number, state in enumerate(STATES, start=1):
            made = button(theme, state_name(state), partial(self.note, state), "chip")
            made.setEnabled(self._room.writable)
            flow.addWidget(made)
            self.states.append(made)
            self._key(str(number), partial(self.note, state))
        self._key("Delete", self._remove)
        self.add(place)
        self.add(self.table)
        said = _("1 to 4 on the keyboard note it, too; Delete takes the selected guest off the list.")
        self.add(label(theme, said, NOTE, tone="faint", wrap=True))
        self.table.opened.connect(self._open_customer)
        self._select_as_before()
        self.table.selected.connect(self._guest_selected)

    # What can be done

    def note(self, state: str) -> None:
        """The selected guest said so, or came; the next one is selected."""
        guest = self._chosen()
        if guest is None or not self._room.writable:
            return
        following = self.table.rows.row(self.table.currentIndex().row() + 1)
        self._room.guest = following.id if following is not None else guest.id
        self._room.guest_keys = self.table.hasFocus()
        words = _("{name}: {state}").format(name=guest.name, state=state_name(state))
        self._room.run(words, partial(store.set_state, attendance_id=guest.id, state=state))

    def _remove(self) -> None:
        guest = self._chosen()
        if guest is not None and self._room.writable:
            said = _("{name} is off the list").format(name=guest.name)
            self._room.guest_keys = self.table.hasFocus()
            self._room.run(said, partial(store.remove_guest, attendance_id=guest.id), said)

    def _invite(self) -> None:
        """Invites those of the group who may be written to; says who may not, and why."""
        gathering_id, group_id = self._row.gathering.id or 0, self._row.gathering.group_id or 0

        def work(op: Operation) -> tuple[int, int]:
            wanted = [one.customer_id for one in store.members(op, group_id)]
            barred = store.may_invite(op, gathering_id, wanted).no
            return len(store.invite(op, gathering_id, wanted)), len(barred)

        def done(found: tuple[int, int]) -> None:
            self._session.say(invited_in_words(*found))

        self._session.run(_("Invite to “{name}”").format(name=self._row.gathering.name), work, done)

    def _write(self) -> None:
        from cvdesk.care.page_community_invite import write_invitations

        write_invitations(self._room, self._row.gathering)

    def _add_guest(self) -> None:
        form = GuestForm(self.theme, partial(find_matches, self._session.file), with_state=True)
        gathering_id = self._row.gathering.id or 0

        def save() -> tuple[str, Callable[[Operation], Any]] | None:
            customer = form.customer_id()
            problems = {} if customer is not None else {"customer": _("Choose a customer who is in the file.")}
            form.show_problems(problems)
            if customer is None or form.state is None:
                return None
            state = str(form.state.currentData())

            def work(op: Operation) -> int:
                store.note_guest(op, gathering_id, customer, state)
                return gathering_id

            return _("{name} is on the list").format(name=form.customer.name()), work

        self._room.open_form(self._row.gathering.name, form, save)

    def _save(self) -> None:
        from cvdesk.care.report_guests import save_guests_pdf

        gathering_id, today, paper = self._row.gathering.id or 0, self._session.today(), self._room.paper()

        def write(file: Queries, path: Path) -> None:
            save_guests_pdf(file, gathering_id, path, today, paper)

        title, name = _("Save the list of names"), self._row.gathering.name
        self._room.save_as(title, name, ".pdf", _("PDF files (*.pdf)"), write)

    def _print(self) -> None:
        from cvdesk.care.report_guests import gather_guests, guests_pdf

        gathering_id, today, paper = self._row.gathering.id or 0, self._session.today(), self._room.paper()
        self._room.print_out(lambda file: guests_pdf(gather_guests(file, gathering_id, today), paper), paper)

    # Inside

    def _chosen(self) -> Guest | None:
        row = self.table.rows.row(self.table.currentIndex().row())
        return row if isinstance(row, Guest) else None

    def _guest_selected(self, row: object) -> None:
        self._room.guest = row.id if isinstance(row, Guest) else None

    def _select_as_before(self) -> None:
        place = next((place for place, one in enumerate(self.guests) if one.id == self._room.guest), 0)
        self.table.select_row(place)

    def _open_customer(self, attendance: object) -> None:
        guest = next((one for one in self.guests if one.id == attendance), None)
        if guest is not None:
            self._session.open("customers", guest.customer_id)

    def _key(self, keys: str, do: Callable[[], None]) -> None:
        made = QShortcut(QKeySequence(keys), self.table)
        made.setContext(Qt.ShortcutContext.WidgetShortcut)
        made.activated.connect(do)


def invited_in_words(invited: int, barred: int) -> str:
    """How many are on the list now, and how many may not be written to."""
    said = ngettext("{count} customer invited", "{count} customers invited", invited).format(count=whole(invited))
    if not barred:
        return said
    left = ngettext(
        "{count} not, because you may not write to them: ask them in person and add them",
        "{count} not, because you may not write to them: ask them in person and add them",
        barred,
    ).format(count=whole(barred))
    return _("{invited}; {left}").format(invited=said, left=left)


__all__ = ["EventContent", "invited_in_words"]
