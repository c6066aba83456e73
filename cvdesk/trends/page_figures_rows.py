"""A group of figures as a card: a line a figure, each opening what stands behind it."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from cvdesk.kit.theme import LARGE, MEDIUM, SMALL, TIGHT, Theme
from cvdesk.kit.widgets import NOTE, TEXT, Card, Elided, Hairline, RowButton, button, column, label, line
from cvdesk.trends.records_figures import FigureGroup, FigureLine, Link, Opens
from cvdesk.wording import _
from cvdesk.wording.numbers import whole

FIRST_LINKS = 5
_WIDTHS = (96, 138, 158)  # of the figure, its range, what it rests on


class FigureRow(RowButton):
    """Name and meaning at the left, figure, range and what it rests on at the right."""

    def __init__(self, theme: Theme, shown: FigureLine, open_it: Callable[[Opens], None]) -> None:
        self.shown = shown
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(MEDIUM)
        self._grid.setVerticalSpacing(0)
        self._grid.setColumnStretch(0, 1)
        self._grid.addWidget(Elided(theme, shown.name, TEXT), 0, 0)
        parts = (
            (shown.figure, TEXT, True, ""),
            (shown.likely, TEXT, False, "quiet"),
            (shown.rests_on, NOTE, False, "quiet"),
        )
        for place, ((text, size, strong, tone), width) in enumerate(zip(parts, _WIDTHS, strict=True), start=1):
            made = label(theme, text, size, strong, tone)
            made.setMinimumWidth(theme.px(width))
            made.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
            self._grid.addWidget(made, 0, place)
        self._sentence = Elided(theme, shown.sentence, NOTE, "quiet")
        if not shown.sentence:
            self._sentence.hide()
        super().__init__(shown.spoken, partial(open_it, shown.opens), self._grid)
        self._grid.setContentsMargins(SMALL, TIGHT, SMALL, TIGHT)
        self.set_narrow(False)

    def set_narrow(self, narrow: bool) -> None:
        """In a small window the meaning takes the whole width under the figure."""
        self._grid.removeWidget(self._sentence)
        self._grid.addWidget(self._sentence, 1, 0, 1, 4 if narrow or not self.shown.figure else 1)


class FigureCard(Card):
    """A title and its lines; long lists of records under a line show their beginning first."""

    def __init__(self, theme: Theme, group: FigureGroup, open_it: Callable[[Opens], None]) -> None:
        super().__init__(theme, group.title)
        self._theme, self._open = theme, open_it
        self.lines: list[FigureRow] = []
        box = self.box
        box.setSpacing(TIGHT)
        # Words stand under each other though the frame of the line with the keyboard needs room around its own.
        box.setContentsMargins(LARGE - SMALL, MEDIUM, LARGE - SMALL, MEDIUM)
        self.title.setContentsMargins(SMALL, 0, 0, TIGHT)
        for place, shown in enumerate(group.lines):
            if place:
                box.addWidget(Hairline())
            row = FigureRow(theme, shown, open_it)
            self.lines.append(row)
            box.addWidget(row)
            if shown.links:
                box.addWidget(self._links(shown.links))

    def set_narrow(self, narrow: bool) -> None:
        """Gives way to a small window."""
        for row in self.lines:
            row.set_narrow(narrow)

    def _links(self, links: tuple[Link, ...]) -> QWidget:
        holder = QWidget()
        box = column(holder, 0, (LARGE, 0, 0, TIGHT))
        self._add_links(box, links[:FIRST_LINKS])
        rest = links[FIRST_LINKS:]
        if rest:
            text = _("Show all {count}").format(count=whole(len(links)))
            more = button(self._theme, text, None, "plain")
            more.clicked.connect(lambda: self._show_rest(box, more, rest))
            box.addWidget(more, 0, Qt.AlignmentFlag.AlignLeft)
        return holder

    def _show_rest(self, box: QVBoxLayout, more: QWidget, rest: tuple[Link, ...]) -> None:
        first = self._add_links(box, rest)
        first.show()  # at once: what is not seen yet cannot take the keyboard
        first.setFocus(Qt.FocusReason.TabFocusReason)
        more.hide()

    def _add_links(self, box: QVBoxLayout, links: tuple[Link, ...]) -> QWidget:
        made = []
        for link in links:
            content = line(MEDIUM)
            name = Elided(self._theme, link.name, TEXT)
            name.setAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignAbsolute)
            content.addWidget(name, 2)
            content.addWidget(Elided(self._theme, link.about, NOTE, "quiet"), 3)
            made.append(RowButton(f"{link.name}, {link.about}", partial(self._open, link.opens), content))
            box.addWidget(made[-1])
        return made[0]
