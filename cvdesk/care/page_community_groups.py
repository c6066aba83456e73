"""Groups and their events: who belongs, who is invited, who is coming, who came."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

from PySide6.QtCore import QTimer

from cvdesk.care import store_groups as store
from cvdesk.care.form_community import GatheringForm, GroupForm, GuestForm
from cvdesk.care.page_community_event import EventContent
from cvdesk.care.page_community_room import Room
from cvdesk.care.records_community import Gathering, GatheringRow, Group, GroupRow, Member
from cvdesk.catalogue import store as catalogue
from cvdesk.customers.store import find_matches
from cvdesk.db import BusinessFile, Operation
from cvdesk.kit.side import SideContent
from cvdesk.kit.table import Column
from cvdesk.kit.widgets import CARD_TITLE, TEXT, EmptyState, button, label, line
from cvdesk.wording import _, ngettext
from cvdesk.wording.numbers import day_short, whole


class Groups(Room):
    """Events, the next ones first, then groups by name."""

    roomy = {1: 900}  # "coming" and "members" tell events and groups apart, too

    @classmethod
    def title(cls) -> str:
        """The room's name."""
        return _("Groups and events")

    def columns(self) -> Sequence[Column]:
        """What it is, when, who."""
        return (
            Column(_("Name"), row_name, 220, stretch=True),
            Column("", _sort, 80, "quiet", said=_sort),
            Column(_("When"), self._when, 110, "quiet"),
            Column(_("Who"), self._who, 140),
        )

    def empty(self) -> EmptyState:
        """No group yet."""
        self.first = button(self.theme, _("Make the first group"), self.new_group, "main")
        self.first.setEnabled(self.writable)
        sentence = _("Bring customers together: a tasting panel, a morning for regulars, a visit to the workshop.")
        return EmptyState(self.theme, sentence, self.first, "users")

    def question(self) -> Callable[[BusinessFile], Sequence[Any]]:
        """What is to come, the soonest first; groups; what is over, the latest first."""
        today = self.session.today()

        def rows(file: BusinessFile) -> Sequence[Any]:
            events = store.gatherings(file)
            coming = sorted((one for one in events if one.gathering.date >= today), key=lambda one: one.gathering.date)
            over = (one for one in events if one.gathering.date < today)
            return (*coming, *store.groups(file, today), *over)

        return rows

    def key_of(self, row: Any) -> int:
        """The id of the group or of the event."""
        return (row.group.id if isinstance(row, GroupRow) else row.gathering.id) or 0

    def keys(self) -> None:
        """Delete deletes the selected group or event."""
        self.guest: int | None = None  # who is selected among the guests; stays when their list is read again
        self.guest_keys = False  # whether the keyboard was in that list
        self.add_event = self.tool(_("New event"), self.new_event, icon="calendar")
        self.add_group = self.tool(_("New group"), self.new_group, "main")
        self.key("Delete", self.delete)

    def content(self, row: Any) -> SideContent:
        """A group with its members, or an event with its guests."""
        if isinstance(row, GatheringRow):
            made = EventContent(self, row)
            if self.guest_keys and made.guests:
                self.guest_keys = False
                QTimer.singleShot(0, made, made.table.setFocus)  # once it stands in the panel
            return made
        return self._group(row)

    def _group(self, row: GroupRow) -> SideContent:
        theme, group = self.theme, row.group
        made = SideContent(theme, group.name)
        made.add(label(theme, group.name, CARD_TITLE, strong=True, wrap=True))
        if group.note:
            made.add(label(theme, group.note, TEXT, wrap=True))
        self.buttons(
            made, button(theme, _("Add a customer…"), partial(self.add_member, row), "main"),
            button(theme, _("New event…"), partial(self.edit_event, self._fresh(group.id)), icon="calendar"),
            button(theme, _("Edit…"), partial(self.edit_group, group), icon="pencil"),
            self.more(group.name, (_("Delete"), self.delete)),
        )  # fmt: skip
        made.add_heading(_("Members"))
        found = store.members(self.session.file, group.id or 0)
        if not found:
            made.add(label(theme, _("Nobody yet. Edit the group to take in everybody with a tag."), TEXT, tone="quiet",
                           wrap=True))  # fmt: skip
        for one in found:
            self._member(made, row, one)
        made.box.addStretch(1)
        return made

    def _member(self, made: SideContent, row: GroupRow, one: Member) -> None:
        both = line(0)
        link = button(self.theme, one.name, partial(self.session.open, "customers", one.customer_id), "plain")
        link.setAccessibleName(_("Open {name}").format(name=one.name))
        out = button(self.theme, "", partial(self.remove_member, row, one), "plain", "x",
                     name=_("Take {name} out of the group").format(name=one.name))  # fmt: skip
        out.setEnabled(self.writable)
        both.addWidget(link)
        both.addStretch(1)
        both.addWidget(out)
        made.add(both)

    # Groups

    def new_group(self) -> None:
        """The form for another group."""
        self.edit_group(Group(""))

    def edit_group(self, group: Group) -> None:
        """The form for a group, new or known."""
        file = self.session.file
        form = GroupForm(self.theme, group, catalogue.named(file, "tags"), catalogue.named(file, "segments"))

        def save() -> tuple[str, Callable[[Operation], Any]] | None:
            record, chosen = form.record(), form.chosen()
            missing = {} if record.name else {"name": _("A group needs a name.")}
            form.show_problems(missing)
            if missing:
                return None

            def work(op: Operation) -> int:
                people: dict[int, None] = {}
                for one in chosen:
                    people.update(dict.fromkeys(store.found_by(op, one.search, one.tag, one.segment)))
                return store.save_group(op, record, people)

            return _("“{name}” is kept").format(name=record.name), work

        self.open_form(_("Group"), form, save)

    def add_member(self, row: GroupRow) -> None:
        """The form for one more member."""
        form = GuestForm(self.theme, partial(find_matches, self.session.file), with_state=False)

        def save() -> tuple[str, Callable[[Operation], Any]] | None:
            customer = form.customer_id()
            missing = {} if customer is not None else {"customer": _("Choose a customer who is in the file.")}
            form.show_problems(missing)
            if customer is None:
                return None

            def work(op: Operation) -> int:
                store.add_members(op, row.group.id or 0, [customer])
                return row.group.id or 0

            said = _("{name} belongs to “{group}”").format(name=form.customer.name(), group=row.group.name)
            return said, work

        self.open_form(row.group.name, form, save)

    def remove_member(self, row: GroupRow, one: Member) -> None:
        """Takes somebody out of a group."""
        said = _("{name} is out of “{group}”").format(name=one.name, group=row.group.name)
        self.run(said, partial(store.remove_member, group_id=row.group.id or 0, customer_id=one.customer_id), said)

    # Events

    def new_event(self) -> None:
        """The form for another event; of the selected group."""
        row = self.chosen()
        self.edit_event(self._fresh(row.group.id if isinstance(row, GroupRow) else None))

    def edit_event(self, kept: Gathering) -> None:
        """The form for an event, new or known."""
        groups = [(row.group.id or 0, row.group.name) for row in self.rows if isinstance(row, GroupRow)]
        form = GatheringForm(self.theme, kept, groups)

        def save() -> tuple[str, Callable[[Operation], Any]] | None:
            record = form.record()
            missing = {} if record.name else {"name": _("An event needs a name.")}
            form.show_problems(missing)
            if missing:
                return None
            return _("“{name}” is kept").format(name=record.name), partial(store.save_gathering, kept=record)

        self.open_form(_("Event"), form, save)

    def delete(self) -> None:
        """Deletes what is selected; can be taken back."""
        row = self.chosen()
        if row is None or not self.writable:
            return
        said = _("“{name}” is deleted").format(name=row_name(row))
        if isinstance(row, GroupRow):
            self.run(said, partial(store.delete_group, group_id=row.group.id or 0), said)
        else:
            self.run(said, partial(store.delete_gathering, gathering_id=row.gathering.id or 0), said)

    def _fresh(self, group_id: int | None) -> Gathering:
        return Gathering("", self.session.today(), group_id)

    def _when(self, row: Any) -> str:
        found = row.meets if isinstance(row, GroupRow) else row.gathering.date
        return "" if found is None else day_short(found, self.session.today())

    def _who(self, row: Any) -> str:
        if isinstance(row, GroupRow):
            members = ngettext("{count} member", "{count} members", row.members)
            return members.format(count=whole(row.members))
        return attendance_words(row, row.gathering.date <= self.session.today())


def attendance_words(row: GatheringRow, over: bool) -> str:
    """How many came of those invited; before the day, how many are coming."""
    if not row.invited:
        return _("nobody invited yet")
    words = _("{count} of {invited} came") if over else _("{count} of {invited} coming")
    return words.format(count=whole(row.came if over else row.coming), invited=whole(row.invited))


def row_name(row: Any) -> str:
    """The name of a group or an event."""
    return str(row.group.name if isinstance(row, GroupRow) else row.gathering.name)


def _sort(row: Any) -> str:
    return _("Group") if isinstance(row, GroupRow) else _("Event")


__all__ = ["Groups", "attendance_words", "row_name"]
