"""Feedback: the line, the list, one entry in full, or what can be done with several."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QStackedWidget

from cvdesk.db import BusinessFile
from cvdesk.db.filter import Filter
from cvdesk.feedback import store_views
from cvdesk.feedback.page_bulk import BulkCard
from cvdesk.feedback.page_capture import CaptureBar
from cvdesk.feedback.page_columns import CHANNEL, CUSTOMER, RATING, THEME, WORDS, columns
from cvdesk.feedback.page_detail import EntryCard
from cvdesk.feedback.page_drops import attachable, is_email
from cvdesk.feedback.page_filters import FilterBar
from cvdesk.feedback.page_menu import give_menu
from cvdesk.feedback.page_more import Begun, more_button
from cvdesk.feedback.page_tally import TallyBar
from cvdesk.feedback.page_words import WordsColumn
from cvdesk.feedback.searching import read_search
from cvdesk.feedback.store_list import EntryList, EntryRow
from cvdesk.feedback.store_mail import log_email
from cvdesk.feedback.store_query import EVERYTHING, EntryQuery
from cvdesk.feedback.store_views import Columns
from cvdesk.kit.jobs import Job
from cvdesk.kit.page import Page
from cvdesk.kit.side import list_keys
from cvdesk.kit.table import Table
from cvdesk.kit.widgets import MEDIUM, Card, EmptyState, button, line
from cvdesk.wording import _, ngettext
from cvdesk.wording.numbers import whole

SEARCH_AFTER_MS = 60
_SHARE, _NARROWEST, _WIDEST = 0.28, 286, 380


@dataclass(frozen=True, slots=True)
class _Read:
    """A list ready to be shown, and which columns have anything in them."""

    query: EntryQuery
    listed: EntryList
    columns: Columns
    wanted: int | None
    place: int | None


def _read(query: EntryQuery, wanted: int | None, file: BusinessFile) -> _Read:
    listed = EntryList(file, query)
    listed.count()
    place = None
    if wanted is not None:
        try:
            place = listed.row_of(wanted)
        except LookupError:
            wanted = None
    return _Read(query, listed, store_views.columns(file), wanted, place)


class FeedbackPage(Page):
    """The entry line is the biggest thing on the page; the list filters by itself."""

    key = "feedback"
    icon = "message-square-text"
    watches = frozenset({
        "entries", "entry_themes", "customers", "complaints", "themes", "channels", "offerings", "attachment_links",
        "saved_filters", "snippets", "staff",
    })  # fmt: skip

    @classmethod
    def title(cls) -> str:
        return _("Feedback")

    def _build(self) -> None:
        theme = self.theme
        self._query = EVERYTHING
        self._job: Job | None = None
        self._lent = False  # the list is empty: its keyboard is with a button until rows come back
        self._listed: EntryList | None = None
        self.set_title(_("Feedback"), _("Write it the way you would say it; CV Desk fills in the rest"))
        self.more = more_button(self.session, self.export_list)
        self.add_action(self.more)
        self.add_action(button(theme, _("Import…"), lambda: self.session.open("command", "import"), "main"))
        self.top = Card(theme)
        self.capture = CaptureBar(self.session)
        self._begun = Begun(self.session, self.capture)
        self.tally = TallyBar(self.session)
        self.top.box.addWidget(self.capture)
        self.top.box.addWidget(self.tally)
        self.top.setAccessibleName(_("Log feedback"))
        self.box.addWidget(self.top)
        both = line(MEDIUM)
        both.addWidget(self._list_card(), 1)
        self.card = EntryCard(self.session)
        self.bulk = BulkCard(self.session)
        self.side = QStackedWidget()
        self.side.addWidget(self.card)
        self.side.addWidget(self.bulk)
        both.addWidget(self.side)
        self.box.addLayout(both, 1)
        self.setAcceptDrops(not self.session.file.read_only)

    def _list_card(self) -> Card:
        theme = self.theme
        card = Card(theme)
        card.setAccessibleName(_("List of feedback"))
        self.filters = FilterBar(self.session)
        self.search = self.filters.search
        card.box.addWidget(self.filters)
        self.table = Table(theme, _("Feedback"), columns(self.session.today), lambda row: row.id, many=True)
        self._words = WordsColumn(theme)
        self.table.setItemDelegateForColumn(WORDS, self._words)
        card.box.addWidget(self.table, 1)
        log_first = button(theme, _("Log the first one"), self.focus_first, "main")
        self.empty = EmptyState(theme, "", log_first, "message-square-text")
        self._log_first = log_first
        card.box.addWidget(self.empty, 1)
        return card

    def _connect(self) -> None:
        self._search_timer = QTimer(self)
        self._search_timer.setSingleShot(True)
        self._search_timer.setInterval(SEARCH_AFTER_MS)
        self._search_timer.timeout.connect(self._search_now)
        self.search.textChanged.connect(lambda _text: self._search_timer.start())
        self.filters.changed.connect(self._limit)
        self.table.selected.connect(self.card.show_entry)
        self.table.chosen.connect(self._several)
        self.table.opened.connect(self.card.edit)
        self.card.left.connect(self._to_list)
        self.bulk.done.connect(self._only_current)
        self.bulk.outdated.connect(self.refresh)
        list_keys(self, self.search, self.table, self._delete)
        self.open_menu = give_menu(self.session, self.table, self.card.edit, self._delete)
        for keys, do in (
            ("Y", partial(self.card.settle_first, "confirmed")), ("N", partial(self.card.settle_first, "rejected")),
            ("A", self.card.focus_answer), ("M", self.card.focus_words),
        ):  # fmt: skip
            shortcut = QShortcut(QKeySequence(keys), self.table)
            shortcut.setContext(Qt.ShortcutContext.WidgetShortcut)
            shortcut.activated.connect(do)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Where there is little room the words of customers keep it."""
        super().resizeEvent(event)
        room = self.theme.px(_NARROWEST), self.theme.px(_WIDEST)
        self.side.setFixedWidth(round(min(room[1], max(room[0], self.width() * _SHARE))))
        self._show_columns()

    def focus_first(self) -> None:
        self.capture.focus_line()

    def select_first(self) -> None:
        """Selects the first entry."""
        if self.table.rows.rowCount():
            self.table.select_row(0)

    # What is shown

    def show_record(self, record: object) -> None:
        """An entry by id, or exactly the entries behind a figure (a Filter or an EntryQuery).

        ("new", customer id, name) begins the line for a customer.
        """
        if isinstance(record, Filter):
            record = EntryQuery(
                period=record.period, channel=record.channel, theme=record.theme, offering=record.offering,
                segment=record.segment, tag=record.tag,
            )  # fmt: skip
        if isinstance(record, EntryQuery):
            self._query = record
            self._search_timer.stop()
            self.search.setText(record.search)
            self._show(_read(record, None, self.session.file))
            self.select_first()
            self.table.setFocus()
        elif isinstance(record, int):
            self._query = EVERYTHING
            self.search.clear()
            found = _read(self._query, record, self.session.file)
            self._show(found)
            if found.place is None:
                self.session.say(_("It was deleted meanwhile."))
            else:
                self.table.select_row(found.place)
            self.table.setFocus()
        elif isinstance(record, tuple) and record[:1] == ("new",):
            self._begun.begin(record[1], record[2])

    def refresh(self) -> None:
        """Asks for the list again; what takes time is read beside the window, and an older question is dropped."""
        if self._job is not None:
            self._job.cancel()
        wanted = self.table.rows.id_at(self.table.currentIndex().row())
        if EntryList(self.session.file, self._query).quick:
            self._show(_read(self._query, wanted, self.session.file))
        else:
            self._job = self.session.ask(partial(_read, self._query, wanted), self._show)

    def _show(self, found: _Read) -> None:
        if found.query != self._query:
            return
        listed, count = found.listed, found.listed.count()
        self._listed, self._columns = listed, found.columns
        self._words.search = read_search(found.query.search)
        self.card.search = self._words.search
        before = self.table.currentIndex().row()
        top = self.table.verticalScrollBar().value()
        self.table.rows.show(listed)
        if found.place is not None:
            self.table.selectRow(min(found.place, count - 1))  # what left the list left its place to the next one
            if found.place == before:
                self.table.verticalScrollBar().setValue(top)
        shown = self.table.rows.row(self.table.currentIndex().row())
        self.card.show_entry(shown if isinstance(shown, EntryRow) else None)
        self.side.setCurrentWidget(self.card)
        self.filters.show_query(found.query)
        self.filters.count.setText(ngettext("{count} entry", "{count} entries", count).format(count=whole(count)))
        limited = found.query != EVERYTHING
        held = self.table.hasFocus()
        lent = self._lent and (self.filters.everything.hasFocus() or self._log_first.hasFocus())
        self.empty.setVisible(count == 0)
        self._log_first.setVisible(not limited)
        self._lent = count == 0 and (held or lent)
        if count:
            self.table.show()
        if held or lent:
            self._to_list()
        self.table.setVisible(count > 0)
        self.empty.sentence.setText(self._nothing(found.query))
        self._show_columns()

    def _nothing(self, query: EntryQuery) -> str:
        if query.needs_answer and replace(query, needs_answer=False, oldest_first=False) == EVERYTHING:
            return _("Everybody has an answer.")
        if query != EVERYTHING:
            return _("Nothing fits. Show all, or search for something else.")
        return _("Nothing is written down yet. What did the last customer say?")

    def _show_columns(self) -> None:
        """Columns with nothing in them, and those there is no room for, do not show."""
        room, columns = self.width(), self._columns if self._listed is not None else None
        raw = any(row.rating_raw for number in range(20) if (row := self.table.rows.row(number)) is not None)
        for place, wide, filled in (
            (CUSTOMER, 0, columns is None or columns.customer), (RATING, 820, columns is None or columns.rating or raw),
            (CHANNEL, 1180, columns is None or columns.channel), (THEME, 940, columns is None or columns.theme),
        ):  # fmt: skip
            self.table.setColumnHidden(place, not filled or room < self.theme.px(wide))

    def _limit(self, query: EntryQuery) -> None:
        self._search_timer.stop()
        query = replace(query, search=self.search.text())
        if query != self._query:
            self._query = query
            self.refresh()

    def _search_now(self) -> None:
        self._limit(self._query)

    # Several at once

    def _several(self, count: int) -> None:
        if count > 1 and self._listed is not None:
            spans, at = self.table.chosen_rows(), self.table.rows.id_at
            self.bulk.show_selection(self._listed, spans, [(at(first), at(first + many - 1)) for first, many in spans])
            self.side.setCurrentWidget(self.bulk)
        else:
            self.side.setCurrentWidget(self.card)

    def export_list(self) -> None:
        """Asks the window for an export of those selected, or of all the list shows."""
        if self.side.currentWidget() is self.bulk:
            self.bulk.with_ids(self._export)
        elif self._listed is not None:
            source = EntryList(self.session.file, self._query)  # of its own: it is read beside the window
            self._export(source, self._listed.count())

    def _export(self, found: EntryList | list[int], rows: int = 0) -> None:
        about: dict[str, Any] = {"table": "entries", "title": self.title()}
        about |= {"ids": found} if isinstance(found, list) else {"source": found, "rows": rows}
        self.session.open("command", ("export-list", about))

    def _to_list(self) -> None:
        """The keyboard goes to the list; where it is empty, to the button that shows more, or logs the first."""
        if self._listed is not None and self._listed.count():
            self.table.setFocus()
        else:
            self._lent = True
            (self.filters.everything if self._query != EVERYTHING else self._log_first).setFocus()

    def _only_current(self) -> None:
        self.table.selectRow(self.table.currentIndex().row())
        self.table.setFocus()

    def _delete(self) -> None:
        if self.session.file.read_only:
            return
        if self.side.currentWidget() is self.bulk:
            self.bulk.delete()
            return
        row = self.table.rows.row(self.table.currentIndex().row())
        if row is not None:
            self.card.delete(row.id)

    # A saved e-mail dropped anywhere but on the card becomes feedback; pictures and PDFs go to the entry selected

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if attachable(event.mimeData()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        event.acceptProposedAction()
        dropped = attachable(event.mimeData())
        kept = [path for path in dropped if not is_email(path)]
        box = self.card.files if self.side.currentWidget() is self.card else None
        if box is not None:
            for path in kept:
                box.attach(path)
        elif kept:
            self.session.say(_("Choose the one entry it belongs to, then drop it again."))
        for path in dropped:
            if is_email(path):
                self.bring_email(path)

    def bring_email(self, path: Path) -> None:
        """Makes feedback of a saved e-mail, with the e-mail attached, and shows it."""
        work = partial(log_email, path=path, today=self.session.today(), staff_id=self.session.staff_id)
        said = _("The e-mail is feedback now")
        self.session.run(_("Feedback from an e-mail"), work, self.show_record, say=said)
