"""Feedback: the line, the list, one entry in full."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QLineEdit, QWidget

from cvdesk.catalogue import store as catalogue
from cvdesk.db.filter import Filter, Period
from cvdesk.feedback import store_list
from cvdesk.feedback.page_capture import CaptureBar
from cvdesk.feedback.page_detail import EntryCard
from cvdesk.feedback.store_list import EntryList, EntryQuery, EntryRow
from cvdesk.kit.page import Page
from cvdesk.kit.table import Column, Table
from cvdesk.kit.widgets import MEDIUM, NOTE, SMALL, Card, Choice, EmptyState, Flow, button, label, line
from cvdesk.wording import _, ngettext
from cvdesk.wording.numbers import day_short, span, stars, whole

SEARCH_AFTER_MS = 120
CHANNEL, THEME = 4, 5  # columns


class FeedbackPage(Page):
    """The entry line is the biggest thing on the page; the list filters by itself."""

    key = "feedback"
    icon = "message-square-text"
    watches = frozenset({"entries", "entry_themes", "customers", "complaints", "themes", "channels", "offerings"})

    @classmethod
    def title(cls) -> str:
        return _("Feedback")

    def _build(self) -> None:
        theme = self.theme
        self._query = EntryQuery()
        self.set_title(_("Feedback"), _("Write it the way you would say it; CV Desk fills in the rest"))
        self.add_action(button(theme, _("Import…"), lambda: self.session.open("command", "import"), "main"))
        top = Card(theme)
        self.capture = CaptureBar(self.session)
        top.box.addWidget(self.capture)
        top.setAccessibleName(_("Log feedback"))
        self.box.addWidget(top)
        both = line(MEDIUM)
        both.addWidget(self._list_card(), 1)
        self.card = EntryCard(self.session)
        self.card.setFixedWidth(theme.px(286))
        both.addWidget(self.card)
        self.box.addLayout(both, 1)

    def _list_card(self) -> Card:
        theme, today = self.theme, self.session.today
        card = Card(theme)
        card.setAccessibleName(_("List of feedback"))
        filters = Flow()
        self.search = QLineEdit()
        self.search.setAccessibleName(_("Search the words of customers"))
        self.search.setPlaceholderText(_("Search words"))
        self.search.setClearButtonEnabled(True)
        self.search.setFixedWidth(theme.px(150))
        self.period = Choice(theme, _("Period"))
        self.channel = Choice(theme, _("Channel"))
        self.theme_choice = Choice(theme, _("Theme"))
        self.waiting = button(theme, "", self._toggle_waiting)
        self.waiting.setCheckable(True)
        self.everything = button(theme, _("Show all"), self._show_all, "plain", "x")
        for widget in (
            self.search, self.period, self.channel, self.theme_choice, self.waiting, self.everything,
        ):  # fmt: skip
            filters.addWidget(widget)
        holder = QWidget()
        holder.setLayout(filters)
        self.count = label(theme, "", NOTE, tone="faint")
        top = line(SMALL)
        top.addWidget(holder, 1)
        top.addWidget(self.count)
        card.box.addLayout(top)
        columns = (
            Column(_("Date"), lambda row: day_short(row.date, today()), 96, "quiet"),
            Column(_("Customer"), lambda row: row.customer or "—", 136),
            Column(_("What they said"), lambda row: row.text, stretch=True),
            Column(_("Rating"), lambda row: stars(row.rating), 96, "star"),
            Column(_("Channel"), lambda row: row.channel, 100, "quiet"),
            Column(_("Theme"), _theme_words, 150, _theme_tone),
        )
        self.table = Table(theme, _("Feedback"), columns, lambda row: row.id)
        card.box.addWidget(self.table, 1)
        log_first = button(theme, _("Log the first one"), self.focus_first, "main")
        self.empty = EmptyState(theme, "", log_first, "message-square-text")
        card.box.addWidget(self.empty, 1)
        return card

    def _connect(self) -> None:
        self._search_timer = QTimer(self)
        self._search_timer.setSingleShot(True)
        self._search_timer.setInterval(SEARCH_AFTER_MS)
        self._search_timer.timeout.connect(lambda: self._limit(search=self.search.text()))
        self.search.textEdited.connect(lambda _text: self._search_timer.start())
        self.search.returnPressed.connect(lambda: self._limit(search=self.search.text()))
        self.period.chosen.connect(lambda value: self._limit(period=value))
        self.channel.chosen.connect(lambda value: self._limit(channel=value))
        self.theme_choice.chosen.connect(lambda value: self._limit(theme=value))
        self.table.selected.connect(self.card.show_entry)
        self.table.opened.connect(self.card.edit)
        delete = QShortcut(QKeySequence(QKeySequence.StandardKey.Delete), self.table)
        delete.setContext(Qt.ShortcutContext.WidgetShortcut)  # only while the list has the keyboard
        delete.activated.connect(self._delete)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Where there is little room the words of customers keep it."""
        room = event.size().width()
        for place, wide in ((CHANNEL, 980), (THEME, 860)):
            self.table.setColumnHidden(place, room < self.theme.px(wide))
        super().resizeEvent(event)

    def focus_first(self) -> None:
        self.capture.focus_line()

    def select_first(self) -> None:
        """Selects the newest entry."""
        if self.table.rows.rowCount():
            self.table.select_row(0)

    def show_record(self, record: object) -> None:
        """An entry by id, or exactly the entries behind a figure (a Filter or an EntryQuery)."""
        if isinstance(record, Filter):
            record = EntryQuery(
                period=record.period, channel=record.channel, theme=record.theme, offering=record.offering,
                segment=record.segment, tag=record.tag,
            )  # fmt: skip
        if isinstance(record, EntryQuery):
            self._query = record
            self.refresh()
            self.select_first()
            self.table.setFocus()
        elif isinstance(record, int):
            self._query = EntryQuery()
            self.refresh()
            try:
                self.table.select_row(EntryList(self.session.file, self._query).row_of(record))
            except LookupError:
                self.session.say(_("It was deleted meanwhile."))
            self.table.setFocus()

    def refresh(self) -> None:
        file = self.session.file
        entries = EntryList(file, self._query)
        self.table.show_source(entries)
        shown = self.table.rows.row(self.table.currentIndex().row())
        self.card.show_entry(shown if isinstance(shown, EntryRow) else None)
        count = entries.count()
        self.count.setText(ngettext("{count} entry", "{count} entries", count).format(count=whole(count)))
        limited = self._query != EntryQuery()
        self.everything.setVisible(limited)
        self.table.setVisible(count > 0)
        self.empty.setVisible(count == 0)
        self.empty.sentence.setText(
            _("Nothing fits. Show all, or search for something else.")
            if limited
            else _("Nothing is written down yet. What did the last customer say?")
        )
        self._offer_choices()

    def _offer_choices(self) -> None:
        file, query, today = self.session.file, self._query, self.session.today()
        periods: list[tuple[object, str]] = [
            (None, _("All time")),
            (Period.last_days(30, today), _("Last 30 days")),
            (Period.last_days(90, today), _("Last 90 days")),
            (Period.last_months(12, today), _("Last 12 months")),
        ]
        if query.period is not None and all(period != query.period for period, _words in periods):
            periods.insert(1, (query.period, span(query.period.start, query.period.end)))
        self.period.offer(periods, query.period)
        channels: list[tuple[object, str]] = [(None, _("Any channel"))]
        self.channel.offer(channels + [(one.id, one.name) for one in catalogue.named(file, "channels")], query.channel)
        themes: list[tuple[object, str]] = [(None, _("Any theme"))]
        self.theme_choice.offer(themes + [(one.id, one.name) for one in catalogue.named(file, "themes")], query.theme)
        waiting = store_list.unanswered_count(file)
        self.waiting.setText(_("Needs reply ({count})").format(count=whole(waiting)))
        self.waiting.setAccessibleName(self.waiting.text())
        self.waiting.setChecked(query.needs_answer)
        self.waiting.setVisible(waiting > 0 or query.needs_answer)
        if query.search != self.search.text() and not self.search.hasFocus():
            self.search.setText(query.search)

    def _limit(self, **values: object) -> None:
        self._search_timer.stop()
        query = replace(self._query, **values)  # type: ignore[arg-type]
        if query != self._query:
            self._query = query
            self.refresh()

    def _toggle_waiting(self) -> None:
        self._limit(needs_answer=self.waiting.isChecked())

    def _show_all(self) -> None:
        self.search.clear()
        self._query = EntryQuery()
        self.refresh()

    def _delete(self) -> None:
        row = self.table.rows.row(self.table.currentIndex().row())
        if row is not None and not self.session.file.read_only:
            self.card.delete(row.id)


def _theme_words(row: EntryRow) -> str:
    if row.themes:
        return row.themes
    return _("{theme}?").format(theme=row.suggested) if row.suggested else ""


def _theme_tone(row: EntryRow) -> str:
    return "" if row.themes else "faint"
