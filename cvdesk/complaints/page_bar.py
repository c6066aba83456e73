"""What limits the list and the board: the bar above them, and a chip for each limit."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QMenu, QPushButton, QWidget

from cvdesk.catalogue import store as catalogue
from cvdesk.catalogue.records import SEVERITIES, Filter
from cvdesk.complaints.records import STAGES, severity_name, stage_name
from cvdesk.complaints.store_case import staff
from cvdesk.complaints.store_list import NOBODY, ComplaintQuery
from cvdesk.complaints.store_views import forget_view, views
from cvdesk.kit.form import text_field
from cvdesk.kit.menus import menu_button, offer
from cvdesk.kit.session import Session
from cvdesk.kit.widgets import SMALL, TIGHT, Choice, Flow, button, column, line
from cvdesk.wording import _
from cvdesk.wording.numbers import span

EVERYTHING = ComplaintQuery()
Option = tuple[object, str]


class FilterBar(QWidget):
    """Says `limited` with the new query; `name_wanted` when the person wants to keep a view."""

    limited = Signal(object)
    name_wanted = Signal()

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session, self._theme = session, session.theme
        self.query = EVERYTHING
        self._build()
        self.search.textChanged.connect(lambda text: self.use(replace(self.query, search=text)))
        self.state.chosen.connect(lambda state: self.use(replace(self.query, state=str(state))))

    def use(self, query: ComplaintQuery) -> None:
        """Takes another query and shows it."""
        if query == self.query:
            return
        self.query = query
        self.state.offer(_states(), query.state)
        if self.search.text() != query.search:
            self.search.setText(query.search)
        self._show_chips()
        self.limited.emit(query)

    def _build(self) -> None:
        theme = self._theme
        box = column(self, SMALL)
        row = line(SMALL)
        self.state = Choice(theme, _("Which complaints"), _states(), "all")
        self.filters = menu_button(theme, _("Filter"), _("Limit the list"), self._fill_filters)
        self.views = menu_button(theme, _("Views"), _("Views kept"), self._fill_views)
        self.search = text_field("", _("Words, name or number"))
        self.search.setAccessibleName(_("Find complaints"))
        self.search.setClearButtonEnabled(True)
        self.search.setMinimumWidth(theme.px(110))
        self.search.setMaximumWidth(theme.px(260))
        for item in (self.state, self.filters, self.views):
            row.addWidget(item)
        row.addWidget(self.search, 1)
        self.end = line(SMALL)
        row.addStretch(0)
        row.addLayout(self.end)
        box.addLayout(row)
        self.chips = QWidget()
        self._chip_line = Flow(TIGHT)
        self.chips.setLayout(self._chip_line)
        self.chips.hide()
        box.addWidget(self.chips)

    # Limits

    def limits(self) -> list[tuple[str, str, Sequence[Option]]]:
        """What can be limited: field of the query, its name, and the values on offer."""
        file, who = self._session.file, self._session.staff
        people: list[Option] = [(NOBODY, _("Nobody yet")), *staff(file)]
        if who is not None:
            mine = _("Mine ({name})").format(name=who[1])
            people = [(who[0], mine), *(one for one in people if one[0] != who[0])]
        return [
            ("severity", _("Severity"), [(name, severity_name(name)) for name in reversed(SEVERITIES)]),
            ("stage", _("Step"), [(name, stage_name(name)) for name in STAGES]),
            ("handler", _("Seen to by"), people),
            ("theme", _("Theme"), [(one.id, one.name) for one in catalogue.named(file, "themes")]),
            ("offering", _("Product"), [(one.id, one.name) for one in catalogue.named(file, "offerings")]),
            ("since", _("Received"), _sinces()),
        ]

    def _fill_filters(self, menu: QMenu) -> None:
        for field, name, options in self.limits():
            part = menu.addMenu(name)
            part.setEnabled(bool(options))
            for value, text in ((None, _("Any")), *options):
                offer(part, text, self._setting(field, value), getattr(self.query, field) == value)
        menu.addSeparator()
        part = menu.addMenu(_("Sort by"))
        for value, text in sorts():
            offer(part, text, self._setting("sort", value), self.query.sort == value)
        part.addSeparator()
        turned = replace(self.query, upside_down=not self.query.upside_down)
        offer(part, _("The other way round"), lambda: self.use(turned), self.query.upside_down)

    def _setting(self, field: str, value: object) -> Callable[[], None]:
        changed = {field: value, "upside_down": False} if field == "sort" else {field: value}
        return lambda: self.use(replace(self.query, **changed))  # type: ignore[arg-type]

    def _fill_views(self, menu: QMenu) -> None:
        kept = views(self._session.file)
        offer(menu, _("Everything"), lambda: self.use(EVERYTHING))
        who = self._session.staff
        if who is not None:
            mine = replace(EVERYTHING, state="open", handler=who[0])
            offer(menu, _("Mine, open"), lambda: self.use(mine))
        if kept:
            menu.addSeparator()
        for view in kept:
            offer(menu, view.name, partial(self.use, view.query), view.query == self.query)
        if self._session.file.read_only:
            return
        menu.addSeparator()
        keep = offer(menu, _("Keep this view…"), self.name_wanted.emit)
        keep.setEnabled(replace(self.query, chosen=None) != EVERYTHING)
        if kept:
            part = menu.addMenu(_("Remove a view"))
            for view in kept:
                offer(part, view.name, partial(self._forget, view.name))

    def _forget(self, name: str) -> None:
        said = _("View “{name}” removed").format(name=name)
        self._session.run(said, lambda op: forget_view(op, name), say=said)

    # Chips

    def _show_chips(self) -> None:
        self._chip_line.clear()
        self.behind: QPushButton | None = None
        if self.query.chosen is not None:
            self.behind = self._figure_chip(self.query.chosen)
        for field, name, options in self.limits():
            value = getattr(self.query, field)
            if value is not None:
                text = next((text for option, text in options if option == value), _("No longer there"))
                self._chip(_("{name}: {value}").format(name=name, value=text), field)
        if self.query.sort != "due" or self.query.upside_down:
            named = dict(sorts())[self.query.sort]
            text = _("{order}, the other way round").format(order=named) if self.query.upside_down else named
            made = self._chip(text, "")
            made.setAccessibleDescription(_("Press to sort by what is due soonest"))
        self.chips.setVisible(self._chip_line.count() > 0)

    def _chip(self, text: str, field: str) -> QPushButton:
        cleared: dict[str, object] = {field: None} if field else {"sort": "due", "upside_down": False}
        made = button(self._theme, text, lambda: self._clear(cleared), "chip", "x")
        made.setProperty("tone", "accent")
        made.setAccessibleName(_("{what}. Press to take this away").format(what=text))
        self._chip_line.addWidget(made)
        return made

    def _clear(self, cleared: dict[str, object]) -> None:
        self.use(replace(self.query, **cleared))  # type: ignore[arg-type]
        self.search.setFocus()

    def _figure_chip(self, chosen: Filter) -> QPushButton:
        """Says behind which figure these complaints stand; pressing it shows all again."""
        parts = [span(chosen.period.start, chosen.period.end)]
        for table in ("offerings", "segments", "channels", "themes", "tags"):
            wanted = getattr(chosen, table[:-1])
            parts += [one.name for one in catalogue.named(self._session.file, table) if one.id == wanted]
        made = self._chip(_("Behind a figure: {what}").format(what=", ".join(parts)), "chosen")
        made.setToolTip(_("Show all complaints"))
        return made


def sorts() -> list[tuple[str, str]]:
    """The orders the list can have."""
    return [
        ("due", _("What is due soonest")), ("date", _("Newest first")), ("number", _("Highest number first")),
        ("customer", _("Customer")), ("severity", _("Most serious first")), ("stage", _("Step")),
        ("cost", _("Highest cost first")),
    ]  # fmt: skip


def _states() -> list[Option]:
    return [
        ("all", _("All")), ("open", _("Open")), ("overdue", _("Overdue")), ("settled", _("Resolved")),
    ]  # fmt: skip


def _sinces() -> list[Option]:
    return [
        ("30", _("Last 30 days")), ("90", _("Last 90 days")), ("365", _("Last 365 days")),
        ("year", _("This year")),
    ]  # fmt: skip


__all__ = ["EVERYTHING", "FilterBar", "sorts"]
