"""Several customers selected at once: what can be done with all of them in one step."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

from PySide6.QtWidgets import QComboBox, QWidget

from cvdesk.catalogue import store as catalogue
from cvdesk.catalogue.records import as_name
from cvdesk.customers import store_many
from cvdesk.customers.store_permission import set_many
from cvdesk.db import Operation
from cvdesk.kit.form import choice_field
from cvdesk.kit.session import Session
from cvdesk.kit.side import SideContent
from cvdesk.kit.widgets import CARD_TITLE, NOTE, SMALL, TEXT, Flow, button, label, line
from cvdesk.wording import _, ngettext
from cvdesk.wording.numbers import whole


class ManyCard(SideContent):
    """What the panel shows while several customers are selected."""

    def __init__(
        self, session: Session, ids: Sequence[int], delete: Callable[[], None], compare: Callable[[], None]
    ) -> None:
        self._counted = ngettext("{count} customer", "{count} customers", len(ids)).format(count=whole(len(ids)))
        super().__init__(session.theme, _("{customers} selected").format(customers=self._counted))
        self._session, self._ids = session, list(ids)
        self._theme = session.theme
        self.add(label(self._theme, self.accessibleName(), CARD_TITLE, strong=True, wrap=True))
        if session.file.read_only:
            self.box.addStretch(1)
            return
        note = _("What you do here is done to all of them, in one step that can be taken back.")
        self.add(label(self._theme, note, NOTE, tone="quiet", wrap=True))
        self._tags()
        self._groups()
        self._permission()
        self.add_heading(_("All of them"))
        self._buttons(delete, compare)
        self.box.addStretch(1)

    def _tags(self) -> None:
        self.tag = _names(_("Tag"), [tag.name for tag in catalogue.named(self._session.file, "tags")])
        add = button(self._theme, _("Add"), self._add_tag, name=_("Add this tag to all selected"))
        remove = button(self._theme, _("Take away"), self._remove_tag, name=_("Take this tag away from all selected"))
        self._field(_("Tag"), self.tag, add, remove)

    def _groups(self) -> None:
        groups = [one.name for one in catalogue.named(self._session.file, "segments")]
        self.group = _names(_("Group"), groups)
        put = button(self._theme, _("Put into group"), self._set_group, name=_("Put all selected into this group"))
        self._field(_("Group (empty for none)"), self.group, put)

    def _permission(self) -> None:
        self.may_write = choice_field([("yes", _("Yes")), ("no", _("No")), ("", _("Nobody asked"))])
        self.may_write.setAccessibleName(_("May we write?"))
        note = button(self._theme, _("Note it"), self._set_permission, name=_("Note this for all selected"))
        self._field(_("May we write?"), self.may_write, note)

    def _field(self, name: str, field: QComboBox, *buttons: QWidget) -> None:
        heading = label(self._theme, name, TEXT, tone="quiet")
        heading.setBuddy(field)
        self.add(heading)
        self.add(field)
        row = line(SMALL)
        for made in buttons:
            row.addWidget(made)
        row.addStretch(1)
        self.add(row)

    def _buttons(self, delete: Callable[[], None], compare: Callable[[], None]) -> None:
        theme = self._theme
        place, row = QWidget(), Flow(SMALL)
        place.setLayout(row)
        if len(self._ids) == 2:
            row.addWidget(button(theme, _("Compare and merge…"), compare))
        row.addWidget(button(theme, _("No customers any more"), partial(self._set_active, False)))
        row.addWidget(button(theme, _("Customers again"), partial(self._set_active, True)))
        row.addWidget(button(theme, _("Export…"), self._export))
        row.addWidget(button(theme, _("Delete"), delete, name=_("Delete all selected")))
        self.add(place)

    def _run(self, label_: str, said: str, work: Callable[[Operation], Any]) -> None:
        self._session.run(label_, work, say=said)

    def _add_tag(self) -> None:
        name = _typed(self.tag)
        if not name:
            self.tag.setFocus()
            return
        said = _("“{tag}” added to {customers}").format(tag=name, customers=self._counted)
        self._run(said, said, partial(store_many.add_tag, customers=self._ids, name=name))

    def _remove_tag(self) -> None:
        name = _typed(self.tag)
        tag = next((one for one in catalogue.named(self._session.file, "tags") if one.name == name), None)
        if tag is None:
            self._session.say(_("There is no such tag."))
            self.tag.setFocus()
            return
        said = _("“{tag}” taken away from {customers}").format(tag=name, customers=self._counted)
        self._run(said, said, partial(store_many.remove_tag, customers=self._ids, tag=tag.id))

    def _set_group(self) -> None:
        name = _typed(self.group)
        if name:
            said = _("{customers} put into “{group}”").format(customers=self._counted, group=name)
        else:
            said = _("{customers} taken out of their groups").format(customers=self._counted)
        self._run(said, said, partial(store_many.set_segment, customers=self._ids, name=name))

    def _set_permission(self) -> None:
        answer = self.may_write.currentData()
        text = {
            "yes": _("{customers} may be written to"),
            "no": _("{customers} do not want to be written to"),
            "": _("Whether you may write to {customers} is open again"),
        }[answer]
        said = text.format(customers=self._counted)
        work = partial(set_many, customers=self._ids, may_write=answer, day=self._session.today())
        self._run(said, said, work)

    def _set_active(self, active: bool) -> None:
        text = _("{customers}: customers again") if active else _("{customers}: no customers any more")
        said = text.format(customers=self._counted)
        self._run(said, said, partial(store_many.set_active, customers=self._ids, active=active))

    def _export(self) -> None:
        about = {"table": "customers", "title": _("Customers"), "ids": self._ids}
        self._session.open("command", ("export-list", about))


def _names(name: str, offered: Sequence[str]) -> QComboBox:
    field = QComboBox()
    field.setEditable(True)
    field.addItems(["", *offered])
    field.setAccessibleName(name)
    field.setMinimumWidth(1)
    return field


def _typed(field: QComboBox) -> str:
    return as_name(field.currentText())


__all__ = ["ManyCard"]
