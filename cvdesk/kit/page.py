"""A page of the window: title line with its main button, content below; asks again only when it is seen."""

from __future__ import annotations

from PySide6.QtGui import QResizeEvent, QShowEvent
from PySide6.QtWidgets import QPushButton, QWidget

from cvdesk.kit.session import Session
from cvdesk.kit.theme import MEDIUM, SMALL, WIDE
from cvdesk.kit.widgets import TEXT, TITLE, Elided, button, column, line, tooltip
from cvdesk.wording import _

_ROOMY = 960


class Page(QWidget):
    """Subclasses set `key`, `icon`, `watches`, and write `title()`, `_build`, `_connect`, `refresh`.

    `watches` names the tables whose changes make the page stale; `figures` says that the filter does so, too.
    """

    key = ""
    icon = ""
    watches: frozenset[str] = frozenset()
    figures = False

    def __init__(self, session: Session) -> None:
        super().__init__()
        self.session = session
        self.theme = session.theme
        self.setObjectName("page")
        self.setAccessibleName(self.title())
        self._stale = False
        self.box = column(self, MEDIUM, (WIDE - 2, WIDE - 4, WIDE - 2, WIDE - 4))
        self._head()
        self._build()
        self._connect()
        session.changed.connect(self._tables_changed)
        session.filter_changed.connect(self._filter_changed)
        self.refresh()

    @classmethod
    def title(cls) -> str:
        """The page's name, as in the navigation."""
        raise LookupError(cls.__name__)

    def show_record(self, record: object) -> None:
        """Brings one record (its id), or what a figure stands for (a Filter), into view. Pages that can override it."""

    def focus_first(self) -> None:
        """Where the keyboard goes when the page is opened."""
        self.setFocus()

    def refresh(self) -> None:
        """Asks for everything again and shows it."""
        raise LookupError(type(self).__name__)

    def _build(self) -> None:
        raise LookupError(type(self).__name__)

    def _connect(self) -> None:
        """Connects signals of the page's own widgets; most pages do so where they build them."""

    def add_action(self, action: QPushButton) -> None:
        """Puts a button at the right of the title line; the main one last."""
        self._actions.addWidget(action)

    def set_title(self, title: str, subtitle: str = "") -> None:
        """What stands at the top of the page."""
        self.heading.set_whole(title)
        self.subtitle.set_whole(subtitle)
        self.subtitle.setVisible(bool(subtitle))

    def _head(self) -> None:
        head = line(MEDIUM)
        words = column(None, 0)
        self.heading = Elided(self.theme, self.title(), TITLE, strong=True)
        self.subtitle = Elided(self.theme, "", TEXT, "quiet")
        self.subtitle.hide()
        words.addWidget(self.heading)
        words.addWidget(self.subtitle)
        head.addLayout(words, 1)
        self._actions = line(SMALL)
        self.search_all = button(
            self.theme, _("Search everything"), self._search, "quiet", "search", name=_("Search everything, Ctrl+K")
        )
        self.search_all.setToolTip(tooltip(_("Search everything (Ctrl+K)")))
        self._actions.addWidget(self.search_all)
        head.addLayout(self._actions)
        self.box.addLayout(head)

    def _search(self) -> None:
        self.session.open("command", "search")

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        # In a narrow window the sign is enough.
        shown = f"\u2002{_('Search everything')}\u2002 Ctrl+K" if self.width() > self.theme.px(_ROOMY) else ""
        if shown != self.search_all.text():
            self.search_all.setText(shown)

    def _tables_changed(self, tables: frozenset[str]) -> None:
        if "*" in tables or self.watches & tables:
            self._ask_again()

    def _filter_changed(self) -> None:
        if self.figures:
            self._ask_again()

    def _ask_again(self) -> None:
        if self.isVisible():
            self.refresh()
        else:
            self._stale = True

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._stale:
            self._stale = False
            self.refresh()
