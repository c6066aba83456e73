"""Above the queue: what suggestions rest on, sorting again, what rules suggest confirmed at once, all themes."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from PySide6.QtWidgets import QWidget

from cvdesk.catalogue.records import Filter
from cvdesk.db import Operation, Queries
from cvdesk.kit import crash
from cvdesk.kit.jobs import Job
from cvdesk.kit.session import Session
from cvdesk.kit.widgets import NOTE, SMALL, Elided, button, line
from cvdesk.themes import store_filing
from cvdesk.themes.learn import NEED_COMMENTS
from cvdesk.themes.page_manage import manage
from cvdesk.themes.records_filing_words import sorted_words, standing_words
from cvdesk.themes.records_learn import Sorted, Standing
from cvdesk.themes.sorting import Sorter
from cvdesk.wording import _, ngettext
from cvdesk.wording.numbers import whole


def _standing(db: Queries, stopped: Callable[[], bool]) -> Standing:
    from cvdesk.themes import store_learn

    return store_learn.standing(db, stopped)


def _sorter(db: Queries, chosen: Filter, stopped: Callable[[], bool]) -> Sorter:
    from cvdesk.themes import store_sort

    return store_sort.prepared(db, chosen, stopped)


def _resort(op: Operation, chosen: Filter, sorter: Sorter) -> Sorted:
    from cvdesk.themes import store_sort

    return store_sort.resort(op, chosen, sorter)


def _confirm_ruled(op: Operation, chosen: Filter) -> int:
    return store_filing.confirm(op, store_filing.ruled(op, chosen), rules_only=True)


class FilingHead(QWidget):
    """A quiet sentence and three buttons. How well suggestions fit is asked once and again after sorting."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self.session = session
        self._filter = session.filter
        self._asked = self._counting = False
        self._job: Job | None = None
        theme = session.theme
        box = line(SMALL)
        self.setLayout(box)
        self.words = Elided(theme, standing_words_before(), NOTE, "quiet")
        box.addWidget(self.words, 1)
        self.confirm = button(theme, "", self._confirm)
        self.confirm.hide()
        self.again = button(theme, _("Sort again"), self._sort)
        self.all = button(theme, _("All themes…"), partial(manage, session, self))
        for made in (self.confirm, self.again, self.all):
            made.setEnabled(not session.file.read_only)
            box.addWidget(made)

    def show_for(self, chosen: Filter) -> None:
        """Takes the filter; asks for the standing when first shown, and while it only counts what is filed."""
        self._filter = chosen
        if not self._asked or (self._counting and self.again.isEnabled()):
            self._asked = True
            self._ask()

    def show_ruled(self, count: int) -> None:
        """How many comments wait that the owner's rules have an answer for."""
        self.confirm.setVisible(count > 0)
        said = ngettext("Confirm {count} by your rules", "Confirm {count} by your rules", count)
        self.confirm.setText(said.format(count=whole(count)))
        self.confirm.setAccessibleName(self.confirm.text())

    def _ask(self) -> None:
        if self._job is not None:
            self._job.cancel()
        self._job = self._look(_standing, self._show)

    def _look(
        self,
        question: Callable[..., Any],
        done: Callable[[Any], None],
        failed: Callable[[Exception], None] | None = None,
    ) -> Job:
        """Asks what takes seconds; it stops where it is when nobody waits for it, as when the window is closed."""
        job: Job | None = None

        def stopped() -> bool:
            return job is not None and job.cancelled()

        job = self.session.look(partial(question, stopped=stopped), done, failed)
        return job

    def _show(self, standing: Standing) -> None:
        self._job = None
        self._counting = standing.corrections < NEED_COMMENTS  # so far it costs nothing to ask
        self.words.set_whole(standing_words(standing))

    def _confirm(self) -> None:
        said = _("What your rules suggest is confirmed")
        self.session.run(_("Confirm what rules suggest"), partial(_confirm_ruled, chosen=self._filter), say=said)

    def _sort(self) -> None:
        """Learns beside the window first, which takes seconds; the writing itself is one step."""
        self.again.setEnabled(False)
        self.words.set_whole(_("Sorting what waits…"))
        self._look(partial(_sorter, chosen=self._filter), self._learned, self._failed)

    def _learned(self, sorter: Sorter) -> None:
        work = partial(_resort, chosen=self._filter, sorter=sorter)
        self.session.run(_("Sort again"), work, done=self._sorted, failed=self._failed)

    def _sorted(self, done: Sorted) -> None:
        self.again.setEnabled(True)
        self.session.said.emit(sorted_words(done), done.changed > 0)
        self._ask()

    def _failed(self, error: Exception) -> None:
        self.again.setEnabled(True)
        self._ask()
        crash.report(error)


def standing_words_before() -> str:
    """What stands there until the standing is known."""
    return _("Sorted by your rules and by the word list.")
