"""The list of complaints, what is due soonest on top, and the board with the same complaints by stage."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from PySide6.QtCore import Qt, Signal

from cvdesk.complaints.page_bar import EVERYTHING, FilterBar
from cvdesk.complaints.page_board import Board
from cvdesk.complaints.records import severity_name, stage_name
from cvdesk.complaints.records_due import deadline_in_words
from cvdesk.complaints.store_list import ComplaintList, ComplaintQuery, ComplaintRow, WordIndex
from cvdesk.kit.jobs import Job
from cvdesk.kit.session import Session
from cvdesk.kit.table import BLOCK, Column, Table
from cvdesk.kit.widgets import NOTE, Card, EmptyState, button, label
from cvdesk.wording import _
from cvdesk.wording.numbers import day_short, whole

NUMBER, RECEIVED, CUSTOMER, WORDS, SEVERITY, STEP, NEXT = range(7)
# Columns that go where there is little room, and from which width of the table on they show (design pixels).
_ROOMY = {STEP: 860, RECEIVED: 660, SEVERITY: 560, CUSTOMER: 540}
_SORTED_BY = {
    NUMBER: "number",
    RECEIVED: "date",
    CUSTOMER: "customer",
    SEVERITY: "severity",
    STEP: "stage",
    NEXT: "due",
}


class CaseList(Card):
    """The bar, and below it table or board. Says `changed_limits` when something else limits them.

    `everything`: how many complaints there are, whatever limits the list.
    """

    changed_limits = Signal()

    def __init__(self, session: Session) -> None:
        super().__init__(session.theme)
        self._session, self._theme = session, session.theme
        self._words = WordIndex()
        self._reading: Job | None = None
        self._list = ComplaintList(session.file, EVERYTHING, session.today(), self._words)
        self.everything = 0
        self.as_board = False
        self._build()
        self.bar.limited.connect(self._limited)

    @property
    def query(self) -> ComplaintQuery:
        """What limits the list now."""
        return self.bar.query

    def limit(self, query: ComplaintQuery) -> None:
        """Takes another query."""
        self.bar.use(query)

    def place_of(self, complaint_id: int) -> int | None:
        """The row of a complaint; None where the list is limited to others, or it is gone."""
        try:
            return self._list.row_of(complaint_id)
        except LookupError:
            return None

    def ids(self) -> list[int]:
        """The complaints the list shows, in its order."""
        return self._list.ids()

    def forget_words(self) -> None:
        """Complaints changed: their words are read again when somebody searches."""
        self._words.forget()
        if self._reading is not None:
            self._reading.cancel()
            self._reading = None

    def _limited(self, query: ComplaintQuery) -> None:
        """Shows what the query asks for; words are read beside the window first, once after each change."""
        if not query.search.strip() or self._words.ready:
            self.changed_limits.emit()
        elif self._reading is None:
            self._reading = self._session.ask(WordIndex.read, self._words_read)

    def _words_read(self, words: WordIndex) -> None:
        self._reading = None
        self._words.take(words)
        self.changed_limits.emit()

    def show_list(self) -> None:
        """Reads the list again, and the board where that is shown."""
        file, today = self._session.file, self._session.today()
        self._list = ComplaintList(file, self.query, today, self._words)
        self.table.rows.show(self._list)
        count = self.table.rows.rowCount()
        limited = replace(self.query, sort="due", upside_down=False) != EVERYTHING
        self.everything = ComplaintList(file, EVERYTHING, today).count() if limited else count
        self._none.sentence.setText(self._why_none())
        said = _("{count} of {all}").format(count=whole(count), all=whole(self.everything))
        self.found.setText(said if limited else "")
        if self.as_board and count:
            self.board.show_cases(self.query, self._words)
        shown = self._none if not count else self.board if self.as_board else self.table
        for item in (self._none, self.board, self.table):
            item.setVisible(item is shown)
        if not self.as_board:
            self._fit_texts()

    def show_as(self, board: bool) -> None:
        """Shows the board, or the table."""
        if board != self.as_board:
            self.as_board = board
            self.show_list()

    def focus(self) -> None:
        """Gives the keyboard to the table or the board."""
        if not self.board.isHidden():
            self.board.focus()
        elif not self.table.isHidden():
            self.table.setFocus()
        else:
            self.bar.search.setFocus()

    def fit(self, width: int) -> None:
        """Leaves out columns there is no room for; `width` is what the list has."""
        room = width - self._theme.px(70)
        for place, wide in _ROOMY.items():
            self.table.setColumnHidden(place, room < self._theme.px(wide))

    def _build(self) -> None:
        theme, today = self._theme, self._session.today
        self.setAccessibleName(_("Complaints"))
        self.box.setContentsMargins(10, 8, 10, 10)
        self.bar = FilterBar(self._session)
        self.found = label(theme, "", NOTE, tone="faint")
        self.bar.end.addWidget(self.found)
        self.box.addWidget(self.bar)
        columns = (
            Column(_("No."), lambda row: f"#{row.number}", 54, "quiet"),
            Column(_("Received"), lambda row: day_short(row.date, today()), 98, "quiet"),
            Column(_("Customer"), lambda row: row.customer or "–", 122),
            Column(_("What they said"), self._said, 160,
                   lambda row: "" if row.text.strip() or row.entry_text.strip() else "quiet", stretch=True),
            Column(_("Severity"), lambda row: severity_name(row.severity), 88, severity_tone),
            Column(_("Step"), lambda row: stage_name(row.stage), 116, "quiet"),
            Column(_("Next"), lambda row: next_words(row, today()), 150, lambda row: "bad" if row.overdue else "quiet"),
        )  # fmt: skip
        self.table = Table(theme, _("Complaints"), columns, lambda row: row.id)
        header = self.table.horizontalHeader()
        header.setSectionsClickable(True)
        header.sectionClicked.connect(self._sort_by)
        self.board = Board(self._session)
        self._none = EmptyState(theme, "", button(theme, _("Show all"), self._show_all), "search")
        for item in (self.table, self.board, self._none):
            self.box.addWidget(item, 1)

    def _said(self, row: ComplaintRow) -> str:
        """The words; with the name before them where the names have no column."""
        words = row.words or _("No words noted")
        if self.table.isColumnHidden(CUSTOMER) and row.customer:
            return _("{name}: {words}").format(name=row.customer, words=words)
        return words

    def _sort_by(self, place: int) -> None:
        """A press on a heading sorts by it; another one turns the order round."""
        if place in _SORTED_BY:
            wanted = _SORTED_BY[place]
            turned = not self.query.upside_down if self.query.sort == wanted else False
            self.limit(replace(self.query, sort=wanted, upside_down=turned))

    def _fit_texts(self) -> None:
        """No number and no deadline is cut short, however large it is: as wide as the first rows need."""
        header = self.table.horizontalHeader()
        header.setSortIndicatorShown(self.query.sort != "due" or self.query.upside_down)
        place = next((place for place, name in _SORTED_BY.items() if name == self.query.sort), -1)
        down = Qt.SortOrder.DescendingOrder if self.query.upside_down else Qt.SortOrder.AscendingOrder
        header.setSortIndicator(place, down)
        rows = [row for number in range(min(BLOCK, self.table.rows.rowCount())) if (row := self.table.rows.row(number))]
        metrics, today = self.table.fontMetrics(), self._session.today()
        for place, words, least in (
            (NUMBER, [f"#{row.number}" for row in rows], 54),
            (NEXT, [next_words(row, today) for row in rows], 110),
        ):
            widest = max((metrics.horizontalAdvance(text) for text in words), default=0)
            self.table.setColumnWidth(place, max(self._theme.px(least), widest + self._theme.px(24)))

    def _why_none(self) -> str:
        plain = replace(EVERYTHING, state=self.query.state, sort=self.query.sort, upside_down=self.query.upside_down)
        if self.query == plain and self.query.state == "overdue":
            return _("Nothing is overdue.")
        if self.query == plain and self.query.state == "open":
            return _("Nothing is open.")
        return _("No complaint fits.")

    def _show_all(self) -> None:
        self.limit(EVERYTHING)
        self.focus()


def next_words(row: ComplaintRow, today: date) -> str:
    """What comes next and by when; for a closed case, that it is."""
    if row.deadline is not None:
        return deadline_in_words(row.deadline, today)
    if row.stage == "resolved":
        return _("Tell the customer")
    return _("Close it") if row.stage == "told" else stage_name(row.stage)


def severity_tone(row: ComplaintRow) -> str:
    """The colour of a severity; the word says it as well."""
    return "bad" if row.severity == "serious" else "quiet"


__all__ = ["CaseList", "next_words", "severity_tone"]
