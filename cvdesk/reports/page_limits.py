"""Above the pages: what limits a new document and what it is about, or what is known of one from before."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from cvdesk.catalogue.page_filter import FilterBar
from cvdesk.kit.session import Session
from cvdesk.kit.theme import SMALL
from cvdesk.kit.widgets import TEXT, button, column, label, line
from cvdesk.reports.page_choices import Choices
from cvdesk.reports.records_choices import Chosen
from cvdesk.reports.records_kinds import Kind
from cvdesk.reports.records_printed import Printed
from cvdesk.wording import _
from cvdesk.wording.numbers import day_long

_FILTER = 34  # pixels


class Limits(QWidget):
    """One of two: the filter and the choices, or the day of a document from before."""

    def __init__(self, session: Session, forget: Callable[[], None]) -> None:
        super().__init__()
        self._session = session
        theme = session.theme
        self.filter_bar = FilterBar(session)
        self.unlimited = label(theme, _("Period and filter do not change this one."), TEXT, tone="quiet", wrap=True)
        self.unlimited.setMinimumHeight(theme.px(_FILTER))  # as tall as the filter: the list beside stays where it is
        self.choices = Choices(session)
        self.above = QWidget()  # the filter is as wide as the page
        above = column(self.above, 0)
        above.addWidget(self.filter_bar)
        above.addWidget(self.unlimited)
        self._new, self._old = QWidget(), QWidget()
        new = column(self._new, SMALL)
        new.addWidget(self.choices)
        old = line(SMALL)
        self._old.setLayout(old)
        self.as_it_was = label(theme, "", TEXT, tone="quiet", wrap=True)
        self.forget_button = button(theme, _("Forget this one"), forget, icon="trash-2")
        old.addWidget(self.as_it_was, 1)
        old.addWidget(self.forget_button, 0, Qt.AlignmentFlag.AlignTop)
        box = column(self, 0)
        box.addWidget(self._new)
        box.addWidget(self._old)
        self._old.hide()

    def show_kind(self, kind: Kind, chosen: Chosen) -> None:
        """Offers what a kind of document knows."""
        self.choices.show_kind(kind, chosen)
        self.filter_bar.setVisible(kind.periodic)
        self.unlimited.setVisible(not kind.periodic)

    def turn_to(self, key: str) -> None:
        """Shows what goes with the list in view ("make", "before")."""
        self._new.setVisible(key == "make")
        self.above.setVisible(key == "make")
        self._old.setVisible(key == "before")

    def show_before(self, printed: Printed | None) -> None:
        """What is known of a document from before; None where there is none."""
        words = _("As it was on {day}. Its figures stay as they were.")
        self.as_it_was.setText("" if printed is None else words.format(day=day_long(printed.made_on)))
        self.forget_button.setVisible(printed is not None and not self._session.file.read_only)
