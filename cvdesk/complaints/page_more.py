"""The top of the page: what is overdue in its title, and the button for what concerns all complaints."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QPushButton, QWidget

from cvdesk.complaints.page_targets import HandlingDialog, TargetsDialog
from cvdesk.kit.session import Session
from cvdesk.kit.widgets import button
from cvdesk.wording import _, ngettext
from cvdesk.wording.numbers import whole


def more_button(session: Session, parent: QWidget, now: Callable[[], str], export: Callable[[], None]) -> QPushButton:
    """Targets and opening hours, export, the register, how it is done."""
    made = button(session.theme, _("More"), name=_("More about complaints"))
    made.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    made.setIcon(session.theme.icon("chevron-down", "quiet", 14))
    menu = QMenu(made)

    def offer(text: str, do: Callable[[], object]) -> QAction:
        action = menu.addAction(text)
        action.triggered.connect(lambda _checked=False: do())
        return action

    targets = offer(_("Targets and opening hours…"), lambda: TargetsDialog(session, now(), parent).show())
    targets.setEnabled(not session.file.read_only)
    menu.addSeparator()
    offer(_("Export this list…"), export)
    offer(_("Print the register"), lambda: session.open("reports", "complaints"))
    menu.addSeparator()
    offer(_("How a complaint is handled"), lambda: HandlingDialog(session.theme, parent).show())
    made.setMenu(menu)
    return made


def heading(waiting: int, late: int, everything: int) -> tuple[str, str]:
    """What stands at the top of the page: what is overdue in its title, the counts below."""
    in_all = _("{count} in all").format(count=whole(everything))
    now = ngettext("{count} open", "{count} open", waiting).format(count=whole(waiting))
    if late:
        title = ngettext("Complaints, {count} overdue", "Complaints, {count} overdue", late)
        return title.format(count=whole(late)), f"{now} · {in_all}"
    if waiting:
        return _("Complaints"), " · ".join((_("Nothing is overdue"), now, in_all))
    return _("Complaints"), " · ".join((_("Nothing is open"), in_all))


__all__ = ["heading", "more_button"]
