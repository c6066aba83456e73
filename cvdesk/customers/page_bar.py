"""What limits the list of customers: the bar above it, and a chip for each limit."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QMenu, QPushButton, QWidget

from cvdesk.catalogue import store as catalogue
from cvdesk.customers.records_risk import band_name
from cvdesk.customers.store_list import CustomerQuery
from cvdesk.customers.store_views import View, forget_view, views
from cvdesk.kit.form import text_field
from cvdesk.kit.menus import menu_button, offer
from cvdesk.kit.session import Session
from cvdesk.kit.widgets import SMALL, TIGHT, Flow, button, column, line
from cvdesk.stats.at_risk import AT_RISK, WATCH
from cvdesk.wording import _, ngettext

EVERYONE = CustomerQuery()
Option = tuple[object, str]


class FilterBar(QWidget):
    """Says `limited` when the query changed; `name_wanted` with a view to rename, or None to keep a new one."""

    limited = Signal(object)
    name_wanted = Signal(object)

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session, self._theme = session, session.theme
        self.query = EVERYONE
        self._build()
        self.search.textChanged.connect(lambda text: self.use(replace(self.query, search=text)))

    def use(self, query: CustomerQuery) -> None:
        """Takes another query and shows it."""
        if query == self.query:
            return
        self.query = query
        if self.search.text() != query.search:
            self.search.setText(query.search)
        self._show_chips()
        self.limited.emit(query)

    def _build(self) -> None:
        theme = self._theme
        box = column(self, SMALL)
        row = line(SMALL)
        self.filters = menu_button(theme, _("Filter"), _("Limit the list"), self._fill_filters)
        self.views = menu_button(theme, _("Views"), _("Views kept"), self._fill_views)
        self.search = text_field("", _("Name, phone, town, tag"))
        self.search.setAccessibleName(_("Find customers"))
        self.search.setClearButtonEnabled(True)
        self.search.setMinimumWidth(theme.px(110))
        self.search.setMaximumWidth(theme.px(280))
        row.addWidget(self.filters)
        row.addWidget(self.views)
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
        file = self._session.file
        return [
            ("segment", _("Group"), [(one.id, one.name) for one in catalogue.named(file, "segments")]),
            ("tag", _("Tag"), [(one.id, one.name) for one in catalogue.named(file, "tags")]),
            ("risk", _("May stay away"), [(band, band_name(band)) for band in (AT_RISK, WATCH)]),
            ("quiet", _("Not heard of for"), [(months, _months(months)) for months in (1, 3, 6, 12, 24)]),
            ("new", _("Added"), [(0, _("This month")), (30, _("The last 30 days")), (365, _("The last 365 days"))]),
            ("open_complaint", _("Complaints"), [(True, _("With an open one"))]),
        ]

    def _fill_filters(self, menu: QMenu) -> None:
        for field, name, options in self.limits():
            part = menu.addMenu(name)
            part.setEnabled(bool(options))
            for value, text in ((None, _("Any")), *options):
                offer(part, text, self._setting(field, value), getattr(self.query, field) == value)
        menu.addSeparator()
        former = self._setting("with_inactive", not self.query.with_inactive)
        offer(menu, _("Also who is no customer any more"), former, self.query.with_inactive)
        menu.addSeparator()
        part = menu.addMenu(_("Sort by"))
        for value, text in sorts():
            offer(part, text, self._setting("sort", value), self.query.sort == value)
        part.addSeparator()
        turned = self._setting("upside_down", not self.query.upside_down)
        offer(part, _("The other way round"), turned, self.query.upside_down)

    def _setting(self, field: str, value: object) -> Callable[[], None]:
        changed = {field: value, "upside_down": False} if field == "sort" else {field: value}
        return lambda: self.use(replace(self.query, **changed))  # type: ignore[arg-type]

    def _fill_views(self, menu: QMenu) -> None:
        kept = views(self._session.file)
        for name, query in (
            (_("Everyone"), EVERYONE),
            (_("At risk"), replace(EVERYONE, risk=AT_RISK, sort="risk")),
            (_("New this month"), replace(EVERYONE, new=0)),
        ):
            offer(menu, name, partial(self.use, query), query == self.query)
        if kept:
            menu.addSeparator()
        for view in kept:
            offer(menu, view.name, partial(self.use, view.query), view.query == self.query)
        if self._session.file.read_only:
            return
        menu.addSeparator()
        keep = offer(menu, _("Keep this view…"), lambda: self.name_wanted.emit(None))
        keep.setEnabled(self.query != EVERYONE)
        if kept:
            rename, remove = menu.addMenu(_("Rename a view")), menu.addMenu(_("Remove a view"))
            for view in kept:
                offer(rename, f"{view.name}…", partial(self.name_wanted.emit, view))
                offer(remove, view.name, partial(self._forget, view))

    def _forget(self, view: View) -> None:
        said = _("View “{name}” removed").format(name=view.name)
        self._session.run(said, lambda op: forget_view(op, view.id), say=said)

    # Chips

    def _show_chips(self) -> None:
        self._chip_line.clear()
        for field, name, options in self.limits():
            value = getattr(self.query, field)
            if value is not None:
                text = next((text for option, text in options if option == value), _("No longer there"))
                self._chip(_("{name}: {value}").format(name=name, value=text), {field: None})
        if self.query.with_inactive:
            self._chip(_("Also who is no customer any more"), {"with_inactive": False})
        if self.query.sort != "name" or self.query.upside_down:
            named = dict(sorts())[self.query.sort]
            text = _("{order}, the other way round").format(order=named) if self.query.upside_down else named
            self._chip(text, {"sort": "name", "upside_down": False})
        self.chips.setVisible(self._chip_line.count() > 0)

    def _chip(self, text: str, cleared: dict[str, object]) -> QPushButton:
        made = button(self._theme, text, lambda: self._clear(cleared), "chip", "x")
        made.setProperty("tone", "accent")
        made.setAccessibleName(_("{what}. Press to take this away").format(what=text))
        self._chip_line.addWidget(made)
        return made

    def _clear(self, cleared: dict[str, object]) -> None:
        self.use(replace(self.query, **cleared))  # type: ignore[arg-type]
        self.search.setFocus()


def sorts() -> list[tuple[str, str]]:
    """The orders the list can have."""
    return [
        ("name", _("Name")), ("segment", _("Group")), ("last", _("Heard of last first")),
        ("entries", _("Most feedback first")), ("complaints", _("Open complaints first")),
        ("since", _("Newest customers first")), ("risk", _("Most likely to stay away first")),
    ]  # fmt: skip


def _months(months: int) -> str:
    return ngettext("{months} month", "{months} months", months).format(months=months)


__all__ = ["EVERYONE", "FilterBar", "sorts"]
