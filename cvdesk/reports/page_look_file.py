"""Step one of a monthly look: file what is new, and see what is late."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import partial

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QHBoxLayout, QWidget

from cvdesk.catalogue.records import Filter, Period
from cvdesk.db import Queries
from cvdesk.feedback.store_list import EntryQuery
from cvdesk.kit.jobs import Job
from cvdesk.kit.widgets import NOTE, SMALL, TEXT, Elided, clear, column, label, line
from cvdesk.reports.page_look_parts import Step, open_button
from cvdesk.reports.records_look import Look
from cvdesk.reports.store_look_find import Late, New, new_since
from cvdesk.reports.words_look import MOST_MINUTES
from cvdesk.themes.page_file import FileView
from cvdesk.themes.records_filing import minutes_for
from cvdesk.themes.store_filing import waiting_count
from cvdesk.wording import _, ngettext
from cvdesk.wording.numbers import day_of_year, day_short, whole

_WATCHES = frozenset({"entries", "entry_themes", "complaints", "complaint_events", "themes", "*"})


@dataclass(frozen=True, slots=True)
class _Asked:
    new: New
    waiting: int


def _ask(db: Queries, month: date, today: date) -> _Asked:
    new = new_since(db, month, today)
    return _Asked(new, waiting_count(db, Filter(Period(min(new.since, today), today))))


class NewToFile(FileView):
    """The queue of Themes, of what is new since the look before."""

    def _nothing_words(self) -> str:
        return super()._nothing_words() if self._worked else _("Nothing new waits to be filed.")


class FileStep(Step):
    """How much waits, in a sentence; what waits for an answer or is late, to open; the queue for what is new."""

    key = "file"
    waiting: int | None = None
    _job: Job | None = None
    _shown_for: Filter | None = None

    def _build(self) -> None:
        self._month = self.session.today().replace(day=1)
        self.count = label(self.theme, "", TEXT, wrap=True)
        self.box.addWidget(self.count)
        holder = QWidget()
        self._late = column(holder, 2)
        self.box.addWidget(holder)
        self.view = NewToFile(self.session)
        self.view.head.hide()
        self.box.addWidget(self.view, 1)
        self.view.titled.connect(lambda *_titles: QTimer.singleShot(0, self, self.arrived))
        self.session.changed.connect(self._changed)

    def show_look(self, look: Look) -> None:
        """Its month says what is new."""
        self._month = look.month

    def enter(self) -> None:
        """Asks what waits."""
        if self._job is not None:
            self._job.cancel()
        today = self.session.today()
        self._job = self.session.ask(partial(_ask, month=self._month, today=today), self._show)

    def first(self) -> QWidget | None:
        """The queue, where all keys of filing work."""
        return self.view.table

    def _changed(self, tables: frozenset[str]) -> None:
        if self.isVisible() and tables & _WATCHES:
            self.enter()

    def _show(self, found: _Asked) -> None:
        self._job = None
        self.waiting = found.waiting
        self.counted.emit(min(minutes_for(found.waiting), MOST_MINUTES))
        said = _words(found)
        self.count.setText(said)
        self.count.setVisible(bool(said))
        clear(self._late)
        for one in found.new.late:
            self._late.addLayout(self._line(one))
        more = found.new.late_count - len(found.new.late)
        if more > 0:
            said = ngettext("and {count} more past its date", "and {count} more past their date", more)
            self._late.addWidget(label(self.theme, said.format(count=whole(more)), NOTE, tone="quiet"))
        if found.new.unanswered:
            self._late.addLayout(self._unanswered(found.new.unanswered))
        today = self.session.today()
        self._shown_for = Filter(Period(min(found.new.since, today), today))
        self.view.show_for(self._shown_for)

    def _unanswered(self, count: int) -> QHBoxLayout:
        row = line(SMALL)
        said = ngettext("{count} comment waits for an answer", "{count} comments wait for an answer", count)
        words = said.format(count=whole(count))
        row.addWidget(label(self.theme, words, TEXT, strong=True))
        row.addStretch(1)
        listed = EntryQuery(needs_answer=True)
        row.addWidget(open_button(self.theme, words, partial(self.left.emit, "entries", listed)))
        return row

    def _line(self, one: Late) -> QHBoxLayout:
        row = line(SMALL)
        name = _("Complaint #{number}").format(number=one.number)
        who = _("{complaint}, {customer}").format(complaint=name, customer=one.customer) if one.customer else name
        row.addWidget(label(self.theme, who, TEXT, strong=True))
        due = _("was due {day}").format(day=day_short(one.due, self.session.today()))
        row.addWidget(label(self.theme, due, TEXT, tone="bad"))
        row.addWidget(Elided(self.theme, one.words, TEXT, "quiet"), 1)
        row.addWidget(open_button(self.theme, name, partial(self.left.emit, "complaints", one.id)))
        return row


def _words(found: _Asked) -> str:
    """How much waits to be filed and how long it takes, honestly; what is late stands below. Empty for none."""
    said = []
    if found.waiting:
        minutes = minutes_for(found.waiting)
        words = ngettext(
            "{count} comment since {day} waits to be filed.", "{count} comments since {day} wait to be filed.",
            found.waiting,
        )  # fmt: skip
        said.append(words.format(count=whole(found.waiting), day=day_of_year(found.new.since)))
        if minutes > MOST_MINUTES:
            said.append(
                _(
                    "All of them would take about {all} minutes: file for some {some}, the newest first, and go on."
                ).format(all=whole(minutes), some=whole(MOST_MINUTES))
            )
    if found.new.late_count:
        said.append(
            ngettext(
                "{count} complaint is past its date:", "{count} complaints are past their date:", found.new.late_count
            ).format(count=whole(found.new.late_count))
        )
    return " ".join(said)
