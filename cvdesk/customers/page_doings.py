"""What can be done with the customers selected in the list, without a form."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from PySide6.QtCore import QObject, QPoint
from PySide6.QtWidgets import QMenu

from cvdesk.customers import store, store_many
from cvdesk.customers.page_list import CustomerBoard
from cvdesk.customers.records_pair import stayed_in_words
from cvdesk.customers.store_merge import Merged, TakenApart, take_apart
from cvdesk.db import Operation
from cvdesk.kit import crash
from cvdesk.kit.session import Session
from cvdesk.wording import _, ngettext
from cvdesk.wording.numbers import whole


class CustomerDoings(QObject):
    """Works on the selection of the board."""

    def __init__(self, session: Session, board: CustomerBoard) -> None:
        super().__init__(board)
        self._session, self._board = session, board

    def delete(self) -> tuple[bool, int | None]:
        """Deletes those selected; can be taken back, so nothing is asked. (whether, who is selected next)."""
        ids, table = self._board.chosen_ids(), self._board.table
        after = None
        if self._session.file.read_only or not ids:
            return False, None
        work: Callable[[Operation], Any]
        if len(ids) > 1:
            name = ngettext("{count} customer", "{count} customers", len(ids)).format(count=whole(len(ids)))
            work = partial(store_many.delete_many, customers=ids)
        else:
            place = self._board.place_of(ids[0]) or 0
            row = table.rows.row(place)
            name = "" if row is None else row.name
            work = partial(store.delete, customer_id=ids[0])
            after = table.rows.id_at(place + 1)
            after = after if after is not None else table.rows.id_at(place - 1)
        self._session.run(
            _("Delete {name}").format(name=name),
            work,
            failed=_not_deleted,
            say=_("{name} deleted; what was said stays, without the name").format(name=name),
        )
        table.setFocus()
        return True, after

    def apart(self, merged: Merged) -> None:
        """Takes two apart that were merged."""
        self._session.run(
            _("Take {name} apart").format(name=merged.name),
            partial(take_apart, operation=merged.operation),
            done=partial(self._taken_apart, merged.name),
        )

    def _taken_apart(self, name: str, found: TakenApart) -> None:
        kept = self._session.file.value("SELECT name FROM customers WHERE id = ?", (found.kept,)) or ""
        said = _("{kept} and {name} are two again.").format(kept=kept, name=name)
        self._session.say(" ".join(part for part in (said, stayed_in_words(found.stayed, kept)) if part))

    def menu(self, place: QPoint, edit: Callable[[], None], delete: Callable[[], None]) -> QMenu:
        """What can be done with the selected one, or with all of them."""
        table, writable = self._board.table, not self._session.file.read_only
        menu = QMenu(table)
        if len(self._board.chosen_ids()) == 1 and writable:
            menu.addAction(_("Edit")).triggered.connect(lambda _checked=False: edit())
        menu.addAction(_("Export…")).triggered.connect(lambda _checked=False: self.export())
        if writable:
            menu.addAction(_("Delete")).triggered.connect(lambda _checked=False: delete())
        menu.popup(table.viewport().mapToGlobal(place))
        return menu

    def export(self) -> None:
        """Asks the window for an export of those selected, or of all the list shows."""
        chosen = self._board.chosen_ids()
        ids = chosen if len(chosen) > 1 else self._board.ids()
        self._session.open("command", ("export-list", {"table": "customers", "title": _("Customers"), "ids": ids}))


def _not_deleted(error: Exception) -> None:
    """Who is gone already needs no deleting: the key was pressed twice."""
    if not isinstance(error, LookupError):
        crash.report(error)


__all__ = ["CustomerDoings"]
