"""A group of figures as a card: a line a figure, each opening what stands behind it."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from cvdesk.kit.theme import LARGE, MEDIUM, SMALL, TIGHT, Theme
from cvdesk.kit.widgets import NOTE, TEXT, Card, Elided, Hairline, RowButton, button, clear, column, label, line
from cvdesk.trends.records_figures import FigureGroup, FigureLine, Link, Opens
from cvdesk.wording import _
from cvdesk.wording.numbers import whole

FIRST_LINKS = 5
_WIDTHS = (96, 138, 158)  # of the figure, its range, what it rests on


class FigureRow(RowButton):
    """Name and meaning at the left, figure, range and what it rests on at the right."""

    def __init__(self, theme: Theme, shown: FigureLine, open_it: Callable[[Opens], None]) -> None:
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(MEDIUM)
        self._grid.setVerticalSpacing(0)
        self._grid.setColumnStretch(0, 1)
        self._name = Elided(theme, "", TEXT)
        self._grid.addWidget(self._name, 0, 0)
        self._parts = (label(theme, strong=True), label(theme, tone="quiet"), label(theme, "", NOTE, tone="quiet"))
        for place, (made, width) in enumerate(zip(self._parts, _WIDTHS, strict=True), start=1):
            made.setMinimumWidth(theme.px(width))
            made.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
            self._grid.addWidget(made, 0, place)
        self._sentence = Elided(theme, "", NOTE, "quiet")
        super().__init__(shown.spoken, lambda: open_it(self.shown.opens), self._grid)
        self._grid.setContentsMargins(SMALL, TIGHT, SMALL, TIGHT)
        self._narrow = False
        self.show_line(shown)

    def show_line(self, shown: FigureLine) -> None:
        """Another line, or other words of the same."""
        self.shown = shown
        self.setAccessibleName(shown.spoken)
        self._name.set_whole(shown.name)
        for made, text in zip(self._parts, (shown.figure, shown.likely, shown.rests_on), strict=True):
            made.setText(text)
        self._sentence.set_whole(shown.sentence)
        self.set_narrow(self._narrow)
        self._sentence.setVisible(bool(shown.sentence))  # after it has got its place: alone it would be a window

    def set_narrow(self, narrow: bool) -> None:
        """In a small window the meaning takes the whole width under the figure."""
        self._narrow = narrow
        self._grid.removeWidget(self._sentence)
        self._grid.addWidget(self._sentence, 1, 0, 1, 4 if narrow or not self.shown.figure else 1)


class FigureCard(Card):
    """A title and its lines; long lists of records under a line show their beginning first."""

    def __init__(self, theme: Theme, group: FigureGroup, open_it: Callable[[Opens], None]) -> None:
        super().__init__(theme, group.title)
        self._theme, self._open = theme, open_it
        self.lines: list[FigureRow] = []
        self._links: list[QVBoxLayout] = []
        self._linked: list[tuple[Link, ...]] = []
        box = self.box
        box.setSpacing(TIGHT)
        # Words stand under each other though the frame of the line with the keyboard needs room around its own.
        box.setContentsMargins(LARGE - SMALL, MEDIUM, LARGE - SMALL, MEDIUM)
        self.title.setContentsMargins(SMALL, 0, 0, TIGHT)
        for place, shown in enumerate(group.lines):
            if place:
                box.addWidget(Hairline())
            self.lines.append(FigureRow(theme, shown, open_it))
            box.addWidget(self.lines[-1])
            self._links.append(column(None, 0, (LARGE, 0, 0, 0)))
            self._linked.append(())
            box.addLayout(self._links[-1])
        self.show_group(group)

    def fits(self, group: FigureGroup) -> bool:
        """Whether the group has the lines of this card, so that only their words need be changed."""
        return [row.shown.key for row in self.lines] == [shown.key for shown in group.lines]

    def show_group(self, group: FigureGroup) -> None:
        """The words of a group with these lines."""
        for place, (row, shown) in enumerate(zip(self.lines, group.lines, strict=True)):
            if shown != row.shown:
                row.show_line(shown)
            if shown.links != self._linked[place]:
                self._linked[place] = shown.links
                clear(self._links[place])
                self._show_links(self._links[place], shown.links)

    def set_narrow(self, narrow: bool) -> None:
        """Gives way to a small window."""
        for row in self.lines:
            row.set_narrow(narrow)

    def _show_links(self, box: QVBoxLayout, links: tuple[Link, ...]) -> None:
        if links:
            self._add_links(box, links[:FIRST_LINKS])
        rest = links[FIRST_LINKS:]
        if rest:
            text = _("Show all {count}").format(count=whole(len(links)))
            more = button(self._theme, text, None, "plain")
            more.clicked.connect(lambda: self._show_rest(box, more, rest))
            box.addWidget(more, 0, Qt.AlignmentFlag.AlignLeft)

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
