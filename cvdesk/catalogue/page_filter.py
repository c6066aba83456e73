"""The one filter bar: period, product, segment, channel, theme; shared by every page that shows figures."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from PySide6.QtWidgets import QWidget

from cvdesk.catalogue import store as catalogue
from cvdesk.catalogue.records import Period
from cvdesk.db.filter import usual_periods
from cvdesk.kit.session import Session
from cvdesk.kit.widgets import NOTE, SMALL, Choice, label, line
from cvdesk.wording import _


def period_options(today: date, now: Period) -> list[tuple[object, str]]:
    """The periods to choose from; one that is none of them stands first as its days."""
    names = (
        _("Last 30 days"),
        _("Last 90 days"),
        _("Last 12 months"),
        _("Last 24 months"),
        _("This year"),
        _("Last year"),
        _("All time"),
    )
    options: list[tuple[object, str]] = list(zip(usual_periods(today), names, strict=True))
    if all(period != now for period, _text in options):
        from cvdesk.wording.numbers import span

        options.insert(0, (now, span(now.start, now.end)))
    return options


class FilterBar(QWidget):
    """Reads and sets the session's filter. Lists that have nothing to choose from do not show."""

    def __init__(self, session: Session, with_period: bool = True) -> None:
        """`with_period` False where the page's figures have a period of their own, as Home's scores."""
        super().__init__()
        self._session = session
        theme = session.theme
        self.box = line(SMALL)
        self.setLayout(self.box)
        self._period = Choice(theme, _("Period"))
        self._period.chosen.connect(lambda period: self._set(period=period))
        self.box.addWidget(self._period)
        self._period.setVisible(with_period)  # inside the row by now: by itself it would flash up as a window
        self._lists: dict[str, Choice] = {}
        for field, name in (
            ("offering", _("Product")), ("segment", _("Group of customers")),
            ("channel", _("Channel")), ("theme", _("Theme")),
        ):  # fmt: skip
            choice = self._lists[field] = Choice(theme, name)
            choice.chosen.connect(lambda value, field=field: self._set(**{field: value}))
            self.box.addWidget(choice)
        self.box.addStretch(1)
        self.note = label(theme, "", NOTE, tone="faint")
        self.box.addWidget(self.note)
        session.filter_changed.connect(self.refresh)
        session.changed.connect(self._tables_changed)
        self.refresh()

    def refresh(self) -> None:
        """Shows the filter in use and what can be chosen."""
        chosen = self._session.filter
        self._period.offer(period_options(self._session.today(), chosen.period), chosen.period)
        anything = {
            "offering": _("Any product"), "segment": _("Any group"),
            "channel": _("Any channel"), "theme": _("Any theme"),
        }  # fmt: skip
        for field, choice in self._lists.items():
            names = catalogue.named(self._session.file, f"{field}s")
            options: list[tuple[object, str]] = [(None, anything[field])]
            options += [(named.id, named.name) for named in names]
            choice.offer(options, getattr(chosen, field))
            choice.setVisible(len(names) > 0)

    def _set(self, **changes: object) -> None:
        self._session.set_filter(replace(self._session.filter, **changes))  # type: ignore[arg-type]

    def _tables_changed(self, tables: frozenset[str]) -> None:
        if tables & {"*", "offerings", "segments", "channels", "themes"}:
            self.refresh()
