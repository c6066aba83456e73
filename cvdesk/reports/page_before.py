"""What was printed before: a list of the documents kept in the file, the newest first."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from cvdesk.kit.jobs import Job
from cvdesk.kit.session import Session
from cvdesk.kit.theme import SMALL
from cvdesk.kit.widgets import NOTE, button, column, label
from cvdesk.reports import store_printed
from cvdesk.reports.page_gallery import Gallery, Line
from cvdesk.reports.records_printed import Printed
from cvdesk.wording import _, ngettext
from cvdesk.wording.numbers import day, number, span, whole

_BLOCK = 100  # lines shown before "Show more"
_MEGA = 1_000_000


class Before(QWidget):
    """The list, and how much room the kept documents take."""

    chosen = Signal(object)  # a Printed

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self._limit = _BLOCK
        self._job: Job | None = None
        self._known: dict[str, Printed] = {}
        self._shown: Callable[[], None] | None = None
        box = column(self, SMALL)
        self.list = Gallery(session.theme, _("Printed before"), _("Find a printed document"))
        self.list.chosen.connect(lambda key: self.chosen.emit(self._known[key]))
        self.room = label(session.theme, "", NOTE, tone="faint", wrap=True)
        self.room.setContentsMargins(SMALL + 2, 0, SMALL, 0)
        self.more = button(session.theme, _("Show more"), self._show_more, "plain")
        self.more.hide()
        box.addWidget(self.list, 1)
        box.addWidget(self.more)
        box.addWidget(self.room)

    @property
    def current(self) -> Printed | None:
        """The document that is chosen."""
        return self._known.get(self.list.key)

    @property
    def count(self) -> int:
        """How many are listed."""
        return len(self._known)

    def show_printed(self, found: list[Printed], totals: tuple[int, int]) -> None:
        """Shows what is kept; the chosen one stays chosen while it is there."""
        self._known = {str(one.id): one for one in found}
        key = self.list.key if self.list.key in self._known else next(iter(self._known), "")
        self.list.show_lines([Line(str(one.id), one.title, described(one)) for one in found], key)
        count, size = totals
        self.more.setVisible(count > len(found))
        words = ngettext("{count} document kept, {size} MB", "{count} documents kept, {size} MB", count)
        megas = number(size / _MEGA, 1)
        self.room.setText(words.format(count=whole(count), size=megas) if count else "")

    def refresh(self, shown: Callable[[], None]) -> None:
        """Asks again; `shown` is called when the list is there."""
        if self._job is not None:
            self._job.cancel()
        limit = self._limit
        self._shown = shown

        def show(found: tuple[list[Printed], tuple[int, int]]) -> None:
            self.show_printed(*found)
            shown()

        self._job = self._session.ask(
            lambda file: (store_printed.printed_before(file, limit), store_printed.totals(file)), show
        )

    def _show_more(self) -> None:
        self._limit += _BLOCK
        if self._shown is not None:
            self.refresh(self._shown)


def described(one: Printed) -> str:
    """Day, what it was about, period, pages, and whether customers are named."""
    parts = [day(one.made_on), one.about]
    if one.start is not None and one.end is not None:
        parts.append(span(one.start, one.end))
    parts.append(ngettext("{count} page", "{count} pages", one.pages).format(count=whole(one.pages)))
    if not one.names:
        parts.append(_("no customers named"))
    return " · ".join(part for part in parts if part)
