"""The left side of the Reports page: the monthly look, the gallery, what was printed before, the letterhead."""

from __future__ import annotations

from PySide6.QtCore import Signal

from cvdesk.kit.session import Session
from cvdesk.kit.tabs import Tabs
from cvdesk.kit.theme import SMALL
from cvdesk.kit.widgets import Card, button
from cvdesk.reports.kinds import KINDS
from cvdesk.reports.page_before import Before
from cvdesk.reports.page_gallery import Gallery, Line
from cvdesk.reports.page_letterhead import edit_letterhead
from cvdesk.reports.page_look import open_look
from cvdesk.reports.records_kinds import Group
from cvdesk.wording import _

_WIDTH = 250


def groups() -> dict[Group, str]:
    """The headings of the gallery, in their order."""
    return {
        "figures": _("How it stands"),
        "people": _("One customer, one case"),
        "counter": _("For counter and wall"),
        "money": _("For the books"),
    }


class Left(Card):
    """Two lists, one of them in view."""

    turned = Signal(str)  # "make" or "before": which list came into view

    def __init__(self, session: Session, key: str) -> None:
        """`key`: the kind of document that is chosen to begin with."""
        theme = session.theme
        super().__init__(theme)
        self.box.setContentsMargins(SMALL, SMALL, SMALL, SMALL)
        self.box.setSpacing(SMALL)
        self.look_button = button(theme, _("Monthly look…"), lambda: open_look(session, self.window()), icon="calendar")
        self.tabs = Tabs(theme, _("Reports"), [("make", _("Documents")), ("before", _("Printed before"))])
        self.gallery = Gallery(theme, _("Documents"), _("Find a document"))
        names = groups()
        self.gallery.show_lines(
            [
                Line(kind.key, kind.title(), kind.contents(), heading)
                for group, heading in names.items() for kind in KINDS if kind.group == group
            ],
            key,
        )  # fmt: skip
        self.before = Before(session)
        self.letterhead_button = button(
            theme, _("Letterhead…"), lambda: edit_letterhead(session, self.window()), "plain", "pencil"
        )
        self.box.addWidget(self.look_button)
        self.box.addWidget(self.tabs)
        self.box.addWidget(self.gallery, 1)
        self.box.addWidget(self.before, 1)
        self.before.hide()
        self.box.addWidget(self.letterhead_button)
        self.setFixedWidth(theme.px(_WIDTH))
        self.tabs.chosen.connect(self.turn_to)

    @property
    def key(self) -> str:
        """Which list is in view."""
        return self.tabs.key

    def turn_to(self, key: str) -> None:
        """Brings a list into view."""
        self.tabs.choose(key)
        self.gallery.setVisible(key == "make")
        self.before.setVisible(key == "before")
        self.turned.emit(key)

    def focus_first(self) -> None:
        """The keyboard goes to what is chosen in the list in view."""
        (self.gallery if self.key == "make" else self.before.list).focus_first()
