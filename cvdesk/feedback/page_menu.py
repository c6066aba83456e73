"""What can be done with the piece of feedback under the pointer."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QMenu

from cvdesk.kit.menus import offer
from cvdesk.kit.session import Session
from cvdesk.kit.table import Table
from cvdesk.wording import _


def give_menu(
    session: Session, table: Table, edit: Callable[[int], object], delete: Callable[[], object]
) -> Callable[[QPoint], QMenu | None]:
    """Gives the list a context menu; the function that opens it comes back."""

    def opened(place: QPoint) -> QMenu | None:
        entry_id = table.rows.id_at(table.currentIndex().row())
        if entry_id is None:
            return None
        menu = QMenu(table)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        if not session.file.read_only:
            offer(menu, _("Edit"), partial(edit, entry_id))
            offer(menu, _("Make this an action"), partial(session.open, "actions", ("make", ("entries", entry_id))))
        offer(menu, _("History…"), partial(session.open, "history", ("entries", entry_id)))
        if not session.file.read_only:
            menu.addSeparator()
            offer(menu, _("Delete"), delete)
        menu.popup(table.viewport().mapToGlobal(place))
        return menu

    table.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
    table.customContextMenuRequested.connect(opened)
    return opened
