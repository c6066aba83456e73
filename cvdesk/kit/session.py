"""What pages share: the open file, the writer thread, what has changed, the filter, and where to go."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from functools import partial
from typing import Any

from PySide6.QtCore import QObject, Signal

from cvdesk.db import BusinessFile, Operation
from cvdesk.db.filter import Filter, Period, moved_on
from cvdesk.db.open import Done
from cvdesk.db.undo import next_undo
from cvdesk.errors import UserError
from cvdesk.kit.jobs import Job, Jobs, still_there
from cvdesk.kit.theme import Theme
from cvdesk.wording import _

Today = Callable[[], date]
Staff = tuple[int, str]  # id and name of a member of staff
_STAFF_NAME = "SELECT name FROM staff WHERE id = ? AND active = 1"


class Session(QObject):
    """One open business file and the window's state around it. Only pages and the shell hold it."""

    changed = Signal(frozenset)  # names of the tables an operation changed
    filter_changed = Signal()
    open_requested = Signal(str, object)  # a table and the id of a record, or a page and what to show there
    said = Signal(str, bool)  # a short confirmation; True when it can be undone
    saving_changed = Signal(bool)
    staff_changed = Signal()
    quiet_changed = Signal()

    def __init__(self, file: BusinessFile, theme: Theme, today: Today = date.today) -> None:
        super().__init__()
        self.file = file
        self.theme = theme
        self.today = today
        self.readers = Jobs(threads=1, name="reader", parent=self)
        self.lookers = Jobs(threads=1, name="looker", parent=self)
        self._writer = Jobs(threads=1, name="writer", parent=self)
        self._copies = Jobs(threads=1, name="copies", parent=self)
        self._writer.busy_changed.connect(self._writer_busy)
        self._day = today()
        self._filter = Filter(Period.last_months(12, self._day))
        self._drafts: dict[str, str] = {}
        self._closed = False
        self._staff: Staff | None = None
        self._quiet = False

    @property
    def staff(self) -> Staff | None:
        """Who is at the desk, as (id, name); None where nobody has said. What is saved from now on names them."""
        return self._staff

    @property
    def staff_id(self) -> int | None:
        """The id of who is at the desk."""
        return None if self._staff is None else self._staff[0]

    @property
    def who(self) -> str:
        """The name of who is at the desk, as the history keeps it; empty where nobody has said."""
        return "" if self._staff is None else self._staff[1]

    def set_staff(self, who: Staff | None) -> None:
        """Somebody else is at the desk; None: nobody says who."""
        if who != self._staff:
            self._staff = who
            self.staff_changed.emit()

    @property
    def quiet(self) -> bool:
        """Whether a customer is answering: nothing on screen may lead the answers, also no count beside a page."""
        return self._quiet

    def set_quiet(self, quiet: bool) -> None:
        """A customer begins to answer, or has ended."""
        if quiet != self._quiet:
            self._quiet = quiet
            self.quiet_changed.emit()

    @property
    def filter(self) -> Filter:
        """What limits every figure on screen, on paper and in exports."""
        return self._filter

    def set_filter(self, chosen: Filter) -> None:
        """Takes a new filter; every page that shows figures hears of it."""
        if chosen != self._filter:
            self._filter = chosen
            self.filter_changed.emit()

    def look_at_the_clock(self) -> None:
        """After midnight "the last 90 days" are other days, and what was due tomorrow is due today."""
        before, today = self._day, self.today()
        if today != before:
            self._day = today
            self._filter = replace(self._filter, period=moved_on(self._filter.period, before, today))
            self.announce_all()
            self.filter_changed.emit()

    def run(
        self,
        label: str,
        work: Callable[[Operation], Any],
        done: Callable[[Any], None] | None = None,
        failed: Callable[[Exception], None] | None = None,
        say: str = "",
        aside: bool = False,
    ) -> None:
        """Queues one operation. `done(result)` is called when it is on disk, then `changed` is announced.

        `say` is shown as confirmation with Undo. Without `failed`, an error is shown and nothing is changed. `aside`:
        it is no step of the person's, so that Undo passes over it.
        """

        def ended(outcome: Done[Any]) -> None:
            try:
                if done is not None and still_there(done):
                    done(outcome.result)
            finally:  # whatever becomes of the answer, the file has changed
                self._announce(outcome.tables)
            if say:
                self.said.emit(say, True)

        who = self.who  # now: somebody else may be at the desk when its turn comes
        run = self.file.run_aside if aside else self.file.run
        self._writer.start(lambda: run(label, work, who), ended, failed)

    def ask(
        self,
        question: Callable[[BusinessFile], Any],
        done: Callable[[Any], None],
        failed: Callable[[Exception], None] | None = None,
    ) -> Job:
        """Reads beside the window; the answer comes on the window's thread. Cancel the job once nobody wants it."""
        return self.readers.start(lambda: question(self.file), done, failed)

    def look(
        self,
        question: Callable[[BusinessFile], Any],
        done: Callable[[Any], None],
        failed: Callable[[Exception], None] | None = None,
    ) -> Job:
        """As `ask`, for what takes seconds (a list looked through before it is imported): pages do not wait for it."""
        return self.lookers.start(lambda: question(self.file), done, failed)

    def work(
        self,
        job: Callable[[BusinessFile], Any],
        done: Callable[[Any], None],
        failed: Callable[[Exception], None] | None = None,
    ) -> None:
        """Longer work that writes through the file by itself (an import), on the writer thread."""

        def ended(result: Any) -> None:
            try:
                if still_there(done):
                    done(result)
            finally:
                self.announce_all()

        self._writer.start(lambda: job(self.file), ended, failed)

    def write_out(
        self,
        job: Callable[[BusinessFile], Any],
        done: Callable[[Any], None],
        failed: Callable[[Exception], None] | None = None,
    ) -> None:
        """Writes a copy, an export or a report beside the window. Closing waits for it: what was asked for is made."""
        self._copies.start(lambda: job(self.file), done, failed)

    def undo(self) -> None:
        """Takes the last step back."""
        self._writer.start(
            partial(self.file.undo, self.who),
            partial(self._stepped, _("Taken back: {label}"), _("There is nothing to take back")),
        )

    def undo_only(self, label: str) -> None:
        """Takes the last step back where it is one of these; a key that means only them leaves all others alone."""
        who = self.who

        def take_back() -> Done[None] | None:
            step = next_undo(self.file)
            return self.file.undo(who) if step is not None and step.label == label else None

        nothing = _("Something else was done since: Undo takes that back first.")
        self._writer.start(take_back, partial(self._stepped, _("Taken back: {label}"), nothing))

    def redo(self) -> None:
        """Does the step again that was taken back last."""
        self._writer.start(
            partial(self.file.redo, self.who),
            partial(self._stepped, _("Done again: {label}"), _("There is nothing to do again")),
        )

    def open(self, table: str, record: object) -> None:
        """Shows a record, or a page, wherever it lives; the shell takes the person there."""
        self.open_requested.emit(table, record)

    def say(self, text: str) -> None:
        """A short confirmation without Undo."""
        self.said.emit(text, False)

    def draft(self, key: str) -> str:
        """Half-typed work: the newest there is, though it may still be on its way to the disk."""
        return self._drafts[key] if key in self._drafts else self.file.draft(key)

    def save_draft(self, key: str, value: str) -> None:
        """Keeps half-typed work, outside the history."""
        if self._closed:  # a page that goes after the file: what it held was handed over when it was hidden
            return
        if not self.file.read_only and value != self.draft(key):
            self._drafts[key] = value
            self._writer.start(lambda: self.file.save_draft(key, value), None, self._draft_failed)

    def _draft_failed(self, error: Exception) -> None:
        """Said quietly: a dialog at every pause of typing would be worse than what it warns of."""
        if not isinstance(error, UserError):
            raise error
        self.say(str(error))

    def forget_draft(self, key: str) -> None:
        """Half-typed work is being saved as a whole: the operation that does so takes it out of the file."""
        self._drafts[key] = ""

    def announce_all(self) -> None:
        """Says that anything may have changed."""
        self._announce(frozenset({"*"}))

    @property
    def saving(self) -> bool:
        """Whether something is still on its way to the disk."""
        return self._writer.busy or self._copies.busy

    def close(self) -> None:
        """Ends what is under way and closes the file. What was queued for writing is written first."""
        self._closed = True
        self._writer.finish()
        self._copies.finish()
        self.readers.drain()
        self.lookers.drain()
        self.file.close()

    def _announce(self, tables: frozenset[str]) -> None:
        if self._staff is not None and tables & {"staff", "*"}:  # renamed, retired, or taken back by Undo
            name = self.file.value(_STAFF_NAME, (self._staff[0],))
            self.set_staff(None if name is None else (self._staff[0], name))
        if tables:
            self.changed.emit(tables)

    def _stepped(self, words: str, nothing: str, outcome: Done[None] | None) -> None:
        if outcome is None:
            self.said.emit(nothing, False)
            return
        self._announce(outcome.tables)
        self.said.emit(words.format(label=outcome.label), False)

    def _writer_busy(self, count: int) -> None:
        self.saving_changed.emit(count > 0)
