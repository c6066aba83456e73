"""What limits the list of feedback: the choices above it, a chip for each of the rest, views kept under a name."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit, QMenu, QWidget

from cvdesk.catalogue import store as catalogue
from cvdesk.catalogue.page_filter import period_options
from cvdesk.catalogue.records import KINDS
from cvdesk.customers import store as customers
from cvdesk.db import Operation
from cvdesk.db.filter import usual_periods
from cvdesk.feedback import store_list, store_views
from cvdesk.feedback.store_query import EVERYTHING, EntryQuery, limits
from cvdesk.feedback.store_views import View
from cvdesk.kit.dialog import Dialog
from cvdesk.kit.form import text_field
from cvdesk.kit.session import Session
from cvdesk.kit.widgets import (
    LARGE,
    MEDIUM,
    NOTE,
    SMALL,
    TIGHT,
    TITLE,
    Choice,
    Flow,
    button,
    column,
    label,
    line,
)
from cvdesk.wording import _
from cvdesk.wording.figures import kind_name
from cvdesk.wording.numbers import stars, whole

# What has a chip; the rest stands in the choices.
_CHIPS = ("kind", "star", "offering", "segment", "staff", "customer", "tag", "unsorted", "attached", "safety")


class FilterBar(QWidget):
    """Says `changed` with what is to limit the list now. It keeps nothing but what was last shown."""

    changed = Signal(object)

    def __init__(self, session: Session) -> None:
        super().__init__()
        self.session = session
        theme = session.theme
        self._query = EVERYTHING
        box = column(self, SMALL)
        filters = Flow()
        self.search = QLineEdit()
        self.search.setAccessibleName(_("Search words and customers"))
        self.search.setAccessibleDescription(
            _(
                "Several words must all occur. Quotes keep words together, a minus leaves out, "
                "“of: Maria” means the customer."
            )
        )
        self.search.setToolTip(_("bread late  ·  “sold out”  ·  -queue  ·  of: maria"))
        self.search.setPlaceholderText(_("Search words, customers"))
        self.search.setClearButtonEnabled(True)
        self.search.setMinimumWidth(theme.px(140))
        self.period = Choice(theme, _("Period"))
        self.channel = Choice(theme, _("Channel"))
        self.theme_choice = Choice(theme, _("Theme"))
        self.waiting = button(theme, "", self._toggle_waiting)
        self.waiting.setCheckable(True)
        self.more = self._menu_button(_("More"), _("More that can limit the list"), self._fill_more)
        self.views = self._menu_button(_("Views"), _("Views kept under a name"), self._fill_views)
        for widget in (self.period, self.channel, self.theme_choice, self.more, self.views):
            filters.addWidget(widget)
        self.everything = button(theme, _("Show all"), self.show_all, "plain")
        filters.addWidget(self.everything)
        self.count = label(theme, "", NOTE, tone="faint")
        top = line(SMALL)
        top.addWidget(self.search, 1)
        top.addWidget(self.waiting)
        top.addWidget(self.count)
        box.addLayout(top)
        holder = QWidget()
        holder.setLayout(filters)
        box.addWidget(holder)
        self._chips = Flow(TIGHT)
        self.chips = QWidget()
        self.chips.setLayout(self._chips)
        self.chips.setAccessibleName(_("What limits the list"))
        box.addWidget(self.chips)
        self.period.chosen.connect(lambda value: self._limit(period=value))
        self.channel.chosen.connect(lambda value: self._limit(channel=value))
        self.theme_choice.chosen.connect(lambda value: self._limit(theme=value))

    def _menu_button(self, text: str, name: str, fill: Callable[[QMenu], None]) -> Choice:
        made = Choice(self.session.theme, name)
        made.setText(text)
        made.setAccessibleName(name)
        menu = QMenu(made)
        menu.aboutToShow.connect(lambda: fill(menu))
        made.setMenu(menu)
        return made

    def show_query(self, query: EntryQuery) -> None:
        """Shows what limits the list, without telling anyone."""
        self._query = query
        file, today = self.session.file, self.session.today()
        whole_time = usual_periods(today)[-1]
        period = None if query.period == whole_time else query.period
        periods: list[tuple[object, str]] = [(None, _("All time"))]
        periods += [one for one in period_options(today, period or whole_time) if one[0] != whole_time]
        self.period.offer(periods, period)
        channels: list[tuple[object, str]] = [(None, _("Any channel"))]
        self.channel.offer(channels + [(one.id, one.name) for one in catalogue.named(file, "channels")], query.channel)
        themes: list[tuple[object, str]] = [(None, _("Any theme"))]
        self.theme_choice.offer(themes + [(one.id, one.name) for one in catalogue.named(file, "themes")], query.theme)
        waiting = store_list.unanswered_count(file)
        self.waiting.setText(_("Needs an answer ({count})").format(count=whole(waiting)))
        self.waiting.setAccessibleName(self.waiting.text())
        self.waiting.setChecked(query.needs_answer)
        self.waiting.setVisible(waiting > 0 or query.needs_answer)
        self._show_chips()

    def _show_chips(self) -> None:
        self._chips.clear()
        given = limits(self._query)
        for field in _CHIPS:
            if field in given:
                text = self._words(field)
                chip = button(self.session.theme, text, partial(self._drop, field), "chip", "x")
                chip.setAccessibleName(_("{limit}: no longer limit the list by it").format(limit=text))
                self._chips.addWidget(chip)
        self.chips.setVisible(any(field in given for field in _CHIPS))
        self.everything.setVisible(bool(given))

    def _drop(self, field: str) -> None:
        self._limit(**{field: getattr(EVERYTHING, field)})
        self.more.setFocus()

    def _words(self, field: str) -> str:
        """A limit as a person would say it."""
        value, file = getattr(self._query, field), self.session.file
        if field == "kind":
            return kind_name(value)
        if field == "star":
            return stars(float(value)) if value else _("Without a rating")
        if field in ("offering", "segment", "tag"):
            return next(
                (one.name for one in catalogue.named(file, f"{field}s") if one.id == value), _("No longer used")
            )
        if field == "staff":
            name = next((name for key, name in catalogue.staff(file) if key == value), _("somebody else"))
            return _("Logged by {name}").format(name=name)
        if field == "customer":
            try:
                return customers.get(file, value).name
            except LookupError:
                return _("A customer who is gone")
        return {"unsorted": _("Without a theme"), "attached": _("With attachment"), "safety": _("Safety")}[field]

    def _limit(self, **values: object) -> None:
        self.changed.emit(replace(self._query, **values))  # type: ignore[arg-type]

    def _toggle_waiting(self) -> None:
        waits = self.waiting.isChecked()
        self._limit(needs_answer=waits, oldest_first=waits)

    def show_all(self) -> None:
        """Lifts every limit."""
        self.search.clear()
        self.changed.emit(EVERYTHING)

    # Menus

    def _fill_more(self, menu: QMenu) -> None:
        menu.clear()
        file = self.session.file
        lists: tuple[tuple[str, str, list[tuple[object, str]]], ...] = (
            ("kind", _("Kind"), [(kind, kind_name(kind)) for kind in KINDS]),
            ("star", _("Rating"), [(star, stars(float(star))) for star in range(5, 0, -1)]),
            ("offering", _("Product"), [(one.id, one.name) for one in catalogue.named(file, "offerings")]),
            ("segment", _("Group of customers"), [(one.id, one.name) for one in catalogue.named(file, "segments")]),
            ("tag", _("Tag"), [(one.id, one.name) for one in catalogue.named(file, "tags")]),
            ("staff", _("Who logged it"), list(catalogue.staff(file))),
        )
        for field, name, options in lists:
            if field == "star":
                options = [*options, (0, _("Without a rating"))]
            if options:
                inner = menu.addMenu(name)
                for value, text in options:
                    self._add(inner, text, field, value)
        menu.addSeparator()
        for field, text in (
            ("unsorted", _("Without a theme")), ("attached", _("With attachment")), ("safety", _("Safety")),
        ):  # fmt: skip
            self._add(menu, text, field, True)
        menu.addSeparator()
        self._add(menu, _("Oldest first"), "oldest_first", True)

    def _add(self, menu: QMenu, text: str, field: str, value: object) -> None:
        action = menu.addAction(text.replace("&", "&&"))
        action.setCheckable(True)
        action.setChecked(getattr(self._query, field) == value)
        chosen = getattr(EVERYTHING, field) if action.isChecked() else value
        action.triggered.connect(lambda: self._limit(**{field: chosen}))

    def _fill_views(self, menu: QMenu) -> None:
        menu.clear()
        known = store_views.views(self.session.file, self.session.today())
        for view in known:
            menu.addAction(view.name.replace("&", "&&")).triggered.connect(partial(self._take, view))
        if known:
            menu.addSeparator()
        keep = menu.addAction(_("Keep this view…"))
        keep.setEnabled(self._query != EVERYTHING and not self.session.file.read_only)
        keep.triggered.connect(self._keep_view)
        if known:
            forget = menu.addMenu(_("Forget a view"))
            forget.setEnabled(not self.session.file.read_only)
            for view in known:
                forget.addAction(view.name.replace("&", "&&")).triggered.connect(partial(self._forget, view))

    def _take(self, view: View) -> None:
        self.search.setText(view.query.search)
        self.changed.emit(view.query)

    def _keep_view(self) -> None:
        dialog = NameDialog(self.session, self.window())
        dialog.named.connect(self._save_view)
        dialog.open()

    def _save_view(self, name: str) -> None:
        query, today = self._query, self.session.today()

        def work(op: Operation) -> None:
            store_views.save_view(op, View(name, query), today)

        self.session.run(_("Keep a view"), work, say=_("The view is kept"))

    def _forget(self, view: View) -> None:
        def work(op: Operation) -> None:
            if view.id is not None:
                store_views.delete_view(op, view.id)

        self.session.run(_("Forget a view"), work, say=_("The view is gone"))


class NameDialog(Dialog):
    """Asks for the name of a view."""

    named = Signal(str)

    def __init__(self, session: Session, parent: QWidget) -> None:
        super().__init__(session.theme.px(400), parent)
        theme = session.theme
        self.setWindowTitle(_("Keep this view"))
        box = column(self, MEDIUM, (LARGE, LARGE, LARGE, LARGE))
        box.addWidget(label(theme, _("Keep this view"), TITLE, strong=True))
        self.name = text_field(placeholder=_("For example: late deliveries this year"))
        asked = label(theme, _("Its name"))
        asked.setBuddy(self.name)
        self.name.setAccessibleName(_("Its name"))
        box.addWidget(asked)
        box.addWidget(self.name)
        foot = line(SMALL)
        foot.addStretch(1)
        foot.addWidget(button(theme, _("Cancel"), self.reject))
        self.keep = button(theme, _("Keep"), self._press, "main")
        foot.addWidget(self.keep)
        box.addLayout(foot)
        self.name.returnPressed.connect(self._press)
        self.name.textChanged.connect(lambda text: self.keep.setEnabled(bool(text.strip())))
        self.keep.setEnabled(False)
        self.name.setFocus()

    def _press(self) -> None:
        if self.name.text().strip():
            self.accept()
            self.named.emit(self.name.text())
